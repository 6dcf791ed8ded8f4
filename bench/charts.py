"""Three ways to draw thirteen months on the server, compared: bytes, time, elements, needs.

Run: .venv/bin/python bench/charts.py
The page keeps the first one. All three work in a PDF and without JavaScript; the third needs
101 classes in the style sheet, the second needs a table beside it for those who do not see it.
"""

import gzip
import statistics
import time
from collections.abc import Callable

import django
from django.conf import settings
from django.template import Context, Engine

settings.configure(USE_I18N=False)
django.setup()

ROWS_WITH_A_BAR = """<table><caption>{{ title }}</caption><tbody>{% for r in rows %}<tr>
<th scope="row">{{ r.label }}</th><td><svg aria-hidden="true" focusable="false">
<rect class="mark-1" width="{{ r.percent }}%" height="100%" rx="4"/></svg></td>
<td>{{ r.text }}</td></tr>{% endfor %}</tbody></table>"""

COLUMNS_AND_A_TABLE = """<svg viewBox="0 0 680 240" role="img" aria-label="{{ title }}">
{% for r in rows %}<rect class="mark-1" x="{{ r.x }}" y="{{ r.y }}" width="40"
height="{{ r.height }}"/><text class="mark-text" x="{{ r.x }}" y="236">{{ r.label }}</text>
<text class="mark-text" x="{{ r.x }}" y="{{ r.y }}">{{ r.text }}</text>{% endfor %}</svg>
<table><caption>{{ title }}</caption><tbody>{% for r in rows %}<tr><th scope="row">{{ r.label }}
</th><td>{{ r.text }}</td></tr>{% endfor %}</tbody></table>"""

CLASSES = """<table><caption>{{ title }}</caption><tbody>{% for r in rows %}<tr>
<th scope="row">{{ r.label }}</th><td><span class="bar bar-{{ r.percent }}"></span></td>
<td>{{ r.text }}</td></tr>{% endfor %}</tbody></table>"""
CLASSES_CSS = "".join(f".bar-{n}{{width:{n}%}}" for n in range(101))

VALUES = (234, 188, 260, 224, 267, 274, 233, 301, 243, 107, 286, 331, 198)


def drawn(source: str) -> Callable[[], str]:
    """Return a function that draws the thirteen months with one template."""
    template = Engine().from_string(source)
    rows = [
        {
            "label": f"mois {place}",
            "text": str(value),
            "percent": 100 * value // 331,
            "x": 52 * place,
            "y": 220 - 200 * value // 331,
            "height": 200 * value // 331,
        }
        for place, value in enumerate(VALUES)
    ]
    return lambda: template.render(Context({"title": "Passages", "rows": rows}))


def main() -> None:
    print("drawing                          gzip bytes   ms    elements  style sheet")
    for name, source, css in (
        ("table whose rows carry a bar", ROWS_WITH_A_BAR, ""),
        ("columns and a table", COLUMNS_AND_A_TABLE, ""),
        ("table and classes", CLASSES, CLASSES_CSS),
    ):
        draw = drawn(source)
        times = []
        for _ in range(200):
            start = time.perf_counter()
            page = draw()
            times.append((time.perf_counter() - start) * 1000)
        size = len(gzip.compress(page.encode()))
        elements = page.count("<") - page.count("</")
        sheet = len(gzip.compress(css.encode())) if css else 0
        print(f"{name:32} {size:10} {statistics.median(times):6.2f} {elements:9} {sheet:8} B")


if __name__ == "__main__":
    main()

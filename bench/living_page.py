"""« Notre GEM » against its own template: SQL queries, and time as a ratio in one run.

Run: .venv/bin/python bench/living_page.py
Makes the demonstration network in a folder of its own, takes the GEM with the longest roll, then
compares the whole page (session, rights, SQL, words, template) with the same template drawn from
values already in memory. The issue's bars: 25 queries, ratio 2.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")

ROUNDS = 40


def middle_ms(work: Callable[[], object]) -> float:
    """Return the median processor time of ``work`` in milliseconds (SQLite works inside it)."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def server(client: "Client", address: str, **headers: str) -> Callable[[], str]:
    """Return a function that asks for ``address`` as gunicorn does, and gives its ETag."""
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    application = get_wsgi_application()
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
    environ = RequestFactory().get(address, HTTP_HOST="localhost", HTTP_COOKIE=cookies).environ

    def serve() -> str:
        answered: list[str] = []

        def start(status: str, sent: list[tuple[str, str]]) -> None:
            answered.extend((status, dict(sent).get("ETag", "")))

        response = application({**environ, **headers}, start)
        b"".join(response)
        response.close()
        assert answered[0].startswith("304" if headers else "200"), answered
        return answered[1]

    return serve


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.models import Count
    from django.template.loader import render_to_string
    from django.test import Client
    from django.test.utils import (
        CaptureQueriesContext,
        setup_test_environment,
        teardown_test_environment,
    )

    from espace.groups.actions import touch
    from espace.groups.models import Gem

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo_network", json=True)
    gem = Gem.objects.filter(counting="names").annotate(n=Count("people")).order_by("-n")[0]
    account = gem.mandates.filter(role="elected", ended_on=None)[0].account
    client = Client(headers={"host": "localhost"})
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = "/notre-gem/?periode=2026-10"
    client.get(address)
    setup_test_environment()  # only to catch what the template was given
    response = client.get(address)
    teardown_test_environment()
    assert response.status_code == 200, response.status_code
    client.get(address)
    with CaptureQueriesContext(connection) as warm:
        client.get(address)
    warm_queries = len(warm)
    touch(gem.pk)
    with CaptureQueriesContext(connection) as cold:
        client.get(address)
    cold_queries = len(cold)
    rows = {name: response.context[name] for name in ("page", "steps", "themes")}
    request = response.wsgi_request
    served = server(client, address)
    page = middle_ms(served)
    template = middle_ms(lambda: render_to_string("indicators/living.html", rows, request))
    kept = served()
    unchanged = middle_ms(server(client, address, HTTP_IF_NONE_MATCH=kept))

    def after_a_change() -> None:
        touch(gem.pk)
        served()

    changed = middle_ms(after_a_change)
    print(f"people on the roll {gem.n}, attendance rows {gem.attendance.count()}")
    print(f"queries after a change {cold_queries}, without a change {warm_queries} (bar 25)")
    print(
        f"page {page:.1f} ms, template alone {template:.1f} ms, ratio {page / template:.2f} (bar 2)"
    )
    print(f"page after a change {changed:.1f} ms, ratio {changed / template:.1f}")
    print(f"unchanged page (304) {unchanged:.1f} ms, 1/{page / unchanged:.1f} of the page")


if __name__ == "__main__":
    main()

"""A hand that walks pages without scripts, and counts its taps and the characters it types."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

SECONDS_A_TAP, SECONDS_A_CHARACTER = 1.0, 0.5


class Hand:
    """Walks the pages as someone does, without scripts, and counts taps and characters."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.url, self.page = "/", None
        self.gesture = ""
        self.taps: dict[str, int] = defaultdict(int)
        self.characters: dict[str, int] = defaultdict(int)
        self.times: dict[str, int] = defaultdict(int)

    @contextmanager
    def doing(self, gesture: str) -> Iterator[None]:
        """Count what follows as one time of ``gesture``, from the menu of any page."""
        self.gesture = gesture
        self.times[gesture] += 1
        yield

    def open(self, address: str) -> None:
        """Read a page without having chosen it: where a gesture starts."""
        self._show(self.client.get(address, follow=True))

    def follow(self, pattern: str) -> None:
        """Tap the first link whose address matches ``pattern``."""
        for link in self.page.iter("a"):
            target = urldefrag(urljoin(self.url, link.get("href", ""))).url
            if re.fullmatch(pattern, target):
                self.taps[self.gesture] += 1
                return self._show(self.client.get(target, follow=True))
        raise RuntimeError(f"{self.url} shows no link to {pattern}")

    def sees(self, pattern: str) -> bool:
        """Tell whether the page at hand has a link whose address matches ``pattern``."""
        return any(re.fullmatch(pattern, link.get("href", "")) for link in self.page.iter("a"))

    def send(self, form: Any, button: tuple[str, str] | None = None, **typed: str) -> None:
        """Fill what differs from what the form says already, and press its button."""
        values: dict[str, Any] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        for name, text in typed.items():
            self._fill(form, name, text, (values.get(name) or [""])[0].strip())
            values[name] = [text]
        if button:
            values[button[0]] = [button[1]]
        self.taps[self.gesture] += 1
        action = urljoin(self.url, form.get("action") or self.url)
        answer = self.client.post(action, values, follow=True)
        if not answer.redirect_chain:
            said = " ".join(self._read(answer).xpath("//main")[0].text_content().split())
            raise RuntimeError(f"{action} refused {typed}: {said[:600]}")
        self._show(answer)

    def form(self, field: str, action: str = "") -> Any:
        """Return the form of the page that holds ``field`` and goes to ``action``."""
        for form in self.page.forms:
            named = form.xpath(f".//*[@name='{field}']")
            if named and re.search(action, form.get("action") or ""):
                return form
        raise RuntimeError(f"{self.url} has no form with {field}")

    def buttons(self, name: str, form: Any) -> list[str]:
        """Return the values of the buttons ``name`` of ``form``."""
        return [one.get("value") for one in form.xpath(f".//button[@name='{name}']")]

    def seconds(self, gesture: str) -> float:
        """Return what a gesture took in the year."""
        return self.taps[gesture] * SECONDS_A_TAP + self.characters[gesture] * SECONDS_A_CHARACTER

    def _fill(self, form: Any, name: str, text: str, before: str) -> None:
        if text == before:
            return
        field = form.xpath(f".//*[@name='{name}']")[0]
        if field.tag == "select":
            self.taps[self.gesture] += 2
        elif field.get("type") in ("radio", "checkbox"):
            self.taps[self.gesture] += 1
        else:
            self.taps[self.gesture] += 1
            self.characters[self.gesture] += len(text)

    def _show(self, answer: Any) -> None:
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.request['PATH_INFO']} answers {answer.status_code}")
        if answer.redirect_chain:
            self.url = urlsplit(urljoin(self.url, answer.redirect_chain[-1][0])).path
        else:
            self.url = answer.request["PATH_INFO"]
        self.page = self._read(answer)

    @staticmethod
    def _read(answer: Any) -> Any:
        from lxml import html

        return html.fromstring(answer.content)

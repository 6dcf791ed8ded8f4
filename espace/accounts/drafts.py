"""What a person typed is not lost when their session ended in the middle of a form.

The form's fields (never its files) wait 30 minutes in the session of the browser that sent them;
after signing in, one press sends them again to the same address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from espace.core.clock import now

KEY = "draft"
KEPT_MINUTES = 30
MOST_CHARACTERS = 200_000
# Signs of one sending, made afresh each time; nobody typed them.
NOT_TYPED = ("csrfmiddlewaretoken",)


@dataclass(frozen=True)
class Draft:
    """A form that waits: where it goes, its (name, value) pairs, when it came."""

    address: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool
    kept_at: datetime


def keep(request: HttpRequest) -> bool:
    """Keep the form just sent; False when there is none, or when it is too long to keep."""
    if request.method != "POST":
        return False
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {
        "address": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "kept_at": now().isoformat(),
    }
    return True


def keep_after_refusal(request: HttpRequest) -> bool:
    """Keep a form that the cross-site check refused, when our own page surely sent it.

    Browsers say where a form comes from in headers that a page cannot forge. Without them the
    form may have been filled by another site, and is not kept.
    """
    return _comes_from_us(request.headers, request.get_host()) and keep(request)


def _comes_from_us(headers: Mapping[str, str], host: str) -> bool:
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == host


def held(request: HttpRequest) -> Draft | None:
    """Return the form that waits, or None when there is none or it is too old."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if not kept:
        return None
    kept_at = datetime.fromisoformat(kept["kept_at"])
    if (now() - kept_at).total_seconds() > KEPT_MINUTES * 60:
        forget(request)
        return None
    fields = tuple((name, value) for name, value in kept["fields"])
    return Draft(kept["address"], fields, kept["had_files"], kept_at)


def forget(request: HttpRequest) -> None:
    """Drop the form that waits."""
    request.session.pop(KEY, None)


def forget_when_sent(request: HttpRequest) -> None:
    """Drop the form that waits once it is sent again to its own address."""
    if request.method != "POST" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    kept = request.session.get(KEY)
    if kept and kept["address"] == request.get_full_path():
        forget(request)

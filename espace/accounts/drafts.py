"""What a person typed is not lost when their session ended in the middle of a form.

Someone known: the form's fields (never its files) wait a week in the database, tied to their
account and offered to nobody else. Somebody unknown: they wait 30 minutes in the session of the
browser that sent them; on the GEM's own tablet they do not, since the next person is another one.
After signing in, one press sends them again to the same page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from espace.accounts.models import KeptForm
from espace.core.clock import now

KEY = "draft"
OFFERED = "draft_offered"
KEPT_MINUTES = 30
KEPT_DAYS = 7
MOST_CHARACTERS = 200_000
LONGEST_PAGE = 500
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
    """Keep the form just sent; False when there is none, or when it cannot be kept."""
    if request.method != "POST":
        return False
    if getattr(request, "kept_for_its_person", False):
        return True
    if request.actor.account_id is not None:
        return keep_for(request.actor.account_id, request)
    fields = _typed(request)
    if request.actor.device_id is not None or _too_long(fields):
        return False
    request.session[KEY] = {
        "address": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "kept_at": now().isoformat(),
    }
    return True


def keep_for(
    account_id: UUID, request: HttpRequest, *, page: str = "", without: Iterable[str] = ()
) -> bool:
    """Keep the form just sent for this person alone, in place of the one that waited.

    ``page`` is where it goes, when that is not the page asked for; ``without`` names fields that
    nobody typed.
    """
    fields = [pair for pair in _typed(request) if pair[0] not in without]
    page = page or request.get_full_path()
    if request.method != "POST" or _too_long(fields) or len(page) > LONGEST_PAGE:
        return False
    KeptForm.objects.update_or_create(
        account_id=account_id,
        defaults={
            "page": page,
            "fields": fields,
            "had_files": bool(request.FILES),
            "kept_at": now(),
        },
    )
    return True


def _typed(request: HttpRequest) -> list[list[str]]:
    return [
        [name, value]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]


def _too_long(fields: list[list[str]]) -> bool:
    return sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS


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
    """Return the form that waits for who is asking, or None when there is none or it is too old.

    What this browser just sent comes before what waited for the person elsewhere.
    """
    return _of_browser(request) or _of_person(request)


def _of_browser(request: HttpRequest) -> Draft | None:
    kept: dict[str, Any] | None = request.session.get(KEY)
    if not kept or request.actor.device_id is not None:
        return None
    kept_at = datetime.fromisoformat(kept["kept_at"])
    if (now() - kept_at).total_seconds() > KEPT_MINUTES * 60:
        request.session.pop(KEY, None)
        return None
    return Draft(kept["address"], _pairs(kept["fields"]), kept["had_files"], kept_at)


def _of_person(request: HttpRequest) -> Draft | None:
    if request.actor.account_id is None:
        return None
    row = _fresh().filter(account_id=request.actor.account_id).first()
    if row is None:
        return None
    if request.session.get(OFFERED) != row.page:
        request.session[OFFERED] = row.page
    return Draft(row.page, _pairs(row.fields), row.had_files, row.kept_at)


def _pairs(fields: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in fields)


def _fresh() -> Any:
    return KeptForm.objects.filter(kept_at__gte=now() - timedelta(days=KEPT_DAYS))


def waits_for(account_id: UUID) -> bool:
    """Tell whether something that this person typed waits for them. One SQL query."""
    return bool(_fresh().filter(account_id=account_id).exists())


def forget(request: HttpRequest) -> None:
    """Drop the form that waits: in this browser, and for this person."""
    request.session.pop(KEY, None)
    request.session.pop(OFFERED, None)
    if request.actor.account_id is not None:
        KeptForm.objects.filter(account_id=request.actor.account_id).delete()


def forget_when_sent(request: HttpRequest) -> None:
    """Drop the form that waits once it is sent again to its own address."""
    if request.method != "POST" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    kept = request.session.get(KEY)
    offered = kept["address"] if kept else request.session.get(OFFERED)
    if offered == request.get_full_path():
        forget(request)


def forget_old() -> int:
    """Delete what waited more than a week; return how many."""
    limit = now() - timedelta(days=KEPT_DAYS)
    return KeptForm.objects.filter(kept_at__lt=limit).delete()[0]

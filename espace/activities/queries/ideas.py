"""The idea box as people inside read it, and the link that lets ideas in from outside."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.activities.choices import Family, IdeaState
from espace.activities.models import Idea, IdeaLink
from espace.activities.queries.access import local_now
from espace.activities.rules.ideas import is_token, may_be_undone
from espace.groups.queries.for_sheets import sheet_gem

IDEAS_A_PAGE = 10
HIDDEN = "cachees"
"""What the page calls the shelf of hidden ideas."""


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """One idea; ``signature`` empty when nobody signed, ``activity_id`` None without a day."""

    id: UUID
    text: str
    family: str
    will_lead: bool
    signature: str
    likes: int
    received_on: date
    state: IdeaState
    answered_on: date | None
    activity_id: UUID | None
    activity_on: date | None
    may_be_undone: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Ideas in one state: its code for the address, and how many there are."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class IdeaBox:
    """One shelf of the box, a page at a time, and how many wait on the others."""

    shelf: str
    page: Page[Idea]
    ideas: tuple[IdeaLine, ...]
    shelves: tuple[Shelf, ...]
    waiting: int
    link_is_open: bool


@dataclass(frozen=True, slots=True)
class BoxLink:
    """The GEM that an address of the box opens to."""

    gem_id: UUID
    gem_name: str
    token: str
    made_on: date


def idea_box(actor: Actor, gem_id: UUID, shelf: str = "", page: str = "1") -> IdeaBox:
    """Return one shelf of the box, the newest first. Five SQL queries at most.

    Never by number of likes: ideas are not ranked. Hidden ones are for those who may hide.
    """
    require(actor, "activities.see_ideas", gem_id)
    may_hide = can(actor, "activities.hide_idea", gem_id)
    known = [*IdeaState.values, HIDDEN] if may_hide else IdeaState.values
    shelf = shelf if shelf in known else IdeaState.BOITE.value
    rows = Idea.objects.filter(gem_id=gem_id)
    counts = _counts(rows)
    today = local_now(sheet_gem(gem_id)).date()
    shown = Paginator(_on_shelf(rows, shelf), IDEAS_A_PAGE).get_page(page)
    return IdeaBox(
        shelf=shelf,
        page=shown,
        ideas=tuple(idea_line(row, today) for row in shown),
        shelves=tuple(Shelf(code, label, counts[code]) for code, label in _labels(may_hide)),
        waiting=counts[IdeaState.BOITE],
        link_is_open=IdeaLink.objects.filter(gem_id=gem_id).exists(),
    )


def one_idea(actor: Actor, gem_id: UUID, idea_id: UUID) -> IdeaLine:
    """Return one idea of this GEM. Two SQL queries. Raises NotAllowed and Http404."""
    require(actor, "activities.see_ideas", gem_id)
    row = _shown(gem_id).filter(pk=idea_id).select_related("activity").first()
    if row is None:
        raise Http404
    return idea_line(row, local_now(sheet_gem(gem_id)).date())


def ideas_of_activity(actor: Actor, gem_id: UUID, activity_id: UUID) -> tuple[IdeaLine, ...]:
    """Return the ideas of the box an activity came from, for who may read it. Two SQL queries."""
    if not can(actor, "activities.see_ideas", gem_id):
        return ()
    today = local_now(sheet_gem(gem_id)).date()
    rows = _shown(gem_id).filter(activity_id=activity_id).select_related("activity")
    return tuple(idea_line(row, today) for row in rows.order_by("received_on", "pk"))


def link_of(actor: Actor, gem_id: UUID) -> BoxLink | None:
    """Return the link of the box, None while it is closed. One SQL query."""
    require(actor, "activities.see_idea_link", gem_id)
    return _link(IdeaLink.objects.filter(gem_id=gem_id))


def box_of_token(token: str) -> BoxLink | None:
    """Return the box that ``token`` opens, None when it opens nothing. One SQL query at most."""
    return _link(IdeaLink.objects.filter(token=token)) if is_token(token) else None


def idea_line(row: Idea, today: date) -> IdeaLine:
    """Return what a list shows of an idea."""
    return IdeaLine(
        id=row.pk,
        text=row.text,
        family=str(Family(row.family).label) if row.family else "",
        will_lead=row.will_lead,
        signature=row.signature,
        likes=row.likes,
        received_on=row.received_on,
        state=IdeaState(row.state),
        answered_on=row.answered_on,
        activity_id=row.activity_id,
        activity_on=row.activity.date if row.activity else None,
        may_be_undone=row.activity_id is not None and may_be_undone(row.answered_on, today),
    )


def _link(rows: QuerySet[IdeaLink]) -> BoxLink | None:
    row = rows.select_related("gem").first()
    return BoxLink(row.gem_id, row.gem.name, row.token, row.made_on) if row else None


def _shown(gem_id: UUID) -> QuerySet[Idea]:
    return Idea.objects.filter(gem_id=gem_id, hidden_on__isnull=True)


def _on_shelf(rows: QuerySet[Idea], shelf: str) -> QuerySet[Idea]:
    if shelf == HIDDEN:
        rows = rows.filter(hidden_on__isnull=False)
    else:
        rows = rows.filter(state=shelf, hidden_on__isnull=True)
    newest = "-received_on" if shelf in (IdeaState.BOITE, HIDDEN) else "-answered_on"
    return rows.select_related("activity").order_by(newest, "pk")


def _counts(rows: QuerySet[Idea]) -> dict[str, int]:
    seen = Q(hidden_on__isnull=True)
    states = {state.value: Count("pk", filter=seen & Q(state=state)) for state in IdeaState}
    found: dict[str, int] = rows.aggregate(**states, **{HIDDEN: Count("pk", filter=~seen)})
    return found


def _labels(may_hide: bool) -> list[tuple[str, str]]:
    labels = [
        (IdeaState.BOITE.value, str(IdeaState.BOITE.label)),
        (IdeaState.RETENUE.value, str(_("Choisies"))),
        (IdeaState.PLUS_TARD.value, str(IdeaState.PLUS_TARD.label)),
        (IdeaState.NON_MERCI.value, str(IdeaState.NON_MERCI.label)),
    ]
    return [*labels, (HIDDEN, str(_("Cachées")))] if may_hide else labels

"""What this package keeps on a person: when they came, when they held the place."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.activities.models import Attendance, Duty, Slot
from espace.activities.rules.erased import Head, Row, heads_left
from espace.groups.actions import touch

ROWS_AT_ONCE = 200
IN_THE_GEM = _("Les élus et les salariés de votre GEM, et vous.")


def show(account_id: UUID) -> list[Section]:
    """Return the days when this account held the place."""
    duties = Duty.objects.filter(account_id=account_id).select_related("gem")
    return [
        Section(
            key="duties",
            title=_("Les jours où vous avez tenu le GEM"),
            why=_("Savoir à qui demander ce jour-là."),
            rows=tuple(
                (("date", _("Jour"), _day(duty.date)), ("gem", _("GEM"), duty.gem.name))
                for duty in duties.order_by("-date", "pk")
            ),
            seen_by=_("Les personnes de votre GEM."),
            kept=_("13 mois après la fin du mois."),
        )
    ]


def show_line(person_id: UUID) -> list[Section]:
    """Return the days when this person came, and the openings they held."""
    came = Attendance.objects.filter(person_id=person_id).select_related("activity")
    held = Slot.objects.filter(held_by_id=person_id)
    presences = [
        (
            ("date", _("Jour"), _day(row.date)),
            ("activity", _("Activité"), row.activity.title if row.activity else ""),
        )
        for row in came.order_by("-date", "activity__starts_at", "pk")
    ]
    return [
        Section(
            key="presences",
            title=_("Les jours où vous êtes venu"),
            why=_("Voir la vie du GEM."),
            rows=tuple(tuple(cell for cell in row if cell[2]) for row in presences),
            seen_by=IN_THE_GEM,
            kept=_("13 mois après la fin du mois, 16 au plus tard. Puis seulement des totaux."),
        ),
        Section(
            key="held_openings",
            title=_("Les ouvertures que vous avez tenues"),
            why=_("Compter les ouvertures tenues par des adhérents."),
            rows=tuple(
                (("date", _("Jour"), _day(slot.date)),) for slot in held.order_by("-date", "pk")
            ),
            seen_by=IN_THE_GEM,
            kept=_("13 mois après la fin du mois."),
        ),
    ]


def erase(account_id: UUID) -> int:
    """Forget who held the place."""
    return Duty.objects.filter(account_id=account_id).delete()[0]


def erase_line(person_id: UUID) -> int:
    """Turn each presence into one more head without a name, so that no count of visits moves.

    How many *different* people came does fall by one where the figure is computed live
    (docs/decisions/0041-erasing-a-person.md).
    """
    changed = Slot.objects.filter(held_by_id=person_id).update(held_by=None)
    mine = Attendance.objects.filter(person_id=person_id)
    rows = [
        Row(*each)
        for each in mine.values_list("date", "activity_id", "category", "batch_id", "slot_id")
    ]
    gem_id = mine.values_list("gem_id", flat=True).first()
    if gem_id is None:
        return changed
    changed += mine.delete()[0]
    _add_heads(gem_id, heads_left(rows))
    touch(gem_id)
    return changed


def _add_heads(gem_id: UUID, more: dict[Head, tuple[int, UUID | None]]) -> None:
    """Add heads to the counts that are there; make the counts that are not."""
    days: set[date] = {head.date for head in more}
    there: dict[Head, list[Attendance]] = defaultdict(list)
    for row in (
        Attendance.objects.select_for_update()
        .filter(gem_id=gem_id, person__isnull=True, date__in=days)
        .order_by("pk")
    ):
        there[Head(row.date, row.activity_id, row.category, row.batch_id)].append(row)
    moved, made = [], []
    for head, (count, slot_id) in more.items():
        if head in there:
            row = there[head][0]
            row.head_count += count
            moved.append(row)
        else:
            made.append(
                Attendance(
                    gem_id=gem_id,
                    date=head.date,
                    activity_id=head.activity_id,
                    category=head.category,
                    batch_id=head.batch_id,
                    slot_id=slot_id,
                    head_count=count,
                )
            )
    Attendance.objects.bulk_update(moved, ["head_count"], batch_size=ROWS_AT_ONCE)
    Attendance.objects.bulk_create(made, batch_size=ROWS_AT_ONCE)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


KEEPER = Keeper(
    name="activities",
    tables=tuple(model._meta.label for model in (Attendance, Duty, Slot)),
    show=show,
    erase=erase,
    show_line=show_line,
    erase_line=erase_line,
)

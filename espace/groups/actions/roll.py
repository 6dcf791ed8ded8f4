"""What the bureau and the employees do with « Notre carnet », the GEM's own roll."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from espace.accounts.access import Actor
from espace.accounts.choices import Pictogram
from espace.accounts.journal import write
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.core.idempotency import first_time
from espace.groups.actions.versions import touch
from espace.groups.choices import AgeBand, Gender
from espace.groups.models import Gem, Membership, Person
from espace.groups.rules.labels import Label, next_number, read_label, same_label


class HomonymError(Exception):
    """Somebody of the roll already has this ``label``: a question to the person who writes."""

    def __init__(self, label: Label) -> None:
        super().__init__("homonym")
        self.label = label


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    gem_id: UUID,
    label: Label,
    pictogram: str = "",
    someone_else: bool = False,
    key: UUID | None = None,
) -> UUID | None:
    """Put someone on the roll, first seen today; return their id, None when ``key`` was seen.

    Raises HomonymError when the label is taken, unless ``someone_else`` says that it is another
    person: they then get the next number. Nobody is ever joined.
    """
    require(actor, "groups.edit_roll", gem_id)
    if key is not None and not first_time(key):
        return None
    gem = _locked_gem(gem_id)
    number = _number_for(gem_id, label, someone_else=someone_else)
    person = Person.objects.create(
        gem_id=gem_id,
        first_name=label.first_name,
        initial=label.initial,
        number=number,
        pictogram=pictogram,
        first_seen_on=today(gem.time_zone),
    )
    _written(actor, "roll.added", person)
    return person.pk


@transaction.atomic
def welcome_newcomer(
    *, actor: Actor, gem_id: UUID, written: str, day: date, pictogram: str = ""
) -> UUID:
    """Put on the roll someone who comes for the first time on ``day``; return their id.

    ``written`` is what was typed in one field: only a first name and one letter are kept. A homonym
    gets the next number, and ``pictogram`` when they chose one.
    Raises espace.groups.rules.labels.LabelError for an unusable text.
    """
    require(actor, "groups.welcome_newcomer", gem_id)
    label = read_label(written)
    _locked_gem(gem_id)
    person = Person.objects.create(
        gem_id=gem_id,
        first_name=label.first_name,
        initial=label.initial,
        number=_number_for(gem_id, label, someone_else=True),
        pictogram=pictogram,
        first_seen_on=day,
    )
    _written(actor, "roll.added", person)
    return person.pk


@transaction.atomic
def rename_person(
    *, actor: Actor, person_id: UUID, label: Label, someone_else: bool = False
) -> None:
    """Change how someone is called. Raises HomonymError like ``add_person``."""
    person = _of_roll(actor, "groups.edit_line", person_id)
    if (person.first_name, person.initial) == (label.first_name, label.initial):
        return
    person.number = _number_for(person.gem_id, label, someone_else=someone_else, without=person_id)
    person.first_name, person.initial = label.first_name, label.initial
    person.save(update_fields=["first_name", "initial", "number"])
    _written(actor, "roll.renamed", person)


@transaction.atomic
def choose_pictogram(*, actor: Actor, person_id: UUID, pictogram: Pictogram) -> None:
    """Give someone a sign, or none."""
    person = _of_roll(actor, "groups.edit_line", person_id)
    person.pictogram = pictogram
    person.save(update_fields=["pictogram"])
    _written(actor, "roll.pictogram", person)


@transaction.atomic
def note_what_is_said(
    *, actor: Actor, person_id: UUID, age_band: AgeBand | None, gender: Gender | None
) -> None:
    """Keep the age band or the gender that someone wished to say; None changes nothing."""
    person = _of_roll(actor, "groups.edit_line", person_id)
    person.age_band = age_band or person.age_band
    person.gender = gender or person.gender
    person.save(update_fields=["age_band", "gender"])
    _written(actor, "roll.said", person)


@transaction.atomic
def hide_person(*, actor: Actor, person_id: UUID) -> None:
    """Take someone off the lists of the day; what was counted stays, ``show_person`` undoes it."""
    _set_hidden(actor, person_id, hidden=True)


@transaction.atomic
def show_person(*, actor: Actor, person_id: UUID) -> None:
    """Put someone back on the lists of the day."""
    _set_hidden(actor, person_id, hidden=False)


@transaction.atomic
def remove_person(*, actor: Actor, person_id: UUID) -> bool:
    """Take someone off the roll for good; return False, and hide them, when they ever came.

    Someone counted on a day stays counted: erasing a whole life in the GEM is another gesture.
    """
    person = _of_roll(actor, "groups.edit_roll", person_id, of_gem=True)
    if has_come(person):
        _set_hidden(actor, person_id, hidden=True)
        return False
    _written(actor, "roll.removed", person)
    person.delete()
    return True


@transaction.atomic
def record_membership(
    *,
    actor: Actor,
    person_id: UUID,
    year: int,
    started_on: date,
    fee_cents: int | None,
    is_first: bool,
) -> None:
    """Write someone's membership of one year; the same year again corrects it."""
    person = _of_roll(actor, "groups.edit_roll", person_id, of_gem=True)
    Membership.objects.update_or_create(
        person=person,
        year=year,
        defaults={"started_on": started_on, "fee_cents": fee_cents, "is_first": is_first},
    )
    _written(actor, "roll.membership", person)


@transaction.atomic
def remove_membership(*, actor: Actor, person_id: UUID, year: int) -> None:
    """Take back a membership written by mistake; nothing happens when there is none."""
    person = _of_roll(actor, "groups.edit_roll", person_id, of_gem=True)
    if Membership.objects.filter(person=person, year=year).delete()[0]:
        _written(actor, "roll.membership_removed", person)


def has_come(person: Person) -> bool:
    """Tell whether this person was ever counted, or held the place."""
    return person.attendance.exists() or person.held_slots.exists()


def _set_hidden(actor: Actor, person_id: UUID, *, hidden: bool) -> None:
    person = _of_roll(actor, "groups.edit_roll", person_id, of_gem=True)
    person.hidden = hidden
    person.save(update_fields=["hidden"])
    _written(actor, "roll.hidden" if hidden else "roll.shown", person)


def _of_roll(actor: Actor, permission: str, person_id: UUID, *, of_gem: bool = False) -> Person:
    """Return the locked line, when it is of the GEM in hand; else it does not exist (404).

    The GEM first, as everywhere: two gestures that lock in another order would wait for each other.
    """
    if actor.gem_id is not None:
        _locked_gem(actor.gem_id)
    lines = Person.objects.select_for_update()
    person = get_object_or_404(lines, pk=person_id, gem=actor.gem_id)
    require(actor, permission, person.gem_id if of_gem else person)
    return person


def _locked_gem(gem_id: UUID) -> Gem:
    """Two homonyms added at once must not get the same number: they wait here."""
    return Gem.objects.select_for_update().only("time_zone").get(pk=gem_id)


def _number_for(
    gem_id: UUID, label: Label, *, someone_else: bool, without: UUID | None = None
) -> int:
    """Return the number that tells this label apart; HomonymError when taken and not said so."""
    lines = Person.objects.filter(gem_id=gem_id).values_list(
        "pk", "first_name", "initial", "number"
    )
    taken = [
        number
        for pk, first_name, initial, number in lines
        if pk != without and same_label(Label(first_name, initial), label)
    ]
    if taken and not someone_else:
        raise HomonymError(label)
    return next_number(taken)


def _written(actor: Actor, action: str, person: Person) -> None:
    write(actor, action, gem_id=person.gem_id, thing=person.pk)
    touch(person.gem_id)

"""Writing a programme or an agenda, and taking it back."""

from django.db import transaction

from espace.accounts.access import Actor
from espace.activities.actions.imported_programme import (
    ImportedActivity,
    ImportedOpening,
    ImportedSeries,
    add_imported_programme,
    undo_imported_programme,
)
from espace.activities.actions.programme import Description
from espace.activities.choices import SeriesKind
from espace.activities.rules.recurrence import pattern
from espace.activities.rules.series import weekly_rule
from espace.core.clock import today
from espace.groups.queries.from_file import GemOfFile
from espace.imports.actions.finishing import finish, working
from espace.imports.models import ImportBatch
from espace.imports.queries.programme import sorted_programme
from espace.imports.reading import Planned, Reading, programme_window
from espace.imports.rules.programme import clock, family_of, hours, place_of


@transaction.atomic
def write(*, actor: Actor, batch: ImportBatch, gem: GemOfFile, reading: Reading) -> ImportBatch:
    """Put the activities and openings that the programme does not have, in one go."""
    locked = working(batch)
    found = sorted_programme(gem, reading)
    added = add_imported_programme(
        actor=actor,
        gem_id=gem.id,
        batch_id=batch.pk,
        series=[_series(one, gem.time_zone) for one in found.activities if one.weekly],
        activities=[
            ImportedActivity(one.day, _description(one), one.activity.cancelled)
            for one in found.activities
            if not one.weekly
        ],
        openings=[
            ImportedOpening(one.day, clock(one.start), hours(one.minutes)) for one in found.openings
        ],
        since=programme_window(today(gem.time_zone))[0],
    )
    left = len(found.already_there) + found.openings_there + added.already_there
    result = {
        "series": added.series,
        "activities": added.activities,
        "openings": added.openings,
        "already_there": left,
    }
    finish(locked, reading, result, {})
    return locked


def take_back(*, actor: Actor, batch: ImportBatch) -> None:
    """Remove what this import put in the programme; a day changed or used since stays."""
    undo_imported_programme(actor=actor, gem_id=batch.gem_id, batch_id=batch.pk)


def _description(one: Planned) -> Description:
    said = one.activity
    return Description(
        title=said.title,
        starts_at=clock(said.start),
        hours=hours(said.minutes),
        family=family_of(said.title),
        place=place_of(said.title),
        led_by=said.led_by,
        seats=said.seats,
        price_cents=said.price_cents,
    )


def _series(one: Planned, time_zone: str) -> ImportedSeries:
    rhythm = pattern(weekly_rule(one.day.isoweekday()), one.day, time_zone=time_zone)
    return ImportedSeries(SeriesKind.ACTIVITY, _description(one), rhythm)

"""Writes the month cards of a fictional GEM: sticks, referrals, newcomers, volunteers, minutes."""

from datetime import date
from decimal import Decimal
from random import Random

from espace.activities.choices import Section
from espace.activities.models import (
    ArrivalTally,
    FinishedMonth,
    HelpTally,
    MonthCard,
    ReferralTally,
    VolunteerMonth,
)
from espace.demonstration.actions.places import fresh_id
from espace.groups.models import Gem

# How many in an ordinary month, at most: (kind, who), (direction, channel), channel.
HELP = {
    ("ecoute", "adherent"): 18,
    ("appel_nouvelles", "adherent"): 9,
    ("visite", "adherent"): 4,
    ("demarches", "adherent"): 5,
    ("demarches", "salarie"): 7,
    ("transport", "adherent"): 4,
    ("numerique", "adherent"): 6,
    ("numerique", "benevole"): 3,
    ("repas_courses", "adherent"): 5,
}
REFERRALS = {
    ("vers_gem", "soins"): 3,
    ("vers_gem", "medico_social"): 2,
    ("depuis_gem", "mdph_droits"): 3,
    ("depuis_gem", "social_logement"): 2,
    ("depuis_gem", "culture_sport_loisirs"): 4,
}
ARRIVALS = {"pair": 2, "soins": 2, "proche": 1, "ville_commerce": 1, "non_dit": 1}
FORGOTTEN = 5


def write_month_cards(gem: Gem, today: date, rng: Random) -> None:
    """Fill the card of each finished month and begin this one; one was left « on ne sait pas »."""
    months = list(FinishedMonth.objects.filter(gem=gem).order_by("month"))
    for rank, finished in enumerate(months):
        finished.minutes_spent = rng.choice((None, 30, 40, 45, 50, 60))
        left_out = rank == len(months) - FORGOTTEN
        _write_card(gem, finished.month, finished.finished_on or today, rng, unknown=left_out)
    FinishedMonth.objects.bulk_update(months, ["minutes_spent"])
    if not gem.practice:
        running = today.replace(day=1)
        _write_help(gem, running, rng)
        MonthCard.objects.create(id=fresh_id(rng), gem=gem, month=running, written_on=today)


def _write_card(gem: Gem, month: date, written_on: date, rng: Random, *, unknown: bool) -> None:
    not_known = [Section.RELAIS.value, Section.BENEVOLAT.value] if unknown else []
    MonthCard.objects.create(
        id=fresh_id(rng), gem=gem, month=month, written_on=written_on, unknown=not_known
    )
    _write_help(gem, month, rng)
    ArrivalTally.objects.bulk_create(
        ArrivalTally(gem=gem, month=month, channel=channel, count=rng.randint(0, most))
        for channel, most in ARRIVALS.items()
    )
    if unknown:
        return
    rows = []
    for (direction, channel), most in REFERRALS.items():
        count = rng.randint(0, most)
        contact = rng.randint(0, count) if direction == "depuis_gem" else None
        rows.append(
            ReferralTally(
                gem=gem,
                month=month,
                direction=direction,
                channel=channel,
                count=count,
                contact_made_count=contact,
            )
        )
    ReferralTally.objects.bulk_create(rows)
    VolunteerMonth.objects.bulk_create(
        VolunteerMonth(
            gem=gem,
            month=month,
            from_kind=who,
            volunteers=people,
            hours=Decimal(people * rng.randint(3, 8)),
        )
        for who, people in (("adherent", rng.randint(3, 7)), ("exterieur", rng.randint(1, 2)))
    )


def _write_help(gem: Gem, month: date, rng: Random) -> None:
    HelpTally.objects.bulk_create(
        HelpTally(gem=gem, month=month, kind=kind, from_kind=who, count=rng.randint(0, most))
        for (kind, who), most in HELP.items()
    )

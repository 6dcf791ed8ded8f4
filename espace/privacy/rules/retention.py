"""How long things are kept: the one table, and who is told before an account goes.

The register of processing, the notice and the page « Vos données » are written from ``RULES``
(docs/privacy); each rule names the daily job that keeps it, and each has a test.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FIRST_NOTICE, SECOND_NOTICE, UNUSED = 22, 23, 24
"""Months without a visit: told, told again, erased."""
BETWEEN_NOTICES = 28
"""Days between two steps at least: a server that was off does not hurry anyone."""
MANDATE_YEARS = 5
MEMBERSHIP_MONTHS = 13
JOURNAL_MONTHS = 12


@dataclass(frozen=True)
class Rule:
    """One line of the table: ``what`` and ``kept`` in plain French, the job that keeps it."""

    key: str
    what: str
    kept: str
    then: str
    job: str


RULES = (
    Rule(
        "unused_account",
        "Un compte que personne n'utilise",
        "24 mois sans visite",
        "Deux e-mails avant, à 22 et 23 mois. Puis le compte est effacé. La ligne du carnet reste.",
        "privacy.forget_unused_accounts",
    ),
    Rule(
        "mandates",
        "Les rôles : élu, salarié, bénévole, adhérent",
        "5 ans après la fin du rôle",
        "Une fonction d'élu reste comptée, sans la personne. Les autres rôles sont effacés.",
        "privacy.keep_the_rules",
    ),
    Rule(
        "memberships",
        "Les adhésions et les cotisations",
        "13 mois après la fin de l'année",
        "Effacées. Le nombre d'adhérents de chaque année reste.",
        "privacy.keep_the_rules",
    ),
    Rule(
        "attendance",
        "Les jours de venue",
        "13 mois après la fin du mois",
        "Des totaux, sans les personnes.",
        "",
    ),
    Rule(
        "journal",
        "Le journal : qui a fait quoi",
        "12 mois",
        "Effacé, ligne après ligne.",
        "privacy.keep_the_rules",
    ),
    Rule(
        "sessions",
        "Les appareils où l'on est entré",
        "30 jours sans visite",
        "Effacés.",
        "accounts.forget_ended_sessions",
    ),
    Rule(
        "imports",
        "Un fichier apporté par le GEM",
        "Le fichier : le temps de le lire. Le brouillon : 24 heures. De quoi l'annuler : 30 jours",
        "Des nombres seulement.",
        "imports.forget",
    ),
    Rule(
        "receipts",
        "Les numéros qui évitent d'écrire deux fois la même chose",
        "400 jours",
        "Effacés. Ils ne disent rien de personne.",
        "privacy.keep_the_rules",
    ),
)


class Step(StrEnum):
    """What to do of an account that nobody uses."""

    NOTHING = "nothing"
    FIRST = "first"
    SECOND = "second"
    ERASE = "erase"


def next_step(
    last: date, told: int, told_on: date | None, *, has_address: bool, today: date
) -> Step:
    """Return what to do today of an account last used in the month of ``last``.

    ``told`` is how many notices went. Someone with an address is always told twice before.
    """
    unused = (today.year - last.year) * 12 + today.month - last.month
    waited = told_on is None or (today - told_on).days >= BETWEEN_NOTICES
    if has_address and told < 2:
        wanted = FIRST_NOTICE if told == 0 else SECOND_NOTICE
        if unused < wanted or not waited:
            return Step.NOTHING
        return Step.FIRST if told == 0 else Step.SECOND
    if unused >= UNUSED and (waited or not has_address):
        return Step.ERASE
    return Step.NOTHING


def membership_years_over(today: date) -> int:
    """Return the last year whose memberships go: its end is thirteen months behind."""
    year = today.year - 2
    # Thirteen months after 31 December is 31 January.
    return year if (today.month, today.day) > (1, 31) else year - 1


def years_before(day: date, years: int) -> date:
    """Return the same day ``years`` earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

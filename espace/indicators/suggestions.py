"""One thing the group could decide, found in this month's figures: pure, said as a question.

A suggestion opens a talk; it never judges and never names anyone. The first that fits is shown,
and the list turns with the month so that the same one does not come back each time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Suggestion:
    """``fact`` is what the figures say, ``question`` what the group may talk about.

    ``code`` is the indicator behind it, empty for the question that fits always.
    """

    code: str
    fact: str
    question: str


Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Rule:
    code: str
    fits: Callable[[Decimal], bool]
    fact: str | Promise
    question: str | Promise


RULES = (
    Rule(
        "ATT-06",
        lambda value: value >= 1,
        _("De nouvelles personnes sont venues."),
        _("Comment leur donner envie de revenir ?"),
    ),
    Rule(
        "ATT-08",
        lambda value: value >= 1,
        _("Des adhérents ne sont pas venus depuis 3 mois."),
        _("Qui peut leur envoyer un bonjour ?"),
    ),
    Rule(
        "ACT-03",
        lambda value: value < 50,
        _("Moins de la moitié des activités vient d'une idée d'adhérents."),
        _("Quelle idée voulez-vous essayer le mois prochain ?"),
    ),
    Rule(
        "OUV-05",
        lambda value: value == 0,
        _("Le lieu n'ouvre jamais sans salarié."),
        _("Voulez-vous tenir une ouverture vous-mêmes ?"),
    ),
    Rule(
        "OUV-03",
        lambda value: value == 0,
        _("Le lieu n'ouvre pas le week-end."),
        _("Est-ce que le week-end manque à quelqu'un ?"),
    ),
    Rule(
        "ACT-06",
        lambda value: value < 20,
        _("Presque toutes les activités se passent au local."),
        _("Où aimeriez-vous aller ensemble ?"),
    ),
)
CODES = tuple(rule.code for rule in RULES)
ALWAYS = Rule(
    "",
    lambda value: True,
    _("Un nouveau mois commence."),
    _("Que voulez-vous vivre ensemble le mois prochain ?"),
)


def suggest(figures: Figures, turn: int) -> Suggestion:
    """Return the first suggestion that fits, starting the list at ``turn`` (the month's number).

    A figure that is not known never fits.
    """
    start = turn % len(RULES)
    for rule in RULES[start:] + RULES[:start]:
        value = figures.get(rule.code)
        if value is not None and rule.fits(value):
            return _said(rule)
    return _said(ALWAYS)


def _said(rule: Rule) -> Suggestion:
    return Suggestion(rule.code, str(rule.fact), str(rule.question))

"""The money of a year on paper, in large type, for an assembly and for the wall."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.governance.printing import TEMPLATES
from espace.governance.queries.money import LargestCost, MoneyYear, Row
from espace.governance.rules.money import Sums, say_cents
from espace.ui.typesetting import typeset


def year_pdf(place: str, money: MoneyYear) -> bytes:
    """Return the readable accounts: four sentences, then each family in one line."""
    return typeset(TEMPLATES / "accounts.typ", year_data(place, money))


def year_data(place: str, money: MoneyYear) -> dict[str, object]:
    """Return what the page prints, every word of it ready."""
    return {
        "place": place,
        "title": _("L'argent du GEM en %(year)s") % {"year": money.year},
        "source": _source(money),
        "sentences": _sentences(money),
        "head": [_("Pour quoi"), _("Prévu"), _("En vrai")],
        "tables": [
            {"title": title, "rows": [_row(row) for row in rows], "total": _total(sums)}
            for title, rows, sums in (
                (_("Où va l'argent"), money.spent_rows, money.spent),
                (_("D'où vient l'argent"), money.received_rows, money.received),
            )
            if rows
        ],
        "in_kind": _("En plus, des aides sans argent. Elles valent %(sum)s.")
        % {"sum": say_cents(money.in_kind)}
        if money.in_kind
        else "",
        "ask": _("Une question ? Elle est la bienvenue. Posez-la à la réunion."),
    }


def _source(money: MoneyYear) -> str:
    said = {
        "caisse": _("D'après le cahier de caisse."),
        "budget": _("D'après le budget du GEM."),
        "prevu": _("D'après ce qui est prévu. Rien n'est encore noté comme dépensé."),
    }.get(money.source, _("Rien n'est encore noté pour cette année."))
    running = _("L'année n'est pas finie.")
    return f"{said} {running}" if money.is_running else str(said)


def _sentences(money: MoneyYear) -> list[str]:
    said = []
    for cents, words in (
        (money.received.actual, _("Le GEM a reçu %(sum)s.")),
        (money.spent.actual, _("Le GEM a dépensé %(sum)s.")),
    ):
        if cents is not None:
            said.append(words % {"sum": say_cents(cents)})
    left = money.left_for_activities
    if left is not None:
        words = (
            _("Il reste %(sum)s pour les activités.")
            if left >= 0
            else _("Les activités ont coûté %(sum)s de plus que prévu.")
        )
        said.append(words % {"sum": say_cents(abs(left))})
    if money.largest:
        said.append(_largest(money.largest))
    return said


def _largest(cost: LargestCost) -> str:
    said = _("Le plus gros coût : %(label)s, %(sum)s.") % {
        "label": cost.label,
        "sum": say_cents(cost.cents),
    }
    if not cost.decided_by:
        unknown = _("Qui l'a décidé ? Ce n'est pas encore noté.")
        return f"{said} {unknown}"
    who = _("Décidé par : %(who)s.") % {"who": cost.decided_by.lower()}
    if cost.decided_on:
        day = date_format(cost.decided_on, "j F Y")
        who = _("Décidé par : %(who)s, le %(day)s.") % {
            "who": cost.decided_by.lower(),
            "day": day,
        }
    return f"{said} {who}"


def _row(row: Row) -> list[str]:
    return [row.label, *(_cents(cents) for cents in (row.planned, row.actual))]


def _total(sums: Sums) -> list[str]:
    return [_("En tout"), _cents(sums.planned), _cents(sums.actual)]


def _cents(cents: int | None) -> str:
    return "–" if cents is None else say_cents(cents)

"""The page on paper: one tagged PDF, that people read to each other in a meeting."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.partners.queries import TerritoryPage
from espace.partners.wording import MEASURES_FR
from espace.ui.typesetting import typeset

TEMPLATE = Path(__file__).parent / "typst" / "territory.typ"


def territory_pdf(page: TerritoryPage) -> bytes:
    """Return the page of a place as a PDF."""
    return typeset(TEMPLATE, territory_data(page))


def territory_data(page: TerritoryPage) -> dict[str, object]:
    """Return what the template prints, every word of it ready."""
    published = page.published
    return {
        "title": _("Mon territoire : %(place)s") % {"place": page.place.name},
        "author": _("Mon Espace FiGEM"),
        "intro": _(
            "Les GEM sont des associations tenues par leurs adhérents. Ces chiffres viennent de "
            "ce que les GEM notent pour eux-mêmes."
        ),
        "gems_head": _("Les GEM"),
        "gems": [
            _("GEM ouverts : %(n)s") % {"n": page.states["actif"]},
            _("En préparation : %(n)s") % {"n": page.states["preparation"]},
            _("En pause : %(n)s") % {"n": page.states["pause"]},
        ],
        "people_head": _("Les personnes"),
        "people": _people(page),
        "bands_head": _("Âge et genre des personnes venues"),
        "bands": [
            [band.label, band.number.text, band.share]
            for band in ((*published.ages, *published.sexes) if published else ())
        ],
        "bands_columns": [_("Groupe"), _("Personnes"), _("Part")],
        "lines_head": _("Lieu par lieu"),
        "columns": [
            _("Lieu"), _("GEM ouverts"), *(str(label) for label in MEASURES_FR.values()),
            _("Heures d'ouverture par semaine"),
        ],
        "lines": [
            [line.place.name, str(line.open_gems), line.people.text, line.members.text,
             line.passages.text, line.hours or "–"]
            for line in page.lines
        ],
        "told_head": _("La vie des GEM, %(period)s") % {"period": page.period.label_fr()},
        "told_columns": [_("Chiffre"), _("Valeur"), _("GEM comptés")],
        "told": [
            [told.label, f"{told.text} {told.unit}".strip() if told.text else "–", str(told.gems)]
            for told in page.told
        ],
        "hidden_head": _("Nous cachons les petits nombres"),
        "hidden": _(
            "Quand un nombre est caché, nous en cachons un autre pour qu'on ne puisse pas le "
            "retrouver. Les autres sont arrondis à la dizaine. Ils changent une fois par mois."
        ),
    }  # fmt: skip


def _people(page: TerritoryPage) -> list[str]:
    published = page.published
    if published is None:
        return [_("Aucun mois n'est encore publié.")]
    totals = (published.people, published.members, published.passages)
    return [
        _("Mois publié : %(month)s, le %(day)s.")
        % {"month": published.month.label_fr(), "day": date_format(published.made_at, "j F Y")},
        _("GEM comptés : %(n)s sur %(all)s.") % {"n": published.counted, "all": published.here},
        *(
            f"{label} : {one.text}."
            for label, one in zip(MEASURES_FR.values(), totals, strict=True)
        ),
        _("Une personne qui va dans deux GEM compte deux fois."),
    ]

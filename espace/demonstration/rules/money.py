"""A believable year of money: salaries first, then rent, then hundreds of euros of activities."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

# account, label, family, side, share of the grant in thousandths, in kind, who decides
SHAPE = (
    ("74", "Subvention de l'ARS", "subvention_ars", "recette", 1000, False, ""),
    ("74", "Subvention de la commune", "commune_intercommunalite", "recette", 26, False, ""),
    ("70", "Participations aux sorties", "activites_ventes", "recette", 12, False, ""),
    ("756", "Cotisations", "cotisations", "recette", 6, False, ""),
    ("758", "Dons", "fondations_dons", "recette", 5, False, ""),
    ("87", "Bénévolat et prêts", "autre_recette", "recette", 50, True, ""),
    ("64", "Salaires et charges", "salaires", "depense", 690, False, "gestionnaire"),
    ("61", "Loyer et assurance", "loyer_charges", "depense", 172, False, "assemblee"),
    ("60", "Repas et sorties", "activites", "depense", 78, False, "reunion"),
    ("62", "Transport", "transport", "depense", 21, False, "bureau"),
    ("65", "Frais de gestion", "frais_gestion", "depense", 60, False, "gestionnaire"),
    ("628", "Formation", "formation", "depense", 14, False, "bureau"),
    ("86", "Bénévolat et prêts", "autre_depense", "depense", 50, True, ""),
)
BOUGHT = (
    ("Courses du repas partagé", "activites", 1400, 4800),
    ("Café, thé et sucre", "activites", 600, 1900),
    ("Peinture et papier", "activites", 900, 3600),
    ("Entrées au musée", "activites", 1800, 5400),
    ("Tickets de bus", "transport", 700, 2100),
    ("Timbres et photocopies", "communication", 300, 1500),
    ("Ampoules et petit matériel", "autre_depense", 500, 2400),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a budget; ``actual`` None while nobody wrote it."""

    account: str
    label: str
    category: str
    side: str
    planned: int
    actual: int | None
    in_kind: bool
    decided_by: str


@dataclass(frozen=True, slots=True)
class Cash:
    """One line of the cash book; below zero when money goes out."""

    day: date
    label: str
    category: str
    cents: int


def budget(grant_euros: int, done: float, rng: Random) -> Iterator[Planned]:
    """Yield the lines of a year of which ``done`` (0 to 1) has passed; planned is whole tens."""
    for account, label, category, side, share, in_kind, by in SHAPE:
        planned = grant_euros * share // 10000 * 10 * 100
        drift = 1 if category == "subvention_ars" else rng.uniform(0.9, 1.06)
        passed = 1 if category == "subvention_ars" or in_kind else done
        actual = planned if passed == drift == 1 else int(planned * passed * drift)
        yield Planned(account, label, category, side, planned, actual, in_kind, by)


def cash(first: date, last: date, rng: Random) -> Iterator[Cash]:
    """Yield a cash book from ``first`` to ``last``: a little each week, the box never empty."""
    left = 12000
    yield Cash(first, "Argent dans la caisse au départ", "depart", left)
    day = first + timedelta(days=1)
    while day <= last:
        if left < 8000:
            left += 15000
            yield Cash(day, "Retrait à la banque", "banque", 15000)
        elif rng.random() < 0.25:
            paid = rng.randrange(2, 9) * 500
            left += paid
            yield Cash(day, "Participations à la sortie", "activites_ventes", paid)
        else:
            label, category, least, most = rng.choice(BOUGHT)
            cost = rng.randrange(least, most, 5)
            left -= cost
            yield Cash(day, label, category, -cost)
        day += timedelta(days=rng.randint(2, 6))

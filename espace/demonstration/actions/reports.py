"""Reports of the fictional network: some tables sent, one with a question, others being written."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from espace.accounts.access import Actor, Grant
from espace.accounts.choices import Role
from espace.groups.choices import Function, GemStatus
from espace.groups.models import Gem, Mandate
from espace.reports.actions import leaving, writing
from espace.reports.choices import Kind, Said
from espace.reports.models import Agreement, FunderPart, PastFigure, Remark, Report, Version

SENT_ON, AGREED_ON = (2, 12), (2, 10)
EVERY = 3
"""One GEM in three has not sent its table yet."""
WORDS = {
    "difficultes": "trouver un minibus le samedi.",
    "fierte": "nos samedis tenus sans salarié.",
    "prevu": "un jardin, deux sorties à la mer et un atelier d'écriture.",
}
STORY = {
    "presentation": "un lieu à nous. On y boit un café, on y fait des choses, on s'y entraide.",
    "ateliers": "la cuisine du jeudi, la peinture, et la marche du mardi.",
    "envies": "ouvrir aussi le dimanche, une fois par mois.",
}
QUESTION = "Vos samedis ouverts sont-ils tenus par des adhérents ?"
PAST = (
    ("GEM financés", 2014, 398),
    ("GEM financés", 2015, 411),
    ("GEM financés", 2017, 455),
    ("Personnes venues par GEM", 2014, 61),
    ("Personnes venues par GEM", 2017, 104),
)


def write_reports(*, today: date) -> None:
    """Write and send reports of last year; does nothing when some are there."""
    if Report.objects.exists():
        return
    year = today.year - 1
    gems = Gem.objects.filter(
        practice=False, joined_on__isnull=False, status=GemStatus.ACTIF, opened_on__year__lte=year
    )
    for rank, gem in enumerate(gems.order_by("slug")):
        if gem.slug == "gem-les-mouettes-rieuses":
            _write(gem, Kind.ACTIVITE, year, STORY)
            _write(gem, Kind.BILAN, year, {"difficultes": WORDS["difficultes"]})
        elif rank % EVERY:
            _write(gem, Kind.BILAN, year, WORDS)
            _send(gem, year, question=rank % EVERY == 1 and rank < EVERY)
    FunderPart.objects.create(
        place="R53", year=year, credits_eur=1_240_000, other_credits_eur=86_000, visits=9,
        meetings=2, support="Deux journées avec les GEM de la région.",
        difficulties="Peu de GEM dans les Côtes-d'Armor.",
    )  # fmt: skip
    PastFigure.objects.bulk_create(
        PastFigure(
            series=series, year=told, value=value, source="Bilan inventé pour la démonstration",
            edition=told + 2, note="Nombre inventé.",
        )
        for series, told, value in PAST
    )  # fmt: skip


def _people(gem: Gem) -> list[Actor]:
    rows = Mandate.objects.filter(
        gem=gem, role=Role.ELECTED, ended_on__isnull=True, account__isnull=False
    )
    return [
        Actor(
            account_id=row.account_id,
            name=row.account.first_name if row.account else "",
            grants=frozenset({Grant(Role.ELECTED.value, gem.pk)}),
            gem_id=gem.pk,
        )
        for row in rows.select_related("account").order_by("started_on", "pk")
    ]


def _write(gem: Gem, kind: str, year: int, words: dict[str, str]) -> None:
    people = _people(gem)
    if people:
        writing.write_section(actor=people[0], gem_id=gem.pk, kind=kind, year=year, answers=words)


def _send(gem: Gem, year: int, *, question: bool) -> None:
    """Two elected people say yes, then the table leaves; on a day of February, as GEM do."""
    people = _people(gem)
    if not people:
        return
    what: dict[str, Any] = {"gem_id": gem.pk, "kind": Kind.BILAN, "year": year}
    leaving.give_to_read(actor=people[0], **what)
    if len(people) > 1:
        for one in people[:2]:
            leaving.agree(actor=one, **what)
    else:
        leaving.note_signatures(
            actor=people[0],
            functions=(Function.PRESIDENCE, Function.TRESORERIE),
            on=date(year + 1, *AGREED_ON),
            **what,
        )
    leaving.send(actor=people[0], **what)
    sent = Version.objects.filter(report__gem=gem, report__year=year)
    sent.update(
        agreed_on=date(year + 1, *AGREED_ON),
        sent_at=datetime.combine(
            date(year + 1, *SENT_ON), time(11), tzinfo=ZoneInfo(gem.time_zone)
        ),
    )
    Agreement.objects.filter(version__report__gem=gem).update(on=date(year + 1, *AGREED_ON))
    if question:
        for version in sent:
            Remark.objects.create(version=version, said=Said.RECEIPT, by=Role.ARS)
            Remark.objects.create(version=version, said=Said.QUESTION, by=Role.ARS, text=QUESTION)

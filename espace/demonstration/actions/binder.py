"""Writes the binder of a fictional GEM: partners, posts, trainings, documents with their dates."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.core.files.base import ContentFile

from espace.binder.choices import (
    Contract,
    DocumentKind,
    Employer,
    NetworkEventKind,
    PartnerActionKind,
    PartnerCategory,
    PostKind,
    Qualification,
    Thing,
    Tie,
    TrainingTheme,
)
from espace.binder.models import (
    Document,
    NetworkEvent,
    Partner,
    PartnerAction,
    PremisesItem,
    StaffPost,
    Training,
    VolunteerSkill,
)
from espace.core.file_kinds import FileKind
from espace.demonstration.actions.places import fresh_id
from espace.groups.models import Gem
from espace.ui.typesetting import typeset

PARTNERS = (
    ("Mairie, service culture", PartnerCategory.COMMUNE, Tie.FINANCEUR),
    ("Médiathèque du centre", PartnerCategory.COMMUNE, Tie.PARTENAIRE),
    ("Centre social Les Tilleuls", PartnerCategory.ASSOCIATION, Tie.ACCUEIL),
    ("Club de marche", PartnerCategory.ASSOCIATION, Tie.PARTENAIRE),
    ("Jardins partagés du canal", PartnerCategory.ASSOCIATION, Tie.PARTENAIRE),
    ("CMP du quartier", PartnerCategory.SOINS, Tie.PARTENAIRE),
    ("SAVS Horizon", PartnerCategory.MEDICO_SOCIAL, Tie.PARTENAIRE),
)
DONE = (
    ("Après-midi jeux à la médiathèque", PartnerActionKind.ACTIVITE),
    ("Semaine d'information sur la santé mentale", PartnerActionKind.SENSIBILISATION),
    ("Fête du quartier", PartnerActionKind.EVENEMENT),
    ("Rencontre avec le club de marche", PartnerActionKind.RENCONTRE),
    ("Prêt du four du centre social", PartnerActionKind.PRET),
    ("Réunion du CLSM", PartnerActionKind.INSTANCE),
)
TRAININGS = (
    ("Premiers secours en santé mentale", TrainingTheme.SECOURISME, 14),
    ("Lire un budget", TrainingTheme.BUDGET, 3),
    ("Tenir une réunion", TrainingTheme.VIE_ASSOCIATIVE, 6),
    ("Groupe d'analyse des pratiques", TrainingTheme.ANALYSE, 2),
)
EVENTS = (
    ("Intergem du département", NetworkEventKind.INTERGEM),
    ("Visite d'un GEM voisin", NetworkEventKind.VISITE),
    ("Journée nationale des GEM", NetworkEventKind.JOURNEE),
)
ROOMS = (
    (Thing.SALLE, "", 1, 46),
    (Thing.CUISINE, "", 1, 12),
    (Thing.BUREAU, "", 1, 9),
    (Thing.SANITAIRES, "accessibles", 1, 5),
    (Thing.NUMERIQUE, "ordinateurs", 3, None),
)
PAPERS = (
    (DocumentKind.STATUTS, -2200, None, True),
    (DocumentKind.REGLEMENT, -900, None, True),
    (DocumentKind.CONVENTION_ARS, -1000, 95, False),
    (DocumentKind.CONVENTION_PARRAINAGE, -700, 400, True),
    (DocumentKind.ASSURANCE, -340, 25, True),
    (DocumentKind.BAIL, -1500, 600, False),
)
PAPER = Path(__file__).parents[1] / "typst" / "paper.typ"
TITLE = {DocumentKind.STATUTS: "Statuts (exemple)"}


def write_binder(gem: Gem, today: date, rng: Random, *, with_file: bool = False) -> None:
    """Write the binder as it stands on ``today``; a file only where someone will open it."""

    def own(**values: object) -> dict[str, object]:
        return {"id": fresh_id(rng), "gem": gem, **values}

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    partners = [
        Partner(
            **own(name=name, category=category, tie=tie),
            contact_point="L'accueil",
            agreement_signed_on=ago(rng.randrange(200, 700)) if rank % 3 == 0 else None,
            agreement_ends_on=today + timedelta(days=60 + 80 * rank) if rank % 3 == 0 else None,
        )
        for rank, (name, category, tie) in enumerate(PARTNERS)
    ]
    if gem.sponsor:
        partners.append(
            Partner(
                **own(name=gem.sponsor.name, category=PartnerCategory.ASSOCIATION),
                tie=Tie.PARRAIN,
                agreement_signed_on=ago(700),
                agreement_ends_on=today + timedelta(days=400),
            )
        )
    Partner.objects.bulk_create(partners)
    PartnerAction.objects.bulk_create(
        PartnerAction(
            **own(date=ago(12 + 55 * rank), label=label, kind=kind),
            partner=partners[rank % len(partners)],
            instance="clsm" if kind == PartnerActionKind.INSTANCE else "aucune",
            members_count=rng.randrange(2, 12),
            public_count=rng.randrange(0, 40),
            led_by_members=rng.random() < 0.5,
        )
        for rank, (label, kind) in enumerate(DONE)
    )
    employer = Employer.GEM if gem.management_mode == "directe" else Employer.GESTIONNAIRE
    StaffPost.objects.bulk_create(
        StaffPost(
            **own(title=title, kind=PostKind.SALARIE, employer=employer, fte=fte),
            contract=Contract.CDI,
            qualification=skill,
            started_on=ago(days),
            job_sheet=True,
            members_in_hiring=days < 1000,
        )
        for title, fte, skill, days in (
            ("Coordination", "1", Qualification.SOCIAL, 1900),
            ("Animation", "0.8", Qualification.ANIMATION, 600),
        )
    )
    VolunteerSkill.objects.bulk_create(
        VolunteerSkill(**own(year=today.year, qualification=skill, volunteers=number))
        for skill, number in ((Qualification.ART_SPORT, 3), (Qualification.ADMINISTRATIF, 1))
    )
    Training.objects.bulk_create(
        Training(
            **own(date=ago(40 + 75 * rank), label=label, theme=theme, hours=hours),
            members_count=rng.randrange(3, 9),
            admins_count=2,
            staff_count=1,
            mixed=theme != TrainingTheme.ANALYSE,
        )
        for rank, (label, theme, hours) in enumerate(TRAININGS)
    )
    NetworkEvent.objects.bulk_create(
        NetworkEvent(
            **own(date=ago(30 + 90 * rank), label=label, kind=kind),
            members_count=rng.randrange(4, 11),
            staff_count=1,
            hosted=rank == 0,
        )
        for rank, (label, kind) in enumerate(EVENTS)
    )
    PremisesItem.objects.bulk_create(
        PremisesItem(**own(kind=kind, label=label, quantity=number, square_metres=size))
        for kind, label, number, size in ROOMS
    )
    papers = [
        Document(
            **own(kind=kind, dated_on=today + timedelta(days=start), shared_with_members=shared),
            title=TITLE.get(kind, ""),
            ends_on=today + timedelta(days=end) if end else None,
        )
        for kind, start, end, shared in PAPERS
    ]
    if with_file:
        _give_a_file(papers[0])
    Document.objects.bulk_create(papers)


def _give_a_file(paper: Document) -> None:
    content = typeset(PAPER, {"title": paper.title})
    paper.file.save(f"{paper.pk.hex}.pdf", ContentFile(content), save=False)
    paper.file_kind, paper.file_bytes = FileKind.PDF, len(content)

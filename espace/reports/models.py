"""Reports: what a GEM writes, the versions the bureau agreed to, what those who received them say.

A figure is never stored here while it is written: a draft keeps what people typed only. A version
keeps the whole text, as it was read by those who agreed to it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from espace.groups.choices import Function
from espace.groups.models import Gem, Identified
from espace.reports.choices import Kind, Said, Via

WORDS, TYPED = 4000, 200


class Report(Identified):
    """One document of one GEM for one year. ``correcting``: it was sent, and is written again."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    year = models.PositiveSmallIntegerField()
    correcting = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "kind", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_report_a_kind_and_year", fields=["gem", "kind", "year"]
            )
        ]


class Answer(Identified):
    """What the GEM typed in a draft: words, a number of its own, or the figures it chose."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=60)
    text = models.TextField(max_length=WORDS)

    class Meta:
        ordering: ClassVar[list[str]] = ["code", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_answer_a_code", fields=["report", "code"])
        ]


class Photo(Identified):
    """A photo of a section. One that is removed stays while a version shows it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    section = models.CharField(max_length=30)
    file = models.FileField(upload_to="reports", max_length=120)
    file_bytes = models.PositiveIntegerField(default=0)
    alt = models.CharField(_("Que voit-on sur la photo ?"), max_length=160)
    removed = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "id"]


class Version(Identified):
    """The text that the bureau reads, agrees to, and sends. It never changes."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=8)
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="versions_are_numbered", fields=["report", "number"]),
            models.CheckConstraint(
                name="nothing_leaves_without_the_bureau",
                condition=Q(sent_at__isnull=True) | Q(agreed_on__isnull=False),
            ),
        ]


class Agreement(Identified):
    """An elected person said yes to a version. The document tells the office, never the name.

    ``account`` only tells two people apart; it is empty for a signature on paper.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="agreements")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    function = models.CharField(max_length=16, choices=Function)
    via = models.CharField(max_length=8, choices=Via)
    on = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "function", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_person_agrees_once",
                fields=["version", "account"],
                condition=Q(account__isnull=False),
            )
        ]


class Remark(Identified):
    """A line between the GEM and who received a document: receipt, question, answer."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="remarks")
    said = models.CharField(max_length=10, choices=Said)
    by = models.CharField(max_length=12)
    text = models.CharField(_("Votre message"), max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class FunderPart(Identified):
    """What an ARS says of its own year: the third part of the national review (dossier 2.3)."""

    place = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    credits_eur = models.PositiveIntegerField(
        _("Crédits GEM de la CNSA versés dans l'année, en euros"), null=True, blank=True
    )
    other_credits_eur = models.PositiveIntegerField(
        _("Autres crédits de l'ARS, en euros"), null=True, blank=True
    )
    visits = models.PositiveSmallIntegerField(_("Visites de GEM"), null=True, blank=True)
    meetings = models.PositiveSmallIntegerField(
        _("Réunions avec les GEM du territoire"), null=True, blank=True
    )
    support = models.TextField(
        _("Ce qui a été fait pour aider les GEM"), max_length=2000, blank=True
    )
    difficulties = models.TextField(_("Les difficultés de l'année"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "place", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_part_a_place_and_year", fields=["place", "year"])
        ]


class PastFigure(Identified):
    """A number of a national review of the past, with its edition: never mixed with ours.

    The series break in 2016: a new form (dossier 2.4).
    """

    series = models.CharField(_("Quel chiffre ?"), max_length=80)
    year = models.PositiveSmallIntegerField(_("Année dont il parle"))
    value = models.DecimalField(_("Valeur"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("Unité"), max_length=30, blank=True)
    source = models.CharField(_("Document"), max_length=120)
    edition = models.PositiveSmallIntegerField(_("Année du document"))
    note = models.CharField(_("Définition, ou ce qu'il faut savoir"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["series", "year", "edition", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_past_figure_an_edition", fields=["series", "year", "source", "edition"]
            )
        ]

"""The year's binder: what changes little in the life of a GEM. No table here holds a person."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from espace.binder.choices import (
    Contract,
    DocumentKind,
    Employer,
    Instance,
    NetworkEventKind,
    PartnerActionKind,
    PartnerCategory,
    PostKind,
    Qualification,
    Thing,
    Tie,
    TrainingTheme,
)
from espace.groups.models import Gem, Identified

PEOPLE = 999


class Row(Identified):
    """A row of the binder; one that is removed can be put back."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="+")
    removed = models.BooleanField(default=False)

    class Meta:
        abstract = True


def _count(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def _ends_after(name: str, start: str, end: str) -> models.CheckConstraint:
    before = {f"{start}__isnull": True}, {f"{end}__isnull": True}, {f"{end}__gte": F(start)}
    condition = Q(**before[0]) | Q(**before[1]) | Q(**before[2])
    return models.CheckConstraint(name=name, condition=condition)


class Document(Row):
    """A paper of the GEM: its dates, and the file if there is one (fact « document »)."""

    kind = models.CharField(_("Quel document ?"), max_length=24, choices=DocumentKind)
    title = models.CharField(_("Son titre"), max_length=80, blank=True)
    dated_on = models.DateField(_("Il date du"), null=True, blank=True)
    ends_on = models.DateField(_("Il est valable jusqu'au"), null=True, blank=True)
    shared_with_members = models.BooleanField(_("Tout le GEM peut le lire"), default=True)
    file = models.FileField(_("Le fichier"), upload_to="binder", max_length=120, blank=True)
    file_kind = models.CharField(max_length=4, blank=True)
    file_bytes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "-dated_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _ends_after("document_ends_after_its_date", "dated_on", "ends_on")
        ]


class Partner(Row):
    """An organisation the GEM knows (fact « partner »). How to reach it, never a member."""

    name = models.CharField(_("Nom de la structure"), max_length=80)
    category = models.CharField(_("Quelle sorte ?"), max_length=26, choices=PartnerCategory)
    tie = models.CharField(
        _("Quelle place a-t-elle ?"), max_length=12, choices=Tie, default=Tie.PARTENAIRE
    )
    contact_point = models.CharField(_("Service à joindre"), max_length=80, blank=True)
    office_phone = models.CharField(_("Numéro du service"), max_length=20, blank=True)
    office_email = models.EmailField(_("E-mail du service"), blank=True)
    agreement_signed_on = models.DateField(_("Convention signée le"), null=True, blank=True)
    agreement_ends_on = models.DateField(_("Elle finit le"), null=True, blank=True)
    document = models.ForeignKey(
        Document,
        verbose_name=_("Le papier, dans nos documents"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _ends_after(
                "agreement_ends_after_it_starts", "agreement_signed_on", "agreement_ends_on"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PartnerAction(Row):
    """Something done with or at a partner's (fact « partner_action »)."""

    date = models.DateField(_("Quel jour ?"))
    label = models.CharField(_("Qu'avons-nous fait ?"), max_length=80)
    kind = models.CharField(_("C'était"), max_length=20, choices=PartnerActionKind)
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("Avec qui ?"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="actions",
    )
    instance = models.CharField(
        _("Si c'était une réunion officielle, laquelle ?"),
        max_length=16,
        choices=Instance,
        default=Instance.AUCUNE,
    )
    members_count = _count(_("Combien d'adhérents ?"))
    public_count = _count(_("Combien de personnes du dehors ?"))
    led_by_members = models.BooleanField(_("Mené par des adhérents ?"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "id"]


class StaffPost(Row):
    """A post, not a person (fact « staff_post »)."""

    title = models.CharField(_("Nom du poste"), max_length=60)
    kind = models.CharField(_("Quelle sorte de poste ?"), max_length=20, choices=PostKind)
    employer = models.CharField(_("Qui est l'employeur ?"), max_length=14, choices=Employer)
    fte = models.DecimalField(
        _("Temps de travail"), max_digits=3, decimal_places=2, null=True, blank=True
    )
    contract = models.CharField(_("Quel contrat ?"), max_length=6, choices=Contract, blank=True)
    qualification = models.CharField(
        _("Quel métier ?"), max_length=14, choices=Qualification, blank=True
    )
    started_on = models.DateField(_("Depuis le"), null=True, blank=True)
    ended_on = models.DateField(_("Jusqu'au"), null=True, blank=True)
    job_sheet = models.BooleanField(_("Il y a une fiche de poste ?"), null=True, blank=True)
    members_in_hiring = models.BooleanField(
        _("Des adhérents ont participé à l'embauche ?"), null=True, blank=True
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["ended_on", "title", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _ends_after("post_ends_after_it_starts", "started_on", "ended_on"),
            models.CheckConstraint(
                name="a_post_is_at_most_full_time",
                condition=Q(fte__isnull=True) | Q(fte__gt=0, fte__lte=1),
            ),
        ]


class VolunteerSkill(Row):
    """How many regular volunteers bring a skill (fact « volunteer_skill », catalogue version 2)."""

    year = models.PositiveSmallIntegerField(_("Quelle année ?"))
    qualification = models.CharField(_("Quelle compétence ?"), max_length=14, choices=Qualification)
    volunteers = models.PositiveSmallIntegerField(_("Combien de bénévoles ?"))

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "qualification", "id"]


class Training(Row):
    """A training or a time of support (fact « training »)."""

    date = models.DateField(_("Quel jour ?"))
    label = models.CharField(_("Quelle formation ?"), max_length=80)
    theme = models.CharField(_("À propos de"), max_length=18, choices=TrainingTheme)
    hours = models.DecimalField(
        _("Combien d'heures ?"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    members_count = _count(_("Combien d'adhérents, sans compter les élus ?"))
    admins_count = _count(_("Combien d'élus ?"))
    staff_count = _count(_("Combien de salariés ?"))
    mixed = models.BooleanField(
        _("Adhérents et salariés dans la même formation ?"), null=True, blank=True
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "id"]


class NetworkEvent(Row):
    """A moment with other GEM (fact « network_event »)."""

    date = models.DateField(_("Quel jour ?"))
    label = models.CharField(_("Quelle rencontre ?"), max_length=80)
    kind = models.CharField(_("C'était"), max_length=20, choices=NetworkEventKind)
    members_count = _count(_("Combien d'adhérents ?"))
    staff_count = _count(_("Combien de salariés ?"))
    hosted = models.BooleanField(_("Chez nous ?"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "id"]


class PremisesItem(Row):
    """A room or a thing of the premises (fact « premises_item », catalogue version 2)."""

    kind = models.CharField(_("Quoi ?"), max_length=14, choices=Thing)
    label = models.CharField(_("Précision"), max_length=60, blank=True)
    quantity = models.PositiveSmallIntegerField(_("Combien ?"), default=1)
    square_metres = _count(_("Surface, en mètres carrés"))

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "label", "id"]

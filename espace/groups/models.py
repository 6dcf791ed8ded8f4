"""GEM, the people of their roll, roles with dates, and the GEM's own devices."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Pictogram, Role
from espace.groups.choices import (
    Accessibility,
    AgeBand,
    AssociationState,
    Counting,
    DirectoryLevel,
    Function,
    GemStatus,
    Gender,
    HeardFrom,
    ManagementMode,
    OrganisationKind,
    PremisesKind,
    PublicFocus,
    StateReason,
    Weekday,
)


class Identified(models.Model):
    """A row whose id may stand in an address: random, so that it cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Organisation(Identified):
    """A sponsor or a managing organisation."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    kind = models.CharField(_("sorte de structure"), max_length=24, choices=OrganisationKind)

    def __str__(self) -> str:
        return self.name


class Gem(Identified):
    """The identity card of a GEM (fact model « gem », dossier 7.1)."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("nom du GEM"), max_length=120)
    commune_code = models.CharField(max_length=5)
    commune_name = models.CharField(_("commune"), max_length=60)
    departement_code = models.CharField(max_length=3, db_index=True)
    region_code = models.CharField(max_length=3, db_index=True)
    ars_zone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/Paris")
    opened_on = models.DateField(_("ouvert depuis le"), null=True, blank=True)
    public_focus = models.CharField(_("public"), max_length=20, choices=PublicFocus, blank=True)
    management_mode = models.CharField(
        _("gestion"), max_length=12, choices=ManagementMode, blank=True
    )
    association_state = models.CharField(
        _("association"), max_length=12, choices=AssociationState, blank=True
    )
    # When the association is to be founded, while it is not yet (OB-02: three years at most).
    association_planned_on = models.DateField(_("association prévue le"), null=True, blank=True)
    first_funded_year = models.PositiveSmallIntegerField(
        _("première année de subvention"), null=True, blank=True
    )
    premises_kind = models.CharField(_("local"), max_length=14, choices=PremisesKind, blank=True)
    premises_accessible = models.CharField(
        _("local accessible"), max_length=8, choices=Accessibility, blank=True
    )
    status = models.CharField(max_length=12, choices=GemStatus, default=GemStatus.ACTIF)
    # The day of its first elected person here; empty for a GEM that is known and not here yet.
    joined_on = models.DateField(null=True, blank=True)
    heard_from = models.CharField(max_length=12, choices=HeardFrom, blank=True)
    federated = models.BooleanField(_("membre de la FiGEM"), default=False)
    federated_since = models.DateField(_("depuis le"), null=True, blank=True)
    practice = models.BooleanField(default=False)
    counting = models.CharField(
        _("façon de compter"), max_length=6, choices=Counting, default=Counting.STICKS
    )
    sponsor = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="sponsored"
    )
    managing_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="managed"
    )
    same_sponsor_reason = models.TextField(_("pourquoi la même structure"), blank=True)
    directory_level = models.CharField(
        _("dans l'annuaire"), max_length=6, choices=DirectoryLevel, default=DirectoryLevel.NOTHING
    )
    public_address = models.CharField(_("adresse du local"), max_length=160, blank=True)
    public_phone = models.CharField(_("téléphone du GEM"), max_length=20, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="gem_sponsor_is_not_manager_without_reason",
                condition=Q(sponsor__isnull=True)
                | Q(managing_organisation__isnull=True)
                | ~Q(sponsor=F("managing_organisation"))
                | ~Q(same_sponsor_reason=""),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def counts_with_names(self) -> bool:
        return self.counting == Counting.NAMES


class GemState(Identified):
    """One state of the GEM from a day on; the newest one is ``Gem.status``. Names nobody."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="states")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=GemStatus)
    since = models.DateField()
    reason = models.CharField(max_length=12, choices=StateReason)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number", "-made_at", "-id"]


class OpeningLetter(Identified):
    """A paper letter that lets the first elected person of a GEM come in, once.

    Only keyed hashes of its words and of the secret of its square code are kept: who prints it is
    the only one to read them. Names nobody.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="opening_letters")
    words_hash = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_waiting_letter_per_gem",
                fields=["gem"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
            )
        ]


class Site(Identified):
    """A second place (« antenne »), or a stop of a mobile GEM."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("nom du lieu"), max_length=80)
    commune_code = models.CharField(max_length=5)
    commune_name = models.CharField(_("commune"), max_length=60)


class OpeningHours(Identified):
    """Usual opening of one week day; several in a day are several rows."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("jour"), choices=Weekday)
    starts_at = models.TimeField(_("de"))
    ends_at = models.TimeField(_("à"))
    member_run = models.BooleanField(_("tenu par des adhérents"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "starts_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="opening_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.UniqueConstraint(
                name="one_opening_per_start", fields=["gem", "weekday", "starts_at"]
            ),
        ]


class Mandate(Identified):
    """A role in a GEM between two dates; leaving it removes the access the same day.

    ``function``, ``is_member``, ``is_first`` and ``shared`` describe an elected mandate (fact
    model « mandate ») and stay empty for the other roles. An elected mandate that is over keeps no
    account once its person asked for it: the GEM's facts stay true, without anybody.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="mandates")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mandates",
    )
    role = models.CharField(max_length=12, choices=Role)
    function = models.CharField(max_length=16, choices=Function, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    is_member = models.BooleanField(default=True)
    is_first = models.BooleanField(default=False)
    shared = models.BooleanField(default=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_running_mandate_per_role",
                fields=["gem", "account", "role"],
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_forgotten_mandate_is_over",
                condition=Q(account__isnull=False) | Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
            models.CheckConstraint(
                name="elected_mandate_has_a_function",
                condition=~Q(role=Role.ELECTED) | ~Q(function=""),
            ),
        ]


class TerritoryMandate(Identified):
    """A role over a territory: FiGEM team, delegate, ARS, CNSA, municipality."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="territory_mandates"
    )
    role = models.CharField(max_length=12, choices=Role)
    territory = models.CharField(max_length=40)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)


class Device(Identified):
    """The GEM's own tablet or computer, enrolled once by an elected person."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="devices")
    name = models.CharField(_("nom de l'appareil"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    enrolled_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class Person(Identified):
    """Someone on the GEM's own roll: known of this GEM only, never joined to another roll.

    First name (or nickname) and one initial. Two people may share a label: the pictogram, else
    the number, tells them apart (decisions 1 and 2). ``first_seen_on`` stays empty for those who
    were « déjà là » before the GEM began to count: they are not new.
    """

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="people")
    first_name = models.CharField(_("prénom ou surnom"), max_length=40)
    initial = models.CharField(_("première lettre du nom"), max_length=2, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    pictogram = models.CharField(
        _("pictogramme"), max_length=12, choices=Pictogram, default=Pictogram.NONE, blank=True
    )
    first_seen_on = models.DateField(_("première venue"), null=True, blank=True)
    age_band = models.CharField(
        _("tranche d'âge"), max_length=8, choices=AgeBand, default=AgeBand.NON_DIT
    )
    gender = models.CharField(_("genre"), max_length=8, choices=Gender, default=Gender.NON_DIT)
    hidden = models.BooleanField(default=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="roll_entries",
    )
    batch_id = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["first_name", "initial", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="homonyms_have_a_number", fields=["gem", "first_name", "initial", "number"]
            ),
            models.UniqueConstraint(
                name="one_roll_entry_per_account",
                fields=["gem", "account"],
                condition=Q(account__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """« Nadia B. », and « Nadia B. (2) » for the second of two homonyms."""
        name = f"{self.first_name} {self.initial}." if self.initial else self.first_name
        return name if self.number == 1 else f"{name} ({self.number})"


class Membership(Identified):
    """A yearly membership of someone on the roll."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    year = models.PositiveSmallIntegerField(_("année"))
    started_on = models.DateField(_("date d'adhésion"))
    fee_cents = models.PositiveIntegerField(_("cotisation en centimes"), null=True, blank=True)
    is_first = models.BooleanField(_("première adhésion"), default=False)
    # The first day of membership, when the row that held it is gone (13 months after its year).
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_membership_a_year", fields=["person", "year"])
        ]


class GoneYear(models.Model):
    """A year whose memberships are gone from a GEM: it can't be counted again. Names nobody."""

    gem = models.ForeignKey(Gem, on_delete=models.CASCADE, related_name="gone_years")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_year_goes_once", fields=["gem", "year"])
        ]

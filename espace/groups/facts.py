"""Facts owned by this package, as the indicator catalogue names them."""

from django.db.models import Case, ExpressionWrapper, F, FloatField, Q, Value, When
from django.db.models.fields import BooleanField
from django.db.models.functions import Coalesce
from django.db.models.query import QuerySet

from espace.accounts.choices import Role
from espace.core.facts import Entity, FactType, Field
from espace.groups.choices import (
    Accessibility,
    AgeBand,
    AssociationState,
    Counting,
    Function,
    GemStatus,
    Gender,
    ManagementMode,
    OrganisationKind,
    PremisesKind,
    PublicFocus,
)
from espace.groups.models import Gem, Mandate, Membership, Person


def gem_rows() -> QuerySet[Gem]:
    """Every GEM; who reads above one GEM leaves the practice ones out."""
    return Gem.objects.all()


def person_rows() -> QuerySet[Person]:
    return Person.objects.all()


def membership_rows() -> QuerySet[Membership]:
    return Membership.objects.all()


def mandate_rows() -> QuerySet[Mandate]:
    """Elected mandates only: the other roles are access, not facts."""
    return Mandate.objects.filter(role=Role.ELECTED)


GEM = Entity(
    name="gem",
    rows=gem_rows,
    gem="id",
    fields={
        "id": Field(FactType.REF, "id"),
        "department_code": Field(FactType.TEXT, "departement_code"),
        "region_code": Field(FactType.TEXT, "region_code"),
        "opened_on": Field(FactType.DATE, "opened_on"),
        "public_focus": Field(FactType.ENUM, "public_focus", tuple(PublicFocus.values)),
        "management_mode": Field(FactType.ENUM, "management_mode", tuple(ManagementMode.values)),
        "association_state": Field(
            FactType.ENUM, "association_state", tuple(AssociationState.values)
        ),
        "association_planned_on": Field(FactType.DATE, "association_planned_on"),
        "first_funded_year": Field(FactType.INT, "first_funded_year"),
        "sponsor_kind": Field(FactType.ENUM, "sponsor__kind", tuple(OrganisationKind.values)),
        "manager_kind": Field(
            FactType.ENUM, "managing_organisation__kind", tuple(OrganisationKind.values)
        ),
        "sponsor_is_manager": Field(
            FactType.BOOL,
            Case(
                When(
                    Q(sponsor__isnull=False) & Q(sponsor=F("managing_organisation")),
                    then=Value(True),
                ),
                # No sponsor on the card is an unknown answer, not a « no ».
                When(sponsor__isnull=False, then=Value(False)),
                default=Value(None),
                output_field=BooleanField(null=True),
            ),
        ),
        "premises_kind": Field(FactType.ENUM, "premises_kind", tuple(PremisesKind.values)),
        "premises_accessible": Field(
            FactType.ENUM, "premises_accessible", tuple(Accessibility.values)
        ),
        "status": Field(FactType.ENUM, "status", tuple(GemStatus.values)),
        "federated": Field(FactType.BOOL, "federated"),
        "counting": Field(FactType.ENUM, "counting", tuple(Counting.values)),
    },
)

PERSON = Entity(
    name="person",
    rows=person_rows,
    fields={
        "id": Field(FactType.REF, "id"),
        "first_seen_on": Field(FactType.DATE, "first_seen_on"),
        "age_band": Field(FactType.ENUM, "age_band", tuple(AgeBand.values)),
        "gender": Field(FactType.ENUM, "gender", tuple(Gender.values)),
    },
)

MEMBERSHIP = Entity(
    name="membership",
    rows=membership_rows,
    gem="person__gem_id",
    fields={
        "person_id": Field(FactType.REF, "person_id"),
        "year": Field(FactType.INT, "year"),
        "started_on": Field(FactType.DATE, "started_on"),
        "member_since": Field(FactType.DATE, Coalesce("since", "started_on")),
        "fee_eur": Field(
            FactType.NUMBER,
            ExpressionWrapper(F("fee_cents") / 100.0, output_field=FloatField()),
        ),
        "is_first": Field(FactType.BOOL, "is_first"),
    },
)

MANDATE = Entity(
    name="mandate",
    rows=mandate_rows,
    fields={
        # A mandate whose person was erased still counts as one person: the row stands for them.
        "person_id": Field(FactType.REF, Coalesce("account_id", "id")),
        "role": Field(FactType.ENUM, "function", tuple(Function.values)),
        "started_on": Field(FactType.DATE, "started_on"),
        "ended_on": Field(FactType.DATE, "ended_on"),
        "is_member": Field(FactType.BOOL, "is_member"),
        "is_first": Field(FactType.BOOL, "is_first"),
        "shared": Field(FactType.BOOL, "shared"),
    },
)

ENTITIES = (GEM, PERSON, MEMBERSHIP, MANDATE)

"""Facts of the binder, as the indicator catalogue names them."""

from typing import Any

from django.db.models import Case, F, IntegerField, Model, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.query import QuerySet

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
from espace.core.facts import Entity, FactType, Field


def _rows(model: type[Model]) -> Any:
    def rows() -> QuerySet[Any]:
        return model._default_manager.filter(removed=False)

    return rows


def _plain(kind: FactType, *names: str) -> dict[str, Field]:
    return {name: Field(kind, name) for name in names}


def _beside(*names: str) -> dict[str, Field]:
    """Numbers of one line: one left empty beside a filled one is nobody; all empty is not known."""
    unknown = Q(**{f"{name}__isnull": True for name in names})
    return {
        name: Field(
            FactType.INT,
            Case(
                When(unknown, then=Value(None)),
                default=Coalesce(F(name), 0),
                output_field=IntegerField(null=True),
            ),
        )
        for name in names
    }


def _enum(name: str, values: list[str]) -> Field:
    return Field(FactType.ENUM, name, tuple(values))


PARTNER = Entity(
    name="partner",
    rows=_rows(Partner),
    fields={
        "id": Field(FactType.REF, "id"),
        "category": _enum("category", PartnerCategory.values),
        **_plain(FactType.DATE, "agreement_signed_on", "agreement_ends_on"),
    },
)
PARTNER_ACTION = Entity(
    name="partner_action",
    rows=_rows(PartnerAction),
    fields={
        "date": Field(FactType.DATE, "date"),
        "partner_id": Field(FactType.REF, "partner_id"),
        "kind": _enum("kind", PartnerActionKind.values),
        "instance": _enum("instance", Instance.values),
        **_plain(FactType.INT, "members_count", "public_count"),
        "led_by_members": Field(FactType.BOOL, "led_by_members"),
    },
)
STAFF_POST = Entity(
    name="staff_post",
    rows=_rows(StaffPost),
    fields={
        "kind": _enum("kind", PostKind.values),
        "employer": _enum("employer", Employer.values),
        "fte": Field(FactType.NUMBER, "fte"),
        "contract": _enum("contract", Contract.values),
        "qualification": _enum("qualification", Qualification.values),
        **_plain(FactType.DATE, "started_on", "ended_on"),
        **_plain(FactType.BOOL, "job_sheet", "members_in_hiring"),
    },
)
VOLUNTEER_SKILL = Entity(
    name="volunteer_skill",
    rows=_rows(VolunteerSkill),
    fields={
        **_plain(FactType.INT, "year", "volunteers"),
        "qualification": _enum("qualification", Qualification.values),
    },
)
TRAINING = Entity(
    name="training",
    rows=_rows(Training),
    fields={
        "date": Field(FactType.DATE, "date"),
        "theme": _enum("theme", TrainingTheme.values),
        "hours": Field(FactType.NUMBER, "hours"),
        **_beside("members_count", "admins_count", "staff_count"),
        "mixed": Field(FactType.BOOL, "mixed"),
    },
)
NETWORK_EVENT = Entity(
    name="network_event",
    rows=_rows(NetworkEvent),
    fields={
        "date": Field(FactType.DATE, "date"),
        "kind": _enum("kind", NetworkEventKind.values),
        **_beside("members_count", "staff_count"),
        "hosted": Field(FactType.BOOL, "hosted"),
    },
)
DOCUMENT = Entity(
    name="document",
    rows=_rows(Document),
    fields={
        "kind": _enum("kind", DocumentKind.values),
        **_plain(FactType.DATE, "dated_on", "ends_on"),
        "shared_with_members": Field(FactType.BOOL, "shared_with_members"),
    },
)
PREMISES_ITEM = Entity(
    name="premises_item",
    rows=_rows(PremisesItem),
    fields={
        "kind": _enum("kind", Thing.values),
        **_plain(FactType.INT, "quantity", "square_metres"),
    },
)
ENTITIES = (
    PARTNER,
    PARTNER_ACTION,
    STAFF_POST,
    VOLUNTEER_SKILL,
    TRAINING,
    NETWORK_EVENT,
    DOCUMENT,
    PREMISES_ITEM,
)

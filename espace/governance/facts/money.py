"""Facts of the money, in euros as the catalogue's formulas say them."""

from django.db.models import ExpressionWrapper, F, FloatField
from django.db.models.query import QuerySet

from espace.core.facts import Entity, FactType, Field
from espace.governance.choices.money import BudgetMoment, Category, Credit, Side
from espace.governance.models import BudgetEvent, BudgetLine


def line_rows() -> QuerySet[BudgetLine]:
    return BudgetLine.objects.all()


def event_rows() -> QuerySet[BudgetEvent]:
    return BudgetEvent.objects.all()


def _euros(field: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(field) / 100.0, output_field=FloatField())


BUDGET_LINE = Entity(
    name="budget_line",
    rows=line_rows,
    fields={
        "year": Field(FactType.INT, "year"),
        "side": Field(FactType.ENUM, "side", tuple(Side.values)),
        "category": Field(FactType.ENUM, "category", tuple(Category.values)),
        "planned_eur": Field(FactType.NUMBER, _euros("planned_cents")),
        "actual_eur": Field(FactType.NUMBER, _euros("actual_cents")),
        "credit": Field(FactType.ENUM, "credit", tuple(Credit.values)),
        "in_kind": Field(FactType.BOOL, "in_kind"),
    },
)

BUDGET_EVENT = Entity(
    name="budget_event",
    rows=event_rows,
    fields={
        "year": Field(FactType.INT, "year"),
        "kind": Field(FactType.ENUM, "kind", tuple(BudgetMoment.values)),
        "date": Field(FactType.DATE, "date"),
        "easy_read": Field(FactType.BOOL, "easy_read"),
    },
)

ENTITIES = (BUDGET_LINE, BUDGET_EVENT)

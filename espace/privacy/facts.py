"""Facts about accounts and rights: counts only, nobody in them."""

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import TruncDate
from django.db.models.query import QuerySet

from espace.accounts.models import JournalEntry
from espace.core.facts import Entity, FactType, Field
from espace.core.models import PageMonth
from espace.privacy.models import AccountMonth

ACCESS = ("privacy.download_own_data", "privacy.open_line_data_with_answers")
ERASURE = ("privacy.erase_account", "privacy.erase_line")
ROLES = {
    "member": "adherent",
    "elected": "administrateur",
    "animator": "salarie",
    "sponsor": "parrain",
    "manager": "gestionnaire",
}


def account_rows() -> QuerySet[AccountMonth]:
    return AccountMonth.objects.all()


def request_rows() -> QuerySet[JournalEntry]:
    """Rights asked and given the same day: the pages do it at once."""
    return JournalEntry.objects.filter(action__in=[*ACCESS, *ERASURE])


def page_rows() -> QuerySet[PageMonth]:
    return PageMonth.objects.all()


ACCOUNT_MONTH = Entity(
    name="account_month",
    rows=account_rows,
    fields={
        "month": Field(FactType.MONTH, "month"),
        "role": Field(FactType.ENUM, "role", tuple(ROLES.values())),
        "active_count": Field(FactType.INT, "active_count"),
    },
)
DATA_REQUEST = Entity(
    name="data_request",
    rows=request_rows,
    fields={
        "received_on": Field(FactType.DATE, TruncDate("at")),
        "done_on": Field(FactType.DATE, TruncDate("at")),
        "kind": Field(
            FactType.ENUM,
            Case(
                When(action__in=ERASURE, then=Value("effacement")),
                default=Value("acces"),
                output_field=CharField(),
            ),
            ("acces", "effacement"),
        ),
    },
)
PAGE_MONTH = Entity(
    name="page_month",
    rows=page_rows,
    gem="",
    fields={
        "month": Field(FactType.MONTH, "month"),
        "median_kb": Field(FactType.NUMBER, "median_kb"),
    },
)
ENTITIES = (ACCOUNT_MONTH, DATA_REQUEST, PAGE_MONTH)

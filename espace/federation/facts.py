"""Facts owned by this package, as the indicator catalogue names them."""

from django.db.models.functions import TruncDate
from django.db.models.query import QuerySet

from espace.core.facts import Entity, FactType, Field
from espace.federation.models import HelpRequest


def help_rows() -> QuerySet[HelpRequest]:
    return HelpRequest.objects.all()


SUPPORT_REQUEST = Entity(
    name="support_request",
    rows=help_rows,
    fields={
        "opened_on": Field(FactType.DATE, TruncDate("asked_at")),
        "first_reply_on": Field(FactType.DATE, TruncDate("answered_at")),
    },
)

ENTITIES = (SUPPORT_REQUEST,)

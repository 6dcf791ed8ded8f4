"""Facts owned by this package, as the indicator catalogue names them."""

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import TruncDate

from espace.core.facts import Entity, FactType, Field
from espace.reports.choices import Kind
from espace.reports.models import Version


def sent_rows() -> QuerySet[Version]:
    """A document is one row, whatever its corrected versions: the first day it was sent counts."""
    sent = Version.objects.filter(sent_at__isnull=False)
    before = sent.filter(report=OuterRef("report"), number__lt=OuterRef("number"))
    return sent.filter(~Exists(before))


REPORT_SHARE = Entity(
    name="report_share",
    rows=sent_rows,
    gem="report__gem_id",
    fields={
        "year": Field(FactType.INT, "report__year"),
        "recipient": Field(
            FactType.ENUM,
            Case(
                When(report__kind=Kind.COMMUNE, then=Value("commune")),
                default=Value("ars"),
            ),
            ("ars", "commune"),
        ),
        "member_validated_on": Field(FactType.DATE, F("agreed_on")),
        "sent_on": Field(FactType.DATE, TruncDate("sent_at")),
    },
)

ENTITIES = (REPORT_SHARE,)

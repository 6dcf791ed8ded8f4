"""The reports of a GEM, for its archive."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.archive import Part
from espace.reports.models import Photo, Version
from espace.reports.permissions import SEE
from espace.reports.printing import document_pdf
from espace.reports.queries.drafts import agreed, photo_contents
from espace.reports.rules.content import from_json


def files(actor: Actor, gem_id: UUID) -> Iterator[tuple[str, bytes]]:
    """Yield the documents that were sent, as PDF, then the photos. Two SQL queries, and photos."""
    require(actor, SEE, gem_id)
    sent = Version.objects.filter(report__gem_id=gem_id, sent_at__isnull=False)
    sent = sent.select_related("report").prefetch_related("agreements")
    for one in sent.order_by("report__year", "report__kind", "number"):
        content = from_json(one.content)
        made = document_pdf(
            content, agreed(one.agreements.all()), photo_contents(content), is_draft=False
        )
        yield f"{one.report.kind}-{one.report.year}-{one.number}.pdf", made
    for number, photo in enumerate(Photo.objects.filter(report__gem_id=gem_id), 1):
        with photo.file.open("rb") as file:
            yield f"photo-{number:03}.jpg", file.read()


PART = Part("bilans", _("Nos bilans envoyés et leurs photos"), files)

"""Rows for tests of the reports."""

from datetime import UTC, date, datetime

from espace.groups.models import Gem
from espace.reports.models import Report, Version
from espace.reports.rules.content import Content, Line, Part, as_json, fingerprint


def make_content(**values: str) -> Content:
    """A yearly table with the given answers, by code."""
    lines = tuple(Line(code, code, text, None, "", "compte") for code, text in values.items())
    parts = (Part("gem", "Le GEM", (), lines),)
    return Content("bilan", "Bilan de l'année", "GEM du Phare, Brest", 2025, "", parts)


def make_sent(gem: Gem, content: Content | None = None, kind: str = "bilan") -> Version:
    """A document that was sent on 12 February 2026."""
    report = Report.objects.get_or_create(gem=gem, kind=kind, year=2025)[0]
    content = content or make_content(nom=gem.name)
    return Version.objects.create(
        report=report,
        number=report.versions.count() + 1,
        content=as_json(content),
        fingerprint=fingerprint(content),
        agreed_on=date(2026, 2, 10),
        sent_at=datetime(2026, 2, 12, 11, tzinfo=UTC),
    )

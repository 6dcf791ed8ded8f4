"""Requests for help as a figure of the catalogue, counted by hand."""

from datetime import UTC, date, datetime

import pytest

from espace.federation.choices import HelpTopic
from espace.federation.models import HelpRequest
from espace.groups.tests.factories import make_gem
from espace.indicators import measures
from espace.indicators.rules import year_period

pytestmark = pytest.mark.django_db


def test_the_wait_is_the_middle_one_of_the_answers_given() -> None:
    """Answered after 2 and 8 days; one still waits; one was asked the year before."""
    gem = make_gem()
    for asked, answered in (
        (datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 3, 18, tzinfo=UTC)),
        (datetime(2026, 5, 1, 9, tzinfo=UTC), datetime(2026, 5, 9, 8, tzinfo=UTC)),
        (datetime(2026, 6, 1, 9, tzinfo=UTC), None),
        (datetime(2025, 6, 1, 9, tzinfo=UTC), datetime(2025, 7, 1, 9, tzinfo=UTC)),
    ):
        HelpRequest.objects.create(
            gem=gem, topic=HelpTopic.COUNT, asked_at=asked, answered_at=answered
        )
    asked_for = year_period(2026)
    found = measures.measure(gem.pk, [asked_for], ["USA-13"], date(2027, 1, 20))
    assert found["USA-13", asked_for].value == 5

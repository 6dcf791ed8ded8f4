"""With which partner of the binder an activity is done."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from espace.accounts.choices import Role
from espace.activities.choices import SeriesKind
from espace.activities.models import Activity, Series
from espace.binder.models import Partner
from espace.binder.tests.factories import make_row
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem
from espace.indicators import measures
from espace.indicators.rules import parse_period

pytestmark = pytest.mark.django_db
WHAT: dict[str, Any] = {"title": "Jeux", "starts_at": time(14), "hours": 2}


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def series(gem: Gem) -> Series:
    series = Series.objects.create(
        gem=gem, kind=SeriesKind.ACTIVITY, rule="FREQ=WEEKLY;BYDAY=WE", first_on=date(2026, 10, 7),
        **WHAT,
    )  # fmt: skip
    for day in (7, 14, 21):
        Activity.objects.create(gem=gem, series=series, date=date(2026, 10, day), **WHAT)
    return series


def say(client: Client, activity: Activity, **data: str) -> Any:
    return client.post(
        reverse("activities:activity_partner", args=[activity.pk]), data, follow=True
    )


def test_a_partner_is_said_for_a_day_or_for_the_next_times(
    gem: Gem, series: Series, as_role: Callable[..., Client]
) -> None:
    elected, member = as_role(Role.ELECTED, gem), as_role(Role.MEMBER, gem)
    library = make_row(gem, "partenaires")
    past, today, following = Activity.objects.order_by("date")
    say(elected, past, partner_id=str(library.pk))
    assert (
        "Ludothèque" in elected.get(reverse("activities:activity", args=[past.pk])).content.decode()
    )
    assert list(Activity.objects.order_by("date").values_list("partner", flat=True)) == [
        library.pk, None, None,
    ]  # fmt: skip
    say(elected, today, partner_id=str(library.pk), following="1")
    assert set(Activity.objects.values_list("partner", flat=True)) == {library.pk}
    series.refresh_from_db()
    assert series.partner_id == library.pk
    say(elected, today, partner_id="")
    assert Activity.objects.get(pk=today.pk).partner is None
    assert say(member, following).status_code == 403
    page = member.get(reverse("activities:activity", args=[following.pk])).content.decode()
    assert "Ludothèque" in page
    assert "Quel partenaire" not in page


def test_a_partner_of_another_gem_is_refused_kindly(
    gem: Gem, series: Series, as_role: Callable[..., Client]
) -> None:
    theirs = make_row(make_gem("GEM du Canal"), "partenaires")
    activity = Activity.objects.order_by("date").first()
    assert activity
    answer = say(as_role(Role.ELECTED, gem), activity, partner_id=str(theirs.pk))
    assert "n'est plus dans le classeur" in answer.content.decode().replace("&#x27;", "'")
    assert not Activity.objects.filter(partner__isnull=False).exists()


def test_activities_with_a_partner_are_a_figure(gem: Gem, series: Series) -> None:
    library = make_row(gem, "partenaires")
    assert isinstance(library, Partner)
    Activity.objects.filter(date=date(2026, 10, 7)).update(partner=library)
    Activity.objects.filter(date__gte=date(2026, 10, 14)).delete()
    asked = parse_period("2026-10")
    found = measures.measure(gem.pk, [asked], ["ACT-12"], date(2026, 10, 31))["ACT-12", asked]
    assert (found.numerator, found.denominator) == (1, 1)

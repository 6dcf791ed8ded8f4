"""A fictional country in bulk: the same for a same number, goes on where it stopped."""

import math
from collections import Counter
from io import StringIO
from statistics import mean

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from espace.activities.models import Attendance, FinishedMonth
from espace.core.clock import today
from espace.demonstration.actions.national import slug_of, write_country
from espace.demonstration.rules.national import draw_network, gems_of_departements
from espace.disclosure.models import Release
from espace.groups.models import Gem, Person
from espace.territories.models import StaleGem


def counted() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (Gem, Person, Attendance, FinishedMonth))


def test_sizes_are_log_normal_around_67_with_a_tenth_under_20() -> None:
    sizes = [gem.people for gem in draw_network(700)]
    assert 63 < mean(sizes) < 71
    assert 0.08 < sum(size < 20 for size in sizes) / len(sizes) < 0.12
    logs = [math.log(size) for size in sizes]
    assert 3.85 < mean(logs) < 4.0


@pytest.mark.parametrize("gems", [1, 20, 101, 700, 7000])
def test_gem_stand_where_people_live(gems: int) -> None:
    drawn = draw_network(gems)
    assert len(drawn) == len({slug_of(one) for one in drawn}) == gems
    assert draw_network(gems) == drawn
    found = Counter(one.commune.departement for one in drawn)
    assert found == Counter({code: n for code, n in gems_of_departements(gems).items() if n})
    if gems == 700:
        assert (found["48"], found["976"]) == (1, 1)
        assert found["59"] > 15


@pytest.mark.django_db
def test_a_country_goes_on_where_it_stopped(settings: Settings) -> None:
    settings.FOLDING = False
    write_country(2, 1, today=today(), progress=lambda done, total: None)
    whole = counted()
    kept = Gem.objects.order_by("pk").values_list("slug", "pk")
    before = list(kept)
    Gem.objects.filter(slug=before[0][0]).delete()
    for _ in range(2):
        write_country(2, 1, today=today(), progress=lambda done, total: None)
        assert counted() == whole
        assert list(kept) == before
    rows = Attendance.objects.filter(activity__isnull=True)
    people = rows.filter(date__month=rows.latest("date").date.month).values("person")
    assert people.distinct().count() > 10


@pytest.mark.django_db
def test_the_command_writes_closes_and_asks_for_sums(settings: Settings) -> None:
    with pytest.raises(CommandError, match="FOLDING"):
        call_command("demo", groups=1)
    settings.FOLDING = False
    with pytest.raises(CommandError, match="At least one"):
        call_command("demo", groups=0)
    told = StringIO()
    call_command("demo", groups=1, years=1, closings=13, stdout=told, stderr=StringIO())
    assert "1 of 1 GEM written" in told.getvalue()
    assert Release.objects.count() == 12
    assert StaleGem.objects.count() == 1

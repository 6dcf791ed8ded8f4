"""The fictional network holds together: loaded once, then read from every side."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Min, Sum

from espace.accounts.access import NOBODY
from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.activities.models import (
    Activity,
    Attendance,
    FinishedMonth,
    Idea,
    IdeaLink,
    SignUp,
    Slot,
)
from espace.demonstration.actions import load_network
from espace.federation.choices import Stage
from espace.federation.queries.network import Asked, network_page
from espace.groups.choices import Counting, PublicFocus
from espace.groups.models import Device, Gem, Mandate, Membership, Person, TerritoryMandate
from espace.groups.queries.opening import letter_shown
from espace.groups.rules.tokens import DEMONSTRATION_TABLET, demonstration_token, token_hash
from espace.groups.tests.factories import make_actor

TODAY = date(2026, 11, 24)
MAIN = "gem-les-mouettes-rieuses"

pytestmark = [pytest.mark.xdist_group("demonstration"), pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def network(django_db_setup: None, django_db_blocker) -> Iterator[Mapping[str, int]]:
    """Load the network once for the whole module, and leave nothing behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_network(today=TODAY)
        transaction.set_rollback(True)


def real_gems() -> list[Gem]:
    """Those who live: the federation's list has a few others, where nobody comes."""
    return list(
        Gem.objects.filter(practice=False, people__isnull=False).distinct().order_by("slug")
    )


def lived_in() -> list[Gem]:
    return [*real_gems(), Gem.objects.get(practice=True)]


def test_twelve_gem_of_three_regions_and_a_practice_one():
    gems = real_gems()
    assert len(gems) == 12
    assert len({gem.region_code for gem in gems}) == 3
    assert {gem.public_focus for gem in gems} == set(PublicFocus.values)
    assert {gem.counting for gem in gems} == set(Counting.values)
    assert Gem.objects.get(practice=True).name == "GEM des Tilleuls"


def test_loading_it_again_changes_nothing_even_on_another_day(network):
    assert load_network(today=TODAY + timedelta(days=40)) == network
    printed = StringIO()
    call_command("demo_network", "--json", stdout=printed)
    assert json.loads(printed.getvalue()) == network


def test_the_command_line_lists_the_gem_in_order():
    printed = StringIO()
    call_command("list_groups", "--json", stdout=printed)
    rows = json.loads(printed.getvalue())
    assert len(rows) == 18
    assert {"slug": "gem-des-tilleuls", "name": "GEM des Tilleuls"} in rows
    assert rows == sorted(rows, key=lambda row: row["slug"])


def test_one_person_per_role_lives_around_the_main_gem():
    people = Account.objects.exclude(demonstration_role="")
    roles = [person.demonstration_role for person in people]
    assert sorted(roles) == sorted(role for role in Role.values if role != Role.DEVICE)
    main = Gem.objects.get(slug=MAIN)
    assert main.counting == Counting.NAMES
    for person in people:
        role = person.demonstration_role
        here = Mandate.objects.filter(gem=main, account=person, role=role, ended_on=None).exists()
        there = TerritoryMandate.objects.filter(account=person, role=role).exists()
        assert here or there, role


def test_the_demonstration_tablet_can_be_found_again():
    device = Device.objects.get(name=DEMONSTRATION_TABLET)
    token = demonstration_token(settings.SECRET_KEY, device.gem.slug)
    assert device.gem.slug == MAIN
    assert device.token_hash == token_hash(token)


def test_each_gem_has_an_elected_bureau_and_one_presides_together():
    for gem in lived_in():
        elected = Mandate.objects.filter(gem=gem, role=Role.ELECTED)
        assert 3 <= elected.count() <= 5
        assert all(mandate.function for mandate in elected)
        assert Mandate.objects.filter(gem=gem, role=Role.ANIMATOR).exists()
    together = Counter(Mandate.objects.filter(shared=True).values_list("gem__slug", flat=True))
    assert together == {"gem-les-galets": 3}


def test_the_rolls_hold_a_first_name_and_one_letter():
    for gem in real_gems():
        assert 45 <= gem.people.count() <= 75
        of_the_year = Membership.objects.filter(person__gem=gem, year=TODAY.year).count()
        assert 25 <= of_the_year <= 55
    for person in [*Person.objects.all(), *Account.objects.all()]:
        assert " " not in person.first_name
        assert len(person.initial) == 1
    labels = Counter((person.gem_id, person.label) for person in Person.objects.all())
    assert max(labels.values()) == 1
    # The two « Marie L. » are told apart by a drawing.
    assert Person.objects.filter(gem__slug=MAIN, first_name="Marie", initial="L").count() >= 2


def test_people_come_only_when_the_place_is_open_and_never_tomorrow():
    held = set(
        Slot.objects.filter(outcome="", date__lt=TODAY).values_list("gem_id", "date").distinct()
    )
    days = set(Attendance.objects.values_list("gem_id", "date").distinct())
    assert days <= held
    assert max(day for _gem, day in days) < TODAY
    assert not Slot.objects.filter(outcome="", date__month=5, date__day=1).exists()
    assert Slot.objects.filter(outcome="ferme_conge").exists()
    assert Slot.objects.filter(outcome="ferme_salarie_absent").exists()


def test_activities_happen_within_the_opening_hours():
    hours: dict[tuple[object, date], list[tuple[int, int]]] = {}
    for slot in Slot.objects.filter(outcome=""):
        start = slot.starts_at.hour * 60 + slot.starts_at.minute
        end = start + int(slot.hours * 60)
        hours.setdefault((slot.gem_id, slot.date), []).append((start, end))
    for activity in Activity.objects.all():
        start = activity.starts_at.hour * 60 + activity.starts_at.minute
        openings = hours[activity.gem_id, activity.date]
        assert any(first <= start < last for first, last in openings), activity.title
    assert Activity.objects.filter(state="annulee").exclude(cancelled_reason="").exists()
    assert Activity.objects.filter(date__gt=TODAY).exists()


def test_each_gem_counts_in_its_own_way():
    rows = Attendance.objects.filter(category="adherent")
    for gem in real_gems():
        of_gem = rows.filter(gem=gem)
        if gem.counts_with_names:
            assert not of_gem.filter(person__isnull=True).exists()
        else:
            assert not of_gem.filter(person__isnull=False).exists()
        a_day = of_gem.filter(activity=None).aggregate(
            days=Count("date", distinct=True), heads=Sum("head_count")
        )
        assert 3 <= a_day["heads"] / a_day["days"] <= 16
        visitors = Attendance.objects.filter(gem=gem).values_list("category", flat=True)
        assert {"decouverte", "proche"} <= set(visitors)


def test_few_come_very_often_and_many_rarely_and_newcomers_come_each_season():
    main = Gem.objects.get(slug=MAIN)
    days = Attendance.objects.filter(gem=main, activity=None, person__isnull=False)
    counts = sorted(Counter(days.values_list("person", flat=True)).values(), reverse=True)
    assert sum(counts[:8]) > sum(counts) * 0.35
    assert sum(count < 20 for count in counts) > len(counts) * 0.3
    newcomers = Person.objects.filter(gem=main, first_seen_on__isnull=False)
    months = {person.first_seen_on.replace(day=1) for person in newcomers}
    assert len(months) >= 8
    first_days = days.values("person").annotate(first=Min("date")).values_list("person", "first")
    first = dict(first_days)
    for person in newcomers:
        assert first[person.pk] == person.first_seen_on


def test_months_are_finished_but_the_running_one_and_two_forgotten():
    finished = Counter(FinishedMonth.objects.values_list("gem__slug", flat=True))
    assert sorted(Counter(finished.values()).items()) == [(17, 2), (18, 10)]
    running = FinishedMonth.objects.filter(month=TODAY.replace(day=1))
    assert not running.exists()
    assert all(row.finished_on <= TODAY for row in FinishedMonth.objects.all())


def test_each_gem_has_a_box_and_a_list_where_people_wait():
    for gem in lived_in():
        ideas = Idea.objects.filter(gem=gem)
        states = set(ideas.values_list("state", flat=True))
        assert {"boite", "plus_tard", "non_merci"} <= states
        assert ideas.filter(signature="").exists()
        assert not ideas.filter(received_on__gt=TODAY).exists()
        assert all(len(text) <= 140 for text in ideas.values_list("text", flat=True))
        named = SignUp.objects.filter(activity__gem=gem, person__isnull=False).exists()
        assert named is gem.counts_with_names
    main = Gem.objects.get(slug=MAIN)
    assert Idea.objects.filter(gem=main, activity__date__gt=TODAY).exists()
    assert SignUp.objects.filter(activity__gem=main, waited=True).exists()
    assert IdeaLink.objects.count() == len(lived_in())


def test_the_federation_meets_gem_at_every_stage():
    page = network_page(make_actor(Role.FEDERATION), Asked())
    assert {each.value for each in page.stages} == set(Stage.values)
    assert page.waiting == 2
    assert page.total == 17
    printed = StringIO()
    call_command("demo_letter", "--json", stdout=printed)
    letter = json.loads(printed.getvalue())
    assert letter["gem"] == "GEM Le Grand Large"
    assert letter_shown(NOBODY, words=letter["words"], secret="").opens

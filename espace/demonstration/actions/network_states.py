"""Writes what the federation sees: GEM at every stage, letters, help asked."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.utils.text import slugify

from espace.demonstration.actions.places import fresh_id
from espace.demonstration.rules.network_states import ASKED, HEARD, LISTED, Listed
from espace.federation.models import HelpRequest
from espace.groups.choices import GemStatus, StateReason
from espace.groups.models import Gem, GemState, OpeningLetter
from espace.groups.rules.letters import LIVES
from espace.groups.territory import communes

DAYS_HERE = 520
DAYS_SINCE_LIST = 560


def write_network_states(today: date, rng: Random) -> None:
    """Give the network its history, and add the GEM where nobody lives."""
    for rank, gem in enumerate(Gem.objects.order_by("name")):
        gem.joined_on = today - timedelta(days=DAYS_HERE - 20 * rank)
        gem.federated_since = date(2012 + rank % 9, 3, 15) if gem.federated else None
        gem.heard_from = "" if gem.practice or rank >= len(HEARD) else HEARD[rank]
        gem.save(update_fields=["joined_on", "federated_since", "heard_from"])
        if not gem.practice:
            since = today - timedelta(days=DAYS_SINCE_LIST)
            write_state(gem, GemStatus.PREPARATION, since, StateReason.LIST, rng)
            write_state(gem, GemStatus.ACTIF, gem.joined_on, StateReason.LETTER, rng)
    for listed in LISTED:
        write_listed(listed, today, rng)
    for days, (name, topic, text) in enumerate(ASKED, 1):
        for gem in Gem.objects.filter(name=name):
            HelpRequest.objects.create(
                id=fresh_id(rng),
                gem=gem,
                topic=topic,
                text=text,
                asked_at=noon(today - timedelta(days=days)),
            )


def write_listed(listed: Listed, today: date, rng: Random) -> None:
    commune = communes()[listed.commune_code]
    since = today - timedelta(days=listed.days_ago)
    here = listed.days_here
    gem = Gem.objects.create(
        id=fresh_id(rng),
        slug=slugify(listed.name),
        name=listed.name,
        commune_code=commune.code,
        commune_name=commune.name,
        departement_code=commune.departement,
        region_code=commune.region,
        ars_zone=commune.ars_zone,
        time_zone=commune.time_zone,
        public_focus=listed.public_focus,
        status=listed.state,
        joined_on=None if here is None else today - timedelta(days=here),
    )
    if listed.reason != StateReason.LIST:
        arrived = today - timedelta(days=(here or 0) + 15)
        write_state(gem, GemStatus.PREPARATION, arrived, StateReason.LIST, rng)
    if gem.joined_on is not None and listed.reason != StateReason.LETTER:
        write_state(gem, GemStatus.ACTIF, gem.joined_on, StateReason.LETTER, rng)
    write_state(gem, listed.state, since, listed.reason, rng)
    if listed.has_letter:
        made = noon(since)
        # Hashes of nothing: this paper was never printed. ``demo_letter`` makes a real one.
        OpeningLetter.objects.create(
            id=fresh_id(rng),
            gem=gem,
            words_hash=fresh_id(rng).hex * 2,
            secret_hash=fresh_id(rng).hex * 2,
            made_at=made,
            expires_at=made + LIVES,
        )


def write_state(gem: Gem, state: GemStatus, since: date, reason: StateReason, rng: Random) -> None:
    number = GemState.objects.filter(gem=gem).count() + 1
    GemState.objects.create(
        id=fresh_id(rng), gem=gem, number=number, state=state, since=since, reason=reason
    )


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)

"""Cards for tests."""

from uuid import uuid4

from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.cards.actions import Chosen, Made, make_cards
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor


def make_card(gem: Gem, account: Account, maker: str = Role.ELECTED) -> Made:
    """A running card of ``account``, made by somebody of that role; with its secrets."""
    chosen = [Chosen(account_id=account.pk)]
    return make_cards(actor=make_actor(maker, gem), gem_id=gem.pk, chosen=chosen, key=uuid4())[0]

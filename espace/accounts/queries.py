"""What other packages and our pages may read of the accounts."""

from dataclasses import dataclass

from django.utils.functional import Promise

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.models import Account


@dataclass(frozen=True)
class DemonstrationPerson:
    """Someone of the fictional network one may enter as: a role in words, a first name."""

    role: str
    role_label: str | Promise
    name: str


def demonstration_people() -> list[DemonstrationPerson]:
    """Return one person per role, in the order of ``Role``; empty without a demonstration."""
    found: dict[str, Account] = {}
    people = Account.objects.exclude(demonstration_role="").filter(is_active=True)
    for account in people.order_by("joined_at", "pk"):
        found.setdefault(account.demonstration_role, account)
    return [
        DemonstrationPerson(role.value, role.label, found[role].label)
        for role in Role
        if role in found
    ]


def demonstration_account(role: str) -> Account | None:
    """Return the person to enter as for ``role``, or None when the network has nobody so."""
    if not role:
        # Every other account has no demonstration role either.
        return None
    people = Account.objects.filter(demonstration_role=role, is_active=True)
    return people.order_by("joined_at", "pk").first()


def own_account(actor: Actor) -> Account:
    """Return the account of who is asking. Raises Account.DoesNotExist for a device."""
    if actor.account_id is None:
        raise Account.DoesNotExist
    return Account.objects.get(pk=actor.account_id)

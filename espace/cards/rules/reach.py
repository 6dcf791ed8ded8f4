"""How far a card opens: never farther than what whoever made it may give.

A card opens the whole account. So an account with a role elsewhere, or with a role that the maker
cannot give, is opened by no such card: no role grants more than it has.
"""

from collections.abc import Collection
from uuid import UUID

from espace.accounts.access import Grant
from espace.accounts.choices import Role
from espace.groups.rules.mandates import GIVES

MAKERS = (Role.ELECTED, Role.ANIMATOR)
"""Who makes cards, the farthest reach first."""


def reach_of(roles: Collection[str]) -> Role | None:
    """Return the role in whose name somebody with ``roles`` in the GEM makes cards; None: none."""
    return next((role for role in MAKERS if role in roles), None)


def fits(
    held: Collection[Grant], *, gem_id: UUID, reach: str | None, practice: Collection[UUID]
) -> bool:
    """Tell whether a card of that GEM and reach may open an account that holds these roles.

    Roles in practice GEM count nowhere: nothing real is there. Without any role left in the GEM,
    the card opens nothing.
    """
    counted = [g for g in held if g.gem_id == gem_id or g.gem_id not in practice]
    gives = GIVES.get(Role(reach), frozenset()) if reach else frozenset()
    return bool(counted) and all(g.gem_id == gem_id and g.role in gives for g in counted)

"""Which page waits for whom after signing in (decision 14b)."""

from espace.accounts.access import Actor
from espace.accounts.choices import Role


def home_of(actor: Actor, *, on_duty: bool = False) -> str:
    """Return the path that waits for ``actor``; "" for the page that says what comes.

    ``on_duty``: this person said « je tiens le GEM » today.
    """
    if not actor.is_known:
        return "/"
    if actor.device_id and actor.account_id is None:
        return "/tablette/"
    if actor.holds(Role.FEDERATION, Role.DELEGATE):
        return "/reseau/"
    if on_duty or actor.has(Role.ANIMATOR, Role.VOLUNTEER, gem_id=actor.gem_id):
        return "/aujourdhui/"
    if actor.has(Role.ELECTED, gem_id=actor.gem_id):
        return "/notre-gem/"
    if actor.has(Role.MEMBER, gem_id=actor.gem_id):
        return "/programme/"
    if actor.holds(Role.ARS, Role.CNSA, Role.MUNICIPALITY):
        return "/mon-territoire/"
    return ""

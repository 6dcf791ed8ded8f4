"""Who reads the journal of a GEM, and who opens what is kept on a person (dossier 3.2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import Permission

JOURNAL = "privacy.read_journal"
JOURNAL_NAMES = "privacy.read_names_of_journal"
OWN_DATA = "accounts.edit_own_account"
"""Reading one's own data goes with changing one's own account."""
LINE_DATA = "privacy.print_line"
ERASE_LINE = "privacy.erase_line"


def _inside(actor: Actor, gem_id: Any) -> bool:
    """Members read the journal too, without the first names: the summary of the matrix."""
    return actor.account_id is not None and actor.has(
        Role.MEMBER, Role.ELECTED, Role.ANIMATOR, gem_id=gem_id
    )


def _bureau_or_staff(actor: Actor, gem_id: Any) -> bool:
    return actor.account_id is not None and actor.has(Role.ELECTED, Role.ANIMATOR, gem_id=gem_id)


def _bureau(actor: Actor, gem_id: Any) -> bool:
    return actor.account_id is not None and actor.has(Role.ELECTED, gem_id=gem_id)


def _bureau_or_oneself(actor: Actor, person: Any) -> bool:
    """The thing is a line of the roll (``gem_id``, ``account_id``), or the GEM's id."""
    gem_id = getattr(person, "gem_id", person)
    account_id = getattr(person, "account_id", None)
    mine = account_id is not None and actor.account_id == account_id
    inside = (Role.MEMBER, Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER)
    return actor.account_id is not None and actor.has(
        *(inside if mine else (Role.ELECTED,)), gem_id=gem_id
    )


PERMISSIONS = {
    JOURNAL: Permission(_inside, _("Les adhérents, les élus et les salariés du GEM.")),
    JOURNAL_NAMES: Permission(_bureau_or_staff, _("Les élus et les salariés du GEM.")),
    ERASE_LINE: Permission(_bureau, _("Les élus du GEM.")),
    LINE_DATA: Permission(_bureau_or_oneself, _("Les élus du GEM, et la personne elle-même.")),
}

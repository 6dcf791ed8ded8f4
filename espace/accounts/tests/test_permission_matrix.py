"""The permission table, read whole: what a reviewer agreed to, and the rules it must keep."""

import pytest

from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed, Permission, declare, require, table
from espace.groups.rules.mandates import GIVES
from tests.permission_matrix import MATRIX, OWN, actor, allowed, written

# The only thing done in a GEM where one has no role: FiGEM gives the first elected mandate,
# and the rules of mandates check that there is none. One's own account is not a thing of a GEM.
ANYWHERE = {("groups.give_roles", Role.FEDERATION)}
# About oneself, or about a territory whose numbers are published: no GEM is opened by these.
WITHOUT_A_GEM = {
    "accounts.edit_own_account",
    "partners.see_territory",
    "partners.see_inbox",
    "partners.answer_report",
}
# FiGEM's team and the delegates see the list of GEM (facts about organisations), wherever they are.
OF_THE_NETWORK = (
    "groups.see_network",
    "groups.see_in_network",
    "groups.run_network",
    "federation.answer_help",
    "surveys.draw",
    "reports.see_national",
    "reports.keep_past_figures",
)


def may(role, where="own"):
    return {(key[0], key[1]) for key, yes in allowed().items() if yes and key[2:] == (where, role)}


def test_the_table_is_the_one_that_was_reviewed():
    """After a change, ``python -m tests.permission_matrix`` writes the table to review."""
    assert written() == MATRIX.read_text(encoding="utf-8")


def test_whatever_an_employee_may_do_the_bureau_may_do():
    assert may(Role.ANIMATOR) <= may(Role.ELECTED)


def test_nobody_gives_more_than_they_have():
    for giver, given in GIVES.items():
        for role in given:
            assert may(role) <= may(giver), f"{giver} gives {role}"


def test_a_role_opens_no_other_gem():
    opened = {
        (name, role)
        for (name, _case, where, role), yes in allowed().items()
        if yes and where == "other" and name not in WITHOUT_A_GEM
    }
    network = {(name, role) for name, role in opened if name in OF_THE_NETWORK}
    assert opened - network == ANYWHERE
    assert {role for _name, role in network} == {Role.FEDERATION, Role.DELEGATE}


def test_nobody_may_do_nothing():
    assert may("nobody") == set()


def test_everyone_refused_reads_who_can():
    for name, permission in table().items():
        sentence = str(permission.who)
        assert sentence.endswith("."), name
        assert len(sentence.split()) <= 20, name


def test_one_name_has_one_line():
    declare(table())
    with pytest.raises(ValueError, match="declared twice"):
        declare({"groups.edit_roll": Permission(lambda actor, thing: True, "Tout le monde.")})
    with pytest.raises(KeyError):
        require(None, "groups.unknown")


def test_a_refusal_says_who_can():
    require(actor(Role.ELECTED), "groups.enrol_device", OWN)
    with pytest.raises(NotAllowed) as refused:
        require(actor(Role.ANIMATOR), "groups.enrol_device", OWN)
    assert refused.value.who == "Les élus du GEM."

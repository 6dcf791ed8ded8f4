"""Names of roles and initials."""

from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Role
from espace.accounts.rules import is_one_letter, role_named


def test_roles_have_english_and_french_names():
    assert role_named("member") is Role.MEMBER
    assert role_named("Élue") is Role.ELECTED
    assert role_named(" salariée ") is Role.ANIMATOR
    assert role_named("FiGEM") is Role.FEDERATION
    assert role_named("tablette") is Role.DEVICE
    assert role_named("system") is None


@given(st.sampled_from(Role.values))
def test_every_role_is_found_by_its_own_key(role):
    assert role_named(role.upper()) == role


@given(st.text(max_size=20))
def test_an_initial_is_never_a_name(text):
    assert is_one_letter(text) == (len(text) == 1 and text.isalpha())
    assert role_named(text) in (None, *Role)

"""Names of roles and initials."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts.choices import Proof, Role
from espace.accounts.rules import (
    IN_ONE_GEM,
    LASTING,
    is_one_letter,
    is_strong,
    kept_proofs,
    role_named,
    strong_places,
)


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


@given(st.sets(st.sampled_from(Proof)))
def test_one_more_proof_never_weakens(given_proofs):
    for more in Proof:
        assert is_strong(given_proofs | {more}) >= is_strong(given_proofs)


@pytest.mark.parametrize(
    ("given_proofs", "strong"),
    [
        (set(), False),
        ({Proof.CODE}, False),
        ({Proof.CARD}, False),
        ({Proof.TABLET}, False),
        ({Proof.TOTP}, False),
        ({Proof.PROVIDER}, False),
        ({Proof.CODE, Proof.CARD}, False),
        ({Proof.CODE, Proof.TABLET}, False),
        ({Proof.CODE, Proof.TOTP}, True),
        ({Proof.CARD, Proof.TABLET}, True),
        ({Proof.CARD, Proof.SECOND_ELECTED}, True),
        ({Proof.CODE, Proof.SECOND_ELECTED}, True),
        ({Proof.PROVIDER, Proof.TOTP}, True),
        ({Proof.PROVIDER_STRONG}, True),
        ({Proof.PASSKEY}, True),
        ({Proof.LETTER}, True),
    ],
)
def test_two_factors(given_proofs, strong):
    assert is_strong(given_proofs) is strong


@given(st.sets(st.sampled_from(Proof)), st.dictionaries(st.sampled_from(Proof), st.uuids()))
def test_what_one_gem_proves_counts_there_only(found, gems):
    places = strong_places(found, gems)
    assert is_strong(found) or places == frozenset()
    if places is None:
        assert is_strong(found - IN_ONE_GEM - {Proof.PROVIDER_STRONG} | {Proof.PROVIDER})
    else:
        assert places <= {gems[each] for each in IN_ONE_GEM & found & gems.keys()} | {None}
        assert (None in places) == (Proof.PROVIDER_STRONG in found)


@given(st.dictionaries(st.sampled_from(Proof), st.timedeltas(min_value=timedelta(0))))
def test_first_proofs_last_and_strong_ones_fade(ages):
    moment = datetime(2026, 10, 14, 14, tzinfo=UTC)
    ages = {proof: min(age, timedelta(days=40)) for proof, age in ages.items()}
    kept = kept_proofs({proof: moment - age for proof, age in ages.items()}, moment)
    assert kept == {
        proof for proof, age in ages.items() if proof in LASTING or age < timedelta(hours=12)
    }

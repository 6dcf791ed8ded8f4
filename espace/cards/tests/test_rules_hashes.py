"""Secrets of a card: long, hashed slowly under the site's key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.cards.rules.hashes import (
    Kind,
    demonstration_secrets,
    fingerprint,
    mark_hash,
    new_secret,
    scanned_secret,
)

LIGHT = {"key": "key", "cost": 2**4}


def test_a_secret_has_160_bits_and_is_found_in_what_the_camera_reads():
    secret = new_secret()
    assert len(secret) == 27
    assert scanned_secret(f"https://exemple.test/entrer/carte/#{secret}") == secret
    assert scanned_secret(f" #{secret}\n") == secret == scanned_secret(secret)


@pytest.mark.parametrize("text", ["", "#", "https://exemple.test/", "a" * 26, "a" * 28, "é" * 27])
def test_what_is_no_secret_of_ours_is_left(text):
    assert scanned_secret(text) == ""


def test_the_hash_depends_on_the_secret_its_kind_the_key_and_the_cost():
    made = {
        fingerprint(Kind.WORDS, "a", **LIGHT),
        fingerprint(Kind.WORDS, "b", **LIGHT),
        fingerprint(Kind.SCAN, "a", **LIGHT),
        fingerprint(Kind.WORDS, "a", key="other", cost=2**4),
        fingerprint(Kind.WORDS, "a", key="key", cost=2**5),
    }
    assert len(made) == 5
    assert {len(each) for each in made} == {64}
    assert fingerprint(Kind.WORDS, "a", **LIGHT) in made


@given(st.text(min_size=1))
def test_a_mark_is_never_kept_as_it_is(mark):
    assert mark_hash(mark) != mark
    assert mark_hash("") == ""


def test_the_demonstration_card_is_the_same_each_time_and_its_own():
    words = [f"mot{rank}" for rank in range(2048)]
    one = demonstration_secrets("key", "elected", words)
    assert one == demonstration_secrets("key", "elected", words)
    assert one != demonstration_secrets("key", "member", words)
    assert scanned_secret(one[1]) == one[1]
    assert len(one[0]) == 6

"""Words of a card: drawn, read whatever way they are typed."""

from hypothesis import example, given
from hypothesis import strategies as st

from espace.cards.rules.words import (
    WORDS_ON_A_CARD,
    code_words,
    draw_words,
    plain_letters,
    read_words,
    same_words,
)

WORDS = sorted(code_words().values())
six_words = st.lists(st.sampled_from(WORDS), min_size=WORDS_ON_A_CARD, max_size=WORDS_ON_A_CARD)
between = st.sampled_from([" ", "  ", ", ", "\n", " - ", "\r\n2. ", "\u00a0", ";"])
change = st.sampled_from([str, str.upper, str.capitalize, plain_letters, lambda word: word[:4]])


def test_the_list_holds_2048_words_told_apart_by_four_letters():
    assert len(code_words()) == 2048
    assert len({plain[:4] for plain in code_words()}) == 2048


def test_six_words_are_drawn_and_never_twice_the_same():
    drawn = {draw_words() for _ in range(200)}
    assert len(drawn) == 200
    assert {len(words) for words in drawn} == {WORDS_ON_A_CARD}
    assert all(word in WORDS for words in drawn for word in words)


@given(six_words, between, st.lists(change, min_size=6, max_size=6))
def test_words_are_read_in_any_case_without_accents_shortened_and_whatever_stands_between(
    words, sign, changes
):
    typed = sign.join(turn(word) for turn, word in zip(changes, words, strict=True))
    read = read_words(typed)
    assert (read.words, read.helped, read.unknown) == (tuple(words), (), ())


def test_accents_typed_as_two_signs_are_read():
    word = next(word for word in WORDS if word != plain_letters(word))
    import_form = "".join(sign + "\u0301" if sign == "e" else sign for sign in plain_letters(word))
    assert read_words(import_form).words == (word,)


@given(st.sampled_from([word for word in WORDS if len(word) > 5]), st.integers(0, 7))
@example("bonbon", 2)
def test_one_wrong_letter_proposes_a_word_one_letter_away(word, at):
    at %= len(word)
    typed = word[:at] + "w" + word[at + 1 :]
    read = read_words(typed)
    assert not read.unknown
    pairs = zip(plain_letters(read.words[0]), plain_letters(typed), strict=True)
    assert sum(letter != other for letter, other in pairs) <= 1


def test_a_word_near_nothing_is_said():
    assert read_words("zzzzqqqq").unknown == ("zzzzqqqq",)


@given(st.text())
def test_any_text_is_read_without_harm(text):
    read = read_words(text)
    assert all(word in WORDS for word in read.words)


@given(six_words)
def test_words_are_hashed_one_way_only(words):
    assert same_words(tuple(words)) == same_words(tuple(plain_letters(word) for word in words))

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.accounts.rules import (
    CONSONANTS,
    JOIN_PATTERN,
    UNWANTED,
    VOWELS,
    NoJoinCode,
    UnknownWord,
    WrongLength,
    is_password_long_enough,
    make_join_code,
    make_return_code,
    read_join_code,
    read_return_code,
)
from cocreate.accounts.words import WORDS

CODE = "appel-fiets-brug-lamp-zon-tuin-kat-boek"


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less, other or swapped makes one word the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) == 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    different = [at for at in range(len(long)) if len(long) == len(short) and long[at] != short[at]]
    swapped = len(different) == 2 and different[1] == different[0] + 1 and sorted(one) == sorted(other)
    return len(different) == 1 or swapped


def test_there_are_256_different_words_in_order() -> None:
    assert len(WORDS) == 256
    assert list(WORDS) == sorted(set(WORDS))


def test_words_are_short_and_plain() -> None:
    assert [word for word in WORDS if not re.fullmatch("[a-z]{3,7}", word)] == []


def test_the_first_four_letters_tell_words_apart() -> None:
    same = [(a, b) for a, b in combinations(WORDS, 2) if a[: min(4, len(b))] == b[: min(4, len(a))]]
    assert same == []


def test_no_word_is_a_slip_of_the_pen_from_another() -> None:
    assert [pair for pair in combinations(WORDS, 2) if is_one_slip(*pair)] == []


@pytest.mark.parametrize("pair", [("bal", "bel"), ("bal", "balk"), ("kast", "kats"), ("lamp", "amp")])
def test_the_slip_rule_sees_slips(pair: tuple[str, str]) -> None:
    assert is_one_slip(*pair)


def test_no_word_is_another_ones_plural() -> None:
    endings = ("s", "en", "eren", "n", "jes", "je", "tje")
    assert [word for word in WORDS for ending in endings if word + ending in WORDS] == []


def test_a_code_takes_eight_times_eight_bits() -> None:
    asked = []

    def randbits(bits: int) -> int:
        asked.append(bits)
        return len(asked) - 1

    assert make_return_code(randbits) == "-".join(WORDS[:8])
    assert asked == [8] * 8


def test_every_word_can_come_up() -> None:
    def always(number: int) -> Callable[[int], int]:
        return lambda _bits: number

    codes = [make_return_code(always(number)) for number in range(256)]
    assert codes == ["-".join([word] * 8) for word in WORDS]


def test_codes_differ() -> None:
    assert len({make_return_code() for _ in range(100)}) == 100


@given(
    st.lists(st.integers(0, 255), min_size=8, max_size=8),
    st.lists(st.sampled_from([" ", "-", ", ", "\n", "\r\n", " – ", "\u00a0", ";", ". ", "_"]), min_size=8),
    st.lists(st.sampled_from([str.lower, str.upper, str.title]), min_size=8, max_size=8),
)
def test_a_code_is_read_however_it_is_typed(
    numbers: list[int], marks: list[str], cases: list[Callable[[str], str]]
) -> None:
    left = list(numbers)
    code = make_return_code(lambda _bits: left.pop(0))
    typed = "".join(
        case(word) + mark for word, mark, case in zip(code.split("-"), marks, cases, strict=False)
    )
    assert read_return_code(f"  {typed}") == code


@given(st.text())
def test_whatever_is_typed_gives_a_code_or_one_of_two_errors(typed: str) -> None:
    try:
        code = read_return_code(typed)
    except (UnknownWord, WrongLength):
        return
    assert read_return_code(code) == code


def test_numbers_before_the_words_do_not_count() -> None:
    typed = "\n".join(f"{number}. {word}" for number, word in enumerate(CODE.split("-"), 1))
    assert read_return_code(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [("apel", "appel"), ("APPLE", "appel"), ("bibliotheek", None), ("fietsen", "fiets"), ("brgu", "brug")],
)
def test_an_unknown_word_comes_with_the_word_that_was_meant(typed: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownWord) as caught:
        read_return_code(CODE.replace("appel", typed))
    assert (caught.value.word, caught.value.suggestion) == (typed.lower(), suggestion)


def test_an_endless_word_is_answered_at_once() -> None:
    with pytest.raises(UnknownWord) as caught:
        read_return_code("x" * 1_000_000)
    assert caught.value.suggestion is None


@pytest.mark.parametrize(
    ("typed", "count"), [("", 0), ("  \n", 0), ("appel", 1), (CODE + " kat", 9), ("12345678", 0)]
)
def test_too_few_or_too_many_words_are_counted(typed: str, count: int) -> None:
    with pytest.raises(WrongLength) as caught:
        read_return_code(typed)
    assert caught.value.count == count


def test_a_join_code_can_be_said_aloud() -> None:
    for _ in range(1000):
        code = make_join_code()
        assert re.fullmatch(f"([{CONSONANTS}][{VOWELS}]){{3}}[{CONSONANTS}]", code)
        assert not [part for part in UNWANTED if part in code]


def test_a_rude_join_code_is_thrown_away() -> None:
    letters = iter("LULATOR" + "BADOKIM")
    assert make_join_code(lambda _letters: next(letters)) == "BADOKIM"


def test_every_unwanted_part_could_come_up() -> None:
    def could_be(part: str, start: int) -> bool:
        places = JOIN_PATTERN[start : start + len(part)]
        kinds = "".join("C" if letter in CONSONANTS else "V" if letter in VOWELS else "?" for letter in part)
        return kinds == places

    assert [part for part in UNWANTED if not any(could_be(part, start) for start in range(7))] == []


@given(st.randoms(use_true_random=False), st.sampled_from(["", " ", "-", ".", "\n"]), st.booleans())
def test_a_join_code_is_read_however_it_is_typed(random: Random, mark: str, is_lower: bool) -> None:
    code = make_join_code(random.choice)
    typed = mark.join(code.lower() if is_lower else code)
    assert read_join_code(f" {typed}\t") == code


def test_digits_that_look_like_letters_are_read_as_letters() -> None:
    assert read_join_code("8AD0K1M") == "BADOKIM"
    assert read_join_code("5adokim") == "SADOKIM"


@pytest.mark.parametrize("typed", ["", "BADOKI", "BADOKIMA", "ABADOKI", "BADOKIQ", "BÄDOKIM", "☃☃☃☃☃☃☃"])
def test_what_cannot_be_a_join_code_is_refused(typed: str) -> None:
    with pytest.raises(NoJoinCode):
        read_join_code(typed)


@given(st.text())
def test_whatever_is_typed_as_a_join_code_breaks_nothing(typed: str) -> None:
    with suppress(NoJoinCode):
        assert len(read_join_code(typed)) == 7


@pytest.mark.parametrize(
    ("password", "fits"),
    [("", False), ("a" * 9, False), ("a" * 10, True), ("één mooi ei", True), (" " * 10, True)],
)
def test_a_password_has_ten_characters_or_more(password: str, fits: bool) -> None:
    assert is_password_long_enough(password) is fits

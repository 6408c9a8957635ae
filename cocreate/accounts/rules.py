"""Codes that people type over from paper or a wall, and what a password must be."""

import re
import secrets
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches

from cocreate.accounts.words import WORDS

WORDS_IN_A_CODE = 8  # of 8 bits each: 64 bits
SHORTEST_PASSWORD = 10

# No Q, Z, V, C or J: on a wall they pass for O, 2, U, G or I, and Dutch ears mix up F and V, S and Z.
CONSONANTS = "BDFGHKLMNPRSTW"
VOWELS = "AEIOU"
JOIN_PATTERN = "CVCVCVC"
UNWANTED = tuple(
    """
    ALAH ANAL ANUS BEF DEBIL DEMON DIK DOM FAG FUK GEK GOD HEL HOM HOR HUR KAK KIKE KIL KOK KOLER KUM KUT LUL
    MOF NAR NEGE NIGA NIGE NIGO PAKI PEDO PENIS PIK PIM PIS POT PUS PUT RAPE RETAR RUK SATAN SEK SEMEN SIK
    SODOM SUF TERIN TET TIFUS TIT WOP
    """.split()  # noqa: SIM905
)
_LOOKALIKES = str.maketrans("0158", "OISB")
_LONGEST_WORD = max(map(len, WORDS))


class UnknownWord(ValueError):
    """A word of a return code that is not on the list, with the word that may have been meant."""

    def __init__(self, word: str, suggestion: str | None) -> None:
        super().__init__(f"unknown word: {word}")
        self.word = word
        self.suggestion = suggestion


class WrongLength(ValueError):
    """A return code with too few or too many words."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} words instead of {WORDS_IN_A_CODE}")
        self.count = count


class NoJoinCode(ValueError):
    """What was typed cannot be a join code."""


def make_return_code(randbits: Callable[[int], int] = secrets.randbits) -> str:
    """A new return code: eight words, 64 random bits."""
    return "-".join(WORDS[randbits(8)] for _ in range(WORDS_IN_A_CODE))


def read_return_code(typed: str) -> str:
    """The return code as it was given; `UnknownWord` or `WrongLength` when it cannot be one."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", typed).lower())
    for word in words:
        if word not in WORDS:
            raise UnknownWord(word, _suggest(word))
    if len(words) != WORDS_IN_A_CODE:
        raise WrongLength(len(words))
    return "-".join(words)


def make_join_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A new code to read aloud and type over, such as BADOKIM: about 22 bits, so it must be short-lived."""
    while True:
        code = "".join(choose(CONSONANTS if place == "C" else VOWELS) for place in JOIN_PATTERN)
        if not any(part in code for part in UNWANTED):
            return code


def read_join_code(typed: str) -> str:
    """The join code in capitals without spaces or marks; `NoJoinCode` when it cannot be one."""
    code = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", typed)).upper().translate(_LOOKALIKES)
    places = (CONSONANTS if place == "C" else VOWELS for place in JOIN_PATTERN)
    if len(code) != len(JOIN_PATTERN):
        raise NoJoinCode(code)
    if any(letter not in allowed for letter, allowed in zip(code, places, strict=True)):
        raise NoJoinCode(code)
    return code


def is_password_long_enough(password: str) -> bool:
    """Length is all we ask: rules about digits and signs make passwords worse."""
    return len(password) >= SHORTEST_PASSWORD


def _suggest(word: str) -> str | None:
    """The word that starts with the same four letters, else the most similar one."""
    same_start = [known for known in WORDS if known[:4] == word[:4]]
    if same_start or len(word) > 2 * _LONGEST_WORD:  # comparing very long words is slow
        return same_start[0] if same_start else None
    return next(iter(get_close_matches(word, WORDS, n=1)), None)

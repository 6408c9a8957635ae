"""Finding phrases in a text: whole words, with the endings of their language, whatever the accents."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from cocreate.indicators.cautions.phrase import Phrase

_WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# What may follow a word and leave it the same word, by language; others have no endings of their own.
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "nl": ("e", "en", "er", "ere", "ers", "der", "dere", "s", "n", "t", "st", "ste", "heid", "heden"),
        "en": ("s", "es", "ed", "d", "r", "er", "est", "ing", "ly", "ness"),
    }
)
_VOWELS: Final = "aeiou"
_SOFTER: Final = MappingProxyType({"s": "z", "f": "v"})


def hits(phrases: Iterable[Phrase], *texts: str) -> list[Phrase]:
    """The phrases that stand in any of these texts, each once, in the order of the list."""
    read = [words for text in texts for words in _readings(text)]
    return [phrase for phrase in phrases if any(_stands_in(phrase, words) for words in read)]


def key_of(phrase: str) -> str:
    """What two spellings of the same phrase share."""
    return " ".join(_words(phrase))


def _stands_in(phrase: Phrase, words: list[str]) -> bool:
    return any(
        all(word in forms for word, forms in zip(words[place:], pattern, strict=False))
        for pattern in _patterns(phrase)
        for place in range(len(words) - len(pattern) + 1)
    )


@cache
def _patterns(phrase: Phrase) -> tuple[tuple[frozenset[str], ...], ...]:
    spelled = [_words(text) for text in (phrase.phrase, *phrase.forms)]
    return tuple(
        tuple(frozenset(_forms(word, phrase.language)) for word in words) for words in spelled if words
    )


def _forms(word: str, language: str) -> Iterator[str]:
    """A word with every ending that it may have. Some of these forms do not exist, and hurt nobody."""
    endings = _ENDINGS.get(language, ())
    yield word
    yield from (word + ending for ending in endings)
    stems = {"nl": _dutch_stems, "en": _english_stems}.get(language)
    if stems:
        yield from (stem + ending for stem in stems(word) for ending in endings)


def _dutch_stems(word: str) -> Iterator[str]:
    """As it is written before an ending: eenzaam, eenzam-e; zwak, zwakk-e; kansloos, kansloz-e."""
    *_, before, vowel, last = ("", "", *word)
    if vowel not in _VOWELS or last in _VOWELS:
        return
    if before == vowel:
        stem = word[:-2] + last
        yield stem
        if last in _SOFTER:
            yield stem[:-1] + _SOFTER[last]
    elif before not in _VOWELS:
        yield word + last


def _english_stems(word: str) -> Iterator[str]:
    """As it is written before an ending: lonely, loneli-ness; vulnerable, vulnerabl-y; fail, fail-ing."""
    if word.endswith("y"):
        yield word[:-1] + "i"
    if word.endswith("e"):
        yield word[:-1]


def _readings(text: str) -> Iterator[list[str]]:
    """The words of a text; once more with what a hyphen joins as one word."""
    yield _words(text)
    joined = _JOINED.sub("", text)
    if joined != text:
        yield _words(joined)


def _words(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", text).casefold())
    return _WORD.findall("".join(letter for letter in apart if not unicodedata.combining(letter)))

"""Sentences with people's words in them, kept apart: no grammar touches them, no page trusts them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from flask_babel import get_locale

from cocreate.trajectories.rules import MapNode, is_when

SHORT: Final = 70
_PLACE: Final = re.compile(r"%\((\w+)\)s")
_YEAR_AND_MONTH: Final = 2
_QUOTED: Final = ("“”", '""', "‘’", "„”", "«»", "''")


@dataclass(frozen=True, slots=True)
class Named:
    """A node in a sentence, quoted; `is_told`: here it is told itself, with all its words."""

    id: str
    text: str
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """About when something was: for machines, and for people."""

    date: str
    text: str


Part = str | Named | When
Sentence = tuple[Part, ...]


def fill(sentence: str, places: Mapping[str, Sentence]) -> Sentence:
    """A translated sentence with its `%(places)s` filled in. What is filled in is not looked at."""
    parts: list[Part] = []
    end = 0
    for found in _PLACE.finditer(sentence):
        parts += [sentence[end : found.start()], *places[found[1]]]
        end = found.end()
    return tuple(part for part in (*parts, sentence[end:]) if part != "")


def kept(*names: str) -> dict[str, str]:
    """Places for `ngettext`, which fills in at once, to stay places."""
    return {name: f"%({name})s" for name in names}


def named(node: MapNode) -> Sentence:
    """A node that is spoken of, shortened."""
    return (Named(node.id, shortened(node.text)),)


def named_all(nodes: Sequence[MapNode], most: int = 4) -> Sentence:
    """Several nodes as a list in the language of the page; of many only the first, and then an ellipsis."""
    names = [named(node) for node in nodes[:most]]
    return listed([*names, ("…",)] if len(nodes) > most else names)


def listed(parts: Sequence[Sentence]) -> Sentence:
    """“a, b and c”, in the language of the page."""
    places = [f"%({place})s" for place in range(len(parts))]
    filled = {str(place): part for place, part in enumerate(parts)}
    return fill(format_list(places, "standard", locale()), filled)


def unquoted(text: str) -> str:
    """Without quotation marks around all of it and without its full stop, because the sentence has those."""
    text = text.strip()
    inner = text[1:-1].strip()
    if inner and text[0] + text[-1] in _QUOTED and not set(inner) & set("".join(_QUOTED)):
        text = inner
    return text[:-1] if text.endswith(".") and not text.endswith("..") and len(text) > 1 else text


def shortened(text: str) -> str:
    """At most 70 letters, whole words where it has any."""
    text = unquoted(" ".join(text.split()))
    if len(text) <= SHORT:
        return text
    start, space, _ = text[:SHORT].rpartition(" ")
    return f"{start if space else text[: SHORT - 1]}…"


def when(text: str) -> When | None:
    """“2024-03” as “March 2024”; None for what is no date."""
    return _when(text, locale()) if is_when(text) else None


def locale() -> Locale:
    """The language of the page."""
    return get_locale() or Locale("en")


@cache
def _when(text: str, speaking: Locale) -> When:
    numbers = [int(part) for part in text.split("-")]
    day = date(*(*numbers, 1, 1)[:3])
    if len(numbers) == 1:
        return When(text, text)
    if len(numbers) == _YEAR_AND_MONTH:
        return When(text, format_skeleton("yMMMM", day, locale=speaking))
    return When(text, format_date(day, "long", locale=speaking))

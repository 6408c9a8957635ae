"""Words on a map: cut into lines that fit a box, without a browser to measure them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_NARROW: Final = frozenset("iljI.,:;'|!’‘`· ")
_SLIM: Final = frozenset('ftr()[]{}-/\\"“”*')
_WIDE: Final = frozenset("mwMW@%—…")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufffe\uffff\ud800-\udfff]+")
_LOOKED_AT: Final = 300  # letters of a text that can end up in a box


def fit(text: str, width: float, sizes: Sequence[float], lines: int) -> tuple[float, list[str]]:
    """The first letter size at which the text fits with no word broken, else the last; and its lines."""
    said = seen(text)
    for size in sizes[:-1]:
        whole = all(width_of(word, size) <= width for word in said[:_LOOKED_AT].split())
        found = wrap(said, width, size, lines)
        if whole and " ".join(found) == said:
            return size, found
    return sizes[-1], wrap(said, width, sizes[-1], lines)


def wrap(text: str, width: float, size: float, lines: int) -> list[str]:
    """At most `lines` lines of about `width` px at a letter size of `size` px; what is cut ends in “…”."""
    said = seen(text)
    words = [part for word in said[:_LOOKED_AT].split() for part in _break(word, width, size)]
    found: list[str] = []
    for word in words:
        if found and width_of(f"{found[-1]} {word}", size) <= width:
            found[-1] = f"{found[-1]} {word}"
        elif len(found) < lines:
            found.append(word)
        else:
            return [*found[:-1], _shorten(f"{found[-1]} {word}", width, size)]
    if len(said) > _LOOKED_AT and found:
        found[-1] = _shorten(f"{found[-1]}…", width, size)
    return found


def seen(text: str) -> str:
    """Text on one line, without what nobody can see."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def width_of(text: str, size: float) -> float:
    """About how wide bold sans letters are, in px."""
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _SLIM:
        return 0.47
    if letter in _WIDE:
        return 1.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if _hangs_on(letter):
        return 0.0
    return 0.78 if letter.isupper() else 0.67


def _hangs_on(letter: str) -> bool:
    """Whether a letter belongs to the one before it (accents, joiners)."""
    return unicodedata.category(letter) in {"Mn", "Me", "Cf"}


def _break(word: str, width: float, size: float) -> list[str]:
    """A word in parts that each fit on a line."""
    if width_of(word, size) <= width:
        return [word]
    parts = [""]
    for letter in word:
        if parts[-1] and not _hangs_on(letter) and width_of(f"{parts[-1]}{letter}-", size) > width:
            parts[-1] += "-" if letter.isalpha() and parts[-1][-1].isalpha() else ""
            parts.append("")
        parts[-1] += letter
    return parts


def _shorten(line: str, width: float, size: float) -> str:
    """As much of a line as fits with “…” behind it."""
    kept = line.rstrip(" …")
    while kept and width_of(f"{kept}…", size) > width:
        kept = kept[:-1].rstrip()
    return f"{kept.rstrip(',.;:–-')}…"

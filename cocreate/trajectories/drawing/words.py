"""Words on a map: cut into lines that fit a box, without a browser to measure them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

_SEEN: Final = re.compile(r"[ -~]+")  # most words; no need to look at each letter
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufffe\uffff\ud800-\udfff]+")
_LOOKED_AT: Final = 300  # letters of a text that can end up in a box
# In whole hundredths: they add up to the same in any order, here and in a browser.
SHARES: Final[dict[str, Any]] = {
    "narrow": {"letters": "iljI.,:;'|!’‘`· ", "share": 36},
    "slim": {"letters": 'ftr()[]{}-/\\"“”*', "share": 47},
    "wide": {"letters": "mwMW@%—…", "share": 100},
    "upper": 78,
    "other": 67,
}
SPACE: Final = 36
WHOLE: Final = 100


class _Shares(dict[str, int]):
    """How wide a letter is, in hundredths of its size; those not met before are looked up once."""

    def __missing__(self, letter: str) -> int:
        """Wide scripts, letters that hang on the one before, capitals, the others."""
        if unicodedata.east_asian_width(letter) in "WF":
            share = 105
        elif _hangs_on(letter):
            share = 0
        else:
            share = SHARES["upper"] if letter.isupper() else SHARES["other"]
        if len(self) < _KEPT:
            self[letter] = share
        return share


_KEPT: Final = 5_000
_share: Final = _Shares(
    (letter, SHARES[name]["share"])
    for name in ("narrow", "slim", "wide")
    for letter in SHARES[name]["letters"]
)


def fit(
    text: str, width: float, sizes: Sequence[float], lines: int | Sequence[int]
) -> tuple[float, list[str]]:
    """The first letter size at which the text fits with no word broken, else the last; and its lines.

    `lines` is how many there may be, or how many at each size.
    """
    words, cut = _measured(text)
    widest = max((share for _, share in words), default=0)
    most = [lines] * len(sizes) if isinstance(lines, int) else lines
    for size, limit in zip(sizes[:-1], most, strict=False):
        room = width * WHOLE / size
        if not cut and widest <= room:
            found, count = _fill(words, room, limit)
            if count == len(words):
                return size, found
    return sizes[-1], _wrapped(words, cut, width, sizes[-1], most[-1])


def wrap(text: str, width: float, size: float, lines: int) -> list[str]:
    """At most `lines` lines of about `width` px at a letter size of `size` px; what is cut ends in “…”."""
    return _wrapped(*_measured(text), width, size, lines)


def seen(text: str) -> str:
    """Text on one line, without what nobody can see."""
    if not _SEEN.fullmatch(text):
        text = _UNSEEN.sub(" ", text)
    return " ".join(text.split())


def width_of(text: str, size: float) -> float:
    """About how wide bold sans letters are, in px."""
    return size * _across(text) / WHOLE


Words = list[tuple[str, int]]  # each with its width in hundredths of the letter size


def _measured(text: str) -> tuple[Words, bool]:
    """The words that are looked at, and whether there are more."""
    said = seen(text)
    return [(word, _across(word)) for word in said[:_LOOKED_AT].split()], len(said) > _LOOKED_AT


def _fill(words: Words, room: float, lines: int) -> tuple[list[str], int]:
    """As many whole words as go on the lines, and how many those are."""
    found: list[str] = []
    used: float = room
    for place, (word, share) in enumerate(words):
        used += SPACE + share
        if used <= room:
            found[-1] = f"{found[-1]} {word}"
        elif len(found) < lines:
            found.append(word)
            used = share
        else:
            return found, place
    return found, len(words)


def _wrapped(words: Words, cut: bool, width: float, size: float, lines: int) -> list[str]:
    room = width * WHOLE / size
    parts = [
        part
        for word, share in words
        for part in ([(word, share)] if share <= room else _measure(_break(word, room)))
    ]
    found, count = _fill(parts, room, lines)
    if count < len(parts):
        found[-1] = _shorten(f"{found[-1]} {parts[count][0]}", room)
    elif cut and found:
        found[-1] = _shorten(f"{found[-1]}…", room)
    return found


def _measure(parts: Sequence[str]) -> Words:
    return [(part, _across(part)) for part in parts]


def _across(text: str) -> int:
    return sum(map(_share.__getitem__, text))


def _hangs_on(letter: str) -> bool:
    """Whether a letter belongs to the one before it (accents, joiners)."""
    return unicodedata.category(letter) in {"Mn", "Me", "Cf"}


def _break(word: str, room: float) -> list[str]:
    """A word in parts that each fit on a line."""
    parts = [""]
    for letter in word:
        if parts[-1] and not _hangs_on(letter) and _across(f"{parts[-1]}{letter}-") > room:
            parts[-1] += "-" if letter.isalpha() and parts[-1][-1].isalpha() else ""
            parts.append("")
        parts[-1] += letter
    return parts


def _shorten(line: str, room: float) -> str:
    """As much of a line as fits with “…” behind it."""
    kept = line.rstrip(" …")
    while kept and _across(f"{kept}…") > room:
        kept = kept[:-1].rstrip()
    return f"{kept.rstrip(',.;:–-')}…"

"""Which sheets are printed: of which parts, how many times, under which labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_COPIES: Final = 40
HIGHEST: Final = 999
LONGEST: Final = 9  # digits


@dataclass(frozen=True, slots=True)
class Print:
    """What comes out of the printer: the parts of a meeting, once for each label."""

    parts: frozenset[str]  # none: all
    copies: int
    letter: str
    first: int
    language: str

    @property
    def labels(self) -> list[str]:
        """What stands on the sheets of each person: A1, A2, … Never a name."""
        return [f"{self.letter}{number}" for number in range(self.first, self.first + self.copies)]


def print_of(
    asked: Mapping[str, str], parts: Sequence[str], languages: Sequence[str], language: str
) -> Print:
    """What an address asks for; what does not fit is what it would be without."""
    letter = asked.get("letter", "").strip().upper()
    chosen = asked.get("language", "")
    return Print(
        frozenset(parts),
        _number(asked.get("copies", ""), MOST_COPIES),
        letter if len(letter) == 1 and letter.isascii() and letter.isalpha() else "A",
        _number(asked.get("first", ""), HIGHEST),
        chosen if chosen in languages else language,
    )


def _number(text: str, most: int) -> int:
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) <= LONGEST else 1

"""Which sheets are printed: of which parts, how many times, under which labels, with which wishes."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cocreate.impacts.rules import Stage

MOST_COPIES: Final = 40
HIGHEST: Final = 999
LONGEST: Final = 9  # digits
LETTERS: Final = 26
APART: Final = 200  # numbers between two meetings with the same letter
# A4 between its margins, in millimetres and letters, at the size in which sheets are printed.
_ROOM: Final = 127.0  # for a list, beside all that always stands on its sheet
_LINE: Final = 6.4
_LETTERS: Final = 68
_ASK_LETTERS: Final = 45
_ASK_LINE: Final = 8.5
LONG: Final = 210  # letters: what asks more is printed smaller
_LONG_LETTERS: Final = 65
_LONG_LINE: Final = 6.0
_BETWEEN: Final = 2.5
TICKS: Final = 7.4  # a line with what to tick under each wish
BOX: Final = 1.0  # what a box before its words takes more than a line
MORE_WORDS: Final = 17.0  # what a sheet with signs says beside its list


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


@dataclass(frozen=True, slots=True)
class Labels:
    """Which labels the sheets of a meeting get by themselves: none that another meeting has."""

    place: int = 0  # how many meetings of the space came before it
    elsewhere: frozenset[str] = frozenset()  # what stands on sheets of people who were not in it

    @property
    def letter(self) -> str:
        """Each meeting has its own, so that what is printed and not typed over yet is kept apart too."""
        return chr(ord("A") + self.place % LETTERS)

    def first(self, letter: str) -> int:
        """The number to begin with: after all that are there with this letter."""
        own = 1 + self.place // LETTERS * APART if letter == self.letter else 1
        numbers = (each[1:] for each in self.elsewhere if each[:1].upper() == letter)
        known = [int(each) for each in numbers if each.isdecimal() and each.isascii()]
        after = max((each for each in known if each <= HIGHEST), default=0) + 1
        return min(max(own, after), HIGHEST)


FIRST_LABELS: Final = Labels()


def print_of(
    asked: Mapping[str, str],
    parts: Sequence[str],
    languages: Sequence[str],
    language: str,
    labels: Labels = FIRST_LABELS,
) -> Print:
    """What an address asks for; what does not fit is what it would be without."""
    wanted = asked.get("letter", "").strip().upper()
    letter = wanted if len(wanted) == 1 and wanted.isascii() and wanted.isalpha() else labels.letter
    chosen = asked.get("language", "")
    return Print(
        frozenset(parts),
        _number(asked.get("copies", ""), MOST_COPIES),
        letter,
        _number(asked.get("first", ""), HIGHEST, labels.first(letter)),
        chosen if chosen in languages else language,
    )


def _number(text: str, most: int, usual: int = 1) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return min(max(int(text), 1), most) if is_number else usual


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as paper knows it. Its number stays the same in its meeting, whatever comes or goes."""

    number: int
    id: uuid.UUID
    statement: str
    stage: Stage
    is_here: bool  # it was told in this meeting
    is_alone: bool  # it is not told under another one


def wishes_asked(wishes: Sequence[Wish], *, agreed_too: bool = False) -> list[Wish]:
    """What a sheet asks about: the wishes of this meeting first, then what is not decided elsewhere."""
    still = [each for each in wishes if each.is_alone and each.stage is not Stage.RETIRED]
    here = [each for each in still if each.is_here]
    others = [each for each in still if not each.is_here]
    agreed = [each for each in others if each.stage is Stage.AGREED]
    return [*here, *(each for each in others if each not in agreed), *(agreed if agreed_too else [])]


def laid_out(
    wishes: Sequence[Wish], question: str, sheets: int, under: float, beside: float = 0
) -> list[list[Wish]]:
    """These wishes on at most so many sheets, none of them cut.

    `under` is what each has under its words, `beside` what its sheet has beside the list.
    """
    if len(question) > LONG:
        room = _ROOM - beside - _lines(question, _LONG_LETTERS) * _LONG_LINE
    else:
        room = _ROOM - beside - _lines(question, _ASK_LETTERS) * _ASK_LINE
    found: list[list[Wish]] = []
    left = 0.0
    for wish in wishes:
        high = _lines(wish.statement, _LETTERS) * _LINE + under + _BETWEEN
        if not found or high > left:
            if len(found) == sheets:
                break
            found.append([])
            left = room
        found[-1].append(wish)
        left -= high
    return found


def _lines(words: str, letters: int) -> int:
    return -(-len(words) // letters) or 1

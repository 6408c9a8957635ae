"""What all pictures stand in: rounds from left to right, answers from low to high, and words."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cocreate.impacts.drawing import shape_of

WIDTH: Final = 360.0  # px: a phone; larger screens make all of it larger, letters too
TOP: Final = 14.0
TALL: Final = 170.0  # from the lowest to the highest answer
UNTOLD: Final = 22.0  # a row below for answers that are not told
FOOT: Final = 60.0  # names of the rounds
BEFORE: Final = 34.0
AFTER: Final = 12.0
LETTER: Final = 6.6  # about the width of one, for what must fit
ALL: Final = "M-10-4H10V4H-10z"  # the mark of all together: a piece of its thick line
MOST_DATES: Final = 5  # more rounds than this leave no room for dates beside each other


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture is and what it says; `key` makes its ids its own on the page."""

    key: str
    title: str
    told: str


@dataclass(frozen=True, slots=True)
class RoundName:
    """A round under a picture: its name, its date, how many people; whether the question was asked then."""

    name: str
    when: str = ""
    people: str = ""
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """Rounds beside each other over one scale, from `lowest` to `highest`, with names at some values."""

    lowest: float
    highest: float
    ticks: Sequence[tuple[float, str]]
    rounds: Sequence[RoundName]
    has_untold: bool = False

    @property
    def step(self) -> float:
        """The room of one round."""
        return (WIDTH - BEFORE - AFTER) / max(1, len(self.rounds))

    @property
    def base(self) -> float:
        """The height at which the lowest answer stands."""
        return TOP + TALL

    @property
    def foot(self) -> float:
        """Where the names of rounds begin."""
        return self.base + (UNTOLD if self.has_untold else 0) + 8

    def x(self, place: int) -> float:
        """The middle of a round."""
        return BEFORE + (place + 0.5) * self.step

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.base - TALL * (value - self.lowest) / (self.highest - self.lowest)

    def svg(self, words: Words, drawn: str, css: str) -> str:
        """The picture: the frame, and what is drawn in it."""
        grid = "".join(
            f'<path class="grid" d="M{n(BEFORE)} {n(self.y(value))}H{n(WIDTH - AFTER)}"/>'
            f'<text class="tick" x="{n(BEFORE - 6)}" y="{n(self.y(value) + 4.5)}">{escape(label)}</text>'
            for value, label in self.ticks
        )
        if self.has_untold:
            grid += f'<text class="tick" x="{n(BEFORE - 6)}" y="{n(self.base + UNTOLD)}">?</text>'
        return picture(
            words, WIDTH, self.foot + FOOT - 8, f"{self._unasked()}{grid}{drawn}{self._names()}", css
        )

    def _unasked(self) -> str:
        return "".join(
            f'<rect class="unasked" x="{n(self.x(place) - self.step / 2)}" y="{n(TOP - 8)}"'
            f' width="{n(self.step)}" height="{n(self.foot - TOP)}"/>'
            for place, each in enumerate(self.rounds)
            if not each.is_asked
        )

    def _names(self) -> str:
        """The names of the rounds, as many as fit, and their dates when these fit too."""
        longest = max((len(each.name) for each in self.rounds), default=0) * LETTER + 8
        every = max(1, -int(-longest // self.step)) if self.step < longest else 1
        has_dates = len(self.rounds) <= MOST_DATES
        names = [text("tick count", BEFORE - 6, self.foot + 30, "n")]
        for place, each in enumerate(self.rounds):
            if place % every == 0 or (place == len(self.rounds) - 1 and place % every >= every / 2):
                names.append(text("round", self.x(place), self.foot + 13, each.name))
            names.append(text("count", self.x(place), self.foot + 30, each.people))
            if has_dates and each.when:
                names.append(text("when", self.x(place), self.foot + 46, each.when))
        return "".join(names)


def picture(words: Words, width: float, height: float, drawn: str, css: str) -> str:
    """An `<svg>` that says what it is; every text in it is escaped."""
    key = escape(words.key)
    return (
        f'<svg class="picture {css}" role="img" aria-labelledby="{key}-title {key}-told"'
        f' viewBox="0 0 {n(width)} {n(height)}">'
        f'<title id="{key}-title">{escape(words.title)}</title>'
        f'<desc id="{key}-told">{escape(words.told)}</desc>'
        f"{drawn}</svg>"
    )


def text(css: str, x: float, y: float, words: str) -> str:
    """A line of text."""
    return f'<text class="{css}" x="{n(x)}" y="{n(y)}">{escape(words)}</text>'


def mark(
    key: str, css: str, x: float, y: float, told: str, size: float = 1.0, is_hollow: bool = False
) -> str:
    """The mark of a voice, in its own shape; of all together without a key."""
    shape = shape_of(key) if key else ALL
    names = f"spot {escape(css)}{' hollow' if is_hollow else ''}"
    return (
        f'<path class="{names}" d="{shape}" transform="translate({n(x)} {n(y)}) scale({n(size)})">'
        f"<title>{escape(told)}</title></path>"
    )


def mark_svg(key: str, css: str) -> str:
    """A mark by itself, for a legend beside its name."""
    return (
        f'<svg class="key-mark" viewBox="-12 -12 24 24" aria-hidden="true" focusable="false">'
        f'<path class="spot {escape(css)}" d="{shape_of(key) if key else ALL}"/></svg>'
    )


def n(value: float) -> str:
    """A number as short as can be."""
    return f"{value:.1f}".rstrip("0").rstrip(".")

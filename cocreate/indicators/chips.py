"""A picture of who paid for what: each voice's chips, flowing to the signs they were spent on."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cocreate.impacts.drawing import shape_of

WIDTH: Final = 360.0  # px; on a phone the letters are as large as they are meant
TALL: Final = 340.0  # px for all chips together
GAP: Final = 34.0  # px above each block, for its name
BLOCK: Final = 18.0
MOST_LETTERS: Final = 20


@dataclass(frozen=True, slots=True)
class Hand:
    """What one group had and spent: its name, the class with its colour, its key, chips by winner."""

    name: str
    css: str
    key: str
    chips: float
    paid: Sequence[float]

    @property
    def left(self) -> float:
        """What it could not spend."""
        return max(0.0, self.chips - sum(self.paid))


def chips_svg(hands: Sequence[Hand], title: str, words: str) -> str:
    """The picture as an `<svg>`, every text escaped; winners carry their number, and `words` say the same."""
    per_chip = TALL / (sum(hand.chips for hand in hands) or 1)
    drawn, tops, y = [], [], GAP
    for hand in hands:
        tops.append(y)
        drawn.append(_hand(hand, y, per_chip))
        y += hand.chips * per_chip + GAP
    lowest = y - GAP
    starts, y = list(tops), GAP
    ribbons = []
    for number in range(len(hands[0].paid) if hands else 0):
        drawn.append(_winner(number + 1, y, sum(hand.paid[number] for hand in hands), per_chip))
        for place, hand in enumerate(hands):
            thick = hand.paid[number] * per_chip
            if thick > 0:
                ribbons.append(_ribbon(hand, starts[place], y, thick))
            starts[place] += thick
            y += thick
        y += GAP
    view = f"0 0 {_n(WIDTH)} {_n(max(lowest, y - GAP) + 2)}"
    return (
        f'<svg class="chips-picture" role="img" aria-labelledby="chips-title chips-words" viewBox="{view}">'
        f'<title id="chips-title">{escape(title)}</title><desc id="chips-words">{escape(words)}</desc>'
        f"{''.join(ribbons)}{''.join(drawn)}</svg>"
    )


def _hand(hand: Hand, y: float, per_chip: float) -> str:
    spent, left = (hand.chips - hand.left) * per_chip, hand.left * per_chip
    name = hand.name if len(hand.name) <= MOST_LETTERS else hand.name[: MOST_LETTERS - 1].rstrip() + "…"
    rest = ""
    if left >= 1:
        place = f'x="1" y="{_n(y + spent)}" width="{_n(BLOCK - 2)}" height="{_n(left - 1)}"'
        rest = f'<rect class="unspent" {place}/>'
    return (
        f'<g class="{escape(hand.css)}">'
        f'<path class="hand" d="{shape_of(hand.key)}" transform="translate(10 {_n(y - 13)}) scale(.8)"/>'
        f'<text x="24" y="{_n(y - 8)}">{escape(name)} <tspan class="count">{round(hand.chips)}</tspan></text>'
        f'<rect class="hand" x="0" y="{_n(y)}" width="{_n(BLOCK)}" height="{_n(spent)}"/>{rest}</g>'
    )


def _winner(number: int, y: float, price: float, per_chip: float) -> str:
    x = WIDTH - BLOCK
    return (
        f'<g class="won"><text class="count" x="{_n(WIDTH - 32)}" y="{_n(y - 8)}" text-anchor="end">'
        f"{round(price)}</text>"
        f'<circle cx="{_n(WIDTH - 13)}" cy="{_n(y - 15)}" r="12"/>'
        f'<text class="place" x="{_n(WIDTH - 13)}" y="{_n(y - 10)}" text-anchor="middle">{number}</text>'
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(BLOCK)}" height="{_n(price * per_chip)}"/></g>'
    )


def _ribbon(hand: Hand, start: float, end: float, thick: float) -> str:
    left, right, bend = BLOCK, WIDTH - BLOCK, WIDTH / 2
    return (
        f'<path class="ribbon {escape(hand.css)}" d="M{_n(left)} {_n(start)}'
        f"C{_n(bend)} {_n(start)} {_n(bend)} {_n(end)} {_n(right)} {_n(end)}V{_n(end + thick)}"
        f'C{_n(bend)} {_n(end + thick)} {_n(bend)} {_n(start + thick)} {_n(left)} {_n(start + thick)}z"/>'
    )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

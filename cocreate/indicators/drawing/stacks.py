"""Answers that are no numbers: a bar for each round and voice, in parts that differ by pattern."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from cocreate.indicators.drawing.frame import WIDTH, Words, n, picture, text

HEAD: Final = 26.0  # px, of a bar of all together
VOICE: Final = 16.0
LABEL: Final = 19.0
BETWEEN: Final = 6.0
GAP: Final = 1.5
INDENT: Final = 14.0
NARROW: Final = 18.0  # px; a number fits in nothing narrower

# Each pattern is darker than the one before; what nobody told has one of its own.
_CROSS: Final = "M-2 2L2-2M-1 9L9-1M6 10L10 6M6-2L10 2M-1-1L9 9M-2 6L2 10"
PATTERNS: Final = {
    "dots": '<circle class="ink" cx="4" cy="4" r="1.2"/>',
    "thin": '<path class="ink-line" d="M0 4H8" stroke-width="1.2"/>',
    "slant": '<path class="ink-line" d="M-2 2L2-2M-1 9L9-1M6 10L10 6" stroke-width="2"/>',
    "cross": f'<path class="ink-line" d="{_CROSS}" stroke-width="1.8"/>',
    "full": '<rect class="ink" width="8" height="8"/>',
    "upright": '<path class="ink-line" d="M4 0V8" stroke-width="3.2"/>',
}
_FROM_LIGHT: Final = ("dots", "thin", "slant", "cross", "full")
_APART: Final = ("full", "slant", "dots", "upright", "thin", "cross")


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: whose, how many people gave each answer, in words; how many answers are not told."""

    label: str
    css: str
    parts: Sequence[int]
    told: Sequence[str]  # of each part, and of what is not told
    untold: int = 0
    is_head: bool = False
    note: str = ""  # instead of a bar: why there is none


def tones_for(number: int, is_ordered: bool) -> list[str]:
    """A pattern for each of so many answers: darker and darker, or as different as can be."""
    if is_ordered and number == len(_FROM_LIGHT):
        return list(_FROM_LIGHT)
    return [_APART[place % len(_APART)] for place in range(number)]


def stacks_svg(stacks: Sequence[Stack], tones: Sequence[str], words: Words) -> str:
    """The bars under each other."""
    drawn, y = "", 0.0
    for stack in stacks:
        if stack.is_head and y:
            y += 2 * BETWEEN
        x = 0.0 if stack.is_head else INDENT
        drawn += text(
            "head" if stack.is_head else f"label {escape(stack.css)}", x, y + LABEL - 5, stack.label
        )
        y += LABEL
        tall = HEAD if stack.is_head else VOICE
        if stack.note:
            drawn += text("note", x, y + 12, stack.note)
        else:
            drawn += _bar(stack, tones, x, y, tall)
        y += tall + BETWEEN
    return picture(words, WIDTH, y, drawn, "stacks")


def _bar(stack: Stack, tones: Sequence[str], x: float, y: float, tall: float) -> str:
    people = sum(stack.parts) + stack.untold
    scale = (WIDTH - x - 2) / people
    drawn, x = "", x + 1
    for size, tone, told in zip([*stack.parts, stack.untold], [*tones, ""], stack.told, strict=True):
        if size:
            wide = size * scale
            fill = f'class="part" fill="url(#tone-{tone})"' if tone else 'class="part untold"'
            drawn += (
                f'<rect {fill} x="{n(x)}" y="{n(y)}" width="{n(max(1.0, wide - GAP))}"'
                f' height="{n(tall)}" rx="2">'
                f"<title>{escape(told)}</title></rect>{_number(size, x + wide / 2, y, tall, wide)}"
            )
            x += wide
    return drawn


def _number(people: int, x: float, y: float, tall: float, wide: float) -> str:
    """How many, on a slip of its own: on a pattern it could not be read."""
    told = str(people)
    slip = 8 * len(told) + 6
    if wide < max(NARROW, slip + 2):
        return ""
    return (
        f'<rect class="slip" x="{n(x - slip / 2)}" y="{n(y + tall / 2 - 7)}" width="{n(slip)}"'
        f' height="14" rx="4"/>'
        f"{text('in', x, y + tall / 2 + 4.5, told)}"
    )


def patterns_svg() -> str:
    """The patterns, once for a page."""
    defined = "".join(
        f'<pattern id="tone-{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="ground" width="8" height="8"/>{drawn}</pattern>'
        for name, drawn in PATTERNS.items()
    )
    return (
        '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{defined}</defs></svg>"
    )


def swatch_svg(tone: str) -> str:
    """A piece of a pattern, for a legend beside its name; without one: what is not told."""
    fill = f'class="part" fill="url(#tone-{tone})"' if tone else 'class="part untold"'
    return (
        '<svg class="swatch" viewBox="0 0 28 20" aria-hidden="true" focusable="false">'
        f'<rect {fill} x="1" y="1" width="26" height="18" rx="2"/></svg>'
    )

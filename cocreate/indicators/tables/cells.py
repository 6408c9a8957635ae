"""Words in a cell: made harmless for programs that calculate, and given back as they were."""

import re
from collections.abc import Sequence
from typing import Final

from cocreate.indicators.codebook import Cell
from cocreate.indicators.kinds.shapes import UNSEEN

Row = Sequence[Cell]

# What makes a spreadsheet calculate, also behind spaces and letters that nobody sees, or as wide letters.
_START: Final = "=+\\-@\t\r\n＝＋－＠"
_ORDER: Final = re.compile(rf"'*[\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e]*[{_START}]|'*\s*[\t\r\n]")


def defuse(text: str) -> str:
    """The text with an apostrophe before it, where a spreadsheet could take it for an order."""
    return f"'{text}" if _ORDER.match(text) else text


def arm(text: str) -> str:
    """The text as it was before `defuse`; others, like “'s avonds”, keep their apostrophe."""
    return text[1:] if text.startswith("'") and _ORDER.match(text) else text


def storable(text: str) -> str:
    """Without letters that nobody sees and no file of this kind can hold; lines end in one way."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

"""Tables as files: words are made harmless for programs that calculate, and numbers stay numbers."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Final

Cell = str | int | float | None
Row = Sequence[Cell | Decimal]

UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202d\u202e\ufeff\ufffe\uffff\ud800-\udfff]"
)
LONGEST: Final = 32_767  # letters in a cell of a workbook
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

# What makes a spreadsheet calculate, also behind spaces and letters that nobody sees, or as wide letters.
_START: Final = "=+\\-@\t\r\n＝＋－＠"
_ORDER: Final = re.compile(rf"'*[\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e]*[{_START}]|'*\s*[\t\r\n]")


def write_csv(rows: Iterable[Row]) -> bytes:
    """Commas, words between quotation marks, UTF-8 with a mark that tells so, lines as RFC 4180 has them."""
    text = StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(
        [_harmless(cell) for cell in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Mapping[str, Iterable[Row]]) -> bytes:
    """A workbook that holds words and numbers, and nothing that calculates."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (a fifth of a second, for who takes a table)

    content = BytesIO()
    with Workbook(content, {"in_memory": True, **_OPTIONS}) as book:
        head = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(rows):
                for column, cell in enumerate(map(_harmless, row)):
                    if isinstance(cell, int | float | Decimal):
                        sheet.write_number(line, column, cell)
                    elif cell:
                        sheet.write_string(line, column, _fitting(cell), None if line else head)
    return content.getvalue()


def _harmless(cell: Cell | Decimal) -> Cell | Decimal:
    return defuse(storable(cell)) if isinstance(cell, str) else cell


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def defuse(text: str) -> str:
    """The text with an apostrophe before it, where a spreadsheet could take it for an order."""
    return f"'{text}" if _ORDER.match(text) else text


def arm(text: str) -> str:
    """The text as it was before `defuse`; others, like “'s avonds”, keep their apostrophe."""
    return text[1:] if text.startswith("'") and _ORDER.match(text) else text


def storable(text: str) -> str:
    """Without letters that nobody sees and no file of this kind can hold; lines end in one way."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

"""Writing tables: as CSV, and as a workbook of sheets."""

import csv
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Final

from cocreate.indicators.codebook import Cell
from cocreate.indicators.tables.cells import Row, defuse, storable

LONGEST: Final = 32_767  # letters in a cell of a workbook
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


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
                    if isinstance(cell, int | float):
                        sheet.write_number(line, column, cell)
                    elif cell:
                        sheet.write_string(line, column, _fitting(cell), None if line else head)
    return content.getvalue()


def _harmless(cell: Cell) -> Cell:
    return defuse(storable(cell)) if isinstance(cell, str) else cell


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

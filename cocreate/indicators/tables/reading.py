"""Reading tables that strangers send: size first, then letters, then cells. Orders in them are words."""

import csv
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from io import StringIO
from typing import Final

from cocreate.core.tables import Cell, arm
from cocreate.indicators.scoring.refusal import marked as _l
from cocreate.indicators.tables.limits import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MEGABYTES,
    MAX_ROWS,
    TableError,
)
from cocreate.indicators.tables.workbook import open_workbook

_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_QUOTED: Final = re.compile(r'"[^"]*"')
_BEGINNING: Final = 64 * 1024
_MARKS: Final = (",", ";", "\t")


def read_table(content: bytes) -> list[list[Cell]]:
    """The lines of a CSV file, or of the first sheet of a workbook; TableError when it cannot be read."""
    if not content.strip():
        raise TableError(_l("This file is empty."))
    if len(content) > MAX_BYTES:
        raise TableError(_l("This file is larger than %(megabytes)s MB."), megabytes=MAX_MEGABYTES)
    if content.startswith(_OLD_EXCEL):
        raise TableError(_l("This workbook is in an old format. Save it as .xlsx or as CSV and try again."))
    rows = _bounded(open_workbook(content) if content.startswith(_ZIP) else _lines(content))
    if not rows:
        raise TableError(_l("This file is empty."))
    return rows


def _lines(content: bytes) -> Iterable[Sequence[object]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            _l("We do not know the letters of this file. Save it as UTF-8 and try again.")
        ) from error
    if "\x00" in text:
        raise TableError(_l("This is no table that we can read. Save it as CSV or .xlsx and try again."))
    first = _QUOTED.sub("", text[:_BEGINNING]).partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(_MARKS, key=first.count), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise TableError(
            _l("Line %(line)s: a quotation mark is missing, or one too many is there."), line=reader.line_num
        ) from error


def _bounded(lines: Iterable[Sequence[object]]) -> list[list[Cell]]:
    """Not more lines, columns and cells than we can hold; empty lines at the end are none."""
    rows: list[list[Cell]] = []
    filled = 0
    for line in lines:
        filled += len(line)
        if filled > MAX_CELLS:
            raise TableError(_l("There is more in this table than we can read at once. Cut it in parts."))
        row = [_cell(each) for each in line]
        while row and row[-1] is None:
            row.pop()
        if len(row) > MAX_COLUMNS:
            raise TableError(_l("This table has more than %(limit)s columns."), limit=MAX_COLUMNS)
        rows.append(row)
        if len(rows) > MAX_ROWS + 1:
            raise TableError(_l("This table has more than %(limit)s rows."), limit=MAX_ROWS)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return arm(value) or None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        with suppress(OverflowError, ValueError):
            return int(value) if value.is_integer() else value
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]  # a program took a month for a day
    return value if isinstance(value, int) or value is None else str(value)

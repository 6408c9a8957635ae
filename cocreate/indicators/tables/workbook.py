"""Workbooks of strangers: what is squeezed is measured before it is unpacked, and nothing in it is run."""

import re
import warnings
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from cocreate.indicators.scoring.refusal import marked as _l
from cocreate.indicators.tables.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED,
    TableError,
)

_SMALL: Final = 64 * 1024  # a part so small may be squeezed as much as it likes
_ENTITY: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NO_TABLE: Final = _l("This is no table that we can read. Save it as CSV or .xlsx and try again.")


def open_workbook(content: bytes) -> Iterator[Sequence[object]]:
    """The lines of its first sheet. A formula is what was last worked out; macros are left where they are."""
    _distrust(content)
    try:
        yield from _lines(content)
    except TableError:
        raise
    except Exception as error:  # whatever a file can break in a reader of many thousand lines
        raise TableError(_NO_TABLE) from error


def _lines(content: bytes) -> Iterator[Sequence[object]]:
    from openpyxl import load_workbook  # noqa: PLC0415 (a fifth of a second, for who brings a table in)
    from openpyxl.xml import DEFUSEDXML, LXML  # noqa: PLC0415

    if not DEFUSEDXML or LXML:  # then entities would be opened
        raise RuntimeError("openpyxl reads without defusedxml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of looks that it does not know
        book: Any = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the sheet says of its own size need not be so
            yield from sheet.iter_rows(max_row=MAX_ROWS + 2, values_only=True)
        finally:
            book.close()


def _distrust(content: bytes) -> None:
    """Measure by the list of parts; the reader unpacks no part further than it says there."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            found = parts.infolist()
            if len(found) > MAX_PARTS or sum(part.file_size for part in found) > MAX_UNPACKED:
                raise TableError(_l("Unpacked, this workbook is larger than we can read."))
            if any(_is_bomb(part) for part in found):
                raise TableError(_l("Unpacked, this workbook is larger than we can read."))
            if any(part.flag_bits & 1 for part in found):
                raise TableError(_l("This workbook has a password. Save it without one and try again."))
            for part in found:
                if part.filename.endswith((".xml", ".rels")) and _ENTITY.search(parts.read(part)):
                    raise TableError(_NO_TABLE)
    except (BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(_NO_TABLE) from error


def _is_bomb(part: ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1)

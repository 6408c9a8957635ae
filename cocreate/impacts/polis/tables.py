"""The tables of an export: each cell with its file and line, so that a refusal can name them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cocreate.impacts.polis.conversation import VALUES, Value

LARGEST_FILE = 50_000_000  # bytes
MOST_CELLS = 20_000  # in one line
LONGEST_QUOTE = 40  # characters of a wrong cell that a message repeats
REJECTED = -1
NUMBER = re.compile(r"[0-9]{1,15}")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MILLISECONDS = 10**11  # below this (1973) a timestamp counts seconds, as newer exports do


def _l(message: str) -> str:
    """Marks a sentence for the catalogue; whoever shows the error translates it."""
    return message


class PolisFileError(ValueError):
    """What is wrong in which file and line. `message` is an English template, `params` fill it."""

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message % params)
        self.message = message
        self.params = params


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file: its cells by column, and the line it starts on."""

    file: str
    line: int
    cells: Mapping[str, str]

    def error(self, message: str, **params: str | int) -> PolisFileError:
        """What is wrong in this record."""
        return PolisFileError(message, file=self.file, line=self.line, **params)

    def number(self, column: str) -> int:
        """A whole number that must be there."""
        text = self.cells[column].strip()
        if not NUMBER.fullmatch(text):
            message = _l("%(file)s, line %(line)s: “%(value)s” under “%(column)s” is not a number.")
            raise self.error(message, value=_quote(text), column=_quote(column))
        return int(text)

    def optional_number(self, column: str) -> int | None:
        """A whole number, or nothing."""
        return self.number(column) if self.cells[column].strip() else None

    def value(self, column: str) -> Value:
        """A vote that must be there."""
        text = self.cells[column].strip()
        if text not in VALUES:
            message = _l("%(file)s, line %(line)s: the vote “%(value)s” is not 1, 0 or -1.")
            raise self.error(message, value=_quote(text))
        return VALUES[text]

    def optional_value(self, column: str) -> Value | None:
        """A vote, or nothing."""
        return self.value(column) if self.cells[column].strip() else None

    def is_rejected(self) -> bool:
        """Whether the moderators took this comment out."""
        text = self.cells["moderated"].strip()
        if text not in VALUES:
            message = _l("%(file)s, line %(line)s: “%(value)s” under “moderated” is not 1, 0 or -1.")
            raise self.error(message, value=_quote(text))
        return VALUES[text] == REJECTED

    def moment(self) -> datetime:
        """When it was said."""
        number = self.number("timestamp")
        try:
            return _EPOCH + timedelta(milliseconds=number if number >= _FIRST_MILLISECONDS else number * 1000)
        except OverflowError:
            message = _l("%(file)s, line %(line)s: “%(value)s” under “timestamp” is not a moment in time.")
            raise self.error(message, value=number) from None


@dataclass(frozen=True, slots=True)
class Table:
    """A file with a header; the header as a row maps each column to itself."""

    header: Row
    rows: Iterator[Row]


def open_table(folder: Path, file: str, columns: Collection[str]) -> Table:
    """The header, which must have these columns, and the records below it, read one by one."""
    records = read_records(folder, file)
    line, cells = next(records)
    names = [cell.strip() for cell in cells]
    header = Row(file, line, {name: name for name in names})
    for column in columns:
        if column not in header.cells:
            message = _l("%(file)s, line %(line)s: the column “%(column)s” is missing.")
            raise header.error(message, column=column)
    if len(header.cells) < len(names):
        twice = next(name for name, count in Counter(names).items() if count > 1)
        raise header.error(
            _l("%(file)s, line %(line)s: the column “%(column)s” occurs twice."), column=_quote(twice)
        )
    return Table(header, _rows(file, names, records))


def _rows(file: str, names: list[str], records: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, cells in records:
        if len(cells) != len(names):
            message = _l("%(file)s, line %(line)s: there are %(count)s cells under %(columns)s columns.")
            raise PolisFileError(message, file=file, line=line, count=len(cells), columns=len(names))
        yield Row(file, line, dict(zip(names, cells, strict=True)))


def read_records(folder: Path, file: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line it starts on; at least one."""
    reader = csv.reader(_lines(file, _read_text(folder, file)), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = _l("%(file)s, line %(line)s: a quotation mark is out of place or a cell is too long.")
            raise PolisFileError(message, file=file, line=line) from error
        if cells:
            yield line, cells


def _lines(file: str, text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.count(",") >= MOST_CELLS:
            message = _l("%(file)s, line %(line)s: there are more than %(count)s cells in this line.")
            raise PolisFileError(message, file=file, line=number, count=MOST_CELLS)
        yield line


def _read_text(folder: Path, file: str) -> str:
    data = _read_bytes(folder / file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _l("%(file)s, line %(line)s: this is not UTF-8 text. Save the file as CSV UTF-8.")
        raise PolisFileError(message, file=file, line=line) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = _l("%(file)s, line %(line)s: there is a NUL byte here, so this is not a CSV file.")
        raise PolisFileError(message, file=file, line=line)
    if not text or text.isspace():
        raise PolisFileError(_l("%(file)s, line %(line)s: the file is empty."), file=file, line=1)
    return text


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe would never end
            raise FileNotFoundError(path)
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        message = _l("%(file)s, line %(line)s: the file is missing or cannot be read.")
        raise PolisFileError(message, file=path.name, line=1) from error
    if len(data) > LARGEST_FILE:
        message = _l("%(file)s, line %(line)s: the file is larger than %(megabytes)s MB.")
        raise PolisFileError(message, file=path.name, line=1, megabytes=LARGEST_FILE // 1_000_000)
    return data


def _quote(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"

"""Reads a conversation from the open-data export of Polis, and holds its files against each other."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

LARGEST_FILE = 50_000_000  # bytes
MOST_CELLS = 20_000  # in one line
LONGEST_QUOTE = 40  # characters of a wrong cell that a message repeats

SUMMARY, COMMENTS, VOTES, PARTICIPANTS = "summary.csv", "comments.csv", "votes.csv", "participants-votes.csv"

Value = Literal[1, 0, -1]
VALUES: Mapping[str, Value] = {"1": 1, "0": 0, "-1": -1}
REJECTED = -1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MILLISECONDS = 10**11  # below this (1973) a timestamp counts seconds, as newer exports do
_NUMBER = re.compile(r"[0-9]{1,15}")


class PolisFileError(ValueError):
    """What is wrong in which file and line. `message` is an English template, `params` fill it."""

    def __init__(self, message: str, **params: str | int) -> None:
        super().__init__(message % params)
        self.message = message
        self.params = params


@dataclass(frozen=True, slots=True)
class Comment:
    """A statement people voted on; the totals count each person's last vote."""

    id: int
    author: int
    text: str
    created_at: datetime
    agrees: int
    disagrees: int
    passes: int


@dataclass(frozen=True, slots=True)
class Participant:
    """A person and the opinion group Polis put them in, if any."""

    id: int
    group: int | None


@dataclass(frozen=True, slots=True)
class Vote:
    """The last vote of a person on a comment: 1 agrees, -1 disagrees, 0 passes."""

    participant: int
    comment: int
    value: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything that was not rejected: comments and participants by id, votes by time."""

    topic: str
    description: str
    url: str
    comments: tuple[Comment, ...]
    participants: tuple[Participant, ...]
    votes: tuple[Vote, ...]
    dropped_comments: tuple[int, ...]

    @property
    def voters(self) -> tuple[Participant, ...]:
        """The participants who voted: a moderator may only have written comments."""
        voted = {vote.participant for vote in self.votes}
        return tuple(person for person in self.participants if person.id in voted)


LastVotes = Mapping[tuple[int, int], Vote]  # by (participant, comment)


def read_conversation(folder: Path) -> Conversation:
    """The conversation in a folder of four CSV files; `PolisFileError` when they are wrong or disagree."""
    about = _read_summary(folder)
    written, dropped = _read_comments(folder)
    votes = _read_votes(folder, written.keys(), dropped)
    groups = _read_participants(folder, written.keys(), dropped, votes)
    totals = Counter((vote.comment, vote.value) for vote in votes.values())
    comments = tuple(_comment(written[number], totals) for number in sorted(written))
    people = {
        *groups,
        *(vote.participant for vote in votes.values()),
        *(comment.author for comment in comments),
    }
    return Conversation(
        topic=about["topic"],
        description=about.get("conversation-description", ""),
        url=about.get("url", ""),
        comments=comments,
        participants=tuple(Participant(number, groups.get(number)) for number in sorted(people)),
        votes=tuple(sorted(votes.values(), key=lambda vote: (vote.at, vote.comment, vote.participant))),
        dropped_comments=tuple(sorted(dropped)),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One record of a file: its cells by column, and the line it starts on."""

    file: str
    line: int
    cells: Mapping[str, str]

    def error(self, message: str, **params: str | int) -> PolisFileError:
        return PolisFileError(message, file=self.file, line=self.line, **params)

    def number(self, column: str) -> int:
        text = self.cells[column].strip()
        if not _NUMBER.fullmatch(text):
            message = _l("%(file)s, line %(line)s: “%(value)s” under “%(column)s” is not a number.")
            raise self.error(message, value=_quote(text), column=_quote(column))
        return int(text)

    def optional_number(self, column: str) -> int | None:
        return self.number(column) if self.cells[column].strip() else None

    def value(self, column: str) -> Value:
        text = self.cells[column].strip()
        if text not in VALUES:
            message = _l("%(file)s, line %(line)s: the vote “%(value)s” is not 1, 0 or -1.")
            raise self.error(message, value=_quote(text))
        return VALUES[text]

    def optional_value(self, column: str) -> Value | None:
        return self.value(column) if self.cells[column].strip() else None

    def is_rejected(self) -> bool:
        text = self.cells["moderated"].strip()
        if text not in VALUES:
            message = _l("%(file)s, line %(line)s: “%(value)s” under “moderated” is not 1, 0 or -1.")
            raise self.error(message, value=_quote(text))
        return VALUES[text] == REJECTED

    def moment(self) -> datetime:
        number = self.number("timestamp")
        try:
            return _EPOCH + timedelta(milliseconds=number if number >= _FIRST_MILLISECONDS else number * 1000)
        except OverflowError:
            message = _l("%(file)s, line %(line)s: “%(value)s” under “timestamp” is not a moment in time.")
            raise self.error(message, value=number) from None


@dataclass(frozen=True, slots=True)
class _Table:
    """A file with a header; the header as a row maps each column to itself."""

    header: _Row
    rows: Iterator[_Row]


def _read_summary(folder: Path) -> dict[str, str]:
    about: dict[str, str] = {}
    for line, cells in _records(folder, SUMMARY):
        if len(cells) > 2:  # noqa: PLR2004
            message = _l("%(file)s, line %(line)s: there are %(count)s cells instead of a name and a value.")
            raise PolisFileError(message, file=SUMMARY, line=line, count=len(cells))
        name, value = [*cells, ""][:2]
        about.setdefault(name.strip(), value)
    if "topic" not in about:
        raise PolisFileError(_l("%(file)s, line %(line)s: there is no row “topic”."), file=SUMMARY, line=1)
    return about


def _read_comments(folder: Path) -> tuple[dict[int, Comment], set[int]]:
    """The comments that stay, without totals yet, and the ids of the rejected ones."""
    columns = ("timestamp", "comment-id", "author-id", "moderated", "comment-body")
    kept: dict[int, Comment] = {}
    dropped: set[int] = set()
    for row in _table(folder, COMMENTS, columns).rows:
        number = row.number("comment-id")
        if number in kept or number in dropped:
            raise row.error(_l("%(file)s, line %(line)s: comment %(comment)s occurs twice."), comment=number)
        comment = Comment(
            number,
            row.number("author-id"),
            row.cells["comment-body"],
            row.moment(),
            agrees=0,
            disagrees=0,
            passes=0,
        )
        if row.is_rejected():
            dropped.add(number)
        else:
            kept[number] = comment
    return kept, dropped


def _read_votes(folder: Path, kept: Collection[int], dropped: Collection[int]) -> dict[tuple[int, int], Vote]:
    last: dict[tuple[int, int], Vote] = {}
    for row in _table(folder, VOTES, ("timestamp", "comment-id", "voter-id", "vote")).rows:
        vote = Vote(row.number("voter-id"), row.number("comment-id"), row.value("vote"), row.moment())
        if vote.comment in dropped:
            continue
        if vote.comment not in kept:
            message = _l("%(file)s, line %(line)s: comment %(comment)s is not in comments.csv.")
            raise row.error(message, comment=vote.comment)
        earlier = last.get((vote.participant, vote.comment))
        if earlier is None or vote.at >= earlier.at:
            last[vote.participant, vote.comment] = vote
    return last


def _read_participants(
    folder: Path, kept: Collection[int], dropped: Collection[int], votes: LastVotes
) -> dict[int, int | None]:
    """The group of each listed person, after checking that the file tells the same votes."""
    table = _table(folder, PARTICIPANTS, ("participant", "group-id"))
    columns = _comment_columns(table.header, kept, dropped)
    groups: dict[int, int | None] = {}
    stated: Counter[tuple[int, Value]] = Counter()
    difference: PolisFileError | None = None
    for row in table.rows:
        person = row.number("participant")
        if person in groups:
            raise row.error(
                _l("%(file)s, line %(line)s: participant %(person)s occurs twice."), person=person
            )
        groups[person] = row.optional_number("group-id")
        cells = {comment: row.optional_value(column) for column, comment in columns.items()}
        stated.update((comment, value) for comment, value in cells.items() if value is not None)
        difference = difference or _find_difference(row, person, cells, votes)
    _check_totals(
        table.header, columns.values(), stated, (v for v in votes.values() if v.participant in groups)
    )
    if difference:
        raise difference
    return groups


def _comment_columns(header: _Row, kept: Collection[int], dropped: Collection[int]) -> dict[str, int]:
    """The columns that hold votes on comments that stay; rejected ones may have any content."""
    columns: dict[str, int] = {}
    for column in header.cells:
        if not _NUMBER.fullmatch(column):
            continue
        comment = int(column)
        if comment not in kept and comment not in dropped:
            message = _l("%(file)s, line %(line)s: comment %(comment)s is not in comments.csv.")
            raise header.error(message, comment=comment)
        if comment in kept:
            columns[column] = comment
    return columns


def _find_difference(
    row: _Row, person: int, cells: Mapping[int, Value | None], votes: LastVotes
) -> PolisFileError | None:
    for comment, stated in cells.items():
        vote = votes.get((person, comment))
        voted = vote.value if vote else None
        if stated != voted:
            message = _l(
                "%(file)s, line %(line)s: participant %(person)s has “%(stated)s” for comment %(comment)s, "
                "but “%(voted)s” as last vote in votes.csv."
            )
            return row.error(
                message, person=person, comment=comment, stated=_show(stated), voted=_show(voted)
            )
    return None


def _check_totals(
    header: _Row, comments: Collection[int], stated: Counter[tuple[int, Value]], votes: Iterator[Vote]
) -> None:
    """Agree, disagree and pass of each comment must be the same in both files, over the people both know."""
    counted = Counter((vote.comment, vote.value) for vote in votes)
    for comment in comments:
        here = tuple(stated[comment, value] for value in VALUES.values())
        there = tuple(counted[comment, value] for value in VALUES.values())
        if here != there:
            message = _l(
                "%(file)s, line %(line)s: for comment %(comment)s this file has %(stated)s votes "
                "(agree/pass/disagree), but the last votes in votes.csv are %(voted)s."
            )
            raise header.error(
                message, comment=comment, stated="/".join(map(str, here)), voted="/".join(map(str, there))
            )


def _comment(written: Comment, totals: Counter[tuple[int, Value]]) -> Comment:
    number = written.id
    agrees, passes, disagrees = (totals[number, value] for value in VALUES.values())
    return Comment(number, written.author, written.text, written.created_at, agrees, disagrees, passes)


def _table(folder: Path, file: str, columns: Collection[str]) -> _Table:
    records = _records(folder, file)
    line, cells = next(records)
    names = [cell.strip() for cell in cells]
    header = _Row(file, line, {name: name for name in names})
    for column in columns:
        if column not in header.cells:
            message = _l("%(file)s, line %(line)s: the column “%(column)s” is missing.")
            raise header.error(message, column=column)
    if len(header.cells) < len(names):
        twice = next(name for name, count in Counter(names).items() if count > 1)
        raise header.error(
            _l("%(file)s, line %(line)s: the column “%(column)s” occurs twice."), column=_quote(twice)
        )
    return _Table(header, _rows(file, names, records))


def _rows(file: str, names: list[str], records: Iterator[tuple[int, list[str]]]) -> Iterator[_Row]:
    for line, cells in records:
        if len(cells) != len(names):
            message = _l("%(file)s, line %(line)s: there are %(count)s cells under %(columns)s columns.")
            raise PolisFileError(message, file=file, line=line, count=len(cells), columns=len(names))
        yield _Row(file, line, dict(zip(names, cells, strict=True)))


def _records(folder: Path, file: str) -> Iterator[tuple[int, list[str]]]:
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


def _show(value: Value | None) -> str:
    return "" if value is None else str(value)


def _l(message: str) -> str:
    """Marks a sentence for the catalogue; whoever shows the error translates it."""
    return message

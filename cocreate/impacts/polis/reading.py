"""Reads a conversation from the open-data export of Polis, and holds its files against each other."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from cocreate.impacts.polis.conversation import VALUES, Comment, Conversation, Participant, Value, Vote
from cocreate.impacts.polis.tables import NUMBER, PolisFileError, Row, open_table, read_records

SUMMARY, COMMENTS, VOTES, PARTICIPANTS = "summary.csv", "comments.csv", "votes.csv", "participants-votes.csv"

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


def _read_summary(folder: Path) -> dict[str, str]:
    about: dict[str, str] = {}
    for line, cells in read_records(folder, SUMMARY):
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
    for row in open_table(folder, COMMENTS, columns).rows:
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
    for row in open_table(folder, VOTES, ("timestamp", "comment-id", "voter-id", "vote")).rows:
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
    table = open_table(folder, PARTICIPANTS, ("participant", "group-id"))
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


def _comment_columns(header: Row, kept: Collection[int], dropped: Collection[int]) -> dict[str, int]:
    """The columns that hold votes on comments that stay; rejected ones may have any content."""
    columns: dict[str, int] = {}
    for column in header.cells:
        if not NUMBER.fullmatch(column):
            continue
        comment = int(column)
        if comment not in kept and comment not in dropped:
            message = _l("%(file)s, line %(line)s: comment %(comment)s is not in comments.csv.")
            raise header.error(message, comment=comment)
        if comment in kept:
            columns[column] = comment
    return columns


def _find_difference(
    row: Row, person: int, cells: Mapping[int, Value | None], votes: LastVotes
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
    header: Row, comments: Collection[int], stated: Counter[tuple[int, Value]], votes: Iterator[Vote]
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


def _show(value: Value | None) -> str:
    return "" if value is None else str(value)


def _l(message: str) -> str:
    """Marks a sentence for the catalogue; whoever shows the error translates it."""
    return message

import csv
import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cocreate.impacts.polis import (
    LARGEST_FILE,
    MOST_CELLS,
    Comment,
    Conversation,
    Participant,
    PolisFileError,
    Vote,
    read_conversation,
)

SUMMARY = "topic,What next?\nurl,https://pol.is/1\nviews,3\nconversation-description,Talk.\n"
COMMENTS = """\
timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500000000000,x,0,1,9,9,1,More trees
1500000001000,x,1,2,9,9,0,"Fewer ""cars"",
please"
1500000002000,x,2,2,0,0,-1,Buy my shoes
"""
VOTES = """\
timestamp,datetime,comment-id,voter-id,vote
1500000010000,x,0,1,1
1500000010500,x,0,2,-1
1500000011000,x,1,1,0
1500000012000,x,2,2,1
"""
PARTICIPANTS = """\
participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1
1,0,1,2,1,0,1,0
2,,2,1,0,1,-1,
"""


def _keyword(name: str) -> str:
    return name.removesuffix(".csv").replace("-", "_")


FILES = {
    "summary.csv": SUMMARY,
    "comments.csv": COMMENTS,
    "votes.csv": VOTES,
    "participants-votes.csv": PARTICIPANTS,
}
SHORT = {_keyword(name): text for name, text in FILES.items()}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an export; each keyword (`votes=…`) replaces a file, as text or bytes."""

    def write_export(**changed: str | bytes) -> Path:
        for name, text in FILES.items():
            content = changed.get(_keyword(name), text)
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write_export


def refused(folder: Path) -> PolisFileError:
    with pytest.raises(PolisFileError) as caught:
        read_conversation(folder)
    assert str(caught.value) == caught.value.message % caught.value.params
    assert {"file", "line"} <= caught.value.params.keys()
    return caught.value


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(1_500_000_000 + seconds, UTC)


def values(conversation: Conversation) -> dict[tuple[int, int], int]:
    return {(vote.participant, vote.comment): vote.value for vote in conversation.votes}


def test_a_conversation_is_read_whole(write: Write) -> None:
    assert read_conversation(write()) == Conversation(
        topic="What next?",
        description="Talk.",
        url="https://pol.is/1",
        comments=(
            Comment(0, 1, "More trees", at(0), agrees=1, disagrees=1, passes=0),
            Comment(1, 2, 'Fewer "cars",\nplease', at(1), agrees=0, disagrees=0, passes=1),
        ),
        participants=(Participant(1, 0), Participant(2, None)),
        votes=(Vote(1, 0, 1, at(10)), Vote(2, 0, -1, at(10.5)), Vote(1, 1, 0, at(11))),
        dropped_comments=(2,),
    )


def test_rejected_comments_stay_out_with_their_votes_and_columns(write: Write) -> None:
    with_column = "participant,group-id,0,1,2\n1,0,1,0,0\n2,,-1,,0\n"
    conversation = read_conversation(write(participants_votes=with_column))
    assert [comment.id for comment in conversation.comments] == [0, 1]
    assert {vote.comment for vote in conversation.votes} == {0, 1}
    assert conversation.dropped_comments == (2,)


def test_the_last_vote_counts_by_time_and_not_by_place(write: Write) -> None:
    again = VOTES + "1500000009000,x,0,1,-1\n1500000020000,x,0,2,1\n"
    conversation = read_conversation(
        write(votes=again, participants_votes=PARTICIPANTS.replace("-1,\n", "1,\n"))
    )
    assert values(conversation) == {(1, 0): 1, (2, 0): 1, (1, 1): 0}
    assert (conversation.comments[0].agrees, conversation.comments[0].disagrees) == (2, 0)


def test_at_the_same_time_the_later_line_counts(write: Write) -> None:
    again = VOTES + "1500000010500,x,0,2,1\n"
    conversation = read_conversation(
        write(votes=again, participants_votes=PARTICIPANTS.replace("-1,\n", "1,\n"))
    )
    assert values(conversation)[2, 0] == 1


def test_people_that_are_not_listed_are_kept_without_a_group(write: Write) -> None:
    comments = COMMENTS + "1500000003000,x,3,7,0,0,1,Written by the host\n"
    votes = VOTES + "1500000030000,x,0,8,1\n"
    conversation = read_conversation(write(comments=comments, votes=votes))
    assert conversation.participants == tuple(
        Participant(number, 0 if number == 1 else None) for number in (1, 2, 7, 8)
    )
    assert [person.id for person in conversation.voters] == [1, 2, 8]
    assert conversation.comments[0].agrees == 2


def test_who_only_wrote_a_rejected_comment_is_not_kept(write: Write) -> None:
    comments = COMMENTS + "1500000003000,x,3,7,0,0,-1,Spam\n"
    assert 7 not in [person.id for person in read_conversation(write(comments=comments)).participants]


def test_comments_without_a_column_are_not_compared(write: Write) -> None:
    conversation = read_conversation(write(participants_votes="participant,group-id,0\n1,0,1\n2,,-1\n"))
    assert conversation.comments[1].passes == 1


def test_an_xid_column_a_bom_and_windows_line_ends_change_nothing(write: Write) -> None:
    plain = read_conversation(write())
    with_xid = PARTICIPANTS.replace("participant,", "participant,xid,").replace("1,0,1,2", "1,abc,0,1,2")
    with_xid = with_xid.replace("2,,2,1", "2,,,2,1")
    assert read_conversation(write(participants_votes=with_xid)) == plain
    assert read_conversation(write(**{name: "\ufeff" + text for name, text in SHORT.items()})) == plain
    windows = {name: text.replace("\n", "\r\n") for name, text in SHORT.items() if name != "comments"}
    assert read_conversation(write(**windows)) == plain


def test_timestamps_may_count_seconds(write: Write) -> None:
    votes = VOTES.replace("1500000010500", "1500000010").replace("1500000012000", "1500000012")
    assert values(read_conversation(write(votes=votes))) == {(1, 0): 1, (2, 0): -1, (1, 1): 0}
    assert read_conversation(write(votes=votes)).votes[1].at == at(10)


def test_a_summary_may_be_short(write: Write) -> None:
    conversation = read_conversation(write(summary="topic,Why?\n\nconversation-description\n"))
    assert (conversation.topic, conversation.url, conversation.description) == ("Why?", "", "")


def test_a_conversation_may_have_nothing_in_it(write: Write) -> None:
    heads = {name: SHORT[name].partition("\n")[0] for name in ("comments", "votes")}
    conversation = read_conversation(write(**heads, participants_votes="participant,group-id"))
    assert (conversation.comments, conversation.participants, conversation.votes) == ((), (), ())


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"votes": VOTES.replace(",-1\n", ",x\n")}, "votes.csv, line 3: the vote “x” is not 1, 0 or -1."),
        ({"votes": VOTES.replace(",-1\n", ",\n")}, "votes.csv, line 3: the vote “” is not 1, 0 or -1."),
        (
            {"votes": VOTES.replace("x,1,1,0", "x,9,1,0")},
            "votes.csv, line 4: comment 9 is not in comments.csv.",
        ),
        (
            {"votes": VOTES.replace("x,1,1,0", "x,1,one,0")},
            "votes.csv, line 4: “one” under “voter-id” is not a number.",
        ),
        (
            {"votes": VOTES.replace("1500000011000", "٣")},
            "votes.csv, line 4: “٣” under “timestamp” is not a number.",
        ),
        (
            {"votes": VOTES.replace("1500000011000", "9" * 5000)},
            "votes.csv, line 4: “" + "9" * 39 + "…” under “timestamp” is not a number.",
        ),
        (
            {"votes": VOTES.replace("1500000011000", "9" * 15)},
            "votes.csv, line 4: “999999999999999” under “timestamp” is not a moment in time.",
        ),
        (
            {"votes": VOTES.replace("x,1,1,0", "x,1,1")},
            "votes.csv, line 4: there are 4 cells under 5 columns.",
        ),
        ({"votes": VOTES.replace(",vote\n", ",veto\n")}, "votes.csv, line 1: the column “vote” is missing."),
        (
            {"votes": VOTES.replace("datetime", "vote")},
            "votes.csv, line 1: the column “vote” occurs twice.",
        ),
        ({"votes": ""}, "votes.csv, line 1: the file is empty."),
        ({"votes": "\ufeff \n\n"}, "votes.csv, line 1: the file is empty."),
        (
            {"votes": VOTES.replace("x,1,1,0", "\0,1,1,0")},
            "votes.csv, line 4: there is a NUL byte here, so this is not a CSV file.",
        ),
        (
            {"votes": VOTES.replace("x,1,1,0", "é,1,1,0").encode("latin-1")},
            "votes.csv, line 4: this is not UTF-8 text. Save the file as CSV UTF-8.",
        ),
        (
            {"votes": VOTES.encode("utf-16")},
            "votes.csv, line 1: this is not UTF-8 text. Save the file as CSV UTF-8.",
        ),
        (
            {"votes": VOTES.replace("x,1,1,0", '"x,1,1,0')},
            "votes.csv, line 4: a quotation mark is out of place or a cell is too long.",
        ),
        (
            {"comments": COMMENTS.replace("More trees", "a" * 200_000)},
            "comments.csv, line 2: a quotation mark is out of place or a cell is too long.",
        ),
        (
            {"comments": COMMENTS.replace("More trees", "," * MOST_CELLS)},
            f"comments.csv, line 2: there are more than {MOST_CELLS} cells in this line.",
        ),
        (
            {"comments": COMMENTS.replace("x,2,2", "x,1,2")},
            "comments.csv, line 5: comment 1 occurs twice.",
        ),
        (
            {"comments": COMMENTS.replace("x,2,2", "x,-2,2")},
            "comments.csv, line 5: “-2” under “comment-id” is not a number.",
        ),
        (
            {"comments": COMMENTS.replace("-1,Buy", "no,Buy")},
            "comments.csv, line 5: “no” under “moderated” is not 1, 0 or -1.",
        ),
        (
            {"comments": COMMENTS.replace("comment-body", "text")},
            "comments.csv, line 1: the column “comment-body” is missing.",
        ),
        (
            {"summary": "url,https://pol.is/1\n"},
            "summary.csv, line 1: there is no row “topic”.",
        ),
        (
            {"summary": "topic,One\nurl,two,three\n"},
            "summary.csv, line 2: there are 3 cells instead of a name and a value.",
        ),
        (
            {"participants_votes": PARTICIPANTS.replace("group-id", "group")},
            "participants-votes.csv, line 1: the column “group-id” is missing.",
        ),
        (
            {"participants_votes": PARTICIPANTS.replace("1,0,1,2", "1,A,1,2")},
            "participants-votes.csv, line 2: “A” under “group-id” is not a number.",
        ),
        (
            {"participants_votes": PARTICIPANTS.replace("2,,2", "1,,2")},
            "participants-votes.csv, line 3: participant 1 occurs twice.",
        ),
        (
            {"participants_votes": PARTICIPANTS.replace(",-1,\n", ",-7,\n")},
            "participants-votes.csv, line 3: the vote “-7” is not 1, 0 or -1.",
        ),
        (
            {"participants_votes": PARTICIPANTS.replace("disagree,0,1", "disagree,0,9")},
            "participants-votes.csv, line 1: comment 9 is not in comments.csv.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(
    write: Write, changed: dict[str, str | bytes], message: str
) -> None:
    assert str(refused(write(**changed))) == message


def test_every_error_can_be_translated(write: Write) -> None:
    error = refused(write(votes=VOTES.replace(",-1\n", ",x\n")))
    assert error.message == "%(file)s, line %(line)s: the vote “%(value)s” is not 1, 0 or -1."
    assert error.params == {"file": "votes.csv", "line": 3, "value": "x"}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(write: Write, name: str) -> None:
    folder = write()
    (folder / name).unlink()
    assert str(refused(folder)) == f"{name}, line 1: the file is missing or cannot be read."
    (folder / name).mkdir()
    assert str(refused(folder)) == f"{name}, line 1: the file is missing or cannot be read."


@pytest.mark.parametrize("name", FILES)
def test_an_absurdly_large_file_is_refused(write: Write, name: str) -> None:
    folder = write()
    os.truncate(folder / name, LARGEST_FILE + 1)
    assert str(refused(folder)) == f"{name}, line 1: the file is larger than 50 MB."


def test_a_difference_in_totals_names_the_comment_and_both_figures(write: Write) -> None:
    error = refused(write(participants_votes=PARTICIPANTS.replace(",-1,\n", ",1,\n")))
    assert str(error) == (
        "participants-votes.csv, line 1: for comment 0 this file has 2/0/0 votes (agree/pass/disagree), "
        "but the last votes in votes.csv are 1/0/1."
    )


def test_a_difference_between_people_names_the_comment_and_both_votes(write: Write) -> None:
    swapped = "participant,group-id,0,1\n1,0,-1,0\n2,,1,\n"
    assert str(refused(write(participants_votes=swapped))) == (
        "participants-votes.csv, line 2: participant 1 has “-1” for comment 0, "
        "but “1” as last vote in votes.csv."
    )


def test_a_vote_that_one_file_lacks_is_a_difference(write: Write) -> None:
    moved = "participant,group-id,0,1\n1,0,1,\n2,,-1,0\n"
    assert str(refused(write(participants_votes=moved))) == (
        "participants-votes.csv, line 2: participant 1 has “” for comment 1, "
        "but “0” as last vote in votes.csv."
    )


def real_conversation(name: str) -> Path:
    data = Path(os.environ.get("COCREATE_REAL_DATA") or Path(__file__).parents[2] / "../shared/data")
    folder = data.resolve() / "polis" / name
    if not folder.is_dir():
        pytest.skip(
            f"needs the Polis export {folder}; set COCREATE_REAL_DATA to the folder that holds polis/"
        )
    return folder


@pytest.mark.parametrize(
    ("name", "expected", "groups"),
    [
        ("london.youth.policing", (26, 36, 638, (0, 2, 3)), {0: 3, 1: 18, 2: 3, None: 2}),
        ("brexit-consensus", (204, 50, 5303, ()), {0: 106, 1: 91, None: 7}),
    ],
)
def test_real_conversations_are_read(
    name: str, expected: tuple[int, int, int, tuple[int, ...]], groups: dict[int | None, int]
) -> None:
    read = read_conversation(real_conversation(name))
    people, statements, votes = len(read.voters), len(read.comments), len(read.votes)
    assert (people, statements, votes, read.dropped_comments) == expected
    assert Counter(person.group for person in read.voters) == groups


def test_the_host_of_the_real_conversation_wrote_but_did_not_vote() -> None:
    conversation = read_conversation(real_conversation("london.youth.policing"))
    assert set(conversation.participants) - set(conversation.voters) == {Participant(0, None)}


@pytest.mark.parametrize(("name", "more"), [("london.youth.policing", 2), ("brexit-consensus", 9)])
def test_the_totals_in_the_real_comments_file_count_votes_that_were_taken_back(name: str, more: int) -> None:
    folder = real_conversation(name)
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        stated = {
            int(row["comment-id"]): int(row["agrees"]) + int(row["disagrees"]) for row in csv.DictReader(file)
        }
    comments = read_conversation(folder).comments
    assert sum(stated.values()) - sum(comment.agrees + comment.disagrees for comment in comments) == more

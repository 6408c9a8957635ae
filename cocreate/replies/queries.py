"""Reading what people replied."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from cocreate.core.audience import Viewer, visible
from cocreate.core.cards import render_cards
from cocreate.core.db import session
from cocreate.replies.models import Commitment, MoodMark, Reply, Summary, SummaryCheck
from cocreate.replies.rules import IsRight
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import VoiceFacts
from cocreate.spaces.shelves import facts


@dataclass(frozen=True, slots=True)
class OtherWords:
    """How somebody would say it who shows that to others."""

    id: uuid.UUID
    text: str
    voice: VoiceFacts | None
    signed: str | None


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A sentence that is read back, and what this viewer may know of the answers to it."""

    id: uuid.UUID
    text: str
    own: str | None = None  # what the viewer answered
    people: int = 0  # who answered until now
    is_unclear: bool = False  # to somebody, now
    said: list[tuple[str, str]] = field(default_factory=list)  # when last counted; and who brought them in
    others: list[OtherWords] = field(default_factory=list)


def summaries_of(space_id: uuid.UUID, workshop_id: uuid.UUID) -> list[Summary]:
    """What is read back in a workshop of this space, in the order in which it was written."""
    query = select(Summary).where(
        Summary.space_id == space_id, Summary.workshop_id == workshop_id, Summary.dropped_at.is_(None)
    )
    return list(session().scalars(query.order_by(Summary.created_at, Summary.id)))


def to_read_back(viewer: Viewer, workshop_id: uuid.UUID) -> list[ReadBack]:
    """What somebody at a tablet reads, with their own answer to each."""
    summaries = summaries_of(viewer.space_id, workshop_id)
    query = select(SummaryCheck.summary_id, SummaryCheck.answer).where(
        SummaryCheck.maker_id == viewer.membership_id,
        SummaryCheck.summary_id.in_([summary.id for summary in summaries]),
        SummaryCheck.withdrawn_at.is_(None),
    )
    own = {row[0]: row[1] for row in session().execute(query)}
    return [ReadBack(summary.id, summary.text, own.get(summary.id)) for summary in summaries]


def heard_back(viewer: Viewer, workshop_id: uuid.UUID) -> list[ReadBack]:
    """The same for who leads: how many answered what, and the words that people show."""
    summaries = summaries_of(viewer.space_id, workshop_id)
    ids = [summary.id for summary in summaries]
    checks = _checks(ids)
    others = _others(viewer, ids)
    makers = {check.maker_id for some in checks.values() for check in some}
    who = select(Membership.id, Membership.brought_by).where(Membership.id.in_(makers))
    brought = {row[0]: row[1] for row in session().execute(who)}
    return [
        ReadBack(
            each.id,
            each.text,
            people=sum(check.withdrawn_at is None for check in checks[each.id]),
            is_unclear=any(check.answer == IsRight.NOT_CLEAR for check in checks[each.id]),
            said=_said(checks[each.id], brought),
            others=others.get(each.id, []),
        )
        for each in summaries
    ]


def replies_on_wall(viewer: Viewer, step_id: uuid.UUID, limit: int) -> list[Any]:
    """The cards of the answers to one open question that this viewer may see, newest first, without names."""
    query = select(Reply.id, Reply.version).where(
        Reply.step_id == step_id, Reply.withdrawn_at.is_(None), visible(viewer, Reply)
    )
    rows = session().execute(query.order_by(Reply.created_at.desc(), Reply.id.desc()).limit(limit)).all()
    return list(render_cards(Reply.topic, [(row.id, row.version) for row in rows], is_signed=False))


def mood_of(viewer: Viewer, step_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How this viewer said they are, by step."""
    query = select(MoodMark.step_id, MoodMark.mood).where(
        MoodMark.maker_id == viewer.membership_id,
        MoodMark.step_id.in_(set(step_ids)),
        MoodMark.withdrawn_at.is_(None),
    )
    return {row[0]: row[1] for row in session().execute(query)}


def commitment_facts(ids: Iterable[uuid.UUID]) -> Any:
    """What the cards of commitments show."""
    return facts(Commitment, ids, Commitment.by_on.expression)


def reply_facts(ids: Iterable[uuid.UUID]) -> Any:
    """What the cards of answers show."""
    return facts(Reply, ids, Reply.step_id.expression)


def _checks(ids: list[uuid.UUID]) -> dict[uuid.UUID, list[SummaryCheck]]:
    found: dict[uuid.UUID, list[SummaryCheck]] = defaultdict(list)
    for check in session().scalars(select(SummaryCheck).where(SummaryCheck.summary_id.in_(ids))):
        found[check.summary_id].append(check)
    return found


def _said(checks: list[SummaryCheck], brought: Mapping[uuid.UUID, str]) -> list[tuple[str, str]]:
    shown = [(each.shown_answer, brought[each.maker_id]) for each in checks if each.shown_answer is not None]
    # Without one that was in them, they would say what that one was.
    if any(answer == "" for answer, _brought_by in shown):
        return []
    # One more who types over for somebody knows these answers, and would leave out no others.
    is_of_one = len({brought_by for _answer, brought_by in shown if brought_by}) <= 1
    return shown if is_of_one else [each for each in shown if not each[1]]


def _others(viewer: Viewer, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[OtherWords]]:
    query = select(SummaryCheck.id).where(
        SummaryCheck.summary_id.in_(ids),
        SummaryCheck.withdrawn_at.is_(None),
        SummaryCheck.text != "",
        visible(viewer, SummaryCheck),
    )
    shown = list(session().scalars(query.order_by(SummaryCheck.created_at, SummaryCheck.id)))
    said = facts(SummaryCheck, shown, SummaryCheck.summary_id.expression)
    words: dict[uuid.UUID, list[OtherWords]] = {}
    for each in shown:
        if row := said.get(each):
            found = OtherWords(each, row["text"], row["voice"], row["signed"])
            words.setdefault(row["summary_id"], []).append(found)
    return words

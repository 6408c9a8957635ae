"""What was told in a workshop, in people's own words: what the room may read, and how much is not here."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.db import session
from cocreate.indicators.models import Indicator
from cocreate.moments.models import WorkingFactor
from cocreate.replies.models import Commitment, Reply
from cocreate.replies.queries import OtherWords, heard_back
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.hiding import is_set_aside
from cocreate.spaces.queries import VoiceFacts
from cocreate.spaces.shelves import facts
from cocreate.workshops.models import Grouped, Heading, Step
from cocreate.workshops.queries.arrivals import ASIDE, is_in
from cocreate.workshops.withholding import shown_as_they_came

_ALSO: Final[Mapping[type[Contribution], tuple[Any, ...]]] = {
    Reply: (Reply.step_id,),
    Commitment: (Commitment.by_on,),
    WorkingFactor: (WorkingFactor.workshop_id,),
}

MOST: Final = 500  # of one kind, the newest


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that was said, in the words of who said it."""

    id: uuid.UUID
    words: tuple[str, ...]
    voice: VoiceFacts | None
    signed: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of one kind: what is shown, under headings where somebody made them, and how much stays private."""

    groups: list[tuple[str, list[Quote]]]
    private: int = 0

    @property
    def quotes(self) -> list[Quote]:
        """All that is shown, in order."""
        return [quote for _words, quotes in self.groups for quote in quotes]

    def __bool__(self) -> bool:
        """Whether anything was told at all."""
        return bool(self.quotes or self.private)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A sentence that was read back, and how people would say it who show that to the room."""

    id: uuid.UUID
    text: str
    shown: Mapping[str, int]  # how many answered what, where that is enough people
    others: list[Quote]


def shelf_of(room: Viewer, kind: type[Contribution], workshop_id: uuid.UUID) -> Shelf:
    """All of one kind that belongs to this meeting and stands on shelves by itself."""
    ids = _told_in(room, kind, workshop_id)
    found = facts(kind, ids, *_ALSO.get(kind, ()))
    quotes = {each: _quote(each, kind, found[each]) for each in ids if each in found}
    for each, quote in quotes.items():
        if quote.facts.get("workshop_id", workshop_id) != workshop_id:
            quotes[each] = replace(quote, signed=None)  # the name was put with it in another meeting
    private = select(func.count()).where(_is_private(kind, workshop_id))
    return Shelf(_grouped(workshop_id, kind.topic, quotes), session().scalar(private) or 0)


def _told_in(room: Viewer, kind: type[Contribution], workshop_id: uuid.UUID) -> list[uuid.UUID]:
    # What helped may have been named in an earlier meeting: then everybody in the space sees it.
    everybody = replace(room, sees_space=True)
    query = select(kind.id).where(
        kind.withdrawn_at.is_(None),
        visible(everybody, kind),
        kind.is_listed(),
        is_in(kind, room.space_id, workshop_id),
    )
    return list(session().scalars(query.order_by(kind.created_at.desc(), kind.id.desc()).limit(MOST)))[::-1]


def by_question(shelf: Shelf, workshop_id: uuid.UUID, steps: Iterable[Step]) -> list[tuple[Step, Shelf]]:
    """The answers to each open question, in the order of the agenda; also where all of them stay private."""
    by_step: dict[uuid.UUID, list[tuple[str, list[Quote]]]] = {}
    for words, quotes in shelf.groups:
        for quote in quotes:
            groups = by_step.setdefault(quote.facts["step_id"], [])
            if not groups or groups[-1][0] != words:
                groups.append((words, []))
            groups[-1][1].append(quote)
    counted = select(Reply.step_id, func.count()).where(_is_private(Reply, workshop_id))
    private = {row[0]: row[1] for row in session().execute(counted.group_by(Reply.step_id))}
    found = [(step, Shelf(by_step.get(step.id, []), private.get(step.id, 0))) for step in steps]
    return [(step, answers) for step, answers in found if answers]


def read_back_in(room: Viewer, workshop_id: uuid.UUID, threshold: int) -> list[ReadBack]:
    """Every sentence that was read back, in the order in which it was written, with what people say to it."""
    # What somebody answered is in a number of enough people, or nowhere: only their words are here.
    return [
        ReadBack(
            each.id,
            each.text,
            shown_as_they_came(each.said, threshold),
            [_other(said) for said in each.others],
        )
        for each in heard_back(room, workshop_id)
    ]


def _other(said: OtherWords) -> Quote:
    return Quote(said.id, (said.text,), said.voice, said.signed, {})


def set_aside_here(workshop_id: uuid.UUID) -> int:
    """How many things are set aside: of all kinds together, so that it says nothing of what they are."""
    return sum(
        session().scalar(
            select(func.count())
            .select_from(kind)
            .where(kind.workshop_id == workshop_id, kind.withdrawn_at.is_(None), is_set_aside(kind))
        )
        or 0
        for kind in ASIDE.values()
    )


def _is_private(kind: type[Contribution], workshop_id: uuid.UUID) -> ColumnElement[bool]:
    """Whether its maker keeps it; what who leads set aside is not kept by its maker."""
    return (
        (kind.workshop_id == workshop_id)
        & kind.withdrawn_at.is_(None)
        & (kind.visibility == Visibility.MAKER)
        & kind.is_listed()
        & ~is_set_aside(kind)
    )


def _quote(made_id: uuid.UUID, kind: type[Contribution], row: Mapping[str, Any]) -> Quote:
    names = ("question",) if kind is Indicator else kind.reads or kind.words
    words = tuple(row[name] for name in names if row[name])
    return Quote(made_id, words, row["voice"], row["signed"], row)


def _grouped(
    workshop_id: uuid.UUID, topic: str, quotes: Mapping[uuid.UUID, Quote]
) -> list[tuple[str, list[Quote]]]:
    query = (
        select(Heading.id, Heading.words, Grouped.subject_id)
        .join(Grouped, Grouped.heading_id == Heading.id)
        .where(Heading.workshop_id == workshop_id, Heading.topic == topic)
        .order_by(Heading.position, Heading.id)
    )
    under: dict[uuid.UUID, tuple[str, set[uuid.UUID]]] = {}
    for heading_id, words, subject_id in session().execute(query):
        under.setdefault(heading_id, (words, set()))[1].add(subject_id)
    groups = [(words, [quotes[each] for each in quotes if each in ids]) for words, ids in under.values()]
    placed = {each for _words, ids in under.values() for each in ids}
    loose = [quote for each, quote in quotes.items() if each not in placed]
    # What stands under no heading comes first: after one it would seem to belong there.
    return ([("", loose)] if loose else []) + [(words, found) for words, found in groups if found]

"""Reading what is chosen together: lists, who may choose, how many did, and what came out."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.rules import OUTSIDE_THRESHOLD
from cocreate.indicators.cost import seconds_for
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Ballot, Choosing, ChoosingItem, Indicator
from cocreate.indicators.outcome import Outcome, Vote, group_voices, read_outcome
from cocreate.indicators.queries.building import tried
from cocreate.indicators.rules import Decision
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.queries import panels_of
from cocreate.spaces.rules import Act, is_of_panel, may

FOR_ALL: Final = (Visibility.SPACE, Visibility.PUBLIC)
UNBUILT: Final = AnswerShape(AnswerKind.SCALE_0_10)  # a sign without a question is taken to cost as much


@dataclass(frozen=True, slots=True)
class Listed:
    """A sign on a list, as this viewer may see it; `words` are none when they may not."""

    id: str
    words: str | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people chose; by voice only where that is enough people, and so are the others."""

    people: int
    by_voice: dict[str, int]


def signs_for_all(space_id: uuid.UUID) -> list[Indicator]:
    """The signs that everybody in the space may see, the earliest first."""
    query = select(Indicator).where(
        Indicator.space_id == space_id,
        Indicator.withdrawn_at.is_(None),
        Indicator.visibility.in_(FOR_ALL),
    )
    return list(session().scalars(query.order_by(Indicator.created_at, Indicator.id)))


def signs_to_begin_with(signs: Sequence[Indicator]) -> list[Indicator]:
    """What is on a list unless somebody says otherwise: all that is not deliberately left alone."""
    return [sign for sign in signs if sign.decision != Decision.NOT_MEASURED]


def seconds_by_sign(signs: Sequence[Indicator]) -> dict[uuid.UUID, int]:
    """How many seconds answering each of these takes a person, as far as one can know."""
    times = tried(signs)
    return {
        sign.id: seconds_for(sign.shape or UNBUILT, sign.asked or sign.question, times[sign.id])
        for sign in signs
    }


def choosing_seen(viewer: Viewer, choosing_id: uuid.UUID) -> Choosing:
    """A choosing of the viewer's own space; others do not exist."""
    found = session().get(Choosing, choosing_id)
    if found is None or found.space_id != viewer.space_id:
        raise NotFound
    return found


def choosings_of(space_id: uuid.UUID) -> list[Choosing]:
    """Every choosing of a space, the newest first."""
    query = select(Choosing).where(Choosing.space_id == space_id)
    return list(session().scalars(query.order_by(Choosing.opened_at.desc(), Choosing.id.desc())))


def may_choose(viewer: Viewer, choosing: Choosing) -> bool:
    """Whether this viewer has a say in it."""
    if choosing.voice_id is None:
        return may(viewer, Act.CONTRIBUTE)
    return is_of_panel(viewer, choosing.voice_id)


def leads(viewer: Viewer, voice_id: uuid.UUID | None) -> bool:
    """Whether this viewer opens and closes a choosing of everybody, or of that panel, which is its own."""
    if voice_id is None:
        return may(viewer, Act.FACILITATE)
    return is_of_panel(viewer, voice_id) and voice_id in panels_of(viewer.space_id)


def listed(viewer: Viewer, choosing: Choosing) -> list[Listed]:
    """The signs on the list, in the order of proposal, with the words that this viewer may see."""
    query = (
        select(ChoosingItem.indicator_id, ChoosingItem.seconds, Indicator.asked, Indicator.question)
        .outerjoin(
            Indicator,
            (Indicator.id == ChoosingItem.indicator_id)
            & Indicator.withdrawn_at.is_(None)
            & visible(viewer, Indicator),
        )
        .where(ChoosingItem.choosing_id == choosing.id)
        .order_by(ChoosingItem.position)
    )
    return [Listed(str(row[0]), row[2] or row[3], row[1]) for row in session().execute(query)]


def costs_of(choosing: Choosing) -> dict[str, int]:
    """What can be chosen now, in the order of proposal: the signs that all may still see, with their cost."""
    query = (
        select(ChoosingItem.indicator_id, ChoosingItem.seconds)
        .join(Indicator, Indicator.id == ChoosingItem.indicator_id)
        .where(
            ChoosingItem.choosing_id == choosing.id,
            Indicator.withdrawn_at.is_(None),
            Indicator.visibility.in_(FOR_ALL),
        )
        .order_by(ChoosingItem.position)
    )
    return {str(sign_id): seconds for sign_id, seconds in session().execute(query)}


def ballot_of(viewer: Viewer, choosing: Choosing) -> Ballot | None:
    """What this viewer chose."""
    own = (Ballot.choosing_id == choosing.id) & (Ballot.maker_id == viewer.membership_id)
    return session().scalar(select(Ballot).where(own, Ballot.withdrawn_at.is_(None)))


def votes_in(choosing: Choosing) -> list[Vote]:
    """Everybody's choice, to count. It is for nobody's eyes."""
    query = (
        select(Ballot.maker_id, Membership.voice_id, Ballot.approved)
        .join(Membership, Membership.id == Ballot.maker_id)
        .where(Ballot.choosing_id == choosing.id, Ballot.withdrawn_at.is_(None))
        .order_by(Ballot.maker_id)
    )
    return [
        Vote(str(maker), str(voice or ""), approved) for maker, voice, approved in session().execute(query)
    ]


def remaining(choosing: Choosing) -> dict[str, int]:
    """How many people of each voice chose and did not take that back."""
    query = (
        select(Membership.voice_id, func.count())
        .join(Ballot, Ballot.maker_id == Membership.id)
        .where(Ballot.choosing_id == choosing.id, Ballot.withdrawn_at.is_(None))
        .group_by(Membership.voice_id)
    )
    return {str(voice or ""): people for voice, people in session().execute(query)}


def threshold_for(viewer: Viewer) -> int:
    """The fewest people that this viewer is shown as one."""
    inside = session().scalar(select(Space.threshold).where(Space.id == viewer.space_id)) or 0
    return inside if viewer.is_member or viewer.sees_space else max(inside, OUTSIDE_THRESHOLD)


def turnout(viewer: Viewer, choosing: Choosing) -> Turnout:
    """How many people chose until now."""
    sizes = Counter(remaining(choosing))
    groups = group_voices(sizes, threshold_for(viewer))
    alone = {group[0]: sizes[group[0]] for group in groups if len(group) == 1 and group[0]}
    return Turnout(sizes.total(), alone if len(groups) > 1 else {})


def outcome_for(viewer: Viewer, choosing: Choosing) -> Outcome | None:
    """What came out, as far as this viewer may see it; none while it is open, or when people are too few."""
    if choosing.closed_at is None or choosing.result is None:
        return None
    return read_outcome(choosing.result, remaining(choosing), threshold_for(viewer))


def words_of_signs(ids: Iterable[str]) -> list[str]:
    """What these signs say, the earliest first; what not all may see any more says nothing."""
    wanted = [uuid.UUID(each) for each in ids]
    query = select(Indicator.asked, Indicator.question).where(
        Indicator.id.in_(wanted), Indicator.withdrawn_at.is_(None), Indicator.visibility.in_(FOR_ALL)
    )
    return [asked or question for asked, question in session().execute(query.order_by(Indicator.created_at))]


def said_in_ballot(ballot: Ballot) -> list[str]:
    """What its maker reads back of a choice."""
    return words_of_signs(ballot.approved)

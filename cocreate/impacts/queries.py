"""Reading desired impacts: how people stand, what they say of them, which voices are missing."""

import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zlib import crc32

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_, func, or_, select

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.cards import render_cards
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.paging import MOST, Page, page_of
from cocreate.impacts.cells import Cell, Counted, tallies
from cocreate.impacts.models import DesiredImpact, RealismCheck, Stance
from cocreate.impacts.rules import OUTSIDE_THRESHOLD, REWORDED, Circle, Position, Realism, Stage, Tally
from cocreate.spaces.hiding import is_set_aside
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import Hoped, VoiceFacts, composition_of, voices_needed
from cocreate.spaces.rules import Activity
from cocreate.spaces.shelves import facts, seen

# The farthest circle that may know of something, by how far it is shown; nobody, when only its maker may.
FARTHEST = {
    Visibility.PUBLIC: Circle.OUTSIDE,
    Visibility.SPACE: Circle.SPACE,
    Visibility.WORKSHOP: Circle.MEETING,
}
OUTSIDE_CARD = "impact:outside"
COUNTED = 20_000
# Counts alone, by impact, version, circle and threshold: no words, and no voice in one language.
_counted: OrderedDict[tuple[uuid.UUID, int, Circle, int], tuple[list[tuple[uuid.UUID, Tally]], Tally]] = (
    OrderedDict()
)
Stands = Mapping[VoiceFacts, Sequence[Counted]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A kind of stance: the table it is kept in, which proposals it is about, and which answers it has."""

    kind: Any
    about: Any  # the column that names the proposal
    answer: Any  # the column with the answer
    proposal: Any
    answers: type[StrEnum]
    activity: Activity  # in which people answer


@dataclass(frozen=True, slots=True)
class Answers:
    """How people answered one question, as far as it may be shown: by voice, and all of them together."""

    by_voice: list[tuple[VoiceFacts, Tally]]
    overall: Tally


ON_IMPACTS = Standing(Stance, Stance.impact_id, Stance.position, DesiredImpact, Position, Activity.IMPACTS)
ON_REALISM = Standing(
    RealismCheck, RealismCheck.impact_id, RealismCheck.answer, DesiredImpact, Realism, Activity.IMPACTS
)


def impact_facts(
    ids: Iterable[uuid.UUID], circle: Circle = Circle.SPACE
) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What this circle sees on the cards of these impacts: the statement, and how each voice stands."""
    threshold = select(Space.threshold).where(Space.id == DesiredImpact.space_id).scalar_subquery()
    told = (
        threshold.label("threshold"),
        DesiredImpact.visibility.expression,
        DesiredImpact.space_id.expression,
        DesiredImpact.stage.expression,
    )
    found = facts(DesiredImpact, ids, *told)
    stands = stands_on(ON_IMPACTS, found)
    shown = {
        impact_id: answers_shown(stands.get(impact_id, {}), circle, row["visibility"], row["threshold"])
        for impact_id, row in found.items()
    }
    return {
        impact_id: {**row, "tallies": shown[impact_id].by_voice, "overall": shown[impact_id].overall}
        for impact_id, row in found.items()
    }


def card_seen_by(viewer: Viewer) -> str:
    """Which card of an impact this viewer reads in the library."""
    return DesiredImpact.topic if viewer.is_member else OUTSIDE_CARD


def reason_facts(ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Any]]:
    """What the cards of these stances show: where somebody stands, and why."""
    found = facts(Stance, ids, Stance.impact_id.expression, is_set_aside(Stance).label("is_aside"))
    return {key: {**row, "reason": "" if row["is_aside"] else row["reason"]} for key, row in found.items()}


def drawn_proposals(found: Mapping[uuid.UUID, Mapping[str, Any]]) -> list[Markup]:
    """The cards of proposals alone, for who still has to choose; drawn again when words or voice change."""
    told = {key: f"{row['voice'] and row['voice'].id} {row['statement']}" for key, row in found.items()}
    return render_cards("proposal", [(key, crc32(words.encode())) for key, words in told.items()])


def is_reworded_after_agreeing(impact: DesiredImpact) -> bool:
    """Whether it is talked about again because what was agreed is said in other words now."""
    if impact.stage != Stage.IN_DISCUSSION:
        return False
    decided = select(Change.payload).where(
        Change.subject_type == impact.topic, Change.subject_id == impact.id, Change.verb == "decided"
    )
    last = session().scalar(decided.order_by(Change.seq.desc()).limit(1))
    return bool(last and last.get("because") == REWORDED)


@dataclass(frozen=True, slots=True)
class AnswersOn:
    """How people stand towards an impact, whether they think it is realistic, who is still missing, and
    whom the space hopes to hear.
    """

    stands: Answers
    realism: Answers
    missing: list[VoiceFacts]
    hoped: list[Hoped]


def answers_on(viewer: Viewer, impact: DesiredImpact, threshold: int) -> AnswersOn:
    """How people answered what is asked about an impact, for this viewer; `threshold` is the space's."""
    told = (Circle.SPACE if viewer.is_member else Circle.OUTSIDE, impact.visibility, threshold)
    stands = stands_on(ON_IMPACTS, [impact.id]).get(impact.id, {})
    hoped = composition_of(impact.space_id)
    return AnswersOn(
        answers_shown(stands, *told),
        answers_shown(stands_on(ON_REALISM, [impact.id]).get(impact.id, {}), *told, Realism),
        _missing([each.voice for each in hoped if each.is_needed], stands),
        hoped,
    )


def stands_by_impact(
    viewer: Viewer, impacts: Sequence[DesiredImpact], threshold: int, voices: Sequence[VoiceFacts]
) -> dict[uuid.UUID, Answers]:
    """How people stand towards each of these, for this viewer. What was counted of a version stays so."""
    circle = Circle.SPACE if viewer.is_member else Circle.OUTSIDE
    keys = {impact.id: (impact.id, impact.version, circle, threshold) for impact in impacts}
    anew = [impact for impact in impacts if keys[impact.id] not in _counted]
    stands = stands_on(ON_IMPACTS, [impact.id for impact in anew]) if anew else {}
    for impact in anew:
        found = answers_shown(stands.get(impact.id, {}), circle, impact.visibility, threshold)
        _counted[keys[impact.id]] = [(voice.id, tally) for voice, tally in found.by_voice], found.overall
    by_id = {voice.id: voice for voice in voices}
    told = {impact_id: _counted[key] for impact_id, key in keys.items()}
    while len(_counted) > COUNTED:
        _counted.popitem(last=False)
    return {
        impact_id: Answers([(by_id[voice_id], tally) for voice_id, tally in tallies], overall)
        for impact_id, (tallies, overall) in told.items()
    }


def impacts_page(
    viewer: Viewer, number: int = 1, most: int = MOST, among: Iterable[uuid.UUID] | None = None
) -> Page[DesiredImpact]:
    """One page of impacts this viewer may see that stand on their own, newest first; of all, or `among`."""
    query = select(DesiredImpact).where(
        DesiredImpact.withdrawn_at.is_(None), visible(viewer, DesiredImpact), DesiredImpact.is_listed()
    )
    if among is not None:
        query = query.where(DesiredImpact.id.in_(set(among)))
    newest_first = query.order_by(DesiredImpact.created_at.desc(), DesiredImpact.id.desc())
    return page_of(newest_first, number, most)


def impacts_seen(
    viewer: Viewer, most: int = MOST, among: Iterable[uuid.UUID] | None = None
) -> list[DesiredImpact]:
    """The newest of these impacts, oldest first: all of them, as long as they fit on a page."""
    return impacts_page(viewer, 1, most, among).things[::-1]


def impact_seen(viewer: Viewer, impact_id: uuid.UUID) -> DesiredImpact:
    """An impact this viewer may see; everything else does not exist."""
    return seen(viewer, DesiredImpact, impact_id)


def speakers_by_voice(space_id: uuid.UUID) -> dict[str, int]:
    """How many people of each voice took a stance on anything that others may know of."""
    query = (
        select(Voice.key, func.count(Stance.maker_id.distinct()))
        .join(Membership, Membership.id == Stance.maker_id)
        .join(Voice, Voice.id == Membership.voice_id)
        .where(
            Stance.space_id == space_id,
            Stance.withdrawn_at.is_(None),
            Stance.visibility.in_([Visibility.SPACE, Visibility.PUBLIC]),
        )
        .group_by(Voice.key)
    )
    return dict(session().execute(query).all())


def voices_missing(impact: DesiredImpact) -> list[VoiceFacts]:
    """The voices that the space needs before it agrees, and of which nobody took a stance on this."""
    stands = stands_on(ON_IMPACTS, [impact.id]).get(impact.id, {})
    return _missing(voices_needed(impact.space_id), stands)


def _missing(needed: Iterable[VoiceFacts], stands: Stands) -> list[VoiceFacts]:
    heard = {voice.id for voice in stands}
    return [voice for voice in needed if voice.id not in heard]


def thresholds_of(visibility: str, threshold: int) -> dict[Circle, int]:
    """The circles that see a proposal that is shown this far, and how large a group must be there."""
    farthest = FARTHEST.get(Visibility(visibility), Circle.MEETING)
    outside = {Circle.OUTSIDE: max(threshold, OUTSIDE_THRESHOLD)}
    return {each: outside.get(each, threshold) for each in Circle if not each.is_farther_than(farthest)}


def answers_shown(
    stands: Stands, circle: Circle, visibility: str, threshold: int, answers: type[StrEnum] = Position
) -> Answers:
    """How people answered when it was last shown, for this circle; for the farthest that sees the proposal,
    when it does not.
    """
    thresholds = thresholds_of(visibility, threshold)
    seen_from = circle if circle in thresholds else next(iter(thresholds))
    counted = [each for people in stands.values() for each in people]
    found, overall = tallies(counted, seen_from, thresholds[seen_from], answers)
    return Answers([(voice, found[voice.id]) for voice in stands if voice.id in found], overall)


def is_counted(standing: Standing) -> ColumnElement[bool]:
    """Whether somebody else may know of an answer."""
    kind = standing.kind
    # What is meant for a meeting counts in that meeting, and only if the proposal was made there.
    is_of_meeting = and_(
        kind.visibility == Visibility.WORKSHOP, kind.workshop_id == standing.proposal.workshop_id
    )
    is_farther = kind.visibility.in_([Visibility.SPACE, Visibility.PUBLIC])
    return and_(kind.withdrawn_at.is_(None), or_(is_farther, is_of_meeting))


def stands_on(standing: Standing, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Stands]:
    """Who of each voice answered on each of these proposals, and how that is counted as it is shown now.

    What people say at this moment is not in it: that comes out in steps.
    """
    kind, columns = standing.kind, (Voice.id, Voice.key, Voice.name, Voice.icon, Voice.tone)
    is_brought = (Membership.brought_by != "").label("is_brought")
    shown = (kind.shown_in, kind.shown_voice_id, kind.shown_answer, is_brought)
    query = (
        select(standing.about.label("about"), kind.visibility, *shown, func.count().label("people"), *columns)
        .join(standing.proposal, standing.proposal.id == standing.about)
        .join(Membership, Membership.id == kind.maker_id)
        .join(Voice, Voice.id == Membership.voice_id)
        .where(standing.about.in_(set(ids)), is_counted(standing))
        .group_by(standing.about, kind.visibility, *shown, *columns, Voice.position)
        .order_by(Voice.position)
    )
    stands: dict[uuid.UUID, dict[VoiceFacts, list[Counted]]] = defaultdict(dict)
    voices: dict[uuid.UUID, VoiceFacts] = {}
    for row in session().execute(query):
        voice = voices.setdefault(row.id, VoiceFacts(row.id, row.key, row.name, row.icon, row.tone))
        cell = Cell(Circle(row.shown_in), row.shown_voice_id) if row.shown_in else None
        reach = FARTHEST[Visibility(row.visibility)]
        counted = Counted(voice.id, reach, row.people, cell, row.shown_answer, row.is_brought)
        stands[row.about].setdefault(voice, []).append(counted)
    return {**stands}

"""What came out of a step, as far as the room may see it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import or_, select

from cocreate.core.audience import Viewer, Visibility, visible
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import ON_IMPACTS, ON_REALISM, Answers, Standing, answers_shown, stands_on
from cocreate.impacts.rules import Circle
from cocreate.replies.models import MoodMark
from cocreate.replies.rules import Mood
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import SpaceFacts
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Step, Workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.withholding import shown_as_they_came, shown_of

FROZEN: Final = "result"  # where a step keeps what was shown of it
STANDS: Final = frozenset({StepKind.IMPACTS, StepKind.STANCES})  # where people say where they stand
VOTES: Final[Mapping[StepKind, Standing]] = {
    **dict.fromkeys(STANDS, ON_IMPACTS),
    StepKind.REALISM: ON_REALISM,
}
MOODS: Final = frozenset({StepKind.CHECK_IN, StepKind.CHECK_OUT})


@dataclass(frozen=True, slots=True)
class Vote:
    """How people answered on one proposal: by voice, and all of them together."""

    id: uuid.UUID
    words: str
    answers: Answers

    @property
    def is_shown(self) -> bool:
        """Whether anything of it is enough people to show."""
        return any(tally.is_shown for _voice, tally in [(None, self.answers.overall), *self.answers.by_voice])


@dataclass(frozen=True, slots=True)
class Moods:
    """How many people are here in which mood; what is not shown is too few people."""

    people: int
    shown: Mapping[str, int]

    @property
    def others(self) -> int:
        """How many people are in none of the counts."""
        return self.people - sum(self.shown.values())


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of one step."""

    step: Step
    answers: type[StrEnum] | None = None
    votes: list[Vote] = field(default_factory=list)
    moods: Moods | None = None
    came_in: Moods | None = None  # how people came in, beside how they leave


def has_result(workshop: Workshop, step: Step) -> bool:
    """Whether who leads can show the room what came out of this step.

    Where the agenda has a step of its own for where people stand, they are shown there and not before: who
    saw it would answer otherwise.
    """
    if step.kind == StepKind.IMPACTS and step.shown_at is None:
        return all(each.kind != StepKind.STANCES for each in workshop.steps)
    return ACTIVITIES[StepKind(step.kind)].has_result


def result_of(workshop: Workshop, step: Step, space: SpaceFacts) -> Result | None:
    """What the room is shown of this step now; none while who leads does not show it."""
    kind = StepKind(step.kind)
    if step.shown_at is None:
        return None
    if kind in VOTES:
        return Result(step, VOTES[kind].answers, votes=_votes(workshop, VOTES[kind], space))
    moods = _as_it_was(step, space.threshold)
    return Result(step, moods=moods, came_in=_came_in(workshop, step, space.threshold))


def _came_in(workshop: Workshop, step: Step, threshold: int) -> Moods | None:
    """What the room was shown of the last check-in before this check-out; none where it was not shown."""
    if step.kind != StepKind.CHECK_OUT:
        return None
    earlier = [each for each in workshop.steps if each.position < step.position]
    before = [each for each in earlier if each.kind == StepKind.CHECK_IN]
    return next((found for each in reversed(before) if (found := _as_it_was(each, threshold))), None)


def _votes(workshop: Workshop, standing: Standing, space: SpaceFacts) -> list[Vote]:
    """On everything that was proposed or answered here and that the room may see, the oldest first.

    Numbers come out in steps of enough people, so that two looks say no more than each of them.
    """
    room = Viewer(space.id, workshop_ids=frozenset({workshop.id}), sees_space=True)
    answered = select(standing.about).where(
        standing.kind.workshop_id == workshop.id,
        standing.kind.withdrawn_at.is_(None),
        standing.kind.visibility != Visibility.MAKER,  # nobody else may know of it
    )
    query = select(DesiredImpact).where(
        or_(DesiredImpact.workshop_id == workshop.id, DesiredImpact.id.in_(answered)),
        DesiredImpact.withdrawn_at.is_(None),
        visible(room, DesiredImpact),
        DesiredImpact.is_listed(),
    )
    impacts = list(session().scalars(query.order_by(DesiredImpact.created_at, DesiredImpact.id)))
    stands = stands_on(standing, [impact.id for impact in impacts])
    return [_vote(impact, standing, stands.get(impact.id, {}), workshop, space) for impact in impacts]


def _vote(
    impact: DesiredImpact, standing: Standing, stands: Any, workshop: Workshop, space: SpaceFacts
) -> Vote:
    # What was told to the people of another meeting is not for those of this one.
    circle = Circle.MEETING if impact.workshop_id == workshop.id else Circle.SPACE
    answers = answers_shown(stands, circle, impact.visibility, space.threshold, standing.answers)
    return Vote(impact.id, impact.statement, answers)


def moods_now(workshop_id: uuid.UUID, step_id: uuid.UUID, threshold: int) -> dict[str, Any]:
    """How people are here at this moment, to be kept as it is shown: later answers change nothing in it."""
    marks = session().execute(_counted(workshop_id, step_id)).all()
    shown = shown_as_they_came([(mark.mood, mark.brought_by) for mark in marks], threshold)
    return {
        "step_id": str(step_id),
        "people": len(marks),
        "shown": {mood.value: shown[mood] for mood in Mood if mood in shown},
        "of": [str(mark.id) for mark in marks],
    }


def _counted(workshop_id: uuid.UUID, step_id: uuid.UUID) -> Any:
    # As with a ballot: nobody else ever sees one mark, and all of them are counted.
    query = select(MoodMark.id, MoodMark.mood, Membership.brought_by)
    return query.join(Membership, Membership.id == MoodMark.maker_id).where(
        MoodMark.step_id == step_id,
        MoodMark.workshop_id == workshop_id,
        MoodMark.withdrawn_at.is_(None),
    )


def _as_it_was(step: Step, threshold: int) -> Moods | None:
    """What was kept, as far as it is enough people for this space by now; nothing of it once somebody takes
    back theirs: the difference would be theirs alone.
    """
    kept = step.settings.get(FROZEN, {})
    if kept.get("step_id") != str(step.id):
        return None
    still = select(MoodMark.id).where(
        MoodMark.id.in_([uuid.UUID(each) for each in kept["of"]]),
        MoodMark.withdrawn_at.is_(None),
    )
    moods = Moods(kept["people"], shown_of(kept["shown"], threshold, kept["people"]))
    is_whole = len(session().scalars(still).all()) == len(kept["of"])
    return moods if is_whole else replace(moods, shown={})

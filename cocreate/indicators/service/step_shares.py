"""How many people took a step in the direction they chose: shown once a quarter has ended, and no earlier."""

import uuid
from collections.abc import Iterable
from typing import Final

from cocreate.core.audience import Audience, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import utcnow
from cocreate.indicators.disclosure import Answer, Guard, Snapshot, publish
from cocreate.indicators.models import Goal, SmallStep, StepShare
from cocreate.indicators.quarters import Quarter
from cocreate.indicators.queries.measuring import day_of, timezone_of
from cocreate.indicators.queries.publications import content_of, snapshot_of
from cocreate.indicators.queries.step_shares import quarters_due, quarters_shown, who_stepped
from cocreate.spaces.models import Space

TOPIC: Final = "step_share"


def publish_ended_quarters(space_id: uuid.UUID) -> None:
    """Show what may be shown of each quarter that has ended; each of them once, the oldest first."""
    if not quarters_due(space_id):
        return
    with changing(space_id) as log:
        for quarter in quarters_due(space_id):
            snapshot = publish(None, who_stepped(space_id, quarter), _guard(log), _others(log, quarter))
            share = StepShare(
                space_id=space_id,
                quarter=str(quarter),
                content=content_of(snapshot),
                published_at=utcnow(),
            )
            log.session.add(share)
            log.session.flush()
            _record(log)


def step_withdrawn(log: Log, step_id: uuid.UUID) -> None:
    """Who took back a step is in no figure of that quarter any more, nor are those who stood with them."""
    step = log.session.get_one(SmallStep, step_id)
    _leave(log, step.maker_id, [Quarter.of(step.taken_on)])


def goal_withdrawn(log: Log, goal_id: uuid.UUID) -> None:
    """Who took back a goal is in no figure any more of the quarters in which they had it."""
    goal, timezone = log.session.get_one(Goal, goal_id), timezone_of(log.space_id)
    first = day_of(goal.created_at, timezone)
    last = day_of(goal.ended_at or utcnow(), timezone)
    quarters = [Quarter.read(each) for each in quarters_shown(log.space_id)]
    _leave(log, goal.maker_id, [each for each in quarters if each.first <= last and first <= each.last])


def _leave(log: Log, membership_id: uuid.UUID, quarters: Iterable[Quarter]) -> None:
    """Cells are frozen: what is shown stays, but for the cell of whoever left. Nobody else comes in."""
    for quarter in quarters:
        share = log.session.get(StepShare, (log.space_id, str(quarter)))
        if share is None:
            continue
        before = snapshot_of(share.content)
        still = {person for cell in before.cells for person in cell.people} - {str(membership_id)}
        answers = [Answer(person, "", (0,)) for person in sorted(still)]
        after = publish(before, answers, _guard(log), _others(log, quarter))
        if len(after.cells) < len(before.cells):
            share.content = content_of(after)
            _record(log)


def _guard(log: Log) -> Guard:
    """Quarters are guarded as if everybody stepped as before: a goal lasts, so few come and go."""
    return Guard(inside=log.session.get_one(Space, log.space_id).threshold)


def _others(log: Log, quarter: Quarter) -> list[Snapshot]:
    shown = quarters_shown(log.space_id)
    return [snapshot_of(content) for key, content in shown.items() if key != str(quarter)]


def _record(log: Log) -> None:
    log.record(
        TOPIC,
        "published",
        audience=Audience(Visibility.SPACE),
        subject_type="space",
        subject_id=log.space_id,
    )

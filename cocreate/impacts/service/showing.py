"""How people stand comes out in steps: enough people at a time, and in a meeting when that part is over."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, func, or_, select

from cocreate.core.audience import Visibility
from cocreate.core.changes import Log
from cocreate.impacts.cells import Cell, Cells, Told, in_step, without_who_left
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import FARTHEST, ON_IMPACTS, ON_REALISM, Standing, is_counted, thresholds_of
from cocreate.impacts.rules import Circle
from cocreate.spaces.contributions import record
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.openings import is_on_stage, on_stage_since


def keep_in_step(log: Log, standing: Standing, answer: Any, proposal: Any) -> None:
    """Somebody answered, took it back or shows it to others: hide what must go at once, and show how people
    stand when that is a step of enough people.
    """
    reach = _reach(answer, proposal.workshop_id)
    is_gone = answer.shown_in is not None and (reach is None or reach.is_nearer_than(Circle(answer.shown_in)))
    asked = {"proposal": proposal.id, "since": on_stage_since()}
    may_step = log.session.connection().execute(_waiting(standing, of_space=False), asked).first() is not None
    if may_step or is_gone:
        bring_up_to_date(log, standing, [proposal.id], may_step=may_step)


def show_how_people_stand(log: Log) -> None:
    """A part of a meeting is over: show of each wish how people stand, and whether they find it fair."""
    changed = bring_all_up_to_date(log, ON_IMPACTS) | bring_all_up_to_date(log, ON_REALISM)
    for impact in log.session.scalars(select(DesiredImpact).where(DesiredImpact.id.in_(changed))).all():
        if impact.withdrawn_at is None:
            show_again(log, impact)


def show_again(log: Log, impact: DesiredImpact) -> None:
    """The card of an impact looks different: how people stand has changed, or how many said so."""
    impact.touch()
    log.session.flush()
    if impact.visibility != Visibility.MAKER:
        record(log, impact, "changed")


def show_all_again(log: Log) -> None:
    """Numbers are shown of other groups from now on: no card of an impact is what it was."""
    wanted = select(DesiredImpact).where(
        DesiredImpact.space_id == log.space_id, DesiredImpact.withdrawn_at.is_(None)
    )
    for impact in log.session.scalars(wanted.order_by(DesiredImpact.id)).all():
        show_again(log, impact)


def bring_all_up_to_date(log: Log, standing: Standing) -> set[uuid.UUID]:
    """Of every proposal of the space on which enough people wait; gives those that look different now."""
    asked = {"space": log.space_id, "since": on_stage_since()}
    ids = log.session.scalars(_waiting(standing, of_space=True), asked).all()
    return bring_up_to_date(log, standing, ids, is_due=True)


def bring_up_to_date(
    log: Log,
    standing: Standing,
    ids: Iterable[uuid.UUID],
    *,
    may_step: bool = True,
    is_due: bool = False,
) -> set[uuid.UUID]:
    """Show how people stand on these proposals, where that is a step of enough people; gives which changed.

    Without `may_step` only what must go at once goes. `is_due` at the end of a part of a meeting.
    """
    changed = set()
    for proposal_id, (thresholds, rows) in _told(log, standing, ids).items():
        people = [told for _answer, told in rows]
        cells = in_step(people, thresholds, is_due) if may_step else without_who_left(people)
        _keep(rows, cells)
        if cells:
            changed.add(proposal_id)
    log.session.flush()
    return changed


@cache  # it takes longer to say than to answer
def _waiting(standing: Standing, *, of_space: bool) -> Select[Any]:
    """The proposals on which enough people wait to be shown anew, unless a meeting is at it now: all of the
    space, or one.
    """
    kind = standing.kind
    which = standing.proposal.space_id if of_space else standing.about
    is_waiting: ColumnElement[bool] = or_(kind.shown_in.is_(None), kind.shown_answer != standing.answer)
    threshold = select(Space.threshold).where(Space.id == standing.proposal.space_id)
    return (
        select(standing.about)
        .join(standing.proposal, standing.proposal.id == standing.about)
        .where(which == bindparam("space" if of_space else "proposal", type_=Uuid))
        .where(is_counted(standing), is_waiting, ~is_on_stage(standing.proposal.space_id, standing.activity))
        .group_by(standing.about, standing.proposal.space_id)
        .having(func.count() >= threshold.scalar_subquery())
    )


Rows = list[tuple[Any, Told]]


def _told(
    log: Log, standing: Standing, ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, tuple[dict[Circle, int], Rows]]:
    found: dict[uuid.UUID, tuple[dict[Circle, int], Rows]] = {}
    rows: dict[uuid.UUID, Rows] = defaultdict(list)
    for answer, voice_id, brought_by, workshop_id, visibility, threshold in log.session.execute(
        _everybody(standing), {"ids": list(ids)}
    ):
        proposal_id = getattr(answer, standing.about.key)
        reach = _reach(answer, workshop_id) if voice_id else None
        before = answer.shown_before.split()
        told = Told(
            answer.id,
            voice_id,
            reach,
            getattr(answer, standing.answer.key),
            Cell(Circle(answer.shown_in), answer.shown_voice_id) if answer.shown_in else None,
            answer.shown_answer,
            {said: Circle(circle) for said, _, circle in (each.partition(":") for each in before)},
            answer.left_shown,
            frozenset(brought_by.split()),
        )
        rows[proposal_id].append((answer, told))
        found[proposal_id] = thresholds_of(visibility, threshold), rows[proposal_id]
    return found


@cache
def _everybody(standing: Standing) -> Select[Any]:
    """Who answered on these proposals, as far as others may know of it or did until now."""
    kind, proposal = standing.kind, standing.proposal
    is_told = and_(is_counted(standing), Membership.voice_id.is_not(None))
    return (
        select(
            kind,
            Membership.voice_id,
            Membership.brought_by,
            proposal.workshop_id,
            proposal.visibility,
            Space.threshold,
        )
        .join(proposal, proposal.id == standing.about)
        .join(Space, Space.id == proposal.space_id)
        .join(Membership, Membership.id == kind.maker_id)
        .where(standing.about.in_(bindparam("ids", expanding=True)), or_(kind.shown_in.is_not(None), is_told))
        .order_by(kind.id)
    )


def _keep(rows: Rows, cells: Cells) -> None:
    for answer, told in rows:
        if answer.id in cells:
            cell = cells[answer.id]
            answer.shown_in = cell.circle if cell else None
            answer.shown_voice_id = cell.voice if cell else None
            answer.shown_answer = told.answer if cell else None
            if cell:
                seen = told.before.get(told.answer, Circle.MEETING)
                farthest = cell.circle if cell.circle.is_farther_than(seen) else seen
                before = {**told.before, told.answer: farthest}
                answer.shown_before = " ".join(f"{said}:{circle}" for said, circle in before.items())


def _reach(answer: Any, meeting_id: uuid.UUID | None) -> Circle | None:
    """The farthest circle that may know of an answer; `meeting_id` is where the proposal was made."""
    circle = FARTHEST.get(Visibility(answer.visibility))
    is_elsewhere = answer.visibility == Visibility.WORKSHOP and (
        meeting_id is None or answer.workshop_id != meeting_id
    )
    return None if answer.withdrawn_at is not None or is_elsewhere else circle

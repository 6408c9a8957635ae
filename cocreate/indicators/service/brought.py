"""Tables that came in: asking whether one is a correction, and taking one out again."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, null, select, update

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, Receipt, changing
from cocreate.core.db import empty_write_ahead_log, new_id, utcnow
from cocreate.core.problems import Conflict, NotFound
from cocreate.indicators.models import Answer, BroughtPerson, BroughtTable, ExportConsent, Measuring
from cocreate.indicators.queries.brought import brought_before, last_taken_at, rounds_in, rows_in, rows_of
from cocreate.indicators.queries.tables import measuring_of_member
from cocreate.indicators.service.publishing import taken_back
from cocreate.spaces.contributions import withdraw
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.queries import viewer_for
from cocreate.spaces.rules import Act, may


@dataclass(frozen=True, slots=True)
class Arriving:
    """A table that comes in: its mark, its answers, and whether it has the columns of one that was taken."""

    mark: str
    answers: list[dict[str, Any]]
    rows: int
    is_like_taken: bool


class LooksLikeBefore(Conflict):
    """These people may be in here already, and nobody said that they are others."""

    def __init__(self, mark: str, at: datetime, same: int = 0, is_taken: bool = False) -> None:
        super().__init__(_l("These people may be in here already."))
        self.mark = mark
        self.at = at  # of the table that it looks like
        self.same = same  # rows; nothing where somebody else brought that one in
        self.is_taken = is_taken  # that one was taken along from here


def ask_once(viewer: Viewer, measuring: Measuring, arriving: Arriving) -> None:
    """Raise `LooksLikeBefore` where this may be a table that is in here or was taken from here, corrected.

    Rows are compared only with those that the same member brought in: of other tables, how many rows are the
    same would tell what is in them.
    """
    rows = rows_of(arriving.answers)
    tables = brought_before(measuring)
    mine = [each for each in tables if each.brought_by_id == viewer.membership_id]
    same = [(sum((rows_in(each) & rows).values()), each.brought_at) for each in mine]
    most, at = max(same, default=(0, None))
    if most and at is not None:
        raise LooksLikeBefore(arriving.mark, at, most)
    rounds = {round_id for round_id, _told in rows}
    for each in tables:
        if each not in mine and rounds & rounds_in(each):
            raise LooksLikeBefore(arriving.mark, each.brought_at)
    taken = last_taken_at(measuring) if arriving.is_like_taken else None
    if taken is not None:
        raise LooksLikeBefore(arriving.mark, taken, is_taken=True)


def remember(
    log: Log,
    viewer: Viewer,
    measuring: Measuring,
    arriving: Arriving,
    receipt_id: uuid.UUID,
    people: Iterable[uuid.UUID],
) -> None:
    """Keep who came in with this table, so that it can be taken out again."""
    table_id, connection = new_id(), log.session.connection()
    facts: Mapping[str, Any] = {
        "id": table_id,
        "measuring_id": measuring.id,
        "brought_by_id": viewer.membership_id,
        "receipt_id": receipt_id,
        "brought_at": utcnow(),
        "rows": arriving.rows,
    }
    connection.execute(insert(BroughtTable), facts)
    connection.execute(
        insert(BroughtPerson), [{"membership_id": each, "table_id": table_id} for each in people]
    )


def take_out_again(viewer: Viewer, measuring_id: uuid.UUID, table_id: uuid.UUID) -> None:
    """All that came in with this table goes, as if its people took it back; then it may come in anew."""
    measuring = measuring_of_member(viewer, measuring_id)
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    with changing(viewer.space_id) as log:
        table = log.session.get(BroughtTable, table_id)
        if table is None or table.measuring_id != measuring.id:
            raise NotFound
        if table.taken_out_at is not None:
            return
        _withdraw(log, table)
        table.taken_out_at = utcnow()
        log.session.execute(delete(Receipt).where(Receipt.id == table.receipt_id))
        log.session.execute(delete(BroughtPerson).where(BroughtPerson.table_id == table.id))
        log.record(
            "measuring",
            "brought_out",
            audience=Audience(Visibility.SPACE),
            subject_type="measuring",
            subject_id=measuring.id,
            actor_id=viewer.membership_id,
        )
    empty_write_ahead_log()


def _withdraw(log: Log, table: BroughtTable) -> None:
    people = select(BroughtPerson.membership_id).where(BroughtPerson.table_id == table.id)
    theirs = (Answer.maker_id.in_(people), Answer.withdrawn_at.is_(None))
    places = log.session.execute(select(Answer.round_id, Answer.item_id).where(*theirs).distinct()).all()
    _withdraw_shown(log, theirs)
    gone = {"value": null(), "missing": None, "signed": None, "withdrawn_at": utcnow()}
    log.session.execute(update(Answer).where(*theirs).values(**gone, version=Answer.version + 1))
    agreed = (ExportConsent.membership_id.in_(people), ExportConsent.ended_at.is_(None))
    log.session.execute(update(ExportConsent).where(*agreed).values(ended_at=utcnow()))
    for round_id, item_id in places:
        taken_back(log, round_id, item_id)


def _withdraw_shown(log: Log, theirs: Iterable[Any]) -> None:
    """Words that others read go from their pages; of the rest nobody has seen anything but figures."""
    space = log.session.get_one(Space, log.space_id)
    shown = select(Answer.id, Membership).join(Membership, Membership.id == Answer.maker_id)
    for answer_id, maker in log.session.execute(
        shown.where(*theirs, Answer.visibility != Visibility.MAKER)
    ).all():
        withdraw(viewer_for(space, maker), Answer, answer_id)

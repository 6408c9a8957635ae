"""Reading which tables came in, and whether one that comes in now looks like one of them."""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cocreate.core.db import session
from cocreate.indicators.models import Answer, BroughtPerson, BroughtTable, Measuring, TableExport

Rows = Counter[tuple[uuid.UUID, frozenset[str]]]  # of a round, all that somebody answered in it


def brought_before(measuring: Measuring) -> list[BroughtTable]:
    """The tables that were brought in and are still in here, the last first."""
    query = select(BroughtTable).where(
        BroughtTable.measuring_id == measuring.id, BroughtTable.taken_out_at.is_(None)
    )
    return list(session().scalars(query.order_by(BroughtTable.brought_at.desc(), BroughtTable.id.desc())))


def last_taken_at(measuring: Measuring) -> datetime | None:
    """When a table of answers was taken along for the last time."""
    query = select(TableExport.made_at).where(TableExport.measuring_id == measuring.id)
    return session().scalar(query.order_by(TableExport.made_at.desc()).limit(1))


def rounds_in(table: BroughtTable) -> set[uuid.UUID]:
    """The rounds that a table told of."""
    return set(session().scalars(_told(table, Answer.round_id).distinct()))


def rows_in(table: BroughtTable) -> Rows:
    """What stands in a table, without who said it."""
    columns = (Answer.maker_id, Answer.round_id, Answer.item_id, Answer.value, Answer.missing)
    return rows_of(row._asdict() for row in session().execute(_told(table, *columns)))


def rows_of(answers: Iterable[Mapping[str, Any]]) -> Rows:
    """Answers as rows: what one person answered in one round."""
    rows: defaultdict[tuple[uuid.UUID, uuid.UUID], set[str]] = defaultdict(set)
    for each in answers:
        told = json.dumps([str(each["item_id"]), each["value"], each["missing"]])
        rows[each["maker_id"], each["round_id"]].add(told)
    return Counter((round_id, frozenset(told)) for (_maker_id, round_id), told in rows.items())


def _told(table: BroughtTable, *columns: Any) -> Any:
    query = select(*columns).join(BroughtPerson, BroughtPerson.membership_id == Answer.maker_id)
    return query.where(BroughtPerson.table_id == table.id, Answer.withdrawn_at.is_(None))

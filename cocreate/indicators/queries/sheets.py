"""Reading a round as sheets of paper: what is printed, and who may enter what was written."""

import re
import uuid
from collections.abc import Iterable
from typing import Final

from sqlalchemy import exists, select

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators.models import Answer, Measuring, PaperPerson, Round
from cocreate.indicators.queries.instruments import Question, instrument_seen, questions_of
from cocreate.indicators.queries.measuring import may_enter, round_seen

_ENTERED: Final = (Answer.is_on_paper.is_(True), Answer.withdrawn_at.is_(None))


def paper_round(viewer: Viewer, round_id: uuid.UUID) -> tuple[Round, Measuring]:
    """A round for who may enter its sheets; for others it does not exist."""
    found, measuring = round_seen(viewer, round_id)
    if not may_enter(viewer, measuring):
        raise NotFound
    return found, measuring


def questions_on(viewer: Viewer, found: Round) -> list[Question]:
    """The questions of a round as they stand on its sheets."""
    return questions_of(instrument_seen(viewer, found.instrument_id))


def has_answers(space_id: uuid.UUID, round_id: uuid.UUID, label: str) -> bool:
    """Whether whoever has this label answered something in this round, and did not take it back."""
    theirs = exists().where(
        PaperPerson.space_id == space_id,
        PaperPerson.label == label,
        Answer.maker_id == PaperPerson.membership_id,
        Answer.round_id == round_id,
        Answer.withdrawn_at.is_(None),
    )
    return bool(session().scalar(select(theirs)))


def entered_from(round_id: uuid.UUID, writer_id: uuid.UUID) -> list[Answer]:
    """What was entered from the sheet of somebody in this round, and not taken back."""
    theirs = select(Answer).where(Answer.maker_id == writer_id)
    return list(session().scalars(theirs.where(Answer.round_id == round_id, *_ENTERED).order_by(Answer.id)))


def labels_in(found: Round) -> list[str]:
    """What stands on the sheets that were entered in a round, in the order of a pile."""
    query = select(PaperPerson.label).join(Answer, Answer.maker_id == PaperPerson.membership_id).distinct()
    return sorted(session().scalars(query.where(Answer.round_id == found.id, *_ENTERED)), key=_in_order)


def with_sheets(rounds: Iterable[Round]) -> set[uuid.UUID]:
    """The rounds in which somebody entered a sheet."""
    query = select(Answer.round_id).join(PaperPerson, PaperPerson.membership_id == Answer.maker_id).distinct()
    return set(session().scalars(query.where(Answer.round_id.in_([each.id for each in rounds]), *_ENTERED)))


def _in_order(label: str) -> list[str | int]:
    parts = re.split(r"([0-9]+)", label.casefold())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]

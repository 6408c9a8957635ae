"""Reading a round as sheets of paper: what is printed, and who may enter what was written."""

import uuid

from sqlalchemy import exists, select

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators.models import Answer, Measuring, PaperPerson, Round
from cocreate.indicators.queries.instruments import Question, instrument_seen, questions_of
from cocreate.indicators.queries.measuring import may_enter, round_seen


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

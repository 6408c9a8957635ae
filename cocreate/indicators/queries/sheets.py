"""Reading a round as sheets of paper: what is printed, and who may enter what was written."""

import uuid

from sqlalchemy import select

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators.models import Measuring, Round
from cocreate.indicators.queries.instruments import Question, instrument_seen, questions_of
from cocreate.indicators.queries.measuring import round_seen
from cocreate.spaces.models import Voice
from cocreate.spaces.rules import Act, may


def may_enter(viewer: Viewer, measuring: Measuring) -> bool:
    """Whether this viewer may enter sheets: who leads; of what a panel measures, only who is on it."""
    if measuring.voice_id is not None and _is_panel(measuring.voice_id):
        return may(viewer, Act.CONTRIBUTE) and viewer.voice_id == measuring.voice_id
    return may(viewer, Act.FACILITATE)


def paper_round(viewer: Viewer, round_id: uuid.UUID) -> tuple[Round, Measuring]:
    """A round for who may enter its sheets; for others it does not exist."""
    found, measuring = round_seen(viewer, round_id)
    if not may_enter(viewer, measuring):
        raise NotFound
    return found, measuring


def questions_on(viewer: Viewer, found: Round) -> list[Question]:
    """The questions of a round as they stand on its sheets."""
    return questions_of(instrument_seen(viewer, found.instrument_id))


def _is_panel(voice_id: uuid.UUID) -> bool:
    return bool(session().scalar(select(Voice.is_panel).where(Voice.id == voice_id)))

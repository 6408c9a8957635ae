"""Reading questionnaires: what stands in a version, question by question."""

import json
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import selectinload

from cocreate.core.audience import Viewer
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators import scoring
from cocreate.indicators.instrument_files import read_instrument
from cocreate.indicators.models import Instrument


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one version, ready to be asked."""

    item_id: uuid.UUID
    question_id: uuid.UUID
    key: str
    text: str
    answers: scoring.Answers
    sensitivity: int
    indicator_id: uuid.UUID | None


def instrument_seen(viewer: Viewer, instrument_id: uuid.UUID) -> Instrument:
    """A version of a questionnaire of the viewer's own space, with its items; others do not exist."""
    found = session().get(Instrument, instrument_id, options=[selectinload(Instrument.items)])
    if found is None or found.space_id != viewer.space_id or not viewer.is_member:
        raise NotFound
    return found


def definition_of(instrument: Instrument) -> scoring.Instrument:
    """All that counts of this version."""
    return read_instrument(json.dumps(instrument.definition).encode())


def questions_of(instrument: Instrument) -> list[Question]:
    """The questions of this version, in their order."""
    definition = definition_of(instrument)
    by_key = {item.key: item for item in definition.items}
    return [
        Question(
            item.id,
            item.question_id,
            item.key,
            by_key[item.key].text,
            definition.answers[by_key[item.key].answers],
            item.sensitivity,
            item.indicator_id,
        )
        for item in instrument.items
    ]

"""Putting a questionnaire together."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id
from cocreate.indicators import scoring
from cocreate.indicators.instrument_files import write_instrument
from cocreate.indicators.kinds import AnswerShape
from cocreate.indicators.models import Instrument, InstrumentItem


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it goes into a questionnaire."""

    text: str
    shape: AnswerShape
    sensitivity: int = 0
    indicator_id: uuid.UUID | None = None


def compose(
    viewer: Viewer, title: str, asked: Sequence[Asked], voice_id: uuid.UUID | None = None
) -> uuid.UUID:
    """A first version out of these questions, in this order."""
    with changing(viewer.space_id) as log:
        instrument_id, keys = new_id(), [f"q{number}" for number in range(1, len(asked) + 1)]
        definition = scoring.Instrument(
            key="own",
            title=title,
            answers={key: each.shape for key, each in zip(keys, asked, strict=True)},
            items=tuple(scoring.Item(key, each.text, key) for key, each in zip(keys, asked, strict=True)),
        )
        instrument = Instrument(
            id=instrument_id,
            space_id=viewer.space_id,
            voice_id=voice_id,
            title=title,
            definition=json.loads(write_instrument(definition)),
            made_by_id=viewer.membership_id,
        )
        instrument.items = [
            InstrumentItem(
                position=position,
                key=key,
                sensitivity=each.sensitivity,
                indicator_id=each.indicator_id,
            )
            for position, (key, each) in enumerate(zip(keys, asked, strict=True))
        ]
        log.session.add(instrument)
        log.record(
            "instrument",
            "composed",
            audience=Audience(Visibility.SPACE),
            subject_type="instrument",
            subject_id=instrument_id,
            actor_id=viewer.membership_id,
        )
        return instrument_id

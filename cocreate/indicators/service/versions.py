"""Versions of a questionnaire: frozen by their first answer; what stays comparable from one to the next."""

import json
import uuid
from typing import Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.db import new_id, utcnow
from cocreate.core.i18n import speaking
from cocreate.core.problems import Conflict, NotFound
from cocreate.indicators import edits, scoring
from cocreate.indicators.instrument_files import write_instrument
from cocreate.indicators.models import Instrument, InstrumentItem
from cocreate.indicators.queries.instruments import (
    all_questions_of,
    asked_before,
    asked_of,
    definition_now,
    definition_of,
    equals_of,
    instrument_seen,
    is_left_alone,
    is_newest,
    may_compose,
    newest_of,
)
from cocreate.spaces.models import Space

TAKEN_BACK: Final = _l("This question was taken back.")
LEFT_ALONE: Final = _l("The group decided not to measure any of these questions, so there is nothing to ask.")


def freeze(log: Log, instrument: Instrument) -> None:
    """The first answer to this version came: from now on it stays as it is."""
    if instrument.frozen_at is not None:
        return
    left_out = {each.item_id for each in all_questions_of(instrument) if each.is_left_out}
    for item in instrument.items:
        item.is_left_out = item.id in left_out
    here = (Instrument.id == instrument.id) & Instrument.frozen_at.is_(None)
    log.session.execute(update(Instrument).where(here).values(frozen_at=utcnow()))
    log.session.refresh(instrument, ["frozen_at"])
    record(log, instrument, "frozen")


def make_version(viewer: Viewer, instrument_id: uuid.UUID) -> uuid.UUID:
    """Copy a version that has answers, to change the copy. Its questions are still the same questions."""
    with changing(viewer.space_id) as log:
        before = own_instrument(log, viewer, instrument_id)
        if before.frozen_at is None:
            raise Conflict(_l("Nobody answered this yet. You can still change it as it is."))
        if not is_newest(before):
            raise Conflict(_l("There is a newer version already. Change that one."))
        if is_left_alone(before):
            raise Conflict(LEFT_ALONE)
        return _copy(log, before, viewer).id


def as_decided(log: Log, asked: Instrument) -> Instrument:
    """What a next round asks instead of this version: the same without what the group decided not to measure
    since people answered it. A newer version that is not ready yet comes after it.
    """
    questions = asked_of(asked)
    if not any(each.is_left_alone for each in questions) or is_left_alone(asked):
        return asked
    newest = newest_of(asked.series_id)
    if newest.id != asked.id:
        newest.version += 1
        log.session.flush()
        keep(newest, definition_of(newest))
    return _copy(log, asked)


def _copy(log: Log, before: Instrument, viewer: Viewer | None = None) -> Instrument:
    """A next version of what is still to be asked."""
    definition = definition_now(before)
    gone = {each.key for each in all_questions_of(before) if each.is_taken_back or each.is_left_alone}
    for key in gone - edits.scored(definition):
        if len(definition.items) > 1:
            definition = edits.without(definition, key)
    after = _copied(viewer, before)
    kept = {item.key for item in definition.items}
    after.items = [same_question(each) for each in before.items if each.key in kept]
    log.session.add(after)
    keep(after, definition)
    log.session.flush()
    record(log, after, "composed", viewer)
    return after


def _copied(viewer: Viewer | None, before: Instrument) -> Instrument:
    return Instrument(
        id=new_id(),
        space_id=before.space_id,
        series_id=before.series_id,
        version=before.version + 1,
        voice_id=before.voice_id,
        title=before.title,
        definition={},
        made_by_id=viewer.membership_id if viewer else None,
    )


def same_question(item: InstrumentItem, question_id: uuid.UUID | None = None) -> InstrumentItem:
    """The same place in another version; with another question when one is given."""
    return InstrumentItem(
        id=new_id(),
        position=item.position,
        key=item.key,
        question_id=question_id or item.question_id,
        indicator_id=item.indicator_id,
        sensitivity=item.sensitivity,
        overruled_because=item.overruled_because,
    )


def declare_equal(
    viewer: Viewer, instrument_id: uuid.UUID, item_id: uuid.UUID, question_id: uuid.UUID | None
) -> None:
    """Say that a question asks the same as an earlier one, so that they are compared; or (None) not.

    Only where the answers allow it: the same kind with the same ends. A new spelling is fine.
    """
    with changing(viewer.space_id) as log:
        instrument = open_instrument(log, viewer, instrument_id)
        item = item_in(instrument, item_id)
        if question_id is None:
            item.question_id = new_id()
        elif item.question_id != question_id:
            if question_id not in {each.question_id for each in equals_of(instrument, item)}:
                raise Conflict(_l("These two cannot be compared: they are answered in different ways."))
            item.question_id = question_id
        log.session.flush()
        record(log, instrument, "changed", viewer)


def question_id_for(
    instrument: Instrument, said: edits.Posed, but: InstrumentItem | None = None
) -> uuid.UUID:
    """That of an earlier version when exactly this was asked there, else a new one.

    Not one that another question of this version has; `but` is the one it takes the place of.
    """
    taken = {item.question_id for item in instrument.items if item is not but}
    for earlier in reversed(asked_before(instrument)):
        if earlier.posed == said and earlier.question_id not in taken:
            return earlier.question_id
    return new_id()


def own_instrument(log: Log, viewer: Viewer, instrument_id: uuid.UUID) -> Instrument:
    """A version as it stands in this transaction, for who may change it; for others it does not exist."""
    instrument = instrument_seen(viewer, instrument_id)
    log.session.refresh(instrument)
    if not may_compose(viewer, instrument.voice_id):
        raise NotFound
    return instrument


def open_instrument(log: Log, viewer: Viewer, instrument_id: uuid.UUID) -> Instrument:
    """The same, as long as nobody answered it."""
    instrument = own_instrument(log, viewer, instrument_id)
    if instrument.frozen_at is not None:
        raise Conflict(
            _l("Somebody answered this already, so it stays as it is. Make a new version to change it.")
        )
    return instrument


def item_in(instrument: Instrument, item_id: uuid.UUID) -> InstrumentItem:
    """One of its questions."""
    for item in instrument.items:
        if item.id == item_id:
            return item
    raise NotFound


def keep(instrument: Instrument, definition: scoring.Instrument) -> None:
    """Put down what this version holds now; its items follow in order and sensitivity."""
    definition = edits.named(definition, instrument.title, instrument.version)
    instrument.definition = json.loads(write_instrument(definition))
    places = {item.key: place for place, item in enumerate(definition.items)}
    for item in instrument.items:
        item.position = places[item.key]
        item.sensitivity = edits.item_of(definition, item.key).sensitivity


def record(log: Log, instrument: Instrument, verb: str, viewer: Viewer | None = None) -> None:
    """Write into the log what happened to a version."""
    log.record(
        "instrument",
        verb,
        audience=Audience(Visibility.SPACE),
        subject_type="instrument",
        subject_id=instrument.id,
        actor_id=viewer.membership_id if viewer else None,
    )


def let_go(log: Log, indicator_id: uuid.UUID) -> None:
    """A sign was taken back: its words go from every version, also from one that has answers."""
    items = log.session.scalars(select(InstrumentItem).where(InstrumentItem.indicator_id == indicator_id))
    for item in items.all():
        instrument = log.session.get_one(Instrument, item.instrument_id)
        space = log.session.get_one(Space, instrument.space_id)
        with speaking(space.language):
            words = str(TAKEN_BACK)
        keep(instrument, edits.taken_back(definition_of(instrument), item.key, words))
        item.overruled_because = ""
        log.session.flush()
        record(log, instrument, "changed")

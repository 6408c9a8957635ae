"""Reading questionnaires: what stands in a version, question by question."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.indicators import scoring
from cocreate.indicators.cost import minutes_for, seconds_for
from cocreate.indicators.edits import Posed, as_delicate, is_comparable, posed
from cocreate.indicators.instrument_files import read_instrument
from cocreate.indicators.kinds import AnswerShape, Missing
from cocreate.indicators.models import Answer, Indicator, Instrument, InstrumentItem
from cocreate.indicators.order import better
from cocreate.indicators.queries.behind import SHOWN, Behind, delicate, signs_behind, taken_back_of
from cocreate.indicators.queries.building import tried
from cocreate.indicators.rules import Decision
from cocreate.spaces.models import Membership, Voice
from cocreate.spaces.rules import Act, is_of_panel, may


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
    is_taken_back: bool = False  # its sign was withdrawn, or is not for everybody any more
    because: str = ""  # why words that may hurt stay in it here
    is_left_alone: bool = False  # the group decided not to measure its sign
    is_left_out: bool = False  # and that was so before anybody answered this version

    @property
    def is_asked(self) -> bool:
        """Whether this version still asks it."""
        return not self.is_taken_back and not self.is_left_out


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire as it stands in a list: its newest version."""

    id: uuid.UUID
    title: str
    version: int
    frozen_at: datetime | None
    voice_id: uuid.UUID | None
    questions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that can be asked, as it was built."""

    id: uuid.UUID
    text: str
    shape: AnswerShape
    sensitivity: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question of an earlier version, with the version in which it was asked last."""

    question_id: uuid.UUID
    version: int
    posed: Posed


def instrument_seen(viewer: Viewer, instrument_id: uuid.UUID) -> Instrument:
    """A version of a questionnaire of the viewer's own space, with its items; others do not exist."""
    found = session().get(Instrument, instrument_id, options=[selectinload(Instrument.items)])
    if found is None or found.space_id != viewer.space_id or not viewer.is_member:
        raise NotFound
    return found


def definition_of(instrument: Instrument) -> scoring.Instrument:
    """All that counts of this version."""
    return read_instrument(json.dumps(instrument.definition).encode())


def definition_now(instrument: Instrument) -> scoring.Instrument:
    """The same, with each question as delicate as it is by now."""
    now = {each.key: each.sensitivity for each in all_questions_of(instrument)}
    return as_delicate(definition_of(instrument), now)


def questions_of(instrument: Instrument) -> list[Question]:
    """What is asked of this version now, never a sensitive question first or last where it can be helped."""
    still = asked_of(instrument)
    return [still[place] for place in better([each.sensitivity for each in still])]


def asked_of(instrument: Instrument) -> list[Question]:
    """What is asked of this version now, in its own order."""
    return [each for each in all_questions_of(instrument) if each.is_asked]


def all_questions_of(instrument: Instrument) -> list[Question]:
    """All that stands in this version, in its own order; what was taken back is there without its words."""
    definition = definition_of(instrument)
    signs = signs_behind(item.indicator_id for item in instrument.items)
    return [
        _question(
            instrument,
            item,
            posed(definition, item.key),
            signs.get(item.indicator_id) if item.indicator_id else None,
        )
        for item in instrument.items
    ]


def _question(instrument: Instrument, item: InstrumentItem, met: Posed, sign: Behind | None) -> Question:
    is_gone = sign is not None and not sign.is_for_all
    is_left_alone = sign is not None and sign.is_left_alone
    return Question(
        *(item.id, item.question_id, item.key, "" if is_gone else met.text, met.answers),
        *(delicate(item, sign), item.indicator_id, is_gone, "" if is_gone else item.overruled_because),
        is_left_alone=is_left_alone,
        # With an answer a version stays as it is, whatever is decided after that.
        is_left_out=is_left_alone if instrument.frozen_at is None else item.is_left_out,
    )


def to_ask(instrument: Instrument) -> list[Question]:
    """What a round that opens now asks of it, in its own order."""
    return [each for each in asked_of(instrument) if not each.is_left_alone]


def is_left_alone(instrument: Instrument) -> bool:
    """Whether nothing is left of it to ask, because the group decided so."""
    still = [each for each in all_questions_of(instrument) if not each.is_taken_back]
    return bool(still) and all(each.is_left_alone for each in still)


def newest_of(series_id: uuid.UUID) -> Instrument:
    """The newest version of a questionnaire."""
    query = select(Instrument).where(Instrument.series_id == series_id).order_by(Instrument.version.desc())
    return session().scalars(query.options(selectinload(Instrument.items)).limit(1)).one()


def is_newest(instrument: Instrument) -> bool:
    """Whether there is no later version of it."""
    newest = select(func.max(Instrument.version)).where(Instrument.series_id == instrument.series_id)
    return session().scalar(newest) == instrument.version


def may_compose(viewer: Viewer, voice_id: uuid.UUID | None) -> bool:
    """Whether this viewer may make or change such a questionnaire: who leads; a panel's is its own."""
    if voice_id is not None and is_panel(voice_id):
        return is_of_panel(viewer, voice_id)
    return may(viewer, Act.FACILITATE)


def is_panel(voice_id: uuid.UUID) -> bool:
    """Whether what people of this voice make together is their own."""
    return bool(session().scalar(select(Voice.is_panel).where(Voice.id == voice_id)))


def owners_open_to(viewer: Viewer) -> list[uuid.UUID | None]:
    """For whom this viewer may make a questionnaire: the space (None), the panel they belong to, or both."""
    owners: list[uuid.UUID | None] = [None] if may_compose(viewer, None) else []
    if viewer.voice_id and is_panel(viewer.voice_id) and may_compose(viewer, viewer.voice_id):
        owners.append(viewer.voice_id)
    return owners


def instruments_of(space_id: uuid.UUID) -> list[Listed]:
    """The newest version of each questionnaire of a space, the last made first."""
    newest = (
        select(Instrument.series_id, func.max(Instrument.version).label("version"))
        .where(Instrument.space_id == space_id)
        .group_by(Instrument.series_id)
        .subquery()
    )
    query = (
        select(Instrument)
        .join(
            newest,
            (Instrument.series_id == newest.c.series_id) & (Instrument.version == newest.c.version),
        )
        .order_by(Instrument.created_at.desc(), Instrument.id.desc())
        .options(selectinload(Instrument.items))
    )
    return [_listed(each) for each in session().scalars(query)]


def _listed(instrument: Instrument) -> Listed:
    questions = questions_of(instrument)
    return Listed(
        *(instrument.id, instrument.title, instrument.version, instrument.frozen_at, instrument.voice_id),
        *(len(questions), minutes_of(questions)),
    )


def minutes_of(questions: Sequence[Question]) -> int:
    """About how long answering takes, in whole minutes: as people needed when they tried it, else a guess."""
    ids = {each.indicator_id for each in questions if each.indicator_id}
    tried_by = tried(list(session().scalars(select(Indicator).where(Indicator.id.in_(ids))))) if ids else {}
    return minutes_for(
        [
            seconds_for(each.answers, each.text, tried_by[each.indicator_id] if each.indicator_id else [])
            for each in questions
        ]
    )


def signs_to_ask(viewer: Viewer, but: Iterable[uuid.UUID | None] = ()) -> list[Sign]:
    """The signs that are to be measured and that everybody may see, each with its question; oldest first."""
    query = select(Indicator).where(
        visible(viewer, Indicator),
        Indicator.withdrawn_at.is_(None),
        Indicator.visibility.in_(SHOWN),
        Indicator.decision == Decision.MEASURE,
        Indicator.kind.is_not(None),
        Indicator.id.not_in({each for each in but if each}),
    )
    found = session().scalars(query.order_by(Indicator.created_at, Indicator.id))
    return [
        Sign(each.id, each.asked or each.question, each.shape, each.sensitivity)
        for each in found
        if each.shape is not None
    ]


def asked_before(instrument: Instrument) -> list[Earlier]:
    """Every question of the versions before this one, the last version last."""
    query = (
        select(Instrument)
        .where(Instrument.series_id == instrument.series_id, Instrument.version < instrument.version)
        .order_by(Instrument.version)
        .options(selectinload(Instrument.items))
    )
    found = []
    for before in session().scalars(query):
        definition = definition_of(before)
        gone = taken_back_of(item.indicator_id for item in before.items)
        found += [
            Earlier(item.question_id, before.version, posed(definition, item.key))
            for item in before.items
            if item.indicator_id not in gone
        ]
    return found


def equals_of(instrument: Instrument, item: InstrumentItem) -> list[Earlier]:
    """The earlier questions that may be declared equal to this one, each as it was asked last."""
    said = posed(definition_of(instrument), item.key)
    taken = {each.question_id for each in instrument.items}
    last = {each.question_id: each for each in asked_before(instrument)}
    return [
        each for each in last.values() if each.question_id not in taken and is_comparable(each.posed, said)
    ]


def declared_in(instrument: Instrument) -> dict[uuid.UUID, Earlier]:
    """The items that were declared equal to an earlier question in other words, with that question."""
    definition = definition_of(instrument)
    last = {each.question_id: each for each in asked_before(instrument)}
    return {
        item.id: last[item.question_id]
        for item in instrument.items
        if item.question_id in last and last[item.question_id].posed != posed(definition, item.key)
    }


def panel_of_sign(indicator_id: uuid.UUID) -> uuid.UUID | None:
    """The panel whose own this sign is, if it is one's."""
    maker = select(Membership.voice_id).join(Indicator, Indicator.maker_id == Membership.id)
    panel = maker.join(Voice, Voice.id == Membership.voice_id).where(Voice.is_panel.is_(True))
    return session().scalar(panel.where(Indicator.id == indicator_id))


def scores_of(instrument: Instrument, answers: Iterable[Answer]) -> scoring.Score:
    """What one person's answers in one round come to; what they took back was not asked."""
    keys = {item.id: item.key for item in instrument.items}
    given: Mapping[str, object] = {
        keys[each.item_id]: Missing(each.missing) if each.missing else each.value
        for each in answers
        if each.withdrawn_at is None and each.item_id in keys and (each.missing or each.value is not None)
    }
    return scoring.score(definition_of(instrument), given)  # type: ignore[arg-type]  # JSON, read by `score`

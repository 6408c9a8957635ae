"""Putting a questionnaire together."""

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Viewer
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators import edits, scoring
from cocreate.indicators.instrument_files import read_instrument
from cocreate.indicators.kinds import AnswerShape
from cocreate.indicators.models import Indicator, Instrument, InstrumentItem
from cocreate.indicators.order import better, misplaced
from cocreate.indicators.queries.instruments import (
    all_questions_of,
    definition_of,
    may_compose,
    panel_of_sign,
    questions_of,
    signs_to_ask,
)
from cocreate.indicators.queries.measuring import is_asked_in_rounds
from cocreate.indicators.queries.overruled import unexplained_in
from cocreate.indicators.scoring.limits import MAX_ITEMS
from cocreate.indicators.service.building import require_reason
from cocreate.indicators.service.measuring import require_reasons
from cocreate.indicators.service.versions import (
    item_in,
    keep,
    open_instrument,
    question_id_for,
    record,
    same_question,
)


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
    keys = [f"q{number}" for number in range(1, len(asked) + 1)]
    definition = _valid(
        lambda: scoring.Instrument(
            key="own",
            title=title,
            answers={key: each.shape for key, each in zip(keys, asked, strict=True)},
            items=tuple(
                scoring.Item(key, each.text, key, sensitivity=each.sensitivity)
                for key, each in zip(keys, asked, strict=True)
            ),
        )
    )
    signs = {key: each.indicator_id for key, each in zip(keys, asked, strict=True)}
    return _keep_first(viewer, definition, voice_id, signs)


def compose_from_signs(
    viewer: Viewer, title: str, sign_ids: Collection[uuid.UUID], voice_id: uuid.UUID | None = None
) -> uuid.UUID:
    """A first version out of signs that are to be measured, in the order in which they are listed."""
    with changing(viewer.space_id):
        chosen = [sign for sign in signs_to_ask(viewer) if sign.id in sign_ids]
        if not chosen:
            raise Invalid(fields={"signs": [_l("Choose at least one sign.")]})
        asked = [Asked(sign.text, sign.shape, sign.sensitivity, sign.id) for sign in chosen]
        return compose(viewer, title, asked, voice_id)


def compose_from_file(viewer: Viewer, data: bytes, voice_id: uuid.UUID | None = None) -> uuid.UUID:
    """A first version out of a file, whole; InstrumentError says in plain words why not."""
    return _keep_first(viewer, read_instrument(data), voice_id, {})


def _keep_first(
    viewer: Viewer,
    definition: scoring.Instrument,
    voice_id: uuid.UUID | None,
    signs: dict[str, uuid.UUID | None],
) -> uuid.UUID:
    with changing(viewer.space_id) as log:
        if not may_compose(viewer, voice_id):
            raise NotFound
        instrument = Instrument(
            id=new_id(),
            space_id=viewer.space_id,
            series_id=new_id(),
            version=definition.version,
            voice_id=voice_id,
            title=definition.title,
            made_by_id=viewer.membership_id,
        )
        instrument.items = [
            InstrumentItem(id=new_id(), key=item.key, question_id=new_id(), indicator_id=signs.get(item.key))
            for item in definition.items
        ]
        keep(instrument, definition)
        log.session.add(instrument)
        log.session.flush()
        record(log, instrument, "composed", viewer)
        return instrument.id


def rename(viewer: Viewer, instrument_id: uuid.UUID, title: str) -> None:
    """Call it something else."""
    with _editing(viewer, instrument_id) as instrument:
        instrument.title = title
        _change(instrument, lambda definition: definition)


def add_sign(viewer: Viewer, instrument_id: uuid.UUID, sign_id: uuid.UUID) -> None:
    """Ask one sign more, as the last question."""
    with _editing(viewer, instrument_id) as instrument:
        sign = next((each for each in signs_to_ask(viewer) if each.id == sign_id), None)
        if sign is None:
            raise NotFound
        if sign_id in {item.indicator_id for item in instrument.items}:
            raise Conflict(_l("This sign is in the questionnaire already."))
        if len(instrument.items) == MAX_ITEMS:
            raise Conflict(_l("A questionnaire holds %(most)s questions at most.", most=MAX_ITEMS))
        key, said = edits.next_key(definition_of(instrument)), edits.Posed(sign.text, sign.shape)
        question_id = question_id_for(instrument, said)
        item = InstrumentItem(id=new_id(), key=key, question_id=question_id, indicator_id=sign_id, position=0)
        instrument.items.append(item)
        _change(instrument, lambda now: edits.with_question(now, key, said, sign.sensitivity))
        session().flush()
        if is_asked_in_rounds(instrument):  # who answers must not meet a word without its reason
            require_reasons(instrument)


def remove_question(viewer: Viewer, instrument_id: uuid.UUID, item_id: uuid.UUID) -> None:
    """Leave one question out."""
    with _editing(viewer, instrument_id) as instrument:
        item = item_in(instrument, item_id)
        if len(instrument.items) == 1:
            raise Conflict(_l("This is the only question. A questionnaire asks at least one."))
        if item.key in edits.scored(definition_of(instrument)):
            raise Conflict(_l("This question counts in a score, so it cannot be left out."))
        _drop(instrument, item)
        _change(instrument, lambda definition: edits.without(definition, item.key))


def reword(
    viewer: Viewer,
    instrument_id: uuid.UUID,
    item_id: uuid.UUID,
    text: str,
    sensitivity: int,
    because: str = "",
) -> None:
    """Ask it in other words, or say how delicate it is. In other words it is another question.

    Other words that may hurt need a reason, which everybody reads beside them.
    """
    with _editing(viewer, instrument_id) as instrument:
        item = item_in(instrument, item_id)
        before = edits.posed(definition_of(instrument), item.key)
        is_new = text != before.text
        reason = _reason_for(instrument, item, text, because or ("" if is_new else item.overruled_because))
        # What is delicate for whoever made a question of the sign stays so wherever it is asked.
        sign = session().get(Indicator, item.indicator_id) if item.indicator_id else None
        sensitivity = max(sensitivity, sign.sensitivity if sign else 0)
        if is_new or sensitivity < item.sensitivity or reason != item.overruled_because:
            _require_words(viewer, instrument, item)
        _change(instrument, lambda now: edits.retold(now, item.key, text, sensitivity))
        item.overruled_because = reason
        if not is_new:
            return
        # Who has the old words before them must not answer the new ones: its place is a new one too.
        question_id = question_id_for(instrument, replace(before, text=text), item)
        again = same_question(item, question_id)
        _drop(instrument, item)
        instrument.items.append(again)


def move(viewer: Viewer, instrument_id: uuid.UUID, item_id: uuid.UUID, by: int) -> None:
    """Ask it so many places earlier (below zero) or later; at an end it stays there."""
    with _editing(viewer, instrument_id) as instrument:
        key = item_in(instrument, item_id).key
        keys = [each.key for each in definition_of(instrument).items]
        place = keys.index(key)
        keys.remove(key)
        keys.insert(max(0, place + by), key)
        _change(instrument, lambda definition: edits.in_order(definition, keys))


def put_in_order(viewer: Viewer, instrument_id: uuid.UUID) -> None:
    """Let a light question come first, and one last; all others stay as they are."""
    with _editing(viewer, instrument_id) as instrument:
        asked = all_questions_of(instrument)
        # What is not asked any more is neither first nor last.
        still = [each for each in asked if each.is_asked]
        places = better([each.sensitivity for each in still])
        keys = [still[place].key for place in places] + [each.key for each in asked if not each.is_asked]
        _change(instrument, lambda definition: edits.in_order(definition, keys))


def _reason_for(instrument: Instrument, item: InstrumentItem, text: str, because: str) -> str:
    """What is kept of a reason with these words: nothing when they need none; `Cautioned` without one."""
    asked = next(each for each in all_questions_of(instrument) if each.item_id == item.id)
    if asked.is_taken_back:
        return ""
    told = [replace(asked, text=words, because="") for words in (asked.text, text)]
    before, found = (unexplained_in(instrument.space_id, [each]).get(item.id, ()) for each in told)
    if text != asked.text:
        given_for = {each.phrase for each in before}
        require_reason(found, because, item.overruled_because, given_for)
    return because if found else ""


@contextmanager
def _editing(viewer: Viewer, instrument_id: uuid.UUID) -> Iterator[Instrument]:
    """A version that may be changed now, kept when the block ends.

    While a round asks it, no change lets it begin or end with a sensitive question.
    """
    with changing(viewer.space_id) as log:
        instrument = open_instrument(log, viewer, instrument_id)
        is_asked, before = is_asked_in_rounds(instrument), _sensitive_ends(instrument)
        yield instrument
        log.session.flush()
        # Its makers may have called a sign delicate since: every change that does not make it worse is fine.
        if is_asked and _sensitive_ends(instrument) > before:
            raise Conflict(
                _l(
                    "People are asked these questions already. "
                    "Keep a question that is not sensitive to begin with, and one to end with."
                )
            )
        record(log, instrument, "changed", viewer)


def _sensitive_ends(instrument: Instrument) -> int:
    return len(misplaced([each.sensitivity for each in questions_of(instrument)]))


def _change(instrument: Instrument, edit: Callable[[scoring.Instrument], scoring.Instrument]) -> None:
    definition = definition_of(instrument)
    title, version = instrument.title, instrument.version
    keep(instrument, _valid(lambda: edits.named(edit(definition), title, version)))


def _drop(instrument: Instrument, item: InstrumentItem) -> None:
    instrument.items.remove(item)
    session().delete(item)
    session().flush()


def _require_words(viewer: Viewer, instrument: Instrument, item: InstrumentItem) -> None:
    if item.indicator_id is None:
        return
    if any(each.is_taken_back for each in all_questions_of(instrument) if each.item_id == item.id):
        raise Conflict(_l("Who said this took it back. You can only leave it out."))
    panel_id = panel_of_sign(item.indicator_id)
    if panel_id is not None and not may_compose(viewer, panel_id):
        raise Conflict(_l("These words are the panel's own. Only the panel changes them."))


def _valid(make: Callable[[], scoring.Instrument]) -> scoring.Instrument:
    try:
        return make()
    except scoring.InstrumentError as error:
        raise Invalid(_l(error.message, **error.params)) from error

"""Keeping answers: each person's last one to each question of each round."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Log
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.instrument_files import answers_in
from cocreate.indicators.kinds import AnswerKind, AnswerRefused, Refusal, read_answer, read_missing
from cocreate.indicators.models import Answer, Instrument
from cocreate.indicators.queries.answering import asked_now, still_counts
from cocreate.indicators.scoring import Answers, Choices
from cocreate.indicators.service.publishing import answered, taken_back
from cocreate.indicators.service.versions import freeze
from cocreate.indicators.words import refused_words
from cocreate.spaces.contributions import Arrival, contribute, own_or_new, record
from cocreate.spaces.openings import Terms, require_open
from cocreate.spaces.rules import Activity


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives: an answer, the two halves of a pair, or why there is none."""

    value: str = ""
    have: str = ""
    wish: str = ""
    missing: str = ""
    is_by_helper: bool = False
    is_on_paper: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all is given."""
        return not (self.value.strip() or self.have.strip() or self.wish.strip() or self.missing)


@dataclass(frozen=True, slots=True)
class Place:
    """Which question in which round."""

    round_id: uuid.UUID
    item_id: uuid.UUID


def answer(viewer: Viewer, arrival: Arrival, place: Place, given: Given) -> dict[str, Any]:
    """Keep what this viewer answers to one question; their last answer counts.

    Nobody else ever sees it, but for words of their own, which they may show to others: as far as the part
    of the meeting in which they tell them lets them go.
    """
    return contribute(
        viewer,
        arrival,
        Activity.MEASURING,
        lambda log: put_down(log, viewer, arrival, place, given),
        # What nobody else sees is no news: a thousand answers wake no stream.
        is_news=lambda made: made.visibility != Visibility.MAKER,
    )


def terms_there(viewer: Viewer, workshop_id: uuid.UUID | None, part_id: uuid.UUID | None) -> Terms:
    """On which terms people answer in this part of a meeting; before it begins, for themselves alone."""
    try:
        return require_open(viewer, workshop_id, Activity.MEASURING, part_id)
    except Conflict:
        return Terms(Visibility.MAKER)


def put_down(log: Log, viewer: Viewer, arrival: Arrival, place: Place, given: Given) -> Answer:
    """Keep an answer in this transaction, while its round takes it; the first one freezes the version."""
    asked = asked_now(viewer, place.round_id, place.item_id)
    if not still_counts(viewer, asked, is_on_paper=given.is_on_paper):
        raise Conflict(_l("This round was closed a while ago, so your answer came too late."))
    answers = answers_in(asked.definition, asked.key)
    if answers is None:
        raise NotFound
    value, missing = _read(answers, given)
    if asked.frozen_at is None:
        freeze(log, log.session.get_one(Instrument, asked.instrument_id))
    kept = own_or_new(log, viewer, arrival, Answer, round_id=place.round_id, item_id=place.item_id)
    had_value = kept.value is not None
    if kept.visibility not in (None, Visibility.MAKER):
        record(log, kept, "hidden")  # to those who saw the words until now
    kept.value, kept.missing = value, missing
    kept.is_by_helper, kept.is_on_paper = given.is_by_helper, given.is_on_paper
    is_open = isinstance(value, str) and getattr(answers, "kind", None) is AnswerKind.OPEN
    kept.arrive(arrival if is_open else replace(arrival, visibility=Visibility.MAKER))
    log.session.flush()
    if value is not None:
        answered(log, place.round_id, place.item_id)
    elif had_value:
        taken_back(log, place.round_id, place.item_id)
    return kept


def _read(answers: Answers, given: Given) -> tuple[Any, str | None]:
    """The value or the reason that is kept; `Invalid` says in plain words what does not fit."""
    try:
        if given.missing:
            return None, read_missing(given.missing)
        return _value(answers, given), None
    except AnswerRefused as refused:
        raise Invalid(fields={"value": [refused_words(refused)]}) from refused


def _value(answers: Answers, given: Given) -> Any:
    if isinstance(answers, Choices):
        chosen = given.value.strip()
        if not chosen:
            raise AnswerRefused(Refusal.EMPTY)
        if chosen not in {option.key for option in answers.options}:
            raise AnswerRefused(Refusal.NOT_A_CHOICE)
        return chosen
    value = read_answer(answers, _RAW.get(answers.kind, _as_typed)(given))
    return list(value) if isinstance(value, tuple) else value


def _as_typed(given: Given) -> object:
    return given.value


def _of_three(given: Given) -> object:
    return given.value.replace(",", " ").split() or None


def _of_two(given: Given) -> object:
    halves = [given.have.strip(), given.wish.strip()]
    return halves if any(halves) else None


_RAW: Final[Mapping[AnswerKind, Any]] = {
    AnswerKind.TRIAD: _of_three,
    AnswerKind.HAVE_AND_WISH: _of_two,
}

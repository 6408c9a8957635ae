"""Making a question of a sign, trying it out on people, and being careful with words."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cocreate.core.audience import Audience, Viewer, Visibility
from cocreate.core.changes import Log, changing
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.cautions import BUILT_IN, Phrase, hits, key_of
from cocreate.indicators.kinds import Agreement, AnswerShape
from cocreate.indicators.models import Caution, Tryout
from cocreate.indicators.order import is_light
from cocreate.indicators.queries.building import cautions_of, may_build
from cocreate.indicators.queries.signs import indicator_seen
from cocreate.indicators.rules import Decision
from cocreate.indicators.service.publishing import show_sign_again
from cocreate.spaces.contributions import Arrival, changed, contribute, own_about, own_or_new
from cocreate.spaces.rules import Act, Activity, may


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as somebody fills it in. `seen` is which form of it they started from."""

    asked: str
    shape: AnswerShape
    sensitivity: int = 0
    because: str = ""
    seen: int | None = None


class Cautioned(Invalid):
    """There are phrases in it to be careful with, and no reason was given to keep them.

    `is_other_reason`: there is one, but it was given for other words.
    """

    def __init__(self, phrases: Sequence[Phrase], *, is_other_reason: bool = False) -> None:
        self.phrases = list(phrases)
        told = [f"{each.phrase}: {each.reason} {each.suggestion}" for each in phrases]
        super().__init__(
            _l(
                "This reason was given for other words. Change “%(words)s”, or say why it stays too.",
                words=", ".join(each.phrase for each in phrases),
            )
            if is_other_reason
            else _l("There are words in it that may hurt people. Change them, or say why they stay."),
            {"overruled_because": told},
        )


def require_reason(found: Sequence[Phrase], because: str, before: str, given_for: Collection[str]) -> None:
    """Whether these phrases may stay for this reason: `Cautioned` without one. The reason of `before` says
    nothing of other phrases than it was given for.
    """
    if found and not because:
        raise Cautioned(found)
    other = [each for each in found if each.phrase not in given_for] if because == before else []
    if other:
        raise Cautioned(other, is_other_reason=True)


def build(viewer: Viewer, indicator_id: uuid.UUID, draft: Draft) -> None:
    """Make a question of a sign, or change it: then earlier try-outs and “we measure it” no longer count."""
    with changing(viewer.space_id) as log:
        indicator = indicator_seen(viewer, indicator_id)
        if not may_build(viewer, indicator):
            raise NotFound
        if draft.seen is not None and draft.seen != indicator.built:
            raise Conflict(_l("Somebody changed the question in the meantime. Look at it first."))
        shape = draft.shape
        found = hits(cautions_of(viewer.space_id), draft.asked, *shape.labels, shape.unit)
        require_reason(found, draft.because, indicator.overruled_because, indicator.overruled)
        if (indicator.asked, indicator.shape) != (draft.asked, shape):
            indicator.asked, indicator.kind, indicator.labels = draft.asked, shape.kind, list(shape.labels)
            indicator.unit, indicator.lowest, indicator.highest = shape.unit, shape.lowest, shape.highest
            indicator.built += 1
            if indicator.decision == Decision.MEASURE:
                indicator.decision = indicator.decided_at = None
        is_other = is_light(indicator.sensitivity) != is_light(draft.sensitivity)
        indicator.sensitivity = draft.sensitivity
        indicator.overruled = [each.phrase for each in found]
        indicator.overruled_because = draft.because if found else ""
        changed(log, indicator, viewer.membership_id, "changed")
        if is_other:
            show_sign_again(log, indicator.id)


def try_out(
    viewer: Viewer,
    arrival: Arrival,
    indicator_id: uuid.UUID,
    built: int,
    clear: Agreement,
    note: str = "",
    seconds: int | None = None,
) -> dict[str, Any]:
    """Keep that somebody tried this form of a question, and whether it was clear; their last one counts."""

    def keep(log: Log) -> Tryout:
        indicator = indicator_seen(viewer, indicator_id)
        if not 1 <= built <= indicator.built or indicator.kind is None:
            raise Conflict(_l("There is no question to try out yet."))
        if indicator.maker_id == viewer.membership_id:
            raise Conflict(_l("This is your own sign. Let somebody else try it out."))
        earlier = own_about(log, viewer, Tryout, indicator_id=indicator.id)
        if earlier and earlier.withdrawn_at is None and earlier.built > built:
            return earlier  # this one was on its way for a long time, and is about an older question
        tryout = own_or_new(log, viewer, arrival, Tryout, indicator_id=indicator.id)
        tryout.arrive(arrival)
        tryout.built, tryout.clear, tryout.note, tryout.seconds = built, clear, note, seconds
        return tryout

    return contribute(viewer, arrival, Activity.INDICATORS, keep)


def add_caution(viewer: Viewer, language: str, phrase: str, reason: str, suggestion: str) -> None:
    """Be careful with this phrase too in this space; who leads may say so."""
    if not key_of(phrase):
        raise Invalid(fields={"phrase": [str(_l("Write a word, or a few."))]})
    with _caution(viewer, language, phrase) as caution:
        caution.reason, caution.suggestion, caution.is_off = reason, suggestion, False


def switch_caution(viewer: Viewer, language: str, phrase: str, is_off: bool) -> None:
    """Give a hint about this phrase here, or no longer."""
    with _caution(viewer, language, phrase, is_new=False) as caution:
        caution.is_off = is_off


@contextmanager
def _caution(viewer: Viewer, language: str, phrase: str, is_new: bool = True) -> Iterator[Caution]:
    if not may(viewer, Act.FACILITATE):
        raise NotFound
    with changing(viewer.space_id) as log:
        listed = select(Caution).where(Caution.space_id == log.space_id, Caution.language == language)
        key = key_of(phrase)
        caution = next((each for each in log.session.scalars(listed) if key_of(each.phrase) == key), None)
        if caution is None:
            built_in = (each.phrase for each in BUILT_IN if each.language == language)
            known = next((each for each in built_in if key_of(each) == key), None)
            if not is_new and known is None:
                raise NotFound
            caution = Caution(space_id=log.space_id, language=language, phrase=known or phrase)
            log.session.add(caution)
        yield caution
        log.record(
            "space",
            "changed",
            audience=Audience(Visibility.SPACE),
            subject_type="space",
            subject_id=log.space_id,
            actor_id=viewer.membership_id,
        )

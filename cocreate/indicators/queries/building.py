"""Reading what a sign has become: whose it is, who tried its question, how voices stand, what it costs."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from cocreate.core.audience import Viewer, visible
from cocreate.core.db import session
from cocreate.impacts.queries import Answers, Standing, answers_shown, stands_on
from cocreate.impacts.rules import Circle, Position
from cocreate.indicators.cautions import BUILT_IN, Phrase, key_of
from cocreate.indicators.cost import seconds_for
from cocreate.indicators.models import Ballot, Caution, ChoosingItem, Indicator, IndicatorStance, Tryout
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.queries import VoiceFacts, panels_of, voices_by_maker, voices_needed
from cocreate.spaces.rules import Act, Activity, is_of_panel, may
from cocreate.spaces.shelves import facts

ON_SIGNS = Standing(
    IndicatorStance,
    IndicatorStance.indicator_id,
    IndicatorStance.position,
    Indicator,
    Position,
    Activity.INDICATORS,
)


def panel_of(indicator: Indicator) -> VoiceFacts | None:
    """The panel that owns a sign: the voice of who proposed it, when that is a panel."""
    voice = voices_by_maker([indicator.maker_id]).get(indicator.maker_id)
    return voice if voice and voice.id in panels_of(indicator.space_id) else None


def may_build(viewer: Viewer, indicator: Indicator) -> bool:
    """Whether this viewer may make a question of a sign: who proposed it, and who leads; of a panel's sign
    nobody but the panel.
    """
    panel = panel_of(indicator)
    if panel is not None:
        return is_of_panel(viewer, panel.id)
    return may(viewer, Act.FACILITATE) or may(viewer, Act.CONTRIBUTE, indicator.maker_id)


def may_decide(viewer: Viewer, indicator: Indicator) -> bool:
    """Whether this viewer says what is done with a sign: who leads; of a panel's sign only the panel."""
    panel = panel_of(indicator)
    return may(viewer, Act.FACILITATE) if panel is None else is_of_panel(viewer, panel.id)


def voices_missing_for(indicator: Indicator) -> list[VoiceFacts]:
    """The voices without which nothing is decided about a sign, and that have not been heard on it.

    A voice is heard by a stance that others may know of, or by a ballot where the sign stood on the list.
    """
    heard = {voice.id for voice in stands_on(ON_SIGNS, [indicator.id]).get(indicator.id, {})}
    chose = (
        select(Membership.voice_id)
        .join(Ballot, Ballot.maker_id == Membership.id)
        .join(ChoosingItem, ChoosingItem.choosing_id == Ballot.choosing_id)
        .where(ChoosingItem.indicator_id == indicator.id, Ballot.withdrawn_at.is_(None))
    )
    heard |= {voice_id for voice_id in session().scalars(chose) if voice_id}
    panel = panel_of(indicator)
    needed = voices_needed(indicator.space_id) if panel is None else [panel]
    return [voice for voice in needed if voice.id not in heard]


def stands_on_sign(viewer: Viewer, indicator: Indicator) -> Answers:
    """How people stand towards a sign, for this viewer."""
    circle = Circle.SPACE if viewer.is_member else Circle.OUTSIDE
    threshold = session().scalar(select(Space.threshold).where(Space.id == indicator.space_id)) or 0
    stands = stands_on(ON_SIGNS, [indicator.id]).get(indicator.id, {})
    return answers_shown(stands, circle, indicator.visibility, threshold)


def reasons_on_sign(viewer: Viewer, indicator: Indicator) -> list[Mapping[str, Any]]:
    """Why people are for a sign, or object, as far as this viewer may see it; objections first."""
    own = (IndicatorStance.indicator_id == indicator.id) & (IndicatorStance.reason != "")
    said = _said(viewer, IndicatorStance, own)
    return sorted(said, key=lambda each: each["position"] != Position.OBJECTION)


def tryouts_of(viewer: Viewer, indicator: Indicator) -> list[Mapping[str, Any]]:
    """Who tried the question as it is now, as far as this viewer may see it, oldest first."""
    return _said(viewer, Tryout, _is_current(indicator))


def clear_to(tryouts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """To how many of these the question was clear, more or less, or not; for who builds it."""
    return dict(Counter(each["clear"] for each in tryouts))


def tried(indicators: Sequence[Indicator]) -> dict[uuid.UUID, list[int | None]]:
    """How many seconds each person needed who tried these questions as they are now; None: not measured."""
    query = (
        select(Tryout.indicator_id, Tryout.seconds)
        .join(Indicator, Indicator.id == Tryout.indicator_id)
        .where(
            Tryout.indicator_id.in_({each.id for each in indicators}),
            Tryout.built == Indicator.built,
            Tryout.withdrawn_at.is_(None),
            Indicator.kind.is_not(None),
        )
    )
    found: dict[uuid.UUID, list[int | None]] = defaultdict(list)
    for indicator_id, seconds in session().execute(query):
        found[indicator_id].append(seconds)
    return {each.id: found.get(each.id, []) for each in indicators}


def seconds_of(indicators: Sequence[Indicator]) -> dict[uuid.UUID, int]:
    """What answering each of these costs; only those that are questions already."""
    times = tried(indicators)
    return {each.id: seconds_for(each.shape, each.asked, times[each.id]) for each in indicators if each.shape}


def phrases_of(space_id: uuid.UUID) -> list[tuple[Phrase, bool, bool]]:
    """Every phrase to be careful with here: whether it is off, and whether it is the space's own."""
    query = select(Caution).where(Caution.space_id == space_id).order_by(Caution.language, Caution.phrase)
    said = {(each.language, key_of(each.phrase)): each for each in session().scalars(query)}
    listed: list[tuple[Phrase, bool, bool]] = []
    for phrase in BUILT_IN:
        own = said.pop((phrase.language, key_of(phrase.phrase)), None)
        if own and own.reason:  # a space may say it in its own way
            phrase = replace(phrase, reason=own.reason, suggestion=own.suggestion)  # noqa: PLW2901
        listed.append((phrase, bool(own and own.is_off), False))
    added = [
        (Phrase(each.language, each.phrase, each.reason, each.suggestion), each.is_off, True)
        for each in said.values()
    ]
    return added + listed


def cautions_of(space_id: uuid.UUID) -> list[Phrase]:
    """The phrases that get a hint in this space."""
    return [phrase for phrase, is_off, _own in phrases_of(space_id) if not is_off]


def _is_current(indicator: Indicator) -> Any:
    return (Tryout.indicator_id == indicator.id) & (Tryout.built == indicator.built)


def _said(viewer: Viewer, kind: Any, which: Any) -> list[Mapping[str, Any]]:
    query = select(kind.id).where(which, kind.withdrawn_at.is_(None), visible(viewer, kind))
    ids = list(session().scalars(query.order_by(kind.created_at, kind.id)))
    found = facts(kind, ids, kind.maker_id.expression)
    return [found[own_id] for own_id in ids if own_id in found]

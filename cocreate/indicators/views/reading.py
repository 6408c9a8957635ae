"""What the pages of signs show, and what their viewer can say there."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from cocreate.core.db import new_id
from cocreate.core.forms import text_of
from cocreate.core.paging import MOST, page_asked
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import impact_seen, impacts_seen
from cocreate.impacts.rules import Position
from cocreate.indicators.cautions import hits
from cocreate.indicators.cost import seconds_for
from cocreate.indicators.forms.building import QuestionForm, SignDecisionForm, SignStanceForm, TryoutForm
from cocreate.indicators.forms.signs import IndicatorForm
from cocreate.indicators.kinds import AnswerKind, AnswerShape, BadShape, facts_of
from cocreate.indicators.models import Indicator, IndicatorStance, Tryout
from cocreate.indicators.queries.building import (
    cautions_of,
    clear_to,
    may_build,
    may_decide,
    panel_of,
    reasons_on_sign,
    seconds_of,
    stands_on_sign,
    tried,
    tryouts_of,
    voices_missing_for,
)
from cocreate.indicators.queries.signs import signs_page
from cocreate.indicators.rules import TRIED
from cocreate.indicators.wording import (
    clear_words,
    cost_words,
    decision_words,
    delicacy_words,
    example_labels,
    kind_words,
    label_words,
    state_words,
)
from cocreate.spaces.access import Here
from cocreate.spaces.openings import is_open_between_meetings
from cocreate.spaces.queries import VoiceFacts, panels_of, voices_by_maker
from cocreate.spaces.rules import Act, Activity, may
from cocreate.spaces.shelves import mine


@dataclass(frozen=True, slots=True)
class Listed:
    """A sign in the list of all of them: whose it is, how far it has come, what answering it costs."""

    sign: Indicator
    voice: VoiceFacts | None
    is_of_panel: bool
    state: str
    cost: str


def all_of_them(here: Here) -> dict[str, Any]:
    """Every sign this viewer may see, by what it is a sign of."""
    viewer, space_id = here.viewer, here.space.id
    page, impacts = signs_page(viewer, page_asked(request.args)), impacts_seen(viewer)
    signs = page.things if not page.is_whole else page.things[::-1]
    if len(impacts) == MOST:  # what a sign is a sign of has its heading, also when it is not among the newest
        impacts = _with_those_of(here, signs, impacts)
    voices, panels = voices_by_maker(each.maker_id for each in signs), panels_of(space_id)
    times, costs, delicacy = tried(signs), seconds_of(signs), delicacy_words()
    groups: dict[uuid.UUID | None, list[Listed]] = {each.id: [] for each in impacts} | {None: []}
    for each in signs:
        voice = voices.get(each.maker_id)
        groups[each.impact_id if each.impact_id in groups else None].append(
            Listed(
                each,
                voice,
                voice is not None and voice.id in panels,
                state_words(each.decision, each.kind, len(times[each.id])),
                f"{cost_words(costs[each.id])}, {delicacy[each.sensitivity]}" if each.id in costs else "",
            )
        )
    is_open = is_open_between_meetings(space_id, Activity.INDICATORS)
    may_tell = is_open and may(viewer, Act.CONTRIBUTE)
    return {
        "page": page,
        "impacts": impacts,
        "groups": [(each, groups[each.id]) for each in impacts if groups[each.id]],
        "others": groups[None],
        "is_open": is_open,
        "proposing": IndicatorForm(formdata=None, data=_common(here)) if may_tell and impacts else None,
    }


def _with_those_of(
    here: Here, signs: Sequence[Indicator], impacts: Sequence[DesiredImpact]
) -> list[DesiredImpact]:
    beyond = {sign.impact_id for sign in signs} - {each.id for each in impacts}
    return [*impacts_seen(here.viewer, among=beyond), *impacts] if beyond else [*impacts]


def one_of_them(here: Here, indicator: Indicator, form: QuestionForm) -> dict[str, Any]:
    """Everything about one sign, as far as this viewer may see it."""
    viewer, shape = here.viewer, indicator.shape
    times = tried([indicator])[indicator.id]
    tryouts, is_builder = tryouts_of(viewer, indicator), may_build(viewer, indicator)
    return {
        "sign": indicator,
        "voice": voices_by_maker([indicator.maker_id]).get(indicator.maker_id),
        "panel": panel_of(indicator),
        "impact": _impact_of(here, indicator),
        "shape": shape,
        "cost": cost_words(seconds_for(shape, indicator.asked, times)) if shape else "",
        "is_measured": sum(seconds is not None for seconds in times) >= TRIED,
        "delicacy": delicacy_words()[indicator.sensitivity],
        "state": state_words(indicator.decision, indicator.kind, len(times)),
        "tried": len(times),
        "needed": TRIED,
        "tryouts": tryouts,
        "clear": clear_to(tryouts) if is_builder else {},
        "clear_words": clear_words(),
        "stands": stands_on_sign(viewer, indicator),
        "reasons": reasons_on_sign(viewer, indicator),
        "missing": voices_missing_for(indicator),
        "decisions": decision_words(),
        **_builder(here, form, is_builder),
        **_forms(here, indicator),
    }


def _impact_of(here: Here, indicator: Indicator) -> DesiredImpact | None:
    """What it is a sign of; nothing when that is not for this viewer."""
    try:
        return impact_seen(here.viewer, indicator.impact_id)
    except NotFound:
        return None


def _builder(here: Here, form: QuestionForm, is_builder: bool) -> dict[str, Any]:
    if not is_builder:
        return {"is_builder": False}
    kind = form.kind.data if form.kind.data in list(AnswerKind) else None
    return {
        "is_builder": True,
        "kinds": kind_words(),
        "kind": kind,
        "labels": list(zip(form.labels, label_words(kind), strict=False)) if kind else [],
        "settings": facts_of(AnswerKind(kind)) if kind else None,
        "draft": _as_filled_in(form, AnswerKind(kind)) if kind else None,
        "hints": hits(
            cautions_of(here.space.id), *(text_of(each) for each in (form.asked, *form.labels, form.unit))
        ),
    }


def _as_filled_in(form: QuestionForm, kind: AnswerKind) -> AnswerShape:
    """What it would look like; with examples where words are still missing."""
    try:
        return form.shape()
    except BadShape:
        unit = form.unit.description if facts_of(kind).has_unit else ""
        return AnswerShape(kind, example_labels(kind), str(unit))


def _forms(here: Here, indicator: Indicator) -> dict[str, Any]:
    """What this viewer can say or decide here, with where they stood before filled in."""
    viewer = here.viewer
    is_open = is_open_between_meetings(here.space.id, Activity.INDICATORS) and may(viewer, Act.CONTRIBUTE)
    is_mine = indicator.maker_id == viewer.membership_id
    about = {**_common(here), "indicator_id": str(indicator.id)}
    stood = _mine_on(here, IndicatorStance, indicator)
    tried_before = _mine_on(here, Tryout, indicator)
    before = {"position": stood.position, "reason": stood.reason} if stood else {}
    can_try = is_open and not is_mine and indicator.kind is not None
    decides = may_decide(viewer, indicator)
    return {
        "is_open": is_open_between_meetings(here.space.id, Activity.INDICATORS),
        "is_mine": is_mine,
        "standing": SignStanceForm(formdata=None, data={**about, **before}) if is_open else None,
        "trying": TryoutForm(formdata=None, data={**about, "built": indicator.built}) if can_try else None,
        "did_try": tried_before is not None and tried_before.built == indicator.built,
        "deciding": SignDecisionForm(formdata=None, data={"decision": indicator.decision or "none"})
        if decides
        else None,
        "positions": [each.value for each in Position],
    }


def _mine_on(here: Here, kind: Any, indicator: Indicator) -> Any:
    return next((each for each in mine(here.viewer, kind) if each.indicator_id == indicator.id), None)


def _common(here: Here) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "membership_id": str(here.viewer.membership_id),
        "visibility": here.membership.shares_with if here.membership else None,
        "back": request.path,
    }

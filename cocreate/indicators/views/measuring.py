"""Measuring over the wire: starting, opening and closing rounds, ending."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.forms import given_form, read_form
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.queries import impacts_seen
from cocreate.indicators.forms.instruments import EmptyForm
from cocreate.indicators.forms.measuring import MeasuringForm
from cocreate.indicators.models import Measuring, Round
from cocreate.indicators.queries.answering import is_long_over, is_past_grace
from cocreate.indicators.queries.instruments import (
    Listed,
    instruments_of,
    may_compose,
    minutes_of,
    newest_of,
    questions_of,
)
from cocreate.indicators.queries.measuring import (
    calendar_of,
    has_nothing_to_ask,
    is_asked,
    is_running,
    may_enter,
    may_lead,
    measuring_seen,
    measurings_of,
    open_round_for,
    people_in,
    rounds_of,
    shown_count,
    today_in,
)
from cocreate.indicators.queries.open_rounds import is_misplaced, still_asked, versions_open
from cocreate.indicators.queries.sheets import with_sheets
from cocreate.indicators.service import measuring as measures
from cocreate.indicators.service.rounds import bring_up_to_date, close_round, end_measuring, open_next
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act

ALL = f"{SPACE}/measurings"
ONE = f"{ALL}/<uuid:measuring_id>"


@blueprint.get(ALL)
def measurings(space_id: uuid.UUID) -> ResponseReturnValue:
    """What is measured in a space, and how to start."""
    here = enter(space_id, Act.READ)
    bring_up_to_date(here.viewer)
    return _list(here)


@blueprint.post(ALL)
def start_measuring(space_id: uuid.UUID) -> ResponseReturnValue:
    """Start, with the baseline open."""
    here = enter(space_id, Act.CONTRIBUTE)
    if not _startable(here):
        raise NotFound
    form = _offered(here, given_form(MeasuringForm))
    if not form.validate():
        return _list(here, form), 422
    try:
        measuring_id, _round = measures.start_measuring(here.viewer, form.chosen, form.plan())
    except Conflict as error:  # what was filled in stays on the page
        form.instrument_id.errors = [str(error.message)]
        return _list(here, form), error.status
    return _to(space_id, measuring_id)


def _list(here: Here, form: MeasuringForm | None = None) -> str:
    today = today_in(here.space.id)
    found = measurings_of(here.space.id)
    return render_template(
        "indicators/measurings.html",
        here=here,
        space=here.space,
        running=[each for each in found if is_running(each, today)],
        ended=[each for each in found if not is_running(each, today)],
        asked={each.id: open_round_for(here.viewer, each, today) for each in found},
        voices={each.id: each for each in voices_of(here.space.id)},
        startable=_startable(here),
        form=form
        or _offered(here, MeasuringForm(formdata=None, instrument_id=request.args.get("instrument"))),
    )


def _startable(here: Here) -> list[Listed]:
    """The questionnaires that this viewer may start with."""
    if not here.viewer.is_member:
        return []
    return [each for each in instruments_of(here.space.id) if may_compose(here.viewer, each.voice_id)]


def _offered(here: Here, form: MeasuringForm) -> MeasuringForm:
    impacts = impacts_seen(here.viewer)
    form.offer(_startable(here), impacts, voices_of(here.space.id), today_in(here.space.id))
    return form


@blueprint.get(ONE)
def measuring(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """One measuring: what, why, until when, and its rounds."""
    here = enter(space_id, Act.READ)
    measuring_seen(here.viewer, measuring_id)
    bring_up_to_date(here.viewer)
    return render_template(
        "indicators/measuring.html",
        here=here,
        space=here.space,
        **_shown(here, measuring_seen(here.viewer, measuring_id)),
    )


def _shown(here: Here, seen: Measuring) -> dict[str, Any]:
    today, rounds = today_in(here.space.id), rounds_of(seen)
    newest = newest_of(seen.series_id)
    questions = questions_of(newest)
    people = people_in(rounds)
    counts = {
        each.id: shown_count(here.viewer, people.get(each.id, 0), here.space.threshold) for each in rounds
    }
    last = rounds[-1].number if rounds else 0
    return {
        "measuring": seen,
        "instrument": newest,
        "questions": len(questions),
        "minutes": minutes_of(questions),
        "rounds": rounds,
        "counts": counts,
        "is_running": is_running(seen, today),
        "may_lead": here.viewer.is_member and may_lead(here.viewer, seen),
        "is_asked": is_asked(here.viewer, seen),
        "asked": open_round_for(here.viewer, seen, today) if here.viewer.is_member else None,
        "coming": [each for each in calendar_of(seen)[last:] if each > today - timedelta(days=1)],
        "voice": next((each for each in voices_of(here.space.id) if each.id == seen.voice_id), None),
        "on_paper": _on_paper(here, seen, rounds),
        "with_sheets": with_sheets(rounds) if may_enter(here.viewer, seen) else set(),
        "still_asked": still_asked(rounds) if here.viewer.is_member else {},
        "is_left_alone": is_running(seen, today) and has_nothing_to_ask(seen.series_id),
        "is_misplaced": any(is_misplaced(each) for each in (newest, *versions_open(rounds).values())),
    }


def _on_paper(here: Here, seen: Measuring, rounds: Sequence[Round]) -> set[uuid.UUID]:
    """The rounds of which this viewer may still enter sheets of paper."""
    if not here.viewer.is_member or not may_enter(here.viewer, seen):
        return set()
    if is_long_over(seen.until, here.space.id):
        return set()
    return {each.id for each in rounds if not is_past_grace(each.closed_at, seen.ended_at)}


@blueprint.post(f"{ONE}/rounds")
def ask_again(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """Open the next round now."""
    here = enter(space_id, Act.CONTRIBUTE)
    read_form(EmptyForm)
    open_next(here.viewer, measuring_id)
    return _to(space_id, measuring_id)


@blueprint.post(f"{ONE}/ending")
def end(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """Ask nobody any more."""
    here = enter(space_id, Act.CONTRIBUTE)
    read_form(EmptyForm)
    end_measuring(here.viewer, measuring_id)
    return _to(space_id, measuring_id)


@blueprint.post(f"{SPACE}/rounds/<uuid:round_id>/closing")
def close(space_id: uuid.UUID, round_id: uuid.UUID) -> ResponseReturnValue:
    """Take no more answers in this round."""
    here = enter(space_id, Act.CONTRIBUTE)
    read_form(EmptyForm)
    return _to(space_id, close_round(here.viewer, round_id))


def _to(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(f"/spaces/{space_id}/measurings/{measuring_id}", 303)

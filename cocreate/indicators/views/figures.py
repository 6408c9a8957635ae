"""What the group sees of what it answered: one page for each measuring."""

import uuid
from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cocreate.core.i18n import current_language
from cocreate.core.kept import keep
from cocreate.indicators.drawing import patterns_svg
from cocreate.indicators.models import ContextFigure
from cocreate.indicators.pictures import Scene, draw, scene_of
from cocreate.indicators.queries.context import context_beside
from cocreate.indicators.queries.figures import Line, circle_of, lines_of
from cocreate.indicators.queries.measuring import measuring_seen, rounds_of
from cocreate.indicators.service.rounds import settle
from cocreate.indicators.views.blueprint import SPACE, blueprint
from cocreate.spaces.access import Here, enter
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Act


@blueprint.get(f"{SPACE}/measurings/<uuid:measuring_id>/figures")
def figures(space_id: uuid.UUID, measuring_id: uuid.UUID) -> ResponseReturnValue:
    """Question by question: what people answered, in pictures, in words and in tables, with their stories."""
    here = enter(space_id, Act.READ)
    settle(here.viewer)
    measuring = measuring_seen(here.viewer, measuring_id)
    rounds = rounds_of(measuring)
    scene = scene_of(rounds, voices_of(space_id), here.space.timezone)
    lines = lines_of(here.viewer, rounds)
    beside = context_beside(
        here.viewer,
        [line.question.question_id for line in lines],
        [measuring.impact_id] if measuring.impact_id else [],
        [line.question.indicator_id for line in lines if line.question.indicator_id],
    )
    return render_template(
        "indicators/figures.html",
        here=here,
        space=here.space,
        seq=here.seq,
        measuring=measuring,
        scene=scene,
        round_names={each.id: facts.name for each, facts in zip(rounds, scene.rounds, strict=True)},
        lines=[(line, _drawn(here, scene, line), _beside(line, beside)) for line in lines],
        context=[each for each in beside if each.question_id is None],
        patterns=Markup(patterns_svg()),  # noqa: S704 (ours, without any text)
    )


def _drawn(here: Here, scene: Scene, line: Line) -> Markup:
    """The pictures of a question, drawn once for all who look from the same circle in the same language."""
    if line.is_words:
        return Markup()
    shown = tuple(each and (each.published_at, each.fewest) for each in line.by_round)
    key = (
        "figures",
        here.space.id,
        line.question,
        shown,
        circle_of(here.viewer),
        here.space.threshold,
        current_language(),
        tuple(scene.rounds),
        tuple(line.is_asked),
        tuple((voice.key, voice.own_name, voice.tone) for voice in scene.voices.values()),
    )
    return keep(
        key,
        lambda: render_template("indicators/_figures.html", line=line, drawn=draw(scene, line)),
    )


def _beside(line: Line, found: Sequence[ContextFigure]) -> list[ContextFigure]:
    return [each for each in found if each.question_id == line.question.question_id]

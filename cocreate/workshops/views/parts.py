"""The parts of an agenda on a page, whosesoever agenda it is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from cocreate.core.audience import Visibility
from cocreate.core.db import utcnow
from cocreate.core.forms import Choice, Form, given_form, read_form, text_of
from cocreate.spaces.access import Here
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.forms import NothingForm
from cocreate.workshops.forms.agendas import AddPartForm, PartForm, PlaceForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.pace import pace
from cocreate.workshops.rules import StepKind, StepSketch, clock_times
from cocreate.workshops.service.agendas import Making, place_of
from cocreate.workshops.sketches import QUESTIONS, Line
from cocreate.workshops.views.preparing import duration
from cocreate.workshops.words import (
    activity_name,
    phase_name,
    questions_of,
    step_question,
    step_title,
)

MOST_QUESTIONS: Final = 8


@dataclass(frozen=True, slots=True)
class Desk:
    """An agenda with who makes it."""

    here: Here
    path: str
    making: Making
    lines: list[Line]
    workshop: Workshop | None = None

    def page(self, form: Form) -> str:
        """The whole page, or only its parts."""
        name = "_agenda_table" if request.args.get("part") == "table" else "agenda"
        return render_template(
            f"workshops/{name}.html",
            here=self.here,
            space=self.here.space,
            workshop=self.workshop,
            path=self.path,
            form=form,
            adding=_adding(),
            first=sum(line.is_fixed for line in self.lines),
            rows=list(
                zip(self.lines, table_of([line.sketch for line in self.lines]), self._starts(), strict=True)
            ),
            **self._times(),
        )

    def local(self, at: datetime | None) -> datetime | None:
        """A time on the clock of the space, for a field."""
        return at.astimezone(ZoneInfo(self.here.space.timezone)).replace(tzinfo=None) if at else None

    def _minutes(self) -> list[int]:
        return [line.sketch.minutes for line in self.lines]

    def _starts(self) -> list[datetime] | list[None]:
        """When each part begins: as it goes, as it is planned, else only how long after the beginning."""
        if self.workshop is None or (self.workshop.planned_at is None and self.workshop.opened_at is None):
            return [None] * len(self.lines)
        return pace(self.workshop).starts

    def _times(self) -> dict[str, Any]:
        minutes = self._minutes()
        starts = self._starts()
        ends = starts[-1] + timedelta(minutes=minutes[-1]) if starts and starts[-1] else None
        begun = clock_times(minutes, None, utcnow()) if minutes else []
        return {
            "ends_at": ends,
            "after": [int((at - begun[0]).total_seconds() // 60) for at in begun],
            "lasts": duration(sum(minutes)),
            "total": sum(minutes),
        }


def table_of(sketches: Sequence[StepSketch]) -> list[dict[str, Any]]:
    """What a page shows of each part, in the reader's language."""
    return [
        {
            "sketch": sketch,
            "title": step_title(sketch),
            "question": step_question(sketch),
            "icon": ACTIVITIES[sketch.kind].icon,
            "move": (sketch.phase, phase_name(sketch.phase)),
            "lasts": duration(sketch.minutes),
        }
        for sketch in sketches
    ]


def add_part(desk: Desk) -> ResponseReturnValue:
    """One more part; then its own page, to give it words."""
    form = _adding(given_form(AddPartForm))
    if not form.validate():
        return redirect(desk.path, 303)
    part_id = desk.making.add(StepKind(form.kind.data))
    return redirect(f"{desk.path}/parts/{part_id}", 303)


def change_part(desk: Desk, part_id: uuid.UUID) -> ResponseReturnValue:
    """One part, to read and to change."""
    line = desk.lines[place_of(desk.lines, part_id)]
    form = (
        given_form(PartForm)
        if request.method == "POST"
        else PartForm(formdata=None, data=_filled(line.sketch))
    )
    form.title.render_kw = {"placeholder": activity_name(line.sketch.kind)}
    _only_what_fits(form, line.sketch.kind)
    if request.method == "POST" and form.validate():
        desk.making.change(part_id, _wanted(line.sketch, form))
        return redirect(f"{desk.path}#part-{part_id}", 303)
    page = render_template(
        "workshops/agenda_part.html",
        here=desk.here,
        space=desk.here.space,
        workshop=desk.workshop,
        path=desk.path,
        form=form,
        line=line,
        row=table_of([line.sketch])[0],
        activity=activity_name(line.sketch.kind),
        on_stage=desk.workshop is not None and desk.workshop.current_step_id == part_id,
    )
    return page, 422 if request.method == "POST" else 200


def move_part(desk: Desk, part_id: uuid.UUID) -> ResponseReturnValue:
    """A part elsewhere."""
    form = read_form(PlaceForm)
    desk.making.place(part_id, form.to.data or 0)
    return made(f"{desk.path}#part-{part_id}")


def remove_part(desk: Desk, part_id: uuid.UUID) -> ResponseReturnValue:
    """A part out of it."""
    read_form(NothingForm)
    desk.making.remove(part_id)
    return made(desk.path)


def made(path: str) -> ResponseReturnValue:
    """Back to the agenda, or only that it is done."""
    return ({"state": "done"}, 200) if request.is_json else redirect(path, 303)


def _adding(form: AddPartForm | None = None) -> AddPartForm:
    form = form or AddPartForm(formdata=None)
    form.kind.choices = [Choice(str(kind), activity_name(kind)) for kind in ACTIVITIES]
    return form


def _filled(sketch: StepSketch) -> dict[str, Any]:
    return {
        "title": step_title(sketch),
        "prompt": step_question(sketch),
        "minutes": sketch.minutes,
        "questions": "\n".join(questions_of(sketch)),
        "widest": sketch.widest or "",
        "most_each": sketch.most_each,
        "has_names": sketch.has_names,
    }


def _only_what_fits(form: PartForm, kind: StepKind) -> None:
    hosted = ACTIVITIES[kind]
    if kind is not StepKind.PAIR_TALK:
        del form.questions
    if not hosted.topics or hosted.opens is None:
        del form.widest, form.has_names
    if not hosted.has_limits:
        del form.most_each


def _wanted(now: StepSketch, form: PartForm) -> StepSketch:
    """Words that are those of the ready agenda stay so, and go on speaking the reader's language."""
    ready = replace(
        now, title="", prompt="", settings={k: v for k, v in now.settings.items() if k != QUESTIONS}
    )
    title, prompt = text_of(form.title), text_of(form.prompt)
    settings = dict(ready.settings)
    if form.questions is not None:
        own = [line.strip() for line in text_of(form.questions).splitlines() if line.strip()][:MOST_QUESTIONS]
        if own and own != questions_of(ready):
            settings[QUESTIONS] = own
    return replace(
        now,
        title="" if title == step_title(ready) else title,
        prompt="" if prompt == step_question(ready) else prompt,
        minutes=form.minutes.data or now.minutes,
        widest=Visibility(form.widest.data) if form.widest is not None and form.widest.data else None,
        most_each=form.most_each.data if form.most_each is not None else None,
        has_names=bool(form.has_names.data) if form.has_names is not None else False,
        settings=settings,
    )

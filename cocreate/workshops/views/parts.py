"""The parts of an agenda on a page, whosesoever agenda it is."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import ValidationError

from cocreate.core.audience import Visibility
from cocreate.core.clocks import later, on_clock
from cocreate.core.db import utcnow
from cocreate.core.forms import Choice, Form, given_form, read_form, text_of
from cocreate.spaces.access import Here
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.forms import NothingForm
from cocreate.workshops.forms.agendas import WIDEST, AddPartForm, PartForm, PlaceForm
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.pace import pace
from cocreate.workshops.rules import StepKind, StepSketch, clock_times
from cocreate.workshops.service.agendas import ASKED, CLOSES, KEEPS, Making, kept_to, place_of
from cocreate.workshops.sketches import QUESTIONS, Line, dropped, goes_further, terms_known, turned
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
        return on_clock(at, self.here.space.timezone).replace(tzinfo=None) if at else None

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
        ends = later(starts[-1], minutes[-1]) if starts and starts[-1] else None
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
    form = _part_form(line)
    kind = _kind_in(form, line)
    form.title.render_kw = {"placeholder": activity_name(kind)}
    _only_what_fits(form, kind)
    if request.method == "POST" and form.validate(extra_validators={"kind": [_stays_what_it_is(line)]}):
        wanted = _wanted(line.sketch, turned(line.sketch, kind), form)
        if _is_kept_to(line, wanted, form):
            desk.making.change(part_id, wanted)
            return _changed(desk.path, line, kind)
    _only_what_stays(form, line)
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
        gone=_gone(),
        on_stage=desk.workshop is not None and desk.workshop.current_step_id == part_id,
    )
    return page, 422 if request.method == "POST" else 200


def _changed(path: str, line: Line, kind: StepKind) -> ResponseReturnValue:
    if kind is line.sketch.kind:
        return redirect(f"{path}#part-{line.id}", 303)
    gone = urlencode({"gone": " ".join(dropped(line.sketch, kind))})
    return redirect(f"{path}/parts/{line.id}?{gone}", 303)


def _is_kept_to(line: Line, wanted: StepSketch, form: PartForm) -> bool:
    """Whether it keeps to what people went by when they told something; else the form says what does not."""
    problem = kept_to(line, wanted)
    if problem is not None:
        form[problem[0]].errors = [str(problem[1])]
    return problem is None


def _only_what_stays(form: PartForm, line: Line) -> None:
    """What people answered is there to read, and a part in which they told something goes no further."""
    if line.keeps_its_words:
        for field in [form.prompt, *([form.questions] if form.questions is not None else [])]:
            field.render_kw = {"readonly": True}
            field.description = "" if field.errors else str(ASKED)
    if line.is_told_in and form.widest is not None:
        form.widest.choices = [each for each in WIDEST if not goes_further(line.sketch, _widest(each.value))]


def _widest(value: str | None) -> Visibility | None:
    return Visibility(value) if value else None


def _part_form(line: Line) -> PartForm:
    if request.method == "POST":
        form = given_form(PartForm)
        form.kind.data = form.kind.data or str(line.sketch.kind)  # a part that stays what it is does not ask
    else:
        form = PartForm(formdata=None, data=_filled(line.sketch))
    others = [kind for kind in ACTIVITIES if kind is not StepKind.CLOSE or line.sketch.kind is kind]
    form.kind.choices = [Choice(str(kind), activity_name(kind)) for kind in others]
    return form


def _kind_in(form: PartForm, line: Line) -> StepKind:
    """What the part is to be: its page then has the fields that fit that."""
    known = {str(kind): kind for kind in ACTIVITIES}
    return line.sketch.kind if line.keeps_its_activity else known.get(form.kind.data, line.sketch.kind)


def _stays_what_it_is(line: Line) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if field.data != line.sketch.kind and line.keeps_its_activity:
            raise ValidationError(str(CLOSES if line.sketch.kind is StepKind.CLOSE else KEEPS))

    return check


def _gone() -> list[str] | None:
    """What went when this part became something else, in words; none when it did not just now."""
    if "gone" not in request.args:
        return None
    words = {
        QUESTIONS: _("the questions that two people take along"),
        "widest": _("who may see it at most"),
        "most_each": _("how many things each person tells"),
        "has_names": _("names with what is told"),
    }
    return [words[name] for name in request.args["gone"].split() if name in words]


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
        "kind": str(sketch.kind),
        "title": step_title(sketch),
        "prompt": step_question(sketch),
        "minutes": sketch.minutes,
        "questions": "\n".join(questions_of(sketch)),
        "widest": sketch.widest or "",
        "most_each": sketch.most_each,
        "has_names": sketch.has_names,
    }


def _only_what_fits(form: PartForm, kind: StepKind) -> None:
    known = terms_known(kind)
    for name in (QUESTIONS, "widest", "has_names", "most_each"):
        if name not in known:
            delattr(form, name)


def _wanted(before: StepSketch, now: StepSketch, form: PartForm) -> StepSketch:
    """Words that are those of the ready agenda stay so, and go on speaking the reader's language.

    Of another activity than before it has the words, unless somebody chose their own.
    """
    ready, was = (
        replace(
            each, title="", prompt="", settings={k: v for k, v in each.settings.items() if k != QUESTIONS}
        )
        for each in (now, before)
    )
    title, prompt = text_of(form.title), text_of(form.prompt)
    settings = dict(ready.settings)
    if form.questions is not None:
        own = [line.strip() for line in text_of(form.questions).splitlines() if line.strip()][:MOST_QUESTIONS]
        if own and own != questions_of(ready):
            settings[QUESTIONS] = own
    return replace(
        now,
        title="" if title in (step_title(ready), step_title(was)) else title,
        prompt="" if prompt in (step_question(ready), step_question(was)) else prompt,
        minutes=form.minutes.data or now.minutes,
        widest=_widest(form.widest.data) if form.widest is not None else None,
        most_each=form.most_each.data if form.most_each is not None else None,
        has_names=bool(form.has_names.data) if form.has_names is not None else False,
        settings=settings,
    )

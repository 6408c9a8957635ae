"""The library of agendas, and making one: of a meeting, or one that the space keeps."""

import uuid
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.core.forms import given_form, read_form, text_of
from cocreate.core.problems import NotFound
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act
from cocreate.workshops.agenda_words import AGENDA_WORDS
from cocreate.workshops.forms import NothingForm
from cocreate.workshops.forms.agendas import CopyForm, PlanForm, TitleForm
from cocreate.workshops.library import ALONE, FIVE, Agenda
from cocreate.workshops.queries import workshop_of
from cocreate.workshops.queries.agendas import kept_agenda, kept_agendas, kept_lines, lines_of
from cocreate.workshops.rules import StepSketch
from cocreate.workshops.service.agendas import MeetingAgenda
from cocreate.workshops.service.keeping import KeptAgenda, keep_agenda
from cocreate.workshops.service.preparing import TITLE_MOST, Place, sketches_of, start_workshop
from cocreate.workshops.sketches import sketch_of
from cocreate.workshops.views.parts import Desk, add_part, change_part, made, move_part, remove_part, table_of
from cocreate.workshops.views.preparing import ALL_FIVE, duration, in_zone, sketches_for

blueprint = Blueprint("agendas", __name__)
MEETING: Final = "/workshops/<uuid:workshop_id>/agenda"
LIBRARY: Final = "/spaces/<uuid:space_id>/agendas"
KEPT: Final = f"{LIBRARY}/<uuid:agenda_id>"
PART: Final = "/parts/<uuid:part_id>"


@blueprint.get(LIBRARY)
def library(space_id: uuid.UUID) -> ResponseReturnValue:
    """All ready agendas, and those of the space's own."""
    here = enter(space_id, Act.FACILITATE)
    return render_template(
        "workshops/agendas.html",
        here=here,
        space=here.space,
        ready=[(agenda, *AGENDA_WORDS[agenda], table_of(_ready(here, agenda))) for agenda in ALONE],
        five=[(agenda, *AGENDA_WORDS[agenda], table_of(_ready(here, agenda))) for agenda in FIVE],
        all_five=ALL_FIVE,
        lasting=lambda rows: duration(sum(row["sketch"].minutes for row in rows)),
        own=[
            (kept, table_of([line.sketch for line in kept_lines(kept.steps)]))
            for kept in kept_agendas(space_id)
        ],
    )


@blueprint.post(LIBRARY)
def copy(space_id: uuid.UUID) -> ResponseReturnValue:
    """A copy of an agenda as the space's own, to change."""
    form = read_form(CopyForm)
    here = enter(space_id, Act.FACILITATE)
    key = text_of(form.agenda)
    agenda = sketches_for(space_id, key)
    sketches = sketches_of(space_id, agenda)
    if isinstance(agenda, Agenda):
        title = str(AGENDA_WORDS[agenda][0])
    else:
        title = kept_agenda(space_id, uuid.UUID(key.partition(":")[2])).title
    agenda_id = keep_agenda(space_id, _maker(here), _copied(title), sketches)
    return redirect(url_for("agendas.kept", space_id=space_id, agenda_id=agenda_id), 303)


@blueprint.get(KEPT)
def kept(space_id: uuid.UUID, agenda_id: uuid.UUID) -> ResponseReturnValue:
    """An agenda of the space's own; `?part=table` gives only its parts."""
    return _kept(space_id, agenda_id).page(
        TitleForm(formdata=None, data={"title": _title_of(agenda_id, space_id)})
    )


@blueprint.post(KEPT)
def rename(space_id: uuid.UUID, agenda_id: uuid.UUID) -> ResponseReturnValue:
    """Under another name."""
    form, desk = given_form(TitleForm), _kept(space_id, agenda_id)
    if not form.validate():
        return desk.page(form), 422
    KeptAgenda(space_id, agenda_id).rename(text_of(form.title))
    return redirect(desk.path, 303)


@blueprint.post(f"{KEPT}/removal")
def remove(space_id: uuid.UUID, agenda_id: uuid.UUID) -> ResponseReturnValue:
    """Not kept any more."""
    read_form(NothingForm)
    enter(space_id, Act.FACILITATE)
    KeptAgenda(space_id, agenda_id).throw_away()
    return redirect(url_for("agendas.library", space_id=space_id), 303)


@blueprint.post(f"{KEPT}/parts")
def kept_add(space_id: uuid.UUID, agenda_id: uuid.UUID) -> ResponseReturnValue:
    """One more part."""
    return add_part(_kept(space_id, agenda_id))


@blueprint.route(f"{KEPT}{PART}", methods=["GET", "POST"])
def kept_part(space_id: uuid.UUID, agenda_id: uuid.UUID, part_id: uuid.UUID) -> ResponseReturnValue:
    """One part."""
    return change_part(_kept(space_id, agenda_id), part_id)


@blueprint.post(f"{KEPT}{PART}/place")
def kept_place(space_id: uuid.UUID, agenda_id: uuid.UUID, part_id: uuid.UUID) -> ResponseReturnValue:
    """A part elsewhere."""
    return move_part(_kept(space_id, agenda_id), part_id)


@blueprint.post(f"{KEPT}{PART}/removal")
def kept_removal(space_id: uuid.UUID, agenda_id: uuid.UUID, part_id: uuid.UUID) -> ResponseReturnValue:
    """A part out of it."""
    return remove_part(_kept(space_id, agenda_id), part_id)


@blueprint.get(MEETING)
def meeting(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The agenda of a meeting; `?part=table` gives only its parts."""
    desk = _meeting(workshop_id)
    workshop = workshop_of(workshop_id)
    planned = desk.local(workshop.planned_at)
    return desk.page(PlanForm(formdata=None, data={"title": workshop.title, "planned_at": planned}))


@blueprint.post(MEETING)
def plan(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """What it is called, and when it begins."""
    form, desk = given_form(PlanForm), _meeting(workshop_id)
    if not form.validate():
        return desk.page(form), 422
    planned_at = in_zone(form.planned_at.data, desk.here.space.timezone)
    MeetingAgenda(desk.here.space.id, workshop_id).plan(text_of(form.title), planned_at)
    return made(desk.path)


@blueprint.post(f"{MEETING}/parts")
def meeting_add(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """One more part."""
    return add_part(_meeting(workshop_id))


@blueprint.route(f"{MEETING}{PART}", methods=["GET", "POST"])
def meeting_part(workshop_id: uuid.UUID, part_id: uuid.UUID) -> ResponseReturnValue:
    """One part."""
    return change_part(_meeting(workshop_id), part_id)


@blueprint.post(f"{MEETING}{PART}/place")
def meeting_place(workshop_id: uuid.UUID, part_id: uuid.UUID) -> ResponseReturnValue:
    """A part elsewhere."""
    return move_part(_meeting(workshop_id), part_id)


@blueprint.post(f"{MEETING}{PART}/removal")
def meeting_removal(workshop_id: uuid.UUID, part_id: uuid.UUID) -> ResponseReturnValue:
    """A part out of it."""
    return remove_part(_meeting(workshop_id), part_id)


@blueprint.post("/workshops/<uuid:workshop_id>/own-agendas")
def keep(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The agenda of this meeting for another time."""
    form, desk = read_form(TitleForm), _meeting(workshop_id)
    sketches = [sketch_of(step) for step in workshop_of(workshop_id).steps]
    keep_agenda(desk.here.space.id, _maker(desk.here), text_of(form.title), sketches)
    return redirect(url_for("agendas.library", space_id=desk.here.space.id), 303)


@blueprint.post("/workshops/<uuid:workshop_id>/copies")
def duplicate(workshop_id: uuid.UUID) -> ResponseReturnValue:
    """The same meeting once more, not planned yet, with a map of its own."""
    read_form(NothingForm)
    desk = _meeting(workshop_id)
    workshop = workshop_of(workshop_id)
    sketches = [sketch_of(step) for step in workshop.steps]
    place = Place(None, workshop.series_id)
    copy_id = start_workshop(desk.here.space.id, _copied(workshop.title), agenda=sketches, place=place)
    return redirect(url_for("agendas.meeting", workshop_id=copy_id), 303)


def _meeting(workshop_id: uuid.UUID) -> Desk:
    workshop = workshop_of(workshop_id)
    here = enter(workshop.space_id, Act.FACILITATE)
    path = url_for("agendas.meeting", workshop_id=workshop_id)
    return Desk(here, path, MeetingAgenda(here.space.id, workshop_id), lines_of(workshop), workshop)


def _kept(space_id: uuid.UUID, agenda_id: uuid.UUID) -> Desk:
    here = enter(space_id, Act.FACILITATE)
    lines = kept_lines(kept_agenda(space_id, agenda_id).steps)
    path = url_for("agendas.kept", space_id=space_id, agenda_id=agenda_id)
    return Desk(here, path, KeptAgenda(space_id, agenda_id), lines)


def _title_of(agenda_id: uuid.UUID, space_id: uuid.UUID) -> str:
    enter(space_id, Act.FACILITATE)
    return kept_agenda(space_id, agenda_id).title


def _ready(here: Here, agenda: Agenda) -> Sequence[StepSketch]:
    return sketches_of(here.space.id, agenda)


def _copied(title: str) -> str:
    return str(_("%(title)s (copy)", title=title[: TITLE_MOST - 10]))


def _maker(here: Here) -> uuid.UUID:
    if here.viewer.membership_id is None:
        raise NotFound
    return here.viewer.membership_id

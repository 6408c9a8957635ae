"""The meetings of a space, and preparing a new one."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.core.changes import changing
from cocreate.core.forms import Choice, as_uuid, given_form, text_of
from cocreate.core.problems import NotFound
from cocreate.spaces.access import Here, enter
from cocreate.spaces.rules import Act
from cocreate.trajectories.queries import trajectories_seen
from cocreate.workshops.agenda_words import AGENDA_WORDS, FIVE_WORDS
from cocreate.workshops.forms import WorkshopForm
from cocreate.workshops.forms.agendas import NEW
from cocreate.workshops.library import ALONE, FIVE, MINUTES, Agenda
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshop_of, workshops_of
from cocreate.workshops.queries.agendas import kept_agenda, kept_agendas, kept_lines
from cocreate.workshops.queries.series import series_of_space
from cocreate.workshops.rules import StepSketch
from cocreate.workshops.service.preparing import Place, start_meetings, start_series, start_workshop
from cocreate.workshops.sketches import sketch_of

blueprint = Blueprint("preparing", __name__)
ALL_FIVE: Final = "five"
OWN, EARLIER = "own", "earlier"  # before the id of an agenda, or of a meeting
MOST_EARLIER: Final = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """An agenda that a new meeting can have."""

    key: str
    title: str
    about: str
    minutes: int


@blueprint.get("/spaces/<uuid:space_id>/workshops")
def index(space_id: uuid.UUID) -> ResponseReturnValue:
    """The workshops of a space, those of a series together; for who leads them."""
    here = enter(space_id, Act.FACILITATE)
    every = workshops_of(space_id)
    by_series = [
        (series, sorted((w for w in every if w.series_id == series.id), key=lambda w: w.series_position or 0))
        for series in series_of_space(space_id)
    ]
    return render_template(
        "workshops/index.html",
        here=here,
        space=here.space,
        series=[(each, meetings) for each, meetings in by_series if meetings],
        workshops=[each for each in every if each.series_id is None],
    )


@blueprint.route("/spaces/<uuid:space_id>/workshops/new", methods=["GET", "POST"])
def new(space_id: uuid.UUID) -> ResponseReturnValue:
    """Start a workshop from a ready agenda, one of the space's own, or that of an earlier meeting."""
    here = enter(space_id, Act.FACILITATE)
    form = given_form(WorkshopForm) if request.method == "POST" else WorkshopForm(formdata=None)
    offered = _offered(here, request.args.get("agenda", ""))
    maps = [Choice(str(each.id), each.title) for each, _seen in trajectories_seen(here.viewer)]
    form.trajectory_id.choices = [Choice("", _("A new map")), *maps]
    series = [Choice(str(each.id), each.title) for each in series_of_space(space_id)]
    form.series_id.choices = [
        Choice("", _("No, it stands alone")),
        Choice(NEW, _("Yes, a new series")),
        *series,
    ]
    form.agenda.choices = [Choice(each.key, each.title) for each in offered]
    wanted = request.args.get("agenda")
    if request.method != "POST" and wanted in {each.key for each in offered}:
        form.agenda.data = wanted
    if request.method == "POST" and form.validate():
        return redirect(_start(here, form), 303)
    page = render_template(
        "workshops/new.html",
        form=form,
        space=here.space,
        here=here,
        has_maps=bool(maps),
        hints={each.key: _hint(each) for each in offered},
    )
    return page, 422 if request.method == "POST" else 200


def in_zone(at: datetime | None, zone: str) -> datetime | None:
    """A date and time as they were filled in, on the clock of the space."""
    return at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if at else None


def sketches_for(space_id: uuid.UUID, key: str) -> Agenda | Sequence[StepSketch]:
    """The agenda under a key: a ready one, or the parts of another."""
    kind, _colon, id = key.partition(":")
    if kind == OWN:
        return [line.sketch for line in kept_lines(kept_agenda(space_id, _id(id)).steps)]
    if kind == EARLIER:
        earlier = workshop_of(_id(id))
        if earlier.space_id != space_id:
            raise NotFound
        return [sketch_of(step) for step in earlier.steps]
    if kind not in set(Agenda):
        raise NotFound
    return Agenda(kind)


def _start(here: Here, form: WorkshopForm) -> str:
    title, key = text_of(form.title), form.agenda.data or Agenda.MOMENTS
    planned_at = in_zone(form.planned_at.data, here.space.timezone)
    if key == ALL_FIVE:
        agendas = [(f"{AGENDA_WORDS[agenda][0]} · {title}", agenda) for agenda in FIVE]
        five_id = start_meetings(here.space.id, title, agendas, planned_at)
        return url_for("series.series", space_id=here.space.id, series_id=five_id)
    with changing(here.space.id) as log:
        is_new = form.series_id.data == NEW
        chosen = None if is_new else as_uuid(form.series_id.data)
        series_id = start_series(log, text_of(form.series_title) or title) if is_new else chosen
        place = Place(planned_at, series_id)
        agenda = sketches_for(here.space.id, key)
        workshop_id = start_workshop(here.space.id, title, as_uuid(form.trajectory_id.data), agenda, place)
    return url_for("console.console", workshop_id=workshop_id)


def _offered(here: Here, wanted: str) -> list[Offered]:
    ready = [*ALONE, *(agenda for agenda in FIVE if agenda == wanted)]
    found = [Offered(each, *_words(AGENDA_WORDS[each]), MINUTES[each]) for each in ready]
    found.append(Offered(ALL_FIVE, *_words(FIVE_WORDS), sum(MINUTES[each] for each in FIVE)))
    for kept in kept_agendas(here.space.id):
        minutes = sum(line.sketch.minutes for line in kept_lines(kept.steps))
        found.append(Offered(f"{OWN}:{kept.id}", kept.title, _("Your own agenda."), minutes))
    every = workshops_of(here.space.id)
    for number, each in enumerate(every):
        key = f"{EARLIER}:{each.id}"
        if number < MOST_EARLIER or key == wanted:
            found.append(Offered(key, each.title, _("As you did it before."), _minutes(each)))
    return found


def _words(words: tuple[Any, Any]) -> tuple[str, str]:
    return str(words[0]), str(words[1])


def _minutes(workshop: Workshop) -> int:
    return sum(step.minutes for step in workshop.steps)


def _hint(each: Offered) -> str:
    return f"{each.about} {duration(each.minutes)}"


def duration(minutes: int) -> str:
    """How long something takes, in words: "2 h 15 min"."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return str(_("%(hours)d h %(minutes)d min", hours=hours, minutes=rest))
    return str(_("%(hours)d h", hours=hours) if hours else _("%(minutes)d min", minutes=rest))


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotFound from error

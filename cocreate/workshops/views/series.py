"""A series of meetings, and who came to which: for who leads, and nobody else."""

import uuid
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cocreate.indicators.tables import write_csv
from cocreate.spaces.access import enter
from cocreate.spaces.queries import VoiceFacts, voices_of
from cocreate.spaces.rules import Act
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.series import Came, by_voice, meetings_of, series_in, who_came
from cocreate.workshops.views.preparing import duration

blueprint = Blueprint("series", __name__)
Voices = dict[uuid.UUID | None, VoiceFacts]
SERIES: Final = "/spaces/<uuid:space_id>/series/<uuid:series_id>"


@blueprint.get(SERIES)
def series(space_id: uuid.UUID, series_id: uuid.UUID) -> ResponseReturnValue:
    """Its meetings in order, and who came."""
    here = enter(space_id, Act.FACILITATE)
    found = series_in(space_id, series_id)
    meetings = meetings_of(found.id)
    people = who_came(meetings)
    voices: Voices = {voice.id: voice for voice in voices_of(space_id)}
    return render_template(
        "workshops/series.html",
        here=here,
        space=here.space,
        series=found,
        meetings=[(each, duration(sum(step.minutes for step in each.steps))) for each in meetings],
        people=[(each, called(each, voices), voices.get(each.voice_id)) for each in people],
        voices=[
            (voice, [by_voice(people, place)[voice.id] for place in range(len(meetings))])
            for voice in voices.values()
            if any(each.voice_id == voice.id for each in people)
        ],
        came=[sum(each.at[place] for each in people) for place in range(len(meetings))],
    )


@blueprint.get(f"{SERIES}/attendance.csv")
def attendance(space_id: uuid.UUID, series_id: uuid.UUID) -> ResponseReturnValue:
    """Who came, as a file."""
    enter(space_id, Act.FACILITATE)
    meetings = meetings_of(series_in(space_id, series_id).id)
    voices: Voices = {voice.id: voice for voice in voices_of(space_id)}
    content = write_csv(_rows(meetings, who_came(meetings), voices))
    answer = send_file(
        BytesIO(content), "text/csv", as_attachment=True, download_name="cocreate-attendance.csv", etag=False
    )
    answer.headers["Cache-Control"] = "no-store"  # it is about persons
    return answer


def called(person: Came, voices: Voices) -> str:
    """The name that somebody gave, else the voice and a number."""
    if person.name:
        return person.name
    voice = voices.get(person.voice_id)
    return f"{voice.name if voice else _('No voice')} {person.number}"


def _rows(meetings: Sequence[Workshop], people: Sequence[Came], voices: Voices) -> list[list[str | int]]:
    titles = [each.title for each in meetings]
    rows: list[list[str | int]] = [[str(_("Who")), str(_("Voice")), *titles, str(_("How many times"))]]
    for person in people:
        voice = voices.get(person.voice_id)
        came = [str(_("yes") if each else _("no")) for each in person.at]
        rows.append([called(person, voices), voice.name if voice else "", *came, person.times])
    return rows

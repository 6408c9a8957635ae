"""Sheets as they come out of the printer, and as they are typed over."""

import re
import uuid

from flask import Flask

from cocreate.spaces.queries import voices_of
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service import start_workshop


def begin(steward, room: str, app: Flask, space, label: str = "A12") -> str:
    """The address of the sheets of this label."""
    with app.app_context():
        voice = next(voice for voice in voices_of(space.id) if voice.key == "resident")
    answer = steward.post(f"{room}/paper/entries", {"label": label, "voice_id": str(voice.id)})
    assert answer.status_code == 303
    return answer.location


def meeting_of(app: Flask, space, *sketches: StepSketch) -> str:
    """The address of a meeting with these parts."""
    with app.app_context():
        return f"/workshops/{start_workshop(space.id, 'Papieren avond', agenda=sketches)}"


def id_of(room: str) -> uuid.UUID:
    """The id of the meeting with this address."""
    return uuid.UUID(room.rpartition("/")[2])


def part(kind: StepKind, **terms) -> StepSketch:
    """A part of that kind, on these terms."""
    return StepSketch(kind, ACTIVITIES[kind].phase, 10, **terms)


def printed(steward, room: str, query: str = "") -> list[str]:
    """The sheets as they are printed."""
    return steward.get(f"{room}/paper{query}").text.split('<article class="paper-step')[1:]


def wishes_on(sheet: str) -> dict[int, str]:
    """The wishes on a sheet, by their number."""
    body = sheet.split('class="paper-body">')[1]
    found = re.findall(r'class="paper-numbered"><b>(\d+)</b>(.*?)</li>', body, re.DOTALL)
    return {int(number): re.search(r"Wens [\w ]+\.", words)[0] for number, words in found}


def wishes_typed(page: str) -> dict[int, str]:
    """The wishes that a stance can be typed over for, by their number."""
    choices = page.split('id="stance-impact"')[1].split("</select>", maxsplit=1)[0]
    found = re.findall(r'<option value="[^"]{36}"[^>]*>(\d+)\. ([^<]+)<', choices)
    return {int(number): words for number, words in found}

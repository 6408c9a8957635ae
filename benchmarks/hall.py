"""A hall to measure in: a space, an open workshop, guests in every voice, and their cookies."""

import os
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from cocreate import create_app
from cocreate.accounts.service import sign_in, sign_up, welcome_guest
from cocreate.config import Config
from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import changing
from cocreate.core.db import db, new_id, session
from cocreate.impacts.rules import Position
from cocreate.impacts.service import propose_impact, take_stance
from cocreate.indicators.service import propose_indicator
from cocreate.moments.service import MomentDraft, share_moment
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.openings import open_activity
from cocreate.spaces.queries import membership_of, viewer_for, voices_of
from cocreate.spaces.rules import Activity
from cocreate.spaces.service import SpaceDraft, attend, join_space, open_space
from cocreate.workshops.library import Agenda
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service import open_doors, start_workshop
from tests.shell import cocreate

SENTENCES = (
    "We namen de spelletjes mee naar binnen, en ineens zaten er elf oma's aan tafel.",
    "Niemand vroeg wat er mis was met mij. Ze vroegen wat ik wilde doen.",
    "Bij het derde bezoek had hij zijn haar gekamd en stond de koffie klaar.",
    "Voor het eerst begreep ik waar de cijfers eigenlijk over gaan.",
    "Mijn buurvrouw weet nu hoe ik heet, en we groeten elkaar op straat.",
)


@dataclass
class Hall:
    """What a benchmark needs to know."""

    app: Flask
    data: Path
    space_id: uuid.UUID
    workshop_id: uuid.UUID
    code: str
    guests: list[Viewer]
    cookies: list[str]
    reader: str  # the cookie of somebody with an account: only their browsers may keep pages
    lead: str  # the cookie of who leads
    steps: list[tuple[StepKind, uuid.UUID]]
    map_id: uuid.UUID


@contextmanager
def hall(guests: int, agenda: Agenda | Sequence[StepSketch] = Agenda.MOMENTS) -> Iterator[Hall]:
    """A fresh SQLite database with everything open, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="cocreate-bench-") as folder:
        data = Path(folder)
        done = cocreate("migrate", COCREATE_DATA=data)
        if done.returncode:
            raise RuntimeError(done.stderr)
        # The log line of each request is part of its cost, but nobody needs to read it here.
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            app = create_app(Config(data=data))
            with app.app_context():
                here = _fill(app, data, guests, agenda)
                db.engine.dispose()
            # Outside its context: requests that share one would share what they read, too.
            yield here
            with app.app_context():
                db.engine.dispose()


def _fill(app: Flask, data: Path, guests: int, agenda: Agenda | Sequence[StepSketch]) -> Hall:
    lead_id = welcome_guest()
    space = open_space(lead_id, SpaceDraft("Onze buurt", "Jong en oud in onze buurt."))
    workshop_id = start_workshop(space.id, "Van voetbaldag naar spelmiddag", agenda=agenda)
    open_doors(workshop_id, space.id)
    voices = voices_of(space.id)
    account_id = sign_up("reader@example.org", "Reader", None)
    people = [welcome_guest() for _ in range(guests)]
    with changing(space.id) as log:
        for activity in Activity:
            open_activity(log, workshop_id, activity)
        for place, person_id in enumerate(people):
            attend(log, workshop_id, join_space(log, person_id, voice_id=voices[place % len(voices)].id))
        join_space(log, account_id, voice_id=voices[0].id)
    workshop = session.get_one(Workshop, workshop_id)
    viewers = [viewer_for(space, membership_of(space.id, person_id)) for person_id in people]
    cookies = [make_cookie(app, sign_in(person_id)) for person_id in people]
    return Hall(
        app,
        data,
        space.id,
        workshop_id,
        workshop.code or "",
        viewers,
        cookies,
        reader=make_cookie(app, sign_in(account_id)),
        lead=make_cookie(app, sign_in(lead_id)),
        steps=[(StepKind(step.kind), step.id) for step in workshop.steps],
        map_id=trajectory_of_workshop(workshop_id).id,
    )


def make_cookie(app: Flask, token: str) -> str:
    """The cookie of a browser that signed in."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True, "language": "nl"})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


def tell(here: Hall, moments: int, impacts: int, stances: int, indicators: int) -> None:
    """So many contributions; `stances` on each impact."""
    with here.app.app_context():
        _tell(here, moments, impacts, stances, indicators)


def _tell(here: Hall, moments: int, impacts: int, stances: int, indicators: int) -> None:
    def arrival() -> Arrival:
        return Arrival(new_id(), here.workshop_id, Visibility.SPACE)

    def who(number: int) -> Viewer:
        return here.guests[number % len(here.guests)]

    def said(number: int) -> str:
        return f"{SENTENCES[number % len(SENTENCES)]} ({number})"

    for number in range(moments):
        possible = said(number + 2) if number % 2 else ""
        share_moment(who(number), arrival(), MomentDraft(said(number), said(number + 1), possible))
    made = [
        uuid.UUID(propose_impact(who(number), arrival(), said(number))["subject_id"])
        for number in range(impacts)
    ]
    for number, impact_id in enumerate(made):
        for place in range(stances):
            position = list(Position)[(number + place) % len(Position)]
            take_stance(who(number + place), arrival(), impact_id, position, "")
    for number in range(indicators):
        propose_indicator(who(number), arrival(), made[number % len(made)], said(number))

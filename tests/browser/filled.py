"""A meeting with every step in it and much told: what the screen and paper are looked at with."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cocreate import create_app
from cocreate.config import Config
from cocreate.core.audience import Visibility
from cocreate.core.db import db, session
from cocreate.replies.rules import IsRight, Mood
from cocreate.trajectories.rules import GrowQuestion
from cocreate.trajectories.service import Answer
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service import open_doors, start_workshop
from cocreate.workshops.service.stage import move_stage
from tests.browser.people import PASSWORD
from tests.factories import (
    MadeSpace,
    MadeWorkshop,
    Member,
    make_account,
    make_commitment,
    make_factor,
    make_impact,
    make_indicator,
    make_measuring,
    make_member,
    make_moment,
    make_mood,
    make_node,
    make_reply,
    make_space,
    make_stance,
    make_summary,
    make_summary_check,
)

MOMENTS = (
    "Samen soep gekookt.",
    "Er kwam een buurvrouw binnen die ik nog nooit had gesproken, en ze bleef de hele middag.",
    "De sportdag werd een spelmiddag met de ouderen van de flat, want het regende. Er kwamen elf oma's.",
    "Iemand vroeg hoe het met mij ging.",
    "Fietsen gerepareerd met de jongens van het plein.",
    "De bibliotheek bleef een uur langer open.",
)
SECRET = "Dit vertel ik alleen aan mezelf."
WISHES = (
    "Iedereen doet mee.",
    "Niemand eet alleen als hij dat niet wil.",
    "Jongeren beslissen mee over het plein.",
)
SIGNS = ("We groeten elkaar.", "Er staat een bankje en er zit iemand op.", "Wie nieuw is, wordt gevraagd.")
HELPED = ("Er was tijd", "Iemand begon gewoon", "De deur stond open")
ROAD = ("Een voetbaldag", "Het regende", "De spelmiddag", "Elf oma's", "Nu elke maand")
REPLIES = (
    "Dat er een bankje staat, met iemand erop.",
    "Minder haast.",
    "Iemand die gedag zegt.",
    "Dat we vaker samen koken, niet alleen op feestdagen, en dat wie nieuw is ook gevraagd wordt.",
)
PROMISES = (
    "Ik bel aan bij mijn bovenbuurman.",
    "Ik breng vrijdag de soep.",
    "Ik vraag de gemeente om een bankje, en ik laat jullie weten wat ze zeggen.",
)
HEARD = (
    "Een bankje is genoeg om te beginnen.",
    "Wie nieuw is, wordt gevraagd: door een buur, en niet door een brief van de gemeente.",
    "Iedereen die hier was, wil een keer per maand samen eten.",
)
OTHERWISE = "Een bankje, en iemand die er zit."
LONG = (
    "Vertel over een keer dat het in onze straat goed ging, al was het maar even. Wie was erbij, wat "
    "gebeurde er precies, en waarom maakte dat voor jou zo veel uit dat je er nu nog aan terugdenkt?"
)


@dataclass(frozen=True)
class Filled:
    """The meeting, its steps by kind, and with what its leader signs in."""

    workshop: MadeWorkshop
    steps: dict[str, uuid.UUID]
    people: list[Member]
    email: str
    space: MadeSpace
    lead: Member

    def go_to(self, kind: str) -> None:
        """Put this step on stage, as the console does."""
        move_stage(self.workshop.id, self.workshop.space_id, self.steps[kind])


@contextmanager
def installed(data: Path) -> Iterator[None]:
    """The installation of a server, in this process too."""
    with create_app(Config(data=data, testing=True)).app_context():
        yield
        session.remove()
        db.engine.dispose()


def fill(email: str, *, prompts: dict[str, str] | None = None) -> Filled:
    """A space with one meeting that went through all its steps."""
    space = make_space(person_id=make_account(email=email, password=PASSWORD), name="De buurt")
    made = _start(space, prompts or {})
    people = [make_member(space, made, voice=voice) for voice in ("resident", "youth", "professional") * 2]
    steps = {step.kind: step.id for step in session().get_one(Workshop, made.id).steps}
    filled = Filled(made, steps, people, email, space, space.steward)
    make_measuring(space)
    for kind in ACTIVITIES:
        if kind is StepKind.CHOOSE:
            continue
        filled.go_to(kind)
    _tell(filled)
    _reply(filled, space.steward)
    filled.go_to(StepKind.CHOOSE)
    filled.go_to(StepKind.WELCOME)
    return filled


def _start(space: MadeSpace, prompts: dict[str, str]) -> MadeWorkshop:
    agenda = [
        StepSketch(kind, hosted.phase, hosted.minutes, prompt=prompts.get(kind, ""))
        for kind, hosted in ACTIVITIES.items()
    ]
    workshop_id = start_workshop(space.id, "Donderdagavond in het buurthuis", agenda=agenda)
    open_doors(workshop_id, space.id)
    found = session().get_one(Workshop, workshop_id)
    trajectory = trajectory_of_workshop(workshop_id)
    assert found.code
    assert trajectory
    return MadeWorkshop(workshop_id, space.id, found.code, trajectory.id, {})


def _reply(filled: Filled, leader: Member) -> None:
    made, people, steps = filled.workshop, filled.people, filled.steps
    for person, words in zip(people, REPLIES, strict=False):
        make_reply(person, made, words, steps["open_question"])
    for person, words in zip(people, PROMISES, strict=False):
        make_commitment(person, made, words, by_on=None if person is people[1] else date(2027, 1, 15))
    first, second, _third = [make_summary(leader, made, words) for words in HEARD]
    for person in people:
        is_other = person is people[0]
        answer = IsRight.NOT_QUITE if is_other else IsRight.RIGHT
        make_summary_check(person, made, first, answer, OTHERWISE if is_other else "")
        for kind, moods in (("check_in", (Mood.SUN, Mood.RAIN)), ("check_out", (Mood.CLOUDS, Mood.STORM))):
            make_mood(person, made, moods[0], steps[kind])
            make_mood(make_member(filled.space, made), made, moods[1], steps[kind])
    make_summary_check(people[0], made, second, IsRight.NOT_CLEAR)


def _tell(filled: Filled) -> None:
    made, people = filled.workshop, filled.people
    for place, words in enumerate(MOMENTS * 2):
        make_moment(people[place % len(people)], made, words)
    make_moment(people[0], made, SECRET, visibility=Visibility.MAKER)
    wishes = [make_impact(person, made, words) for person, words in zip(people, WISHES, strict=False)]
    for person in people:
        for wish in wishes:
            make_stance(person, made, wish, visibility=Visibility.WORKSHOP)
    for person, words in zip(people, SIGNS, strict=False):
        make_indicator(person, made, wishes[0], words)
    for person, words in zip(people, HELPED, strict=False):
        make_factor(person, made, words)
    before = None
    for words in ROAD:
        question = GrowQuestion.WHAT_NEXT if before else None
        before = make_node(people[0], made, answer=Answer(words, question, before))

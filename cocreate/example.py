"""An example space, filled the first time, so that nobody meets an empty house."""

import uuid
from collections.abc import Callable

from sqlalchemy import select

from cocreate.accounts.service import find_account, sign_up, welcome_guest
from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.impacts.rules import Position, Realism
from cocreate.impacts.service import (
    check_realism,
    propose_impact,
    remark_on,
    suggest_wording,
    take_stance,
)
from cocreate.indicators.service import propose_indicator
from cocreate.moments.service import MomentDraft, share_moment
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.models import Space
from cocreate.spaces.openings import open_activity, set_between_meetings
from cocreate.spaces.queries import membership_of, viewer_for, voices_of
from cocreate.spaces.rules import Activity
from cocreate.spaces.service import SpaceDraft, attend, join_space, open_space
from cocreate.trajectories.queries import trajectory_of_workshop
from cocreate.trajectories.rules import GrowQuestion, NodeState
from cocreate.trajectories.service import Answer, grow
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshops_of
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import move_stage, open_doors, start_workshop

EMAIL = "facilitator@example.org"
NAME = "Onze buurt (voorbeeld)"
PURPOSE = (
    "Jong en oud in onze buurt. We vertellen wat er gebeurde, zeggen wat we willen bereiken, "
    "en tekenen hoe het ging. Alles hier is verzonnen: kijk rond en probeer het uit."
)
# ruff: noqa: E501 (one moment to a line reads best)
MOMENTS = [
    ("youth", "We namen de spelletjes mee naar binnen, en ineens zaten er elf oma's.", "Ze lachten niet om ons maar met ons.", "Het regende."),
    ("resident", "Niemand vroeg wat er mis was met mij. Ze vroegen wat ik wilde doen.", "Ik was weer gewoon iemand.", "Er was tijd."),
    ("professional", "Bij het derde bezoek had hij zijn haar gekamd.", "Het was klein, maar het was voor ons.", ""),
    ("youth", "Ik heb ze zelf gebeld.", "Dat durfde ik eerst niet.", "Mijn zus zat naast me."),
    ("policymaker", "Voor het eerst begreep ik waar de cijfers over gaan.", "", "We zaten aan dezelfde tafel."),
    ("resident", "Mijn buurvrouw weet nu hoe ik heet.", "We groeten elkaar op straat.", "De spelmiddag."),
]  # fmt: skip
IMPACTS = [
    ("youth", "Jong en oud kennen elkaar bij naam."),
    ("resident", "Iedereen heeft iemand om even bij aan te bellen."),
    ("professional", "Jongeren beslissen mee over het plein."),
]
STANCES = [
    (0, "resident", Position.FOR, ""),
    (0, "professional", Position.FOR, ""),
    (0, "policymaker", Position.OBJECTION, "Maak er niet weer een project van."),
    (1, "youth", Position.FOR, ""),
    (1, "policymaker", Position.DONT_KNOW, ""),
    (2, "youth", Position.FOR, "Het is ons plein."),
    (2, "resident", Position.OBJECTION, "Wij wonen er ook."),
]
# Of six more people of each voice: how many are for it, object, don't know; by impact.
CROWD = {
    "resident": ((6, 0, 0), (5, 0, 1), (2, 4, 0)),
    "youth": ((5, 1, 0), (4, 0, 2), (6, 0, 0)),
    "professional": ((5, 0, 1), (6, 0, 0), (5, 1, 0)),
    "policymaker": ((3, 2, 1), (5, 1, 0), (4, 1, 1)),
}
WORDINGS = [(1, "youth", "Niemand hoeft in zijn eentje te eten als hij dat niet wil.")]
REMARKS = [
    (0, "resident", "Bij naam kennen is een begin. Daarna komt de rest vanzelf."),
    (2, "policymaker", "Wat beslissen ze dan wel, en wat niet? Laten we dat eerlijk zeggen."),
]
REALISM = [
    (0, "professional", Realism.FAIR, "In de Lindelaan lukte het in een jaar."),
    (1, "policymaker", Realism.TOO_BIG, "Iedereen is veel. Beloof het niet."),
    (2, "youth", Realism.TOO_SMALL, "Meebeslissen mag best groter dan een plein."),
]
INDICATORS = [
    (0, "resident", "Mensen groeten elkaar op straat."),
    (0, "youth", "De oma's komen vanzelf."),
    (1, "resident", "Iemand vraagt om hulp zonder zich te schamen."),
]
ROAD = [
    # what, question, grows from (place in this list), state
    ("Voetbaldag op het plein", None, None, NodeState.PLANNED),
    ("Regen, en geen zaal", GrowQuestion.WHAT_HINDERED, 0, NodeState.HAPPENED),
    ("Toernooi met vier buurten", GrowQuestion.WHAT_NEXT, 0, NodeState.DROPPED),
    ("Spelletjes in het buurthuis", GrowQuestion.WHAT_NEXT, 1, NodeState.EMERGED),
    ("Elf oma's schuiven aan", GrowQuestion.WHAT_ELSE, 3, NodeState.EMERGED),
    ("De barvrouw zette koffie", GrowQuestion.WHAT_HELPED, 4, NodeState.HAPPENED),
    ("Elke donderdag samen koken", GrowQuestion.WHAT_NEXT, 4, NodeState.HAPPENED),
    ("Ze kennen ons nu", GrowQuestion.WHAT_MEANT, 6, NodeState.HAPPENED),
]


def facilitator() -> uuid.UUID:
    """The person who leads the example."""
    account = find_account(EMAIL)
    return account.person_id if account else sign_up(EMAIL, "Facilitator", None)


def example_workshop() -> Workshop | None:
    """The open workshop of the example space; made the first time, with everything in it."""
    space = session().scalar(select(Space).where(Space.name == NAME))
    if space is None:
        space = _fill(facilitator())
    return next((workshop for workshop in workshops_of(space.id) if workshop.is_open), None)


def _fill(person_id: uuid.UUID) -> Space:
    space = open_space(person_id, SpaceDraft(name=NAME, purpose=PURPOSE))
    workshop_id = start_workshop(space.id, "Van voetbaldag naar spelmiddag")
    open_doors(workshop_id, space.id)
    with changing(space.id) as log:
        for activity in Activity:
            open_activity(log, workshop_id, activity)
    people = {voice.key: _guest(space, workshop_id, voice.id) for voice in voices_of(space.id)}
    crowd = {
        voice.key: [_guest(space, workshop_id, voice.id) for _ in range(sum(CROWD[voice.key][0]))]
        for voice in voices_of(space.id)
    }
    steps = {step.kind: step.id for step in session().get_one(Workshop, workshop_id).steps}
    move_stage(workshop_id, space.id, steps[StepKind.IMPACTS])
    _tell(people, crowd, workshop_id)
    move_stage(workshop_id, space.id, steps[StepKind.WELCOME])  # how people stand is shown after that part
    lead = viewer_for(space, membership_of(space.id, person_id))
    set_between_meetings(lead, Activity.IMPACTS, True)
    return space


def _guest(space: Space, workshop_id: uuid.UUID, voice_id: uuid.UUID) -> Viewer:
    person_id = welcome_guest()
    with changing(space.id) as log:
        attend(log, workshop_id, join_space(log, person_id, voice_id=voice_id))
    return viewer_for(space, membership_of(space.id, person_id))


def _tell(people: dict[str, Viewer], crowd: dict[str, list[Viewer]], workshop_id: uuid.UUID) -> None:
    def arrival() -> Arrival:
        return Arrival(new_id(), workshop_id, Visibility.SPACE)

    for voice, happened, mattered, possible in MOMENTS:
        share_moment(people[voice], arrival(), MomentDraft(happened, mattered, possible))
    _want(people, crowd, arrival)
    trajectory = trajectory_of_workshop(workshop_id)
    nodes: list[uuid.UUID] = []
    for place, (text, asked, grows_from, state) in enumerate(ROAD):
        if trajectory is None:
            return
        touched = nodes[grows_from] if grows_from is not None else None
        who = list(people.values())[place % len(people)]
        answer = Answer(text, asked, touched, state)
        nodes.append(_subject(grow(who, arrival(), trajectory.id, answer)))


def _want(people: dict[str, Viewer], crowd: dict[str, list[Viewer]], arrival: Callable[[], Arrival]) -> None:
    impacts = [_subject(propose_impact(people[voice], arrival(), statement)) for voice, statement in IMPACTS]
    for place, voice, position, reason in STANCES:
        take_stance(people[voice], arrival(), impacts[place], position, reason)
    for voice, split in CROWD.items():
        for impact_id, (yes, no, unsure) in zip(impacts, split, strict=True):
            where = [Position.FOR] * yes + [Position.OBJECTION] * no + [Position.DONT_KNOW] * unsure
            for viewer, position in zip(crowd[voice], where, strict=True):
                take_stance(viewer, arrival(), impact_id, position)
    for place, voice, text in WORDINGS:
        suggest_wording(people[voice], arrival(), impacts[place], text)
    for place, voice, text in REMARKS:
        remark_on(people[voice], arrival(), impacts[place], text)
    for place, voice, fair, reason in REALISM:
        check_realism(people[voice], arrival(), impacts[place], fair, reason)
    for place, voice, question in INDICATORS:
        propose_indicator(people[voice], arrival(), impacts[place], question)


def _subject(answer: dict[str, str]) -> uuid.UUID:
    return uuid.UUID(answer["subject_id"])

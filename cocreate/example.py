"""An example space, filled the first time, so that nobody meets an empty house."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import chain

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
from cocreate.indicators.kinds import Agreement, AnswerKind, AnswerShape, Missing
from cocreate.indicators.queries.choosing import signs_for_all
from cocreate.indicators.queries.instruments import instrument_seen, questions_of
from cocreate.indicators.queries.measuring import today_in
from cocreate.indicators.queries.signs import signs_seen
from cocreate.indicators.rhythm import dates_every
from cocreate.indicators.rules import Decision, Rhythm
from cocreate.indicators.service import propose_indicator
from cocreate.indicators.service.answering import Given, Place, answer
from cocreate.indicators.service.building import Draft, build, try_out
from cocreate.indicators.service.choosing import Draft as ChoosingDraft
from cocreate.indicators.service.choosing import approve, close_choosing, open_choosing
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.deciding import decide, take_stance_on_sign
from cocreate.indicators.service.measuring import Plan, start_measuring
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
    (1, "resident", "Bij elke voordeur staat een bankje met iemand erop."),
    (2, "youth", "Op het plein staat iets wat wij bedacht hebben."),
    (2, "youth", "Wij worden gebeld vóór er iets besloten is."),
    (1, "policymaker", "Minder mensen bellen het loket voor iets kleins."),
]
# By voice, in turn: which of these signs people want to start with.
CHOICES = {
    "resident": ((0, 2, 3), (0, 3), (0, 2)),
    "youth": ((4, 5), (1, 5), (0, 5, 4)),
    "professional": ((0, 2, 6), (0, 3, 2), (2, 3)),
    "policymaker": ((0, 6, 3), (0, 6), (6, 2)),
}
SEATS = 4
# By place among the signs: how its proposer asks it.
QUESTIONS = [
    (0, "Hoe vaak groette je vorige week iemand op straat?", AnswerShape(AnswerKind.COUNT, unit="keer per week", highest=200)),
    (2, "Hoeveel mensen kun je om hulp vragen, en hoeveel zou je er willen?", AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen")),
]  # fmt: skip
TRYOUTS = [
    (0, "youth", Agreement.YES, "", 18),
    (0, "professional", Agreement.MORE_OR_LESS, "Telt zwaaien ook?", 24),
    (2, "youth", Agreement.YES, "Fijn dat er niet staat of je eenzaam bent.", 25),
]
SIGN_STANCES = [
    (0, "resident", Position.FOR, "Dit kan iedereen zien."),
    (0, "youth", Position.FOR, ""),
    (0, "professional", Position.DONT_KNOW, ""),
    (0, "policymaker", Position.OBJECTION, "Groeten is mooi, maar niet iedereen komt buiten."),
    (1, "resident", Position.FOR, ""),
    (1, "youth", Position.FOR, "Tellen maakt het stuk. Vertel het gewoon."),
    (1, "professional", Position.FOR, ""),
    (1, "policymaker", Position.FOR, ""),
    (2, "youth", Position.FOR, ""),
]
DECISIONS = [(0, Decision.MEASURE), (1, Decision.STORY)]
# What is measured: the question of a sign (by its place), and questions of their own.
MEASURED = "Ons plein, om te beginnen"
WHY = "We willen samen zien of jong en oud elkaar vaker ontmoeten. Daarom vragen we het nu, en over een tijdje weer."
ASKED = [
    Asked("Hoe thuis voel je je in deze buurt?", AnswerShape(AnswerKind.SCALE_0_10, ("helemaal niet", "helemaal"))),
    Asked("Hoe is het om hier 's avonds alleen over straat te gaan?", AnswerShape(AnswerKind.SMILEYS), 2),
    Asked("Hoeveel mensen kun je om hulp vragen, en hoeveel zou je er willen?", AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen"), 1),
    Asked("Wat moet hier zo blijven?", AnswerShape(AnswerKind.OPEN)),
]  # fmt: skip
STAYS = ("De spelmiddag.", "Dat we elkaar groeten.", "De bomen op het plein.", "De koffie na het koken.")
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
    welcome, _moments, impacts = session().get_one(Workshop, workshop_id).steps[:3]
    move_stage(workshop_id, space.id, impacts.id)
    _tell(people, crowd, workshop_id)
    move_stage(workshop_id, space.id, welcome.id)  # how people stand is shown after that part
    lead = viewer_for(space, membership_of(space.id, person_id))
    for activity in (Activity.IMPACTS, Activity.INDICATORS):
        set_between_meetings(lead, activity, True)
    _choose(lead, {key: [people[key], *crowd[key]] for key in people})
    by_words = {each.question: each.id for each in signs_seen(lead)}
    for place, decision in DECISIONS:
        decide(lead, by_words[INDICATORS[place][2]], decision)
    _measure(lead, by_words[INDICATORS[0][2]], [*people.values(), *chain(*crowd.values())])
    return space


def _measure(lead: Viewer, sign_id: uuid.UUID, everybody: Sequence[Viewer]) -> None:
    """A baseline that most people answered, each a little different."""
    sign = Asked(QUESTIONS[0][1], QUESTIONS[0][2], indicator_id=sign_id)
    made = compose(lead, MEASURED, [sign, *ASKED])
    today = today_in(lead.space_id)
    days = dates_every(today, 3, 3)[1:]
    plan = Plan(
        MEASURED, Rhythm.DATES, dates=days, open_days=21, why=WHY, until=days[-1] + timedelta(days=21)
    )
    with changing(lead.space_id):  # all of it at once, or the first start would take long
        _, round_id = start_measuring(lead, made, plan)
        places = [Place(round_id, each.item_id) for each in questions_of(instrument_seen(lead, made))]
        for number, viewer in enumerate(everybody):
            for place, given in zip(places, _answers(number), strict=True):
                if given:
                    answer(viewer, Arrival(new_id(), None, Visibility.MAKER), place, given)


def _answers(number: int) -> list[Given | None]:
    """What the so-many-th person says to each question: always the same, so that pictures can be compared."""
    have = number % 5
    return [
        Given(str((number * 7) % 12)),
        Given(str(3 + (number * 5) % 8)),
        Given(str(1 + (number * 3) % 5)) if number % 9 else Given(missing=Missing.RATHER_NOT_SAY),
        Given(have=str(have), wish=str(have + number % 3)),
        Given(STAYS[number // 7]) if number % 7 == 0 else None,
    ]


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
    signs = [
        _subject(propose_indicator(people[voice], arrival(), impacts[place], question))
        for place, voice, question in INDICATORS
    ]
    _notice(people, signs, arrival)


def _notice(people: dict[str, Viewer], signs: list[uuid.UUID], arrival: Callable[[], Arrival]) -> None:
    for place, asked, shape in QUESTIONS:
        build(people[INDICATORS[place][1]], signs[place], Draft(asked, shape))
    for place, voice, clear, note, seconds in TRYOUTS:
        try_out(people[voice], arrival(), signs[place], 1, clear, note, seconds)
    for place, voice, position, reason in SIGN_STANCES:
        take_stance_on_sign(people[voice], arrival(), signs[place], position, reason)


def _choose(lead: Viewer, people: dict[str, list[Viewer]]) -> None:
    """A choosing that was counted, so that its page can be read."""
    signs = [str(sign.id) for sign in signs_for_all(lead.space_id)]
    draft = ChoosingDraft("Waar beginnen we mee?", [uuid.UUID(sign) for sign in signs], seats=SEATS)
    choosing_id = open_choosing(lead, draft)
    for voice, some in people.items():
        for place, viewer in enumerate(some):
            wanted = CHOICES[voice][place % len(CHOICES[voice])]
            at_home = Arrival(new_id(), None, Visibility.MAKER)
            approve(viewer, at_home, choosing_id, [signs[sign] for sign in wanted])
    close_choosing(lead, choosing_id)


def _subject(answer: dict[str, str]) -> uuid.UUID:
    return uuid.UUID(answer["subject_id"])

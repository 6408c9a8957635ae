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
from cocreate.example.meeting import AGENDA, read_back, talk
from cocreate.example.past import measure_before
from cocreate.example.told import (
    ASKED,
    CHOICES,
    CROWD,
    DECISIONS,
    EMAIL,
    GOALS,
    IMPACTS,
    INDICATORS,
    MEASURED,
    MOMENTS,
    NAME,
    PURPOSE,
    QUESTIONS,
    REALISM,
    REMARKS,
    ROAD,
    SEATS,
    SIGN_STANCES,
    STANCES,
    STAYS,
    TRYOUTS,
    WHY,
    WORDINGS,
)
from cocreate.impacts.rules import Position
from cocreate.impacts.service import (
    check_realism,
    propose_impact,
    remark_on,
    suggest_wording,
    take_stance,
)
from cocreate.indicators.kinds import Missing
from cocreate.indicators.queries.choosing import signs_for_all
from cocreate.indicators.queries.instruments import instrument_seen, questions_of
from cocreate.indicators.queries.measuring import today_in
from cocreate.indicators.queries.signs import signs_seen
from cocreate.indicators.rhythm import dates_every
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service import propose_indicator
from cocreate.indicators.service.answering import Given, Place, answer
from cocreate.indicators.service.building import Draft, build, try_out
from cocreate.indicators.service.choosing import Draft as ChoosingDraft
from cocreate.indicators.service.choosing import approve, close_choosing, open_choosing
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.deciding import decide, take_stance_on_sign
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.indicators.service.stepping import StepDraft, set_goal, take_step
from cocreate.moments.service import MomentDraft, share_moment
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.models import Space
from cocreate.spaces.openings import open_activity, set_between_meetings
from cocreate.spaces.queries import membership_of, viewer_for, voices_of
from cocreate.spaces.rules import Activity
from cocreate.spaces.service import SpaceDraft, attend, join_space, open_space
from cocreate.trajectories.service import Answer, grow
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries import workshops_of
from cocreate.workshops.queries.workshops import trajectory_of_workshop
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import move_stage, open_doors, start_workshop
from cocreate.workshops.service.stage import terms_of


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
    workshop_id = start_workshop(space.id, "Van voetbaldag naar spelmiddag", agenda=AGENDA)
    open_doors(workshop_id, space.id)
    with changing(space.id) as log:
        parts = {step.id: terms_of(step) for step in log.session.get_one(Workshop, workshop_id).steps}
        for activity in Activity:
            open_activity(log, workshop_id, activity, parts)
    voices = voices_of(space.id)
    with changing(space.id):  # all of them at once, here and below, or the first start would take long
        people = {voice.key: _guest(space, workshop_id, voice.id) for voice in voices}
        crowd = {
            voice.key: [_guest(space, workshop_id, voice.id) for _ in range(sum(CROWD[voice.key][0]))]
            for voice in voices
        }
    steps = {step.kind: step.id for step in session().get_one(Workshop, workshop_id).steps}
    lead = viewer_for(space, membership_of(space.id, person_id))
    move_stage(workshop_id, space.id, steps[StepKind.IMPACTS])
    with changing(space.id):
        _tell(lead, people, crowd, workshop_id, steps)
    with changing(space.id):
        read_back(lead, people, crowd, workshop_id)
    move_stage(workshop_id, space.id, steps[StepKind.WELCOME])  # how people stand is shown after that part
    for activity in (Activity.IMPACTS, Activity.INDICATORS, Activity.STEPS):
        set_between_meetings(lead, activity, True)
    _take_steps(people)
    _choose(lead, {key: [people[key], *crowd[key]] for key in people})
    by_words = {each.question: each.id for each in signs_seen(lead)}
    measure_before(lead, [[people[key], *crowd[key]] for key in people], by_words[INDICATORS[0][2]])
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
    with changing(lead.space_id):
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


def _tell(
    lead: Viewer,
    people: dict[str, Viewer],
    crowd: dict[str, list[Viewer]],
    workshop_id: uuid.UUID,
    steps: dict[str, uuid.UUID],
) -> None:
    def arrival() -> Arrival:
        return Arrival(new_id(), workshop_id, Visibility.SPACE)

    moments = [
        _subject(share_moment(people[voice], arrival(), MomentDraft(happened, mattered, possible)))
        for voice, happened, mattered, possible in MOMENTS
    ]
    talk(lead, people, crowd, moments, steps, arrival)
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


def _take_steps(people: dict[str, Viewer]) -> None:
    for voice, goal, steps in GOALS:
        told = Arrival(new_id(), None, Visibility.SPACE)
        goal_id = _subject(set_goal(people[voice], told, goal))
        for text, direction in steps:
            take_step(
                people[voice],
                Arrival(new_id(), None, Visibility.SPACE),
                StepDraft(goal_id, text, direction),
            )


def _subject(answer: dict[str, str]) -> uuid.UUID:
    return uuid.UUID(answer["subject_id"])

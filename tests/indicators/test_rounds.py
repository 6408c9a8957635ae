"""Measuring: who is asked which round when, by the calendar or by their own meetings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Instrument, Measuring, Round
from cocreate.indicators.queries.measuring import (
    is_open_for,
    may_enter,
    open_round_for,
    own_rounds_of,
    people_in,
    rounds_of,
    rounds_to_answer,
    shown_count,
)
from cocreate.indicators.rhythm import RoundState
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.composing import Asked, compose, reword
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.indicators.service.rounds import bring_up_to_date, close_round, end_measuring, open_next
from cocreate.indicators.service.versions import freeze, make_version
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.models import Attendance, Membership
from cocreate.spaces.openings import is_open_between_meetings
from cocreate.spaces.rules import Activity, Role
from tests.factories import (
    give_answer,
    make_answer,
    make_instrument,
    make_measuring,
    make_member,
    make_space,
    make_workshop,
)
from tests.indicators.signs import make_sign
from tests.indicators.test_composing import compose_of, make_panel

START = date(2024, 3, 1)
LADDER = AnswerShape(AnswerKind.SCALE_0_10)
MISSED, OPEN, ANSWERED, COMING = (
    RoundState.MISSED,
    RoundState.OPEN,
    RoundState.ANSWERED,
    RoundState.COMING,
)


def day(number):
    return START + timedelta(days=number)


def noon(number):
    return datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=12)


@pytest.fixture
def space(in_context):
    return make_space()


def begin(space, on=0, **plan):
    """A measuring that started on a day, long ago."""
    measuring_id, round_id = make_measuring(space, plan.pop("instrument_id", None), **plan)
    measuring, opened = session().get(Measuring, measuring_id), session().get(Round, round_id)
    measuring.started_at = opened.opened_at = noon(on)
    session().commit()
    return measuring


def join(space, on=-30, **facts):
    member = make_member(space, **facts)
    session().get(Membership, member.id).joined_at = noon(on)
    session().commit()
    return member


def attend(member, *days):
    for number in days:
        arrived = {"membership_id": member.id, "arrived_at": noon(number)}
        session().add(Attendance(workshop_id=new_id(), **arrived))
    session().commit()


def tell(member, measuring, number, on, value=5, questions=None):
    asked = next(each for each in rounds_of(measuring) if each.number == number)
    instrument = session().get(Instrument, asked.instrument_id)
    for item in instrument.items[:questions]:
        session().add(
            Answer(
                id=new_id(),
                space_id=member.space_id,
                maker_id=member.id,
                visibility="maker",
                round_id=asked.id,
                item_id=item.id,
                value=value,
                created_at=noon(on),
            )
        )
    session().commit()
    return asked


def states(member, measuring, on):
    return {each.number: each.state for each in own_rounds_of(member.viewer, measuring, day(on))}


def asked_now(member, measuring, on):
    bring_up_to_date(member.viewer, day(on))
    found = open_round_for(member.viewer, measuring, day(on))
    return None if found is None else found.number


# Starting.


def test_starting_opens_the_baseline_for_everybody(space):
    measuring_id, round_id = make_measuring(space, why="Om te leren", until=day(9_999))
    assert [(each.id, each.number) for each in rounds_of(session().get(Measuring, measuring_id))] == [
        (round_id, 0)
    ]
    assert is_open_between_meetings(space.id, Activity.MEASURING)


@pytest.mark.parametrize("sensitivities", [(2, 0), (0, 3), (2,), (3, 2), (0, 2, 2), (2, 0, 0)])
def test_nothing_starts_with_a_sensitive_question_first_or_last(space, sensitivities):
    made = compose_of(space, *((f"Vraag {place}", how) for place, how in enumerate(sensitivities)))
    with pytest.raises(Conflict):
        make_measuring(space, made)
    assert session().query(Measuring).count() == 0


def test_a_plan_has_to_fit(space):
    for plan in ({"rhythm": Rhythm.MEETINGS}, {"rhythm": Rhythm.MEETINGS, "every": 0}):
        with pytest.raises(Invalid):
            make_measuring(space, **plan)
    with pytest.raises(NotFound):
        make_measuring(space, impact_id=new_id())
    with pytest.raises(NotFound):
        make_measuring(space, voice_id=new_id())


def test_who_may_change_a_questionnaire_starts_it(space):
    made, member = make_instrument(space), join(space)
    with pytest.raises(NotFound):
        start_measuring(member.viewer, made, Plan("Meten"))
    panel, young = make_panel(space), join(space, voice="youth")
    own = compose(young.viewer, "Van ons", [Asked("Hoe?", LADDER)], panel)
    with pytest.raises(NotFound):
        start_measuring(space.steward.viewer, own, Plan("Meten"))
    measuring_id, round_id = start_measuring(young.viewer, own, Plan("Meten", voice_id=panel))
    for does in (open_next, end_measuring):
        with pytest.raises(NotFound):
            does(space.steward.viewer, measuring_id)
    with pytest.raises(NotFound):
        close_round(space.steward.viewer, round_id)
    close_round(young.viewer, round_id)
    assert session().get(Round, round_id).closed_at is not None


def test_what_others_answered_on_paper_is_entered_by_who_leads_or_by_the_panel_alone(space):
    panel, young = make_panel(space), join(space, voice="youth")
    own = compose(young.viewer, "Van ons", [Asked("Hoe?", LADDER)], panel)
    for_all, _round = start_measuring(young.viewer, own, Plan("Van het panel"))
    of_panel = begin(space, voice_id=panel)
    for measuring in (session().get(Measuring, for_all), of_panel):
        assert may_enter(young.viewer, measuring)
        assert not may_enter(space.steward.viewer, measuring)
    for_space = begin(space)
    assert may_enter(space.steward.viewer, for_space)
    assert not may_enter(young.viewer, for_space)


# The baseline.


def test_the_baseline_is_asked_of_everybody_who_may_answer(space):
    panel = make_panel(space)
    measuring = begin(space, voice_id=panel)
    assert asked_now(join(space, voice="youth"), measuring, 1) == 0
    for other in (join(space), join(space, voice="youth", role=Role.READER)):
        assert own_rounds_of(other.viewer, measuring, day(1)) == ()
        assert asked_now(other, measuring, 1) is None


def test_a_round_stays_open_until_its_last_question(space):
    made = make_instrument(space, LADDER, LADDER)
    measuring, member = begin(space, instrument_id=made), join(space)
    tell(member, measuring, 0, 0, questions=1)
    assert states(member, measuring, 0) == {0: ANSWERED}
    assert asked_now(member, measuring, 0) == 0
    asked = rounds_of(measuring)[0]
    session().query(Answer).delete()
    session().commit()
    tell(member, measuring, 0, 0)
    assert asked_now(member, measuring, 0) is None
    assert is_open_for(member.viewer, asked, measuring, day(0))  # what was answered may still change


def test_once_is_once_and_not_for_ever(space):
    measuring, member = begin(space, open_days=14), join(space)
    assert asked_now(member, measuring, 13) == 0
    assert asked_now(member, measuring, 14) is None
    assert states(member, measuring, 14) == {0: MISSED}
    assert rounds_of(measuring)[0].closed_at is not None


# By the calendar.


def test_a_date_opens_its_round_by_itself_and_closes_the_one_before(space):
    measuring, member = begin(space, rhythm=Rhythm.DATES, dates=[day(30), day(60)]), join(space)
    tell(member, measuring, 0, 0)
    assert asked_now(member, measuring, 29) is None
    assert asked_now(member, measuring, 30) == 1
    assert asked_now(member, measuring, 60) == 2
    assert states(member, measuring, 60) == {0: ANSWERED, 1: MISSED, 2: OPEN}
    assert [(each.number, each.due_on, each.closed_at is None) for each in rounds_of(measuring)] == [
        (0, None, True),
        (1, day(30), False),
        (2, day(60), True),
    ]
    bring_up_to_date(member.viewer, day(60))
    assert len(rounds_of(measuring)) == 3


def test_who_comes_later_has_a_baseline_first_and_no_rounds_before_it(space):
    measuring = begin(space, rhythm=Rhythm.DATES, dates=[day(30), day(60)])
    late = join(space, on=40)
    assert asked_now(late, measuring, 40) == 0
    tell(late, measuring, 0, 40)
    assert states(late, measuring, 45) == {0: ANSWERED, 2: COMING}
    assert asked_now(late, measuring, 60) == 2


def test_who_missed_a_closed_baseline_is_asked_the_later_rounds(space):
    measuring = begin(space, rhythm=Rhythm.DATES, dates=[day(30), day(60)])
    early, late = join(space), join(space, on=40)
    close_round(space.steward.viewer, rounds_of(measuring)[0].id)
    assert states(early, measuring, 30) == {0: MISSED, 1: OPEN, 2: COMING}
    assert states(late, measuring, 60) == {0: MISSED, 2: OPEN}


def test_asking_again_now_takes_the_place_of_the_next_date(space):
    measuring, member = begin(space, rhythm=Rhythm.DATES, dates=[day(30), day(60)]), join(space)
    tell(member, measuring, 0, 0)
    viewer = space.steward.viewer
    open_next(viewer, measuring.id, day(20))
    assert measuring.dates == [day(20).isoformat(), day(60).isoformat()]
    assert asked_now(member, measuring, 30) == 1
    with pytest.raises(Conflict):
        open_next(viewer, measuring.id, day(20))
    open_next(viewer, measuring.id, day(50))
    open_next(viewer, measuring.id, day(70))
    assert [each.number for each in rounds_of(measuring)] == [0, 1, 2, 3]
    assert [each.due_on for each in rounds_of(measuring)[1:]] == [day(20), day(50), day(70)]
    assert asked_now(member, measuring, 70) == 3


def test_what_was_asked_once_can_be_asked_again(space):
    measuring, member = begin(space), join(space)
    tell(member, measuring, 0, 0)
    open_next(space.steward.viewer, measuring.id, day(40))
    assert asked_now(member, measuring, 41) == 1


def test_what_has_ended_asks_nobody(space):
    dates = {"rhythm": Rhythm.DATES, "dates": [day(30), day(60)]}
    member = join(space)
    ended, until = begin(space, **dates), begin(space, until=day(30), **dates)
    tell(member, until, 0, 0)
    end_measuring(space.steward.viewer, ended.id)
    assert asked_now(member, until, 30) == 1
    assert asked_now(member, until, 31) is None
    assert until.ended_at is not None
    assert asked_now(member, ended, 1) is None
    assert all(each.closed_at for each in [*rounds_of(ended), *rounds_of(until)])
    assert rounds_to_answer(member.viewer, day(60)) == []
    with pytest.raises(Conflict):
        open_next(space.steward.viewer, ended.id, day(60))


def test_what_there_is_to_answer_is_told_together(space):
    member = join(space)
    one, two = begin(space), begin(space)
    begin(space, voice_id=make_panel(space, "youth"))
    assert {each.measuring.id for each in rounds_to_answer(member.viewer, day(0))} == {one.id, two.id}
    tell(member, one, 0, 0)
    assert [each.measuring.id for each in rounds_to_answer(member.viewer, day(0))] == [two.id]


# The version.


def test_the_next_round_asks_the_newest_version_that_may_be_asked(space):
    made = compose_of(space, ("a", 0), ("b", 0))
    measuring, member = (
        begin(space, instrument_id=made, rhythm=Rhythm.DATES, dates=[day(9), day(19)]),
        join(space),
    )
    with changing(space.id) as log:
        freeze(log, session().get(Instrument, made))
    newer = make_version(space.steward.viewer, made)
    asked_now(member, measuring, 9)
    with changing(space.id) as log:
        freeze(log, session().get(Instrument, newer))
    newest = make_version(space.steward.viewer, newer)
    for item in list(session().get(Instrument, newest).items):
        reword(space.steward.viewer, newest, item.id, f"{item.key}?", 3)
    asked_now(member, measuring, 19)
    assert [each.instrument_id for each in rounds_of(measuring)] == [made, newer, newer]


# After meetings.


def test_every_second_meeting_of_their_own_after_their_own_baseline(space):
    measuring = begin(space, rhythm=Rhythm.MEETINGS, every=2)
    one, other = join(space), join(space)
    attend(one, -7, 0, 7, 14, 21, 28)
    attend(other, 7, 28)
    tell(one, measuring, 0, 0)
    tell(other, measuring, 0, 8)
    assert asked_now(one, measuring, 13) is None
    assert asked_now(one, measuring, 14) == 1
    assert asked_now(other, measuring, 28) is None
    assert asked_now(one, measuring, 28) == 2
    assert states(one, measuring, 28) == {0: ANSWERED, 1: MISSED, 2: OPEN}
    tell(one, measuring, 2, 28)
    attend(other, 35)
    assert asked_now(other, measuring, 35) == 1
    assert [each.number for each in rounds_of(measuring)] == [0, 1, 2]


def test_without_a_baseline_no_meetings_count(space):
    measuring, member = begin(space, rhythm=Rhythm.MEETINGS, every=1), join(space)
    attend(member, 7, 14)
    assert asked_now(member, measuring, 20) == 0
    close_round(space.steward.viewer, rounds_of(measuring)[0].id)
    assert states(member, measuring, 20) == {0: MISSED}
    with pytest.raises(Conflict):
        open_next(space.steward.viewer, measuring.id, day(20))


@given(gaps=st.tuples(st.integers(0, 20), st.integers(0, 20)), back=st.sets(st.integers(0, 2), min_size=1))
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("plan", [{"rhythm": Rhythm.MEETINGS, "every": 2}, {"rhythm": Rhythm.DATES}])
def test_taking_back_a_part_of_the_baseline_moves_no_round(in_context, plan, gaps, back):
    space = make_space()
    dates = {} if plan["rhythm"] == Rhythm.MEETINGS else {"dates": [day(9), day(25)]}
    made = make_instrument(space, LADDER, LADDER, LADDER)
    measuring, member = begin(space, instrument_id=made, **plan, **dates), join(space)
    attend(member, 5, 10, 15, 20)
    baseline = rounds_of(measuring)[0]
    items = [each.id for each in session().get(Instrument, made).items]
    days = (0, gaps[0], sum(gaps))
    told = [
        make_answer(member, baseline.id, item, 5, created_at=noon(on))
        for item, on in zip(items, days, strict=True)
    ]
    before = states(member, measuring, 45)
    assert list(before) == [0, 1, 2]
    for place in sorted(back):
        withdraw_contribution(member.viewer, "answer", told[place])
    if len(back) < len(told):
        assert states(member, measuring, 45) == before
        return
    assert states(member, measuring, 45) == {0: OPEN}  # nothing to count from
    give_answer(member, baseline.id, items[-1])
    assert states(member, measuring, 45) == before


def test_a_sign_that_is_taken_back_moves_no_round(space):
    workshop = make_workshop(space)
    maker = make_member(space, workshop)
    sign = make_sign(maker, workshop)
    asked = [Asked("Hoe?", LADDER, indicator_id=sign), Asked("En hier?", LADDER)]
    made = compose(space.steward.viewer, "Ons plein", asked)
    measuring = begin(space, instrument_id=made, rhythm=Rhythm.MEETINGS, every=2)
    member = join(space)
    attend(member, 5, 10, 15, 20)
    tell(member, measuring, 0, 0, questions=1)  # what the sign asks
    before = states(member, measuring, 20)
    assert before == {0: ANSWERED, 1: MISSED, 2: OPEN}
    withdraw_contribution(maker.viewer, "indicator", sign)
    assert states(member, measuring, 20) == before


def by_hand(baseline, days, every, answered, on, open_days):
    """Count the meetings one by one, and look at each round by itself."""
    due, count = [], 0
    for number in sorted(days):
        if number > baseline:
            count += 1
            if count % every == 0:
                due.append(number)
    found = {0: ANSWERED}
    for place, begins in enumerate(due, 1):
        ends = [due[place]] if place < len(due) else []
        ends += [] if open_days is None else [begins + open_days]
        if place in answered:
            found[place] = ANSWERED
        elif begins > on:
            found[place] = COMING
        elif any(end <= on for end in ends):
            found[place] = RoundState.NOT_ASKED if min(ends) == begins else MISSED
        else:
            found[place] = OPEN
    return found


@given(
    mine=st.lists(st.integers(-10, 60), max_size=14),
    others=st.lists(st.integers(-10, 60), max_size=10),
    baseline=st.integers(0, 20),
    every=st.integers(1, 5),
    misses=st.sets(st.integers(1, 12)),
    on=st.integers(20, 70),
    open_days=st.none() | st.integers(1, 20),
)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_own_attendance_since_own_baseline_as_counted_by_hand(
    in_context, mine, others, baseline, every, misses, on, open_days
):
    space = make_space()
    measuring = begin(space, rhythm=Rhythm.MEETINGS, every=every, open_days=open_days)
    member, other = join(space), join(space)
    attend(member, *[number for number in mine if number <= on])
    attend(other, *[number for number in others if number <= on])
    tell(other, measuring, 0, 0)
    tell(member, measuring, 0, baseline)
    answered = set()
    for now in range(baseline, on + 1):
        number = asked_now(member, measuring, now) if now in mine else None
        if number and number not in misses:
            tell(member, measuring, number, now)
            answered.add(number)
    attended = [number for number in mine if number <= on]
    assert states(member, measuring, on) == by_hand(baseline, attended, every, answered, on, open_days)


# How many answered.


def test_how_many_answered_is_told_when_they_are_enough(space):
    measuring = begin(space)
    asked = rounds_of(measuring)[0]
    for _ in range(5):
        tell(join(space), measuring, 0, 0)
    assert people_in([asked]) == {asked.id: 5}
    viewer = space.steward.viewer
    assert [shown_count(viewer, count, 5) for count in (0, 4, 5)] == [None, None, 5]
    outside = type(viewer)(space.id, sees_public=True)
    assert [shown_count(outside, count, 5) for count in (5, 9, 10)] == [None, None, 10]

"""When somebody is asked again, and when low stays low."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.indicators.kinds import Missing
from cocreate.indicators.rhythm import (
    Attendance,
    DueRound,
    LongLow,
    LowRule,
    RoundAnswer,
    RoundState,
    Silence,
    dates_every,
    long_low,
    meetings_to_go,
    own_rounds,
    rounds_after_meetings,
    rounds_by_date,
)

START = date(2024, 1, 1)
ANSWERED, MISSED, OPEN = RoundState.ANSWERED, RoundState.MISSED, RoundState.OPEN


def day(number):
    return START + timedelta(days=number)


def attended(*days, who="me"):
    return [Attendance(who, f"meeting-{number}", day(number)) for number in days]


def due(*days):
    return tuple(DueRound(number, day(on)) for number, on in enumerate(days, start=1))


# After meetings.


def test_a_round_comes_after_every_sixth_meeting_since_the_baseline():
    register = attended(-7, 0, *range(7, 99, 7))
    assert rounds_after_meetings("me", START, register, 6) == due(42, 84)
    assert meetings_to_go("me", START, register, 6) == 4


def test_the_meeting_of_the_baseline_does_not_count_and_the_next_one_does():
    assert rounds_after_meetings("me", START, attended(0), 1) == ()
    assert rounds_after_meetings("me", START, attended(0, 1), 1) == due(1)
    assert meetings_to_go("me", START, attended(0), 1) == 1


def test_who_stays_away_is_asked_later():
    assert rounds_after_meetings("me", START, attended(1, 50, 51), 3) == due(51)


def test_one_meeting_registered_twice_counts_once_on_its_first_day():
    twice = [Attendance("me", "a", day(9)), Attendance("me", "a", day(2)), Attendance("me", "b", day(5))]
    assert rounds_after_meetings("me", START, twice, 2) == due(5)


def test_two_meetings_on_one_day_count_twice():
    two = [Attendance("me", "a", day(2)), Attendance("me", "b", day(2))]
    assert rounds_after_meetings("me", START, two, 2) == due(2)


def test_a_round_comes_after_one_meeting_at_least():
    with pytest.raises(ValueError, match="one meeting"):
        rounds_after_meetings("me", START, [], 0)


people = st.sampled_from(["me", "you", "them"])
registers = st.lists(
    st.builds(Attendance, people, st.integers(0, 40), st.integers(-20, 90).map(day)), max_size=60
)
evenly = st.integers(1, 7)


@given(registers, registers, evenly)
def test_the_attendance_of_others_never_changes_mine(register, more, every):
    others = [each for each in more if each.person_id != "me"]
    alone = [each for each in register if each.person_id == "me"]
    mine = rounds_after_meetings("me", START, alone, every)
    assert rounds_after_meetings("me", START, [*register, *others], every) == mine
    assert meetings_to_go("me", START, [*register, *others], every) == meetings_to_go(
        "me", START, alone, every
    )


@given(registers, evenly, st.randoms(use_true_random=False))
def test_the_order_of_the_register_is_irrelevant(register, every, random):
    shuffled = list(register)
    random.shuffle(shuffled)
    assert rounds_after_meetings("me", START, shuffled, every) == rounds_after_meetings(
        "me", START, register, every
    )


@given(registers, evenly)
def test_there_is_a_round_for_every_n_meetings_and_its_day_is_a_meeting(register, every):
    rounds = rounds_after_meetings("me", START, register, every)
    first = {}
    for each in register:
        if each.person_id == "me":
            first[each.meeting_id] = min(each.on, first.get(each.meeting_id, each.on))
    later = [on for on in first.values() if on > START]
    assert len(rounds) == len(later) // every
    for each in rounds:
        assert each.due_on in later
        assert (
            sum(on < each.due_on for on in later)
            < each.number * every
            <= sum(on <= each.due_on for on in later)
        )
    assert 1 <= meetings_to_go("me", START, register, every) <= every


@given(registers, evenly, st.integers(1, 30))
def test_whoever_attends_once_more_keeps_the_rounds_there_were(register, every, later):
    before = rounds_after_meetings("me", START, register, every)
    once_more = Attendance("me", "another", day(90 + later))
    assert rounds_after_meetings("me", START, [*register, once_more], every)[: len(before)] == before


# Where each round stands.


def states(rounds):
    return [each.state for each in rounds]


def test_a_missed_round_stays_missing_and_shifts_nothing():
    rounds = own_rounds(due(10, 20, 30), answered={1, 3}, today=day(35))
    assert states(rounds) == [ANSWERED, MISSED, ANSWERED]
    assert [each.due_on for each in rounds] == [day(10), day(20), day(30)]
    assert rounds[1].state.missing is Missing.MISSED_ROUND
    assert rounds[0].state.missing is None


def test_a_round_is_open_until_the_next_is_due():
    assert states(own_rounds(due(10, 20), (), day(9))) == [RoundState.COMING] * 2
    assert states(own_rounds(due(10, 20), (), day(10))) == [OPEN, RoundState.COMING]
    assert states(own_rounds(due(10, 20), (), day(19))) == [OPEN, RoundState.COMING]
    assert states(own_rounds(due(10, 20), (), day(20))) == [MISSED, OPEN]


def test_a_round_may_close_before_the_next_is_due():
    assert states(own_rounds(due(10, 20), (), day(12), open_days=3)) == [OPEN, RoundState.COMING]
    assert states(own_rounds(due(10, 20), (), day(13), open_days=3)) == [MISSED, RoundState.COMING]
    assert own_rounds(due(10, 20), (), day(0), open_days=99)[0].closes_on == day(20)


def test_of_two_rounds_on_one_day_only_the_last_is_asked():
    rounds = own_rounds(due(10, 10), (), day(10))
    assert states(rounds) == [RoundState.NOT_ASKED, OPEN]
    assert rounds[0].state.missing is Missing.NOT_ASKED


@given(
    st.lists(st.integers(1, 60), max_size=8),
    st.sets(st.integers(1, 8)),
    st.sets(st.integers(1, 8)),
    st.integers(0, 70),
)
def test_what_was_answered_changes_no_other_round(days, one, other, today):
    rounds = due(*sorted(days))
    before, after = own_rounds(rounds, one, day(today)), own_rounds(rounds, other, day(today))
    for here, there in zip(before, after, strict=True):
        assert (here.due_on, here.closes_on) == (there.due_on, there.closes_on)
        if (here.number in one) == (here.number in other):
            assert here == there


@given(st.lists(st.integers(1, 60), max_size=8), st.integers(0, 70), st.integers(0, 30))
def test_missed_is_for_good(days, today, later):
    rounds = due(*sorted(days))
    now, then = own_rounds(rounds, (), day(today)), own_rounds(rounds, (), day(today + later))
    for before, after in zip(now, then, strict=True):
        if before.state in (MISSED, RoundState.NOT_ASKED):
            assert after.state is before.state
    assert states(now).count(OPEN) <= 1


# By date.


def test_rounds_by_date_have_the_numbers_of_the_calendar():
    dates = [day(30), day(10), day(20), day(20)]
    assert rounds_by_date(START, dates) == due(10, 20, 30)
    assert rounds_by_date(day(10), dates) == due(10, 20, 30)[1:]


def test_months_are_counted_from_the_first_date():
    assert dates_every(date(2024, 1, 31), 1, 4) == tuple(
        date(2024, month, last) for month, last in enumerate((31, 29, 31, 30), start=1)
    )
    assert dates_every(date(2023, 11, 30), 3, 3) == (date(2023, 11, 30), date(2024, 2, 29), date(2024, 5, 30))
    assert dates_every(START, 1, 0) == ()


# Low that stays low.

RULE = LowRule(limit=5, rounds=3, days=60)


def told(*values, apart=30):
    return [RoundAnswer(number, day(apart * number), value) for number, value in enumerate(values)]


def test_low_for_long_is_so_many_rounds_and_so_many_days():
    assert long_low(RULE, told(4, 4)) is None
    assert long_low(RULE, told(4, 4, 4)) == LongLow(day(0), day(60), 3)
    assert long_low(RULE, told(4, 4, 4, apart=29)) is None, "three rounds, but 58 days"
    assert long_low(RULE, told(4, 4, apart=90)) is None, "ninety days, but two rounds"
    assert long_low(RULE, told(4, 4, 4)).days == 60


def test_the_limit_itself_counts_only_when_it_is_said():
    assert long_low(RULE, told(5, 5, 5)) is None
    assert long_low(LowRule(5, 3, 60, counts_limit=True), told(5, 5, 5)) is not None
    assert long_low(LowRule(Fraction(9, 2), 3, 60), told(4, 4, 4)) is not None
    assert long_low(RULE, told(0, 0, 0)).rounds == 3, "zero is an answer"


def test_one_answer_that_is_not_low_ends_the_row():
    assert long_low(RULE, told(4, 4, 4, 5)) is None
    assert long_low(RULE, told(4, 4, 6, 4, 4)) is None
    assert long_low(RULE, told(9, 4, 4, 4)) == LongLow(day(30), day(90), 3)


GONE = Missing.MISSED_ROUND


@pytest.mark.parametrize(
    ("silence", "values", "rounds"),
    [
        (Silence.NEUTRAL, (4, 4, GONE), None),
        (Silence.NEUTRAL, (4, GONE, 4, 4), 3),
        (Silence.NEUTRAL, (4, 4, 4, GONE, GONE), 3),
        (Silence.NEUTRAL, (GONE, GONE, GONE), None),
        (Silence.BREAKS, (4, GONE, 4, 4), None),
        (Silence.BREAKS, (4, 4, 4, GONE), None),
        (Silence.BREAKS, (GONE, 4, 4, 4), 3),
        (Silence.BREAKS, (4, Missing.RATHER_NOT_SAY, 4, 4), None),
        (Silence.BREAKS, (4, Missing.NOT_ASKED, 4, 4), 3),
    ],
)
def test_what_silence_does_is_for_the_space_to_say(silence, values, rounds):
    found = long_low(LowRule(5, 3, 60, silence=silence), told(*values))
    assert (found.rounds if found else None) == rounds


def test_days_are_those_between_answers():
    """After the last answer nobody knows how it was."""
    found = long_low(RULE, told(4, 4, 4, GONE, GONE))
    assert (found.until, found.days) == (day(60), 60)


values = st.integers(0, 10) | st.sampled_from(Missing)
rounds_of_values = st.lists(values, max_size=9)
low_rules = st.builds(
    LowRule,
    st.integers(0, 10),
    st.integers(1, 4),
    st.integers(0, 120),
    st.booleans(),
    st.sampled_from(Silence),
)


@given(low_rules, rounds_of_values, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_given_is_irrelevant(rule, values, random):
    shuffled = told(*values)
    random.shuffle(shuffled)
    assert long_low(rule, shuffled) == long_low(rule, told(*values))


@given(low_rules, rounds_of_values)
def test_without_a_low_answer_there_is_no_signal(rule, values):
    high = [
        each if isinstance(each, Missing) or not rule.is_low(each) else Missing.NOT_ASKED for each in values
    ]
    assert long_low(rule, told(*high)) is None


@given(st.lists(values, max_size=7), st.lists(st.integers(0, 7)), st.sampled_from(Missing))
def test_missing_rounds_neither_break_nor_extend(values, places, reason):
    """Wherever they stand between the same answers on the same days, the same is found."""
    rule = LowRule(5, 2, 40)
    answers = [each for each in told(*values) if not isinstance(each.value, Missing)]
    renumbered = [RoundAnswer(2 * each.number, each.on, each.value) for each in answers]
    silent = [RoundAnswer(2 * place + 1, day(30 * place + 15), reason) for place in set(places)]
    assert long_low(rule, [*renumbered, *silent]) == long_low(rule, answers)


@given(low_rules, rounds_of_values)
def test_a_signal_is_always_as_long_as_the_rule_says(rule, values):
    """In rounds that were answered, one after the other, and in days: both."""
    found = long_low(rule, told(*values))
    if found:
        answered = [each for each in told(*values) if not isinstance(each.value, Missing)]
        row = answered[-found.rounds :]
        assert (found.since, found.until) == (row[0].on, row[-1].on)
        assert len(row) == found.rounds >= rule.rounds
        assert all(rule.is_low(each.value) for each in row)
        assert found.days >= rule.days


def test_a_round_is_answered_once_and_a_rule_asks_for_something():
    with pytest.raises(ValueError, match="once"):
        long_low(RULE, [*told(4), *told(4)])
    with pytest.raises(ValueError, match="one round"):
        LowRule(5, 0, 0)

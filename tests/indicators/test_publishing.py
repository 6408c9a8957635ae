"""What is made public: when, of whom, and never more than disclosure lets through."""

import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, changing
from cocreate.core.db import new_id, session, utcnow
from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import Answer, Guard, figures_for, publish
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument, InstrumentItem, Measuring, Publication, Round
from cocreate.indicators.queries.publications import content_of, counted, snapshot_of, whole_or_nothing
from cocreate.indicators.scoring import Choices, Option
from cocreate.indicators.service.answering import Given, Place, answer
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.measuring import open_round
from cocreate.indicators.service.publishing import answered, guard_for, publish_item, publish_round
from cocreate.indicators.service.rounds import close_round
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.contributions import Arrival
from tests.factories import (
    make_answer,
    make_impact,
    make_indicator,
    make_instrument,
    make_measuring,
    make_member,
    make_space,
    make_workshop,
)

SCALE = AnswerShape(AnswerKind.SCALE_0_10)
VOICES = ("resident", "youth", "professional", "policymaker")


@st.composite
def snapshots(draw):
    """Snapshots as they come to be: published once or twice, with withdrawals in between."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    people = {f"p{number:02}": rng.choice("abc") for number in range(rng.randint(0, 30))}
    answers = [
        Answer(person, voice, (rng.randrange(4), rng.randrange(4))) for person, voice in people.items()
    ]
    first = publish(None, answers, Guard(), is_closed=rng.random() < 0.5)
    kept = [answer for answer in answers if rng.random() < 0.9]
    return publish(first, kept, Guard(), is_closed=True)


@given(snapshots())
def test_a_snapshot_comes_back_exactly_as_it_was_kept(snapshot):
    assert snapshot_of(content_of(snapshot)) == snapshot


@pytest.mark.parametrize(
    ("shape", "raw", "values"),
    [
        (AnswerShape(AnswerKind.SCALE_0_10), 0, (0,)),
        (AnswerShape(AnswerKind.FIVE_POINTS, tuple("abcde")), 5, (5,)),
        (AnswerShape(AnswerKind.SMILEYS), 1, (1,)),
        (AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO), "yes", (0,)),
        (AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO), "no", (2,)),
        (AnswerShape(AnswerKind.COUNT, unit="keer"), 12, (12,)),
        (AnswerShape(AnswerKind.DYAD, ("a", "b")), 40, (40,)),
        (AnswerShape(AnswerKind.TRIAD, ("a", "b", "c")), [20, 20, 60], (20, 20, 60)),
        (AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen"), [3, 6], (3, 6)),
        (AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen"), [3], ()),
        (AnswerShape(AnswerKind.OPEN), "Mooi.", ()),
        (AnswerShape(AnswerKind.SCALE_0_10), "kapot", ()),
        (Choices((Option("never", "Nooit", 3), Option("often", "Vaak", 1))), "often", (1,)),
        (Choices((Option("never", "Nooit", 3),)), "sometimes", ()),
    ],
)
def test_an_answer_is_counted_by_what_was_chosen(shape, raw, values):
    assert counted(shape, raw) == values


@pytest.fixture
def space(in_context):
    return make_space()


@pytest.fixture
def round_of(space):
    """Opens a measuring with these questions: the round, and its items in order."""

    def made(*shapes, sensitivity=0):
        instrument_id = make_instrument(space, *shapes)
        _measuring, round_id = make_measuring(space, instrument_id)
        items = session().scalars(select(InstrumentItem).order_by(InstrumentItem.position)).all()
        for item in items:
            item.sensitivity = sensitivity  # no questionnaire begins or ends with such a question
        session().commit()
        return session().get(Round, round_id), items

    return made


def answer_all(space, round_, item, values, voice="resident"):
    members = [make_member(space, voice=voice) for _ in values]
    return [
        (member, make_answer(member, round_.id, item.id, value))
        for member, value in zip(members, values, strict=True)
    ]


def close(space, round_):
    with changing(space.id) as log:
        here = log.session.get(Round, round_.id)
        here.closed_at = utcnow()
        publish_round(log, here)


def shown(round_, item, circle=Circle.SPACE):
    publication = session().get(Publication, (round_.id, item.id))
    return figures_for(snapshot_of(publication.content), circle) if publication else None


def test_nothing_is_public_before_the_round_closes(space, round_of):
    round_, (item,) = round_of()
    answer_all(space, round_, item, [1, 2, 3, 4, 5, 6])
    assert shown(round_, item) is None
    close(space, round_)
    assert shown(round_, item).together[0].mean == 3.5
    assert list(shown(round_, item).by_voice) == ["resident"]


def test_fewer_people_than_the_threshold_are_not_shown(space, round_of):
    round_, (item,) = round_of()
    answer_all(space, round_, item, [1, 2, 3, 4])
    close(space, round_)
    assert shown(round_, item).together == ()


def test_a_delicate_question_has_the_threshold_of_outside(space, round_of):
    round_, (item,) = round_of(sensitivity=2)
    answer_all(space, round_, item, [1, 2, 3, 4, 5, 6, 7, 8, 9])
    close(space, round_)
    assert shown(round_, item).together == ()
    assert guard_for(5, 2).steady
    assert not guard_for(5, 1).steady


def test_outside_sees_no_group_below_ten(space, round_of):
    round_, (item,) = round_of()
    answer_all(space, round_, item, [1, 2, 3, 4, 5, 6])
    close(space, round_)
    assert shown(round_, item, Circle.OUTSIDE).together == ()


def test_missing_is_in_no_figure(space, round_of):
    round_, (item,) = round_of()
    answer_all(space, round_, item, [2, 3, 4, 5, 6])
    member = make_member(space)
    make_answer(member, round_.id, item.id, None, missing="do_not_know")
    close(space, round_)
    assert shown(round_, item).together[0].n == 5


def test_a_withdrawal_takes_its_group_along_in_the_same_moment(space, round_of):
    round_, (item,) = round_of()
    told = answer_all(space, round_, item, [1, 2, 3, 4, 5, 6])
    others = answer_all(space, round_, item, [5, 6, 7, 8, 9], voice="youth")
    close(space, round_)
    member, answer_id = told[0]
    before = session().get(Publication, (round_.id, item.id)).published_at
    withdraw_contribution(member.viewer, "answer", answer_id)
    figures = shown(round_, item)
    assert list(figures.by_voice) == ["youth"]
    assert figures.together[0].n == len(others)
    assert session().get(Publication, (round_.id, item.id)).published_at > before


def test_words_are_never_made_into_figures(space, round_of):
    round_, (item,) = round_of(AnswerShape(AnswerKind.OPEN))
    told = answer_all(space, round_, item, ["Mooi."] * 6)
    close(space, round_)
    assert shown(round_, item) is None
    withdraw_contribution(told[0][0].viewer, "answer", told[0][1])


def test_while_a_round_is_open_figures_grow_in_batches(space, round_of):
    round_, (item,) = round_of()
    seen = []
    for number in range(25):
        answer_all(space, round_, item, [number % 8])
        with changing(space.id) as log:
            answered(log, round_.id, item.id)
        figures = shown(round_, item)
        seen.append(figures.together[0].n if figures and figures.together else 0)
    assert seen == [0] * 9 + [10] * 10 + [20] * 6


def test_each_change_of_what_is_public_is_told_to_the_space_and_nothing_else_is(space, round_of):
    round_, (item,) = round_of()
    answer_all(space, round_, item, [1, 2, 3, 4, 5, 6])
    close(space, round_)
    close(space, round_)
    told = session().scalars(select(Change).where(Change.topic == "figures")).all()
    assert [(each.verb, each.visibility, each.subject_id) for each in told] == [
        ("published", "space", round_.measuring_id)
    ]
    assert told[0].payload == {}


def test_a_delicate_question_is_guarded_over_rounds(space, round_of):
    round_, (item,) = round_of(sensitivity=2)
    told = answer_all(space, round_, item, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2])
    close(space, round_)
    with changing(space.id) as log:
        measuring = log.session.get(Measuring, round_.measuring_id)
        instrument = log.session.get(Instrument, round_.instrument_id)
        later_id = open_round(log, measuring, instrument, 1)
    later = session().get(Round, later_id)
    for member, _answer in told[:-1]:
        make_answer(member, later.id, item.id, 5)
    close(space, later)
    # Eleven of the same twelve would say what the twelfth answered, had nobody changed their mind.
    assert shown(later, item).together == ()


def test_all_of_a_triad_is_told_or_nothing(space, round_of):
    round_, (item,) = round_of(AnswerShape(AnswerKind.TRIAD, ("a", "b", "c")))
    # Nobody gave the top any weight. Left and right would say so of everybody.
    answer_all(space, round_, item, [[left, 100 - left, 0] for left in range(0, 70, 10)])
    close(space, round_)
    assert [dict(part.counts) for part in shown(round_, item).together] == [{}, {}, {}]
    assert shown(round_, item).together[0].n == 7


@pytest.mark.parametrize("people", [12, 30])
def test_a_triad_is_of_all_together_and_of_no_voice(space, round_of, people):
    round_, items = round_of(AnswerShape(AnswerKind.TRIAD, ("a", "b", "c")), SCALE)
    values = [[[20, 30, 50], [30, 50, 20], [50, 20, 30]], [2, 3, 5]]
    for voice in ("resident", "youth"):
        members = [make_member(space, voice=voice) for _ in range(people)]
        for item, some in zip(items, values, strict=True):
            for number, member in enumerate(members):
                make_answer(member, round_.id, item.id, some[number % 3])
    close(space, round_)
    for circle in Circle:
        triad, number = (shown(round_, item, circle) for item in items)
        assert (list(triad.by_voice), triad.together[0].n) == ([None], 2 * people)
        assert list(number.by_voice) == ["resident", "youth"]  # what is no triad is split


def test_whole_or_nothing_leaves_alone_what_is_told_whole():
    answers = [Answer(f"p{number}", "a", (number, 10 - number, number % 5)) for number in range(10)]
    snapshot = publish(None, answers, Guard())
    assert whole_or_nothing(snapshot) == snapshot


def test_who_would_rather_not_say_after_all_is_taken_out_at_once(space, round_of):
    round_, (item,) = round_of()
    members = [make_member(space) for _ in range(6)]
    place = Place(round_.id, item.id)
    for value, member in enumerate(members):
        answer(member.viewer, Arrival(new_id(), None, Visibility.MAKER), place, Given(str(value)))
    close(space, round_)
    assert shown(round_, item).together[0].n == 6
    arrival = Arrival(new_id(), None, Visibility.MAKER)
    answer(members[0].viewer, arrival, place, Given(missing="rather_not_say"))
    assert shown(round_, item).together == ()


def test_answers_and_closing_make_figures_by_themselves(space, round_of):
    round_, (item,) = round_of()
    place = Place(round_.id, item.id)
    for value in range(10):
        viewer = make_member(space).viewer
        answer(viewer, Arrival(new_id(), None, Visibility.MAKER), place, Given(str(value)))
    assert shown(round_, item).together[0].n == 10
    for _ in range(5):
        viewer = make_member(space, voice="youth").viewer
        answer(viewer, Arrival(new_id(), None, Visibility.MAKER), place, Given("5"))
    close_round(space.steward.viewer, round_.id)
    assert shown(round_, item).together[0].n == 15


def test_where_everybody_has_a_day_of_their_own_small_voices_do_not_wait_for_the_end(space):
    _measuring, round_id = make_measuring(space, rhythm="meetings", every=6)
    round_, item = session().get(Round, round_id), session().scalars(select(InstrumentItem)).one()
    for voice in VOICES:
        for value in range(3):
            viewer = make_member(space, voice=voice).viewer
            arrival = Arrival(new_id(), None, Visibility.MAKER)
            answer(viewer, arrival, Place(round_id, item.id), Given(str(value)))
    assert [(voice, part[0].n) for voice, part in shown(round_, item).by_voice.items()] == [(None, 10)]


def test_an_answer_to_words_that_were_taken_back_can_still_be_withdrawn(space):
    workshop = make_workshop(space)
    sign_maker = make_member(space, workshop)
    sign = make_indicator(sign_maker, workshop, make_impact(sign_maker, workshop))
    asked = [Asked("Hoe?", SCALE, 0, sign), Asked("En verder?", SCALE)]
    _measuring, round_id = make_measuring(space, compose(space.steward.viewer, "Ons plein", asked))
    round_ = session().get(Round, round_id)
    item = session().scalars(select(InstrumentItem).where(InstrumentItem.indicator_id == sign)).one()
    told = answer_all(space, round_, item, [1, 2, 3, 4, 5, 6])
    close(space, round_)
    withdraw_contribution(sign_maker.viewer, "indicator", sign)
    withdraw_contribution(told[0][0].viewer, "answer", told[0][1])
    assert shown(round_, item).together == ()


def test_an_item_that_is_not_of_the_round_changes_nothing(space, round_of):
    round_, (item,) = round_of()
    with changing(space.id) as log:
        publish_item(log, round_, uuid.uuid4(), is_closed=True)
    assert shown(round_, item) is None


def test_a_delicate_sign_is_guarded_over_questionnaires_too(in_context):
    space = make_space()
    workshop = make_workshop(space)
    people = [make_member(space, workshop) for _ in range(11)]
    sign = make_indicator(people[0], workshop, make_impact(people[0], workshop))
    asked = [Asked("a", SCALE), Asked("zwaar", SCALE, 2, sign), Asked("b", SCALE)]
    shown = []
    for who in (people[:10], people):  # in the second one, one more
        made = compose(space.steward.viewer, "Ons plein", asked)
        _measuring_id, round_id = make_measuring(space, made)
        item_id = session().get(Instrument, made).items[1].id
        for number, member in enumerate(who):
            make_answer(member, round_id, item_id, number)
        close_round(space.steward.viewer, round_id)
        content = session().get(Publication, (round_id, item_id)).content
        shown.append(figures_for(snapshot_of(content), Circle.SPACE).together)
    assert [sum(figure.n for figure in each) for each in shown] == [10, 10]

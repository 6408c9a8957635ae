"""Versions: frozen by their first answer; only the same or declared-equal questions stay the same."""

import random
import threading
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, NotFound
from cocreate.indicators.edits import Posed, is_comparable, posed
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Instrument
from cocreate.indicators.queries.instruments import (
    all_questions_of,
    definition_of,
    equals_of,
    instruments_of,
    newest_of,
)
from cocreate.indicators.scoring import Choices, Option
from cocreate.indicators.service.answering import Given, Place
from cocreate.indicators.service.answering import answer as answer_to
from cocreate.indicators.service.composing import (
    Asked,
    compose,
    compose_from_signs,
    move,
    remove_question,
    reword,
)
from cocreate.indicators.service.versions import declare_equal, freeze, make_version
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.contributions import Arrival
from tests.factories import make_instrument, make_measuring, make_member, make_space, make_workshop
from tests.indicators.signs import make_sign

LADDER = AnswerShape(AnswerKind.SCALE_0_10)


@pytest.fixture
def scene(in_context):
    space = make_space()
    asked = [Asked(text, LADDER) for text in ("a", "b", "c")]
    return space, compose(space.steward.viewer, "Ons plein", asked)


def of(instrument_id):
    return session().get(Instrument, instrument_id, populate_existing=True)


def answer(space, instrument_id):
    with changing(space.id) as log:
        freeze(log, of(instrument_id))


def next_version(space, instrument_id):
    answer(space, instrument_id)
    return make_version(space.steward.viewer, instrument_id)


def asked_in(instrument_id):
    version = of(instrument_id)
    return {each.text: each.question_id for each in all_questions_of(version)}


def test_the_first_answer_freezes_once(scene):
    space, made = scene
    answer(space, made)
    first = of(made).frozen_at
    answer(space, made)
    assert first is not None
    assert of(made).frozen_at == first


def test_a_new_version_asks_the_same_questions(scene):
    space, made = scene
    after = next_version(space, made)
    assert (of(after).version, of(after).series_id) == (2, of(made).series_id)
    assert of(after).frozen_at is None
    assert asked_in(after) == asked_in(made)
    assert definition_of(of(after)).version == 2
    assert {item.id for item in of(made).items}.isdisjoint(item.id for item in of(after).items)
    assert newest_of(of(made).series_id).id == after
    assert [each.id for each in instruments_of(space.id)] == [after]


def test_a_version_comes_after_answers_and_after_the_newest(scene):
    space, made = scene
    with pytest.raises(Conflict):
        make_version(space.steward.viewer, made)
    after = next_version(space, made)
    with pytest.raises(Conflict):
        make_version(space.steward.viewer, made)
    assert next_version(space, after)


def test_other_words_make_another_question_until_they_are_declared_equal(scene):
    space, made = scene
    after = next_version(space, made)
    item = of(after).items[0]
    reword(space.steward.viewer, after, item.id, "A!", 0)
    item = of(after).items[0]
    assert item.question_id not in asked_in(made).values()
    (earlier,) = equals_of(of(after), item)
    declare_equal(space.steward.viewer, after, item.id, earlier.question_id)
    assert asked_in(after)["A!"] == asked_in(made)["a"]
    declare_equal(space.steward.viewer, after, item.id, None)
    assert asked_in(after)["A!"] not in asked_in(made).values()


def test_the_old_words_are_the_old_question(scene):
    space, made = scene
    after = next_version(space, made)
    for text in ("A!", "a"):
        reword(space.steward.viewer, after, of(after).items[0].id, text, 0)
    assert asked_in(after) == asked_in(made)


def test_equal_only_to_what_is_answered_the_same_way_and_is_free(scene):
    space, made = scene
    viewer = space.steward.viewer
    with_count = compose(
        viewer,
        "Anders",
        [Asked("a", AnswerShape(AnswerKind.COUNT, (), "keer")), Asked("b", LADDER), Asked("c", LADDER)],
    )
    after = next_version(space, with_count)
    count, first, second = of(after).items
    remove_question(viewer, after, count.id)
    assert equals_of(of(after), first) == []  # a count is no scale, and the second has its own place
    for wrong in (count.question_id, second.question_id, of(made).items[0].question_id):
        with pytest.raises(Conflict):
            declare_equal(viewer, after, first.id, wrong)
    answer(space, after)
    with pytest.raises(Conflict):
        declare_equal(viewer, after, first.id, None)
    with pytest.raises(NotFound):
        declare_equal(make_space().steward.viewer, after, first.id, None)


def ways(first="1", second="2"):
    return Choices((Option("yes", "Yes", int(first)), Option("no", "No", int(second))))


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        (LADDER, AnswerShape(AnswerKind.SCALE_0_10, ("Nooit", "Altijd")), True),
        (LADDER, AnswerShape(AnswerKind.SCALE_1_10), False),
        (
            AnswerShape(AnswerKind.COUNT, (), "keer"),
            AnswerShape(AnswerKind.COUNT, (), " Keer", highest=1_000),
            True,
        ),
        (AnswerShape(AnswerKind.COUNT, (), "keer"), AnswerShape(AnswerKind.COUNT, (), "uur"), False),
        (
            AnswerShape(AnswerKind.COUNT, (), "keer"),
            AnswerShape(AnswerKind.COUNT, (), "keer", highest=9),
            False,
        ),
        (ways(), ways(), True),
        (ways(), ways("2", "1"), False),
        (ways(), LADDER, False),
        (AnswerShape(AnswerKind.OPEN), AnswerShape(AnswerKind.OPEN), True),
    ],
)
def test_what_can_stand_beside_each_other(one, other, is_equal):
    assert is_comparable(Posed("a", one), Posed("b", other)) is is_equal
    assert is_comparable(Posed("b", other), Posed("a", one)) is is_equal
    assert not is_comparable(Posed("a", one), Posed("a", one, is_reversed=True))


def test_what_was_taken_back_does_not_come_along(scene):
    space, _ = scene
    workshop = make_workshop(space)
    maker = make_member(space, workshop)
    signs = [make_sign(maker, workshop, text) for text in ("wel", "niet")]
    made = compose_from_signs(space.steward.viewer, "Ons plein", signs)
    answer(space, made)
    withdraw_contribution(maker.viewer, "indicator", signs[1])
    after = make_version(space.steward.viewer, made)
    assert [item.text for item in definition_of(of(after)).items] == ["wel"]


# Any changes in any order: what has the same name is the same question, or was said to be.

changes = st.lists(
    st.tuples(st.sampled_from(["word", "move", "drop", "next", "equal", "apart"]), st.integers(0, 99)),
    max_size=14,
)


@given(changes, st.integers(0, 2**16))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_only_the_same_or_declared_equal_questions_have_one_name(in_context, changes, seed):
    rng, space = random.Random(seed), make_space()
    asked = [Asked(text, LADDER) for text in "abc"]
    versions = [compose(space.steward.viewer, "Ons plein", asked)]
    declared, split = set(), set()
    for what, number in changes:
        act(space, versions, what, number, rng, declared, split)
    names = {}
    for version in map(of, versions):
        ids = [item.question_id for item in version.items]
        assert len(set(ids)) == len(ids)  # two questions of one version are never one
        for item in version.items:
            names.setdefault(item.question_id, set()).add(posed(definition_of(version), item.key).text)
    for question_id, words in names.items():
        assert len(words) == 1 or question_id in declared
    for earlier, later in pairwise(versions):
        before, after = asked_in(earlier), asked_in(later)
        for text in before.keys() & after.keys():  # unchanged words stay the same question
            names = {before[text], after[text]}
            assert len(names) == 1 or names & (split | declared)


def act(space, versions, what, number, rng, declared, split):
    viewer, now = space.steward.viewer, of(versions[-1])
    item = now.items[number % len(now.items)]
    if what == "word":
        free = sorted(set("abcdefgh") - asked_in(now.id).keys())
        reword(viewer, now.id, item.id, rng.choice(free), 0)
    elif what == "move":
        move(viewer, now.id, item.id, rng.choice([-2, -1, 1, 2]))
    elif what == "drop" and len(now.items) > 1:
        remove_question(viewer, now.id, item.id)
    elif what == "next":
        versions.append(next_version(space, now.id))
    elif what == "apart":
        declare_equal(viewer, now.id, item.id, None)
        split.add(of(now.id).items[number % len(now.items)].question_id)
    elif what == "equal" and (earlier := equals_of(now, item)):
        declare_equal(viewer, now.id, item.id, earlier[0].question_id)
        declared.add(earlier[0].question_id)


# At the same time.


def test_an_edit_and_a_first_answer_never_both_win(any_database):
    """Whoever comes second sees what the first one did: the edit is refused, or the place is gone."""
    for turn in range(6):
        with any_database.app_context():
            space = make_space()
            made = make_instrument(space)
            _, round_id = make_measuring(space, made)
            place = Place(round_id, of(made).items[0].id)
            lead, member = space.steward.viewer, make_member(space).viewer
            session.remove()
        acts = {
            "edit": partial(reword, lead, made, place.item_id, "Anders?", 0),
            "answer": partial(
                answer_to, member, Arrival(new_id(), None, Visibility.MAKER), place, Given(value="7")
            ),
        }
        won = at_once(any_database, dict(sorted(acts.items(), reverse=bool(turn % 2))))
        assert len(won) == 1
        with any_database.app_context():
            assert (of(made).frozen_at is not None) is (won == ["answer"])
            assert session().query(Answer).count() == int(won == ["answer"])
            session().query(Answer).delete()
            session().commit()


def at_once(app, acts):
    """Which of these went well, when all of them began at the same moment."""
    start, won = threading.Barrier(len(acts)), []

    def run(name, act):
        with app.app_context():
            start.wait()
            try:
                act()
            except (Conflict, NotFound):
                return
            won.append(name)

    threads = [threading.Thread(target=run, args=each) for each in acts.items()]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return won

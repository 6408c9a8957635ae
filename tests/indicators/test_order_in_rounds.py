"""A round is open and nobody answered yet: no change lets it begin or end with a sensitive question."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.core.db import session
from cocreate.core.problems import Conflict, DomainError
from cocreate.indicators.order import misplaced
from cocreate.indicators.queries.answering import sheet_of
from cocreate.indicators.service.composing import (
    add_sign,
    move,
    put_in_order,
    remove_question,
    rename,
    reword,
)
from cocreate.indicators.service.measuring import Plan, start_measuring
from tests.browser_without_scripts import form_of
from tests.factories import make_member, make_space, make_workshop
from tests.indicators.signs import make_sign
from tests.indicators.test_composing import compose_of, of, texts
from tests.indicators.test_delicate_later import Street


@pytest.fixture
def scene(in_context):
    space = make_space()
    workshop = make_workshop(space)
    return space, workshop, make_member(space, workshop)


def open_round_of(space, *asked):
    made = compose_of(space, *asked)
    _measuring_id, round_id = start_measuring(space.steward.viewer, made, Plan("Meten"))
    return made, round_id


def asked_of(member, round_id):
    return [each.question.sensitivity for each in sheet_of(member.viewer, round_id).posed]


def item(made, place):
    return of(made).items[place].id


def test_a_light_question_is_not_called_sensitive_when_it_is_needed_at_an_end(scene):
    space, _, maker = scene
    lead = space.steward.viewer
    made, round_id = open_round_of(space, ("a", 0), ("b", 0), ("c", 0))
    reword(lead, made, item(made, 0), "a", 3)
    assert asked_of(maker, round_id) == [0, 3, 0]
    with pytest.raises(Conflict) as refused:
        reword(lead, made, next(each.id for each in of(made).items if each.key == "q2"), "b", 2)
    assert "sensitive" in str(refused.value.message)
    assert asked_of(maker, round_id) == [0, 3, 0]
    assert not misplaced(asked_of(maker, round_id))


def test_a_sensitive_sign_is_not_added_behind_the_only_light_question(scene):
    space, workshop, maker = scene
    lead = space.steward.viewer
    made, round_id = open_round_of(space, ("a", 0))
    heavy, light = (make_sign(maker, workshop, text, sensitivity=how) for text, how in (("z", 3), ("b", 0)))
    with pytest.raises(Conflict):
        add_sign(lead, made, heavy)
    assert texts(made) == ["a"]
    add_sign(lead, made, light)
    add_sign(lead, made, heavy)
    assert asked_of(maker, round_id) == [0, 3, 0]


def test_the_light_question_that_stands_at_an_end_is_not_left_out(scene):
    space, _, maker = scene
    made, round_id = open_round_of(space, ("a", 0), ("z", 3), ("b", 0))
    with pytest.raises(Conflict):
        remove_question(space.steward.viewer, made, item(made, 2))
    assert asked_of(maker, round_id) == [0, 3, 0]
    remove_question(space.steward.viewer, made, item(made, 1))
    assert asked_of(maker, round_id) == [0, 0]


def test_before_measuring_starts_any_order_may_be_made(scene):
    space, *_ = scene
    made = compose_of(space, ("a", 0), ("b", 0))
    reword(space.steward.viewer, made, item(made, 0), "a", 3)
    assert [each.sensitivity for each in of(made).items] == [3, 0]


def test_where_a_sign_became_sensitive_light_ones_can_still_be_added_one_by_one(in_context):
    street = Street(1)
    street.start()
    street.call(3)
    rename(street.lead, street.instrument_id, "Onze straat")
    for text in ("Licht", "Ook licht"):
        add_sign(street.lead, street.instrument_id, make_sign(street.maker, street.workshop, text))
    assert not misplaced(asked_of(street.maker, street.round_id))


def test_who_leads_reads_why(scene, new_browser):
    space, *_ = scene
    browser = new_browser(space.steward)
    made, _round = open_round_of(space, ("a", 0), ("b", 0))
    place = f"/spaces/{space.id}/instruments/{made}/items/{item(made, 0)}"
    session().commit()
    page = browser.get(f"/spaces/{space.id}/instruments/{made}")
    answer = browser.submit(form_of(page.text, action=place), place, sensitivity="3")
    assert answer.status_code == 409
    assert "Bewaar een vraag die niet gevoelig is" in answer.text


steps = st.tuples(
    st.sampled_from(["reword", "remove", "move", "order", "add"]), st.integers(0, 9), st.integers(0, 3)
)


@given(st.lists(steps, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_who_leads_tries_nobody_is_asked_something_sensitive_first_or_last(in_context, tried):
    space = make_space()
    workshop = make_workshop(space)
    maker = make_member(space, workshop)
    lead = space.steward.viewer
    made, round_id = open_round_of(space, ("a", 0), ("b", 2), ("c", 1))
    for what, place, how in tried:
        one = item(made, place % len(of(made).items))
        does = {
            "reword": lambda: reword(lead, made, one, f"{place}", how),  # noqa: B023 (called at once)
            "remove": lambda: remove_question(lead, made, one),  # noqa: B023
            "move": lambda: move(lead, made, one, how - 2),  # noqa: B023
            "order": lambda: put_in_order(lead, made),
            "add": lambda: add_sign(lead, made, make_sign(maker, workshop, "z", sensitivity=how)),  # noqa: B023
        }
        try:
            does[what]()
        except DomainError:
            session().rollback()
        session().expire_all()
        assert not misplaced(asked_of(maker, round_id))

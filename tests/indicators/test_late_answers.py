"""Answers that come in after a round closed: typed over from paper, or brought in as a table."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from cocreate.core.changes import changing
from cocreate.core.db import session, utcnow
from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import figures_for
from cocreate.indicators.models import Answer, InstrumentItem, Publication, Round
from cocreate.indicators.queries.publications import snapshot_of
from cocreate.indicators.service.answering import Given
from cocreate.indicators.service.bringing import Agreed, bring_in_table
from cocreate.indicators.service.brought import LooksLikeBefore
from cocreate.indicators.service.rounds import bring_up_to_date, close_round
from cocreate.indicators.service.sheets import PaperSheet, enter_sheet
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.models import Membership, Space
from cocreate.spaces.openings import GRACE
from cocreate.spaces.queries import viewer_for, voices_of
from tests.factories import make_answer, make_member
from tests.indicators.rounds import SCALE, Town, kept


@pytest.fixture
def town(in_context):
    return Town(SCALE)


def type_over(town, count, voice="resident", first=1):
    voices = {each.key: each.id for each in voices_of(town.space.id)}
    for number in range(first, first + count):
        answers = [(town.items[0], Given(str(number % 10)))]
        sheet = PaperSheet(f"{voice} {number}", voices[voice], answers)
        enter_sheet(town.space.steward.viewer, town.round_id, sheet)


def bring_in(town, count, name="p"):
    asked = session().get(InstrumentItem, town.items[0]).key
    rows = [f"person,round,voice,{asked}", *(f"{name}{n},0,resident,{n % 10}" for n in range(count))]
    viewer = town.space.steward.viewer
    place = (viewer, town.measuring_id, "\n".join(rows).encode(), Agreed())
    try:
        found = bring_in_table(*place)
    except LooksLikeBefore as asked:  # with few answers to choose from some are the same
        found = bring_in_table(*place, others=asked.mark)
    assert found.people == count


def close(town):
    close_round(town.space.steward.viewer, town.round_id)


def wait(town, how_long=GRACE):
    with changing(town.space.id):
        session().get(Round, town.round_id).closed_at = utcnow() - how_long


def shown(town, circle=Circle.SPACE):
    """How many people the figure of all together is of."""
    publication = session().get(Publication, (town.round_id, town.items[0]), populate_existing=True)
    together = figures_for(snapshot_of(publication.content), circle).together if publication else ()
    return together[0].n if together else 0


def look(town):
    bring_up_to_date(make_member(town.space).viewer)
    return shown(town)


def test_sheets_typed_over_after_closing_are_shown_when_the_days_for_it_are_past(town):
    close(town)
    type_over(town, 9)
    assert look(town) == 0
    wait(town, GRACE - timedelta(minutes=5))
    assert look(town) == 0
    wait(town)
    assert look(town) == 9


def test_fewer_than_the_threshold_are_not_shown_then_either(town):
    close(town)
    type_over(town, 4)
    wait(town)
    assert look(town) == 0


def test_newcomers_after_closing_are_enough_people_or_not_shown(town):
    type_over(town, 6)
    close(town)
    assert shown(town) == 6
    type_over(town, 4, first=7)
    wait(town)
    assert look(town) == 6


def test_a_round_is_looked_at_once_when_the_days_for_typing_over_are_past(town):
    close(town)
    type_over(town, 9)
    wait(town)
    assert look(town) == 9
    for number in range(6):
        make_answer(make_member(town.space), town.round_id, town.items[0], number)
    assert look(town) == 9


def test_who_opens_the_figures_sees_what_was_typed_over(town, new_browser):
    close(town)
    type_over(town, 9)
    wait(town)
    path = f"/spaces/{town.space.id}/measurings/{town.measuring_id}/figures"
    new_browser(town.maker).get(path)
    session().expire_all()
    assert shown(town) == 9


@pytest.mark.parametrize(("count", "seen"), [(4, 0), (5, 5), (9, 9)])
def test_a_table_for_a_closed_round_is_shown_at_once_when_it_is_of_enough_people(town, count, seen):
    close(town)
    bring_in(town, count)
    assert shown(town) == seen


def test_a_table_for_an_open_round_waits_for_its_end(town):
    bring_in(town, 9)
    assert shown(town) == 0
    close(town)
    assert shown(town) == 9


def test_a_table_for_a_round_that_was_looked_at_for_the_last_time_is_looked_at_too(town):
    close(town)
    wait(town, 4 * GRACE)
    assert look(town) == 0
    bring_in(town, 7)
    assert shown(town) == 7


@pytest.mark.parametrize("seed", range(5))
def test_no_two_looks_differ_by_fewer_newcomers_than_the_threshold(town, seed):
    """As it goes: some before closing, then sheets and tables, and looking after each of them."""
    rng, number, looks = random.Random(seed), 0, []
    for step in range(14):
        if step == 3:
            close(town)
        count = rng.randint(1, 4)
        if step > 3 and rng.random() < 0.3:
            bring_in(town, rng.randint(1, 7), name=f"t{step}-")
        else:
            type_over(town, count, voice=rng.choice(["resident", "youth"]), first=number)
            number += count
        looks.append((shown(town), shown(town, Circle.OUTSIDE)))
    wait(town)
    looks.append((look(town), shown(town, Circle.OUTSIDE)))
    for (near, far), (next_near, next_far) in pairwise(looks):
        assert next_near - near == 0 or next_near - near >= 5
        assert next_far - far == 0 or next_far - far >= 10
    assert looks[-1][0] >= len(kept()) - 4  # nobody waits but fewer than five, of a voice or of the others


def test_who_takes_it_back_after_the_last_look_takes_their_group_along(town):
    close(town)
    type_over(town, 9)
    wait(town)
    assert look(town) == 9
    made = session().get(Answer, kept()[0].id)
    viewer = viewer_for(session().get(Space, town.space.id), session().get(Membership, made.maker_id))
    withdraw_contribution(viewer, "answer", made.id)
    assert shown(town) == 0

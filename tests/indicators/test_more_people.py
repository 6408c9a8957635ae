"""A space asks for more people: nothing of fewer is shown from then on, and going back tells no more."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Change, changing, head_of
from cocreate.core.db import session
from cocreate.core.problems import Invalid
from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import Answer, Guard, Snapshot, figures_for, large_enough, publish
from cocreate.indicators.models import Choosing, InstrumentItem, Measuring
from cocreate.indicators.queries.choosing import outcome_for
from cocreate.indicators.queries.figures import lines_of, small_lines
from cocreate.indicators.queries.measuring import rounds_of
from cocreate.indicators.queries.step_shares import shares_of
from cocreate.indicators.service.choosing import close_choosing
from cocreate.indicators.service.step_shares import publish_ended_quarters
from cocreate.spaces.models import Space
from cocreate.spaces.service import SpaceDraft, change_space
from tests.browser_without_scripts import form_of
from tests.factories import make_choosing, make_impact, make_member, make_space, make_stance, make_workshop
from tests.indicators.signs import make_sign
from tests.indicators.test_choosing import Scene as Ballots
from tests.indicators.test_figures_page import House
from tests.indicators.test_small_steps import gather, told

CIRCLES = (Circle.SPACE, Circle.OUTSIDE)


def ask_for(space, people):
    change_space(space.id, SpaceDraft("Het plein", threshold=people))


@pytest.fixture
def place(space, in_context):
    return space


# What is kept


def cells_of(figures):
    """How many people stand behind each number, all together first."""
    return [figure[0].n for figure in (figures.together, *figures.by_voice.values()) if figure]


@st.composite
def years(draw):
    """Who of which voice answers when, who takes it back, and of how many people the space shows a number."""
    voices = draw(st.lists(st.sampled_from("abc"), min_size=4, max_size=40))
    people = [f"p{number:02}" for number in range(len(voices))]
    moments = draw(
        st.lists(
            st.tuples(st.integers(5, 14), st.sets(st.sampled_from(people), max_size=3), st.booleans()),
            min_size=2,
            max_size=5,
        )
    )
    return dict(zip(people, voices, strict=True)), moments


@settings(max_examples=200)
@given(years(), st.booleans())
def test_whatever_a_space_asked_for_before_no_number_is_of_fewer_than_it_asks_for_now(year, steady):
    voices, moments = year
    before, gone, seen = None, set(), []
    for place, (threshold, leaving, is_closed) in enumerate(moments):
        gone |= leaving
        here = [person for number, person in enumerate(voices) if number % len(moments) <= place]
        answers = [Answer(each, voices[each], (len(each) % 5,)) for each in here if each not in gone]
        before = publish(before, answers, Guard(inside=threshold, steady=steady), is_closed=is_closed)
        shown = large_enough(before, threshold)
        for circle in CIRCLES:
            least = Guard(inside=threshold).threshold(circle)
            together, *by_voice = cells_of(figures_for(shown, circle)) or [0]
            assert together == sum(by_voice)
            assert all(each >= least for each in by_voice)
        seen += [(threshold, cell.people) for cell in shown.cells]
        # Nobody is shown in two groups, so no two looks differ by less than a whole one that was shown.
        groups = {people for _threshold, people in seen}
        assert sum(map(len, groups)) == len(frozenset().union(*groups))
        assert all(len(people) >= asked for asked, people in seen)


def test_who_is_seen_from_outside_grows_on_in_groups_that_are_large_enough():
    few = [Answer(f"a{number}", "a", (number,)) for number in range(6)]
    first = publish(None, few, Guard())
    more = few + [Answer(f"b{number}", "b", (number,)) for number in range(12)]
    second = large_enough(publish(first, more, Guard(inside=8)), 8)
    assert cells_of(figures_for(second, Circle.SPACE)) == [12, 12]
    assert cells_of(figures_for(second, Circle.OUTSIDE)) == [12, 12]
    assert large_enough(Snapshot(), 5) == Snapshot()


# Where it is shown


def street(space):
    """Six residents and nine young people who answered what was asked about a sign."""
    workshop = make_workshop(space)
    maker = make_member(space, workshop)
    sign = make_sign(maker, workshop, "Groet je?", visibility=Visibility.PUBLIC)
    house = House(space)
    house.come(6)
    house.come(9, "youth")
    house.answer(*range(1, 7), *range(9))
    with changing(space.id) as log:
        log.session.get(InstrumentItem, house.items()[0].id).indicator_id = sign
    house.close()
    return house


def shown_of(house, viewer=None):
    """What stands on the page of figures, and beside the wish."""
    viewer = viewer or house.space.steward.viewer
    (line,) = lines_of(viewer, rounds_of(session().get(Measuring, house.measuring_id)))
    beside = [cells_of(figures) for lines in small_lines(viewer).values() for figures in lines[0].figures]
    page = cells_of(line.by_round[-1].figures)
    assert beside in ([page], [])
    return page


def test_figures_of_fewer_go_at_once_and_come_back_as_they_were(place):
    house, outside = street(place), Viewer(place.id, sees_public=True)
    assert (shown_of(house), shown_of(house, outside)) == ([15, 6, 9], [15, 15])
    ask_for(place, 8)
    assert (shown_of(house), shown_of(house, outside)) == ([9, 9], [])
    ask_for(place, 10)
    assert (shown_of(house), shown_of(house, outside)) == ([], [])
    ask_for(place, 5)
    assert (shown_of(house), shown_of(house, outside)) == ([15, 6, 9], [15, 15])


def test_the_page_of_figures_shows_no_picture_from_before(place, new_browser):
    house, browser = street(place), new_browser(place.steward)
    before = browser.get(house.path).text
    assert "15 mensen" in before
    ask_for(place, 8)
    page = browser.get(house.path).text
    assert "9 mensen" in page
    assert not {"15 mensen", "6 mensen"} & set(re.findall(r"\d+ mensen", page))
    ask_for(place, 10)
    assert "Niet genoeg mensen om te laten zien" in browser.get(house.path).text
    ask_for(place, 5)
    assert re.findall(r"\d+ mensen", browser.get(house.path).text) == re.findall(r"\d+ mensen", before)


def test_who_looks_at_figures_hears_that_they_are_others_now(place):
    house = street(place)
    before = head_of(place.id)
    ask_for(place, 8)
    ask_for(place, 8)
    told_of = select(Change.topic, Change.subject_id).where(Change.space_id == place.id, Change.seq > before)
    rows = [tuple(row) for row in session().execute(told_of)]
    assert rows.count(("figures", house.measuring_id)) == 1


def test_how_many_stepped_is_of_as_many_as_the_space_asks_for(place):
    gather(place, make_workshop(place), [True] * 6 + [False] * 4)
    gather(place, make_workshop(place), [True, False] * 3, "youth")
    publish_ended_quarters(place.id)

    def shares():
        (share,) = shares_of(place.id, Circle.SPACE)
        return told(share.together), [told(each) for each in share.by_voice]

    assert shares() == ((16, 9, 9), [(10, 6, 6), (6, 3, 3)])
    ask_for(place, 7)
    assert shares() == ((10, 6, 6), [])
    ask_for(place, 11)
    assert shares() == (None, [])
    ask_for(place, 5)
    assert shares()[0] == (16, 9, 9)


def test_what_was_chosen_is_told_by_groups_that_are_large_enough(app):
    with app.app_context():
        scene = Ballots()
        choosing_id = make_choosing(scene.leader)
        scene.all_vote(choosing_id)
        close_choosing(scene.leader.viewer, choosing_id)
        choosing = session().get(Choosing, choosing_id)
        found = {}
        for people in (5, 7, 15, 6):
            ask_for(scene.space, people)
            outcome = outcome_for(scene.leader.viewer, choosing)
            found[people] = outcome and [group.people for group in outcome.groups]
        assert found == {5: [6, 8], 7: [14], 15: None, 6: [6, 8]}


def test_how_voices_stand_goes_from_cards_and_pages_at_once(app, new_browser, place):
    workshop = make_workshop(place)
    member = make_member(place, workshop)
    wish = make_impact(member, workshop)
    for voice, people in (("resident", 5), ("youth", 10)):
        for _ in range(people):
            make_stance(make_member(place, workshop, voice=voice), workshop, wish)
    browser = new_browser(place.steward)

    def counted():
        pages = [f"/spaces/{place.id}", f"/spaces/{place.id}/impacts/{wish}"]
        return [sorted(set(re.findall(r"voor: (\d+)", browser.get(page).text))) for page in pages]

    assert counted() == [["10", "15", "5"]] * 2
    ask_for(place, 8)
    assert counted() == [["10"]] * 2  # without the others there is no number of all together either
    ask_for(place, 5)
    assert counted() == [["10", "15", "5"]] * 2


# Choosing it


@pytest.fixture
def steward(new_browser, place):
    return new_browser(place.steward)


def page_of(place):
    return f"/spaces/{place.id}/settings"


def chosen(place):
    session().expire_all()
    space = session().get(Space, place.id)
    return space.threshold, space.low_counts_limit, space.silence_ends_low


def test_a_steward_chooses_more_people_and_how_low_is_counted(place, steward):
    page = steward.get(page_of(place)).text
    assert "Over hoeveel mensen moet een getal gaan?</label>" in page  # nothing to leave out
    form = form_of(page, **{"class": "form"})
    assert form.values["threshold"] == "5"
    more = {"threshold": "8", "low_counts_limit": "y", "silence_ends_low": "y"}
    assert steward.submit(form, page_of(place), **more).status_code == 303
    assert chosen(place) == (8, True, True)
    form = form_of(steward.get(page_of(place)).text, **{"class": "form"})
    assert {name: form.values[name] for name in more} == more
    assert steward.submit(form, page_of(place), threshold="").status_code == 303
    assert chosen(place) == (8, True, True)  # left open, it stays as it was


@pytest.mark.parametrize("wrong", ["4", "0", "-8", "51", "veel", "5.5", "99999999999999999999"])
def test_fewer_than_five_is_never_chosen_and_the_page_says_why(place, steward, wrong):
    form = form_of(steward.get(page_of(place)).text, **{"class": "form"})
    answer = steward.submit(form, page_of(place), threshold=wrong)
    assert answer.status_code == 422
    assert "Kies een getal van 5 tot en met 50." in answer.text
    assert "dan kun je raden wie wat zei" in answer.text
    assert chosen(place) == (5, False, False)


@pytest.mark.parametrize("people", [4, 51])
def test_no_road_leads_to_fewer(place, people):
    with pytest.raises(Invalid):
        ask_for(place, people)
    with pytest.raises(Invalid):
        make_space(threshold=people)
    assert chosen(place)[0] == 5

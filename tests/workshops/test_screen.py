"""The screen: what the room may see of what was told, and how large it stands there."""

import re
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session, utcnow
from cocreate.workshops.library import Agenda
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import LETTERS, StepKind, size_for
from cocreate.workshops.service.lighting import put_aside
from cocreate.workshops.service.stage import move_stage
from tests.factories import give_answer, make_impact, make_measuring, make_member, make_moment, make_workshop

CSS = Path(__file__).parents[2] / "static" / "css"


@pytest.fixture
def workshop(app: Flask, space):
    """A meeting at which moments are told."""
    with app.app_context():
        made = make_workshop(space)
        move_stage(made.id, space.id, made.steps["moments"])
        return made


def told(page: str) -> list[str]:
    """What the screen says of how much there is."""
    return [" ".join(words.split()) for words in re.findall(r'class="screen-told"[^>]*>([^<]*)<', page)]


def test_everything_counts_and_only_what_the_room_may_read_is_shown(
    app: Flask, steward, space, workshop
) -> None:
    with app.app_context():
        people = [make_member(space, workshop, name="Fatima") for _each in range(3)]
        for person in people:
            make_moment(person, workshop, "Voor iedereen.")
    path = f"/workshops/{workshop.id}/screen"
    assert told(steward.get(path).text)[0] == "3 momenten"
    with app.app_context():
        make_moment(people[0], workshop, "Alleen van mij.", visibility=Visibility.MAKER)
    for page in (steward.get(path).text, steward.get(f"{path}?part=now").text):
        assert told(page)[0] == "4 verteld, 3 hier te zien"
        assert "Alleen van mij." not in page
        assert "Fatima" not in page


def test_what_is_set_aside_is_in_no_count(app: Flask, steward, space, workshop) -> None:
    with app.app_context():
        person = make_member(space, workshop)
        aside, _stays = (make_moment(person, workshop, words) for words in ("Een adres.", "Voor iedereen."))
        put_aside(space.steward.viewer, workshop.id, "moment", aside, "Hier staat een adres in.")
    assert told(steward.get(f"/workshops/{workshop.id}/screen").text)[0] == "1 moment"


def test_what_changes_meanwhile_comes_without_the_wall(app: Flask, steward, space, workshop) -> None:
    with app.app_context():
        make_moment(make_member(space, workshop), workshop, "Op de muur.")
    part = steward.get(f"/workshops/{workshop.id}/screen?part=now").text
    assert "<html" not in part
    assert "Op de muur." not in part
    ids = re.findall(r'id="([\w-]+)" data-live', part)
    assert len(ids) == len(set(ids)) >= 4
    whole = steward.get(f"/workshops/{workshop.id}/screen").text
    assert all(f'id="{each}" data-live' in whole for each in ids)


def test_what_is_told_elsewhere_is_not_counted_here(app: Flask, steward, space, workshop) -> None:
    with app.app_context():
        other = make_workshop(space, title="Elders")
        make_moment(make_member(space, other), other)
    assert told(steward.get(f"/workshops/{workshop.id}/screen").text)[0] == "0 momenten"


def test_a_clock_that_stands_still_says_so_and_does_not_run(app: Flask, steward, space, workshop) -> None:
    path = f"/workshops/{workshop.id}/screen?part=now"
    assert 'data-behavior="clock"' in steward.get(path).text
    with app.app_context(), changing(space.id) as log:
        log.session.get_one(Workshop, workshop.id).paused_at = utcnow()
    page = steward.get(path).text
    assert "De klok staat stil" in page
    assert 'data-behavior="clock"' not in page
    with app.app_context(), changing(space.id) as log:
        found = log.session.get_one(Workshop, workshop.id)
        found.paused_at = None
        found.current_step.extra_minutes = 2
    assert f'data-minutes="{25 + 2}"' in steward.get(path).text


def test_how_many_answered_is_a_bare_number(app: Flask, steward, space) -> None:
    with app.app_context():
        _measuring, round_id = make_measuring(space)
        workshop = make_workshop(space, agenda=Agenda.MOMENTS)
        people = [make_member(space, workshop) for _each in range(2)]
        move_stage(workshop.id, space.id, workshop.steps[StepKind.MEASURE])
        from cocreate.indicators.models import Instrument, Round

        item = session().get_one(Instrument, session().get_one(Round, round_id).instrument_id).items[0].id
        for person in people:
            give_answer(person, round_id, item, workshop_id=workshop.id)
    page = steward.get(f"/workshops/{workshop.id}/screen?part=now").text
    assert "<b>2</b> mensen hebben geantwoord" in page


def test_a_closed_meeting_shows_no_code_and_no_clock(app: Flask, steward, space, workshop) -> None:
    path = f"/workshops/{workshop.id}/screen"
    assert workshop.code in steward.get(path).text
    steward.post(f"/workshops/{workshop.id}/closing", {})
    page = steward.get(path).text
    assert workshop.code not in page
    assert "data-clock" not in page


def test_wishes_on_the_wall_show_no_stand_while_people_take_it(app: Flask, steward, space, workshop) -> None:
    with app.app_context():
        make_impact(make_member(space, workshop), workshop, "Iedereen doet mee.")
        move_stage(workshop.id, space.id, workshop.steps["impacts"])
    assert "1 wens" in told(steward.get(f"/workshops/{workshop.id}/screen").text)


@given(st.text(max_size=400), st.text(max_size=200))
def test_more_letters_are_never_larger(words: str, more: str) -> None:
    assert 1 <= size_for(words) <= size_for(words + more) <= len(LETTERS) + 1


def test_a_dark_room_has_the_colours_of_the_night() -> None:
    def colours(path: str, after: str) -> dict[str, str]:
        block = (CSS / path).read_text().split(after)[1].split("}")[0]
        return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))

    night = colours("tokens.css", "prefers-color-scheme: dark) {")
    assert night == colours("screen.css", ':root[data-room="dark"] {')
    assert len(night) > 20

"""What a meeting shows as chosen is what its own room chose, and it says who did."""

import pytest

from cocreate.core.db import session
from cocreate.indicators.models import Choosing
from cocreate.indicators.service.choosing import close_choosing
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Activity, VoiceWish
from cocreate.spaces.service import compose
from cocreate.workshops.library import Agenda
from cocreate.workshops.service import close_workshop, move_stage
from tests.factories import (
    make_ballot,
    make_choosing,
    make_impact,
    make_indicator,
    make_member,
    make_workshop,
)

ROOM, PANEL = "Wij worden gebeld.", "Er staat een bankje."


class Hall:
    """A meeting of residents at the part in which people choose; young people of a panel that never came."""

    def __init__(self, space):
        self.space = space
        self.youth = next(voice.id for voice in voices_of(space.id) if voice.key == "youth")
        compose(space.id, {self.youth: VoiceWish(True, None, True)})
        self.meeting = make_workshop(space, title="Zaal", agenda=Agenda.YOUTH_PANEL)
        self.people = [make_member(space, self.meeting, voice="resident") for _ in range(6)]
        self.panel = [make_member(space, voice="youth") for _ in range(6)]
        impact = make_impact(self.people[0], self.meeting, "Wij beslissen mee.")
        self.signs = [make_indicator(self.people[0], self.meeting, impact, words) for words in (ROOM, PANEL)]
        move_stage(self.meeting.id, space.id, self.meeting.steps["choose"])

    def choose(self, leader, people, sign, **draft):
        """A list, what each of these wants of it, and counting it."""
        made = make_choosing(leader, signs=self.signs, seats=1, **draft)
        for each in people:
            make_ballot(each, made, sign)
        close_choosing(leader.viewer, made)
        return made

    def choose_in_panel(self):
        """The panel at its own table, elsewhere."""
        set_between_meetings(self.space.steward.viewer, Activity.CHOOSING, True)
        return self.choose(
            self.panel[0], self.panel, self.signs[1], voice_id=self.youth, title="Alleen panel"
        )

    def pages(self, steward):
        """What the screen and the console show now, and what the harvest will say."""
        start = f"/workshops/{self.meeting.id}"
        paths = (f"{start}/screen?part=now", f"{start}/console?part=panel", f"{start}/harvest")
        return [steward.get(path).text.partition('data-panel="bar"')[0] for path in paths]


@pytest.fixture
def hall(app, space):
    with app.app_context():
        return Hall(space)


def test_what_the_room_chose_stays_whatever_a_panel_chooses_meanwhile(app, hall, space, steward):
    with app.app_context():
        made = hall.choose(space.steward, hall.people, hall.signs[0])
        assert session().get(Choosing, made).workshop_id == hall.meeting.id
        apart = hall.choose_in_panel()
        assert session().get(Choosing, apart).workshop_id is None
        close_workshop(hall.meeting.id, space.id)
    screen, _console, harvest = hall.pages(steward)
    for page in (screen, harvest):
        assert ROOM in page
        assert "Uit de lijst van deze bijeenkomst." in page
    assert f'"sign-words">{PANEL}' not in harvest


def test_a_list_that_the_room_chooses_from_is_not_pushed_aside(app, hall, space, steward):
    with app.app_context():
        made = make_choosing(space.steward, signs=hall.signs, seats=1)
        set_between_meetings(space.steward.viewer, Activity.CHOOSING, True)
        make_choosing(hall.panel[0], signs=hall.signs, seats=1, voice_id=hall.youth)
    _screen, console, _harvest = hall.pages(steward)
    assert f"/choosings/{made}/closing" in console


def test_a_panel_of_which_nobody_came_says_nothing_in_the_room(app, hall, steward):
    with app.app_context():
        hall.choose_in_panel()
    screen, console, harvest = hall.pages(steward)
    assert "Eerst wordt de lijst met tekens gemaakt." in screen
    assert 'class="winners' not in screen + console + harvest


def test_a_panel_of_which_somebody_came_does_and_its_name_is_with_it(app, hall, space, steward):
    with app.app_context():
        make_member(space, hall.meeting, voice="youth")
        hall.choose_in_panel()
    for page in hall.pages(steward):
        assert PANEL in page
        assert "Uit een lijst voor alleen" in page
        assert "Deze tekens kozen we" not in page


def test_with_no_list_of_its_own_a_meeting_shows_that_of_the_whole_space(app, space, steward):
    with app.app_context():
        meeting = make_workshop(space, agenda=Agenda.YOUTH_PANEL)
        people = [make_member(space, meeting) for _ in range(6)]
        sign = make_indicator(people[0], meeting, make_impact(people[0], meeting, "Rust."), ROOM)
        made = make_choosing(space.steward, signs=[sign], seats=1)
        move_stage(meeting.id, space.id, meeting.steps["choose"])
        assert [each.workshop_id for each in session().query(Choosing)] == [None]
        for each in people:
            make_ballot(each, made, sign)
        close_choosing(space.steward.viewer, made)
    page = steward.get(f"/workshops/{meeting.id}/harvest").text
    assert ROOM in page
    assert "Uit een lijst voor iedereen in deze ruimte" in page


def test_each_meeting_has_its_own_list(app, space, steward, new_browser):
    with app.app_context():
        first, second = (make_workshop(space, agenda=Agenda.YOUTH_PANEL) for _ in range(2))
        people = [make_member(space, first) for _ in range(6)]
        other = make_member(space, second)
        sign = make_indicator(people[0], first, make_impact(people[0], first, "Rust."), ROOM)
        for meeting in (first, second):
            move_stage(meeting.id, space.id, meeting.steps["choose"])
        made = {each.workshop_id: each.id for each in session().query(Choosing)}
        assert made.keys() == {first.id, second.id}
        for each in people:
            make_ballot(each, made[first.id], sign)
        close_choosing(space.steward.viewer, made[first.id])
    assert 'class="winners' in steward.get(f"/workshops/{first.id}/harvest").text
    assert 'class="winners' not in steward.get(f"/workshops/{second.id}/harvest").text
    ballot = new_browser(other).get(f"/workshops/{second.id}/stage?part=ballot").text
    assert f'data-paper="{made[second.id]}"' in ballot

"""What helped, as a part of its own: moments read one at a time, counted for the room alone."""

import re

import pytest

from cocreate.core.audience import Viewer, Visibility
from cocreate.moments.queries import helped_in, reading
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service.grouping import make_heading, put_under
from tests.factories import make_factor, make_member, make_moment
from tests.workshops.steps import make_meeting


@pytest.fixture
def meeting(app, space):
    with app.app_context():
        return make_meeting(space, StepKind.MOMENTS, StepKind.FACTORS, on=StepKind.FACTORS)


@pytest.fixture
def people(app, space, meeting):
    with app.app_context():
        return [make_member(space, meeting) for _person in range(2)]


def room(space, meeting):
    return Viewer(space.id, workshop_ids=frozenset({meeting.id}), sees_space=True)


def test_the_tablet_reads_what_it_may_see_and_no_more(app, space, meeting, people, new_browser):
    anna, ben = people
    with app.app_context():
        make_moment(anna, meeting, "Iedereen ziet dit.")
        make_moment(anna, meeting, "Alleen hier.", visibility=Visibility.WORKSHOP)
        make_moment(anna, meeting, "Alleen ik.", visibility=Visibility.MAKER)
        elsewhere = make_meeting(space, StepKind.MOMENTS)
        make_moment(make_member(space, elsewhere), elsewhere, "Ergens anders.")
        found = reading(ben.viewer, meeting.id)
        assert [moment.id for moment in reading(anna.viewer, meeting.id).moments][:2] == [
            moment.id for moment in found.moments
        ]
        assert len(found.moments) == 2
    page = new_browser(ben).get(f"/workshops/{meeting.id}/stage").text
    assert "Iedereen ziet dit." in page
    assert "Alleen hier." in page
    assert "Alleen ik." not in page
    assert "Ergens anders." not in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert not {each for each in ids if ids.count(each) > 1}


def test_what_others_said_stays_theirs(app, meeting, people):
    anna, ben = people
    with app.app_context():
        moment = make_moment(anna, meeting)
        by_anna = make_factor(anna, meeting, "Soep", moment)
        by_ben = make_factor(ben, meeting, "Tijd", moment)
        for person, fixed in ((anna, set()), (ben, {by_anna})):
            (told,) = reading(person.viewer, meeting.id).moments
            assert told.linked == {by_anna, by_ben}
            assert told.fixed == fixed


def test_one_moment_stands_in_front_also_without_scripts(app, meeting, people, new_browser):
    anna, _ben = people
    with app.app_context():
        first, second = (make_moment(anna, meeting, words) for words in ("Een.", "Twee."))
        assert [moment.id for moment in reading(anna.viewer, meeting.id).moments] == [first, second]
        assert reading(anna.viewer, meeting.id, second).shown == 1
        assert reading(anna.viewer, meeting.id, meeting.id).shown == 0
    page = new_browser(anna).get(f"/workshops/{meeting.id}/stage?moment={second}").text
    shown = re.findall(r'data-moment="([^"]+)"[^>]*?data-fixed="[^"]*"(?: data-mine-too)?(?! hidden)>', page)
    assert shown == [str(second)]
    assert f'name="moment_id" value="{second}"' in page


def test_without_moments_it_says_so(meeting, people, new_browser):
    page = new_browser(people[0]).get(f"/workshops/{meeting.id}/stage")
    assert page.status_code == 200
    assert re.search(r"data-no-moments>", page.text)


def test_only_moments_that_everybody_in_the_room_may_see_are_counted(app, space, meeting, people):
    anna, ben = people
    with app.app_context():
        shown = [make_moment(anna, meeting, f"{number}.") for number in range(2)]
        in_room = make_moment(anna, meeting, "3.", visibility=Visibility.WORKSHOP)
        private = make_moment(anna, meeting, "4.", visibility=Visibility.MAKER)
        elsewhere = make_meeting(space, StepKind.MOMENTS)
        other = make_member(space, elsewhere)
        soup = make_factor(other, elsewhere, "Soep", make_moment(other, elsewhere))
        for moment in (*shown, in_room, private):
            assert make_factor(anna, meeting, "Soep", moment) == soup
        time = make_factor(ben, meeting, "Tijd", shown[0])
        secret = make_factor(anna, meeting, "Geheim", shown[0], visibility=Visibility.MAKER)
        make_factor(ben, meeting, "Zomaar")
        found = helped_in(room(space, meeting), meeting.id)
        assert [(each.id, each.count) for each in found][:2] == [(soup, 3), (time, 1)]
        assert secret not in {each.id for each in found}
        assert [each.count for each in found] == [3, 1, 0]


def test_the_screen_and_the_console_show_the_same_counts(app, meeting, people, steward):
    anna, _ben = people
    with app.app_context():
        make_factor(anna, meeting, "Soep van de buurman", make_moment(anna, meeting))
        private = make_moment(anna, meeting, "Kanarie", visibility=Visibility.MAKER)
        make_factor(anna, meeting, "Soep van de buurman", private)
    steward.post("/language", {"language": "en"})
    for address in (
        f"/workshops/{meeting.id}/screen",
        f"/workshops/{meeting.id}/screen?part=now",
        f"/workshops/{meeting.id}/console",
        f"/workshops/{meeting.id}/console?part=helped",
        f"/workshops/{meeting.id}/console?part=panel",
    ):
        page = steward.get(address).text
        assert "Soep van de buurman" in page, address
        assert "In 1 moment" in page, address
        assert "Kanarie" not in page, address
    assert 'data-topic="working_factor"' in steward.get(f"/workshops/{meeting.id}/console?part=helped").text


def test_the_screen_stands_under_the_headings_that_who_leads_made(app, space, meeting, people, steward):
    anna, _ben = people
    with app.app_context():
        soup = make_factor(anna, meeting, "Soep van de buurman")
        make_factor(anna, meeting, "Er was tijd")
        heading = make_heading(space.steward.viewer, meeting.id, "working_factor", "Elkaar kennen")
        put_under(space.steward.viewer, meeting.id, "working_factor", soup, heading)
    page = steward.get(f"/workshops/{meeting.id}/screen").text
    group = page.partition('class="wall-group"')[2].partition("</section>")[0]
    assert "Elkaar kennen" in group
    assert "Soep van de buurman" in group
    assert "Er was tijd" not in group
    assert "Er was tijd" in page

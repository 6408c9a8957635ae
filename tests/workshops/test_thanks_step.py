"""Thank you: what people get and what it may do, on the tablet; and the way to the ledger."""

import pytest

from cocreate.compensation.service import say_thanks
from cocreate.workshops.rules import StepKind
from tests.factories import make_member
from tests.workshops.steps import make_meeting


@pytest.fixture
def meeting(app, space):
    with app.app_context():
        return make_meeting(space, StepKind.THANKS, on=StepKind.THANKS)


def test_a_tablet_shows_what_people_get_and_asks_nothing(app, space, meeting, new_browser):
    with app.app_context():
        tablet = new_browser(make_member(space, meeting))
    tablet.post("/language", {"language": "en"})
    address = f"/workshops/{meeting.id}/stage"
    page = tablet.get(address).text
    assert "Money can count as income" in page
    assert "What you get has nothing to do with what you told." in page
    assert "data-contribution-form" not in page
    with app.app_context():
        say_thanks(space.steward.viewer, "Vijftien <euro>.", "Vraag Els.")
    page = tablet.get(address).text
    assert "Vijftien &lt;euro&gt;." in page
    assert "Vraag Els." in page
    assert "Money can count as income" not in page
    tablet.post("/language", {"language": "nl"})
    assert "uitkering" not in tablet.get(address).text  # the space's own words stay as they are


def test_the_built_in_words_speak_both_languages(app, space, meeting, new_browser):
    with app.app_context():
        tablet = new_browser(make_member(space, meeting))
    tablet.post("/language", {"language": "nl"})
    assert "uitkering" in tablet.get(f"/workshops/{meeting.id}/stage").text


def test_the_console_leads_to_the_ledger_with_this_meeting_in_it(space, meeting, steward):
    page = steward.get(f"/workshops/{meeting.id}/console").text
    address = page.partition(f'href="/spaces/{space.id}/compensations?')[2].partition('"')[0]
    ledger = steward.get(f"/spaces/{space.id}/compensations?{address.replace('&amp;', '&')}").text
    assert 'value="Spelmiddag"' in ledger
    assert "on=20" in address
    assert steward.get(f"/workshops/{meeting.id}/screen").status_code == 200

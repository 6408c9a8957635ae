"""How people part: with their eight words, and with what came out, whatever the agenda ends with."""

import re

import pytest

from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import close_workshop
from tests.browser_without_scripts import form_of, read_page
from tests.factories import make_member, make_reply
from tests.workshops.steps import make_meeting
from tests.workshops.test_agendas import agenda_of


def shown(page: str) -> str:
    """The one part of the stage that is not hidden."""
    parts = re.findall(r'<section class="stage-step[^>]*>.*?</section>', page, re.S)
    (found,) = [each for each in parts if " hidden" not in each.partition(">")[0]]
    assert f'data-step="{found.split("data-step-id=")[1].split(chr(34))[1]}"' in page
    return found


def words_and_harvest(part: str) -> tuple[int, list[str]]:
    forms = [form for form in read_page(part).forms if form.action == "/return-codes"]
    return len(forms), re.findall(r'href="([^"]+/harvest)" data-harvest>', part)


@pytest.mark.parametrize("last", [StepKind.THANKS, StepKind.OPEN_QUESTION, StepKind.BREAK, StepKind.CLOSE])
@pytest.mark.parametrize("is_reached", [True, False])
def test_a_closed_meeting_gives_words_and_harvest_whatever_its_last_part_is(
    app, space, new_browser, last, is_reached
):
    with app.app_context():
        meeting = make_meeting(space, StepKind.MOMENTS, last, on=last if is_reached else StepKind.MOMENTS)
        guest = new_browser(make_member(space, meeting))
        close_workshop(meeting.id, space.id)
    page = guest.get(f"/workshops/{meeting.id}/stage").text
    part = shown(page)
    assert words_and_harvest(part) == (1, [f"/workshops/{meeting.id}/harvest"])
    assert page.count('data-kind="close"') == 1
    words = guest.submit(form_of(part, action="/return-codes", **{"class": "answering"}))
    assert words.status_code == 201


def test_the_last_close_can_be_taken_out_and_nobody_loses_anything(app, space, steward, new_browser):
    with app.app_context():
        meeting = make_meeting(space, StepKind.OPEN_QUESTION, StepKind.CLOSE, on=StepKind.OPEN_QUESTION)
        someone = make_member(space, meeting)
        make_reply(someone, meeting, "Ja, graag.", step_id=meeting.steps["open_question"])
    path = f"/workshops/{meeting.id}"
    assert steward.post(f"{path}/agenda/parts/{meeting.steps['close']}/removal", json={}).status_code == 200
    guest = new_browser(someone)
    going_on = guest.get(f"{path}/stage").text
    assert 'data-kind="open_question"' in shown(going_on)
    assert "data-harvest hidden" in going_on  # it comes when the meeting is closed, without another page
    steward.post(f"{path}/closing", json={})
    assert words_and_harvest(shown(guest.get(f"{path}/stage").text)) == (1, [f"{path}/harvest"])
    assert guest.get(f"{path}/harvest").status_code == 200


def test_an_agenda_with_a_close_says_goodbye_once(app, space, new_browser):
    with app.app_context():
        meeting = make_meeting(space, StepKind.MOMENTS, StepKind.CLOSE)
        guest = new_browser(make_member(space, meeting))
        agenda_of(meeting).add(StepKind.BREAK)
    page = guest.get(f"/workshops/{meeting.id}/stage").text
    assert page.count('data-kind="close"') == 1
    assert 'data-kind="moments"' in shown(page)

"""Paper: a sheet for every part of a meeting, and typing over what was written on it."""

import re
import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.indicators.models import Ballot
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.moments.service import name_factor
from cocreate.replies.service import write_summary
from cocreate.spaces.models import Attendance, Membership
from cocreate.spaces.queries import count_by_voice, voices_of
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service import start_workshop
from cocreate.workshops.service.harvesting import note_copy
from cocreate.workshops.service.sheets import begin_sheet, enter_part
from cocreate.workshops.sheets import print_of
from cocreate.workshops.views.paper import NEVER_SHOWN
from cocreate.workshops.views.sheets import PARTS
from tests.factories import (
    make_arrival,
    make_choosing,
    make_factor,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_workshop,
)
from tests.workshops.papers import begin


@pytest.fixture
def whole(app: Flask, space) -> str:
    """The address of a meeting with every kind of step, which nobody opened yet."""
    with app.app_context():
        sketches = [StepSketch(kind, hosted.phase, hosted.minutes) for kind, hosted in ACTIVITIES.items()]
        return f"/workshops/{start_workshop(space.id, 'Papieren avond', agenda=sketches)}"


@pytest.fixture
def workshop(app: Flask, space):
    """A meeting whose doors are open."""
    with app.app_context():
        return make_workshop(space)


def test_every_kind_of_step_has_a_sheet_of_its_own(steward, whole: str) -> None:
    page = steward.get(f"{whole}/paper").text
    found = re.findall(r'<article class="paper-step" lang="nl" data-kind="(\w+)"', page)
    assert found == [kind.value for kind in StepKind]
    for kind in StepKind:
        sheet = page.split(f'data-kind="{kind}"')[1].split("</article>")[0]
        asks = ACTIVITIES[kind].opens is not None and kind not in NEVER_SHOWN
        assert ("Wie mag dit zien?" in sheet) == asks, kind
        assert "A1</b>" in sheet
        assert re.sub(r"<[^>]+>|\s", "", sheet.split('class="paper-body">')[1].split("<footer")[0]), kind


def test_sheets_are_counted_labelled_and_in_a_language_of_their_own(steward, whole: str) -> None:
    page = steward.get(f"{whole}/paper?copies=3&letter=b&first=7&language=en").text
    assert re.findall(r"(B\d+) · 1 / 19", page) == ["B7", "B8", "B9"]
    assert page.count('lang="en" data-kind=') == 3 * 19
    assert "Who may see this?" in page
    assert "Welke onderdelen?" in page  # the page itself speaks Dutch


def test_only_the_parts_that_were_asked_for(app: Flask, steward, whole: str) -> None:
    page = steward.get(f"{whole}/paper").text
    part = re.search(r'name="part" value="([0-9a-f-]{36})"', page)[1]
    assert steward.get(f"{whole}/paper?part={part}").text.count("data-kind=") == 1


@pytest.mark.parametrize("wrong", ["", "0", "-3", "veel", "99999999999999", "²"])
def test_what_does_not_fit_is_as_if_it_was_not_asked(wrong: str) -> None:
    found = print_of({"copies": wrong, "first": wrong, "letter": "<b>", "language": "xx"}, [], ["nl"], "nl")
    assert (found.labels[0][0], found.language) == ("A", "nl")
    assert 1 <= found.copies <= 40


def test_proposals_stand_on_the_sheets_as_they_are_now_and_private_ones_do_not(
    app: Flask, steward, space, workshop, whole: str
) -> None:
    with app.app_context():
        maker = make_member(space, workshop)
        make_impact(maker, workshop, "Iedereen doet mee.")
        make_impact(maker, workshop, "Alleen voor mij.", visibility="maker")
    page = steward.get(f"{whole}/paper").text
    for kind in (StepKind.STANCES, StepKind.REALISM, StepKind.INDICATORS):
        sheet = page.split(f'data-kind="{kind}"')[1].split("</article>")[0]
        assert "Iedereen doet mee." in sheet
    assert "Alleen voor mij." not in page


def test_what_stands_on_a_sheet_is_its_writers_own(app: Flask, steward, space, workshop) -> None:
    room = f"/workshops/{workshop.id}"
    sheet = begin(steward, room, app, space)
    page = steward.get(sheet).text
    form = re.search(r'action="([^"]+/moment)".*?name="id" value="([^"]+)"', page, re.DOTALL)
    for _twice in range(2):  # a double tap
        answer = steward.post(form[1], {"id": form[2], "what_happened": "Met pen geschreven."})
        assert answer.status_code == 303
    with app.app_context():
        (moment,) = session().scalars(select(Moment)).all()
        writer = session().get(Membership, moment.maker_id)
        assert (moment.is_by_helper, moment.visibility, moment.signed) == (True, "maker", None)
        assert (writer.name, writer.role) == (None, "participant")
        assert session().get(Attendance, (workshop.id, writer.id))
        assert sum(count_by_voice(workshop.id).values()) == 1
    assert "Met pen geschreven." in steward.get(sheet).text
    assert "A12" in steward.get(f"{room}/paper/entries").text


def test_the_same_label_is_the_same_person_in_another_meeting(app: Flask, steward, space, workshop) -> None:
    first = begin(steward, f"/workshops/{workshop.id}", app, space)
    with app.app_context():
        other = make_workshop(space, title="De tweede")
    again = {"label": "A12", "is_same": "y", "same_as": "A12"}
    again = steward.post(f"/workshops/{other.id}/paper/entries", again)
    assert again.location.rpartition("/")[2] == first.rpartition("/")[2]
    new = steward.post(f"/workshops/{other.id}/paper/entries", {"label": "A13"})
    assert (new.status_code, "Kies wat het best past" in new.text) == (422, True)


def test_every_part_can_be_typed_over(app: Flask, steward, space, whole: str) -> None:
    with app.app_context():
        elsewhere = make_workshop(space)
        maker = make_member(space, elsewhere)
        impact_id = make_impact(maker, elsewhere, "Iedereen doet mee.")
        wish, sign = str(impact_id), make_indicator(maker, elsewhere, impact_id, "We groeten elkaar.")
        choosing = str(make_choosing(space.steward, signs=[sign]))
        workshop_id = uuid.UUID(whole.rpartition("/")[2])
        steps = {step.kind: str(step.id) for step in session().get_one(Workshop, workshop_id).steps}
        summary = str(write_summary(space.steward.viewer, workshop_id, "We willen banken."))
    sheet = begin(steward, whole, app, space)
    bodies = {
        "moment": {"what_happened": "Soep."},
        "working_factor": {"name": "Er was tijd"},
        "impact": {"statement": "Een bankje.", "visibility": "space"},
        "stance": {"impact_id": wish, "position": "objection", "reason": "Nee."},
        "indicator": {"impact_id": wish, "question": "Er zit iemand."},
        "realism": {"impact_id": wish, "answer": "fair"},
        "ballot": {"choosing_id": choosing, "approved": [str(sign)]},
        "node": {"text": "Het begin", "state": "happened"},
        "mood": {"step_id": steps[StepKind.CHECK_IN], "mood": "rain"},
        "reply": {"step_id": steps[StepKind.OPEN_QUESTION], "text": "Meer banken."},
        "commitment": {"text": "Ik bak taart.", "by_on": "2030-01-02"},
        "summary_check": {"summary_id": summary, "answer": "not_quite", "text": "Anders."},
    }
    assert bodies.keys() == PARTS.keys()
    for topic, body in bodies.items():
        answer = steward.post(f"{sheet}/{topic}", body)
        assert answer.status_code == 303, (topic, answer.text[-3000:])
    page = steward.get(sheet).text
    for words in (
        "Soep.",
        "Er was tijd",
        "Een bankje.",
        "Er zit iemand.",
        "We groeten elkaar.",
        "Het begin",
        "Meer banken.",
        "Ik bak taart.",
    ):
        assert f"<q>{words}" in page
    with app.app_context():
        for kind in (Stance, Ballot):
            assert session().query(kind).one().is_by_helper


def test_nothing_filled_in_is_told_and_nothing_is_kept(app: Flask, steward, space, workshop) -> None:
    sheet = begin(steward, f"/workshops/{workshop.id}", app, space)
    answer = steward.post(f"{sheet}/moment", {"what_happened": " ", "why_it_mattered": "Half getypt"})
    assert answer.status_code == 422
    assert "Half getypt" in answer.text
    with app.app_context():
        assert session().query(Moment).count() == 0


def test_who_typed_takes_back_until_the_harvest_is_on_paper(
    app: Flask, steward, space, workshop, new_browser
) -> None:
    sheet = begin(steward, f"/workshops/{workshop.id}", app, space)
    for words in ("Verkeerd getypt", "Goed getypt"):
        steward.post(f"{sheet}/moment", {"what_happened": words})
    with app.app_context():
        told = {moment.what_happened: moment.id for moment in session().query(Moment)}
        wrong, right = told["Verkeerd getypt"], told["Goed getypt"]
        other = make_member(space, role="facilitator")
    steward.post(f"{sheet}/impact", {"statement": "Een wens voor mij alleen"})
    colleague = new_browser(other)
    assert "Een wens voor mij alleen" not in colleague.get(sheet).text
    assert "Verkeerd getypt" not in colleague.get(sheet).text
    assert colleague.post(f"{sheet}/{wrong}/withdrawal", {}).status_code == 404
    assert steward.post(f"{sheet}/{wrong}/withdrawal", {}).status_code == 303
    assert "Verkeerd getypt" not in steward.get(sheet).text
    with app.app_context():
        assert session().get(Moment, wrong).withdrawn_at
        note_copy(workshop.id, space.id, space.steward.id)
    assert steward.post(f"{sheet}/{right}/withdrawal", {}).status_code == 409
    assert "/withdrawal" not in steward.get(sheet).text


def test_nobody_writes_for_somebody_who_came_themselves(app: Flask, steward, space, workshop) -> None:
    with app.app_context():
        guest = make_member(space, workshop)
        told = make_moment(guest, workshop, "Zelf verteld.")
    sheet = f"/workshops/{workshop.id}/paper/entries/{guest.id}"
    assert steward.get(sheet).status_code == 404
    assert steward.post(f"{sheet}/moment", {"what_happened": "Namens hem"}).status_code == 404
    assert steward.post(f"{sheet}/{told}/withdrawal", {}).status_code == 404


def test_a_meeting_on_paper_alone_counts_and_keeps_to_its_terms(app: Flask, steward, space) -> None:
    with app.app_context():
        agenda = [StepSketch(StepKind.IMPACTS, ACTIVITIES[StepKind.IMPACTS].phase, 10, most_each=1)]
        room = f"/workshops/{start_workshop(space.id, 'Zonder wifi', agenda=agenda)}"
    sheet = begin(steward, room, app, space)
    assert steward.post(f"{sheet}/impact", {"statement": "Eén"}).status_code == 303
    assert steward.post(f"{sheet}/impact", {"statement": "Twee"}).status_code == 409
    with app.app_context():
        assert session().query(DesiredImpact).count() == 1


def test_what_stands_on_paper_keeps_to_the_terms_of_its_own_part(app: Flask, steward, space) -> None:
    phase = ACTIVITIES[StepKind.MOMENTS].phase
    agenda = [
        StepSketch(StepKind.MOMENTS, phase, 10),
        StepSketch(StepKind.MOMENTS, phase, 10, widest=Visibility.MAKER, most_each=1),
    ]
    with app.app_context():
        workshop_id = start_workshop(space.id, "Twee rondes", agenda=agenda)
        first, second = [str(step.id) for step in session().get_one(Workshop, workshop_id).steps]
    sheet = begin(steward, f"/workshops/{workshop_id}", app, space)
    assert second in steward.get(sheet).get_data(as_text=True)
    for step_id, words, status in (
        (first, "Open", 303),
        (second, "Stil", 303),
        (second, "Te veel", 409),
        (first, "Nog een", 303),
    ):
        told = {"what_happened": words, "visibility": "public", "step_id": step_id}
        assert steward.post(f"{sheet}/moment", told).status_code == status
    with app.app_context():
        kept = {each.what_happened: each.visibility for each in session().query(Moment)}
    assert kept == {"Open": "public", "Stil": "maker", "Nog een": "public"}


def test_the_service_too_writes_for_nobody_who_came_themselves(in_context, space) -> None:
    workshop = make_workshop(space)
    guest = make_member(space, workshop)
    with pytest.raises(NotFound):
        enter_part(space.steward.viewer, workshop.id, guest.id, lambda _writer: pytest.fail("it was kept"))


def test_what_somebody_else_named_before_is_not_marked_as_typed_over(in_context, space) -> None:
    workshop = make_workshop(space)
    theirs = make_factor(make_member(space, workshop), workshop, "Soep")
    sheet = begin_sheet(space.steward.viewer, workshop.id, "A1", voices_of(space.id)[0].id)
    enter_part(
        space.steward.viewer,
        workshop.id,
        sheet,
        lambda writer: name_factor(writer, make_arrival(workshop), "soep"),
    )
    assert session().get(WorkingFactor, theirs).is_by_helper is False

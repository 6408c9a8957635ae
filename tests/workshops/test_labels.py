"""Labels of sheets: two people never have the same by themselves, and nobody becomes another unasked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from cocreate.core.db import session
from cocreate.core.problems import Invalid
from cocreate.impacts.models import Stance
from cocreate.impacts.rules import Position
from cocreate.impacts.service import take_stance
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument, PaperPerson
from cocreate.spaces.models import Attendance, Membership
from cocreate.spaces.queries import voices_of
from cocreate.workshops.queries.sheets import came_before
from cocreate.workshops.service.sheets import begin_sheet, enter_part
from cocreate.workshops.sheets import HIGHEST, MOST_COPIES, Labels, print_of
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_answer,
    make_arrival,
    make_impact,
    make_instrument,
    make_measuring,
    make_member,
    make_workshop,
)
from tests.workshops.papers import begin

LETTERS = st.text("ABCÀé1", max_size=1)
KNOWN = st.frozensets(st.from_regex(r"[A-Ca-c]?[0-9²٣]{0,5}x?", fullmatch=True), max_size=20)


def usual(labels, **asked):
    return print_of({"copies": "40", **asked}, [], ["nl"], "nl", labels).labels


@given(st.integers(0, 103), st.integers(0, 103))
def test_what_two_meetings_print_by_themselves_never_collides(one, other):
    assert one == other or not set(usual(Labels(one))) & set(usual(Labels(other)))


@given(st.integers(0, 103), KNOWN, LETTERS)
def test_it_comes_after_every_label_that_is_there(place, known, letter):
    found = usual(Labels(place, known), letter=letter)
    numbers = [each[1:] for each in known if each[:1].upper() == found[0][0] and each.isascii()]
    after = [int(each) for each in numbers if each.isdigit() and int(each) < HIGHEST]
    assert len(found) == MOST_COPIES
    assert int(found[0][1:]) > max(after, default=0)


@pytest.fixture
def two(app, space):
    with app.app_context():
        return make_workshop(space, title="De eerste"), make_workshop(space, title="De tweede")


@pytest.fixture
def voices(app, space):
    with app.app_context():
        return {each.key: each.id for each in voices_of(space.id)}


def first_on(steward, meeting, query=""):
    page = steward.get(f"/workshops/{meeting.id}/paper{query}").text
    return [re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1] for name in ("letter", "first")]


def test_each_meeting_prints_its_own_labels(two, steward):
    assert [first_on(steward, each) for each in two] == [["A", "1"], ["B", "1"]]


def test_labels_of_another_meeting_are_left_out_and_a_second_print_is_the_same(app, space, two, steward):
    first, second = two
    begin(steward, f"/workshops/{first.id}", app, space, "B7")
    assert first_on(steward, second) == ["B", "8"]
    begin(steward, f"/workshops/{second.id}", app, space, "B9")
    assert first_on(steward, second) == ["B", "8"]  # the sheets that were lost can be printed again
    assert first_on(steward, second, "?letter=C") == ["C", "1"]
    page = steward.get(f"/workshops/{second.id}/paper").text
    assert "tot en met B9" in page
    assert "tot en met" not in steward.get(f"/workshops/{first.id}/paper").text


def test_nothing_is_kept_until_somebody_says_that_it_is_the_same_person(in_context, space, two, voices):
    viewer, (first, second) = space.steward.viewer, two
    wish = make_impact(make_member(space, first), first, "Een bankje.")
    made = begin_sheet(viewer, first.id, "A1", voices["resident"])
    enter_part(
        viewer,
        first.id,
        made,
        lambda writer: take_stance(writer, make_arrival(first), wish, Position.OBJECTION, "Nee."),
    )
    before = session().scalar(select(func.count()).select_from(Membership))
    for voice in (voices["youth"], voices["resident"], None):
        with pytest.raises(Invalid):
            begin_sheet(viewer, second.id, "A1", voice)
    with pytest.raises(Invalid):  # also for who says so: they chose from where that person speaks
        begin_sheet(viewer, second.id, "A1", voices["youth"], is_same=True)
    session().expire_all()
    assert session().scalar(select(func.count()).select_from(Membership)) == before
    assert session().get(Attendance, (second.id, made)) is None
    assert [each.reason for each in session().scalars(select(Stance))] == ["Nee."]
    assert begin_sheet(viewer, second.id, "A1", voices["resident"], is_same=True) == made
    assert begin_sheet(viewer, second.id, "A1", None) == made  # from now on they are in this meeting


def test_the_page_asks_and_what_was_typed_stays(app, space, two, voices, steward):
    first, second = two
    made = begin(steward, f"/workshops/{first.id}", app, space, "A1").rpartition("/")[2]
    path = f"/workshops/{second.id}/paper/entries"
    assert 'name="is_same"' not in steward.get(path).text
    asked = steward.post(path, {"label": "A1", "voice_id": str(voices["resident"])})
    assert asked.status_code == 422
    assert "Is dit dezelfde persoon als in “De eerste”?" in asked.text
    form = form_of(asked.text, **{"class": "form sheet"})
    assert (form.values["label"], form.values["voice_id"]) == ("A1", str(voices["resident"]))
    assert steward.submit(form, path).status_code == 422  # without the tick
    answer = steward.submit(form, path, is_same="y")
    assert (answer.status_code, answer.location) == (303, f"{path}/{made}")


def test_a_tick_is_no_answer_for_another_label(app, space, two, steward):
    first, second = two
    for label in ("A1", "A2"):
        begin(steward, f"/workshops/{first.id}", app, space, label)
    path = f"/workshops/{second.id}/paper/entries"
    form = form_of(steward.post(path, {"label": "A1"}).text, **{"class": "form sheet"})
    again = steward.submit(form, path, label="A2", is_same="y")
    assert again.status_code == 422
    assert "A2 is er al." in again.text
    assert form_of(again.text, **{"class": "form sheet"}).values.get("is_same") is None


def test_another_voice_is_refused_in_plain_words(app, space, two, voices, steward):
    first, second = two
    begin(steward, f"/workshops/{first.id}", app, space, "A1")
    for meeting in (first, second):
        path = f"/workshops/{meeting.id}/paper/entries"
        refused = steward.post(path, {"label": "A1", "voice_id": str(voices["youth"])})
        assert refused.status_code == 422
        assert "iemand met een andere stem" in refused.text
        assert 'name="is_same"' not in refused.text
    same = steward.post(f"/workshops/{first.id}/paper/entries", {"label": "A1"})
    assert same.status_code == 303


def test_somebody_who_only_answered_questions_is_asked_about_too(in_context, space, two):
    person = make_member(space)
    session().add(PaperPerson(space_id=space.id, label="A1", membership_id=person.id))
    session().commit()
    assert came_before(person.id) is None
    shape = AnswerShape(AnswerKind.SCALE_0_10)
    instrument = make_instrument(space, shape)
    _measuring, round_id = make_measuring(space, instrument, title="Het plein")
    (item,) = session().get(Instrument, instrument).items
    make_answer(person, round_id, item.id, 3)
    assert came_before(person.id) == "Het plein"
    with pytest.raises(Invalid) as refused:
        begin_sheet(space.steward.viewer, two[0].id, "A1", None)
    assert list(refused.value.fields) == ["is_same"]
    assert begin_sheet(space.steward.viewer, two[0].id, "A1", None, is_same=True) == person.id
    assert came_before(person.id) == "De eerste"

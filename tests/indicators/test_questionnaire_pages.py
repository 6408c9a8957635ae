"""Questionnaires and measurings over the wire: pages, forms, refusals in plain words."""

from datetime import timedelta
from io import BytesIO

import pytest

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.indicators.instrument_files import read_instrument, write_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument, Measuring
from cocreate.indicators.queries.instruments import definition_of, questions_of
from cocreate.indicators.queries.measuring import calendar_of, today_in
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.composing import compose_from_file
from cocreate.indicators.service.versions import freeze
from cocreate.spaces.models import Space
from tests.browser_without_scripts import read_page
from tests.factories import make_instrument, make_measuring, make_member, make_space, make_workshop
from tests.indicators.asking import make_full
from tests.indicators.signs import make_sign
from tests.indicators.test_composing import compose_of, make_panel


@pytest.fixture
def scene(app, new_browser):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        maker = make_member(space, workshop)
        signs = [
            make_sign(maker, workshop, text, sensitivity=how)
            for text, how in (("Groet je?", 0), ("Slaap je?", 2))
        ]
    return space, maker, signs, new_browser(space.steward)


def all_of(space):
    return session().query(Instrument).filter_by(space_id=space.id).order_by(Instrument.version).all()


def test_a_questionnaire_is_made_out_of_chosen_signs(app, scene):
    space, _, signs, browser = scene
    path = f"/spaces/{space.id}/instruments"
    page = browser.get(path).text
    assert "Groet je?" in page
    answer = browser.post(path, {"title": "Ons plein", "signs": [str(signs[1]), str(signs[0])]})
    assert answer.status_code == 303
    _, _, shown = browser.get(answer.location).text.partition("h-questions")
    assert shown.index("Groet je?") < shown.index("Slaap je?")
    with app.app_context():
        assert [each.sensitivity for each in questions_of(all_of(space)[0])] == [0, 2]


@pytest.mark.parametrize("wrong", [{"title": ""}, {"signs": []}, {"signs": ["x"]}, {"owner": "x"}])
def test_what_is_missing_is_said_on_the_page(app, scene, wrong):
    space, _, signs, browser = scene
    facts = {"title": "Ons plein", "signs": [str(each) for each in signs], **wrong}
    answer = browser.post(f"/spaces/{space.id}/instruments", facts)
    assert answer.status_code == 422
    assert "<h1>" in answer.text
    with app.app_context():
        assert all_of(space) == []


def test_a_guest_of_the_panel_makes_the_panels_questionnaire(app, scene, new_browser):
    space, _, signs, leader = scene
    with app.app_context():
        make_panel(space)
        young = make_member(space, voice="youth")
    tablet = new_browser(young)
    path = f"/spaces/{space.id}/instruments"
    page = tablet.get(path).text
    form = next(each for each in read_page(page).forms if each.action == path)
    answer = tablet.submit(form, title="Van ons", signs=[str(signs[0])])
    assert answer.status_code == 303
    assert "Van ons" in leader.get(answer.location).text
    assert leader.post(f"{answer.location}/title", {"title": "Van mij"}).status_code == 404
    assert tablet.post(f"{answer.location}/title", {"title": "Echt van ons"}).status_code == 303
    started = tablet.post(f"/spaces/{space.id}/measurings", plan(app, space))
    assert started.status_code == 303
    assert tablet.get(started.location).text.count("/closing") == 1
    assert "/closing" not in leader.get(started.location).text


def plan(app, space, **overrides):
    with app.app_context():
        day = today_in(space.id)
        newest = all_of(space)[-1]
    return {
        "instrument_id": str(newest.id),
        "title": "Het plein",
        "why": "Om te leren.",
        "until": (day + timedelta(days=400)).isoformat(),
        "rhythm": "once",
        "voice_id": "",
        "impact_id": "",
        **{name: value(day) if callable(value) else value for name, value in overrides.items()},
    }


def send_file(browser, space, data, **facts):
    body = {"file": (BytesIO(data), "vragen.json"), **facts}
    return browser.post(f"/spaces/{space.id}/instruments/files", body, content_type="multipart/form-data")


def test_a_file_comes_in_and_goes_out_the_same(app, scene):
    space, _, _, browser = scene
    data = write_instrument(make_full())
    answer = send_file(browser, space, data)
    assert answer.status_code == 303
    assert browser.get(f"{answer.location}/file.json").data == data
    with app.app_context():
        assert definition_of(all_of(space)[0]) == make_full()


def test_of_a_wrong_file_is_said_what_is_wrong_and_where(app, scene):
    space, _, _, browser = scene
    data = write_instrument(make_full()).replace(b'"answers": "ladder"', b'"answers": "stairs"', 1)
    answer = send_file(browser, space, data)
    assert answer.status_code == 422
    assert "items[4].answers" in answer.text
    assert "stairs" in answer.text
    assert browser.post(f"/spaces/{space.id}/instruments/files", {}).status_code == 422
    with app.app_context():
        assert all_of(space) == []


def test_a_questionnaire_is_changed_on_its_page(app, scene):
    space, _, signs, browser = scene
    with app.app_context():
        made = compose_of(space, ("zwaar", 3), ("b", 0), ("c", 0))
        ids = [item.id for item in session().get(Instrument, made).items]
    path = f"/spaces/{space.id}/instruments/{made}"
    assert "zwaar" in browser.get(path).text
    steps = [
        ("/order", {}),
        (f"/items/{ids[2]}/place", {"to": "earlier"}),
        (f"/items/{ids[1]}/removal", {}),
        (f"/items/{ids[2]}", {"text": "c?", "sensitivity": "1"}),
        ("/items", {"indicator_id": str(signs[0])}),
    ]
    for step, body in steps:
        assert browser.post(path + step, body).status_code == 303, step
    with app.app_context():
        found = [(each.text, each.sensitivity) for each in questions_of(session().get(Instrument, made))]
    assert found == [("c?", 1), ("zwaar", 3), ("Groet je?", 0)]
    assert browser.post(f"{path}/items/{ids[0]}/place", {"to": "nowhere"}).status_code == 422


def test_words_to_be_careful_with_get_a_hint_until_they_change(app, scene):
    space, _, _, browser = scene
    with app.app_context():
        made = compose_of(space, ("Hoe eenzaam ben je?", 0))
    path = f"/spaces/{space.id}/instruments/{made}"
    assert 'class="hints"' in browser.get(path).text
    with app.app_context():
        item = session().get(Instrument, made).items[0].id
    browser.post(f"{path}/items/{item}", {"text": "Zie je genoeg mensen?", "sensitivity": "0"})
    assert 'class="hints"' not in browser.get(path).text


def test_with_answers_only_a_new_version_is_offered(app, scene):
    space, _, _, browser = scene
    with app.app_context():
        made = make_instrument(space)
        with changing(space.id) as log:
            freeze(log, session().get(Instrument, made))
    path = f"/spaces/{space.id}/instruments/{made}"
    actions = {form.action for form in read_page(browser.get(path).text).forms}
    assert f"{path}/versions" in actions
    assert not {each for each in actions if each.endswith(("/title", "/removal", "/place", "/items"))}
    assert browser.post(f"{path}/title", {"title": "Anders"}).status_code == 409
    answer = browser.post(f"{path}/versions", {})
    assert answer.status_code == 303
    with app.app_context():
        after = all_of(space)[1]
        item, question = after.items[0].id, after.items[0].question_id
    assert (
        browser.post(f"{answer.location}/items/{item}", {"text": "Anders?", "sensitivity": "0"}).status_code
        == 303
    )
    page = browser.get(answer.location).text
    form = next(each for each in read_page(page).forms if each.action.endswith("/equality"))
    assert browser.submit(form).status_code == 303
    with app.app_context():
        assert all_of(space)[1].items[0].question_id == question
    page = browser.get(answer.location).text
    undo = next(each for each in read_page(page).forms if each.action.endswith("/equality"))
    assert browser.submit(undo).status_code == 303
    with app.app_context():
        assert all_of(space)[1].items[0].question_id != question
    assert answer.location in browser.get(path).text  # the old one leads to the new one


def test_measuring_starts_with_a_reason_and_an_end(app, scene):
    space, _, _, browser = scene
    with app.app_context():
        make_instrument(space)
    path = f"/spaces/{space.id}/measurings"
    dates = {
        "rhythm": "dates",
        "date_1": lambda day: (day + timedelta(days=30)).isoformat(),
        "months": "3",
        "times": "2",
    }
    answer = browser.post(path, plan(app, space, **dates, open_days="14", low_limit="5"))
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert "Om te leren." in page
    with app.app_context():
        made = session().query(Measuring).one()
        assert len(calendar_of(made)) == 3
        assert (made.rhythm, made.open_days, made.low_limit, made.low_rounds) == (Rhythm.DATES, 14, 5, 3)


def test_where_nothing_is_wished_yet_it_starts_too(app, new_browser):
    with app.app_context():
        space = make_space()
        made = make_instrument(space)
    browser = new_browser(space.steward)
    path = f"/spaces/{space.id}/measurings"
    refused = browser.submit(_form_for(browser.get(path).text, path))
    assert refused.status_code == 422
    facts = {"instrument_id": str(made), "title": "Het plein", "why": "Om te leren.", "until": "2199-01-01"}
    assert browser.submit(_form_for(refused.text, path), **facts).status_code == 303


def _form_for(page, path):
    return next(each for each in read_page(page).forms if each.action == path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"why": ""},
        {"until": ""},
        {"until": lambda day: (day - timedelta(days=1)).isoformat()},
        {"rhythm": "meetings"},
        {"rhythm": "meetings", "every": "0"},
        {"rhythm": "dates"},
        {"rhythm": "dates", "months": "3"},
        {"rhythm": "dates", "date_1": lambda day: day.isoformat()},
        {"rhythm": "dates", "date_1": lambda day: (day + timedelta(days=500)).isoformat()},
        {"rhythm": "dates", "months": "24", "times": "40"},
        {"rhythm": "dates", "date_1": "31-31-2024"},
        {"rhythm": "dates", "date_1": "9999-12-31", "until": "9999-12-31", "open_days": "365"},
        {"voice_id": "x"},
        {"impact_id": "x"},
        {"instrument_id": "x"},
        {"open_days": "0"},
        {"low_limit": "veel"},
    ],
)
def test_a_plan_that_does_not_fit_is_refused_where_it_does_not(app, scene, wrong):
    space, _, _, browser = scene
    with app.app_context():
        make_instrument(space)
    answer = browser.post(f"/spaces/{space.id}/measurings", plan(app, space, **wrong))
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    with app.app_context():
        assert session().query(Measuring).count() == 0


def test_it_does_not_start_in_a_wrong_order(app, scene):
    space, _, _, browser = scene
    with app.app_context():
        compose_of(space, ("zwaar", 3), ("b", 0), ("c", 0))
    answer = browser.post(f"/spaces/{space.id}/measurings", plan(app, space))
    assert answer.status_code == 409
    assert 'class="error"' in answer.text
    assert "Om te leren." in answer.text  # nothing has to be typed again


def test_rounds_are_opened_and_closed_on_the_page(app, scene, new_browser):
    space, maker, _, browser = scene
    with app.app_context():
        measuring_id, round_id = make_measuring(space)
        other_id, _ = make_measuring(space)
    path = f"/spaces/{space.id}/measurings/{measuring_id}"
    assert browser.post(f"{path}/rounds", {}).status_code == 409  # today a round was opened already
    assert browser.post(f"/spaces/{space.id}/rounds/{round_id}/closing", {}).status_code == 303
    assert browser.post(f"{path}/ending", {}).status_code == 303
    assert browser.post(f"{path}/rounds", {}).status_code == 409
    forms = {form.action for form in read_page(browser.get(path).text).forms}
    assert not {each for each in forms if each.startswith(path)}
    participant = new_browser(maker)
    page = participant.get(f"/spaces/{space.id}/measurings/{other_id}").text
    assert f"/spaces/{space.id}/rounds/" in page
    assert not {form.action for form in read_page(page).forms if "measurings" in form.action}


def test_outsiders_of_a_public_space_read_along_without_counts_or_buttons(app, scene, client):
    space, _, _, _ = scene
    with app.app_context():
        measuring_id, _ = make_measuring(space, why="Om te leren.")
        session().get(Space, space.id).is_public = True
        session().commit()
    for path in ("measurings", f"measurings/{measuring_id}"):
        page = client.get(f"/spaces/{space.id}/{path}")
        assert page.status_code == 200
        assert "Om te leren." in page.text
        assert not {each.action for each in read_page(page.text).forms if "/spaces/" in each.action}
        assert f"/spaces/{space.id}/rounds/" not in page.text
    assert client.get(f"/spaces/{space.id}/instruments").status_code == 404


def test_every_way_to_answer_has_words(app, scene):
    space, _, _, browser = scene
    labels = {AnswerKind.FIVE_POINTS: 5, AnswerKind.DYAD: 2, AnswerKind.TRIAD: 3}
    units = (AnswerKind.COUNT, AnswerKind.HAVE_AND_WISH)
    shapes = [
        AnswerShape(kind, tuple("abcde"[: labels.get(kind, 0)]), "keer" if kind in units else "")
        for kind in AnswerKind
    ]
    with app.app_context():
        made = make_instrument(space, *shapes)
        other = compose_from_file(space.steward.viewer, write_instrument(make_full()))
    for each in (made, other):
        assert browser.get(f"/spaces/{space.id}/instruments/{each}").status_code == 200
    assert read_instrument(browser.get(f"/spaces/{space.id}/instruments/{made}/file.json").data)

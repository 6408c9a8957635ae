"""The reason for words that may hurt, on the pages: asked, read beside the question, gone with its sign."""

from html import unescape

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.indicators.instrument_files import write_instrument
from cocreate.indicators.models import Instrument
from cocreate.indicators.queries.instruments import definition_of
from cocreate.indicators.service.composing import compose_from_signs, reword
from cocreate.indicators.service.versions import make_version
from cocreate.privacy.service import withdraw_contribution
from tests.browser_without_scripts import form_of
from tests.factories import give_answer, make_measuring, make_member, make_space, make_workshop
from tests.indicators.signs import make_sign
from tests.indicators.test_careful_questionnaires import HURTS, REASON, items, start
from tests.indicators.test_composing import compose_of, of
from tests.indicators.test_questionnaire_pages import all_of, plan, send_file
from tests.privacy.test_erasure import places_with

CANARY = "kanarie7391"

# Where the reason is read, and when it goes.


def test_it_is_read_where_the_question_is_read_on_paper_too(app, new_browser):
    with app.app_context():
        space = make_space()
        maker = make_member(space, make_workshop(space))
        made = compose_of(space, (HURTS, 0))
        reword(space.steward.viewer, made, items(made)[0].id, HURTS, 0, REASON)
        _measuring, round_id = make_measuring(space, made)
    answering = f"/spaces/{space.id}/rounds/{round_id}"
    paths = {
        answering: maker,
        f"/spaces/{space.id}/instruments/{made}": maker,
        f"{answering}/paper": space.steward,
    }
    for path, who in paths.items():
        page = new_browser(who).get(path).text
        assert page.count(REASON) == 1, path
        assert "Deze woorden blijven met opzet staan:" in page


def test_with_the_sign_the_reason_goes_from_every_version(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        maker = make_member(space, workshop)
        sign = make_sign(maker, workshop, "Wie zie je?", visibility=Visibility.SPACE)
        made = compose_from_signs(space.steward.viewer, "Plein", [sign])
        reword(space.steward.viewer, made, items(made)[0].id, HURTS, 0, f"{REASON} {CANARY}")
        _measuring, round_id = start(space, made)
        give_answer(maker, round_id, items(made)[0].id)
        make_version(space.steward.viewer, made)
    assert ("instrument_item", "overruled_because") in places_with(app, CANARY)
    with app.app_context():
        withdraw_contribution(maker.viewer, "indicator", sign)
    assert places_with(app, CANARY) == set()


# On the page.


@pytest.fixture
def lead(app, new_browser):
    with app.app_context():
        space = make_space()
    return space, new_browser(space.steward)


def test_what_was_typed_stays_when_a_reason_is_missing(app, lead):
    space, browser = lead
    with app.app_context():
        made = compose_of(space, ("Groet je?", 0), ("Wie zie je?", 0))
        item = items(made)[0].id
    path = f"/spaces/{space.id}/instruments/{made}"
    answer = browser.post(f"{path}/items/{item}", {"text": HURTS, "sensitivity": "2"})
    assert answer.status_code == 422
    form = form_of(answer.text, action=f"{path}/items/{item}")
    assert form.values["text"] == HURTS
    assert form.values["sensitivity"] == "2"
    assert "stempel" in unescape(answer.text)  # the hint says why
    assert browser.submit(form, overruled_because=REASON).status_code == 303
    shown = browser.get(path).text
    assert "Deze woorden blijven met opzet staan:</b> eenzaam" in shown
    assert 'class="hints"' not in shown


def test_too_much_and_nothing_are_said_in_the_form(app, lead):
    space, browser = lead
    with app.app_context():
        made = compose_of(space, ("Groet je?", 0))
        item = items(made)[0].id
    path = f"/spaces/{space.id}/instruments/{made}/items/{item}"
    for wrong in ({"text": ""}, {"overruled_because": "x" * 501}):
        answer = browser.post(path, {"text": "Zie je mensen?", "sensitivity": "1", **wrong})
        assert answer.status_code == 422
        assert 'class="error"' in answer.text
        assert form_of(answer.text, action=path).values["sensitivity"] == "1"


def test_who_does_not_lead_gets_no_form_back(app, lead, new_browser):
    space, _ = lead
    with app.app_context():
        made = compose_of(space, ("Groet je?", 0))
        item, member = items(made)[0].id, make_member(space)
    path = f"/spaces/{space.id}/instruments/{made}/items/{item}"
    browser = new_browser(member)
    assert browser.post(path, {"text": HURTS, "sensitivity": "0"}).status_code == 404
    assert f'action="{path}"' not in browser.post(path, {"text": "", "sensitivity": "0"}).text


def test_a_question_out_of_a_file_shows_the_hint_and_asks_the_reason(app, lead):
    space, browser = lead
    with app.app_context():
        data = write_instrument(definition_of(of(compose_of(space, (HURTS, 0), ("Groet je?", 0)))))
    path = send_file(browser, space, data).location
    page = browser.get(path).text
    assert page.count('class="hints"') == 1
    with app.app_context():
        made = all_of(space)[-1].id
        item, other = (each.id for each in session().get(Instrument, made).items)
    refused = browser.post(f"/spaces/{space.id}/measurings", plan(app, space, instrument_id=str(made)))
    assert refused.status_code == 409
    assert HURTS in refused.text
    assert "Om te leren." in refused.text  # nothing has to be typed again
    assert "overruled_because" not in form_of(page, action=f"{path}/items/{other}").values
    form = form_of(page, action=f"{path}/items/{item}")
    assert browser.submit(form, overruled_because=REASON).status_code == 303
    started = browser.post(f"/spaces/{space.id}/measurings", plan(app, space, instrument_id=str(made)))
    assert started.status_code == 303

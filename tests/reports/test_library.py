"""The library: unchanged pages are not sent again, changed ones always are."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument
from cocreate.spaces.rules import Role
from cocreate.trajectories.rules import MapNode, NodeKind, NodeState
from tests.browser_without_scripts import form_of, read_page
from tests.factories import (
    give_answer,
    make_account,
    make_factor,
    make_impact,
    make_indicator,
    make_instrument,
    make_measuring,
    make_member,
    make_moment,
)
from tests.trajectories.roads import make_road


@pytest.fixture
def steward(new_browser, space):
    return new_browser(space.steward)


def again(browser, path, answer):
    return browser.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})


def test_an_unchanged_page_is_not_sent_again(space, steward):
    path = f"/spaces/{space.id}"
    first = steward.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    unchanged = again(steward, path, first)
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_what_somebody_tells_changes_the_page(app, space, workshop, steward):
    path = f"/spaces/{space.id}"
    first = steward.get(path)
    with app.app_context():
        make_moment(make_member(space, workshop), workshop, "Iets nieuws")
    changed = again(steward, path, first)
    assert changed.status_code == 200
    assert "Iets nieuws" in changed.text


def test_another_language_is_another_page(space, steward):
    path = f"/spaces/{space.id}"
    first = steward.get(path)
    steward.post("/language", {"language": "en"})
    assert again(steward, path, first).status_code == 200


def test_who_may_no_longer_look_is_not_told_that_nothing_changed(space, steward):
    path = f"/spaces/{space.id}"
    first = steward.get(path)
    steward.post("/sign-out")
    assert again(steward, path, first).status_code == 404


def test_a_page_kept_over_a_sign_in_does_not_keep_its_token(auth, client):
    auth.sign_up()
    page = client.get("/spaces/new")
    path = client.submit(form_of(page.text, **{"class": "form"}), "/spaces/new", name="Plein").location
    first = client.get(path)
    auth.sign_out()
    auth.sign_in()
    fresh = again(client, path, first)
    assert fresh.status_code == 200
    assert client.submit(form_of(fresh.text, action="/sign-out")).status_code == 303


def test_an_indicator_does_not_give_away_the_impact_it_belongs_to(app, space, workshop, new_browser):
    with app.app_context():
        maker = make_member(space, workshop)
        impact = make_impact(maker, workshop, "Dit is nog van mij alleen", visibility=Visibility.MAKER)
        make_indicator(maker, workshop, impact, "Dit mag iedereen zien")
        other = make_member(space, workshop)
    page = new_browser(other).get(f"/spaces/{space.id}").text
    assert "Dit mag iedereen zien" in page
    assert "Dit is nog van mij alleen" not in page


def test_the_space_speaks_in_its_own_words(app, space, steward):
    page = steward.get(f"/spaces/{space.id}/settings")
    path = f"/spaces/{space.id}/settings"
    steward.submit(form_of(page.text, **{"class": "form"}), path, word_impact="Waar wij voor gaan")
    assert "Waar wij voor gaan" in steward.get(f"/spaces/{space.id}").text


@pytest.mark.parametrize(("stops", "pictures"), [(80, 1), (81, 0)])
def test_a_road_is_a_small_picture_that_leads_to_its_map(app, space, steward, stops, pictures):
    with app.app_context():
        nodes = [
            MapNode(str(number), f"Halte {number} <b>", NodeKind.EVENT, NodeState.HAPPENED)
            for number in range(stops)
        ]
        road = f"/spaces/{space.id}/trajectories/{make_road(make_member(space), 'Onze weg', nodes, [])}"
    page = steward.get(f"/spaces/{space.id}").text
    tags = read_page(page).tags
    links = [facts for tag, facts in tags if tag == "a" and facts.get("href") == road]
    assert [link.get("class") for link in links] == [None, *["road-picture"] * pictures]
    drawn = [facts for tag, facts in tags if tag == "g" and "data-node" in facts]
    assert len(drawn) == stops * pictures
    assert f'href="{road}/story"' in page
    assert ("Halte 3 &lt;b&gt;" in page, "Halte 3 <b>" in page) == (bool(pictures), False)
    assert str(stops) in page.partition('id="road"')[2]


def test_what_helped_most_often_stands_first_with_the_moments_in_which_it_did(
    app, space, workshop, new_browser
):
    with app.app_context():
        maker, other = make_member(space, workshop), make_member(space, workshop)
        make_factor(maker, workshop, "Geen moment")
        told = [make_moment(maker, workshop, f"Moment {number}") for number in range(2)]
        for moment in told:
            make_factor(maker, workshop, "Er was tijd", moment)
        secret = make_moment(maker, workshop, "Van mij alleen", visibility=Visibility.MAKER)
        for name in ("Er was tijd", "Regen"):
            make_factor(maker, workshop, name, secret)
    own, theirs = (
        new_browser(who).get(f"/spaces/{space.id}").text.partition('id="helped"')[2] for who in (maker, other)
    )
    assert [own.index(name) for name in ("Er was tijd", "Regen", "Geen moment")] == sorted(
        own.index(name) for name in ("Er was tijd", "Regen", "Geen moment")
    )
    assert (own.count("<details"), theirs.count("<details")) == (2, 1)
    for moment in told:
        assert f'href="#moment-{moment}"' in theirs
    assert f"#moment-{secret}" in own
    assert f"#moment-{secret}" not in theirs
    assert "Van mij alleen" not in theirs


def test_what_waits_for_an_answer_is_gone_once_it_was_answered(app, space, workshop, new_browser):
    with app.app_context():
        member = make_member(space, workshop, role=Role.FACILITATOR, person_id=make_account())
        made = make_instrument(space, *[AnswerShape(AnswerKind.SCALE_0_10)] * 2)
        _measuring_id, round_id = make_measuring(space, made)
        items = [item.id for item in session().get(Instrument, made).items]
        give_answer(member, round_id, items[0])
    browser, path = new_browser(member), f"/spaces/{space.id}"
    first = browser.get(path)
    assert f"/rounds/{round_id}" in first.text
    with app.app_context():
        give_answer(member, round_id, items[1])  # which nobody hears of
    second = again(browser, path, first)
    assert second.status_code == 200
    assert f"/rounds/{round_id}" not in second.text

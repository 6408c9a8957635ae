"""What people typed is text: on every page, in every place, and never anything that runs."""

import itertools

import pytest
from sqlalchemy import select

from cocreate.core.db import session
from cocreate.impacts.rules import Position
from cocreate.spaces.queries import voices_of
from cocreate.workshops.models import Step
from tests.browser_without_scripts import read_page
from tests.factories import (
    make_account,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_node,
    make_space,
    make_stance,
    make_workshop,
)

PAYLOADS = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</textarea></title><svg/onload=alert(1)>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_typed_is_only_ever_text(app, new_browser, payload):
    browsers, paths, maker = _a_house_full_of(app, payload, new_browser)
    seen = 0
    for browser, path in itertools.product(browsers, paths):
        answer = browser.get(path)
        if answer.mimetype != "text/html":
            assert answer.mimetype in ("application/json", "application/problem+json")
            continue
        seen += answer.text.count("alert(1)")
        _is_only_text(answer.text)
    assert seen > 40
    own = maker.get("/mine").text
    _is_only_text(own)
    assert own.count("alert(1)") >= 8


def _is_only_text(html):
    scripts = [facts for tag, facts in read_page(html).tags if tag == "script"]
    assert all(
        facts.get("src", "").startswith("/static/") or facts.get("type") == "application/json"
        for facts in scripts
    )
    for tag, facts in read_page(html).tags:
        assert not [name for name in facts if name.startswith("on") or name == "style"], (tag, facts)
        assert facts.get("src", "") != "x"
    assert "<img src=x" not in html
    assert "<svg/onload" not in html


def _a_house_full_of(app, payload, new_browser):
    with app.app_context():
        person = make_account(name=payload[:80])
        voices = [payload[:40]]
        words = dict.fromkeys(("impact", "indicator", "moment", "trajectory"), payload[:60])
        space = make_space(
            person_id=person, name=payload, purpose=payload, own_voices=voices, words=words, is_public=True
        )
        workshop = make_workshop(space, title=payload)
        for step in session().scalars(select(Step)):
            step.prompt = payload
        session().commit()
        own_voice = next(voice for voice in _voice_keys(space) if voice.startswith("own"))
        maker = make_member(space, workshop, name=payload[:60], voice=own_voice)
        make_moment(
            maker,
            workshop,
            payload,
            why_it_mattered=payload,
            what_made_it_possible=payload,
            visibility="public",
        )
        impact = make_impact(maker, workshop, payload, visibility="public")
        make_stance(maker, workshop, impact, Position.OBJECTION, reason=payload, visibility="public")
        make_indicator(maker, workshop, impact, payload, visibility="public")
        make_node(maker, workshop, payload, visibility="public")
        other = make_member(space, workshop)
        steward = space.steward
    here, room = f"/spaces/{space.id}", f"/workshops/{workshop.id}"
    road = f"{here}/trajectories/{workshop.trajectory_id}"
    paths = ["/", "/mine", "/mine/download", "/spaces/new", "/nothing?x=" + payload]
    paths += [here, f"{here}/settings", f"{here}/workshops", f"{here}/workshops/new", road]
    paths += [f"{room}/console", f"{room}/screen", f"{room}/stage"]
    return [new_browser(who) for who in (steward, other, None)], paths, new_browser(maker)


def _voice_keys(space):
    return [voice.key for voice in voices_of(space.id)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_was_just_typed_comes_back_as_text(client, auth, payload):
    auth.sign_up()
    page = client.post("/spaces/new", {"name": payload * 10, "purpose": payload, "word_impact": payload * 9})
    assert page.status_code == 422
    assert "alert(1)" in page.text
    _is_only_text(page.text)
    for path, facts in (
        ("/join", {"code": payload}),
        ("/return", {"code": payload}),
        ("/sign-in", {"email": payload}),
    ):
        _is_only_text(client.post(path, facts).text)


def test_the_words_of_the_world_are_kept_as_they_are(guest):
    text = "Ahmed & Zoë: “1 < 2”, 愛, שלום, 👵🏾, O'Neill"
    guest.tell("moment", what_happened=text, visibility="space")
    answer = guest.get(f"/spaces/{guest.workshop.space_id}")
    assert "Ahmed &amp; Zoë: “1 &lt; 2”, 愛, שלום, 👵🏾, O&#39;Neill" in answer.text

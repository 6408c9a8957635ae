"""Who speaks from another voice from now on does so on every page, also with what they told before."""

import pytest
from sqlalchemy import event

from cocreate.core.changes import changes_after, head_of
from cocreate.core.db import db, session
from cocreate.core.faces import View, face_of
from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import drawn_proposals
from cocreate.spaces.shelves import facts, versions
from tests.factories import (
    make_account,
    make_commitment,
    make_factor,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_node,
    make_reply,
    make_stance,
)

OLD, NEW = "voice-resident", "voice-youth"


@pytest.fixture
def told(app, space, workshop):
    """Somebody who told one of each, and how they come to speak from another voice."""
    with app.app_context():
        person_id = make_account()
        maker = make_member(space, workshop, person_id=person_id, voice="resident")
        impact = make_impact(maker, workshop)
        make_factor(maker, workshop, "Tijd", make_moment(maker, workshop))
        make_stance(maker, workshop, impact, reason="Om deze reden")
        for make in (make_commitment, make_node, make_reply):
            make(maker, workshop)
        make_indicator(maker, workshop, impact)

    def change():
        with app.app_context():
            make_member(space, workshop, person_id=person_id, voice="youth")

    return change


def cards_on(page):
    """The cards in a page that carry a voice; what is around them names every voice."""
    return [
        voice
        for piece in page.split("<article")[1:]
        for voice in (OLD, NEW)
        if voice in piece.split("</article>")[0]
    ]


@pytest.mark.parametrize("place", ["library", "stage", "console", "screen"])
def test_no_page_shows_the_voice_from_before(space, workshop, told, new_browser, app, place):
    path = f"/spaces/{space.id}" if place == "library" else f"/workshops/{workshop.id}/{place}"
    with app.app_context():
        reader = make_member(space, workshop, voice="policymaker")
    browser = new_browser(reader if place == "stage" else space.steward)
    before = cards_on(browser.get(path).text)
    assert set(before) == {OLD}
    told()
    assert cards_on(browser.get(path).text) == [NEW] * len(before)


def test_nor_does_what_comes_over_the_stream(app, workshop, told, space):
    with app.app_context():
        impact = session().query(DesiredImpact).one().id
    with app.test_request_context():
        rows = [each for each in changes_after(space.id, 0, 500) if each.subject_id == impact]
        shared = next(each for each in rows if each.verb == "shared")
        assert OLD in face_of(shared, View.STAGE).data["proposal"]
    told()
    with app.test_request_context():
        assert NEW in face_of(shared, View.STAGE).data["proposal"]


def test_pages_that_are_kept_are_made_anew(app, space, told):
    with app.app_context():
        before = head_of(space.id)
    told()
    with app.app_context():
        assert head_of(space.id) > before


def test_who_stays_who_they_are_changes_no_card(app, space, workshop, told):
    told()
    with app.app_context():
        viewer, head = space.steward.viewer, head_of(space.id)
        before = versions(viewer, DesiredImpact)
    told()
    with app.app_context():
        assert (versions(viewer, DesiredImpact), head_of(space.id)) == (before, head)


def queries_for(work):
    seen = []

    def hear(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    return len(seen)


def test_a_stage_asks_the_database_as_often_for_many_proposals_as_for_one(
    app, space, workshop, told, new_browser
):
    with app.app_context():
        reader = make_member(space, workshop)
    browser = new_browser(reader)

    def cost():
        browser.get(f"/workshops/{workshop.id}/stage")
        with app.app_context():
            return queries_for(lambda: browser.get(f"/workshops/{workshop.id}/stage"))

    one = cost()
    with app.app_context():
        for number in range(20):
            make_impact(reader, workshop, f"Wens {number}")
    assert cost() == one
    with app.app_context(), app.test_request_context():
        found = facts(DesiredImpact, [each for each, _version in versions(reader.viewer, DesiredImpact)])
        assert queries_for(lambda: drawn_proposals(found)) == 0  # the page made them

"""The next person on a shared tablet: who sat there is gone from it, and the door is open."""

from cocreate.workshops.service import close_workshop
from tests.factories import make_member, make_space


def departure(workshop):
    """Where it is said that somebody goes."""
    return f"/workshops/{workshop.id}/departure"


def test_the_door_opens_and_nothing_is_left_of_who_sat_there(app, new_browser, member, workshop):
    browser = new_browser(member)
    stage, door = f"/workshops/{workshop.id}/stage", f"/workshops/{workshop.id}/door"
    browser.post("/language", {"language": "en", "next": "/"})
    before = browser.cookie
    assert browser.get(stage).status_code == 200
    answer = browser.post(departure(workshop))
    assert (answer.status_code, answer.location) == (303, door)
    page = browser.get(door)
    assert (page.status_code, 'lang="en"' in page.text) == (200, True)
    assert browser.get(stage).status_code == 404
    assert browser.get("/mine").status_code == 303
    # The row of the sign-in went too: an old cookie opens nothing.
    assert browser.accept(before).get(stage).status_code == 404


def test_a_script_hears_where_the_door_is(new_browser, member, workshop):
    answer = new_browser(member).post(departure(workshop), json={})
    assert answer.json == {"state": "left", "door": f"/workshops/{workshop.id}/door"}


def test_after_the_meeting_there_is_no_door(app, new_browser, member, workshop):
    with app.app_context():
        close_workshop(workshop.id, workshop.space_id)
    browser = new_browser(member)
    assert browser.post(departure(workshop), json={}).json == {"state": "left", "door": "/join"}
    assert browser.get(f"/workshops/{workshop.id}/door").status_code == 404


def test_who_is_not_in_the_room_opens_no_door(app, new_browser, space, workshop, client):
    with app.app_context():
        others = [make_member(space), make_member(make_space())]
    for browser in (client, *map(new_browser, others)):
        assert browser.post(departure(workshop)).status_code == 404
        assert browser.get(f"/workshops/{workshop.id}/door").status_code == 404

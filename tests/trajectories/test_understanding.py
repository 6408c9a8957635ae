"""The story and the questions as pages: who sees what, and where each stop leads."""

import re
import uuid
from html import unescape

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.trajectories.models import Node
from cocreate.trajectories.rules import GrowQuestion, NodeState
from cocreate.trajectories.service import Answer
from tests.browser_without_scripts import read_page
from tests.factories import make_impact, make_member, make_moment, make_node, make_space, make_workshop
from tests.trajectories.roads import refer, stops_of

HOSTILE = "<script>alert(1)</script> %(stop)s {{ 7 * 7 }} \"'&"


@pytest.fixture
def road(app, space, workshop, member):
    """Rain on a football day, told by one participant; a hidden thought by another one."""
    with app.app_context():
        day = make_node(member, workshop, HOSTILE, answer=Answer(HOSTILE, None, None, NodeState.DROPPED))
        rain = make_node(member, workshop, answer=Answer("Regen", GrowQuestion.WHAT_HINDERED, day))
        inside = Answer("Naar binnen", GrowQuestion.WHAT_NEXT, rain, NodeState.EMERGED)
        games = make_node(member, workshop, answer=inside)
        other = make_member(space, workshop)
        secret = Answer("Geheim", GrowQuestion.WHAT_NEXT, rain)
        make_node(other, workshop, answer=secret, visibility=Visibility.MAKER)
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"
    return path, {"day": str(day), "rain": str(rain), "games": str(games)}


def words_of(page, css):
    """The text of each element of a class, without tags."""
    found = re.findall(rf'<(\w+)[^>]*class="[^"]*{css}[^"]*"[^>]*>(.*?)</\1>', page.text, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", inner)).split()) for _, inner in found]


def test_the_story_tells_each_stop_and_leads_to_it_on_the_map(new_browser, member, road):
    path, ids = road
    page = new_browser(member).get(f"{path}/story")
    assert page.status_code == 200
    links = [
        facts
        for tag, facts in read_page(page.text).tags
        if tag == "a" and "stop-told" in facts.get("class", "")
    ]
    assert [facts["data-stop-link"] for facts in links] == [ids["day"], ids["rain"], ids["games"]]
    assert [facts["href"] for facts in links] == [
        f"{path}#stop-{ids[name]}" for name in ("day", "rain", "games")
    ]
    assert "Geheim" not in page.text


def test_peoples_words_are_only_words(new_browser, member, road):
    path, _ = road
    for part in ("story", "findings"):
        page = new_browser(member).get(f"{path}/{part}")
        assert "<script>alert" not in page.text
        assert HOSTILE in unescape(page.text)


def test_the_questions_come_as_a_piece_of_a_page(new_browser, member, road):
    path, ids = road
    page = new_browser(member).get(f"{path}/findings")
    assert "<html" not in page.text
    tags = read_page(page.text).tags
    (section,) = (facts for tag, facts in tags if tag == "section")
    assert section["aria-labelledby"] == "findings-title"
    links = [facts for tag, facts in tags if tag == "a"]
    assert {facts["data-stop-link"] for facts in links} == set(ids.values())
    assert all(facts["href"] == f"#stop-{facts['data-stop-link']}" for facts in links)


def test_what_a_stop_hangs_on_leads_to_where_that_is_told(app, new_browser, member, workshop, road):
    path, ids = road
    with app.app_context():
        make_node(member, workshop, answer=Answer("Nat", GrowQuestion.WHAT_MEANT, uuid.UUID(ids["rain"])))
    page = new_browser(member).get(f"{path}/story")
    tags = read_page(page.text).tags
    named = {facts["href"] for tag, facts in tags if facts.get("href", "").startswith("#told-")}
    assert named == {f"#told-{ids['rain']}"}
    assert f"told-{ids['rain']}" in {facts.get("id") for _, facts in tags}


def test_a_note_and_a_date_stand_in_the_story(app, new_browser, member, road):
    path, _ids = road
    with app.app_context():
        kept = session().query(Node).filter(Node.text == "Regen").one()
        kept.note, kept.when = "Drie dagen lang.", "2024-05"
        session().commit()
    page = new_browser(member).get(f"{path}/story")
    assert words_of(page, "note-words") == ["Drie dagen lang."]
    assert ("time", {"datetime": "2024-05"}) in read_page(page.text).tags
    assert "mei 2024" in page.text


def test_a_map_with_nothing_on_it_says_so(new_browser, space, workshop, app):
    with app.app_context():
        reader = make_member(space)
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"
    page = new_browser(reader).get(f"{path}/story")
    assert page.status_code == 200
    assert 'class="empty"' in page.text
    assert "data-findings" not in page.text
    assert "asked" not in new_browser(reader).get(f"{path}/findings").text


@pytest.mark.parametrize("part", ["story", "findings"])
@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_passer_by_reads_what_is_public(app, client, part, visibility):
    with app.app_context():
        space = make_space(is_public=True)
        workshop = make_workshop(space, title="Van voetbaldag naar spelmiddag")
        maker = make_member(space, workshop)
        games = Answer("Spelmiddag", None, None, NodeState.EMERGED)
        make_node(maker, workshop, answer=games, visibility=visibility)
    answer = client.get(f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}/{part}")
    is_public = visibility is Visibility.PUBLIC
    assert answer.status_code == (200 if is_public else 404)
    assert ("Spelmiddag" in answer.text) is is_public


def test_a_voice_and_a_moment_stand_at_their_stop(app, new_browser, space, member, workshop, road):
    """The voice in the sentence that tells the stop, the moment right after it with whose moment it is."""
    path, ids = road
    with app.app_context():
        young, unseen = (make_member(space, workshop, voice=voice) for voice in ("youth", "policymaker"))
        answer = Answer("Elf oma's", GrowQuestion.WHAT_NEXT, uuid.UUID(ids["games"]))
        make_node(young, workshop, answer=answer)
        seen = make_moment(young, workshop, "Ze lachten met ons.")
        secret = make_moment(unseen, workshop, "Alleen voor mij.", visibility=Visibility.MAKER)
        wish = make_impact(young, workshop, "Iedereen hoort erbij.")
        last = len(stops_of(workshop.trajectory_id)) - 1
        for subject in (("moment", seen), ("moment", secret), ("desired_impact", wish)):
            refer(member, workshop.trajectory_id, last, *subject)
    page = new_browser(member).get(f"{path}/story")
    read = words_in_order(page, "data-aloud")
    assert re.search(r"^Het begon met “.*”, zegt een bewoner\. Dat was het plan", read[0])
    assert read[0].endswith("En dat leidde tot “Elf oma's”, vult een jongere aan.")
    assert read[1:5] == [
        "Hierover vertelt een jongere:",
        "Ze lachten met ons.",
        "Wat mensen hiermee willen:",
        "Iedereen hoort erbij.",
    ]
    assert "Alleen voor mij." not in page.text
    assert "beleidsmaker" not in "".join(read)


def words_in_order(page, mark):
    """The text of each paragraph with this mark, without tags."""
    found = re.findall(rf"<p[^>]*\b{mark}\b[^>]*>(.*?)</p>", page.text, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", inner)).split()) for inner in found]

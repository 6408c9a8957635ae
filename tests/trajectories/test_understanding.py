"""The story and the questions as pages: who sees what, and where each stop leads."""

import re
import uuid
from html import unescape

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.trajectories.models import Node
from cocreate.trajectories.rules import GrowQuestion, MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.service import Answer
from cocreate.trajectories.wording import what_it_shows
from cocreate.trajectories.wording.questions import FIRST, ICONS, MOST, question_of
from cocreate.trajectories.wording.sentences import Named, shortened
from tests.browser_without_scripts import read_page
from tests.factories import make_member, make_node, make_space, make_workshop
from tests.trajectories import football
from tests.trajectories.test_measures import node, steps
from tests.trajectories.test_story import as_text

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


def asked(in_nodes, edges):
    shown = what_it_shows(in_nodes, edges)
    return [as_text(each.sentence) for each in (*shown.first, *shown.further)]


def test_findings_are_questions_that_name_their_stops(in_context):
    questions = asked(football.NODES, football.EDGES)
    assert questions[:2] == [
        "“Spelletjesmiddag met de ouderen” was on nobody's plan. What helped: “Koffie van de keuken”. "
        "What else made it possible?",
        "From “Spelletjesmiddag met de ouderen” you came back to “Een voetbaldag voor de hele buurt”. "
        "What was different the second time?",
    ]
    assert all(question.endswith("?") and "“" in question for question in questions)


def helping(*pairs, relation=Relation.MADE_POSSIBLE):
    return [MapEdge(f"h{place}", *pair, relation) for place, pair in enumerate(pairs)]


PLANNED = [MapEdge("p", "a", "b", Relation.PLANNED_NEXT)]
EVERY_KIND = {
    "You came back to “a” 3 times.": ("abcd", steps("ab", "bc", "cd", "ba", "ca", "da")),
    "You came back to “a”. What": ("a", steps("aa")),
    "“k” helped 2 times: with “a” and “b”.": ("kabx", [*steps("ax", "bx"), *helping("ka", "kb")]),
    "“k” got in the way 2 times: of “a” and “b”.": (
        "kabx",
        [*steps("ax", "bx"), *helping("ka", "kb", relation=Relation.HINDERED)],
    ),
    "“k” helped with “a” and got in the way of “b”.": (
        "kabx",
        [*steps("ax", "bx"), *helping("ka"), MapEdge("y", "k", "b", Relation.HINDERED)],
    ),
    "something like “Geen zaal” and “Geen zaal!”": (
        [node("k", NodeKind.CONDITION, text="Geen zaal"), node("l", NodeKind.CONDITION, text="Geen zaal!")],
        [],
    ),
    "From “a” to “b” was one step in the plan, and it became 2.": ("axb", [*steps("ax", "xb"), *PLANNED]),
    "From “a” to “b” was 2 steps in the plan, and it became 3.": (
        ["a", node("p", state=NodeState.DROPPED), *"xyb"],
        steps("ap", "pb", "ax", "xy", "yb"),
    ),
    "After “b” the map tells nothing more.": (
        ["a", "b", node("o", NodeKind.OUTCOME)],
        steps("ab", "ao"),
    ),
    "“d” was dropped. What would": ([node("d", state=NodeState.DROPPED)], []),
    "“d” was dropped. What got in the way: “k”.": (
        [node("d", state=NodeState.DROPPED), "k"],
        helping("kd", relation=Relation.HINDERED),
    ),
    "About 7 of every 10 routes on this map pass “m”.": (
        "amnxyzoq",
        steps("am", "mx", "my", "aq", "xo", "yo", "qo"),
    ),
    "In “m” came together: “a” and “b”.": ("abmc", steps("am", "bm", "mc")),
    "From “m” the road went several ways: “a” and “b”.": ("xmab", steps("xm", "ma", "mb")),
    "Every route on this map passes “m”.": ("abmcd", steps("am", "bm", "mc", "md")),
    "Every route on this map passes “m” and “n”. What if they": (
        "abmncd",
        steps("am", "bm", "mn", "nc", "nd"),
    ),
    "“a” leads to “b”, but by the dates “b” came first.": (
        [node("a", when="2024"), node("b", when="2023-05")],
        steps("ab"),
    ),
    "“o” came about along a way that nobody had planned, by way of “e”.": (
        ["a", node("e", state=NodeState.EMERGED), node("o", NodeKind.OUTCOME)],
        steps("ae", "eo"),
    ),
}


@pytest.mark.parametrize("expected", EVERY_KIND)
def test_every_kind_of_finding_has_its_question(in_context, expected):
    nodes, edges = EVERY_KIND[expected]
    nodes = [node(each) if isinstance(each, str) else each for each in nodes]
    assert any(expected in question for question in asked(nodes, edges)), asked(nodes, edges)


def test_every_kind_of_finding_is_among_these(in_context):
    from cocreate.trajectories.measures import findings

    maps = [
        ([node(n) if isinstance(n, str) else n for n in nodes], edges) for nodes, edges in EVERY_KIND.values()
    ]
    found = [(each, nodes) for nodes, edges in maps for each in findings(nodes, edges)]
    assert {type(each) for each, _ in found} == set(ICONS)
    for each, nodes in found:
        question = question_of(each, {one.id: one for one in nodes})
        assert {part.id for part in question.sentence if isinstance(part, Named)} <= set(each.nodes)
        assert question.icon == ICONS[type(each)]


def test_a_large_map_says_how_much_it_leaves_unsaid(in_context):
    nodes = [MapNode(str(n), "x", NodeKind.EVENT, NodeState.DROPPED) for n in range(100)]
    shown = what_it_shows(nodes, [])
    assert (len(shown.first), len(shown.further), shown.unsaid) == (FIRST, MOST - FIRST, 100 - MOST)


def test_long_words_are_shortened_where_they_are_only_named():
    assert shortened("een " * 40) == "een een een een een een een een een een een een een een een een een…"
    assert len(shortened("x" * 500)) == 70
    assert shortened(" Kort\n en  goed. ") == "Kort en goed"

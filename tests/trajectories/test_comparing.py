"""All roads of a space: what each was, what two share, where they meet, and who may see that."""

import json
import re
import uuid
from itertools import combinations
from xml.etree import ElementTree

import pytest
from flask_babel import force_locale, ngettext

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.trajectories.drawing.network_of_maps import SIZE, Spot, lay_out, network_data, network_svg
from cocreate.trajectories.kinship import FACTOR, IMPACT, course, crossings, meetings
from cocreate.trajectories.queries import map_of, trajectories_seen, trajectory_of
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.views.lenses import forms, lens_sentences
from tests.browser_without_scripts import read_page
from tests.factories import make_account, make_impact, make_member, make_space
from tests.trajectories.football import EDGES, NODES
from tests.trajectories.roads import make_factor, make_road, refer, stops_of


def test_how_the_football_day_went():
    road = course(NODES, EDGES)
    assert (road.stops, road.planned, road.happened, road.emerged) == (7, 3, 5, 2)
    assert (road.as_planned, road.changed, road.dropped, road.still_planned) == (0, 1, 1, 1)
    assert road.loops == 1
    assert [node.id for node in road.beginnings] == ["idea"]


@pytest.mark.parametrize(
    ("kind", "relation", "is_planned"),
    [
        (NodeKind.EVENT, Relation.LED_TO, False),
        (NodeKind.PLAN, Relation.LED_TO, True),
        (NodeKind.EVENT, Relation.PLANNED_NEXT, True),
    ],
)
def test_what_happened_was_planned_when_the_map_says_so(kind, relation, is_planned):
    nodes = [
        MapNode("a", "Begin", NodeKind.IDEA, NodeState.HAPPENED),
        MapNode("b", "En toen", kind, NodeState.HAPPENED),
    ]
    assert course(nodes, [MapEdge("1", "a", "b", relation)]).as_planned == int(is_planned)


@pytest.fixture
def street(app, space, workshop):
    """Two makers, two roads, one thing that helped in both."""
    with app.app_context():
        maker, other = make_member(space, workshop), make_member(space, workshop)
        roads = [make_road(maker, "Voetbaldag"), make_road(maker, "Wandelclub", NODES[:4], EDGES[:4])]
        factor = make_factor(other, workshop, "De keuken stond open")
        for road in roads:
            refer(maker, road, 1, FACTOR, factor)
    return maker, other, roads, factor


def seen_by(who):
    return crossings(who.viewer, [road.id for road, _count in trajectories_seen(who.viewer)])


def test_roads_meet_where_both_name_the_same(in_context, street, workshop):
    maker, other, roads, factor = street
    (met,) = seen_by(other)
    assert (met.id, met.text) == (str(factor), "De keuken stond open")
    assert set(met.trajectory_ids) == set(map(str, roads))
    lonely = make_factor(maker, workshop, "Koffie")
    refer(maker, roads[0], 2, FACTOR, lonely)
    assert len(seen_by(other)) == 1, "one road alone is no meeting"


def test_what_is_not_for_these_eyes_is_no_meeting(in_context, street, workshop):
    maker, other, roads, _factor = street
    secret = make_factor(maker, workshop, "Ons geheim", Visibility.MAKER)
    impact = make_impact(maker, workshop, "Iedereen doet mee.")
    for road in roads:
        refer(maker, road, 0, FACTOR, secret)
    for road in roads:
        refer(maker, road, 3, IMPACT, impact)
    stops_of(roads[1])[3].visibility = Visibility.MAKER
    session().commit()
    assert {each.text for each in seen_by(maker)} == {
        "De keuken stond open",
        "Ons geheim",
        "Iedereen doet mee.",
    }
    assert {each.text for each in seen_by(other)} == {"De keuken stond open"}


@pytest.mark.parametrize("gone", ["alive", "withdrawn_at"])
def test_a_stop_that_is_gone_ties_nothing(in_context, street, gone):
    _maker, other, roads, _factor = street
    stop = stops_of(roads[0])[1]
    setattr(stop, gone, False if gone == "alive" else stop.created_at)
    session().commit()
    assert seen_by(other) == []


def test_two_roads_share_references_and_words(in_context, street):
    _maker, other, roads, _factor = street
    one, two = (map_of(other.viewer, trajectory_of(other.space_id, road), refers=True) for road in roads)
    found = meetings(one, two)
    assert (found[0].subject_type, found[0].text) == (FACTOR, "De keuken stond open")
    assert [node.text for node in found[0].here] == [NODES[1].text]
    assert [each.text for each in found if not each.subject_type] == [node.text for node in NODES[:4]]


def test_the_same_words_are_the_same_without_capitals_and_signs(in_context, street):
    maker, *_rest = street
    stops = ("Koffie, van de KEUKEN!", "…")
    nodes = [MapNode(str(i), text, NodeKind.EVENT, NodeState.HAPPENED) for i, text in enumerate(stops)]
    more = [make_road(maker, "Zo", nodes, ()), make_road(maker, "En zo", [NODES[5], nodes[1]], ())]
    one, two = (map_of(maker.viewer, trajectory_of(maker.space_id, road), refers=True) for road in more)
    assert [each.text for each in meetings(one, two)] == ["Koffie, van de KEUKEN!"]


SPOTS = [Spot(f"f{n}", f"Hulp {n}", 0) for n in range(4)]
SPOTS += [Spot(f"r{n}", f"Weg <{n}>", 1) for n in range(5)]
SPOTS += [Spot(f"i{n}", f"Wens & {n}", 2) for n in range(3)]
LINKS = [("f0", "r0"), ("f0", "r3"), ("f1", "r1"), ("f1", "r3"), ("f2", "r2"), ("f2", "r4"), ("f3", "r4")]
LINKS += [("f3", "r2"), ("r0", "i0"), ("r3", "i0"), ("r1", "i1"), ("r0", "i1"), ("r2", "i2"), ("r4", "i2")]


def test_boxes_stand_in_three_columns_and_never_on_each_other():
    points = lay_out(SPOTS, LINKS).points
    assert len({points[spot.id].x for spot in SPOTS}) == 3
    assert points["f0"].x < points["r0"].x < points["i0"].x
    for one, other in combinations(points.values(), 2):
        assert abs(one.x - other.x) >= SIZE.x or abs(one.y - other.y) >= SIZE.y


def test_what_hangs_together_stands_together():
    points = lay_out(SPOTS, LINKS).points
    first, second = {"f0", "f1", "r0", "r1", "r3", "i0", "i1"}, {"f2", "f3", "r2", "r4", "i2"}
    assert max(points[each].y for each in first) < min(points[each].y for each in second)


def test_links_do_not_cross_when_they_need_not():
    """A ladder that was told upside down: untangled, no two of its links cross."""
    links = [(f"f{n}", f"r{4 - n}") for n in range(4)] + [(f"f{n}", f"r{3 - n}") for n in range(4)]
    ladder = lay_out(SPOTS[:9], links)
    told = {spot.id: (spot.column, place) for place, spot in enumerate(SPOTS)}
    assert crossed(links, told) > 0
    assert crossed(links, ladder.points) == 0


def crossed(links, points):
    """How many pairs of links cross, between the same two columns."""
    return sum(
        (points[a][1] - points[c][1]) * (points[b][1] - points[d][1]) < 0
        for (a, b), (c, d) in combinations(links, 2)
    )


def test_the_same_input_gives_the_same_picture():
    pictures = {network_svg(lay_out(SPOTS, LINKS), title="Wegen", description="") for _ in range(3)}
    assert len(pictures) == 1


@pytest.mark.parametrize("rtl", [False, True])
def test_the_picture_is_well_formed_and_says_every_word(rtl):
    svg = network_svg(lay_out(SPOTS, LINKS), title="Wegen <x>", description="", rtl=rtl)
    root = ElementTree.fromstring(svg)
    said = {each.text for each in root.iter("{http://www.w3.org/2000/svg}title")}
    assert said == {"Wegen <x>", *(spot.text for spot in SPOTS)}
    left = float(root.get("viewBox").split()[0])
    across = [float(x) for x in re.findall(r"translate\((\S+) ", svg)]
    assert min(across) - SIZE.x / 2 > left
    assert (across[0] > 0) is rtl


def test_the_canvas_gets_the_same_by_day_and_by_night():
    data = network_data(lay_out(SPOTS, LINKS))
    assert [node["id"] for node in data["light"]["nodes"]] == [spot.id for spot in SPOTS]
    assert [node["x"] for node in data["light"]["nodes"]] == [node["x"] for node in data["dark"]["nodes"]]
    assert data["light"]["nodes"][0]["color"] != data["dark"]["nodes"][0]["color"]
    assert {(edge["from"], edge["to"]) for edge in data["dark"]["edges"]} == set(LINKS)
    assert data["light"]["options"]["physics"] == {"enabled": False}
    assert not any("title" in node for node in data["light"]["nodes"])


def test_a_sentence_has_every_form_its_language_needs(app):
    def say(number):
        return ngettext("%(count)s stop", "%(count)s stops", number, count="{n}")

    with app.test_request_context():
        with force_locale("en"):
            assert forms(say) == {"one": "{n} stop", "other": "{n} stops"}
        with force_locale("pl"):
            assert set(forms(say)) == {"one", "few", "many"}
        for language in ("en", "nl"):
            with force_locale(language):
                said = json.dumps(lens_sentences())
            assert "%(" not in said
            assert {"{at}", "{all}", "{text}", "{when}", "{n}", "{shown}"} <= set(
                re.findall(r"\{\w+\}", said)
            )


@pytest.fixture
def pages(new_browser, space):
    def pages(who, path=""):
        return new_browser(who).get(f"/spaces/{space.id}/trajectories{path}")

    return pages


def test_the_list_shows_every_road_with_its_picture(street, pages):
    _maker, other, roads, _factor = street
    page = pages(other).text
    for road in roads:
        assert f"/trajectories/{road}" in page
    assert page.count("<svg xmlns") == 2
    assert "/trajectories/new" not in page


def test_who_leads_can_bring_in_a_file(street, space, pages):
    assert f"/spaces/{space.id}/trajectories/new" in pages(space.steward).text


@pytest.mark.parametrize("path", ["", "/compare", "/network"])
def test_an_empty_place_teaches(app, space, pages, path):
    page = pages(space.steward, path).text
    assert 'class="empty"' in page
    assert "<svg xmlns" not in page


def test_a_road_that_nobody_else_may_see_is_on_nobodys_list(app, street, pages):
    maker, other, (first, _second), _factor = street
    with app.app_context():
        mine = make_road(maker, "Alleen voor mij", visibility=Visibility.MAKER)
    for path in ("", "/compare", "/network"):
        assert "Alleen voor mij" in pages(maker, path).text
        assert "Alleen voor mij" not in pages(other, path).text
    absent = pages(other, f"/compare?a={first}&b={uuid.uuid4()}")
    unseen = pages(other, f"/compare?a={first}&b={mine}")
    assert (absent.status_code, unseen.status_code) == (404, 404)
    assert pages(maker, f"/compare?a={first}&b={mine}").status_code == 200


def test_two_maps_beside_each_other(app, street, pages):
    _maker, other, (one, two), _factor = street
    with app.app_context():
        stops = [str(stop.id) for road in (one, two) for stop in stops_of(road)]
    page = pages(other, f"/compare?a={one}&b={two}")
    tags = read_page(page.text).tags
    assert sum(tag == "svg" and "xmlns" in facts for tag, facts in tags) == 2
    assert any(facts.get("data-behavior") == "lenses" for _tag, facts in tags)
    assert "De keuken stond open" in page.text
    listed = [facts["data-subject"] for tag, facts in tags if tag == "li" and "data-subject" in facts]
    assert sorted(listed) == sorted(stops)


@pytest.mark.parametrize("query", ["", "?a={one}", "?a={one}&b={one}", "?a=x&b=y"])
def test_without_two_roads_the_page_asks_which(street, pages, query):
    _maker, other, (one, _two), _factor = street
    page = pages(other, "/compare" + query.format(one=one))
    assert page.status_code == 200
    assert {facts.get("name") for tag, facts in read_page(page.text).tags if tag == "select"} == {"a", "b"}
    assert "<svg xmlns" not in page.text


def test_where_roads_meet_is_drawn_and_told(app, street, pages):
    _maker, other, roads, factor = street
    with app.app_context():
        make_road(other, "Een weg apart")
    page = pages(other, "/network").text
    assert f'id="meeting-{factor}"' in page
    graph = json.loads(re.search(r'<script type="application/json" data-graph>(.*?)</script>', page)[1])
    assert {node["id"] for node in graph["light"]["nodes"]} == {str(factor), *map(str, roads)}
    assert "Een weg apart" in page


def test_a_passer_by_sees_what_is_public(app, client, new_browser):
    with app.app_context():
        space = make_space(is_public=True)
        maker = make_member(space, person_id=make_account())
        make_road(maker, "Voor iedereen", visibility=Visibility.PUBLIC)
        make_road(maker, "Voor ons", visibility=Visibility.SPACE)
    page = client.get(f"/spaces/{space.id}/trajectories").text
    assert "Voor iedereen" in page
    assert "Voor ons" not in page

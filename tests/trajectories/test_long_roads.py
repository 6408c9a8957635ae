"""Roads of many stops in a row: every page and every file of them is made, however long they are."""

import uuid
from itertools import pairwise

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.trajectories.formats import EXPORTS
from cocreate.trajectories.layout import layout
from cocreate.trajectories.models import Trajectory
from cocreate.trajectories.outline import DEEPEST
from cocreate.trajectories.queries import FOLDED_FROM
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.service import bring_in
from cocreate.trajectories.story import story
from cocreate.trajectories.threads import fold
from tests.browser_without_scripts import read_page
from tests.trajectories.roads import make_road, stops_of


def in_a_row(count):
    nodes = [
        MapNode(f"n{number}", f"stop {number}", NodeKind.EVENT, NodeState.HAPPENED) for number in range(count)
    ]
    edges = [MapEdge(f"{a.id}-{b.id}", a.id, b.id, Relation.LED_TO) for a, b in pairwise(nodes)]
    return nodes, edges


@pytest.fixture
def in_meeting(app, member, workshop):
    """The road of a meeting, this long."""

    def in_meeting(count):
        with app.app_context(), changing(workshop.space_id) as log:
            road = session().get_one(Trajectory, workshop.trajectory_id)
            bring_in(log, road, member.id, Visibility.SPACE, *map(tuple, in_a_row(count)))

    return in_meeting


@pytest.mark.parametrize("count", [300, 790])
def test_every_page_of_a_long_road_is_there(app, new_browser, member, workshop, count):
    with app.app_context():
        road = make_road(member, "Lang", *in_a_row(count))
        other = make_road(member, "Kort", *in_a_row(3))
    browser, own = new_browser(member), f"/spaces/{workshop.space_id}"
    pages = {
        name: browser.get(f"{own}{path}")
        for name, path in {
            "map": f"/trajectories/{road}",
            "story": f"/trajectories/{road}/story",
            "page": f"/trajectories/{road}/map.html",
            "compare": f"/trajectories/compare?a={road}&b={other}",
        }.items()
    }
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    for name, page in pages.items():
        assert page.text.count(f"stop {count - 1}<") >= 1, name
    assert f"#stop-{stop_at(app, road, DEEPEST + 1)}" in pages["map"].text
    assert f"#stop-{stop_at(app, road, DEEPEST + 1)}" in pages["compare"].text


def stop_at(app, road, place):
    with app.app_context():
        return stops_of(road)[place].id


@pytest.mark.parametrize("count", [300, 790])
def test_the_stage_shows_a_long_road(guest, in_meeting, workshop, count):
    in_meeting(count)
    page = guest.get(f"/workshops/{workshop.id}/stage")
    assert page.status_code == 200
    assert f"stop {count - 1}<" in page.text


def test_a_long_thread_is_opened_turn_by_turn(app, new_browser, member, workshop):
    with app.app_context():
        road = make_road(member, "Heel lang", *in_a_row(FOLDED_FROM + 200))
    browser, path, opened = new_browser(member), f"/spaces/{workshop.space_id}/trajectories/{road}", []
    shown = []
    for _ in range(4):
        page = browser.get(path, query_string={"open": opened})
        assert page.status_code == 200
        stops = [facts for tag, facts in read_page(page.text).tags if tag == "g" and "data-node" in facts]
        shown.append(len(stops))
        opened += [uuid.UUID(facts["data-node"]) for facts in stops if "data-folded" in facts][:3]
    assert shown == sorted(set(shown))


@pytest.mark.parametrize("count", [300, 790, 5_000])
def test_all_that_reads_a_map_reads_a_long_road(count):
    nodes, edges = in_a_row(count)
    assert len(layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])) == count
    assert len(fold(nodes, edges).inside) == max(0, count - 200)
    assert sum(map(len, story(nodes, edges))) == count
    for export in EXPORTS.values():
        assert f"stop {count - 1}".encode() in export.write("Lang", nodes, edges) or export.suffix == ".xmind"

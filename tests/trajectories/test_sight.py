from xml.etree import ElementTree

import pytest

from cocreate.trajectories.drawing import Labels, picture_in_two, picture_svg
from cocreate.trajectories.drawing.sight import WORTH_IT, out_of_sight
from cocreate.trajectories.layout import Point, layout
from cocreate.trajectories.layout.paper import Size
from tests.browser_without_scripts import read_page
from tests.trajectories.opening import SCREENS, opening
from tests.trajectories.roads import make_road, stops_of
from tests.trajectories.winding import winding


def drawn(count):
    nodes, edges = winding(count, 7)
    points = layout([node.id for node in nodes], [(edge.source, edge.target) for edge in edges])
    return nodes, edges, points


def ids(svg, name, place=None):
    root = ElementTree.fromstring(svg)
    groups = [each for each in root.iter() if each.get("class") == "far"] if place else [root]
    return [each.get(name) for group in groups for each in group.iter() if each.get(name)]


def test_of_a_small_map_all_is_in_sight():
    nodes, _, points = drawn(WORTH_IT)
    assert len(points) == len(nodes)
    assert not out_of_sight(points)


@pytest.mark.parametrize("screen", [*SCREENS.values(), Size(1700, 960 + 180)])
@pytest.mark.parametrize("count", [151, 500, 2_000])
def test_what_a_map_opens_with_never_waits(count, screen):
    _, _, points = drawn(count)
    far = out_of_sight(points)
    assert far
    _, seen = opening(points, screen)
    assert seen
    assert not seen & far


def test_nothing_is_lost_and_nothing_comes_twice():
    nodes, edges, points = drawn(500)
    far = out_of_sight(points)
    words = {"title": "Road", "description": "", "labels": Labels()}
    whole = picture_svg(nodes, edges, points, **words)
    near, parted = picture_in_two(nodes, edges, points, far=far, **words)
    for name in ("data-node", "data-edge"):
        assert sorted(ids(parted, name)) == sorted(ids(whole, name))
        assert not ids(whole, name, "far")
        assert sorted(ids(near, name) + ids(parted, name, "far")) == sorted(ids(whole, name))
    assert set(ids(parted, "data-node", "far")) == far
    ends = {edge.id: {edge.source, edge.target} for edge in edges}
    assert set(ids(parted, "data-edge", "far")) == {own_id for own_id, both in ends.items() if both <= far}


def test_a_map_of_which_one_stop_is_far_shows_all_others():
    points = {str(place): Point(0, 0) for place in range(WORTH_IT)} | {"far": Point(9_000, 0)}
    assert out_of_sight(points) == {"far"}


@pytest.fixture
def long_road(app, member):
    """The page of a map that does not fit on any screen, and its stops."""
    with app.app_context():
        trajectory_id = make_road(member, "Road", *winding(WORTH_IT + 50, 7))
        stops = {str(stop.id) for stop in stops_of(trajectory_id)}
    return f"/spaces/{member.space_id}/trajectories/{trajectory_id}", stops


def picture_in(page, after=""):
    start = page.text.index("<svg xmlns", page.text.index(after))
    return page.text[start : page.text.index("</svg>", start) + len("</svg>")]


def test_the_page_of_a_map_opens_with_a_part_of_it_and_holds_it_all(new_browser, member, long_road):
    path, stops = long_road
    page = new_browser(member).get(path)
    near, waiting = picture_in(page), picture_in(page, "<noscript data-rest>")
    far = ids(waiting, "data-node", "far")
    assert sorted(ids(waiting, "data-node")) == sorted(ids(near, "data-node") + far) == sorted(stops)
    assert 0 < len(far) < len(stops)
    assert sorted(ids(near, "data-edge") + ids(waiting, "data-edge", "far")) == sorted(
        ids(waiting, "data-edge")
    )
    in_words = {facts["data-subject"] for tag, facts in read_page(page.text).tags if "data-subject" in facts}
    assert in_words == stops


@pytest.mark.parametrize("place", ["{path}/picture.svg", "{home}/trajectories/compare?a={road}&b={other}"])
def test_elsewhere_the_whole_picture_is_there_at_once(app, new_browser, member, long_road, place):
    path, stops = long_road
    home, road = path.split("/trajectories/")
    with app.app_context():
        other = make_road(member, "Another")
    page = new_browser(member).get(place.format(path=path, home=home, road=road, other=other))
    assert page.status_code == 200
    assert set(ids(picture_in(page), "data-node")) == stops
    assert 'class="far"' not in page.text

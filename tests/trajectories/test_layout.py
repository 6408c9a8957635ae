import os
import random
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.trajectories.arrangement import arrange
from cocreate.trajectories.drawing.boxes import LETTERS
from cocreate.trajectories.formats import ENDINGS, read_map
from cocreate.trajectories.layout import BOX, Point, arcs, is_backward, layout
from tests.trajectories.opening import SCREENS, beginning, opening
from tests.trajectories.winding import winding

_REPOSITORY = Path(__file__).parents[2]
MAPS = Path(os.environ.get("COCREATE_REAL_DATA", _REPOSITORY.parent / "shared" / "data")) / "maps"

NAMES = [f"n{number}" for number in range(30)]
maps = st.tuples(
    st.lists(st.sampled_from(NAMES), unique=True, max_size=30),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=60),
)
places = st.dictionaries(
    st.sampled_from(NAMES),
    st.builds(Point, *[st.floats(-5_000, 5_000, allow_nan=False)] * 2),
    max_size=15,
)


def overlaps(points, but=frozenset()):
    standing = list(points.items())
    return [
        (one, other)
        for number, (one, a) in enumerate(standing)
        for other, b in standing[:number]
        if abs(a.x - b.x) < BOX.width and abs(a.y - b.y) < BOX.height and not {one, other} <= but
    ]


def chain(length):
    ids = [str(number) for number in range(length)]
    return ids, list(pairwise(ids))


@given(maps)
def test_every_node_has_its_own_place(drawn):
    nodes, edges = drawn
    points = layout(nodes, edges)
    assert set(points) == set(nodes)
    assert not overlaps(points)
    assert points == layout(nodes, edges)


@given(maps, places)
@settings(max_examples=200)
def test_what_stands_never_moves_and_newcomers_cover_nobody(drawn, placed):
    nodes, edges = drawn
    points = layout(nodes, edges, placed)
    standing = placed.keys() & set(nodes)
    assert set(points) == set(nodes)
    assert all(points[node_id] == placed[node_id] for node_id in standing)
    assert not overlaps(points, but=standing)
    assert points == layout(nodes, edges, placed)


dates = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["2023", "2024", "2024-03", "2025-01-02"]))


@given(maps, dates)
@settings(max_examples=300)
def test_steps_that_are_no_loops_go_on_in_time_or_on_a_line_below(drawn, when):
    nodes, edges = drawn
    points, loops = layout(nodes, edges, when=when), arcs(nodes, edges)
    assert not overlaps(points)
    for position, (source, target) in enumerate(edges):
        if position not in loops and source in points and target in points:
            here, there = points[source], points[target]
            assert there.y > here.y if is_backward(here, there) else there.x >= here.x


def test_time_runs_from_start_to_end():
    points = layout(["a", "b", "c"], [("a", "b"), ("b", "c")])
    assert [points[name] for name in "abc"] == [Point(0, 0), Point(260, 0), Point(520, 0)]


def test_what_only_leads_in_stands_just_before():
    ids, edges = chain(6)
    points = layout([*ids, "help"], [*edges, ("help", "5")])
    assert points["help"].x == points["4"].x


def test_loops_self_loops_and_doubles_are_welcome():
    edges = [("a", "b"), ("a", "b"), ("b", "c"), ("c", "a"), ("b", "b"), ("c", "nobody")]
    assert arcs("abc", edges) == {3, 4}
    assert not overlaps(layout("abc", edges))


def test_a_long_road_wraps_like_text():
    points = layout(*chain(1000))
    width = max(point.x for point in points.values())
    height = max(point.y for point in points.values())
    assert width < 10_000
    assert height < 10_000


def test_a_hub_with_many_steps_is_no_tower():
    ids = [str(number) for number in range(1000)]
    points = layout(ids, [("0", other) for other in ids[1:]])
    assert max(point.y for point in points.values()) - min(point.y for point in points.values()) < 10_000


def test_a_newcomer_stands_after_its_parents_and_a_helper_before():
    placed = {"a": Point(13, 7), "b": Point(400, 7)}
    edges = [("a", "b"), ("b", "next"), ("help", "b")]
    points = layout(["a", "b", "next", "help"], edges, placed)
    assert points["next"] == Point(660, 7)
    assert points["help"].x == 140
    assert not overlaps(points)


def grown(ids, edges):
    """As on the stage: one stop after the other, each finding its place on what stands."""
    points = {}
    for count in range(1, len(ids) + 1):
        known = set(ids[:count])
        points = layout(ids[:count], [step for step in edges if known.issuperset(step)], points)
    return points


def test_a_road_told_stop_by_stop_wraps_like_text():
    ids, edges = chain(60)
    points = grown(ids, edges)
    line = [points[own_id].x for own_id in ids[:9]]
    assert line == [260 * column for column in (*range(8), 0)]
    assert points[ids[8]].y == points[ids[0]].y + 220
    assert max(point.x for point in points.values()) == 260 * 9


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_map_told_stop_by_stop_is_about_a_page(seed):
    told = random.Random(seed)
    ids, edges = ["0"], []
    for number in range(1, 60):
        touched = ids[-1] if told.random() < 0.7 else told.choice(ids[-8:])
        ids.append(str(number))
        edges.append((ids[-1], touched) if told.random() < 0.15 else (touched, ids[-1]))
    points = grown(ids, edges)
    across = max(point.x for point in points.values()) - min(point.x for point in points.values())
    assert across <= 10 * 260
    assert not overlaps(points)


def test_what_was_put_outside_the_page_by_hand_goes_on_there():
    ids, edges = chain(20)
    placed = layout(ids, edges) | {"19": Point(6_000, 0)}
    assert layout([*ids, "next"], [*edges, ("19", "next")], placed)["next"] == Point(6_260, 0)


def test_what_follows_the_last_of_a_line_goes_on_below_together():
    ids, edges = chain(8)
    placed = {own_id: Point(260.0 * place, 0) for place, own_id in enumerate(ids)}
    points = layout([*ids, "one", "two"], [*edges, ("7", "one"), ("7", "two")], placed)
    assert points["two"].x == points["one"].x == 0
    assert points["two"].y - points["one"].y == 110


def test_a_map_wider_than_that_goes_on_where_it_ends():
    ids = [str(number) for number in range(40)]
    edges = list(pairwise(ids))
    placed = {own_id: Point(260.0 * (place % 20), 220.0 * (place // 20)) for place, own_id in enumerate(ids)}
    points = layout([*ids, "mid", "end"], [*edges, ("10", "mid"), ("39", "end")], placed)
    assert points["mid"].x == 11 * 260
    assert points["end"] == Point(0, points["end"].y)


def test_siblings_fan_out_around_the_same_place():
    placed = {"a": Point(0, 0)}
    points = layout(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("a", "d")], placed)
    assert [points[name] for name in "bcd"] == [Point(260, 0), Point(260, 110), Point(260, -110)]


def test_a_new_story_stands_below_the_old_one():
    points = layout(["a", "b", "c"], [("b", "c")], {"a": Point(0, 500)})
    assert points["b"].y > 500 + BOX.height


@pytest.mark.parametrize("count", [500, 5_000])
def test_a_large_map_has_a_place_for_every_node(count):
    ids = [str(number) for number in range(count)]
    edges = [(ids[max(0, number - 1 - number * 7 % 12)], ids[number]) for number in range(1, count)]
    edges += [(ids[number * 31 % count], ids[number * 17 % count]) for number in range(count // 2)]
    assert len(set(layout(ids, edges).values())) == count


def test_thousands_of_newcomers_find_a_place():
    ids = [str(number) for number in range(5_000)]
    points = layout(ids, [("0", other) for other in ids[1:]], {"0": Point(0, 0)})
    assert len(set(points.values())) == 5_000


def made(count, seed):
    """As a map of this size opens, when it was laid out as a whole."""
    nodes, edges = winding(count, seed)
    arranged = arrange(nodes, edges)
    return {own_id: at for own_id, at in arranged.points.items() if own_id not in arranged.folded_in}


@pytest.mark.parametrize("count", [25, 60, 100, 1_000])
def test_a_map_is_legible_when_it_opens(count):
    maps = [made(count, seed) for seed in range(10)]
    for points in maps:
        assert not overlaps(points)
    for screen, least, usual in (("laptop", 5, 12), ("tablet", 4, 9), ("phone", 1, 1)):
        seen = [opening(points, SCREENS[screen]) for points in maps]
        assert all(scale * min(LETTERS) >= 12 for scale, _ in seen)
        assert min(len(names) for _, names in seen) >= least
        assert median(len(names) for _, names in seen) >= usual
        assert all(
            beginning(points) in {points[name] for name in names}
            for points, (_, names) in zip(maps, seen, strict=True)
        )


@pytest.mark.parametrize("count", [25, 60, 100, 250, 1_000])
def test_a_map_has_about_the_shape_of_a_page(count):
    for seed in range(10):
        points = made(count, seed)
        across = max(x for x, _ in points.values()) - min(x for x, _ in points.values()) + BOX.width
        down = max(y for _, y in points.values()) - min(y for _, y in points.values()) + BOX.height
        assert 0.8 < across / down < 3.5


def test_a_short_road_stays_on_one_line():
    assert len({point.y for point in layout(*chain(7)).values()}) == 1


def test_real_maps_are_legible_when_they_open():
    if not MAPS.exists():
        pytest.skip(f"No real maps in {MAPS}: set COCREATE_REAL_DATA to try them.")
    for file in sorted(MAPS.iterdir()):
        if not file.name.endswith(ENDINGS):
            continue
        found = read_map(file.name, file.read_bytes())
        points = layout(
            [node.id for node in found.nodes], [(edge.source, edge.target) for edge in found.edges]
        )
        assert not overlaps(points)
        for screen, least in (("laptop", 5), ("tablet", 4), ("phone", 1)):
            assert len(opening(points, SCREENS[screen])[1]) >= min(least, len(points))


def test_the_earlier_of_two_beginnings_stands_first():
    for first, second in (("a", "c"), ("c", "a")):
        points = layout("abcd", [("a", "b"), ("c", "d")], when={first: "2020", second: "2024-01"})
        assert (points[first].y, points[first].x) < (points[second].y, points[second].x)


ASIDE = (
    ["a", "b", "x", "end", "aside"],
    [
        *[("a", "b"), ("b", "x"), ("x", "end")],
        *[("a", "aside"), ("aside", "end")],
    ],
)


def test_what_came_later_stands_no_earlier_where_the_steps_allow():
    assert layout(*ASIDE)["aside"].x == layout(*ASIDE)["b"].x
    points = layout(*ASIDE, when={"aside": "2024-05", "x": "2023"})
    assert points["aside"].x == points["x"].x
    assert layout(*ASIDE, when={"aside": "2024-05", "end": "2023"})["aside"].x == points["x"].x


def test_a_year_is_not_before_a_month_in_it():
    assert layout(*ASIDE, when={"aside": "2024-05", "x": "2024"}) == layout(*ASIDE)

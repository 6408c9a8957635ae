"""A map for who reads from right to left: everything goes the way one sees."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.drawing import AT_WORK, Board, Drawer, make_board, middle, road, stops
from tests.browser.keys import tab_to
from tests.browser.server import Server
from tests.browser.test_map_same import turn
from tests.browser.visitors import Hall

ROAD = ("Een", "Twee", "Drie")
RUNS = "(words) => getComputedStyle(words).direction"
NEAR = 3  # px; a place on the map is kept in whole px


@pytest.fixture
def board(server: Server) -> Board:
    return make_board(server, stops(*ROAD), road(*ROAD))


def mirrored(hall: Hall, board: Board, place: int = 0) -> Drawer:
    drawer = board.seat(hall, place)
    drawer.page.route("**/trajectories/*", turn)
    drawer.again()
    assert drawer.page.evaluate(f"{AT_WORK}.shapes.way") == -1
    return drawer


def box_of(one: Locator) -> dict[str, float]:
    box = one.bounding_box()
    assert box
    return dict(box)


def test_a_stop_that_is_dragged_stays_under_the_finger(hall: Hall, board: Board) -> None:
    drawer = mirrored(hall, board).opens("Twee")
    page, stop = drawer.page, drawer.stop("Twee")
    x, y = middle(stop)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 110, steps=4)
    assert middle(stop) == pytest.approx((x - 60, y + 110), abs=NEAR)
    page.mouse.up()
    assert middle(stop) == pytest.approx((x - 60, y + 110), abs=NEAR)
    beside = middle(drawer.stop("Een"))[0] - middle(stop)[0]
    drawer.settled().again()
    assert middle(drawer.stop("Een"))[0] - middle(stop)[0] == pytest.approx(beside, abs=NEAR)


def test_a_stop_is_carried_the_way_the_arrows_point(hall: Hall, board: Board) -> None:
    drawer = mirrored(hall, board)
    page, keys, stop = drawer.page, drawer.page.keyboard, drawer.stop("Twee")
    drawer.opens("Twee")
    keys.press("Escape")
    tab_to(page, "[data-frame]")
    scale = page.evaluate(f"{AT_WORK}.view.scale")
    for key, (right, down) in {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowDown": (0, 1)}.items():
        x, y = middle(stop)
        keys.press("m")
        for _ in range(3):
            keys.press(key)
        wanted = (x + 60 * scale * right, y + 60 * scale * down)
        assert middle(stop) == pytest.approx(wanted, abs=NEAR), key
        keys.press("Enter")
        drawer.settled()
        assert middle(stop) == pytest.approx(wanted, abs=NEAR), key


def test_the_arrows_go_to_the_stop_that_is_seen_there(hall: Hall, board: Board) -> None:
    drawer = mirrored(hall, board)
    page = drawer.page
    across = [middle(drawer.stop(words))[0] for words in ROAD]
    assert across == sorted(across, reverse=True)  # the road begins at the right
    tab_to(page, "[data-frame]")
    page.keyboard.press("ArrowLeft")  # the first arrow goes to where the road begins
    for key, words in (("", "Een"), ("ArrowLeft", "Twee"), ("ArrowLeft", "Drie"), ("ArrowRight", "Twee")):
        if key:
            page.keyboard.press(key)
        expect(drawer.stop(words)).to_have_class(re.compile("is-selected"))


def test_a_ring_stands_on_the_stop_where_somebody_is(hall: Hall, board: Board) -> None:
    one, other = mirrored(hall, board), mirrored(hall, board, 1)
    one.opens("Drie")
    ring = other.page.locator("svg.map .ring-of")
    expect(ring).to_have_count(1)
    across, down = middle(other.stop("Drie"))
    box, around = box_of(ring), box_of(other.stop("Drie").locator(".outline").first)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert abs(x - across) <= around["width"] / 2
    assert abs(y - down) <= around["height"] / 2 + NEAR
    assert x < across  # where a line of words ends


def test_what_grows_comes_at_the_left(hall: Hall, board: Board) -> None:
    drawer, other = mirrored(hall, board), mirrored(hall, board, 1)
    drawer.opens("Drie").grow("Vier")
    for each in (drawer, other):
        expect(each.stop("Vier")).to_have_count(1)
        assert middle(each.stop("Vier"))[0] < middle(each.stop("Drie"))[0]
    drawer.settled().again()
    assert middle(drawer.stop("Vier"))[0] < middle(drawer.stop("Drie"))[0]


def test_words_run_the_way_of_their_own_letters(hall: Hall, board: Board) -> None:
    drawer = mirrored(hall, board).opens("Drie")
    drawer.change(text="Hoera!", note="Iedereen was er.").settled()
    words = [drawer.panel.locator("[data-panel-words]"), drawer.panel.locator("[data-note]")]
    for each in (*words, drawer.line("Hoera!").locator("[data-words]")):
        assert each.evaluate(RUNS) == "ltr"
    assert words[0].evaluate("(words) => getComputedStyle(words).textAlign") == "right"  # as all around it
    drawer.change(text="سألت الجارة").settled()
    assert drawer.panel.locator("[data-panel-words]").evaluate(RUNS) == "rtl"
    assert drawer.page.locator("[data-help] kbd").first.evaluate(RUNS) == "ltr"
    assert drawer.panel.evaluate(RUNS) == "rtl"

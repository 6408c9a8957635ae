"""Drawing on the stage: half typed words, bad wifi, and the wall that follows."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import WIFI_ERRORS, Hall

SMALL = ({"width": 820, "height": 1180}, {"width": 390, "height": 844})


@pytest.fixture
def come(hall: Hall) -> Callable[..., Tablet]:
    """Somebody who comes in while the map is on the stage."""
    facilitator = (
        hall.welcome(Facilitator).sign_up(f"{uuid4().hex}@example.org").open_space().start_workshop()
    )
    code = facilitator.open_doors()
    facilitator.go_to("map")

    def come(voice: int = 0, **options: str) -> Tablet:
        tablet: Tablet = hall.welcome(Tablet, **options).come_in(code, voice)
        tablet.at("map")
        return tablet

    return come


def test_half_typed_and_offline_nothing_is_lost(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up("wand@example.org").open_space().start_workshop()
    code = facilitator.open_doors()
    tablet = hall.welcome(Tablet).come_in(code)
    tablet.expect(WIFI_ERRORS)
    screen = facilitator.screen()
    facilitator.page.bring_to_front()
    facilitator.go_to("map")
    tablet.grow("Het begin")
    expect(tablet.mine()).to_have_count(1)
    screen.bring_to_front()
    expect(screen.locator("[data-growing] g.node.is-fresh")).to_have_count(1)
    facilitator.page.bring_to_front()

    tablet.stops("Het begin").click()
    tablet.page.click("[data-ask=what_next]")
    tablet.page.fill("#grow-text", "Half getypt")
    facilitator.go_to("close")
    tablet.at("close")
    for _ in ("before and", "after a reload"):
        tablet.page.click("[data-finish]")
        expect(tablet.at("map").locator("#grow-text")).to_have_value("Half getypt")
        tablet.page.click("[data-catch-up]")
        tablet.at("close")
        tablet.page.reload()
        tablet.ready()
        expect(tablet.page.locator("[data-moved]")).to_be_visible()
    facilitator.go_to("map")
    expect(tablet.at("map").locator(".panel-asked")).to_have_text("What came next?")

    tablet.context.set_offline(True)
    tablet.page.click("[data-part=grow] .primary")
    expect(tablet.stops("Half getypt")).to_be_visible()
    expect(tablet.mine("here")).to_have_count(1)
    tablet.context.set_offline(False)
    expect(tablet.mine()).to_have_count(2)
    screen.bring_to_front()
    expect(screen.locator("[data-growing] g.node.is-fresh")).to_have_count(1)
    expect(screen.locator("[data-growing] g.node")).to_have_count(2)


def test_each_of_the_five_questions_gives_its_own_relation(come: Callable[..., Tablet]) -> None:
    tablet, other = come(), come(1)
    tablet.grow("Het begin")
    for question in ("what_next", "what_else", "what_hindered", "what_helped", "what_meant"):
        tablet.grow(question, "Het begin", question)
    wanted = {
        ("Het begin", "led_to", "what_next"),
        ("Het begin", "inspired", "what_else"),
        ("what_hindered", "hindered", "Het begin"),
        ("what_helped", "made_possible", "Het begin"),
        ("Het begin", "meant", "what_meant"),
    }
    assert tablet.steps() == wanted
    expect(tablet.mine()).to_have_count(6)
    expect(other.stops()).to_have_count(6)
    assert other.steps() == wanted
    tablet.page.reload()
    tablet.ready()
    assert tablet.steps() == wanted


def test_what_was_taken_off_by_mistake_comes_back_on_the_stage(come: Callable[..., Tablet]) -> None:
    tablet, other = come(), come(1)
    tablet.grow("Het begin")
    expect(other.stops("Het begin")).to_be_visible()
    other.grow("Van een ander", "Het begin")
    expect(tablet.stops("Van een ander")).to_be_visible()
    tablet.stops("Het begin").click()
    tablet.page.click("[data-act=remove]")
    expect(other.stops("Het begin")).to_have_count(0)
    tablet.grow("Iets daarna")  # undo would take this back, not that
    for each in (tablet, other):
        each.at("map").locator("[data-tool=removed]").click()
    expect(other.page.locator("[data-history]")).to_contain_text("Nothing was taken away.")  # not their own
    tablet.page.locator("[data-restore=node]").click()
    expect(tablet.stops("Het begin")).to_be_visible()
    expect(tablet.page.locator("[data-panel-words]")).to_have_text("Het begin")
    expect(other.stops("Het begin")).to_be_visible()
    assert tablet.steps() == other.steps() == {("Het begin", "led_to", "Van een ander")}


@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_the_tools_of_a_stage_stand_in_one_row(come: Callable[..., Tablet], locale: str) -> None:
    tablet = come(locale=locale)
    for size in SMALL:
        tablet.page.set_viewport_size(size)
        tools = tablet.at("map").locator(".map-tools button:visible")
        boxes = [box_of(tool) for tool in tools.all()]
        assert len(boxes) == 4
        assert {(box["y"], box["height"]) for box in boxes} == {(boxes[0]["y"], 48)}, size
        assert all(box["width"] >= 48 for box in boxes)
        assert tools.last.inner_text() in ("Weggehaald", "Taken away")


def box_of(tool: Locator) -> dict[str, float]:
    box = tool.bounding_box()
    assert box
    return dict(box)

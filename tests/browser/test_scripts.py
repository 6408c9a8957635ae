"""What people type is text, on every page: no script of theirs ever runs."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import STEPS, Facilitator, Tablet, occurrences
from tests.browser.visitors import Hall, Visitor

SHORT = "<img src=x onerror=alert(1)>"
LONG = " ".join(
    (
        SHORT,
        "</script><script>alert(2)</script>",
        '"><svg onload=alert(3)>',
        "'-alert(4)-'",
        "{{7*7}}",
        "${7*7}",
        "javascript:alert(5)",
        "<a href=javascript:alert(6)>klik</a>",
        "</textarea></template></title>",
    )
)


@pytest.mark.timeout(240)
def test_no_script_that_people_typed_ever_runs(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up("scripts@example.org", SHORT)
    facilitator.expect("status of 404")
    facilitator.open_space(
        SHORT + " ruimte",
        purpose=LONG,
        own_voices=SHORT,
        word_impact=SHORT,
        word_indicator="{{7*7}}",
        word_moment='"><svg onload=alert(3)>',
        word_trajectory="javascript:alert(5)",
    )
    facilitator.start_workshop(LONG[:110])
    code = facilitator.open_doors()
    screen = facilitator.screen()
    library = facilitator.library()
    facilitator.page.bring_to_front()
    tablet, other = (hall.welcome(Tablet) for _ in range(2))
    tablet.expect("status of 404")
    tablet.come_in(code, voice=4, shares_with="public", name=SHORT)
    other.come_in(code, voice=0, shares_with="public", name=SHORT)
    play(facilitator, tablet, other)
    click_through(hall, facilitator, tablet, screen, library)
    visit_every_page(facilitator, tablet)
    assert hall.problems() == []


def play(facilitator: Facilitator, tablet: Tablet, other: Tablet) -> None:
    facilitator.go_to("moments")
    tablet.tell_moment(LONG, LONG, LONG)
    facilitator.go_to("impacts")
    tablet.propose(LONG)
    other.at("impacts").locator("[data-show-half=stances]").click()
    shown = other.page.locator("[data-proposal]:not([hidden]) blockquote")
    expect(shown).to_have_text(LONG)
    other.take_stances({LONG: ("objection", LONG)})
    facilitator.go_to("indicators")
    step = other.at("indicators")
    expect(step.locator("[data-impact-tile] label span")).to_have_text(LONG)
    other.notice("javascript:", LONG)
    facilitator.go_to("map")
    tablet.grow(LONG)
    expect(other.stops().locator("[data-words]")).to_have_text(LONG)
    other.grow(LONG, touch="javascript:")
    expect(tablet.stops()).to_have_count(2)
    expect(tablet.at("map").locator("[data-frame] g.node title").first).to_contain_text(LONG)
    facilitator.go_to("close")
    tablet.at("close")


def click_through(hall: Hall, facilitator: Facilitator, tablet: Tablet, screen: Page, library: Page) -> None:
    # What came in live, without loading a page again.
    for page, wall, count in (
        (facilitator.page, "[data-wall] [data-topic=moment]", 3),
        (screen, "[data-wall=moment]", 3),
        (library, "#moments", 3),
        (library, "[data-topic=impact]", 1),
        (tablet.page, ".mine", 3),
    ):
        page.bring_to_front()
        expect(page.locator(wall).first).to_contain_text(LONG)
        assert occurrences(page, wall, LONG) == count, wall
    for step in STEPS:
        facilitator.page.bring_to_front()
        facilitator.go_to(step)
        screen.bring_to_front()
        expect(screen.locator(f".screen-step[data-kind={step}]")).to_be_visible()
    reader = hall.welcome(Visitor, storage_state=facilitator.context.storage_state(), locale="nl-NL")
    stands_as_text(reader.open(f"/spaces/{facilitator.space_id}").locator("main"))
    assert reader.dialogs == []


def visit_every_page(facilitator: Facilitator, tablet: Tablet) -> None:
    space, workshop = f"/spaces/{facilitator.space_id}", f"/workshops/{facilitator.workshop_id}"
    trajectory = tablet.page.locator("[data-trajectory]").get_attribute("data-trajectory")
    road = f"{space}/trajectories/{trajectory}"
    for path in (
        "/",
        space,
        f"{space}/settings",
        f"{space}/workshops",
        f"{space}/workshops/new",
        road,
        "/mine",
        f"{workshop}/console",
        f"{workshop}/screen",
        "/%3Cimg%20src=x%20onerror=alert(1)%3E",
        "/sign-in?next=javascript:alert(7)",
    ):
        page = facilitator.open(path)
        page.wait_for_timeout(100)
        assert page.locator("img[src=x], svg[onload], a[href^='javascript:']").count() == 0, path
        assert "49" not in page.locator("h1, h2, h3, blockquote, q").all_inner_texts(), path
    for path in (f"{workshop}/stage", f"{workshop}/door", "/mine", road):
        page = tablet.open(path)
        assert page.locator("img[src=x], svg[onload], a[href^='javascript:']").count() == 0, path
    stands_as_text(tablet.open("/mine").locator("main"))
    told = tablet.context.request.get(f"{tablet.url}/mine/download")
    assert "attachment" in told.headers["content-disposition"]
    assert told.headers["content-type"].startswith("application/json")


def stands_as_text(place: Locator) -> None:
    """Every sign of it is there to read."""
    assert LONG in place.inner_text()
    assert "{{7*7}}" in place.inner_text()

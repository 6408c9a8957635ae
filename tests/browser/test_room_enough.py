"""Words and buttons have the room they need: in a list, on a phone, and beside the panel of a map."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.drawing import AT_WORK, make_board, road, stops
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import Hall

TITLE = "Wat helpt in de buurt"
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SIZES = (LAPTOP, {"width": 1024, "height": 768}, PHONE)
LINES = """(element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom / 8))).size;
}"""


def box_of(part: Locator) -> dict[str, float]:
    box = part.bounding_box()
    assert box
    return dict(box)


def overlap(one: Locator, other: Locator) -> bool:
    a, b = box_of(one), box_of(other)
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return not (beside or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"])


@pytest.mark.timeout(200)
def test_a_meeting_that_is_led_and_closed_has_room_for_its_words(hall: Hall) -> None:
    lead = hall.welcome(Facilitator, locale="nl-NL").sign_up("ruimte@example.org").open_space()
    lead.start_workshop(TITLE)
    code, console = lead.open_doors(), lead.page
    lead.go_to("impacts")
    lead.go_to("welcome")
    console.set_viewport_size(PHONE)
    back = console.locator("[data-press=return]")
    expect(console.locator("[data-press=back]")).to_have_count(0)
    expect(back).to_contain_text("Terug naar:")
    assert back.evaluate(LINES) == 1
    console.set_viewport_size(LAPTOP)
    lead.go_to("moments")
    hall.welcome(Tablet).come_in(code).tell_moment("Er stond soep op tafel.")
    card, light = console.locator("[data-arrival]"), console.locator("[data-arrival] [data-key=light]")
    expect(light).to_be_visible()
    lead.go_to("close")
    lead.close_meeting()
    expect(light).to_have_count(0)  # nothing shows it any more
    expect(card.locator("summary")).to_be_visible()
    the_list_of_meetings(lead.open(f"/spaces/{lead.space_id}/workshops"))
    the_agendas(lead.open(f"/spaces/{lead.space_id}/agendas"))


def the_list_of_meetings(page: Page) -> None:
    row = page.locator(".meeting-row")
    expect(row.get_by_role("link")).to_have_text(
        [f"Wat eruit kwam: {TITLE}", f"Programma: {TITLE}", f"Console: {TITLE}"]
    )
    for size in SIZES:
        page.set_viewport_size(size)
        assert row.locator("b").evaluate(LINES) == 1, size
        assert not overlap(row.locator("b"), row.locator(".buttons")), size


def the_agendas(page: Page) -> None:
    first, second = page.locator(".hero .button").all()
    for size in SIZES:
        page.set_viewport_size(size)
        one, other = box_of(first), box_of(second)
        across = other["x"] - one["x"] - one["width"]
        down = other["y"] - one["y"] - one["height"]
        assert max(across, down) >= 8, size


def test_what_the_map_says_leaves_the_panel_alone_and_goes_in_time(hall: Hall, server: Server) -> None:
    board = make_board(server, stops("Regen", "Soep"), road("Regen", "Soep"), people=1)
    drawer = board.seat(hall, viewport={"width": 1024, "height": 768})
    drawer.opens("Regen").grow("Een hele lange middag samen in de keuken van het buurthuis").settled()
    page, bar, picture = drawer.page, drawer.page.locator("[data-said]"), drawer.page.locator("[data-frame]")
    for width in (1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 768})
        expect(bar).to_be_visible()
        told, seen = box_of(bar), box_of(picture)
        assert seen["x"] <= told["x"], width
        assert told["x"] + told["width"] <= seen["x"] + seen["width"] < box_of(drawer.panel)["x"], width
    page.clock.install()
    page.evaluate(f"""() => {AT_WORK}.said.say("offline")""")
    page.clock.run_for(60_000)
    expect(bar).to_be_visible()  # it is so until there is wifi
    page.evaluate(f"""() => {AT_WORK}.said.say("draft")""")
    page.clock.run_for(10_000)
    expect(bar).to_be_visible()
    page.clock.run_for(15_000)
    expect(bar).to_be_hidden()
    page.evaluate(f"""() => {AT_WORK}.said.say("grown", {{}}, {{ undo: true }})""")
    page.clock.run_for(60_000)
    expect(bar).to_be_visible()  # it can still be taken back

"""A whole map by keyboard alone: nothing here touches a mouse or a screen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.drawing import Drawer, make_board, road, stops
from tests.browser.keys import tab_to
from tests.browser.server import Server
from tests.browser.visitors import Hall

FRAME = "[data-frame]"
ROUND = tuple(f"Arrow{way}" for way in ("Left", "Up", "Right", "Down", "Right", "Up", "Right", "Down"))
FIRST, THEN, HELPED, MEANT = "Het begin", "Een regenbui", "De sleutel van de zaal", "We horen erbij"


def write(page: Page, words: str) -> None:
    """The field has the focus by itself; Tab goes on to what keeps it."""
    expect(page.locator("[data-part=grow] textarea")).to_be_focused()
    page.keyboard.type(words)
    tab_to(page, "[data-part=grow] .primary")
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel-words]")).to_have_text(words)
    expect(page.locator("[data-panel-words]")).to_be_focused()


def test_a_whole_map_is_drawn_with_keys(hall: Hall, server: Server) -> None:
    drawer = make_board(server, [], []).seat(hall, has_touch=False)
    page, keys = drawer.page, drawer.page.keyboard
    tab_to(page, FRAME)
    keys.press("n")
    write(page, FIRST)
    keys.press("Escape")  # back on the map
    expect(page.locator(FRAME)).to_be_focused()
    keys.press("1")
    write(page, THEN)
    keys.press("Escape")
    keys.press("4")
    write(page, HELPED)
    tab_to(page, "[data-ask=what_meant]")
    keys.press("Enter")
    write(page, MEANT)
    keys.press("Escape")
    go_to(drawer, FIRST)
    keys.press("l")  # link it to another stop
    expect(drawer.said).to_contain_text(FIRST)
    go_to(drawer, MEANT)
    keys.press("Enter")
    expect(page.locator("[data-part=link] [value=led_to]")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("[data-part=main]")).to_be_visible()
    keys.press("Escape")
    go_to(drawer, THEN)
    keys.press("e")
    keys.press("ControlOrMeta+a")
    keys.type("Een stortbui")
    keys.press("Tab")
    keys.press("ArrowDown")
    tab_to(page, "[data-part=change] .primary")
    keys.press("Enter")
    told = {FIRST: "happened", "Een stortbui": "planned", HELPED: "happened", MEANT: "happened"}
    assert drawer.settled().told() == told
    assert drawer.steps() == {
        (FIRST, "led_to", "Een stortbui"),
        (HELPED, "made_possible", "Een stortbui"),
        (HELPED, "meant", MEANT),
        (FIRST, "turned_into", MEANT),
    }
    keys.press("Escape")
    keys.press("Control+z")
    expect(drawer.stop(THEN)).to_have_count(1)
    keys.press("Control+y")
    expect(drawer.stop("Een stortbui")).to_have_count(1)


def test_everything_else_is_done_with_keys_too(hall: Hall, server: Server) -> None:
    words = ("Een", "Twee", "Drie", "Vier")
    board = make_board(server, stops(*words), road(*words), told={"moment": "Samen soep gegeten"})
    drawer = board.seat(hall, has_touch=False)
    page, keys = drawer.page, drawer.page.keyboard
    tab_to(page, FRAME)
    go_to(drawer, "Twee")
    keys.press("Enter")
    use(page, "[data-act=refer]")  # what it has to do with
    expect(page.locator("#refer-search")).to_be_focused()
    keys.type("soep")
    use(page, "[data-subject-id]")
    expect(page.locator("[data-references]")).to_contain_text("Samen soep gegeten")
    drawer.settled()
    use(page, "[data-references] [data-unrefer]")
    expect(page.locator("[data-references]")).not_to_contain_text("Samen soep gegeten")
    use(page, "[data-steps] [data-edge]")  # how it hangs together
    expect(page.locator("[data-part=link]")).to_be_visible()
    keys.press("ArrowDown")
    use(page, "[data-part=link] .primary")
    assert ("Een", "turned_into", "Twee") in drawer.settled().steps()
    use(page, "[data-steps] [data-edge]")
    use(page, "[data-link-cut]")
    assert ("Een", "turned_into", "Twee") not in drawer.settled().steps()
    use(page, "[data-act=merge]")
    go_to(drawer, "Drie")
    keys.press("Enter")
    use(page, "[data-part=merge] .primary")
    expect(drawer.stop("Drie")).to_have_count(0)
    assert drawer.settled().steps() == {("Twee", "led_to", "Vier")}
    keys.press("Escape")
    go_to(drawer, "Vier")
    keys.press("Enter")
    use(page, "[data-act=remove]")
    expect(drawer.stop("Vier")).to_have_count(0)
    use(page, "[data-tool=removed]")
    use(page, "[data-history] [data-restore]")
    expect(drawer.stop("Vier")).to_have_count(1)
    drawer.settled().again()
    assert set(drawer.told()) == {"Een", "Twee", "Vier"}


def test_everything_that_is_said_of_a_stop_is_said_with_keys(hall: Hall, server: Server) -> None:
    drawer = make_board(server, stops("Een", "Twee"), road("Een", "Twee")).seat(hall, has_touch=False)
    page, keys = drawer.page, drawer.page.keyboard
    change = "[data-part=change]"
    tab_to(page, FRAME)
    go_to(drawer, "Twee")
    keys.press("e")
    tab_to(page, f"{change} [name=state]")
    keys.press("ArrowUp")  # from the first round to the last
    tab_to(page, f"{change} [name=intended]")
    keys.press("Space")
    tab_to(page, f"{change} [name=kind]")
    keys.type("Turn")
    for field, words in {"year": "2024", "month": "May", "day": "7"}.items():
        tab_to(page, f"{change} [name={field}]")
        keys.type(words)
    tab_to(page, f"{change} [name=note]")
    keys.type("Het goot.")
    use(page, f"{change} .primary")
    told = {
        "state": "dropped",
        "intended": False,
        "kind": "turning_point",
        "when": "2024-05-07",
        "note": "Het goot.",
    }
    drawer.settled().again()
    facts = drawer.facts("Twee")
    assert {field: facts[field] for field in told} == told
    tab_to(page, FRAME)
    go_to(drawer, "Twee")
    keys.press("e")
    tab_to(page, f"{change} [name=intended]")
    keys.press("Space")
    for field in ("year", "day"):
        tab_to(page, f"{change} [name={field}]")
        keys.press("ControlOrMeta+a")
        keys.press("Delete")
    use(page, f"{change} .primary")
    drawer.settled().again()
    facts = drawer.facts("Twee")
    assert {field: facts[field] for field in told} == {**told, "intended": True, "when": ""}


def test_a_link_is_turned_and_earlier_words_come_back_with_keys(hall: Hall, server: Server) -> None:
    drawer = make_board(server, stops("Een", "Twee"), road("Een", "Twee")).seat(hall, has_touch=False)
    page, keys = drawer.page, drawer.page.keyboard
    tab_to(page, FRAME)
    go_to(drawer, "Twee")
    keys.press("Enter")
    use(page, "[data-steps] [data-edge]")
    use(page, "[data-link-swap]")
    use(page, "[data-part=link] .primary")
    assert drawer.settled().steps() == {("Twee", "led_to", "Een")}
    use(page, "[data-said-undo]")
    drawer.settled()
    expect(page.locator("[data-steps]")).to_contain_text("Een")
    page.wait_for_function("() => document.querySelector('[data-steps]').textContent.startsWith('Een')")
    assert drawer.steps() == {("Een", "led_to", "Twee")}
    use(page, "[data-act=change]")
    keys.press("ControlOrMeta+a")
    keys.type("Drie")
    use(page, "[data-part=change] .primary")
    expect(drawer.stop("Drie")).to_have_count(1)
    drawer.settled()
    use(page, "[data-act=history]")
    use(page, "[data-history] [data-restore=text]")
    expect(page.locator("[data-panel-words]")).to_have_text("Twee")
    assert set(drawer.settled().told()) == {"Een", "Twee"}


def test_a_stop_is_carried_with_the_arrows(hall: Hall, server: Server) -> None:
    words = ("Een", "Twee")
    drawer = make_board(server, stops(*words), road(*words)).seat(hall, has_touch=False)
    page, keys = drawer.page, drawer.page.keyboard
    before = drawer.stop("Twee").get_attribute("transform")
    tab_to(page, FRAME)
    go_to(drawer, "Twee")
    keys.press("m")
    expect(drawer.said).to_contain_text("Twee")
    for _ in range(5):
        keys.press("ArrowDown")
    keys.press("Escape")
    assert drawer.stop("Twee").get_attribute("transform") == before
    keys.press("m")
    for _ in range(5):
        keys.press("ArrowDown")
    keys.press("Enter")
    after = drawer.settled().stop("Twee").get_attribute("transform")
    assert after != before
    tab_to(page, "[data-tool=tidy]")
    keys.press("Enter")
    assert drawer.settled().again().stop("Twee").get_attribute("transform") == after, (
        "it was put there by hand"
    )
    tab_to(page, "[data-tool=undo]")


def use(page: Page, button: str) -> None:
    """Go to a button, and press it."""
    tab_to(page, button)
    page.keyboard.press("Enter")


def go_to(drawer: Drawer, words: str) -> None:
    """With the arrows, until the stop is announced."""
    for key in ROUND * 4:
        if drawer.page.locator("[data-announce]").inner_text().startswith(words):
            return
        drawer.page.keyboard.press(key)
    raise AssertionError(f"the arrows never come to {words}")


def test_the_outline_is_an_equal_editor(hall: Hall, server: Server) -> None:
    words = ("Een", "Twee", "Drie")
    drawer = make_board(server, stops(*words), road(*words)).seat(hall, has_touch=False)
    page = drawer.page
    drawer.line("Twee").focus()
    page.keyboard.press("Enter")
    expect(drawer.line("Twee")).to_have_attribute("aria-pressed", "true")
    expect(drawer.stop("Twee")).to_have_class(re.compile("is-selected"))
    expect(page.locator("[data-panel-words]")).to_be_focused()
    tab_to(page, "[data-ask=what_next]")
    page.keyboard.press("Enter")
    write(page, "Vier")
    under = page.locator(".outline li ul [data-stop]")
    expect(under.filter(has_text="Vier")).to_contain_text("led to")
    drawer.line("Een").focus()
    page.keyboard.press("Enter")
    tab_to(page, "[data-act=connect]")
    page.keyboard.press("Enter")
    drawer.line("Drie").focus()
    page.keyboard.press("Enter")
    tab_to(page, "[data-part=link] .primary")
    page.keyboard.press("Enter")
    expect(page.locator(".outline > li > [data-also]")).to_contain_text("Drie")


def test_keys_are_told_and_escape_lets_go(hall: Hall, server: Server) -> None:
    drawer = make_board(server, stops("Een", "Twee"), road("Een", "Twee")).seat(hall, has_touch=False)
    page = drawer.page
    tab_to(page, FRAME)
    page.keyboard.press("?")
    expect(page.locator("[data-help]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-help]")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    expect(page.locator("[data-said]")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=main]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer.panel).to_be_hidden()

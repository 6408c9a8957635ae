"""Every part of the panel, and what lies over a map: nothing for axe to find, whichever way one reads."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.drawing import Board, Drawer, make_board, road, stops
from tests.browser.keys import tab_to
from tests.browser.looking import look_at
from tests.browser.server import Server
from tests.browser.test_map_same import turn
from tests.browser.visitors import Hall

ROAD = ("Voetbaldag", "Regen", "Spelmiddag", "Dubbel", "Weg")


@pytest.fixture(scope="module")
def board(server: Server) -> Board:
    return make_board(server, stops(*ROAD), road(*ROAD), told={"moment": "Samen soep gegeten"})


@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", ["ltr", "rtl"])
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_in_any_part(hall: Hall, board: Board, locale: str, way: str) -> None:
    drawer = board.seat(hall, locale=locale, has_touch=False)
    if way == "rtl":
        drawer.page.route("**/trajectories/*", turn)
        drawer.again()
    found: dict[str, list[str]] = {}
    for name, arrive in PARTS.items():
        arrive(drawer)
        found[name] = look_at(drawer.page)
        drawer.page.keyboard.press("Escape")
        drawer.page.keyboard.press("Escape")
    drawer.settled()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def opens(drawer: Drawer, words: str = "Regen") -> Drawer:
    drawer.line(words).click()
    expect(drawer.panel.locator("[data-panel-words]")).to_have_text(words)
    return drawer


def part(name: str, button: str) -> Callable[[Drawer], None]:
    def arrive(drawer: Drawer) -> None:
        opens(drawer).panel.locator(button).first.click()
        expect(drawer.panel.locator(f"[data-part={name}]")).to_be_visible()

    return arrive


def main(drawer: Drawer) -> None:
    opens(drawer)


def refer(drawer: Drawer) -> None:
    part("refer", "[data-act=refer]")(drawer)
    expect(drawer.panel.locator("[data-subject-id]")).to_be_visible()


def history(drawer: Drawer) -> None:
    opens(drawer).change(note="Het goot.", kind="turning_point", text="Regen ")
    opens(drawer).change(text="Sneeuw")
    opens(drawer, "Sneeuw").change(text="Regen")
    drawer.settled()
    part("history", "[data-act=history]")(drawer)
    expect(drawer.panel.locator("[data-restore=text]").first).to_be_visible()


def merge(drawer: Drawer) -> None:
    opens(drawer).panel.locator("[data-act=merge]").click()
    drawer.line("Dubbel").click()
    expect(drawer.panel.locator("[data-part=merge]")).to_be_visible()


def removed(drawer: Drawer) -> None:
    if drawer.line("Weg").count():
        opens(drawer, "Weg").panel.locator("[data-act=remove]").click()
        drawer.settled()
    drawer.page.locator("[data-tool=removed]").click()
    expect(drawer.panel.locator("[data-restore=node]")).to_be_visible()


def help_sheet(drawer: Drawer) -> None:
    drawer.page.locator("[data-tool=help]").click()
    expect(drawer.page.locator("[data-help]")).to_be_visible()


def picking(drawer: Drawer) -> None:
    opens(drawer).panel.locator("[data-act=connect]").click()
    expect(drawer.page.locator("[data-said-stop]")).to_be_visible()


def carrying(drawer: Drawer) -> None:
    opens(drawer)
    drawer.page.keyboard.press("Escape")
    tab_to(drawer.page, "[data-frame]")
    drawer.page.keyboard.press("m")
    drawer.page.keyboard.press("ArrowDown")
    expect(drawer.page.locator(".is-held")).to_have_count(1)


PARTS: dict[str, Callable[[Drawer], None]] = {
    "main": main,
    "change": part("change", "[data-act=change]"),
    "grow": part("grow", "[data-ask=what_next]"),
    "link": part("link", "[data-steps] [data-edge]"),
    "refer": refer,
    "history": history,
    "merge": merge,
    "removed": removed,
    "help": help_sheet,
    "picking": picking,
    "carrying": carrying,
}

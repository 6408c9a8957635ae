"""The live surfaces: after a cut nothing is missed or doubled, and everybody reads their own language."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import Facilitator, Tablet, occurrences
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall, Visitor, open_hall
from tests.browser.wifi import Wifi

# A hidden tab, as a browser tells it to the page.
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
# Lets a test see which streams are open.
COUNT_STREAMS = """{
  const Source = EventSource;
  globalThis.streams = [];
  globalThis.EventSource = class extends Source {
    constructor(address) { super(address); streams.push(this); }
  };
}"""
OPEN_STREAMS = "streams.filter((stream) => stream.readyState !== EventSource.CLOSED).length"
# What waits 45 seconds for a sign of life, waits 3.
HURRY = """{
  const wait = globalThis.setTimeout;
  const hurry = (milliseconds) => (milliseconds === 45000 ? 3000 : milliseconds);
  globalThis.setTimeout = (act, milliseconds, ...more) => wait(act, hurry(milliseconds), ...more);
}"""
STOPS = "[data-roads] [data-node] title"


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop with its doors open."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator).sign_up().open_space().start_workshop()
        facilitator.code = facilitator.open_doors()
        yield facilitator


@pytest.fixture
def teller(hall: Hall, opened: Facilitator) -> Tablet:
    """Somebody with good wifi, who tells."""
    opened.go_to("moments")
    return hall.welcome(Tablet).come_in(opened.code)


def behind(wifi: Wifi, hall: Hall, facilitator: Facilitator) -> Visitor:
    """The same facilitator, at a browser whose wifi can be cut."""
    state = facilitator.context.storage_state()
    visitor = hall.welcome(Visitor, url=wifi.url, storage_state=state)
    visitor.context.add_init_script(COUNT_STREAMS)
    visitor.expect(WIFI_ERRORS)
    return visitor


def surfaces(facilitator: Facilitator) -> dict[str, tuple[str, str]]:
    """Where moments arrive: the address and the wall."""
    workshop = f"/workshops/{facilitator.workshop_id}"
    return {
        "library": (f"/spaces/{facilitator.space_id}", "#moments"),
        "screen": (f"{workshop}/screen", "[data-wall=moment]"),
        "console": (f"{workshop}/console", "[data-wall]"),
    }


@pytest.mark.parametrize("surface", ["library", "screen", "console"])
def test_a_surface_that_was_cut_off_catches_up(
    hall: Hall, wifi: Wifi, opened: Facilitator, teller: Tablet, surface: str
) -> None:
    path, wall = surfaces(opened)[surface]
    page = behind(wifi, hall, opened).open(path)
    page.evaluate("globalThis.isTheSamePage = true")
    told = [f"{surface} bericht {number}" for number in range(6)]
    for number, text in enumerate(told):
        if number in (1, 3):
            wifi.cut()
        teller.tell_moment(text)
        expect(teller.mine()).to_have_count(number + 1)
        if number in (2, 4):
            assert text not in page.content()
            wifi.restore()
            expect(page.locator(wall)).to_contain_text(text)
    expect(page.locator(wall)).to_contain_text(told[-1])
    assert [occurrences(page, wall, text) for text in told] == [1] * 6
    assert page.evaluate("isTheSamePage")
    if surface == "library":
        in_order = page.locator("#moments [data-subject]").all_inner_texts()
        assert next(text for text in in_order if surface in text).startswith(told[-1])


def test_a_hidden_tab_lets_go_of_its_stream_and_catches_up_when_it_is_shown(
    hall: Hall, wifi: Wifi, opened: Facilitator, teller: Tablet
) -> None:
    path, wall = surfaces(opened)["library"]
    page = behind(wifi, hall, opened).open(path)
    teller.tell_moment("voor het verbergen")
    expect(page.locator(wall)).to_contain_text("voor het verbergen")
    page.evaluate(HIDE, True)
    assert page.evaluate(OPEN_STREAMS) == 0
    teller.tell_moment("terwijl niemand keek")
    expect(teller.mine()).to_have_count(2)
    page.wait_for_timeout(500)
    assert "terwijl niemand keek" not in page.content()
    page.evaluate(HIDE, False)
    expect(page.locator(wall)).to_contain_text("terwijl niemand keek")
    assert page.evaluate(OPEN_STREAMS) == 1
    assert occurrences(page, wall, "terwijl niemand keek") == 1
    assert occurrences(page, wall, "voor het verbergen") == 1


def test_a_stream_that_fell_silent_is_opened_anew(
    hall: Hall, wifi: Wifi, opened: Facilitator, teller: Tablet
) -> None:
    path, wall = surfaces(opened)["screen"]
    visitor = behind(wifi, hall, opened)
    visitor.context.add_init_script(HURRY)
    page = visitor.open(path)
    wifi.fall_silent()
    teller.tell_moment("in de stilte")
    expect(teller.mine()).to_have_count(1)
    page.wait_for_timeout(8000)  # the first new connection hangs as well
    assert "in de stilte" not in page.content()
    wifi.restore()
    expect(page.locator(wall)).to_contain_text("in de stilte")
    assert occurrences(page, wall, "in de stilte") == 1
    assert page.evaluate(OPEN_STREAMS) == 1


def test_one_page_holds_one_stream_however_often_it_was_cut(
    hall: Hall, wifi: Wifi, opened: Facilitator
) -> None:
    page = behind(wifi, hall, opened).open(f"/spaces/{opened.space_id}")
    for _ in range(3):
        wifi.cut()
        page.evaluate(HIDE, True)
        wifi.restore()
        page.evaluate(HIDE, False)
        page.evaluate("dispatchEvent(new Event('online'))")
    assert page.evaluate(OPEN_STREAMS) == 1


def test_each_reads_the_same_card_in_their_own_language(
    hall: Hall, opened: Facilitator, teller: Tablet
) -> None:
    state = opened.context.storage_state()
    pages = {}
    for locale in ("nl-NL", "en-GB"):
        visitor = hall.welcome(Visitor, locale=locale, storage_state=state)
        pages[locale[:2]] = visitor.open(f"/spaces/{opened.space_id}")
    teller.tell_moment("hetzelfde bericht")
    badges = {}
    for language, page in pages.items():
        assert page.locator("html").get_attribute("lang") == language
        card = page.locator("#moments [data-subject]", has_text="hetzelfde bericht")
        expect(card).to_have_count(1)
        badges[language] = card.locator(".voice").inner_text()
    assert badges == {"nl": "Bewoner", "en": "Resident"}


def test_a_person_changes_the_language_and_nobody_else_notices(hall: Hall, opened: Facilitator) -> None:
    one = hall.welcome(Tablet, locale="nl-NL").come_in(opened.code)
    two = hall.welcome(Tablet, locale="nl-NL").come_in(opened.code)
    one.page.click(".language [lang=en]")
    one.ready()
    two.page.reload()
    two.ready()
    assert [each.page.locator("html").get_attribute("lang") for each in (one, two)] == ["en", "nl"]
    assert one.page.url.endswith("/stage")


def test_the_road_grows_and_shrinks_while_somebody_looks(
    hall: Hall, opened: Facilitator, teller: Tablet
) -> None:
    opened.go_to("map")
    teller.grow("het begin")
    expect(teller.mine()).to_have_count(1)
    library = opened.library()
    library.evaluate("globalThis.isTheSamePage = true")
    expect(library.locator(STOPS)).to_contain_text(["het begin"])
    teller.grow("het midden", touch="het begin")
    teller.grow("het einde", touch="het midden")
    expect(library.locator(STOPS)).to_contain_text(["het begin", "het midden", "het einde"])
    library.locator("[data-roads] h3 a").focus()
    take_back(teller, "het midden")
    expect(library.locator(STOPS)).to_contain_text(["het begin", "het einde"])  # what hung on it stays
    expect(library.locator("[data-roads] [data-edge]")).to_have_count(0)
    expect(library.locator("[data-roads]")).to_contain_text("2 stops")
    expect(library.locator("[data-roads] h3 a")).to_be_focused()  # who was reading goes on where they were
    assert library.evaluate("isTheSamePage")
    library.close()
    opened.page.bring_to_front()


def take_back(tablet: Tablet, words: str) -> None:
    stage, tablet.page = tablet.page, tablet.another("/mine")
    tablet.take_back(words)
    tablet.page.close()
    tablet.page: Page = stage

"""A tablet that goes from hand to hand: the next person, a helper, larger letters, languages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_outbox import cut, kept, until_all_are_sent, waiting
from tests.browser.visitors import WIFI_ERRORS, Hall, open_hall, wait_until_ready
from tests.browser.wifi import Wifi

PHONE = {"width": 390, "height": 844}
VOICES = """
const voice = (name, localService) => ({ name, lang: "en-GB", localService });
globalThis.spoken = [];
globalThis.voices = [voice("Cloud", false)];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  getVoices: () => globalThis.voices,
  speak: ({ text, voice }) => globalThis.spoken.push([text, voice?.name]),
  cancel: () => {},
}) });
"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop with its doors open and the moments on stage."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator).sign_up().open_space()
        facilitator.start_workshop()
        facilitator.code = facilitator.open_doors()
        facilitator.go_to("moments")
        yield facilitator


@pytest.fixture
def tablet(hall: Hall, wifi: Wifi, opened: Facilitator) -> Tablet:
    """Anna's turn, behind wifi that fails."""
    tablet = hall.welcome(Tablet, url=wifi.url)
    tablet.expect(WIFI_ERRORS)
    return tablet.come_in(opened.code, name="Anna")


def open_menu(tablet: Tablet) -> None:
    tablet.page.locator(".tablet summary").click()


def leave(tablet: Tablet) -> None:
    """Press "next person", and mean it."""
    open_menu(tablet)
    tablet.page.click("[data-next-person]")
    tablet.page.locator("[data-leaving] button[value=next]:visible").click()


def beside_the_outbox(tablet: Tablet) -> list[str]:
    """What this device keeps of whoever sat there, but for what waits."""
    return tablet.page.evaluate(
        "[localStorage, sessionStorage].flatMap(Object.keys).filter((key) => key.startsWith('cocreate'))"
    )


def test_the_next_person_finds_nothing_of_who_sat_there(tablet: Tablet, server: Server) -> None:
    tablet.tell_moment("van Anna")
    expect(tablet.mine()).to_have_count(1)
    open_menu(tablet)
    tablet.page.click("[data-size=larger]")
    tablet.page.click("[data-helper]")
    tablet.tell_another().locator("[name=what_happened]").fill("half getypt")
    page = tablet.page
    leave(tablet)
    page.wait_for_url("**/door")
    tablet.ready()
    assert beside_the_outbox(tablet) == []
    expect(page.locator("html")).to_have_attribute("data-type", "")
    tablet.expect("status of 404")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("van Anna")
    page.go_forward()
    page.wait_for_url("**/door")
    tablet.ready()
    tablet.choose_voice(1, "space", "Ben")
    expect(tablet.at("moments").locator("[name=what_happened]")).to_have_value("")
    expect(page.locator("[data-helper-line]")).to_be_hidden()
    expect(page.locator(".mine")).not_to_contain_text("van Anna")
    tablet.tell_moment("van Ben")
    expect(tablet.mine()).to_have_count(1)
    query = "SELECT count(DISTINCT maker_id), sum(is_by_helper) FROM moment WHERE what_happened LIKE 'van %'"
    assert server.rows(query) == [(2, 0)]


def test_without_wifi_it_stays_hidden_and_goes_along_by_itself(
    tablet: Tablet, wifi: Wifi, server: Server
) -> None:
    page = tablet.page
    tablet.expect("status of 404")  # a stream that knocks once more finds the door shut
    cut(wifi, tablet)
    tablet.tell_moment("zonder wifi van Anna")
    tablet.tell_another().locator("[name=what_happened]").fill("half getypt")
    open_menu(tablet)
    page.click("[data-next-person]")
    expect(page.locator("[data-waiting]")).to_contain_text("zonder wifi van Anna")
    assert look_at(page) == []
    page.locator("[data-leaving] button[value=next]:visible").click()
    expect(page.locator("body")).not_to_contain_text("van Anna")
    expect(page.locator("h1")).to_be_visible()
    assert look_at(page) == []
    # Not even now can it go as Anna's own.
    page.route("**/moments", lambda route: route.abort())
    wifi.restore()
    tablet.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_url("**/door")
    page.unroute("**/moments")
    tablet.ready()
    assert (kept(server, "zonder wifi"), waiting(page)) == ([], 1)
    tablet.choose_voice(1, "space", "Ben")
    until_all_are_sent(page)
    expect(page.locator(".mine")).not_to_contain_text("van Anna")
    told = "(SELECT maker_id FROM moment WHERE what_happened = 'zonder wifi van Anna')"
    query = f"SELECT name FROM membership WHERE id = {told}"
    assert server.rows(query) == [("Anna",)]


def test_who_is_gone_stays_gone_when_the_page_is_opened_again(tablet: Tablet, wifi: Wifi) -> None:
    page, stage = tablet.page, tablet.page.url
    tablet.expect("status of 404")  # a stream that knocks once more finds the door shut
    tablet.tell_moment("nog van Anna")
    expect(tablet.mine()).to_have_count(1)
    cut(wifi, tablet)
    leave(tablet)
    expect(page.locator("body")).not_to_contain_text("nog van Anna")
    page.goto("about:blank")
    wifi.restore()
    tablet.context.set_offline(False)
    page.goto(stage)
    page.wait_for_url("**/door")


def test_what_somebody_writes_for_another_says_so(
    tablet: Tablet, opened: Facilitator, server: Server
) -> None:
    open_menu(tablet)
    tablet.page.click("[data-helper]")
    line = tablet.page.locator("[data-helper-line]")
    expect(line).to_be_visible()
    tablet.tell_moment("opgeschreven voor Anna")
    tablet.name_what_helped("Een luisterend oor")
    until_all_are_sent(tablet.page)
    tablet.page.reload()
    tablet.ready()
    expect(line).to_be_visible()
    expect(tablet.page.locator(".mine .by-helper").first).to_be_visible()
    mine = tablet.another("/mine")
    expect(mine.locator(".told", has_text="opgeschreven voor Anna").locator(".by-helper")).to_be_visible()
    card = opened.page.locator(".card", has_text="opgeschreven voor Anna")
    expect(card.locator(".by-helper")).to_be_visible()
    screen = opened.screen()
    expect(screen.locator(".card", has_text="opgeschreven voor Anna")).to_be_visible()
    expect(screen.locator(".by-helper")).to_have_count(0)
    assert server.rows("SELECT is_by_helper FROM working_factor WHERE name = 'Een luisterend oor'") == [(1,)]
    screen.close()


@pytest.mark.parametrize("size", ["larger", "largest"])
def test_letters_grow_on_every_page_and_nothing_runs_off(hall: Hall, opened: Facilitator, size: str) -> None:
    tablet = hall.welcome(Tablet, viewport=PHONE)
    page = tablet.open("/join")
    before = page.locator(".hint").first.evaluate("(hint) => parseFloat(getComputedStyle(hint).fontSize)")
    open_menu(tablet)
    page.click(f"[data-size={size}]")
    after = page.locator(".hint").first.evaluate("(hint) => parseFloat(getComputedStyle(hint).fontSize)")
    assert after > before * 1.2
    assert look_at(page) == []
    tablet.come_in(opened.code)
    expect(page.locator("html")).to_have_attribute("data-type", size)
    open_menu(tablet)
    assert look_at(page) == []
    # As with 200 % zoom: half the room.
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    # It is this device's alone.
    assert all(size not in str(cookie) for cookie in tablet.context.cookies())


def test_another_language_in_the_middle_of_the_second_question(tablet: Tablet) -> None:
    page, step = tablet.page, tablet.at("moments")
    step.locator("[name=what_happened]").fill("Zij belde terug.")
    step.locator("[data-go]").first.click()
    tablet.show_to(step.locator("[data-contribution-form=moment]"), "workshop")
    why = step.locator("[name=why_it_mattered]")
    why.press_sequentially("Omdat ik")
    page.locator("form.language [value=nl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    wait_until_ready(page)
    expect(why).to_be_visible()
    expect(why).to_have_value("Omdat ik")
    expect(step.locator("[name=what_happened]")).to_have_value("Zij belde terug.")
    expect(step.locator("[name=visibility][value=workshop]").first).to_be_checked()
    expect(step.locator("[data-chosen]").first).to_have_text(re.compile("groep"))


def test_another_language_without_wifi_waits_and_loses_nothing(tablet: Tablet, wifi: Wifi) -> None:
    typed = tablet.at("moments").locator("[name=what_happened]")
    typed.fill("Halverwege")
    cut(wifi, tablet)
    tablet.page.locator("form.language [value=nl]").click()
    open_menu(tablet)
    expect(tablet.page.locator("[data-no-language]")).to_be_visible()
    expect(typed).to_have_value("Halverwege")


def test_another_language_at_the_door_keeps_what_was_filled_in(hall: Hall, opened: Facilitator) -> None:
    tablet = hall.welcome(Tablet)
    page = tablet.open("/join")
    page.fill("[name=code]", opened.code)
    page.click("main form button.primary")
    page.wait_for_url("**/door")
    tablet.ready()
    page.fill("[name=name]", "Anna")
    page.locator("[name=voice_id]").nth(2).check()
    page.locator("form.language [value=nl]").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    wait_until_ready(page)
    expect(page.locator("[name=name]")).to_have_value("Anna")
    expect(page.locator("[name=voice_id]").nth(2)).to_be_checked()


def test_only_a_voice_of_the_device_reads_aloud(hall: Hall, opened: Facilitator) -> None:
    tablet = hall.welcome(Tablet)
    tablet.context.add_init_script(VOICES)
    tablet.come_in(opened.code)
    read = tablet.at("moments").locator("[data-behavior=read-aloud]").first
    expect(read).to_be_hidden()
    tablet.page.evaluate(
        """voices.push({ name: "Here", lang: "en-GB", localService: true });
        speechSynthesis.dispatchEvent(new Event("voiceschanged"))"""
    )
    read.click()
    spoken = tablet.page.evaluate("spoken")
    assert spoken
    assert {voice for _words, voice in spoken} == {"Here"}


def test_the_menu_can_be_used_with_the_keyboard_alone(tablet: Tablet) -> None:
    page = tablet.page
    summary = page.locator(".tablet summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("[data-size='']")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-size=larger]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".tablet-sheet")).to_be_hidden()

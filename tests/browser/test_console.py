"""Steering: what who leads presses is seen at once on the screen and on every tablet."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall, wait_until_ready
from tests.browser.wifi import Wifi

TIMED = "SELECT count(*) FROM change WHERE topic = 'stage' AND verb = 'timed'"
REFUSED = r"status of (409|422)"
STANDS_STILL = """async ([page, seconds]) => {
  const timer = document.querySelector(page);
  const before = timer.textContent;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return timer.textContent === before;
}"""


def open_meeting(hall: Hall, email: str, url: str = "") -> tuple[Facilitator, str]:
    facilitator = hall.welcome(Facilitator, url=url).sign_up(email).open_space()
    facilitator.start_workshop()
    return facilitator, facilitator.open_doors()


def pressed(page: Page, what: str) -> Locator:
    return page.locator(f'[data-panel=bar] [data-press="{what}"]')


def under_more(page: Page, words: str) -> None:
    """What one needs now and then; it stays open once it is."""
    if page.locator("details.more").get_attribute("open") is None:
        page.click("details.more > summary")
    page.locator("details.more button", has_text=words).click()


def hand_over(facilitator: Facilitator) -> Page:
    """The page with the code for somebody else."""
    facilitator.page.click("details.more > summary")
    with facilitator.context.expect_page() as opening:
        facilitator.page.locator("details.more form[action$=handovers] button").click()
    opening.value.wait_for_selector(".code")
    return wait_until_ready(opening.value)


def test_the_clock_of_who_leads_is_everybodys_clock(hall: Hall) -> None:
    facilitator, code = open_meeting(hall, "klok@example.org")
    tablet = hall.welcome(Tablet).come_in(code)
    facilitator.go_to("pair_talk")
    tablet.at("pair_talk")
    console, screen, stage = facilitator.page, facilitator.screen(), tablet.page
    clocks = [
        console.locator(".clock"),
        screen.locator("[data-clock]"),
        stage.locator(".stage-clock:visible"),
    ]
    minutes = int(clocks[0].get_attribute("data-minutes"))

    pressed(console, "pause").click()
    for clock in clocks:
        expect(clock).to_have_attribute("data-paused", "")
    assert console.evaluate(STANDS_STILL, [".timer", 2.2])
    assert stage.evaluate(STANDS_STILL, [".stage-step:not([hidden]) .timer", 1.2])
    pressed(console, "pause/end").click()
    for clock in clocks:
        expect(clock).not_to_have_attribute("data-paused", "")
    assert not console.evaluate(STANDS_STILL, [".timer", 2.2])
    assert not stage.evaluate(STANDS_STILL, [".stage-step:not([hidden]) .timer", 2.2])

    left = int(console.locator("[data-minutes-left]").inner_text())
    pressed(console, "minutes").dblclick()  # a nervous finger gives two minutes, not four
    for clock in clocks:
        expect(clock).to_have_attribute("data-minutes", str(minutes + 2))
    assert int(console.locator("[data-minutes-left]").inner_text()) in (left + 1, left + 2)
    under_more(console, "2 minutes less")
    for clock in clocks:
        expect(clock).to_have_attribute("data-minutes", str(minutes))
    expect(console.locator("details.more")).to_have_attribute("open", "")


def test_any_part_can_be_next_and_one_press_goes_back(hall: Hall) -> None:
    facilitator, code = open_meeting(hall, "sprong@example.org")
    tablet = hall.welcome(Tablet).come_in(code)
    console, screen = facilitator.page, facilitator.screen()
    facilitator.go_to("moments")
    tablet.at("moments")
    facilitator.go_to("impacts")
    tablet.at("impacts")
    expect(screen.locator(".screen-step[data-kind=impacts]")).to_be_visible()
    console.locator("[data-panel=bar] button", has_text="Back to:").click()
    tablet.at("moments")
    expect(screen.locator(".screen-step[data-kind=moments]")).to_be_visible()


def test_how_many_still_write_is_a_number_on_the_console_alone(hall: Hall) -> None:
    facilitator, code = open_meeting(hall, "schrijft@example.org")
    console, screen = facilitator.page, facilitator.screen()
    console.bring_to_front()
    anna, ben = (hall.welcome(Tablet).come_in(code, name=name) for name in ("Anna", "Ben"))
    facilitator.go_to("moments")
    busy = console.locator(".busy")
    expect(busy).to_contain_text("Nobody is writing now.")
    for tablet in (anna, ben):
        tablet.page.evaluate("addEventListener('cocreate:whisper', () => (globalThis.overheard = true))")
        tablet.at("moments").locator("[name=what_happened]").fill("Half")
    expect(busy).to_contain_text("2 people are still writing.")
    assert "Anna" not in console.content()
    anna.tell_moment("Mijn buurman bracht soep.")
    expect(busy).to_contain_text("One person is still writing.")
    expect(busy).to_contain_text("1 person told something here.")
    ben.at("moments").locator("[name=what_happened]").fill("")
    expect(busy).to_contain_text("Nobody is writing now.")
    assert not any(tablet.page.evaluate("Boolean(globalThis.overheard)") for tablet in (anna, ben))
    expect(screen.locator("body")).not_to_contain_text("writing")


def test_a_part_that_is_locked_keeps_what_was_typed(hall: Hall) -> None:
    facilitator, code = open_meeting(hall, "dicht@example.org")
    tablet = hall.welcome(Tablet).come_in(code)
    console, screen = facilitator.page, facilitator.screen()
    facilitator.go_to("moments")
    step = tablet.at("moments")
    step.locator("[name=what_happened]").fill("Nog niet af")
    under_more(console, "No more answers for this part")
    closed = tablet.page.get_by_text("This part takes no more answers.")
    expect(closed).to_be_visible()
    expect(step.locator("[data-go]").first).to_be_disabled()
    expect(step.locator("[name=what_happened]")).to_have_value("Nog niet af")
    expect(screen.get_by_text("no more answers")).to_have_count(0)
    late = hall.welcome(Tablet).come_in(code, voice=1)  # lands in the part that is on, and finds it locked
    expect(late.at("moments").locator("[data-go]").first).to_be_disabled()
    under_more(console, "Take answers again")
    expect(closed).to_be_hidden()
    step.locator("[data-go]").click()
    for _ in range(2):
        step.locator("[data-go]").click()
    expect(tablet.mine()).to_have_count(1)


def test_doors_that_are_shut_keep_nobody_out_who_was_in(hall: Hall) -> None:
    facilitator, code = open_meeting(hall, "deur@example.org")
    inside = hall.welcome(Tablet).come_in(code)
    under_more(facilitator.page, "Let nobody else in")
    expect(facilitator.page.locator(".doors")).to_contain_text("Nobody new comes in")
    late = hall.welcome(Tablet)
    late.expect(REFUSED)
    late.open("/join")
    late.page.fill("[name=code]", code)
    late.page.click("main form button.primary")
    expect(late.page.locator("main")).to_contain_text("The doors are shut now.")
    inside.page.reload()
    inside.ready()
    inside.at("welcome")
    under_more(facilitator.page, "Let people in again")
    expect(facilitator.page.locator(".doors .code")).to_have_text(code)
    late.come_in(code)


def test_a_meeting_is_handed_over_with_a_code(hall: Hall) -> None:
    first, _code = open_meeting(hall, "eerst@example.org")
    secret = hand_over(first).locator(".code").inner_text()
    second = hall.welcome(Facilitator).sign_up("tweede@example.org", "Bea")
    second.expect(REFUSED)
    second.open("/handover")
    second.page.fill("main [name=code]", "BADOKIM-BADOKIM")
    second.page.click("main form button.primary")
    expect(second.page.locator(".error").first).to_contain_text("too old")
    second.page.goto(f"{second.url}/handover#{secret}")  # as the QR code does
    second.page.reload()  # the page was open already, and a new # loads nothing
    second.page.wait_for_url("**/console")
    second.ready()
    pressed(second.page, "pause").click()
    expect(first.page.locator(".now")).to_contain_text("Bea leads this meeting now.")
    expect(first.page.locator("[data-panel=bar] button")).to_have_count(0)
    first.page.click("[data-press=lead]")
    expect(pressed(first.page, "pause/end")).to_be_visible()
    expect(second.page.locator(".now")).to_contain_text("Leider leads this meeting now.")


def test_the_room_goes_on_without_the_laptop_of_who_leads(hall: Hall, wifi: Wifi, server: Server) -> None:
    facilitator, code = open_meeting(hall, "kwijt@example.org", wifi.url)
    facilitator.expect(WIFI_ERRORS)
    console = facilitator.page
    facilitator.go_to("moments")
    tablet = hall.welcome(Tablet).come_in(code)
    wifi.cut()
    lost = console.locator("[data-lost]")
    expect(lost).to_be_visible()
    next_ = console.locator("[data-panel=bar] button.primary")
    next_.click()
    expect(console.locator("[data-steer-problem]")).to_be_visible()
    tablet.tell_moment("De zaal ging gewoon door.")
    expect(tablet.mine()).to_have_count(1)
    wifi.restore()
    expect(lost).to_be_hidden()
    expect(console.locator("[data-arrival]")).to_have_count(1)
    expect(console.locator(".busy")).to_contain_text("1 person told something here.")
    expect(console.locator(".agenda li[data-kind=moments]")).to_have_class(re.compile("now-step"))

    minutes = int(console.locator(".clock").get_attribute("data-minutes"))
    timed = server.rows(TIMED)[0][0]
    wifi.lose_answers(1)  # it arrives, but nobody hears so
    pressed(console, "minutes").click()
    expect(console.locator(".clock")).to_have_attribute("data-minutes", str(minutes + 2))
    assert server.rows(TIMED)[0][0] == timed + 1
    before = facilitator.step
    next_.click()
    expect(console.locator("[data-steer-problem]")).to_be_hidden()
    expect(console.locator(".agenda li").nth(before + 1)).to_have_class(re.compile("now-step"))


def test_a_press_is_heard_while_people_come_in(hall: Hall) -> None:
    facilitator, code = open_meeting(hall, "ingedrukt@example.org")
    console, before = facilitator.page, facilitator.step
    box = console.locator("[data-panel=bar] button.primary").bounding_box()
    console.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with console.expect_response("**/console?part=panel"):
        console.mouse.down()
        hall.welcome(Tablet).come_in(code)
    console.wait_for_timeout(300)  # long enough to have drawn the button anew under the finger
    console.mouse.up()
    expect(console.locator(".agenda li").nth(before + 1)).to_have_class(re.compile("now-step"))
    expect(console.locator("[data-panel=room] h2")).to_contain_text("1")


@pytest.mark.timeout(240)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_where_a_meeting_is_steered(hall: Hall, locale: str) -> None:
    found: dict[str, list[str]] = {}
    first = hall.welcome(Facilitator, locale=locale).sign_up(f"{locale}@example.org").open_space()
    first.start_workshop()
    code, console = first.open_doors(), first.page
    first.go_to("moments")
    pressed(console, "pause").click()
    console.click("details.more > summary")
    console.click("[data-press=part-lock]")
    console.click("[data-press=lock]")
    expect(console.locator(".doors.is-closed")).to_be_visible()
    found["console, paused and locked"] = look_at(console)
    expect(console.locator("[data-end]")).to_have_text(re.compile(r"^\d\d:\d\d$"))  # in English too
    console.click("[data-press=lock]")
    expect(console.locator(".doors .code")).to_be_visible()
    tablet = hall.welcome(Tablet, locale=locale).come_in(code)
    tablet.at("moments")
    found["stage, locked"] = look_at(tablet.page)
    found["take over, without an account"] = look_at(tablet.open("/handover"))
    console.click("details.more > summary")
    page = hand_over(first)
    secret = page.locator(".code").inner_text()
    found["the code to hand over"] = look_at(page)
    second = hall.welcome(Facilitator, locale=locale).sign_up(f"b{locale}@example.org", "Bea")
    second.expect(REFUSED)
    found["take over"] = look_at(second.open("/handover"))
    second.page.click("main form button.primary")
    second.page.wait_for_selector(".error")
    found["take over, refused"] = look_at(second.ready())
    second.page.fill("main [name=code]", secret)
    second.page.click("main form button.primary")
    second.page.wait_for_url("**/console")
    expect(console.locator("[data-press=lead]")).to_be_visible()
    found["console, somebody else leads"] = look_at(console)
    assert {name: lines for name, lines in found.items() if lines} == {}

"""The stage opens without wifi, where browsers allow it, and nothing of who sat there before does."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_outbox import kept, until_all_are_sent
from tests.browser.test_shared_tablet import leave
from tests.browser.visitors import WIFI_ERRORS, Hall, open_hall, wait_until_ready
from tests.browser.wifi import Wifi

STAGES = (
    'caches.open("cocreate-stage").then((kept) => kept.keys()).then((keys) => keys.map(({ url }) => url))'
)


@pytest.fixture
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop with its doors open and the moments on stage."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator)
        if server.rows("SELECT 1 FROM account"):
            facilitator.come_back_with("leider@example.org")
        else:
            facilitator.sign_up()
        facilitator.open_space()
        facilitator.start_workshop()
        facilitator.code = facilitator.open_doors()
        facilitator.go_to("moments")
        yield facilitator


@pytest.fixture
def tablet(hall: Hall, wifi: Wifi, opened: Facilitator) -> Tablet:
    """A tablet at an address that browsers call secure, as https is, behind wifi that fails."""
    tablet = hall.welcome(Tablet, url=wifi.url)
    tablet.expect(WIFI_ERRORS, "status of 5")
    tablet.come_in(opened.code, name="Anna")
    until_kept(tablet.page)
    return tablet


def until_kept(page: Page, count: int = 1) -> None:
    """So many stages would open without wifi."""
    for _ in range(100):
        if len(page.evaluate(STAGES)) == count:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"kept: {page.evaluate(STAGES)}")


def gone(page: Page) -> bool:
    """Whether nothing comes at all when this page is asked for."""
    try:
        page.reload()
    except Error as error:
        return "net::ERR_" in str(error)
    return False


def test_the_stage_opens_without_wifi_and_what_is_told_arrives_once(
    tablet: Tablet, wifi: Wifi, server: Server
) -> None:
    tablet.tell_moment("met wifi")
    expect(tablet.mine()).to_have_count(1)
    wifi.cut()
    tablet.page.reload()
    tablet.ready()
    tablet.tell_moment("zonder wifi, na opnieuw laden")
    expect(tablet.mine("here")).to_have_count(1)
    address = tablet.page.url
    tablet.page.close()
    tablet.page = tablet.context.new_page()
    tablet.page.goto(address)
    tablet.ready()
    expect(tablet.mine("here")).to_have_count(1)
    tablet.tell_moment("en na opnieuw openen")
    # As it stands here it is drawn too: styles and pictograms came along.
    assert (
        tablet.page.locator(".stage .primary").first.evaluate("(b) => getComputedStyle(b).borderRadius")
        != "0px"
    )
    wifi.restore()
    until_all_are_sent(tablet.page)
    assert sorted(kept(server, "%wifi%")) == ["met wifi", "zonder wifi, na opnieuw laden"]
    assert kept(server, "en na") == ["en na opnieuw openen"]


def test_a_new_page_is_preferred_and_wifi_that_hangs_is_no_wifi(tablet: Tablet, wifi: Wifi) -> None:
    tablet.tell_moment("nieuw op de pagina")
    expect(tablet.mine()).to_have_count(1)
    tablet.page.reload()
    tablet.ready()
    expect(tablet.page.locator(".mine q")).to_have_text(["nieuw op de pagina"])
    tablet.page.wait_for_timeout(6000)  # until the server has let go of the connections that nobody uses
    wifi.fall_silent()
    tablet.page.reload()
    tablet.ready()
    expect(tablet.page.locator(".mine q")).to_have_text(["nieuw op de pagina"])


def test_nothing_of_who_sat_there_opens_after_the_next_person(tablet: Tablet, wifi: Wifi) -> None:
    stage = tablet.page.url
    tablet.tell_moment("van Anna")
    expect(tablet.mine()).to_have_count(1)
    leave(tablet)
    tablet.page.wait_for_url("**/door")
    tablet.ready()
    assert tablet.page.evaluate(STAGES) == []
    wifi.cut()
    with pytest.raises(Error, match="net::ERR_"):
        tablet.page.goto(stage)
    wifi.restore()


def test_nor_when_they_leave_without_wifi(tablet: Tablet, wifi: Wifi) -> None:
    tablet.tell_moment("van Anna")
    expect(tablet.mine()).to_have_count(1)
    wifi.cut()
    leave(tablet)
    expect(tablet.page.locator(".mine")).to_have_count(0)
    until_kept(tablet.page, 0)
    assert gone(tablet.page)


def test_the_next_person_gets_their_own(tablet: Tablet, wifi: Wifi) -> None:
    anna = tablet.page.locator(".stage").get_attribute("data-membership")
    tablet.tell_moment("van Anna")
    expect(tablet.mine()).to_have_count(1)
    leave(tablet)
    tablet.page.wait_for_url("**/door")
    tablet.ready()
    tablet.choose_voice(1, "space", "Ben")
    until_kept(tablet.page)
    wifi.cut()
    tablet.page.reload()
    wait_until_ready(tablet.page)
    # What Anna told for everybody in the space may stand elsewhere, as what somebody told.
    expect(tablet.page.locator(".stage")).to_be_visible()
    expect(tablet.page.locator(".mine")).not_to_contain_text("van Anna")
    assert tablet.page.locator(".stage").get_attribute("data-membership") != anna


def test_nothing_opens_when_the_meeting_is_closed(tablet: Tablet, wifi: Wifi, opened: Facilitator) -> None:
    opened.go_to("close")
    opened.close_meeting()
    until_kept(tablet.page, 0)
    tablet.page.reload()
    tablet.ready()
    assert tablet.page.evaluate(STAGES) == []


def test_the_files_of_an_earlier_version_go(tablet: Tablet) -> None:
    page = tablet.page
    old = "/static/0123456789ab/js/app.js"
    page.evaluate(f"caches.open('cocreate-files').then((files) => files.put('{old}', new Response('')))")
    page.reload()
    tablet.ready()
    files = (
        'caches.open("cocreate-files").then((kept) => kept.keys()).then((keys) => keys.map(({ url }) => url))'
    )
    for _ in range(50):
        names = page.evaluate(files)
        if names and not any(old in name for name in names):
            return
        page.wait_for_timeout(100)
    pytest.fail(str(names))

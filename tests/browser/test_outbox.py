"""The outbox: whatever happens to the wifi, the page, the server or the tablet, 0 lost and 0 doubled."""

import os
import random
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall, open_hall, wait_until_ready
from tests.browser.wifi import Wifi

FLIPS = 1000 if os.environ.get("COCREATE_PROOF") else 12
REFUSED = r"status of (400|403|404)"
# What a browser does not give a page on plain http with a name of its own.
PLAIN_HTTP = """
delete Crypto.prototype.randomUUID;
delete Crypto.prototype.subtle;
delete Navigator.prototype.locks;
delete Navigator.prototype.serviceWorker;
delete globalThis.caches;
Object.defineProperty(globalThis, "isSecureContext", { value: false });
"""
# What waits 20 seconds for an answer, waits 2.
HURRY = """{
  const timeout = AbortSignal.timeout;
  AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, milliseconds / 10);
}"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop with its doors open and the moments on stage."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator).sign_up().open_space()
        facilitator.expect(WIFI_ERRORS, "status of 5")  # the server is killed below
        facilitator.start_workshop()
        facilitator.code = facilitator.open_doors()
        facilitator.go_to("moments")
        yield facilitator


@pytest.fixture
def tablet(hall: Hall, wifi: Wifi, opened: Facilitator) -> Tablet:
    """A tablet behind wifi that fails; on plain http, as in most halls."""
    tablet = hall.welcome(Tablet, url=wifi.url)
    tablet.context.add_init_script(PLAIN_HTTP)
    tablet.come_in(opened.code)
    tablet.expect(WIFI_ERRORS, "status of 5")
    return tablet


def kept(server: Server, like: str) -> list[str]:
    """What the server holds, in the order it came."""
    query = "SELECT what_happened FROM moment WHERE what_happened LIKE ? ORDER BY created_at, id"
    return [str(text) for (text,) in server.rows(query, f"{like}%")]


def waiting(page: Page) -> int:
    """How many contributions wait on the device."""
    return page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open("cocreate");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const counting = opening.result.transaction("outbox").objectStore("outbox").count();
            counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
          };
        })"""
    )


def until_all_are_sent(page: Page) -> None:
    """Wifi is back, and the browser knows."""
    for _ in range(60):
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(250)
        if waiting(page) == 0:
            return
    pytest.fail(f"{waiting(page)} still wait on the tablet")


def stands_on(page: Page, texts: list[str]) -> None:
    """Each is listed once under the stage, as kept."""
    page.reload()
    wait_until_ready(page)
    expect(page.locator(".mine .state")).to_have_count(len(texts))
    expect(page.locator(".mine .state-kept")).to_have_count(len(texts))
    assert sorted(page.locator(".mine q").all_inner_texts()) == sorted(texts)


@pytest.mark.timeout(120 + FLIPS * 4)
def test_nothing_is_lost_or_doubled_while_the_wifi_comes_and_goes(
    tablet: Tablet, wifi: Wifi, server: Server
) -> None:
    chance = random.Random(20260)
    step = tablet.at("moments")
    told = []
    for flip in range(FLIPS):
        text = f"wisselvallig {flip:04}"
        fault = (cut, lose_an_answer, cut_while_sending, fine)[chance.randrange(4)]
        fault(wifi, tablet)
        told.append(text)
        if chance.random() < 0.5:
            tell_with_double_taps(tablet, text)
        else:
            tablet.tell_moment(text, step=step)
        if chance.random() < 0.6:
            wifi.restore()
            tablet.context.set_offline(False)
    wifi.restore()
    tablet.context.set_offline(False)
    until_all_are_sent(tablet.page)
    assert kept(server, "wisselvallig") == told
    assert wifi.lost > 0 or FLIPS < 12
    stands_on(tablet.page, told)


def fine(wifi: Wifi, tablet: Tablet) -> None:
    pass


def cut(wifi: Wifi, tablet: Tablet) -> None:
    tablet.context.set_offline(True)
    wifi.cut()


def lose_an_answer(wifi: Wifi, tablet: Tablet) -> None:
    wifi.lose_answers(2)  # the browser itself tries once more


def cut_while_sending(wifi: Wifi, tablet: Tablet) -> None:
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    wifi.cut()


def tell_with_double_taps(tablet: Tablet, text: str) -> None:
    step = tablet.tell_another()
    for name in ("what_happened", "why_it_mattered", "what_made_it_possible"):
        field = step.locator(f"[name={name}]")
        expect(field).to_be_visible()
        field.fill(text if name == "what_happened" else "")
        step.locator("[data-go]").dblclick()
    expect(step.locator("[name=what_happened]")).to_have_value("")


def test_two_taps_in_the_same_moment_are_one_contribution(tablet: Tablet, server: Server) -> None:
    step = tablet.at("moments")
    step.locator("[name=what_happened]").fill("dubbel getikt")
    for _ in range(2):
        step.locator("[data-go]").click()
    form = step.locator("[data-contribution-form=moment]")
    form.evaluate("(form) => [1, 2, 3].forEach(() => form.requestSubmit())")
    expect(tablet.mine()).to_have_count(1)
    until_all_are_sent(tablet.page)
    assert kept(server, "dubbel getikt") == ["dubbel getikt"]


def test_two_tabs_of_one_tablet_send_the_same_outbox_at_once(
    tablet: Tablet, wifi: Wifi, server: Server
) -> None:
    other = tablet.another(tablet.page.url.removeprefix(tablet.url))
    cut(wifi, tablet)
    told = [f"twee tabs {number}" for number in range(5)]
    for text in told:
        tablet.tell_moment(text)
    assert waiting(other) == 5
    tablet.context.set_offline(False)
    wifi.restore()
    for page in (tablet.page, other):
        page.evaluate("dispatchEvent(new Event('online'))")
    until_all_are_sent(other)
    expect(tablet.mine()).to_have_count(5)
    assert kept(server, "twee tabs") == told
    stands_on(other, told)


def test_a_page_hears_that_another_page_sent_what_waited(tablet: Tablet, wifi: Wifi, server: Server) -> None:
    other = tablet.another(tablet.page.url.removeprefix(tablet.url))
    cut(wifi, tablet)
    told = [f"van een ander blad {number}" for number in range(3)]
    for text in told:
        tablet.tell_moment(text)
    tablet.expect("ERR_FAILED")
    tablet.page.route(
        "**/*", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
    )
    tablet.context.set_offline(False)
    wifi.restore()
    other.evaluate("dispatchEvent(new Event('online'))")
    expect(tablet.mine()).to_have_count(3)
    assert kept(server, "van een ander blad") == told


def test_a_page_that_was_closed_sends_when_it_is_opened_again(
    tablet: Tablet, wifi: Wifi, server: Server
) -> None:
    stage = tablet.page.url
    cut(wifi, tablet)
    told = [f"dichtgedaan {number}" for number in range(3)]
    for text in told:
        tablet.tell_moment(text)
    tablet.page.close()
    assert kept(server, "dichtgedaan") == []
    wifi.restore()
    tablet.context.set_offline(False)
    tablet.page = tablet.context.new_page()
    tablet.page.goto(stage)
    tablet.ready()
    expect(tablet.mine()).to_have_count(3)
    until_all_are_sent(tablet.page)
    assert kept(server, "dichtgedaan") == told
    stands_on(tablet.page, told)


def test_a_server_that_is_killed_while_it_receives(tablet: Tablet, server: Server) -> None:
    told = [f"omgevallen {number}" for number in range(8)]
    for number, text in enumerate(told):
        tablet.tell_moment(text)
        if number in (2, 5):
            server.kill()
        if number in (4, 6):
            server.start()
    until_all_are_sent(tablet.page)
    assert kept(server, "omgevallen") == told
    stands_on(tablet.page, told)


def test_a_request_that_hangs_does_not_hold_the_others(tablet: Tablet, wifi: Wifi, server: Server) -> None:
    tablet.page.evaluate(HURRY)
    tablet.page.wait_for_timeout(6000)  # until the server has let go of the connections that nobody uses
    wifi.fall_silent()
    tablet.tell_moment("in de stilte")
    expect(tablet.mine("sending")).to_have_count(1)
    wifi.restore()
    expect(tablet.mine()).to_have_count(1, timeout=40_000)
    assert kept(server, "in de stilte") == ["in de stilte"]


@pytest.mark.parametrize("status", [200, 403])
def test_a_page_of_the_wifi_itself_is_no_answer(tablet: Tablet, server: Server, status: int) -> None:
    portal = "<!doctype html><title>Welkom op de wifi van het buurthuis</title>"

    def stand_between(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        return route.fulfill(status=status, body=portal, content_type="text/html")

    tablet.expect(REFUSED)
    tablet.page.route("**/*", stand_between)
    with tablet.page.expect_response(lambda answer: answer.request.method == "POST"):
        tablet.tell_moment(f"achter een welkomstpagina {status}")
    expect(tablet.mine("here")).to_have_count(1)
    tablet.page.unroute("**/*")
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    until_all_are_sent(tablet.page)
    assert kept(server, f"achter een welkomstpagina {status}") == [f"achter een welkomstpagina {status}"]


def test_an_old_token_is_replaced_without_anybody_noticing(
    hall: Hall, opened: Facilitator, server: Server
) -> None:
    tablet = hall.welcome(Tablet).come_in(opened.code)
    words = ask_for_words(tablet)
    tablet.expect(REFUSED)
    stage = tablet.page
    # The same person comes in again on this tablet: a new session, so the token of the open page is old.
    tablet.page = tablet.context.new_page()
    tablet.come_back(words)
    tablet.page = stage
    tablet.page.bring_to_front()
    tablet.tell_moment("met een oud bewijs")
    expect(tablet.mine()).to_have_count(1)
    assert kept(server, "met een oud bewijs") == ["met een oud bewijs"]


def test_who_lost_their_cookie_keeps_what_they_told(hall: Hall, opened: Facilitator, server: Server) -> None:
    tablet = hall.welcome(Tablet).come_in(opened.code)
    stage = tablet.page.url
    words = ask_for_words(tablet)
    tablet.expect(REFUSED)
    tablet.context.clear_cookies()
    tablet.tell_moment("zonder koekje")
    expect(tablet.mine("refused")).to_have_count(1)
    assert waiting(tablet.page) == 1
    assert kept(server, "zonder koekje") == []
    tablet.come_back(words)
    tablet.page.goto(stage)
    tablet.ready()
    expect(tablet.mine()).to_have_count(1)
    assert kept(server, "zonder koekje") == ["zonder koekje"]


def test_what_somebody_else_told_goes_along_and_stays_theirs(
    tablet: Tablet, wifi: Wifi, opened: Facilitator, server: Server
) -> None:
    words = ask_for_words(tablet)
    stage = tablet.page.url
    cut(wifi, tablet)
    tablet.tell_moment("van de eerste")
    tablet.page.goto("about:blank")
    wifi.restore()
    tablet.context.set_offline(False)
    tablet.come_in(opened.code, voice=1)
    tablet.tell_moment("van de tweede")
    expect(tablet.mine()).to_have_count(1)
    expect(tablet.page.locator(".mine")).not_to_contain_text("van de eerste")
    until_all_are_sent(tablet.page)
    tablet.come_back(words)
    tablet.page.goto(stage)
    tablet.ready()
    expect(tablet.mine()).to_have_count(1)
    expect(tablet.page.locator(".mine")).to_contain_text("van de eerste")
    expect(tablet.page.locator(".mine")).not_to_contain_text("van de tweede")
    query = "SELECT count(DISTINCT maker_id), count(*) FROM moment WHERE what_happened LIKE 'van de %'"
    assert server.rows(query) == [(2, 2)]


def test_the_page_needs_nothing_that_plain_http_lacks(tablet: Tablet) -> None:
    assert tablet.page.evaluate("[crypto.randomUUID, crypto.subtle, navigator.locks, isSecureContext]") == [
        None,
        None,
        None,
        False,
    ]
    tablet.tell_moment("op gewoon http")
    expect(tablet.mine()).to_have_count(1)
    assert not re.search("memory", tablet.page.locator("[data-outbox-line]").inner_text())


def ask_for_words(tablet: Tablet) -> list[str]:
    """The return code, asked for before the workshop has come to its end."""
    token = tablet.page.locator("meta[name=csrf-token]").get_attribute("content")
    answer = tablet.context.request.post(
        f"{tablet.url}/return-codes", data={}, headers={"X-CSRFToken": token, "Accept": "application/json"}
    )
    return answer.json()["words"]

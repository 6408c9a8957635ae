"""Without wifi from before a part until after it: all is kept, says so, and goes along in order, once."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_outbox import PLAIN_HTTP, cut, until_all_are_sent
from tests.browser.visitors import WIFI_ERRORS, Hall
from tests.browser.wifi import Wifi


@pytest.mark.timeout(240)
def test_a_tablet_that_is_offline_for_whole_parts(hall: Hall, wifi: Wifi, server: Server) -> None:
    facilitator = hall.welcome(Facilitator).sign_up().open_space()
    facilitator.start_workshop()
    code = facilitator.open_doors()
    away = hall.welcome(Tablet, url=wifi.url)
    away.context.add_init_script(PLAIN_HTTP)
    away.expect(WIFI_ERRORS)
    away.come_in(code)
    other = hall.welcome(Tablet).come_in(code, voice=1)
    facilitator.go_to("impacts")
    wanted = ["Iedereen eet mee.", "Niemand wacht lang."]
    for statement in wanted:
        other.propose(statement)
        other.page.locator("[data-show-half=propose]").first.click()
    step = away.at("impacts")
    expect(step.locator("[data-proposal]")).to_have_count(2)

    # Moments: offline from before the part begins, until after the others went on.
    facilitator.go_to("welcome")
    away.at("welcome")
    cut(wifi, away)
    facilitator.go_to("moments")
    expect(away.page.locator("[data-alone]")).to_be_visible()
    assert look_at(away.page) == []
    while away.page.locator(".stage-step[data-kind=moments]").is_hidden():
        away.page.click("[data-go-along='1']")
    told = [f"vliegtuig {number}" for number in range(3)]
    for words in told:
        away.tell_moment(words, "Daarom.")
    expect(away.mine("here")).to_have_count(3)
    expect(away.page.locator("[data-outbox-line]")).not_to_be_empty()
    away.tell_another().locator("[name=what_happened]").fill("half in het vliegtuig")
    facilitator.go_to("impacts")
    away.page.wait_for_timeout(500)
    wifi.restore()
    away.context.set_offline(False)
    until_all_are_sent(away.page)
    query = "SELECT what_happened FROM moment WHERE what_happened LIKE 'vliegtuig%' ORDER BY created_at, id"
    assert [words for (words,) in server.rows(query)] == told

    expect(away.page.locator("[data-alone]")).to_be_hidden()
    # Where people stand: the whole part without wifi, with nobody to tell the tablet that it begins.
    away.at("impacts")
    expect(away.page.locator("[data-moved]")).to_be_visible()
    cut(wifi, away)
    away.page.locator("[data-show-half=stances]").first.click()
    away.take_stances({wanted[0]: ("for", ""), wanted[1]: ("objection", "Wachten is ook goed.")})
    assert server.rows("SELECT count(*) FROM stance") == [(0,)]
    wifi.restore()
    away.context.set_offline(False)
    until_all_are_sent(away.page)
    query = "SELECT position, count(*) FROM stance GROUP BY position ORDER BY position"
    assert server.rows(query) == [("for", 1), ("objection", 1)]
    expect(away.mine()).to_have_count(3)

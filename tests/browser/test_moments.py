"""What helped: named on one tablet, tapped on the next, read in the library, and taken back."""

from playwright.sync_api import expect

from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall
from tests.browser.wifi import Wifi

TIME = "Er was tijd"


def test_what_helped_is_named_and_tapped(hall: Hall, server: Server, wifi: Wifi) -> None:
    facilitator = hall.welcome(Facilitator).sign_up().open_space(word_working_factor="Wat werkt")
    facilitator.start_workshop()
    code = facilitator.open_doors()
    facilitator.go_to("moments")
    anna = hall.welcome(Tablet).come_in(code)
    ben = hall.welcome(Tablet, url=wifi.url).come_in(code, voice=1)
    expect(anna.at("moments").locator("[data-to-naming]")).to_be_hidden()

    anna.tell_moment("Mijn buurman bracht soep.")
    expect(anna.at("moments").locator("[data-said]")).to_have_text("Mijn buurman bracht soep.")
    anna.name_what_helped(TIME)
    expect(anna.chip(TIME)).to_have_attribute("aria-pressed", "true")
    expect(anna.mine()).to_have_count(2)

    ben.tell_moment("Ik belde zelf aan.")
    expect(ben.mine()).to_have_count(1)  # it arrived before the wifi goes
    expect(ben.chip(TIME)).to_have_attribute("aria-pressed", "false")
    assert ben.chip(TIME).bounding_box()["height"] >= 48
    name_it_again_without_wifi(ben, wifi)
    assert server.rows("SELECT name FROM working_factor ORDER BY created_at") == [(TIME,), ("Mijn zus",)]
    tap_once_more(ben, server)

    library = facilitator.library()
    expect(library.locator("#h-helped")).to_have_text("Wat werkt")
    shelf = library.locator("[data-wall=working_factor]")
    expect(shelf.locator("summary").first).to_contain_text("2")
    shelf.locator("summary").first.click()
    anna.tell_moment("We dansten.")
    anna.chip(TIME).click()
    expect(shelf.locator("summary").first).to_contain_text("3")
    anna.tell_moment("We huilden.", visibility="maker")
    anna.chip(TIME).click()
    ben.chip("Mijn zus").click()
    # The reader does not see the moment that is only Anna's; what was open stays open.
    expect(shelf.locator("summary").nth(1)).to_contain_text("1")
    expect(shelf.locator("summary").first).to_contain_text("3")
    shelf.get_by_role("link", name="Ik belde zelf aan.").click()
    expect(library.locator("#moments .card:target")).to_contain_text("Ik belde zelf aan.")

    expect(facilitator.page.locator("[data-wall] [data-topic=working_factor]")).to_have_count(2)
    mine = anna.another("/mine")
    mine.locator(".told", has_text=TIME).locator("summary").click()
    mine.locator(".told", has_text=TIME).locator("form[action$=withdrawal] button").click()
    for page in (ben.page, library, facilitator.page):
        expect(page.get_by_text(TIME)).to_have_count(0)
    assert server.rows("SELECT name FROM working_factor ORDER BY created_at") == [("",), ("Mijn zus",)]


def name_it_again_without_wifi(tablet: Tablet, wifi: Wifi) -> None:
    tablet.expect(WIFI_ERRORS)
    tablet.context.set_offline(True)
    wifi.cut()
    tablet.name_what_helped("er was  TIJD")
    tablet.name_what_helped("Mijn zus")
    expect(tablet.chip("Mijn zus")).to_be_disabled()
    expect(tablet.mine("here")).to_have_count(2)
    wifi.restore()
    tablet.context.set_offline(False)
    expect(tablet.mine()).to_have_count(3, timeout=30_000)
    expect(tablet.chip("Mijn zus")).to_be_enabled()
    for name in (TIME, "Mijn zus"):
        expect(tablet.chip(name)).to_have_attribute("aria-pressed", "true")
    expect(tablet.at("moments").locator(".chip")).to_have_count(2)


def tap_once_more(tablet: Tablet, server: Server) -> None:
    links = "SELECT count(*) FROM moment_factor WHERE alive"
    expect(tablet.chip("Mijn zus")).to_have_attribute("aria-pressed", "true")
    assert server.rows(links) == [(3,)]
    tablet.chip("Mijn zus").click()
    expect(tablet.chip("Mijn zus")).to_have_attribute("aria-pressed", "false")
    tablet.page.reload()
    tablet.ready()
    tablet.at("moments").locator("[data-to-naming] button").click()
    expect(tablet.at("moments").locator("[data-naming] .question")).to_be_focused()
    expect(tablet.chip("Mijn zus")).to_have_attribute("aria-pressed", "false")
    expect(tablet.chip(TIME)).to_have_attribute("aria-pressed", "true")

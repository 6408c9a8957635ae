"""What arrives: large on the screen, under a heading, aside with a reason; seen on every surface."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import Hall

SOUP, GAMES, SONG = "Mijn buurman bracht soep.", "We namen de spellen mee naar binnen.", "We zongen samen."
WHY = "Hier staat een naam in."
HEADING = "Samen eten"


def test_what_arrives_goes_large_under_a_heading_and_aside(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up().open_space()
    facilitator.start_workshop()
    code = facilitator.open_doors()
    facilitator.go_to("moments")
    anna = hall.welcome(Tablet).come_in(code)
    ben = hall.welcome(Tablet).come_in(code, voice=1)
    screen, console = facilitator.screen(), facilitator.page
    anna.tell_moment(SOUP)
    anna.tell_moment(GAMES)
    ben.tell_moment(SONG)
    expect(console.locator("[data-arrival]")).to_have_count(3)
    expect(console.locator('[data-only="moment"] [data-number]')).to_have_text("3")
    expect(console.locator('[data-only="moment"]')).to_have_attribute("aria-pressed", "true")
    only_one_kind_is_looked_at(console)
    one_thing_goes_large(console, screen, anna)
    cards_go_under_a_heading(console, screen)
    assert look_at_top(console) == []
    one_card_goes_aside_and_comes_back(console, screen, ben)
    two_who_lead_see_the_same(facilitator, console)


def look_at_top(page: Page) -> list[str]:
    """As it is opened: further down the bar of the console lies over what scrolls under it."""
    page.evaluate("scrollTo(0, 0)")
    return look_at(page)


def arrival(page: Page, words: str) -> Locator:
    return page.locator("[data-arrival]", has=page.locator("blockquote", has_text=words))


def only_one_kind_is_looked_at(console: Page) -> None:
    expect(console.locator('[data-only="impact"]')).to_be_hidden()  # there is none yet
    console.click('[data-only=""]')
    expect(console.locator('[data-only=""]')).to_have_attribute("aria-pressed", "true")
    expect(arrival(console, SOUP)).to_be_visible()


def one_thing_goes_large(console: Page, screen: Page, maker: Tablet) -> None:
    button = arrival(console, SOUP).locator("[data-key=light]")
    assert button.bounding_box()["height"] >= 48
    button.focus()
    console.keyboard.press("Enter")
    large = screen.locator("[data-lit-place]")
    expect(large.locator("blockquote")).to_have_text(SOUP)
    expect(screen.locator("[data-wall=moment]")).to_be_hidden()
    expect(maker.mine("shown")).to_have_count(1)
    expect(arrival(console, SOUP)).to_have_class(re.compile("is-lit"))
    expect(arrival(console, SOUP).locator("[data-key=light]")).to_be_focused()
    assert look_at(screen) == []
    screen.reload()
    expect(large.locator("blockquote")).to_have_text(SOUP)
    console.keyboard.press("Enter")
    expect(large).to_be_hidden()
    expect(maker.mine("shown")).to_have_count(0)
    expect(screen.locator("[data-wall=moment] .card")).to_have_count(3)


def cards_go_under_a_heading(console: Page, screen: Page) -> None:
    console.click(".new-heading > summary")
    console.fill("[data-key=new-words]", HEADING)
    console.keyboard.press("Enter")
    group = console.locator("[data-group]")
    expect(group.locator("h3")).to_have_text(HEADING)
    group.locator("[data-pick]").click()
    arrival(console, SOUP).locator("blockquote").click()
    expect(group.locator("[data-arrival]")).to_have_count(1)
    expect(screen.locator(".wall-group h2")).to_have_text(f"{HEADING} 1")
    group.locator("[data-pick]").click()
    drag(console, arrival(console, GAMES).locator("[data-drag]"), group.locator("h3"))
    expect(group.locator("[data-arrival]")).to_have_count(2)
    expect(screen.locator(".wall-group:has(h2) .card")).to_have_count(2)
    more = arrival(console, GAMES).locator("details[data-key=more]")  # and with keys, or by tapping
    more.locator("summary").click()
    more.locator("select").select_option("")
    more.locator("[data-key=put]").click()
    expect(group.locator("[data-arrival]")).to_have_count(1)


def drag(console: Page, handle: Locator, goal: Locator) -> None:
    """The page scrolls while the card is held against the bar that lies over it."""
    handle.scroll_into_view_if_needed()
    console.bring_to_front()
    start, bar = handle.bounding_box(), console.locator("[data-panel=bar]").bounding_box()
    console.mouse.move(start["x"] + 10, start["y"] + 10)
    console.mouse.down()
    console.mouse.move(start["x"] - 20, start["y"] - 30, steps=3)
    console.mouse.move(start["x"] - 40, bar["y"] + bar["height"] + 10, steps=3)
    console.wait_for_function("() => scrollY === 0")
    end = goal.bounding_box()
    console.mouse.move(end["x"] + 30, end["y"] + 10, steps=5)
    console.mouse.up()


def one_card_goes_aside_and_comes_back(console: Page, screen: Page, maker: Tablet) -> None:
    more = arrival(console, SONG).locator("details[data-key=more]")
    more.locator("summary").click()
    more.locator("textarea").fill(WHY)
    more.locator("[data-key=aside]").click()
    expect(arrival(console, SONG)).to_have_count(0)
    expect(screen.get_by_text(SONG)).to_have_count(0)
    expect(maker.mine("hidden")).to_have_text(f"Set aside by who leads: {WHY}")
    maker.page.reload()
    maker.ready()
    expect(maker.mine("hidden")).to_contain_text(WHY)
    aside = console.locator(".asides")
    expect(aside.locator("summary")).to_contain_text("(1)")
    aside.locator("summary").click()
    expect(aside).to_contain_text(SONG)
    assert look_at_top(console) == []
    aside.locator("form button").click()
    expect(arrival(console, SONG)).to_be_visible()
    expect(screen.get_by_text(SONG)).to_be_visible()
    expect(maker.mine("hidden")).to_have_count(0)


def two_who_lead_see_the_same(facilitator: Facilitator, console: Page) -> None:
    other = facilitator.another(f"/workshops/{facilitator.workshop_id}/console")
    more = arrival(console, GAMES).locator("details[data-key=more]")
    more.locator("summary").click()
    more.locator("textarea").fill("half getypt")  # what somebody else does leaves it alone
    more.locator("select").select_option(label=HEADING)
    arrival(other, SONG).locator("[data-key=light]").click()
    expect(arrival(console, SONG)).to_have_class(re.compile("is-lit"))
    expect(more.locator("textarea")).to_have_value("half getypt")
    expect(more.locator("select option:checked")).to_have_text(HEADING)
    expect(other.locator("[data-group] h3")).to_have_text(HEADING)
    other.locator("[data-group] .group-head summary").click()
    other.locator("[data-group] [data-key=remove]").click()
    expect(console.locator("[data-group]")).to_have_count(0)
    expect(console.locator("[data-loose] [data-arrival]")).to_have_count(3)

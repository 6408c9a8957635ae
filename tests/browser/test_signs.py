"""From sign to question at a browser: every state of its pages, with and without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.visitors import Hall

REFUSED = r"status of (404|409|422)"
SIGN = "Er staan twee borden in het afdruiprek."


@pytest.mark.timeout(300)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_on_the_pages_of_signs(hall: Hall, locale: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        found[name] = look_at(page)

    lead = hall.welcome(Facilitator, locale=locale)
    lead.expect(REFUSED)
    lead.sign_up(f"{locale}-signs@example.org")
    lead.open_space()
    home = f"/spaces/{lead.space_id}/indicators"
    look(lead.open(home), "signs, nothing wanted yet")
    see_careful_words(lead, look)
    tablet, other = tell_a_sign(hall, lead, locale)
    look(lead.open(home), "signs")
    open_between_meetings(lead)
    own = see_building(lead, look, home)
    see_trying_out(tablet, look, own)
    see_deciding(lead, other, look, own)
    telling = tablet.open(home)
    telling.locator(".answer-here > summary").click()
    look(telling, "signs, telling one")
    assert {name: lines for name, lines in found.items() if lines} == {}


def see_careful_words(lead: Facilitator, look) -> None:
    page = lead.open(f"/spaces/{lead.space_id}/cautions")
    look(page, "careful words")
    page.locator("form.sheet button.primary").click()
    page.wait_for_selector(".error")
    look(lead.ready(), "careful words, refused")
    page.locator("details.sheet summary").click()
    look(page, "careful words, all languages")
    page.locator(".phrase button").last.click()
    page.wait_for_selector(".is-off", state="attached")
    look(lead.ready(), "careful words, one off")


def tell_a_sign(hall: Hall, lead: Facilitator, locale: str) -> tuple[Tablet, Tablet]:
    lead.start_workshop()
    code = lead.open_doors()
    tablet, other = (hall.welcome(Tablet, locale=locale) for _ in range(2))
    for voice, each in enumerate((tablet, other)):
        each.come_in(code, voice)
    lead.go_to("impacts")
    other.propose("Iedereen eet samen.")
    lead.go_to("indicators")
    other.notice("Iedereen eet samen.", SIGN)
    return tablet, other


def open_between_meetings(lead: Facilitator) -> None:
    lead.page.locator("main > details > summary").last.click()
    lead.page.locator("form[action$=openings] button").click()
    lead.page.wait_for_load_state()
    lead.ready()


def see_building(lead: Facilitator, look, home: str) -> str:
    page = lead.open(home)
    page.get_by_role("link", name=SIGN).click()
    page.wait_for_url("**/indicators/*")
    look(lead.ready(), "a sign")
    own = page.url.removeprefix(lead.url)
    for kind in ("triad", "have_and_wish"):
        page.locator(f'.kind-tile[href*="kind={kind}"]').click()
        page.wait_for_url(f"**kind={kind}#builder")
        look(lead.ready(), f"a sign, {kind}")
    page.locator("[name=asked]").fill("Voel je je eenzaam?")
    page.locator('.kind-tile[href*="kind=smileys"]').click()
    page.wait_for_url("**kind=smileys#builder")
    lead.ready()
    expect(page.locator("[name=asked]")).to_have_value("Voel je je eenzaam?")  # it came along
    page.locator("[data-building] button.primary").click()
    page.wait_for_selector(".hints")
    look(lead.ready(), "a question, refused")
    page.locator("[name=overruled_because]").fill("Zo zeggen we het zelf.")
    page.locator("[data-building] button.primary").click()
    page.wait_for_url(f"**{own}")
    look(lead.ready(), "a question")
    return own


def see_trying_out(tablet: Tablet, look, own: str) -> None:
    page = tablet.open(own)
    look(page, "a question, trying it out")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.locator(".on-tablet [name=value]").nth(2).check(force=True)
    page.wait_for_timeout(50)
    assert int(page.locator("[data-seconds]").input_value()) >= 1
    page.locator("[name=clear][value=yes]").check(force=True)
    page.locator("[data-tryout-form] [name=visibility]").select_option("space")
    page.locator("[name=note]").fill("Mooi.")
    page.locator("[data-tryout-form] button.primary").click()
    page.wait_for_load_state()
    look(tablet.ready(), "a question, tried out")
    (body,) = [each for each in sent if "clear=yes" in each]
    assert "value=" not in body  # what was answered goes nowhere


def see_deciding(lead: Facilitator, other: Tablet, look, own: str) -> None:
    page = other.open(own)
    page.locator(".answer-here > summary").first.click()
    look(page, "a sign, standing somewhere")
    page.locator("[name=position][value=objection]").check(force=True)
    page.locator("[name=reason]").fill("Niet iedereen heeft een afdruiprek.")
    page.locator("[action$=indicator-stances] button.primary").click()
    page.wait_for_load_state()
    page = lead.open(own)
    for summary in page.locator("main details > summary").all():
        summary.click()
    look(page, "a sign, everything open")
    page.locator("[name=decision][value=story]").check(force=True)
    page.locator("form[action$=decision] button.primary").click()
    page.wait_for_load_state()
    look(lead.ready(), "a decision refused")

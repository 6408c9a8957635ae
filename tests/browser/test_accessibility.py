"""Every page, in every state, in both languages: nothing for axe to find, and no scrolling sideways."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cocreate import create_app
from cocreate.config import Config
from tests.browser.looking import look_at
from tests.browser.people import STEPS, Facilitator, Tablet
from tests.browser.visitors import WIFI_ERRORS, Hall, Visitor, wait_until_ready
from tests.browser.wifi import Wifi

# Every address that gives a page, with the states of it that are looked at.
PAGES = {
    "spaces.home": {"home", "home with spaces"},
    "accounts.sign_up": {"sign up", "sign up, refused"},
    "accounts.sign_in": {"sign in", "sign in, refused"},
    "accounts.link": {"link", "link, refused"},
    "accounts.come_back": {"return", "return, refused"},
    "spaces.new": {"new space", "new space, refused"},
    "spaces.settings": {"settings"},
    "reports.library": {"library, empty", "library, full", "library, for a participant"},
    "reports.impacts": {"what we want, nothing", "what we want"},
    "reports.impact": {
        "a wish",
        "a wish, answering",
        "a wish, deciding",
        "a wish, setting aside",
        "a decision refused",
    },
    "spaces.composition": {"composition"},
    "preparing.index": {"meetings, none", "meetings"},
    "preparing.new": {"new workshop", "new workshop, refused"},
    # Looked at in test_agendas.
    "agendas.library": set(),
    "agendas.kept": set(),
    "agendas.kept_part": set(),
    "agendas.meeting": set(),
    "agendas.meeting_part": set(),
    "series.series": set(),
    "console.console": {"console, not open", "console, closed", *(f"console, {step}" for step in STEPS)},
    "activities.activities": {"activities"},
    "steering.take": {"taking over"},
    # Parts of the console and the stage: test_arrivals looks at them.
    "arrivals.arriving": set(),
    "arrivals.results": set(),
    "harvest.harvest": {"harvest, for who leads", "harvest"},
    "screen.screen": {"screen, not open", "screen, closed", *(f"screen, {step}" for step in STEPS)},
    # Looked at in test_paper.
    "paper.paper": set(),
    "sheets.sheets": set(),
    "sheets.sheet": set(),
    "door.join": {"join", "join, refused"},
    "door.door": {"door", "door, refused", "door, somebody was here"},
    # Looked at in test_rescue.
    "rescue.rescue": set(),
    "stage.stage": {
        *(f"stage, {step}" for step in STEPS),
        "stage, nothing filled in",
        "stage, last part",
        "stage, kept",
        "stage, what helped",
        "stage, without wifi",
        "stage, moved on",
        "stage, finishing",
        "stage, stance",
        "stage, objection",
        "stage, all seen",
        "stage, second part of an indicator",
        "stage, empty map",
        "stage, a stop touched",
        "stage, an answer",
        "stage, code",
        "stage, the menu of the tablet",
        "stage, next person",
    },
    # Looked at in test_answering.
    "indicators.answering": set(),
    "indicators.answering_now": set(),
    "indicators.earlier": set(),
    "indicators.paper": set(),
    "indicators.sheets": set(),
    # Looked at in test_small_steps.
    "indicators.my_line": set(),
    "indicators.guided": set(),
    "indicators.goals": set(),
    # Looked at in test_thanks.
    "compensation.ledger": set(),
    "compensation.thanks": set(),
    # Looked at in test_signs.
    "indicators.signs": set(),
    "indicators.sign": set(),
    "indicators.cautions": set(),
    # Looked at in test_choosing.
    "indicators.choosings": set(),
    "indicators.choosing": set(),
    "privacy.mine": {"mine, nothing", "mine", "mine, taken back"},
    "trajectories.show": {"trajectory, empty", "trajectory", "trajectory, a stop open"},
    # With more in them these are looked at in test_map_lenses.
    "trajectories.index": {"all roads, none", "all roads"},
    "trajectories.compare": {"two roads, only one"},
    "trajectories.network": {"where roads meet, nowhere"},
    "trajectories.story": {"story, empty", "story"},
    # Looked at in test_questionnaires.
    "indicators.instruments": set(),
    "indicators.instrument": set(),
    "indicators.measurings": set(),
    "indicators.measuring": set(),
    # Looked at in test_figures.
    "indicators.figures": set(),
    "indicators.context": set(),
    "indicators.tables": set(),
    "trajectories.new_from_file": {"new from a file", "new from a file, refused", "new from a file, in"},
}
# The parts of a meeting are looked at in test_every_part.
# What no address of its own gives.
ELSEWHERE = {"error 404", "code without scripts"}
# Answers for programs and browsers, not for people.
NO_PAGES = {
    "static",
    "core.csrf",
    "core.healthz",
    "core.readyz",
    "core.worker",
    "live.changes",
    "indicators.take_instrument",
    # Tables as files: tests/indicators looks into them.
    "indicators.take_codebook",
    "indicators.take_figures",
    "indicators.take_figures_workbook",
    "indicators.take_mine",
    "indicators.take_rows",
    "indicators.take_workbook",
    "compensation.take_table",
    "series.attendance",
    "compensation.take_workbook",
    "privacy.download",
    "trajectories.take_file",
    "trajectories.take_drawing",
    "trajectories.take_page",  # a file: test_takeaway looks at it
    "trajectories.take_picture",
    "trajectories.take_wall",
    "trajectories.findings",
    # Parts of a page that has loaded already, in the panel of a map.
    "trajectories.history",
    "trajectories.references",
    "trajectories.removed",
    "trajectories.subjects",
}
# Two buttons too small and too near, words too pale, a field without a name, and something too wide.
WRONG = """() => {
  const place = document.createElement("div");
  document.querySelector("main").append(place);
  const add = (tag, style, text) => {
    const made = document.createElement(tag);
    Object.assign(made.style, style);
    made.textContent = text;
    place.append(made);
  };
  const small = { all: "revert", inlineSize: "9px", blockSize: "9px", padding: "0", minBlockSize: "0" };
  add("button", small, "a");
  add("button", small, "b");
  add("p", { color: "#ccc", background: "#fff" }, "pale");
  add("input", {}, "");
  add("div", { inlineSize: "2000px" }, "wide");
}"""
REFUSED = r"status of (404|409|422)"


def test_every_page_is_on_the_list(tmp_path: Path) -> None:
    rules = create_app(Config(data=tmp_path, testing=True)).url_map.iter_rules()
    assert {rule.endpoint for rule in rules if "GET" in rule.methods} == set(PAGES) | NO_PAGES


def test_looking_finds_what_is_wrong(hall: Hall) -> None:
    page = hall.welcome(Visitor).open("/sign-in")
    assert look_at(page) == []
    page.evaluate(WRONG)
    found = " ".join(look_at(page))
    for wrong in ("target-size", "color-contrast", "label", "sideways"):
        assert wrong in found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_on_any_page(hall: Hall, wifi: Wifi, locale: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        assert page.locator("html").get_attribute("lang") == locale[:2]
        found[name] = look_at(page)

    facilitator = hall.welcome(Facilitator, locale=locale)
    facilitator.expect(REFUSED)
    see_the_doors(hall.welcome(Visitor, locale=locale), look)
    code = prepare(facilitator, look, f"{locale}@example.org")
    screen = facilitator.screen()
    facilitator.page.bring_to_front()
    tablet = hall.welcome(Tablet, locale=locale, url=wifi.url)
    other = hall.welcome(Tablet, locale=locale)
    see_the_door(tablet, code, look)
    other.come_in(code, 1, "workshop", "Ali")
    for step in STEPS:
        facilitator.go_to(step)
        ACTS[step](tablet, other, look, wifi)
        look(facilitator.page, f"console, {step}")
        screen.bring_to_front()
        expect(screen.locator(f".screen-step[data-kind={step}]")).to_be_visible()
        look(screen, f"screen, {step}")
        facilitator.page.bring_to_front()
        if step == "map":
            see_the_end_of_the_map(facilitator, tablet, look)
    close(facilitator, screen, look)
    see_it_back(facilitator, tablet, look)

    everything = set().union(*PAGES.values(), ELSEWHERE)
    assert set(found) == everything
    assert {name: lines for name, lines in found.items() if lines} == {}


Look = Callable[[Page, str], None]


def see_the_doors(visitor: Visitor, look: Look) -> None:
    visitor.expect(REFUSED)
    for path, name in (
        ("/", "home"),
        ("/sign-up", "sign up"),
        ("/sign-in", "sign in"),
        ("/sign-in/link", "link"),
        ("/return", "return"),
        ("/join", "join"),
    ):
        look(visitor.open(path), name)
        if name == "home":
            continue
        for field in visitor.page.locator("main input:not([type=hidden]), main textarea").all():
            field.fill("niets")
        visitor.page.locator("main form button.primary").click()
        visitor.page.wait_for_load_state()
        look(visitor.ready(), f"{name}, refused")
    look(visitor.open("/nergens"), "error 404")


def prepare(facilitator: Facilitator, look: Look, email: str) -> str:
    facilitator.sign_up(email)
    look(facilitator.ready(), "new space")
    facilitator.page.click("main form .buttons button")
    facilitator.page.wait_for_selector(".error")
    look(facilitator.ready(), "new space, refused")
    facilitator.open_space(own_voices="Mantelzorger\nDe wijkverpleegkundige", purpose="Samen eten.")
    look(facilitator.ready(), "library, empty")
    look(facilitator.open(f"/spaces/{facilitator.space_id}/settings"), "settings")
    look(facilitator.open(f"/spaces/{facilitator.space_id}/composition"), "composition")
    look(facilitator.open(f"/spaces/{facilitator.space_id}/impacts"), "what we want, nothing")
    look(facilitator.open(f"/spaces/{facilitator.space_id}/workshops"), "meetings, none")
    look(facilitator.open(f"/spaces/{facilitator.space_id}/workshops/new"), "new workshop")
    facilitator.page.click("main form .buttons button")
    facilitator.page.wait_for_selector(".error")
    look(facilitator.ready(), "new workshop, refused")
    facilitator.start_workshop("Donderdagavond in het buurthuis")
    look(facilitator.page, "console, not open")
    screen = facilitator.screen()
    look(screen, "screen, not open")
    screen.close()
    facilitator.page.bring_to_front()
    return facilitator.open_doors()


def see_the_door(tablet: Tablet, code: str, look: Look) -> None:
    tablet.expect(REFUSED)
    tablet.open("/join")
    tablet.page.fill("[name=code]", code)
    tablet.page.click("main form button.primary")
    tablet.page.wait_for_url("**/door")
    look(tablet.ready(), "door")
    tablet.page.click(".thumb button")
    tablet.page.wait_for_selector(".error")
    look(tablet.ready(), "door, refused")
    tablet.choose_voice(4, "space")
    stage = tablet.page.url
    tablet.open("/join")
    tablet.page.fill("[name=code]", code)
    tablet.page.click("main form button.primary")
    tablet.page.wait_for_url("**/door")
    look(tablet.ready(), "door, somebody was here")
    tablet.page.goto(stage)
    tablet.ready()
    look(tablet.open("/mine"), "mine, nothing")
    tablet.page.goto(stage)
    tablet.ready()


def at_welcome(tablet: Tablet, _other: Tablet, look: Look, _wifi: Wifi) -> None:
    tablet.at("welcome")
    look(tablet.page, "stage, welcome")


def at_moments(tablet: Tablet, other: Tablet, look: Look, wifi: Wifi) -> None:
    step = tablet.at("moments")
    look(tablet.page, "stage, moments")
    step.locator("[data-go]").click()
    expect(step.locator(".error").first).to_be_visible()
    look(tablet.page, "stage, nothing filled in")
    step.locator("[name=what_happened]").fill("Mijn buurman bracht soep.")
    step.locator("[data-go]").click()
    step.locator("[data-go]").click()
    step.locator("details.visibility summary").click()
    look(tablet.page, "stage, last part")
    step.locator("[data-go]").click()
    expect(tablet.mine()).to_have_count(1)
    look(tablet.page, "stage, kept")
    tablet.page.locator(".tablet summary").click()
    look(tablet.page, "stage, the menu of the tablet")
    tablet.page.click("[data-next-person]")
    look(tablet.page, "stage, next person")
    tablet.page.keyboard.press("Escape")
    other.tell_moment("Er stond ineens iemand voor de deur.", "Ik kende haar niet.", "De bel deed het weer.")
    for name in ("Een deurbel die het doet, en iemand die durft aan te bellen", "Er was tijd"):
        other.name_what_helped(name)
    tablet.chip("Er was tijd").click()
    tablet.name_what_helped("Soep")
    expect(tablet.chip("Soep")).to_be_enabled()
    look(tablet.page, "stage, what helped")
    tablet.expect(WIFI_ERRORS)
    wifi.cut()
    tablet.tell_moment("Dit vertel ik zonder wifi.")
    expect(tablet.mine("here")).to_have_count(1)
    expect(tablet.page.locator("[data-outbox-line]")).to_have_class("outbox-line is-waiting")
    look(tablet.page, "stage, without wifi")
    wifi.restore()
    tablet.page.reload()
    tablet.ready()
    expect(tablet.mine()).to_have_count(3)
    step.locator("[name=what_happened]").fill("Half getypt")


def at_impacts(tablet: Tablet, other: Tablet, look: Look, _wifi: Wifi) -> None:
    step = tablet.at("impacts")
    look(tablet.page, "stage, moved on")
    tablet.page.click("[data-finish]")
    look(tablet.page, "stage, finishing")
    tablet.at("moments").locator("[name=what_happened]").fill("")
    tablet.page.click("[data-catch-up]")
    look(tablet.page, "stage, impacts")
    for number in range(2):
        other.propose(f"Iedereen eet een keer per week met {number + 1} ander.")
        other.at("impacts").locator("[data-half=stances] [data-show-half=propose]").click()
    step.locator("[data-show-half=stances]").click()
    expect(step.locator("[data-half=stances] form")).to_be_visible()
    look(tablet.page, "stage, stance")
    step.locator("[name=position][value=objection]").check()
    step.locator("[name=reason]").fill("Te veel regels.")
    look(tablet.page, "stage, objection")
    for _ in range(2):
        step.locator("[name=position][value=for]").check()
        step.locator("[data-half=stances] [data-go]").click()
        expect(step.locator("[name=position]:checked")).to_have_count(0)
    expect(step.locator("[data-no-proposals]")).to_be_visible()
    look(tablet.page, "stage, all seen")


def at_indicators(tablet: Tablet, _other: Tablet, look: Look, _wifi: Wifi) -> None:
    step = tablet.at("indicators")
    look(tablet.page, "stage, indicators")
    step.locator("[name=impact_id]").first.check()
    step.locator("[data-go]").click()
    look(tablet.page, "stage, second part of an indicator")
    step.locator("[name=question]").fill("Er staan twee borden in het afdruiprek.")
    step.locator("[data-go]").click()


def at_map(tablet: Tablet, other: Tablet, look: Look, _wifi: Wifi) -> None:
    step = tablet.at("map")
    look(tablet.page, "stage, empty map")
    empty = tablet.another(map_of(tablet))
    look(empty, "trajectory, empty")
    empty.close()
    empty = tablet.another(f"{map_of(tablet)}/story")
    look(empty, "story, empty")
    empty.close()
    empty = tablet.another(map_of(tablet).rpartition("/")[0])
    look(empty, "all roads, none")
    empty.close()
    tablet.page.bring_to_front()
    other.grow("Voetbaldag op het plein", state="planned")
    other.grow("Regen", touch="Voetbaldag", question="what_hindered")
    expect(tablet.stops()).to_have_count(2)
    look(tablet.page, "stage, map")
    tablet.stops().first.click()
    look(tablet.page, "stage, a stop touched")
    step.locator("[data-ask=what_next]").click()
    step.locator("[data-part=grow] [name=text]").fill("De oma's leerden ons klaverjassen")
    look(tablet.page, "stage, an answer")
    step.locator("[data-part=grow] .primary").click()
    expect(tablet.stops()).to_have_count(3)


def map_of(tablet: Tablet) -> str:
    trajectory_id = tablet.page.locator("[data-trajectory]").get_attribute("data-trajectory")
    space_id = tablet.page.locator("[data-space]").first.get_attribute("data-space")
    return f"/spaces/{space_id}/trajectories/{trajectory_id}"


def see_the_end_of_the_map(facilitator: Facilitator, tablet: Tablet, look: Look) -> None:
    page = facilitator.another(map_of(tablet))
    page.wait_for_selector("[data-listens]", state="attached")
    look(page, "trajectory")
    page.locator("[data-frame]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel]")).to_be_visible()
    look(page, "trajectory, a stop open")
    page.close()
    roads = map_of(tablet).rpartition("/")[0]
    for path, name in (
        ("", "all roads"),
        ("/compare", "two roads, only one"),
        ("/network", "where roads meet, nowhere"),
    ):
        page = facilitator.another(roads + path)
        look(page, name)
        page.close()
    page = facilitator.another(f"{map_of(tablet)}/story")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    look(page, "story")
    page.close()
    facilitator.page.bring_to_front()


def at_close(tablet: Tablet, _other: Tablet, look: Look, _wifi: Wifi) -> None:
    tablet.at("close")
    look(tablet.page, "stage, close")
    tablet.ask_for_words()
    look(tablet.page, "stage, code")
    without = tablet.another(f"/workshops/{tablet.page.url.split('/')[-2]}/stage")
    without.evaluate("document.querySelector('form[action=\"/return-codes\"]').submit()")
    without.wait_for_url("**/return-codes")
    look(wait_until_ready(without), "code without scripts")
    without.close()
    tablet.page.bring_to_front()


ACTS = {
    "welcome": at_welcome,
    "moments": at_moments,
    "impacts": at_impacts,
    "indicators": at_indicators,
    "map": at_map,
    "close": at_close,
}


def close(facilitator: Facilitator, screen: Page, look: Look) -> None:
    facilitator.close_meeting()
    look(facilitator.page, "console, closed")
    expect(screen.locator(".screen-door .code")).to_have_count(0)
    look(wait_until_ready(screen), "screen, closed")
    facilitator.page.locator("main a[href$='/harvest']").first.click()
    look(facilitator.ready(), "harvest, for who leads")


def see_it_back(facilitator: Facilitator, tablet: Tablet, look: Look) -> None:
    look(facilitator.open("/"), "home with spaces")
    look(facilitator.open(f"/spaces/{facilitator.space_id}/workshops"), "meetings")
    look(facilitator.open(f"/spaces/{facilitator.space_id}/activities"), "activities")
    look(facilitator.open("/handover"), "taking over")
    look(facilitator.open(f"/spaces/{facilitator.space_id}"), "library, full")
    look(tablet.open(f"/spaces/{facilitator.space_id}"), "library, for a participant")
    see_what_we_want(facilitator, tablet, look)
    bring_in_a_map(facilitator, look)
    look(tablet.open("/mine"), "mine")
    tablet.page.locator("main a[href$='/harvest']").first.click()
    look(tablet.ready(), "harvest")
    tablet.open("/mine")
    tablet.take_back("Mijn buurman bracht soep.")
    look(tablet.ready(), "mine, taken back")


def see_what_we_want(facilitator: Facilitator, tablet: Tablet, look: Look) -> None:
    page = facilitator.open(f"/spaces/{facilitator.space_id}/impacts")
    page.locator("main > details summary").last.click()
    page.locator("main > details button").last.click()
    page.wait_for_load_state()
    look(facilitator.ready(), "what we want")
    page.locator(".strip-row a").first.click()
    page.wait_for_load_state()
    look(facilitator.ready(), "a wish")
    wish = page.url.removeprefix(facilitator.url)
    answering = tablet.open(wish)
    for summary in answering.locator(".answer-here > summary").all():
        summary.click()
    look(answering, "a wish, answering")
    page.locator("main > details > summary").last.click()
    look(page, "a wish, deciding")
    for summary in page.locator("details.take-back > summary:visible").all():
        summary.click()
    look(page, "a wish, setting aside")
    page.locator(".deciding [name=stage][value=agreed]").check(force=True)
    page.locator(".deciding form[action$=decision] button.primary").click()
    page.wait_for_load_state()
    look(facilitator.ready(), "a decision refused")


def bring_in_a_map(facilitator: Facilitator, look: Look) -> None:
    page = facilitator.open(f"/spaces/{facilitator.space_id}/trajectories/new")
    look(page, "new from a file")
    page.click("main form .buttons button")
    page.wait_for_selector(".error")
    look(facilitator.ready(), "new from a file, refused")
    drawn = b"<map><node TEXT='Voetbaldag'><icon BUILTIN='idea'/><node TEXT='Regen'/></node></map>"
    page.set_input_files("[name=file]", {"name": "dag.mm", "mimeType": "text/xml", "buffer": drawn})
    page.click("main form .buttons button")
    page.wait_for_selector(".notice-good")
    look(facilitator.ready(), "new from a file, in")

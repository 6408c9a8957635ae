"""A whole workshop, from the first account to the last return code, as the people in it live it."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Facilitator, Tablet, occurrences
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall, wait_until_ready
from tests.browser.wifi import Wifi

OWN_WORD = "Waar wij voor gaan"
WANTED = {
    "Anna": "Iedereen eet een keer per week samen.",
    "Ben": "Nobody waits longer than a day for help.",
    "Carla": "Het plein is van ons allemaal.",
}
SIGNS = {
    "Anna": "Er staan twee borden in het afdruiprek.",
    "Ben": "The phone rings less at night.",
    "Carla": "De bankjes zijn weer bezet.",
}
STOPS = {
    "Carla": "Voetbaldag op het plein",
    "Anna": "Regen, en geen zaal",
    "Ben": "Card games in the community centre",
}
MOMENTS = {
    "Anna": ("Mijn buurman bracht soep.", "Ik was ziek.", "Hij had mij gemist."),
    "Ben": ("They knew my name at the desk.", "I was no number.", "She had time."),
    "Carla": ("Ik durfde zelf te bellen.", "Dat kon ik eerst niet.", "Mijn zus zat naast me."),
}
PRIVATE = "Dit hou ik nog voor mijzelf."


@dataclass
class Workshop:
    """Everybody who is there, and every surface."""

    facilitator: Facilitator
    screen: Page
    tablets: dict[str, Tablet]
    wifi: Wifi
    words: list[str] = field(default_factory=list)

    @property
    def anna(self) -> Tablet:
        return self.tablets["Anna"]

    @property
    def ben(self) -> Tablet:
        return self.tablets["Ben"]

    @property
    def carla(self) -> Tablet:
        return self.tablets["Carla"]


@pytest.mark.timeout(300)
def test_a_workshop_from_beginning_to_end(hall: Hall, server: Server, wifi: Wifi) -> None:
    workshop = gather(hall, wifi)
    tell_moments(workshop)
    say_what_we_want(workshop)
    say_how_we_notice(workshop)
    draw_the_road(workshop)
    go_home(workshop)
    everything_stands_exactly_once_everywhere(workshop, hall)
    the_log_has_no_gaps(server)
    what_is_private_stays_so(workshop, hall, server)
    taking_back_takes_it_away_everywhere(workshop, hall)


def gather(hall: Hall, wifi: Wifi) -> Workshop:
    facilitator = hall.welcome(Facilitator, locale="nl-NL").sign_up()
    facilitator.open_space(own_voices="Mantelzorger", word_impact=OWN_WORD, purpose="Samen eten.")
    expect(facilitator.page.locator("#h-want")).to_have_text(OWN_WORD)
    facilitator.start_workshop()
    screen = facilitator.screen()
    expect(screen.locator("[data-not-open]")).to_be_visible()
    code = facilitator.open_doors()
    expect(screen.locator(".screen-door .code")).to_have_text(code)
    tablets = {
        "Anna": hall.welcome(Tablet, locale="nl-NL").come_in(code, voice=4, name="Anna"),
        "Ben": hall.welcome(Tablet, locale="en-GB").come_in(code, voice=1, shares_with="workshop"),
        "Carla": hall.welcome(Tablet, locale="nl-NL", url=wifi.url).come_in(code, voice=0),
    }
    expect(tablets["Anna"].page.locator(".stage-top .voice")).to_have_text("Mantelzorger")
    languages = [tablet.page.locator("html").get_attribute("lang") for tablet in tablets.values()]
    assert languages == ["nl", "en", "nl"]
    expect(screen.locator("[data-here]")).to_have_text("Binnengekomen: 3")
    expect(facilitator.page.locator(".room li:not(.missing)")).to_have_count(3)
    expect(facilitator.page.locator(".room .voice", has_text="Mantelzorger")).to_be_visible()
    for tablet in tablets.values():
        tablet.at("welcome")
    return Workshop(facilitator, screen, tablets, wifi)


def tell_moments(workshop: Workshop) -> None:
    anna, ben, carla = workshop.anna, workshop.ben, workshop.carla
    workshop.facilitator.go_to("moments")
    expect(workshop.screen.locator(".screen-step[data-kind=moments]")).to_be_visible()
    for name in ("Anna", "Ben"):
        workshop.tablets[name].tell_moment(*MOMENTS[name])
        expect(workshop.tablets[name].mine()).to_have_count(1)
    anna.tell_moment(PRIVATE, visibility="maker")
    expect(anna.mine()).to_have_count(2)
    wall = workshop.screen.locator("[data-wall=moment]")
    expect(wall).to_contain_text(MOMENTS["Ben"][0])

    typed = carla.at("moments").locator("[name=what_happened]")
    typed.press_sequentially("Ik durfde zelf")
    cut(workshop)
    typed.press_sequentially(" te bellen.")

    half = anna.tell_another().locator("[name=what_happened]")
    half.fill("Half getypt, en dan")
    workshop.facilitator.go_to("impacts")
    anna.at("impacts")
    ben.at("impacts")
    step_change_keeps_what_was_half_typed(anna)

    carla.tell_moment(*MOMENTS["Carla"])
    expect(carla.mine("here")).to_have_count(1)
    expect(carla.page.locator("[data-outbox-line]")).to_have_class(re.compile("is-waiting"))
    carla.at("moments")
    assert MOMENTS["Carla"][0] not in workshop.screen.content()
    workshop.wifi.restore()
    carla.context.set_offline(False)
    expect(carla.mine()).to_have_count(1, timeout=30_000)
    carla.at("impacts")
    expect(wall).to_contain_text(MOMENTS["Carla"][0])


def cut(workshop: Workshop) -> None:
    workshop.carla.expect(WIFI_ERRORS)
    workshop.carla.context.set_offline(True)
    workshop.wifi.cut()


def step_change_keeps_what_was_half_typed(tablet: Tablet) -> None:
    for _ in ("before and", "after a reload"):
        tablet.page.click("[data-finish]")
        expect(tablet.at("moments").locator("[name=what_happened]")).to_have_value("Half getypt, en dan")
        tablet.page.click("[data-catch-up]")
        tablet.at("impacts")
        tablet.page.reload()
        tablet.ready()
    tablet.page.click("[data-finish]")
    tablet.tell_moment("Half getypt, en dan toch verteld.", step=tablet.at("moments"))
    tablet.page.click("[data-catch-up]")
    tablet.at("impacts")
    expect(tablet.page.locator("[data-moved]")).to_be_hidden()
    expect(tablet.mine()).to_have_count(3)


def say_what_we_want(workshop: Workshop) -> None:
    for name, tablet in workshop.tablets.items():
        tablet.propose(WANTED[name])
    for tablet in workshop.tablets.values():
        expect(tablet.page.locator("[data-proposal]:not([data-mine-too])")).to_have_count(2)
    stand = {
        "Anna": {"Ben": ("for", ""), "Carla": ("objection", "Wij wonen er ook.")},
        "Ben": {"Anna": ("dont_know", ""), "Carla": ("for", "It is for everybody.")},
        "Carla": {"Anna": ("for", ""), "Ben": ("dont_know", "")},
    }
    for name, chosen in stand.items():
        workshop.tablets[name].take_stances({WANTED[other]: how for other, how in chosen.items()})
    expect(workshop.screen.locator("[data-wall=impact] > [data-subject]")).to_have_count(3)


def say_how_we_notice(workshop: Workshop) -> None:
    workshop.facilitator.go_to("indicators")
    for name, other in (("Anna", "Ben"), ("Ben", "Carla"), ("Carla", "Anna")):
        workshop.tablets[name].notice(WANTED[other], SIGNS[name])
    expect(workshop.screen.locator("[data-wall=indicator] [data-subject]")).to_have_count(3)


def draw_the_road(workshop: Workshop) -> None:
    workshop.facilitator.go_to("map")
    workshop.carla.grow(STOPS["Carla"], state="planned")
    workshop.anna.grow(STOPS["Anna"], touch=STOPS["Carla"], question="what_hindered")
    workshop.ben.grow(STOPS["Ben"], touch=STOPS["Anna"], state="emerged")
    for tablet in workshop.tablets.values():
        expect(tablet.stops()).to_have_count(3)
        expect(tablet.at("map").locator("[data-frame] g.node")).to_have_count(3)
    expect(workshop.screen.locator("[data-growing] g.node")).to_have_count(3)


def go_home(workshop: Workshop) -> None:
    workshop.facilitator.go_to("close")
    workshop.words = workshop.ben.ask_for_words()
    assert len(workshop.words) == 8
    workshop.facilitator.close_meeting()
    expect(workshop.screen.locator(".screen-door .code")).to_have_count(0)
    for tablet in workshop.tablets.values():
        tablet.at("close")


def everything_stands_exactly_once_everywhere(workshop: Workshop, hall: Hall) -> None:
    library = workshop.facilitator.library()
    screen = wait_until_ready(workshop.screen)
    console = workshop.facilitator.page
    for name, moment in MOMENTS.items():
        told = {"moment": moment[0], "impact": WANTED[name], "indicator": SIGNS[name], "node": STOPS[name]}
        mine = workshop.tablets[name].another("/mine")
        for kind, text in told.items():
            assert occurrences(console, ".console [data-wall]", text) == 1, text
            assert occurrences(library, f"[data-subject][data-topic={kind}]", text) == (kind != "node"), text
            assert occurrences(mine, ".told q", text) == 1, text
            if kind == "node":
                assert library.locator("[data-roads] [data-node] title", has_text=text).count() == 1, text
            else:
                assert occurrences(screen, f"[data-wall={kind}]", text) == 1, text
        for part in moment[1:]:
            assert occurrences(library, "[data-topic=moment]", part) == 1, part
    library.close()
    console.bring_to_front()


def the_log_has_no_gaps(server: Server) -> None:
    for space_id, head in server.rows("SELECT space_id, seq FROM log_head"):
        rows = server.rows("SELECT seq FROM change WHERE space_id = ? ORDER BY seq", space_id)
        assert [seq for (seq,) in rows] == list(range(1, head + 1))
    counts = {
        table: server.rows(f"SELECT count(*) FROM {table}")[0][0]
        for table in ("moment", "desired_impact", "stance", "indicator", "node")
    }
    assert counts == {"moment": 5, "desired_impact": 3, "stance": 6, "indicator": 3, "node": 3}


def what_is_private_stays_so(workshop: Workshop, hall: Hall, server: Server) -> None:
    assert server.rows("SELECT visibility FROM moment WHERE what_happened = ?", PRIVATE) == [("maker",)]
    facilitator = workshop.facilitator
    pages = [facilitator.page, workshop.screen, facilitator.library(), workshop.ben.another("/mine")]
    pages.append(workshop.ben.another(f"/spaces/{facilitator.space_id}"))
    assert not any(PRIVATE in page.content() for page in pages)
    mine = workshop.anna.another("/mine")
    assert occurrences(mine, ".told q", PRIVATE) == 1
    for page in (*pages[2:], mine):
        page.close()


def taking_back_takes_it_away_everywhere(workshop: Workshop, hall: Hall) -> None:
    moment, stop = MOMENTS["Ben"][0], STOPS["Ben"]
    library, console, screen = workshop.facilitator.library(), workshop.facilitator.page, workshop.screen
    for page in (console, screen, library):
        page.evaluate("globalThis.isTheSamePage = true")
        assert moment in page.content()
    ben_at_home = hall.welcome(Tablet, locale="en-GB").come_back(workshop.words)
    ben_at_home.take_back(moment)
    ben_at_home.take_back(stop)
    walls = {console: ".console [data-wall]", screen: "[data-wall=moment]", library: "#moments"}
    for page, wall in walls.items():
        expect(page.locator(wall)).not_to_contain_text(moment)
        assert page.evaluate("isTheSamePage")
    titles = library.locator("[data-roads] [data-node] title")
    expect(titles.filter(has_text=stop)).to_have_count(0)
    expect(titles.filter(has_text=STOPS["Anna"])).to_have_count(1)
    library.reload()
    for text in (moment, stop):
        assert text not in wait_until_ready(library).content()
        assert text not in ben_at_home.page.content()

"""Ways to look at a map: they combine, they change nothing, and an address shares them."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Page, expect

from cocreate import create_app
from cocreate.config import Config
from cocreate.core.db import db
from cocreate.trajectories.kinship import FACTOR
from cocreate.trajectories.rules import GrowQuestion
from cocreate.trajectories.service import Answer
from tests.browser.looking import look_at
from tests.browser.server import Server
from tests.browser.visitors import Hall, Visitor
from tests.browser_without_scripts import Browser
from tests.conftest import sign_browser_in
from tests.factories import make_member, make_node, make_space, make_workshop
from tests.trajectories.football import EDGES, NODES
from tests.trajectories.roads import make_factor, make_road, refer, stops_of

DATES = {"idea": "2024", "plan": "2024-02", "rain": "2024-05-12", "kitchen": "2023-11"}
SLIDER, WORDS = "[data-replay] [type=range]", "[data-search] input"
ASIDE, ABSENT = ".node.is-aside", ".node.is-not-yet"
GONE = """(words) => {
  const says = (one) => one.textContent.includes(words);
  [...document.querySelectorAll("g.node")].find(says).remove();
  for (const row of document.querySelectorAll(".outline li")) if (says(row)) row.remove();
}"""
AGAIN = """async (one) => {
  const made = one.cloneNode(true);
  made.classList.remove("is-aside");
  one.replaceWith(made);
  await null;
  return made.classList.contains("is-aside");
}"""
ORDER = """async ({ stops, links }) => {
  const script = document.querySelector("script[src*='/js/app']").src;
  const { inTime, inTelling } = await import(new URL("map/order.js", script));
  const name = ({ id }) => id;
  const made = stops.map(([id, when], place) => ({ id, when, told: place + 1, place }));
  const steps = links.map(([source, target]) => ({ source, target }));
  return { told: inTelling(made).map(name).join(" "), when: inTime(made, steps).map(name).join(" ") };
}"""


@dataclass
class Street:
    """Two roads of one space, and the cookie of somebody who may look at them."""

    path: str
    add: Callable[[str], None]
    drawn: uuid.UUID
    football: uuid.UUID
    walking: uuid.UUID
    cookie: dict[str, str]

    def compare(self, look: str = "") -> str:
        """The page with both; `look` is what stands behind the # of its address."""
        return f"{self.path}/compare?a={self.football}&b={self.walking}{look}"


@pytest.fixture(scope="module")
def street(server: Server) -> Iterator[Street]:
    app = create_app(Config(data=server.data, testing=True))
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        maker, other = make_member(space, workshop), make_member(space, voice="youth")
        dated = [replace(node, when=DATES.get(node.id, "")) for node in NODES]
        football = make_road(maker, "Voetbaldag", dated, EDGES)
        walking = make_road(maker, "Wandelclub", NODES[:2], EDGES[:1])
        factor = make_factor(maker, workshop, "De keuken stond open")
        for road in (football, walking):
            refer(maker, road, 0, FACTOR, factor)
        stops_of(football)[4].maker_id = other.id
        db.session.commit()
        first = make_node(maker, workshop, "Een voetbaldag")
        for text in ("Regen", "Naar binnen"):
            make_node(maker, workshop, answer=Answer(text, GrowQuestion.WHAT_NEXT, first))

    def add(text: str) -> None:
        with app.app_context():
            make_node(maker, workshop, text)

    name, _, value = sign_browser_in(Browser(app), other.person_id).cookie.partition("=")
    cookie = {"name": name, "value": value, "url": server.url}
    path = f"/spaces/{space.id}/trajectories"
    yield Street(path, add, workshop.trajectory_id, football, walking, cookie)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def reader(hall: Hall, street: Street) -> Visitor:
    visitor = hall.welcome(Visitor)
    visitor.context.add_cookies([street.cookie])
    return visitor


@pytest.fixture
def page(reader: Visitor, street: Street) -> Page:
    """Both maps."""
    return reader.open(street.compare())


def take(page: Page, lens: str) -> None:
    """Take this lens in hand."""
    chip = page.locator(f"[data-chip={lens}]")
    if not chip.is_visible():
        page.locator("[data-look]").click()
    if chip.get_attribute("aria-expanded") == "false":
        chip.click()


def shown(page: Page, marked: str = ":not(.is-not-yet):not(.is-aside)") -> list[str]:
    """The first words of the stops in the first picture that are seen clearly."""
    titles = page.locator(".two-maps article").first.locator(f".node{marked} title").all_text_contents()
    return sorted(title.split()[0] for title in titles)


def test_the_plan_and_what_happened_are_two_layers(page: Page) -> None:
    take(page, "layers")
    page.check("#lens-layer-plan")
    assert shown(page) == ["Het", "Toernooi", "Wandelvoetbal"]
    page.check("#lens-layer-happened")
    assert shown(page) == ["Een", "Het", "Koffie", "Spelletjesmiddag", "Toernooi"]
    expect(page.locator("[data-layers-line]")).to_have_text(
        re.compile(r"^4\b.*\b2\b.*\b1\b.*\b1\b.*\. 7\b.*\b2\b.*\.$")
    )
    page.locator("article summary").first.click()
    dropped = page.locator(".outline li.dropped > [data-aside]")
    assert dropped.evaluate("one => getComputedStyle(one, '::after').content").strip('"').strip()
    assert page.locator(".node").count() == 9, "nothing goes away"
    page.check("#lens-layer-both")
    assert page.locator(ASIDE).count() == 0


def test_the_map_grows_again_as_it_was_told(page: Page) -> None:
    take(page, "replay")
    slider, line = page.locator(SLIDER), page.locator("[data-replay-line]")
    slider.focus()
    page.keyboard.press("Home")
    assert page.locator(".node:not(.is-not-yet)").count() == 1
    assert page.locator(".edge:not(.is-not-yet)").count() == 0
    expect(line).to_have_text(re.compile(r"\b1\b.*\b9: Een voetbaldag voor de hele buurt$"))
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert shown(page) == ["Een", "Het", "Toernooi"]
    page.locator("article summary").first.click()
    assert page.locator(".two-maps article").first.locator(".outline .item:visible").count() == 3
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"\b5\b.*\b9\b"))
    slider.press("End")
    assert page.locator(ABSENT).count() == 0


def test_it_plays_by_itself_until_everything_is_there(page: Page) -> None:
    take(page, "replay")
    page.locator(SLIDER).fill("7")
    play = page.locator("[data-replay-play]")
    play.click()
    expect(play.locator("[data-face=pause]")).to_be_visible()
    expect(page.locator("[data-replay-line]")).to_have_text(re.compile(r"\b9\b.*\b9: "))
    expect(play.locator("[data-face=play]")).to_be_visible()
    assert page.locator(ABSENT).count() == 0
    expect(page.locator("[data-show-everything]")).to_be_hidden()


def test_it_grows_by_when_it_happened(page: Page) -> None:
    take(page, "replay")
    page.check("#lens-by-when")
    page.locator(SLIDER).fill("1")
    expect(page.locator("[data-replay-line]")).to_have_text(re.compile("2023: Koffie van de keuken$"))
    assert shown(page) == ["Koffie"]


@pytest.mark.parametrize(
    ("stops", "links", "when"),
    [
        ([("a", ""), ("b", ""), ("c", "")], [], "a b c"),
        ([("a", "2024"), ("b", "2023"), ("c", "2023-05")], [], "b c a"),
        ([("a", "2024"), ("b", ""), ("c", "2022")], [], "c a b"),  # where it was told
        ([("a", "2024"), ("b", ""), ("c", "2022")], ["cb"], "c b a"),  # after what led to it
        ([("b", ""), ("c", ""), ("a", "2022"), ("d", "2021")], ["cb", "ac"], "d a c b"),
        ([("a", ""), ("b", ""), ("c", "2020")], ["ab", "ba", "ca"], "c a b"),  # a loop
        ([("a", "2024"), ("b", "2020")], ["ab"], "b a"),  # what people said counts, also when it is odd
    ],
)
def test_what_has_no_date_comes_after_what_led_to_it(
    page: Page, stops: list[tuple[str, str]], links: list[str], when: str
) -> None:
    order = page.evaluate(ORDER, {"stops": stops, "links": [list(link) for link in links]})
    assert order["when"] == when
    assert order["told"] == " ".join(name for name, _when in stops)


def test_one_thread_is_what_led_there_and_what_came_of_it(page: Page) -> None:
    take(page, "thread")
    button = page.locator("[data-thread]")
    expect(button).to_be_disabled()
    page.locator("article summary").first.click()
    page.locator("[data-stop]", has_text="Het toernooi").click()
    button.click()
    # Everything but what only came later: the plan of a next time.
    assert shown(page, ".is-aside") == ["Wandelvoetbal"]
    assert page.locator(".two-maps article").last.locator(ASIDE).count() == 2
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-thread-line]")).to_contain_text("Het toernooi")
    button.click()
    assert page.locator(ASIDE).count() == 0


def test_only_some_voices_kinds_and_links(page: Page) -> None:
    take(page, "filters")
    kinds = page.locator("[data-filter=kind]")
    offered = [box.input_value() for box in kinds.all() if box.is_visible()]
    assert offered == ["idea", "plan", "activity", "event", "condition"], "only what occurs"
    assert page.locator("label[for=only-kind-plan] [data-count]").inner_text() == "3"
    page.check("#only-voice-voice-youth")
    assert shown(page) == ["Spelletjesmiddag"]
    page.check("#only-kind-plan")
    assert shown(page) == [], "they combine"
    page.uncheck("#only-voice-voice-youth")
    page.check("#only-relation-planned_next")
    assert shown(page) == ["Toernooi"]
    expect(page.locator("[data-lens-line]")).to_have_text(re.compile(r"\b1\b.*\b9\b"))
    page.locator("[data-show-everything]").click()
    assert page.locator(ASIDE).count() == 0
    assert page.locator("[data-filter]:checked").count() == 0


def test_words_are_found_and_walked_along(page: Page) -> None:
    take(page, "search")
    field, line = page.locator(WORDS), page.locator("[data-search-line]")
    field.fill("vóETBAL")
    expect(line).to_have_text(re.compile(r"^1\b.*\b3$"))
    assert shown(page, ".is-found") == ["Een", "Wandelvoetbal"]
    assert page.evaluate("CSS.highlights.get('found').size") == 3
    first = page.locator("[data-search-go]").inner_text()
    assert "voetbal" in first.lower()
    field.press("Enter")
    expect(line).to_have_text(re.compile("^2"))
    field.press("Shift+Enter")
    page.locator("[data-search-step='-1']").click()
    expect(line).to_have_text(re.compile("^3"))
    page.locator("[data-search-step='1']").click()
    for summary in page.locator("article summary").all():
        summary.click()
    page.locator("[data-search-go]").click()
    expect(page.locator("[data-stop]:focus")).to_contain_text(first)
    field.fill("zwembad")
    expect(page.locator(".is-found")).to_have_count(0)
    take(page, "layers")
    page.check("#lens-layer-plan")
    take(page, "search")
    field.fill("voetbal")
    expect(line).to_have_text(re.compile(r"^1\b.*\b1$"))


def test_a_found_stop_comes_into_sight(page: Page) -> None:
    take(page, "search")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(WORDS).fill("wandelvoetbal in het")
    frame, node = page.locator(".map-frame").first, page.locator(".node.is-here")
    box, room = node.bounding_box(), frame.bounding_box()
    assert room["x"] <= box["x"] + box["width"] / 2 <= room["x"] + room["width"]
    page.locator(WORDS).fill("koffie")
    box = page.locator(".node.is-here").bounding_box()
    assert room["x"] <= box["x"] + box["width"] / 2 <= room["x"] + room["width"]


def test_one_lens_in_hand_at_a_time_and_the_others_go_on(page: Page) -> None:
    take(page, "layers")
    page.check("#lens-layer-plan")
    take(page, "thread")
    expect(page.locator("#lens-layers")).to_be_hidden()
    expect(page.locator("[data-chip=layers] [data-chip-on]")).to_be_attached()
    assert page.locator("[data-chip].is-on").count() == 1
    assert len(shown(page)) == 3
    page.locator("[data-chip=thread]").click()
    assert page.locator(".lens:visible").count() == 0


def test_an_address_shares_the_look(page: Page, reader: Visitor) -> None:
    take(page, "layers")
    page.check("#lens-layer-happened")
    take(page, "filters")
    page.check("#only-kind-event")
    page.check("#only-kind-idea")
    take(page, "search")
    page.locator(WORDS).fill("regent & water")
    take(page, "replay")
    page.locator(SLIDER).fill("8")
    expect(page).to_have_url(re.compile("at=8"))
    seen = shown(page)
    other = reader.another(page.url.removeprefix(reader.url))
    expect(other.locator("#lens-layers")).to_be_visible()
    assert other.locator("[data-chip].is-on").count() == 4
    assert shown(other) == seen
    assert other.locator(WORDS).input_value() == "regent & water"
    assert other.locator(SLIDER).input_value() == "8"
    other.locator("[data-show-everything]").click()
    expect(other).to_have_url(page.url.partition("#")[0])
    assert len(shown(other)) == 7


def test_a_look_survives_what_changes_on_the_map(page: Page) -> None:
    take(page, "layers")
    page.check("#lens-layer-plan")
    take(page, "replay")
    page.locator(SLIDER).fill("8")
    page.evaluate(GONE, "Koffie")
    expect(page.locator(SLIDER)).to_have_attribute("max", "8")
    # Drawn again by the server, without what a lens put on it: it wears that before anybody sees it.
    assert page.locator(".node", has_text="regent").evaluate(AGAIN)
    assert shown(page) == ["Het", "Toernooi", "Wandelvoetbal"]


def test_the_same_lenses_on_a_map_that_people_draw(reader: Visitor, street: Street) -> None:
    page = reader.open(f"{street.path}/{street.drawn}")
    take(page, "layers")
    page.check("#lens-layer-plan")
    expect(page.locator(ASIDE)).to_have_count(3)
    street.add("Er kwam nog iets bij")
    expect(page.locator(ASIDE)).to_have_count(4)
    expect(page.locator("[data-lens-line]")).to_have_text(re.compile(r"\b0\b.*\b4\b"))
    page.check("#lens-layer-both")
    take(page, "thread")
    page.locator("[data-stop]", has_text="Regen").click()
    page.locator("[data-thread]").click()
    titles = page.locator(ASIDE).locator("title").all_text_contents()
    assert sorted(title.split(" (")[0] for title in titles) == ["Er kwam nog iets bij", "Naar binnen"]
    take(page, "search")
    page.locator(WORDS).fill("regen")
    expect(page.locator(".node.is-here")).to_be_in_viewport()
    page.locator("[data-show-everything]").click()
    expect(page.locator(ASIDE)).to_have_count(0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_found_in_the_lenses(reader: Visitor, street: Street, language: str) -> None:
    page = reader.open(street.compare())
    page.locator(f".language [value={language}]").click()
    page = reader.open(street.compare())
    assert page.locator("html").get_attribute("lang") == language
    found = {}
    for lens in ("layers", "replay", "thread", "filters", "search"):
        take(page, lens)
        if lens == "layers":
            page.check("#lens-layer-plan")
        if lens == "search":
            page.locator(WORDS).fill("voetbal")
            page.locator("article summary").first.click()
        found[lens] = look_at(page)
    for path in ("", "/network"):
        found[path] = look_at(reader.open(street.path + path))
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_who_wants_that(page: Page, motion: str) -> None:
    take(page, "replay")
    page.emulate_media(reduced_motion=motion)
    page.locator(SLIDER).fill("3")
    appearing = page.locator(".node.is-appearing")
    moves = appearing.evaluate("one => getComputedStyle(one).animationName !== 'none'")
    assert moves is (motion == "no-preference")


def test_the_network_is_drawn_and_its_list_says_the_same(reader: Visitor, street: Street) -> None:
    page = reader.open(f"{street.path}/network")
    expect(page.locator("[data-frame]")).to_have_attribute("data-mounted", "true")
    expect(page.locator("canvas")).to_be_visible()
    page.locator("[data-show-meeting]").click()
    expect(page.locator(".meeting.is-here")).to_contain_text("De keuken stond open")


def test_without_scripts_both_maps_and_the_network_are_there(hall: Hall, street: Street) -> None:
    visitor = hall.welcome(Visitor, java_script_enabled=False)
    visitor.context.add_cookies([street.cookie])
    visitor.page.goto(visitor.url + street.compare())
    assert visitor.page.locator("svg.map").count() == 2
    expect(visitor.page.locator(".lenses")).to_be_hidden()
    visitor.page.goto(visitor.url + f"{street.path}/network")
    expect(visitor.page.locator("svg.roads")).to_be_visible()

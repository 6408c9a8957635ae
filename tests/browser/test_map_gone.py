"""What somebody takes away while others work with it: its words go everywhere, the words of others do not."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.drawing import AT_WORK, Board, Drawer, make_board, road, stops
from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall

ROAD = ("Voetbaldag", "Regen", "Spelmiddag")
SUBJECTS = {
    "moment": "Samen soep gegeten",
    "impact": "Niemand eet alleen",
    "indicator": "We kennen elkaars naam",
    "factor": "De sleutel van de kantine",
}
# Tells that the line was shown, however short.
WATCH_LINE = """() => {
  const line = document.querySelector("[data-panel-loose]");
  new MutationObserver(() => (globalThis.wasLoose = true)).observe(line, { attributes: true });
}"""
MINE = f"() => [...{AT_WORK}.model.nodes.values()].find((stop) => stop.text.startsWith('Mijn'))"


@pytest.fixture
def board(server: Server) -> Board:
    return make_board(server, stops(*ROAD), road(*ROAD))


@pytest.fixture
def two(hall: Hall, board: Board) -> tuple[Drawer, Drawer]:
    """Who may take everything off the map, and somebody else."""
    return board.seat(hall), board.seat(hall, 1)


def refer(drawer: Drawer, words: str) -> None:
    """Say that the stop that is open has to do with this."""
    drawer.panel.locator("[data-act=refer]").click()
    drawer.panel.locator("[data-subject-id]", has_text=words).click()
    drawer.settled()


def take_back(visitor: Drawer | Tablet, words: str) -> None:
    """Withdraw what I told, on another page of the same browser."""
    page = visitor.another("/mine")
    told = page.locator(".told", has_text=words)
    told.locator("summary").click()
    told.locator("form[action$=withdrawal] button").click()
    page.wait_for_url("**/mine?saved=withdrawn")
    page.close()


def show_to(visitor: Drawer, words: str, visibility: str) -> None:
    """Mean what I told for others than before, on another page of the same browser."""
    page = visitor.another("/mine")
    form = page.locator(".told", has_text=words).locator("form[action$=visibility]")
    form.locator("select").select_option(visibility)
    form.locator("button").click()
    page.wait_for_url("**/mine?saved=shown")
    page.close()


def remove(drawer: Drawer, text: str) -> None:
    """Take a stop off the map."""
    drawer.opens(text).panel.locator("[data-act=remove]").click()
    drawer.settled()


def begin(drawer: Drawer, text: str, words: str, question: str = "what_next") -> Locator:
    """Write half an answer; gives the form."""
    drawer.opens(text).panel.locator(f"[data-ask={question}]").click()
    form = drawer.panel.locator("[data-part=grow]")
    form.locator("textarea").press_sequentially(words)
    return form


def waiting(drawer: Drawer, words: str) -> Locator:
    """Where it stands in the list of what could not be kept."""
    return drawer.page.locator("[data-not-kept] li", has_text=words)


def test_what_is_taken_back_is_read_in_no_panel_any_more(hall: Hall, server: Server) -> None:
    board = make_board(server, stops(*ROAD), road(*ROAD), told=SUBJECTS)
    teller, other = board.seat(hall), board.seat(hall, 1)
    teller.opens("Regen")
    for words in SUBJECTS.values():
        refer(teller, words)
    seen = other.opens("Regen").panel.locator("[data-references]")
    other.page.wait_for_function(
        f"(count) => {AT_WORK}.model.nodes.get({AT_WORK}.selected).references.length === count",
        arg=len(SUBJECTS),
    )
    third = board.seat(hall, 1)
    third.opens("Voetbaldag").panel.locator("[data-act=refer]").click()
    offered = third.panel.locator("[data-subjects]")
    for name in ("moment", "indicator", "factor", "impact"):
        words = SUBJECTS[name]
        for place in (seen, teller.panel.locator("[data-references]"), offered):
            expect(place).to_contain_text(words)
        take_back(teller, words)
        for place in (seen, teller.panel.locator("[data-references]"), offered):
            expect(place).not_to_contain_text(words)
        assert words not in other.page.evaluate(f"JSON.stringify([...{AT_WORK}.model.nodes.values()])")


def test_what_is_shown_to_others_than_before_stays_with_who_may_see_it(hall: Hall, server: Server) -> None:
    board = make_board(server, stops(*ROAD), road(*ROAD), told={"moment": SUBJECTS["moment"]})
    teller, other = board.seat(hall), board.seat(hall, 1)
    refer(teller.opens("Regen"), SUBJECTS["moment"])
    seen = other.opens("Regen").panel.locator("[data-references]")
    expect(seen).to_contain_text(SUBJECTS["moment"])
    show_to(teller, SUBJECTS["moment"], "maker")
    expect(seen).to_be_hidden()
    expect(teller.panel.locator("[data-references]")).to_contain_text(SUBJECTS["moment"])


def test_on_a_stage_its_words_go_too(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up("soep@example.org").open_space().start_workshop()
    code = facilitator.open_doors()
    teller, other = (hall.welcome(Tablet).come_in(code) for _ in range(2))
    facilitator.go_to("moments")
    teller.at("moments")
    teller.tell_moment("Samen soep gegeten")
    expect(teller.mine()).to_have_count(1)
    facilitator.go_to("map")
    teller.at("map")
    teller.grow("Het begin")
    expect(teller.mine()).to_have_count(2)
    teller.stops("Het begin").click()
    teller.page.click("[data-act=refer]")
    teller.page.locator("[data-subject-id]", has_text="soep").click()
    other.at("map")
    other.stops("Het begin").click()
    seen = other.page.locator("[data-references]")
    expect(seen).to_contain_text("soep")
    take_back(teller, "Samen soep gegeten")
    expect(seen).to_be_hidden()
    expect(teller.page.locator("[data-references]")).to_be_hidden()


def test_who_writes_about_a_stop_that_goes_writes_on(two: tuple[Drawer, Drawer], server: Server) -> None:
    one, other = two
    form = begin(other, "Regen", "Mijn lange")
    remove(one, "Regen")
    expect(other.stop("Regen")).to_have_count(0)
    expect(other.said).to_have_text("Somebody else just took “Regen” off the map.")
    expect(other.panel.locator("[data-panel-loose]")).to_be_visible()
    assert look_at(other.page) == []
    field = form.locator("textarea")
    expect(field).to_be_focused()
    field.press_sequentially(" verhaal")
    form.locator(".primary").click()
    expect(other.stop("Mijn lange verhaal")).to_have_count(1)
    expect(one.stop("Mijn lange verhaal")).to_have_count(1)
    expect(other.panel.locator("[data-panel-loose]")).to_be_hidden()
    expect(waiting(other, "Mijn lange")).to_have_count(0)
    assert other.settled().steps() == one.steps() == set()
    begun = other.again().page.evaluate("Object.keys(localStorage).filter((key) => key.includes('drafts'))")
    assert begun == []


def test_who_only_reads_it_is_told(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    other.opens("Regen")
    remove(one, "Regen")
    expect(other.panel).to_be_hidden()
    expect(other.said).to_have_text("Somebody else just took “Regen” off the map.")


def test_when_the_stop_comes_back_the_answer_hangs_on_it(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    form = begin(other, "Regen", "Mijn verhaal", "what_helped")
    remove(one, "Regen")
    expect(other.panel.locator("[data-panel-loose]")).to_be_visible()
    one.page.locator("[data-said-undo]").click()
    expect(other.panel.locator("[data-panel-loose]")).to_be_hidden()
    form.locator(".primary").click()
    assert ("Mijn verhaal", "made_possible", "Regen") in other.settled().steps()


def test_half_an_answer_waits_in_the_list_of_what_could_not_be_kept(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    begin(other, "Regen", "Mijn verhaal")
    remove(one, "Regen")
    expect(other.panel.locator("[data-panel-loose]")).to_be_visible()
    sent: list[str] = []
    other.page.on(
        "request", lambda request: sent.append(request.url) if request.url.endswith("/operations") else None
    )
    other.panel.locator("[data-panel-close]").click()
    expect(waiting(other, "Mijn verhaal")).to_contain_text("Somebody took it away")
    other.again()
    expect(waiting(other, "Mijn verhaal")).to_have_count(1)
    assert look_at(other.page) == []
    other.page.evaluate("dispatchEvent(new Event('online'))")
    assert sent == []  # half a sentence is nobody's but its maker's
    waiting(other, "Mijn verhaal").locator("[data-change]").click()
    expect(other.page.locator("[data-rewriting] [data-loose]")).to_be_visible()
    other.page.click("[data-rewriting] .primary")
    expect(one.stop("Mijn verhaal")).to_have_count(1)
    expect(waiting(other, "Mijn verhaal")).to_have_count(0)
    assert other.settled().steps() == set()


@pytest.mark.parametrize("is_open", [True, False], ids=["while it is open", "while it is closed"])
def test_what_was_begun_elsewhere_on_the_map_waits_there_too(
    two: tuple[Drawer, Drawer], is_open: bool
) -> None:
    one, other = two
    begin(other, "Regen", "Mijn verhaal")
    other.opens("Spelmiddag")
    if not is_open:
        other.page.goto("about:blank")
    remove(one, "Regen")
    if is_open:
        expect(other.said).to_have_text("Somebody else just took “Regen” off the map.")
    else:
        other.page.go_back()
        other.ready()
    expect(waiting(other, "Mijn verhaal")).to_have_count(1)
    expect(other.stop("Spelmiddag")).to_have_count(1)


def test_who_says_a_stop_differently_keeps_only_their_own_words(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    one.opens("Regen").change(note="Alles was nat").settled()
    expect(other.opens("Regen").panel.locator("[data-note]")).to_have_text("Alles was nat")
    other.panel.locator("[data-act=change]").click()
    form = other.panel.locator("[data-part=change]")
    form.locator("[name=text]").fill("Mijn hagel")
    form.locator("[name=state][value=planned]").check()
    one.panel.locator("[data-act=remove]").click()
    expect(other.panel.locator("[data-panel-loose]")).to_be_visible()
    assert look_at(other.page) == []
    expect(form.locator("[name=note]")).to_have_value("")
    form.locator(".primary").click()
    expect(one.stop("Mijn hagel")).to_have_attribute("data-state", "planned")
    facts = other.settled().page.evaluate(MINE)
    assert (facts["note"], facts["mine"]) == ("", True)


def test_a_stop_that_becomes_one_with_another_keeps_the_answers(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    form = begin(other, "Regen", "Mijn verhaal")
    one.opens("Spelmiddag").panel.locator("[data-act=merge]").click()
    one.touch("Regen")
    one.panel.locator("[data-part=merge] .primary").click()
    expect(other.stop("Regen")).to_have_count(0)
    expect(other.panel.locator("[data-panel-loose]")).to_be_visible()
    expect(other.said).to_have_text("Somebody else just took “Regen” off the map.")
    form.locator(".primary").click()
    expect(one.stop("Mijn verhaal")).to_have_count(1)


def test_what_the_maker_took_back_is_not_said_once_more(hall: Hall, board: Board) -> None:
    one, other = board.seat(hall), board.seat(hall, 1)
    form = begin(other, "Regen", "Mijn verhaal")
    take_back(one, "Regen")
    expect(other.panel.locator("[data-panel-loose]")).to_be_visible()
    expect(other.said).to_contain_text("Somebody took it away")
    expect(form.locator("textarea")).to_have_value("Mijn verhaal")
    for place in (other.panel, other.said):
        expect(place).not_to_contain_text("Regen")


def test_a_stop_that_is_shown_to_others_than_before_is_not_taken_away(two: tuple[Drawer, Drawer]) -> None:
    one, other = two
    form = begin(other, "Regen", "Mijn verhaal")
    other.page.evaluate(WATCH_LINE)
    show_to(one, "Regen", "public")
    other.page.wait_for_function("globalThis.wasLoose")
    expect(other.panel.locator("[data-panel-loose]")).to_be_hidden()
    expect(other.said).to_be_hidden()
    other.page.wait_for_timeout(1500)
    expect(waiting(other, "Mijn verhaal")).to_have_count(0)
    form.locator(".primary").click()
    assert ("Regen", "led_to", "Mijn verhaal") in other.settled().steps()


def test_on_a_stage_half_an_answer_waits_under_what_i_told(hall: Hall) -> None:
    facilitator = hall.welcome(Facilitator).sign_up("half@example.org").open_space().start_workshop()
    code = facilitator.open_doors()
    one, other = (hall.welcome(Tablet).come_in(code) for _ in range(2))
    for tablet in (one, other):
        tablet.expect(WIFI_ERRORS)
    facilitator.go_to("map")
    one.at("map")
    one.grow("Het begin")
    other.at("map")
    other.stops("Het begin").click()
    other.page.click("[data-ask=what_next]")
    other.page.fill("#grow-text", "Half getypt")
    one.stops("Het begin").click()
    one.page.click("[data-act=remove]")
    expect(other.page.locator("[data-panel-loose]")).to_be_visible()
    other.page.reload()
    other.ready()
    item = other.page.locator(".mine li", has_text="Half getypt")
    expect(item.locator(".state-refused")).to_contain_text("Somebody took it away")
    expect(other.page.locator("[data-begun]")).to_have_count(0)

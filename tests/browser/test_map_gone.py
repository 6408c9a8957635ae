"""What somebody takes away while others work with it: its words go everywhere, the words of others do not."""

from playwright.sync_api import expect

from tests.browser.drawing import AT_WORK, Drawer, make_board, road, stops
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.visitors import Hall

ROAD = ("Voetbaldag", "Regen", "Spelmiddag")
SUBJECTS = {
    "moment": "Samen soep gegeten",
    "impact": "Niemand eet alleen",
    "indicator": "We kennen elkaars naam",
    "factor": "De sleutel van de kantine",
}


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

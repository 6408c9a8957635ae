"""What the server refuses stays with the reason; its maker says it differently, copies it, or drops it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.drawing import AT_WORK, Drawer, make_board, road, stops
from tests.browser.keys import press, tab_to
from tests.browser.looking import look_at
from tests.browser.people import Facilitator, Tablet
from tests.browser.server import Server
from tests.browser.test_outbox import waiting
from tests.browser.visitors import WIFI_ERRORS, Hall, Visitor, open_hall, wait_until_ready

REFUSED = r"status of (404|409|422)"
ROAD = ("Voetbaldag", "Regen", "Spelmiddag")
NO_CLIPBOARD = "delete Navigator.prototype.clipboard;"  # plain http gives a page none
SMALLEST = 48  # pixels


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[Facilitator]:
    """A workshop in which moments are told, and nothing else is open yet."""
    with open_hall(chromium, server.url) as hall:
        facilitator = hall.welcome(Facilitator).sign_up().open_space().start_workshop()
        facilitator.code = facilitator.open_doors()
        facilitator.go_to("moments")
        yield facilitator


@pytest.fixture
def tablet(hall: Hall, opened: Facilitator) -> Tablet:
    tablet = hall.welcome(Tablet).come_in(opened.code)
    tablet.expect(REFUSED)
    return tablet


def kept(server: Server) -> list[str]:
    return [str(text) for (text,) in server.rows("SELECT what_happened FROM moment ORDER BY created_at, id")]


def be_refused(tablet: Tablet, text: str) -> Locator:
    """Tell a moment that is longer than the server takes, as an older page would; its place in the list."""
    step = tablet.at("moments")
    step.locator("[name=what_happened]").evaluate("(field) => field.removeAttribute('maxlength')")
    tablet.tell_moment(text + "x" * 2001)
    expect(listed(tablet, text).locator(".state-refused")).to_have_count(1)
    return listed(tablet, text)


def half_type(tablet: Tablet, text: str) -> Locator:
    """Begin with another moment; gives the field."""
    step = tablet.at("moments")
    if step.locator("[data-tell-more]").is_visible():
        step.locator("[data-tell-more]").click()
    step.locator("[name=what_happened]").fill(text)
    return step.locator("[name=what_happened]")


def listed(tablet: Tablet, text: str) -> Locator:
    return tablet.page.locator(".mine li", has_text=text)


def test_it_says_why_and_offers_buttons_large_enough_for_a_finger(tablet: Tablet) -> None:
    item = be_refused(tablet, "te lang ")
    expect(item.locator(".state-refused")).to_contain_text("longer than we can keep")
    expect(tablet.page.locator("[data-outbox-line]")).to_contain_text("could not be kept")
    for name in ("change", "copy", "drop"):
        box = item.locator(f"[data-{name}]").bounding_box()
        assert min(box["width"], box["height"]) >= SMALLEST
    assert look_at(tablet.page) == []
    tablet.page.reload()
    tablet.ready()
    expect(item.locator(".state-refused")).to_contain_text("longer than we can keep")
    expect(item.locator("[data-change]")).to_have_count(1)


def test_changed_in_the_form_it_is_kept_once(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "veranderd ")
    item.locator("[data-change]").click()
    field = tablet.at("moments").locator("[name=what_happened]")
    expect(field).to_be_focused()
    expect(field).to_have_value("veranderd " + "x" * 2001)
    tablet.tell_moment("veranderd, en korter")
    expect(tablet.mine()).to_have_count(1)
    expect(tablet.page.locator(".mine li")).to_have_count(1)
    expect(tablet.page.locator(".mine [data-choices]")).to_have_count(0)
    assert [text for text in kept(server) if "veranderd" in text] == ["veranderd, en korter"]
    assert waiting(tablet.page) == 0


def test_it_is_not_sent_while_it_is_being_changed(tablet: Tablet) -> None:
    be_refused(tablet, "onder handen ").locator("[data-change]").click()
    sent: list[str] = []

    def is_told(request: Request) -> bool:
        return request.method == "POST" and request.url.endswith("/moments")

    tablet.page.on("request", lambda request: sent.append(request.url) if is_told(request) else None)
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.at("moments").locator("[name=what_happened]").fill("")
    tablet.page.evaluate("document.querySelector('[data-contribution-form=moment]').reset()")
    assert sent == []
    with tablet.page.expect_request(is_told):
        tablet.page.evaluate("dispatchEvent(new Event('online'))")


def test_what_is_half_typed_is_not_overwritten(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "botsing ")
    field = half_type(tablet, "nog niet af")
    item.locator("[data-change]").click()
    dialog = tablet.page.locator("[data-rewriting]")
    expect(dialog.locator("#rewriting-words")).to_have_value("botsing " + "x" * 2001)
    assert look_at(tablet.page) == []
    dialog.locator("#rewriting-words").fill("botsing voorbij")
    dialog.locator("button.primary").click()
    expect(item.locator(".state-kept")).to_have_count(1)
    expect(item.locator("q")).to_have_text("botsing voorbij")
    expect(field).to_have_value("nog niet af")
    assert [text for text in kept(server) if "botsing" in text] == ["botsing voorbij"]


def test_leaving_it_as_it_is_changes_nothing(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "laat maar ")
    half_type(tablet, "iets anders")
    for way in ("[data-rewriting] button:not(.primary)", "Escape"):
        item.locator("[data-change]").click()
        tablet.page.fill("#rewriting-words", "toch anders")
        tablet.page.keyboard.press(way) if way == "Escape" else tablet.page.click(way)
        expect(tablet.page.locator("[data-rewriting]")).to_be_hidden()
    expect(item.locator("q")).to_contain_text("laat maar")
    assert waiting(tablet.page) == 1
    assert [text for text in kept(server) if "laat maar" in text or "toch" in text] == []


def test_dropped_after_asking_once_it_is_gone(tablet: Tablet, server: Server) -> None:
    item = be_refused(tablet, "weg ")
    dialog = tablet.page.locator("[data-dropping]")
    item.locator("[data-drop]").click()
    expect(dialog.locator("q")).to_contain_text("weg ")
    assert look_at(tablet.page) == []
    dialog.locator("button:not(.danger)").click()
    assert waiting(tablet.page) == 1
    item.locator("[data-drop]").click()
    dialog.locator("button.danger").click()
    expect(tablet.page.locator(".mine li")).to_have_count(0)
    assert waiting(tablet.page) == 0
    tablet.page.reload()
    tablet.ready()
    expect(tablet.page.locator(".mine li")).to_have_count(0)
    assert [text for text in kept(server) if text.startswith("weg ")] == []


def test_with_keys_alone(tablet: Tablet, server: Server) -> None:
    be_refused(tablet, "met toetsen ")
    page = tablet.page
    press(page, "[data-drop]")
    expect(page.locator("[data-dropping]")).to_be_visible()  # it looks up first what would be dropped
    page.keyboard.press("Escape")
    expect(page.locator("[data-drop]")).to_be_focused()
    page.locator("h1:visible, .question:visible").first.evaluate("(one) => (one.tabIndex = -1, one.focus())")
    press(page, "[data-change]")
    expect(tablet.at("moments").locator("[name=what_happened]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("met toetsen gered")
    for _ in range(3):
        press(page, "[data-go]")
    expect(tablet.mine()).to_have_count(1)
    assert "met toetsen gered" in kept(server)
    be_refused(tablet, "nog een ")
    press(page, "[data-drop]")
    tab_to(page, "[data-dropping] .danger")
    page.keyboard.press("Enter")
    expect(page.locator(".mine li")).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "mine"


def test_a_refused_stance_is_not_lost_out_of_sight(hall: Hall, opened: Facilitator, server: Server) -> None:
    """On a proposal that was taken back while the tablet had no wifi."""
    one, other = (hall.welcome(Tablet).come_in(opened.code) for _ in range(2))
    other.expect(REFUSED, "net::ERR_")
    opened.go_to("impacts")
    one.propose("Meer bankjes")
    other.at("impacts").locator("[data-show-half=stances]").click()
    expect(other.page.locator("[data-proposal]:not([hidden])")).to_contain_text("Meer bankjes")
    other.context.set_offline(True)
    other.take_stances({"Meer bankjes": ("objection", "Ze staan vol")})
    assert waiting(other.page) == 1
    one.page.goto(f"{one.url}/mine")
    one.ready()
    one.take_back("Meer bankjes")
    other.context.set_offline(False)
    item = listed(other, "Ze staan vol")
    expect(item.locator(".state-refused")).to_have_count(1)
    item.locator("[data-change]").click()
    expect(other.page.locator("#rewriting-words")).to_have_value("Ze staan vol")
    other.page.keyboard.press("Escape")
    item.locator("[data-drop]").click()
    other.page.click("[data-dropping] .danger")
    expect(other.page.locator(".mine li")).to_have_count(0)
    assert waiting(other.page) == 0
    opened.go_to("moments")


# The same with what is drawn on a map, on the stage and in the library.


class Hand:
    """Somebody who draws on a map, and how the map is come by."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        visitor.expect(REFUSED, WIFI_ERRORS)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def again(self) -> None:
        """Load the page once more."""
        self.page.reload()
        self.visitor.ready()

    def stop(self, text: str) -> Locator:
        """A stop in words."""
        return self.page.locator(".outline [data-stop]", has_text=text)

    def draw(self, text: str, touch: str = "") -> None:
        """Tell a stop, however long, as an older page would."""
        if touch:
            self.stop(touch).press("Enter")
            self.page.click("[data-ask=what_next]")
        else:
            self.page.click(".map-tools [data-tool=begin]")
        self.page.locator("#grow-text").evaluate("(field) => field.removeAttribute('maxlength')")
        self.page.fill("#grow-text", text)
        self.page.click("[data-part=grow] .primary")

    def change(self, text: str, words: str) -> None:
        """Say a stop differently."""
        self.stop(text).press("Enter")
        self.page.click("[data-act=change]")
        self.page.fill("#change-text", words)
        self.page.click("[data-part=change] .primary")

    def refused(self, text: str) -> Locator:
        """Where it is listed with the reason."""
        item = self.page.locator(".mine li", has_text=text)
        expect(item.locator(".state-refused")).to_have_count(1)
        return item

    def send_again(self, text: str, words: str) -> None:
        """Say differently what was refused."""
        self.refused(text).locator("[data-change]").click()
        self.page.fill("#rewriting-words", words)
        self.page.click("[data-rewriting] .primary")

    def none_wait(self) -> None:
        """Wait until everything is kept."""
        expect(self.page.locator(".mine .state-refused")).to_have_count(0)
        self.settled()
        assert waiting(self.page) == 0

    def settled(self) -> None:
        """Wait until the server has answered, and the stream has told it."""
        self.page.wait_for_function(f"() => {AT_WORK}.model.pending.length === 0")


@pytest.fixture
def hands(surface: str, hall: Hall, opened: Facilitator, server: Server) -> Iterator[tuple[Hand, Hand]]:
    """Two people with the same map in front of them."""
    if surface == "library":
        board = make_board(server, stops(*ROAD), road(*ROAD), people=3)
        yield Hand(board.seat(hall, 1)), Hand(board.seat(hall, 2))
        return
    opened.go_to("map")
    tablets = [hall.welcome(Tablet).come_in(opened.code) for _ in range(2)]
    for tablet in tablets:
        tablet.at("map")
    yield Hand(tablets[0]), Hand(tablets[1])
    opened.go_to("moments")


on_both = pytest.mark.parametrize("surface", ["stage", "library"])


def drawn(server: Server, like: str) -> list[str]:
    """The stops on the server in which these words stand."""
    query = "SELECT text FROM node WHERE text LIKE ? AND alive ORDER BY created_at, id"
    return [str(text) for (text,) in server.rows(query, f"%{like}%")]


def verb_of(request: Request) -> str:
    """What a request asks of a map, if it does."""
    return request.post_data_json["verb"] if request.url.endswith("/operations") else ""


@on_both
def test_a_stop_that_was_refused_is_sent_once_when_it_is_said_differently(
    surface: str, hands: tuple[Hand, Hand], server: Server
) -> None:
    hand, page = hands[0], hands[0].page
    hand.draw(f"{surface} veel te lang " + "x" * 500)
    assert "longer than we can keep" in hand.refused("te lang").inner_text()
    assert look_at(page) == []
    hand.again()
    assert "longer than we can keep" in hand.refused("te lang").inner_text()
    expect(page.locator("[data-begun]")).to_have_count(0)  # it waits in one place

    sent: list[str] = []
    page.on("request", lambda request: sent.append(verb_of(request)))
    page.evaluate("dispatchEvent(new Event('online'))")
    hand.draw(f"{surface} iets anders")
    hand.settled()
    assert list(filter(None, sent)) == ["grow"]  # and not what was refused before it
    page.click("[data-panel-close]")

    hand.send_again("te lang", f"{surface} kort genoeg")
    expect(hand.stop("kort genoeg")).to_have_count(1)
    hand.none_wait()
    for _ in range(2):
        assert drawn(server, surface) == [f"{surface} iets anders", f"{surface} kort genoeg"]
        hand.again()
        page.evaluate("dispatchEvent(new Event('online'))")
    expect(hand.stop("kort genoeg")).to_have_count(1)
    expect(page.locator(".mine li", has_text="kort genoeg")).to_have_count(int(surface == "stage"))


@on_both
def test_words_about_a_stop_that_is_gone_become_a_stop_of_their_own(
    surface: str, hands: tuple[Hand, Hand], server: Server
) -> None:
    hand, other = hands
    other.draw(f"{surface} van een ander")
    expect(hand.stop("van een ander")).to_have_count(1)
    hand.visitor.context.set_offline(True)
    hand.change("van een ander", f"{surface} met mijn woorden")
    other.stop("van een ander").press("Enter")
    other.page.click("[data-act=remove]")
    other.settled()
    hand.visitor.context.set_offline(False)
    item = hand.refused("met mijn woorden")
    assert "Somebody took it away" in item.inner_text()
    item.locator("[data-change]").click()
    expect(hand.page.locator("[data-rewriting] [data-loose]")).to_be_visible()
    assert look_at(hand.page) == []
    hand.page.click("[data-rewriting] .primary")
    expect(hand.stop("met mijn woorden")).to_have_count(1)
    expect(other.stop("van een ander")).to_have_count(0)
    hand.none_wait()
    assert drawn(server, f"{surface} met mijn") == [f"{surface} met mijn woorden"]


@on_both
def test_when_the_stop_is_back_the_words_are_said_of_it(
    surface: str, hands: tuple[Hand, Hand], server: Server
) -> None:
    hand, other = hands
    other.draw(f"{surface} weg en terug")
    expect(hand.stop("weg en terug")).to_have_count(1)
    hand.visitor.context.set_offline(True)
    hand.change("weg en terug", f"{surface} is gebleven")
    other.stop("weg en terug").press("Enter")
    other.page.click("[data-act=remove]")
    other.settled()
    hand.visitor.context.set_offline(False)
    hand.refused("is gebleven")
    other.page.click("[data-said-undo]")
    expect(hand.stop("weg en terug")).to_have_count(1)
    hand.send_again("is gebleven", f"{surface} is toch gebleven")
    expect(other.stop("is toch gebleven")).to_have_count(1)
    assert drawn(server, f"{surface} weg") == []
    assert drawn(server, f"{surface} is") == [f"{surface} is toch gebleven"]


@on_both
def test_what_is_said_differently_on_two_pages_goes_out_once(
    surface: str, hands: tuple[Hand, Hand], server: Server
) -> None:
    hand, page = hands[0], hands[0].page
    hand.draw(f"{surface} dubbel " + "x" * 500)
    hand.refused("dubbel")
    second = hand.visitor.context.new_page()
    second.goto(page.url)
    wait_until_ready(second)
    second.locator(".mine li", has_text="dubbel").locator("[data-change]").click()
    second.fill("#rewriting-words", f"{surface} dubbel op de tweede")
    page.bring_to_front()
    hand.send_again("dubbel", f"{surface} dubbel op de eerste")
    expect(hand.stop("dubbel op de eerste")).to_have_count(1)
    hand.none_wait()
    second.bring_to_front()
    second.click("[data-rewriting] .primary")
    expect(second.locator(".mine .state-refused")).to_have_count(0)
    assert waiting(second) == 0
    assert drawn(server, f"{surface} dubbel") == [f"{surface} dubbel op de eerste"]


@on_both
@pytest.mark.parametrize("clipboard", ["", NO_CLIPBOARD])
def test_it_can_be_taken_along_and_dropped(
    surface: str, clipboard: str, hands: tuple[Hand, Hand], server: Server
) -> None:
    hand, page = hands[0], hands[0].page
    page.evaluate(clipboard)
    hand.draw(f"{surface} neem mee " + "x" * 500)
    item = hand.refused("neem mee")
    item.locator("[data-copy]").click()
    expect(item.locator("[data-copied]")).to_have_text("Copied.")
    item.locator("[data-change]").click()
    page.fill("#rewriting-words", "")
    page.keyboard.press("Control+V")
    taken = (f"{surface} neem mee " + "x" * 500)[:500]
    expect(page.locator("#rewriting-words")).to_have_value(taken)
    page.keyboard.press("Escape")
    item.locator("[data-drop]").click()
    page.click("[data-dropping] .danger")
    expect(page.locator(".mine .state-refused")).to_have_count(0)
    assert waiting(page) == 0
    hand.again()
    expect(page.locator(".mine .state-refused")).to_have_count(0)
    assert drawn(server, "neem mee") == []


def test_what_hung_on_a_refused_stop_still_hangs_on_it(hall: Hall, server: Server) -> None:
    """The map was closed while somebody drew without wifi, and opened again later."""
    board = make_board(server, stops(*ROAD), road(*ROAD))
    leader, drawer = board.seat(hall), board.seat(hall, 1)
    hand = Hand(drawer)
    hand.visitor.context.set_offline(True)
    hand.draw("dicht een")
    hand.draw("dicht twee", touch="dicht een")
    expect(drawer.stop("dicht twee")).to_have_count(1)
    open_or_close(leader)
    hand.visitor.context.set_offline(False)
    for text in ("dicht een", "dicht twee"):
        assert "closed now" in hand.refused(text).inner_text()
    open_or_close(leader)
    hand.send_again("dicht een", "open een")
    expect(hand.page.locator(".mine li")).to_have_count(1)
    hand.send_again("dicht twee", "open twee")
    hand.none_wait()
    assert drawer.settled().steps() >= {("open een", "led_to", "open twee")}
    assert (drawn(server, "dicht"), drawn(server, "open ")) == ([], ["open een", "open twee"])


def open_or_close(leader: Drawer) -> None:
    """Who leads lets everybody draw between meetings, or not any more."""
    leader.page.locator(".map-keys summary").click()
    leader.page.click("form[action$=opening] button")
    leader.ready()

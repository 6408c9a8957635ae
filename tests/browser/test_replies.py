"""Parts of a meeting in which people reply, as two people with tablets and who leads live them."""

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from cocreate.core.changes import changing
from cocreate.core.db import session, utcnow
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import StepKind, StepSketch
from cocreate.workshops.service import start_workshop
from tests.browser.filled import installed
from tests.browser.people import Facilitator, Tablet, occurrences
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall
from tests.browser.wifi import Wifi

KINDS = (
    StepKind.WELCOME,
    StepKind.CHECK_IN,
    StepKind.PAIR_TALK,
    StepKind.OPEN_QUESTION,
    StepKind.COMMITMENTS,
    StepKind.READ_BACK,
    StepKind.BREAK,
    StepKind.CHECK_OUT,
    StepKind.CLOSE,
)
PROMPT = "Wat zou je morgen anders willen?"
SEEN, OFFLINE, SECRET = "Dat er een bankje staat.", "Somebody who says hello.", "Dit hou ik voor mij."
WILL, WILL_TOO = "Ik bel aan bij mijn bovenbuurman.", "I bring the soup on Friday."
SENTENCE, HARD = "Een bankje is genoeg om te beginnen.", "De sociale cohesie behoeft versterking."
OTHERWISE = "A bench, and somebody who sits on it."


@dataclass
class Meeting:
    """Everybody who is there, and every surface."""

    facilitator: Facilitator
    screen: Page
    anna: Tablet
    ben: Tablet
    wifi: Wifi
    server: Server

    @property
    def console(self) -> Page:
        return self.facilitator.page

    @property
    def tablets(self) -> tuple[Tablet, Tablet]:
        return self.anna, self.ben

    def go_to(self, kind: StepKind) -> Self:
        """Move on, and see that it is on the screen."""
        self.facilitator.go_to(kind)
        expect(self.screen.locator(f".screen-step[data-kind={kind}]")).to_be_visible()
        return self

    def press(self, what: str) -> None:
        """A button of the bar on the console."""
        self.console.locator(f'[data-panel=bar] form[action$="/{what}"] button').click()

    def workshop(self) -> Workshop:
        return session().get_one(Workshop, uuid.UUID(self.facilitator.workshop_id))


@pytest.mark.timeout(300)
def test_a_meeting_in_which_people_reply(hall: Hall, server: Server, wifi: Wifi) -> None:
    with installed(server.data):
        meeting = gather(hall, server, wifi)
        say_how_we_are(meeting)
        talk_in_pairs(meeting)
        answer_a_question(meeting)
        promise_something(meeting)
        read_back_what_was_heard(meeting)
        take_a_break(meeting)
        say_how_we_leave(meeting)
        everything_stands_exactly_once(meeting)


def gather(hall: Hall, server: Server, wifi: Wifi) -> Meeting:
    facilitator = hall.welcome(Facilitator, locale="nl-NL").sign_up().open_space()
    agenda = [
        StepSketch(
            kind,
            ACTIVITIES[kind].phase,
            20,
            prompt=PROMPT if kind is StepKind.OPEN_QUESTION else "",
            most_each=2 if kind is StepKind.OPEN_QUESTION else None,
        )
        for kind in KINDS
    ]
    space_id = uuid.UUID(facilitator.space_id)
    facilitator.workshop_id = str(start_workshop(space_id, "Donderdagavond", agenda=agenda))
    facilitator.open(f"/workshops/{facilitator.workshop_id}/console")
    code = facilitator.open_doors()
    anna = hall.welcome(Tablet, locale="nl-NL").come_in(code, name="Anna")
    ben = hall.welcome(Tablet, locale="en-GB", url=wifi.url).come_in(code, voice=1, shares_with="workshop")
    return Meeting(facilitator, facilitator.screen(), anna, ben, wifi, server)


def say_how_we_are(meeting: Meeting) -> None:
    meeting.go_to(StepKind.CHECK_IN)
    step = meeting.anna.at("check_in")
    expect(step.locator("[name=mood]")).to_have_count(5)
    expect(step.locator("[name=mood]:checked")).to_have_count(0)
    for mood in ("rain", "fog"):  # again is another answer, not one more
        tap(step, "mood", mood)
        expect(step.locator("[name=mood]:checked")).to_have_value(mood)
        in_the_end(meeting, "SELECT mood FROM mood_mark", [(mood,)])
    meeting.anna.page.reload()
    meeting.anna.ready()
    expect(step.locator("[name=mood]:checked")).to_have_value("fog")
    expect(meeting.anna.mine()).to_have_count(0)
    show = meeting.console.locator('form[action$="/results"] button')
    show.click()
    result = meeting.screen.locator(".screen-step:visible [data-result]")
    expect(result).to_contain_text("niet genoeg", ignore_case=True)
    expect(result.locator(".weather, b")).to_have_count(0)


def talk_in_pairs(meeting: Meeting) -> None:
    meeting.go_to(StepKind.PAIR_TALK)
    for tablet in meeting.tablets:
        step = tablet.at("pair_talk")
        expect(step.locator(".carry li")).to_have_count(5)
        expect(step.locator("form")).to_have_count(0)
        expect(step.locator(".timer")).to_have_text(re.compile(r"^(20:00|19:\d\d)$"))
        expect(step.locator("[data-halfway]")).to_be_hidden()
    expect(meeting.screen.locator(".screen-step:visible .carry li")).to_have_count(5)
    with changing(uuid.UUID(meeting.facilitator.space_id)) as log:
        workshop = log.session.get_one(Workshop, uuid.UUID(meeting.facilitator.workshop_id))
        workshop.step_started_at = utcnow() - timedelta(minutes=15)
    meeting.press("minutes")
    for tablet in meeting.tablets:
        step = tablet.at("pair_talk")
        expect(step.locator(".timer")).to_have_text(re.compile(r"^(7:00|6:\d\d)$"))
        expect(step.locator("[data-halfway]")).to_be_visible()


def answer_a_question(meeting: Meeting) -> None:
    anna, ben = meeting.tablets
    meeting.go_to(StepKind.OPEN_QUESTION)
    for tablet in meeting.tablets:
        expect(tablet.at("open_question").locator("h1")).to_have_text(PROMPT)
    say(anna.at("open_question"), SEEN)
    form = anna.at("open_question").locator("form")
    anna.show_to(form, "maker")
    say(anna.at("open_question"), SECRET)
    expect(anna.mine()).to_have_count(2)
    wall = meeting.screen.locator("[data-wall=reply]")
    expect(wall.locator(".card")).to_have_count(1)
    expect(wall).to_contain_text(SEEN)
    expect(meeting.console.locator("[data-arrival] blockquote")).to_have_text([SEEN])

    ben.at("open_question").locator("[name=text]").press_sequentially("Somebody ")
    ben.expect(WIFI_ERRORS)
    ben.context.set_offline(True)
    meeting.wifi.cut()
    say(ben.at("open_question"), OFFLINE)
    expect(ben.mine("here")).to_have_count(1)
    meeting.go_to(StepKind.COMMITMENTS)
    assert OFFLINE not in meeting.screen.content()
    meeting.wifi.restore()
    ben.context.set_offline(False)
    expect(ben.mine()).to_have_count(1, timeout=30_000)
    expect(wall).to_contain_text(OFFLINE)


def promise_something(meeting: Meeting) -> None:
    anna, ben = meeting.tablets
    step = anna.at("commitments")
    step.locator("[name=by_on]").fill("2027-03-05")
    say(step, WILL)
    say(ben.at("commitments"), WILL_TOO)
    wall = meeting.screen.locator("[data-wall=commitment]")
    expect(wall.locator(".card")).to_have_count(2)
    expect(wall.locator(".card", has_text=WILL)).to_contain_text(re.compile("maart"))
    expect(anna.mine()).to_have_count(3)
    expect(meeting.console.locator("[data-arrival] blockquote", has_text=WILL_TOO)).to_be_visible()


def read_back_what_was_heard(meeting: Meeting) -> None:
    anna, ben = meeting.tablets
    console, large = meeting.console, meeting.screen.locator(".screen-step:visible .said-back")
    meeting.go_to(StepKind.READ_BACK)
    for tablet in meeting.tablets:
        expect(tablet.at("read_back").locator("[data-summary]")).to_have_count(0)
    read_this_back(console, SENTENCE)
    expect(large).to_have_text([SENTENCE])
    check(anna, SENTENCE, "right")
    expect(anna.at("read_back").locator("[data-all-read]")).to_be_visible()
    console.fill("#summary-text", HARD)  # stays while answers arrive
    check(ben, SENTENCE, "not_quite", OTHERWISE)
    expect(console.locator(".read-backs")).to_contain_text(OTHERWISE)
    expect(console.locator("#summary-text")).to_have_value(HARD)
    read_this_back(console, HARD)
    expect(large.last).to_have_text(HARD)
    check(ben, HARD, "not_clear")
    told = console.locator(".read-backs article", has_text=HARD)
    expect(told.locator(".notice-wait")).to_be_visible()
    assert not re.search(r"\d", told.inner_text())  # nobody can count who it is
    console.locator(".read-backs article", has_text=HARD).locator("form button").click()
    expect(large).to_have_text([SENTENCE])
    expect(anna.at("read_back").get_by_text(HARD)).to_have_count(0)


def take_a_break(meeting: Meeting) -> None:
    meeting.go_to(StepKind.BREAK)
    for extra in (0, 2):
        if extra:
            meeting.press("minutes")
        back = meeting.screen.locator(".screen-step:visible .back-at time")
        expect(back).to_have_text(back_at(meeting, extra))
        for tablet in meeting.tablets:
            expect(tablet.at("break").locator(".back-at time")).to_have_text(back_at(meeting, extra))
    meeting.press("pause")
    for place in (*(tablet.at("break") for tablet in meeting.tablets), meeting.screen):
        expect(place.locator("[data-unknown]:visible")).to_have_count(1)
        expect(place.locator(".back-at time:visible")).to_have_count(0)
    meeting.press("pause/end")
    expect(meeting.anna.at("break").locator(".back-at time")).to_be_visible()


def say_how_we_leave(meeting: Meeting) -> None:
    meeting.go_to(StepKind.CHECK_OUT)
    for tablet in meeting.tablets:
        tap(tablet.at("check_out"), "mood", "sun")
    in_the_end(meeting, "SELECT mood FROM mood_mark ORDER BY mood", [("fog",), ("sun",), ("sun",)])
    meeting.go_to(StepKind.CLOSE)
    meeting.facilitator.close_meeting()


def everything_stands_exactly_once(meeting: Meeting) -> None:
    anna, ben = meeting.tablets
    hers, his = anna.another("/mine"), ben.another("/mine")
    for page, texts in ((hers, (SEEN, SECRET, WILL)), (his, (OFFLINE, WILL_TOO, OTHERWISE))):
        for text in texts:
            assert occurrences(page, ".told q", text) == 1, text
    queries = {
        "SELECT count(*) FROM reply": 3,
        "SELECT count(*) FROM commitment": 2,
        "SELECT count(*) FROM summary_check": 3,
        "SELECT count(*) FROM mood_mark": 3,
    }
    assert {query: meeting.server.rows(query)[0][0] for query in queries} == queries
    for page in (meeting.screen, meeting.console, meeting.facilitator.library()):
        assert SECRET not in page.content()
        assert "Anna" not in page.content()


def tap(step: Locator, name: str, value: str) -> None:
    """Choose a tile and keep it."""
    step.locator(f"[name={name}][value={value}]").check(force=True)
    step.locator("[data-go]").click()


def say(step: Locator, text: str) -> None:
    """Write an answer and keep it."""
    step.locator("[name=text]").fill(text)
    step.locator("[data-go]").click()
    expect(step.locator("[name=text]")).to_have_value("")


def read_this_back(console: Page, sentence: str) -> None:
    console.fill("#summary-text", sentence)
    console.click("[data-press=summary]")
    expect(console.locator(".read-backs .said-back", has_text=sentence)).to_be_visible()
    expect(console.locator("#summary-text")).to_have_value("")


def check(tablet: Tablet, sentence: str, answer: str, words: str = "") -> None:
    """Read one sentence, and say whether it is right."""
    shown = tablet.at("read_back").locator("[data-summary]:visible")
    expect(shown.locator(".said-back")).to_have_text(sentence)
    shown.locator(f"[name=answer][value={answer}]").check(force=True)
    if words:
        shown.locator("[name=text]").fill(words)
    one = shown.element_handle()
    shown.locator("[data-go]").click()
    one.wait_for_element_state("hidden")


def back_at(meeting: Meeting, extra: int) -> str:
    """When the break is over, by the clock of the server and the place of the space."""
    session.remove()
    workshop = meeting.workshop()
    ends = workshop.step_started_at + timedelta(minutes=20 + extra)
    return ends.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%H:%M")


def in_the_end(meeting: Meeting, query: str, rows: list[tuple[object, ...]]) -> None:
    """What goes through the outbox arrives a moment later."""
    for _again in range(60):
        if meeting.server.rows(query) == rows:
            return
        meeting.console.wait_for_timeout(100)
    assert meeting.server.rows(query) == rows

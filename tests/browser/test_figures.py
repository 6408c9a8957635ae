"""What a group sees of its answers, in a real browser; an open page says when there is more to see."""

import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from cocreate import create_app
from cocreate.config import Config
from cocreate.core.audience import Visibility
from cocreate.core.db import db, session
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import InstrumentItem
from cocreate.spaces.models import Membership
from tests.browser.looking import look_at
from tests.browser.people import Facilitator
from tests.browser.server import Server
from tests.browser.visitors import Hall
from tests.factories import MadeSpace, Member, make_answer, make_instrument, make_measuring, make_member

SHAPES = (
    AnswerShape(AnswerKind.SCALE_0_10, ("helemaal niet", "helemaal")),
    AnswerShape(AnswerKind.OPEN),
    AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen"),
    AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
    AnswerShape(AnswerKind.FIVE_POINTS, ("nooit", "zelden", "soms", "vaak", "altijd")),
    AnswerShape(AnswerKind.COUNT, unit="keer"),
    AnswerShape(AnswerKind.DYAD, ("rust", "reuring")),
    AnswerShape(AnswerKind.TRIAD, ("tijd", "geld", "mensen die meedoen")),
)


def told(number: int) -> list[object]:
    """What the so-many-th person answers to each of these."""
    return [
        number % 8,
        "Ik kom hier nu vaker.",
        [number % 6, number % 6 + 3],
        ("yes", "no", "more_or_less")[number % 3],
        1 + number % 5,
        number * 3 % 17,
        number % 11 * 10,
        [[20, 20, 60], [60, 40, 0], [0, 20, 80], [100, 0, 0]][number % 4],
    ]


def measure(data: Path, space_id: str) -> str:
    """A baseline that is open, with people of two voices who answered it: the id of what is measured."""
    app = create_app(Config(data=data))
    with app.app_context():
        steward = (
            session().scalars(select(Membership).where(Membership.space_id == uuid.UUID(space_id))).one()
        )
        space = MadeSpace(steward.space_id, Member(steward.person_id, steward.space_id, steward.id))
        instrument_id = make_instrument(space, *SHAPES)
        measuring_id, round_id = make_measuring(space, instrument_id)
        query = select(InstrumentItem).where(InstrumentItem.instrument_id == instrument_id)
        items = list(session().scalars(query.order_by(InstrumentItem.position)))
        for number in range(14):
            member = make_member(space, voice="youth" if number % 2 else "resident")
            for item, value in zip(items, told(number), strict=True):
                shown = {"visibility": Visibility.SPACE} if isinstance(value, str) and number == 3 else {}
                make_answer(member, round_id, item.id, value, **shown)
        db.session.remove()
        db.engine.dispose()
    return str(measuring_id)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("locale", ["nl-NL", "en-GB"])
def test_nothing_is_found_on_the_pages_of_figures(hall: Hall, server: Server, locale: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page, name: str) -> None:
        assert page.locator("html").get_attribute("lang") == locale[:2]
        found[name] = look_at(page)

    lead = hall.welcome(Facilitator, locale=locale)
    lead.expect(r"status of 422")
    lead.sign_up(f"{locale}-figures@example.org")
    lead.open_space()
    space = f"/spaces/{lead.space_id}"
    measuring_id = measure(server.data, lead.space_id)
    page = lead.open(f"{space}/measurings/{measuring_id}/figures")
    expect(page.locator("figure")).to_have_count(0)
    look(page, "figures, too few")
    notice = page.locator("[data-newer]")
    expect(notice).to_be_hidden()
    other = lead.another(f"{space}/measurings/{measuring_id}")
    other.locator("form[action$=closing] button").click()
    expect(notice).to_be_visible()
    expect(page.locator("figure")).to_have_count(0)  # nothing moved by itself
    page.bring_to_front()
    notice.locator("a").click()
    lead.ready()
    expect(page.locator("figure").first).to_be_visible()
    for details in page.locator("details").all():
        details.locator("summary").click()
    look(page, "figures")
    look(lead.open(f"{space}/context-figures"), "figures from elsewhere, none")
    page.click("main form.form .buttons button")
    page.wait_for_selector(".error")
    look(lead.ready(), "figures from elsewhere, refused")
    for name, value in (("label", "Eenzaam"), ("value", "46 %"), ("place", "De stad"), ("period", "2024")):
        page.fill(f"[name={name}]", value)
    page.fill("[name=source]", "Jeugdmonitor")
    page.click("main form.form .buttons button")
    page.wait_for_selector(".context-figure")
    look(lead.ready(), "figures from elsewhere")
    assert {name: lines for name, lines in found.items() if lines} == {}

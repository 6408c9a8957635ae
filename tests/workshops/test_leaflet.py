"""The leaflet of a meeting says what its page says: every fact, under the same heading."""

import html
import re
from collections import Counter
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.impacts.rules import Position, Realism
from cocreate.replies.rules import IsRight, Mood
from cocreate.spaces.models import Space
from cocreate.workshops.leaflet import leaflet
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.harvest import harvest_of
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import close_workshop, move_stage
from cocreate.workshops.service.grouping import put_under
from cocreate.workshops.service.showing import show_result
from tests.factories import (
    make_aside,
    make_check,
    make_commitment,
    make_factor,
    make_heading,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_mood,
    make_reply,
    make_space,
    make_stance,
    make_summary,
    make_summary_check,
    make_workshop,
)
from tests.workshops.steps import TOLD_IN

OWN_WORDS = {"impact": "onze dromen", "indicator": "waaraan we het zien", "working_factor": "wat hielp toen"}
ONLY_MINE = {"visibility": Visibility.MAKER}


@pytest.fixture
def space(app):
    with app.app_context():
        return make_space(words=OWN_WORDS)


@pytest.fixture
def meeting(app, space):
    with app.app_context():
        agenda = [StepSketch(kind, Phase.DREAM, 10) for kind in TOLD_IN]
        agenda.append(StepSketch(StepKind.OPEN_QUESTION, Phase.DREAM, 10, prompt="Wat houd je voor jezelf?"))
        return make_workshop(space, agenda=agenda)


@pytest.fixture
def people(app, space, meeting):
    with app.app_context():
        voices = ["resident"] * 8 + ["youth"] * 6 + ["policymaker"]
        return [make_member(space, meeting, voice=voice, name="Sam") for voice in voices]


def stage(meeting, kind):
    move_stage(meeting.id, meeting.space_id, meeting.steps[kind])


@pytest.fixture
def told(app, space, meeting, people):
    """Something of each kind that a meeting can leave behind, also what others may not read."""
    with app.app_context():
        wish = _wishes(meeting, people)
        _said(space, meeting, people, wish)
        _read_back(space, meeting, people)
    return wish


def _wishes(meeting, people):
    residents, youth = people[:8], people[8:14]
    stage(meeting, StepKind.STANCES)
    wish = make_impact(residents[0], meeting, "Niemand eet alleen.")
    make_impact(youth[0], meeting, "Een eigen plek.")
    make_impact(residents[0], meeting, "Dit blijft bij mij.", **ONLY_MINE)
    for each in residents[:6]:
        make_stance(each, meeting, wish)
    for each in youth:
        make_stance(each, meeting, wish, Position.OBJECTION, reason="Dan moet ik ook." * (each is youth[0]))
    show_result(meeting.space_id, meeting.id)
    stage(meeting, StepKind.CHECK_IN)
    for each in residents[6:]:
        make_stance(each, meeting, wish)  # too few to be in the split
    for place, each in enumerate(people):
        make_mood(each, meeting, Mood.SUN if place < 9 else Mood.STORM, meeting.steps[StepKind.CHECK_IN])
    show_result(meeting.space_id, meeting.id)
    stage(meeting, StepKind.REALISM)
    for each in residents:
        make_check(each, meeting, wish, Realism.FAIR)
    make_check(youth[0], meeting, wish, Realism.TOO_BIG)
    show_result(meeting.space_id, meeting.id)
    return wish


def _said(space, meeting, people, wish):
    stage(meeting, StepKind.MOMENTS)
    first, second, *_others = people
    moment = make_moment(first, meeting, "We zongen.", why_it_mattered="Oma zong mee.")
    make_moment(second, meeting, "We dansten.")
    make_aside(space, meeting, make_moment(second, meeting, "Wat niet mocht."))
    heading = make_heading(space, meeting, "Muziek")
    put_under(space.steward.viewer, meeting.id, "moment", moment, heading)
    make_factor(first, meeting, "Er was soep", moment)
    make_factor(first, meeting, "Alleen van mij", moment, **ONLY_MINE)
    make_indicator(first, meeting, wish, "Niemand zegt dit hardop.", **ONLY_MINE)
    make_commitment(first, meeting, "Ik bak taart.", by_on=date(2030, 1, 2))
    make_commitment(first, meeting, "In stilte.", **ONLY_MINE)
    asked = [step.id for step in session().get(Workshop, meeting.id).steps if step.kind == "open_question"]
    for question in asked:
        make_reply(first, meeting, "Voor mij alleen.", question, **ONLY_MINE)
    make_reply(first, meeting, "Meer bankjes.", asked[0])


def _read_back(space, meeting, people):
    stage(meeting, StepKind.READ_BACK)
    heard = make_summary(space.steward, meeting, "We willen samen eten.")
    for each in people[:6]:
        make_summary_check(each, meeting, heard)
    for each in people[6:14]:
        words = "Niet elke dag." * (each is people[6])
        make_summary_check(each, meeting, heard, IsRight.NOT_QUITE, words)
    make_summary_check(people[14], meeting, heard, IsRight.NOT_QUITE, "Stiekem niet.", **ONLY_MINE)


def plan_of(app, meeting, language="nl"):
    with app.test_request_context(headers={"Accept-Language": language}):
        row, space = session().get(Workshop, meeting.id), session().scalars(select(Space)).one()
        return leaflet(row, harvest_of(row, space), space, "Het plein")


def tokens(text):
    """Every word and number."""
    return Counter(re.findall(r"\w+", text))


def leaves(thing):
    """All texts in a plan."""
    if isinstance(thing, str):
        return [thing]
    inner = thing.values() if isinstance(thing, dict) else thing
    return [text for each in inner for text in leaves(each)]


def texts(plan):
    """Everything that the leaflet says, but for the map."""
    return leaves([plan[name] for name in ("title", "below", "wait", "sections", "aside", "foot")])


def on_page(page):
    """What stands under each heading of the page."""
    found = {}
    for words in re.findall(
        r'<section class="stack" aria-labelledby="h-[^"]+">(.*?)</section>', page, re.DOTALL
    ):
        plain = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", words, flags=re.DOTALL)))
        heading = html.unescape(re.search(r"<h2[^>]*>(.*?)</h2>", words)[1])
        found[heading] = plain
    return found


def on_paper(plan):
    """What stands under each heading of the leaflet."""
    return {each["heading"]: " ".join(leaves(each)) for each in plan["sections"]}


FACTS = {
    "Waar iemand bezwaar tegen heeft": (
        "6 voor · 6 bezwaar · 0 weet niet",
        "6 voor · 0 bezwaar · 0 weet niet",
        "0 voor · 6 bezwaar · 0 weet niet",
        "Nog 2 mensen kozen een standpunt",
        "Dan moet ik ook.",
        "Beleidsmaker",
    ),
    "Wat er beloofd is": ("2 januari 2030", "Er is er nog één verteld."),
    "Aan iedereen voorgelegd": ("Ja, dat klopt: 6", "Niet helemaal: 9", "Niet elke dag."),
    "Momenten die verteld zijn": ("Muziek", "Oma zong mee."),
    "Wat hielp toen": ("Er was soep", "Er is er nog één verteld."),
    "Onze dromen": ("Een eigen plek.", "Er is er nog één verteld."),
    "Waaraan we het zien": ("Er is één ding verteld.",),
    "Wat wil je zeggen?": ("Meer bankjes.", "Er is er nog één verteld."),
    "Wat houd je voor jezelf?": ("Er is één ding verteld.",),
    "Hoe zit je erbij?": ("Zon", "9", "Storm", "6"),
    "Is het eerlijk?": ("8 eerlijk · 0 te veel · 0 te weinig · 0 weet niet", "om te laten zien: Jongere"),
}
UNTOLD = (
    "Dit blijft bij mij.",
    "Wat niet mocht.",
    "Alleen van mij",
    "hardop",
    "In stilte.",
    "Voor mij alleen.",
)


@pytest.fixture
def closed(app, space, meeting, told, people, new_browser):
    with app.app_context():
        close_workshop(meeting.id, space.id)
    return new_browser(people[0]).get(f"/workshops/{meeting.id}/harvest").text


def test_page_and_leaflet_say_the_same_under_the_same_headings(app, meeting, closed):
    shown, printed = on_page(closed), on_paper(plan_of(app, meeting))
    assert tokens("8 6 1") <= tokens(printed.pop("Wie erbij was"))
    assert "Professional" in printed.pop("Wie er niet bij was")
    assert list(printed) == list(shown) == list(FACTS)
    for heading, words in shown.items():
        assert tokens(words) == tokens(printed[heading]), heading
        for fact in FACTS[heading]:
            assert tokens(fact) <= tokens(words), fact


def test_neither_holds_what_others_may_not_read(app, meeting, closed):
    told = closed + " ".join(texts(plan_of(app, meeting)))
    for words in UNTOLD:
        assert words not in told, words
    assert told.count("legde één ding opzij") == 2


def test_every_text_of_the_plan_stands_on_paper(app, meeting, closed, people, new_browser):
    """Nothing that the leaflet knows is left out by its template."""
    pdf = new_browser(people[0]).post(f"/workshops/{meeting.id}/harvest-copies", {}).data
    sheets = pypdfium2.PdfDocument(pdf)
    printed = "".join("".join(sheet.get_textpage().get_text_range() for sheet in sheets).split())
    for text in texts(plan_of(app, meeting)):
        assert "".join(text.split()) in printed, text


def test_who_leads_reads_on_paper_too_that_the_meeting_goes_on(app, meeting, told):
    assert plan_of(app, meeting)["wait"].startswith("Zo ziet het er tot nu toe uit")
    with app.app_context():
        close_workshop(meeting.id, meeting.space_id)
    assert plan_of(app, meeting)["wait"] == ""


def test_a_meeting_in_which_all_is_kept_has_no_blank_page(app, space, meeting, people, new_browser):
    with app.app_context():
        stage(meeting, StepKind.OPEN_QUESTION)
        for each in people[:2]:
            make_reply(each, meeting, "Voor mij.", meeting.steps["open_question"], **ONLY_MINE)
        close_workshop(meeting.id, space.id)
    page = new_browser(people[0]).get(f"/workshops/{meeting.id}/harvest").text
    for told in (on_page(page), on_paper(plan_of(app, meeting))):
        assert "Er zijn 2 dingen verteld." in told["Wat houd je voor jezelf?"]


def test_a_meeting_of_which_nothing_is_left_says_so_on_page_and_paper(app, space, meeting, new_browser):
    with app.app_context():
        close_workshop(meeting.id, space.id)
    nothing = "Er is niets verteld"
    assert nothing in new_browser(space.steward).get(f"/workshops/{meeting.id}/harvest").text
    assert nothing in " ".join(texts(plan_of(app, meeting)))


def test_a_long_story_runs_on_over_pages(app, space, meeting, people, new_browser):
    """What cannot be broken would fall off the sheet."""
    with app.app_context():
        stage(meeting, StepKind.MOMENTS)
        make_moment(people[0], meeting, "Toen liepen we verder. " * 400 + "Klaar.")
        close_workshop(meeting.id, space.id)
    pdf = new_browser(people[0]).post(f"/workshops/{meeting.id}/harvest-copies", {}).data
    sheets = [sheet.get_textpage() for sheet in pypdfium2.PdfDocument(pdf)]
    assert len(sheets) > 1
    for sheet in sheets:
        assert min(sheet.get_charbox(n)[1] for n in range(sheet.count_chars())) > 0

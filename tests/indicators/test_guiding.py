"""Who walks along: named by the person alone, and low for long is for those two and nobody else."""

import re
from datetime import date, timedelta

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, changing, head_of
from cocreate.core.db import session
from cocreate.core.faces import View
from cocreate.core.problems import NotFound
from cocreate.indicators.models import Guide
from cocreate.indicators.queries.guiding import guide_of, guided_by, guides_to_choose, is_guide
from cocreate.indicators.service.guiding import let_guide_go, name_guide
from cocreate.spaces.models import Membership
from cocreate.spaces.rules import Role
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_account,
    make_goal,
    make_guide,
    make_member,
    make_space,
    make_workshop,
)
from tests.indicators.test_own_line import Asked

LOW_FOR_ME = "Dit is al een tijd laag"
LOW_FOR_MY_GUIDE = "Al een tijd laag"
SINCE = date(2025, 3, 7)
SINCE_IN_WORDS = "7 maart 2025"
SIGNS = (LOW_FOR_ME, LOW_FOR_MY_GUIDE, SINCE_IN_WORDS, SINCE.isoformat(), "low-question")


@pytest.fixture
def scene(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        yield space, workshop, make_member(space, workshop, name="Quirijn")


# Naming


def test_only_who_leads_and_professionals_with_a_name_can_be_named(scene):
    space, workshop, member = scene
    make_member(space, workshop, name="Buur")
    make_member(space, workshop, voice="youth", name="Jong")
    make_member(space, workshop, voice="professional")
    make_member(space, voice="professional", role=Role.READER, name="Lezer")
    make_member(space, workshop, voice="professional", name="Zeger")
    make_member(space, role=Role.FACILITATOR, person_id=make_account(name="Leider"))
    elsewhere = make_space()
    make_member(elsewhere, voice="professional", name="Elders")
    names = [each.name for each in guides_to_choose(member.viewer)]
    steward = next(name for name in names if name.startswith("Person"))
    assert names == ["Leider", steward, "Zeger"]


def test_who_cannot_be_named_is_not_there(scene):
    space, workshop, member = scene
    other = make_member(space, workshop, name="Buur")
    foreign = make_member(make_space(), voice="professional", name="Elders")
    reader = make_member(space, role=Role.READER)
    for viewer, guide in ((member, other), (member, member), (member, foreign), (reader, space.steward)):
        with pytest.raises(NotFound):
            name_guide(viewer.viewer, guide.id)
    assert session().query(Guide).count() == 0


def test_one_walks_along_at_a_time_and_stops_at_once(scene):
    space, workshop, member = scene
    bo = make_member(space, workshop, voice="professional", name="Zeger")
    make_guide(member, bo)
    make_guide(member, bo)
    assert guide_of(member.viewer).name == "Zeger"
    make_guide(member, space.steward)
    assert not is_guide(bo.viewer)
    assert [each.name for each in guided_by(space.steward.viewer)] == ["Quirijn"]
    for _twice in range(2):
        let_guide_go(member.viewer)
    assert guided_by(space.steward.viewer) == []
    assert guide_of(member.viewer) is None
    assert session().query(Guide).count() == 2  # that it was so stays


def test_who_only_reads_now_can_still_let_their_guide_go(scene):
    space, _workshop, member = scene
    make_guide(member, space.steward)
    with changing(space.id) as log:
        log.session.get(Membership, member.id).role = Role.READER
    let_guide_go(member.viewer)
    assert guided_by(space.steward.viewer) == []


def test_that_somebody_named_a_guide_is_in_nobody_elses_log(scene):
    space, _workshop, member = scene
    make_guide(member, space.steward)
    let_guide_go(member.viewer)
    rows = session().query(Change).filter_by(topic="guide").all()
    assert [(row.verb, row.visibility, row.maker_id, row.payload) for row in rows] == [
        ("named", Visibility.MAKER, member.id, {}),
        ("ended", Visibility.MAKER, member.id, {}),
    ]


# Low for long


class Village:
    """Somebody with a row of low answers, whom they named, and everybody else."""

    def __init__(self, app):
        with app.app_context():
            space = make_space()
            self.space, self.workshop = space, make_workshop(space)
            self.maker = make_member(space, self.workshop, voice="youth", name="Quirijn")
            self.guide = make_member(space, self.workshop, voice="professional", name="Zeger")
            self.asked = Asked(space, low_limit=5, low_rounds=3, low_days=60)
            for number in range(4):
                self.asked.say(self.maker, number, 2, on=SINCE + timedelta(days=30 * number))
            make_guide(self.maker, self.guide)
            make_goal(self.maker, self.workshop, "Weer slapen")
            make_goal(self.maker, self.workshop, "Kanarie", visibility=Visibility.MAKER)
            self.others = {
                "professional": make_member(space, self.workshop, voice="professional", name="Ko"),
                "resident": make_member(space, self.workshop),
                "facilitator": make_member(space, role=Role.FACILITATOR, person_id=make_account()),
                "steward": space.steward,
                "reader": make_member(space, role=Role.READER),
            }
            self.head = head_of(space.id)
        self.ids = {
            "space_id": space.id,
            "workshop_id": self.workshop.id,
            "trajectory_id": self.workshop.trajectory_id,
            "round_id": self.asked.rounds[0],
            "measuring_id": self.asked.measuring_id,
        }

    def paths(self, app):
        """Every address that can be filled in with what is there."""
        rules = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
        fit = [rule for rule in rules if set(re.findall(r"<(?:\w+:)?(\w+)>", rule)) <= self.ids.keys()]
        return [re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(self.ids[found[1]]), rule) for rule in fit]


@pytest.fixture
def village(app):
    return Village(app)


def test_the_person_is_asked_softly_and_their_guide_sees_since_when(village, new_browser):
    mine = new_browser(village.maker).get(f"/spaces/{village.space.id}/my-line").text
    assert LOW_FOR_ME in mine
    assert SINCE_IN_WORDS in mine
    assert "Zeger ziet deze vraag ook, en verder niemand." in mine
    answer = new_browser(village.guide).get(f"/spaces/{village.space.id}/guided")
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("Quirijn", LOW_FOR_MY_GUIDE, SINCE_IN_WORDS, "4 meetronden", "Vraag 1?", "Weer slapen"):
        assert words in answer.text, words
    assert "Kanarie" not in answer.text
    assert "van de 10" not in answer.text  # never how low
    assert "alert" not in mine.partition("<main")[2]


def test_nobody_else_sees_it_on_any_page_or_as_data(app, village, new_browser):
    for name, who in village.others.items():
        browser = new_browser(who)
        for path in village.paths(app):
            for accept in ("text/html", "application/json"):
                answer = browser.client.get(path, headers={"Accept": accept, "Last-Event-ID": "x"})
                text = answer.data.decode("utf-8", "replace")
                assert [words for words in SIGNS if words in text] == [], (name, path)
                assert not (path.endswith("/guided") and "Quirijn" in text), name


@pytest.mark.parametrize("view", View)
def test_nobody_else_sees_it_in_the_stream(village, new_browser, view):
    path = f"/spaces/{village.space.id}/changes?after=0&view={view}&workshop={village.workshop.id}"
    for name, who in village.others.items():
        answer = new_browser(who).client.get(path, buffered=False)
        if answer.status_code != 200:
            continue
        text = ""
        for block in answer.response:
            text += block.decode()
            if f"id: {village.head}\n" in text:
                break
        answer.close()
        assert "guide" not in text, name
        for who_it_is in (village.guide.id, village.maker.id):
            assert who_it_is.hex not in text.replace("-", ""), name


def test_the_database_keeps_no_mark_that_somebody_is_low(app, village):
    with app.app_context():
        told = [f"{row.topic} {row.verb} {row.payload}" for row in session().query(Change)]
        assert [each for each in told if "low" in each] == []


def test_the_guide_sees_nothing_any_more_from_the_moment_they_are_let_go(village, new_browser):
    guide, path = new_browser(village.guide), f"/spaces/{village.space.id}/guided"
    assert "Quirijn" in guide.get(path).text
    maker = new_browser(village.maker)
    here = f"/spaces/{village.space.id}"
    form = form_of(maker.get(f"{here}/my-line").text, action=f"{here}/guides/ending")
    assert maker.submit(form).status_code == 303
    page = guide.get(path).text
    assert "Quirijn" not in page
    assert LOW_FOR_MY_GUIDE not in page


def test_somebody_is_named_with_the_form_of_the_page(app, new_browser):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        member = make_member(space, workshop)
        bo = make_member(space, workshop, voice="professional", name="Zeger")
    browser, here = new_browser(member), f"/spaces/{space.id}"
    form = form_of(browser.get(f"{here}/my-line").text, action=f"{here}/guides")
    assert browser.submit(form, guide_id=str(bo.id)).location == f"{here}/my-line#guide"
    guided = new_browser(bo).get(f"{here}/guided").text
    assert "Iemand zonder naam" in guided
    assert f'href="{here}/guided"' in new_browser(bo).get(here).text
    assert f'href="{here}/guided"' not in new_browser(space.steward).get(here).text


@pytest.mark.parametrize("wrong", ["", "x"])
def test_nobody_is_named_with_a_form_that_does_not_fit(app, new_browser, wrong):
    with app.app_context():
        space = make_space()
        member = make_member(space)
    answer = new_browser(member).post(f"/spaces/{space.id}/guides", json={"guide_id": wrong})
    assert answer.status_code == 422

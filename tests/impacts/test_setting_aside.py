"""Setting aside what is told on a wish: by who leads, in a meeting or in none, and nobody's voice with it."""

import uuid

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change
from cocreate.core.db import new_id, session
from cocreate.core.problems import NotFound
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.impacts.queries import answers_on, reason_facts
from cocreate.impacts.rules import Position, Realism
from cocreate.impacts.service import (
    check_realism,
    propose_impact,
    remark_on,
    set_aside_on,
    suggest_wording,
    take_back_in_on,
    take_stance,
)
from cocreate.privacy.queries import told_by
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.reports.queries import said_of, shelves, told_aside, wishes_aside
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.rules import Activity, Role
from cocreate.workshops.queries.arrivals import asides
from cocreate.workshops.queries.quotes import set_aside_here
from cocreate.workshops.service.lighting import put_aside, take_back_in
from tests.factories import make_impact, make_member, make_remark, make_space, make_stance, make_workshop

WORDS = "Buurman Jan is een dief."
WHY = "Hier staat een naam."
KINDS = {"stance": Stance, "realism": RealismCheck, "wording": Wording, "remark": Remark}


@pytest.fixture
def scene(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        set_between_meetings(space.steward.viewer, Activity.IMPACTS, True)
        yield space, workshop, make_member(space, workshop, voice="youth"), make_member(space, workshop)


def tell(topic, viewer, impact_id, workshop_id=None):
    arrival = Arrival(new_id(), workshop_id, Visibility.PUBLIC)
    told = {
        "stance": lambda: take_stance(viewer, arrival, impact_id, Position.OBJECTION, WORDS),
        "realism": lambda: check_realism(viewer, arrival, impact_id, Realism.TOO_BIG, WORDS),
        "wording": lambda: suggest_wording(viewer, arrival, impact_id, WORDS),
        "remark": lambda: remark_on(viewer, arrival, impact_id, WORDS),
    }
    return uuid.UUID(told[topic]()["subject_id"])


def words_for(viewer, impact_id):
    impact = session().get(DesiredImpact, impact_id, populate_existing=True)
    return [each.text for some in said_of(viewer, impact).values() for each in some]


@pytest.mark.parametrize("meets", [True, False])
@pytest.mark.parametrize("topic", KINDS)
def test_what_is_told_on_a_wish_is_set_aside_and_taken_back_in(scene, topic, meets):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    made = tell(topic, maker.viewer, wish, workshop.id if meets else None)
    lead = space.steward.viewer
    set_aside_on(lead, wish, topic, made, WHY)
    for viewer in (other.viewer, lead, make_member(space).viewer):
        assert WORDS not in words_for(viewer, wish)
    assert WORDS in words_for(maker.viewer, wish)
    (aside,) = told_aside(lead, wish)
    assert (aside.about.reason, aside.words) == (WHY, [WORDS])
    on_console = [each.words for each in asides(lead, workshop.id)]
    assert (on_console, set_aside_here(workshop.id)) == (([[WORDS]], 1) if meets else ([], 0))
    take_back_in_on(lead, wish, topic, made)
    assert WORDS in words_for(other.viewer, wish)
    assert told_aside(lead, wish) == []


@pytest.mark.parametrize("topic", KINDS)
def test_its_maker_reads_on_their_own_page_that_it_is_aside_and_why(scene, topic):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    set_aside_on(space.steward.viewer, wish, topic, tell(topic, maker.viewer, wish), WHY)
    ((_space, (item,)),) = told_by(maker.person_id)
    assert (item.aside.reason, WORDS in item.words) == (WHY, True)


def test_a_wish_told_between_meetings_is_set_aside_and_comes_back(scene):
    space, _workshop, maker, other = scene
    arrival = Arrival(new_id(), None, Visibility.SPACE)
    wish = uuid.UUID(propose_impact(maker.viewer, arrival, WORDS)["subject_id"])
    lead = space.steward.viewer
    set_aside_on(lead, wish, "impact", wish, WHY)
    assert shelves(other.viewer)["impact"] == []
    assert [(each.impact_id, each.words) for each in wishes_aside(lead)] == [(wish, [WORDS])]
    take_back_in_on(lead, wish, "impact", wish)
    assert [each.id for each in shelves(other.viewer)["impact"]] == [wish]
    assert wishes_aside(lead) == []


def test_who_leads_a_meeting_sets_it_aside_there_too(scene):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    remark = make_remark(maker, workshop, wish, WORDS)
    put_aside(space.steward.viewer, workshop.id, "remark", remark, WHY)
    assert WORDS not in words_for(other.viewer, wish)
    take_back_in(space.steward.viewer, workshop.id, "remark", remark)
    assert WORDS in words_for(other.viewer, wish)


@pytest.mark.parametrize("topic", ["stance", "realism"])
def test_only_the_reason_goes_where_somebody_stands_still_counts(scene, topic):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    for who in [*(make_member(space, voice="youth") for _ in range(4)), maker]:
        made = tell(topic, who.viewer, wish)

    def numbers():
        found = answers_on(other.viewer, session().get(DesiredImpact, wish, populate_existing=True), 5)
        return found.stands, found.realism, found.missing

    before = numbers()
    assert before[topic == "realism"].by_voice[0][1].split is not None
    set_aside_on(space.steward.viewer, wish, topic, made, WHY)
    assert numbers() == before
    assert session().get(KINDS[topic], made).visibility == Visibility.PUBLIC


def test_a_reason_that_is_aside_is_on_no_card_and_no_shelf(scene):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    stance = make_stance(maker, workshop, wish, Position.OBJECTION, reason=WORDS)
    set_aside_on(space.steward.viewer, wish, "stance", stance, WHY)
    assert shelves(other.viewer)["stance"] == []
    assert reason_facts([stance])[stance]["reason"] == ""


def test_who_answers_again_does_not_bring_a_reason_back(scene):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    made = tell("stance", maker.viewer, wish)
    set_aside_on(space.steward.viewer, wish, "stance", made, WHY)
    tell("stance", maker.viewer, wish)
    assert WORDS not in words_for(other.viewer, wish)
    show_to(maker.viewer, "stance", made, Visibility.SPACE)
    assert WORDS not in words_for(other.viewer, wish)
    assert session().get(Stance, made).visibility == Visibility.SPACE  # who sees the answer is theirs to say
    withdraw_contribution(maker.viewer, "stance", made)
    tell("stance", maker.viewer, wish)  # and nobody has read this one
    assert WORDS in words_for(other.viewer, wish)


def test_who_leads_reads_no_reason_that_its_maker_shows_to_nobody_by_now(scene):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    made = tell("stance", maker.viewer, wish)
    set_aside_on(space.steward.viewer, wish, "stance", made, WHY)
    show_to(maker.viewer, "stance", made, Visibility.MAKER)
    assert [each.words for each in told_aside(space.steward.viewer, wish)] == [[]]


@pytest.mark.parametrize("topic", KINDS)
def test_who_does_not_lead_here_or_names_another_wish_finds_nothing(scene, topic):
    space, workshop, maker, other = scene
    wish, another = make_impact(other, workshop), make_impact(other, workshop, "Anders.")
    made = tell(topic, maker.viewer, wish)
    strangers = [other.viewer, make_member(space, role=Role.READER).viewer, make_space().steward.viewer]
    for viewer, about in (*((each, wish) for each in strangers), (space.steward.viewer, another)):
        with pytest.raises(NotFound):
            set_aside_on(viewer, about, topic, made, WHY)
    set_aside_on(space.steward.viewer, wish, topic, made, WHY)
    for viewer, about in (*((each, wish) for each in strangers), (maker.viewer, wish)):
        with pytest.raises(NotFound):
            take_back_in_on(viewer, about, topic, made)
    assert WORDS not in words_for(other.viewer, wish)


def test_what_has_no_words_or_is_for_nobody_else_is_not_there_to_set_aside(scene):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    stance = make_stance(maker, workshop, wish)
    private = make_remark(maker, workshop, wish, WORDS, visibility=Visibility.MAKER)
    for topic, made in (("stance", stance), ("remark", private), ("moment", stance)):
        with pytest.raises(NotFound):
            set_aside_on(space.steward.viewer, wish, topic, made, WHY)


def test_the_log_says_neither_the_words_nor_why(scene):
    space, workshop, maker, other = scene
    wish = make_impact(other, workshop)
    set_aside_on(space.steward.viewer, wish, "remark", tell("remark", maker.viewer, wish), WHY)
    told = [str(each.payload) for each in session().query(Change).all()]
    assert not [each for each in told if "dief" in each or WHY in each]

"""How people stand comes out in steps: on every page, in a meeting and between meetings."""

import re
from datetime import timedelta

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import event, select, update

from cocreate.core.audience import Visibility
from cocreate.core.db import db, session, utcnow
from cocreate.impacts.models import DesiredImpact, RealismCheck, Stance
from cocreate.impacts.queries import answers_on, impact_facts, voices_missing
from cocreate.impacts.rules import Circle, Position, Realism, Stage
from cocreate.impacts.service import move_to, take_stance
from cocreate.indicators.models import Indicator, IndicatorStance
from cocreate.indicators.queries.building import stands_on_sign
from cocreate.indicators.service.deciding import take_stance_on_sign
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.models import Opening
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import VoiceWish
from cocreate.spaces.service import compose
from cocreate.workshops.models import Workshop
from cocreate.workshops.service import close_workshop, come_in, move_stage
from tests.factories import (
    make_arrival,
    make_check,
    make_impact,
    make_indicator,
    make_member,
    make_space,
    make_stance,
    make_workshop,
)

FOR, OBJECTION = Position.FOR, Position.OBJECTION


@pytest.fixture
def impact_id(in_context, workshop, member):
    return make_impact(member, workshop, visibility=Visibility.PUBLIC)


def say(space, workshop, impact_id, people=1, position=FOR, **overrides):
    """So many more people take this stance; gives who, and their stances."""
    voice = overrides.pop("voice", "resident")
    members = [make_member(space, workshop, voice=voice) for _ in range(people)]
    return [(who, make_stance(who, workshop, impact_id, position, **overrides)) for who in members]


def shown(impact_id, circle=Circle.SPACE):
    """How many residents took a stance, and how they stand as far as that is shown."""
    facts = impact_facts([impact_id], circle)[impact_id]
    tallies = {voice.key: tally for voice, tally in facts["tallies"]}
    split = tallies["resident"].split
    return tallies["resident"].total, tuple(split.values()) if split else None


def test_the_sixth_stance_is_in_no_number_until_four_more_came(space, workshop, impact_id):
    say(space, workshop, impact_id, 5)
    assert shown(impact_id) == (5, (5, 0, 0))
    for people in range(6, 10):
        say(space, workshop, impact_id, 1, OBJECTION)
        assert shown(impact_id) == (people, (5, 0, 0))
    say(space, workshop, impact_id, 1, OBJECTION)
    assert shown(impact_id) == (10, (5, 5, 0))


def test_it_is_so_on_every_page(space, workshop, impact_id, new_browser):
    said = say(space, workshop, impact_id, 5)
    browser = new_browser(said[0][0])

    def counted():
        paths = (f"/spaces/{space.id}", f"/spaces/{space.id}/impacts/{impact_id}")
        return [
            re.findall(r"voor: (\d+) · bezwaar: (\d+)", browser.get(path).text) for path in paths
        ], re.findall(r"strip-frame.>(.*?)<p", browser.get(f"/spaces/{space.id}/impacts").text, re.DOTALL)

    before = counted()
    assert before[0] == [[("5", "0")], [("5", "0")]]
    assert len(before[1]) == 1
    say(space, workshop, impact_id, 4, OBJECTION)
    assert counted() == before
    say(space, workshop, impact_id, 1, OBJECTION)
    assert counted()[0] == [[("5", "5")], [("5", "5")]]
    assert counted()[1] != before[1]


def test_who_changes_their_mind_waits_too(space, workshop, impact_id):
    said = say(space, workshop, impact_id, 5)
    for who, _stance in said[:4]:
        make_stance(who, workshop, impact_id, OBJECTION)
        make_stance(who, workshop, impact_id, OBJECTION, reason="Ik heb nagedacht.")
    assert shown(impact_id) == (5, (5, 0, 0))
    make_stance(said[4][0], workshop, impact_id, Position.DONT_KNOW)
    assert shown(impact_id) == (5, (0, 4, 1))


def test_agreeing_looks_at_what_people_say_now(space, workshop, impact_id):
    compose(space.id, {voice.id: VoiceWish(voice.key == "youth") for voice in voices_of(space.id)})
    impact = session().get(DesiredImpact, impact_id)
    assert [voice.key for voice in voices_missing(impact)] == ["youth"]
    ((who, stance_id),) = say(space, workshop, impact_id, voice="youth")
    assert voices_missing(impact) == []
    move_to(space.steward.viewer, impact_id, Stage.AGREED)
    withdraw_contribution(who.viewer, Stance.topic, stance_id)
    assert session().get(DesiredImpact, impact_id, populate_existing=True).stage == Stage.IN_DISCUSSION


# What must go, goes at once


def test_taking_back_hides_the_split_until_enough_others_came(space, workshop, impact_id):
    said = say(space, workshop, impact_id, 10)
    withdraw_contribution(said[0][0].viewer, Stance.topic, said[0][1])
    assert shown(impact_id) == (9, None)
    say(space, workshop, impact_id, 4, OBJECTION)
    make_stance(said[0][0], workshop, impact_id, FOR)  # who comes back is no fifth
    assert shown(impact_id) == (14, None)
    say(space, workshop, impact_id, 1, OBJECTION)
    assert shown(impact_id) == (15, (10, 5, 0))


def test_taking_back_takes_how_it_was_counted_too(space, workshop, impact_id):
    said = say(space, workshop, impact_id, 5)
    who, stance_id = said[0]
    assert session().get(Stance, stance_id).shown_before == "for:space"
    withdraw_contribution(who.viewer, Stance.topic, stance_id)
    kept = session().get(Stance, stance_id, populate_existing=True)
    assert (kept.shown_answer, kept.shown_in, kept.shown_before, kept.told) == (None, None, "", [])
    assert kept.left_shown


@pytest.mark.parametrize("visibility", [Visibility.MAKER, Visibility.WORKSHOP])
def test_showing_it_to_fewer_hides_the_split_where_it_may_not_be_known(
    space, workshop, impact_id, visibility
):
    said = say(space, workshop, impact_id, 6)
    show_to(said[0][0].viewer, Stance.topic, said[0][1], visibility)
    assert shown(impact_id) == (5, None)
    say(space, workshop, impact_id, 4, OBJECTION)  # and the sixth of before, who was in no number yet
    assert shown(impact_id) == (9, (5, 4, 0))


def test_answering_again_for_fewer_hides_it_too(space, workshop, impact_id):
    said = say(space, workshop, impact_id, 5)
    make_stance(said[0][0], workshop, impact_id, FOR, visibility=Visibility.MAKER)
    assert shown(impact_id) == (4, None)


def test_passers_by_see_steps_of_ten(space, workshop, impact_id):
    say(space, workshop, impact_id, 9, visibility=Visibility.PUBLIC)
    assert (shown(impact_id, Circle.OUTSIDE), shown(impact_id)) == ((9, None), (9, (5, 0, 0)))
    say(space, workshop, impact_id, 1, visibility=Visibility.PUBLIC)
    assert shown(impact_id, Circle.OUTSIDE) == shown(impact_id) == (10, (10, 0, 0))
    say(space, workshop, impact_id, 9, OBJECTION, visibility=Visibility.PUBLIC)
    assert (shown(impact_id, Circle.OUTSIDE), shown(impact_id)) == ((19, (10, 0, 0)), (19, (10, 5, 0)))


def test_who_comes_in_again_with_another_voice_does_not_change_what_is_shown(space, workshop, impact_id):
    said = say(space, workshop, impact_id, 6)
    youth = next(voice.id for voice in voices_of(space.id) if voice.key == "youth")
    made = session().get(Workshop, workshop.id)
    come_in(made, person_id=said[0][0].person_id, voice_id=youth, name=None, shares_with=Visibility.SPACE)
    assert shown(impact_id) == (5, (5, 0, 0))


# In a meeting


def test_while_a_meeting_is_at_it_splits_wait_and_come_when_it_moves_on(space, workshop, impact_id):
    say(space, workshop, impact_id, 5)
    move_stage(workshop.id, space.id, workshop.steps["impacts"])
    version = session().get(DesiredImpact, impact_id).version
    say(space, workshop, impact_id, 7, OBJECTION)
    assert shown(impact_id) == (12, (5, 0, 0))
    move_stage(workshop.id, space.id, workshop.steps["indicators"])
    assert shown(impact_id) == (12, (5, 7, 0))
    assert session().get(DesiredImpact, impact_id, populate_existing=True).version == version + 8


def test_closing_shows_it_too_and_taking_back_does_not_wait(space, workshop, impact_id):
    said = say(space, workshop, impact_id, 5)
    move_stage(workshop.id, space.id, workshop.steps["impacts"])
    say(space, workshop, impact_id, 6, OBJECTION)
    withdraw_contribution(said[0][0].viewer, Stance.topic, said[0][1])
    assert shown(impact_id) == (10, None)
    close_workshop(workshop.id, space.id)
    assert shown(impact_id) == (10, (4, 6, 0))


def test_a_part_with_too_few_new_people_shows_nothing_of_them(space, workshop, impact_id):
    say(space, workshop, impact_id, 5)
    move_stage(workshop.id, space.id, workshop.steps["impacts"])
    say(space, workshop, impact_id, 4, OBJECTION)
    close_workshop(workshop.id, space.id)
    assert shown(impact_id) == (9, (5, 0, 0))


def test_another_meeting_that_is_at_it_holds_it_up_as_well(space, workshop, impact_id):
    other = make_workshop(space, title="Elders")
    for each in (workshop, other):
        move_stage(each.id, space.id, each.steps["impacts"])
    say(space, workshop, impact_id, 5)
    move_stage(workshop.id, space.id, workshop.steps["map"])
    assert shown(impact_id) == (5, None)
    close_workshop(other.id, space.id)
    assert shown(impact_id) == (5, (5, 0, 0))


def test_a_meeting_that_nobody_closed_holds_nothing_up_for_ever(space, workshop, impact_id):
    move_stage(workshop.id, space.id, workshop.steps["impacts"])
    say(space, workshop, impact_id, 4)
    session().execute(update(Opening).values(staged_at=utcnow() - timedelta(hours=13)))
    session().commit()
    say(space, workshop, impact_id, 1)
    assert shown(impact_id) == (5, (5, 0, 0))


# The other questions that are asked of everybody


def test_whether_it_is_fair_comes_in_steps(space, workshop, impact_id, member):
    def fair():
        (tally,) = (
            each
            for _voice, each in answers_on(
                member.viewer, session().get(DesiredImpact, impact_id), 5
            ).realism.by_voice
        )
        return tally.total, tuple(tally.split.values()) if tally.split else None

    checks = [make_member(space, workshop) for _ in range(5)]
    ids = [make_check(who, workshop, impact_id) for who in checks]
    assert fair() == (5, (0, 5, 0, 0))
    make_check(make_member(space, workshop), workshop, impact_id, Realism.TOO_BIG)
    assert fair() == (6, (0, 5, 0, 0))
    withdraw_contribution(checks[0].viewer, RealismCheck.topic, ids[0])
    assert fair() == (5, None)
    move_stage(workshop.id, space.id, workshop.steps["impacts"])
    for _ in range(4):
        make_check(make_member(space, workshop), workshop, impact_id, Realism.TOO_BIG)
    assert fair() == (9, None)
    move_stage(workshop.id, space.id, workshop.steps["map"])
    assert fair() == (9, (5, 4, 0, 0))


def test_how_people_stand_on_a_sign_comes_in_steps(space, workshop, impact_id, member):
    sign = session().get(Indicator, make_indicator(member, workshop, impact_id))
    people = [make_member(space, workshop) for _ in range(12)]

    def stands():
        ((_voice, tally),) = stands_on_sign(member.viewer, sign).by_voice
        return tally.total, tuple(tally.split.values()) if tally.split else None

    def take(who, position=FOR):
        take_stance_on_sign(who.viewer, make_arrival(workshop), sign.id, position)

    for who in people[:5]:
        take(who)
    take(people[5], OBJECTION)
    assert stands() == (6, (5, 0, 0))
    stance_id = session().scalar(select(IndicatorStance.id).where(IndicatorStance.maker_id == people[0].id))
    withdraw_contribution(people[0].viewer, IndicatorStance.topic, stance_id)
    assert stands() == (5, None)
    move_stage(workshop.id, space.id, workshop.steps["indicators"])
    for who in people[6:]:
        take(who, OBJECTION)
    assert stands() == (11, None)
    move_stage(workshop.id, space.id, workshop.steps["map"])
    assert stands() == (11, (4, 7, 0))


# What it costs, and what was there before


def test_a_stance_costs_one_statement_more(space, workshop, impact_id):
    say(space, workshop, impact_id, 6)
    who = make_member(space, workshop)
    viewer, asked = who.viewer, []
    listen = (db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    event.listen(*listen)
    take_stance(viewer, make_arrival(workshop), impact_id, OBJECTION)
    event.remove(*listen)
    assert sum("shown_answer != " in each for each in asked) == 1
    assert [each for each in asked if "shown_before" in each and "FROM stance JOIN" in each] == []


@pytest.mark.parametrize("public", [Visibility.SPACE, Visibility.PUBLIC])
def test_what_was_shown_before_steps_were_kept_stays_as_it_is(any_database, public):
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        impact_id = make_impact(make_member(space, workshop), workshop, visibility=Visibility.PUBLIC)
        move_stage(workshop.id, space.id, workshop.steps["impacts"])
        say(space, workshop, impact_id, 11, visibility=public)
        say(space, workshop, impact_id, 3, voice="youth")
        say(space, workshop, impact_id, 2, OBJECTION, voice="professional")
        move_stage(workshop.id, space.id, workshop.steps["map"])
        wanted = [impact_facts([impact_id], circle)[impact_id]["overall"] for circle in Circle]
        before = rows()
        db.session.remove()
        downgrade(revision="0005")
        upgrade()
        assert [impact_facts([impact_id], circle)[impact_id]["overall"] for circle in Circle] == wanted
        assert rows() == before
        assert len({row.shown_in for row in before}) == (2 if public is Visibility.PUBLIC else 1)
        say(space, workshop, impact_id, 4, OBJECTION)
        assert shown(impact_id) == (15, (11, 0, 0))


def rows():
    query = select(
        Stance.id, Stance.shown_answer, Stance.shown_in, Stance.shown_voice_id, Stance.shown_before
    )
    return session().execute(query.order_by(Stance.id)).all()

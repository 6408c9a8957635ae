"""What comes in by a file, or by another hand, is never put in the place of what was said since."""

import time

import pytest
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.db import new_id, session
from cocreate.impacts.models import RealismCheck, Stance
from cocreate.impacts.rules import Position, Realism
from cocreate.indicators.models import Answer, Ballot, Choosing, IndicatorStance, InstrumentItem
from cocreate.moments.models import WorkingFactor
from cocreate.privacy.service import withdraw_contribution
from cocreate.replies.models import MoodMark, SummaryCheck
from cocreate.replies.rules import IsRight, Mood
from cocreate.spaces.brought import by_another_hand
from cocreate.workshops.rules import StepKind
from cocreate.workshops.service import move_stage
from tests.factories import (
    make_factor,
    make_impact,
    make_indicator,
    make_measuring,
    make_member,
    make_moment,
    make_stance,
    make_summary,
    make_workshop,
)
from tests.workshops.steps import make_meeting
from tests.workshops.test_rescue import file_of, hand_in, item_of

SINCE = "daarna opnieuw verteld"


@pytest.fixture
def leader(new_browser, space):
    return new_browser(space.steward)


@pytest.fixture
def meeting(app, space):
    with app.app_context():
        return make_meeting(space, StepKind.STANCES, StepKind.CHECK_IN, StepKind.CHOOSE, on=StepKind.STANCES)


@pytest.fixture
def sam(app, space, meeting):
    with app.app_context():
        return make_member(space, meeting)


@pytest.fixture
def wish(app, space, meeting):
    with app.app_context():
        return make_impact(make_member(space, meeting), meeting, "Niemand eet alleen.")


def told(app, member, meeting, where, **body):
    """One thing that waited on a tablet: told now, and not sent."""
    time.sleep(0.002)  # a device makes no two ids in one moment
    item = item_of(app, member, meeting, **{"visibility": Visibility.SPACE, **body})
    del item["body"]["what_happened"]
    if where in ("ballots", "moods"):
        del item["body"]["visibility"]  # nobody else ever sees it
    return {**item, "url": f"/spaces/{meeting.space_id}/{where}"}


def stance(app, member, meeting, wish, position=Position.FOR, **body):
    return told(app, member, meeting, "stances", impact_id=str(wish), position=position, **body)


def send(browser, item, **body):
    """Its maker says it now, with the wifi on."""
    answer = browser.post(item["url"], json={**item["body"], "id": str(new_id()), **body})
    assert answer.status_code == 201


def stands(app, member):
    with app.app_context():
        rows = session().execute(
            select(Stance.position, Stance.reason, Stance.visibility).where(Stance.maker_id == member.id)
        )
        return [tuple(row) for row in rows]


def test_what_its_maker_said_since_stays_and_the_page_says_so(app, leader, meeting, sam, wish, new_browser):
    old = stance(app, sam, meeting, wish, reason="oud")
    send(new_browser(sam), old, position="objection", reason="nieuw", visibility="maker")
    for _time in range(2):
        answer = hand_in(leader, meeting, file_of(old))
        assert answer.status_code == 303
        assert stands(app, sam) == [("objection", "nieuw", "maker")]
        page = leader.get(answer.location).text
        assert SINCE in page
        assert "Waar iemand staat bij een wens" in page
        assert "oud" not in page.split("<main")[1].split("notice")[1].split("</ul>")[0]


def test_a_tablet_that_changed_hands_lets_go_of_it(app, meeting, sam, wish, space, new_browser):
    old = stance(app, sam, meeting, wish)
    send(new_browser(sam), old, position="objection", visibility="maker")
    with app.app_context():
        following = make_member(space, meeting)
    answer = new_browser(following).post(f"/workshops/{meeting.id}/handed-over", json=old)
    assert (answer.status_code, answer.json["state"]) == (201, "said_again")
    assert stands(app, sam) == [("objection", "", "maker")]


def test_what_was_taken_back_stays_gone(app, leader, meeting, sam, wish):
    with app.app_context():
        withdraw_contribution(sam.viewer, "stance", make_stance(sam, meeting, wish))
    hand_in(leader, meeting, file_of(stance(app, sam, meeting, wish, reason="terug")))
    with app.app_context():
        row = session().scalars(select(Stance)).one()
        assert row.withdrawn_at is not None
        assert row.reason == ""


def test_what_was_told_last_on_one_tablet_counts(app, leader, meeting, sam, wish):
    first, last = (stance(app, sam, meeting, wish, each) for each in (Position.OBJECTION, Position.FOR))
    assert hand_in(leader, meeting, file_of(first, last)).location.endswith("?kept=2")
    assert stands(app, sam) == [("for", "", "space")]
    # The first one again, on its own: it arrived already, and changes nothing.
    assert hand_in(leader, meeting, file_of(first)).location.endswith("?kept=1")
    assert stands(app, sam) == [("for", "", "space")]


@pytest.mark.parametrize("before", [Visibility.MAKER, Visibility.WORKSHOP, Visibility.SPACE])
def test_what_was_told_later_counts_and_is_shown_to_nobody_more(
    app, leader, meeting, sam, wish, new_browser, before
):
    send(new_browser(sam), stance(app, sam, meeting, wish), position="objection", visibility=before)
    hand_in(leader, meeting, file_of(stance(app, sam, meeting, wish, reason="later")))
    assert stands(app, sam) == [("for", "later", before)]


def test_people_of_another_meeting_do_not_see_it_by_a_file(app, leader, meeting, sam, wish, space):
    with app.app_context():
        earlier = make_workshop(space, title="Eerder")
        make_stance(sam, meeting, wish, Position.OBJECTION, visibility=Visibility.WORKSHOP)
        row = session().scalars(select(Stance)).one()
        row.workshop_id = earlier.id
        session().commit()
    hand_in(leader, meeting, file_of(stance(app, sam, meeting, wish)))
    assert stands(app, sam) == [("for", "", "maker")]


@pytest.mark.parametrize(
    "own_id", ["14e368ce-d074-40d1-a17d-60effa020544", "ffffffff-ffff-7fff-bfff-ffffffffffff"]
)
def test_where_nobody_can_tell_when_it_was_told_what_is_there_stays(app, leader, meeting, sam, wish, own_id):
    with app.app_context():
        make_stance(sam, meeting, wish, Position.OBJECTION, visibility=Visibility.MAKER)
    hand_in(leader, meeting, file_of(stance(app, sam, meeting, wish, id=own_id)))
    assert stands(app, sam) == [("objection", "", "maker")]


KEPT = {
    Ballot: "approved",
    IndicatorStance: "position",
    MoodMark: "mood",
    RealismCheck: "answer",
    SummaryCheck: "answer",
}


def kept(app, member):
    """What this person says once of each kind."""
    with app.app_context():
        return {
            kind: getattr(session().scalars(select(kind).where(kind.maker_id == member.id)).one(), column)
            for kind, column in KEPT.items()
        }


def test_it_is_the_same_for_whatever_one_person_says_once(
    app, leader, meeting, sam, wish, space, new_browser
):
    with app.app_context():
        heard = make_summary(space.steward, meeting, "We willen samen eten.")
        first, second = (make_indicator(sam, meeting, wish, words) for words in ("Soep.", "Brood."))
        for kind in (StepKind.CHECK_IN, StepKind.CHOOSE):
            move_stage(meeting.id, space.id, meeting.steps[kind])
        list_id = str(session().scalars(select(Choosing.id)).one())
    part = str(meeting.steps[StepKind.CHECK_IN])
    old = [
        told(app, sam, meeting, "ballots", choosing_id=list_id, approved=[str(first)]),
        told(app, sam, meeting, "indicator-stances", indicator_id=str(first), position="for"),
        told(app, sam, meeting, "moods", step_id=part, mood=Mood.SUN),
        told(app, sam, meeting, "realism-checks", impact_id=str(wish), answer=Realism.FAIR),
        told(app, sam, meeting, "summary-checks", summary_id=str(heard), answer=IsRight.RIGHT),
    ]
    since = [[str(second)], "objection", Mood.RAIN, Realism.TOO_BIG, IsRight.NOT_CLEAR]
    for item, column, words in zip(old, KEPT.values(), since, strict=True):
        send(new_browser(sam), item, **{column: words})
    answer = hand_in(leader, meeting, file_of(*old))
    assert list(kept(app, sam).values()) == since
    page = leader.get(answer.location).text
    assert "5 dingen" in page
    for words in ("Welke tekens iemand koos", "Hoe iemand erbij zit"):
        assert words in page


def test_what_helped_goes_no_further_when_a_file_names_it_again(app, meeting, sam):
    with app.app_context():
        moment = make_moment(sam, meeting)
        make_factor(sam, meeting, "Er was soep", moment, visibility=Visibility.MAKER)
        with by_another_hand():
            make_factor(sam, meeting, "Er was soep", moment)
        assert session().scalars(select(WorkingFactor.visibility)).all() == [Visibility.MAKER]


def test_an_answer_to_a_question_stays_too(app, leader, space, new_browser):
    with app.app_context():
        meeting = make_meeting(space, StepKind.MEASURE, on=StepKind.MEASURE)
        sam = make_member(space, meeting)
        _measuring, round_id = make_measuring(space)
        item_id = session().scalars(select(InstrumentItem.id).order_by(InstrumentItem.position)).first()
    ids = {"round_id": str(round_id), "item_id": str(item_id)}
    old = told(app, sam, meeting, "answers", **ids, value="1", visibility="maker")
    send(new_browser(sam), old, value="3")
    assert hand_in(leader, meeting, file_of(old)).location.endswith("?kept=0&answer=1")
    with app.app_context():
        assert session().scalars(select(Answer.value)).one() == 3

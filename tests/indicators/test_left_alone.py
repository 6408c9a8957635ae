"""The group decides not to measure a sign, or to tell it as a story: from then on it is not asked."""

from datetime import timedelta

import pytest

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Indicator, Instrument, Measuring, Round
from cocreate.indicators.order import misplaced
from cocreate.indicators.queries.figures import lines_of
from cocreate.indicators.queries.instruments import instruments_of, newest_of, questions_of
from cocreate.indicators.queries.measuring import rounds_of, today_in
from cocreate.indicators.rules import Decision, Rhythm
from cocreate.indicators.service.building import Draft, build
from cocreate.indicators.service.composing import add_sign, reword
from cocreate.indicators.service.deciding import decide
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.indicators.service.rounds import bring_up_to_date, close_round, open_next
from cocreate.indicators.service.versions import make_version
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.models import Attendance
from cocreate.spaces.queries import voices_of
from tests.factories import give_answer, make_member, make_stance_on_sign, make_tryout, make_workshop
from tests.indicators.signs import make_sign
from tests.indicators.test_composing import of, texts
from tests.indicators.test_delicate_later import WORDS, Street

LEFT = (Decision.NOT_MEASURED, Decision.STORY)


class Group(Street):
    """A street in which every voice is heard on the signs, so that something can be decided."""

    def __init__(self, signs=3):
        super().__init__(signs)
        self.stances = {}
        people = [make_member(self.space, self.workshop, voice=each.key) for each in voices_of(self.space.id)]
        for sign in self.signs:
            for each in people:
                self.stances[sign, each] = make_stance_on_sign(each, self.workshop, sign)
            for each in people[:2]:
                make_tryout(each, self.workshop, sign)

    def decide(self, decision, sign=0):
        decide(self.lead, self.signs[sign], decision)
        session().expire_all()

    def plan(self, **plan):
        self.measuring_id, self.round_id = start_measuring(
            self.lead, self.instrument_id, Plan("Meten", **plan)
        )

    def rounds(self):
        session().expire_all()
        return rounds_of(session().get(Measuring, self.measuring_id))

    def asked_in(self, number):
        return [each.text for each in questions_of(of(self.rounds()[number].instrument_id))]

    def after(self, days):
        bring_up_to_date(self.lead, today_in(self.space.id) + timedelta(days=days))

    def in_days(self, *days):
        return [today_in(self.space.id) + timedelta(days=each) for each in days]

    @property
    def page(self):
        return f"/spaces/{self.space.id}/measurings/{self.measuring_id}"

    @property
    def questionnaire(self):
        return f"/spaces/{self.space.id}/instruments/{self.instrument_id}"


@pytest.fixture
def group(in_context):
    return Group()


@pytest.mark.parametrize("decision", LEFT)
def test_nobody_is_asked_it_any_more_while_nobody_answered(group, decision):
    group.plan()
    group.decide(decision)
    assert group.asked() == [*WORDS[1:]]
    group.decide(Decision.MEASURE)
    assert group.asked() == [*WORDS]
    group.decide(decision)
    who = make_member(group.space)
    give_answer(who, group.round_id, group.item(1))
    assert group.asked() == [*WORDS[1:]]  # the first answer changes nothing about that
    group.decide(Decision.MEASURE)
    assert group.asked() == [*WORDS[1:]]
    assert [each.question.text for each in lines_of(who.viewer, group.rounds())] == [*WORDS[1:]]


@pytest.mark.parametrize("decision", LEFT)
def test_a_round_with_answers_goes_on_and_the_next_one_is_without(group, decision):
    group.plan(rhythm=Rhythm.DATES, dates=group.in_days(30, 60))
    group.answer(4)
    before = {each.text: each.question_id for each in questions_of(of(group.instrument_id))}
    group.decide(decision)
    assert group.asked() == [*WORDS]
    group.after(31)
    assert [group.asked_in(0), group.asked_in(1)] == [[*WORDS], [*WORDS[1:]]]
    after = of(group.rounds()[1].instrument_id)
    assert (after.version, after.frozen_at) == (2, None)
    assert {each.text: each.question_id for each in questions_of(after)} == {
        text: before[text] for text in WORDS[1:]
    }
    group.after(61)
    assert group.rounds()[2].instrument_id == after.id  # one version is enough
    assert texts(group.instrument_id) == [*WORDS]


def test_asking_again_by_hand_and_after_meetings_is_without_it_too(group):
    group.plan()
    group.answer(4)
    group.decide(Decision.NOT_MEASURED)
    open_next(group.lead, group.measuring_id, today_in(group.space.id) + timedelta(days=1))
    assert group.asked_in(1) == [*WORDS[1:]]
    other = Group()
    other.plan(rhythm=Rhythm.MEETINGS, every=1)
    other.answer(4)
    other.decide(Decision.NOT_MEASURED)
    tomorrow = today_in(other.space.id) + timedelta(days=1)
    with changing(other.space.id) as log:
        came = {"membership_id": other.members[0].id, "arrived_at": _at(other, 1)}
        log.session.add(Attendance(workshop_id=make_workshop(other.space).id, **came))
    bring_up_to_date(other.members[0].viewer, tomorrow)
    assert other.asked_in(1) == [*WORDS[1:]]


def _at(group, days):
    return session().get(Round, group.round_id).opened_at + timedelta(days=days)


def test_a_new_version_and_a_new_measuring_are_without_it(group):
    group.plan()
    group.answer(4)
    group.decide(Decision.NOT_MEASURED)
    group.plan()
    assert group.asked() == [*WORDS[1:]]
    group.answer_sign(1)
    after = make_version(group.lead, newest_of(of(group.instrument_id).series_id).id)
    assert texts(after) == [*WORDS[1:]]


def test_what_nobody_decided_about_yet_is_asked_as_before(group):
    group.plan(rhythm=Rhythm.DATES, dates=group.in_days(30))
    group.answer(4)
    stance = next(made for (sign, _who), made in group.stances.items() if sign == group.signs[0])
    maker = next(who for (_sign, who), made in group.stances.items() if made == stance)
    withdraw_contribution(maker.viewer, "indicator_stance", stance)
    session().expire_all()
    assert session().get(Indicator, group.signs[0]).decision is None
    group.after(31)
    assert group.asked_in(1) == [*WORDS]
    assert group.rounds()[1].instrument_id == group.instrument_id


def test_when_all_questions_would_go_it_is_refused_in_plain_words(group):
    group.plan(rhythm=Rhythm.DATES, dates=group.in_days(30))
    group.answer(4)
    for sign in range(3):
        group.decide(Decision.NOT_MEASURED, sign)
    viewer, day = group.lead, today_in(group.space.id) + timedelta(days=1)
    for refused in (
        lambda: start_measuring(viewer, group.instrument_id, Plan("Nog eens")),
        lambda: make_version(viewer, group.instrument_id),
        lambda: open_next(viewer, group.measuring_id, day),
    ):
        with pytest.raises(Conflict) as found:
            refused()
        assert "decided not to measure" in str(found.value.message)
        session().rollback()
    group.after(31)
    assert len(group.rounds()) == 1
    assert len(session().query(Instrument).all()) == 1
    group.decide(Decision.MEASURE, 1)
    group.after(31)
    assert group.asked_in(1) == [WORDS[1]]


def test_the_only_question_of_a_round_goes_too(in_context):
    group = Group(1)
    group.plan()
    group.decide(Decision.STORY)
    assert group.asked() == []
    with pytest.raises(Conflict):
        start_measuring(group.lead, group.instrument_id, Plan("Nog eens"))


def test_a_version_that_is_not_ready_comes_after_the_one_that_is_made(group):
    group.plan(rhythm=Rhythm.DATES, dates=group.in_days(30))
    group.answer(4)
    draft = make_version(group.lead, group.instrument_id)
    for place in range(2):
        item = of(draft).items[place]
        reword(group.lead, draft, item.id, item.text, 3)
    item = of(draft).items[2]
    reword(group.lead, draft, item.id, "Nog niet goed?", 3)
    group.decide(Decision.NOT_MEASURED)
    group.after(31)
    assert group.asked_in(1) == [*WORDS[1:]]
    assert [(of(each).version) for each in (group.rounds()[1].instrument_id, draft)] == [2, 3]
    assert [each.id for each in instruments_of(group.space.id)] == [draft]
    assert of(draft).definition["version"] == 3


def test_what_is_left_is_in_a_good_order(group):
    group.plan(rhythm=Rhythm.DATES, dates=group.in_days(30))
    group.answer(4)
    build(group.maker.viewer, group.signs[1], Draft(WORDS[1], AnswerShape(AnswerKind.SCALE_0_10), 3))
    workshop = group.workshop
    add_here = make_sign(group.maker, workshop, "Wat zie je?")
    after = make_version(group.lead, group.instrument_id)
    add_sign(group.lead, after, add_here)
    group.decide(Decision.NOT_MEASURED)
    group.after(31)
    asked = [each.sensitivity for each in questions_of(of(group.rounds()[1].instrument_id))]
    assert asked == [0, 3, 0]
    assert not misplaced(asked)


def test_both_pages_say_so(group, new_browser):
    browser = new_browser(group.space.steward)
    group.plan()
    asked = "De groep besloot om dit niet te meten"
    still = f"De groep besloot om “{WORDS[0]}” niet te meten. Deze ronde vraagt het nog"
    group.decide(Decision.NOT_MEASURED)
    assert f"{asked}, dus het wordt niet gevraagd." in browser.get(group.questionnaire).text
    assert still not in browser.get(group.page).text
    group.decide(Decision.MEASURE)
    assert asked not in browser.get(group.questionnaire).text
    group.answer(4)
    group.decide(Decision.NOT_MEASURED)
    assert f"{asked}. De ronde die open is" in browser.get(group.questionnaire).text
    assert still in browser.get(group.page).text
    close_round(group.lead, group.round_id)
    assert f"{asked}. De volgende ronde vraagt het niet." in browser.get(group.questionnaire).text
    assert still not in browser.get(group.page).text
    for sign in (1, 2):
        group.decide(Decision.NOT_MEASURED, sign)
    assert "geen van deze vragen te meten" in browser.get(group.page).text


def test_who_passes_by_reads_no_words_of_it(app, new_browser):
    with app.app_context():
        group = Group()
        group.plan()
        group.answer(4)
        group.decide(Decision.NOT_MEASURED)
        page = group.page
    outside = new_browser().get(page)
    assert outside.status_code == 200
    assert WORDS[0] not in outside.text
    assert WORDS[0] in new_browser(group.space.steward).get(page).text

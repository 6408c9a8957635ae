"""A sign turns out to be delicate after it was put into a questionnaire: it is so in every one of them."""

import json
import re

import pytest

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Change, head_of
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.indicators.instrument_files import read_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Indicator, Measuring, Publication
from cocreate.indicators.queries.answering import sheet_of
from cocreate.indicators.queries.figures import lines_of, small_lines
from cocreate.indicators.queries.instruments import definition_of, questions_of
from cocreate.indicators.queries.measuring import rounds_of
from cocreate.indicators.queries.publications import snapshot_of
from cocreate.indicators.queries.tables import asking_of
from cocreate.indicators.service.building import Draft, build
from cocreate.indicators.service.composing import compose_from_signs, put_in_order
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.indicators.service.rounds import close_round
from cocreate.indicators.service.versions import make_version
from tests.factories import give_answer, make_member, make_space, make_workshop
from tests.indicators.signs import make_sign
from tests.indicators.test_composing import of, texts

WORDS = ("Hoe vaak groet je?", "Hoe vaak help je?", "Hoe is het op het plein?")


class Street:
    """Three signs of one maker in a questionnaire, and people who answer."""

    def __init__(self, signs=3):
        self.space = make_space(is_public=True)
        self.lead = self.space.steward.viewer
        self.workshop = workshop = make_workshop(self.space)
        self.maker = make_member(self.space, workshop)
        self.signs = [
            make_sign(self.maker, workshop, text, visibility=Visibility.PUBLIC, built=1)
            for text in WORDS[:signs]
        ]
        self.instrument_id = compose_from_signs(self.lead, "Ons plein", self.signs)
        self.members = []

    def call(self, sensitivity, sign=0):
        """Its maker says how delicate it is."""
        draft = Draft(WORDS[sign], AnswerShape(AnswerKind.SCALE_0_10), sensitivity)
        build(self.maker.viewer, self.signs[sign], draft)
        session().expire_all()

    def start(self, instrument_id=None):
        self.measuring_id, self.round_id = start_measuring(
            self.lead, instrument_id or self.instrument_id, Plan("Meten")
        )

    def item(self, sign=0):
        return next(each.id for each in of(self.instrument_id).items if each.indicator_id == self.signs[sign])

    def answer(self, *values, voice="resident"):
        for value in values:
            self.members.append(make_member(self.space, voice=voice))
            give_answer(self.members[-1], self.round_id, self.item(), str(value))

    def answer_sign(self, sign):
        """Somebody answers another sign than the first."""
        place = next(
            each
            for each in sheet_of(self.maker.viewer, self.round_id).posed
            if each.question.indicator_id == self.signs[sign]
        )
        give_answer(make_member(self.space), self.round_id, place.question.item_id)

    def asked(self):
        return [each.question.text for each in sheet_of(self.maker.viewer, self.round_id).posed]

    def shown(self, viewer=None):
        """How many people stand behind each number of the first sign: on its page, and beside the wish."""
        viewer = viewer or self.lead
        lines = lines_of(viewer, rounds_of(session().get(Measuring, self.measuring_id)))
        line = next(each for each in lines if each.question.indicator_id == self.signs[0])
        seen = [line.by_round[0].figures] if line.by_round[0] else []
        beside = [
            figures for some in small_lines(viewer).values() for each in some for figures in each.figures
        ]
        pages = [
            [figure[0].n for figure in (each.together, *each.by_voice.values()) if figure]
            for each in (*seen, *beside)
        ]
        return [each for each in pages if each]


@pytest.fixture
def street(in_context):
    return Street()


def test_it_is_not_asked_first_although_it_was_light_when_it_was_put_in(street):
    street.start()
    assert street.asked()[0] == WORDS[0]
    street.call(3)
    assert street.asked() == [WORDS[1], WORDS[0], WORDS[2]]
    street.answer(4)
    assert street.asked() == [WORDS[1], WORDS[0], WORDS[2]]  # with an answer too
    assert session().query(Answer).count() == 1


def test_measuring_does_not_start_with_it_and_one_press_helps(street):
    street.call(3)
    with pytest.raises(Conflict):
        street.start()
    put_in_order(street.lead, street.instrument_id)
    assert texts(street.instrument_id) == [WORDS[1], WORDS[0], WORDS[2]]
    street.start()


def test_it_is_shown_of_ten_people_and_guarded_over_rounds(street):
    street.start()
    street.call(3)
    street.answer(*range(9))
    close_round(street.lead, street.round_id)
    assert street.shown() == []
    assert (
        snapshot_of(session().query(Publication).filter_by(item_id=street.item()).one().content).cells == ()
    )


def test_what_was_shown_of_fewer_goes_at_once_and_is_there_again_when_it_is_light(street):
    street.start()
    street.answer(*range(6))
    close_round(street.lead, street.round_id)
    all_and_voice = [6, 6]
    assert street.shown() == [all_and_voice] * 2
    before = head_of(street.space.id)
    street.call(3)
    assert street.shown() == []
    rows = session().query(Change).filter(Change.seq > before, Change.space_id == street.space.id)
    assert [row.subject_id for row in rows if row.topic == "figures"] == [street.measuring_id]
    street.call(2)
    assert len([row for row in rows if row.topic == "figures"]) == 1  # as delicate as it was
    street.call(1)
    assert street.shown() == [all_and_voice] * 2


def test_groups_of_ten_stay(street):
    street.start()
    street.answer(*range(6), voice="youth")
    street.answer(*range(10))
    close_round(street.lead, street.round_id)
    assert street.shown()[0] == [16, 6, 10]
    street.call(2)
    assert street.shown()[0] == [10, 10]
    outside = Viewer(street.space.id, sees_public=True)
    assert all(each >= 10 for page in street.shown(outside) for each in page)


def test_the_page_of_figures_shows_no_picture_from_before(street, new_browser):
    street.start()
    street.answer(*range(6))
    close_round(street.lead, street.round_id)
    browser = new_browser(street.space.steward)
    page = f"/spaces/{street.space.id}/measurings/{street.measuring_id}/figures"
    assert "6 mensen" in browser.get(page).text
    street.call(3)
    assert not re.findall(r"\d+ mensen", browser.get(page).text)


def test_a_next_version_its_file_and_the_codebook_say_so_too(street, new_browser):
    browser = new_browser(street.space.steward)
    street.start()
    street.answer(4)
    street.call(3)
    after = make_version(street.lead, street.instrument_id)
    assert [each.sensitivity for each in definition_of(of(after)).items] == [3, 0, 0]
    assert [each.sensitivity for each in of(after).items] == [3, 0, 0]
    place = f"/spaces/{street.space.id}/instruments/{street.instrument_id}/file.json"
    taken = read_instrument(browser.get(place).data)
    assert [each.sensitivity for each in taken.items] == [3, 0, 0]
    assert json.dumps(of(street.instrument_id).definition).count("sensitivity") == 0  # frozen as it was
    asking = asking_of(session().get(Measuring, street.measuring_id))
    assert {
        each.version.sensitivity[each.item.key] for each in asking.asked if each.item.text == WORDS[0]
    } == {3}


def test_a_questionnaire_may_call_it_more_delicate_than_its_sign(street):
    street.call(3)
    made = compose_from_signs(street.lead, "Nog een", street.signs)
    street.call(0)
    assert [each.sensitivity for each in questions_of(of(made))] == [0, 3, 0]
    assert [each.sensitivity for each in questions_of(of(street.instrument_id))] == [0, 0, 0]


@pytest.mark.parametrize("signs", [1, 2])
def test_where_no_light_question_is_left_who_leads_reads_so(in_context, new_browser, signs):
    street = Street(signs)
    street.start()
    page = f"/spaces/{street.space.id}/measurings/{street.measuring_id}"
    told = "heeft een lichte vraag nodig aan het begin en aan het eind"
    browser = new_browser(street.space.steward)
    assert told not in browser.get(page).text
    street.answer(4)
    street.call(3)  # never refused: who told it knows best
    assert session().get(Indicator, street.signs[0]).sensitivity == 3
    assert told in browser.get(page).text
    after = make_version(street.lead, street.instrument_id)
    assert of(after).version == 2
    assert told in browser.get(page).text  # the round that is open asks the version before
    assert session().query(Answer).count() == 1

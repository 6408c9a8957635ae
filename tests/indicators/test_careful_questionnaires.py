"""Words that may hurt are asked with a reason or not at all: reworded, brought in, or out of a sign."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.core.problems import Conflict, DomainError, Invalid
from cocreate.indicators.instrument_files import write_instrument
from cocreate.indicators.models import Measuring, Round
from cocreate.indicators.queries.instruments import all_questions_of, definition_of
from cocreate.indicators.queries.overruled import unexplained_in
from cocreate.indicators.service.building import Cautioned, add_caution
from cocreate.indicators.service.composing import (
    add_sign,
    compose_from_file,
    compose_from_signs,
    move,
    put_in_order,
    remove_question,
    reword,
)
from cocreate.indicators.service.measuring import Plan, start_measuring
from cocreate.indicators.service.rounds import open_next
from cocreate.indicators.service.versions import freeze, make_version
from cocreate.privacy.service import withdraw_contribution
from tests.factories import give_answer, make_member, make_space, make_workshop
from tests.indicators.signs import make_sign
from tests.indicators.test_composing import compose_of, make_panel, of, texts

REASON = "Zo zeggen wij het zelf."
HURTS = "Hoe eenzaam ben je?"


@pytest.fixture
def scene(in_context):
    space = make_space()
    workshop = make_workshop(space)
    return space, workshop, make_member(space, workshop)


def items(instrument_id):
    return of(instrument_id).items


def start(space, instrument_id):
    return start_measuring(space.steward.viewer, instrument_id, Plan("Meten"))


# Rewording.


def test_other_words_that_may_hurt_need_a_reason(scene):
    space, *_ = scene
    lead, made = space.steward.viewer, compose_of(space, ("a?", 0), ("b?", 0))
    with pytest.raises(Cautioned) as refused:
        reword(lead, made, items(made)[0].id, HURTS, 0)
    assert "eenzaam" in refused.value.fields["overruled_because"][0]
    assert texts(made) == ["a?", "b?"]
    reword(lead, made, items(made)[0].id, HURTS, 0, REASON)
    assert (texts(made)[0], items(made)[0].overruled_because) == (HURTS, REASON)
    reword(lead, made, items(made)[0].id, HURTS, 1)
    assert items(made)[0].overruled_because == REASON
    reword(lead, made, items(made)[0].id, "Wie zie je?", 0, REASON)
    assert items(made)[0].overruled_because == ""


def test_the_reason_for_the_words_of_before_is_none_for_other_words(scene):
    space, *_ = scene
    lead, made = space.steward.viewer, compose_of(space, ("a?", 0))
    reword(lead, made, items(made)[0].id, HURTS, 0, REASON)
    for text in ("Wat is voor jou het hoogst haalbare?", f"{HURTS} Of kwetsbaar?"):
        with pytest.raises(Cautioned) as refused:
            reword(lead, made, items(made)[0].id, text, 0, REASON)
        assert "eenzaam" not in [each.phrase for each in refused.value.phrases]
    reword(lead, made, items(made)[0].id, "Ben je vaak eenzaam?", 0, REASON)
    reword(lead, made, items(made)[0].id, "Ben je kwetsbaar?", 0, "Een andere reden.")
    assert items(made)[0].overruled_because == "Een andere reden."


def test_a_reason_of_the_sign_is_enough_for_its_words_alone(scene):
    space, workshop, maker = scene
    kept = {"overruled": ["eenzaam"], "overruled_because": REASON}
    made = compose_from_signs(space.steward.viewer, "Plein", [make_sign(maker, workshop, HURTS, **kept)])
    start(space, made)
    reword(space.steward.viewer, made, items(made)[0].id, "Ben je eenzaam?", 0)
    with pytest.raises(Invalid):
        reword(space.steward.viewer, made, items(made)[0].id, "Ben je eenzaam of kwetsbaar?", 0)


def test_the_reason_for_the_words_of_a_panel_is_given_by_the_panel(scene):
    space, workshop, _ = scene
    panel = make_panel(space)
    young = make_member(space, workshop, voice="youth")
    sign = make_sign(young, workshop, HURTS)
    made = compose_from_signs(space.steward.viewer, "Van de ruimte", [sign])
    with pytest.raises(Conflict):
        reword(space.steward.viewer, made, items(made)[0].id, HURTS, 0, REASON)
    own = compose_from_signs(young.viewer, "Van ons", [sign], panel)
    with pytest.raises(Conflict):
        start_measuring(young.viewer, own, Plan("Meten"))
    reword(young.viewer, own, items(own)[0].id, HURTS, 0, REASON)
    start_measuring(young.viewer, own, Plan("Meten"))


# Starting, and going on.


def test_measuring_starts_when_every_word_has_its_reason(scene):
    space, *_ = scene
    made = compose_of(space, (HURTS, 0), ("Wie zie je?", 0))
    with pytest.raises(Conflict) as refused:
        start(space, made)
    assert HURTS in str(refused.value.message)
    assert "Wie zie je?" not in str(refused.value.message)
    reword(space.steward.viewer, made, items(made)[0].id, HURTS, 0, REASON)
    start(space, made)


def test_labels_of_answers_count_too(scene):
    space, *_ = scene
    clean = write_instrument(definition_of(of(compose_of(space, ("Hoe is het?", 0)))))
    start(space, compose_from_file(space.steward.viewer, clean))
    labelled = clean.replace(
        b'"kind": "scale_0_10"', b'"kind": "scale_0_10", "labels": ["niet", "kwetsbaar"]'
    )
    assert labelled != clean
    with pytest.raises(Conflict):
        start(space, compose_from_file(space.steward.viewer, labelled))


def test_what_was_asked_before_goes_on_when_the_list_grows(scene):
    space, _, maker = scene
    made = compose_of(space, ("Hoe is het plein?", 0))
    _measuring, round_id = start(space, made)
    add_caution(space.steward.viewer, "nl", "plein", "Zomaar.", "Zeg iets anders.")
    with pytest.raises(Conflict):
        start(space, made)
    give_answer(maker, round_id, items(made)[0].id)
    start(space, made)
    newer = make_version(space.steward.viewer, made)
    with pytest.raises(Conflict):
        start(space, newer)


def test_a_reason_goes_along_to_the_next_version(scene):
    space, _, maker = scene
    made = compose_of(space, (HURTS, 0))
    reword(space.steward.viewer, made, items(made)[0].id, HURTS, 0, REASON)
    _measuring, round_id = start(space, made)
    give_answer(maker, round_id, items(made)[0].id)
    newer = make_version(space.steward.viewer, made)
    assert items(newer)[0].overruled_because == REASON
    start(space, newer)


ASKED = st.sampled_from(["Wie zie je?", HURTS, "Ben je kwetsbaar?", "Wat doe je?"])
MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ["reword", "add", "bring", "move", "order", "remove", "start", "answer", "version", "again"]
        ),
        st.integers(0, 5),
        ASKED,
        st.sampled_from(["", "", REASON]),
    ),
    min_size=1,
    max_size=14,
)


class Story:
    """Somebody puts questionnaires together, in any order of doing so."""

    def __init__(self) -> None:
        self.space = make_space()
        self.lead = self.space.steward.viewer
        self.workshop = make_workshop(self.space)
        self.maker = make_member(self.space, self.workshop)
        self.made = [compose_of(self.space, ("Groet je?", 0))]

    def act(self, what, number, text, because):
        made = self.made[number % len(self.made)]
        item = items(made)[number % len(items(made))].id
        if what == "reword":
            reword(self.lead, made, item, text, 0, because)
        elif what == "add":
            kept = {"overruled": ["eenzaam"], "overruled_because": because} if because else {}
            add_sign(self.lead, made, make_sign(self.maker, self.workshop, text, **kept))
        elif what == "bring":
            data = write_instrument(definition_of(of(compose_of(self.space, (text, 0)))))
            self.made.append(compose_from_file(self.lead, data))
        elif what == "move":
            move(self.lead, made, item, 1)
        elif what == "order":
            put_in_order(self.lead, made)
        elif what == "remove":
            remove_question(self.lead, made, item)
        elif what == "version":
            self.made.append(make_version(self.lead, made))
        elif what == "start":
            start(self.space, made)
        else:
            self.go_on(what, number)

    def go_on(self, what, number):
        measurings = session().query(Measuring).filter_by(space_id=self.space.id).all()
        if not measurings:
            return
        measuring = measurings[number % len(measurings)]
        if what == "again":
            open_next(self.lead, measuring.id)
            return
        asked = session().query(Round).filter_by(measuring_id=measuring.id).first()
        give_answer(self.maker, asked.id, items(asked.instrument_id)[0].id)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=MOVES)
def test_in_whatever_order_nobody_is_asked_a_listed_word_without_a_reason(in_context, moves):
    story = Story()
    for each in moves:
        try:
            story.act(*each)
        except DomainError:
            session().rollback()
        for asked in session().query(Round).join(Measuring).filter_by(space_id=story.space.id):
            assert not unexplained_in(story.space.id, all_questions_of(of(asked.instrument_id))), each


def test_no_sign_with_such_a_word_comes_into_a_round_that_is_open(scene):
    space, workshop, maker = scene
    made = compose_of(space, ("Groet je?", 0))
    start(space, made)
    with pytest.raises(Conflict):
        add_sign(space.steward.viewer, made, make_sign(maker, workshop, HURTS))
    assert texts(made) == ["Groet je?"]


@pytest.fixture
def unexplained(scene):
    """A measuring of a sign that was answered, and a newer version with a word that has no reason."""
    space, workshop, maker = scene
    sign = make_sign(maker, workshop, "Wie zie je?")
    made = compose_from_signs(space.steward.viewer, "Plein", [sign])
    measuring_id, round_id = start(space, made)
    give_answer(maker, round_id, items(made)[0].id)
    newer = make_version(space.steward.viewer, made)
    asked = session().get(Round, round_id)
    asked.opened_at = asked.opened_at.replace(year=asked.opened_at.year - 1)
    session().commit()
    return sign, measuring_id, made, newer


def add_hurt(scene, instrument_id):
    space, workshop, maker = scene
    add_sign(space.steward.viewer, instrument_id, make_sign(maker, workshop, HURTS))


def next_version(scene, measuring_id):
    return session().get(Round, open_next(scene[0].steward.viewer, measuring_id)).instrument_id


def test_a_next_round_passes_over_a_version_with_a_word_without_a_reason(scene, unexplained):
    _sign, measuring_id, _made, newer = unexplained
    with changing(scene[0].id) as log:
        freeze(log, of(newer))
    add_hurt(scene, make_version(scene[0].steward.viewer, newer))
    assert next_version(scene, measuring_id) == newer


def test_a_next_round_asks_no_such_word_when_there_is_nothing_else_left(scene, unexplained):
    sign, measuring_id, made, newer = unexplained
    add_hurt(scene, newer)
    withdraw_contribution(scene[2].viewer, "indicator", sign)
    assert next_version(scene, measuring_id) == made

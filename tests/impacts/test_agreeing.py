"""Whatever people do: agreed only with a stance from every voice that the space needs (invariant 1)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.core.problems import Conflict
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Position, Stage
from cocreate.impacts.service import move_to
from cocreate.indicators.models import Indicator
from cocreate.indicators.rules import Decision
from cocreate.indicators.service.deciding import decide
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.models import Membership, Voice
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import VoiceWish
from cocreate.spaces.service import SpaceDraft, change_space, compose, join_space
from tests.factories import (
    make_impact,
    make_indicator,
    make_member,
    make_space,
    make_stance,
    make_stance_on_sign,
    make_workshop,
)

VOICES = ("resident", "youth", "professional", "policymaker")


class Scene:
    """An impact, and somebody of each voice."""

    def __init__(self):
        self.space = make_space()
        self.workshop = make_workshop(self.space)
        self.people = {key: make_member(self.space, self.workshop, voice=key) for key in VOICES}
        self.voices = {each.key: each.id for each in voices_of(self.space.id)}
        self.impact_id = make_impact(self.people["resident"], self.workshop)

    @property
    def impact(self):
        return session().get(DesiredImpact, self.impact_id, populate_existing=True)

    def stand(self, voice, shown=Visibility.SPACE):
        who = self.people[voice]
        return make_stance(who, self.workshop, self.impact_id, Position.OBJECTION, visibility=shown)

    def speak_from(self, voice, other):
        member = session().get(Membership, self.people[voice].id)
        with changing(self.space.id) as log:
            join_space(log, member.person_id, voice_id=self.voices[other])

    def need(self, *keys):
        needed = {key: VoiceWish(key in keys) for key in VOICES}
        compose(self.space.id, {self.voices[key]: wish for key, wish in needed.items()})

    def unheard(self):
        """The needed voices of which nobody shows a stance, counted row by row."""
        rows = session().query(Stance).filter_by(impact_id=self.impact_id).all()
        shown = [row for row in rows if not row.withdrawn_at and row.visibility != Visibility.MAKER]
        heard = {session().get(Membership, row.maker_id, populate_existing=True).voice_id for row in shown}
        needed = session().query(Voice).filter_by(space_id=self.space.id, is_needed=True).all()
        return {voice.id for voice in needed} - heard


@pytest.fixture
def scene(in_context):
    return Scene()


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["stand", "keep", "take back", "hide", "speak from", "need", "agree", "agree"]),
        st.sampled_from(VOICES),
        st.sets(st.sampled_from(VOICES), min_size=1),
    ),
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_people_do_agreed_means_that_every_needed_voice_is_heard(in_context, moves):
    scene = Scene()
    stances = {voice: scene.stand(voice) for voice in VOICES}
    move_to(scene.space.steward.viewer, scene.impact_id, Stage.AGREED)
    for what, voice, others in moves:
        who = scene.people[voice]
        if what in ("stand", "keep"):
            stances[voice] = scene.stand(voice, Visibility.SPACE if what == "stand" else Visibility.MAKER)
        elif what == "take back" and voice in stances:
            withdraw_contribution(who.viewer, "stance", stances.pop(voice))
        elif what == "hide" and voice in stances:
            show_to(who.viewer, "stance", stances[voice], Visibility.MAKER)
        elif what == "speak from":
            scene.speak_from(voice, min(others))
        elif what == "need":
            scene.need(*others)
        elif what == "agree":
            try:
                move_to(scene.space.steward.viewer, scene.impact_id, Stage.AGREED)
            except Conflict:
                assert scene.unheard()
        assert scene.impact.stage != Stage.AGREED or not scene.unheard()


def agreed_by(scene, *keys):
    scene.need(*keys)
    for key in keys:
        scene.stand(key)
    move_to(scene.space.steward.viewer, scene.impact_id, Stage.AGREED)
    assert scene.impact.stage == Stage.AGREED


def test_when_one_more_voice_is_needed_it_is_discussed_again(scene):
    agreed_by(scene, "resident", "youth")
    scene.need("resident", "youth", "policymaker")
    assert scene.impact.stage == Stage.IN_DISCUSSION


def test_a_voice_that_comes_later_is_heard_before_anything_stays_agreed(scene):
    agreed_by(scene, *VOICES)
    change_space(scene.space.id, SpaceDraft("Ons plein", own_voices=["mantelzorger"]))
    assert scene.impact.stage == Stage.IN_DISCUSSION


def test_whoever_speaks_from_another_voice_takes_their_stance_along(scene):
    agreed_by(scene, "resident", "youth")
    scene.speak_from("youth", "resident")
    assert scene.impact.stage == Stage.IN_DISCUSSION


def test_who_answers_again_for_themselves_alone_speaks_for_no_voice(scene):
    agreed_by(scene, "resident", "youth")
    scene.stand("youth", Visibility.MAKER)
    assert scene.impact.stage == Stage.IN_DISCUSSION


def test_with_one_voice_fewer_it_stays_agreed(scene):
    agreed_by(scene, "resident", "youth")
    scene.need("resident")
    assert scene.impact.stage == Stage.AGREED


def test_what_is_done_with_a_sign_is_open_again_too(scene):
    scene.need("youth")
    who = scene.people["youth"]
    sign_id = make_indicator(who, scene.workshop, scene.impact_id, visibility=Visibility.SPACE)
    make_stance_on_sign(who, scene.workshop, sign_id, visibility=Visibility.SPACE)
    decide(scene.space.steward.viewer, sign_id, Decision.STORY)
    scene.need("youth", "resident")
    assert session().get(Indicator, sign_id, populate_existing=True).decision is None

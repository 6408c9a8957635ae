"""From sign to question: who builds, who tries it out, how voices stand, and what it takes to decide."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.rules import Position
from cocreate.indicators.kinds import Agreement, AnswerKind, AnswerShape
from cocreate.indicators.models import Ballot, Choosing, ChoosingItem, Indicator, IndicatorStance, Tryout
from cocreate.indicators.queries.building import (
    cautions_of,
    clear_to,
    may_build,
    seconds_of,
    stands_on_sign,
    tried,
    tryouts_of,
    voices_missing_for,
)
from cocreate.indicators.rules import Decision
from cocreate.indicators.service.building import (
    Cautioned,
    Draft,
    add_caution,
    build,
    switch_caution,
    try_out,
)
from cocreate.indicators.service.deciding import decide, take_stance_on_sign
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Role, VoiceWish
from cocreate.spaces.service import compose
from tests.factories import (
    make_arrival,
    make_impact,
    make_indicator,
    make_member,
    make_question,
    make_space,
    make_stance_on_sign,
    make_tryout,
    make_workshop,
)

VOICES = ("resident", "youth", "professional", "policymaker")
SCALE = AnswerShape(AnswerKind.SCALE_0_10)


class Scene:
    """A space with somebody of each voice, and a sign of a young person."""

    def __init__(self, panel=()):
        self.space = make_space()
        self.workshop = make_workshop(self.space)
        self.people = {voice: make_member(self.space, self.workshop, voice=voice) for voice in VOICES}
        self.lead = self.space.steward
        self.youth, self.resident = self.people["youth"], self.people["resident"]
        self.impact_id = make_impact(self.resident, self.workshop)
        self.sign_id = make_indicator(self.youth, self.workshop, self.impact_id)
        if panel:
            self.make_panel(*panel)

    def make_panel(self, *keys):
        voices = voices_of(self.space.id)
        compose(self.space.id, {each.id: VoiceWish(is_panel=each.key in keys) for each in voices})

    @property
    def sign(self):
        return session().get(Indicator, self.sign_id, populate_existing=True)

    def all_stand(self, position=Position.FOR):
        return {
            voice: make_stance_on_sign(who, self.workshop, self.sign_id, position)
            for voice, who in self.people.items()
        }

    def two_try(self):
        return [
            make_tryout(self.people[voice], self.workshop, self.sign_id)
            for voice in ("resident", "professional")
        ]


@pytest.fixture
def scene(in_context):
    return Scene()


@pytest.fixture
def panel(in_context):
    return Scene(panel=("youth",))


# Building


def test_a_sign_becomes_a_question_and_stays_a_sign(scene):
    make_question(scene.youth, scene.sign_id, "Hoe vaak groet je iemand?", sensitivity=1)
    sign = scene.sign
    assert (sign.question, sign.asked) == ("We groeten elkaar.", "Hoe vaak groet je iemand?")
    assert (sign.shape, sign.sensitivity, sign.built) == (SCALE, 1, 1)


def test_who_proposed_it_and_who_leads_build_it_and_nobody_else(scene):
    for who in (scene.youth, scene.lead):
        assert may_build(who.viewer, scene.sign)
        make_question(who, scene.sign_id, f"Vraag van {who.id}?")
    for who in (scene.resident, make_member(scene.space, scene.workshop, role=Role.READER)):
        assert not may_build(who.viewer, scene.sign)
        with pytest.raises(NotFound):
            make_question(who, scene.sign_id)


def test_the_sign_of_a_panel_is_built_by_the_panel_alone(panel):
    friend = make_member(panel.space, panel.workshop, voice="youth")
    for who in (panel.youth, friend):
        make_question(who, panel.sign_id, f"Vraag van {who.id}?")
    leading = make_member(panel.space, panel.workshop, voice="youth", role=Role.FACILITATOR)
    reading = make_member(panel.space, panel.workshop, voice="youth", role=Role.READER)
    for who in (panel.lead, panel.resident, leading, reading):
        with pytest.raises(NotFound):
            make_question(who, panel.sign_id, "Van een ander?")


def test_the_sign_of_another_voice_is_no_panels(panel):
    other = make_indicator(panel.resident, panel.workshop, panel.impact_id)
    make_question(panel.lead, other)
    with pytest.raises(NotFound):
        make_question(panel.youth, other)


def test_who_no_longer_contributes_builds_nothing(scene):
    session().get(Membership, scene.youth.id).role = Role.READER
    session().commit()
    with pytest.raises(NotFound):
        make_question(scene.youth, scene.sign_id)


def test_what_is_not_seen_or_taken_back_cannot_be_built(scene):
    secret = make_indicator(scene.youth, scene.workshop, scene.impact_id, visibility=Visibility.MAKER)
    with pytest.raises(NotFound):
        make_question(scene.lead, secret)
    withdraw_contribution(scene.youth.viewer, "indicator", scene.sign_id)
    with pytest.raises(NotFound):
        make_question(scene.lead, scene.sign_id)


def test_a_changed_question_is_another_one_and_only_a_changed_one(scene):
    make_question(scene.youth, scene.sign_id, "Vraag?")
    make_question(scene.youth, scene.sign_id, "Vraag?", sensitivity=2)
    assert (scene.sign.built, scene.sign.sensitivity) == (1, 2)
    make_question(scene.youth, scene.sign_id, "Andere vraag?")
    assert scene.sign.built == 2
    make_question(scene.youth, scene.sign_id, "Andere vraag?", AnswerShape(AnswerKind.SMILEYS))
    assert scene.sign.built == 3


def test_two_who_change_it_at_once_do_not_overwrite_each_other(scene):
    build(scene.youth.viewer, scene.sign_id, Draft("Van mij?", SCALE, seen=0))
    with pytest.raises(Conflict):
        build(scene.lead.viewer, scene.sign_id, Draft("Van mij!", SCALE, seen=0))
    assert scene.sign.asked == "Van mij?"


# Trying out


def test_two_people_try_it_and_what_they_needed_is_what_it_costs(scene):
    make_question(scene.youth, scene.sign_id)
    estimate = seconds_of([scene.sign])[scene.sign_id]
    make_tryout(scene.resident, scene.workshop, scene.sign_id, seconds=60)
    assert seconds_of([scene.sign]) == {scene.sign_id: estimate}
    make_tryout(scene.people["professional"], scene.workshop, scene.sign_id, seconds=80)
    assert seconds_of([scene.sign]) == {scene.sign_id: 70}
    assert sorted(tried([scene.sign])[scene.sign_id]) == [60, 80]


def test_the_last_word_of_a_person_counts_once(scene):
    make_question(scene.youth, scene.sign_id)
    for clear in (Agreement.NO, Agreement.YES):
        make_tryout(scene.resident, scene.workshop, scene.sign_id, clear)
    (tryout,) = session().query(Tryout).all()
    assert tryout.clear == Agreement.YES
    assert clear_to(tryouts_of(scene.youth.viewer, scene.sign)) == {"yes": 1}


def test_earlier_tries_are_of_the_earlier_question(scene):
    make_question(scene.youth, scene.sign_id, "Vraag?")
    scene.two_try()
    make_question(scene.youth, scene.sign_id, "Andere vraag?")
    assert tried([scene.sign])[scene.sign_id] == []
    assert tryouts_of(scene.youth.viewer, scene.sign) == []
    late = make_arrival(scene.workshop)
    try_out(scene.people["policymaker"].viewer, late, scene.sign_id, 1, Agreement.YES)
    assert tried([scene.sign])[scene.sign_id] == []


def test_a_try_that_was_on_its_way_for_long_takes_nothing_back(scene):
    make_question(scene.youth, scene.sign_id, "Vraag?")
    make_question(scene.youth, scene.sign_id, "Andere vraag?")
    make_tryout(scene.resident, scene.workshop, scene.sign_id, note="Nu wel.")
    try_out(scene.resident.viewer, make_arrival(scene.workshop), scene.sign_id, 1, Agreement.NO)
    (said,) = tryouts_of(scene.youth.viewer, scene.sign)
    assert (said["clear"], said["note"]) == ("yes", "Nu wel.")


def test_nobody_tries_their_own_sign_or_what_is_no_question(scene):
    with pytest.raises(Conflict):
        try_out(scene.resident.viewer, make_arrival(scene.workshop), scene.sign_id, 1, Agreement.YES)
    make_question(scene.youth, scene.sign_id)
    with pytest.raises(Conflict):
        make_tryout(scene.youth, scene.workshop, scene.sign_id)
    with pytest.raises(Conflict):
        try_out(scene.resident.viewer, make_arrival(scene.workshop), scene.sign_id, 2, Agreement.YES)
    assert session().query(Tryout).all() == []


def test_what_somebody_keeps_to_themselves_counts_and_is_read_by_nobody(scene):
    make_question(scene.youth, scene.sign_id)
    make_tryout(scene.resident, scene.workshop, scene.sign_id, note="Sst.", visibility=Visibility.MAKER)
    assert len(tried([scene.sign])[scene.sign_id]) == 1
    assert tryouts_of(scene.youth.viewer, scene.sign) == []
    assert tryouts_of(scene.lead.viewer, scene.sign) == []


# Careful words: invariant 4


def test_a_word_that_may_hurt_stays_only_with_a_reason(scene):
    with pytest.raises(Cautioned) as refused:
        make_question(scene.youth, scene.sign_id, "Hoe eenzaam ben je?")
    assert [each.phrase for each in refused.value.phrases] == ["eenzaam"]
    assert "eenzaam" in refused.value.fields["overruled_because"][0]
    assert scene.sign.kind is None
    make_question(scene.youth, scene.sign_id, "Hoe eenzaam ben je?", because="Zo zeggen wij het zelf.")
    sign = scene.sign
    assert (sign.overruled, sign.overruled_because) == (["eenzaam"], "Zo zeggen wij het zelf.")
    make_question(scene.youth, scene.sign_id, "Hoeveel mensen kun je bellen?", because="Toch maar niet.")
    assert (scene.sign.overruled, scene.sign.overruled_because) == ([], "")


def test_a_reason_says_nothing_of_words_that_come_later(scene):
    reason = "Dit woord kozen wij zelf."
    make_question(scene.youth, scene.sign_id, "Hoe eenzaam ben je?", because=reason)
    for asked in ("Wat is voor jou het hoogst haalbare?", "Ben je eenzaam, of is dit het hoogst haalbare?"):
        with pytest.raises(Cautioned) as refused:
            make_question(scene.youth, scene.sign_id, asked, because=reason)
        assert [each.phrase for each in refused.value.phrases] == ["hoogst haalbare"]
    assert (scene.sign.asked, scene.sign.overruled) == ("Hoe eenzaam ben je?", ["eenzaam"])
    make_question(scene.youth, scene.sign_id, "Ben je vaak eenzaam?", because=reason)
    make_question(scene.youth, scene.sign_id, "Wat is het hoogst haalbare?", because="Van onszelf.")
    assert (scene.sign.overruled, scene.sign.overruled_because) == (["hoogst haalbare"], "Van onszelf.")


def test_a_word_that_is_listed_later_needs_a_reason_of_its_own(scene):
    make_question(scene.youth, scene.sign_id, "Ben je eenzaam op straat?", because="Van onszelf.")
    add_caution(scene.lead.viewer, "nl", "op straat", "Dat klinkt als hangen.", "Zeg: buiten.")
    with pytest.raises(Cautioned):
        make_question(scene.youth, scene.sign_id, "Ben je eenzaam op straat?", because="Van onszelf.")


@pytest.mark.parametrize(
    "shape",
    [
        AnswerShape(AnswerKind.DYAD, ("samen", "eenzaam")),
        AnswerShape(AnswerKind.COUNT, unit="eenzame dagen"),
    ],
)
def test_words_that_go_with_an_answer_are_read_too(scene, shape):
    with pytest.raises(Cautioned):
        make_question(scene.youth, scene.sign_id, "Hoe is het?", shape)


def test_a_space_adds_words_and_switches_hints_off(scene):
    add_caution(scene.lead.viewer, "nl", "op straat", "Dat klinkt als hangen.", "Zeg: buiten.")
    with pytest.raises(Cautioned):
        make_question(scene.youth, scene.sign_id, "Groet je mensen op straat?")
    switch_caution(scene.lead.viewer, "nl", "Op  Straat", True)
    make_question(scene.youth, scene.sign_id, "Groet je mensen op straat?")
    switch_caution(scene.lead.viewer, "nl", "eenzaam", True)
    make_question(scene.youth, scene.sign_id, "Ben je eenzaam?")
    switch_caution(scene.lead.viewer, "nl", "eenzaam", False)
    assert "eenzaam" in [each.phrase for each in cautions_of(scene.space.id)]
    assert "eenzaam" in [each.phrase for each in cautions_of(make_space().id)]


def test_a_space_says_a_built_in_one_in_its_own_way(scene):
    add_caution(scene.lead.viewer, "nl", "Eenzaam", "Onze reden.", "Ons voorstel.")
    (own,) = [each for each in cautions_of(scene.space.id) if each.phrase == "eenzaam"]
    assert (own.reason, own.suggestion) == ("Onze reden.", "Ons voorstel.")


def test_only_who_leads_says_which_words(scene):
    for who in (scene.youth, make_member(scene.space, role=Role.READER)):
        with pytest.raises(NotFound):
            add_caution(who.viewer, "nl", "plein", "Daarom.", "Zeg: veld.")
        with pytest.raises(NotFound):
            switch_caution(who.viewer, "nl", "eenzaam", True)
    with pytest.raises(NotFound):
        switch_caution(scene.lead.viewer, "nl", "wat wij niet kennen", True)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_question_ever_holds_a_listed_word_without_a_reason(scene, data):
    phrases = cautions_of(scene.space.id)
    words = [each.phrase for each in phrases] + ["hoe", "vaak", "groet", "je", "elkaar"]
    asked = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=5)))
    because = data.draw(st.sampled_from(["", "Zo zeggen wij het.", "Dat is het woord van hier."]))
    before, given_for = scene.sign.overruled_because, set(scene.sign.overruled)
    try:
        make_question(scene.lead, scene.sign_id, asked, because=because)
    except Cautioned:
        assert not because or because == before
    else:
        assert because != before or set(scene.sign.overruled) <= given_for
    sign = scene.sign
    there = [each.phrase for each in phrases if each.phrase in (sign.asked or "")]
    assert set(there) <= set(sign.overruled)
    assert bool(sign.overruled) == bool(sign.overruled_because)


# Standing somewhere


def test_everybody_stands_once_and_the_last_one_counts(scene):
    for position in (Position.OBJECTION, Position.FOR):
        make_stance_on_sign(scene.resident, scene.workshop, scene.sign_id, position, reason="Daarom.")
    (stance,) = session().query(IndicatorStance).all()
    assert stance.position == Position.FOR
    stands = stands_on_sign(scene.youth.viewer, scene.sign)
    assert [(voice.key, tally.total, tally.split) for voice, tally in stands.by_voice] == [
        ("resident", 1, None)  # one person is never split
    ]


def test_from_five_people_of_a_voice_on_it_is_shown_how_they_stand(scene):
    five = {Position.FOR: 4, Position.OBJECTION: 1, Position.DONT_KNOW: 0}
    for number in range(6):
        who = make_member(scene.space, scene.workshop, voice="youth")
        position = Position.FOR if number else Position.OBJECTION
        make_stance_on_sign(who, scene.workshop, scene.sign_id, position)
        ((_voice, tally),) = stands_on_sign(scene.resident.viewer, scene.sign).by_voice
        assert (tally.total, tally.split) == (number + 1, five if number >= 4 else None)


def test_fifty_taps_at_once_are_one_stance(any_database):
    with any_database.app_context():
        scene = Scene()
        viewer, workshop, sign_id = scene.resident.viewer, scene.workshop, scene.sign_id
    arrivals = [make_arrival(workshop) for _ in range(25)] * 2
    start, failed = threading.Barrier(len(arrivals)), []

    def tap(arrival, position):
        with any_database.app_context():
            start.wait()
            try:
                take_stance_on_sign(viewer, arrival, sign_id, position, "Daarom.")
            except Exception as error:  # all of them are looked at below
                failed.append(error)

    threads = [
        threading.Thread(target=tap, args=(arrival, list(Position)[number % 3]))
        for number, arrival in enumerate(arrivals)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with any_database.app_context():
        (stance,) = session().query(IndicatorStance).all()
        assert (stance.maker_id, stance.indicator_id) == (viewer.membership_id, sign_id)


# Deciding: invariant 1


def test_nothing_is_decided_while_a_voice_is_missing(scene):
    for voice in VOICES[:3]:
        make_stance_on_sign(scene.people[voice], scene.workshop, scene.sign_id)
    assert [each.key for each in voices_missing_for(scene.sign)] == ["policymaker"]
    for decision in Decision:
        with pytest.raises(Conflict):
            decide(scene.lead.viewer, scene.sign_id, decision)
    assert scene.sign.decision is None


@pytest.mark.parametrize("position", Position)
@pytest.mark.parametrize("decision", [Decision.STORY, Decision.NOT_MEASURED])
def test_with_every_voice_heard_it_can_be_told_or_left_alone(scene, position, decision):
    scene.all_stand(position)
    decide(scene.lead.viewer, scene.sign_id, decision)
    assert scene.sign.decision == decision
    assert scene.sign.decided_at is not None
    decide(scene.lead.viewer, scene.sign_id, None)
    assert (scene.sign.decision, scene.sign.decided_at) == (None, None)


def test_measuring_takes_a_question_that_two_people_tried(scene):
    scene.all_stand()
    for make_ready in (
        lambda: make_question(scene.youth, scene.sign_id),
        lambda: make_tryout(scene.resident, scene.workshop, scene.sign_id),
        lambda: make_tryout(scene.people["professional"], scene.workshop, scene.sign_id),
    ):
        with pytest.raises(Conflict):
            decide(scene.lead.viewer, scene.sign_id, Decision.MEASURE)
        make_ready()
    decide(scene.lead.viewer, scene.sign_id, Decision.MEASURE)
    assert scene.sign.decision == Decision.MEASURE


@pytest.fixture
def measured(scene):
    make_question(scene.youth, scene.sign_id)
    scene.tryouts = scene.two_try()
    scene.stances = scene.all_stand()
    decide(scene.lead.viewer, scene.sign_id, Decision.MEASURE)
    return scene


def test_a_changed_question_is_no_longer_measured(measured):
    make_question(measured.youth, measured.sign_id, "Hoe vaak groet je iemand?", sensitivity=3)
    assert measured.sign.decision == Decision.MEASURE  # the question is the same
    make_question(measured.youth, measured.sign_id, "Groet je wel eens iemand?")
    assert measured.sign.decision is None


@pytest.mark.parametrize("how", ["taken back", "kept to myself", "told again for myself"])
def test_when_the_last_stance_of_a_voice_goes_nothing_is_decided(measured, how):
    youth, stance = measured.youth, measured.stances["youth"]
    if how == "taken back":
        withdraw_contribution(youth.viewer, "indicator_stance", stance)
    elif how == "kept to myself":
        show_to(youth.viewer, "indicator_stance", stance, Visibility.MAKER)
    else:
        make_stance_on_sign(youth, measured.workshop, measured.sign_id, visibility=Visibility.MAKER)
    assert measured.sign.decision is None


def test_when_somebody_takes_back_a_try_it_is_no_longer_measured(measured):
    withdraw_contribution(measured.resident.viewer, "tryout", measured.tryouts[0])
    assert measured.sign.decision is None


def test_what_is_told_as_a_story_stays_so_without_tries(measured):
    decide(measured.lead.viewer, measured.sign_id, Decision.STORY)
    withdraw_contribution(measured.resident.viewer, "tryout", measured.tryouts[0])
    make_question(measured.youth, measured.sign_id, "Groet je wel eens iemand?")
    assert measured.sign.decision == Decision.STORY


def test_only_who_leads_decides(scene):
    scene.all_stand()
    for who in (scene.youth, scene.resident):
        with pytest.raises(NotFound):
            decide(who.viewer, scene.sign_id, Decision.STORY)


def test_a_panel_decides_about_its_own_signs_and_hears_itself(panel):
    for who in (panel.lead, panel.resident):
        with pytest.raises(NotFound):
            decide(who.viewer, panel.sign_id, Decision.STORY)
    make_stance_on_sign(panel.resident, panel.workshop, panel.sign_id)
    assert [each.key for each in voices_missing_for(panel.sign)] == ["youth"]
    with pytest.raises(Conflict):
        decide(panel.youth.viewer, panel.sign_id, Decision.STORY)
    make_stance_on_sign(panel.youth, panel.workshop, panel.sign_id, Position.OBJECTION)
    decide(panel.youth.viewer, panel.sign_id, Decision.STORY)
    assert panel.sign.decision == Decision.STORY


def choose(scene, member, *, lists=True):
    """A ballot of this member, with the sign on its list."""
    choosing = Choosing(space_id=scene.space.id, title="Kiezen", seats=1)
    session().add(choosing)
    session().flush()
    if lists:
        item = ChoosingItem(choosing_id=choosing.id, indicator_id=scene.sign_id, position=1, seconds=10)
        session().add(item)
    ballot = Ballot(id=new_id(), choosing_id=choosing.id, space_id=scene.space.id, maker_id=member.id)
    session().add(ballot)
    session().commit()
    return ballot.id


def test_a_ballot_lets_a_voice_be_heard_as_well_where_the_sign_is_on_the_list(scene):
    for voice in VOICES[:3]:
        make_stance_on_sign(scene.people[voice], scene.workshop, scene.sign_id)
    choose(scene, scene.people["policymaker"], lists=False)
    assert [each.key for each in voices_missing_for(scene.sign)] == ["policymaker"]
    ballot_id = choose(scene, scene.people["policymaker"])
    assert voices_missing_for(scene.sign) == []
    decide(scene.lead.viewer, scene.sign_id, Decision.STORY)
    withdraw_contribution(scene.people["policymaker"].viewer, "ballot", ballot_id)
    assert scene.sign.decision is None


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["stand", "keep", "take back", "hide", "try", "untry", "build", "decide"]),
        st.sampled_from(VOICES),
        st.sampled_from(list(Decision)),
    ),
    max_size=14,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, is_panel=st.booleans())
def test_whatever_people_do_a_decision_stands_only_with_every_voice_and_two_tries(
    in_context, moves, is_panel
):
    scene = Scene(panel=("youth",) if is_panel else ())
    stances, tryouts, asked = {}, {}, 0
    who_decides = scene.youth if is_panel else scene.lead
    make_question(scene.youth, scene.sign_id, "Vraag 0?")
    for what, voice, decision in moves:
        who = scene.people[voice]
        if what in ("stand", "keep"):
            shown = Visibility.SPACE if what == "stand" else Visibility.MAKER
            stances[voice] = make_stance_on_sign(who, scene.workshop, scene.sign_id, visibility=shown)
        elif what == "take back" and voice in stances:
            withdraw_contribution(who.viewer, "indicator_stance", stances.pop(voice))
        elif what == "hide" and voice in stances:
            show_to(who.viewer, "indicator_stance", stances[voice], Visibility.MAKER)
        elif what == "try" and voice != "youth":
            tryouts[voice] = make_tryout(who, scene.workshop, scene.sign_id)
        elif what == "untry" and voice in tryouts:
            withdraw_contribution(who.viewer, "tryout", tryouts.pop(voice))
        elif what == "build":
            asked += 1
            make_question(scene.youth, scene.sign_id, f"Vraag {asked}?")
        elif what == "decide":
            try:
                decide(who_decides.viewer, scene.sign_id, decision)
            except Conflict:
                assert scene.sign.decision != decision
        sign = scene.sign
        heard = {
            stance.maker_id
            for stance in session().query(IndicatorStance).all()
            if not stance.withdrawn_at and stance.visibility != Visibility.MAKER
        }
        needed = {scene.youth.id} if is_panel else {each.id for each in scene.people.values()}
        assert sign.decision is None or needed <= heard
        tries = [each for each in session().query(Tryout).all() if not each.withdrawn_at]
        current = {
            each.maker_id for each in tries if each.built == sign.built and each.indicator_id == sign.id
        }
        assert sign.decision != Decision.MEASURE or len(current) >= 2


def test_the_log_holds_no_words_of_any_of_it(measured):
    make_question(measured.youth, measured.sign_id, "Kanarie eenzaam?", because="Kanarie")
    make_stance_on_sign(measured.resident, measured.workshop, measured.sign_id, reason="Kanarie")
    make_tryout(measured.resident, measured.workshop, measured.sign_id, note="Kanarie")
    assert not [each for each in session().query(Change).all() if "Kanarie" in str(each.payload)]

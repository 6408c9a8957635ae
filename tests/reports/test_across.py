"""What all voices say together: told only where each of them can be seen, never over a few."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.impacts.models import DesiredImpact
from cocreate.impacts.queries import Answers
from cocreate.impacts.rules import Position, Stage, Tally
from cocreate.reports.across import Part, across, not_heard_on
from cocreate.spaces.queries import Hoped, VoiceFacts
from cocreate.spaces.rules import IMPORTED

RESIDENT, YOUTH, CARER = (
    VoiceFacts(uuid.uuid4(), key, key, "user", number)
    for number, key in enumerate(("resident", "youth", "carer"))
)
GROUP = VoiceFacts(uuid.uuid4(), f"{IMPORTED}9", "Group A", "user", 9)
FEW = Tally(4, None)
FOR_IT, AGAINST = (6, 0, 0), (0, 6, 0)


def hoped(*needed, others=(), **wished):
    return [Hoped(voice, voice in needed, wished.get(voice.key, 0)) for voice in (*needed, *others)]


def wish(stage=Stage.PROPOSED, statement="Iedereen eet mee."):
    return DesiredImpact(id=uuid.uuid4(), stage=stage, statement=statement)


def said(**by_voice):
    """How voices stand on one wish: for, objections, don't know; or a tally that says only how many."""
    known = {voice.key: voice for voice in (RESIDENT, YOUTH, CARER, GROUP)}
    tallies = [
        (
            known[key],
            split if isinstance(split, Tally) else Tally(sum(split), dict(zip(Position, split, strict=True))),
        )
        for key, split in by_voice.items()
    ]
    return Answers(tallies, Tally(0, None))


def read(*answers, of=None, present=None, stages=None):
    impacts = [wish(stage) for stage in stages or [Stage.PROPOSED] * len(answers)]
    by_id = {impact.id: each for impact, each in zip(impacts, answers, strict=True)}
    found = across(impacts, by_id, of or hoped(RESIDENT, YOUTH), present or {})
    return found, [impact.id for impact in impacts]


def bridging(found):
    return [each.id for each in found.bridging]


def test_voices_meet_where_each_was_heard_and_is_mostly_for_it():
    found, (wanted, _other) = read(
        said(resident=FOR_IT, youth=(4, 1, 0)), said(resident=FOR_IT, youth=(2, 3, 0))
    )
    assert bridging(found) == [wanted]
    assert (found.too_few, found.silent) == ([], [])


def test_they_do_not_meet_over_a_voice_of_which_too_few_spoke():
    found, _ids = read(said(resident=FOR_IT, youth=FEW), of=hoped(RESIDENT, others=[YOUTH]))
    assert found.bridging == []
    assert found.rows[0].together is None
    assert found.too_few == [YOUTH]


def test_they_do_not_meet_over_a_voice_that_the_space_needs_and_that_said_nothing():
    found, _ids = read(said(resident=FOR_IT, youth=FOR_IT), of=hoped(RESIDENT, YOUTH, CARER))
    assert found.bridging == []
    assert found.rows[0].together is None
    assert found.silent == [CARER]


def test_they_do_not_meet_over_a_voice_that_spoke_where_this_viewer_cannot_see_it():
    of = hoped(RESIDENT, YOUTH, others=[CARER])
    answers = said(resident=FOR_IT, youth=FOR_IT)
    assert read(answers, of=of)[0].bridging
    found, _ids = read(answers, of=of, present={"carer": 1})
    assert found.bridging == []
    assert found.silent == [CARER]


def test_one_voice_alone_meets_nobody():
    found, _ids = read(said(resident=FOR_IT), of=hoped(RESIDENT))
    assert found.bridging == []
    assert found.rows[0].together is None


def test_all_together_weighs_each_voice_the_same_and_names_the_one_that_agrees_least():
    (row,) = read(said(resident=(18, 0, 0), youth=(5, 5, 0)))[0].rows
    assert row.together.share == pytest.approx((19 / 20 * 6 / 12) ** 0.5)
    assert row.together.people == 28
    assert (row.together.least, row.together.share_of_least, row.together.people_of_least) == (YOUTH, 0.5, 10)


def test_a_voice_from_elsewhere_takes_part_only_in_what_it_spoke_on():
    of = [*hoped(RESIDENT, YOUTH), Hoped(GROUP, False, 0)]
    both = {"resident": FOR_IT, "youth": FOR_IT}
    found, (own, *_others) = read(
        said(**both), said(**both, **{GROUP.key: FEW}), said(**both, **{GROUP.key: AGAINST}), of=of
    )
    assert bridging(found) == [own]


def test_what_is_no_longer_now_is_in_nothing_that_was_found():
    both, apart = said(resident=FOR_IT, youth=FOR_IT), said(resident=(9, 0, 0), youth=(0, 9, 0))
    now, _ids = read(both, apart)
    assert now.bridging
    assert now.dividing
    assert now.differently
    found, ids = read(both, apart, stages=[Stage.RETIRED] * 2)
    assert (found.rows, found.bridging, found.dividing, found.differently) == ([], [], [], [])
    assert [row.impact.id for row in found.retired] == ids


def test_every_part_says_of_how_many_people():
    found, _ids = read(said(resident=(9, 1, 0), youth=(1, 7, 0)))
    told = {(voice.key, each.position): each for voice, so in found.differently for each in so}
    first = told["resident", Position.FOR]
    assert (first.own, first.others) == (Part(9, 10), Part(1, 8))
    assert (first.own.share, first.others.share) == (0.9, 0.125)


def test_what_divides_names_the_voices_that_cannot_be_seen():
    (each,) = read(said(resident=(9, 0, 0), youth=(0, 9, 0), carer=FEW), of=hoped(RESIDENT, YOUTH, CARER))[
        0
    ].dividing
    assert (each.for_it, each.not_for_it, each.too_few) == ([RESIDENT], [YOUTH], [CARER])


def test_who_was_not_heard_on_one_wish_is_counted_against_what_the_space_hopes_for():
    of = hoped(RESIDENT, YOUTH, others=[CARER], resident=5, youth=8, carer=3)
    answers = said(resident=FOR_IT, youth=FEW)
    assert not_heard_on(answers, of) == [(YOUTH, 4, 8), (CARER, 0, 3)]
    assert not_heard_on(answers, hoped(RESIDENT, YOUTH, CARER)) == []  # it hopes for no number


splits = st.tuples(*[st.integers(0, 8)] * 3).filter(lambda split: sum(split) >= 5)
stands = st.fixed_dictionaries({"resident": splits, "youth": splits})


@given(st.lists(stands, min_size=1, max_size=4), st.integers(1, 9))
def test_a_hidden_voice_blocks_whatever_it_said_and_changes_nothing_else(answers, people):
    without, _ids = read(*[said(**each) for each in answers])
    found, _ids = read(
        *[said(**each, carer=Tally(people, None)) for each in answers],
        of=hoped(RESIDENT, YOUTH, others=[CARER]),
    )
    assert found.bridging == []
    assert not any(row.together for row in found.rows)
    assert [(each.for_it, each.not_for_it) for each in found.dividing] == [
        (each.for_it, each.not_for_it) for each in without.dividing
    ]
    told = [
        [(voice, [(each.own, each.others) for each in said_so]) for voice, said_so in one.differently]
        for one in (found, without)
    ]
    assert told[0] == told[1]

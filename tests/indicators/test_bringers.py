"""Who was brought in by somebody: they know these answers, and learn nobody else's by it."""

import random

import pytest
from sqlalchemy import select

from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import OTHERS, Answer, Guard, figures_for, publish, told
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument, Measuring, Publication, Round
from cocreate.indicators.queries.publications import snapshot_of
from cocreate.indicators.queries.tables import asking_of
from cocreate.indicators.service.answering import Given
from cocreate.indicators.service.bringing import Agreed, bring_in_table
from cocreate.indicators.service.publishing import publish_round
from cocreate.indicators.service.sheets import PaperSheet, enter_sheet
from cocreate.spaces.bringers import are_enough, known_to_one, may_stand_together
from cocreate.spaces.models import Membership
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Role
from tests.factories import (
    make_account,
    make_answer,
    make_instrument,
    make_measuring,
    make_member,
    make_space,
)
from tests.indicators.attacker import Glance, History, Told, coalitions, play, small_sums, unmasked
from tests.indicators.leaks import BroughtInAmongAll, Ours

SPREAD = (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)


def people(prefix, number, *bringers, voice="a"):
    brought_by = frozenset(bringers)
    return [Answer(f"{prefix}{n}", voice, (SPREAD[n % 10],), brought_by) for n in range(number)]


def sizes(answers, guard=None, **facts):
    snapshot = publish(None, answers, guard or Guard(), **facts)
    return sorted(len(cell.people) for cell in snapshot.cells)


def test_sheets_and_tablets_are_shown_together_when_there_are_enough_of_each():
    seen = publish(None, people("own", 6) + people("paper", 8, "helper"), Guard())
    assert figures_for(seen, Circle.SPACE).together[0].n == 14
    assert sizes(people("own", 6) + people("paper", 8, "helper")) == [6, 8]


def test_too_few_on_tablets_wait_and_the_sheets_are_shown_alone():
    seen = publish(None, people("own", 3) + people("paper", 8, "helper"), Guard())
    assert [part.n for part in figures_for(seen, Circle.SPACE).together] == [8]
    assert seen.waiting == 3


def test_one_person_is_not_hidden_among_people_somebody_made_up():
    made_up = people("nep", 21, "evil")
    assert sizes([*people("victim", 1), *made_up], Guard().for_sensitive()) == [21]
    assert sizes([*people("victim", 1), *made_up[:4]]) == []


def test_the_others_are_not_made_up_either():
    few = people("a", 2) + people("b", 2, voice="b")
    assert sizes(few + people("nep", 4, "evil", voice="c")) == []
    assert sizes(few + people("c", 1, voice="c") + people("nep", 4, "evil", voice="c")) == [5]


def test_few_sheets_of_several_helpers_are_shown_when_each_leaves_enough_others():
    assert sizes(people("x", 4, "x") + people("y", 4, "y")) == []
    three = people("x", 4, "x") + people("y", 4, "y") + people("z", 4, "z")
    assert sizes(three) == [12]
    assert publish(None, three, Guard()).cells[0].voice == "a"
    assert sizes(three, is_closed=False) == []
    assert sizes(three + people("own", 4)) == [12]


def test_of_what_one_knows_part_of_less_is_told():
    three = people("x", 4, "x") + people("y", 4, "y") + people("z", 4, "z")
    counts = {SPREAD[n]: 3 for n in range(4)}
    assert publish(None, three, Guard()).cells[0].told == (told(counts, 2 + 4),) == (counts,)
    alike = [Answer(each.person, "a", (1 if n % 2 else n,), each.brought_by) for n, each in enumerate(three)]
    assert publish(None, alike, Guard()).cells[0].told == ({},)


def test_small_voices_of_one_helper_are_shown_together_and_not_with_those_of_another():
    mine = people("a", 3, "x") + people("b", 3, "x", voice="b")
    seen = publish(None, mine + people("c", 4, "y", voice="c"), Guard())
    assert [(cell.voice, len(cell.people)) for cell in seen.cells] == [(OTHERS, 6)]


def test_in_a_next_round_a_mixed_group_comes_along_whole_or_not_at_all():
    three = people("x", 4, "x") + people("y", 4, "y") + people("z", 4, "z")
    first = publish(None, three, Guard())
    again = publish(None, three, Guard(), [first])
    assert [len(cell.people) for cell in again.cells] == [12]
    assert publish(None, three[:7], Guard(), [first]).cells == ()


def test_who_is_left_when_one_leaves_out_their_own():
    own, mine, both = frozenset(), frozenset("x"), frozenset("xy")
    assert may_stand_together([own] * 3, 5)
    assert may_stand_together([mine] * 5 + [frozenset("y")] * 5, 5)
    assert not may_stand_together([mine] * 5 + [frozenset("y")] * 4, 5)
    assert not may_stand_together([mine] * 5 + [own] * 9, 5)
    assert not may_stand_together([mine] + [both] * 8, 5)
    assert are_enough([own] * 5, 5)
    assert not are_enough([own] * 4, 5)
    assert not are_enough([mine] * 4 + [own] * 5, 5)
    assert (known_to_one([mine] * 5), known_to_one([mine] + [both] * 8)) == (0, 8)


def test_the_attacker_finds_who_was_hidden_among_people_they_made_up():
    values = dict(enumerate((2, 9, 8, 7, 6, 5, 9, 8)))
    told_ = [
        Told(number, 0, f"p{number}", "a", 1, frozenset({"evil"} if number else ()))
        for number in range(len(values))
    ]
    history = History(range(11), (*told_, Glance(0, True)))
    answered = {(number, 0): value for number, value in values.items()}
    known = frozenset(datum for each in told_[1:] for datum in each.data)
    theirs = tuple(each.person for each in told_[1:])
    careless = play(history, answered, BroughtInAmongAll(Guard()))
    assert [sorted(each) for each in small_sums(careless, 5, known=known)] == [[(0, 0)]]
    found = unmasked(history, answered, lambda: BroughtInAmongAll(Guard()), theirs)
    assert [(each.how, set(each.people)) for each in found] == [("certain", {"p0"})]
    ours = play(history, answered, Ours(Guard()))
    assert ours
    assert small_sums(ours, 5, known=known) == []
    assert unmasked(history, answered, lambda: Ours(Guard()), theirs) == []
    assert theirs in [
        some[: len(theirs)] for some in coalitions(history, answered, [known], random.Random(1))
    ]


# As it is kept


class Scene:
    """A question that is asked, and who answered it."""

    def __init__(self):
        self.space = make_space()
        self.leader = make_member(self.space, role=Role.FACILITATOR, person_id=make_account())
        instrument_id = make_instrument(self.space, AnswerShape(AnswerKind.SCALE_0_10))
        self.measuring_id, self.round_id = make_measuring(self.space, instrument_id)
        self.item = session().get(Instrument, instrument_id).items[0].id
        self.resident = next(each.id for each in voices_of(self.space.id) if each.key == "resident")

    def answer(self, *values):
        for value in values:
            make_answer(make_member(self.space), self.round_id, self.item, value)

    def table(self, who, *values):
        asking = asking_of(session().get(Measuring, self.measuring_id))
        column = asking.asked[0].columns[0]
        lines = "".join(f"{who.id}-{n},0,resident,{value}\n" for n, value in enumerate(values))
        bring_in_table(
            who.viewer, self.measuring_id, f"person,round,voice,{column}\n{lines}".encode(), Agreed()
        )

    def sheet(self, who, label, value, corrects=""):
        sheet = PaperSheet(label, self.resident, [(self.item, Given(value=str(value)))], corrects=corrects)
        enter_sheet(who.viewer, self.round_id, sheet)

    def shown(self):
        with changing(self.space.id) as log:
            publish_round(log, log.session.get(Round, self.round_id))
        content = session().scalars(select(Publication.content)).one()
        together = figures_for(snapshot_of(content), Circle.SPACE).together
        return together[0].n if together else 0


@pytest.fixture
def scene(in_context):
    return Scene()


def test_a_table_that_somebody_brings_in_tells_nothing_of_who_answered_themselves(scene):
    scene.answer(2)
    scene.table(scene.leader, *SPREAD, *SPREAD)
    assert scene.shown() == 20
    brought = session().scalars(select(Membership.brought_by).where(Membership.brought_by != "")).all()
    assert set(brought) == {str(scene.leader.id)}


def test_sheets_that_somebody_types_over_tell_nothing_of_few_who_answered_themselves(scene):
    for number in range(8):
        scene.sheet(scene.leader, f"A{number}", SPREAD[number])
    scene.answer(2, 3, 4)
    assert scene.shown() == 8
    scene.answer(5, 6)
    assert scene.shown() == 13


def test_who_types_over_a_second_sheet_of_somebody_knows_them_too(scene):
    for number in range(6):
        scene.sheet(scene.leader, f"A{number}", SPREAD[number])
    for number in range(4):
        scene.sheet(scene.space.steward, f"A{number}", SPREAD[number], corrects=f"A{number}")
    bringers = [each.bringers for each in session().scalars(select(Membership)) if each.brought_by]
    both = {str(scene.leader.id), str(scene.space.steward.id)}
    assert sorted(map(len, bringers)) == [1, 1, 2, 2, 2, 2]
    assert set(bringers) == {frozenset({str(scene.leader.id)}), frozenset(both)}
    assert scene.shown() == 0  # the steward leaves out four of six

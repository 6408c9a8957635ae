"""Paper keeps to its part: the own questions, how far, how many; and the numbers of wishes stay right."""

import re
import uuid

import pytest
from flask import Flask

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.rules import Stage
from cocreate.impacts.service.deciding import move_to
from cocreate.impacts.service.doubles import absorb
from cocreate.spaces.contributions import change_visibility, withdraw
from cocreate.workshops.library import AGENDAS, Agenda
from cocreate.workshops.models import Workshop
from cocreate.workshops.queries.sheets import wishes_on_paper
from cocreate.workshops.rules import StepKind
from cocreate.workshops.sheets import TICKS, Wish, laid_out
from tests.factories import make_impact, make_member, make_workshop
from tests.workshops.papers import begin, id_of, meeting_of, part, printed, wishes_on, wishes_typed

ENGLISH = "?language=en"
LONG = "Heel lang? " * 54


def wish_elsewhere(app: Flask, space, words: str = "Wens een.") -> uuid.UUID:
    """A wish that was told in another meeting."""
    with app.app_context():
        elsewhere = make_workshop(space)
        return make_impact(make_member(space, elsewhere), elsewhere, words)


def test_two_people_who_talk_take_the_questions_of_who_leads(app: Flask, steward, space) -> None:
    own = {"questions": ["Wie ben je?", "Wat wil je?"]}
    walk = {"words": "walk.pair_talk"}
    parts = [part(StepKind.PAIR_TALK, settings=settings) for settings in (own, walk, {})]
    sheets = printed(steward, meeting_of(app, space, *parts), ENGLISH)
    asked = [re.findall("<li>([^<]+)</li>", sheet) for sheet in sheets]
    assert asked[0] == own["questions"]
    assert asked[1][0] == "Which place means something to you?"
    assert (len(asked[2]), "What was hard?" in asked[2]) == (5, True)


def change(app: Flask, room: str, **facts: object) -> None:
    """Something of the first part is otherwise from now on."""
    with app.app_context():
        first = session().get_one(Workshop, id_of(room)).steps[0]
        for name, value in facts.items():
            setattr(first, name, value)
        session().commit()


def test_sheets_are_drawn_anew_when_questions_change(app: Flask, steward, space) -> None:
    room = meeting_of(app, space, part(StepKind.PAIR_TALK))
    assert "What was hard?" in printed(steward, room, ENGLISH)[0]
    change(app, room, settings={"questions": ["Wie ben je?"]})
    assert "Wie ben je?" in printed(steward, room, ENGLISH)[0]


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ({"widest": Visibility.MAKER}, "Nobody else, in this part."),
        ({"most_each": 2}, "You can tell 2 things"),
        ({"has_names": True}, "Do you want your name with it?"),
    ],
)
def test_sheets_are_drawn_anew_when_terms_change(app: Flask, steward, space, terms, told) -> None:
    room = meeting_of(app, space, part(StepKind.MOMENTS))
    assert told not in printed(steward, room, ENGLISH)[0]
    change(app, room, **terms)
    assert told in printed(steward, room, ENGLISH)[0]


@pytest.mark.parametrize("widest", [None, *Visibility])
def test_a_sheet_and_its_form_go_as_far_as_the_part(app: Flask, steward, space, widest) -> None:
    room = meeting_of(app, space, part(StepKind.MOMENTS, widest=widest))
    (sheet,) = printed(steward, room, ENGLISH)
    words = ["Only me", "The people in this meeting", "Everybody in this space", "Everybody, also outside"]
    far = list(Visibility).index(widest or Visibility.PUBLIC)
    assert [each for each in words if f"</i>{each}</span>" in sheet] == (words[: far + 1] if far else [])
    assert ("Nobody else, in this part." in sheet) == (far == 0)
    form = steward.get(begin(steward, room, app, space)).text
    assert re.findall(r'name="visibility" value="(\w+)"', form) == [*Visibility][: far + 1]


def test_a_sheet_says_how_many_and_speaks_of_names_where_its_part_does(app: Flask, steward, space) -> None:
    room = meeting_of(
        app,
        space,
        part(StepKind.MOMENTS, most_each=2, has_names=True),
        part(StepKind.COMMITMENTS),
        part(StepKind.FACTORS, most_each=3),  # what helped has no number on a tablet either
    )
    moments, *others = printed(steward, room, ENGLISH)
    assert "You can tell 2 things in this part." in moments
    assert "Do you want your name with it?" in moments
    for other in others:
        assert "You can tell" not in other
        assert "Do you want your name" not in other
        assert "Do not write your name." in other


def test_a_part_that_asks_what_people_want_takes_stances_on_paper_too(app: Flask, steward, space) -> None:
    agenda = AGENDAS[Agenda.MOMENTS]
    room = meeting_of(app, space, *agenda)
    kinds = [sheet.split('data-kind="')[1].split('"')[0] for sheet in printed(steward, room)]
    assert kinds == [each.kind for each in agenda]  # nobody said yet what they want
    wish = wish_elsewhere(app, space)
    (stances,) = [each for each in printed(steward, room, ENGLISH) if 'data-kind="stances"' in each]
    assert wishes_on(stances) == {1: "Wens een."}
    for words in ("I object", "Who may see this?", "A1 · 7 / 11"):
        assert words in stances
    sheet = begin(steward, room, app, space)
    assert wishes_typed(steward.get(sheet).text) == {1: "Wens een."}
    told = {"impact_id": str(wish), "position": "objection"}
    assert steward.post(f"{sheet}/stance", told).status_code == 303
    with app.app_context():
        assert session().query(Stance).one().position == "objection"


def test_the_part_with_stances_of_its_own_takes_them_where_there_is_one(app: Flask, steward, space) -> None:
    parts = part(StepKind.IMPACTS), part(StepKind.STANCES, widest=Visibility.WORKSHOP)
    room = meeting_of(app, space, *parts)
    wish = wish_elsewhere(app, space)
    assert len(printed(steward, room)) == 2
    sheet = begin(steward, room, app, space)
    form = steward.get(sheet).text.split('id="stance"')[1].split("</form>")[0]
    assert 'name="step_id"' not in form  # there is one part that it can be from
    told = {"impact_id": str(wish), "position": "for", "visibility": "public"}
    assert steward.post(f"{sheet}/stance", told).status_code == 303
    with app.app_context():
        assert session().query(Stance).one().visibility == Visibility.WORKSHOP


def test_numbers_on_paper_stay_those_of_the_same_wishes(app: Flask, steward, space) -> None:
    with app.app_context():
        other, here = make_workshop(space), make_workshop(space, agenda=[part(StepKind.STANCES)])
        people = [make_member(space, other), make_member(space, here)]
        told = []
        for place in range(25):
            is_here = place % 3 == 0
            told.append(make_impact(people[is_here], here if is_here else other, f"Wens {place}."))
        secret = make_impact(people[1], here, "Wens geheim.", visibility=Visibility.MAKER)
    room = f"/workshops/{here.id}"
    first, last = printed(steward, room, ENGLISH)
    paper = wishes_on(first) | wishes_on(last)
    mine = [f"Wens {place}." for place in range(0, 25, 3)]
    assert list(paper.values())[: len(mine)] == mine  # all of this meeting, and first
    assert len(mine) < len(paper) < 25
    assert f"{25 - len(paper)} more wishes are not on paper" in last
    assert "not on paper" not in first

    with app.app_context():
        make_impact(people[1], here, "Wens nieuw.")
        change_visibility(people[1].viewer, DesiredImpact, secret, Visibility.SPACE)
        withdraw(people[1].viewer, DesiredImpact, told[3])
        absorb(space.steward.viewer, told[9], told[6])
        move_to(space.steward.viewer, told[12], Stage.RETIRED)
    typed = wishes_typed(steward.get(begin(steward, room, app, space)).text)
    still = {number: words for number, words in paper.items() if words != "Wens 3."}
    assert {number: typed.get(number) for number in paper if number in still} == still
    assert "Wens 3." not in typed.values()
    assert list(typed.items())[-2:] == [(26, "Wens nieuw."), (27, "Wens geheim.")]

    again = {number: words for sheet in printed(steward, room) for number, words in wishes_on(sheet).items()}
    assert {"Wens nieuw.", "Wens geheim."} <= {*again.values()}
    assert not {"Wens 3.", "Wens 6.", "Wens 12."} & {*again.values()}
    assert {number: typed[number] for number in again} == again


def test_wishes_of_the_meeting_are_there_however_many_the_space_has(in_context, space) -> None:
    other, here = make_workshop(space), make_workshop(space)
    make_impact(make_member(space, other), other)
    mine = make_impact(make_member(space, here), here)
    room = Viewer(space.id, workshop_ids=frozenset({here.id}), sees_space=True)
    (found,) = wishes_on_paper(room, session().get_one(Workshop, here.id), limit=1)
    assert (found.id, found.number, found.is_here) == (mine, 2, True)


def test_what_is_decided_elsewhere_is_asked_no_more_but_can_be_noticed(app: Flask, steward, space) -> None:
    stages = {f"Wens {stage}.": stage for stage in (Stage.AGREED, Stage.RETIRED, Stage.PROPOSED)}
    for words, stage in stages.items():
        wish = wish_elsewhere(app, space, words)
        with app.app_context():
            session().get_one(DesiredImpact, wish).stage = stage
            session().commit()
    kinds = (StepKind.STANCES, StepKind.REALISM, StepKind.INDICATORS)
    room = meeting_of(app, space, *map(part, kinds))
    stances, realism, signs = map(wishes_on, printed(steward, room))
    assert stances == realism == {3: "Wens proposed."}
    assert list(signs.items()) == [(3, "Wens proposed."), (1, "Wens agreed.")]


@pytest.mark.parametrize("letters", [10, 70, 500])
@pytest.mark.parametrize("question", ["Kort?", LONG])
def test_long_words_take_more_room_and_every_sheet_holds_something(letters: int, question: str) -> None:
    wishes = [
        Wish(number, uuid.uuid4(), "w" * letters, Stage.PROPOSED, is_here=True, is_alone=True)
        for number in range(1, 40)
    ]
    (one,), two = (laid_out(wishes, question, sheets, TICKS) for sheets in (1, 2))
    assert [wish for sheet in two for wish in sheet] == wishes[: 2 * len(one)]
    assert (
        len(one)
        == {
            (10, "Kort?"): 7,
            (70, "Kort?"): 5,
            (500, "Kort?"): 1,
            (10, LONG): 4,
            (70, LONG): 2,
            (500, LONG): 1,
        }[letters, question]
    )
    assert len(laid_out(wishes, question, 1, TICKS, 50)[0]) <= len(one)
    assert laid_out([], question, 2, TICKS) == []

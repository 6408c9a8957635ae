"""Putting a questionnaire together: out of signs, out of a file, and changing it before anybody answered."""

import json

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.instrument_files import InstrumentError, read_instrument, write_instrument
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Indicator, Instrument
from cocreate.indicators.order import misplaced
from cocreate.indicators.queries.instruments import (
    all_questions_of,
    definition_of,
    instrument_seen,
    instruments_of,
    questions_of,
    signs_to_ask,
)
from cocreate.indicators.scoring.limits import MAX_ITEMS
from cocreate.indicators.service.composing import (
    Asked,
    add_sign,
    compose,
    compose_from_file,
    compose_from_signs,
    move,
    put_in_order,
    remove_question,
    rename,
    reword,
)
from cocreate.indicators.service.versions import freeze, make_version
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.models import Voice
from cocreate.spaces.rules import Role
from tests.factories import (
    give_answer,
    make_instrument,
    make_measuring,
    make_member,
    make_space,
    make_workshop,
)
from tests.indicators.asking import make_full
from tests.indicators.signs import make_sign
from tests.privacy.test_erasure import files_with, places_with

CANARY = "kanarie7391"
LADDER = AnswerShape(AnswerKind.SCALE_0_10)


@pytest.fixture
def scene(in_context):
    space = make_space()
    workshop = make_workshop(space)
    return space, workshop, make_member(space, workshop)


def of(instrument_id):
    return session().get(Instrument, instrument_id, populate_existing=True)


def texts(instrument_id):
    return [each.text for each in all_questions_of(of(instrument_id))]


def make_panel(space, key="youth"):
    voice = session().query(Voice).filter_by(space_id=space.id, key=key).one()
    voice.is_panel = True
    session().commit()
    return voice.id


def compose_of(space, *asked):
    return compose(space.steward.viewer, "Ons plein", [Asked(text, LADDER, how) for text, how in asked])


# Out of signs.


def test_out_of_signs_in_the_order_in_which_they_are_listed(scene):
    space, workshop, maker = scene
    first = make_sign(maker, workshop, "Wie groet je?", sensitivity=1)
    second = make_sign(maker, workshop, "Wie helpt je?", kind=AnswerKind.COUNT, unit="mensen")
    made = compose_from_signs(space.steward.viewer, "Ons plein", [second, first])
    assert texts(made) == ["Wie groet je?", "Wie helpt je?"]
    assert [(item.indicator_id, item.sensitivity) for item in of(made).items] == [(first, 1), (second, 0)]
    assert definition_of(of(made)).answers["q2"] == AnswerShape(AnswerKind.COUNT, (), "mensen")
    assert [item.sensitivity for item in definition_of(of(made)).items] == [1, 0]


def test_only_what_is_to_be_measured_and_is_for_everybody_can_be_asked(scene):
    space, workshop, maker = scene
    made = make_sign(maker, workshop, "Wel")
    make_sign(maker, workshop, "Niet", decision="story")
    make_sign(maker, workshop, "Niet", decision=None)
    make_sign(maker, workshop, "Niet", kind=None)
    hidden = make_sign(maker, workshop, "Niet", visibility=Visibility.WORKSHOP)
    gone = make_sign(maker, workshop, "Niet")
    withdraw_contribution(maker.viewer, "indicator", gone)
    assert [sign.id for sign in signs_to_ask(space.steward.viewer)] == [made]
    with pytest.raises(Invalid):
        compose_from_signs(space.steward.viewer, "Ons plein", [hidden, gone])
    with pytest.raises(NotFound):
        add_sign(space.steward.viewer, make_instrument(space), hidden)


def test_a_sign_is_asked_once_and_not_endlessly(scene):
    space, workshop, maker = scene
    made, sign = make_instrument(space), make_sign(maker, workshop)
    add_sign(space.steward.viewer, made, sign)
    assert texts(made)[-1] == "Hoe vaak groet je iemand?"
    with pytest.raises(Conflict):
        add_sign(space.steward.viewer, made, sign)
    full = compose_of(space, *((f"Vraag {number}", 0) for number in range(MAX_ITEMS)))
    with pytest.raises(Conflict):
        add_sign(space.steward.viewer, full, sign)


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_what_cannot_be_a_questionnaire_is_refused_in_plain_words(scene, title):
    space, *_ = scene
    with pytest.raises(Invalid):
        compose(space.steward.viewer, title, [Asked("Hoe gaat het?", LADDER)])
    with pytest.raises(Invalid):
        compose(space.steward.viewer, "Leeg", [])
    assert instruments_of(space.id) == []


# Changing it.


def test_questions_move_and_at_an_end_they_stay(scene):
    space, *_ = scene
    made = compose_of(space, ("a", 0), ("b", 0), ("c", 0))
    ids = [item.id for item in of(made).items]
    move(space.steward.viewer, made, ids[2], -1)
    assert texts(made) == ["a", "c", "b"]
    move(space.steward.viewer, made, ids[0], -1)
    move(space.steward.viewer, made, ids[1], 1)
    assert texts(made) == ["a", "c", "b"]
    assert [item.id for item in of(made).items] == [ids[0], ids[2], ids[1]]
    assert [item.text for item in definition_of(of(made)).items] == ["a", "c", "b"]


def test_a_question_is_left_out_but_never_the_last_one(scene):
    space, *_ = scene
    made = compose_of(space, ("a", 0), ("b", 0))
    remove_question(space.steward.viewer, made, of(made).items[0].id)
    assert texts(made) == ["b"]
    assert list(definition_of(of(made)).answers) == ["q2"]
    with pytest.raises(Conflict):
        remove_question(space.steward.viewer, made, of(made).items[0].id)


def test_what_counts_in_a_score_is_not_left_out(scene):
    space, *_ = scene
    made = compose_from_file(space.steward.viewer, write_instrument(make_full()))
    ids = {item.key: item.id for item in of(made).items}
    for key in ("sun", "now"):  # one in a scale, one in a grouping
        with pytest.raises(Conflict):
            remove_question(space.steward.viewer, made, ids[key])
    remove_question(space.steward.viewer, made, ids["story"])
    assert len(of(made).items) == 6


def test_other_words_are_another_question_and_another_sensitivity_is_not(scene):
    space, *_ = scene
    made = compose_of(space, ("a", 0), ("b", 0))
    before = of(made).items[0]
    reword(space.steward.viewer, made, before.id, "a", 2)
    assert (of(made).items[0].id, of(made).items[0].sensitivity) == (before.id, 2)
    reword(space.steward.viewer, made, before.id, "Wie zie je?", 1)
    after = of(made).items[0]
    assert after.id != before.id
    assert after.question_id != before.question_id
    assert (texts(made), after.sensitivity) == (["Wie zie je?", "b"], 1)
    with pytest.raises(NotFound):
        reword(space.steward.viewer, made, before.id, "Nog eens", 1)


def test_the_title_can_change(scene):
    space, *_ = scene
    made = make_instrument(space)
    rename(space.steward.viewer, made, "Onze straat")
    assert (of(made).title, definition_of(of(made)).title) == ("Onze straat", "Onze straat")


def test_one_press_puts_it_in_a_better_order(scene):
    space, *_ = scene
    made = compose_of(space, ("zwaar", 3), ("a", 0), ("b", 1), ("ook zwaar", 2))
    put_in_order(space.steward.viewer, made)
    assert texts(made) == ["a", "zwaar", "ook zwaar", "b"]
    assert not misplaced([each.sensitivity for each in questions_of(of(made))])


@pytest.mark.parametrize("edit", ["rename", "move", "remove", "reword", "add", "order"])
def test_with_an_answer_it_stays_as_it_is(scene, edit):
    space, workshop, maker = scene
    viewer, sign = space.steward.viewer, make_sign(maker, workshop)
    made = compose_of(space, ("zwaar", 3), ("a", 0))
    item = of(made).items[0].id
    with changing(space.id) as log:
        freeze(log, of(made))
    before = of(made).definition
    does = {
        "rename": lambda: rename(viewer, made, "Anders"),
        "move": lambda: move(viewer, made, item, 1),
        "remove": lambda: remove_question(viewer, made, item),
        "reword": lambda: reword(viewer, made, item, "Anders", 0),
        "add": lambda: add_sign(viewer, made, sign),
        "order": lambda: put_in_order(viewer, made),
    }
    with pytest.raises(Conflict):
        does[edit]()
    assert of(made).definition == before
    assert len(of(made).items) == 2


# Whose it is.


def test_who_leads_composes_and_others_do_not(scene):
    space, _, maker = scene
    made = make_instrument(space)
    reader = make_member(space, role=Role.READER)
    for member in (maker, reader):
        assert instrument_seen(member.viewer, made)
        with pytest.raises(NotFound):
            rename(member.viewer, made, "Van mij")
        with pytest.raises(NotFound):
            compose(member.viewer, "Van mij", [Asked("Hoe?", LADDER)])
    elsewhere = make_space()
    with pytest.raises(NotFound):
        instrument_seen(elsewhere.steward.viewer, made)
    leader = make_member(space, role=Role.FACILITATOR)
    rename(leader.viewer, made, "Van ons")


def test_what_the_panel_makes_is_the_panels_own(scene):
    space, workshop, _ = scene
    panel = make_panel(space)
    young = make_member(space, workshop, voice="youth")
    sign = make_sign(young, workshop, "Kun je ergens terecht?")
    made = compose_from_signs(young.viewer, "Van ons", [sign], panel)
    rename(young.viewer, made, "Echt van ons")
    for other in (
        space.steward,
        make_member(space, role=Role.FACILITATOR),
        make_member(space, voice="resident"),
        make_member(space, voice="youth", role=Role.READER),
    ):
        with pytest.raises(NotFound):
            rename(other.viewer, made, "Van mij")
        with pytest.raises(NotFound):
            compose(other.viewer, "Van mij", [Asked("Hoe?", LADDER)], panel)
    with pytest.raises(NotFound):
        compose(young.viewer, "Voor de ruimte", [Asked("Hoe?", LADDER)])
    assert of(made).title == "Echt van ons"


def test_the_words_of_a_panel_are_changed_by_the_panel_alone(scene):
    space, workshop, _ = scene
    make_panel(space)
    young = make_member(space, workshop, voice="youth")
    sign = make_sign(young, workshop, "Kun je ergens terecht?")
    made = compose_from_signs(space.steward.viewer, "Van de ruimte", [sign])
    item = of(made).items[0].id
    with pytest.raises(Conflict):
        reword(space.steward.viewer, made, item, "Netter", 0)
    reword(space.steward.viewer, made, item, "Kun je ergens terecht?", 2)
    assert of(made).items[0].sensitivity == 2
    with pytest.raises(Conflict):  # what the panel calls delicate is delicate
        reword(space.steward.viewer, made, item, "Kun je ergens terecht?", 1)


# Files.


def test_a_file_comes_in_whole_and_goes_out_the_same(scene):
    space, *_ = scene
    data = write_instrument(make_full())
    made = compose_from_file(space.steward.viewer, data)
    assert write_instrument(definition_of(of(made))) == data
    assert definition_of(of(made)) == make_full()
    assert (of(made).version, of(made).title) == (3, "Our garden")


def test_sensitivity_travels_with_a_file(scene):
    space, *_ = scene
    made = compose_of(space, ("a", 0), ("zwaar", 3), ("b", 1))
    data = write_instrument(definition_of(of(made)))
    again = compose_from_file(space.steward.viewer, data)
    assert [item.sensitivity for item in of(again).items] == [0, 3, 1]
    with pytest.raises(InstrumentError):
        read_instrument(data.replace(b'"sensitivity": 3', b'"sensitivity": 4'))


@pytest.mark.parametrize("data", [b"", b"{}", b"no", b'{"format": "cocreate-instrument"}'])
def test_of_a_bad_file_nothing_is_kept(scene, data):
    space, *_ = scene
    with pytest.raises(InstrumentError):
        compose_from_file(space.steward.viewer, data)
    assert instruments_of(space.id) == []


# Taking back.


def test_a_sign_that_is_taken_back_leaves_no_words_in_any_version(scene):
    space, workshop, maker = scene
    facts = {"kind": AnswerKind.COUNT, "unit": CANARY, "sensitivity": 0}
    sign = make_sign(maker, workshop, f"Hoe vaak {CANARY}?", **facts)
    other = make_sign(maker, workshop, "Wie groet je?")
    made = compose_from_signs(space.steward.viewer, "Ons plein", [sign, other])
    with changing(space.id) as log:
        freeze(log, of(made))
    kinds = [each.kind for each in definition_of(of(made)).answers.values()]
    withdraw_contribution(maker.viewer, "indicator", sign)
    assert CANARY not in json.dumps(of(made).definition)
    assert [each.text for each in questions_of(of(made))] == ["Wie groet je?"]
    assert [each.is_taken_back for each in all_questions_of(of(made))] == [True, False]
    assert [each.kind for each in definition_of(of(made)).answers.values()] == kinds
    assert "teruggenomen" in definition_of(of(made)).items[0].text


def test_no_file_of_the_database_holds_a_word_of_it(app):
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        maker = make_member(space, workshop)
        sign = make_sign(maker, workshop, f"Hoe vaak {CANARY}?")
        made = compose_from_signs(space.steward.viewer, "Ons plein", [sign])
        with changing(space.id) as log:
            freeze(log, of(made))
        make_version(space.steward.viewer, made)
    assert ("instrument", "definition") in places_with(app, CANARY)
    with app.app_context():
        withdraw_contribution(maker.viewer, "indicator", sign)
    assert places_with(app, CANARY) == set()
    assert files_with(app, CANARY) == []


def test_labels_are_words_too(scene):
    space, workshop, maker = scene
    labels = [f"{CANARY} {number}" for number in range(5)]
    sign = make_sign(maker, workshop, "Hoe?", kind=AnswerKind.FIVE_POINTS, labels=labels)
    made = compose_from_signs(space.steward.viewer, "Ons plein", [sign])
    withdraw_contribution(maker.viewer, "indicator", sign)
    assert CANARY not in json.dumps(of(made).definition)
    assert questions_of(of(made)) == []
    with pytest.raises(Conflict):
        reword(space.steward.viewer, made, of(made).items[0].id, "Toch", 0)


def test_without_what_was_taken_back_it_is_still_not_sensitive_first_or_last(scene):
    space, workshop, maker = scene
    signs = [
        make_sign(maker, workshop, text, sensitivity=how)
        for text, how in (("a", 0), ("zwaar", 3), ("b", 0), ("c", 0))
    ]
    made = compose_from_signs(space.steward.viewer, "Ons plein", signs)
    withdraw_contribution(maker.viewer, "indicator", signs[0])
    assert [each.text for each in questions_of(of(made))] == ["b", "zwaar", "c"]


def test_a_sign_that_is_not_for_everybody_any_more_is_not_asked(scene):
    space, workshop, maker = scene
    signs = [make_sign(maker, workshop, text) for text in ("a", "b")]
    made = compose_from_signs(space.steward.viewer, "Ons plein", signs)
    show_to(maker.viewer, "indicator", signs[0], Visibility.MAKER)
    assert [each.text for each in questions_of(of(made))] == ["b"]
    assert all_questions_of(of(made))[0].text == ""
    assert session().get(Indicator, signs[0]).asked == "a"


def test_who_answered_it_does_not_read_it_back_either(scene, new_browser):
    space, workshop, member = scene
    sign = make_sign(member, workshop, CANARY)
    made = compose_from_signs(space.steward.viewer, "Ons plein", [sign])
    _measuring_id, round_id = make_measuring(space, made)
    answering = make_member(space, workshop)
    give_answer(answering, round_id, of(made).items[0].id)
    browser = new_browser(answering)
    assert CANARY in browser.get("/mine").text
    show_to(member.viewer, "indicator", sign, Visibility.MAKER)
    for path in ("/mine", "/mine/download"):
        page = browser.get(path).text
        assert CANARY not in page
        assert "7 " in page

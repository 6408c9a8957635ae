"""Operations over the wire: what is refused, in plain words, and what is told back."""

import json
import uuid

import pytest
from sqlalchemy import select

from cocreate.core import whispers
from cocreate.core.audience import Visibility
from cocreate.core.changes import Change
from cocreate.core.db import new_id, session
from cocreate.core.faces import View, face_of
from cocreate.privacy.service import show_to
from cocreate.trajectories.operations import Verb
from cocreate.trajectories.service import Edit, Instruction, perform
from tests.browser_without_scripts import read_page
from tests.factories import make_factor, make_impact, make_indicator, make_member, make_moment, make_node


@pytest.fixture
def node(app, workshop, member):
    with app.app_context():
        return str(make_node(member, workshop, "Voetbaldag"))


@pytest.fixture
def operate(guest, space, workshop, node):
    path = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"

    def operate(verb, **asked):
        asked = {"id": str(new_id()), "workshop_id": str(workshop.id), **asked}
        return guest.post(f"{path}/operations", json={"verb": verb, **asked})

    operate.path = path
    return operate


def test_an_answer_grows_the_map(operate, guest, node):
    own_id = str(new_id())
    answer = operate(
        "grow",
        node_id=own_id,
        text="Spelmiddag",
        touched_id=node,
        question="what_next",
        state="emerged",
        visibility="space",
        when="2024-05",
    )
    assert answer.status_code == 201
    assert answer.json["subject_id"] == own_id
    assert isinstance(answer.json["seq"], int)
    assert "Spelmiddag" in guest.get(operate.path).text


def test_a_meeting_of_words_is_told_back(operate, node):
    assert (
        operate("edit", node_id=node, set={"text": "Sportdag"}, was={"text": "Voetbaldag"}).json.get("met")
        is None
    )
    met = operate("edit", node_id=node, set={"text": "Anders"}, was={"text": "Voetbaldag"}).json["met"]
    assert met == {"text": "Sportdag"}


def test_only_what_is_in_set_is_set(operate, guest, node):
    operate("edit", node_id=node, set={"intended": False, "note": "Met oma"})
    operate("edit", node_id=node, set={"state": "dropped"})
    history = guest.get(f"{operate.path}/nodes/{node}/history").text
    assert "Met oma" in history
    assert "Voetbaldag" in history


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        ("grow", {"text": "geen eigen id"}),
        ("grow", {"node_id": str(new_id())}),
        ("edit", {"node_id": "NODE"}),
        ("edit", {"node_id": "NODE", "set": {}}),
        ("edit", {"node_id": "NODE", "set": {"text": "  "}}),
        ("edit", {"node_id": "NODE", "set": {"text": "x" * 501}}),
        ("edit", {"node_id": "NODE", "set": {"kind": "dragon"}}),
        ("edit", {"node_id": "NODE", "set": {"when": "gisteren"}}),
        ("edit", {"node_id": "NODE", "set": {"when": "2024-02-31"}}),
        ("edit", {"node_id": "NODE", "set": {"maker_id": "x"}}),
        ("edit", {"node_id": "NODE", "set": ["text"]}),
        ("edit", {"node_id": "NODE", "set": {"text": "x"}, "was": 3}),
        ("place", {"node_id": "NODE", "x": 1}),
        ("place", {"node_id": "NODE", "x": "nan", "y": 1}),
        ("place", {"node_id": "NODE", "x": 1e300, "y": 1}),
        ("connect", {"source_id": "NODE", "target_id": "NODE", "edge_id": str(new_id())}),
        ("relate", {"edge_id": str(new_id()), "relation": "loves"}),
        ("fly", {"node_id": "NODE"}),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(operate, node, verb, asked):
    asked = {key: node if value == "NODE" else value for key, value in asked.items()}
    answer = operate(verb, **asked)
    assert answer.status_code == 422
    assert answer.json["title"]
    assert "invalid" not in answer.text.lower()


@pytest.mark.parametrize("body", ["[]", "null", "{", '{"id": {"a": 1}}', "[" * 3000])
def test_what_is_no_operation_at_all_is_refused(guest, operate, body):
    headers = {"Content-Type": "application/json"}
    answer = guest.post(f"{operate.path}/operations", data=body, headers=headers)
    assert answer.status_code in (400, 422)


def test_a_tablet_that_changed_hands_does_not_speak_for_somebody_else(operate, node):
    answer = operate("edit", node_id=node, set={"text": "x"}, membership_id=str(new_id()))
    assert answer.status_code == 404


def test_what_can_be_referred_to_is_what_i_see(app, operate, guest, member, workshop):
    with app.app_context():
        seen = make_moment(member, workshop, what_happened="Samen soep")
        hidden = make_moment(member, workshop, what_happened="Stil", visibility=Visibility.MAKER)
    ids = {each["id"] for each in guest.get(f"{operate.path}/subjects").json}
    assert str(seen) in ids
    assert str(hidden) not in ids


def test_what_a_stop_has_to_do_with_is_told_to_each_as_far_as_they_see_it(
    app, operate, new_browser, member, workshop, space, guest, node
):
    with app.app_context():
        seen, own = make_moment(member, workshop), make_moment(member, workshop, visibility=Visibility.MAKER)
        told = []
        for moment in (seen, own):
            asked = Instruction(
                new_id(),
                Verb.REFER,
                workshop.id,
                node_id=uuid.UUID(node),
                reference_id=new_id(),
                subject=("moment", moment),
            )
            told.append(perform(member.viewer, workshop.trajectory_id, asked)["seq"])
        changes = session().scalars(select(Change).where(Change.seq.in_(told)))
        faces = [face_of(change, View.STAGE) for change in changes]
    path = f"{operate.path}/nodes/{node}/references"
    assert [each["subject_id"] for each in new_browser(member).get(path).json] == [str(seen), str(own)]
    assert [each["subject_id"] for each in guest.get(path).json] == [str(seen)]
    assert all(face.data["refers"] and str(own) not in str(face.data) for face in faces)
    assert not any("references" in face.data["node"] for face in faces), "it is not the same for everybody"
    with app.app_context():
        hidden = make_node(member, workshop, visibility=Visibility.MAKER)
    assert guest.get(f"{operate.path}/nodes/{hidden}/references").status_code == 404


@pytest.fixture
def subjects(app, member, workshop):
    """One of everything that a stop can have to do with."""
    with app.app_context():
        impact = make_impact(member, workshop, "Iedereen doet mee.")
        return {
            "moment": (make_moment(member, workshop, "Samen soep"), "Samen soep"),
            "desired_impact": (impact, "Iedereen doet mee."),
            "indicator": (
                make_indicator(member, workshop, impact, "We groeten elkaar."),
                "We groeten elkaar.",
            ),
            "working_factor": (make_factor(member, workshop, "Er was tijd"), "Er was tijd"),
        }


@pytest.mark.parametrize("kind", ["moment", "desired_impact", "indicator", "working_factor"])
def test_a_stop_has_to_do_with_each_of_four_things_and_leads_to_it(
    operate, guest, node, space, subjects, kind
):
    subject, words = subjects[kind]
    own_id = str(new_id())
    offered = [
        (each["type"], each["id"], each["text"]) for each in guest.get(f"{operate.path}/subjects").json
    ]
    assert (kind, str(subject), words) in offered
    asked = {"node_id": node, "subject_type": kind, "subject_id": str(subject)}
    assert operate("refer", reference_id=own_id, **asked).status_code == 201
    path = f"{operate.path}/nodes/{node}/references"
    [told] = guest.get(path).json
    assert (told["id"], told["type"], told["text"]) == (own_id, kind, words)
    assert json.dumps(told["href"]) in guest.get(operate.path).text, "the page knows it too"
    library, card = told["href"].split("#")
    found = [facts for _tag, facts in read_page(guest.get(library).text).tags if facts.get("id") == card]
    assert [facts["data-subject"] for facts in found] == [str(subject)]
    assert operate("unrefer", reference_id=own_id).status_code == 201
    assert guest.get(path).json == []


def test_what_was_not_meant_to_happen_is_told_as_that(operate, guest, node):
    def intended():
        return f'"intended":{str(is_intended).lower()}' in guest.get(operate.path).text

    for is_intended in (False, True):
        assert not intended()
        answer = operate(
            "edit", node_id=node, set={"intended": is_intended}, was={"intended": not is_intended}
        )
        assert (answer.status_code, answer.json.get("met")) == (201, None)
        assert intended()
    met = operate("edit", node_id=node, set={"intended": False}, was={"intended": False}).json["met"]
    assert met == {"intended": True}
    own_id = str(new_id())
    operate("grow", node_id=own_id, text="Zomaar", state="emerged", visibility="space")
    assert (
        '"text":"Zomaar","note":"","kind":"idea","state":"emerged","intended":false'
        in guest.get(operate.path).text
    )


def test_a_cut_link_is_refused_in_plain_words(operate, guest, node):
    other, edge = str(new_id()), str(new_id())
    operate("grow", node_id=other, text="Spelmiddag", visibility="space")
    operate("connect", edge_id=edge, source_id=node, target_id=other, relation="led_to")
    operate("disconnect", edge_id=edge)
    answer = operate("relate", edge_id=edge, relation="meant")
    assert answer.status_code == 409
    assert answer.json["title"].endswith("Iemand heeft haar weggehaald.")


def test_history_is_not_for_who_cannot_see_the_stop(app, operate, new_browser, member, workshop, space):
    with app.app_context():
        hidden = make_node(member, workshop, visibility=Visibility.MAKER)
        other = make_member(space, workshop)
    path = f"{operate.path}/nodes/{hidden}/history"
    assert new_browser(other).get(path).status_code == 404
    assert new_browser(member).get(path).status_code == 200


def test_words_told_to_fewer_people_stay_with_them(app, operate, new_browser, member, workshop, space, guest):
    with app.app_context():
        own = make_node(member, workshop, "Alleen voor mij", visibility=Visibility.MAKER)
        perform(
            member.viewer,
            workshop.trajectory_id,
            Instruction(new_id(), Verb.EDIT, workshop.id, node_id=own, edit=Edit({"text": "Voor iedereen"})),
        )
        show_to(member.viewer, "node", own, Visibility.SPACE)
    path = f"{operate.path}/nodes/{own}/history"
    assert "Alleen voor mij" in new_browser(member).get(path).text
    assert "Alleen voor mij" not in guest.get(path).text


def test_where_somebody_is_is_told_to_who_sees_that_stop(app, operate, guest, node, space):
    heard = []
    listener = heard.append
    whispers.on_whisper(listener)
    try:
        answer = guest.post(f"{operate.path}/presence", json={"node_id": node, "who": str(new_id())})
    finally:
        whispers._listeners.remove(listener)
    assert answer.status_code == 204
    [told] = heard
    assert told.data["node_id"] == node
    assert told.data["tone"].startswith("voice-")
    assert "membership" not in str(told.data)

"""What goes over the stream about stops and steps, to everybody who may listen."""

import json
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import select

from cocreate.core.audience import Viewer, Visibility, sees
from cocreate.core.changes import Change
from cocreate.core.db import new_id, session
from cocreate.core.faces import View, face_of
from cocreate.live.renderings import Rendering, encoder
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.rules import Role
from cocreate.trajectories.models import Node
from cocreate.trajectories.operations import Verb
from cocreate.trajectories.rules import GrowQuestion, Relation
from cocreate.trajectories.service import Answer, Edit, Instruction, perform
from tests.factories import make_member, make_node

pytestmark = pytest.mark.usefixtures("in_context")


@pytest.fixture
def viewers(space, workshop, member):
    """One of each who may listen."""
    nobody = Viewer(space.id)
    return {
        "maker": member.viewer,
        "in the meeting": make_member(space, workshop).viewer,
        "outside the meeting": make_member(space).viewer,
        "who leads": make_member(space, workshop, role=Role.FACILITATOR).viewer,
        "the wall": replace(nobody, workshop_ids=frozenset({workshop.id}), sees_space=True),
        "a passer-by": replace(nobody, sees_public=True),
    }


@pytest.fixture
def draw(workshop):
    def draw(member, verb, **asked):
        asked = {"workshop_id": workshop.id, **asked}
        return perform(member.viewer, workshop.trajectory_id, Instruction(new_id(), Verb(verb), **asked))

    return draw


def heard(viewer, subject_id, view=View.STAGE):
    """Everything that comes over the stream about a stop or a step, as the log stands now."""
    rows = session().scalars(select(Change).where(Change.subject_id == subject_id).order_by(Change.seq))
    events = []
    for change in rows:
        face = face_of(change, view)
        if face is not None and sees(viewer, change.audience):
            event = Rendering(0.0, 0, face, encoder(change, json_dumps)).seen_by(viewer)
            events += [json.loads(event.partition(b"data: ")[2])] if event else []
    return events


def json_dumps(facts, **options):
    return json.dumps(facts, default=str, **options)


@pytest.mark.parametrize(("visible", "hidden"), list(product(Visibility, Visibility)))
def test_nobody_hears_of_a_stop_that_is_not_theirs_to_see(
    draw, member, space, workshop, viewers, visible, hidden
):
    other = make_member(space, workshop)
    ends = [make_node(who, workshop, visibility=Visibility.SPACE) for who in (member, other)]
    edges = [new_id(), new_id()]
    for edge, (one, two) in zip(edges, (ends, ends[::-1]), strict=True):
        draw(member, "connect", edge_id=edge, node_id=one, other_id=two, relation=Relation.MEANT)
    show_to(member.viewer, "node", ends[0], visible)
    show_to(other.viewer, "node", ends[1], hidden)
    draw(member, "edit", node_id=ends[0], edit=Edit({"text": "anders"}))
    for name, viewer in viewers.items():
        mine = {str(own) for own in ends if sees(viewer, session().get_one(Node, own).audience)}
        # Who saw it before is told that it is gone; nothing else.
        told = [each for about in (*edges, ends[0]) for each in heard(viewer, about) if not each.get("gone")]
        assert {str(own) for event in told for own in ends if str(own) in json.dumps(event)} <= mine, name
        if len(mine) == len(ends):
            assert len(told[-1]["edges"]) == len(edges), name


def test_a_stop_that_only_its_maker_sees_is_told_to_nobody_else(draw, member, workshop, viewers):
    shown = make_node(member, workshop, "zichtbaar", visibility=Visibility.PUBLIC)
    own = make_node(
        member,
        workshop,
        answer=Answer("geheim", GrowQuestion.WHAT_HINDERED, shown),
        visibility=Visibility.MAKER,
    )
    draw(member, "edit", node_id=shown, edit=Edit({"text": "anders"}))
    for name, viewer in viewers.items():
        [*_, last] = heard(viewer, shown)
        assert last["node"]["text"] == "anders", name
        assert [edge["source"] for edge in last["edges"]] == ([str(own)] if name == "maker" else []), name


@pytest.mark.parametrize("which", [0, 1])
def test_a_step_is_told_to_who_sees_both_its_ends_now(draw, member, workshop, viewers, which):
    ends = [make_node(member, workshop, text, visibility=Visibility.SPACE) for text in "ab"]
    edge = new_id()
    draw(member, "connect", edge_id=edge, node_id=ends[0], other_id=ends[1], relation=Relation.LED_TO)
    assert heard(viewers["outside the meeting"], edge)
    show_to(member.viewer, "node", ends[which], Visibility.MAKER)
    assert {name for name, viewer in viewers.items() if heard(viewer, edge)} == {"maker"}


def test_who_sees_both_ends_hears_every_step_and_none_to_what_was_taken_back(draw, member, workshop, viewers):
    first = make_node(member, workshop, "begin", visibility=Visibility.SPACE)
    others = [
        make_node(
            member,
            workshop,
            answer=Answer(text, GrowQuestion.WHAT_NEXT, first),
            visibility=Visibility.SPACE,
        )
        for text in "ab"
    ]
    draw(member, "edit", node_id=first, edit=Edit({"text": "anders"}))
    listener = viewers["outside the meeting"]
    assert {edge["target"] for edge in heard(listener, first)[-1]["edges"]} == set(map(str, others))
    withdraw_contribution(member.viewer, "node", others[0])
    assert [edge["target"] for edge in heard(listener, first)[-1]["edges"]] == [str(others[1])]

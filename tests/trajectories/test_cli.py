"""Taking maps along from the command line; bringing them in is in tests/test_imports.py."""

import uuid

import pytest
from sqlalchemy import select

from cocreate.cli import main
from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.trajectories.formats import EXPORTS, read_map
from cocreate.trajectories.models import Trajectory
from cocreate.trajectories.rules import GrowQuestion, MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.service import Answer
from tests.factories import make_node


@pytest.fixture
def trajectory(app, space, workshop, member):
    with app.app_context():
        first = make_node(member, workshop, "Voetbaldag")
        make_node(member, workshop, answer=Answer("Regen", GrowQuestion.WHAT_HINDERED, first))
        make_node(member, workshop, "Alleen wie er was", visibility=Visibility.WORKSHOP)
        make_node(member, workshop, "Alleen ik", visibility=Visibility.MAKER)
    return str(workshop.trajectory_id)


def export(app, *arguments):
    return app.test_cli_runner().invoke(main, ["export", "map", *map(str, arguments)])


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_map_is_written_as_the_space_sees_it(app, trajectory, tmp_path, kind):
    file = tmp_path / f"road{EXPORTS[kind].suffix}"
    result = export(app, trajectory, file)
    assert result.exit_code == 0, result.output
    assert result.output == "Wrote 2 items, 1 links.\n"
    found = read_map(file.name, file.read_bytes())
    assert {node.text for node in found.nodes} == {"Voetbaldag", "Regen"}


def test_the_format_can_be_named(app, trajectory, tmp_path):
    assert export(app, trajectory, tmp_path / "road", "--format", "opml").exit_code == 0
    assert len(read_map("road.opml", (tmp_path / "road").read_bytes()).nodes) == 2


def test_nothing_is_written_over_and_nothing_is_guessed(app, trajectory, tmp_path):
    file = tmp_path / "road.mm"
    file.write_text("mine")
    result = export(app, trajectory, file)
    assert result.exit_code == 1
    assert "road.mm" in result.output
    assert file.read_text() == "mine"
    assert "--format" in export(app, trajectory, tmp_path / "road.docx").output
    assert "There is no map" in export(app, uuid.uuid4(), tmp_path / "other.mm").output
    assert [each.name for each in tmp_path.iterdir() if "road" in each.name or "other" in each.name] == [
        "road.mm"
    ]


@pytest.mark.parametrize("kind", sorted(EXPORTS.keys() - {"mermaid"}))
def test_what_comes_in_goes_out_the_same(app, space, tmp_path, kind):
    nodes = [
        MapNode("a", "Idea, “so”", NodeKind.MEANING, NodeState.CHANGED, False, "note\n  more", "2024-03-15"),
        MapNode("b", "B", NodeKind.EVENT, NodeState.HAPPENED),
    ]
    edges = [MapEdge("e", "b", "a", Relation.HINDERED, "why"), MapEdge("f", "a", "b", Relation.LED_TO)]
    file, back = (tmp_path / f"{name}{EXPORTS[kind].suffix}" for name in ("road", "back"))
    file.write_bytes(EXPORTS[kind].write("Road", nodes, edges))
    result = app.test_cli_runner().invoke(main, ["import", "map", str(file), "--space", str(space.id)])
    assert result.exit_code == 0, result.output
    with app.app_context():
        trajectory_id = session().scalar(select(Trajectory.id).where(Trajectory.title == "Road"))
    assert export(app, trajectory_id, back).exit_code == 0
    found = read_map(back.name, back.read_bytes())
    own = {here.id: there.id for here, there in zip(found.nodes, nodes, strict=True)}
    facts = [(n.text, n.kind, n.state, n.intended, n.note, n.when) for n in nodes]
    assert [(n.text, n.kind, n.state, n.intended, n.note, n.when) for n in found.nodes] == facts
    steps = {(own[e.source], own[e.target], e.relation, e.label) for e in found.edges}
    assert steps == {(e.source, e.target, e.relation, e.label) for e in edges}

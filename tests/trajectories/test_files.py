"""Maps as files of other programs, through the browser."""

import re
import subprocess
import sys
import uuid
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from cocreate.accounts.models import Person
from cocreate.core.audience import Visibility
from cocreate.core.changes import Change
from cocreate.core.db import session
from cocreate.core.i18n import speaking
from cocreate.spaces.models import Membership
from cocreate.spaces.rules import Role
from cocreate.trajectories.formats import ENDINGS, EXPORTS, MapFileError, read_map
from cocreate.trajectories.imports import refusal
from cocreate.trajectories.models import Edge, Node, Trajectory
from cocreate.trajectories.rules import GrowQuestion, MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.service import Answer
from cocreate.trajectories.views.files import MAX_UPLOAD
from tests.browser_without_scripts import form_of
from tests.factories import make_account, make_member, make_node
from tests.trajectories.formats.hostile import HOSTILE

MM = b"<map><node TEXT='Football day'><icon BUILTIN='idea'/><node TEXT='Rain'/></node></map>"


@pytest.fixture
def leader(app, space, new_browser):
    with app.app_context():
        person_id = make_member(space, role=Role.FACILITATOR, person_id=make_account()).person_id
    return new_browser(person_id)


@pytest.fixture
def road(app, space, workshop, member):
    with app.app_context():
        first = make_node(member, workshop, "Voetbaldag <b> & “zo”")
        make_node(member, workshop, answer=Answer("Regen", GrowQuestion.WHAT_HINDERED, first))
        make_node(member, workshop, "Dit is van mij alleen", visibility=Visibility.MAKER)
    return f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"


def send(browser, space, content=MM, name="dag.mm", **answers):
    form = form_of(browser.get(f"/spaces/{space.id}/trajectories/new").text, **{"class": "form"})
    return send_form(browser, form, content, name, **answers)


def send_form(browser, form, content, name, **answers):
    file = {"file": FileStorage(BytesIO(content), name)} if name else {}
    # As bytes: a large form made by the test client leaves a file open.
    boundary, body = encode_multipart({**form.values, **answers, **file})
    return browser.client.post(
        form.action, data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )


def count(app, kind):
    with app.app_context():
        return session().scalar(select(func.count()).select_from(kind))


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_map_goes_along_as_this_viewer_sees_it(app, space, member, road, new_browser, kind):
    with app.app_context():
        reader = make_member(space, role=Role.READER)
    answer = new_browser(reader).get(f"{road}/file/{kind}")
    assert answer.status_code == 200
    assert answer.mimetype == EXPORTS[kind].media_type
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Disposition"].endswith(EXPORTS[kind].suffix)
    assert answer.headers["Cache-Control"] == "no-store"
    found = read_map(f"x{EXPORTS[kind].suffix}", answer.data)
    assert sorted(node.text for node in found.nodes) == ["Regen", "Voetbaldag <b> & “zo”"]
    assert [edge.relation for edge in found.edges] == [Relation.HINDERED]
    own = read_map(f"x{EXPORTS[kind].suffix}", new_browser(member).get(f"{road}/file/{kind}").data)
    assert {node.text for node in own.nodes} - {node.text for node in found.nodes} == {
        "Dit is van mij alleen"
    }


def test_what_a_format_cannot_hold_stands_in_the_file(app, space, member, workshop, road, new_browser):
    with app.app_context():
        for node in session().scalars(select(Node)):
            node.note = "Meer"
        session().commit()
    text = new_browser(member).get(f"{road}/file/mermaid").text
    assert text.splitlines()[-1].startswith("%% ")
    assert text.splitlines()[-1].endswith(": 3.")


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ('a";\r\nSet-Cookie: x', "set-cookie-x"),
        ("طريق", "طريق"),
        ("//", "map"),
    ],
)
def test_the_name_of_the_file_is_safe(app, member, workshop, road, new_browser, title, inside):
    with app.app_context():
        session().get(Trajectory, workshop.trajectory_id).title = title
        session().commit()
    answer = new_browser(member).get(f"{road}/file/mm")
    name = answer.headers["Content-Disposition"]
    assert inside in unquote(name).lower() or inside == "map"
    assert not set("/\\\r\n") & set(unquote(name).replace("UTF-8''", ""))
    assert "Set-Cookie" not in dict(answer.headers)


def test_no_such_format_and_nothing_to_see(app, space, workshop, member, road, new_browser):
    browser = new_browser(member)
    assert browser.get(f"{road}/file/docx").status_code == 404
    assert browser.get(f"/spaces/{space.id}/trajectories/{uuid.uuid4()}/file/mm").status_code == 404
    with app.app_context():
        for node in session().scalars(select(Node)):
            node.visibility = Visibility.MAKER
        session().commit()
        reader = make_member(space, role=Role.READER)
    assert new_browser(reader).get(f"{road}/file/mm").status_code == 404


def test_a_map_comes_in_and_what_stayed_behind_is_told(app, space, leader):
    answer = send(leader, space, title="Onze dag", visibility="public")
    assert answer.status_code == 201
    assert "Onze dag" in answer.text
    assert "2" in answer.text
    assert ": 1." in answer.text
    with app.app_context():
        trajectory = session().scalar(select(Trajectory).where(Trajectory.title == "Onze dag"))
        nodes = list(
            session().scalars(select(Node).where(Node.trajectory_id == trajectory.id).order_by(Node.position))
        )
        assert [node.text for node in nodes] == ["Football day", "Rain"]
        assert {node.visibility for node in nodes} == {"public"}
        assert session().get(Membership, nodes[0].maker_id).name == "dag.mm"
        assert f"/trajectories/{trajectory.id}" in answer.text
    assert leader.get(f"/spaces/{space.id}/trajectories/{trajectory.id}").status_code == 200


RICH = b"""<map><node TEXT='A' POSITION='left' COLOR='#f00' FOLDED='true'><cloud/><icon/><icon/><node/></node>
<node TEXT='B'><arrowlink DESTINATION='gone'/></node></map>"""


def test_each_thing_that_stayed_behind_is_told_in_a_sentence(space, leader):
    answer = send(leader, space, RICH, "rijk.mm")
    assert answer.status_code == 201
    told = re.search(r"<ul>((?:<li>[^<]*</li>)+)</ul>", answer.text)
    assert sorted(unescape(said) for said in re.findall(r"<li>([^<]*)</li>", told[1])) == [
        "Kleuren, weggelaten: 1.",
        "Pictogrammen, weggelaten: 2.",
        "Pijlen naar iets dat niet in het bestand staat, weggelaten: 1.",
        "Punten zonder tekst, te zien als “…”: 1.",
        "Takken die ingeklapt waren, nu open: 1.",
        "We tekenen de kaart op onze eigen manier. Waar alles stond, bewaren we niet.",
        "Wolken om een tak, weggelaten: 1.",
    ]


def test_a_meeting_goes_on_while_a_file_is_read():
    """In a program under gevent, as in a meeting; a refusal comes back as one."""
    script = """
from gevent.monkey import patch_all
patch_all()
import gevent
from cocreate.trajectories import imports
heard = []
def listen():
    while True:
        heard.append(len(heard))
        gevent.sleep(0.001)
gevent.spawn(listen)
large = b"<map><node TEXT='A'>" + b"<node TEXT='B'/>" * 19_000 + b"</node></map>"
assert len(imports._read("a.mm", large).nodes) == 19_001
assert len(heard) > 5, heard
try:
    imports._read("a.mm", b"<map>")
except imports.MapFileError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "Line 1: this is not well-formed XML (at character 6).\n", done.stderr
    assert "MapFileError" not in done.stderr


def test_what_went_out_comes_in_whole(app, space, leader):
    nodes = [
        MapNode("a", "Idea", NodeKind.IDEA, NodeState.DROPPED, False, "Note\n  more", "2024-03"),
        MapNode("b", "Came", NodeKind.OUTCOME, NodeState.EMERGED),
    ]
    edges = [MapEdge("e", "a", "b", Relation.TURNED_INTO, "slowly"), MapEdge("f", "b", "a", Relation.MEANT)]
    answer = send(leader, space, EXPORTS["xmind"].write("Weg", nodes, edges), "weg.xmind")
    assert answer.status_code == 201
    with app.app_context():
        trajectory_id = session().scalar(select(Trajectory.id).where(Trajectory.title == "Weg"))
    back = leader.get(f"/spaces/{space.id}/trajectories/{trajectory_id}/file/xmind").data
    found = read_map("weg.xmind", back)
    facts = [(each.text, each.kind, each.state, each.intended, each.note, each.when) for each in nodes]
    assert [(n.text, n.kind, n.state, n.intended, n.note, n.when) for n in found.nodes] == facts
    steps = {(edge.relation, edge.label) for edge in edges}
    assert {(edge.relation, edge.label) for edge in found.edges} == steps


@pytest.mark.parametrize(
    ("content", "name", "status", "said"),
    [
        (MM, "", 422, "Kies een bestand"),
        (b"", "leeg.mm", 422, ""),
        (b"<map>", "kapot.mm", 422, "1"),
        (MM, "dag.docx", 422, ".xmind"),
        (MM, "../<script>alert(1).exe", 422, "&lt;"),
        (HOSTILE["slip.xmind"](), "x.xmind", 422, "etc/cron.d"),
        (HOSTILE["laughs.mm"](), "x.mm", 422, "2"),
        (b" " * (MAX_UPLOAD + 1), "groot.mm", 413, "5 MB"),
        (b" " * (MAX_UPLOAD * 2), "groter.mm", 413, "5 MB"),
    ],
)
def test_what_cannot_come_in_says_why_and_leaves_nothing(app, space, leader, content, name, status, said):
    before = [count(app, kind) for kind in (Trajectory, Node, Membership, Change)]
    answer = send(leader, space, content, name)
    assert answer.status_code == status
    assert 'class="error"' in answer.text
    assert said in answer.text or said == "Kies een bestand"
    assert "<script>alert" not in answer.text
    assert [count(app, kind) for kind in (Trajectory, Node, Membership, Change)] == before


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_hostile_file_of_any_format_leaves_anything(app, space, leader):
    before = [count(app, kind) for kind in (Trajectory, Node, Edge, Membership, Person, Change)]
    small = {name: content for name, make in HOSTILE.items() if len(content := make()) <= MAX_UPLOAD}
    assert {Path(name).suffix for name in small} == set(ENDINGS) - {".mermaid"}
    form = form_of(leader.get(f"/spaces/{space.id}/trajectories/new").text, **{"class": "form"})
    for name, content in small.items():
        answer = send_form(leader, form, content, name)
        assert (name, answer.status_code) == (name, 422)
        assert (name, reasons(answer.text)) == (name, [refused(app, name, content)])
    assert [count(app, kind) for kind in (Trajectory, Node, Edge, Membership, Person, Change)] == before


def refused(app, name, content):
    """Why this file is not read, in the language of the page."""
    with pytest.raises(MapFileError) as error:
        read_map(name, content)
    with app.app_context(), speaking("nl"):
        return refusal(error.value)


def reasons(page):
    """What stands beside a field that was not filled in well."""
    return [
        unescape(said).strip() for said in re.findall(r'class="error"[^>]*>(?:<svg.*?</svg>)?([^<]*)', page)
    ]


def test_the_same_file_comes_in_once(app, space, leader):
    assert send(leader, space).status_code == 201
    before = count(app, Node)
    assert send(leader, space).status_code == 409
    assert count(app, Node) == before


def test_a_forged_upload_is_refused(app, space, leader):
    data = {"file": (BytesIO(MM), "dag.mm"), "visibility": "space"}
    answer = leader.client.post(f"/spaces/{space.id}/trajectories", data=data)
    assert answer.status_code == 400
    assert count(app, Node) == 0


@pytest.mark.parametrize("answers", [{"visibility": "maker"}, {"title": "x" * 201}, {"space_id": "1"}])
def test_what_the_form_does_not_ask_is_refused(app, space, leader, answers):
    assert send(leader, space, **answers).status_code == 422
    assert count(app, Node) == 0


def test_the_limit_of_other_forms_stays_as_it_was(app, space, leader):
    answer = leader.post("/language", {"language": "nl", "x": "y" * 2_000_000})
    assert answer.status_code == 413


def test_who_does_not_lead_cannot_bring_in(space, guest, app):
    path = f"/spaces/{space.id}/trajectories"
    assert guest.get(f"{path}/new").status_code == 404
    data = {"file": (BytesIO(MM), "dag.mm"), "visibility": "space"}
    assert guest.post(path, data).status_code == 404
    assert count(app, Node) == 0

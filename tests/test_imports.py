"""Bringing in what was told elsewhere, through the command line, into a real database."""

import csv
import json
import os
import re
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from cocreate import create_app
from cocreate.accounts.service import welcome_guest
from cocreate.cli import main
from cocreate.config import Config
from cocreate.core.changes import Change, LogHead
from cocreate.core.db import db, session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.service import SpaceDraft, open_space
from cocreate.trajectories.models import Edge, Node, Trajectory
from tests.postgres import throwaway_postgres
from tests.shell import cocreate, said_plainly

SHARED = Path(__file__).parents[2] / "shared" / "data"
REAL = Path(os.environ.get("COCREATE_REAL_DATA", SHARED))
ENGLISH, DUTCH = "The square", "Het plein"
POSITIONS = {"1": "for", "-1": "objection", "0": "dont_know"}

POLIS = {
    "summary.csv": "topic,What next?\nurl,https://pol.is/1\n",
    "comments.csv": (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        "1500000000000,x,0,1,9,9,1,More trees\n"
        '1500000001000,x,1,2,9,9,0,"Fewer ""cars"",\nplease"\n'
        "1500000002000,x,2,2,0,0,-1,Buy my shoes\n"
    ),
    "votes.csv": (
        "timestamp,datetime,comment-id,voter-id,vote\n"
        "1500000010000,x,0,1,-1\n"
        "1500000010500,x,0,2,-1\n"
        "1500000011000,x,1,1,0\n"
        "1500000012000,x,2,2,1\n"
        "1500000013000,x,0,1,1\n"
    ),
    "participants-votes.csv": (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n1,0,1,2,1,0,1,0\n2,,2,1,0,1,-1,\n"
    ),
}
# Three items and two links, in each of the five formats.
MAPS = {
    "road.canvas": json.dumps(
        {
            "nodes": [{"id": each, "type": "text", "text": f"Step {each}"} for each in "abc"],
            "edges": [
                {"id": "1", "fromNode": "a", "toNode": "b"},
                {"id": "2", "fromNode": "b", "toNode": "c"},
            ],
        }
    ),
    "road.mm": (
        '<map version="1.0.1"><node TEXT="Step a"><node TEXT="Step b"/><node TEXT="Step c"/></node></map>'
    ),
    "road.opml": (
        '<opml version="2.0"><head><title>Road</title></head><body><outline text="Step a">'
        '<outline text="Step b"/><outline text="Step c"/></outline></body></opml>'
    ),
    "road.graphml": (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
        '<node id="a"/><node id="b"/><node id="c"/>'
        '<edge source="a" target="b"/><edge source="b" target="c"/></graph></graphml>'
    ),
    "road.gexf": (
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed">'
        '<nodes><node id="a" label="Step a"/><node id="b" label="Step b"/><node id="c"/></nodes>'
        '<edges><edge id="1" source="a" target="b"/><edge id="2" source="b" target="c"/></edges>'
        "</graph></gexf>"
    ),
}

Import = Callable[..., Result]


def make_spaces(app: Flask) -> None:
    with app.app_context():
        person_id = welcome_guest()
        open_space(person_id, SpaceDraft(ENGLISH, language="en"))
        open_space(person_id, SpaceDraft(DUTCH, language="nl"))
        session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with two spaces in it."""
    data = tmp_path_factory.mktemp("prepared")
    assert cocreate("migrate", COCREATE_DATA=data).returncode == 0
    make_spaces(create_app(Config(data=data, testing=True)))
    return data


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The same on PostgreSQL."""
    with throwaway_postgres(fast=True) as server:
        yield server.new_database()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], scope="module")
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on each database in turn, with two spaces."""
    data = tmp_path_factory.mktemp(request.param)
    url = request.getfixturevalue("postgres") if request.param == "postgres" else ""
    done = cocreate("migrate", COCREATE_DATA=data, DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    app = create_app(Config(data=data, testing=True, database_url=url))
    make_spaces(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(prepared: Path, tmp_path: Path) -> Iterator[Flask]:
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    app = create_app(Config(data=data, testing=True))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def bring_in(app: Flask) -> Import:
    return lambda *arguments, into=ENGLISH: run_import(app, *arguments, into=into)


def run_import(app: Flask, *arguments: object, into: str = ENGLISH) -> Result:
    with app.app_context():
        session.remove()
    result: Result = app.test_cli_runner().invoke(main, ["import", *map(str, arguments), "--space", into])
    return result


def refused(result: Result) -> str:
    """The one line of a refusal."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    (line,) = result.output.splitlines()
    assert line.startswith("Error: ")
    return line.removeprefix("Error: ")


def dump(app: Flask) -> dict[str, list[str]]:
    """Every row of every table."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in db.metadata.sorted_tables
        }


def space_id_of(name: str) -> uuid.UUID:
    return session.scalars(select(Space.id).where(Space.name == name)).one()


def log_of(space_id: uuid.UUID) -> list[int]:
    return list(session.scalars(select(Change.seq).where(Change.space_id == space_id).order_by(Change.seq)))


def assert_log_is_whole(space_id: uuid.UUID) -> None:
    head = session.scalars(select(LogHead.seq).where(LogHead.space_id == space_id)).one()
    assert log_of(space_id) == list(range(1, head + 1))


def write_polis(folder: Path, **changed: str | bytes | None) -> Path:
    """An export; each keyword (`votes=…`) replaces a file, None leaves it out."""
    folder.mkdir(exist_ok=True)
    for name, text in POLIS.items():
        content = changed.get(name.removesuffix(".csv").replace("-", "_"), text)
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def stored_stances(space_id: uuid.UUID) -> dict[tuple[str, str], int]:
    """How many stances of each kind there are on each statement."""
    query = (
        select(DesiredImpact.statement, Stance.position, func.count())
        .join(Stance, Stance.impact_id == DesiredImpact.id)
        .where(DesiredImpact.space_id == space_id)
        .group_by(DesiredImpact.id, DesiredImpact.statement, Stance.position)
    )
    return {(statement, position): count for statement, position, count in session.execute(query)}


def told_stances(folder: Path) -> Counter[tuple[str, str]]:
    """The same, counted in the columns of the matrix that Polis itself made."""
    with (folder / "comments.csv").open(newline="") as file:
        texts = {
            row["comment-id"]: row["comment-body"] for row in csv.DictReader(file) if row["moderated"] != "-1"
        }
    counts: Counter[tuple[str, str]] = Counter()
    with (folder / "participants-votes.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            counts.update((texts[key], POSITIONS[row[key]]) for key in texts if row.get(key))
    return counts


def test_a_small_conversation(either: Flask, tmp_path: Path) -> None:
    folder = write_polis(tmp_path / "polis")
    result = run_import(either, "polis", folder)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "Brought in “What next?”: 2 people, 2 statements, 3 stances.",
        "1 statement was rejected by the moderators and stays out.",
    ]
    with either.app_context():
        space_id = space_id_of(ENGLISH)
        assert stored_stances(space_id) == {
            ("More trees", "for"): 1,  # who voted twice has the last word
            ("More trees", "objection"): 1,
            ('Fewer "cars",\nplease', "dont_know"): 1,
        }
        names = set(
            session.scalars(select(Voice.name).where(Voice.space_id == space_id, Voice.name.is_not(None)))
        )
        assert names == {"Opinion group A", "No opinion group"}
        assert_log_is_whole(space_id)
        assert log_of(space_id_of(DUTCH)) == [1]
    before = dump(either)
    assert refused(run_import(either, "polis", folder)) == "This conversation is in this space already."
    assert dump(either) == before
    assert run_import(either, "polis", folder, into=DUTCH).exit_code == 0


@pytest.mark.parametrize(
    ("name", "people", "statements", "rejected"),
    [("london.youth.policing", 26, 36, 3), ("brexit-consensus", 204, 50, 0)],
)
def test_a_real_conversation(either: Flask, name: str, people: int, statements: int, rejected: int) -> None:
    folder = REAL / "polis" / name
    if not folder.is_dir():
        pytest.skip(f"the real conversation {name} is not on this machine")
    result = run_import(either, "polis", folder)
    assert result.exit_code == 0, result.output
    said = result.output.splitlines()
    assert f": {people} people, {statements} statements, " in said[0]
    assert len(said) == (2 if rejected else 1)
    assert not rejected or said[1].startswith(f"{rejected} statements were rejected")
    told = told_stances(folder)
    texts = {text for text, _ in told}
    with either.app_context():
        space_id = space_id_of(ENGLISH)
        stored = {key: count for key, count in stored_stances(space_id).items() if key[0] in texts}
        assert stored == dict(told)
        assert f"{sum(told.values())} stances" in said[0]
        assert_log_is_whole(space_id)
    before = dump(either)
    assert refused(run_import(either, "polis", folder)) == "This conversation is in this space already."
    assert dump(either) == before


BAD_CONVERSATIONS = {
    "a missing file": ({"votes": None}, r"votes\.csv, line 1: "),
    "an empty file": ({"comments": ""}, r"comments\.csv, line 1: "),
    "another encoding": ({"comments": POLIS["comments.csv"].encode("utf-16")}, r"comments\.csv, line 1: "),
    "a NUL byte": ({"summary": "topic,a\0b\n"}, r"summary\.csv, line 1: "),
    "no topic": ({"summary": "url,https://pol.is/1\n"}, r"summary\.csv, line 1: "),
    "a missing column": ({"votes": "timestamp,comment-id,vote\n1,0,1\n"}, r"votes\.csv, line 1: "),
    "an open quotation mark": (
        {"comments": POLIS["comments.csv"] + '1500000002000,x,3,2,0,0,1,"More\n'},
        r"comments\.csv, line \d+: ",
    ),
    "a vote of 2": (
        {"votes": POLIS["votes.csv"].replace("0,2,-1", "0,2,2")},
        r"votes\.csv, line 3: ",
    ),
    "a vote on nothing": (
        {"votes": POLIS["votes.csv"].replace("x,1,1,0", "x,7,1,0")},
        r"votes\.csv, line 4: ",
    ),
    "a comment that occurs twice": (
        {"comments": POLIS["comments.csv"].replace("x,2,2,0,0,-1", "x,0,2,0,0,1")},
        r"comments\.csv, line 5: ",
    ),
    "a time that is none": (
        {"votes": POLIS["votes.csv"].replace("1500000011000", "yesterday")},
        r"votes\.csv, line 4: ",
    ),
    "a matrix that disagrees": (
        {
            "participants_votes": POLIS["participants-votes.csv"].replace(
                "1,0,1,2,1,0,1,0", "1,0,1,2,1,0,-1,0"
            )
        },
        r"participants-votes\.csv, line 1: ",
    ),
    "too few cells": (
        {"participants_votes": POLIS["participants-votes.csv"].replace("2,,2,1,0,1,-1,\n", "2,,2\n")},
        r"participants-votes\.csv, line 3: ",
    ),
    "a cell that would write over the terminal": (
        {"votes": POLIS["votes.csv"].replace("0,2,-1", '0,2,"a\nb\x1b[2Jc"')},
        r"votes\.csv, line 3: .*a b \[2Jc",
    ),
}


@pytest.mark.parametrize("what", BAD_CONVERSATIONS)
def test_a_bad_conversation_leaves_nothing_behind(
    app: Flask, bring_in: Import, tmp_path: Path, what: str
) -> None:
    changed, expected = BAD_CONVERSATIONS[what]
    before = dump(app)
    said = refused(bring_in("polis", write_polis(tmp_path / "polis", **changed)))
    assert re.match(expected, said), said
    assert "\x1b" not in said
    assert dump(app) == before


def test_a_dutch_space_gets_an_answer_too(bring_in: Import, tmp_path: Path) -> None:
    assert bring_in("polis", write_polis(tmp_path / "polis"), into=DUTCH).exit_code == 0
    assert refused(bring_in("polis", write_polis(tmp_path / "polis", votes=None), into=DUTCH))
    road = tmp_path / "road.canvas"
    road.write_text(MAPS["road.canvas"])
    assert bring_in("map", road, into=DUTCH).exit_code == 0
    road.write_text("{")
    assert refused(bring_in("map", road, into=DUTCH))


@pytest.mark.parametrize("name", MAPS)
def test_a_small_map(either: Flask, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(MAPS[name])
    result = run_import(either, "map", file, "--title", f"Road {name}")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0] == f"Brought in “Road {name}”: 3 items, 2 links."
    with either.app_context():
        assert stored_map(f"Road {name}") == (3, 2)
        assert_log_is_whole(space_id_of(ENGLISH))
        maker = session.scalars(select(Membership).where(Membership.name == name)).one()
        assert maker.voice_id is None
    before = dump(either)
    assert refused(run_import(either, "map", file)) == "This map is in this space already."
    assert dump(either) == before


def stored_map(title: str) -> tuple[int, int]:
    """How many nodes and edges a map has; fails when an edge leaves it."""
    trajectory_id = session.scalars(select(Trajectory.id).where(Trajectory.title == title)).one()
    nodes = set(session.scalars(select(Node.id).where(Node.trajectory_id == trajectory_id)))
    edges = list(session.scalars(select(Edge).where(Edge.trajectory_id == trajectory_id)))
    assert all({edge.source_id, edge.target_id} <= nodes for edge in edges)
    return len(nodes), len(edges)


def real_maps() -> list[dict[str, object]]:
    manifest = REAL / "maps" / "manifest.json"
    if not manifest.is_file():
        return []
    endings = tuple(Path(name).suffix for name in MAPS)
    return [each for each in json.loads(manifest.read_text()) if each["file"].endswith(endings)]


def test_the_real_maps_are_there() -> None:
    if not real_maps():
        pytest.skip("the real maps are not on this machine")
    assert {"file": "StardustXR__Roadmap.canvas", "nodes": 187, "edges": 192}.items() <= real_maps()[
        1
    ].items()


NO_MAPS = pytest.param(
    {}, marks=pytest.mark.skip(reason="the real maps are not on this machine"), id="no real maps"
)


@pytest.mark.parametrize("entry", real_maps() or [NO_MAPS], ids=lambda entry: entry["file"])
def test_a_real_map(either: Flask, entry: dict[str, object]) -> None:
    file = REAL / "maps" / str(entry["file"])
    result = run_import(either, "map", file, "--title", file.name)
    assert result.exit_code == 0, result.output
    assert re.search(rf"\b{entry['nodes']} items?, {entry['edges']} links?\.", result.output), result.output
    added = re.search(r"added by name: (\d+)", result.output)
    with either.app_context():
        nodes, edges = stored_map(file.name)
        assert_log_is_whole(space_id_of(ENGLISH))
    assert (nodes - int(added[1] if added else 0), edges) == (entry["nodes"], entry["edges"])


def test_a_map_of_five_thousand_items_comes_in_whole(app: Flask, bring_in: Import, tmp_path: Path) -> None:
    for size in (500, 5000):
        road = tmp_path / f"{size}.canvas"
        nodes = [{"id": str(number), "type": "text", "text": f"Step {number}"} for number in range(size)]
        edges = [
            {"id": f"e{number}", "fromNode": str(number * 7 // 8), "toNode": str(number + 1)}
            for number in range(size - 1)
        ]
        road.write_text(json.dumps({"nodes": nodes, "edges": edges}))
        result = bring_in("map", road)
        assert result.exit_code == 0, result.output
    with app.app_context():
        assert stored_map("5000") == (5000, 4999)
        assert_log_is_whole(space_id_of(ENGLISH))


BAD_MAPS = {
    "an ending we do not read": ("road.xlsx", "x"),
    "nothing": ("road.canvas", ""),
    "broken JSON": ("road.canvas", '{"nodes": [\n}'),
    "JSON of something else": ("road.canvas", "[1, 2]"),
    "deep JSON": ("road.canvas", "[" * 100_000),
    "two items of one name": (
        "road.canvas",
        '{"nodes": [{"id": "a", "text": "A"}, {"id": "a", "text": "B"}]}',
    ),
    "no items": ("road.canvas", '{"nodes": [], "edges": []}'),
    "broken XML": ("road.mm", "<map>\n<node TEXT='a'>\n</map>"),
    "other XML": ("road.mm", "<html></html>"),
    "entities": ("road.opml", '<!DOCTYPE opml [<!ENTITY a "b">]>\n<opml><body/></opml>'),
    "a file from elsewhere": ("road.graphml", '<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<graphml/>'),
    "an item without a name": ("road.graphml", "<graphml><graph><node/></graph></graphml>"),
    "letters we do not know": ("road.gexf", b'<?xml version="1.0" encoding="klingon"?><gexf/>'),
    "a name that would write over the terminal": (
        "road.canvas",
        json.dumps({"nodes": [{"id": "a\nb\x1b[2J", "text": "A"}] * 2}),
    ),
}


@pytest.mark.parametrize("what", BAD_MAPS)
def test_a_bad_map_leaves_nothing_behind(app: Flask, bring_in: Import, tmp_path: Path, what: str) -> None:
    name, content = BAD_MAPS[what]
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    before = dump(app)
    said = refused(bring_in("map", file))
    assert said.startswith(f"{name}: ")
    assert len(said) > len(name) + 10
    assert "\x1b" not in said
    assert dump(app) == before


REMARKS = {
    ENGLISH: [
        "  Clouds around a branch that were left out: 1.",
        "  Colours that were left out: 1.",
        "  Icons that were left out: 2.",
        "  We draw the map in our own way: where things stood is not kept.",
    ],
    DUTCH: [
        "  Kleuren, weggelaten: 1.",
        "  Pictogrammen, weggelaten: 2.",
        "  We tekenen de kaart op onze eigen manier. Waar alles stond, bewaren we niet.",
        "  Wolken om een tak, weggelaten: 1.",
    ],
}


@pytest.mark.parametrize("into", REMARKS)
def test_each_thing_that_stayed_behind_is_told_in_a_sentence(
    bring_in: Import, tmp_path: Path, into: str
) -> None:
    road = tmp_path / "road.mm"
    road.write_text("<map><node TEXT='A' POSITION='left' COLOR='#f00'><cloud/><icon/><icon/></node></map>")
    _counts, *remarks = bring_in("map", road, into=into).output.splitlines()
    assert sorted(remarks) == REMARKS[into]


def test_a_file_name_that_is_no_text(app: Flask, bring_in: Import, tmp_path: Path) -> None:
    file = Path(os.fsdecode(bytes(tmp_path) + b"/r\xffoad.canvas"))
    file.write_text(MAPS["road.canvas"])
    assert bring_in("map", file).exit_code == 0
    with app.app_context():
        assert stored_map("r oad") == (3, 2)


def test_a_space_that_is_not_there_or_is_there_twice(app: Flask, bring_in: Import, tmp_path: Path) -> None:
    road = tmp_path / "road.canvas"
    road.write_text(MAPS["road.canvas"])
    assert refused(bring_in("map", road, into="Nowhere")) == "There is no space called “Nowhere”."
    with app.app_context():
        twin = open_space(welcome_guest(), SpaceDraft(ENGLISH, language="en")).id
    assert refused(bring_in("map", road)).startswith("There are 2 spaces called “The square”.")
    assert bring_in("map", road, into=str(twin)).exit_code == 0


@pytest.mark.parametrize("visibility", ["maker", "space", "public"])
def test_who_may_see_it(app: Flask, bring_in: Import, tmp_path: Path, visibility: str) -> None:
    road = tmp_path / "road.canvas"
    road.write_text(MAPS["road.canvas"])
    assert bring_in("map", road, "--visible-to", visibility).exit_code == 0
    assert bring_in("polis", write_polis(tmp_path / "polis"), "--visible-to", visibility).exit_code == 0
    with app.app_context():
        for kind in (Node, DesiredImpact, Stance):
            assert set(session.scalars(select(kind.visibility))) == {visibility}
        shared = select(Change.visibility).where(Change.verb == "shared")
        assert set(session.scalars(shared)) == {visibility}


def test_as_a_program_of_its_own(prepared: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    road = tmp_path / "road.mm"
    road.write_text(MAPS["road.mm"])
    done = cocreate("import", "map", road, "--space", DUTCH, COCREATE_DATA=data)
    assert done.returncode == 0, done.stderr
    assert "road" in done.stdout
    assert said_plainly(cocreate("import", "map", road, "--space", DUTCH, COCREATE_DATA=data))
    folder = write_polis(tmp_path / "polis")
    assert cocreate("import", "polis", folder, "--space", DUTCH, COCREATE_DATA=data).returncode == 0
    votes = folder / "votes.csv"
    votes.write_text(votes.read_text().replace("0,2,-1", "0,2,9"))
    said = said_plainly(cocreate("import", "polis", folder, "--space", ENGLISH, COCREATE_DATA=data))
    assert "votes.csv" in said
    assert "3" in said

"""Six tablets draw on one map at once, over a wifi that loses a third of the answers."""

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from cocreate import create_app
from cocreate.accounts.service import sign_in
from cocreate.config import Config
from cocreate.core.audience import Viewer
from cocreate.core.changes import Change, head_of
from cocreate.core.db import db, session
from cocreate.trajectories.faces import edge_told
from cocreate.trajectories.models import Node
from cocreate.trajectories.operations import fold, read
from cocreate.trajectories.queries import map_of, trajectory_of
from tests.factories import make_member, make_space, make_workshop
from tests.live.scene import Server, make_cookie, serving
from tests.trajectories.crowd import Known, Tablet, node_facts
from tests.trajectories.test_perform import folded, stored

log = logging.getLogger(__name__)
TABLETS = 6
TRIALS, EACH = (100, 250) if os.environ.get("COCREATE_PROOF") else (1, 40)


@pytest.fixture
def two_servers_on_postgresql(postgres, tmp_path) -> Iterator[tuple[Config, list[Server]]]:
    config = Config(data=tmp_path, testing=True, heartbeat=0.5, database_url=postgres.new_database())
    with create_app(config).app_context():
        db.create_all()
        session.remove()
        db.engine.dispose()
    with serving(config) as one, serving(config) as other:
        yield config, [one, other]


@pytest.fixture
def one_server_on_sqlite(config) -> Iterator[tuple[Config, list[Server]]]:
    config = replace(config, heartbeat=0.5)
    with serving(config) as server:
        yield config, [server]


@pytest.mark.timeout(120 if TRIALS == 1 else 4 * 3600)
def test_on_one_server_with_sqlite(one_server_on_sqlite):
    for trial in range(1 if TRIALS == 1 else TRIALS // 10):
        draw_together(*one_server_on_sqlite, f"sqlite {trial}")


@pytest.mark.postgres
@pytest.mark.timeout(120 if TRIALS == 1 else 4 * 3600)
def test_on_two_servers_with_postgresql(two_servers_on_postgresql):
    for trial in range(TRIALS):
        draw_together(*two_servers_on_postgresql, f"postgresql {trial}")


def draw_together(config: Config, servers: list[Server], seed: str) -> None:
    """One trial on a map of its own."""
    app = create_app(config)
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        members = [make_member(space, workshop) for _ in range(TABLETS)]
        viewer = members[0].viewer
        cookies = [make_cookie(app, sign_in(member.person_id)) for member in members]
        session.remove()
    address = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"
    stream = f"/spaces/{space.id}/changes?view=stage&after=1"
    tablets = [
        Tablet(
            servers[place % len(servers)].port, address, stream, cookie, f"{seed} {place}", str(workshop.id)
        )
        for place, cookie in enumerate(cookies)
    ]
    quiet = threading.Event()
    followers = [threading.Thread(target=tablet.follow, args=(quiet,), daemon=True) for tablet in tablets]
    for follower in followers:
        follower.start()
    try:
        with ThreadPoolExecutor(TABLETS) as hands:
            list(hands.map(lambda tablet: tablet.draw(EACH), tablets))
        _compare(app, space.id, workshop.trajectory_id, viewer, tablets)
        log.info("%s: the same map on %s tablets", seed, len(tablets))  # a proof of hours shows how far it is
    finally:
        quiet.set()
        for tablet, follower in zip(tablets, followers, strict=True):
            tablet.stop()
            follower.join(20)


def _compare(app: Flask, space_id: UUID, trajectory_id: UUID, viewer: Viewer, tablets: list[Tablet]) -> None:
    with app.app_context():
        _wait_until_heard(tablets, head_of(space_id))
        road = trajectory_of(space_id, trajectory_id)
        truth = _truth(viewer, road)
        for tablet in tablets:
            assert tablet.outbox == []
            assert _differing(tablet.known, truth) == {}, "a tablet shows another map"
        _nothing_lost_or_doubled(road, tablets)
        assert folded(road) == stored(road), "the log tells another map"
        session.remove()
        db.engine.dispose()


def _differing(known: Known, truth: Known) -> dict[str, tuple]:
    shown, real = ({**nodes, **edges} for nodes, edges in (known.shown(), truth.shown()))
    return {key: (shown.get(key), real.get(key)) for key in shown | real if shown.get(key) != real.get(key)}


def _wait_until_heard(tablets: list[Tablet], head: int) -> None:
    until = time.monotonic() + 60
    while any(tablet.seq < head for tablet in tablets) and time.monotonic() < until:
        time.sleep(0.05)
    assert [tablet.seq for tablet in tablets] == [head] * len(tablets)


def _truth(viewer: Viewer, road) -> Known:
    seen = map_of(viewer, road)
    rows = {str(row.id): row for row in session().scalars(select(Node).where(Node.trajectory_id == road.id))}
    nodes = {
        node.id: node_facts(
            {
                key: getattr(rows[node.id], key)
                for key in ("text", "note", "kind", "state", "intended", "when", "x", "y")
            }
        )
        for node in seen.nodes
    }
    edges = {}
    for edge in seen.edges:
        told = edge_told(edge)
        edges[edge.id] = (told["source"], told["target"], told["relation"])
    return Known(nodes, edges)


def _nothing_lost_or_doubled(road, tablets: list[Tablet]) -> None:
    rows = list(session().scalars(select(Change).where(Change.scope_id == road.id).order_by(Change.seq)))
    told = Counter(row.payload["op"] for row in rows if "op" in row.payload)
    assert [op for op, count in told.items() if count != 1] == []
    made = set().union(*(tablet.grown for tablet in tablets))
    assert {
        str(row.id) for row in session().scalars(select(Node).where(Node.trajectory_id == road.id))
    } == made
    things = fold(effect for row in rows if (found := read(row.seq, row.payload)) for effect in found.effects)
    assert {own_id for thing, own_id in things if thing == "node"} == made

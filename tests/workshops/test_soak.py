"""Many tablets, a long meeting, wifi that keeps breaking: 0 lost, 0 doubled, all where they belong."""

import asyncio
import json
import os
import random
import sqlite3
import sys
import time
import uuid
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.answering import begin_round
from benchmarks.hall import Hall, hall, tell
from benchmarks.writes import Tablet
from cocreate.core.db import db
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from tests.shell import running
from tests.workshops.soaking import Board, Soaked, lead

IS_PROOF = bool(os.environ.get("COCREATE_PROOF"))
TABLETS, SECONDS, CUT, PAUSE = (60, 600, 0.01, 4.0) if IS_PROOF else (12, 14, 0.08, 0.4)
EVERY = 15.0 if IS_PROOF else 0.7  # seconds at one part
WORDS = {
    "moment": "what_happened",
    "working_factor": "name",
    "desired_impact": "statement",
    "indicator": "question",
    "node": "text",
    "commitment": "text",
    "reply": "text",
}
LAST = {  # where only the last one counts: what is kept of it
    StepKind.STANCES: ("stance", "impact_id", "position"),
    StepKind.CHECK_IN: ("mood_mark", "step_id", "mood"),
    StepKind.CHECK_OUT: ("mood_mark", "step_id", "mood"),
    StepKind.MEASURE: ("answer", "item_id", "value"),
}


@pytest.mark.timeout(SECONDS + 180)
def test_a_meeting_under_bad_wifi_loses_nothing_and_doubles_nothing() -> None:
    agenda = [StepSketch(kind, Phase.DISCOVER, 10) for kind in StepKind]
    with hall(guests=TABLETS + 1, agenda=agenda) as here:
        tell(here, moments=0, impacts=3, stances=0, indicators=3)
        with here.app.app_context():
            asking = begin_round(here, 3)
            db.engine.dispose()
        board = Board(here, asking)
        with running(COCREATE_DATA=here.data, COCREATE_HEARTBEAT=2) as server:
            tablets, witness, moves = asyncio.run(_meet(board, server.port))
            log = server.output()
        rows = _Rows(here.data)
        _report(tablets, moves)
        assert [tablet.refused for tablet in tablets if tablet.refused] == []
        assert sum(tablet.cuts for tablet in tablets) > 0
        _nothing_lost_or_doubled(here, tablets, rows)
        _everybody_heard_all(tablets, witness, moves)
        assert "Traceback" not in log
        assert log.count("database is locked") == 0


async def _meet(board: Board, port: int) -> tuple[list[Soaked], Soaked, list[str]]:
    here = board.here
    rows = _Rows(here.data)
    board.impacts = [str(uuid.UUID(found)) for (found,) in rows.of("SELECT id FROM desired_impact")]
    seq = rows.of("SELECT seq FROM log_head")[0][0]
    people = [
        Soaked(
            port,
            cookie,
            place=place,
            cut=0.0 if place == TABLETS else CUT,
            chance=random.Random(f"soak {place}"),
            step=str(here.steps[0][1]),
            seq=seq,
        )
        for place, cookie in enumerate(here.cookies)
    ]
    tablets, witness = people[:TABLETS], people[TABLETS]
    await asyncio.gather(*(tablet.come_in() for tablet in people))
    path = f"/spaces/{here.space_id}/changes?view=stage"
    is_over = False
    streams = [asyncio.create_task(each.follow(path, lambda: is_over)) for each in people]
    until = time.monotonic() + SECONDS
    leader = Tablet(port, here.lead)
    leading = asyncio.create_task(lead(leader, board, until, EVERY))
    telling = [asyncio.create_task(tablet.tell_on(board, until, PAUSE)) for tablet in tablets]
    moves = await leading
    await asyncio.wait_for(asyncio.gather(*telling), 90)
    last = rows.of("SELECT seq FROM log_head")[0][0]
    for _ in range(300):
        if all(each.seq >= last for each in people):
            break
        await asyncio.sleep(0.1)
    is_over = True
    await asyncio.gather(*streams)
    for tablet in (*people, leader):
        tablet.close()
    await asyncio.sleep(0.2)
    return tablets, witness, moves


class _Rows:
    """What the database holds."""

    def __init__(self, data: Path) -> None:
        self.path = data / "cocreate.db"

    def of(self, query: str) -> list[tuple]:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            return database.execute(query).fetchall()


def _nothing_lost_or_doubled(here: Hall, tablets: list[Soaked], rows: _Rows) -> None:
    told = [each for tablet in tablets for each in tablet.told]
    receipts = {str(uuid.UUID(found)) for (found,) in rows.of("SELECT id FROM receipt")}
    assert [each for each in told if each.id not in receipts] == []
    there: Counter[str] = Counter()
    for table, column in WORDS.items():
        there.update(str(words) for (words,) in rows.of(f'SELECT {column} FROM "{table}"'))
    wanted = Counter(each.words for each in told if each.words)
    assert {words: there[words] for words in wanted if there[words] != 1} == {}
    for kind, (table, about, value) in LAST.items():
        query = f'SELECT maker_id, {about}, {value} FROM "{table}"'
        kept = {(uuid.UUID(maker), str(uuid.UUID(what))): said for maker, what, said in rows.of(query)}
        for place, tablet in enumerate(tablets):
            last = {each.about: each.body[value] for each in tablet.told if each.kind is kind}
            maker = here.guests[place].membership_id
            found = {what: kept[maker, what] for what in last}
            assert {what: _plain(said) for what, said in found.items()} == last


def _plain(said: object) -> object:
    """A value as it was told, out of a column that may hold JSON."""
    return json.loads(said) if isinstance(said, str) and said.isdecimal() else said


def _everybody_heard_all(tablets: list[Soaked], witness: Soaked, moves: list[str]) -> None:
    assert len(set(witness.heard)) == len(witness.heard)
    for tablet in tablets:
        assert tablet.heard == witness.heard
        assert tablet.step == moves[-1]
    assert sum(topic == "stage" and verb == "moved" for _, topic, verb in witness.heard) >= len(moves) - 1


def _report(tablets: list[Soaked], moves: list[str]) -> None:
    told = Counter(each.kind for tablet in tablets for each in tablet.told)
    cuts = sum(tablet.cuts for tablet in tablets)
    heard = sum(len(tablet.heard) for tablet in tablets)
    assert told.total() >= TABLETS * 3
    assert heard >= TABLETS * len(moves)
    found = (
        f"{TABLETS} tablets, {SECONDS} s: {told.total()} told, {cuts} cut, {heard} heard, {len(moves)} moves"
    )
    sys.stderr.write(f"{found} {dict(told)}\n")  # the hall keeps standard output to itself

"""A crowd on one map: each tablet draws at random, loses answers and wifi, and follows the stream."""

import http.client
import json
import random
import threading
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from cocreate.core.db import new_id
from tests.live.scene import Browser

LOST = 0.3  # share of answers that never arrive
OFFLINE = 0.04  # chance, before an operation, that the wifi is gone for the next few
WORDS = ("Voetbaldag", "Regen", "Oma's", "Spelmiddag", "Kantine", "Soep", "Buurman", "Plan")
QUESTIONS = ("what_next", "what_else", "what_hindered", "what_helped", "what_meant")
ALIKE = ("text", "note", "kind", "state", "intended", "when", "x", "y")
STATES = ("planned", "happened", "changed", "dropped", "emerged")


@dataclass
class Known:
    """What a tablet knows of the map, from states alone."""

    nodes: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    edges: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def hear(self, change: dict[str, Any]) -> None:
        """Take in one state; twice or late does no harm."""
        subject = change["subject_id"]
        if change["topic"] == "node":
            if change.get("gone"):
                self.nodes.pop(subject, None)
            elif "node" in change:
                self.nodes[subject] = node_facts(change["node"])
                # A stop comes with all its steps; another one at it is over, whoever ended it with the stop.
                self.edges = {key: edge for key, edge in self.edges.items() if subject not in edge[:2]}
                self.edges |= {edge["id"]: edge_facts(edge) for edge in change["edges"]}
        elif change["topic"] == "edge":
            if change.get("gone"):
                self.edges.pop(subject, None)
            else:
                self.edges[subject] = edge_facts(change["edge"])

    def shown(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The map as it is seen: steps between what is there."""
        there = {key: e for key, e in self.edges.items() if e[0] in self.nodes and e[1] in self.nodes}
        return self.nodes, there


def node_facts(node: dict[str, Any]) -> tuple[Any, ...]:
    """What must be the same on every tablet."""
    return tuple(node[key] for key in ALIKE)


def edge_facts(edge: dict[str, Any]) -> tuple[Any, ...]:
    """What must be the same on every tablet."""
    return edge["source"], edge["target"], edge["relation"]


class Tablet:
    """One of the crowd: an outbox, a wifi that fails, a stream that is followed."""

    def __init__(
        self, port: int, address: str, stream: str, cookie: str, seed: str, workshop_id: str
    ) -> None:
        self.port, self.address, self.cookie, self.workshop_id = port, address, cookie, workshop_id
        self.chance = random.Random(seed)
        self.known = Known()
        self.outbox: list[dict[str, Any]] = []
        self.kept: list[str] = []
        self.grown: set[str] = set()
        self.redraws = False
        self.seq = 0
        self.sent = 0
        self._offline = 0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._token = self._ask("GET", "/csrf")[1]["token"]
        self._stream = Browser(port, stream, self.cookie)

    def draw(self, count: int) -> None:
        """Do so many things, each at once on the device, sent when there is wifi."""
        for _ in range(count):
            self.outbox.append(self._anything())
            if self._offline:
                self._offline -= 1
            elif self.chance.random() < OFFLINE:
                self._offline = self.chance.randrange(2, 15)
            else:
                self.flush()
        self._offline = 0
        self.flush()

    def flush(self) -> None:
        """Send what waits, in order, each until its answer came."""
        while self.outbox:
            body = self.outbox[0]
            status, answer = self._ask("POST", f"{self.address}/operations", body)
            self.sent += 1
            assert status in (201, 404, 409), (status, answer, body)
            if self.chance.random() < LOST:
                continue  # the answer never came: the same again
            self.outbox.pop(0)
            if status == 201:
                self.kept.append(body["id"])
                if body["verb"] == "grow":
                    self.grown.add(body["node_id"])

    def follow(self, until: threading.Event) -> None:
        """Hear everything, over every cut, until told that nothing more will come."""
        while not until.is_set():
            with suppress(OSError, ValueError, http.client.HTTPException):
                self._stream.connect()
                for block in self._stream.blocks():
                    self._hear(block.fields)
                    if self.chance.random() < 0.01:
                        break  # the wifi is gone for a moment
            time.sleep(0.01)
        self._stream.close()

    def stop(self) -> None:
        """Let go of the stream."""
        self._stream.cut()
        self._connection.close()

    def _hear(self, fields: dict[str, str]) -> None:
        if fields.get("event") == "change":
            change = json.loads(fields["data"])
            self.redraws |= change["topic"] == "trajectory" or bool(change.get("redraw"))
            self.known.hear(change)
            self.seq = max(self.seq, change["seq"])
        elif fields.get("event") == "beat" and "id" in fields:
            self.seq = max(self.seq, int(fields["id"]))

    def _anything(self) -> dict[str, Any]:
        asked = {"id": str(new_id()), "workshop_id": self.workshop_id}
        nodes = [*self.known.nodes, *self.grown]
        ways = {
            self._grow: 45,
            self._edit: 25,
            self._place: 8,
            self._connect: 8,
            self._relate: 4,
            self._disconnect: 4,
            self._remove: 4,
            self._turn: 6,
        }
        [way] = self.chance.choices([*ways], [*ways.values()])
        return asked | (way if nodes else self._grow)(nodes)

    def _edit(self, nodes: list[str]) -> dict[str, Any]:
        fields = {"text": self.chance.choice(WORDS), "state": self.chance.choice(STATES)}
        name = self.chance.choice([*fields])
        return {"verb": "edit", "node_id": self.chance.choice(nodes), "set": {name: fields[name]}, "was": {}}

    def _place(self, nodes: list[str]) -> dict[str, Any]:
        x, y = self.chance.randrange(4000), self.chance.randrange(2000)
        return {"verb": "place", "node_id": self.chance.choice(nodes), "x": x, "y": y}

    def _connect(self, nodes: list[str]) -> dict[str, Any]:
        ends = {"source_id": self.chance.choice(nodes), "target_id": self.chance.choice(nodes)}
        return {"verb": "connect", "edge_id": str(uuid.uuid4()), "relation": "inspired", **ends}

    def _relate(self, nodes: list[str]) -> dict[str, Any]:
        edge_id, edge = self.chance.choice([*self.known.edges.items()] or [(str(uuid.uuid4()), nodes[-2:])])
        relation = self.chance.choice(["led_to", "meant"])
        source_id = self.chance.choice(edge[:2])
        return {"verb": "relate", "edge_id": edge_id, "relation": relation, "source_id": source_id}

    def _disconnect(self, _nodes: list[str]) -> dict[str, Any]:
        edges = [*self.known.edges] or [str(uuid.uuid4())]
        return {"verb": "disconnect", "edge_id": self.chance.choice(edges)}

    def _remove(self, nodes: list[str]) -> dict[str, Any]:
        return {"verb": self.chance.choice(["remove", "restore"]), "node_id": self.chance.choice(nodes)}

    def _turn(self, _nodes: list[str]) -> dict[str, Any]:
        return {"verb": self.chance.choice(["undo", "redo"])}

    def _grow(self, nodes: list[str]) -> dict[str, Any]:
        node_id = str(new_id())
        touched = {"touched_id": self.chance.choice(nodes)} if nodes else {}
        return {
            "verb": "grow",
            "node_id": node_id,
            "text": self.chance.choice(WORDS),
            "visibility": "space",
            "question": self.chance.choice(QUESTIONS),
            **touched,
        }

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        headers = {"Cookie": self.cookie, "Accept": "application/json"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self._token}
        self._connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = self._connection.getresponse()
        self.cookie = (answer.headers["Set-Cookie"] or self.cookie).partition(";")[0]
        return answer.status, json.loads(answer.read() or b"{}")

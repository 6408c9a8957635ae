"""People who draw on one map, each with a tablet of their own."""

import re
import uuid
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Self

from playwright.sync_api import Locator, Page, expect

from cocreate import create_app
from cocreate.accounts.service import sign_in
from cocreate.config import Config
from cocreate.core.db import db
from cocreate.spaces.rules import Role
from cocreate.trajectories.models import Trajectory
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from tests.browser.server import Server
from tests.browser.visitors import WIFI_ERRORS, Hall, Visitor
from tests.factories import Member, make_member, make_moment, make_space, make_workshop
from tests.trajectories.roads import make_road

VOICES = ("resident", "youth", "professional")
AT_WORK = "document.querySelector('[data-behavior=workbench]').workbench"
# All of a large map has come: its picture, and its words.
COMPLETE = f"""() => {{
  const stops = {AT_WORK}.model.nodes.size;
  const count = (all) => document.querySelectorAll(all).length;
  return count("svg.map .node") === stops && count(".outline li[data-subject]") === stops;
}}"""


@dataclass
class Board:
    """A map that everybody in its space may draw on; the first of its people leads."""

    path: str
    trajectory_id: uuid.UUID
    cookies: list[dict[str, str]] = field(default_factory=list)

    def seat(self, hall: Hall, place: int = 0, *, url: str = "", **options: Any) -> "Drawer":
        """Somebody at a tablet, with the map in front of them."""
        drawer = hall.welcome(Drawer, url=url, **{"has_touch": True, "reduced_motion": "reduce", **options})
        drawer.expect(WIFI_ERRORS)
        drawer.context.add_cookies([self.cookies[place]])
        drawer.open(self.path)
        return drawer


def make_board(
    server: Server, nodes: list[MapNode], edges: list[MapEdge], people: int = 2, moment: str = ""
) -> Board:
    """A map with these stops, in the database of a running server; and a moment that was told there."""
    app = create_app(Config(data=server.data, testing=True))
    with app.app_context():
        space = make_space()
        workshop = make_workshop(space)
        roles = [Role.FACILITATOR, *[Role.PARTICIPANT] * (people - 1)]
        members = [
            make_member(space, workshop, voice=VOICES[place], role=role) for place, role in enumerate(roles)
        ]
        if moment:
            make_moment(members[0], workshop, what_happened=moment)
        trajectory_id = make_road(members[0], "Onze weg", nodes, edges)
        db.session.get_one(Trajectory, trajectory_id).is_open = True
        db.session.commit()
    board = Board(f"/spaces/{space.id}/trajectories/{trajectory_id}", trajectory_id)
    board.cookies = [_cookie(app, server, member) for member in members]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return board


def _cookie(app: Any, server: Server, member: Member) -> dict[str, str]:
    with app.app_context():
        token = sign_in(member.person_id)
    value = app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})
    return {"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": server.url}


def stops(*texts: str) -> list[MapNode]:
    """Things that happened."""
    return [MapNode(text, text, NodeKind.EVENT, NodeState.HAPPENED) for text in texts]


def road(*texts: str) -> list[MapEdge]:
    """Each led to the next."""
    return [MapEdge(f"{a}-{b}", a, b, Relation.LED_TO) for a, b in pairwise(texts)]


class Drawer(Visitor):
    """Somebody who draws with a finger."""

    def stop(self, text: str) -> Locator:
        """A stop in the picture."""
        return self.page.locator("svg.map g.node").filter(has=self.page.locator("title", has_text=text))

    def line(self, text: str) -> Locator:
        """The same stop in words."""
        return self.page.locator(".outline [data-stop]").filter(
            has=self.page.locator("[data-words]", has_text=re.compile(f"^{re.escape(text)}$"))
        )

    @property
    def panel(self) -> Locator:
        return self.page.locator("[data-panel]")

    @property
    def said(self) -> Locator:
        return self.page.locator("[data-said-line]")

    def touch(self, text: str) -> Self:
        """Put a finger on a stop in the picture."""
        x, y = middle(self.stop(text))
        self.page.touchscreen.tap(x, y)
        return self

    def opens(self, text: str) -> Self:
        """Touch a stop, and see it open beside the map."""
        self.touch(text)
        expect(self.panel.locator("[data-panel-words]")).to_have_text(text)
        return self

    def grow(self, text: str, question: str = "what_next", state: str = "happened") -> Self:
        """Answer one of the five questions about the stop that is open."""
        self.panel.locator(f"[data-ask={question}]").click()
        form = self.panel.locator("[data-part=grow]")
        form.locator("textarea").fill(text)
        form.locator(f"[value={state}]").check()
        form.locator(".primary").click()
        expect(self.stop(text)).to_have_count(1)
        return self

    def change(self, **fields: str) -> Self:
        """Say the stop that is open differently."""
        self.panel.locator("[data-act=change]").click()
        form = self.panel.locator("[data-part=change]")
        for name, value in fields.items():
            if name == "state":
                form.locator(f"[name=state][value={value}]").check()
            elif name in ("kind", "month"):
                form.locator(f"[name={name}]").select_option(value)
            else:
                form.locator(f"[name={name}]").fill(value)
        form.locator(".primary").click()
        return self

    def settled(self) -> Self:
        """Wait until everything that was drawn here is kept, and has come back."""
        self.page.wait_for_function(f"() => {AT_WORK}.model.pending.length === 0")
        return self

    def again(self) -> Self:
        """Load the page once more."""
        self.page.reload()
        self.ready()
        return self

    def told(self) -> dict[str, str]:
        """Every stop on this tablet, with what became of it."""
        script = f"[...{AT_WORK}.model.nodes.values()].map(({{text, state}}) => [text, state])"
        return dict(self.page.evaluate(script))

    def steps(self) -> set[tuple[str, str, str]]:
        """Every step on this tablet, in words."""
        script = f"""(() => {{
          const {{nodes, edges}} = {AT_WORK}.model;
          const words = (id) => nodes.get(id).text;
          return [...edges.values()].map((e) => [words(e.source), e.relation, words(e.target)]);
        }})()"""
        return {tuple(step) for step in self.page.evaluate(script)}


def middle(stop: Locator) -> tuple[float, float]:
    """Where a stop stands on the page."""
    for _ in range(20):  # it may just be drawn anew
        expect(stop).to_have_count(1)
        if box := stop.locator(".outline").first.bounding_box():
            break
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def workbench_of(page: Page) -> Any:
    """What the workbench lays open for others."""
    return page.evaluate_handle(AT_WORK)

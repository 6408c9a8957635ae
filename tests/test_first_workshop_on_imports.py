"""A workshop that goes on where others were: on a conversation and a map that came out of files."""

import itertools
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cocreate.cli import main
from cocreate.core.db import session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import impact_facts
from cocreate.indicators.models import Indicator
from cocreate.moments.models import Moment
from cocreate.spaces.contributions import Contribution
from cocreate.trajectories.models import Edge, Node
from cocreate.workshops.models import Workshop
from tests.browser_without_scripts import Browser, form_of, read_page
from tests.conftest import Auth, Guest
from tests.factories import MadeWorkshop
from tests.test_imports import MAPS, REAL, write_polis

SPACE = "Ons plein"
STEPS = {"welcome", "moments", "impacts", "indicators", "map", "close"}
Row = tuple[Any, ...]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A real conversation and a real map; small ones by hand where the real ones are not at hand."""
    conversation = REAL / "polis" / "london.youth.policing"
    drawn = REAL / "maps" / "StardustXR__Roadmap.canvas"
    if conversation.is_dir() and drawn.is_file():
        return conversation, drawn
    small = tmp_path / "road.canvas"
    small.write_text(MAPS["road.canvas"])
    return write_polis(tmp_path / "polis"), small


class Meeting:
    """A facilitator, the space with what was brought in, and everybody's pages."""

    def __init__(self, app: Flask, facilitator: Browser, library: str) -> None:
        self.app, self.facilitator, self.library = app, facilitator, library
        self.space_id = uuid.UUID(library.rpartition("/")[2])
        self.guests: list[Guest] = []
        self.room = ""

    def bring_in(self, *arguments: object) -> None:
        """As a steward does at the command line."""
        done = self.app.test_cli_runner().invoke(main, ["import", *map(str, arguments), "--space", SPACE])
        assert done.exit_code == 0, done.output

    def start(self) -> None:
        """On the map that was brought in; three people come in, each with another voice."""
        page = self.facilitator.get(f"{self.library}/workshops/new")
        form = form_of(page.text, **{"class": "form"})
        (on_the_map,) = form.options["trajectory_id"][1:]
        answer = self.facilitator.submit(
            form, f"{self.library}/workshops/new", title="Vervolg", trajectory_id=on_the_map
        )
        self.room = answer.location.removesuffix("/console")
        self.facilitator.submit(form_of(self.console(), action=f"{self.room}/doors"))
        code = re.search(r'<p class="code">([A-Z]{7})</p>', self.console())
        assert code
        with self.app.app_context():
            workshop = session().scalars(select(Workshop)).one()
            steps = {step.kind: step.id for step in workshop.steps}
            self.made = MadeWorkshop(workshop.id, self.space_id, code[1], uuid.UUID(on_the_map), steps)
        assert set(steps) >= STEPS
        for place in range(3):
            self.guests.append(Guest(self.app, self.made, voice_id=self._voice(place)))

    def _voice(self, place: int) -> str:
        browser = Browser(self.app)
        browser.post("/join", {"code": self.made.code})
        door = browser.get(f"/workshops/{self.made.id}/door")
        return next(form for form in read_page(door.text).forms if "voice_id" in form.options).options[
            "voice_id"
        ][place]

    def go_to(self, kind: str) -> None:
        answer = self.facilitator.post(f"{self.room}/stage", {"step_id": str(self.made.steps[kind])})
        assert answer.status_code == 303

    def close(self) -> None:
        self.facilitator.submit(form_of(self.console(), action=f"{self.room}/closing"))

    def console(self) -> str:
        return self.facilitator.get(f"{self.room}/console").text

    def screen(self) -> str:
        return self.facilitator.get(f"{self.room}/screen").text

    def harvest(self) -> str:
        return self.facilitator.get(self.library).text

    def road(self) -> str:
        """The page of the map that the harvest leads to."""
        paths = set(re.findall(r'<h3><a href="([^"]+/trajectories/[^"/]+)">', self.harvest()))
        assert len(paths) == 1
        return self.facilitator.get(paths.pop()).text


@pytest.fixture
def meeting(app: Flask, auth: Auth, client: Browser, files: tuple[Path, Path]) -> Meeting:
    auth.sign_up()
    form = form_of(client.get("/spaces/new").text, **{"class": "form"})
    meeting = Meeting(app, client, client.submit(form, "/spaces/new", name=SPACE).location)
    conversation, drawn = files
    meeting.bring_in("polis", conversation)
    meeting.bring_in("map", drawn)
    return meeting


KINDS: dict[str, tuple[type[Contribution], tuple[str, ...]]] = {
    "moment": (Moment, ("what_happened",)),
    "impact": (DesiredImpact, ("statement",)),
    "stance": (Stance, ("impact_id", "maker_id", "position")),
    "indicator": (Indicator, ("question", "impact_id")),
    "node": (Node, ("text", "kind", "state")),
}


def everything(app: Flask) -> dict[str, dict[uuid.UUID, Row]]:
    """Every contribution that was not taken back, and every link on the map."""
    with app.app_context():
        found = {
            topic: {
                made.id: tuple(getattr(made, name) for name in names)
                for made in session().scalars(select(kind).where(kind.withdrawn_at.is_(None)))
            }
            for topic, (kind, names) in KINDS.items()
        }
        edges = session().scalars(select(Edge))
        return found | {"edge": {edge.id: (edge.source_id, edge.target_id, edge.relation) for edge in edges}}


def shown_tallies(app: Flask, ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """What the cards of these proposals show of the voices that came in with the conversation."""
    with app.app_context():
        return {
            impact_id: {voice.key: tally for voice, tally in row["tallies"] if voice.is_imported}
            for impact_id, row in impact_facts(ids).items()
        }


def tell_all(meeting: Meeting, brought: dict[str, dict[uuid.UUID, Row]]) -> None:
    """Each of the three: a moment, a proposal, stances on old and new, a sign, a stop on the old map."""
    old_impact, old_stop = next(iter(brought["impact"])), next(iter(brought["node"]))
    meeting.go_to("moments")
    for name, guest in zip("abc", meeting.guests, strict=True):
        assert guest.tell("moment", what_happened=f"Moment van {name}").status_code == 303
    meeting.go_to("impacts")
    for name, guest in zip("abc", meeting.guests, strict=True):
        assert guest.tell("impact", statement=f"Wens van {name}").status_code == 303
    ours = [each for each in everything(meeting.app)["impact"] if each not in brought["impact"]]
    positions = itertools.cycle(("for", "objection", "dont_know"))
    for guest in meeting.guests:
        for impact_id in (old_impact, *ours):
            answer = guest.tell("stance", impact_id=str(impact_id), position=next(positions))
            assert answer.status_code == 303
    meeting.go_to("indicators")
    for name, guest in zip("abc", meeting.guests, strict=True):
        answer = guest.tell("indicator", impact_id=str(old_impact), question=f"Teken van {name}")
        assert answer.status_code == 303
    meeting.go_to("map")
    for name, guest in zip("abc", meeting.guests, strict=True):
        told = {"text": f"Stap van {name}", "touched_id": str(old_stop), "question": "what_next"}
        assert guest.tell("node", **told).status_code == 303


def places(page: str, subject_id: uuid.UUID, attribute: str = "data-subject") -> int:
    """How often something stands on a page as a thing of its own: a card, a proposal, a stop."""
    return len(re.findall(rf'<(?:article|li|div|g)\b[^>]* {attribute}="{subject_id}"', page))


def test_a_workshop_goes_on_where_others_were(app: Flask, meeting: Meeting) -> None:
    brought = everything(app)
    before = shown_tallies(app, list(brought["impact"]))
    assert all(brought[topic] for topic in ("impact", "stance", "node", "edge"))
    meeting.start()
    tell_all(meeting, brought)
    meeting.go_to("close")
    codes = [guest.post("/return-codes", json={}).json["words"] for guest in meeting.guests]
    meeting.close()
    after = everything(app)

    # What came out of the files is as it was, and what was told came once.
    for topic, rows in brought.items():
        assert {own_id: after[topic][own_id] for own_id in rows} == rows, topic
    new = {topic: set(after[topic]) - set(brought[topic]) for topic in after}
    counts = {"moment": 3, "impact": 3, "stance": 12, "indicator": 3, "node": 3, "edge": 3}
    assert {topic: len(ids) for topic, ids in new.items()} == counts
    assert shown_tallies(app, list(brought["impact"])) == before
    assert_everywhere_once(meeting, brought, new)

    # Days later: one of them comes back with eight words, and takes one thing back.
    first = Browser(app)
    first.submit(form_of(first.get("/return").text, **{"class": "form"}), "/return", code=" ".join(codes[0]))
    taken = next(own_id for own_id in new["moment"] if after["moment"][own_id] == ("Moment van a",))
    action = f"/spaces/{meeting.space_id}/mine/moment/{taken}/withdrawal"
    assert first.submit(form_of(first.get("/mine").text, action=action)).location == "/mine?saved=withdrawn"
    left = everything(app)
    assert left == {**after, "moment": {k: v for k, v in after["moment"].items() if k != taken}}
    for page in (meeting.console(), meeting.screen(), meeting.harvest(), first.get("/mine").text):
        assert "Moment van a" not in page
    new["moment"] -= {taken}
    assert_everywhere_once(meeting, brought, new)


def assert_everywhere_once(
    meeting: Meeting, brought: dict[str, dict[uuid.UUID, Row]], new: dict[str, set[uuid.UUID]]
) -> None:
    harvest, console, screen = meeting.harvest(), meeting.console(), meeting.screen()
    stages = [guest.stage().text for guest in meeting.guests]
    for topic in ("moment", "impact", "indicator"):
        for own_id in new[topic]:
            assert [places(page, own_id) for page in (harvest, console, screen)] == [1, 1, 1], topic
            assert sum(places(stage, own_id, "data-contribution") for stage in stages) == 1, topic
    for impact_id in (*brought["impact"], *new["impact"]):
        assert [places(stage, impact_id, "data-proposal") for stage in stages] == [1, 1, 1]
        assert places(harvest, impact_id) == 1
    road = meeting.road()
    for node_id in (*brought["node"], *new["node"]):
        assert [places(page, node_id) for page in (road, *stages)] == [1, 1, 1, 1]
    # The map is older than the meeting, and stands on the wall as a whole.
    for node_id in (*brought["node"], *new["node"]):
        assert places(screen, node_id, "data-node") == 1
    for node_id in new["node"]:
        assert places(console, node_id) == 1
        assert sum(places(stage, node_id, "data-contribution") for stage in stages) == 1

"""The one table of activities: each is there on every surface that says so."""

import pytest

from cocreate.core.icons import NAMES
from cocreate.core.resources import resource
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.queries.arrivals import ARRIVING
from cocreate.workshops.queries.harvest import KINDS as HARVESTED
from cocreate.workshops.rules import StepKind
from cocreate.workshops.surfaces import surfaces
from cocreate.workshops.words import activity_name, built_in_question

# Where the console is as at every part: who is here, the clock, the bar.
EVERYWHERE_THE_SAME = {
    StepKind.WELCOME,
    StepKind.PAIR_TALK,
    StepKind.BREAK,
    StepKind.MEASURE,
    StepKind.CLOSE,
}
# What is for the moment alone.
NOT_AFTERWARDS = {
    StepKind.PAIR_TALK,
    StepKind.BREAK,
    StepKind.THANKS,
}


@pytest.mark.parametrize("kind", StepKind)
def test_an_activity_has_a_stage_a_name_a_question_and_a_pictogram(app, kind):
    hosted = ACTIVITIES[kind]
    assert (resource("templates") / "workshops" / "stage" / f"{kind}.html").is_file()
    assert hosted.icon in NAMES
    assert hosted.minutes > 0
    with app.test_request_context():
        assert activity_name(kind)
        assert built_in_question(kind)


def test_the_table_says_of_every_activity_what_it_is(app):
    with app.test_request_context():
        rows = surfaces()
    assert set(rows) == set(StepKind)
    assert all(row.stage for row in rows.values())


def test_what_a_surface_does_of_its_own_stands_in_the_table(app):
    with app.test_request_context():
        rows = surfaces()
    for surface in ("console", "screen"):
        folder = resource("templates") / "workshops" / surface
        for kind in {path.stem for path in folder.glob("*.html")} & set(StepKind):
            assert getattr(rows[StepKind(kind)], surface), (surface, kind)


@pytest.mark.parametrize("kind", StepKind)
def test_what_the_table_says_is_there(app, kind):
    hosted, folder = ACTIVITIES[kind], resource("templates") / "workshops"
    with app.test_request_context():
        row = surfaces()[kind]
    for surface in ("stage", "screen", "paper"):
        assert (folder / surface / f"{kind}.html").read_text().strip(), surface
    assert not (folder / "harvest" / f"{kind}.html").exists()  # one page for all
    assert row.screen
    has_console = (folder / "console" / f"{kind}.html").is_file()
    arrives = bool(set(hosted.topics) & set(ARRIVING))
    assert row.console
    assert (has_console or arrives or hosted.has_result) is (kind not in EVERYWHERE_THE_SAME)
    assert bool(row.harvest) is (kind not in NOT_AFTERWARDS)
    if set(hosted.topics) & {each.topic for each in HARVESTED}:
        assert row.harvest, "what is told there stands in the harvest"


def test_who_prepares_a_meeting_reads_the_table(space, new_browser):
    page = new_browser(space.steward).get(f"/spaces/{space.id}/activities").text
    for kind in StepKind:
        assert f"#{ACTIVITIES[kind].icon}" in page


def test_templates_are_of_activities_that_there_are():
    for surface in ("stage", "console", "screen", "paper", "harvest"):
        folder = resource("templates") / "workshops" / surface
        found = {path.stem for path in folder.glob("*.html")} if folder.is_dir() else set()
        assert {name for name in found if not name.startswith("_")} <= set(StepKind), surface

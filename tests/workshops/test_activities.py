"""The one table of activities: each is there on every surface that says so."""

import pytest

from cocreate.core.icons import NAMES
from cocreate.core.resources import resource
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.rules import StepKind
from cocreate.workshops.surfaces import surfaces
from cocreate.workshops.words import activity_name, built_in_question


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


def test_the_table_names_no_screen_or_harvest_that_is_not_there(app):
    with app.test_request_context():
        rows = surfaces()
    for surface in ("console", "screen"):
        folder = resource("templates") / "workshops" / surface
        for kind in {path.stem for path in folder.glob("*.html")} & set(StepKind):
            assert getattr(rows[StepKind(kind)], surface), (surface, kind)


def test_who_prepares_a_meeting_reads_the_table(space, new_browser):
    page = new_browser(space.steward).get(f"/spaces/{space.id}/activities").text
    for kind in StepKind:
        assert f"#{ACTIVITIES[kind].icon}" in page


def test_templates_are_of_activities_that_there_are():
    for surface in ("stage", "console", "screen", "paper", "harvest"):
        folder = resource("templates") / "workshops" / surface
        found = {path.stem for path in folder.glob("*.html")} if folder.is_dir() else set()
        assert {name for name in found if not name.startswith("_")} <= set(StepKind), surface

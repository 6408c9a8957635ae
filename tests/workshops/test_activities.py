"""The one table of activities: each is there on every surface that says so."""

import pytest

from cocreate.core.icons import NAMES
from cocreate.core.resources import resource
from cocreate.workshops.activities import ACTIVITIES
from cocreate.workshops.rules import StepKind
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


def test_templates_are_of_activities_that_there_are():
    for surface in ("stage", "console", "screen", "paper", "harvest"):
        folder = resource("templates") / "workshops" / surface
        found = {path.stem for path in folder.glob("*.html")} if folder.is_dir() else set()
        assert {name for name in found if not name.startswith("_")} <= set(StepKind), surface

"""How each voice stands on what was proposed, in a meeting where that has no part of its own."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.workshops.models import Workshop
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service import move_stage, open_doors, start_workshop
from tests.factories import MadeWorkshop, make_impact, make_member, make_stance
from tests.workshops.arriving import Meeting

SHOW = "Laat zien wat eruit kwam"


@pytest.fixture
def begin(app, space, new_browser):
    """A meeting of these parts, with the wishes on stage and six people who are for one."""

    def begin(*kinds):
        with app.app_context():
            made = start_workshop(
                space.id, "Spelmiddag", None, [StepSketch(k, Phase.DREAM, 10) for k in kinds]
            )
            open_doors(made, space.id)
            row = session().get(Workshop, made)
            steps = {step.kind: step.id for step in row.steps}
            workshop = MadeWorkshop(made, space.id, row.code, made, steps)
            member = make_member(space, workshop)
            move_stage(made, space.id, steps[StepKind.IMPACTS])
            wish = make_impact(member, workshop, "Samen eten.")
            for _ in range(6):
                make_stance(make_member(space, workshop), workshop, wish, visibility=Visibility.WORKSHOP)
        return Meeting(app, space, workshop, member, new_browser(space.steward), new_browser(member))

    return begin


def test_who_leads_shows_it_where_wishes_are_told(begin):
    meeting = begin(StepKind.IMPACTS, StepKind.CLOSE)
    console = f"{meeting.path}/console"
    assert SHOW in meeting.lead.get(console).text
    before = meeting.tablet.get(f"{meeting.path}/results?view=stage").text
    assert "voor: 6" not in before
    assert meeting.post("results").status_code == 200
    for page in (meeting.screen(), meeting.tablet.get(f"{meeting.path}/results?view=stage").text):
        assert "voor: 6" in page.split("data-result")[1]
    meeting.post("stage", step_id=meeting.workshop.steps[StepKind.CLOSE])
    meeting.post("closing")
    harvest = meeting.lead.get(f"{meeting.path}/harvest").text
    assert harvest.count("Samen eten.") == 1
    assert "voor: 6" in harvest


def test_it_waits_for_the_part_in_which_people_say_where_they_stand(begin):
    meeting = begin(StepKind.IMPACTS, StepKind.STANCES)
    assert SHOW not in meeting.lead.get(f"{meeting.path}/console").text
    assert meeting.post("results").status_code == 409
    meeting.post("stage", step_id=meeting.workshop.steps[StepKind.STANCES])
    assert SHOW in meeting.lead.get(f"{meeting.path}/console").text
    assert meeting.post("results").status_code == 200

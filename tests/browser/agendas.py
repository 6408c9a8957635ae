"""Meetings of chosen parts, prepared in the data of a running server."""

import re
import uuid

from playwright.sync_api import expect

from cocreate import create_app
from cocreate.config import Config
from cocreate.core.db import db
from cocreate.workshops.rules import Phase, StepKind, StepSketch
from cocreate.workshops.service.preparing import start_workshop
from tests.browser.people import Facilitator
from tests.browser.server import Server


def prepare(server: Server, lead: Facilitator, *kinds: StepKind, title: str = "Donderdagavond") -> None:
    """A meeting with these parts, with its console in front."""
    app = create_app(Config(data=server.data))
    with app.app_context():
        agenda = [StepSketch(kind, Phase.DISCOVER, 10) for kind in kinds]
        workshop_id = start_workshop(uuid.UUID(lead.space_id), title, agenda=agenda)
        db.session.remove()
        db.engine.dispose()
    lead.workshop_id = str(workshop_id)
    lead.open(f"/workshops/{workshop_id}/console")


def move_on(lead: Facilitator) -> None:
    """Put the next part on stage."""
    before = lead.step
    lead.page.click("[data-panel=bar] button.primary")
    expect(lead.page.locator(".agenda li").nth(before + 1)).to_have_class(re.compile("now-step"))

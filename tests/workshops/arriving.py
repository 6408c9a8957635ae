"""A meeting with people in it, for the tests of what arrives."""

from dataclasses import dataclass
from typing import Any

from cocreate.core.db import session
from cocreate.workshops.models import Workshop
from tests.factories import MadeSpace, MadeWorkshop, Member


@dataclass
class Meeting:
    """Who leads, who told something, and the browsers of both."""

    app: Any
    space: MadeSpace
    workshop: MadeWorkshop
    maker: Member
    lead: Any
    tablet: Any

    @property
    def path(self) -> str:
        return f"/workshops/{self.workshop.id}"

    def post(self, where: str, browser: Any = None, **body: Any) -> Any:
        """As the console does it."""
        return (browser or self.lead).post(f"{self.path}/{where}", json={k: str(v) for k, v in body.items()})

    def row(self) -> Workshop:
        return session().get(Workshop, self.workshop.id)

    def console(self) -> str:
        return self.lead.get(f"{self.path}/arrivals").text

    def screen(self) -> str:
        return self.lead.get(f"{self.path}/screen").text

    def stage(self) -> str:
        return self.tablet.get(f"{self.path}/stage").text

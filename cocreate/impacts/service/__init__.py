"""Proposing what we want, answering what others want, and deciding together."""

from cocreate.impacts.service.deciding import absorb, describe, move_to, release, take_wording
from cocreate.impacts.service.showing import show_again, show_how_people_stand
from cocreate.impacts.service.telling import (
    ABOUT_IMPACTS,
    check_realism,
    propose_impact,
    remark_on,
    show_impact_of,
    suggest_wording,
    take_stance,
)

__all__ = [
    "ABOUT_IMPACTS",
    "absorb",
    "check_realism",
    "describe",
    "move_to",
    "propose_impact",
    "release",
    "remark_on",
    "show_again",
    "show_how_people_stand",
    "show_impact_of",
    "suggest_wording",
    "take_stance",
    "take_wording",
]

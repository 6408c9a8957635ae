"""Proposing what we want, answering what others want, and deciding together."""

from cocreate.impacts.service.deciding import describe, move_to
from cocreate.impacts.service.doubles import absorb, release
from cocreate.impacts.service.setting_aside import set_aside_on, take_back_in_on
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
from cocreate.impacts.service.wordings import take_wording

__all__ = [
    "ABOUT_IMPACTS",
    "absorb",
    "check_realism",
    "describe",
    "move_to",
    "propose_impact",
    "release",
    "remark_on",
    "set_aside_on",
    "show_again",
    "show_how_people_stand",
    "show_impact_of",
    "suggest_wording",
    "take_back_in_on",
    "take_stance",
    "take_wording",
]

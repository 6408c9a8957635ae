"""Preparing a workshop, opening its doors, moving it from step to step."""

from cocreate.workshops.service.doors import close_workshop, come_again, come_in, open_doors
from cocreate.workshops.service.preparing import start_workshop
from cocreate.workshops.service.stage import move_stage

__all__ = ["close_workshop", "come_again", "come_in", "move_stage", "open_doors", "start_workshop"]

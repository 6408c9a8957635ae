"""Drawing the road: starting a map, bringing one in, and everything that is done to it."""

from cocreate.trajectories.service.drawing import everybody
from cocreate.trajectories.service.instructions import Answer, Edit, Instruction
from cocreate.trajectories.service.maps import bring_in, open_to_space, start_trajectory
from cocreate.trajectories.service.perform import grow, perform

__all__ = [
    "Answer",
    "Edit",
    "Instruction",
    "bring_in",
    "everybody",
    "grow",
    "open_to_space",
    "perform",
    "start_trajectory",
]

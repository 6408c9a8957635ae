"""Maps over the wire."""

from cocreate.trajectories.views import maps
from cocreate.trajectories.views.blueprint import blueprint

__all__ = ["blueprint", "maps"]

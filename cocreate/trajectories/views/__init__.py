"""Maps over the wire."""

from cocreate.trajectories.views import comparing, drawing, files, lenses, maps, takeaway, understanding
from cocreate.trajectories.views.blueprint import blueprint

__all__ = ["blueprint", "comparing", "drawing", "files", "lenses", "maps", "takeaway", "understanding"]

"""Signs, choosing, questionnaires, measuring and small steps over the wire."""

from cocreate.indicators.views import (  # noqa: F401 (their routes)
    instruments,
    measuring,
    answering,
    building,
    cautions,
    choosing,
    signs,
    tables,
)
from cocreate.indicators.views.blueprint import blueprint

__all__ = ["blueprint"]

"""Signs, choosing, questionnaires, measuring and small steps over the wire."""

from cocreate.indicators.views import (  # noqa: F401 (their routes)
    answering,
    building,
    cautions,
    choosing,
    context,
    figures,
    guiding,
    instruments,
    measuring,
    own_line,
    sheets,
    signs,
    steps,
    tables,
)
from cocreate.indicators.views.blueprint import blueprint

__all__ = ["blueprint"]

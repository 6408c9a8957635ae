"""Signs, choosing, questionnaires, measuring and small steps over the wire."""

from cocreate.indicators.views import (  # noqa: F401 (its routes)  # noqa: F401 (their routes)
from cocreate.indicators.views import (  # noqa: F401 (their routes)
    instruments,
    measuring,
    answering,
    building,
    cautions,
    choosing,
    context,
    figures,
    signs,
)
from cocreate.indicators.views import answering, building, cautions, choosing, sheets, signs  # noqa: F401 (their routes)
from cocreate.indicators.views.blueprint import blueprint

__all__ = ["blueprint"]

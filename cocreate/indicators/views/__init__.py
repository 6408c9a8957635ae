"""Signs, choosing, questionnaires, measuring and small steps over the wire."""

from cocreate.indicators.views import building, cautions, signs  # noqa: F401 (their routes)
from cocreate.indicators.views import answering, signs  # noqa: F401 (their routes)
from cocreate.indicators.views.blueprint import blueprint

__all__ = ["blueprint"]

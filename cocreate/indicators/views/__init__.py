"""Signs, choosing, questionnaires, measuring and small steps over the wire."""

from cocreate.indicators.views import signs, tables  # noqa: F401 (their routes)
from cocreate.indicators.views.blueprint import blueprint

__all__ = ["blueprint"]

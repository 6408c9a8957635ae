"""Signs, choosing, questionnaires, measuring and small steps over the wire."""

from cocreate.indicators.views import context, figures, signs  # noqa: F401 (its routes)
from cocreate.indicators.views.blueprint import blueprint

__all__ = ["blueprint"]

"""What is read afterwards: the front page of a space, and a page for each thing that is wanted."""

from cocreate.reports.views import impacts  # noqa: F401 (its routes)
from cocreate.reports.views.library import blueprint

__all__ = ["blueprint"]

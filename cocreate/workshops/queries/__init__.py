"""Reading workshops."""

from cocreate.workshops.queries.workshops import workshop_of, workshop_with_code, workshops_of

__all__ = ["workshop_of", "workshop_with_code", "workshops_of"]

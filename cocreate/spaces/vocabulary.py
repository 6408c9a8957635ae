"""The words on the screen: the space's own ones where it has them."""

from collections.abc import Mapping
from typing import Protocol

from flask_babel import gettext as _

from cocreate.spaces.rules import Term


class SpaceWords(Protocol):
    """A space that may have words of its own."""

    @property
    def words(self) -> Mapping[str, str]:
        """Its own words by term."""


def word(term: str, space: SpaceWords | None = None) -> str:
    """The screen word for a term, starting with a capital."""
    own = (space.words or {}).get(term) if space else None
    text = own or _defaults()[Term(term)]
    return text[:1].upper() + text[1:]


def _defaults() -> dict[Term, str]:
    return {
        Term.IMPACT: _("What we want to achieve"),
        Term.INDICATOR: _("How will we notice?"),
        Term.MOMENT: _("Meaningful moments"),
        Term.WORKING_FACTOR: _("What helped"),
        Term.TRAJECTORY: _("Our road"),
    }


def voice_name(key: str, name: str | None = None) -> str:
    """What a voice is called: its own name, or the built-in one in the reader's language."""
    built_in = {
        "resident": _("Resident"),
        "youth": _("Young person"),
        "professional": _("Professional"),
        "policymaker": _("Policymaker"),
    }
    return name or built_in.get(key, key)

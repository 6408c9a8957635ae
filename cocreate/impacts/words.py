"""How the answers on an impact read, and how far it has come."""

from collections.abc import Mapping
from typing import Final

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

# Lazily: a page says one of them hundreds of times, and never all four.
_STAGES: Final[Mapping[str, LazyString]] = {
    "proposed": _l("Proposed"),
    "in_discussion": _l("We talk about it"),
    "agreed": _l("Agreed"),
    "retired": _l("No longer now"),
}


def stage_words() -> Mapping[str, LazyString]:
    """How far a wish has come, in a word or two."""
    return _STAGES


def realism_words() -> dict[str, str]:
    """Each answer of the two-sided check, in a few words."""
    return {
        "too_big": _("too big to be fair"),
        "fair": _("possible, and worth the effort"),
        "too_small": _("too small, it talks people down"),
        "dont_know": _("doesn't know"),
    }

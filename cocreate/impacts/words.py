"""How the answers on an impact read, and how far it has come."""

from flask_babel import gettext as _


def stage_words() -> dict[str, str]:
    """How far a wish has come, in a word or two."""
    return {
        "proposed": _("Proposed"),
        "in_discussion": _("We talk about it"),
        "agreed": _("Agreed"),
        "retired": _("No longer now"),
    }


def realism_words() -> dict[str, str]:
    """Each answer of the two-sided check, in a few words."""
    return {
        "too_big": _("too big to be fair"),
        "fair": _("possible, and worth the effort"),
        "too_small": _("too small, it talks people down"),
        "dont_know": _("doesn't know"),
    }

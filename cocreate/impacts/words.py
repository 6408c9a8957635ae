"""How the answers on an impact read."""

from flask_babel import gettext as _


def realism_words() -> dict[str, str]:
    """Each answer of the two-sided check, in a few words."""
    return {
        "too_big": _("too big to be fair"),
        "fair": _("possible, and worth the effort"),
        "too_small": _("too small, it talks people down"),
        "dont_know": _("doesn't know"),
    }

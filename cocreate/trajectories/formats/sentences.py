"""What we say about a file, found by the catalogue and translated by whoever shows it."""

from typing import Final


def marked(message: str) -> str:
    """The sentence itself; import it as `_l`, the name that the catalogue looks for."""
    return message


_l = marked

COLOURS: Final = _l("Colours that were left out: %(count)s.")
LOOKS: Final = _l("Letters and lines with a look of their own, shown as ours: %(count)s.")
SHAPES: Final = _l("Shapes and sizes that were left out: %(count)s.")
BEYOND: Final = _l("Further values beside items and links, left out: %(count)s.")
OPENED: Final = _l("Groups that were opened, their items kept: %(count)s.")
ICONS: Final = _l("Icons that were left out: %(count)s.")
CLOUDS: Final = _l("Clouds around a branch that were left out: %(count)s.")
EXTRAS: Final = _l("Extras of the mindmap program that were left out: %(count)s.")
WITHIN: Final = _l("Links from a text to another item, left out: %(count)s.")
COPIES: Final = _l(
    "Copies of an item, shown with the same words but without the branch under them: %(count)s."
)
PICTURES: Final = _l("Pictures that were left out: %(count)s.")
FOLDED: Final = _l("Branches that were folded, shown open: %(count)s.")
ABOUT: Final = _l("Facts about the file itself, such as who made it, left out: %(count)s.")
WRITTEN: Final = _l("Dates on which an item was written or changed, left out: %(count)s.")
NOWHERE: Final = _l("Arrows to something that is not in the file, left out: %(count)s.")
UNDIRECTED: Final = _l("Links without a direction, drawn in the order they were written: %(count)s.")
TWO_WAY: Final = _l("Links that go both ways, drawn in the order they were written: %(count)s.")

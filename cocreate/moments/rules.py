"""When two names of what helped are the same name."""

import unicodedata

NAME_MAX = 120


def one_line(text: str | None) -> str | None:
    """On one line, with single spaces; nothing when nothing is left. A filter for text fields."""
    return " ".join((text or "").split()) or None


def key_of(name: str) -> str:
    """The same for names that differ only in capitals, spaces or how a letter is put together."""
    if name.isascii():  # most names, and every name of the space is compared
        return " ".join(name.lower().split())
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())

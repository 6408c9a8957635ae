"""What we say about a file, found by the catalogue and translated by whoever shows it."""


def marked(message: str) -> str:
    """The sentence itself; import it as `_l`, the name that the catalogue looks for."""
    return message

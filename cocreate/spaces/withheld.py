"""Of how few people nothing is shown: when a space changes that, all that it shows is looked at again."""

from collections.abc import Callable

from cocreate.core.changes import Log

Look = Callable[[Log], None]
_LOOKS: dict[str, Look] = {}


def register_fewest(topic: str, look: Look) -> None:
    """Show everything of this topic again when numbers need more people than before, or fewer."""
    _LOOKS[topic] = look


def fewest_changed(log: Log) -> None:
    """Numbers are shown of other groups from now on."""
    log.session.flush()
    for look in _LOOKS.values():
        look(log)

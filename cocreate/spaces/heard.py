"""What is agreed hangs on which voices are needed and heard: when these change, it is looked at again."""

from collections.abc import Callable

from cocreate.core.changes import Log

Look = Callable[[Log], None]
_LOOKS: dict[str, Look] = {}


def register_look(topic: str, look: Look) -> None:
    """Look at everything of this topic again when the voices of a space change."""
    _LOOKS[topic] = look


def voices_changed(log: Log) -> None:
    """Other voices are needed now, or somebody speaks from another one."""
    log.session.flush()
    for look in _LOOKS.values():
        look(log)

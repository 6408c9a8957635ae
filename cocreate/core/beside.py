"""Long work on a thread beside, so that a meeting goes on meanwhile."""

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def beside(work: Callable[[], T]) -> T:
    """What `work` gives, under gevent from a thread beside. It may ask neither request nor database."""
    if "gevent.monkey" not in sys.modules:
        return work()
    from gevent import get_hub  # noqa: PLC0415
    from gevent.monkey import is_module_patched  # noqa: PLC0415

    if not is_module_patched("threading"):
        return work()
    result: T = get_hub().threadpool.apply(work)
    return result

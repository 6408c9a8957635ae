"""The press: sets a plan on paper in a process of its own, with so much time and memory and no more.

Run as a program it is that process. Then it reads one order from its input, and knows nothing of Cocreate.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 25
MEMORY: Final = 1024 * 1024 * 1024  # bytes of addresses
PATIENCE: Final = 30.0  # seconds that one waits for the press
# What the other process may know of the machine: where Python and fonts are, no setting of ours.
_TOLD: Final = ("PATH", "HOME", "LD_LIBRARY_PATH", "PYTHONPATH", "XDG_DATA_HOME", "XDG_DATA_DIRS")
# One at a time: people may wait for a poster, a meeting may not wait for a server that has no memory left.
_turn: Final = threading.BoundedSemaphore(1)


class PressError(RuntimeError):
    """It could not be set."""


class BusyError(PressError):
    """Too many wait for the press."""


@cache
def has_press() -> bool:
    """Whether the extra `pdf` is installed."""
    return find_spec("typst") is not None


def set_in_type(
    template: Path,
    plan: Mapping[str, Any],
    form: str,
    ppi: float = 144.0,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> bytes:
    """The plan set by a Typst template of ours, as `pdf` or `png`. Under gevent nobody else waits for it."""
    order = {
        "template": str(template),
        "plan": json.dumps(plan),
        "form": form,
        "ppi": ppi,
        "seconds": seconds,
        "memory": memory,
    }
    if not _turn.acquire(timeout=PATIENCE):
        raise BusyError
    try:
        done = subprocess.run(  # noqa: S603 (our own file, and nothing of people's in its arguments)
            [sys.executable, "-P", __file__],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=seconds,
            env={name: os.environ[name] for name in _TOLD if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PressError("It took too long.") from error
    finally:
        _turn.release()
    if done.returncode:
        # What it says could hold words of people: the log hears only how it ended.
        raise PressError(f"The press ended with {done.returncode}.")
    return done.stdout


def _limit(seconds: float, memory: int) -> None:
    """Take no more than this, and let the meeting go first."""
    with suppress(ImportError):  # not every system has it
        import resource  # noqa: PLC0415

        limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: ceil(seconds), resource.RLIMIT_CORE: 0}
        for limit, most in limits.items():
            with suppress(ValueError, OSError):  # the machine allows even less, or does not know this one
                resource.setrlimit(limit, (most, most))
        os.nice(10)


def _main() -> None:
    order = json.load(sys.stdin.buffer)
    _limit(order["seconds"], order["memory"])
    import typst  # noqa: PLC0415

    made = typst.compile(
        Path(order["template"]).read_bytes(),
        format=order["form"],
        ppi=order["ppi"],
        sys_inputs={"plan": order["plan"]},
    )
    sys.stdout.buffer.write(made if isinstance(made, bytes) else made[0])


if __name__ == "__main__":
    _main()

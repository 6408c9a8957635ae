"""Aside: ask the database on a stack that does not stay with the stream."""

from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

from greenlet import greenlet  # type: ignore[import-untyped, unused-ignore]

from cocreate.core.db import session

Answer = TypeVar("Answer")


def ask_aside(ask: Callable[[], Answer]) -> Answer:
    """The answer, with the database session closed again.

    SQLAlchemy goes deep, and Python never gives back the memory of a stack once it was that deep.
    A stream lives on the stack of its request, so asking here saves each of them 4 KB of 22.
    """

    def run() -> Answer:
        try:
            return ask()
        finally:
            session.remove()

    aside = greenlet(run)
    aside.gr_context = copy_context()
    answer: Answer = aside.switch()
    return answer

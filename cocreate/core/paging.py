"""Lists that are longer than a page: the newest first, and the rest a page further."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Select

from cocreate.core.db import session
from cocreate.core.problems import NotFound

MOST: Final = 500  # on one page
_MOST_PAGES: Final = 100_000

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Page(Generic[Kind]):
    """So many of a long list, newest first; `number` 1 has the newest of all."""

    things: list[Kind]
    number: int
    has_older: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left for another page."""
        return self.number == 1 and not self.has_older


def page_of(query: Select[Kind], number: int, most: int = MOST) -> Page[Kind]:
    """This page of what a query finds, newest first, in one question; `NotFound` beyond the last page."""
    found = list(session().scalars(query.offset((number - 1) * most).limit(most + 1)))
    if not found and number > 1:
        raise NotFound
    return Page(found[:most], number, len(found) > most)


def page_asked(args: Mapping[str, Any]) -> int:
    """Which page an address asks for with `?page=`: the first one when it says nothing that can be."""
    asked = str(args.get("page", ""))
    return min(max(int(asked), 1), _MOST_PAGES) if asked.isdecimal() and len(asked) <= len("100000") else 1

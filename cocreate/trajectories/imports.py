"""Bringing a map file into a space: the same from the command line and from a page."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from threading import BoundedSemaphore
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from cocreate.core.audience import Visibility
from cocreate.core.beside import beside
from cocreate.core.changes import changing
from cocreate.spaces.imports import add_absent_person, one_line
from cocreate.trajectories.formats import ImportedMap, MapFileError, Remark, read_map
from cocreate.trajectories.service import bring_in, start_trajectory

LONGEST_TITLE = 200
LONGEST_NAME = 60
_turn: Final = BoundedSemaphore(1)  # one file at a time: the largest takes seconds, and 200 MB


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A map that came in: where it is now, and what was in the file."""

    trajectory_id: uuid.UUID
    title: str
    found: ImportedMap

    @property
    def counts(self) -> str:
        """What it is called and how much came in, in a sentence."""
        nodes, edges = self.found.found
        sentence: str = _(
            "Brought in “%(title)s”: %(items)s, %(links)s.",
            title=self.title,
            items=ngettext("%(num)s item", "%(num)s items", nodes),
            links=ngettext("%(num)s link", "%(num)s links", edges),
        )
        return sentence

    @property
    def remarks(self) -> list[str]:
        """What is different from the file, a sentence each."""
        remarks = said(self.found.notes)
        if self.found.placed:
            remarks.append(_("We draw the map in our own way: where things stood is not kept."))
        return remarks


def bring_in_file(
    space_id: uuid.UUID, name: str, content: bytes, visibility: Visibility, title: str = ""
) -> BroughtIn:
    """Read a file and keep its map, once; MapFileError or AlreadyHere when that cannot be."""
    name = one_line(name)
    found = _read(name, content)
    mark = hashlib.sha256(content).hexdigest()
    called = one_line(title) or one_line(found.title) or PurePath(name).stem
    with changing(space_id) as log:
        maker_id = add_absent_person(log, f"map:{mark}", name=name[:LONGEST_NAME])
        trajectory = start_trajectory(log, called[:LONGEST_TITLE])
        trajectory.source = mark
        bring_in(log, trajectory, maker_id, visibility, found.nodes, found.edges)
        return BroughtIn(trajectory.id, trajectory.title, found)


def _read(name: str, content: bytes) -> ImportedMap:
    """The map in a file; a meeting goes on while it is read."""

    def read() -> ImportedMap | MapFileError:
        try:
            return read_map(name, content)
        except MapFileError as error:
            return error  # raised there, gevent would write it to the log, with words of people

    with _turn:
        found = beside(read)
    if isinstance(found, MapFileError):
        raise found
    return found


def said(remarks: Iterable[str]) -> list[str]:
    """Remarks in the language being spoken."""
    return [_(remark.message) % remark.params if isinstance(remark, Remark) else remark for remark in remarks]


def refusal(error: MapFileError) -> str:
    """Why a file was not read, in the language being spoken."""
    return one_line(_(error.message) % error.params)

"""A package of parts in one file (zip), looked into without ever putting a part on disk."""

import re
import struct
import zlib
from collections import Counter
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cocreate.trajectories.formats.imported import MapFileError
from cocreate.trajectories.formats.sentences import marked as _l

MAX_PARTS: Final = 5_000
MAX_PART: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 500 * 1024 * 1024  # all parts together; most of them are never unpacked
IS_LOCKED: Final = 0x1

_ENTRY: Final = b"PK\x01\x02"
_OUTSIDE: Final = re.compile(r"^[/\\]|^\w:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    struct.error,
    ValueError,
    zlib.error,
)


class Archive:
    """The parts of a package, by name."""

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > MAX_PARTS:
            raise MapFileError(_l("This file holds more than %(limit)s parts."), {"limit": MAX_PARTS})
        try:
            self._zip = ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise _not_whole() from error
        entries = self._zip.infolist()
        self._parts = {entry.filename: entry for entry in entries}
        for name, times in Counter(entry.orig_filename for entry in entries).items():
            _refuse_unsafe(name, times)
        if len({entry.header_offset for entry in entries}) < len(entries):
            raise _not_whole()
        _refuse_bombs(entries)

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts that are no folders."""
        return frozenset(name for name in self._parts if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        """One part, unpacked in memory."""
        entry = self._parts[name]
        if entry.flag_bits & IS_LOCKED:
            raise locked()
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise MapFileError(
                _l("The part “%(part)s” of this file is packed in a way we cannot read."), {"part": name}
            )
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(MAX_PART + 1)
        except _BROKEN as error:
            raise _not_whole() from error
        if len(content) > MAX_PART:
            raise _too_large(name)
        return content


def locked() -> MapFileError:
    """What to say when only a password opens a file."""
    return MapFileError(_l("This file is locked with a password. Save it without one and try again."))


def _not_whole() -> MapFileError:
    return MapFileError(_l("This file is not a whole package. Save it again and try once more."))


def _too_large(name: str) -> MapFileError:
    return MapFileError(
        _l("The part “%(part)s” of this file is larger than %(megabytes)s MB."),
        {"part": name[:80], "megabytes": MAX_PART // 1024**2},
    )


def _refuse_unsafe(name: str, times: int) -> None:
    if _OUTSIDE.search(name):
        raise MapFileError(
            _l("A part of this file wants to stand outside it: “%(part)s”. Not safe to read."),
            {"part": name[:80]},
        )
    if times > 1:
        raise MapFileError(
            _l("The part “%(part)s” is in this file more than once. Not safe to read."), {"part": name[:80]}
        )


def _refuse_bombs(entries: list[ZipInfo]) -> None:
    for entry in entries:
        if entry.filename.startswith("content.") and entry.file_size > MAX_PART:
            raise _too_large(entry.filename)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise MapFileError(
            _l("Unpacked, this file is larger than %(megabytes)s MB."),
            {"megabytes": MAX_UNPACKED // 1024**2},
        )

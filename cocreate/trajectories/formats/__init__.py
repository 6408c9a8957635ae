"""Maps made elsewhere: read safely, or refused with the reason in plain words."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from cocreate.trajectories.formats import canvas, freemind, gexf, graphml, opml
from cocreate.trajectories.formats.imported import ImportedMap, MapFileError, Remark
from cocreate.trajectories.formats.sentences import marked as _l

__all__ = ["ENDINGS", "MAX_BYTES", "ImportedMap", "MapFileError", "Remark", "read_map"]

MAX_BYTES: Final = 20 * 1024 * 1024

_READERS: Final[Mapping[str, Callable[[str, bytes], ImportedMap]]] = MappingProxyType(
    {
        ".canvas": canvas.read,
        ".gexf": gexf.read,
        ".graphml": graphml.read,
        ".mm": freemind.read,
        ".opml": opml.read,
    }
)
ENDINGS: Final = tuple(_READERS)


def read_map(name: str, data: bytes) -> ImportedMap:
    """Read a map file by the ending of its name; MapFileError says in plain words why not."""
    path = PurePath(name.replace("\\", "/"))
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise MapFileError(
            _l("The name “%(name)s” ends in something we cannot read. We can read: %(endings)s."),
            {"name": path.name[:80], "endings": " ".join(ENDINGS)},
        )
    if not data.strip():
        raise MapFileError(_l("This file is empty."))
    if len(data) > MAX_BYTES:
        raise MapFileError(
            _l("This file is larger than %(megabytes)s MB."), {"megabytes": MAX_BYTES // 1024**2}
        )
    return reader(path.stem, data)

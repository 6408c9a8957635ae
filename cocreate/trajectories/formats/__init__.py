"""Maps made elsewhere, read safely or refused with the reason; and our own, written for others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from cocreate.trajectories.formats import canvas, freemind, gexf, graphml, mermaid, opml, xmind
from cocreate.trajectories.formats.imported import ImportedMap, MapFileError, Remark
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.rules import MapEdge, MapNode

__all__ = [
    "ENDINGS",
    "EXPORTS",
    "MAX_BYTES",
    "Export",
    "ImportedMap",
    "MapFileError",
    "Remark",
    "read_map",
]

MAX_BYTES: Final = 20 * 1024 * 1024

_READERS: Final[Mapping[str, Callable[[str, bytes], ImportedMap]]] = MappingProxyType(
    {
        ".canvas": canvas.read,
        ".gexf": gexf.read,
        ".graphml": graphml.read,
        ".mermaid": mermaid.read,
        ".mm": freemind.read,
        ".mmd": mermaid.read,
        ".opml": opml.read,
        ".xmind": xmind.read,
    }
)
ENDINGS: Final = tuple(_READERS)


def _nothing(_nodes: Sequence[MapNode], _edges: Sequence[MapEdge]) -> tuple[Remark, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Export:
    """A format that we write: `write(title, nodes, edges)` is the file, `left` says what has no room in it.

    `comment` begins a line that only people read, where a format has such lines.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[[str, Sequence[MapNode], Sequence[MapEdge]], bytes]
    left: Callable[[Sequence[MapNode], Sequence[MapEdge]], tuple[Remark, ...]] = _nothing
    comment: str = ""


EXPORTS: Final[Mapping[str, Export]] = MappingProxyType(
    {
        "mm": Export("FreeMind, Freeplane", ".mm", "application/x-freemind", freemind.export_mm),
        "xmind": Export("XMind", ".xmind", "application/vnd.xmind.workbook", xmind.export_xmind),
        "opml": Export("OPML", ".opml", "text/x-opml", opml.export_opml),
        "canvas": Export("JSON Canvas", ".canvas", "application/json", canvas.export_canvas),
        "graphml": Export("GraphML", ".graphml", "application/graphml+xml", graphml.export_graphml),
        "gexf": Export("GEXF", ".gexf", "application/gexf+xml", gexf.export_gexf),
        "mermaid": Export(
            *("Mermaid", ".mmd", "text/vnd.mermaid", mermaid.export_mermaid),
            left=mermaid.left_by_mermaid,
            comment="%% ",
        ),
    }
)


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

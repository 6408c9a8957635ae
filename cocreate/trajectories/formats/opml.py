"""OPML outlines (`.opml`)."""

from collections.abc import Iterator

from cocreate.trajectories.formats.imported import Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.xml import Element, read_xml

_IN_NOTE = ("_note", "description", "url", "htmlUrl", "xmlUrl")
_CARRIED = frozenset({"text", "title", *_IN_NOTE})


def read(title: str, data: bytes) -> ImportedMap:
    """Every outline as a node, linked to the one it stands under."""
    root = read_xml(data, "opml")
    body = root.child("body")
    if body is None:
        raise MapFileError(
            _l("Line %(line)s: “%(element)s” is missing."), {"line": root.line, "element": "body"}
        )
    head = root.child("head")
    named = head.child("title") if head else None
    draft = Draft((named.own_text() if named else "") or title)
    for node_id, parent_id, item in _outlines(body):
        _read_item(draft, node_id, item)
        if parent_id:
            draft.add_edge("", parent_id, node_id)
    return draft.finish()


def _outlines(body: Element) -> Iterator[tuple[str, str, Element]]:
    """Id, parent's id and element, in reading order."""
    waiting = [("", item) for item in reversed(list(body.children("outline")))]
    number = 0
    while waiting:
        parent_id, item = waiting.pop()
        number += 1
        node_id = f"item {number}"
        yield node_id, parent_id, item
        waiting.extend((node_id, child) for child in reversed(list(item.children("outline"))))


def _read_item(draft: Draft, node_id: str, item: Element) -> None:
    values = item.attributes
    text = values.get("text", "").strip() or values.get("title", "")
    note = "\n".join(dict.fromkeys(values[key] for key in _IN_NOTE if values.get(key, "").strip()))
    if values.keys() - _CARRIED:
        draft.leave(_l("Items with further details that were left out: %(count)s."))
    draft.add_node(node_id, text, note=note)

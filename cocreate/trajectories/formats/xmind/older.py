"""XMind files until 2018: sheets in `content.xml`."""

from collections.abc import Iterator
from typing import Final

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.imported import Draft
from cocreate.trajectories.formats.richtext import beside, text_of
from cocreate.trajectories.formats.xmind.topics import LEFT_OUT, Arrow, Sheet, Topic
from cocreate.trajectories.formats.xml import Element, read_xml
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES

_PARTS: Final = frozenset({"img", "boundaries"})
_KNOWN: Final = _PARTS | {
    *("title", "children", "notes", "labels", "marker-refs", "summaries", "position", "extensions")
}
_OF_A_SHEET: Final = frozenset({"title", "topic", "relationships"})


def read_sheets(draft: Draft, data: bytes) -> Iterator[Sheet]:
    """The sheets; what cannot be carried is counted in `draft`."""
    for sheet in read_xml(data, "xmap-content", {"topic": MAX_NODES, "relationship": MAX_EDGES}).children(
        "sheet"
    ):
        middle = sheet.child("topic")
        if middle is None:
            continue
        if rest := sum(1 for part in sheet.children() if part.tag not in _OF_A_SHEET):
            draft.leave(sentences.EXTRAS, rest)
        arrows = [_arrow(arrow) for arrow in _inside(sheet, "relationships")]
        yield Sheet(_tree(draft, middle), arrows, _title(sheet))


def _arrow(arrow: Element) -> Arrow:
    ends = (arrow.required("end1"), arrow.required("end2"))
    return Arrow(arrow.get("id"), *ends, _title(arrow), {})


def _title(element: Element) -> str:
    title = element.child("title")
    return title.own_text() if title else ""


def _inside(element: Element, part: str) -> Iterator[Element]:
    """What stands in a part of an element."""
    return (inner for group in element.children(part) for inner in group.children())


def _tree(draft: Draft, element: Element) -> Topic:
    root = _topic(draft, element)
    waiting = [(root, element)]
    while waiting:
        topic, element = waiting.pop()
        for group in _inside(element, "children"):
            how = group.get("type", "attached")
            for child in group.children("topic"):
                topic.children.append((how, _topic(draft, child)))
                waiting.append((topic.children[-1][1], child))
    return root


def _topic(draft: Draft, element: Element) -> Topic:
    values = element.attributes
    topic = Topic(values.get("id", ""), _title(element))
    notes = element.child("notes")
    if notes is not None:
        plain = notes.child("plain")
        topic.notes.append(plain.own_text() if plain is not None else text_of(notes))
        topic.notes.append(beside(draft, notes))
    topic.notes.append("\n".join(label.own_text() for label in _inside(element, "labels")))
    topic.notes.append(values.get("href", ""))
    for part in element.children(*_PARTS):
        draft.leave(LEFT_OUT[part.tag])
    for name in values.keys() & LEFT_OUT.keys():
        draft.leave(LEFT_OUT[name])
    if icons := len(list(_inside(element, "marker-refs"))):
        draft.leave(sentences.ICONS, icons)
    if values.get("branch") == "folded":
        draft.leave(sentences.FOLDED)
    rest = len(list(_inside(element, "extensions")))
    rest += sum(1 for part in element.children() if part.tag not in _KNOWN)
    if rest:
        draft.leave(sentences.EXTRAS, rest)
    return topic

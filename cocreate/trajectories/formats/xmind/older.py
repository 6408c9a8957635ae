"""XMind files until 2018: sheets in `content.xml`."""

from collections.abc import Iterator
from typing import Final

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.imported import Draft
from cocreate.trajectories.formats.richtext import beside, text_of
from cocreate.trajectories.formats.xmind.topics import SUMMARIES, Arrow, Sheet, Topic
from cocreate.trajectories.formats.xml import Element, read_xml
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES

_KNOWN: Final = frozenset(
    {
        *("title", "children", "notes", "labels", "marker-refs", "boundaries", "summaries", "position"),
        *("extensions", "img"),
    }
)
_OF_A_SHEET: Final = frozenset({"title", "topic", "relationships"})
_ABOUT: Final = frozenset({"timestamp", "modified-by"})
_LISTS: Final = {"children": "topics", "relationships": "relationship", "labels": "label"}


def read_sheets(draft: Draft, data: bytes) -> Iterator[Sheet]:
    """The sheets; what cannot be carried is counted in `draft`."""
    root = read_xml(data, "xmap-content", {"topic": MAX_NODES, "relationship": MAX_EDGES})
    _count_values(draft, root, frozenset({"version"}))
    if rest := sum(1 for part in root.children() if part.tag != "sheet"):
        draft.leave(sentences.EXTRAS, rest)
    for sheet in root.children("sheet"):
        middle = sheet.child("topic")
        if middle is None:
            continue
        if rest := sum(1 for part in sheet.children() if part.tag not in _OF_A_SHEET):
            draft.leave(sentences.EXTRAS, rest)
        _count_values(draft, sheet, frozenset({"id"}))
        arrows = [_arrow(draft, arrow) for arrow in _inside(sheet, "relationships")]
        yield Sheet(_tree(draft, middle), arrows, _title(sheet))


def _arrow(draft: Draft, arrow: Element) -> Arrow:
    _count_values(draft, arrow, frozenset({"id", "end1", "end2"}))
    if any(part.tag != "title" for part in arrow.children()):
        draft.leave(sentences.LOOKS)
    ends = (arrow.required("end1"), arrow.required("end2"))
    return Arrow(arrow.get("id"), *ends, _title(arrow), {})


def _count_values(draft: Draft, element: Element, known: frozenset[str]) -> None:
    """Attributes: when and by whom it was written, how it looks."""
    names = element.attributes.keys() - known
    if names & _ABOUT:
        draft.leave(sentences.WRITTEN)
    if looks := len(names - _ABOUT):
        draft.leave(sentences.LOOKS, looks)


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
    topic.notes.append("\n".join(map(_title, _inside(element, "boundaries"))))
    topic.refer(values.get("href", ""))
    topic.is_placed = element.child("position") is not None
    _count_rest(draft, element, values)
    return topic


def _count_rest(draft: Draft, element: Element, values: dict[str, str]) -> None:
    _count_values(draft, element, frozenset({"id", "href", "branch"}))
    counts = {
        sentences.PICTURES: len(list(element.children("img"))),
        sentences.CLOUDS: len(list(_inside(element, "boundaries"))),
        SUMMARIES: len(list(_inside(element, "summaries"))),
        sentences.ICONS: len(list(_inside(element, "marker-refs"))),
        sentences.FOLDED: int(values.get("branch") == "folded"),
        sentences.EXTRAS: len(list(_inside(element, "extensions")))
        + sum(1 for part in element.children() if part.tag not in _KNOWN)
        + _strangers(element),
        # How a title or its frame looks.
        sentences.LOOKS: sum(1 for title in element.children("title") if title.attributes),
    }
    for sentence, count in counts.items():
        if count:
            draft.leave(sentence, count)


def _strangers(element: Element) -> int:
    """Parts of a list that are not what it is a list of."""
    return sum(1 for part, item in _LISTS.items() for inside in _inside(element, part) if inside.tag != item)

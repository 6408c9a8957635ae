"""FreeMind and Freeplane mindmaps (`.mm`)."""

from collections.abc import Iterator
from typing import Final

from cocreate.trajectories.formats.imported import Draft, ImportedMap
from cocreate.trajectories.formats.richtext import text_of, text_of_markup
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.xml import Element, read_xml

LEFT_OUT: Final = {
    "icon": _l("Icons that were left out: %(count)s."),
    "cloud": _l("Clouds around a branch that were left out: %(count)s."),
    "attribute": _l("Items with further details that were left out: %(count)s."),
    "hook": _l("Extras of the mindmap program that were left out: %(count)s."),
}
COLOURS: Final = frozenset({"COLOR", "BACKGROUND_COLOR"})


def read(title: str, data: bytes) -> ImportedMap:
    """Every topic as a node, linked to the one it grew from; arrows between topics as edges."""
    root = read_xml(data, "map")
    topics = list(_topics(root))
    draft = Draft(title)
    for node_id, parent_id, topic in topics:
        _read_topic(draft, node_id, topic)
        if parent_id:
            draft.add_edge("", parent_id, node_id)
    for node_id, _, topic in topics:
        for arrow in topic.children("arrowlink"):
            label = arrow.attributes.get("MIDDLE_LABEL", "")
            draft.add_edge(
                arrow.attributes.get("ID", ""), node_id, arrow.required("DESTINATION"), label=label
            )
    draft.drop_loose_edges(_l("Arrows to something that is not in the file, left out: %(count)s."))
    return draft.finish()


def _topics(root: Element) -> Iterator[tuple[str, str, Element]]:
    """Id, parent's id and element, in reading order."""
    waiting = [("", topic) for topic in reversed(list(root.children("node")))]
    number = 0
    while waiting:
        parent_id, topic = waiting.pop()
        number += 1
        node_id = topic.attributes.get("ID", "").strip() or f"#{number}"
        yield node_id, parent_id, topic
        waiting.extend((node_id, child) for child in reversed(list(topic.children("node"))))


def _read_topic(draft: Draft, node_id: str, topic: Element) -> None:
    values = topic.attributes
    text, notes = values.get("TEXT", ""), []
    if text.lstrip()[:5].lower() == "<html":
        text = text_of_markup(text)
    for rich in topic.children("richcontent"):
        said = text_of(rich)
        if rich.attributes.get("TYPE", "NODE").upper() == "NODE":
            text = text.strip() or said
        else:
            notes.append(said)
    notes.append(values.get("LINK", ""))
    for part in topic.children(*LEFT_OUT):
        draft.leave(LEFT_OUT[part.tag])
    if values.keys() & COLOURS:
        draft.leave(_l("Colours that were left out: %(count)s."))
    draft.add_node(node_id, text, note="\n\n".join(note for note in notes if note.strip()))

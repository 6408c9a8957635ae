"""FreeMind and Freeplane mindmaps (`.mm`)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element as Tag

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.exported import Branch, Step, forest, whole
from cocreate.trajectories.formats.imported import Draft, ImportedMap
from cocreate.trajectories.formats.markup import add, as_bytes
from cocreate.trajectories.formats.richtext import add_page, beside, beside_markup, text_of, text_of_markup
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import (
    OWN_WORDS,
    TITLE,
    as_number,
    edge_facts,
    edge_words,
    node_facts,
    node_words,
    strange,
)
from cocreate.trajectories.formats.xml import Element, read_xml
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES, MapEdge, MapNode

LEFT_OUT: Final = {
    "icon": sentences.ICONS,
    "cloud": sentences.CLOUDS,
    "hook": sentences.EXTRAS,
    "font": sentences.LOOKS,
    "edge": sentences.LOOKS,
}
_OF_A_TOPIC: Final = {
    sentences.COLOURS: frozenset({"COLOR", "BACKGROUND_COLOR"}),
    sentences.LOOKS: frozenset({"STYLE", "STYLE_REF", "LOCALIZED_STYLE_REF"}),
    sentences.WRITTEN: frozenset({"CREATED", "MODIFIED"}),
    _l("Branches that are locked with a password, left out: %(count)s."): frozenset({"ENCRYPTED_CONTENT"}),
}
_CARRIED: Final = OWN_WORDS | {"label"}  # a label at a topic is about the step it hangs on
# Read elsewhere, or said once more what stands elsewhere.
_KNOWN: Final = frozenset({"node", "arrowlink", "richcontent", "attribute", "attribute_layout", "linktarget"})
_OLD_NOTE: Final = "accessories/plugins/NodeNote.properties"
_RICH: Final = "<html"


def read(title: str, data: bytes) -> ImportedMap:
    """Every topic as a node, linked to the one it grew from; arrows between topics as edges."""
    root = read_xml(data, "map", {"node": MAX_NODES, "arrowlink": MAX_EDGES})
    draft = Draft(_title(root) or title)
    topics = list(_topics(root))
    for node_id, parent_id, topic in topics:
        details = _details(topic)
        _read_topic(draft, node_id, topic, details)
        if parent_id:
            values = topic.attributes
            draft.add_edge(
                values.get("STEP_ID", ""),
                parent_id,
                node_id,
                label=details.get("label", ""),
                told=as_number(values.get("STEP_TOLD")),
                **edge_words(details),
            )
    for node_id, _, topic in topics:
        for arrow in topic.children("arrowlink"):
            _read_arrow(draft, node_id, arrow)
    draft.drop_loose_edges(sentences.NOWHERE)
    return draft.finish()


def _title(root: Element) -> str:
    return next((topic.get("TEXT") for topic in root.children("node") if _is_title(topic)), "")


def _is_title(topic: Element) -> bool:
    """Whether the topic in the middle only says what the map is called."""
    return _details(topic).get("kind") == TITLE


def _topics(root: Element) -> Iterator[tuple[str, str, Element]]:
    """Id, parent's id and element, in reading order."""
    begins: list[Element] = []
    for topic in root.children("node"):
        begins.extend(topic.children("node") if _is_title(topic) else [topic])
    waiting = [("", topic) for topic in reversed(begins)]
    number = 0
    while waiting:
        parent_id, topic = waiting.pop()
        number += 1
        node_id = topic.get("ID").strip() or f"#{number}"
        yield node_id, parent_id, topic
        waiting.extend((node_id, child) for child in reversed(list(topic.children("node"))))


def _details(topic: Element) -> dict[str, str]:
    """The table of names and values at a topic."""
    details: dict[str, list[str]] = {}
    for detail in topic.children("attribute"):
        details.setdefault(detail.get("NAME"), []).append(detail.get("VALUE"))
    return {name: ", ".join(values) for name, values in details.items()}


def _read_topic(draft: Draft, node_id: str, topic: Element, details: Mapping[str, str]) -> None:
    values = topic.attributes
    text, notes = values.get("TEXT", "") or values.get("LOCALIZED_TEXT", ""), []
    if text.lstrip()[: len(_RICH)].lower() == _RICH:
        notes.append(beside_markup(draft, text))
        text = text_of_markup(text)
    for rich in topic.children("richcontent"):
        said = text_of(rich)
        if rich.get("TYPE", "NODE").upper() == "NODE" and not text.strip():
            text = said
        else:
            notes.append(said)
        notes.append(beside(draft, rich))
    notes.extend(text_of(hook) for hook in topic.children("hook") if _is_note(hook))
    notes.append(values.get("LINK", ""))
    notes.append("\n".join(f"{name}: {details[name]}" for name in strange(details, _CARRIED)))
    _count_rest(draft, topic)
    words = node_words(details)
    notes.append(words.get("note", ""))
    words["note"] = "\n\n".join(note for note in notes if note.strip())
    draft.add_node(node_id, text, told=as_number(values.get("TOLD")), **words)


def _is_note(hook: Element) -> bool:
    return hook.get("NAME") == _OLD_NOTE


def _count_rest(draft: Draft, topic: Element) -> None:
    for part in topic.children():
        if part.tag not in _KNOWN and not _is_note(part):
            draft.leave(LEFT_OUT.get(part.tag, sentences.EXTRAS))
    for sentence, names in _OF_A_TOPIC.items():
        if topic.attributes.keys() & names:
            draft.leave(sentence)
    if topic.get("FOLDED").lower() == "true":
        draft.leave(sentences.FOLDED)


def _read_arrow(draft: Draft, node_id: str, arrow: Element) -> None:
    values = arrow.attributes
    source, target = node_id, arrow.required("DESTINATION")
    at_start = values.get("STARTARROW", "None").lower() != "none"
    at_end = values.get("ENDARROW", "Default").lower() != "none"
    if at_start and at_end:
        draft.leave(sentences.TWO_WAY)
    elif at_start:
        source, target = target, source
    elif not at_end:
        draft.leave(sentences.UNDIRECTED)
    labels = (values.get(f"{place}_LABEL", "") for place in ("SOURCE", "MIDDLE", "TARGET"))
    draft.add_edge(
        values.get("ID", ""),
        source,
        target,
        label=" · ".join(filter(None, labels)),
        told=as_number(values.get("TOLD")),
        **edge_words({"relation": values.get("RELATION")}),
    )


def export_mm(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> bytes:
    """A mindmap with its title in the middle, and arrows for every step that leaves the tree."""
    drawn = whole(title, nodes, edges)
    root = Tag("map", {"version": "1.0.1"})
    middle = add(root, "node", TEXT=drawn.title)
    add(middle, "attribute", NAME="kind", VALUE=TITLE)
    waiting = [(middle, branch) for branch in reversed(forest(drawn))]
    while waiting:
        parent, branch = waiting.pop()
        topic = _write_topic(parent, branch)
        waiting.extend((topic, child) for child in reversed(branch.children))
    return as_bytes(root)


def _write_topic(parent: Tag, branch: Branch) -> Tag:
    node, step = branch.node, branch.step
    topic = add(parent, "node", ID=node.id, TOLD=str(branch.told))
    if node.text.lstrip()[: len(_RICH)].lower() == _RICH:
        add_page(add(topic, "richcontent", TYPE="NODE"), node.text)
    else:
        topic.set("TEXT", node.text)
    details = node_facts(node)
    if step is not None:
        topic.set("STEP_ID", step.edge.id)
        topic.set("STEP_TOLD", str(step.told))
        details |= edge_facts(step.edge) | ({"label": step.edge.label} if step.edge.label else {})
    for name, value in details.items():
        add(topic, "attribute", NAME=name, VALUE=value)
    if node.note:
        add_page(add(topic, "richcontent", TYPE="NOTE"), node.note)
    for other in branch.others:
        _write_arrow(topic, other)
    return topic


def _write_arrow(topic: Tag, step: Step) -> None:
    edge = step.edge
    arrow = {"ID": edge.id, "DESTINATION": edge.target, "STARTARROW": "None", "ENDARROW": "Default"}
    arrow |= {"MIDDLE_LABEL": edge.label} if edge.label else {}
    arrow |= {"RELATION": str(edge.relation)} if edge_facts(edge) else {}
    add(topic, "arrowlink", **arrow, TOLD=str(step.told))

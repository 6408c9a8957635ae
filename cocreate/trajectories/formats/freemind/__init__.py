"""FreeMind and Freeplane mindmaps (`.mm`); what of them is left behind stands in `rest`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element as Tag

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.exported import Branch, Step, forest, whole
from cocreate.trajectories.formats.freemind.rest import (
    PLACED,
    count_rest,
    count_rest_of_arrow,
    count_rest_of_map,
    is_note,
)
from cocreate.trajectories.formats.imported import Draft, ImportedMap
from cocreate.trajectories.formats.markup import add, as_bytes
from cocreate.trajectories.formats.richtext import add_page, beside, beside_markup, text_of, text_of_markup
from cocreate.trajectories.formats.vocabulary import (
    OF_A_NODE,
    OF_BOTH,
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

_CARRIED: Final = OWN_WORDS | {"label"}  # a label at a topic is about the step it hangs on
_RICH: Final = "<html"


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic: `said` is where its words stand, elsewhere for a copy (a "clone" of Freeplane)."""

    id: str
    parent_id: str
    element: Element
    said: Element


def read(title: str, data: bytes) -> ImportedMap:
    """Every topic as a node, linked to the one it grew from; arrows between topics as edges."""
    root = read_xml(data, "map", {"node": MAX_NODES, "arrowlink": MAX_EDGES})
    draft = Draft(title)
    count_rest_of_map(draft, root)
    topics = list(_topics(draft, root))
    for topic in topics:
        _read_topic(draft, topic)
    for topic in topics:
        for arrow in topic.element.children("arrowlink"):
            _read_arrow(draft, topic.id, arrow)
        if _is_inside(address := topic.said.get("LINK")):
            draft.link_inside(topic.id, address[1:])
    draft.drop_loose_edges()
    return draft.finish()


def _topics(draft: Draft, root: Element) -> Iterator[_Topic]:
    """In reading order, without one in the middle that only says what the map is called."""
    by_id = {topic.get("ID").strip(): topic for topic in root.walk() if topic.tag == "node"}
    waiting: list[tuple[str, Element]] = []
    titles = [topic for topic in root.children("node") if _is_title(topic)]
    named = _named(root) if titles else set()
    for topic in root.children("node"):
        if topic in titles[:1]:
            draft.title = topic.get("TEXT") or draft.title
        if topic in titles[:1] and not _says_more(topic, named):
            count_rest(draft, topic)
            waiting.extend(("", child) for child in topic.children("node"))
        else:
            waiting.append(("", topic))
    waiting.reverse()
    number = 0
    while waiting:
        parent_id, topic = waiting.pop()
        number += 1
        node_id = topic.get("ID").strip() or f"#{number}"
        yield _Topic(node_id, parent_id, topic, _original(draft, topic, by_id))
        waiting.extend((node_id, child) for child in reversed(list(topic.children("node"))))


def _is_title(topic: Element) -> bool:
    return _details(topic).get("kind") == TITLE


def _named(root: Element) -> set[str]:
    """What arrows and links point to."""
    return {
        part.get(key).removeprefix("#")
        for part in root.walk()
        for key in ("DESTINATION", "LINK")
        if part.tag in {"arrowlink", "node"}
    }


def _says_more(topic: Element, named: set[str]) -> bool:
    """Whether a title has words or arrows of its own: then it is a stop as well, so that nothing is lost."""
    return (
        len(_details(topic)) > 1
        or topic.get("ID").strip() in named - {""}
        or any(topic.get(key) for key in ("LINK", "SHORT_TEXT"))
        or any(topic.children("richcontent", "arrowlink"))
        or any(is_note(hook) for hook in topic.children("hook"))
    )


def _original(draft: Draft, topic: Element, by_id: Mapping[str, Element]) -> Element:
    named = topic.get("TREE_ID") or topic.get("CONTENT_ID")
    original = by_id.get(named, topic) if named else topic
    if original is topic or topic.get("TEXT") or topic.child("richcontent"):
        return topic
    draft.leave(sentences.COPIES)
    return original


def _details(topic: Element) -> dict[str, str]:
    """The table of names and values at a topic."""
    details: dict[str, list[str]] = {}
    for detail in topic.children("attribute"):
        details.setdefault(detail.get("NAME"), []).append(detail.get("VALUE"))
    return {name: ", ".join(values) for name, values in details.items()}


def _read_topic(draft: Draft, topic: _Topic) -> None:
    values, details = topic.element.attributes, _details(topic.said)
    if details.get("kind") == TITLE:
        del details["kind"]
    # Without a step to it, what is said of the step is kept as a note.
    carried, of = (_CARRIED, OF_BOTH) if topic.parent_id else (OWN_WORDS, OF_A_NODE)
    text, notes = _words(draft, topic.said)
    notes.append("\n".join(f"{name}: {details[name]}" for name in strange(details, carried, of)))
    count_rest(draft, topic.element)
    if topic.element.attributes.keys() & PLACED:
        draft.standing.add(topic.id)
    words = node_words(details)
    notes.append(words.get("note", ""))
    words["note"] = "\n\n".join(note for note in notes if note.strip())
    draft.add_node(topic.id, text, told=as_number(values.get("TOLD")), **words)
    if topic.parent_id:
        draft.add_edge(
            values.get("STEP_ID", ""),
            topic.parent_id,
            topic.id,
            label=details.get("label", ""),
            told=as_number(values.get("STEP_TOLD")),
            **edge_words(details),
        )


def _words(draft: Draft, topic: Element) -> tuple[str, list[str]]:
    """The text of a topic, and all that is said beside it."""
    text, notes = topic.get("TEXT") or topic.get("LOCALIZED_TEXT"), []
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
    notes.append(topic.get("SHORT_TEXT"))
    notes.append("" if _is_inside(topic.get("LINK")) else topic.get("LINK"))
    for hook in topic.children("hook"):
        notes.append(text_of(hook) if is_note(hook) else hook.get("EQUATION"))
    return text, notes


def _is_inside(address: str) -> bool:
    """Whether a link goes to another topic."""
    return address.startswith("#") and len(address) > 1


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
    relation = edge_words({"relation": values.get("RELATION")})
    count_rest_of_arrow(draft, arrow, known=bool(relation))
    draft.add_edge(
        values.get("ID", ""),
        source,
        target,
        label=" · ".join(filter(None, labels)),
        told=as_number(values.get("TOLD")),
        **relation,
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

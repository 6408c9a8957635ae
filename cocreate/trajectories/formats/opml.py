"""OPML outlines (`.opml`)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element as Tag

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.exported import Branch, Step, forest, whole
from cocreate.trajectories.formats.imported import Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.markup import add, as_bytes
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import (
    OF_A_NODE,
    OF_AN_EDGE,
    OF_BOTH,
    OWN_WORDS,
    as_number,
    edge_facts,
    edge_words,
    node_facts,
    node_words,
    strange,
)
from cocreate.trajectories.formats.xml import Element, read_xml
from cocreate.trajectories.rules import MAX_EDGES, MAX_NODES, MapEdge, MapNode

_FURTHER: Final = _l("Items with further details that were left out: %(count)s.")
STEP: Final = "step"  # the type of an outline that stands for a step to something listed elsewhere
_IN_NOTE: Final = ("_note", "note", "description", "url", "htmlUrl", "xmlUrl")
_CARRIED: Final = frozenset(
    {"text", "title", "id", "label", "told", "stepId", "stepTold", "space", *_IN_NOTE}
)

_OF_A_STEP: Final = frozenset({"text", "type", "to", "stepId", "stepTold", "label", "relation", "space"})


def read(title: str, data: bytes) -> ImportedMap:
    """Every outline as a node, linked to the one it stands under."""
    root = read_xml(data, "opml", {"outline": MAX_NODES + MAX_EDGES})
    body = root.child("body")
    if body is None:
        raise MapFileError(
            _l("Line %(line)s: “%(element)s” is missing."), {"line": root.line, "element": "body"}
        )
    head = root.child("head")
    named = head.child("title") if head else None
    draft = Draft((named.own_text() if named else "") or title)
    if facts := sum(1 for fact in head.children() if fact is not named) if head else 0:
        draft.leave(sentences.ABOUT, facts)
    _count_rest(draft, root, body)
    outlines = list(_outlines(body))
    for node_id, parent_id, item in outlines:
        _read_item(draft, node_id, item, bool(parent_id))
        if parent_id:
            _read_step(draft, parent_id, node_id, item)
    for node_id, _, item in outlines:
        for step in filter(_is_step, item.children("outline")):
            if set(strange(step.attributes, _OF_A_STEP, OF_AN_EDGE)) or step.child():
                draft.leave(_FURTHER)
            _read_step(draft, node_id, step.get("to"), step)
    draft.drop_loose_edges()
    return draft.finish()


def _count_rest(draft: Draft, root: Element, body: Element) -> None:
    """What the file says beside its head and its outlines."""
    rest = len(root.attributes.keys() - {"version"}) + len(body.attributes)
    rest += sum(1 for part in root.children() if part.tag not in {"head", "body"})
    rest += sum(1 for part in body.children() if part.tag != "outline")
    rest += sum(len(head.attributes) for head in root.children("head"))
    rest += sum(1 for tag in ("head", "body") for _ in list(root.children(tag))[1:])
    if rest:
        draft.leave(_FURTHER, rest)


def _is_step(item: Element) -> bool:
    return item.get("type") == STEP and "to" in item.attributes


def _outlines(body: Element) -> Iterator[tuple[str, str, Element]]:
    """Id, parent's id and element, in reading order; steps to what is listed elsewhere are not among them."""
    times = Counter(item.get("id") for item in body.walk())
    waiting = [("", item) for item in _inside(body)]
    number = 0
    while waiting:
        parent_id, item = waiting.pop()
        number += 1
        own = item.get("id")
        node_id = own if own and times[own] == 1 else f"item {number}"
        yield node_id, parent_id, item
        waiting.extend((node_id, child) for child in _inside(item))


def _inside(item: Element) -> list[Element]:
    """The outlines in it, the last one first."""
    return [child for child in reversed(list(item.children("outline"))) if not _is_step(child)]


def _read_item(draft: Draft, node_id: str, item: Element, has_step: bool) -> None:
    values = item.attributes
    text = values.get("text", "").strip() or values.get("title", "")
    other = {"title"} if values.get("title", "").strip() not in {"", text} else set()
    said = (values[key] for key in (*sorted(other), *_IN_NOTE) if values.get(key, "").strip())
    # Without a step to it, the words beside the step are kept as a note.
    alone = "" if has_step else values.get("label", "")
    note = "\n".join(filter(None, dict.fromkeys([*said, alone, item.own_text()])))
    carried, of = _CARRIED | OWN_WORDS, OF_BOTH if has_step else OF_A_NODE
    if strange(values, carried, of) or any(part.tag != "outline" for part in item.children()):
        draft.leave(_FURTHER)
    words = node_words(values)
    words["note"] = note
    draft.add_node(node_id, text, told=as_number(values.get("told")), **words)


def _read_step(draft: Draft, source: str, target: str, item: Element) -> None:
    values = item.attributes
    draft.add_edge(
        values.get("stepId", ""),
        source,
        target,
        label=values.get("label", ""),
        told=as_number(values.get("stepTold")),
        **edge_words(values),
    )


def export_opml(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> bytes:
    """An outline; a step to what is listed elsewhere stands under its source, after an arrow."""
    drawn = whole(title, nodes, edges)
    texts = {node.id: node.text for node in drawn.nodes}
    root = Tag("opml", {"version": "2.0"})
    add(add(root, "head"), "title", drawn.title)
    body = add(root, "body")
    waiting = [(body, branch) for branch in reversed(forest(drawn))]
    while waiting:
        parent, branch = waiting.pop()
        item = _write_item(parent, branch)
        for step in branch.others:
            edge = step.edge
            add(item, "outline", text=f"→ {texts[edge.target]}", type=STEP, to=edge.target, **_facts(step))
        waiting.extend((item, child) for child in reversed(branch.children))
    return as_bytes(root)


def _write_item(parent: Tag, branch: Branch) -> Tag:
    node = branch.node
    facts = {"id": node.id, "told": str(branch.told), **node_facts(node)}
    facts |= {"_note": node.note} if node.note else {}
    facts |= _facts(branch.step) if branch.step else {}
    return add(parent, "outline", **{"text": node.text, **facts})


def _facts(step: Step) -> dict[str, str]:
    label = {"label": step.edge.label} if step.edge.label else {}
    return {"stepId": step.edge.id, "stepTold": str(step.told), **label, **edge_facts(step.edge)}

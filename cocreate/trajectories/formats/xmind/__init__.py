"""XMind workbooks (`.xmind`): a package with every sheet in it, the newer and the older kind."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.archive import Archive, locked
from cocreate.trajectories.formats.exported import Branch, Step, forest, whole
from cocreate.trajectories.formats.imported import Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.sentences import marked as _l
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
from cocreate.trajectories.formats.xmind import newer, older
from cocreate.trajectories.formats.xmind.topics import FLOATING, LOOSE, PROVIDER, Arrow, Sheet, Topic, walk
from cocreate.trajectories.rules import MapEdge, MapNode

_READERS: Final = {"content.json": newer.read_sheets, "content.xml": older.read_sheets}
_MANIFESTS: Final = ("manifest.json", "META-INF/manifest.xml")
_OF_ITSELF: Final = frozenset({*_READERS, *_MANIFESTS, "metadata.json", "meta.xml", "styles.xml"})
_OURS: Final = json.dumps(PROVIDER).encode()
_LOCKED: Final = b"encryption-data"
_MADE: Final = (1980, 1, 1, 0, 0, 0)  # the first day a package can name: the same map, the same bytes


def read(title: str, data: bytes) -> ImportedMap:
    """Every topic of every sheet as a node, linked to the one it hangs under; relationships as edges."""
    archive = Archive(data)
    names = archive.names
    if any(_LOCKED in archive.read(name) for name in _MANIFESTS if name in names):
        raise locked()
    part = next((name for name in _READERS if name in names), None)
    if part is None:
        raise MapFileError(_l("This is not an XMind file: “%(part)s” is missing."), {"part": "content.json"})
    draft = Draft(title)
    count = 0
    links: list[tuple[str, str]] = []
    for count, sheet in enumerate(_READERS[part](draft, archive.read(part)), start=1):  # noqa: B007
        links.extend(_read_sheet(draft, sheet))
    for source, target in links:
        draft.link_inside(source, target)
    if count > 1:
        draft.leave(_l("Sheets that were put together on one map: %(count)s."), count)
    if rest := sum(1 for name in names - _OF_ITSELF if not name.startswith("Thumbnails/")):
        draft.leave(
            _l("Pictures, remarks and earlier versions inside the file, left out: %(count)s."),
            rest,
        )
    if "meta.xml" in names or ("metadata.json" in names and _OURS not in archive.read("metadata.json")):
        draft.leave(sentences.ABOUT)
    draft.drop_loose_edges()
    return draft.finish()


def _read_sheet(draft: Draft, sheet: Sheet) -> list[tuple[str, str]]:
    """Keep what is on a sheet; gives which topic refers to which, perhaps to one on another sheet."""
    middle = None
    is_title = sheet.root.words.get("kind") == TITLE
    if is_title:
        draft.title = sheet.root.text or draft.title
    elif sheet.name.strip() not in {"", sheet.root.text.strip()}:
        draft.leave(_l("Names of sheets that were left out: %(count)s."))
    own: dict[str, str] = {}  # ids on this sheet; a copied sheet has those of the first
    links = []
    for parent_id, how, topic in walk(sheet.root):
        said = topic.id or f"#{len(draft.nodes) + 1}"
        is_copy = said in draft.nodes and said not in own
        topic.id = own[said] = f"{said} ({len(draft.nodes) + 1})" if is_copy else said
        if topic is sheet.root and is_title and not _says_more(sheet):
            middle = topic.id
            continue
        has_step = bool(parent_id) and parent_id != middle
        _read_topic(draft, topic, has_step)
        if has_step:
            if how == FLOATING:
                draft.leave(LOOSE)
            _read_step(draft, parent_id, topic)
        links += [(topic.id, topic.link)] if topic.link else []
    for arrow in sheet.arrows:
        _read_arrow(draft, arrow, own)
    return [(source, own.get(target, target)) for source, target in links]


def _says_more(sheet: Sheet) -> bool:
    """Whether a title has words or arrows of its own: then it is a stop as well, so that nothing is lost."""
    title = sheet.root
    ends = {end for arrow in sheet.arrows for end in (arrow.source, arrow.target)}
    return any(title.notes) or bool(title.link) or len(title.words) > 1 or title.id in ends - {""}


def _read_topic(draft: Draft, topic: Topic, has_step: bool) -> None:
    words = node_words(topic.words)
    values = {name: value for name, value in topic.words.items() if (name, value) != ("kind", TITLE)}
    # Without a step to it, what is said of the step is kept as a note.
    carried = OWN_WORDS | {"told", "step", "stepTold", *(["label"] if has_step else [])}
    rest = [name for name in strange(values, carried, OF_BOTH if has_step else OF_A_NODE) if values[name]]
    notes = [*topic.notes, words.get("note", ""), "\n".join(f"{name}: {values[name]}" for name in rest)]
    words["note"] = "\n\n".join(note for note in notes if note.strip())
    if topic.is_placed:
        draft.standing.add(topic.id)
    draft.add_node(topic.id, topic.text, told=as_number(topic.words.get("told")), **words)


def _read_arrow(draft: Draft, arrow: Arrow, own: Mapping[str, str]) -> None:
    relation = edge_words(arrow.words)
    if "relation" in arrow.words and not relation:
        draft.leave(sentences.BEYOND)
    ends = (own.get(end, end) for end in (arrow.source, arrow.target))
    told = as_number(arrow.words.get("told"))
    draft.add_edge(arrow.id, *ends, label=arrow.text, told=told, **relation)


def _read_step(draft: Draft, parent_id: str, topic: Topic) -> None:
    words = topic.words
    draft.add_edge(
        words.get("step", ""),
        parent_id,
        topic.id,
        label=words.get("label", ""),
        told=as_number(words.get("stepTold")),
        **edge_words(words),
    )


def export_xmind(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> bytes:
    """A workbook with the title in the middle, and a relationship for every step that leaves the tree."""
    drawn = whole(title, nodes, edges)
    middle_id = "title"
    while any(node.id == middle_id for node in drawn.nodes):
        middle_id += "-"
    middle: dict[str, Any] = {
        "id": middle_id,
        "class": "topic",
        "title": drawn.title,
        "extensions": _extension({"kind": TITLE}),
    }
    relationships: list[dict[str, str]] = []
    waiting = [(middle, branch) for branch in reversed(forest(drawn))]
    while waiting:
        parent, branch = waiting.pop()
        topic = _topic(branch)
        parent.setdefault("children", {"attached": []})["attached"].append(topic)
        relationships.extend(_relationship(step) for step in branch.others)
        waiting.extend((topic, child) for child in reversed(branch.children))
    sheet = {
        "id": "road",
        "class": "sheet",
        "title": drawn.title,
        "rootTopic": middle,
        "relationships": relationships,
    }
    return _package(
        {
            "content.json": [sheet],
            "metadata.json": {"creator": {"name": PROVIDER}},
            "manifest.json": {"file-entries": {"content.json": {}, "metadata.json": {}}},
        }
    )


def _topic(branch: Branch) -> dict[str, Any]:
    node, step = branch.node, branch.step
    facts = {"told": str(branch.told), **node_facts(node)}
    if step is not None:
        facts |= {"step": step.edge.id, "stepTold": str(step.told), "label": step.edge.label}
        facts |= edge_facts(step.edge)
    topic = {"id": node.id, "class": "topic", "title": node.text, "extensions": _extension(facts)}
    return topic | ({"notes": {"plain": {"content": node.note}}} if node.note else {})


def _extension(facts: dict[str, str]) -> list[dict[str, Any]]:
    return [{"provider": PROVIDER, "content": {name: value for name, value in facts.items() if value}}]


def _relationship(step: Step) -> dict[str, str]:
    edge = step.edge
    ends = {"id": edge.id, "end1Id": edge.source, "end2Id": edge.target, "title": edge.label}
    return {**ends, "told": str(step.told), **edge_facts(edge)}


def _package(parts: dict[str, Any]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            entry = ZipInfo(name, _MADE)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, json.dumps(part, ensure_ascii=False))
    return written.getvalue()

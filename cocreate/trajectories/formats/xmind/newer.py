"""XMind files since 2018: sheets in `content.json`."""

from collections.abc import Iterator
from typing import Final

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.imported import Draft
from cocreate.trajectories.formats.json import Item, as_items, read_json, text_at, word
from cocreate.trajectories.formats.richtext import beside_markup, text_of_markup
from cocreate.trajectories.formats.xmind.topics import LEFT_OUT, PROVIDER, Arrow, Sheet, Topic, refuse_swarms

_KNOWN: Final = frozenset(
    {
        *("id", "title", "class", "children", "notes", "href", "labels", "markers", "extensions", "branch"),
        *("summaries", "structureClass", "titleUnedited", "position", "customWidth"),
        *LEFT_OUT,
    }
)


_OF_A_SHEET: Final = frozenset({"id", "title", "class", "rootTopic", "relationships", "revisionId"})
_OF_AN_ARROW: Final = frozenset({"id", "title", "class", "end1Id", "end2Id", "relation", "told"})


def read_sheets(draft: Draft, data: bytes) -> Iterator[Sheet]:
    """The sheets; what cannot be carried is counted in `draft`."""
    for number, sheet in enumerate(as_items(read_json(data), "sheets"), start=1):
        root = sheet.get("rootTopic")
        (item,) = as_items([root], f"sheet {number}")
        arrows = as_items(sheet.get("relationships") or [], "relationships")
        if looks := len(sheet.keys() - _OF_A_SHEET) + sum(
            1 for arrow in arrows if arrow.keys() - _OF_AN_ARROW
        ):
            draft.leave(sentences.LOOKS, looks)
        steps = [_arrow(arrow, place) for place, arrow in enumerate(arrows, start=1)]
        yield Sheet(_tree(draft, item), steps, text_at(sheet, "title"))


def _arrow(item: Item, number: int) -> Arrow:
    source, target = (word(item, key, "relationships", number) for key in ("end1Id", "end2Id"))
    words: dict[str, str] = {key: str(item[key]) for key in ("relation", "told") if key in item}
    return Arrow(text_at(item, "id"), source, target, text_at(item, "title"), words)


def _tree(draft: Draft, item: Item) -> Topic:
    root = _topic(draft, item)
    waiting, count = [(root, item)], 1
    while waiting:
        topic, item = waiting.pop()
        groups = item.get("children") or {}
        if not isinstance(groups, dict):
            groups = {"attached": groups}
        for how, children in groups.items():
            count = refuse_swarms(count + len(as_items(children, "children")))
            for child in children:
                topic.children.append((str(how), _topic(draft, child)))
                waiting.append((topic.children[-1][1], child))
    return root


def _topic(draft: Draft, item: Item) -> Topic:
    topic = Topic(text_at(item, "id"), text_at(item, "title"))
    notes = item.get("notes")
    if isinstance(notes, dict):
        topic.notes.extend(_notes(draft, notes))
    labels = item.get("labels")
    if isinstance(labels, list):
        topic.notes.append("\n".join(label for label in labels if isinstance(label, str)))
    topic.notes.append(text_at(item, "href"))
    for extension in _dicts(item.get("extensions")):
        content = extension.get("content")
        if extension.get("provider") == PROVIDER and isinstance(content, dict):
            topic.words |= {name: text_at(content, name) for name in content}
        else:
            draft.leave(LEFT_OUT["extension"])
    _count_rest(draft, item)
    return topic


def _notes(draft: Draft, notes: Item) -> tuple[str, str]:
    """What a note says, and where its links go."""
    said, rich = (
        text_at(part, "content") if isinstance(part, dict) else ""
        for part in (notes.get(kind) for kind in ("plain", "realHTML"))
    )
    return said or text_of_markup(rich), beside_markup(draft, rich)


def _dicts(items: object) -> list[Item]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _count_rest(draft: Draft, item: Item) -> None:
    for key, sentence in LEFT_OUT.items():
        if item.get(key):
            draft.leave(sentence)
    if markers := len(_dicts(item.get("markers"))):
        draft.leave(sentences.ICONS, markers)
    if item.get("branch") == "folded":
        draft.leave(sentences.FOLDED)
    if rest := len(item.keys() - _KNOWN):
        draft.leave(sentences.EXTRAS, rest)

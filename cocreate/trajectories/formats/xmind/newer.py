"""XMind files since 2018: sheets in `content.json`."""

from collections.abc import Iterator
from typing import Final

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.imported import Draft
from cocreate.trajectories.formats.json import Item, as_items, read_json, text_at, word
from cocreate.trajectories.formats.richtext import beside_markup, text_of_markup
from cocreate.trajectories.formats.xmind.topics import (
    LEFT_OUT,
    PROVIDER,
    SUMMARIES,
    Arrow,
    Sheet,
    Topic,
    refuse_swarms,
)

_KNOWN: Final = frozenset(
    {
        *("id", "title", "class", "children", "notes", "href", "labels", "markers", "extensions", "branch"),
        *("summaries", "boundaries", "titleUnedited", "position"),
        *LEFT_OUT,
    }
)


_COUNTED: Final = {
    "markers": sentences.ICONS,
    "boundaries": sentences.CLOUDS,
    "summaries": SUMMARIES,
}
_OF_A_SHEET: Final = frozenset({"id", "title", "class", "rootTopic", "relationships", "revisionId"})
_OF_AN_ARROW: Final = frozenset({"id", "title", "class", "end1Id", "end2Id", "relation", "told"})


_WORDS: Final = ("text", "insert", "ops", "content", "spans", "paragraphs")


def read_sheets(draft: Draft, data: bytes) -> Iterator[Sheet]:
    """The sheets; what cannot be carried is counted in `draft`."""
    for number, sheet in enumerate(as_items(read_json(data), "sheets"), start=1):
        root = sheet.get("rootTopic")
        (item,) = as_items([root], f"sheet {number}")
        arrows = as_items(sheet.get("relationships") or [], "relationships")
        if looks := len(sheet.keys() - _OF_A_SHEET) + sum(
            len(arrow.keys() - _OF_AN_ARROW) for arrow in arrows
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
    topic.notes.extend(_notes(draft, item.get("notes")))
    labels = item.get("labels")
    topic.notes.append("\n".join(map(str, labels if isinstance(labels, list) else filter(None, [labels]))))
    boundaries = _dicts(item.get("boundaries"))
    topic.notes.append("\n".join(filter(None, (text_at(each, "title") for each in boundaries))))
    topic.refer(text_at(item, "href"))
    topic.is_placed = "position" in item
    for extension in _dicts(item.get("extensions")):
        content = extension.get("content")
        if extension.get("provider") == PROVIDER and isinstance(content, dict):
            topic.words |= {name: text_at(content, name) for name in content}
        else:
            draft.leave(LEFT_OUT["extension"])
    _count_rest(draft, item)
    return topic


def _notes(draft: Draft, notes: object) -> tuple[str, str]:
    """What a note says, in the first way in which it says anything, and where its links go."""
    if not isinstance(notes, dict):
        return (notes if isinstance(notes, str) else "", "")
    page = notes.get("realHTML")
    rich = text_at(page, "content") if isinstance(page, dict) else ""
    plain = notes.get("plain")
    said = text_at(plain, "content") if isinstance(plain, dict) else ""
    others = (_written(notes[kind]) for kind in ("ops", "html", "plain", *sorted(notes)) if kind in notes)
    said = said or text_of_markup(rich) or next(filter(str.strip, others), "")
    return said, beside_markup(draft, rich)


def _written(part: object) -> str:
    """The words in what an editor keeps of a text: `insert` of a Delta, `text` of spans in paragraphs."""
    said: list[str] = []
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            said.append(part)
        elif isinstance(part, list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            said.append("\n" if "spans" in part else "")
            waiting.extend(part[key] for key in _WORDS if key in part)
    return "".join(said).strip()


def _dicts(items: object) -> list[Item]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _count_rest(draft: Draft, item: Item) -> None:
    for key, sentence in LEFT_OUT.items():
        if item.get(key):
            draft.leave(sentence)
    for key, sentence in _COUNTED.items():
        things = item.get(key)
        if things:
            draft.leave(sentence, len(things) if isinstance(things, list) else 1)
    if item.get("branch") == "folded":
        draft.leave(sentences.FOLDED)
    if rest := len(item.keys() - _KNOWN):
        draft.leave(sentences.EXTRAS, rest)

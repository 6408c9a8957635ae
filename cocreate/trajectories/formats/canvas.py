"""JSON Canvas (`.canvas`, as Obsidian and others write it)."""

import json
import re
from typing import Any, Final, NoReturn

from cocreate.trajectories.formats.imported import TWO_WAY, UNDIRECTED, Draft, ImportedMap, MapFileError
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import edge_words, node_words
from cocreate.trajectories.rules import NodeKind

MAX_BRACKETS: Final = 1_000_000
MAX_COMMAS: Final = 3_000_000

_LINK: Final = re.compile(r"\[([^\[\]]{1,300})\]\(([^\s()]{1,1000})\)")

Item = dict[str, Any]


def read(title: str, data: bytes) -> ImportedMap:
    """Cards, files, links and groups as nodes, arrows as edges."""
    board = _parse(data)
    draft = Draft(title)
    for number, item in enumerate(_items(board, "nodes"), start=1):
        _read_node(draft, item, number)
    for number, item in enumerate(_items(board, "edges"), start=1):
        _read_edge(draft, item, number)
    return draft.finish()


def _parse(data: bytes) -> Item:
    if data.count(b"[") + data.count(b"{") > MAX_BRACKETS or data.count(b",") > MAX_COMMAS:
        raise MapFileError(_l("This file holds more than %(limit)s parts."), {"limit": MAX_BRACKETS})
    try:
        board = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise MapFileError(
            _l("We do not know the letters of this file. Save it as UTF-8 and try again.")
        ) from error
    except json.JSONDecodeError as error:
        raise MapFileError(
            _l("Line %(line)s: this is not well-formed JSON (at character %(column)s)."),
            {"line": error.lineno, "column": error.colno},
        ) from error
    except RecursionError as error:
        raise MapFileError(_l("Things in this file are nested too deep.")) from error
    except ValueError as error:
        raise MapFileError(_l("A number in this file is too long to read.")) from error
    if not isinstance(board, dict):
        raise MapFileError(_l("This is not a canvas: “nodes” is missing."))
    return board


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _items(board: Item, part: str) -> list[Item]:
    items = board.get(part, [])
    if not isinstance(items, list):
        raise MapFileError(_l("The part “%(part)s” of this canvas is not a list."), {"part": part})
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise MapFileError(
                _l("Item %(number)s under “%(part)s” is not an object."), {"number": number, "part": part}
            )
    return items


def _word(item: Item, key: str, part: str, number: int) -> str:
    """A text that must be there."""
    value = item.get(key)
    if not isinstance(value, str) or not value:
        raise MapFileError(
            _l("Item %(number)s under “%(part)s” has no “%(key)s”."),
            {"number": number, "part": part, "key": key},
        )
    return value


def _read_node(draft: Draft, item: Item, number: int) -> None:
    node_id = _word(item, "id", "nodes", number)
    words = node_words(item)
    if item.get("type") == "group":
        words.setdefault("kind", NodeKind.CONDITION)
        draft.leave(_l("Groups kept as a condition, without what stood inside: %(count)s."))
    if item.get("color"):
        draft.leave(_l("Colours that were left out: %(count)s."))
    text = next((item[key] for key in ("text", "label", "file", "url") if isinstance(item.get(key), str)), "")
    text, words["note"] = _without_marks(text, words.get("note", ""))
    draft.add_node(node_id, text, **words)
    x, y, width, height = (item.get(key) for key in ("x", "y", "width", "height"))
    if all(isinstance(value, int | float) for value in (x, y, width, height)):
        draft.place(node_id, _middle(x, width), _middle(y, height))


def _middle(start: Any, length: Any) -> float | None:
    try:
        return float(start) + float(length) / 2
    except OverflowError:
        return None


def _without_marks(markdown: str, note: str) -> tuple[str, str]:
    """The words of a card without the marks of Markdown; where its links go is added to the note."""
    lines = (line.lstrip("#").lstrip() if line.startswith("#") else line for line in markdown.splitlines())
    text = "\n".join(lines).replace("**", "").replace("`", "")
    return _LINK.sub(r"\1", text), "\n".join(
        filter(None, [note, *(link[2] for link in _LINK.finditer(text))])
    )


def _read_edge(draft: Draft, item: Item, number: int) -> None:
    source, target = _word(item, "fromNode", "edges", number), _word(item, "toNode", "edges", number)
    edge_id, label = item.get("id"), item.get("label")
    at_start, at_end = item.get("fromEnd") == "arrow", item.get("toEnd") != "none"
    if at_start and at_end:
        draft.leave(TWO_WAY)
    elif at_start:
        source, target = target, source
    elif not at_end:
        draft.leave(UNDIRECTED)
    draft.add_edge(
        edge_id if isinstance(edge_id, str) else "",
        source,
        target,
        label=label if isinstance(label, str) else "",
        **edge_words(item),
    )

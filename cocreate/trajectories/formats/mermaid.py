"""Mermaid mindmaps (`.mmd`, `.mermaid`): a tree by indentation, without room for notes and further steps."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from cocreate.trajectories.formats.exported import Branch, Whole, forest, whole
from cocreate.trajectories.formats.imported import MAX_RAW, Draft, ImportedMap, MapFileError, Remark
from cocreate.trajectories.formats.sentences import ICONS, LOOKS, SHAPES
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.formats.vocabulary import (
    TITLE,
    as_number,
    edge_facts,
    edge_words,
    node_facts,
    node_words,
)
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation, is_when

MAX_LINES: Final = 200_000
MAX_DEPTH: Final = 1_000
COMMENTS: Final = _l("Comments that were left out: %(count)s.")
SETTINGS: Final = _l("Settings of the drawing that were left out: %(count)s.")
UNINTENDED: Final = "unintended"
_WHEN, _TOLD = "when-", "told-"

_SHAPE: Final = re.compile(r"[^()\[\]{}\n]*(?P<open>\(\(|\)\)|\{\{|\(-|\(|\)|\[)(?P<rest>.*)", re.DOTALL)
_CLOSE: Final = {"((": "))", "))": "((", "{{": "}}", "(-": "-)", "(": ")", ")": "(", "[": "]"}
_AFTER: Final = re.compile(r"\s%%.*$")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LETTER: Final = re.compile(r"#(\d{1,7}|[A-Za-z]{1,30});")
_CODED: Final = re.compile(r"[#\"<>&`%]")


@dataclass(slots=True)
class _Topic:
    """One topic, how far it is indented, and the classes it has."""

    line: int
    indent: int
    text: str
    classes: list[str] = field(default_factory=list)
    has_shape: bool = False


def read(title: str, data: bytes) -> ImportedMap:
    """Every topic as a node, linked to the nearest one before it that is indented less."""
    draft = Draft(title)
    above: list[tuple[int, str]] = []
    for number, topic in enumerate(_topics(draft, _lines(data)), start=1):
        while above and above[-1][0] >= topic.indent:
            above.pop()
        if len(above) >= MAX_DEPTH:
            raise MapFileError(
                _l("Line %(line)s: things are nested more than %(limit)s deep."),
                {"line": topic.line, "limit": MAX_DEPTH},
            )
        node_id = f"item {number}"
        if TITLE in topic.classes and not above:
            draft.title = topic.text or draft.title
            node_id = ""
            if rest := len(topic.classes) - 1:
                draft.leave(LOOKS, rest)
        else:
            _read_topic(draft, node_id, above[-1][1] if above else "", topic)
        above.append((topic.indent, node_id))
    return draft.finish()


def _lines(data: bytes) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MapFileError(
            _l("We do not know the letters of this file. Save it as UTF-8 and try again.")
        ) from error
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise MapFileError(_l("This file holds more than %(limit)s parts."), {"limit": MAX_LINES})
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_RAW:
            raise MapFileError(
                _l("Line %(line)s: this line is longer than %(limit)s letters."),
                {"line": number, "limit": MAX_RAW},
            )
    return lines


def _topics(draft: Draft, lines: Sequence[str]) -> Iterator[_Topic]:
    numbered = iter(enumerate(lines, start=1))
    _read_until_it_begins(draft, numbered)
    topic = None
    for number, line in numbered:
        said = line.strip()
        if not said or _is_aside(draft, said):
            continue
        if said.startswith("::icon(") and topic:
            draft.leave(ICONS)
        elif said.startswith(":::") and topic:
            topic.classes.extend(said[3:].split())
        else:
            if topic:
                yield topic
            topic = _topic(draft, line, number, numbered)
    if topic:
        yield topic


def _read_until_it_begins(draft: Draft, numbered: Iterator[tuple[int, str]]) -> None:
    """Past all that stands before the mindmap; other drawings of Mermaid are refused."""
    for number, line in numbered:
        said = _AFTER.sub("", line.strip())
        if said == "mindmap":
            return
        if said == "---":
            _read_front_matter(draft, numbered)
        elif said and not _is_aside(draft, said):
            raise MapFileError(
                _l("Line %(line)s: the file begins with “%(found)s”, but “%(expected)s” was expected."),
                {"line": number, "found": said[:80], "expected": "mindmap"},
            )
    raise MapFileError(_l("This is not a mindmap of Mermaid: “mindmap” is missing."))


def _is_aside(draft: Draft, said: str) -> bool:
    """Whether a line speaks to people or to the program that draws."""
    if said.startswith("%%"):
        draft.leave(SETTINGS if said.startswith("%%{") else COMMENTS)
    return said.startswith("%%")


def _read_front_matter(draft: Draft, numbered: Iterator[tuple[int, str]]) -> None:
    for _number, line in numbered:
        if line.strip() == "---":
            return
        name, _, value = line.partition(":")
        if name == "title":
            draft.title = _scalar(value.strip()) or draft.title
        elif line.strip():
            draft.leave(SETTINGS)


def _scalar(value: str) -> str:
    """A text as YAML writes it on one line."""
    if value.startswith('"'):
        try:
            return str(json.loads(value))
        except (ValueError, RecursionError):
            return value.strip('"')
    return value[1:-1].replace("''", "'") if value[:1] == value[-1:] == "'" else value


def _topic(draft: Draft, line: str, number: int, numbered: Iterator[tuple[int, str]]) -> _Topic:
    """The topic on a line, and on those after it when its quoted text runs on."""
    indent, said = len(line) - len(line.lstrip()), line.strip()
    shape = _SHAPE.fullmatch(said)
    if not shape:
        return _Topic(number, indent, _decoded(draft, _without_comment(draft, said)))
    inside, close = shape["rest"], _CLOSE[shape["open"]]
    if inside.lstrip().startswith('"'):
        text, after = _quoted(inside.lstrip()[1:], number, numbered)
        after = _without_comment(draft, after)
    else:
        if close in _AFTER.sub("", inside):
            inside = _without_comment(draft, inside)
        text, _, after = inside.rpartition(close) if close in inside else (said, "", "")
    named = re.search(r":::(.*)$", after)
    classes = named[1].split() if named else []
    # A rectangle is what we write ourselves: it says no more than the text alone.
    return _Topic(number, indent, _decoded(draft, text), classes, text != said and shape["open"] != "[")


def _without_comment(draft: Draft, said: str) -> str:
    bare = _AFTER.sub("", said)
    if bare != said:
        draft.leave(COMMENTS)
    return bare


def _quoted(inside: str, number: int, numbered: Iterator[tuple[int, str]]) -> tuple[str, str]:
    """What stands before the closing quote, and after it."""
    parts = [inside]
    while '"' not in parts[-1]:
        following = next(numbered, None)
        if following is None:
            raise MapFileError(
                _l("Line %(line)s: a text between quotes begins here and does not end."), {"line": number}
            )
        parts.append(following[1].strip())
    last, _, after = parts.pop().partition('"')
    return "\n".join([*parts, last]), after


def _decoded(draft: Draft, text: str) -> str:
    """What a text says to people."""
    text = text[:MAX_RAW]
    if len(text) > 1 and text[0] == text[-1] == "`":
        if "**" in text:
            draft.leave(LOOKS)
        text = text[1:-1].replace("**", "")
    return _LETTER.sub(_letter, _BREAK.sub("\n", text))


def _letter(code: re.Match[str]) -> str:
    return unescape(f"&#{code[1]};" if code[1].isdigit() else f"&{code[1]};")


def _read_topic(draft: Draft, node_id: str, parent_id: str, topic: _Topic) -> None:
    values: dict[str, str] = {}
    for name in topic.classes:
        values |= _value(name)
    if rest := sum(1 for name in topic.classes if not _value(name)):
        draft.leave(LOOKS, rest)
    if topic.has_shape:
        draft.leave(SHAPES)
    told = as_number(values.get("told"))
    draft.add_node(node_id, topic.text, told=told, **node_words(values))
    if parent_id:
        draft.add_edge("", parent_id, node_id, **edge_words(values))


def _value(name: str) -> dict[str, str]:
    """What a class of ours says; nothing when it is somebody else's."""
    known: dict[str, Iterable[str]] = {"kind": NodeKind, "state": NodeState, "relation": Relation}
    for what, words in known.items():
        if name in set(words):
            return {what: name}
    if name == UNINTENDED:
        return {"intended": "false"}
    when, told = name.removeprefix(_WHEN), name.removeprefix(_TOLD)
    if when != name and is_when(when):
        return {"when": when}
    return {"told": told} if told != name and as_number(told) is not None else {}


def export_mermaid(title: str, nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> bytes:
    """A mindmap with the title in the middle; what else we know of a stop as classes."""
    drawn = whole(title, nodes, edges)
    roots = forest(drawn)
    lines = ["---", f"title: {json.dumps(drawn.title, ensure_ascii=False)}", "---", "mindmap"]
    lines += [f'  title(("{_coded(drawn.title)}"))', f"  :::{TITLE}"]
    read_order: list[Branch] = []
    waiting = roots[::-1]
    while waiting:
        read_order.append(waiting.pop())
        waiting.extend(reversed(read_order[-1].children))
    keeps_order = [branch.told for branch in read_order] == sorted(branch.told for branch in read_order)
    for branch in read_order:
        indent = "  " * (branch.depth + 1)
        lines.append(f'{indent}n{branch.told}["{_coded(branch.node.text)}"]')
        if classes := _classes(branch, keeps_order):
            lines.append(f"{indent}:::{' '.join(classes)}")
    return "\n".join([*lines, ""]).encode()


def _classes(branch: Branch, keeps_order: bool) -> list[str]:
    facts = node_facts(branch.node) | (edge_facts(branch.step.edge) if branch.step else {})
    when, intended = facts.pop("when", ""), facts.pop("intended", "")
    classes = [*facts.values(), *([UNINTENDED] if intended else []), *([_WHEN + when] if when else [])]
    return classes if keeps_order else [*classes, f"{_TOLD}{branch.told}"]


def _coded(text: str) -> str:
    coded = _CODED.sub(lambda found: f"#{ord(found[0])};", text)
    return coded.replace("\n", "<br/>")


def left_by_mermaid(nodes: Sequence[MapNode], edges: Sequence[MapEdge]) -> tuple[Remark, ...]:
    """What a mindmap of Mermaid has no room for."""
    drawn: Whole = whole("", nodes, edges)
    further = _further(forest(drawn))
    counts = {
        _l("Notes that this format cannot hold: %(count)s."): sum(1 for node in drawn.nodes if node.note),
        _l("Words beside a link that this format cannot hold: %(count)s."): sum(
            1 for edge in drawn.edges if edge.label
        ),
        _l("Links that a tree cannot hold: %(count)s."): further,
    }
    return tuple(Remark(message, {"count": count}) for message, count in counts.items() if count)


def _further(roots: list[Branch]) -> int:
    waiting, count = list(roots), 0
    while waiting:
        branch = waiting.pop()
        count += len(branch.others)
        waiting.extend(branch.children)
    return count

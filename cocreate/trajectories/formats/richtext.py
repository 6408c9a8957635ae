"""Rich text in a mindmap as plain text."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element as Tag

from cocreate.trajectories.formats.imported import MAX_RAW, Draft
from cocreate.trajectories.formats.markup import add
from cocreate.trajectories.formats.sentences import LOOKS, PICTURES, WITHIN
from cocreate.trajectories.formats.xml import Element

BLOCKS: Final = frozenset(
    {"p", "div", "li", "ul", "ol", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
)
SILENT: Final = frozenset({"head", "script", "style", "title"})
LOOKING: Final = frozenset(
    {
        *("b", "i", "u", "s", "em", "strong", "font", "big", "small", "sub", "sup", "strike", "del", "mark"),
        *("code", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
_HREF: Final = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_STYLE: Final = re.compile(r"\bstyle\s*=", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|<![^<>]*>")


def text_of(element: Element) -> str:
    """What an XHTML fragment says, a line for each paragraph; exactly so when it asks to keep its spaces."""
    page = element.child("html")
    if page is not None and page.keeps_spaces:
        return "\n".join(
            "".join(part for part in line.parts if isinstance(part, str))
            for line in page.walk()
            if line.tag == "p"
        )
    said: list[str] = []
    length = 0
    waiting: list[str | Element | None] = [element]
    while waiting and length < MAX_RAW:
        part = waiting.pop()
        if part is None:
            said.append("\n")
        elif isinstance(part, str):
            part = part[:MAX_RAW]
            length += len(part)
            said.append(" ".join(part.split()).join(_edges(part)))
        elif part.tag.lower() not in SILENT:
            ends = [None] if part.tag.lower() in BLOCKS else []
            waiting.extend([*ends, *reversed(part.parts), *ends])
    return _lines(said)


def add_page(parent: Tag, text: str) -> None:
    """Text as an XHTML fragment, a paragraph for each line."""
    page = add(parent, "html", **{"xml:space": "preserve"})
    body = add(page, "body")
    for line in text.split("\n"):
        paragraph = add(body, "p")
        paragraph.text = line


def _lines(said: Iterable[str]) -> str:
    """Lines that say something, with single spaces."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(said).splitlines())))


def _edges(text: str) -> tuple[str, str]:
    """One space where the text begins or ends with any."""
    return (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")


def text_of_markup(markup: str) -> str:
    """What HTML written inside an attribute says (older mindmaps do that)."""
    markup = markup[:MAX_RAW]
    said: list[str] = []
    silent, at = 0, 0
    for tag in _TAG.finditer(markup):
        if not silent:
            said.append(unescape(markup[at : tag.start()]))
        at, name = tag.end(), (tag[2] or "").lower()
        if name in SILENT:
            silent = max(0, silent + (-1 if tag[1] else 1))
        if name in BLOCKS:
            said.append("\n")
    said.append("" if silent else unescape(markup[at:]))
    return _lines(said)


def beside(draft: Draft, element: Element) -> str:
    """The addresses an XHTML fragment links to; its pictures and its looks are counted as left out."""
    return _beside(draft, ((part.tag.lower(), part.attributes) for part in element.walk()))


def beside_markup(draft: Draft, markup: str) -> str:
    """The same of HTML written inside an attribute."""
    tags = (tag for tag in _TAG.finditer(markup[:MAX_RAW]) if tag[2] and not tag[1])
    return _beside(draft, ((tag[2].lower(), _values(tag[0])) for tag in tags))


def _values(tag: str) -> dict[str, str]:
    href = _HREF.search(tag)
    found = {"href": unescape(href[1] or href[2] or href[3] or "")} if href else {}
    return found | ({"style": "?"} if _STYLE.search(tag) else {})


def _beside(draft: Draft, tags: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    addresses, pictures, looks, inside = [], 0, False, 0
    for name, values in tags:
        address = values.get("href", "") if name == "a" else ""
        if address and address[0] != "#":
            addresses.append(address)
        inside += address[:1] == "#"
        pictures += name == "img"
        looks = looks or name in LOOKING or bool(values.get("style"))
    if pictures:
        draft.leave(PICTURES, pictures)
    if looks:
        draft.leave(LOOKS)
    if inside:
        draft.leave(WITHIN, inside)
    return "\n".join(dict.fromkeys(addresses))

"""Rich text in a mindmap as plain text."""

from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from cocreate.trajectories.formats.xml import Element

BLOCKS: Final = frozenset(
    {"p", "div", "li", "ul", "ol", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
)
SILENT: Final = frozenset({"head", "script", "style", "title"})
MAX_MARKUP: Final = 100_000


def text_of(element: Element) -> str:
    """What an XHTML fragment says, a line for each paragraph."""
    said: list[str] = []
    waiting: list[str | Element | None] = [element]
    while waiting:
        part = waiting.pop()
        if part is None:
            said.append("\n")
        elif isinstance(part, str):
            said.append(" ".join(part.split()).join(_edges(part)))
        elif part.tag.lower() not in SILENT:
            ends = [None] if part.tag.lower() in BLOCKS else []
            waiting.extend([*ends, *reversed(part.parts), *ends])
    return _lines(said)


def _lines(said: Iterable[str]) -> str:
    """Lines that say something."""
    return "\n".join(filter(None, (line.strip() for line in "".join(said).splitlines())))


def _edges(text: str) -> tuple[str, str]:
    """One space where the text begins or ends with any."""
    return (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")


def text_of_markup(markup: str) -> str:
    """What HTML written inside an attribute says (older mindmaps do that)."""
    reader = _Reader()
    reader.feed(markup[:MAX_MARKUP])
    reader.close()
    return _lines(reader.said)


class _Reader(HTMLParser):
    """Collects the visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """A block begins a line."""
        self._silent += tag in SILENT
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends a line."""
        self._silent -= tag in SILENT and self._silent > 0
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        """Text, unless it is not meant for people."""
        if not self._silent:
            self.said.append(data)

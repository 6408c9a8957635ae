"""What the two kinds of XMind files have in common: sheets of topics, and arrows between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cocreate.trajectories.formats import sentences
from cocreate.trajectories.formats.imported import MapFileError
from cocreate.trajectories.formats.sentences import marked as _l
from cocreate.trajectories.rules import MAX_NODES

PROVIDER: Final = "cocreate"  # whose extensions are ours
ATTACHED: Final = "attached"
FLOATING: Final = "detached"
LOOSE: Final = _l("Loose topics, linked to the one in the middle: %(count)s.")
INSIDE: Final = "xmind:#"  # how an address begins that names another topic
SUMMARIES: Final = _l(
    "Summaries, linked to the topic around them and not to the row of topics they sum up: %(count)s."
)
LEFT_OUT: Final = {
    "image": sentences.PICTURES,
    "img": sentences.PICTURES,
    "style": sentences.LOOKS,
    "attributedTitle": sentences.LOOKS,
    "style-id": sentences.LOOKS,
    "structureClass": sentences.LOOKS,
    "structure-class": sentences.LOOKS,
    "customWidth": sentences.LOOKS,
    "extension": sentences.EXTRAS,
    "timestamp": sentences.WRITTEN,
}


@dataclass(slots=True)
class Topic:
    """One topic: what hangs under it in which way, and what our own extension says of it."""

    id: str
    text: str
    notes: list[str] = field(default_factory=list)
    link: str = ""  # the topic it refers to
    is_placed: bool = False
    words: dict[str, str] = field(default_factory=dict)
    children: list[tuple[str, "Topic"]] = field(default_factory=list)

    def refer(self, address: str) -> None:
        """Keep an address: that of another topic apart."""
        if address.startswith(INSIDE):
            self.link = address.removeprefix(INSIDE)
        else:
            self.notes.append(address)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relationship between two topics."""

    id: str
    source: str
    target: str
    text: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file."""

    root: Topic
    arrows: list[Arrow]
    name: str = ""


def refuse_swarms(count: int) -> int:
    """The same number of topics, unless it is more than fits on a map."""
    if count > MAX_NODES + 1:  # one topic may only say what the map is called
        raise MapFileError(_l("This file holds more than %(limit)s items."), {"limit": MAX_NODES})
    return count


def walk(root: Topic) -> Iterator[tuple[str, str, Topic]]:
    """Id of what it hangs under, how it hangs there, and each topic in reading order."""
    waiting = [("", ATTACHED, root)]
    while waiting:
        parent_id, how, topic = waiting.pop()
        yield parent_id, how, topic
        waiting.extend((topic.id, way, child) for way, child in reversed(topic.children))

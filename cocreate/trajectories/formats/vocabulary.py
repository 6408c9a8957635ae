"""Our own words, when a file carries them: what a map says survives a round trip."""

from collections.abc import Callable, Mapping
from typing import Final, TypedDict

from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation, is_when

OWN_WORDS: Final = frozenset({"kind", "state", "relation", "intended", "note", "when"})
TITLE: Final = "title"  # the kind of a topic that is no stop on the road, but says what the map is called
_INTENDED: Final = {"true": True, "1": True, "false": False, "0": False}
_KINDS: Final = {str(kind): kind for kind in NodeKind}
_STATES: Final = {str(state): state for state in NodeState}
_RELATIONS: Final = {str(relation): relation for relation in Relation}
_DIGITS: Final = 9


class NodeWords(TypedDict, total=False):
    """What a file says of a node in our words."""

    kind: NodeKind
    state: NodeState
    intended: bool
    note: str
    when: str


class EdgeWords(TypedDict, total=False):
    """What a file says of an edge in our words."""

    relation: Relation


def node_words(values: Mapping[str, object]) -> NodeWords:
    """Those of our words in `values` that we know."""
    words = NodeWords()
    kind, state, note, when = (values.get(name) for name in ("kind", "state", "note", "when"))
    if isinstance(kind, str) and kind in _KINDS:
        words["kind"] = _KINDS[kind]
    if isinstance(state, str) and state in _STATES:
        words["state"] = _STATES[state]
    if isinstance(note, str):
        words["note"] = note
    if isinstance(when, str) and is_when(when):
        words["when"] = when
    intended = _INTENDED.get(str(values.get("intended")).lower())
    if intended is not None:
        words["intended"] = intended
    return words


def edge_words(values: Mapping[str, object]) -> EdgeWords:
    """The relation in `values`, when it is one of ours."""
    relation = values.get("relation")
    if isinstance(relation, str) and relation in _RELATIONS:
        return EdgeWords(relation=_RELATIONS[relation])
    return EdgeWords()


Words = Callable[[Mapping[str, object]], NodeWords | EdgeWords]
OF_BOTH: Final[tuple[Words, ...]] = (node_words, edge_words)
OF_A_NODE: Final[tuple[Words, ...]] = (node_words,)
OF_AN_EDGE: Final[tuple[Words, ...]] = (edge_words,)


def strange(
    values: Mapping[str, object], carried: frozenset[str] = OWN_WORDS, of: tuple[Words, ...] = OF_BOTH
) -> list[str]:
    """The values that we cannot carry, by name: not among `carried`, or no word of ours `of` such a thing."""
    known = {name for words in of for name in words(values)}
    return [name for name in values if name not in carried or (name in OWN_WORDS and name not in known)]


def node_facts(node: MapNode) -> dict[str, str]:
    """What to say of a node besides its text and its note, where that is not what anybody expects."""
    facts = {
        "kind": "" if node.kind is NodeKind.IDEA else str(node.kind),
        "state": "" if node.state is NodeState.HAPPENED else str(node.state),
        "intended": "" if node.intended else "false",
        "when": node.when,
    }
    return {name: value for name, value in facts.items() if value}


def edge_facts(edge: MapEdge) -> dict[str, str]:
    """What to say of an edge besides its label, where that is not what anybody expects."""
    return {} if edge.relation is Relation.LED_TO else {"relation": str(edge.relation)}


def as_number(value: object) -> int | None:
    """A place in the order of telling, when that is one."""
    text = str(value)
    is_place = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if is_place else None

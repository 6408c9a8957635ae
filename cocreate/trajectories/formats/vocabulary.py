"""Our own words, when a file carries them: kind, state and relation survive a round trip."""

from collections.abc import Mapping
from typing import Final, TypedDict

from cocreate.trajectories.rules import NodeKind, NodeState, Relation

OWN_WORDS: Final = frozenset({"kind", "state", "relation", "intended", "note"})


class NodeWords(TypedDict, total=False):
    """What a file says of a node in our words."""

    kind: NodeKind
    state: NodeState
    intended: bool
    note: str


class EdgeWords(TypedDict, total=False):
    """What a file says of an edge in our words."""

    relation: Relation


def node_words(values: Mapping[str, object]) -> NodeWords:
    """Those of our words in `values` that we know."""
    words = NodeWords()
    kind, state, note = values.get("kind"), values.get("state"), values.get("note")
    if isinstance(kind, str) and kind in set(NodeKind):
        words["kind"] = NodeKind(kind)
    if isinstance(state, str) and state in set(NodeState):
        words["state"] = NodeState(state)
    if isinstance(note, str):
        words["note"] = note
    if str(values.get("intended")).lower() in {"false", "0"}:
        words["intended"] = False
    return words


def edge_words(values: Mapping[str, object]) -> EdgeWords:
    """The relation in `values`, when it is one of ours."""
    relation = values.get("relation")
    if isinstance(relation, str) and relation in set(Relation):
        return EdgeWords(relation=Relation(relation))
    return EdgeWords()

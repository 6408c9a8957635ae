"""Operations on a map: lists of effects, in the order of the log. Pure; `docs/maps.md` tells the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

Value = str | int | float | bool | None
Fields = dict[str, Value]


class Verb(StrEnum):
    """What somebody can do to a map."""

    GROW = "grow"
    EDIT = "edit"
    PLACE = "place"
    CONNECT = "connect"
    RELATE = "relate"
    DISCONNECT = "disconnect"
    REMOVE = "remove"
    RESTORE = "restore"
    MERGE = "merge"
    REFER = "refer"
    UNREFER = "unrefer"
    TIDY = "tidy"
    UNDO = "undo"
    REDO = "redo"


class Thing(StrEnum):
    """What an effect is about."""

    NODE = "node"
    EDGE = "edge"
    REFERENCE = "reference"


ABSENT: Final[Fields] = {"alive": False}
_PLACE: Final = frozenset({"x", "y", "pinned"})
_FOLD: Final = frozenset({"folded_in"})  # nobody's word: it follows from how large the map is


class Effect(NamedTuple):
    """The fields of one thing that were set, with what was there before."""

    thing: str
    id: str
    before: Fields
    after: Fields

    def inverse(self) -> "Effect":
        """The effect that takes this one back. What was not there is dead again, and keeps its words."""
        after = {key: self.after[key] for key in self.before if key in self.after}
        return Effect(self.thing, self.id, after, self.before)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the log keeps it."""

    seq: int
    effects: tuple[Effect, ...]
    undoes: int | None = None
    redoes: int | None = None
    is_skipped: bool = False


def told(effects: Sequence[Effect]) -> list[list[Any]]:
    """Effects as JSON."""
    return [list(effect) for effect in effects]


def read(seq: int, payload: Mapping[str, Any]) -> Operation | None:
    """The operation in a row of the log; None when there is none in it, or its words were taken back."""
    if "effects" not in payload:
        return None
    return Operation(
        seq,
        tuple(Effect(*effect) for effect in payload["effects"]),
        payload.get("undoes"),
        payload.get("redoes"),
        bool(payload.get("skipped")),
    )


def has_references(payload: Mapping[str, Any]) -> bool:
    """Whether a row of the log says something about what a node has to do with."""
    return any(effect[0] == Thing.REFERENCE for effect in payload.get("effects", ()))


def fold(effects: Iterable[Effect]) -> dict[tuple[str, str], Fields]:
    """Every thing as it is after these effects: for each field the last word. O(fields set)."""
    things: dict[tuple[str, str], Fields] = {}
    for thing, own_id, _, after in effects:
        key = (thing, own_id)
        if key in things:
            things[key].update(after)
        else:
            things[key] = dict(after)
    return things


def differs(effect: Effect, now: Mapping[str, Value]) -> bool:
    """Whether somebody set one of the fields of this effect to something else since.

    Where a new thing stands on paper is not its maker's word: tidying may move it.
    """
    skipped = _FOLD | _PLACE if "alive" in effect.after else _FOLD
    return any(now.get(field) != value for field, value in effect.after.items() if field not in skipped)


def is_moving(effects: Iterable[Effect]) -> bool:
    """Whether an operation only set places, so that each of them can be taken back by itself."""
    return all(effect.after.keys() <= _PLACE | _FOLD for effect in effects)


class Steps(NamedTuple):
    """Numbers of the operation to undo next, and of the one to redo; None when there is none."""

    back: int | None
    forth: int | None


def steps(operations: Iterable[Operation]) -> Steps:
    """Where somebody stands in their own operations, given in order."""
    back: list[int] = []
    forth: list[int] = []
    for operation in operations:
        if operation.undoes is not None:
            _move(operation.undoes, back, [] if operation.is_skipped else forth)
        elif operation.redoes is not None:
            _move(operation.redoes, forth, [] if operation.is_skipped else back)
        else:
            back.append(operation.seq)
            forth.clear()
    return Steps(back[-1] if back else None, forth[-1] if forth else None)


def _move(seq: int, origin: list[int], target: list[int]) -> None:
    if seq in origin:
        origin.remove(seq)
        target.append(seq)

"""Stances, and what may be shown of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Position(StrEnum):
    """Where somebody stands towards a proposal."""

    FOR = "for"
    OBJECTION = "objection"
    DONT_KNOW = "dont_know"


class Stage(StrEnum):
    """How far a proposal has come."""

    PROPOSED = "proposed"
    IN_DISCUSSION = "in_discussion"
    AGREED = "agreed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of one voice stand where; the split is None when too few people took a stance."""

    total: int
    split: Mapping[Position, int] | None

    @property
    def is_shown(self) -> bool:
        """Whether there are enough people to show how they stand."""
        return self.split is not None


def tally_by_voice(
    counts: Mapping[str, Mapping[Position, int]], threshold: int
) -> tuple[dict[str, Tally], Tally]:
    """Tallies per voice and of all voices together, without unmasking small groups.

    A split is shown from `threshold` people on. The overall split is shown only when what the
    hidden voices hold together is nothing or at least `threshold`, because anybody can subtract.
    """
    voices = {key: _tally(split, threshold) for key, split in counts.items()}
    hidden = sum(tally.total for tally in voices.values() if not tally.is_shown)
    together = {where: sum(split.get(where, 0) for split in counts.values()) for where in Position}
    overall = _tally(together, threshold)
    if 0 < hidden < threshold:
        overall = Tally(overall.total, None)
    return voices, overall


def _tally(split: Mapping[Position, int], threshold: int) -> Tally:
    total = sum(split.values())
    return Tally(total, {where: split.get(where, 0) for where in Position} if total >= threshold else None)

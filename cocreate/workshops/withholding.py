"""Which counts the room may see: none of so few people, and none that says who the few others are."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping


def shown_as_they_came(said: Iterable[tuple[str, Hashable]], threshold: int) -> dict[str, int]:
    """The counts of what people said, each with who brought them in.

    People who came alike are counted by themselves: whoever brought some in knows what these said, and may
    subtract it. What is left is what would be shown without them.
    """
    pools: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for answer, brought_by in said:
        pools[brought_by][answer] += 1
    return dict(sum((Counter(shown_of(counts, threshold)) for counts in pools.values()), Counter()))


def shown_of(counts: Mapping[str, int], threshold: int, people: int | None = None) -> dict[str, int]:
    """The counts that are enough people, when all that is left over is enough people too, or nobody.

    One answer that all gave is not shown: it would be everybody's. `people` is how many there are, where not
    all of them are in the counts.
    """
    total = sum(counts.values()) if people is None else people
    left = {said: people for said, people in counts.items() if people >= threshold}
    while left:
        over = total - sum(left.values())
        is_apart = over == 0 and len(left) > 1
        if is_apart or over >= threshold:
            break
        del left[min(left, key=lambda said: (left[said], said))]
    return left

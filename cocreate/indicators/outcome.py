"""What came out of a choosing: counted once, and shown by groups of enough people."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from cocreate.indicators.shares import FairSet, VoiceShare, fair_budget, fair_set, voice_shares

CHIPS: Final = 10  # in the hands of each person; a share in words that people can count on a table
PARTS: Final = 100  # of a chip, as which payments are kept: finer would tell more than is shown


@dataclass(frozen=True, slots=True)
class Vote:
    """Who approves of what; `voice` is empty for somebody without one."""

    person: str
    voice: str
    approved: Collection[str]


@dataclass(frozen=True, slots=True)
class Winner:
    """A sign that was chosen; `price` in chips, none when approvals alone filled the last places."""

    item: str
    price: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """People who are shown together or not at all: of one voice, or of several that are small."""

    voices: tuple[str, ...]
    people: int
    approvals: Mapping[str, int]
    paid: Mapping[str, float]  # chips, by sign
    fair: int  # people with at least one sign they chose,
    plain: int  # and how many there would be by most votes alone
    gained: int
    lost: int

    @property
    def chips(self) -> int:
        """What they had to spend."""
        return CHIPS * self.people

    @property
    def left(self) -> float:
        """What they could not spend."""
        return max(0.0, self.chips - sum(self.paid.values()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be seen of a result from here. Without groups there is no figure at all."""

    winners: tuple[Winner, ...]
    plain: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def total(self) -> Group | None:
        """All of them together: nothing but the sum of what is shown."""
        return _together(self.groups) if self.groups else None

    @property
    def only_plain(self) -> tuple[str, ...]:
        """What most votes alone would have chosen, and did not win."""
        won = {winner.item for winner in self.winners}
        return tuple(item for item in self.plain if item not in won)

    @property
    def only_fair(self) -> tuple[str, ...]:
        """What won, and most votes alone would not have chosen."""
        return tuple(winner.item for winner in self.winners if winner.item not in self.plain)


def group_voices(sizes: Mapping[str, int], threshold: int) -> list[tuple[str, ...]]:
    """Which voices are shown by themselves and which together, so that each group is enough people.

    The groups hold everybody, so what is not in one of them is in the others, and that is enough people too.
    It hangs on how many there are and never on what they chose. Nothing, when all of them are too few.
    """
    large = [voice for voice, people in sizes.items() if people >= threshold]
    rest = [voice for voice, people in sizes.items() if people < threshold]
    while rest and large and sum(sizes[voice] for voice in rest) < threshold:
        smallest = min(large, key=lambda voice: sizes[voice])
        large.remove(smallest)
        rest.append(smallest)
    if rest and sum(sizes[voice] for voice in rest) < threshold:
        return []
    return [(voice,) for voice in large] + (
        [tuple(voice for voice in sizes if voice in rest)] if rest else []
    )


def count_votes(
    costs: Mapping[str, int],
    votes: Sequence[Vote],
    threshold: int,
    seats: int | None = None,
    seconds: int | None = None,
) -> dict[str, Any] | None:
    """The result to keep, out of signs in the order of proposal with what answering each costs.

    `seats` is how many may be chosen, else `seconds` how long all of it may take. Nothing is counted when
    there are fewer people than the threshold, or nothing to choose. No vote of one person is in it.
    """
    if len(votes) < threshold or not costs:
        return None
    sizes = Counter(vote.voice for vote in votes)
    groups = group_voices(sizes, threshold)
    place = {voice: number for number, group in enumerate(groups) for voice in group}
    votes = sorted(votes, key=lambda vote: place[vote.voice])
    approvals = {vote.person: [item for item in costs if item in vote.approved] for vote in votes}
    if seats is not None:
        fair = fair_set(list(costs), approvals, seats)
    else:
        fair = fair_budget(costs, approvals, seconds or 0)
    shares = voice_shares(fair, approvals, {vote.person: place[vote.voice] for vote in votes})
    theirs = [[approvals[each.person] for each in votes if each.voice in group] for group in groups]
    return {
        "people": len(votes),
        "rounds": [[each.item, _parts(each.cost / fair.share)] for each in fair.rounds],
        "filled": list(fair.filled),
        "plain": list(fair.plain),
        "groups": [_kept(*each, fair) for each in zip(groups, shares, theirs, strict=True)],
    }


def read_outcome(result: Mapping[str, Any], remaining: Mapping[str, int], threshold: int) -> Outcome | None:
    """What may be seen of it, where so many people of each voice did not take back their choice since.

    Nothing when there were too few people for who looks from here. A group of which too few remain is shown
    with others, as are groups that are too small here: always whole groups, so sums tell nothing else.
    """
    if result["people"] < threshold:
        return None
    groups = [_read(each) for each in result["groups"]]
    sizes = {
        str(number): min(group.people, sum(remaining.get(voice, 0) for voice in group.voices))
        for number, group in enumerate(groups)
    }
    shown = [_together([groups[int(number)] for number in some]) for some in group_voices(sizes, threshold)]
    winners = [Winner(item, parts / PARTS) for item, parts in result["rounds"]]
    winners += [Winner(item, None) for item in result["filled"]]
    return Outcome(tuple(winners), tuple(result["plain"]), tuple(shown))


def _kept(
    voices: tuple[str, ...],
    share: VoiceShare[str, int],
    approved: Sequence[Collection[str]],
    fair: FairSet[str, str],
) -> dict[str, Any]:
    shown = dict.fromkeys([*fair.winners, *fair.plain])
    return {
        "voices": list(voices),
        "people": share.people,
        "approvals": {item: sum(item in each for each in approved) for item in shown},
        "paid": {item: _parts(paid / fair.share) for item, paid in share.paid_for.items()},
        "fair": share.fair.at_least_one,
        "plain": share.plain.at_least_one,
        "gained": share.gained,
        "lost": share.lost,
    }


def _parts(shares: Fraction) -> int:
    return round(shares * CHIPS * PARTS)


def _read(kept: Mapping[str, Any]) -> Group:
    paid = {item: parts / PARTS for item, parts in kept["paid"].items()}
    told = {name: kept[name] for name in ("people", "approvals", "fair", "plain", "gained", "lost")}
    return Group(tuple(kept["voices"]), paid=paid, **told)


def _together(groups: Sequence[Group]) -> Group:
    def added(name: str) -> dict[str, Any]:
        found: Counter[str] = Counter()
        for group in groups:
            found.update(getattr(group, name))
        return dict(found)

    def summed(name: str) -> int:
        return sum(getattr(group, name) for group in groups)

    return Group(
        tuple(voice for group in groups for voice in group.voices),
        summed("people"),
        added("approvals"),
        added("paid"),
        summed("fair"),
        summed("plain"),
        summed("gained"),
        summed("lost"),
    )

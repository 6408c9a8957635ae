"""What helped or got in the way more than once, also when it was said in slightly other words."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from cocreate.trajectories.measures.reading import Reading
from cocreate.trajectories.rules import NodeKind, Relation

ALIKE: Final = 0.6
_CROWD: Final = 64
_WORD: Final = re.compile(r"\w+")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class RecurringCondition:
    """One condition, in one or more nodes that say much the same, and the stops it bore on."""

    said_in: tuple[str, ...]
    helped: tuple[str, ...]
    hindered: tuple[str, ...]

    @property
    def times(self) -> int:
        """How many stops it bore on; helping and hindering the same one counts twice."""
        return len(self.helped) + len(self.hindered)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes this is about."""
        return tuple(dict.fromkeys((*self.said_in, *self.helped, *self.hindered)))


def recurring_conditions(reading: Reading) -> list[RecurringCondition]:
    """Conditions that bore on two or more stops, or were named twice or more; most often first.

    Texts are alike when of all the words in either at least 60 % stand in both (Jaccard 1901); being alike
    passes on. O(E + 128 C w) for C conditions of w words: each is compared with about 64 others at most.
    """
    helped, hindered = _borne_on(reading)
    conditions = [
        node.id
        for node in reading.nodes.values()
        if node.kind is NodeKind.CONDITION or node.id in helped or node.id in hindered
    ]
    found = []
    for group in alike([reading.nodes[node_id].text for node_id in conditions]):
        said_in = tuple(conditions[place] for place in group)
        each = RecurringCondition(said_in, _gather(helped, said_in), _gather(hindered, said_in))
        if each.times > 1 or len(said_in) > 1:
            found.append(each)
    return sorted(found, key=lambda each: (-each.times, -len(each.said_in)))


def alike(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Places of the texts that say much the same, group by group, in order of first telling.

    Only pairs that share one of their rarest words can be alike enough (prefix filter, Chaudhuri 2006). Of
    more than 64 earlier ones that do, those that share the rarest; a word that 64 hold brings no others.
    """
    places: dict[Words, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        places[words_of(text) or frozenset({f" {place}"})].append(place)
    sets = list(places)
    leader = list(range(len(sets)))
    for one, other in _candidates(sets):
        if likeness(sets[one], sets[other]) >= ALIKE:
            low, high = sorted((_find(leader, one), _find(leader, other)))
            leader[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for number, words in enumerate(sets):
        groups[_find(leader, number)] += places[words]
    return sorted(tuple(sorted(group)) for group in groups.values())


def words_of(text: str) -> Words:
    """The words of a text without capitals, accents and signs; for a text of signs alone, the text itself."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return frozenset(_WORD.findall(plain)) or frozenset({plain.strip()} - {""})


def likeness(one: Words, other: Words) -> float:
    """The share of all their words that both hold."""
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def _candidates(sets: Sequence[Words]) -> Iterator[tuple[int, int]]:
    holders = Counter(word for words in sets for word in words)
    met: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(sets):
        rarest = [word for _, word in sorted([(holders[word], word) for word in words])]
        seen: set[int] = set()
        for word in rarest[: len(rarest) - ceil(ALIKE * len(rarest)) + 1]:
            if len(seen) < _CROWD:
                seen.update(met[word])
            if len(met[word]) < _CROWD:
                met[word].append(number)
        yield from ((earlier, number) for earlier in sorted(seen))


def _find(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _borne_on(reading: Reading) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """By condition: what it made possible, and what it got in the way of."""
    helped: dict[str, list[str]] = defaultdict(list)
    hindered: dict[str, list[str]] = defaultdict(list)
    for edge in reading.bearing:
        (hindered if edge.relation is Relation.HINDERED else helped)[edge.source].append(edge.target)
    return helped, hindered


def _gather(borne_on: dict[str, list[str]], said_in: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stop for node_id in said_in for stop in borne_on.get(node_id, ())))

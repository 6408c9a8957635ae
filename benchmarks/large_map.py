"""Maps as they come out of workshops, of any size: a main road, side threads, loops, what helped."""

import random

from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

SAID = (
    "We begonnen met een plan voor een voetbaldag",
    "Het regende de hele middag",
    "De oma's van de Lindelaan schoven aan",
    "Iemand had nog soep over",
    "De gemeente vond het eerst te duur",
    "We vroegen het opnieuw aan de buren",
    "Er kwam een sleutel van het buurthuis",
    "Niemand kwam, en toen ineens iedereen",
    "Een jongen van zestien nam de leiding",
    "Nu koken we elke donderdag",
)


def large_map(count: int, seed: int = 7, steps: int = 0) -> tuple[list[MapNode], list[MapEdge]]:
    """So many nodes in telling order, with about 1.2 steps for each, or more; the same for the same seed."""
    chance = random.Random(seed)
    nodes = [
        MapNode(
            f"{number:032x}",
            f"{chance.choice(SAID)} ({number})",
            chance.choice([*NodeKind]),
            chance.choices([*NodeState], [3, 6, 1, 1, 2])[0],
            when=f"{2018 + number * 7 // count}-{chance.randrange(1, 13):02d}" if number % 3 else "",
        )
        for number in range(count)
    ]
    edges = []
    for number in range(1, count):
        near = max(0, number - 1 - int(chance.expovariate(0.35)))
        edges.append(_step(nodes, near, number, chance))
        if chance.random() < 0.2:
            edges.append(_step(nodes, chance.randrange(max(0, number - 40), number), number, chance))
        if chance.random() < 0.03:
            edges.append(_step(nodes, number, chance.randrange(max(0, number - 30), number), chance))
    while len(edges) < steps:
        number = chance.randrange(1, count)
        ends = [chance.randrange(max(0, number - 30), number), number]
        edges.append(_step(nodes, *(reversed(ends) if chance.random() < 0.05 else ends), chance))
    return nodes, edges


def _step(nodes: list[MapNode], source: int, target: int, chance: random.Random) -> MapEdge:
    own_id = f"{source}-{target}-{chance.random():.9f}"
    return MapEdge(own_id, nodes[source].id, nodes[target].id, chance.choice([*Relation]))

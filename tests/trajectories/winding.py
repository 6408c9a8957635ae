"""Made-up roads of any length, as groups draw them: seeded, with detours, loops and several parents."""

from random import Random

from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

WHO = (
    *("De buurvrouw van nummer acht", "Samira", "De school", "Een groep jongeren", "De wijkagent", "Opa Jan"),
    *("De welzijnswerker", "Het buurthuis", "De wethouder", "Een paar ouders", "De sportclub", "Iedereen"),
)
DID = (
    *("vroeg om een plek om te zitten", "belde bij de buren aan", "kookte voor twintig mensen", "zei nee"),
    *("kwam toch niet", "schreef een brief aan de gemeente", "had een beter idee", "vond een oude bus"),
    *("nam de sleutel mee", "wilde eerst praten", "maakte een filmpje over het plein", "haakte af"),
    *("regelde geld voor de verlichting van het voetbalveld achter de school", "begon opnieuw", "bleef"),
    *("organiseerde een vrijwilligersbijeenkomst", "luisterde", "deelde soep uit", "zag wat er misging"),
)
WHEN = ("", "", "", "in de regen", "na de zomer", "en dat duurde een jaar", "op zaterdag", "met z'n vijven")
KINDS = [
    *[NodeKind.EVENT] * 5,
    *[NodeKind.ACTIVITY] * 4,
    *[NodeKind.IDEA] * 2,
    *[NodeKind.PLAN] * 2,
    *[NodeKind.CONDITION] * 2,
    *(NodeKind.MOMENT, NodeKind.TURNING_POINT, NodeKind.ACTOR, NodeKind.OUTCOME, NodeKind.MEANING),
]
STATES = [
    *[NodeState.HAPPENED] * 6,
    *(NodeState.PLANNED, NodeState.CHANGED, NodeState.DROPPED, NodeState.EMERGED),
]
RELATIONS = [*[Relation.LED_TO] * 5, Relation.TURNED_INTO, Relation.INSPIRED, Relation.PLANNED_NEXT]
LOOP, SECOND, HELPED, ASIDE = 0.05, 0.12, 0.12, 0.3


def winding(count: int, seed: int = 1) -> tuple[list[MapNode], list[MapEdge]]:
    """A map of `count` stops in telling order: a winding main road, with side threads of a few stops."""
    chance = Random(seed)
    nodes = [_stop(chance, number) for number in range(count)]
    edges: list[MapEdge] = []
    tips, main = [0], 0

    def link(source: int, target: int, relation: Relation) -> None:
        label = chance.choice(["", "", "", "", "", "", "", "omdat het kon"])
        edges.append(MapEdge(f"e{len(edges)}", nodes[source].id, nodes[target].id, relation, label))

    for number in range(1, count):
        luck = chance.random()
        if luck < HELPED:  # something that helped or stood in the way, told about a stop not long ago
            touched = chance.randrange(max(0, number - 12), number)
            link(number, touched, chance.choice([Relation.MADE_POSSIBLE, Relation.HINDERED]))
            continue
        if luck < HELPED + ASIDE and len(tips) < 4:
            source = chance.randrange(max(0, number - 15), number)
            tips.append(number)
        elif luck < HELPED + 2 * ASIDE and len(tips) > 1:
            side = chance.randrange(1, len(tips))
            source, tips[side] = tips[side], number
            if chance.random() < ASIDE:
                tips.pop(side)
        else:
            source, main = main, number
            tips[0] = number
        link(source, number, chance.choice(RELATIONS))
        if chance.random() < SECOND and number > 8:
            link(chance.randrange(number - 8, number - 1), number, Relation.INSPIRED)
        if chance.random() < LOOP and number > 5:
            link(number, chance.randrange(max(0, number - 25), number - 3), Relation.LED_TO)
    return nodes, edges


def _stop(chance: Random, number: int) -> MapNode:
    text = " ".join(filter(None, (chance.choice(WHO), chance.choice(DID), chance.choice(WHEN))))
    return MapNode(f"n{number}", text, chance.choice(KINDS), chance.choice(STATES))

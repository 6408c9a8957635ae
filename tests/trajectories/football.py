"""A made-up road: a football day that became a games afternoon."""

from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation

NODES = (
    MapNode("idea", "Een voetbaldag voor de hele buurt", NodeKind.IDEA, NodeState.HAPPENED),
    MapNode("plan", "Toernooi op het veld", NodeKind.PLAN, NodeState.CHANGED),
    MapNode("rain", "Het regent, het veld staat onder water", NodeKind.EVENT, NodeState.EMERGED, False),
    MapNode("cup", "Het toernooi", NodeKind.EVENT, NodeState.DROPPED),
    MapNode("games", "Spelletjesmiddag met de ouderen", NodeKind.ACTIVITY, NodeState.EMERGED, False),
    MapNode("kitchen", "Koffie van de keuken", NodeKind.CONDITION, NodeState.HAPPENED),
    MapNode("again", "Wandelvoetbal in het voorjaar", NodeKind.PLAN, NodeState.PLANNED),
)
EDGES = (
    MapEdge("1", "idea", "plan", Relation.LED_TO),
    MapEdge("2", "plan", "cup", Relation.PLANNED_NEXT),
    MapEdge("3", "plan", "rain", Relation.LED_TO),
    MapEdge("4", "rain", "cup", Relation.HINDERED),
    MapEdge("5", "rain", "games", Relation.TURNED_INTO),
    MapEdge("6", "kitchen", "games", Relation.MADE_POSSIBLE),
    MapEdge("7", "games", "again", Relation.INSPIRED),
    MapEdge("8", "games", "idea", Relation.INSPIRED, "opnieuw begonnen"),
)

"""What a map shows, as questions: exactly as they are asked, in both languages."""

import pytest

from cocreate.core.i18n import speaking
from cocreate.trajectories.measures import findings
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.wording import what_it_shows
from cocreate.trajectories.wording.questions import FIRST, ICONS, MOST, question_of
from cocreate.trajectories.wording.sentences import Named, shortened
from tests.trajectories import football
from tests.trajectories.test_measures import node, steps
from tests.trajectories.test_story import as_text


def asked(in_nodes, edges):
    shown = what_it_shows(in_nodes, edges)
    return [as_text(each.sentence) for each in (*shown.first, *shown.further)]


def test_findings_are_questions_that_name_their_stops(in_context):
    questions = asked(football.NODES, football.EDGES)
    assert questions[:2] == [
        "“Spelletjesmiddag met de ouderen” was on nobody's plan. What helped: “Koffie van de keuken”. "
        "What else helped?",
        "From “Spelletjesmiddag met de ouderen” you came back to “Een voetbaldag voor de hele buurt”. "
        "What was different the second time?",
    ]
    assert all(question.endswith("?") and "“" in question for question in questions)


def helping(*pairs, relation=Relation.MADE_POSSIBLE):
    return [MapEdge(f"h{place}", *pair, relation) for place, pair in enumerate(pairs)]


PLANNED = [MapEdge("p", "a", "b", Relation.PLANNED_NEXT)]
# In English and in Dutch, and the map that asks it.
EVERY_KIND = [
    (
        "You came back to “a” 3 times. What happened there?",
        "Jullie kwamen 3 keer terug bij “a”. Wat gebeurde daar?",
        "abcd",
        steps("ab", "bc", "cd", "ba", "ca", "da"),
    ),
    (
        "You came back to “a”. What happened there?",
        "Jullie kwamen terug bij “a”. Wat gebeurde daar?",
        "a",
        steps("aa"),
    ),
    (
        "From “b” you came back to “a”. What was different the second time?",
        "Van “b” kwamen jullie terug bij “a”. Wat was de tweede keer anders?",
        "ab",
        steps("ab", "ba"),
    ),
    (
        "“k” helped 2 times: with “a” and “b”. Where can it help again?",
        "“k” hielp 2 keer: bij “a” en “b”. Waar kan het nog eens helpen?",
        "kabx",
        [*steps("ax", "bx"), *helping("ka", "kb")],
    ),
    (
        "“k” got in the way 2 times: of “a” and “b”. What helps against it?",
        "“k” stond 2 keer in de weg: bij “a” en “b”. Wat helpt daartegen?",
        "kabx",
        [*steps("ax", "bx"), *helping("ka", "kb", relation=Relation.HINDERED)],
    ),
    (
        "“k” helped with “a” and got in the way of “b”. What makes the difference?",
        "“k” hielp bij “a” en stond in de weg bij “b”. Wat maakt het verschil?",
        "kabx",
        [*steps("ax", "bx"), *helping("ka"), MapEdge("y", "k", "b", Relation.HINDERED)],
    ),
    (
        "More than once you said something like “Geen zaal” and “Geen zaal!”. Is that the same thing?",
        "Jullie zeiden vaker iets als “Geen zaal” en “Geen zaal!”. Is dat hetzelfde?",
        [node("k", NodeKind.CONDITION, text="Geen zaal"), node("l", NodeKind.CONDITION, text="Geen zaal!")],
        [],
    ),
    (
        "From “a” to “b” was one step in the plan, and it became 2. What did the longer way bring?",
        "Volgens het plan was het van “a” naar “b” één stap. Het werden er 2. Wat bracht de langere weg?",
        "axb",
        [*steps("ax", "xb"), *PLANNED],
    ),
    (
        "From “a” to “b” was 2 steps in the plan, and it became 3. What did the longer way bring?",
        "Volgens het plan was het van “a” naar “b” 2 stappen. Het werden er 3. Wat bracht de langere weg?",
        ["a", node("p", state=NodeState.DROPPED), *"xyb"],
        steps("ap", "pb", "ax", "xy", "yb"),
    ),
    (
        "After “b” the map tells nothing more. What came of it?",
        "Na “b” vertelt de kaart niets meer. Wat is daarvan gekomen?",
        ["a", "b", node("o", NodeKind.OUTCOME)],
        steps("ab", "ao"),
    ),
    (
        "“d” was dropped. What would it have needed?",
        "“d” ging niet door. Wat had het nodig gehad?",
        [node("d", state=NodeState.DROPPED)],
        [],
    ),
    (
        "“d” was dropped. What got in the way: “k”. What came in its place?",
        "“d” ging niet door. Wat er in de weg stond: “k”. Wat kwam ervoor in de plaats?",
        [node("d", state=NodeState.DROPPED), "k"],
        helping("kd", relation=Relation.HINDERED),
    ),
    (
        "About 7 of every 10 routes on this map pass “m”. What changed there?",
        "Ongeveer 7 van de 10 routes op deze kaart gaan langs “m”. Wat veranderde daar?",
        "amnxyzoq",
        steps("am", "mx", "my", "aq", "xo", "yo", "qo"),
    ),
    (
        "“a” and “b” came together in “m”. What did each of them bring?",
        "In “m” kwamen “a” en “b” samen. Wat bracht elk daarvan mee?",
        "abmc",
        steps("am", "bm", "mc"),
    ),
    (
        "From “m” the road went several ways: “a” and “b”. How did that come about?",
        "Vanaf “m” ging de weg verschillende kanten op: “a” en “b”. Hoe kwam dat?",
        "xmab",
        steps("xm", "ma", "mb"),
    ),
    (
        "Every route on this map passes “m”. What if it had not been there?",
        "Elke route op deze kaart gaat langs “m”. Wat als dat er niet was geweest?",
        "abmcd",
        steps("am", "bm", "mc", "md"),
    ),
    (
        "Every route on this map passes “m” and “n”. What if they had not been there?",
        "Elke route op deze kaart gaat langs “m” en “n”. Wat als die er niet waren geweest?",
        "abmncd",
        steps("am", "bm", "mn", "nc", "nd"),
    ),
    (
        "On the map “b” comes after “a”, but by the dates “b” was earlier. How did that go?",
        "Op de kaart komt “b” na “a”, maar volgens de datums was “b” eerder. Hoe ging dat?",
        [node("a", when="2024"), node("b", when="2023-05")],
        steps("ab"),
    ),
    (
        "“o” came about along a way that nobody had planned, by way of “e”. What made that possible?",
        "“o” kwam er via “e”. Die weg had niemand gepland. Wat maakte dat mogelijk?",
        ["a", node("e", state=NodeState.EMERGED), node("o", NodeKind.OUTCOME)],
        steps("ae", "eo"),
    ),
    (
        "“e” was on nobody's plan. How did it come about?",
        "Niemand had “e” gepland. Hoe is het ontstaan?",
        ["a", node("e", state=NodeState.EMERGED)],
        steps("ae"),
    ),
    (
        "“e” was on nobody's plan. What helped: “k”. What else helped?",
        "Niemand had “e” gepland. Wat hielp: “k”. Wat hielp nog meer?",
        ["a", node("e", state=NodeState.EMERGED), "k"],
        [*steps("ae"), *helping("ke")],
    ),
]


def on_map(nodes):
    return [node(each) if isinstance(each, str) else each for each in nodes]


@pytest.mark.parametrize(("english", "dutch", "nodes", "edges"), EVERY_KIND)
def test_every_kind_of_finding_has_its_question(in_context, english, dutch, nodes, edges):
    for language, question in {"en": english, "nl": dutch}.items():
        with speaking(language):
            assert question in asked(on_map(nodes), edges)


def test_every_kind_of_finding_is_among_these(in_context):
    maps = [(on_map(nodes), edges) for _english, _dutch, nodes, edges in EVERY_KIND]
    found = [(each, nodes) for nodes, edges in maps for each in findings(nodes, edges)]
    assert {type(each) for each, _ in found} == set(ICONS)
    for each, nodes in found:
        question = question_of(each, {one.id: one for one in nodes})
        assert {part.id for part in question.sentence if isinstance(part, Named)} <= set(each.nodes)
        assert question.icon == ICONS[type(each)]


def test_a_large_map_says_how_much_it_leaves_unsaid(in_context):
    nodes = [MapNode(str(n), "x", NodeKind.EVENT, NodeState.DROPPED) for n in range(100)]
    shown = what_it_shows(nodes, [])
    assert (len(shown.first), len(shown.further), shown.unsaid) == (FIRST, MOST - FIRST, 100 - MOST)


def test_long_words_are_shortened_where_they_are_only_named():
    assert shortened("een " * 40) == "een een een een een een een een een een een een een een een een een…"
    assert len(shortened("x" * 500)) == 70
    assert shortened(" Kort\n en  goed. ") == "Kort en goed"

"""A story read aloud: true, in the right voice, and clear about what “that” is, in both languages."""

import re
from dataclasses import astuple, is_dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.core.i18n import LANGUAGES, speaking
from cocreate.trajectories.measures.reading import circumstances
from cocreate.trajectories.rules import MapEdge, NodeKind, NodeState, Relation
from cocreate.trajectories.story import story
from cocreate.trajectories.wording import tell
from cocreate.trajectories.wording.turns_of_phrase import Phrases
from tests.trajectories import football
from tests.trajectories.reading_back import heard_as, read_back
from tests.trajectories.test_measures import maps, node, steps
from tests.trajectories.test_story import prepared, spoken

__all__ = ["prepared"]
MADE_POSSIBLE, HINDERED = Relation.MADE_POSSIBLE, Relation.HINDERED
VOICES = ["a resident", "a young person", None]
FOOTBALL = {"idea": "een bewoner", "plan": "een bewoner", "rain": "een jongere", "games": "een jongere"}
FOOTBALL |= {"cup": "een bewoner", "kitchen": "een bewoner", "again": "een bewoner"}


def bears(source, target, relation=MADE_POSSIBLE, label=""):
    return MapEdge(f"{source}{target}{relation}{label}", source, target, relation, label)


@given(
    maps(), st.lists(st.sampled_from(VOICES), min_size=7), st.sampled_from(sorted(LANGUAGES)), st.randoms()
)
@settings(max_examples=500, deadline=None)
def test_what_is_heard_is_the_map(prepared, told, voices, language, chance):
    """Each stop once, in its own voice; each line that is told is so, and each line there is is told."""
    nodes, edges = told
    known = {each.id for each in nodes}
    edges = [edge for edge in edges if {edge.source, edge.target} <= known]
    edges = [replace(edge, label=chance.choice(["", "", "zo", "toen"])) for edge in edges]
    voice_of = {each.id: voice for each, voice in zip(nodes, voices, strict=False) if voice}
    with prepared.app_context(), speaking(language):
        heard = read_back(tell(story(nodes, edges, voice_of)), language, circumstances(edges))
    assert sorted(heard.told) == sorted(each.id for each in nodes)
    assert heard.whose == {each.id: voice_of.get(each.id) for each in nodes}
    drawn = {(edge.source, edge.target, edge.relation) for edge in edges}
    for line in heard.lines:
        lines = {(line.source, line.target, relation) for relation in line.relations}
        assert lines & drawn, f"this is not so: {line}"
        written = {e.label for e in edges if (e.source, e.target, e.relation) in lines}
        assert set(line.labels) <= written
    for source, target, relation in drawn:
        ends = [line for line in heard.lines if (line.source, line.target) == (source, target)]
        assert any(relation in line.relations for line in ends), f"nobody heard {source} {relation} {target}"
    assert {label for line in heard.lines for label in line.labels} == {edge.label for edge in edges} - {""}


def test_what_helped_once_does_not_get_in_the_way_again(in_context):
    """Coffee made the morning possible. That it was in the way of the afternoon was not told before."""
    nodes = [node("a", text="Ochtend"), node("b", text="Middag"), node("k", text="Koffie")]
    lines = [*steps("ab"), bears("k", "a"), bears("k", "b", HINDERED)]
    assert spoken(nodes, lines, "nl") == [
        "Het begon met “Ochtend”. Wat hielp: “Koffie”. "
        "“Ochtend” leidde tot “Middag”. Wat er in de weg stond: “Koffie”."
    ]
    lines[2] = bears("k", "b")
    assert spoken(nodes, lines, "nl")[0].endswith("leidde tot “Middag”. Ook hier hielp: “Koffie”.")
    assert spoken(nodes, lines)[0].endswith("led to “Middag”. What helped here too: “Koffie”.")


def test_what_the_road_runs_into_gets_in_the_way_again_only_where_it_was_before(in_context):
    nodes = [node(name) for name in "prq"]
    round_ = [MapEdge("1", "p", "r", Relation.LED_TO), *steps("rq")]
    assert spoken(nodes, [*round_, bears("r", "q", HINDERED)]) == [
        "It began with “p”. That led to “r”. And that led to “q”. What got in the way: “r”."
    ]
    twice = [bears("r", "p", HINDERED), *steps("rq"), bears("r", "q", HINDERED)]
    assert spoken(nodes, twice)[0].endswith("That led to “q”. What got in the way here too: “r”.")
    assert spoken(nodes, twice, "nl")[0].endswith("Dat leidde tot “q”. Ook hier stond in de weg: “r”.")


def test_also_is_said_of_what_was_said_before(in_context):
    nodes = [node(name) for name in "abc"]
    same = spoken(nodes, steps("ab", "bc", "ac"))
    assert same[0].endswith("And that led to “c”. What also led to it: “a”.")
    other = spoken(nodes, [*steps("ab", "bc"), bears("a", "c", Relation.INSPIRED)])
    assert other[0].endswith("And that led to “c”. It grew from “a”.")


def test_after_something_in_passing_a_that_would_mean_that(in_context):
    """“What helped: coffee. That led to …” reads as if the coffee did."""
    nodes = [node(name) for name in "abk"]
    (said,) = spoken(nodes, [*steps("ab"), bears("k", "a")])
    assert said == "It began with “a”. What helped: “k”. “a” led to “b”."
    (said,) = spoken(nodes, [*steps("ab", "bb"), bears("k", "a")])
    assert said.endswith("After “b” the same came once more.")
    (back,) = spoken([*nodes], [*steps("ab", "ba"), bears("k", "b")])
    assert back.endswith("That led to “b”. What helped: “k”. From “b” the road led back to “a”.")


def test_what_made_something_go_differently_is_not_what_led_to_it(in_context):
    """“It went differently. What also led to it: …” would be about going differently."""
    nodes = [node("a"), node("b"), node("c", state=NodeState.CHANGED), node("k")]
    (said,) = spoken(nodes, [*steps("ab", "bc", "ac"), bears("k", "c")])
    assert said.endswith("What also led to it: “a”. “c” went differently than planned. What helped: “k”.")
    nodes[2] = node("c", state=NodeState.DROPPED)
    (said,) = spoken(nodes, [*steps("ab", "bc", "ac"), bears("k", "c")], "nl")
    assert said.endswith(
        "Daarna zou “c” komen, maar dat ging niet door. Het was ook het plan na “a”. Wat hielp bij “c”: “k”."
    )


def test_a_voice_is_named_again_after_somebody_elses_aside(in_context):
    nodes = [node(name) for name in "abk"]
    lines = [*steps("ab"), bears("k", "a")]
    voices = {"a": "een bewoner", "b": "een bewoner", "k": "een jongere"}
    assert spoken(nodes, lines, "nl", voices=voices) == [
        "Het begon met “a”, zegt een bewoner. Wat hielp: “k”, vult een jongere aan. "
        "“a” leidde tot “b”, vertelt een bewoner."
    ]
    assert spoken(nodes, lines, voices=voices | {"k": "een bewoner"}) == [
        "It began with “a”, says een bewoner. What helped: “k”. “a” led to “b”."
    ]


def test_what_somebody_without_a_voice_told_is_not_said_by_who_spoke_before(in_context):
    nodes = [node(name) for name in "ab"]
    assert spoken(nodes, steps("ab"), voices={"a": "a resident"}) == [
        "It began with “a”, says a resident. That led to “b”, adds somebody."
    ]
    assert spoken(nodes, steps("ab"), voices={"b": "a resident"}) == [
        "It began with “a”. That led to “b”, says a resident."
    ]


def test_what_bears_on_a_stop_in_the_same_way_is_told_in_one_breath(in_context):
    nodes = [node(name) for name in "abkl"] + [node("m", NodeKind.CONDITION, NodeState.EMERGED)]
    lines = [
        *steps("ab"),
        bears("k", "a"),
        bears("l", "a"),
        bears("m", "a", HINDERED),
        bears("k", "b", HINDERED),
    ]
    (said,) = spoken(nodes, lines, "nl")
    assert "Wat hielp: “k” en “l”. Maar er stond iets in de weg: “m”. Dat had niemand gepland." in said
    (said,) = spoken(nodes, [*lines, bears("l", "a", label="zo")], "nl")
    assert "Wat hielp: “k”. Ook hielp: “l”, in hun eigen woorden: “zo”." in said


def test_loose_things_stand_on_the_map(in_context):
    assert spoken([node(name) for name in "abcd"], [], "nl") == [
        "Los op de kaart staat “a”. Ook los staat “b”. Los staat ook nog “c”. Ook los staat “d”."
    ]


def test_a_long_row_is_not_told_in_the_same_words(in_context):
    (said,) = spoken([node(name) for name in "abcd"], steps("ab", "bc", "cd"), "nl")
    assert said == "Het begon met “a”. Dat leidde tot “b”. En dat leidde tot “c”. Daar kwam “d” uit."


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (NodeState.PLANNED, "Dat was het plan. Het volgende plan was “b”."),
        (NodeState.DROPPED, "Dat was het plan, maar het ging niet door. Daarna zou “b” komen"),
        (
            NodeState.CHANGED,
            "Het ging anders dan gepland. Dat leidde tot “b”. Ook dat ging anders dan gepland.",
        ),
        (NodeState.EMERGED, "Dat had niemand gepland. Dat leidde tot “b”. Ook dat had niemand gepland."),
    ],
)
def test_what_became_of_it(in_context, state, said):
    (told,) = spoken([node(name, state=state) for name in "ab"], steps("ab"), "nl")
    assert said in told


def test_the_football_day_in_dutch(in_context):
    assert spoken(football.NODES, football.EDGES, "nl", voices=FOOTBALL) == [
        "Het begon met “Een voetbaldag voor de hele buurt”, zegt een bewoner. "
        "Dat leidde tot “Toernooi op het veld”. Het ging anders dan gepland. "
        "Daarna zou “Het toernooi” komen, maar dat ging niet door. "
        "Wat er in de weg stond: “Het regent, het veld staat onder water”, vult een jongere aan. "
        "Dat had niemand gepland. Het kwam door “Toernooi op het veld”. "
        "“Het regent, het veld staat onder water” werd “Spelletjesmiddag met de ouderen”. "
        "Ook dat had niemand gepland. Wat hielp: “Koffie van de keuken”, vertelt een bewoner. "
        "Vanuit “Spelletjesmiddag met de ouderen” liep de weg terug naar "
        "“Een voetbaldag voor de hele buurt”, in hun eigen woorden: “opnieuw begonnen”.",
        "Na “Spelletjesmiddag met de ouderen” was het volgende plan “Wandelvoetbal in het voorjaar”, "
        "zegt een bewoner.",
    ]


def test_the_football_day_in_english(in_context):
    voices = {name: voice.replace("een bewoner", "a resident") for name, voice in FOOTBALL.items()}
    voices = {name: voice.replace("een jongere", "a young person") for name, voice in voices.items()}
    assert spoken(football.NODES, football.EDGES, voices=voices) == [
        "It began with “Een voetbaldag voor de hele buurt”, says a resident. "
        "That led to “Toernooi op het veld”. It went differently than planned. "
        "It was planned that “Het toernooi” would follow, but that was dropped. "
        "What got in the way: “Het regent, het veld staat onder water”, adds a young person. "
        "Nobody had planned that. What led to it: “Toernooi op het veld”. "
        "“Het regent, het veld staat onder water” turned into “Spelletjesmiddag met de ouderen”. "
        "Nobody had planned that either. What helped: “Koffie van de keuken”, as a resident tells it. "
        "From “Spelletjesmiddag met de ouderen” the road led back to "
        "“Een voetbaldag voor de hele buurt”, in their words: “opnieuw begonnen”.",
        "After “Spelletjesmiddag met de ouderen” the next plan was “Wandelvoetbal in het voorjaar”, "
        "says a resident.",
    ]


def turns_of_phrase(of):
    """Every sentence that a story can be made of."""
    for each in of.values() if isinstance(of, dict) else of:
        if isinstance(each, str):
            yield each
        elif is_dataclass(each):
            yield from astuple(each)
        else:
            yield from turns_of_phrase(each)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_turn_of_phrase_is_heard_as_it_is_meant(in_context, language):
    """Also the rare ones, which hardly any map asks for."""
    with speaking(language):
        said = vars(Phrases())
    apart = {"labelled", "voiced", "somebody", "notes"}
    for phrase in turns_of_phrase({name: value for name, value in said.items() if name not in apart}):
        marked = re.sub(r"%\((stop|others)\)s", "⟦a⟧", phrase).replace("%(from)s", "⟦b⟧")
        assert heard_as(language, marked.removesuffix(".")), phrase


def test_notes_and_moments_in_dutch(in_context):
    leads = {
        "note": ("Meer hierover", "Meer over %(stop)s"),
        "moment": ("Een moment dat hierover is verteld", "Een moment dat over %(stop)s is verteld"),
        "moment told by": ("Hierover vertelt %(voice)s", "Over %(stop)s vertelt %(voice)s"),
        "desired_impact": ("Wat mensen hiermee willen", "Wat mensen willen met %(stop)s"),
        "indicator": ("Waaraan mensen dit merken", "Waaraan mensen %(stop)s merken"),
        "working_factor": ("Wat hier hielp", "Wat hielp bij %(stop)s"),
    }
    with speaking("nl"):
        notes = Phrases().notes
    assert {name: (notes[False][name], notes[True][name]) for name in notes[True]} == leads

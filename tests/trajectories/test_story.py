"""A map as a story: everything once, nothing else, grammatical whatever people wrote."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.core.i18n import speaking
from cocreate.trajectories.measures import Reading
from cocreate.trajectories.rules import MapEdge, MapNode, NodeKind, NodeState, Relation
from cocreate.trajectories.story import MOST_STOPS, Mention, Opening, story
from cocreate.trajectories.wording import Named, When, tell, voice_phrase, what_it_shows
from tests.trajectories.test_measures import maps, node, steps

PEOPLES_WORDS = [
    "%(stop)s",
    "%s %%",
    "<b>",
    "",
    " ",
    "“Ik wist het niet.”",
    "Wat nu?",
    "سوق",
    "x" * 500,
    "a\nb",
]


def told_in(paragraphs):
    return [telling.node.id for paragraph in paragraphs for telling in paragraph]


def as_text(sentence):
    return "".join(
        part if isinstance(part, str) else part.text if isinstance(part, When) else f"“{part.text}”"
        for part in sentence
    )


def spoken(nodes, edges, language="en", **told):
    with speaking(language):
        return [" ".join(map(as_text, each.sentences)) for each in tell(story(nodes, edges, **told))]


@given(maps())
@settings(max_examples=200, deadline=None)
def test_every_node_is_told_once_and_every_line_too(told):
    nodes, edges = told
    paragraphs = story(nodes, edges)
    tellings = [telling for paragraph in paragraphs for telling in paragraph]
    asides = [(telling, aside) for telling in tellings for aside in telling.asides]
    once = Counter(told_in(paragraphs)) + Counter(aside.node.id for _, aside in asides if aside.is_new)
    assert once == Counter(each.id for each in nodes)
    lines = [(aside.node.id, telling.node.id, aside.relation) for telling, aside in asides]
    for telling in tellings:
        into = [*([telling.tie] if telling.tie else []), *telling.also]
        lines += [(tie.other.id, telling.node.id, tie.relation) for tie in into]
        lines += [(telling.node.id, tie.other.id, tie.relation) for tie in telling.returns]
    reading = Reading.of(nodes, edges)
    walked = {(step.source, step.target, step.relation) for step in reading.steps}
    walked |= {(edge.source, edge.target, edge.relation) for edge in reading.beside}
    assert Counter(lines) == Counter(walked)


@given(maps())
@settings(max_examples=200, deadline=None)
def test_a_text_is_read_in_one_direction(told):
    """What something hangs on was told before it, and a “that” means the stop just told."""
    known, before = set(), None
    for paragraph in story(*told):
        assert len(paragraph) <= MOST_STOPS or all(t.opening is Opening.LOOSE for t in paragraph)
        for place, telling in enumerate(paragraph):
            known |= {aside.node.id for aside in telling.asides if aside.is_new}
            assert (telling.opening is None) == (telling.tie is not None)
            ties = [*telling.also, *([telling.tie] if telling.tie else [])]
            assert {tie.other.id for tie in ties} <= known
            if telling.follows:
                assert place > 0
                assert telling.tie.other is before.node
                assert not any([before.also, before.asides, before.returns])
            known.add(telling.node.id)
            assert {tie.other.id for tie in telling.returns} <= known
            before = telling


def test_side_roads_come_before_the_long_way_on():
    paragraphs = story([node(name) for name in "abcdx"], steps("ab", "bc", "cd", "ax"))
    assert told_in(paragraphs) == ["a", "x", "b", "c", "d"]


def test_what_comes_together_waits_for_all_that_led_to_it():
    paragraphs = story([node(name) for name in "adbc"], steps("ab", "ac", "bd", "cd"))
    (telling,) = (each for paragraph in paragraphs for each in paragraph if each.node.id == "d")
    assert told_in(paragraphs)[-1] == "d"
    assert [tie.other.id for tie in (telling.tie, *telling.also)] == ["c", "b"]


def test_a_round_comes_back_in_time_and_not_forward():
    """The line drawn first leads round to the beginning; it is no less the way back for that."""
    nodes = [node("plan"), node("doors", when="2023-03"), node("soup", when="2023-11")]
    edges = steps(("plan", "soup"), ("soup", "doors"), ("plan", "doors"), ("doors", "soup"))
    paragraphs = story(nodes, edges)
    assert told_in(paragraphs) == ["plan", "doors", "soup"]
    (last,) = (telling for paragraph in paragraphs for telling in paragraph if telling.returns)
    assert (last.node.id, last.returns[0].other.id) == ("soup", "doors")


def test_loose_things_are_told_last_and_together():
    paragraphs = story([node(name) for name in "xaby"], steps("ab"))
    assert [[telling.opening for telling in paragraph] for paragraph in paragraphs] == [
        [Opening.FIRST, None],
        [Opening.LOOSE, Opening.LOOSE],
    ]


def test_a_voice_is_named_when_another_one_speaks_and_at_each_paragraph():
    """Nobody knows the voice of the last one; it is not the one who spoke before."""
    nodes = [node(name) for name in "abcdefg"]
    voices = dict.fromkeys("abcdef", "a resident") | {"c": "a young person"}
    paragraphs = story(nodes, steps(*pairwise("abcdefg")), voices)
    heard = [[telling.voice for telling in paragraph] for paragraph in paragraphs]
    assert heard == [["a resident", None, "a young person", "a resident", None], ["a resident", ""]]


@pytest.mark.parametrize(
    ("language", "year", "month", "day"),
    [("en", "2024", "March 2024", "March 15, 2024"), ("nl", "2024", "maart 2024", "15 maart 2024")],
)
def test_dates_as_far_as_people_know_them(in_context, language, year, month, day):
    for told, shown in {"2024": year, "2024-03": month, "2024-03-15": day}.items():
        (said,) = spoken([node("a", when=told)], [], language)
        assert f"“a” ({shown})" in said
    assert "(" not in spoken([node("a", when="ooit")], [], language)[0]


def test_notes_and_moments_stand_where_they_belong(in_context):
    nodes = [node("a", note="Het regende.\n\nHard."), node("b"), node("c"), node("k", note="Van Ans.")]
    edges = [*steps("ab", "bc"), MapEdge("k", "k", "b", Relation.MADE_POSSIBLE)]
    moments = {
        "b": [Mention("moment", "Elf oma's aan tafel.", "a resident"), Mention("indicator", "Ze groeten.")],
        "c": [Mention("moment", "Ze lachten.", "a resident"), Mention("moment", "Het was laat.")],
    }
    with speaking("en"):
        paragraphs = tell(story(nodes, edges, references=moments))
    notes = [[(as_text(note.lead), note.text) for note in each.notes] for each in paragraphs]
    assert notes == [
        [("More about this", "Het regende.\n\nHard.")],
        [
            ("A moment about “b”, told by a resident", "Elf oma's aan tafel."),
            ("How people notice “b”", "Ze groeten."),
            ("More about “k”", "Van Ans."),
        ],
        [
            ("A moment about this, told by a resident", "Ze lachten."),
            ("A moment that was told about this", "Het was laat."),
        ],
    ]
    assert as_text(paragraphs[1].sentences[-1]) == "What helped: “k”."


@given(
    maps(most=5),
    st.lists(st.sampled_from(PEOPLES_WORDS), min_size=5, max_size=5),
    st.sampled_from(["en", "nl"]),
)
@settings(max_examples=100, deadline=None)
def test_peoples_words_stay_apart_from_ours(prepared, told, words, language):
    nodes = [replace(each, text=text) for each, text in zip(told[0], words, strict=False)]
    edges = [replace(edge, label=words[0].strip()) for edge in told[1]]
    with prepared.app_context(), speaking(language):
        paragraphs = tell(story(nodes, edges, {each.id: words[1] for each in nodes}))
        shown = what_it_shows(nodes, edges)
    parts = [part for each in paragraphs for sentence in each.sentences for part in sentence]
    tellings = Counter(part.id for part in parts if isinstance(part, Named) and part.is_told)
    assert tellings == Counter(each.id for each in nodes)
    ours = [part for part in parts if isinstance(part, str) and part not in words]
    ours += [part for each in shown.first for part in each.sentence if isinstance(part, str)]
    assert not any(re.search(r"%\(\w+\)s|%%|<b>", part) for part in ours)
    for sentence in (each for told in paragraphs for each in told.sentences):
        assert re.search(r"[.!?…]”?\)?$", as_text(sentence)), as_text(sentence)


@pytest.fixture(scope="module")
def prepared(migrated, tmp_path_factory):
    """An application that only speaks."""
    from cocreate import create_app
    from cocreate.config import Config

    return create_app(Config(data=tmp_path_factory.mktemp("speaking"), testing=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Ik wist het niet.”", "Ik wist het niet"),
        ('"Zo" en "zo"', '"Zo" en "zo"'),
        ("En toen...", "En toen..."),
        ("Klaar.", "Klaar"),
        (".", "."),
        ("“”", "“”"),
    ],
)
def test_quotation_marks_and_full_stops_are_not_doubled(in_context, text, shown):
    with speaking("en"):
        (passage,) = tell(story([node("a", text=text)], []))
    (named,) = (part for part in passage.sentences[0] if isinstance(part, Named))
    assert named.text == shown


def test_a_question_of_peoples_own_gets_no_full_stop(in_context):
    assert spoken([node("a", text="Wat nu?")], steps("ab")) == ["On its own on the map stands “Wat nu?”"]


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("state", NodeState)
def test_each_relation_and_state_has_its_words(in_context, relation, state):
    """Right after what it hangs on a “that” is enough; later, that is named again."""
    nodes = [node(name, text=name * 3) for name in "abcde"]
    nodes[3] = node("d", NodeKind.EVENT, state, text="ddd")
    ends = "dc" if relation is Relation.HINDERED else "cd"
    ties = [*steps("ab", "bc", "de"), MapEdge("r", *ends, relation)]
    (said,) = spoken(nodes, ties)
    assert "“ddd”" in said
    (later,) = spoken(nodes, [*ties, *steps("ca")])
    assert later.count("“ccc”") == 2
    assert said != later
    if state in (NodeState.DROPPED, NodeState.PLANNED):
        assert "plan" in said.split("ccc")[1]
    again = spoken(nodes, [*ties, MapEdge("x", *ends, relation, "zo")])
    assert ", in their words: “zo”" in again[0]
    assert again[0].count("ddd") == said.count("ddd"), "what was written at a line is no line of its own"


def test_a_voice_as_one_speaks_of_it(in_context):
    with speaking("en"):
        assert voice_phrase("resident", None) == "a resident"
        assert voice_phrase("resident", "Oma") == "“Oma”"
        assert voice_phrase("own-1", "Mantelzorger") == "“Mantelzorger”"


def test_a_road_of_thousands_of_stops_is_told_without_recursion():
    names = [str(number) for number in range(5_000)]
    paragraphs = story(
        [MapNode(name, name, NodeKind.EVENT, NodeState.HAPPENED) for name in names], steps(*pairwise(names))
    )
    assert told_in(paragraphs) == names

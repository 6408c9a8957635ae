"""Reads a told story back into the map it tells of, with nothing to go by but its words."""

import re
from dataclasses import dataclass, field
from functools import cache

from cocreate.trajectories.rules import Relation
from cocreate.trajectories.wording import Named, When

WAYS = frozenset({Relation.LED_TO, Relation.TURNED_INTO, Relation.INSPIRED, Relation.PLANNED_NEXT})
ANY = frozenset(Relation) - {Relation.HINDERED, Relation.PLANNED_NEXT}
# What each sentence says: `one` is what it is about, `other` what that hangs on; without `other` that is the
# stop the text is at. “>”: one came of the other; “<”: one did something to the other.
EN = """
> led_to | That led to {one} | And that led to {one} | Out of that came {one} | {other} led to {one}
> turned_into | That turned into {one} | {other} turned into {one}
> inspired | From that grew {one} | From {other} grew {one}
> made_possible | That made something possible: {one} | {other} made something possible: {one}
> meant | What that meant: {one} | What {other} meant: {one}
> planned_next | The plan went on with {one} | After {other} the plan went on with {one}
> planned_next | The plan was to go back to {one} | After {other} the plan was to go back to {one}
> ways | The next plan was {one} | After {other} the next plan was {one}
> ways | It was planned that {one} would follow, but that was dropped
> ways | After {other} it was planned that {one} would follow, but that was dropped
> ways | From there the road led back to {one} | From {other} the road led back to {one}
< hindered | What got in the way: {one} | What got in the way of {other}: {one}
< hindered later | But something got in the way: {one}
< hindered also | What also got in the way: {one}
< hindered again | What got in the way here too: {one}
< made_possible | What helped: {one} | What helped with {other}: {one}
< made_possible also | What also helped: {one}
< made_possible again | What helped here too: {one}
< led_to later | What led to it: {one}
< led_to also | What also led to it: {one}
< turned_into later | What turned into it: {one}
< turned_into also | What also turned into it: {one}
< inspired later | It grew from {one}
< inspired also | It also grew from {one}
< meant later | It was the meaning of {one}
< meant also | It was also the meaning of {one}
< ways later | It was the plan after {one}
< ways also | It was also the plan after {one}
> hindered later | It got in the way of {one}
> hindered also | It also got in the way of {one}
itself any | After {one} the same came once more
itself planned_next | After {one} the plan was to do that once more
itself hindered | {one} got in its own way
begins | It began with {one} | Something else began with {one} | On its own on the map stands {one}
begins | Also on its own stands {one} | On its own stands {one} too
became planned | That was the plan | That was the plan, but it was dropped
became unmeant | That was not meant to happen
became changed | It went differently than planned | {one} went differently than planned
became changed too | That too went differently than planned
became emerged | Nobody had planned that
became emerged too | Nobody had planned that either
"""
NL = """
> led_to | Dat leidde tot {one} | En dat leidde tot {one} | Daar kwam {one} uit | {other} leidde tot {one}
> turned_into | Dat werd {one} | {other} werd {one}
> inspired | Daaruit groeide {one} | Uit {other} groeide {one}
> made_possible | Dat maakte iets mogelijk: {one} | {other} maakte iets mogelijk: {one}
> meant | Dat betekende: {one} | {other} betekende: {one}
> planned_next | Het plan ging verder met {one} | Na {other} ging het plan verder met {one}
> planned_next | Het plan was om terug te gaan naar {one}
> planned_next | Na {other} was het plan om terug te gaan naar {one}
> ways | Het volgende plan was {one} | Na {other} was het volgende plan {one}
> ways | Daarna zou {one} komen, maar dat ging niet door | Na {other} zou {one} komen, maar dat ging niet door
> ways | Vandaar liep de weg terug naar {one} | Vanuit {other} liep de weg terug naar {one}
< hindered | Wat er in de weg stond: {one} | Wat er bij {other} in de weg stond: {one}
< hindered later | Maar er stond iets in de weg: {one}
< hindered also | Ook stond in de weg: {one}
< hindered again | Ook hier stond in de weg: {one}
< made_possible | Wat hielp: {one} | Wat hielp bij {other}: {one}
< made_possible also | Ook hielp: {one}
< made_possible again | Ook hier hielp: {one}
< led_to later | Het kwam door {one}
< led_to also | Het kwam ook door {one}
< turned_into later | Het ontstond uit {one}
< turned_into also | Het ontstond ook uit {one}
< inspired later | Het groeide uit {one}
< inspired also | Het groeide ook uit {one}
< meant later | Het was de betekenis van {one}
< meant also | Het was ook de betekenis van {one}
< ways later | Het was het plan na {one}
< ways also | Het was ook het plan na {one}
> hindered later | Het stond in de weg bij {one}
> hindered also | Het stond ook in de weg bij {one}
itself any | Na {one} kwam hetzelfde nog een keer
itself planned_next | Na {one} was het plan om dat nog een keer te doen
itself hindered | {one} zat zichzelf in de weg
begins | Het begon met {one} | Iets anders begon met {one} | Los op de kaart staat {one}
begins | Ook los staat {one} | Los staat ook nog {one}
became planned | Dat was het plan | Dat was het plan, maar het ging niet door
became unmeant | Dat was vooraf niet de bedoeling
became changed | Het ging anders dan gepland | {one} ging anders dan gepland
became changed too | Ook dat ging anders dan gepland
became emerged | Dat had niemand gepland
became emerged too | Ook dat had niemand gepland
"""
SAYS = {
    "en": r", says (.+)|, adds (.+)|, as (.+) tells it",
    "nl": r", zegt (.+)|, vult (.+) aan|, vertelt (.+)",
}
WORDS = {"en": ", in their words: ", "nl": ", in hun eigen woorden: "}
SOMEBODY = {"en": "somebody", "nl": "iemand"}
ONE = r"⟦[^⟧]*⟧"
MANY = rf"{ONE}(?:, {ONE})*(?:,? (?:and|en) {ONE})?"


@dataclass(frozen=True)
class Line:
    """A line of the map, as the story tells it: what it may be, and what was written at it."""

    source: str
    target: str
    relations: frozenset[Relation]
    labels: tuple[str, ...] = ()


@dataclass
class Heard:
    """What somebody has heard who listens to a story and knows nothing else."""

    language: str
    beside: frozenset[str]
    told: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    whose: dict[str, str | None] = field(default_factory=dict)
    at: str = ""  # the stop the text is at
    last: str = ""  # what was named last
    since: int = 0  # how many lines were told when the text came here
    speaking: str | None = None
    became: set[str] = field(default_factory=set)

    def paragraph(self, sentences):
        """A new breath: “that” means nothing yet, and nobody speaks yet."""
        self.last, self.speaking, self.became = "", None, set()
        for sentence in sentences:
            self.sentence(sentence)

    def sentence(self, sentence):
        text, labels = self._voice_and_labels(_as_marks(sentence))
        facts, places = heard_as(self.language, text)
        kind, *rest = facts.split()
        ones = [name.removesuffix("!") for name in re.findall(r"⟦([^⟧]*)⟧", places.get("one", ""))]
        others = re.findall(r"⟦([^⟧]*)⟧", places.get("other", ""))
        if kind in "<>":
            other = others[0] if others else self._meant(kind, ones, rest, text)
            self._line(kind, rest, ones, other, labels, text)
        elif kind == "itself":
            assert ones == [self.at], text
            self.lines.append(Line(self.at, self.at, _relations(rest[0]), labels))
        elif kind == "became":
            assert ones == [self.at] if ones else self.last, text
            assert "too" not in rest or rest[0] in self.became, text
            self.became.add(rest[0])
        for name in ones:
            if f"⟦{name}!⟧" in text:
                self.told.append(name)
                self.whose[name] = None if self.speaking == SOMEBODY[self.language] else self.speaking
                if name not in self.beside:
                    self.at, self.since = name, len(self.lines) - (kind in "<>")
        self.last = (re.findall(r"⟦([^⟧!]*)!?⟧", text) or [self.last])[-1]

    def _meant(self, kind, ones, rest, text):
        """“That”, “it” and “here” are the stop the text is at, and mostly nothing else may be named since."""
        is_one_more = (kind, rest) == ("<", ["made_possible"]) and not set(ones) <= self.beside
        if len(rest) == 1 and not is_one_more:
            assert self.last == self.at, f"what is meant in {text}?"
        assert self.at, text
        return self.at

    def _line(self, kind, rest, ones, other, labels, text):
        relations = _relations(rest[0])
        for one in ones:
            source, target = (other, one) if kind == ">" else (one, other)
            if "also" in rest:
                here = [line for line in self.lines[self.since :] if line.relations & relations]
                same = [self.at == (line.source if kind == ">" else line.target) for line in here]
                assert any(same), f"nothing of the sort was told before: {text}"
            if "again" in rest:
                same = [line.source == one and line.relations == relations for line in self.lines]
                assert any(same), f"it never did that before: {text}"
            self.lines.append(Line(source, target, relations, labels))

    def _voice_and_labels(self, text):
        said = re.search(rf"(?:{SAYS[self.language]})$", text)
        if said:
            self.speaking = next(filter(None, said.groups()))
            text = text[: said.start()]
        text, _, labels = text.partition(WORDS[self.language])
        return text, tuple(re.findall("“([^”]*)”", labels))


def _relations(said):
    return {"ways": WAYS, "any": ANY}.get(said) or frozenset({Relation(said)})


def read_back(paragraphs, language, beside):
    """All that is heard in a told story."""
    heard = Heard(language, beside)
    for told in paragraphs:
        heard.paragraph(told.sentences)
    return heard


def _as_marks(sentence):
    """With a mark for each stop that is named: its id, and “!” where it is told."""
    parts = [
        f"⟦{part.id}{'!' * part.is_told}⟧"
        if isinstance(part, Named)
        else ""
        if isinstance(part, When)
        else part
        for part in sentence
    ]
    return "".join(parts).replace(" ()", "").removesuffix(".")


def heard_as(language, text):
    """What a sentence says, with the places where it names its stops; never more than one thing."""
    found = [
        (facts, match.groupdict()) for facts, form in _forms(language) if (match := form.fullmatch(text))
    ]
    assert len(found) == 1, f"this says {len(found)} things: {text}"
    return found[0]


@cache
def _forms(language):
    forms = []
    for line in (EN if language == "en" else NL).strip().splitlines():
        facts, *said = line.split(" | ")
        for each in said:
            form = re.escape(each).replace(r"\{one\}", f"(?P<one>{MANY})")
            forms.append((facts, re.compile(form.replace(r"\{other\}", f"(?P<other>{ONE})"))))
    return forms

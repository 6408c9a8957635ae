"""One paragraph of a story, sentence by sentence, so that it can be listened to."""

from collections.abc import Iterable, Iterator
from typing import Final

from cocreate.trajectories.rules import MapNode, NodeState, Relation
from cocreate.trajectories.story import Aside, Opening, Telling, Tie
from cocreate.trajectories.wording.sentences import (
    Named,
    Sentence,
    fill,
    listed,
    named,
    named_all,
    unquoted,
    when,
)
from cocreate.trajectories.wording.turns_of_phrase import Phrases

_ENDS: Final = ("!", "?", "…", "..")


class Aloud:
    """Keeps in mind what was just said, so that the same turn of phrase is not heard over and over."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.ways_on = 0
        self.loose = 0
        self.voices = 0
        self.is_clear = True  # nothing was named since the stop itself, so that “it” can only mean that
        self.clauses: set[str] = set()

    def sentences(self, telling: Telling) -> Iterator[Sentence]:
        """All that is said of one stop."""
        labels = telling.tie.labels if telling.tie else ()
        yield self._closed(self._lead(telling), labels, telling.voice)
        self.is_clear = True
        # “It went differently. What led to it: …” would tell what made it go differently.
        is_changed = bool(telling.also) and telling.node.state is NodeState.CHANGED
        if not (is_changed or self._is_told_as_plan(telling)):
            yield from self._became(telling.node)
        yield from self._also(telling)
        if is_changed:
            yield self._closed(fill(self.phrases.changed, {"stop": named(telling.node)}))
            self.is_clear = True
        yield from self._asides(telling)
        yield from self._returns(telling)

    def _lead(self, telling: Telling) -> Sentence:
        stop, tie = {"stop": _told(telling.node)}, telling.tie
        if tie is None:
            return fill(self._opening(telling.opening or Opening.FIRST), stop)
        by_relation, by_plan = self.phrases.leads(follows=telling.follows)
        form = by_relation[tie.relation]
        if self._is_told_as_plan(telling):
            form = by_plan[telling.node.state]
        elif telling.follows and tie.relation is Relation.LED_TO:
            form = self.phrases.ways_on[self.ways_on % len(self.phrases.ways_on)]
            self.ways_on += 1
        return fill(form, {**stop, "from": named(tie.other)})

    def _opening(self, opening: Opening) -> str:
        if opening is not Opening.LOOSE:
            return self.phrases.openings[opening]
        self.loose += 1
        forms = self.phrases.loose_too
        return forms[self.loose % len(forms)] if self.loose > 1 else self.phrases.openings[opening]

    def _is_told_as_plan(self, telling: Telling) -> bool:
        """Whether the sentence that leads to it says what became of the plan, instead of how it came."""
        tie = telling.tie
        return (
            tie is not None and tie.relation in self.phrases.ways and telling.node.state in self.phrases.plans
        )

    def _became(self, node: MapNode) -> Iterator[Sentence]:
        clause = self._clause(node)
        if clause in self.clauses:
            clause = self.phrases.states_too.get(node.state, clause)
        if clause:
            self.clauses.add(clause)
            yield (clause,)

    def _clause(self, node: MapNode) -> str:
        unintended = "" if node.intended else self.phrases.unintended
        return self.phrases.states.get(node.state, unintended)

    def _also(self, telling: Telling) -> Iterator[Sentence]:
        """What else it hangs on, one sentence for each relation; with a label of its own, one for each."""
        said = {self._as_said(telling.tie, telling.node)} if telling.tie else set()
        for group in _together((tie, self._as_said(tie, telling.node)) for tie in telling.also):
            relation = self._as_said(group[0], telling.node)
            form = (self.phrases.also if relation in said else self.phrases.into)[relation]
            others = named_all([each.other for each in group], len(group))
            yield self._closed(fill(form, {"others": others}), group[0].labels)
            said.add(relation)
            self.is_clear = False

    def _as_said(self, tie: Tie, node: MapNode) -> Relation:
        """What never happened was led to by nothing: it was the plan after that."""
        is_plan = tie.relation in self.phrases.ways and node.state in self.phrases.plans
        return Relation.PLANNED_NEXT if is_plan else tie.relation

    def _asides(self, telling: Telling) -> Iterator[Sentence]:
        before: Aside | None = None
        for group in self._in_one_breath(telling.asides):
            first = group[0]
            stops = listed([_told(each.node) if each.is_new else named(each.node) for each in group])
            form = self._in_passing(first, before)
            said = fill(form, {"stop": stops, "from": named(telling.node)})
            yield self._closed(said, first.labels, first.voice)
            if first.is_new:
                yield from self._became(first.node)
            self.is_clear, before = False, first

    def _in_passing(self, aside: Aside, before: Aside | None) -> str:
        forms = self.phrases.asides[aside.relation]
        if aside.again:
            return forms.again
        if before is not None:
            return forms.also if before.relation is aside.relation else forms.contrast
        return forms.plain if self.is_clear else forms.named

    def _in_one_breath(self, asides: Iterable[Aside]) -> list[list[Aside]]:
        """What bears on the stop in the same way, in the words of the same voice."""
        groups: list[list[Aside]] = []
        for aside in asides:
            last = groups[-1][-1] if groups else None
            goes_on = (
                last is not None
                and _manner(last) == _manner(aside)
                and aside.voice is None
                and self._is_bare(last)
                and self._is_bare(aside)
            )
            if goes_on:
                groups[-1].append(aside)
            else:
                groups.append([aside])
        return groups

    def _is_bare(self, aside: Aside) -> bool:
        return not aside.labels and not (aside.is_new and self._clause(aside.node))

    def _returns(self, telling: Telling) -> Iterator[Sentence]:
        for tie in telling.returns:
            form = self.phrases.returns[self.is_clear][tie.relation]
            if tie.other.id == telling.node.id:
                form = self.phrases.itself[tie.relation]
            elif tie.again and tie.relation is Relation.HINDERED:
                form = self.phrases.asides[Relation.HINDERED].again
            places = {"stop": named(tie.other), "from": named(telling.node)}
            yield self._closed(fill(form, places), tie.labels)
            self.is_clear = False

    def _closed(self, told: Sentence, labels: Iterable[str] = (), voice: str | None = None) -> Sentence:
        """With what people wrote at the line, who says so, and a full stop where theirs is none."""
        quoted: list[Sentence] = [("“", label, "”") for label in labels]
        if quoted:
            told = fill(self.phrases.labelled, {"told": told, "label": listed(quoted)})
        if voice is not None:
            form = self.phrases.voiced[self.voices % len(self.phrases.voiced)]
            told = fill(form, {"told": told, "voice": (voice or self.phrases.somebody,)})
            self.voices += 1
        last = told[-1]
        return told if isinstance(last, Named) and last.text.endswith(_ENDS) else (*told, ".")


def _manner(aside: Aside) -> tuple[Relation, bool, bool]:
    return aside.relation, aside.again, aside.is_new


def _together(ties: Iterable[tuple[Tie, Relation]]) -> list[list[Tie]]:
    """Those of which the same is said; what people wrote at a line is said of that one alone, and last."""
    plain: dict[Relation, list[Tie]] = {}
    alone: list[list[Tie]] = []
    for tie, relation in ties:
        if tie.labels:
            alone.append([tie])
        else:
            plain.setdefault(relation, []).append(tie)
    return [*plain.values(), *alone]


def _told(node: MapNode) -> Sentence:
    """The node itself, in full, with about when it was."""
    told = Named(node.id, unquoted(node.text), is_told=True)
    moment = when(node.when)
    return (told, " (", moment, ")") if moment else (told,)

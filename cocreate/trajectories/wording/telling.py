"""A story in words that can be read aloud; what people wrote is quoted as it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from cocreate.trajectories.rules import MapNode, Relation
from cocreate.trajectories.story import Aside, Mentioned, Opening, Paragraph, Telling, Tie
from cocreate.trajectories.wording.sentences import Named, Sentence, fill, named, named_all, unquoted, when
from cocreate.trajectories.wording.turns_of_phrase import Phrases

_ENDS: Final = ("!", "?", "…", "..")


@dataclass(frozen=True, slots=True)
class Note:
    """What is told besides about a stop: a note, a moment, what people want; `about` when it needs saying."""

    subject_type: str
    lead: str
    about: Sentence
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph of the story: its sentences, and what is set apart after it."""

    sentences: tuple[Sentence, ...]
    notes: tuple[Note, ...]


def tell(paragraphs: Sequence[Paragraph]) -> list[Told]:
    """The story in the language of the page. O(V + E)."""
    phrases = Phrases()
    return [_told_paragraph(paragraph, phrases) for paragraph in paragraphs]


def _told_paragraph(paragraph: Paragraph, phrases: Phrases) -> Told:
    sentences = tuple(each for telling in paragraph for each in _sentences(telling, phrases))
    last = paragraph[-1]
    notes = list(_notes(last.node, last.references, (), phrases))
    for aside in last.asides:
        if aside.is_new:
            notes += _notes(aside.node, aside.references, named(aside.node), phrases)
    return Told(sentences, tuple(notes))


def _sentences(telling: Telling, phrases: Phrases) -> Iterator[Sentence]:
    yield _closed(_said(_lead(telling, phrases), telling.tie, telling.voice, phrases))
    clause = _clause(telling, phrases)
    if clause:
        yield (clause,)
    yield from _also(telling.also, phrases)
    for aside in telling.asides:
        yield _in_passing(aside, phrases)
    for tie in telling.returns:
        yield _closed(_said(_return(telling, tie, phrases), tie, None, phrases))


def _lead(telling: Telling, phrases: Phrases) -> Sentence:
    stop = {"stop": _told(telling.node)}
    tie = telling.tie
    if tie is None:
        return fill(phrases.openings[telling.opening or Opening.FIRST], stop)
    by_relation, by_plan = phrases.leads(follows=telling.follows)
    form = by_plan.get(telling.node.state) if tie.relation in phrases.ways else None
    return fill(form or by_relation[tie.relation], {**stop, "from": named(tie.other)})


def _clause(telling: Telling, phrases: Phrases) -> str:
    """What became of it, where the sentence before has not said so."""
    node, tie = telling.node, telling.tie
    if tie is not None and tie.relation in phrases.ways and node.state in phrases.plans:
        return ""
    return _state(node, phrases)


def _state(node: MapNode, phrases: Phrases) -> str:
    clause = phrases.states.get(node.state)
    if clause is None and not node.intended:
        return phrases.unintended
    return clause or ""


def _also(ties: Iterable[Tie], phrases: Phrases) -> Iterator[Sentence]:
    """What else led to it, one sentence for each relation; with a label of its own, one for each."""
    by_relation: dict[Relation, list[Tie]] = {}
    for tie in ties:
        by_relation.setdefault(tie.relation, []).append(tie)
    for relation, group in by_relation.items():
        plain = [tie.other for tie in group if not tie.label]
        if plain:
            yield _closed(fill(phrases.also[relation], {"others": named_all(plain, len(plain))}))
        for tie in group:
            if tie.label:
                yield _closed(
                    _said(fill(phrases.also[relation], {"others": named(tie.other)}), tie, None, phrases)
                )


def _in_passing(aside: Aside, phrases: Phrases) -> Sentence:
    stop = _told(aside.node) if aside.is_new else named(aside.node)
    forms = phrases.asides if aside.is_new else phrases.asides_again
    told = _closed(_said(fill(forms[aside.relation], {"stop": stop}), aside, aside.voice, phrases))
    clause = _state(aside.node, phrases) if aside.is_new else ""
    return ("(", *told, f" {clause})" if clause else ")")


def _return(telling: Telling, tie: Tie, phrases: Phrases) -> Sentence:
    if tie.other.id == telling.node.id:
        return (phrases.itself,)
    return fill(phrases.returns.get(tie.relation, phrases.came_back), {"stop": named(tie.other)})


def _told(node: MapNode) -> Sentence:
    """The node itself, in full, with about when it was."""
    told = Named(node.id, unquoted(node.text), is_told=True)
    moment = when(node.when)
    return (told, " (", moment, ")") if moment else (told,)


def _said(told: Sentence, tie: Tie | Aside | None, voice: str | None, phrases: Phrases) -> Sentence:
    """With what people wrote at the line, and who says so."""
    if tie is not None and tie.label:
        told = fill(phrases.labelled, {"told": told, "label": (tie.label,)})
    if voice:
        told = fill(phrases.voiced, {"told": told, "voice": (voice,)})
    return told


def _closed(told: Sentence) -> Sentence:
    """With a full stop, where people's own words have not ended with one."""
    last = told[-1]
    return told if isinstance(last, Named) and last.text.endswith(_ENDS) else (*told, ".")


def _notes(
    node: MapNode, references: Iterable[Mentioned], about: Sentence, phrases: Phrases
) -> Iterator[Note]:
    if node.note.strip():
        yield Note("note", phrases.references["note"], about, node.note.strip())
    for reference in references:
        lead = phrases.references.get(reference.subject_type, "")
        yield Note(reference.subject_type, lead, about, reference.text)


def voice_phrase(key: str, own_name: str | None) -> str:
    """Somebody of a voice, as one speaks of them: “a resident”; a voice of the space's own stays quoted."""
    built_in = {
        "resident": _("a resident"),
        "youth": _("a young person"),
        "professional": _("a professional"),
        "policymaker": _("a policymaker"),
    }
    return built_in[key] if key in built_in and not own_name else f"“{own_name or key}”"

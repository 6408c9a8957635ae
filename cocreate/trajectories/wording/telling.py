"""A story in words that can be read aloud; what people wrote is quoted as it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from cocreate.trajectories.rules import MapNode
from cocreate.trajectories.story import Mention, Paragraph
from cocreate.trajectories.wording.aloud import Aloud
from cocreate.trajectories.wording.sentences import Sentence, fill, named
from cocreate.trajectories.wording.turns_of_phrase import Phrases


@dataclass(frozen=True, slots=True)
class Note:
    """What is told besides about a stop: a note, a moment, what people want; and what says so before it."""

    subject_type: str
    lead: Sentence
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
    aloud = Aloud(phrases)
    sentences = tuple(each for telling in paragraph for each in aloud.sentences(telling))
    last = paragraph[-1]
    is_named = bool(last.also or last.asides or last.returns)
    notes = [*_notes(last.node, last.references, phrases, is_named=is_named)]
    for aside in last.asides:
        if aside.is_new:
            notes += _notes(aside.node, aside.references, phrases, is_named=True)
    return Told(sentences, tuple(notes))


def _notes(
    node: MapNode, references: Iterable[Mention], phrases: Phrases, *, is_named: bool
) -> Iterator[Note]:
    """`is_named`: other things were named since, so that “this” could be any of them."""
    leads = phrases.notes[is_named]
    stop = {"stop": named(node)}
    if node.note.strip():
        yield Note("note", fill(leads["note"], stop), node.note.strip())
    for each in references:
        told_by = f"{each.subject_type} told by"
        lead = leads[told_by] if each.voice and told_by in leads else leads.get(each.subject_type, "")
        yield Note(each.subject_type, fill(lead, {**stop, "voice": (each.voice or "",)}), each.text)


def voice_phrase(key: str, own_name: str | None) -> str:
    """Somebody of a voice, as one speaks of them: “a resident”; a voice of the space's own stays quoted."""
    built_in = {
        "resident": _("a resident"),
        "youth": _("a young person"),
        "professional": _("a professional"),
        "policymaker": _("a policymaker"),
    }
    return built_in[key] if key in built_in and not own_name else f"“{own_name or key}”"

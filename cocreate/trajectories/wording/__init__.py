"""What a map tells, in sentences: the questions it raises, and its story."""

from cocreate.trajectories.wording.questions import Question, Shown, question_of, what_it_shows
from cocreate.trajectories.wording.sentences import Named, Sentence, When
from cocreate.trajectories.wording.telling import Note, Told, tell, voice_phrase

__all__ = [
    "Named",
    "Note",
    "Question",
    "Sentence",
    "Shown",
    "Told",
    "When",
    "question_of",
    "tell",
    "voice_phrase",
    "what_it_shows",
]

"""A shape of every kind of answer that fits."""

from cocreate.indicators.kinds import AnswerKind, AnswerShape, facts_of


def shape_of(kind: AnswerKind) -> AnswerShape:
    """The smallest settings that this kind takes."""
    facts = facts_of(kind)
    labels = tuple(f"woord {number}" for number in range(1, min(facts.labels) + 1))
    return AnswerShape(kind, labels, "keer" if facts.has_unit else "")

"""Changing a questionnaire that is data: each change gives a new one, whole, with its scores as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from cocreate.indicators.scoring import (
    Answers,
    Choices,
    Condition,
    Instrument,
    Item,
    OfItem,
    Option,
)


@dataclass(frozen=True, slots=True)
class Posed:
    """A question as people meet it: what is asked, how it is answered, and which way it counts."""

    text: str
    answers: Answers
    is_reversed: bool = False


def posed(definition: Instrument, key: str) -> Posed:
    """What people meet under this key."""
    item = item_of(definition, key)
    return Posed(item.text, definition.answers[item.answers], item.is_reversed)


def item_of(definition: Instrument, key: str) -> Item:
    """The item with this key, KeyError when there is none."""
    for item in definition.items:
        if item.key == key:
            return item
    raise KeyError(key)


def is_comparable(one: Posed, other: Posed) -> bool:
    """Whether answers to both can stand beside each other, however the words are spelt.

    The same kind with the same ends and unit, counted the same way; or the same options with the same values.
    """
    if one.is_reversed != other.is_reversed:
        return False
    if isinstance(one.answers, Choices) or isinstance(other.answers, Choices):
        values = _values(one.answers)
        return values is not None and values == _values(other.answers)
    mine, theirs = one.answers, other.answers
    return (mine.kind, mine.ends, _plain(mine.unit)) == (theirs.kind, theirs.ends, _plain(theirs.unit))


def scored(definition: Instrument) -> frozenset[str]:
    """The keys of the items that some score, flag or group counts."""
    conditions: list[Condition] = [each for flag in definition.flags for each in flag.conditions]
    for grouping in definition.groupings:
        conditions += [each for group in grouping.groups for each in group.conditions]
    looked_at = {each.item for each in conditions if isinstance(each, OfItem)}
    return frozenset(looked_at.union(*(scale.items for scale in definition.every_scale)))


def next_key(definition: Instrument) -> str:
    """A key that no item and no answer key has."""
    taken = {item.key for item in definition.items} | definition.answers.keys()
    return next(key for number in count(1) if (key := f"q{number}") not in taken)


def with_question(definition: Instrument, key: str, question: Posed, sensitivity: int) -> Instrument:
    """With one question more, at the end."""
    item = Item(key, question.text, key, question.is_reversed, sensitivity)
    return replace(
        definition,
        answers={**definition.answers, key: question.answers},
        items=(*definition.items, item),
    )


def without(definition: Instrument, key: str) -> Instrument:
    """Without this question; InstrumentError when a score needs it, or nothing would be left."""
    items = tuple(item for item in definition.items if item.key != key)
    used = {item.answers for item in items}
    answers = {name: each for name, each in definition.answers.items() if name in used}
    return replace(definition, items=items, answers=answers or definition.answers)


def retold(definition: Instrument, key: str, text: str, sensitivity: int) -> Instrument:
    """With other words in one question, or another sensitivity."""
    return _with_item(definition, replace(item_of(definition, key), text=text, sensitivity=sensitivity))


def as_delicate(definition: Instrument, sensitivities: Mapping[str, int]) -> Instrument:
    """With these questions as delicate as this, by key."""
    items = tuple(
        replace(each, sensitivity=sensitivities.get(each.key, each.sensitivity)) for each in definition.items
    )
    return replace(definition, items=items)


def named(definition: Instrument, title: str, version: int) -> Instrument:
    """The same under this title, as this version."""
    return replace(definition, title=title, version=version)


def in_order(definition: Instrument, keys: Sequence[str]) -> Instrument:
    """The same questions in this order."""
    return replace(definition, items=tuple(item_of(definition, key) for key in keys))


def taken_back(definition: Instrument, key: str, words: str) -> Instrument:
    """Without a word of one question; what it counts for in a score stays as it was."""
    item = item_of(definition, key)
    shared = any(each.answers == item.answers for each in definition.items if each.key != key)
    name = next_key(definition) if shared else item.answers
    answers = {**definition.answers, name: _silent(definition.answers[item.answers])}
    return _with_item(replace(definition, answers=answers), replace(item, text=words, answers=name))


def _with_item(definition: Instrument, changed: Item) -> Instrument:
    items = tuple(changed if each.key == changed.key else each for each in definition.items)
    return replace(definition, items=items)


def _silent(answers: Answers) -> Answers:
    """The same way to answer, with numbers in the place of words."""
    if isinstance(answers, Choices):
        named = enumerate(answers.options, 1)
        return Choices(tuple(Option(each.key, str(number), each.value) for number, each in named))
    labels = tuple(str(number) for number, _ in enumerate(answers.labels, 1))
    return replace(answers, labels=labels, unit="–" if answers.unit else "")


def _values(answers: Answers) -> dict[str, object] | None:
    return {each.key: each.value for each in answers.options} if isinstance(answers, Choices) else None


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().split())

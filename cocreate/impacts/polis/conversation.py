"""A conversation as Polis tells it: statements, people, last votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Value = Literal[1, 0, -1]
VALUES: Mapping[str, Value] = {"1": 1, "0": 0, "-1": -1}


@dataclass(frozen=True, slots=True)
class Comment:
    """A statement people voted on; the totals count each person's last vote."""

    id: int
    author: int
    text: str
    created_at: datetime
    agrees: int
    disagrees: int
    passes: int


@dataclass(frozen=True, slots=True)
class Participant:
    """A person and the opinion group Polis put them in, if any."""

    id: int
    group: int | None


@dataclass(frozen=True, slots=True)
class Vote:
    """The last vote of a person on a comment: 1 agrees, -1 disagrees, 0 passes."""

    participant: int
    comment: int
    value: Value
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything that was not rejected: comments and participants by id, votes by time."""

    topic: str
    description: str
    url: str
    comments: tuple[Comment, ...]
    participants: tuple[Participant, ...]
    votes: tuple[Vote, ...]
    dropped_comments: tuple[int, ...]

    @property
    def voters(self) -> tuple[Participant, ...]:
        """The participants who voted: a moderator may only have written comments."""
        voted = {vote.participant for vote in self.votes}
        return tuple(person for person in self.participants if person.id in voted)

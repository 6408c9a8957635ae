"""The open-data export of Polis: four CSV files in a folder."""

from cocreate.impacts.polis.conversation import Comment, Conversation, Participant, Vote
from cocreate.impacts.polis.reading import read_conversation
from cocreate.impacts.polis.tables import LARGEST_FILE, MOST_CELLS, PolisFileError

__all__ = [
    "LARGEST_FILE",
    "MOST_CELLS",
    "Comment",
    "Conversation",
    "Participant",
    "PolisFileError",
    "Vote",
    "read_conversation",
]

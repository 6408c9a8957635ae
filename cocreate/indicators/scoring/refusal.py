"""Why a questionnaire cannot be: a sentence that the catalogue finds, and the place where it is wrong."""

from collections.abc import Mapping

Params = Mapping[str, str | int]


class InstrumentError(ValueError):
    """A questionnaire that cannot be read or counted: `message` is the English template, `params` fill it in.

    `place` says where, in the words of the file and counted from 0 (`items[3].answers`); it is empty for
    the file as a whole.
    """

    def __init__(self, message: str, place: str = "", **params: str | int) -> None:
        self.message = message
        self.place = place
        self.params = {"place": place, **params} if place else params
        super().__init__(message % self.params)


def marked(message: str) -> str:
    """The sentence itself; import it as `_l`, the name that the catalogue looks for."""
    return message

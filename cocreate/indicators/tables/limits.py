"""How large a table may be, and the sentence for when it cannot be read."""

from typing import Final

MAX_MEGABYTES: Final = 5
MAX_BYTES: Final = MAX_MEGABYTES * 1024 * 1024
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 200_000  # more would keep everybody else waiting
MAX_PROBLEMS: Final = 20  # that are told at once
MAX_UNPACKED: Final = 40 * 1024 * 1024
MAX_RATIO: Final = 150  # tables are seldom squeezed more than thirty times
MAX_PARTS: Final = 200  # files in a workbook


class TableError(ValueError):
    """A file that is no table we can read: `message` is the English template, `params` fill it in."""

    def __init__(self, message: str, **params: str | int) -> None:
        self.message, self.params = message, params
        super().__init__(message % params)

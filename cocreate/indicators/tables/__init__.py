"""Tables of answers as files: written so that no program takes words for orders, read with distrust."""

from cocreate.core.tables import Row, arm, defuse, write_csv, write_xlsx
from cocreate.indicators.tables.answers import cells_of, is_words, read_cells
from cocreate.indicators.tables.groups import FACTS, Shown, figure_rows
from cocreate.indicators.tables.incoming import Given, Incoming, Place, Problem, read_given
from cocreate.indicators.tables.limits import MAX_BYTES, MAX_COLUMNS, MAX_PROBLEMS, MAX_ROWS, TableError
from cocreate.indicators.tables.outgoing import Told, lay_out, read_back
from cocreate.indicators.tables.reading import read_table
from cocreate.indicators.tables.voices import OTHER, shown_voices

__all__ = [
    "FACTS",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_PROBLEMS",
    "MAX_ROWS",
    "OTHER",
    "Given",
    "Incoming",
    "Place",
    "Problem",
    "Row",
    "Shown",
    "TableError",
    "Told",
    "arm",
    "cells_of",
    "defuse",
    "figure_rows",
    "is_words",
    "lay_out",
    "read_back",
    "read_cells",
    "read_given",
    "read_table",
    "shown_voices",
    "write_csv",
    "write_xlsx",
]

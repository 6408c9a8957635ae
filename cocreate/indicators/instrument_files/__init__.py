"""Questionnaires as files: everything that counts is data, and nothing is read by half."""

from cocreate.indicators.instrument_files.document import FORMAT, FORMAT_VERSION, MAX_BYTES, MAX_DEPTH
from cocreate.indicators.instrument_files.keeping import answers_in, asked_in
from cocreate.indicators.instrument_files.reading import read_instrument
from cocreate.indicators.instrument_files.writing import write_instrument
from cocreate.indicators.scoring.limits import MAX_ITEMS
from cocreate.indicators.scoring.refusal import InstrumentError

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_ITEMS",
    "InstrumentError",
    "answers_in",
    "asked_in",
    "read_instrument",
    "write_instrument",
]

"""Words to be careful with: what may hurt people in a question, why, and what can be said instead."""

from cocreate.indicators.cautions.dutch import DUTCH
from cocreate.indicators.cautions.english import ENGLISH
from cocreate.indicators.cautions.finding import hits, key_of
from cocreate.indicators.cautions.phrase import Phrase

BUILT_IN = (*DUTCH, *ENGLISH)

__all__ = ["BUILT_IN", "Phrase", "hits", "key_of"]

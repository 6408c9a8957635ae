"""Everything that is read about signs, questionnaires, answers and steps."""

from cocreate.indicators.queries.signs import indicator_facts, signs_of

__all__ = ["indicator_facts", "signs_of"]

"""Everything that is written about signs, questionnaires, answers and steps."""

from cocreate.indicators.service.proposing import propose_indicator

__all__ = ["propose_indicator"]

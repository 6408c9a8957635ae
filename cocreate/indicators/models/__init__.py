"""Signs, what is chosen out of them, questionnaires, rounds, answers, small steps."""

from cocreate.indicators.models.choosing import Ballot, Choosing, ChoosingItem
from cocreate.indicators.models.instruments import Instrument, InstrumentItem
from cocreate.indicators.models.measuring import (
    Answer,
    BroughtPerson,
    BroughtTable,
    ContextFigure,
    ExportConsent,
    Measuring,
    PaperPerson,
    Publication,
    Round,
    TableExport,
)
from cocreate.indicators.models.signs import Caution, Indicator, IndicatorStance, Tryout
from cocreate.indicators.models.steps import Goal, Guide, SmallStep, StepShare

__all__ = [
    "Answer",
    "Ballot",
    "BroughtPerson",
    "BroughtTable",
    "Caution",
    "Choosing",
    "ChoosingItem",
    "ContextFigure",
    "ExportConsent",
    "Goal",
    "Guide",
    "Indicator",
    "IndicatorStance",
    "Instrument",
    "InstrumentItem",
    "Measuring",
    "PaperPerson",
    "Publication",
    "Round",
    "SmallStep",
    "StepShare",
    "TableExport",
    "Tryout",
]

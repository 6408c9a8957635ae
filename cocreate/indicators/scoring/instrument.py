"""A questionnaire as data. Whatever is one, can be counted: what does not fit is refused when it is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from cocreate.indicators.scoring import checks
from cocreate.indicators.scoring.parts import Answers, Choices, Flag, Grouping, Item, Scale


@dataclass(frozen=True, slots=True)
class Instrument:
    """An ordered list of items with all that is needed to count them; InstrumentError when parts do not fit.

    `total` is the scale of the whole. Where there is none, nothing stands for the whole; where `adds_up` is
    False (a conversation tool such as a spider web), no scale may hold more than one item.
    """

    key: str
    title: str
    answers: Mapping[str, Answers]
    items: tuple[Item, ...]
    version: int = 1
    scales: tuple[Scale, ...] = ()
    total: Scale | None = None
    flags: tuple[Flag, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    adds_up: bool = True
    language: str = ""
    source: str = ""
    licence: str = ""

    def __post_init__(self) -> None:
        checks.check_facts(self.key, self.title, self.version)
        checks.check_notes(language=self.language, source=self.source, licence=self.licence)
        checks.check_answers(self.answers)
        checks.check_items(self.items, self.answers)
        numbers = {item.key for item in self.items if is_counted(self.answers[item.answers])}
        checks.check_scales(self.scales, self.total, numbers)
        if not self.adds_up:
            checks.check_nothing_adds_up(self.scales, self.total)
        scales = {scale.key: scale for scale in self.every_scale}
        checks.check_flags(self.flags, numbers, scales)
        checks.check_groupings(self.groupings, numbers, scales)

    @property
    def every_scale(self) -> tuple[Scale, ...]:
        """The scales, with the total behind them."""
        return self.scales if self.total is None else (*self.scales, self.total)


def is_counted(answers: Answers) -> bool:
    """Whether an answer has one number."""
    return isinstance(answers, Choices) or answers.is_one_number

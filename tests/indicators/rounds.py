"""A space with a round that is open, and who answers in it."""

from datetime import timedelta

from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session, utcnow
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Instrument, Measuring, Round
from cocreate.indicators.queries.measuring import today_in
from cocreate.indicators.rules import Rhythm
from cocreate.indicators.service.answering import Given, Place, answer
from cocreate.indicators.service.measuring import open_round
from cocreate.spaces.contributions import Arrival
from tests.factories import make_instrument, make_measuring, make_member, make_space

SCALE = AnswerShape(AnswerKind.SCALE_0_10)
FIVE = ("Nooit", "Soms", "Vaak", "Meestal", "Altijd")
SHAPES = {
    AnswerKind.SCALE_0_10: SCALE,
    AnswerKind.SCALE_1_10: AnswerShape(AnswerKind.SCALE_1_10, ("niets", "alles")),
    AnswerKind.FIVE_POINTS: AnswerShape(AnswerKind.FIVE_POINTS, FIVE),
    AnswerKind.SMILEYS: AnswerShape(AnswerKind.SMILEYS),
    AnswerKind.YES_MORE_OR_LESS_NO: AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
    AnswerKind.COUNT: AnswerShape(AnswerKind.COUNT, unit="buren", highest=60),
    AnswerKind.DYAD: AnswerShape(AnswerKind.DYAD, ("alleen", "samen")),
    AnswerKind.TRIAD: AnswerShape(AnswerKind.TRIAD, ("hoofd", "hart", "handen")),
    AnswerKind.OPEN: AnswerShape(AnswerKind.OPEN),
    AnswerKind.HAVE_AND_WISH: AnswerShape(AnswerKind.HAVE_AND_WISH, unit="dagen", highest=7),
}
LOWEST = {  # the lowest that can be given to each kind, and how it is kept
    AnswerKind.SCALE_0_10: ({"value": "0"}, 0),
    AnswerKind.SCALE_1_10: ({"value": "1"}, 1),
    AnswerKind.FIVE_POINTS: ({"value": "1"}, 1),
    AnswerKind.SMILEYS: ({"value": "1"}, 1),
    AnswerKind.YES_MORE_OR_LESS_NO: ({"value": "no"}, "no"),
    AnswerKind.COUNT: ({"value": "0"}, 0),
    AnswerKind.DYAD: ({"value": "0"}, 0),
    AnswerKind.TRIAD: ({"value": "100 0 0"}, [100, 0, 0]),
    AnswerKind.OPEN: ({"value": "0"}, "0"),
    AnswerKind.HAVE_AND_WISH: ({"have": "0", "wish": "0"}, [0, 0]),
}


class Town:
    """The space, its questionnaire with these answers, the round, and one who answers."""

    def __init__(self, *shapes: AnswerShape, **plan):
        self.space = make_space()
        self.instrument_id = make_instrument(self.space, *shapes)
        self.measuring_id, self.round_id = make_measuring(self.space, self.instrument_id, **plan)
        self.maker = make_member(self.space)
        self.items = [each.id for each in session().get(Instrument, self.instrument_id).items]

    @property
    def path(self):
        """The page of the round."""
        return f"/spaces/{self.space.id}/rounds/{self.round_id}"

    def say(self, who=None, at=0, arrival=None, **given):
        """Answer the question at this place."""
        arrival = arrival or Arrival(new_id(), None, Visibility.MAKER)
        place = Place(self.round_id, self.items[at])
        return answer((who or self.maker).viewer, arrival, place, Given(**given))

    def next_round(self):
        """One more round with the same version, today; all before was forty days ago."""
        ago = timedelta(days=40)
        with changing(self.space.id) as log:
            for each in (*session().scalars(select(Answer)), *session().scalars(select(Round))):
                name = "opened_at" if isinstance(each, Round) else "created_at"
                setattr(each, name, getattr(each, name) - ago)
            measuring = session().get(Measuring, self.measuring_id)
            measuring.started_at -= ago
            measuring.rhythm, measuring.dates = Rhythm.DATES, [today_in(self.space.id).isoformat()]
            return open_round(log, measuring, session().get(Instrument, self.instrument_id), 1)

    def close(self, ago=timedelta(0)):
        """Close the round, or say that it was closed some time ago."""
        with changing(self.space.id):
            session().get(Round, self.round_id).closed_at = utcnow() - ago


def kept(at=None):
    """What is kept, all of it or of one question."""
    rows = list(session().scalars(select(Answer).execution_options(populate_existing=True)))
    return rows if at is None else next(row for row in rows if row.item_id == at)

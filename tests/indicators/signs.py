"""Signs that are to be measured, as somebody built them."""

from cocreate.core.db import session
from cocreate.indicators.kinds import AnswerKind
from cocreate.indicators.models import Indicator
from cocreate.indicators.rules import Decision
from tests.factories import make_impact, make_indicator


def make_sign(maker, workshop, text="Hoe vaak groet je iemand?", impact_id=None, **facts):
    """A sign with a question that can be answered."""
    shown = {"visibility": facts.pop("visibility")} if "visibility" in facts else {}
    impact_id = impact_id or make_impact(maker, workshop)
    sign_id = make_indicator(maker, workshop, impact_id, text, **shown)
    sign = session().get(Indicator, sign_id)
    built = {"kind": AnswerKind.SCALE_0_10, "asked": text, "decision": Decision.MEASURE, **facts}
    for name, value in built.items():
        setattr(sign, name, value)
    session().commit()
    return sign_id

"""A word that stays on purpose: its reason stands wherever people read the question."""

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.indicators.models import Instrument
from cocreate.indicators.service.composing import compose_from_signs, reword
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.rules import Role
from tests.factories import make_measuring, make_member, make_space, make_workshop
from tests.indicators.signs import make_sign

REASON = "Zo zeggen wij het zelf."


class Scene:
    """A questionnaire of two signs; in one of them a word stays, with a reason."""

    def __init__(self) -> None:
        self.space = make_space()
        self.workshop = workshop = make_workshop(self.space)
        self.maker = make_member(self.space, workshop)
        self.reader = make_member(self.space, role=Role.READER)
        kept = {"overruled": ["eenzaam"], "overruled_because": REASON}
        self.sign = make_sign(self.maker, workshop, "Ben je eenzaam?", visibility=Visibility.SPACE, **kept)
        other = make_sign(self.maker, workshop, "Groet je?", visibility=Visibility.SPACE)
        self.made = compose_from_signs(self.space.steward.viewer, "Ons plein", [self.sign, other])
        self.item = session().get(Instrument, self.made).items[0].id
        self.questionnaire = f"/spaces/{self.space.id}/instruments/{self.made}"

    def measure(self) -> str:
        _measuring, round_id = make_measuring(self.space, self.made)
        return f"/spaces/{self.space.id}/rounds/{round_id}"


@pytest.fixture
def scene(app):
    with app.app_context():
        return Scene()


def test_who_answers_and_who_reads_the_questionnaire_reads_the_reason_once(app, scene, new_browser):
    with app.app_context():
        answering = scene.measure()
    for who, path in ((scene.maker, answering), (scene.reader, scene.questionnaire)):
        page = new_browser(who).get(path).text
        assert page.count(REASON) == 1
        assert "Deze woorden blijven met opzet staan:</b> eenzaam" in page


def test_a_word_that_stays_on_purpose_gets_no_hint_again(scene, new_browser):
    page = new_browser(scene.space.steward).get(scene.questionnaire).text
    assert REASON in page
    assert 'class="hints"' not in page


def test_a_reason_says_nothing_of_other_words(app, scene, new_browser):
    with app.app_context():
        reword(
            scene.space.steward.viewer, scene.made, scene.item, "Ben je kwetsbaar?", 0, "Een andere reden."
        )
    page = new_browser(scene.space.steward).get(scene.questionnaire).text
    assert REASON not in page
    assert "Deze woorden blijven met opzet staan:</b> kwetsbaar" in page


def test_a_reason_goes_with_the_sign_that_is_taken_back(app, scene, new_browser):
    with app.app_context():
        answering = scene.measure()
        withdraw_contribution(scene.maker.viewer, "indicator", scene.sign)
    assert REASON not in new_browser(scene.maker).get(answering).text
    assert REASON not in new_browser(scene.reader).get(scene.questionnaire).text

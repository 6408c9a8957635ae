"""The page of what a group sees: figures with their people, their stories and their limits."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import changing, head_of
from cocreate.core.db import db, new_id, session, utcnow
from cocreate.indicators.figures import Figure, Figures
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import (
    Answer,
    ContextFigure,
    Indicator,
    Instrument,
    InstrumentItem,
    Measuring,
    Publication,
    Round,
)
from cocreate.indicators.pictures import small_of
from cocreate.indicators.queries.figures import SmallLine, small_lines
from cocreate.indicators.scoring import Choices, Option
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.context import About
from cocreate.indicators.service.measuring import Plan, open_round, start_measuring
from cocreate.indicators.service.publishing import publish_round
from cocreate.indicators.views import figures
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.models import Space
from tests.factories import (
    make_answer,
    make_context_figure,
    make_impact,
    make_indicator,
    make_instrument,
    make_measuring,
    make_member,
)
from tests.indicators.signs import make_sign

EVERY = (
    AnswerShape(AnswerKind.SCALE_0_10, ("helemaal niet", "helemaal")),
    AnswerShape(AnswerKind.OPEN),
    AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen"),
    AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO),
    AnswerShape(AnswerKind.FIVE_POINTS, ("nooit", "zelden", "soms", "vaak", "altijd")),
    AnswerShape(AnswerKind.SMILEYS),
    AnswerShape(AnswerKind.COUNT, unit="keer"),
    AnswerShape(AnswerKind.DYAD, ("rust", "reuring")),
    AnswerShape(AnswerKind.TRIAD, ("tijd", "geld", "mensen")),
    AnswerShape(AnswerKind.SCALE_1_10),
)


class House:
    """A measuring with people who answer."""

    def __init__(self, space, *shapes):
        self.space = space
        self.measuring_id, round_id = make_measuring(space, make_instrument(space, *shapes))
        self.rounds = [round_id]
        self.members = []

    @property
    def path(self):
        return f"/spaces/{self.space.id}/measurings/{self.measuring_id}/figures"

    def items(self, place=-1):
        """The items of a round, in order."""
        instrument_id = session().get(Round, self.rounds[place]).instrument_id
        query = select(InstrumentItem).where(InstrumentItem.instrument_id == instrument_id)
        return list(session().scalars(query.order_by(InstrumentItem.position)))

    def come(self, number, voice="resident"):
        self.members += [make_member(self.space, voice=voice) for _ in range(number)]

    def answer(self, *values, item=0, **overrides):
        item_id = self.items()[item].id
        return [
            make_answer(member, self.rounds[-1], item_id, value, **overrides)
            for member, value in zip(self.members, values, strict=True)
        ]

    def close(self):
        with changing(self.space.id) as log:
            round_ = log.session.get(Round, self.rounds[-1])
            round_.closed_at = utcnow()
            publish_round(log, round_)

    def again(self, instrument_id=None):
        with changing(self.space.id) as log:
            measuring = log.session.get(Measuring, self.measuring_id)
            before = log.session.get(Round, self.rounds[-1])
            instrument = log.session.get(Instrument, instrument_id or before.instrument_id)
            self.rounds.append(open_round(log, measuring, instrument, len(self.rounds)))


@pytest.fixture
def house_of(in_context, space):
    return lambda *shapes: House(space, *shapes)


@pytest.fixture
def read(new_browser, space):
    """The page as somebody reads it; the steward when nobody is named."""

    def read(house, who=None):
        answer = new_browser(who or space.steward).get(house.path)
        assert answer.status_code == 200
        return answer.text

    return read


def make_public(space):
    session().get(Space, space.id).is_public = True
    session().commit()


def points(page):
    """What stands large for each round, with all that is beside it."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", each).split())
        for each in re.findall(
            r"<li>(.*?)</li>", page.split('class="told-points"')[1].split("</ol>")[0], re.DOTALL
        )
    ]


def test_a_mean_stands_with_its_people_and_its_date(house_of, read):
    house = house_of()
    house.come(6)
    house.answer(1, 2, 3, 4, 5, 6)
    house.close()
    (point,) = points(read(house))
    assert point.startswith("Nulmeting ·")
    assert "3,5 gemiddeld 6 mensen" in point


def test_too_few_people_are_not_shown(house_of, read):
    house = house_of()
    house.come(4)
    house.answer(1, 2, 3, 4)
    house.close()
    page = read(house)
    assert "Niet genoeg mensen om te laten zien" in page
    assert "<figure" not in page


def test_an_open_round_may_get_more(house_of, read):
    assert "Nog niet genoeg mensen om te laten zien" in read(house_of())


def test_nearly_alike_has_no_mean(house_of, read):
    house = house_of()
    house.come(8)
    house.answer(7, 7, 7, 7, 7, 7, 7, 1)
    house.close()
    (point,) = points(read(house))
    assert "gemiddeld 8" not in point
    # Five of eight gave a seven. The other three gave anything from 0 to 10.
    assert "4,4–8,1" in point


def test_every_kind_has_a_picture_with_words_and_a_table(house_of, read):
    house = house_of(*EVERY)
    house.come(6)
    house.come(6, "youth")
    for item, values in enumerate(
        (
            range(12),
            ["Mooi."] * 12,
            [[number % 9, (number + 2) % 11] for number in range(12)],
            ["yes", "no", "more_or_less"] * 4,
            [1, 2, 3, 4, 5, 1] * 2,
            [1, 2, 3, 4, 5, 1] * 2,
            [0, 1, 5, 12, 30, 3] * 2,
            [0, 10, 50, 60, 100, 40] * 2,
            [[20, 20, 60], [0, 40, 60], [60, 40, 0], [100, 0, 0]] * 3,
            range(1, 11),
        )
    ):
        house.answer(*[min(10, each) if item == 0 else each for each in [*values, 4, 5][:12]], item=item)
    house.close()
    page = read(house)
    assert page.count('<svg class="picture') == page.count("<title id=")
    assert page.count("<details>") == len(EVERY) - 1
    for css in ("lines", "heaps", "stacks", "pairs", "triangles"):
        assert f'class="picture {css}"' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "style=" not in page


def test_have_and_wish_stand_together_with_the_gap(house_of, read):
    house = house_of(AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen"))
    house.come(6)
    house.answer([1, 3], [2, 4], [3, 5], [4, 6], [5, 7], [6, 8])
    house.close()
    page = read(house)
    assert "3,5 → 5,5 is → wens; verschil +2,0" in points(page)[0]


def test_the_most_given_answer_is_only_named_when_it_certainly_is(house_of, read):
    house = house_of(AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO))
    house.come(6)
    house.answer("yes", "yes", "yes", "no", "no", "more_or_less")
    house.come(0)
    house.close()
    assert "Ja het vaakst gegeven: 3 mensen" in points(read(house))[0]


def test_untold_answers_may_have_been_the_most(house_of, read):
    house = house_of(AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO))
    house.come(6)
    house.come(6, "youth")
    house.answer(*["yes", "yes", "yes", "no", "no", "more_or_less"], *["no"] * 6)
    house.close()
    assert "Ja" not in points(read(house))[0]


def test_a_line_stops_where_the_question_changed(house_of, read, space):
    house = house_of()
    house.come(6)
    house.answer(1, 2, 3, 4, 5, 6)
    house.close()
    house.again(make_instrument(space, AnswerShape(AnswerKind.SCALE_0_10)))
    house.answer(4, 5, 6, 7, 8, 9)
    house.close()
    page = read(house)
    assert page.count("Deze vraag is tussen twee meetrondes veranderd") == 2
    assert page.count("niet zo gevraagd") >= 2
    assert 'class="unasked"' in page


def test_the_same_question_has_one_line(house_of, read):
    house = house_of()
    house.come(6)
    house.answer(1, 2, 3, 4, 5, 6)
    house.close()
    house.again()
    house.answer(4, 5, 6, 7, 8, 9)
    house.close()
    page = read(house)
    assert [point.split(" ·")[0] for point in points(page)] == ["Nulmeting", "Meetronde 1"]
    assert "6,5 gemiddeld" in points(page)[1]
    assert "veranderd" not in page


def test_a_figure_says_which_story_stands_with_it(house_of, read):
    house = house_of(AnswerShape(AnswerKind.SCALE_0_10), AnswerShape(AnswerKind.OPEN))
    house.come(1)
    house.answer(5)
    assert "Niemand deelde hier een verhaal bij." in read(house)
    house.answer("De oma's kennen mijn naam.", item=1, visibility=Visibility.SPACE)
    page = read(house)
    assert "De oma&#39;s kennen mijn naam." in page
    assert "Niemand deelde" not in page


@pytest.mark.parametrize("who", ["steward", "maker"])
@pytest.mark.parametrize("visibility", [Visibility.MAKER, Visibility.WORKSHOP])
def test_words_that_are_not_shown_to_the_space_are_not_on_the_page(house_of, read, visibility, who):
    house = house_of(AnswerShape(AnswerKind.OPEN))
    house.come(1)
    house.answer("Alleen voor mij.", visibility=visibility)
    assert "Alleen voor mij." not in read(house, house.members[0] if who == "maker" else None)


def test_who_passes_by_reads_only_public_words_and_larger_groups(house_of, read, space, new_browser):
    make_public(space)
    house = house_of(AnswerShape(AnswerKind.SCALE_0_10), AnswerShape(AnswerKind.OPEN))
    house.come(6)
    house.answer(1, 2, 3, 4, 5, 6)
    house.answer(*["Voor de ruimte."] * 5, "Voor iedereen.", item=1, visibility=Visibility.SPACE)
    with changing(space.id) as log:
        last = log.session.scalars(select(Answer).where(Answer.maker_id == house.members[-1].id)).all()[-1]
        last.visibility = Visibility.PUBLIC
    house.close()
    page = new_browser().get(house.path).text
    assert "Niet genoeg mensen om te laten zien" in page
    assert "Voor iedereen." in page
    assert "Voor de ruimte." not in page


def test_what_is_withdrawn_is_gone_from_the_page(house_of, read):
    house = house_of(AnswerShape(AnswerKind.SCALE_0_10), AnswerShape(AnswerKind.OPEN))
    house.come(6)
    answers = house.answer(1, 2, 3, 4, 5, 6)
    words = house.answer(*["Weg hiermee."] * 6, item=1, visibility=Visibility.SPACE)
    house.close()
    assert "3,5" in read(house)
    withdraw_contribution(house.members[0].viewer, "answer", answers[0])
    for member, each in zip(house.members, words, strict=True):
        withdraw_contribution(member.viewer, "answer", each)
    page = read(house)
    assert "3,5" not in page
    assert "Weg hiermee." not in page


def test_the_page_says_that_it_need_not_go_up_and_compares_nothing_but_voices_and_rounds(house_of, read):
    page = read(house_of())
    assert "Het hoeft niet altijd omhoog" in page
    assert "<select" not in page
    assert 'data-behavior="figures"' in page


def test_pictures_are_not_drawn_again_until_something_changes(house_of, read, monkeypatch):
    house = house_of()
    house.come(6)
    house.answer(1, 2, 3, 4, 5, 6)
    house.close()
    drawn = []
    draw = figures.draw
    monkeypatch.setattr(figures, "draw", lambda *facts: drawn.append(1) or draw(*facts))
    first = read(house)
    assert points(read(house)) == points(first)
    assert len(drawn) == 1
    make_member(house.space)  # something else happened in the space
    read(house)
    assert len(drawn) == 1


def count_queries(work):
    seen = []
    session().rollback()
    session().expunge_all()  # as a request of its own begins

    def hear(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    return [each for each in seen if each.startswith("SELECT")]


def test_the_page_asks_the_database_as_often_for_many_questions_as_for_one(house_of, new_browser, space):
    small, large = house_of(AnswerShape(AnswerKind.OPEN)), house_of(*EVERY)
    for house in (small, large):
        house.come(1)
    small.answer("Mooi.", visibility=Visibility.SPACE)
    large.answer("Mooi.", item=1, visibility=Visibility.SPACE)
    for _ in range(3):
        large.again()
    browser = new_browser(space.steward)
    browser.get(small.path)  # signing in costs a question once
    few = count_queries(lambda: browser.get(small.path))
    many = count_queries(lambda: browser.get(large.path))
    assert len(many) == len(few)
    assert len(many) <= 12


def test_somebody_elses_measuring_does_not_exist(house_of, new_browser, space):
    house = house_of()
    browser = new_browser(space.steward)
    assert browser.get(f"/spaces/{space.id}/measurings/{new_id()}/figures").status_code == 404
    assert browser.get(house.path.replace(str(space.id), str(new_id()))).status_code == 404


def test_small_lines_of_all_impacts_are_one_question(in_context, space, workshop, member, new_browser):
    impacts = [make_impact(member, workshop, f"Wens {number}") for number in range(3)]
    signs = [make_indicator(member, workshop, each, f"Teken {each}") for each in impacts]
    with changing(space.id) as log:
        for each in signs:
            log.session.get(Indicator, each).kind = AnswerKind.SCALE_0_10
    asked = [Asked("Hoe?", AnswerShape(AnswerKind.SCALE_0_10), 0, sign) for sign in signs]
    instrument_id = compose(space.steward.viewer, "Ons plein", asked)
    measuring_id, round_id = start_measuring(space.steward.viewer, instrument_id, Plan(title="Meten"))
    members = [make_member(space) for _ in range(6)]
    for item in session().scalars(select(InstrumentItem)).all():
        for value, each in enumerate(members, 2):
            make_answer(each, round_id, item.id, value)
    with changing(space.id) as log:
        publish_round(log, log.session.get(Round, round_id))
    found = {}
    viewer = space.steward.viewer
    queries = count_queries(lambda: found.update(small_lines(viewer)))
    assert len(queries) == 1
    assert set(found) == set(impacts)
    session().rollback()  # what was read until now ends here, so that the browser's session can be seen
    browser = new_browser(space.steward)
    for path in (f"/spaces/{space.id}/impacts/{impacts[0]}", f"/spaces/{space.id}"):
        page = browser.get(path).text
        assert f"/measurings/{measuring_id}/figures#q-" in page
        assert "4,5 (6 mensen)" in page
        assert ">Hoe?</a>" in page  # as it was asked, however the sign is put by now
        assert 'class="picture small-line"' in page


@pytest.mark.parametrize(
    ("shape", "parts", "told", "has_line"),
    [
        (AnswerShape(AnswerKind.SCALE_0_10), [{2: 3, 3: 3}], "2.5 (6 people)", True),
        (AnswerShape(AnswerKind.SMILEYS), [{2: 1, 3: 5}], "3 (6 people)", True),
        (AnswerShape(AnswerKind.HAVE_AND_WISH, unit="x"), [{2: 6}, {4: 6}], "2.0 → 4.0 (6 people)", True),
        (AnswerShape(AnswerKind.COUNT, unit="x"), [{9: 6}], "9.0 (6 people)", True),
        (AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO), [{0: 6}], "(6 people)", False),
        (AnswerShape(AnswerKind.TRIAD, ("a", "b", "c")), [{100: 6}, {0: 6}, {0: 6}], "(6 people)", False),
        (Choices((Option("a", "A", 1),)), [{0: 6}], "(6 people)", False),
        (AnswerShape(AnswerKind.SCALE_0_10), [{2: 3}], "(6 people)", False),
    ],
)
def test_a_small_line_is_drawn_only_where_a_line_is_right(in_context, shape, parts, told, has_line):
    figures = Figures({}, tuple(Figure(6, counts) for counts in parts))
    small = small_of(SmallLine(new_id(), new_id(), "Hoe?", shape, [figures, Figures()]))
    assert (small.told, bool(small.svg)) == (told, has_line)


def test_a_figure_from_elsewhere_needs_a_source(in_context, space, new_browser):
    browser = new_browser(space.steward)
    path = f"/spaces/{space.id}/context-figures"
    told = {"label": "Eenzaam", "value": "46 %", "place": "De stad", "period": "2024", "about": ""}
    refused = browser.post(path, told)
    assert refused.status_code == 422
    assert "Zonder bron kunnen anderen het niet nazoeken." in refused.text
    assert browser.post(path, {**told, "source": "Jeugdmonitor"}).status_code == 303
    assert "Bron: Jeugdmonitor" in browser.get(path).text


def test_it_stands_beside_its_question_and_its_impact_until_it_is_taken_away(
    house_of, read, space, workshop, member, new_browser
):
    house = house_of()
    question_id = house.items()[0].question_id
    impact_id = make_impact(member, workshop)
    own = make_context_figure(space, label="Naast de vraag", about=About(question_id=question_id))
    make_context_figure(space, label="Naast de wens", about=About(impact_id=impact_id))
    browser = new_browser(space.steward)
    wish = browser.get(f"/spaces/{space.id}/impacts/{impact_id}").text
    assert "Naast de vraag" in read(house)
    assert "Naast de wens" not in read(house)
    assert "Naast de wens" in wish
    assert "Je ziet niet wie het beter heeft" in wish
    removal = f"/spaces/{space.id}/context-figures/{own}/removal"
    assert browser.post(removal, {}).status_code == 303
    assert browser.post(removal, {}).status_code == 404
    assert "Naast de vraag" not in read(house)
    assert session().get(ContextFigure, own).removed_at is not None


def test_it_stands_only_beside_what_who_leads_may_see(in_context, space, workshop, member, new_browser):
    hidden = make_impact(member, workshop, visibility=Visibility.MAKER)
    told = {"label": "E", "value": "4", "place": "P", "period": "2024", "source": "S"}
    browser = new_browser(space.steward)
    for about in (f"impact:{hidden}", f"impact:{uuid.uuid4()}", "impact:x", "iets"):
        answer = browser.post(f"/spaces/{space.id}/context-figures", {**told, "about": about})
        assert answer.status_code == 422, about


def test_open_pages_hear_that_there_are_newer_figures(house_of, space):
    house = house_of()
    house.come(6)
    house.answer(1, 2, 3, 4, 5, 6)
    before = head_of(space.id)
    house.close()
    assert head_of(space.id) == before + 1
    publication = session().scalars(select(Publication)).one()
    assert utcnow() - publication.published_at < timedelta(minutes=1)


def test_who_passes_by_reads_no_words_that_are_for_the_space_alone(
    app, space, workshop, member, new_browser, outsider
):
    shown = {"public": Visibility.PUBLIC, "inside": Visibility.SPACE}
    with app.app_context():
        make_public(space)
        asked = [
            Asked(name, EVERY[0], indicator_id=make_sign(member, workshop, name, visibility=how))
            for name, how in shown.items()
        ]
        measuring_id, _ = make_measuring(space, compose(space.steward.viewer, "Ons plein", asked))
    path = f"/spaces/{space.id}/measurings/{measuring_id}/figures"

    def titles(who):
        return re.findall(r"<h2 id=[^>]+>([^<]+)</h2>", new_browser(who).get(path).text)

    assert titles(outsider) == ["public"]
    assert titles(member) == ["public", "inside"]


def test_who_passes_by_reads_no_small_line_of_a_sign_that_is_for_the_space_alone(
    app, space, workshop, member, new_browser, outsider
):
    shown = {"Voor iedereen?": Visibility.PUBLIC, "Voor de ruimte?": Visibility.SPACE}
    with app.app_context():
        make_public(space)
        wish = make_impact(member, workshop, visibility=Visibility.PUBLIC)
        asked = [
            Asked(text, EVERY[0], indicator_id=make_sign(member, workshop, text, wish, visibility=how))
            for text, how in shown.items()
        ]
        house = House(space, EVERY[0])
        made = compose(space.steward.viewer, "Ons plein", asked)
        house.measuring_id, round_id = make_measuring(space, made)
        house.rounds = [round_id]
        house.come(12)  # enough for who passes by
        for place in range(len(asked)):
            house.answer(*range(4), *range(4), *range(4), item=place)
        house.close()
        viewers = (member.viewer, Viewer(space.id, sees_public=True))
        lines = [[each.text for each in small_lines(viewer)[wish]] for viewer in viewers]
    assert lines == [list(shown), ["Voor iedereen?"]]
    for path in (f"/spaces/{space.id}/impacts/{wish}", f"/spaces/{space.id}"):
        pages = {who: new_browser(who).get(path).text for who in (member, outsider, None)}
        told = {who: [text for text in shown if f">{text}</a>" in page] for who, page in pages.items()}
        assert told == {member: list(shown), outsider: ["Voor iedereen?"], None: ["Voor iedereen?"]}, path
        assert all("Voor de ruimte?" not in pages[who] for who in (outsider, None)), path

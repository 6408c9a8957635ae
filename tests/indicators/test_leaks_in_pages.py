"""Pages let through exactly what disclosure allows, to each circle, before and after a withdrawal."""

import random
import re
from collections import Counter
from html import unescape

import pytest
from sqlalchemy import select

from cocreate.core.changes import changing
from cocreate.core.db import session, utcnow
from cocreate.impacts.rules import Circle
from cocreate.indicators.disclosure import figures_for, publish
from cocreate.indicators.kinds import Agreement, AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, Instrument, InstrumentItem, Measuring, Round
from cocreate.indicators.queries.publications import answers_to_publish
from cocreate.indicators.service.measuring import open_round
from cocreate.indicators.service.publishing import guard_for, publish_round
from cocreate.privacy.service import withdraw_contribution
from cocreate.spaces.models import Space
from tests.factories import make_instrument, make_measuring, make_member, make_space

VOICES = {
    "resident": "Bewoner",
    "youth": "Jongere",
    "professional": "Professional",
    "policymaker": "Beleidsmaker",
}
SCALE, WORDS = AnswerShape(AnswerKind.SCALE_0_10), AnswerShape(AnswerKind.YES_MORE_OR_LESS_NO)
TIMES = 12  # gatherings; tests/indicators/test_disclosure.py has thousands for what decides


class Gathering:
    """People of several voices who answered two questions in two rounds, some of them nearly alike."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.space = make_space()
        self.instrument_id = make_instrument(self.space, SCALE, WORDS)
        self.measuring_id, first = make_measuring(self.space, self.instrument_id)
        self.rounds = [first]
        self.members = [
            make_member(self.space, voice=voice)
            for voice in VOICES
            for _ in range(self.rng.choice([0, 3, 4, 5, 7, 9, 12]))
        ]
        self.answer()
        self.close()
        with changing(self.space.id) as log:
            instrument = log.session.get(Instrument, self.instrument_id)
            measuring = log.session.get(Measuring, self.measuring_id)
            self.rounds.append(open_round(log, measuring, instrument, 1))
        self.answer()
        self.close()
        session().get(Space, self.space.id).is_public = True
        session().commit()

    @property
    def path(self):
        return f"/spaces/{self.space.id}/measurings/{self.measuring_id}/figures"

    @property
    def items(self):
        query = select(InstrumentItem).where(InstrumentItem.instrument_id == self.instrument_id)
        return list(session().scalars(query.order_by(InstrumentItem.position)))

    def answer(self):
        middle, width = self.rng.randint(2, 8), self.rng.choice([0, 1, 3])
        with changing(self.space.id) as log:
            for member in self.members:
                if self.rng.random() < 0.1:
                    continue
                number = min(10, max(0, middle + self.rng.randint(-width, width)))
                word = self.rng.choices(list(Agreement), [width * 2 + 1, 2, width])[0]
                for item, value in zip(self.items, (number, word), strict=True):
                    log.session.add(
                        Answer(
                            space_id=self.space.id,
                            maker_id=member.id,
                            round_id=self.rounds[-1],
                            item_id=item.id,
                            value=value,
                        )
                    )

    def close(self):
        with changing(self.space.id) as log:
            here = log.session.get(Round, self.rounds[-1])
            here.closed_at = utcnow()
            publish_round(log, here)

    def allowed(self, circle, earlier=None):
        """Straight from the answers, without a page or a table in between."""
        threshold = session().get(Space, self.space.id).threshold
        found = {}
        for item, shape in zip(self.items, (SCALE, WORDS), strict=True):
            others = []
            for round_id in self.rounds:
                now = answers_to_publish(round_id, item.id, shape)
                before = (earlier or {}).get((round_id, item.id))
                snapshot = publish(before, now, guard_for(threshold, 0), others)
                others.append(snapshot)
                found[round_id, item.id] = snapshot
        self.snapshots = found
        return {key: figures_for(snapshot, circle) for key, snapshot in found.items()}


def rows(figures, options):
    """What the tables may hold: round, voice, people, the number of each answer, how many are not told."""
    found = Counter()
    for (round_name, place), each in figures.items():
        told = [("Iedereen samen", each.together), *((voice, part) for voice, part in each.by_voice.items())]
        for voice, parts in told:
            if parts:
                name = "Kleinere groepen samen" if voice is None else VOICES.get(voice, voice)
                counts = [parts[0].counts.get(value, 0) for value in options[place]]
                found[round_name, name, parts[0].n, *counts, parts[0].untold] += 1
    return found


def read_rows(page, skip):
    """The same out of the page; `skip`: how many columns of a table are made of the others."""
    found = Counter()
    for place, table in enumerate(re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)):
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL):
            cells = [unescape(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            numbers = [int(each) for each in cells[3 + skip[place] :]]
            found[cells[0], cells[1], int(cells[2]), *numbers] += 1
    return found


def numbers_in_pictures(page):
    """Each number of people that a picture has in it, in what it says aloud or in what stands in it."""
    pictures = "".join(re.findall(r"<svg class=\"picture.*?</svg>", page, re.DOTALL))
    told = re.findall(r"(\d+) mens(?:en)?\b", pictures)
    drawn = re.findall(r'<text class="(?:number|in|count)"[^>]*>(\d+)</text>', pictures)
    return {int(each) for each in told + drawn}


def may_be_told(figures):
    """Every number of people that follows from what is allowed."""
    found = {0}
    for each in figures.values():
        for parts in [each.together, *each.by_voice.values()]:
            for part in parts:
                found |= {part.n, part.untold, *part.counts.values()}
    return found


def check(gathering, browser, circle, earlier):
    figures = gathering.allowed(circle, earlier)
    session().rollback()
    page = browser.get(gathering.path)
    assert page.status_code == 200
    names = dict(zip(gathering.rounds, ("Nulmeting", "Meetronde 1"), strict=True))
    places = {item.id: place for place, item in enumerate(gathering.items)}
    named = {(names[round_id], places[item_id]): each for (round_id, item_id), each in figures.items()}
    options = (range(11), range(3))
    shown = [place for place in (0, 1) if any(each.together for (_r, p), each in named.items() if p == place)]
    assert read_rows(page.text, [2 if place == 0 else 0 for place in shown]) == rows(named, options)
    assert numbers_in_pictures(page.text) <= may_be_told(figures)
    means = {
        f"{part[0].mean:.1f}"
        for each in figures.values()
        for part in all_parts(each)
        if part[0].mean is not None
    }
    large = re.findall(r"<b>(\d+,\d)</b>", page.text)
    assert {each.replace(",", ".") for each in large} <= means


def all_parts(figures):
    return [part for part in [figures.together, *figures.by_voice.values()] if part]


@pytest.mark.parametrize("seed", range(TIMES))
def test_numbers_on_the_page_are_those_that_may_be_told(in_context, new_browser, seed):
    gathering = Gathering(seed)
    browser = new_browser(gathering.space.steward)
    check(gathering, browser, Circle.SPACE, None)
    earlier = dict(gathering.snapshots)
    answers = session().scalars(select(Answer).where(Answer.space_id == gathering.space.id)).all()
    for answer in gathering.rng.sample(answers, min(2, len(answers))):
        member = next(each for each in gathering.members if each.id == answer.maker_id)
        withdraw_contribution(member.viewer, "answer", answer.id)
        gathering.allowed(Circle.SPACE, earlier)
        earlier = dict(gathering.snapshots)
    check(gathering, browser, Circle.SPACE, earlier)


@pytest.mark.parametrize("seed", range(TIMES))
def test_who_passes_by_reads_no_more_than_outside(in_context, new_browser, seed):
    gathering = Gathering(seed)
    check(gathering, new_browser(), Circle.OUTSIDE, None)
    earlier = dict(gathering.snapshots)
    answers = session().scalars(select(Answer).where(Answer.space_id == gathering.space.id)).all()
    if answers:
        answer = gathering.rng.choice(answers)
        member = next(each for each in gathering.members if each.id == answer.maker_id)
        withdraw_contribution(member.viewer, "answer", answer.id)
    check(gathering, new_browser(), Circle.OUTSIDE, earlier)

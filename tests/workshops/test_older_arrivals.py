"""More things than stand on the console at once: counted, brought, and never out of reach."""

import re

import pytest

from cocreate.workshops.queries.arrivals import MOST
from tests.factories import make_heading, make_impact, make_moment, make_reply

WHY = "Hier staat een adres in."


def cards_on(page):
    """The things that stand on the console, in order; in the templates for new ones there is none."""
    return re.findall(r'data-arrival="([^"]+)"', page)


def numbers_on(page):
    """How many of what there are, by its button, where there is any; and in all."""
    found = re.findall(r'data-only="([^"]*)"[^>]*>[^<]*<b data-number>([1-9]\d*)', page)
    return {
        **{key: int(number) for key, number in found},
        "in all": int(re.search(r"data-count>(\d+)", page)[1]),
    }


@pytest.fixture
def many(app, meeting, request):
    """That many moments, the oldest first."""
    with app.app_context():
        return [str(make_moment(meeting.maker, meeting.workshop)) for _ in range(request.param)]


@pytest.mark.parametrize("many", [60, 65, 130], indirect=True)
def test_all_that_was_told_is_counted_and_older_ones_are_brought_by_a_link(meeting, many):
    newest_first = many[::-1]
    path = f"{meeting.path}/console"
    for most in range(MOST, len(many) + MOST, MOST):
        page = meeting.lead.get(path).text
        assert cards_on(page) == newest_first[:most]
        assert numbers_on(page) == dict.fromkeys(("", "moment", "in all"), len(many))
        if most < len(many):
            (link,) = re.findall(r'href="([^"]+)" data-older-ones', page)
            assert f"<b data-number>{len(many) - most}</b></a>" in page
            path = link.partition("#")[0]
    assert "data-older-ones" not in page
    assert cards_on(meeting.lead.get(f"{meeting.path}/arrivals?most={len(many)}").text) == newest_first


@pytest.fixture
def told(app, meeting):
    with app.app_context():
        return make_moment(meeting.maker, meeting.workshop)


@pytest.mark.parametrize("most", ["", "nee", "-5", "5", "1e9", "9" * 40])
def test_a_wish_for_more_that_says_nothing_changes_nothing_and_breaks_nothing(meeting, told, most):
    page = meeting.lead.get(f"{meeting.path}/arrivals?most={most}")
    assert (page.status_code, cards_on(page.text)) == (200, [str(told)])


@pytest.mark.parametrize("many", [65], indirect=True)
def test_what_is_old_is_lit_grouped_and_set_aside_as_anything_else(app, meeting, many):
    lit, under, aside = many[:3]
    with app.app_context():
        heading = str(make_heading(meeting.space, meeting.workshop))
    assert not {lit, under, aside} & set(cards_on(meeting.console()))
    assert meeting.post("highlight", topic="moment", id=lit).status_code == 200
    assert meeting.post("grouped", topic="moment", id=under, heading_id=heading).status_code == 200
    assert meeting.post("asides", topic="moment", id=aside, reason=WHY).status_code == 200
    page = meeting.console()
    assert cards_on(page) == [
        under,
        *many[:4:-1],
        lit,
    ]  # the heading first, then the newest 60, then what is lit
    assert f'data-heading="{heading}"><li class="arrival" data-arrival="{under}"' in " ".join(page.split())
    assert f'class="arrival is-lit" data-arrival="{lit}"' in page
    assert numbers_on(page)["moment"] == 64
    assert "<b data-number>2</b></a>" in page


@pytest.mark.parametrize("many", [61], indirect=True)
def test_one_kind_and_one_question_take_no_place_of_another(app, meeting, many):
    with app.app_context():
        impact = str(make_impact(meeting.maker, meeting.workshop))
        one, other = list(meeting.workshop.steps.values())[:2]
        first = str(make_reply(meeting.maker, meeting.workshop, "Als eerste.", one))
        for number in range(61):
            make_reply(meeting.maker, meeting.workshop, f"Antwoord {number}.", other)
    page = meeting.console()
    assert {impact, first} < set(cards_on(page))
    assert numbers_on(page) == {
        "": 124,
        "in all": 124,
        "moment": 61,
        "impact": 1,
        f"reply:{one}": 1,
        f"reply:{other}": 61,
    }
    assert "<b data-number>2</b></a>" in page  # one moment and one answer

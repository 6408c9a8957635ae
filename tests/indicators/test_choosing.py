"""Choosing together: who makes a list, who has a say, one choice for each person, and what is shown."""

import itertools
import json
import re
import uuid

import pytest
from sqlalchemy import func, select

from cocreate.core.audience import Viewer, Visibility
from cocreate.core.changes import Change
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, Invalid, NotFound
from cocreate.indicators.models import Ballot, Choosing, ChoosingItem, Indicator
from cocreate.indicators.queries.choosing import outcome_for, signs_for_all, turnout, votes_in
from cocreate.indicators.rules import Decision
from cocreate.indicators.service.choosing import approve, close_choosing
from cocreate.indicators.shares import fair_set
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.contributions import Arrival
from cocreate.spaces.models import Space, Voice
from cocreate.spaces.rules import Role
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_account,
    make_ballot,
    make_choosing,
    make_impact,
    make_indicator,
    make_member,
    make_space,
    make_workshop,
)

SIGNS = ("We groeten elkaar.", "De oma's komen vanzelf.", "Iemand vraagt om hulp.", "Het plein is vol.")


class Scene:
    """A space with four signs, six residents, six young people and two professionals."""

    def __init__(self):
        self.space = make_space()
        self.workshop = make_workshop(self.space)
        self.people = {
            voice: [make_member(self.space, self.workshop, voice=voice) for _ in range(count)]
            for voice, count in (("resident", 6), ("youth", 6), ("professional", 2))
        }
        self.maker = self.people["resident"][0]
        impact = make_impact(self.maker, self.workshop)
        self.signs = [make_indicator(self.maker, self.workshop, impact, text) for text in SIGNS]
        self.leader = self.space.steward

    def all_vote(self, choosing_id):
        """Residents want the first two, young people the last two, professionals the second."""
        wanted = {"resident": self.signs[:2], "youth": self.signs[2:], "professional": self.signs[1:2]}
        for voice, people in self.people.items():
            for person in people:
                make_ballot(person, choosing_id, *wanted[voice])

    def panel(self, voice="youth"):
        """Make this voice a panel."""
        query = select(Voice).where(Voice.space_id == self.space.id, Voice.key == voice)
        found = session().scalar(query)
        found.is_panel = True
        session().commit()
        return found.id


@pytest.fixture
def scene(app):
    """For tests that speak to services."""
    with app.app_context():
        yield Scene()


@pytest.fixture
def town(app):
    """For tests that read pages."""
    with app.app_context():
        return Scene()


def result_of(choosing_id):
    return session().get(Choosing, choosing_id, populate_existing=True).result


def page_of(browser, town, choosing_id=None):
    return browser.get(f"/spaces/{town.space.id}/choosings" + (f"/{choosing_id}" if choosing_id else "")).text


# Making a list


def test_a_list_holds_the_signs_in_the_order_of_proposal_with_what_they_cost(scene):
    choosing_id = make_choosing(scene.leader, signs=scene.signs[::-1])
    query = (
        select(ChoosingItem).where(ChoosingItem.choosing_id == choosing_id).order_by(ChoosingItem.position)
    )
    items = list(session().scalars(query))
    assert [item.indicator_id for item in items] == scene.signs
    assert all(item.seconds > 0 for item in items)


def test_only_who_leads_opens_and_closes_a_choosing_of_everybody(scene):
    with pytest.raises(NotFound):
        make_choosing(scene.people["youth"][0])
    choosing_id = make_choosing(scene.leader)
    with pytest.raises(NotFound):
        close_choosing(scene.people["youth"][0].viewer, choosing_id)


def test_a_panel_leads_its_own_choosing_and_nobody_else_does(scene):
    youth = scene.panel()
    facilitator = make_member(scene.space, role=Role.FACILITATOR, person_id=make_account())
    for other in (scene.leader, facilitator, scene.people["resident"][0]):
        with pytest.raises(NotFound):
            make_choosing(other, voice_id=youth)
    choosing_id = make_choosing(scene.people["youth"][0], voice_id=youth)
    for other in (scene.leader, facilitator, scene.people["resident"][0]):
        with pytest.raises(NotFound):
            close_choosing(other.viewer, choosing_id)
        with pytest.raises(NotFound):
            make_ballot(other, choosing_id, scene.signs[0])
    close_choosing(scene.people["youth"][1].viewer, choosing_id)
    assert session().get(Choosing, choosing_id).closed_at is not None


def test_who_leads_is_not_of_the_panel_though_they_took_its_voice(scene):
    youth = scene.panel()
    leading = make_member(scene.space, voice="youth", role=Role.FACILITATOR, person_id=make_account())
    with pytest.raises(NotFound):
        make_choosing(leading, voice_id=youth)
    choosing_id = make_choosing(scene.people["youth"][0], voice_id=youth)
    with pytest.raises(NotFound):
        make_ballot(leading, choosing_id, scene.signs[0])
    with pytest.raises(NotFound):
        close_choosing(leading.viewer, choosing_id)


def test_a_voice_that_is_no_panel_leads_nothing(scene):
    voice_id = scene.people["youth"][0].viewer.voice_id
    with pytest.raises(NotFound):
        make_choosing(scene.people["youth"][0], voice_id=voice_id)


@pytest.mark.parametrize("limit", [{"seats": None}, {"seats": 2, "seconds": 60}])
def test_a_list_stops_at_a_number_or_at_a_time(scene, limit):
    with pytest.raises(Invalid):
        make_choosing(scene.leader, **{"seconds": None, **limit})


def test_a_sign_that_not_all_may_see_is_on_no_list(scene):
    impact = make_impact(scene.maker, scene.workshop)
    hidden = make_indicator(scene.maker, scene.workshop, impact, visibility=Visibility.WORKSHOP)
    assert hidden not in [sign.id for sign in signs_for_all(scene.space.id)]
    with pytest.raises(Invalid):
        make_choosing(scene.leader, signs=[hidden])


def test_the_form_begins_without_what_is_left_alone_on_purpose(app, town, new_browser):
    with app.app_context():
        session().get(Indicator, town.signs[3]).decision = Decision.NOT_MEASURED
        session().commit()
    page = page_of(new_browser(town.leader), town)
    ticked = re.findall(r'name="signs" value="([^"]+)" checked', page)
    assert ticked == [str(sign) for sign in town.signs[:3]]
    assert str(town.signs[3]) in page


def test_a_list_is_made_with_a_form(app, town, new_browser):
    browser = new_browser(town.leader)
    form, signs = (
        form_of(page_of(browser, town), **{"class": "form sheet"}),
        [str(sign) for sign in town.signs],
    )
    assert browser.submit(form, title="Waar beginnen we?", signs=signs[:3], seats="2").status_code == 303
    assert browser.submit(form, title="Kort", limit="minutes", minutes="3", signs=signs).status_code == 303
    with app.app_context():
        made = {each.title: each for each in session().scalars(select(Choosing))}
        counted, timed = made["Waar beginnen we?"], made["Kort"]
        assert (counted.seats, counted.seconds, counted.voice_id) == (2, None, None)
        assert (timed.seats, timed.seconds) == (None, 180)


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"signs": []}, {"seats": ""}, {"limit": "minutes", "minutes": ""}, {"seats": "0"}],
)
def test_a_list_that_does_not_fit_says_what_is_wrong(app, town, new_browser, wrong):
    browser = new_browser(town.leader)
    form = form_of(page_of(browser, town), **{"class": "form sheet"})
    told = {"title": "Lijst", "signs": [str(sign) for sign in town.signs], "seats": "2", **wrong}
    answer = browser.submit(form, **told)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    with app.app_context():
        assert session().scalar(select(func.count()).select_from(Choosing)) == 0


# Choosing


def test_the_last_choice_counts_and_the_same_id_twice_is_once(scene):
    choosing_id = make_choosing(scene.leader)
    me, first = scene.maker, new_id()
    make_ballot(me, choosing_id, scene.signs[0], id=first)
    make_ballot(me, choosing_id, *scene.signs[1:3])
    make_ballot(me, choosing_id, scene.signs[0], id=first)  # comes again, from an outbox
    ballots = list(session().scalars(select(Ballot)))
    assert [ballot.approved for ballot in ballots] == [[str(sign) for sign in scene.signs[1:3]]]


def test_a_choice_is_for_its_maker_alone_for_good(scene):
    choosing_id = make_choosing(scene.leader)
    arrival = Arrival(new_id(), None, Visibility.PUBLIC)
    approve(scene.maker.viewer, arrival, choosing_id, [str(scene.signs[0])])
    ballot = session().scalar(select(Ballot))
    assert ballot.visibility == Visibility.MAKER
    with pytest.raises(NotFound):
        show_to(scene.maker.viewer, "ballot", ballot.id, Visibility.SPACE)


def test_its_maker_reads_it_back_and_cannot_show_it_to_others(app, town, new_browser):
    with app.app_context():
        choosing_id = make_choosing(town.leader)
        ballot_id = make_ballot(town.maker, choosing_id, town.signs[1])
    browser = new_browser(town.maker)
    mine = browser.get("/mine").text
    assert mine.count("De oma&#39;s komen vanzelf.") == 2  # the sign is theirs too
    assert f"ballot/{ballot_id}/withdrawal" in mine
    assert f"ballot/{ballot_id}/visibility" not in mine
    told = {"choosing_id": str(choosing_id), "approved": [str(town.signs[0])]}
    path = f"/spaces/{town.space.id}/ballots"
    assert browser.post(path, json={**told, "visibility": "space"}).status_code == 422
    assert browser.post(path, json=told).status_code == 201


@pytest.mark.parametrize("approved", [[], [str(uuid.uuid4())], ["geen id"]])
def test_only_signs_on_the_list_can_be_chosen(app, town, new_browser, approved):
    with app.app_context():
        choosing_id = make_choosing(town.leader)
    answer = new_browser(town.maker).post(
        f"/spaces/{town.space.id}/ballots", json={"choosing_id": str(choosing_id), "approved": approved}
    )
    assert answer.status_code == 422


def test_a_choosing_of_another_space_is_absent(scene):
    choosing_id = make_choosing(scene.leader)
    other = make_space()
    workshop = make_workshop(other)
    stranger = make_member(other, workshop)
    make_indicator(stranger, workshop, make_impact(stranger, workshop))
    make_choosing(other.steward)
    with pytest.raises(NotFound):
        make_ballot(stranger, choosing_id, scene.signs[0])


def test_fifty_taps_of_one_person_are_one_choice(app, scene, together):
    choosing_id, viewer, signs = make_choosing(scene.leader), scene.maker.viewer, scene.signs

    def tap(place):
        arrival = Arrival(new_id(), None, Visibility.MAKER)
        return approve(viewer, arrival, choosing_id, [str(signs[place % 4])])

    answers = together(app, 50, tap)
    session().rollback()  # what was read before is not what there is now
    assert {answer["state"] for answer in answers} == {"kept"}
    assert session().scalar(select(func.count()).select_from(Ballot)) == 1


def test_fifty_people_at_once_are_fifty_choices(app, scene, together):
    choosing_id, signs = make_choosing(scene.leader), scene.signs
    viewers = [make_member(scene.space, scene.workshop).viewer for _ in range(50)]

    def tap(place):
        arrival = Arrival(new_id(), None, Visibility.MAKER)
        return approve(viewers[place], arrival, choosing_id, [str(signs[place % 4])])

    answers = together(app, 50, tap)
    session().rollback()  # what was read before is not what there is now
    assert {answer["state"] for answer in answers} == {"kept"}
    chosen = dict(session().execute(select(Ballot.maker_id, Ballot.approved)).all())
    assert chosen == {viewer.membership_id: [str(signs[n % 4])] for n, viewer in enumerate(viewers)}


# While it is open


def test_while_it_is_open_nobody_sees_how_a_sign_is_doing(app, town, new_browser):
    with app.app_context():
        choosing_id = make_choosing(town.leader)
        passer = make_member(town.space, town.workshop)
    browsers = [new_browser(who) for who in (town.leader, passer)]
    paths = [f"/spaces/{town.space.id}/choosings/{choosing_id}", f"/spaces/{town.space.id}/choosings"]
    paths += [f"/workshops/{town.workshop.id}/stage?part=ballot"]
    random = re.compile(r'(name="csrf[-_]token"|name="id")[^>]*')

    def seen():
        return [random.sub("", browser.get(path).text) for browser in browsers for path in paths]

    pages = []
    for wanted in (town.signs[:2], town.signs[2:]):
        with app.app_context():
            for person in town.people["resident"] + town.people["youth"]:
                make_ballot(person, choosing_id, *wanted)
        pages.append(seen())
    assert pages[0] == pages[1]  # as many people, quite another choice
    assert "12 mensen hebben gekozen" in pages[0][0]


def test_how_many_of_a_voice_have_chosen_is_shown_when_they_and_the_others_are_enough(scene):
    choosing_id = make_choosing(scene.leader)
    choosing = session().get(Choosing, choosing_id)
    for voice in ("resident", "professional"):
        for person in scene.people[voice]:
            make_ballot(person, choosing_id, scene.signs[0])
    assert (
        turnout(scene.leader.viewer, choosing).people,
        turnout(scene.leader.viewer, choosing).by_voice,
    ) == (8, {})
    for person in scene.people["youth"]:
        make_ballot(person, choosing_id, scene.signs[0])
    told = turnout(scene.leader.viewer, choosing)
    assert told.people == 14
    assert len(told.by_voice) == 1  # the two professionals take one of both along
    assert set(told.by_voice.values()) == {6}


def test_the_log_tells_nobody_who_chose_what(scene):
    choosing_id = make_choosing(scene.leader)
    make_ballot(scene.maker, choosing_id, scene.signs[0])
    rows = list(session().scalars(select(Change).where(Change.space_id == scene.space.id)))
    for row in rows:
        if row.topic == "turnout":
            assert (row.actor_id, row.maker_id, row.payload) == (None, None, {})
        if row.topic == "ballot":
            assert row.visibility == Visibility.MAKER
        assert row.topic in ("indicator", "impact") or str(scene.signs[0]) not in json.dumps(row.payload)


# Counting


def test_what_comes_out_is_the_fair_set_of_the_ballots(scene):
    choosing_id = make_choosing(scene.leader, seats=2)
    scene.all_vote(choosing_id)
    choosing = session().get(Choosing, choosing_id)
    approvals = {vote.person: vote.approved for vote in votes_in(choosing)}
    fair = fair_set([str(sign) for sign in scene.signs], approvals, 2)
    close_choosing(scene.leader.viewer, choosing_id)
    result = result_of(choosing_id)
    assert [*(item for item, _price in result["rounds"]), *result["filled"]] == list(fair.winners)
    # The majority would have taken both: residents and professionals are eight, young people six.
    assert result["plain"] == [str(scene.signs[1]), str(scene.signs[0])]
    assert str(scene.signs[2]) in fair.winners


def test_counting_twice_is_counting_once_and_then_it_is_too_late(scene):
    choosing_id = make_choosing(scene.leader)
    scene.all_vote(choosing_id)
    close_choosing(scene.leader.viewer, choosing_id)
    first, closed_at = result_of(choosing_id), session().get(Choosing, choosing_id).closed_at
    with pytest.raises(Conflict):
        make_ballot(scene.maker, choosing_id, scene.signs[3])
    close_choosing(scene.leader.viewer, choosing_id)
    assert (result_of(choosing_id), session().get(Choosing, choosing_id).closed_at) == (first, closed_at)


def test_with_too_few_people_nothing_is_counted_and_the_page_says_why(app, town, new_browser):
    with app.app_context():
        choosing_id = make_choosing(town.leader)
        for person in town.people["youth"][:4]:
            make_ballot(person, choosing_id, town.signs[2])
        close_choosing(town.leader.viewer, choosing_id)
        assert result_of(choosing_id) is None
    page = page_of(new_browser(town.leader), town, choosing_id)
    assert "Er zijn er minstens 5 nodig." in page
    assert SIGNS[2] not in page


def test_what_was_taken_back_before_counting_does_not_count(scene):
    choosing_id = make_choosing(scene.leader)
    scene.all_vote(choosing_id)
    ballot = session().scalar(select(Ballot).where(Ballot.maker_id == scene.maker.id))
    withdraw_contribution(scene.maker.viewer, "ballot", ballot.id)
    assert session().get(Ballot, ballot.id, populate_existing=True).approved == []
    close_choosing(scene.leader.viewer, choosing_id)
    assert result_of(choosing_id)["people"] == 13


def test_a_sign_that_was_taken_back_wins_nothing(scene):
    choosing_id = make_choosing(scene.leader)
    scene.all_vote(choosing_id)
    withdraw_contribution(scene.maker.viewer, "indicator", scene.signs[2])
    close_choosing(scene.leader.viewer, choosing_id)
    assert str(scene.signs[2]) not in json.dumps(result_of(choosing_id))


def test_what_is_taken_back_afterwards_changes_no_result_but_hides_a_voice_that_is_too_small(scene):
    choosing_id = make_choosing(scene.leader)
    for voice in ("resident", "youth"):
        for person in scene.people[voice]:
            make_ballot(person, choosing_id, scene.signs[0 if voice == "resident" else 2])
    close_choosing(scene.leader.viewer, choosing_id)
    choosing, before = session().get(Choosing, choosing_id), result_of(choosing_id)
    assert [group.people for group in outcome_for(scene.leader.viewer, choosing).groups] == [6, 6]
    for person in scene.people["youth"][:2]:
        ballot = session().scalar(select(Ballot).where(Ballot.maker_id == person.id))
        withdraw_contribution(person.viewer, "ballot", ballot.id)
    assert result_of(choosing_id) == before
    shown = outcome_for(scene.leader.viewer, choosing)
    assert [group.people for group in shown.groups] == [12]
    assert str(scene.signs[2]) in [winner.item for winner in shown.winners]  # it won, and stays
    for person in scene.people["resident"] + scene.people["youth"][2:]:
        ballot = session().scalar(select(Ballot).where(Ballot.maker_id == person.id))
        withdraw_contribution(person.viewer, "ballot", ballot.id)
    assert outcome_for(scene.leader.viewer, choosing).groups == ()


def test_who_looks_from_outside_sees_no_group_of_fewer_than_ten(scene):
    choosing_id = make_choosing(scene.leader)
    scene.all_vote(choosing_id)
    close_choosing(scene.leader.viewer, choosing_id)
    choosing = session().get(Choosing, choosing_id)
    passer_by = Viewer(scene.space.id, sees_public=True)
    assert [group.people for group in outcome_for(passer_by, choosing).groups] == [14]
    assert len(outcome_for(scene.leader.viewer, choosing).groups) == 2


def test_the_page_tells_who_paid_and_what_most_votes_would_have_chosen(app, town, new_browser):
    with app.app_context():
        choosing_id = make_choosing(town.leader)
        town.all_vote(choosing_id)
        close_choosing(town.leader.viewer, choosing_id)
    page = page_of(new_browser(town.people["youth"][0]), town, choosing_id)
    assert '<svg class="chips-picture" role="img"' in page
    assert "Elke stem kreeg zijn deel" in page
    assert "Alleen de meeste stemmen" in page
    assert f"/spaces/{town.space.id}/indicators/{town.signs[2]}" in page
    assert "Besluit wat je ermee doet" not in page
    assert "Besluit wat je ermee doet" in page_of(new_browser(town.leader), town, choosing_id)


def test_a_ballot_is_filled_in_without_scripts_and_comes_back_ticked(app, town, new_browser):
    with app.app_context():
        choosing_id = make_choosing(town.leader)
    browser = new_browser(town.maker)
    page = page_of(browser, town, choosing_id)
    form = form_of(page, action=f"/spaces/{town.space.id}/ballots")
    answer = browser.submit(form, approved=[str(sign) for sign in town.signs[:2]])
    assert (answer.status_code, answer.location) == (303, f"/spaces/{town.space.id}/choosings/{choosing_id}")
    ticked = re.findall(r'name="approved" value="([^"]+)" checked', page_of(browser, town, choosing_id))
    assert ticked == [str(sign) for sign in town.signs[:2]]


def test_signs_are_read_by_who_may_see_them(app, new_browser):
    with app.app_context():
        town = Scene()
        session().get(Space, town.space.id).is_public = True
        session().commit()
        impact = make_impact(town.maker, town.workshop, visibility=Visibility.PUBLIC)
        make_indicator(
            town.maker, town.workshop, impact, "Voor iedereen te zien.", visibility=Visibility.PUBLIC
        )
        choosing_id = make_choosing(town.leader)
        show_to(town.maker.viewer, "indicator", town.signs[0], Visibility.MAKER)
        for person in itertools.chain.from_iterable(town.people.values()):
            make_ballot(person, choosing_id, *town.signs)
    for is_counted in (False, True):
        if is_counted:
            with app.app_context():
                close_choosing(town.leader.viewer, choosing_id)
        passer_by = page_of(new_browser(), town, choosing_id)
        assert ("Voor iedereen te zien." in passer_by) is not is_counted  # it did not win
        assert all(text.replace("'", "&#39;") not in passer_by for text in SIGNS)
        neighbour = page_of(new_browser(town.people["youth"][0]), town, choosing_id)
        assert SIGNS[0] not in neighbour  # its maker keeps it to themselves now
        assert SIGNS[2] in neighbour or is_counted

"""What a part of a meeting says of everything told in it: how far it goes, how many, with a name or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cocreate.core.audience import Visibility
from cocreate.core.changes import changes_after, changing, head_of
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, NotFound
from cocreate.impacts.models import Stance
from cocreate.indicators.kinds import Agreement
from cocreate.indicators.models import Tryout
from cocreate.indicators.service.building import try_out
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.privacy.queries import told_by
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.openings import Terms, put_on_stage
from cocreate.spaces.rules import Activity
from cocreate.workshops.service.lighting import put_aside, take_back_in
from tests.factories import (
    make_arrival,
    make_factor,
    make_impact,
    make_indicator,
    make_member,
    make_moment,
    make_question,
    make_stance,
    make_tryout,
    make_workshop,
)


@pytest.fixture
def sam(app, space, workshop):
    with app.app_context():
        return make_member(space, workshop, name="Sam")


@pytest.fixture
def on(app, space, workshop):
    """Put moments on stage on these terms."""

    def put(**terms):
        with app.app_context(), changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.MOMENTS, Terms(**terms))

    return put


def kept(moment_id, kind=Moment):
    return session().get(kind, moment_id)


@given(st.sampled_from(Visibility), st.sampled_from(Visibility))
def test_the_narrower_of_two_is_never_wider_than_either(one, other):
    order = list(Visibility)
    least = one.least(other)
    assert least in (one, other)
    assert order.index(least) == min(order.index(one), order.index(other))


@pytest.mark.parametrize("widest", Visibility)
@pytest.mark.parametrize("chosen", Visibility)
def test_nothing_goes_further_than_the_part_or_than_its_maker_says(app, workshop, sam, on, widest, chosen):
    on(widest=widest)
    with app.app_context():
        moment = kept(make_moment(sam, workshop, visibility=chosen))
        assert moment.visibility == chosen.least(widest)


def test_nor_does_its_maker_show_it_further_afterwards(app, workshop, sam, on):
    on(widest=Visibility.WORKSHOP)
    with app.app_context():
        moment = make_moment(sam, workshop, visibility=Visibility.MAKER)
        with pytest.raises(NotFound):
            show_to(sam.viewer, "moment", moment, Visibility.PUBLIC)
        show_to(sam.viewer, "moment", moment, Visibility.WORKSHOP)
        assert kept(moment).visibility == Visibility.WORKSHOP
        ((_space, (told,)),) = told_by(sam.person_id)
        assert told.audiences == {Visibility.MAKER, Visibility.WORKSHOP}


def test_without_terms_the_maker_decides(app, workshop, sam, on):
    on()
    with app.app_context():
        assert kept(make_moment(sam, workshop, visibility=Visibility.PUBLIC)).visibility == Visibility.PUBLIC


def test_one_person_tells_no_more_than_the_part_asks_for(app, space, workshop, sam, on):
    on(most_each=2)
    with app.app_context():
        first = make_moment(sam, workshop)
        again = make_arrival(workshop, id=new_id())
        make_moment(sam, workshop, id=again.id)
        with pytest.raises(Conflict) as refused:
            make_moment(sam, workshop, "Een derde")
        assert "2" in str(refused.value.message)
        make_moment(sam, workshop, id=again.id)  # the same one once more is no third
        make_moment(make_member(space, workshop), workshop, "Een ander")
        withdraw_contribution(sam.viewer, "moment", first)
        make_moment(sam, workshop, "Een betere")
        told = session().query(Moment).filter_by(maker_id=sam.id, withdrawn_at=None).count()
        assert told == 2


def test_what_comes_late_keeps_to_the_terms_of_the_part_it_was_told_in(app, space, workshop, sam):
    first, second = new_id(), new_id()
    with app.app_context():
        with changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.MOMENTS, Terms(), first)
            put_on_stage(log, workshop.id, Activity.MOMENTS, Terms(widest=Visibility.WORKSHOP), second)
        told = {
            words: kept(make_moment(sam, workshop, words, visibility=Visibility.PUBLIC, part_id=part))
            for words, part in (("een", first), ("twee", first), ("drie", second), ("vier", None))
        }
        seen = {words: moment.visibility for words, moment in told.items()}
        # Nobody says where the fourth was told: it goes no further than any part lets it go.
        assert seen == {"een": "public", "twee": "public", "drie": "workshop", "vier": "workshop"}
        assert kept(make_moment(sam, workshop, "vijf", part_id=first)).part_id == first


def test_each_part_counts_for_itself(app, space, workshop, sam):
    first, second = new_id(), new_id()
    with app.app_context():
        with changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.MOMENTS, Terms(), first)
            put_on_stage(log, workshop.id, Activity.MOMENTS, Terms(most_each=1), second)
        for part in (first, first, second):
            make_moment(sam, workshop, part_id=part)
        with pytest.raises(Conflict):
            make_moment(sam, workshop, part_id=second)
        make_moment(sam, workshop, part_id=first)


@pytest.mark.parametrize("one", ["of the part", "of no part", "of a part that is not there"])
@pytest.mark.parametrize("other", ["of the part", "of no part", "of a part that is not there"])
def test_who_does_not_say_in_which_part_tells_no_more(app, space, workshop, sam, one, other):
    part = new_id()
    parts = {"of the part": part, "of no part": None, "of a part that is not there": new_id()}
    with app.app_context():
        with changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.MOMENTS, Terms(most_each=1), part)
        make_moment(sam, workshop, part_id=parts[one])
        with pytest.raises(Conflict):
            make_moment(sam, workshop, part_id=parts[other])


@pytest.fixture
def two(app, space):
    """A second meeting, with moments in a part that stays there; and that part."""
    with app.app_context():
        workshop, part = make_workshop(space), new_id()
        with changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.MOMENTS, Terms(widest=Visibility.WORKSHOP), part)
        return workshop, part


def reach(factor_id):
    factor = session().get(WorkingFactor, factor_id)
    return factor.visibility, factor.widest, factor.workshop_id


@pytest.mark.parametrize("was", [Visibility.WORKSHOP, Visibility.SPACE, Visibility.PUBLIC])
@pytest.mark.parametrize("wants", Visibility)
def test_naming_it_again_in_a_narrow_part_takes_it_from_nobody(app, space, workshop, two, was, wants):
    other, part = two
    with app.app_context():
        sam = make_member(space, workshop, other)
        factor = make_factor(sam, workshop, "Soep", visibility=was)
        assert make_factor(sam, other, "soep", visibility=wants, part_id=part) == factor
        assert reach(factor) == (was, None, workshop.id)
        show_to(sam.viewer, "working_factor", factor, Visibility.PUBLIC)


def test_naming_it_again_in_a_wide_part_shows_it_to_more(app, space, workshop, two):
    other, part = two
    with app.app_context():
        sam = make_member(space, workshop, other)
        factor = make_factor(sam, other, "Soep", visibility=Visibility.PUBLIC, part_id=part)
        assert reach(factor) == (Visibility.WORKSHOP, Visibility.WORKSHOP, other.id)
        make_factor(sam, workshop, "soep", visibility=Visibility.SPACE)
        assert reach(factor) == (Visibility.SPACE, None, workshop.id)


@pytest.mark.parametrize("is_aside", [False, True])
def test_a_name_goes_no_further_than_the_part_in_which_it_is_put_with_it(app, space, workshop, two, is_aside):
    other, part = two
    with app.app_context():
        sam = make_member(space, workshop, other, name="Sam")
        with changing(space.id) as log:
            terms = Terms(widest=Visibility.WORKSHOP, has_names=True)
            put_on_stage(log, other.id, Activity.MOMENTS, terms, part)
        factor = make_factor(sam, workshop, "Soep", visibility=Visibility.SPACE)
        if is_aside:
            put_aside(space.steward.viewer, workshop.id, "working_factor", factor, "Even weg")
        make_factor(sam, other, "soep", is_signed=True, part_id=part)
        assert kept(factor, WorkingFactor).signed is None


def test_what_is_set_aside_does_not_come_back_by_naming_it_again(app, space, workshop, sam):
    with app.app_context():
        factor = make_factor(sam, workshop, "Soep", visibility=Visibility.SPACE)
        put_aside(space.steward.viewer, workshop.id, "working_factor", factor, "Even weg")
        for wants in Visibility:
            make_factor(sam, workshop, "soep", visibility=wants)
            assert kept(factor, WorkingFactor).visibility == Visibility.MAKER
        take_back_in(space.steward.viewer, workshop.id, "working_factor", factor)
        assert kept(factor, WorkingFactor).visibility == Visibility.SPACE


def told_since(space, at):
    return [(each.topic, each.verb, each.visibility) for each in changes_after(space.id, at, 100)]


@pytest.mark.parametrize("was", Visibility)
@pytest.mark.parametrize("becomes", Visibility)
def test_who_tells_it_again_to_fewer_people_takes_it_from_open_pages(app, space, workshop, sam, was, becomes):
    order = list(Visibility)
    with app.app_context():
        impact = make_impact(space.steward, workshop)
        stance = make_stance(sam, workshop, impact, reason="Om deze reden", visibility=was)
        at = head_of(space.id)
        make_stance(sam, workshop, impact, reason="Om een andere", visibility=becomes)
        found = [each for each in changes_after(space.id, at, 100) if each.topic == "stance"]
        assert {each.subject_id for each in found} == {stance}
        told = [(each.verb, each.visibility) for each in found]
        narrower = order.index(becomes) < order.index(was)
        assert told == [*([("hidden", was)] if narrower else []), ("shared", becomes)]


def test_also_when_it_is_the_part_that_goes_less_far(app, space, workshop, sam):
    with app.app_context():
        impact = make_impact(space.steward, workshop)
        make_stance(sam, workshop, impact, reason="Om deze reden")
        with changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.IMPACTS, Terms(widest=Visibility.WORKSHOP))
        at = head_of(space.id)
        make_stance(sam, workshop, impact, reason="Om een andere")
        assert ("stance", "hidden", Visibility.SPACE) in told_since(space, at)


def test_also_when_it_is_another_meeting_that_may_see_it(app, space, workshop):
    with app.app_context():
        other = make_workshop(space)
        sam = make_member(space, workshop, other)
        impact = make_impact(sam, workshop)
        for where in (workshop, other):
            at = head_of(space.id)
            make_stance(sam, where, impact, reason="Om deze reden", visibility=Visibility.WORKSHOP)
        hidden = [each for each in changes_after(space.id, at, 100) if each.verb == "hidden"]
        assert [each.workshop_id for each in hidden] == [workshop.id]


def test_what_was_taken_back_before_is_on_no_open_page(app, space, workshop, sam):
    with app.app_context():
        impact = make_impact(space.steward, workshop)
        stance = make_stance(sam, workshop, impact, reason="Om deze reden")
        withdraw_contribution(sam.viewer, "stance", stance)
        at = head_of(space.id)
        make_stance(sam, workshop, impact, visibility=Visibility.MAKER)
        assert "hidden" not in {verb for _topic, verb, _visibility in told_since(space, at)}


def test_an_older_try_out_that_comes_late_changes_nothing_of_the_newer_one(app, space, workshop, sam):
    with app.app_context():
        impact = make_impact(space.steward, workshop)
        sign = make_question(space.steward, make_indicator(space.steward, workshop, impact))
        make_question(space.steward, sign, "Hoe vaak groet iemand jou?")
        tryout = make_tryout(sam, workshop, sign, visibility=Visibility.SPACE)
        with changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.INDICATORS, Terms(widest=Visibility.MAKER))
        try_out(sam.viewer, make_arrival(workshop), sign, 1, Agreement.NO)
        assert kept(tryout, Tryout).visibility == Visibility.SPACE


def test_what_a_part_keeps_to_its_maker_is_in_no_number_on_the_way(app, space, workshop, sam):
    with app.app_context():
        impact = make_impact(space.steward, workshop)
        with changing(space.id) as log:
            put_on_stage(log, workshop.id, Activity.IMPACTS, Terms(widest=Visibility.MAKER), new_id())
        for _ in range(6):
            make_stance(make_member(space, workshop), workshop, impact, visibility=Visibility.SPACE)
        shown = session().scalars(select(Stance.shown_answer)).all()
        assert shown == [None] * 6


def test_what_helped_is_not_counted(app, workshop, sam, on):
    on(most_each=1)
    with app.app_context():
        moment = make_moment(sam, workshop)
        for name in ("Soep", "Tijd", "Een tafel"):
            make_factor(sam, workshop, name, moment)
        assert session().query(WorkingFactor).filter_by(maker_id=sam.id).count() == 3


@pytest.mark.parametrize(
    ("has_names", "wants", "name"), [(True, True, "Sam"), (True, False, None), (False, True, None)]
)
def test_a_name_stands_with_it_only_where_the_part_and_its_maker_want_it(
    app, workshop, sam, on, has_names, wants, name
):
    on(has_names=has_names)
    with app.app_context():
        assert kept(make_moment(sam, workshop, is_signed=wants)).signed == name


def test_a_name_from_before_does_not_go_along_when_it_is_told_again_without_one(app, workshop, sam, on):
    on(has_names=True)
    with app.app_context():
        first = make_factor(sam, workshop, "Soep", visibility=Visibility.WORKSHOP, is_signed=True)
        assert kept(first, WorkingFactor).signed == "Sam"
        version = kept(first, WorkingFactor).version
        make_factor(sam, workshop, "soep", visibility=Visibility.WORKSHOP)
        factor = kept(first, WorkingFactor)
        assert (factor.signed, factor.version) == (None, version + 1)
        make_factor(sam, workshop, "soep", visibility=Visibility.WORKSHOP, is_signed=True)
        on(has_names=False)
        assert make_factor(sam, workshop, "soep", visibility=Visibility.PUBLIC, is_signed=True) == first
        assert (factor.visibility, factor.signed) == (Visibility.PUBLIC, None)


def test_a_name_goes_when_the_words_are_taken_back(app, workshop, sam, on):
    on(has_names=True)
    with app.app_context():
        moment = make_moment(sam, workshop, is_signed=True)
        withdraw_contribution(sam.viewer, "moment", moment)
        assert kept(moment).signed is None


def test_what_a_helper_wrote_down_says_so(app, workshop, sam, on):
    on()
    with app.app_context():
        assert kept(make_moment(sam, workshop, is_by_helper=True)).is_by_helper is True
        assert kept(make_moment(sam, workshop)).is_by_helper is False

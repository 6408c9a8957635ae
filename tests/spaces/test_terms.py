"""What a part of a meeting says of everything told in it: how far it goes, how many, with a name or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import new_id, session
from cocreate.core.problems import Conflict, NotFound
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.privacy.queries import told_by
from cocreate.privacy.service import show_to, withdraw_contribution
from cocreate.spaces.openings import Terms, put_on_stage
from cocreate.spaces.rules import Activity
from tests.factories import make_arrival, make_factor, make_member, make_moment


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
            put_on_stage(
                log, workshop.id, Activity.MOMENTS, Terms(widest=Visibility.WORKSHOP, most_each=1), second
            )
        told = {
            words: kept(make_moment(sam, workshop, words, visibility=Visibility.PUBLIC, part_id=part))
            for words, part in (("een", first), ("twee", first), ("drie", second), ("vier", None))
        }
        seen = {words: moment.visibility for words, moment in told.items()}
        # Nobody says where the fourth was told: it goes no further than any part lets it go.
        assert seen == {"een": "public", "twee": "public", "drie": "workshop", "vier": "workshop"}
        with pytest.raises(Conflict):
            make_moment(sam, workshop, "vijf", part_id=second)
        assert kept(make_moment(sam, workshop, "zes", part_id=first)).part_id == first


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

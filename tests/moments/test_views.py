"""A moment over the wire: three questions, of which only the first is needed."""

import pytest
from sqlalchemy import select

from cocreate.core.db import session
from cocreate.moments.models import Moment

LONGEST = 2000


def send(guest, **words):
    told = {"workshop_id": str(guest.workshop.id), "what_happened": "Het regende.", **words}
    return guest.post(f"/spaces/{guest.workshop.space_id}/moments", json=told)


def test_only_what_happened_is_needed(app, guest):
    assert send(guest, why_it_mattered="", what_made_it_possible=None).status_code == 201
    with app.app_context():
        moment = session().scalars(select(Moment)).one()
        assert [getattr(moment, word) for word in Moment.words] == ["Het regende.", "", ""]


@pytest.mark.parametrize("word", Moment.words)
def test_each_answer_may_be_long_but_not_endless(app, guest, word):
    too_long = send(guest, **{word: "x" * (LONGEST + 1)})
    assert (too_long.status_code, list(too_long.json["fields"])) == (422, [word])
    assert send(guest, **{word: "x" * LONGEST}).status_code == 201


def test_space_around_the_words_is_not_kept_and_space_between_them_is(app, guest):
    send(guest, what_happened="  Het regende.\r\n\r\nEn toen?  \n")
    with app.app_context():
        assert session().scalars(select(Moment.what_happened)).one() == "Het regende.\n\nEn toen?"

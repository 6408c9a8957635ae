"""A moment over the wire: three questions, of which only the first is needed."""

import uuid

import pytest
from sqlalchemy import select

from cocreate.core.db import session
from cocreate.moments.models import Moment, WorkingFactor
from tests.browser_without_scripts import form_of, read_page

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


# What helped


def helped_by(guest, name, **more):
    told = {"workshop_id": str(guest.workshop.id), "name": name, **more}
    return guest.post(f"/spaces/{guest.workshop.space_id}/working-factors", json=told)


def stage_form(guest, path):
    return form_of(guest.stage().text, action=f"/spaces/{guest.workshop.space_id}/{path}")


def test_a_name_is_short_and_on_one_line(app, guest):
    too_long = helped_by(guest, "x" * 121)
    assert (too_long.status_code, list(too_long.json["fields"])) == (422, ["name"])
    assert helped_by(guest, " \n ").status_code == 422
    assert helped_by(guest, f" {'x' * 100} \r\n  naast  mij ").status_code == 201
    with app.app_context():
        assert session().scalars(select(WorkingFactor.name)).one() == f"{'x' * 100} naast mij"


@pytest.mark.parametrize("field", ["moment_id", "factor_id"])
@pytest.mark.parametrize("wrong", ["", "zz"])
def test_a_link_needs_both_ends(guest, field, wrong):
    told = {
        "workshop_id": str(guest.workshop.id),
        "moment_id": str(uuid.uuid4()),
        "factor_id": str(uuid.uuid4()),
    }
    path = f"/spaces/{guest.workshop.space_id}/moment-factors"
    answer = guest.post(path, json={**told, field: wrong})
    assert (answer.status_code, list(answer.json["fields"])) == (422, [field])
    assert guest.post(path, json=told).status_code == 404


def test_without_scripts_what_helped_is_named_tapped_and_untapped(app, guest, new_guest):
    other = new_guest()
    helped_by(other, "Er was tijd", visibility="space")
    guest.tell("moment", what_happened="Het regende.", visibility="workshop")
    assert guest.tell("working_factor", name="Een afdak").location == guest.stage_path
    with app.app_context():
        names = dict(session().execute(select(WorkingFactor.name, WorkingFactor.id)).all())
        # Who may see the moment may see what helped in it.
        assert session().get(WorkingFactor, names["Een afdak"]).visibility == "workshop"

    def pressed():
        chips = [facts for tag, facts in read_page(guest.stage().text).tags if facts.get("class") == "chip"]
        return {uuid.UUID(chip["value"]): chip.get("formaction") for chip in chips if chip["value"]}

    withdrawal = f"/spaces/{guest.workshop.space_id}/moment-factors/withdrawal"
    assert pressed() == {names["Er was tijd"]: None, names["Een afdak"]: withdrawal}
    guest.submit(stage_form(guest, "moment-factors"), factor_id=str(names["Er was tijd"]))
    assert pressed() == dict.fromkeys(names.values(), withdrawal)
    form = stage_form(guest, "moment-factors")
    guest.post(withdrawal, {**form.values, "factor_id": str(names["Een afdak"])})
    assert pressed() == {names["Er was tijd"]: withdrawal, names["Een afdak"]: None}


def test_nothing_is_asked_about_a_moment_before_one_is_told(guest):
    naming = [facts for _tag, facts in read_page(guest.stage().text).tags if "data-naming" in facts]
    assert ["data-has-moment" in facts for facts in naming] == [False]


def test_what_is_missing_is_asked_for_in_words_of_its_own(guest):
    guest.post("/language", {"language": "en"})
    asked = {facts["data-error-for"]: facts.get("data-needed") for facts in errors_of(guest.stage().text)}
    assert asked["what_happened"] == "Tell us what happened. A few words are enough."
    assert asked["name"] == "Write a few words, or tap what is already there."
    assert asked["why_it_mattered"] is None


def errors_of(text):
    return [facts for _tag, facts in read_page(text).tags if "data-error-for" in facts]

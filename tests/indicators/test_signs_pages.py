"""The pages of signs, as somebody without scripts meets them."""

import uuid

import pytest

from cocreate.core.audience import Visibility
from cocreate.core.db import session
from cocreate.impacts.rules import Position
from cocreate.indicators.kinds import AnswerKind, facts_of
from cocreate.indicators.models import Caution, Indicator, IndicatorStance, Tryout
from cocreate.spaces.openings import set_between_meetings
from cocreate.spaces.queries import panels_of, voices_of
from cocreate.spaces.rules import Activity, Role
from tests.browser_without_scripts import read_page
from tests.factories import (
    make_impact,
    make_indicator,
    make_member,
    make_question,
    make_space,
    make_stance_on_sign,
    make_tryout,
    make_workshop,
)
from tests.indicators.test_building import VOICES, Scene


@pytest.fixture
def scene(app):
    with app.app_context():
        scene = Scene()
        set_between_meetings(scene.lead.viewer, Activity.INDICATORS, True)
        session().expunge_all()
    return scene


def pages(scene):
    home = f"/spaces/{scene.space.id}/indicators"
    return home, f"{home}/{scene.sign_id}"


def form_to(answer, action):
    (found,) = [form for form in read_page(answer.text).forms if form.action.endswith(action)]
    return found


def the_form(browser, path):
    """The one form of a page that goes to that page itself."""
    return next(form for form in read_page(browser.get(path).text).forms if not form.action)


def sign_of(app, scene):
    with app.app_context():
        return session().get(Indicator, scene.sign_id, populate_existing=True)


# All of them


def test_signs_stand_with_what_they_are_a_sign_of_and_how_far_they_are(app, scene, new_browser):
    home, _own = pages(scene)
    browser = new_browser(scene.resident)
    text = browser.get(home).text
    assert "Iedereen doet mee." in text
    assert "We groeten elkaar." in text
    assert "Een teken" in text
    with app.app_context():
        make_question(scene.youth, scene.sign_id)
    text = browser.get(home).text
    assert "Een vraag" in text
    assert "ongeveer 10 seconden, niet gevoelig" in text
    with app.app_context():
        make_tryout(scene.resident, scene.workshop, scene.sign_id)
    assert "Uitgeprobeerd door 1 van de 2" in browser.get(home).text


def test_an_empty_page_teaches(app, new_browser):
    with app.app_context():
        space = make_space()
    text = new_browser(space.steward).get(f"/spaces/{space.id}/indicators").text
    assert "Nog niets genoemd" in text
    assert "Eerst: wat willen we bereiken?" in text


def test_a_sign_is_told_between_meetings_only_when_that_is_open(app, scene, new_browser):
    home, _own = pages(scene)
    browser = new_browser(scene.resident)
    page = browser.get(home)
    told = {"question": "De oma's komen vanzelf.", "impact_id": str(scene.impact_id)}
    form = form_to(page, home)
    answer = browser.submit(form, **told)
    assert (answer.status_code, answer.location) == (303, home)
    assert "De oma&#39;s komen vanzelf." in browser.get(home).text
    lead = new_browser(scene.lead)
    lead.submit(form_to(lead.get(home), "/openings"))
    assert 'name="impact_id"' not in browser.get(home).text
    # What was on its way still comes in for a while.
    assert browser.submit(form, **{**told, "id": str(uuid.uuid4())}).status_code == 303


def test_a_reader_reads_and_says_nothing(app, scene, new_browser):
    with app.app_context():
        reader = make_member(scene.space, role=Role.READER)
        make_question(scene.youth, scene.sign_id)
    for page in pages(scene):
        answer = new_browser(reader).get(page)
        assert answer.status_code == 200
        assert {form.action for form in read_page(answer.text).forms} <= {"/language", "/sign-out"}


def test_who_may_not_see_the_impact_sees_the_sign_apart(app, scene, new_browser):
    home, _own = pages(scene)
    with app.app_context():
        hidden = make_impact(
            scene.resident, scene.workshop, "Dit blijft van mij.", visibility=Visibility.WORKSHOP
        )
        sign_id = make_indicator(scene.resident, scene.workshop, hidden, "Dit mag iedereen zien.")
        neighbour = make_member(scene.space)
    browser = new_browser(neighbour)
    for path in (home, f"{home}/{sign_id}"):
        text = browser.get(path).text
        assert "Dit mag iedereen zien." in text
        assert "Dit blijft van mij." not in text


# Building


@pytest.mark.parametrize("kind", AnswerKind)
def test_each_kind_is_chosen_by_a_link_and_filled_in_without_scripts(app, scene, new_browser, kind):
    _home, own = pages(scene)
    browser = new_browser(scene.youth)
    assert f"{own}?kind={kind}#builder" in read_page(browser.get(own).text).links
    form = form_to(browser.get(f"{own}?kind={kind}"), "/question")
    facts = facts_of(kind)
    offered = {name for name in form.values if name.startswith("label_")}
    assert offered == {f"label_{number}" for number in range(1, max(facts.labels) + 1)}
    assert ("unit" in form.values) == facts.has_unit
    assert {name for name in ("lowest", "highest") if name in form.values} == set(facts.movable)
    assert form.values["asked"].strip() == "We groeten elkaar."
    told = {name: f"Woord {name}" for name in offered if 0 not in facts.labels}
    told |= {"unit": "keer per week"} if facts.has_unit else {}
    answer = browser.submit(form, **told, asked="Hoe gaat het?")
    assert (answer.status_code, answer.location) == (303, own)
    sign = sign_of(app, scene)
    assert (sign.kind, sign.asked, sign.built) == (kind, "Hoe gaat het?", 1)
    text = browser.get(own).text
    assert f'data-kind="{kind}"' in text
    assert "Hoe gaat het?" in text


BAD = [
    ({"kind": "dyad", "label_1": "Alleen links"}, "label_1"),
    ({"kind": "dyad", "label_1": "Gelijk", "label_2": "Gelijk"}, "label_1"),
    ({"kind": "five_points"}, "label_1"),
    ({"kind": "count"}, "unit"),
    ({"kind": "count", "unit": "keer", "highest": "0"}, "highest"),
    ({"kind": "count", "unit": "keer", "highest": "veel"}, "highest"),
    ({"kind": "count", "unit": "keer", "highest": "1000001"}, "highest"),
    ({"kind": "have_and_wish", "unit": "mensen", "lowest": "-1"}, "lowest"),
    ({"kind": "have_and_wish", "unit": "mensen", "lowest": "7", "highest": "7"}, "highest"),
    ({"kind": "smileys", "label_1": "x" * 201}, "label_1"),
    ({"kind": "smileys", "asked": " "}, "asked"),
    ({"kind": "smileys", "asked": "x" * 501}, "asked"),
    ({"kind": "smileys", "sensitivity": "4"}, "sensitivity"),
    ({"kind": "smileys", "sensitivity": ""}, "sensitivity"),
    ({"kind": "star rating"}, "kind"),
    ({}, "kind"),
    ({"kind": "smileys", "maker_id": "x"}, "maker_id"),
]


@pytest.mark.parametrize(("told", "field"), BAD)
def test_what_does_not_fit_is_told_where_it_stands_and_nothing_is_kept(app, scene, new_browser, told, field):
    _home, own = pages(scene)
    browser = new_browser(scene.youth)
    told = {"asked": "Hoe gaat het?", "sensitivity": "0", **told}
    answer = browser.post(f"{own}/question", json=told)
    assert (answer.status_code, list(answer.json["fields"])) == (422, [field])
    assert all(words and words[0].endswith(".") for words in answer.json["fields"].values())
    page = browser.post(f"{own}/question", told)
    assert page.status_code == 422
    if field in ("label_1", "unit", "highest", "lowest"):
        assert f'id="{field}-error"' in page.text
    assert sign_of(app, scene).kind is None


@pytest.mark.parametrize("built", ["0", "", "x", "-1", "²", "9" * 5000])
def test_nonsense_about_which_form_it_was_breaks_nothing(scene, new_browser, built):
    _home, own = pages(scene)
    told = {"asked": "En?", "sensitivity": "0", "kind": "open", "built": built}
    assert new_browser(scene.youth).post(f"{own}/question", told).status_code in (303, 409)


def test_settings_of_another_kind_are_left_out(app, scene, new_browser):
    _home, own = pages(scene)
    told = {"asked": "En?", "sensitivity": "0", "kind": "open", "label_1": "x", "unit": "y", "highest": "3"}
    assert new_browser(scene.youth).post(f"{own}/question", told).status_code == 303
    assert sign_of(app, scene).shape.labels == ()


def test_a_word_that_may_hurt_is_told_with_a_reason_and_another_way(app, scene, new_browser):
    _home, own = pages(scene)
    browser = new_browser(scene.youth)
    form = form_to(browser.get(f"{own}?kind=smileys"), "/question")
    assert "overruled_because" not in form.values
    page = browser.submit(form, asked="Voel je je eenzaam?")
    assert page.status_code == 422
    assert "Wie dit leest, krijgt een stempel." in page.text
    assert "Hoeveel mensen kun je bellen" in page.text
    again = form_to(page, "/question")
    assert again.values["asked"].strip() == "Voel je je eenzaam?"
    assert browser.submit(again, overruled_because="Zo zeggen wij het zelf.").status_code == 303
    with app.app_context():
        reader = make_member(scene.space, role=Role.READER)
    text = new_browser(reader).get(own).text
    assert "Zo zeggen wij het zelf." in text
    assert "eenzaam" in text


def test_the_page_asks_again_when_the_reason_was_given_for_other_words(app, scene, new_browser):
    _home, own = pages(scene)
    browser = new_browser(scene.youth)
    form = form_to(browser.get(f"{own}?kind=smileys"), "/question")
    reason = "Dit woord kozen wij zelf."
    assert browser.submit(form, asked="Hoe eenzaam ben je?", overruled_because=reason).status_code == 303
    form = form_to(browser.get(own), "/question")
    assert form.values["overruled_because"].strip() == reason
    page = browser.submit(form, asked="Wat is voor jou het hoogst haalbare?")
    assert page.status_code == 422
    assert "Deze reden hoort bij andere woorden. Verander “hoogst haalbare”" in page.text
    again = form_to(page, "/question")
    assert again.values["asked"].strip() == "Wat is voor jou het hoogst haalbare?"
    assert browser.submit(again, overruled_because="Zo heet het bij ons.").status_code == 303


def test_what_was_typed_stays_when_somebody_else_changed_the_question(app, scene, new_browser):
    _home, own = pages(scene)
    browser = new_browser(scene.youth)
    form = form_to(browser.get(f"{own}?kind=smileys"), "/question")
    with app.app_context():
        make_question(scene.youth, scene.sign_id, "De nieuwere vraag?")
    refused = browser.submit(form, asked="Mijn vraag?")
    assert refused.status_code == 409
    assert "De nieuwere vraag?" in refused.text
    again = form_to(refused, "/question")
    assert again.values["asked"].strip() == "Mijn vraag?"
    assert browser.submit(again).status_code == 303
    assert sign_of(app, scene).asked == "Mijn vraag?"


def test_who_may_not_build_sees_no_builder_and_gets_nowhere(app, scene, new_browser):
    _home, own = pages(scene)
    with app.app_context():
        scene.make_panel("youth")
    told = {"asked": "Hoe gaat het?", "kind": "smileys", "sensitivity": "0"}
    for who in (scene.resident, scene.lead):
        browser = new_browser(who)
        page = browser.get(f"{own}?kind=smileys")
        assert "/question" not in page.text
        assert "van het panel" in page.text
        assert browser.post(f"{own}/question", told).status_code == 404
        assert browser.post(f"{own}/question", {}).status_code == 404
        assert browser.post(f"{own}/decision", {"decision": "none"}).status_code == 404
    assert new_browser(scene.youth).post(f"{own}/question", told).status_code == 303


# Trying out


def test_trying_out_sends_how_it_went_and_never_the_answer(app, scene, new_browser):
    _home, own = pages(scene)
    with app.app_context():
        make_question(scene.youth, scene.sign_id)
    browser = new_browser(scene.resident)
    page = browser.get(own)
    form = form_to(page, "/tryouts")
    assert not {"value", "have", "wish"} & (set(form.values) | set(form.options))
    assert form.options["clear"] == ["yes", "more_or_less", "no"]
    assert "clear" not in form.values  # nothing is chosen beforehand
    answer = browser.submit(form, clear="more_or_less", note="Wat is groeten?")
    assert (answer.status_code, answer.location) == (303, own)
    with app.app_context():
        tryout = session().query(Tryout).one()
        assert (tryout.clear, tryout.note, tryout.seconds) == ("more_or_less", "Wat is groeten?", None)
    told = {**form.values, "id": str(uuid.uuid4()), "clear": "yes"}
    assert browser.post(f"/spaces/{scene.space.id}/tryouts", {**told, "value": "7"}).status_code == 422


@pytest.mark.parametrize(
    ("seconds", "status"), [("1", 303), ("3600", 303), ("0", 422), ("3601", 422), ("x", 422)]
)
def test_seconds_are_whole_and_no_longer_than_an_hour(app, scene, new_browser, seconds, status):
    _home, own = pages(scene)
    with app.app_context():
        make_question(scene.youth, scene.sign_id)
    browser = new_browser(scene.resident)
    form = form_to(browser.get(own), "/tryouts")
    assert browser.submit(form, clear="yes", seconds=seconds).status_code == status


@pytest.mark.parametrize("topic", ["tryouts", "indicator-stances"])
def test_what_a_tablet_sends_twice_arrives_once(app, scene, new_browser, topic):
    with app.app_context():
        make_question(scene.youth, scene.sign_id)
    told = {"id": str(uuid.uuid4()), "indicator_id": str(scene.sign_id), "visibility": "space"}
    told |= {"built": 1, "clear": "yes"} if topic == "tryouts" else {"position": "for"}
    browser, path = new_browser(scene.resident), f"/spaces/{scene.space.id}/{topic}"
    one, other = browser.post(path, json=told), browser.post(path, json=told)
    assert (one.status_code, other.status_code) == (201, 201)
    assert one.json == other.json
    elses = {**told, "id": str(uuid.uuid4()), "membership_id": str(uuid.uuid4())}
    assert browser.post(path, json=elses).status_code == 404


def test_only_who_builds_reads_how_clear_it_was_and_everybody_the_notes(app, scene, new_browser):
    _home, own = pages(scene)
    with app.app_context():
        make_question(scene.youth, scene.sign_id)
        make_tryout(scene.resident, scene.workshop, scene.sign_id, note="Voor iedereen.")
        make_tryout(
            scene.people["professional"],
            scene.workshop,
            scene.sign_id,
            note="Voor mij alleen.",
            visibility=Visibility.MAKER,
        )
    for who, is_builder in ((scene.youth, True), (scene.lead, True), (scene.people["policymaker"], False)):
        text = new_browser(who).get(own).text
        assert ("duidelijk 1×" in text) == is_builder
        assert "duidelijk 2×" not in text
        assert "Voor iedereen." in text
        assert "Voor mij alleen." not in text
        assert "2 mensen probeerden" in text


# Standing somewhere, deciding


def test_where_somebody_stands_is_filled_in_again_and_objections_stay(app, scene, new_browser):
    _home, own = pages(scene)
    browser = new_browser(scene.resident)
    form = form_to(browser.get(own), "/indicator-stances")
    assert "position" not in form.values
    assert browser.submit(form, position="objection", reason="Groeten kun je niet tellen.").status_code == 303
    again = form_to(browser.get(own), "/indicator-stances")
    assert (again.values["position"], again.values["reason"]) == ("objection", "Groeten kun je niet tellen.")
    with app.app_context():
        for voice in VOICES[1:]:
            make_stance_on_sign(scene.people[voice], scene.workshop, scene.sign_id)
    lead = new_browser(scene.lead)
    assert lead.submit(form_to(lead.get(own), "/decision"), decision="not_measured").status_code == 303
    text = new_browser(scene.youth).get(own).text
    assert "We laten het met opzet met rust" in text
    assert text.count("Groeten kun je niet tellen.") == 2  # where people stand, and beside the decision


def test_what_is_not_possible_yet_is_told_in_words(app, scene, new_browser):
    _home, own = pages(scene)
    lead = new_browser(scene.lead)
    form = form_to(lead.get(own), "/decision")
    refused = lead.submit(form, decision="story")
    assert refused.status_code == 409
    assert "Nog niet" in refused.text
    with app.app_context():
        scene.all_stand()
    assert lead.submit(form, decision="measure").status_code == 409
    assert lead.submit(form, decision="story").status_code == 303
    assert lead.submit(form, decision="prove").status_code == 422


def test_few_people_are_never_split_on_the_page(app, scene, new_browser):
    _home, own = pages(scene)
    with app.app_context():
        make_stance_on_sign(scene.youth, scene.workshop, scene.sign_id, Position.OBJECTION)
    text = new_browser(scene.resident).get(own).text
    assert "1 persoon koos een standpunt" in text
    assert "stance-text" not in text


def test_a_sign_that_was_taken_back_is_nowhere(app, scene, new_browser):
    home, own = pages(scene)
    with app.app_context():
        make_question(scene.youth, scene.sign_id, "Kanarie eenzaam?", because="Kanarie")
        make_tryout(scene.resident, scene.workshop, scene.sign_id, note="Mijn eigen woorden.")
        make_stance_on_sign(scene.resident, scene.workshop, scene.sign_id, reason="Mijn eigen reden.")
    browser = new_browser(scene.youth)
    browser.post(f"/spaces/{scene.space.id}/mine/indicator/{scene.sign_id}/withdrawal", json={})
    for who in (scene.youth, scene.resident, scene.lead):
        other = new_browser(who)
        assert other.get(own).status_code == 404
        assert other.get(home).status_code == 200
        assert "Kanarie" not in other.get(home).text
    mine = new_browser(scene.resident).get("/mine")
    assert mine.status_code == 200
    assert "Mijn eigen woorden." in mine.text  # those of others are theirs


def test_a_sign_of_another_space_is_not_here(app, scene, new_browser):
    with app.app_context():
        elsewhere = make_space()
        workshop = make_workshop(elsewhere)
        member = make_member(elsewhere, workshop)
        foreign = make_indicator(member, workshop, make_impact(member, workshop))
    home, _own = pages(scene)
    browser = new_browser(scene.lead)
    told = {"asked": "En?", "kind": "open", "sensitivity": "0"}
    assert browser.get(f"{home}/{foreign}").status_code == 404
    assert browser.post(f"{home}/{foreign}/question", told).status_code == 404
    assert browser.post(f"{home}/{foreign}/decision", {"decision": "none"}).status_code == 404
    stance = {"indicator_id": str(foreign), "position": "for", "visibility": "space"}
    assert browser.post(f"/spaces/{scene.space.id}/indicator-stances", stance).status_code == 404
    with app.app_context():
        assert session().query(IndicatorStance).all() == []


# Careful words, and panels


def test_who_leads_adds_words_and_switches_hints_off_and_on(app, scene, new_browser):
    path = f"/spaces/{scene.space.id}/cautions"
    lead = new_browser(scene.lead)
    page = lead.get(path)

    def form_to_add(page):
        return next(form for form in read_page(page.text).forms if "reason" in form.values)

    assert page.text.count("Geen hint hier") >= 30
    told = {"language": "nl", "phrase": "hangplek", "reason": "Dat klinkt vies.", "suggestion": "Zeg: plek."}
    assert lead.submit(form_to_add(page), **told).status_code == 303
    assert "hangplek" in lead.get(path).text
    for switch, is_off in (("off", True), ("on", False)):
        told = {"language": "nl", "phrase": "hangplek", "switch": switch}
        assert lead.post(path, told).status_code == 303
        with app.app_context():
            assert session().query(Caution).one().is_off == is_off


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"phrase": ""}, "phrase"),
        ({"phrase": "x" * 81}, "phrase"),
        ({"phrase": "!!"}, "phrase"),
        ({"reason": ""}, "reason"),
        ({"suggestion": " "}, "suggestion"),
        ({"language": "tlh"}, "language"),
        ({"space_id": "x"}, "space_id"),
    ],
)
def test_a_word_without_a_reason_teaches_nothing(scene, new_browser, told, field):
    path = f"/spaces/{scene.space.id}/cautions"
    told = {"language": "nl", "phrase": "plek", "reason": "Want.", "suggestion": "Zo.", **told}
    answer = new_browser(scene.lead).post(path, json=told)
    assert (answer.status_code, list(answer.json["fields"])) == (422, [field])


def test_a_steward_says_which_voice_is_a_panel(app, scene, new_browser):
    path = f"/spaces/{scene.space.id}/composition"
    with app.app_context():
        (youth,) = [each for each in voices_of(scene.space.id) if each.key == "youth"]
    browser = new_browser(scene.lead)
    assert browser.submit(the_form(browser, path), path, **{f"panel_{youth.id.hex}": "y"})
    with app.app_context():
        assert panels_of(scene.space.id) == {youth.id}
    form = the_form(browser, path)
    assert form.values[f"panel_{youth.id.hex}"] == "y"
    home, own = pages(scene)
    for page in (home, own):
        assert "van het panel" in browser.get(page).text

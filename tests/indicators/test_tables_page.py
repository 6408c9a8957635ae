"""Tables out and in, over the wire: who may, who is in them, and that nothing is kept by half."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from cocreate.core.audience import Visibility
from cocreate.core.changes import changing
from cocreate.core.db import session
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Answer, ExportConsent, Instrument, Measuring, Round, TableExport
from cocreate.indicators.service.composing import Asked, compose
from cocreate.indicators.service.measuring import Plan, open_round, start_measuring
from cocreate.indicators.service.publishing import publish_round
from cocreate.indicators.service.tables import let_go_along
from cocreate.indicators.tables import write_xlsx
from cocreate.spaces.contributions import withdraw
from cocreate.spaces.models import Membership, Space, Voice
from cocreate.spaces.queries import voices_of
from cocreate.spaces.rules import Role
from tests.browser_without_scripts import form_of
from tests.factories import (
    make_account,
    make_answer,
    make_instrument,
    make_measuring,
    make_member,
    make_space,
)
from tests.indicators.signs import make_sign

CANARY = "kanarie7391"
SHAPES = (
    AnswerShape(AnswerKind.SCALE_0_10),
    AnswerShape(AnswerKind.OPEN),
    AnswerShape(AnswerKind.HAVE_AND_WISH, unit="uur"),
)
WHEN = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # in Amsterdam it is November already


class Scene:
    """A measuring with two rounds, and a dozen people who answered."""

    def __init__(self, people: int = 12, **plan) -> None:
        self.space = make_space()
        self.instrument_id = make_instrument(self.space, *SHAPES)
        self.measuring_id, first = make_measuring(self.space, self.instrument_id, **plan)
        with changing(self.space.id) as log:
            instrument = log.session.get(Instrument, self.instrument_id)
            measuring = log.session.get(Measuring, self.measuring_id)
            self.rounds = [first, open_round(log, measuring, instrument, 1)]
        self.items = [item.id for item in instrument.items]
        voices = ["resident"] * 6 + ["youth"] * 5 + ["professional"] * (people - 11)
        self.people = [make_member(self.space, voice=voice) for voice in voices]
        self.words = []
        for number, member in enumerate(self.people):
            self.answer(member, 0, number % 11, f"Woorden {number}", [1, number % 11])

    def answer(self, member, round, grade, words, hours):
        facts = {"created_at": WHEN}
        round_id = self.rounds[round]
        make_answer(member, round_id, self.items[0], grade, **facts)
        shown = {"visibility": Visibility.SPACE, **facts}
        self.words.append(make_answer(member, round_id, self.items[1], words, **shown))
        make_answer(member, round_id, self.items[2], hours, **facts)

    def agree(self, *people):
        for member in people or self.people:
            let_go_along(member.viewer, self.measuring_id, True)

    @property
    def path(self):
        return f"/spaces/{self.space.id}/measurings/{self.measuring_id}"


@pytest.fixture
def scene(app):
    with app.app_context():
        return Scene()


@pytest.fixture
def steward(scene, new_browser):
    return new_browser(scene.space.steward)


def rows_of(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def take(browser, scene, name="table.csv"):
    return browser.get(f"{scene.path}/{name}")


def bare(rows):
    """Rows without the number that is drawn anew, and without on paper or not; in any order."""
    return sorted((*row[1:5], *row[6:]) for row in rows)


def test_only_who_agreed_is_in_the_table(app, scene, steward):
    assert take(steward, scene).status_code == 409
    with app.app_context():
        scene.agree(*scene.people[:9])
    assert take(steward, scene).status_code == 409
    with app.app_context():
        scene.agree(scene.people[9])
    header, *rows = rows_of(take(steward, scene))
    assert header == [
        "person",
        "voice",
        "round",
        "on",
        "by_helper",
        "on_paper",
        "q1",
        "q2",
        "q3_have",
        "q3_wish",
    ]
    assert sorted(int(row[0]) for row in rows) == list(range(1, 11))
    assert {row[6] for row in rows} == {str(number) for number in range(10)}
    assert {row[3] for row in rows} == {"2026-11"}


def test_a_space_with_a_higher_threshold_needs_more_people(app, scene, steward):
    with app.app_context():
        scene.agree()
        session().get(Space, scene.space.id).threshold = 13
        session().commit()
    assert take(steward, scene).status_code == 409


def test_who_takes_back_their_consent_or_an_answer_is_not_in_the_next_table(app, scene, steward):
    with app.app_context():
        scene.answer(scene.people[0], 1, 5, CANARY, [2, 3])
        scene.agree()
    assert CANARY in take(steward, scene).text
    with app.app_context():
        withdraw(scene.people[0].viewer, Answer, scene.words[-1])
    assert CANARY not in take(steward, scene).text
    with app.app_context():
        let_go_along(scene.people[1].viewer, scene.measuring_id, False)
    after = take(steward, scene).text
    assert 'Woorden 1"' not in after
    assert 'Woorden 2"' in after


def test_of_an_answer_that_was_taken_back_nothing_is_left_in_its_row(app, scene, steward):
    with app.app_context():
        scene.agree()
        session().get(Answer, scene.words[2]).is_by_helper = True
        session().commit()
        assert [row[4] for row in rows_of(take(steward, scene))[1:]].count("1") == 1
        withdraw(scene.people[2].viewer, Answer, scene.words[2])
    assert [row[4] for row in rows_of(take(steward, scene))[1:]].count("1") == 0


def test_words_go_along_only_when_they_were_shown_to_others(app, scene, steward):
    with app.app_context():
        scene.agree()
        session().get(Answer, scene.words[3]).visibility = Visibility.MAKER
        session().commit()
    text = take(steward, scene).text
    assert "Woorden 3" not in text
    assert "Woorden 4" in text


def test_a_voice_of_few_people_is_not_told(app, scene, steward):
    with app.app_context():
        scene.agree()
    _, *rows = rows_of(take(steward, scene))
    voices = [row[1] for row in rows]
    assert (voices.count("resident"), voices.count("other")) == (6, 6)


def test_every_table_draws_other_numbers(app, scene, steward):
    with app.app_context():
        scene.agree()
    assert len({take(steward, scene).text for _ in range(3)}) == 3


def test_each_table_that_is_taken_is_told_to_everybody(app, scene, steward, new_browser):
    with app.app_context():
        scene.agree()
    take(steward, scene)
    take(steward, scene, "table.xlsx")
    with app.app_context():
        found = session().execute(select(TableExport.kind, TableExport.people)).all()
        assert sorted(map(tuple, found)) == [("rows_csv", 12), ("rows_xlsx", 12)]
    page = new_browser(scene.people[0]).get(f"{scene.path}/tables").text
    assert page.count('<td class="number">12</td>') == 2
    assert "Nog niemand nam een tabel mee" not in page


def test_a_table_that_is_refused_is_not_in_the_list(app, scene, steward):
    take(steward, scene)
    with app.app_context():
        assert session().scalar(select(func.count()).select_from(TableExport)) == 0


def test_the_workbook_has_the_answers_and_the_codebook(app, scene, steward):
    with app.app_context():
        scene.agree()
    book = load_workbook(BytesIO(take(steward, scene, "table.xlsx").data))
    assert book.sheetnames == ["answers", "codebook"]
    assert book["answers"].max_row == 13
    assert [row[0].value for row in book["codebook"].rows][7:] == ["q1", "q2", "q3_have", "q3_wish"]


def test_the_codebook_is_for_every_member_in_their_language(scene, new_browser):
    browser = new_browser(scene.people[0])
    lines = {row[0]: row for row in rows_of(take(browser, scene, "codebook.csv"))}
    assert lines["q3_wish"][:5] == ["q3_wish", "Vraag 3?", "have_and_wish", "wish", "uur"]
    assert lines["round"][1] == "Welke meetronde: 0 is de nulmeting."


def test_my_answers_are_only_mine(app, scene, new_browser):
    _, *rows = rows_of(take(new_browser(scene.people[3]), scene, "my-answers.csv"))
    assert [row[2:5] for row in rows] == [
        ["Vraag 1?", "", "3"],
        ["Vraag 2?", "", "Woorden 3"],
        ["Vraag 3?", "have", "1"],
        ["Vraag 3?", "wish", "3"],
    ]


def test_consent_is_given_and_taken_back_on_the_page(app, scene, new_browser):
    browser, path = new_browser(scene.people[0]), f"{scene.path}/tables"

    def form():
        return form_of(browser.get(path).text, action=f"{scene.path}/consent")

    assert "agreed" not in form().values  # nothing is agreed for anybody
    assert browser.submit(form(), agreed="y").status_code == 303
    assert form().values["agreed"] == "y"
    with app.app_context():
        assert session().scalars(select(ExportConsent)).one().ended_at is None
    without = form()
    del without.values["agreed"]
    assert browser.submit(without).status_code == 303
    assert "agreed" not in form().values
    with app.app_context():
        assert session().scalars(select(ExportConsent)).one().ended_at is not None


# In


def send(browser, scene, content, **boxes):
    form = form_of(browser.get(f"{scene.path}/tables").text, action=f"{scene.path}/tables")
    return send_file(browser, f"{scene.path}/tables", content, csrf_token=form.values["csrf_token"], **boxes)


def send_file(browser, path, content, **boxes):
    # As bytes: a large form made by the test client leaves a file open.
    boundary, body = encode_multipart({**boxes, "file": FileStorage(BytesIO(content), "answers.csv")})
    headers = {} if "csrf_token" in boxes else {"X-CSRFToken": browser.token()}
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.client.post(path, data=body, content_type=kind, headers=headers)


def counts():
    return [
        session().scalar(select(func.count()).select_from(kind))
        for kind in (Answer, Membership, ExportConsent)
    ]


@pytest.mark.parametrize("name", ["table.csv", "table.xlsx"])
def test_what_goes_out_comes_in_elsewhere_and_goes_out_the_same(app, scene, steward, new_browser, name):
    with app.app_context():
        scene.answer(scene.people[0], 1, 7, "=1+1 's avonds", [0, 10])
        make_answer(
            scene.people[1], scene.rounds[1], scene.items[0], missing="rather_not_say", created_at=WHEN
        )
        scene.agree()
        other = Scene(11)
        other.agree()
    first = rows_of(take(steward, scene))
    assert len(first) == 1 + 14
    there = new_browser(other.space.steward)
    answer = send(there, other, take(steward, scene, name).data, to_be_read="y", to_go_along="y")
    assert answer.status_code == 201, answer.text
    second = rows_of(take(there, other))
    assert second[0] == first[0]
    assert bare(row for row in second[1:] if row[5] == "1") == bare(first[1:])
    assert len(second) == len(first) + 11


def test_who_was_brought_in_does_not_make_the_ten(app, scene, steward):
    rows = "".join(f"nep{number},0,youth,{number % 11}\n" for number in range(20))
    assert send(steward, scene, f"person,round,voice,q1\n{rows}".encode(), to_go_along="y").status_code == 201
    with app.app_context():
        scene.agree(*scene.people[:9])
    refused = take(steward, scene)
    assert refused.status_code == 409
    assert "zelf" in refused.text
    page = steward.get(f"{scene.path}/tables").text
    assert "table.csv" not in page
    assert "9 mensen" in page
    with app.app_context():
        scene.agree(scene.people[9])
    assert len(rows_of(take(steward, scene))) == 1 + 10 + 20
    with app.app_context():
        assert session().scalars(select(TableExport.people)).all() == [30]


def test_who_was_brought_in_does_not_make_a_voice_large_enough(app, scene, steward):
    rows = "".join(f"nep{number},0,professional,{number % 11}\n" for number in range(20))
    assert send(steward, scene, f"person,round,voice,q1\n{rows}".encode(), to_go_along="y").status_code == 201
    with app.app_context():
        scene.agree()
    # One professional came in herself: among twenty who did not she would be alone with her voice.
    assert {row[1] for row in rows_of(take(steward, scene))[1:]} == {"resident", "other"}


def test_what_comes_in_is_kept_as_what_people_on_paper_said(app, scene, steward):
    content = "person;voice;round;on;q1;q2;q3_have;q3_wish\nAn;Jongere;1;2026-10;0;'s avonds;1;2\n"
    assert send(steward, scene, content.encode()).status_code == 201
    with app.app_context():
        asked = select(Answer).where(Answer.is_on_paper.is_(True))
        found = {each.item_id: each for each in session().scalars(asked)}
        assert [found[item].value for item in scene.items] == [0, "'s avonds", [1, 2]]
        for each in found.values():
            assert (each.round_id, each.visibility) == (scene.rounds[1], Visibility.MAKER)
            assert each.created_at.date().isoformat() == "2026-10-01"
        member = session().get(Membership, each.maker_id)
        youth = next(voice for voice in voices_of(scene.space.id) if voice.key == "youth")
        assert (member.voice_id, member.name, member.role) == (youth.id, None, Role.READER)
        assert session().get(Instrument, scene.instrument_id).frozen_at is not None
        assert session().scalar(select(func.count()).select_from(ExportConsent)) == 0


def test_words_are_read_by_others_only_when_people_agreed_and_numbers_never(app, scene, steward):
    content = b"person,round,q1,q2\nAn,1,3,Woorden\n"
    assert send(steward, scene, content, to_be_read="y").status_code == 201
    with app.app_context():
        asked = select(Answer.item_id, Answer.visibility).where(Answer.is_on_paper.is_(True))
        found = dict(session().execute(asked).all())
        assert found == {scene.items[0]: Visibility.MAKER, scene.items[1]: Visibility.SPACE}


def test_the_same_table_does_not_come_in_twice_also_as_another_kind_of_file(app, scene, steward):
    content = b"person,round,q1\nAn,1,3\n"
    assert send(steward, scene, content).status_code == 201
    with app.app_context():
        before = counts()
    assert send(steward, scene, content).status_code == 409
    assert send(steward, scene, content.replace(b",", b";")).status_code == 409
    rows = [["round", "person", "q1"], [1, "An", 3]]
    assert send(steward, scene, write_xlsx({"a": rows})).status_code == 409
    with app.app_context():
        assert counts() == before


def test_of_a_table_with_something_wrong_nothing_is_kept(app, scene, steward):
    with app.app_context():
        before = counts()
    answer = send(steward, scene, b"person,round,q1\nAn,1,3\nBo,1,11\n")
    assert answer.status_code == 422
    assert "Regel 3, kolom “q1”: Het hoogste getal hier is 10." in answer.text
    with app.app_context():
        assert counts() == before
        assert session().get(Instrument, scene.instrument_id).frozen_at is None


def test_no_file_a_strange_file_and_too_large_a_file(scene, steward):
    assert steward.post(f"{scene.path}/tables", {}).status_code == 422
    assert send(steward, scene, b"\xff\xfe").status_code == 422
    assert send(steward, scene, b"a" * (6 * 1024 * 1024)).status_code == 413
    assert send(steward, scene, b"person,round\nAn,1\n", extra="y").status_code == 422


def test_only_who_leads_brings_in_a_table_also_where_a_panel_is_asked(app, new_browser):
    with app.app_context():
        space = make_space()
        youth = next(voice.id for voice in voices_of(space.id) if voice.key == "youth")
        session().get(Voice, youth).is_panel = True
        session().commit()
        asked = [Asked("Vraag?", AnswerShape(AnswerKind.SCALE_0_10))]
        maker = make_member(space, voice="youth").viewer
        instrument_id = compose(maker, "Van ons", asked, youth)
        measuring_id, _round = start_measuring(maker, instrument_id, Plan("Van ons", voice_id=youth))
        of_panel, other = make_member(space, voice="youth"), make_member(space)
        facilitator = make_member(space, role=Role.FACILITATOR, person_id=make_account())
    path = f"/spaces/{space.id}/measurings/{measuring_id}/tables"
    found = {}
    for who in (of_panel, other, facilitator, space.steward):
        found[who.id] = send_file(new_browser(who), path, b"person,round,q1\nAn,0,3\n").status_code
    assert list(found.values()) == [404, 404, 201, 409]
    with app.app_context():
        maker_id = session().scalars(select(Answer.maker_id)).one()
        assert session().get(Membership, maker_id).voice_id == youth


def test_a_table_for_one_voice_has_nobody_of_another(app, new_browser):
    with app.app_context():
        space = make_space()
        youth = next(voice.id for voice in voices_of(space.id) if voice.key == "youth")
        measuring_id, _round = make_measuring(space, voice_id=youth)
        before = counts()
    browser, path = new_browser(space.steward), f"/spaces/{space.id}/measurings/{measuring_id}/tables"
    for name in ("resident", "bewoner"):
        refused = send_file(browser, path, f"person,voice,round,q1\nAn,{name},0,3\n".encode())
        assert refused.status_code == 422, name
        assert f"“{name}” is geen stem van deze ruimte." in refused.text
    with app.app_context():
        assert counts() == before
    rows = "person,voice,round,q1\nAn,youth,0,3\nBo,Jongere,0,4\nCo,,0,5\n"
    assert send_file(browser, path, rows.encode()).status_code == 201
    with app.app_context():
        makers = select(Membership.voice_id).join(Answer, Answer.maker_id == Membership.id)
        assert list(session().scalars(makers)) == [youth] * 3


def test_another_space_has_no_such_measuring(app, scene, new_browser):
    with app.app_context():
        other = make_space()
    browser = new_browser(other.steward)
    for name in ("tables", "table.csv", "table.xlsx", "codebook.csv", "my-answers.csv"):
        assert browser.get(f"/spaces/{other.id}/measurings/{scene.measuring_id}/{name}").status_code == 404
        assert browser.get(f"{scene.path}/{name}").status_code == 404


def test_rows_are_the_stewards_alone(app, scene, new_browser):
    with app.app_context():
        scene.agree()
        facilitator = make_member(scene.space, role=Role.FACILITATOR, person_id=make_account())
    for who in (scene.people[0], facilitator):
        assert take(new_browser(who), scene).status_code == 404
        assert "table.csv" not in new_browser(who).get(f"{scene.path}/tables").text


@pytest.mark.parametrize("how", ["withdrawal", "visibility"])
def test_a_sign_that_was_taken_back_leaves_the_codebook_and_the_tables(
    app, space, workshop, new_browser, how
):
    with app.app_context():
        maker = make_member(space, workshop)
        sign_id = make_sign(maker, workshop, f"Hoe vaak zie je een {CANARY}?")
        shape = AnswerShape(AnswerKind.SCALE_0_10)
        asked = [Asked("Vraag?", shape), Asked(f"Hoe vaak zie je een {CANARY}?", shape, indicator_id=sign_id)]
        instrument_id = compose(space.steward.viewer, "Ons plein", asked)
        measuring_id, _round = make_measuring(space, instrument_id)
    leading = new_browser(space.steward)
    path = f"/spaces/{space.id}/measurings/{measuring_id}"
    assert CANARY in leading.get(f"{path}/codebook.csv").text
    own = f"/spaces/{space.id}/mine/indicator/{sign_id}/{how}"
    assert (
        new_browser(maker).post(own, {"visibility": "maker"} if how == "visibility" else {}).status_code
        == 303
    )
    found = leading.get(f"{path}/codebook.csv").text
    assert CANARY not in found
    assert [line.split(",")[0] for line in found.splitlines()][7:] == ['"q1"']


def test_figures_go_along_as_everybody_sees_them_and_no_further(app, new_browser):
    with app.app_context():
        scene = Scene(16)
        session().get(Space, scene.space.id).is_public = True
        session().commit()
        with changing(scene.space.id) as log:
            publish_round(log, log.session.get(Round, scene.rounds[0]))
    member, passer_by = new_browser(scene.people[0]), new_browser()
    header, *rows = rows_of(take(member, scene, "figures.csv"))
    assert header[:5] == ["column", "question", "round", "voice", "people"]
    asked = {(row[0], row[3], row[4]) for row in rows}
    assert {each for each in asked if each[0] == "q1"} == {
        ("q1", "all", "16"),
        ("q1", "professional", "5"),
        ("q1", "resident", "6"),
        ("q1", "youth", "5"),
    }
    assert {row[0] for row in rows} == {"q1", "q3_have", "q3_wish"}
    outside = rows_of(take(passer_by, scene, "figures.csv"))[1:]
    assert {(row[3], row[4]) for row in outside} == {("all", "16"), ("other", "16")}
    book = load_workbook(BytesIO(take(passer_by, scene, "figures.xlsx").data))
    assert [row[0].value for row in book["codebook"].rows][10:] == ["q1", "q3_have", "q3_wish"]


def test_before_anything_is_shown_there_are_no_figures_to_take(app, scene, new_browser):
    assert len(rows_of(take(new_browser(scene.people[0]), scene, "figures.csv"))) == 1


def test_what_comes_in_counts_among_the_figures(app, scene, steward, new_browser):
    rows = [["person", "round", "voice", "q1"], *([f"p{n}", 1, "resident", n % 11] for n in range(12))]
    assert send(steward, scene, write_xlsx({"a": rows})).status_code == 201
    found = rows_of(take(new_browser(scene.people[0]), scene, "figures.csv"))
    assert {(row[2], row[3], row[4]) for row in found[1:]} == {("1", "all", "12"), ("1", "resident", "12")}

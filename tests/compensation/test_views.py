"""The ledger on its page: written, given, added up, taken along, removed; and what people read about it."""

import csv
import uuid
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from cocreate.compensation.queries import lines_of
from cocreate.compensation.rules import Kind
from cocreate.core.db import session
from cocreate.spaces.rules import Role
from tests.factories import make_account, make_compensation, make_member, make_space


@pytest.fixture
def steward(new_browser, space):
    return new_browser(space.steward)


@pytest.fixture
def leader(app, new_browser, space):
    with app.app_context():
        member = make_member(space, role=Role.FACILITATOR, person_id=make_account())
    return new_browser(member)


@pytest.fixture
def own(space):
    return f"/spaces/{space.id}/compensations"


@pytest.fixture
def lines(app, space):
    def read():
        with app.app_context():
            return [
                (line.label, line.cents, line.voucher, line.minutes, line.given_on)
                for line in lines_of(space.id)
            ]

    return read


def sheet(**fields):
    return {
        "id": str(uuid.uuid4()),
        "names": "Anna",
        "occasion": "Spelmiddag",
        "on": "2026-05-01",
        "kind": "money",
        "amount": "15,50",
        **fields,
    }


def test_several_people_at_once_get_the_same(leader, own, lines):
    told = sheet(names="Ben\r\nAnna\r\n\r\n Ben ", hours="2", minutes="30", voucher="Bon")
    assert leader.post(own, told).status_code == 303
    assert lines() == [(name, 1550, "", 150, None) for name in ("Anna", "Ben", "Ben")]
    page = leader.get(own)
    assert "€46.50" in page.text or "46,50" in page.text


def test_the_same_sheet_twice_is_one_sheet_and_a_changed_one_is_another(leader, own, lines):
    told = sheet(names="Anna\nAnna")
    for _time in range(2):
        assert leader.post(own, told).status_code == 303
    assert len(lines()) == 2
    leader.post(own, {**told, "names": "Anna\nAnna\nBen"})
    assert [each[0] for each in lines()] == ["Anna", "Anna", "Ben"]


def test_a_voucher_has_a_name_and_no_amount(leader, own, lines):
    told = sheet(kind="voucher", voucher=" Boekenbon van 20 ", amount="15", is_given="y")
    assert leader.post(own, told).status_code == 303
    assert lines() == [("Anna", None, "Boekenbon van 20", None, date(2026, 5, 1))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": ""},
        {"amount": "vijftien"},
        {"amount": "1.500"},
        {"amount": "-5"},
        {"names": " \n "},
        {"names": "x" * 81},
        {"names": "\n".join(map(str, range(61)))},
        {"occasion": ""},
        {"on": "2026-02-30"},
        {"on": "0026-02-03"},
        {"on": ""},
        {"kind": ""},
        {"kind": "gold"},
        {"kind": "voucher", "voucher": ""},
        {"hours": "-1"},
        {"minutes": "60"},
        {"minutes": "1,5"},
        {"id": "x"},
        {"membership_id": str(uuid.uuid4())},
    ],
)
def test_what_does_not_fit_writes_nothing(leader, own, lines, wrong):
    assert leader.post(own, sheet(**wrong)).status_code == 422
    assert lines() == []


def test_what_was_typed_stays_in_the_sheet(leader, own):
    page = leader.post(own, sheet(names="Anna\nBen", amount="veel"))
    assert page.status_code == 422
    assert "Anna\nBen" in page.text.replace("\r\n", "\n")
    assert 'value="veel"' in page.text


def test_given_and_given_back(app, space, leader, own, lines):
    with app.app_context():
        make_compensation(space, "Anna", "Ben", "Carla")
        ids = {line.label: str(line.id) for line in lines_of(space.id)}
    assert leader.post(f"{own}/giving", {"line": [ids["Anna"], ids["Ben"]]}).status_code == 303
    assert [bool(each[-1]) for each in lines()] == [True, True, False]
    assert leader.post(f"{own}/{ids['Ben']}/giving/withdrawal", {}).status_code == 303
    assert [bool(each[-1]) for each in lines()] == [True, False, False]
    assert leader.post(f"{own}/giving", {}).status_code == 422
    assert leader.post(f"{own}/giving", {"line": ["x"]}).status_code == 422


def test_a_line_of_another_space_does_not_exist(app, leader, own):
    with app.app_context():
        other_space = make_space()
        make_compensation(other_space, "Dirk")
        (line,) = lines_of(other_space.id)
        line_id = line.id
    assert leader.post(f"{own}/giving", {"line": [str(line_id)]}).status_code == 404
    assert leader.post(f"{own}/{line_id}/giving/withdrawal", {}).status_code == 404
    with app.app_context():
        assert lines_of(other_space.id)[0].given_on is None


def test_a_removed_line_leaves_no_name_behind(app, space, leader, steward, own, lines):
    with app.app_context():
        make_compensation(space, "kanarie7391")
        line_id = lines_of(space.id)[0].id
    assert leader.post(f"{own}/{line_id}/removal", {}).status_code == 404
    assert len(lines()) == 1
    assert steward.post(f"{own}/{line_id}/removal", {}).status_code == 303
    assert lines() == []
    assert "kanarie7391" not in steward.get(own).text


def test_only_some_lines_and_what_they_make(app, space, leader, own):
    with app.app_context():
        make_compensation(space, "Anna", cents=1010)
        make_compensation(space, "Ben", cents=2020, given_on=date(2026, 5, 2))
        make_compensation(space, "Carla", on=date(2026, 6, 1), kind=Kind.VOUCHER, cents=None, voucher="Bon")
    for query, names in (
        ("", "Anna Ben Carla"),
        ("?state=due", "Anna Carla"),
        ("?state=given", "Ben"),
        ("?until=2026-05-31", "Anna Ben"),
        ("?since=2026-05-31&until=", "Carla"),
        ("?since=2026-05-01&until=2026-05-01&state=due", "Anna"),
    ):
        page = leader.get(own + query).text
        shown = [name for name in ("Anna", "Ben", "Carla") if f"<b>{name}</b>" in page]
        assert shown == names.split(), query
    assert leader.get(f"{own}?state=lost").status_code == 422
    assert leader.get(f"{own}?since=yesterday").status_code == 422
    assert leader.get(f"{own}.csv?since=yesterday").status_code == 422


def test_a_table_for_the_bookkeeper(app, space, leader, own):
    with app.app_context():
        make_compensation(space, "=1+1", occasion="@SUM", cents=1550, minutes=90)
        make_compensation(
            space, "Zoë", kind=Kind.VOUCHER, cents=None, voucher="-2", given_on=date(2026, 5, 2)
        )
    answer = leader.get(f"{own}.csv")
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[1:] == [
        ["2026-05-01", "'=1+1", "'@SUM", "90", "15.50", "", ""],
        ["2026-05-01", "Zoë", "Spelmiddag", "", "", "'-2", "2026-05-02"],
    ]
    assert ",15.50," in answer.text  # a number, not words
    book = load_workbook(BytesIO(leader.get(f"{own}.xlsx?state=due").data)).active
    found = [[cell.value for cell in row] for row in book.iter_rows()]
    assert found[1:] == [["2026-05-01", "'=1+1", "'@SUM", 90, 15.5, None, None]]
    assert {cell.data_type for cell in book[2] if cell.value is not None} == {"s", "n"}


def test_a_link_fills_in_the_meeting(leader, own):
    page = leader.get(f"{own}?occasion=Donderdag+%3Cb%3E&on=2026-03-04").text
    assert 'value="Donderdag &lt;b&gt;"' in page
    assert 'value="2026-03-04"' in page
    assert leader.get(f"{own}?on=nooit&occasion={'x' * 500}").status_code == 200


def test_going_back_stays_in_the_ledger(app, space, leader, own):
    with app.app_context():
        make_compensation(space)
        line_id = lines_of(space.id)[0].id
    for back, wanted in ((f"{own}?state=due", f"{own}?state=due"), ("//evil.example", own), ("/mine", own)):
        answer = leader.post(f"{own}/giving", {"line": [str(line_id)], "back": back})
        assert answer.location == wanted


def test_the_built_in_words_until_the_space_has_its_own(leader, steward, space):
    address = f"/spaces/{space.id}/thanks"
    steward.post("/language", {"language": "en"})
    before = steward.get(address).text
    assert "benefits" in before
    assert steward.post(address, {"offer": "Vijftien euro\nof een bon.", "note": ""}).status_code == 303
    page = steward.get(address).text
    assert "Vijftien euro" in page
    assert "benefits" in page
    steward.post(address, {"offer": "", "note": "Vraag het aan Els."})
    assert "Vraag het aan Els." in leader.get(address).text
    assert leader.post(address, {"offer": "Niets", "note": ""}).status_code == 404
    assert steward.post(address, {"offer": "x" * 2001}).status_code == 422


def test_a_name_is_for_who_leads_alone(app, space, workshop, new_browser, own):
    with app.app_context():
        make_compensation(space, "kanarie7391")
        people = [make_member(space, workshop, role=role) for role in (Role.PARTICIPANT, Role.READER)]
        session().commit()
    for browser in map(new_browser, people):
        for address in (own, f"{own}.csv", f"{own}.xlsx", f"/spaces/{space.id}/thanks"):
            assert browser.get(address).status_code == 404
        for address in (f"/spaces/{space.id}", "/mine", "/mine/download", f"/workshops/{workshop.id}/stage"):
            assert "kanarie7391" not in browser.get(address).text

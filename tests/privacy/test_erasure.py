"""What somebody takes back is gone: from tables, files, pages, streams and the log."""

import re
import uuid
from datetime import date

import pytest
from sqlalchemy import String, Text, func, inspect, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import JSON

from cocreate.core.audience import Visibility
from cocreate.core.changes import Change, changing, head_of
from cocreate.core.db import db, session
from cocreate.impacts.models import DesiredImpact, Stance
from cocreate.impacts.queries import impact_facts
from cocreate.impacts.rules import Position
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Instrument
from cocreate.moments.models import Moment
from cocreate.privacy.queries import KINDS
from cocreate.privacy.register import REGISTER, Holds
from cocreate.replies.rules import IsRight
from cocreate.spaces.contributions import Contribution
from cocreate.spaces.models import Attendance, Membership
from cocreate.spaces.rules import Role
from cocreate.trajectories.service import Answer
from tests.browser_without_scripts import Browser, read_page
from tests.conftest import sign_browser_in
from tests.factories import (
    MadeSpace,
    Member,
    give_answer,
    make_aside,
    make_ballot,
    make_check,
    make_choosing,
    make_commitment,
    make_factor,
    make_goal,
    make_impact,
    make_indicator,
    make_instrument,
    make_measuring,
    make_member,
    make_moment,
    make_mood,
    make_node,
    make_question,
    make_remark,
    make_reply,
    make_space,
    make_stance,
    make_stance_on_sign,
    make_step,
    make_summary,
    make_summary_check,
    make_tryout,
    make_wording,
    make_workshop,
)

CANARY = "kanarie7391"


@pytest.fixture
def told(app, space, workshop, member):
    """One of each kind, each with the canary in every word."""
    return tell(app, workshop, member)


def tell(app, workshop, member):
    with app.app_context():
        impact = make_impact(member, workshop, f"Wij willen {CANARY}")
        words = {"why_it_mattered": f"Om {CANARY}", "what_made_it_possible": f"Door {CANARY}"}
        moment = make_moment(member, workshop, f"Er was {CANARY}", **words)
        sign = make_indicator(member, workshop, impact, f"Je ziet {CANARY}")
        shape = AnswerShape(AnswerKind.COUNT, unit=f"eenzame {CANARY}")
        make_question(member, sign, f"Zie je {CANARY}?", shape, because=f"Omdat {CANARY}")
        return {
            "moment": moment,
            "working_factor": make_factor(member, workshop, f"Dankzij {CANARY}", moment),
            "stance": make_stance(member, workshop, impact, Position.OBJECTION, reason=f"Geen {CANARY}"),
            "wording": make_wording(member, workshop, impact, f"Liever {CANARY}"),
            "remark": make_remark(member, workshop, impact, f"Ook {CANARY}"),
            "realism": make_check(member, workshop, impact, reason=f"Want {CANARY}"),
            "indicator": sign,
            **tell_of_a_sign(member, workshop, impact),
            "node": make_node(member, workshop, f"Toen {CANARY}"),
            "impact": impact,
            "ballot": tell_in_a_ballot(member, workshop, impact),
            "answer": tell_in_a_round(member),
            **tell_steps(member, workshop),
            **tell_replies(member, workshop),
        }


def tell_replies(member, workshop):
    summary = make_summary(leader_of(member), workshop)
    return {
        "mood": make_mood(member, workshop),
        "reply": make_reply(member, workshop, f"Liever {CANARY}"),
        "commitment": make_commitment(member, workshop, f"Ik ga {CANARY}"),
        "summary_check": make_summary_check(member, workshop, summary, IsRight.NOT_QUITE, f"Eerder {CANARY}"),
    }


def leader_of(member):
    steward = session().scalar(
        select(Membership).where(Membership.space_id == member.space_id, Membership.role == Role.STEWARD)
    )
    return Member(steward.person_id, member.space_id, steward.id)


def tell_in_a_ballot(member, workshop, impact):
    sign = make_indicator(member, workshop, impact, "Kies mij")
    return make_ballot(member, make_choosing(leader_of(member), signs=[sign]), sign)


def tell_in_a_round(member):
    space = MadeSpace(member.space_id, leader_of(member))
    instrument_id = make_instrument(space, AnswerShape(AnswerKind.OPEN))
    _measuring, round_id = make_measuring(space, instrument_id)
    (item,) = session().get(Instrument, instrument_id).items
    return give_answer(member, round_id, item.id, f"Ik wou {CANARY}", visibility=Visibility.SPACE)


def tell_steps(member, workshop):
    goal = make_goal(member, workshop, f"Ik wil {CANARY}")
    return {"goal": goal, "small_step": make_step(member, workshop, goal, f"Ik nam {CANARY}")}


def tell_of_a_sign(member, workshop, impact):
    """What somebody says of the sign of another."""
    other = make_member(MadeSpace(member.space_id, member), workshop)
    sign = make_question(other, make_indicator(other, workshop, impact))
    return {
        "indicator_stance": make_stance_on_sign(member, workshop, sign, reason=f"Niet {CANARY}"),
        "tryout": make_tryout(member, workshop, sign, note=f"Wat is {CANARY}?"),
    }


def take_back(browser, space, topic, contribution_id):
    return browser.post(f"/spaces/{space.id}/mine/{topic}/{contribution_id}/withdrawal", json={})


def places_with(app, words):
    """Every table and column with these words, read from the database as it is, not from the models."""
    found = []
    with app.app_context(), db.engine.connect() as connection:
        for table in inspect(db.engine).get_table_names():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():
                found += [(table, name) for name, value in row.items() if words in str(value)]
    return set(found)


def files_with(app, words):
    """The database's own files, checkpointed, byte by byte."""
    config = app.extensions["cocreate"]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()[0] == 0
    files = sorted(config.data.glob("cocreate.db*"))
    assert files
    return [file.name for file in files if words.encode() in file.read_bytes()]


CHOSEN = {
    ("stance", "position"),
    ("realism_check", "answer"),
    ("node", "note"),
    ("small_step", "direction"),
    ("indicator_stance", "position"),
    ("tryout", "clear"),
    ("mood_mark", "mood"),
    ("summary_check", "answer"),
}  # no free words, or none told


def columns_of(kind):
    """The columns that hold what somebody said, by their names in the database."""
    return {inspect(kind).column_attrs[word].columns[0].name for word in kind.words}


def test_the_canary_is_found_where_it_is(app, told):
    wanted = {(KINDS[topic].__tablename__, column) for topic in told for column in columns_of(KINDS[topic])}
    wanted |= {("indicator", "unit")}
    wanted |= {("answer", "value")}  # a column that holds numbers too
    wanted |= {("change", "payload")}  # what a node said, so that it can be undone and looked back at
    assert places_with(app, CANARY) == wanted - CHOSEN
    assert files_with(app, CANARY) == ["cocreate.db"]


def test_what_is_taken_back_is_in_no_table_and_no_file(app, space, told, member, new_browser):
    browser = new_browser(member)
    for topic, contribution_id in told.items():
        assert take_back(browser, space, topic, contribution_id).json == {"state": "withdrawn"}
    assert places_with(app, CANARY) == set()
    assert files_with(app, CANARY) == []


def test_what_is_taken_back_leaves_no_copy_beside_the_database(app, space, told, member, new_browser):
    browser = new_browser(member)
    with app.app_context():
        db.session.remove()
    for topic, contribution_id in told.items():
        take_back(browser, space, topic, contribution_id)
    files = sorted(app.extensions["cocreate"].data.glob("cocreate.db*"))
    assert [file.name for file in files if CANARY.encode() in file.read_bytes()] == []


def test_what_is_taken_back_is_in_no_table_of_either_database(any_database):
    with any_database.app_context():
        space = make_space()
        workshop = make_workshop(space)
        member = make_member(space, workshop)
    told = tell(any_database, workshop, member)
    assert places_with(any_database, CANARY)
    browser = sign_browser_in(Browser(any_database), member.person_id)
    for topic, contribution_id in told.items():
        assert take_back(browser, space, topic, contribution_id).status_code == 200
    assert places_with(any_database, CANARY) == set()


def test_what_is_taken_back_is_on_no_page(app, space, workshop, told, member, new_browser):
    with app.app_context():
        other = make_member(space, workshop)
    browsers = [new_browser(who) for who in (member, other, space.steward)]
    here, room = f"/spaces/{space.id}", f"/workshops/{workshop.id}"
    road = f"{here}/trajectories/{workshop.trajectory_id}"
    paths = [here, road, f"{room}/stage", f"{room}/console", f"{room}/screen", "/mine"]
    paths += [
        "/mine/download",
        f"{room}/screen?part=map",
        f"{here}/indicators",
        f"{here}/goals",
        f"{room}/paper",
    ]

    signs = set(re.findall(rf"{here}/indicators/[0-9a-f-]+", browsers[0].get(f"{here}/indicators").text))
    paths += signs

    def hits():
        return {path for browser in browsers for path in paths if CANARY in browser.get(path).text}

    assert hits() == set(paths)  # each of them shows it to somebody before
    for topic, contribution_id in told.items():
        take_back(browsers[0], space, topic, contribution_id)
    assert hits() == set()


def test_the_log_keeps_that_it_happened_and_no_words(app, space, told, member, new_browser):
    with app.app_context(), changing(space.id) as log:
        change = log.session.scalars(select(Change).where(Change.subject_id == told["moment"])).one()
        change.payload = {"was": CANARY}  # as a kind that puts words in its payload would
    take_back(new_browser(member), space, "moment", told["moment"])
    with app.app_context():
        changes = session().scalars(
            select(Change).where(Change.subject_id == told["moment"]).order_by(Change.seq)
        )
        assert [(each.verb, each.payload) for each in changes] == [
            ("shared", {"redacted": True}),
            ("withdrawn", {"redacted": True}),
        ]


def test_twice_is_as_good_as_once(app, space, told, member, new_browser):
    browser = new_browser(member)
    take_back(browser, space, "moment", told["moment"])
    with app.app_context():
        before = head_of(space.id)
    assert take_back(browser, space, "moment", told["moment"]).status_code == 200
    with app.app_context():
        assert head_of(space.id) == before


@pytest.mark.parametrize("topic", KINDS)
def test_what_is_somebody_elses_does_not_exist(app, space, workshop, told, new_browser, topic):
    with app.app_context():
        other = make_member(space, workshop)
    for who in (other, space.steward):
        assert take_back(new_browser(who), space, topic, told[topic]).status_code == 404
    assert places_with(app, CANARY)


@pytest.mark.parametrize("topic", ["zz", "impact", ""])
def test_under_another_name_or_in_another_space_it_does_not_exist(
    app, space, told, member, new_browser, topic
):
    with app.app_context():
        elsewhere = make_space()
        make_member(elsewhere, person_id=member.person_id)
    browser = new_browser(member)
    assert take_back(browser, space, topic, told["moment"]).status_code == 404
    assert take_back(browser, elsewhere, "moment", told["moment"]).status_code == 404
    assert take_back(browser, space, "moment", uuid.uuid4()).status_code == 404


def test_what_was_taken_back_does_not_come_back_with_a_late_tablet(app, guest, space, workshop):
    moment = {"id": str(uuid.uuid4()), "workshop_id": str(workshop.id), "what_happened": CANARY}
    path = f"/spaces/{space.id}/moments"
    first = guest.post(path, json=moment)
    take_back(guest, space, "moment", moment["id"])
    again = guest.post(path, json=moment)
    assert (again.status_code, again.json) == (201, first.json)
    assert places_with(app, CANARY) == set()


def test_a_withdrawn_stance_no_longer_counts(app, space, workshop, new_browser):
    with app.app_context():
        people = [make_member(space, workshop) for _ in range(5)]
        impact = make_impact(people[0], workshop)
        stances = [make_stance(person, workshop, impact) for person in people]

    def overall():
        with app.app_context():
            version = session().get(DesiredImpact, impact).version
            return impact_facts([impact])[impact]["overall"], version

    before, first = overall()
    assert (before.total, before.split[Position.FOR]) == (5, 5)
    take_back(new_browser(people[0]), space, "stance", stances[0])
    after, second = overall()
    assert (after.total, after.split) == (4, None)
    assert second > first  # or a card made before would still be shown


def test_a_stance_may_be_taken_again(app, space, workshop, told, member, new_browser):
    take_back(new_browser(member), space, "stance", told["stance"])
    with app.app_context():
        make_stance(member, workshop, told["impact"], Position.FOR)
        stance = session().scalars(select(Stance)).one()
        assert (stance.position, stance.reason, stance.withdrawn_at) == ("for", "", None)


def test_the_map_closes_over_what_was_taken_back(app, space, workshop, told, member, new_browser):
    road = f"/spaces/{space.id}/trajectories/{workshop.trajectory_id}"
    browser = new_browser(member)
    assert f'data-node="{told["node"]}"' in browser.get(road).text
    take_back(browser, space, "node", told["node"])
    assert "data-node=" not in browser.get(road).text


def test_what_was_told_beside_the_words_goes_too(app, space, workshop, member, new_browser):
    day = date(2025, 5, 17)
    with app.app_context():
        impact = make_impact(member, workshop)
        own = make_question(
            member,
            make_indicator(member, workshop, impact),
            shape=AnswerShape(AnswerKind.COUNT, (), "x", None, 41),
        )
        other = make_member(space, workshop)
        sign = make_question(other, make_indicator(other, workshop, impact))
        told = {
            "commitment": make_commitment(member, workshop, by_on=day),
            "node": make_node(member, workshop, answer=Answer("Toen", when="2025-05-17")),
            "small_step": make_step(member, workshop, make_goal(member, workshop), taken_on=day),
            "tryout": make_tryout(member, workshop, sign, seconds=47),
            "indicator": own,
        }

    def beside():
        kept = {topic: session().get_one(KINDS[topic], own_id) for topic, own_id in told.items()}
        return (
            kept["commitment"].by_on,
            kept["node"].when,
            kept["small_step"].taken_on,
            kept["tryout"].seconds,
            (kept["indicator"].lowest, kept["indicator"].highest),
        )

    with app.app_context():
        assert beside() == (day, "2025-05-17", day, 47, (None, 41))
    browser = new_browser(member)
    for topic, contribution_id in told.items():
        assert take_back(browser, space, topic, contribution_id).status_code == 200
    with app.app_context():
        # Of the step only in which quarter it was: what is shown of that quarter lets go of it.
        assert beside() == (None, "", date(2025, 4, 1), None, (None, None))


# Who may see it


@pytest.mark.parametrize(("visibility", "is_seen"), [("maker", False), ("workshop", True), ("space", True)])
def test_the_maker_chooses_again_who_sees_it(app, space, workshop, member, new_browser, visibility, is_seen):
    with app.app_context():
        moment = make_moment(
            member, workshop, CANARY, visibility="space" if visibility == "maker" else "maker"
        )
        other = make_member(space, workshop)
    path = f"/spaces/{space.id}/mine/moment/{moment}/visibility"
    assert new_browser(member).post(path, {"visibility": visibility}).location == "/mine?saved=shown"
    assert (CANARY in new_browser(other).get(f"/spaces/{space.id}").text) == is_seen


def test_hiding_is_told_to_who_saw_it_until_then(app, space, told, member, new_browser):
    path = f"/spaces/{space.id}/mine/moment/{told['moment']}/visibility"
    new_browser(member).post(path, {"visibility": "maker"})
    with app.app_context():
        query = select(Change.verb, Change.visibility).where(Change.subject_id == told["moment"])
        assert [tuple(row) for row in session().execute(query.order_by(Change.seq))] == [
            ("shared", "space"),
            ("hidden", "space"),
            ("shared", "maker"),
        ]


@pytest.mark.parametrize("visibility", ["everybody", "", "MAKER"])
def test_nobody_is_an_audience_that_we_do_not_know(app, space, told, member, new_browser, visibility):
    path = f"/spaces/{space.id}/mine/moment/{told['moment']}/visibility"
    assert new_browser(member).post(path, {"visibility": visibility}).status_code == 422


def test_what_was_taken_back_cannot_be_shown(space, told, member, new_browser):
    browser = new_browser(member)
    take_back(browser, space, "moment", told["moment"])
    path = f"/spaces/{space.id}/mine/moment/{told['moment']}/visibility"
    assert browser.post(path, {"visibility": "public"}).status_code == 404


def test_a_download_holds_everything_i_told_and_nothing_of_others(
    app, space, workshop, told, member, new_browser
):
    with app.app_context():
        make_moment(make_member(space, workshop), workshop, "Van een ander")
    answer = new_browser(member).get("/mine/download")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert [each["space"] for each in answer.json] == ["Het plein"]
    assert {each["topic"] for each in answer.json[0]["told"]} == set(told)
    assert "Van een ander" not in answer.text


# The register


def test_the_register_names_every_table_and_only_those():
    assert set(REGISTER) - {"alembic_version"} == set(db.metadata.tables)


def test_the_register_names_columns_that_exist():
    for name, entry in REGISTER.items():
        if name != "alembic_version":
            assert set(entry.columns) <= set(db.metadata.tables[name].columns.keys()), name
            assert entry.why


def test_every_column_that_people_fill_in_is_registered_as_words():
    kinds = {kind.__tablename__: kind for kind in Contribution.__subclasses__()}
    assert set(kinds.values()) == set(KINDS.values())
    for name, kind in kinds.items():
        assert REGISTER[name].holds is Holds.WORDS
        assert columns_of(kind) <= set(REGISTER[name].columns)
        free = {column.name for column in kind.__table__.columns if isinstance(column.type, Text)}
        assert free <= columns_of(kind), f"{name} has a text that is not taken out when it is withdrawn"


def test_every_table_that_points_to_a_person_is_registered_as_one():
    for name, table in db.metadata.tables.items():
        pointers = {"person_id", "membership_id", "maker_id", "actor_id"} & set(table.columns.keys())
        if pointers:
            assert REGISTER[name].holds is not Holds.NOBODY, name
            assert REGISTER[name].ends, f"{name} does not say when it ends"


def test_no_other_table_has_room_for_long_texts():
    allowed = {
        "space",
        "step",
        "trajectory",
        "caution",
        "choosing",
        "instrument",
        "instrument_item",
        "measuring",
        "context_figure",
        "workshop",
        "hiding",
        "summary",
        "thanks_note",
    }  # what who leads writes: a purpose, a prompt, a title
    for name, table in db.metadata.tables.items():
        long = [
            c.name
            for c in table.columns
            if isinstance(c.type, Text) or (isinstance(c.type, String) and not c.type.length)
        ]
        if long and name not in allowed:
            assert REGISTER[name].holds is Holds.WORDS, (name, long)


def test_the_words_of_a_person_stand_in_no_json():
    kept = {
        (name, c.name)
        for name, table in db.metadata.tables.items()
        for c in table.columns
        if isinstance(c.type, JSON)
    }
    assert kept == {
        ("space", "words"),
        ("change", "payload"),
        ("receipt", "answer"),
        ("ballot", "approved"),  # ids of signs, taken out when it is taken back
        ("choosing", "result"),  # figures of whole groups
        ("indicator", "labels"),  # taken out with the sign, as are the phrases
        ("indicator", "overruled"),
        ("instrument", "definition"),  # a question that came from a sign is taken out with it
        ("measuring", "dates"),
        ("answer", "value"),  # taken out when it is taken back
        ("publication", "content"),  # whole groups, by ids
        ("step_share", "content"),
        ("opening", "parts"),
        ("step", "settings"),  # what who leads chose
        ("own_agenda", "steps"),
    }
    assert not any(
        isinstance(c.type, postgresql.JSONB) for t in db.metadata.tables.values() for c in t.columns
    )


def test_a_withdrawn_row_says_no_more_than_that_it_was_there(app, space, told, member, new_browser):
    take_back(new_browser(member), space, "moment", told["moment"])
    with app.app_context():
        moment = session().get(Moment, told["moment"])
        assert [getattr(moment, word) for word in Moment.words] == ["", "", ""]
        assert moment.withdrawn_at
        came = select(func.count()).where(Attendance.membership_id == member.id)
        assert session().scalar(came) == 1


# Who may no longer contribute


@pytest.fixture
def former(app, space, member, new_browser):
    """The browser of the member, who only reads since then."""
    with app.app_context(), changing(space.id) as log:
        log.session.get(Membership, member.id).role = Role.READER
    return new_browser(member)


def test_who_only_reads_now_can_still_take_back_everything(app, space, told, former):
    for topic, contribution_id in told.items():
        assert take_back(former, space, topic, contribution_id).json == {"state": "withdrawn"}
    assert places_with(app, CANARY) == set()


@pytest.mark.parametrize(
    ("now", "then", "status"),
    [
        ("space", "maker", 303),
        ("space", "workshop", 303),
        ("space", "space", 303),
        ("space", "public", 404),
        ("maker", "workshop", 404),
        ("public", "space", 303),
    ],
)
def test_who_only_reads_now_can_show_it_to_fewer_and_not_to_more(
    app, space, workshop, member, now, then, status, request
):
    with app.app_context():
        moment = make_moment(member, workshop, CANARY, visibility=now)
    browser = request.getfixturevalue("former")
    path = f"/spaces/{space.id}/mine/moment/{moment}/visibility"
    offered = [facts["value"] for tag, facts in read_page(browser.get("/mine").text).tags if tag == "option"]
    assert (then in offered) == (status == 303)
    assert browser.post(path, {"visibility": then}).status_code == status
    with app.app_context():
        assert session().get(Moment, moment).visibility == (then if status == 303 else now)


def test_who_only_reads_now_tells_nothing_new(space, workshop, former):
    told = {"workshop_id": str(workshop.id), "what_happened": CANARY}
    assert former.post(f"/spaces/{space.id}/moments", json=told).status_code == 404


def test_what_is_somebody_elses_stays_absent_for_who_only_reads_now(app, space, workshop, former):
    with app.app_context():
        other = make_moment(make_member(space, workshop), workshop, CANARY)
    assert take_back(former, space, "moment", other).status_code == 404
    path = f"/spaces/{space.id}/mine/moment/{other}/visibility"
    assert former.post(path, {"visibility": "maker"}).status_code == 404


def test_each_thing_i_told_says_what_it_is(told, member, new_browser):
    """What stands before the day, in the small line under the words."""
    page = new_browser(member).get("/mine").text
    named = re.findall(r'<small class="soft">(.*?) · ', page)
    assert len(named) >= len(KINDS)
    assert "" not in named


def test_why_it_was_set_aside_goes_along_with_the_words(app, space, workshop, member, new_browser):
    with app.app_context():
        moment = make_moment(member, workshop, f"Er was {CANARY}")
        make_aside(space, workshop, moment, reason=f"Er staat {CANARY}")
    assert ("hiding", "reason") in places_with(app, CANARY)
    take_back(new_browser(member), space, "moment", moment)
    assert places_with(app, CANARY) == set()

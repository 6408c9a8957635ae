"""Every surface shows a thing to exactly who may see it; a canary in a private space reaches nobody else."""

import itertools
import re
import uuid
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select

from cocreate.compensation.queries import lines_of
from cocreate.compensation.service import say_thanks
from cocreate.core.audience import Audience, Viewer, Visibility, sees
from cocreate.core.changes import head_of
from cocreate.core.db import session
from cocreate.core.faces import View
from cocreate.impacts.models import DesiredImpact, RealismCheck, Remark, Stance, Wording
from cocreate.indicators.kinds import AnswerKind, AnswerShape
from cocreate.indicators.models import Indicator, Instrument
from cocreate.moments.models import Moment, WorkingFactor
from cocreate.replies.rules import IsRight
from cocreate.spaces.rules import Role
from cocreate.trajectories.formats import EXPORTS
from cocreate.trajectories.models import Node
from cocreate.workshops.models import OwnAgenda
from tests.browser_without_scripts import Browser, local_links
from tests.conftest import sign_browser_in
from tests.factories import (
    give_answer,
    make_account,
    make_aside,
    make_brought_table,
    make_check,
    make_choosing,
    make_commitment,
    make_compensation,
    make_context_figure,
    make_factor,
    make_goal,
    make_impact,
    make_indicator,
    make_instrument,
    make_measuring,
    make_member,
    make_moment,
    make_node,
    make_own_agenda,
    make_question,
    make_remark,
    make_reply,
    make_series,
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

FILES = ("picture.svg", "map.html", "wall.pdf", *(f"file/{format_name}" for format_name in EXPORTS))
ON_SCREEN = ("moment", "impact", "indicator", "node")
LIVE = ("moment", "working_factor", "impact", "indicator", "node")
REPLIED = ("reply", "commitment")


class Town:
    """A public space with one thing of each kind for each audience, all by one maker, and who may look."""

    def __init__(self, app):
        self.app = app
        self.impacts, self.signs, self.talked = {}, {}, {}
        with app.app_context():
            space = make_space(is_public=True)
            self.space, self.workshop = space, make_workshop(space)
            elsewhere = make_workshop(space, title="Elders")
            self.maker = make_member(space, self.workshop)
            self.someone = make_member(space, self.workshop, role=Role.FACILITATOR, person_id=make_account())
            self.things = {}
            wanted = make_impact(self.someone, self.workshop, visibility=Visibility.PUBLIC)
            for visibility in Visibility:
                self._tell(visibility, wanted)
            people = {
                "maker": self.maker,
                "beside": make_member(space, self.workshop),
                "neighbour": make_member(space, elsewhere),
                "reader": make_member(space, role=Role.READER),
                "facilitator": make_member(space, role=Role.FACILITATOR, person_id=make_account()),
                "steward": space.steward,
            }
            self.viewers = {name: person.viewer for name, person in people.items()}
            self.viewers["passer-by"] = Viewer(space.id, sees_public=True)
            self.room = Viewer(space.id, workshop_ids=frozenset({self.workshop.id}))
            self.head = head_of(space.id)
        self.browsers = {
            name: sign_browser_in(Browser(app), person.person_id) for name, person in people.items()
        }
        self.browsers["passer-by"] = Browser(app)

    def _tell(self, visibility, wanted):
        told = {"visibility": visibility}

        def mark(topic):
            self.things[topic, visibility] = words = f"w{uuid.uuid4().hex[:12]}"
            return words

        moment = make_moment(self.maker, self.workshop, mark("moment"), **told)
        make_factor(self.maker, self.workshop, mark("working_factor"), moment, **told)
        impact = make_impact(self.maker, self.workshop, mark("impact"), **told)
        sign = make_indicator(self.maker, self.workshop, impact, mark("indicator"), **told)
        self.signs[visibility] = make_question(self.maker, sign, mark("asked"))
        # What somebody says of the sign of another, which everybody may see.
        public = make_indicator(self.someone, self.workshop, wanted, visibility=Visibility.PUBLIC)
        self.talked[visibility] = make_question(self.someone, public)
        reason = mark("indicator_stance")
        make_stance_on_sign(self.maker, self.workshop, public, reason=reason, **told)
        make_tryout(self.maker, self.workshop, public, note=mark("tryout"), **told)
        make_stance(self.maker, self.workshop, impact, reason=mark("stance"), **told)
        make_wording(self.maker, self.workshop, impact, mark("wording"), **told)
        make_remark(self.maker, self.workshop, impact, mark("remark"), **told)
        make_check(self.maker, self.workshop, impact, reason=mark("realism"), **told)
        self.impacts[visibility] = impact
        make_node(self.maker, self.workshop, mark("node"), **told)
        goal = make_goal(self.maker, self.workshop, mark("goal"), **told)
        make_step(self.maker, self.workshop, goal, mark("small_step"), **told)
        make_reply(self.maker, self.workshop, mark("reply"), **told)
        make_commitment(self.maker, self.workshop, mark("commitment"), **told)
        heard = make_summary(self.someone, self.workshop)
        otherwise = mark("summary_check")
        make_summary_check(self.maker, self.workshop, heard, IsRight.NOT_QUITE, otherwise, **told)

    def wanted(self, viewer, topics):
        """What `sees` says."""
        return {
            (topic, visibility)
            for topic, visibility in itertools.product(topics, Visibility)
            if sees(viewer, Audience(visibility, self.maker.id, self.workshop.id))
        }

    def found(self, text):
        """Of which things the words stand in a text."""
        return {key for key, words in self.things.items() if words in text}


@pytest.fixture
def town(app):
    return Town(app)


def words_of(answer):
    """All that an answer says, its headers too: also in a PDF, in a package, beside a picture."""
    content, said = answer.data, [str(answer.headers)]
    if answer.mimetype == "application/pdf":
        document = pypdfium2.PdfDocument(content)
        said += document.get_metadata_dict().values()
        said += ["".join(page.get_textpage().get_text_range().split()) for page in document]
    elif answer.mimetype == "image/png":
        said += Image.open(BytesIO(content)).info.values()
    elif content.startswith(b"PK"):
        package = ZipFile(BytesIO(content))
        said += [*package.namelist(), *(package.read(name).decode() for name in package.namelist())]
    said.append(content.decode("utf-8", "replace"))
    return "\n".join(map(str, said))


def test_the_library(town):
    for name, browser in town.browsers.items():
        found = town.found(browser.get(f"/spaces/{town.space.id}").text)
        assert {key for key in found if key[0] != "stance"} == town.wanted(town.viewers[name], LIVE), name
        assert {key for key in found if key[0] == "stance"} <= town.wanted(town.viewers[name], ["stance"]), (
            name
        )


SAID = ("impact", "stance", "wording", "remark", "indicator")


def test_the_page_of_an_impact_and_of_all_of_them(town):
    home = f"/spaces/{town.space.id}/impacts"
    for name, browser in town.browsers.items():
        viewer = town.viewers[name]
        assert town.found(browser.get(home).text) == town.wanted(viewer, ["impact"]), name
        for visibility, impact in town.impacts.items():
            page = browser.get(f"{home}/{impact}")
            is_for_them = ("impact", visibility) in town.wanted(viewer, ["impact"])
            assert page.status_code == (200 if is_for_them else 404)
            found = {key for key in town.found(page.text) if key[0] not in ("impact", "realism")}
            assert found == ({(topic, visibility) for topic in SAID[1:]} if is_for_them else set()), name


def test_the_page_of_small_steps(town):
    path = f"/spaces/{town.space.id}/goals"
    for name, browser in town.browsers.items():
        page, viewer = browser.get(path), town.viewers[name]
        wanted = town.wanted(viewer, ["goal", "small_step"]) if viewer.is_member else set()
        assert page.status_code == (200 if viewer.is_member else 404)
        assert town.found(page.text) == wanted, name


def test_the_pages_of_signs(town):
    home = f"/spaces/{town.space.id}/indicators"
    for name, browser in town.browsers.items():
        viewer = town.viewers[name]
        assert town.found(browser.get(home).text) - {("impact", each) for each in Visibility} == town.wanted(
            viewer, ["indicator", "asked"]
        ), name
        for visibility, sign in town.signs.items():
            page = browser.get(f"{home}/{sign}")
            is_for_them = ("indicator", visibility) in town.wanted(viewer, ["indicator"])
            assert page.status_code == (200 if is_for_them else 404)
            found = {key for key in town.found(page.text) if key[0] != "impact"}
            assert found == ({("indicator", visibility), ("asked", visibility)} if is_for_them else set())
        for visibility, sign in town.talked.items():
            page = browser.get(f"{home}/{sign}")
            found = {key for key in town.found(page.text) if key[0] != "impact"}
            said = town.wanted(viewer, ["indicator_stance", "tryout"])
            assert found == {key for key in said if key[1] == visibility}, (name, visibility)
            assert town.found(page.text) - found <= town.wanted(viewer, ["impact"])


def test_the_map_and_what_the_room_sees_of_it(town):
    road = f"/spaces/{town.space.id}/trajectories/{town.workshop.trajectory_id}"
    for name, browser in town.browsers.items():
        for path in (road, road.rpartition("/")[0]):
            assert town.found(browser.get(path).text) == town.wanted(town.viewers[name], ["node"]), (
                name,
                path,
            )
    for name in ("facilitator", "steward"):
        wall = town.browsers[name].get(f"/workshops/{town.workshop.id}/screen?part=map")
        assert town.found(wall.text) == town.wanted(town.room, ["node"])


@pytest.mark.parametrize("file", FILES)
def test_the_map_as_a_file(town, file):
    road = f"/spaces/{town.space.id}/trajectories/{town.workshop.trajectory_id}"
    for name, browser in town.browsers.items():
        wanted = town.wanted(town.viewers[name], ["node"])
        assert town.found(words_of(browser.get(f"{road}/{file}"))) == wanted, name


def test_a_picture_says_nothing_but_what_is_drawn(town):
    road = f"/spaces/{town.space.id}/trajectories/{town.workshop.trajectory_id}"
    answer = town.browsers["maker"].get(f"{road}/picture.png")
    assert answer.mimetype == "image/png"
    assert town.found(words_of(answer)) == set()
    assert town.maker.id.hex not in words_of(answer).replace("-", "")


def test_the_console_and_the_screen(town):
    for name in ("facilitator", "steward"):
        browser = town.browsers[name]
        console = browser.get(f"/workshops/{town.workshop.id}/console").text
        assert town.found(console) == town.wanted(town.viewers[name], (*LIVE, *REPLIED))
        screen = browser.get(f"/workshops/{town.workshop.id}/screen").text
        assert town.found(screen) == town.wanted(town.room, ON_SCREEN)


def test_the_stage(town):
    everything = set(town.things)
    for name in ("maker", "beside"):
        found = town.found(town.browsers[name].get(f"/workshops/{town.workshop.id}/stage").text)
        seen = town.wanted(town.viewers[name], ["working_factor", "impact", "node"])
        own = {key for key in everything if key[0] in (*LIVE, *REPLIED)} if name == "maker" else set()
        assert found == seen | own, name


def test_my_own_list_and_the_download(town):
    for name, browser in town.browsers.items():
        own = set(town.things) if name == "maker" else set()
        for path in ("/mine", "/mine/download"):
            assert town.found(browser.get(path).text) == own, (name, path)


@pytest.mark.parametrize("view", View)
def test_the_stream(town, view):
    for name, browser in town.browsers.items():
        text = read_stream(
            browser, f"/spaces/{town.space.id}/changes?after=0&view={view}&workshop={town.workshop.id}", town
        )
        if text is None:
            assert view in (View.CONSOLE, View.SCREEN)
            assert name not in ("facilitator", "steward")
            continue
        viewer = town.room if view is View.SCREEN else town.viewers[name]
        assert {key for key in town.found(text) if key[0] != "stance"} == town.wanted(
            viewer, (*LIVE, *REPLIED)
        ), name
        assert {key for key in town.found(text) if key[0] == "stance"} <= town.wanted(viewer, ["stance"]), (
            name
        )


def read_stream(browser, path, town):
    """Everything up to the newest change; None for who may not look."""
    answer = browser.client.get(path, buffered=False)
    if answer.status_code != 200:
        return None
    text = ""
    for block in answer.response:
        text += block.decode()
        if f"id: {town.head}\n" in text:
            break
    answer.close()
    return text


def test_what_only_the_maker_may_see_reaches_no_other_surface(town):
    secret = {words for (_topic, visibility), words in town.things.items() if visibility is Visibility.MAKER}
    road = f"/spaces/{town.space.id}/trajectories/{town.workshop.trajectory_id}"
    room = f"/workshops/{town.workshop.id}"
    paths = [
        "/",
        "/mine",
        "/mine/download",
        f"/spaces/{town.space.id}",
        road,
        road.rpartition("/")[0],
        f"/spaces/{town.space.id}/trajectories/network",
        f"/spaces/{town.space.id}/goals",
        f"/spaces/{town.space.id}/my-line",
        f"/spaces/{town.space.id}/guided",
        f"{room}/stage",
    ]
    paths += [
        f"{room}/screen?part=map",
        f"{room}/console",
        f"{room}/console?part=panel",
        f"{room}/screen",
        f"{room}/harvest",
    ]
    for name, browser in town.browsers.items():
        texts = [browser.get(path).text for path in paths]
        for view in View:
            texts.append(
                read_stream(
                    browser,
                    f"/spaces/{town.space.id}/changes?after=0&view={view}&workshop={town.workshop.id}",
                    town,
                )
                or ""
            )
        found = {words for words in secret for text in texts if words in text}
        assert found == (secret if name == "maker" else set()), name


def test_what_the_facilitator_tells_for_themselves_is_not_on_the_projector(town):
    secret = f"w{uuid.uuid4().hex[:12]}"
    with town.app.app_context():
        told = {"visibility": Visibility.MAKER}
        moment = make_moment(town.space.steward, town.workshop, secret, **told)
        make_factor(town.space.steward, town.workshop, secret, moment, **told)
        impact = make_impact(town.space.steward, town.workshop, secret, **told)
        make_indicator(town.space.steward, town.workshop, impact, secret, **told)
        make_node(town.space.steward, town.workshop, secret, **told)
        town.head = head_of(town.space.id)
    browser, room = town.browsers["steward"], f"/workshops/{town.workshop.id}"
    stream = f"/spaces/{town.space.id}/changes?after=0&workshop={town.workshop.id}"
    assert secret in browser.get(f"/spaces/{town.space.id}").text
    assert secret in read_stream(browser, f"{stream}&view=console", town)
    assert secret not in browser.get(f"{room}/screen").text
    for part in ("screen?part=map", "screen?part=now", "paper", "paper/entries"):
        assert secret not in browser.get(f"{room}/{part}").text
    assert secret not in read_stream(browser, f"{stream}&view=screen", town)


# A canary in a private space

CANARY = "kanarie7391"


@pytest.fixture
def canary(app):
    """A private space where everything that can be called something is called the canary."""
    with app.app_context():
        words = dict.fromkeys(("impact", "indicator", "moment", "working_factor", "trajectory"), CANARY)
        space = make_space(name=CANARY, purpose=CANARY, own_voices=[CANARY], words=words)
        workshop = make_workshop(space, title=CANARY)
        maker = make_member(space, workshop, name=CANARY)
        for visibility in Visibility:
            told = {"visibility": visibility}
            words = dict.fromkeys(("why_it_mattered", "what_made_it_possible"), CANARY)
            moment = make_moment(maker, workshop, CANARY, **words, **told)
            make_factor(maker, workshop, f"{CANARY} {visibility}", moment, **told)
            impact = make_impact(maker, workshop, CANARY, **told)
            sign = make_indicator(maker, workshop, impact, CANARY, **told)
            make_question(maker, sign, f"{CANARY} eenzaam", because=CANARY)
            make_stance(maker, workshop, impact, reason=CANARY, **told)
            wording = make_wording(maker, workshop, impact, CANARY, **told)
            make_remark(maker, workshop, impact, CANARY, **told)
            make_check(maker, workshop, impact, reason=CANARY, **told)
            node = make_node(maker, workshop, CANARY, **told)
            goal = make_goal(maker, workshop, CANARY, **told)
            make_step(maker, workshop, goal, CANARY, **told)
            make_reply(maker, workshop, CANARY, **told)
            make_commitment(maker, workshop, CANARY, **told)
            summary = make_summary(space.steward, workshop, CANARY)
            make_summary_check(maker, workshop, summary, IsRight.NOT_QUITE, CANARY, **told)
        agenda = make_own_agenda(space, title=CANARY)
        part = session().get_one(OwnAgenda, agenda).steps[0]["id"]
        series = make_series(space, workshop, title=CANARY)
        make_compensation(space, CANARY, occasion=CANARY, voucher=CANARY)
        say_thanks(space.steward.viewer, CANARY, CANARY)
        line = str(lines_of(space.id)[0].id)
        choosing = make_choosing(space.steward, title=CANARY)
        instrument = make_instrument(space, AnswerShape(AnswerKind.OPEN), title=CANARY)
        measuring, round_id = make_measuring(space, instrument, title=CANARY, why=CANARY)
        table = make_brought_table(space, measuring)
        figure = make_context_figure(space, label=CANARY)
        asked_id = session().get(Instrument, instrument).items[0].id
        give_answer(maker, round_id, asked_id, CANARY, visibility=Visibility.SPACE)
    ids = {
        "line_id": line,
        "summary_id": summary,
        "agenda_id": agenda,
        "part_id": part,
        "series_id": series,
        "membership_id": maker.id,
        "heading_id": uuid.uuid4(),
        "choosing_id": choosing,
        "instrument_id": instrument,
        "item_id": asked_id,
        "asked_id": asked_id,
        "figure_id": figure,
        "measuring_id": measuring,
        "table_id": table,
        "round_id": round_id,
        "space_id": space.id,
        "workshop_id": workshop.id,
        "trajectory_id": workshop.trajectory_id,
        "contribution_id": impact,
        "node_id": node,
        "impact_id": impact,
        "told_id": wording,
        "wording_id": wording,
        "goal_id": goal,
        "indicator_id": sign,
        "format_name": "mm",
        "mark": "x",
        "path": "icon.svg",
        "topic": "impact",
    }
    return (
        space,
        maker,
        ids,
        [str(each) for each in (space.id, workshop.id, workshop.trajectory_id, impact, node)],
    )


def crawl(browser, starts, last_id="x"):
    """Every page from these on, following every link on this site; path and text of each answer."""
    waiting, seen = list(starts), {}
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        for accept in ("text/html", "application/json"):
            answer = browser.client.get(path, headers={"Accept": accept, "Last-Event-ID": last_id})
            seen[path] = seen.get(path, "") + words_of(answer)
            if answer.mimetype == "text/html" and not path.startswith("/static/"):
                waiting += local_links(answer.text) - seen.keys()
    return seen


def every_address(app, ids):
    rules = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    paths = [re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids[found[1]]), rule) for rule in rules]
    queries = ["", f"?workshop={ids['workshop_id']}", "?part=panel", "?after=0&view=library", "?view=screen"]
    return [path + query for path in paths for query in queries]


def test_a_canary_is_heard_by_its_own_people_only(app, canary):
    _space, maker, ids, names = canary
    with app.app_context():
        foreign = make_space(is_public=True)
        foreign_workshop = make_workshop(foreign)
        strangers = [
            None,
            make_account(),
            foreign.steward.person_id,
            make_member(foreign, foreign_workshop).person_id,
        ]
    starts = ["/", "/nothing", *every_address(app, ids)]
    for person in strangers:
        browser = Browser(app)
        if person:
            sign_browser_in(browser, person)
        seen = crawl(browser, starts)
        assert len(seen) > len(starts)
        hits = [path for path, text in seen.items() if CANARY in text]
        assert hits == []
        told = [
            (path, name) for path, text in seen.items() for name in names if name not in path and name in text
        ]
        assert told == []  # not even the ids are found by following links
    own = crawl(sign_browser_in(Browser(app), maker.person_id), starts)
    assert sum(CANARY in text for text in own.values()) > 10
    road = f"/spaces/{ids['space_id']}/trajectories/{ids['trajectory_id']}"
    files = {path.removeprefix(f"{road}/"): CANARY in text for path, text in own.items()}
    assert {file: files.get(file) for file in FILES} == dict.fromkeys(FILES, True)


def test_what_a_stranger_sends_gets_no_canary_back(app, canary):
    _space, _maker, ids, _names = canary
    with app.app_context():
        stranger = make_account()
    browser = sign_browser_in(Browser(app), stranger)
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and rule.rule != "/sign-out":
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids[found[1]]), rule.rule)
            for options in ({"json": {"zz": 1}}, {"data": {"zz": "1"}}, {"json": {}}):
                assert CANARY not in browser.post(path, **options).text


@pytest.mark.parametrize(
    ("kinds", "read_by_who_leads"),
    [
        ((Moment, WorkingFactor, DesiredImpact, Indicator, Node), {DesiredImpact.topic}),
        ((Stance, RealismCheck, Wording, Remark), {"stance", "realism", "wording", "remark"}),
    ],
)
def test_what_is_set_aside_reaches_nobody_but_its_maker_and_who_set_it_aside(town, kinds, read_by_who_leads):
    with town.app.app_context():
        aside = set()
        for kind in kinds:
            for made in session().scalars(select(kind).where(kind.maker_id == town.maker.id)).all():
                key = next(key for key, words in town.things.items() if words in made.told)
                if key[1] is not Visibility.MAKER:
                    make_aside(town.space, town.workshop, made.id, kind.topic, "Een reden.")
                    aside.add(key)
        assert len(aside) == len(kinds) * 3
        town.head = head_of(town.space.id)
    road = f"/spaces/{town.space.id}/trajectories/{town.workshop.trajectory_id}"
    room, home = f"/workshops/{town.workshop.id}", f"/spaces/{town.space.id}"
    paths = ["/mine", "/mine/download", home, f"{home}/impacts", f"{home}/indicators", road, f"{road}/story"]
    paths += [f"{road}/{file}" for file in FILES]
    paths += [f"{home}/impacts/{each}" for each in town.impacts.values()]
    paths += [f"{home}/indicators/{each}" for each in town.signs.values()]
    paths += [f"{room}/{part}" for part in ("stage", "screen", "screen?part=map", "harvest", "results")]
    for name, browser in town.browsers.items():
        texts = [words_of(browser.get(path)) for path in paths]
        for view in View:
            path = f"{home}/changes?after=0&view={view}&workshop={town.workshop.id}"
            texts.append(read_stream(browser, path, town) or "")
        found = {key for text in texts for key in town.found(text)} & aside
        leads = name in ("facilitator", "steward")  # where they take it back in, they read it
        read = aside if name == "maker" else {key for key in aside if leads and key[0] in read_by_who_leads}
        assert found == read, name
        again = town.found(browser.get(f"{room}/arrivals").text) & aside
        assert again == (aside if name in ("facilitator", "steward") else set()), name

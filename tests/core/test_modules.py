"""All the scripts of a page as one file."""

import re
from pathlib import Path

import pytest

from cocreate.core.assets import asset_path, read_asset, scripts
from cocreate.core.modules import bundle, modules_of, scripts_path
from tests.browser_without_scripts import read_page
from tests.factories import make_node

STATIC = Path(__file__).parents[2] / "static"
TEMPLATES = Path(__file__).parents[2] / "templates"
IMPORT = re.compile(r"^(?:import|export)\s[^;]*?[\"'](\.{1,2}/[^\"']+)[\"'];", re.MULTILINE)
BEHAVIORS = dict(
    re.findall(
        r"""^  "?([\w-]+)"?: \(\) => import\("\./([^"]+)"\)""",
        (STATIC / "js/behaviors.js").read_text(),
        re.MULTILINE,
    )
)
PAGES = {
    call: re.findall(r"'([\w/-]+)'", call)
    for file in TEMPLATES.rglob("*.html")
    for call in re.findall(r"\{\{ scripts\((.+)\) \}\}", file.read_text())
}


def text_of(path):
    file = STATIC / path
    return file.read_text() if file.is_file() else None


def reading(files):
    return files.get


def by_hand(path, found=frozenset()):
    """The same, read file by file, however an import is written."""
    if path in found:
        return found
    found |= {path}
    for name in IMPORT.findall((STATIC / path).read_text()):
        found = by_hand(str(((STATIC / path).parent / name).resolve().relative_to(STATIC)), found)
    return found


@pytest.mark.parametrize("path", sorted(f"js/{file}" for file in BEHAVIORS.values()))
def test_a_script_comes_after_all_that_it_needs(path):
    told = modules_of(path, text_of)
    assert set(told) == by_hand(path)
    assert len(set(told)) == len(told)
    for place, each in enumerate(told):
        assert by_hand(each) <= set(told[: place + 1])


@pytest.mark.parametrize("names", PAGES.values(), ids=PAGES)
def test_a_page_has_all_its_scripts_in_one_file_and_each_once(names):
    text = bundle(scripts_path(*names), text_of)
    told = re.findall(r"^\{ // (\S+)$", text, re.MULTILINE)
    wanted = frozenset().union(*(by_hand(f"js/{name}.js") for name in (*names, "app")))
    assert len(set(told)) == len(told)
    assert set(told) == wanted
    assert told[-1] == "js/app.js"
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)


def test_a_script_of_another_page_is_still_fetched_when_it_is_asked_for():
    text = bundle(scripts_path("clock"), text_of)
    assert 'clock: () => Promise.resolve(all["js/clock.js"])' in text
    assert 'workbench: () => import("./map/workbench.js")' in text


FILES = {
    "js/app.js": 'import { go } from "./one.js";\n\ngo();\n',
    "js/one.js": 'import { two as other } from "./deep/two.js";\n\nexport function go() {\n  other();\n}\n',
    "js/deep/two.js": "export async function two() {}\n\nexport default class Two {}\n",
    "js/odd.js": 'export * from "./one.js";\n',
    "js/here.js": 'import { there } from "./there.js";\n\nexport const here = there;\n',
    "js/there.js": 'import { here } from "./here.js";\n\nexport const there = here;\n',
}


def test_names_go_over_as_they_were_meant():
    text = bundle("js/app+one.js", reading(FILES))
    assert 'const { two: other } = all["js/deep/two.js"];' in text
    assert 'all["js/deep/two.js"] = { two: two, default: Two };' in text
    assert text.index("// js/deep/two.js") < text.index("// js/one.js") < text.index("// js/app.js")


def test_a_way_of_writing_that_we_do_not_know_is_refused():
    with pytest.raises(LookupError, match="js/odd"):
        bundle("js/app+odd.js", reading(FILES))


def test_scripts_that_need_each_other_are_refused():
    with pytest.raises(LookupError, match="need each other"):
        bundle("js/app+here.js", reading(FILES))


def test_a_script_that_is_not_there_is_told_by_name():
    with pytest.raises(LookupError, match=re.escape("js/map/nowhere.js")):
        modules_of("js/map/nowhere.js", text_of)


@pytest.mark.parametrize(
    "path",
    [
        "js/app+nowhere.js",
        "js/stage.js+app.js",
        "js/app+stage+clock.js",  # in another order: each file has one name
        "js/app+clock+clock.js",
        "js/stage+clock.js",
        "js/app+" + "+".join(f"a{number:02}" for number in range(20)) + ".js",
        "js/app+...db.js",
    ],
)
def test_what_no_page_asks_for_is_not_there(path):
    assert read_asset(path) is None


def test_the_page_of_a_map_asks_for_one_script_that_holds_what_its_behaviours_need(
    app, member, workshop, new_browser
):
    with app.app_context():
        make_node(member, workshop)
    browser = new_browser(member)
    page = browser.get(f"/spaces/{member.space_id}/trajectories/{workshop.trajectory_id}")
    tags = [facts for _tag, facts in read_page(page.text).tags]
    (address,) = [facts["src"] for facts in tags if "src" in facts and facts.get("type") == "module"]
    asked = {facts["data-behavior"] for facts in tags if "data-behavior" in facts}
    assert asked >= {"library", "workbench", "lenses"}
    with app.test_request_context():
        assert address == scripts(*(BEHAVIORS[name].removesuffix(".js") for name in asked))
        assert address == asset_path("js/app+library+map.lenses+map.workbench.js")
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]

import re
from pathlib import Path

import pytest

from cocreate.core.assets import asset_path
from cocreate.core.modules import modules_of, preload
from tests.browser_without_scripts import read_page
from tests.factories import make_node

STATIC = Path(__file__).parents[2] / "static"
IMPORT = re.compile(r"^(?:import|export)\s[^;]*?[\"'](\.[^\"']+)[\"'];", re.MULTILINE)
BEHAVIORS = dict(
    re.findall(
        r"""^  "?([\w-]+)"?: \(\) => import\("\./([^"]+)"\)""",
        (STATIC / "js/behaviors.js").read_text(),
        re.MULTILINE,
    )
)
PAGES = ["js/app.js", "js/map/workbench.js", "js/map/lenses.js", "js/library.js"]


def by_hand(path, found=frozenset()):
    """The same, read file by file, however an import is written."""
    if path in found:
        return found
    found |= {path}
    for name in IMPORT.findall((STATIC / path).read_text()):
        found = by_hand(str(((STATIC / path).parent / name).resolve().relative_to(STATIC)), found)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_every_import_is_found_once(path):
    told = modules_of(path)
    assert told[0] == path
    assert len(set(told)) == len(told)
    assert set(told) == by_hand(path)


def test_a_page_names_each_script_once(app):
    with app.test_request_context():
        links = preload(*PAGES).splitlines()
        names = [asset_path(path) for path in sorted(frozenset().union(*map(by_hand, PAGES)))]
    assert sorted(links) == sorted(f'<link rel="modulepreload" href="{name}">' for name in names)


def test_a_script_that_is_not_there_is_told_by_name():
    with pytest.raises(LookupError, match=re.escape("js/map/nowhere.js")):
        modules_of("js/map/nowhere.js")


def test_the_page_of_a_map_names_what_its_behaviours_need_and_all_of_it_is_there(
    app, member, workshop, new_browser
):
    with app.app_context():
        make_node(member, workshop)
    browser = new_browser(member)
    page = browser.get(f"/spaces/{member.space_id}/trajectories/{workshop.trajectory_id}")
    tags = [facts for _tag, facts in read_page(page.text).tags]
    told = [facts["href"] for facts in tags if facts.get("rel") == "modulepreload"]
    assert len(set(told)) == len(told)
    assert {browser.get(path).status_code for path in told} == {200}
    asked = {facts["data-behavior"] for facts in tags if "data-behavior" in facts}
    assert asked >= {"library", "workbench", "lenses"}
    files = {f"js/{BEHAVIORS[name]}" for name in asked} | {"js/app.js"}
    with app.test_request_context():
        assert set(told) == {asset_path(path) for path in frozenset().union(*map(by_hand, files))}

import re
from pathlib import Path

import pytest

from cocreate.core.assets import asset_path
from cocreate.core.modules import modules_of, preload

STATIC = Path(__file__).parents[2] / "static"
IMPORT = re.compile(r"^(?:import|export)\s[^;]*?[\"'](\.[^\"']+)[\"'];", re.MULTILINE)
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

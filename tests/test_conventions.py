"""The rules of the house, held by a machine: see docs on style for their reasons."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest

from cocreate.cli import main
from cocreate.config import Config

ROOT = Path(__file__).parents[1]
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".sh",
    ".cfg",
    ".ini",
    ".svg",
    ".mako",
    "",
}
MOST_LINES = {
    "cocreate/**/*.py": 300,
    "templates/**/*.html": 120,
    "static/css/*.css": 250,
    "static/js/**/*.js": 150,
}
MOST_LINES_OF_A_FUNCTION = 40
CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "lib"}

# What a feature folder may hold, and the nouns that single features have besides.
EVERYWHERE = {"__init__", "rules", "models", "queries", "service", "forms", "views", "cli"}
NOUNS = {
    "accounts": {"identity", "words"},
    "compensation": {"words"},
    "impacts": {"agreement", "cells", "conversations", "drawing", "polis", "words"},
    "indicators": {
        "codebook",
        "chips",
        "cautions",
        "cost",
        "disclosure",
        "drawing",
        "figures",
        "instrument_files",
        "kinds",
        "quarters",
        "pictures",
        "edits",
        "order",
        "outcome",
        "rhythm",
        "scoring",
        "shares",
        "tables",
        "wording",
        "words",
    },
    "live": {"aside", "elsewhere", "hub", "murmur", "renderings", "ring", "room", "stream"},
    "moments": {"faces"},
    "privacy": {"register"},
    "replies": {"words"},
    "reports": {"across"},
    "spaces": {
        "bringers",
        "access",
        "arrivals",
        "aside",
        "brought",
        "contributions",
        "heard",
        "hiding",
        "imports",
        "openings",
        "shelves",
        "terms",
        "vocabulary",
        "withheld",
    },
    "trajectories": {
        "arrangement",
        "drawing",
        "faces",
        "formats",
        "history",
        "imports",
        "layout",
        "kinship",
        "measures",
        "operations",
        "outline",
        "standing",
        "story",
        "threads",
        "wording",
    },
    "workshops": {
        "activities",
        "agenda_words",
        "faces",
        "leaflet",
        "library",
        "rescue",
        "sheets",
        "sketches",
        "surfaces",
        "withholding",
        "words",
    },
}
# core is no feature: each file is one thing that every feature stands on.
CORE = {
    "__init__",
    "assets",
    "audience",
    "beside",
    "cards",
    "changes",
    "clocks",
    "db",
    "errors",
    "faces",
    "forms",
    "greeting",
    "hashing",
    "health",
    "i18n",
    "icons",
    "kept",
    "logs",
    "modules",
    "paging",
    "press",
    "problems",
    "qr",
    "resources",
    "security",
    "tables",
    "whispers",
}
TOP = {"__init__", "cli", "config", "serving"}

# Names that cannot be an address of anybody, and the namespaces of XML formats, which nobody ever fetches.
EXAMPLES = re.compile(
    r"(^|\.)(example|test|invalid|localhost)$|(^|\.)example\.(org|com|net|nl)$|^127\.|^192\.0\.2\.|^0\.0\.0\.0$|^\[::1?\]$"
)
NAMESPACES = {"www.w3.org", "graphml.graphdrawing.org", "www.gexf.net", "gexf.net"}
# Where a reader of the code or the documents may look things up; nothing here is fetched.
MENTIONED = {
    "benchmarks/**": set(),
    "LICENSE": {"fsf.org", "www.gnu.org"},
    "docs/**": None,
    "README.md": None,
    "CONTRIBUTING.md": None,
    "CHANGELOG.md": None,
    "tests/**": None,  # hostile input has addresses; tests/browser holds that none is asked
}
ADDRESS = re.compile(r"https?://[^\s\"'<>()`\\{}]+")
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|home|root|Users)/[\w.-]+")
REGISTRY = re.compile(
    r"(?i)--(?:extra-)?index-url|--find-links|pypi\.org|files\.pythonhosted|npmjs|unpkg|jsdelivr|cdnjs"
)


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the project: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return tuple(ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file())


def find(pattern: str) -> Iterator[tuple[str, str]]:
    """Name and text of the files that match."""
    for path in sorted(ROOT.glob(pattern)):
        if path.is_file() and "__pycache__" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every text file of the project."""
    for path in tracked():
        if path.suffix in TEXT:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace")


def line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def where(pattern: "re.Pattern[str]", files: Iterator[tuple[str, str]]) -> list[str]:
    """`name:line: what was found`, for each match."""
    return [
        f"{name}:{line_of(text, found.start())}: {found[0]}"
        for name, text in files
        for found in pattern.finditer(text)
    ]


@pytest.mark.parametrize("pattern", MOST_LINES)
def test_files_stay_small(pattern: str) -> None:
    sizes = {name: len(text.splitlines()) for name, text in find(pattern)}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > MOST_LINES[pattern]} == {}


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for name, text in find("cocreate/**/*.py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}:{node.lineno} {node.name}", node


def test_functions_stay_small() -> None:
    sizes = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions()}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION} == {}
    assert sorted(sizes.values())[len(sizes) // 2] <= 9


def test_no_drawer_for_everything() -> None:
    found = [path for path in tracked() if path.stem.lower() in CATCH_ALL or path.parent.name in CATCH_ALL]
    assert found == []


def test_a_folder_holds_only_what_it_needs() -> None:
    folders = {path.name for path in (ROOT / "cocreate").iterdir() if (path / "__init__.py").is_file()}
    assert folders - {"core", "example"} == set(NOUNS)
    for feature, nouns in NOUNS.items():
        assert parts(ROOT / "cocreate" / feature) - EVERYWHERE - nouns == set(), feature
        assert nouns - parts(ROOT / "cocreate" / feature) == set(), f"{feature} does not have this any more"
    assert parts(ROOT / "cocreate" / "core") == CORE
    assert parts(ROOT / "cocreate") - folders == TOP


def parts(folder: Path) -> set[str]:
    """The modules and packages directly in a folder."""
    modules = {path.stem for path in folder.glob("*.py")}
    return modules | {path.parent.name for path in folder.glob("*/__init__.py")}


SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>")
HANDLER = re.compile(r"<[a-z][^<>]*?\son[a-z]+\s*=", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
SAFE = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false")
JINJA = re.compile(r"\{#.*?#\}", re.DOTALL)


def templates() -> Iterator[tuple[str, str]]:
    """The templates without their comments, line numbers kept."""
    for name, text in find("templates/**/*.html"):
        yield name, JINJA.sub(lambda found: "\n" * found[0].count("\n"), text)


def test_templates_bring_no_script_or_style_of_their_own() -> None:
    assert where(SCRIPT, templates()) == []
    assert where(HANDLER, templates()) == []
    assert where(STYLE, templates()) == []


def test_only_the_picture_of_a_code_is_trusted() -> None:
    trusted = [each for each in where(SAFE, templates()) if "templates/macros/ui.html" not in each]
    assert trusted == []
    (macro,) = [text for name, text in templates() if name == "templates/macros/ui.html"]
    assert len(SAFE.findall(macro)) <= 1
    assert all("svg | safe" in line for line in macro.splitlines() if SAFE.search(line))


def test_script_makes_no_markup_out_of_text() -> None:
    ways = re.compile(
        r"\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\("
    )
    found = where(ways, find("static/js/**/*.js"))
    # One place may, behind the policy that trusted types demand: cards rendered by our own server.
    assert len({each.split(":")[0] for each in found}) <= 1, found


def test_css_is_layered_and_logical() -> None:
    physical = re.compile(
        r"(?m)^\s*(?:margin|padding|border)-(?:left|right|top|bottom)\b|^\s*(?:left|right|top|bottom):"
    )
    assert where(physical, find("static/css/*.css")) == []
    (app,) = [text for name, text in find("static/css/app.css")]
    assert app.startswith("@layer reset, tokens, base, components, features, utilities;")


def test_nothing_points_at_the_outside_world() -> None:
    found = []
    for name, text in texts():
        allowed = mentioned(name)
        if allowed is None:
            continue
        for address in ADDRESS.finditer(text):
            host = urlsplit(address[0].rstrip(".,;:*&")).netloc.rpartition("@")[2].split(":")[0]
            if host and host not in NAMESPACES | allowed and not EXAMPLES.search(host):
                found.append(f"{name}:{line_of(text, address.start())}: {address[0]}")
    assert found == []


def mentioned(name: str) -> set[str] | None:
    """The hosts a file may speak of; None when any."""
    for pattern, hosts in MENTIONED.items():
        if name == pattern or (pattern.endswith("/**") and name.startswith(pattern.removesuffix("**"))):
            return hosts
    return set()


def test_nothing_knows_a_registry_or_somebodys_machine() -> None:
    others = [(name, text) for name, text in texts() if name != "tests/test_conventions.py"]
    assert where(REGISTRY, iter(others)) == []
    assert where(MACHINE_PATH, iter(others)) == []


def test_nothing_of_others_is_copied_in() -> None:
    names = [str(path.relative_to(ROOT)) for path in tracked()]
    foreign = re.compile(
        r"\.min\.(js|css)$|\.(woff2?|ttf|otf|eot|map|whl|jar|exe|so|dll)$|(^|/)(vendor|node_modules)/"
    )
    assert [name for name in names if foreign.search(name)] == []
    large = [name for name in names if (ROOT / name).stat().st_size > 500_000]
    assert large == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()
    for each in fields(Config):
        row = next((line for line in text.splitlines() if f"`{each.metadata['env']}`" in line), None)
        assert row, f"docs/settings.md says nothing about {each.metadata['env']}"
        assert each.metadata["doc"] in row
    told = set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE))
    assert told == {each.metadata["env"] for each in fields(Config)}, "a setting that is no more"


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def test_every_command_is_documented() -> None:
    text = "\n".join(text for _, text in find("docs/*.md"))
    for name, command in commands(main, "cocreate"):
        if not isinstance(command, click.Group):
            assert f"`{name}" in text, f"docs/ says nothing about {name}"
            options = [each for each in command.params if isinstance(each, click.Option)]
            missing = [each.opts[0] for each in options if each.opts[0] not in text]
            assert missing == [], name


def test_every_make_target_is_phony_or_a_file() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    phony = set(" ".join(re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)).split())
    assert named == phony

"""Scripts as one file: a page asks once for all that it needs, which bad wifi notices.

The modules in static/js stay as they are written, one small behaviour to a file, and can be asked for
one by one. We know each way in which they are written, and refuse any other: no bundler is needed for that.
"""

import posixpath
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

Reader = Callable[[str], str | None]  # the text of a file in static, or nothing when there is none

# As our own scripts write them, at the beginning of a line; what is imported later, on demand, is not meant.
_IMPORT: Final = re.compile(r'^import (?P<names>\{[^}]*\}) from "(?P<file>\.[^"]+)";$', re.MULTILINE)
_EXPORT: Final = re.compile(
    r"^export (?P<default>default )?(?P<made>(?:async )?(?:function|class|const) (?P<name>\w+))", re.MULTILINE
)
_LATER: Final = re.compile(r'\bimport\("(?P<file>\.[^"]+)"\)')
_OTHER: Final = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
FOLDER: Final = "js/"
MOST: Final = 16  # scripts that one file is asked to begin with


def scripts_path(*names: str) -> str:
    """The path of one file with `app` and these behaviours in it; `map/workbench` becomes `map.workbench`."""
    entries = sorted({name.replace("/", ".") for name in names})
    return f"{FOLDER}{'+'.join(['app', *entries])}.js"


@lru_cache(maxsize=64)
def bundle(path: str, read: Reader) -> str | None:
    """The file at such a path; None when it is not one, or names a script that is not there."""
    names = path.removeprefix(FOLDER).removesuffix(".js").split("+")
    if names[0] != "app" or names[1:] != sorted(set(names[1:])) or not 1 < len(names) <= MOST:
        return None
    entries = [f"{FOLDER}{name.replace('.', '/')}.js" for name in names]
    if any(read(entry) is None for entry in entries):
        return None
    # What a page begins with runs last, when all that it needs is there.
    order = dict.fromkeys(file for entry in (*entries[1:], entries[0]) for file in modules_of(entry, read))
    return "const all = {};\n" + "".join(_piece(file, read, frozenset(order)) for file in order)


@cache
def modules_of(path: str, read: Reader) -> tuple[str, ...]:
    """All that a script imports, however far, each after what it imports itself; then the script.

    `LookupError` when one of them is not there, or when two need each other.
    """
    found: dict[str, None] = {}

    def visit(here: str, above: tuple[str, ...]) -> None:
        if here in above:
            raise LookupError(f"These scripts need each other: {here}, {above[-1]}.")
        if here not in found:
            for each in _IMPORT.finditer(_text(here, read)):
                visit(_beside(here, each["file"]), (*above, here))
            found[here] = None

    visit(path, ())
    return tuple(found)


def _piece(path: str, read: Reader, together: frozenset[str]) -> str:
    """One module as a block of its own, in which its names are its own."""
    text = _IMPORT.sub(
        lambda each: (
            f"const {each['names'].replace(' as ', ': ')} = all[{_quoted(_beside(path, each['file']))}];"
        ),
        _text(path, read),
    )
    exports = {
        each["name"]: "default" if each["default"] else each["name"] for each in _EXPORT.finditer(text)
    }
    text = _EXPORT.sub(lambda each: each["made"], text)
    if other := _OTHER.search(text):
        raise LookupError(f"We cannot put this in one file: {path}: {other[0]}")
    text = _LATER.sub(lambda each: _later(path, each["file"], together), text)
    named = ", ".join(f"{exported}: {name}" for name, exported in exports.items())
    return f"{{ // {path}\n{text}\nall[{_quoted(path)}] = {{ {named} }};\n}}\n"


def _later(path: str, file: str, together: frozenset[str]) -> str:
    wanted = _beside(path, file)
    if wanted in together:
        return f"Promise.resolve(all[{_quoted(wanted)}])"
    return f'import("./{posixpath.relpath(wanted, FOLDER)}")'


def _beside(path: str, file: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file))


def _text(path: str, read: Reader) -> str:
    text = read(path)
    if text is None:
        raise LookupError(f"There is no script {path}.")
    return text


def _quoted(path: str) -> str:
    return f'"{path}"'

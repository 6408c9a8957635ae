"""Which scripts a page is going to need: told in its head, so that a browser need not find out one by one."""

import posixpath
import re
from functools import cache

from flask import Flask
from markupsafe import Markup

from cocreate.core.assets import asset_path, read_asset

# As our own scripts write it, at the beginning of a line; what is imported later, on demand, is not meant.
_IMPORT = re.compile(r'^import (?:[^"]+ from )?"(?P<file>\.[^"]+)";$', re.MULTILINE)


@cache
def modules_of(path: str) -> tuple[str, ...]:
    """The script and all that it imports, however far; `LookupError` when one of them is not there."""
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        here = waiting.pop(0)
        if here in found:
            continue
        asset = read_asset(here)
        if asset is None:
            raise LookupError(f"There is no script {here}.")
        found[here] = None
        folder = posixpath.dirname(here)
        waiting += [
            posixpath.normpath(posixpath.join(folder, each["file"]))
            for each in _IMPORT.finditer(asset.content.decode())
        ]
    return tuple(found)


@cache
def preload(*paths: str) -> Markup:
    """Links in the head of a page for these scripts and what they import."""
    wanted = dict.fromkeys(file for path in paths for file in modules_of(path))
    link = Markup('<link rel="modulepreload" href="{}">')
    return Markup("\n").join(link.format(asset_path(file)) for file in wanted)


def init_app(app: Flask) -> None:
    """Give templates `preload()`."""
    app.jinja_env.globals["preload"] = preload

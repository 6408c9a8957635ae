"""Static files: bundled, compressed once, and named by their content so that browsers keep them."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from flask import Flask, Response, abort, request
from markupsafe import Markup

from cocreate.core.icons import icon, sprite
from cocreate.core.modules import FOLDER, bundle, scripts_path
from cocreate.core.resources import resource

_IMPORT = re.compile(r'^@import url\("(?P<file>[\w.-]+)"\) layer\((?P<layer>\w+)\);$', re.MULTILINE)
SPRITE = "icons.svg"
_WORTH_IT = 1000  # bytes; below that a header costs as much
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it goes over the wire."""

    content: bytes
    compressed: bytes
    mimetype: str


@lru_cache(maxsize=512)
def read_asset(path: str) -> Asset | None:
    """A file of ours, or vis-network out of the installed pyvis package; None when there is no such file."""
    if path == "vendor/vis-network.min.js":
        content = _pyvis_file("vis-network.min.js")
    elif path == SPRITE:
        content = sprite()
    elif path == "css/app.css":
        content = bundle_css((resource("static") / path).read_text())
    elif path in _own_files():
        content = (resource("static") / path).read_bytes()
    elif together := bundle(path, _script) if path.startswith(FOLDER) else None:
        content = together.encode()
    else:
        return None
    mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if mimetype in ("text/javascript", "application/javascript"):
        mimetype = "text/javascript"
    return Asset(content, gzip.compress(content, 9, mtime=0), mimetype)


def _script(path: str) -> str | None:
    return (resource("static") / path).read_text() if path in _own_files() else None


@cache
def scripts(*names: str) -> str:
    """The address of the one script of a page, with these behaviours in it."""
    return asset_path(scripts_path(*names) if names else f"{FOLDER}app.js")


def bundle_css(text: str) -> bytes:
    """Put the imported files where they are imported: one request that blocks drawing, not ten."""

    def paste(found: re.Match[str]) -> str:
        inner = (resource("static") / "css" / found["file"]).read_text()
        return f"@layer {found['layer']} {{\n{inner}\n}}"

    return _IMPORT.sub(paste, text).encode()


@cache
def _own_files() -> frozenset[str]:
    root = resource("static")
    return frozenset(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


def _pyvis_file(name: str) -> bytes:
    # Found without importing pyvis, which costs up to half a second.
    package = find_spec("pyvis")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("pyvis is not installed.")
    return (Path(package.submodule_search_locations[0]) / "lib" / "vis-9.1.2" / name).read_bytes()


@cache
def tree_mark() -> str:
    """A short mark of all static files together; it changes when one of them does.

    One mark for the whole tree lets ES modules import each other by relative path,
    without the inline import map that the content security policy would have to allow.
    """
    digest = hashlib.sha256()
    for path in sorted(_own_files()):
        digest.update(path.encode())
        digest.update((resource("static") / path).read_bytes())
    digest.update(sprite())
    return digest.hexdigest()[:12]


def asset_path(path: str) -> str:
    """The address of a static file."""
    return f"/static/{tree_mark()}/{path}"


def _serve(mark: str, path: str) -> Response:
    asset = read_asset(path)
    if asset is None:
        abort(404)
    is_compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(asset.compressed if is_compressed else asset.content, mimetype=asset.mimetype)
    if is_compressed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    # An old mark still gets today's file, but nobody may keep it under that name.
    lasting = f"public, max-age={_YEAR}, immutable"
    answer.headers["Cache-Control"] = lasting if mark == tree_mark() else "no-cache"
    return answer


def _worker() -> Response:
    """The script that stands between a browser and us; from the root, so that it may do so for all pages."""
    asset = read_asset("js/worker.js")
    if asset is None:
        abort(404)
    answer = Response(asset.content, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Cache-Control"] = "no-cache"  # a new one is there at the next page
    return answer


@cache
def pictogram(name: str, css: str = "", turns: bool = False) -> Markup:
    """A pictogram out of the sprite."""
    return icon(name, css, turns, asset_path(SPRITE))


def _compress(answer: Response) -> Response:
    """Pages shrink to a tenth, which bad wifi notices. Streams and small answers go as they are.

    Our own few lines, because the library for it brings two more compressors in C that a hall does not need.
    """
    is_text = answer.mimetype in ("text/html", "application/json", "application/problem+json")
    if not is_text or answer.is_streamed or answer.direct_passthrough or answer.content_encoding:
        return answer
    answer.vary.add("Accept-Encoding")
    content = answer.get_data()
    if len(content) >= _WORTH_IT and "gzip" in request.headers.get("Accept-Encoding", ""):
        answer.set_data(gzip.compress(content, 1, mtime=0))
        answer.content_encoding = "gzip"
    return answer


def init_app(app: Flask) -> None:
    """Serve static files and give templates `asset()`."""
    app.add_url_rule("/static/<mark>/<path:path>", "static", _serve)
    app.add_url_rule("/worker.js", "core.worker", _worker)
    app.jinja_env.globals["asset"] = asset_path
    app.jinja_env.globals["scripts"] = scripts
    app.jinja_env.globals["pictogram"] = pictogram
    app.after_request(_compress)

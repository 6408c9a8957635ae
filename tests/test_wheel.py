"""What `pip install cocreate` brings: built from the checkout, installed elsewhere, used from there."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.shell import cocreate, environment, running
from tests.test_imports import MAPS, write_polis

ROOT = Path(__file__).parents[1]
OPEN_SPACE = (
    "from cocreate import create_app\n"
    "from cocreate.accounts.service import welcome_guest\n"
    "from cocreate.spaces.service import SpaceDraft, open_space\n"
    "with create_app().app_context(): open_space(welcome_guest(), SpaceDraft('Plein', language='en'))\n"
)

pytestmark = pytest.mark.timeout(300)


def run(*command: object, cwd: Path, **settings: object) -> str:
    """Run a program that must succeed; gives what it printed."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("cocreate-*.whl")
    return built


@pytest.fixture(scope="module")
def house(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel in it; the other packages are borrowed from this one."""
    folder = tmp_path_factory.mktemp("house")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    python = folder / "env" / "bin" / "python"
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    # A path added by a .pth file is read for modules, but its own .pth files are not: the
    # checkout that is installed editable over there stays out of sight.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    # pip run from here, so that the scripts of the wheel start with the new environment's Python.
    pip = [
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--ignore-installed",
    ]
    run(sys.executable, *pip, "--disable-pip-version-check", wheel, cwd=folder)
    return folder


@pytest.fixture
def program(house: Path) -> Path:
    return house / "env" / "bin" / "cocreate"


def test_the_wheel_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("templates", "static", "migrations"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert f"cocreate/_bundle/{file.relative_to(ROOT)}" in names
    for file in (ROOT / "cocreate").rglob("*"):
        if file.suffix in (".py", ".po"):
            assert str(file.relative_to(ROOT)) in names
    assert any(name.endswith(".po") for name in names), "no translations"
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cocreate"}
    leftovers = [
        name
        for name in names
        if re.search(r"test|(?<!work)bench|\.pyc$|\.db$|secret|\.env|(^|/)var/|\.hypothesis", name)
    ]
    assert leftovers == []


def test_the_commands_work_in_an_empty_folder(house: Path, program: Path, tmp_path: Path) -> None:
    where = run(
        house / "env" / "bin" / "python", "-c", "import cocreate; print(cocreate.__file__)", cwd=tmp_path
    )
    assert Path(where.strip()).is_relative_to(house)
    for arguments in (
        ["--help"],
        ["--version"],
        ["run", "--help"],
        ["import", "--help"],
        ["import", "polis", "--help"],
    ):
        assert run(program, *arguments, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
    data = tmp_path / "data"
    assert "COCREATE_DATA" in run(program, "settings", cwd=tmp_path, COCREATE_DATA=data)
    assert not data.exists()
    assert "up to date" in run(program, "migrate", cwd=tmp_path, COCREATE_DATA=data)
    assert (data / "cocreate.db").is_file()


def test_imports_work(house: Path, program: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(program, "migrate", cwd=tmp_path, COCREATE_DATA=data)
    run(house / "env" / "bin" / "python", "-c", OPEN_SPACE, cwd=tmp_path, COCREATE_DATA=data)
    for name, content in MAPS.items():
        (tmp_path / name).write_text(content)
        said = run(program, "import", "map", name, "--space", "Plein", cwd=tmp_path, COCREATE_DATA=data)
        assert "3 items, 2 links" in said
    write_polis(tmp_path / "polis")
    said = run(program, "import", "polis", "polis", "--space", "Plein", cwd=tmp_path, COCREATE_DATA=data)
    assert "2 people, 2 statements, 3 stances" in said


def test_it_serves_its_pages_and_stops(house: Path, program: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running("--example", program=program, cwd=tmp_path, COCREATE_DATA=data) as server:
        assert server.get("/healthz").status == 200
        assert server.get("/readyz").status == 200
        page = server.get("/")
        if page.status in (302, 303):
            page = server.get(page.headers["Location"])
        assert page.status == 200
        join = server.get("/join")
        assert join.status == 200
        assets = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text + join.text))
        assert any(path.endswith(".css") for path in assets)
        assert any(path.endswith(".js") for path in assets)
        for path in assets:
            assert server.get(path).status == 200, path
        prefix = next(iter(assets)).split("/")[2]
        for file in (ROOT / "static").rglob("*"):
            if file.is_file():
                path = f"/static/{prefix}/{file.relative_to(ROOT / 'static')}"
                answer = server.get(path)
                assert answer.status == 200, path
                assert "immutable" in answer.headers["Cache-Control"]
        assert server.get(f"/static/{prefix}/vendor/vis-network.min.js").status == 200
        assert os.path.samefile(f"/proc/{server.process.pid}/cwd", tmp_path)
        assert server.stop() < 10
        assert server.process.returncode == 0
        assert "Traceback" not in server.output()
    assert cocreate("migrate", program=program, cwd=tmp_path, COCREATE_DATA=data).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"data"}

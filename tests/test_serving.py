"""Https from the laptop itself: both files, or none."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest

from cocreate.config import SettingError
from cocreate.core.greeting import PLAIN, TRUST
from cocreate.serving import check_certificate
from tests.certificates import make_certificate
from tests.shell import cocreate, free_port, running, said_plainly

ROOT = Path(__file__).parent.parent
HOSTING = (ROOT / "docs" / "hosting.md").read_text()
PASTED = 'make run ARGS="--certificate var/https/hall.pem --key var/https/hall-key.pem"'


def blocks(text: str) -> list[str]:
    """What a page offers to paste."""
    return [textwrap.dedent(each) for each in re.findall(r"^ *```sh\n(.*?)^ *```$", text, re.M | re.S)]


def test_what_the_pages_say_to_paste_for_https_is_what_make_starts():
    for text in (HOSTING, (ROOT / "README.md").read_text()):
        assert f"{PASTED}\n" in blocks(text)
    make = shutil.which("make")
    assert make
    command = [make, "-n", "-o", ".venv/.run-ready", "run", PASTED.removeprefix("make run ").replace('"', "")]
    # A person pastes this in a shell. Under `make test`, what that make passes on changes what is printed.
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    planned = subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True, text=True)
    started = planned.stdout.splitlines()[-1]
    assert started.startswith(".venv/bin/cocreate run --address 0.0.0.0:8000 --example ")
    assert started.endswith("--certificate var/https/hall.pem --key var/https/hall-key.pem")


def test_the_certificate_of_the_page_is_served_and_trusted(tmp_path):
    (block,) = (each for each in blocks(HOSTING) if "openssl" in each)
    subprocess.run(["sh", "-e", "-c", block], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    made = tmp_path / "var" / "https"
    trusted = ssl.create_default_context(cafile=str(made / "authority.pem"))
    options = ("--certificate", made / "hall.pem", "--key", made / "hall-key.pem")
    with running(*options, trusted=trusted, COCREATE_DATA=tmp_path / "data") as server:
        assert server.get("/join").status == 200


def test_without_files_it_is_http():
    assert check_certificate("", "") == []


def test_one_without_the_other_a_file_that_is_not_there_and_two_that_do_not_belong_together(tmp_path):
    certificate, key = make_certificate(tmp_path)
    _other, other_key = make_certificate(tmp_path, "other")
    for given, words in (
        ((str(certificate), ""), "needs both"),
        (("", str(key)), "needs both"),
        ((str(certificate), str(tmp_path / "none.pem")), "none.pem is not there"),
        ((str(certificate), str(other_key)), "do not belong together"),
        ((str(key), str(key)), "no certificate"),
    ):
        with pytest.raises(SettingError, match=words):
            check_certificate(*given)


def test_a_host_hears_it_in_one_line_before_anything_is_made(tmp_path):
    data = tmp_path / "var"
    done = cocreate(
        "run",
        "--address",
        f"127.0.0.1:{free_port()}",
        "--certificate",
        tmp_path / "x.pem",
        COCREATE_DATA=data,
    )
    assert said_plainly(done) == "Https needs both: --certificate FILE and --key FILE."
    assert not data.exists()


def test_it_serves_https_says_so_and_keeps_the_cookie_there(tmp_path):
    certificate, key = make_certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=str(certificate))
    options = ("--example", "--certificate", certificate, "--key", key)
    with running(*options, trusted=trusted, COCREATE_DATA=tmp_path / "var") as server:
        said = server.output()
        assert f"https://localhost:{server.port}/sign-in/link#" in said
        assert f"https://127.0.0.1:{server.port}/join" in said
        answer = server.get("/join")
        assert answer.status == 200
        assert "__Host-" in answer.headers["Set-Cookie"]
        assert server.get("/worker.js").status == 200


def test_a_device_that_does_not_trust_it_is_told_about_once_and_in_plain_words(tmp_path):
    certificate, key = make_certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=str(certificate))
    options = ("--certificate", certificate, "--key", key)
    with running(*options, trusted=trusted, COCREATE_DATA=tmp_path / "var") as server:
        for _ in range(2):
            with pytest.raises(ssl.SSLCertVerificationError):
                greet(server.port, ssl.create_default_context())
        with (
            socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain,
            suppress(ConnectionResetError),  # or an end without a word, as it comes
        ):
            plain.sendall(b"GET /join HTTP/1.1\r\n\r\n")
            assert not plain.recv(100)
        socket.create_connection(("127.0.0.1", server.port), timeout=10).close()
        assert server.get("/join").status == 200
        server.stop()
        said = server.output()
    assert "Traceback" not in said
    assert said.count(TRUST) == said.count(PLAIN) == 1


def greet(port: int, trusted: ssl.SSLContext) -> None:
    """Begin to speak https, as a browser does."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        trusted.wrap_socket(connection, server_hostname="127.0.0.1").close()

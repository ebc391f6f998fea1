"""Security, line 7: a server neither fills the memory, nor holds the run, nor leads on to the inner network."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from warmap_app.batch import remote
from warmap_app.main import main

DEAL = json.dumps({"deal": {"account": "A", "opportunity": "O", "as_of": "2026-06-30"}}).encode()
SECRET = "s3cr3tSignature"


class Hostile(BaseHTTPRequestHandler):
    """A server that does what the first part of the path says."""

    asked: ClassVar[list[str]] = []
    elsewhere = ""

    def log_message(self, *_):
        """Say nothing."""

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        type(self).asked.append(f"{self.server.server_address[1]}{self.path}")
        kind = self.path.split("/")[1]
        getattr(self, f"send_{kind}", self.send_deal)()

    def answer(self, body, **headers):
        self.send_response(headers.pop("code", 200))
        for name, value in (
            {"Content-Length": str(len(body))} | {k.replace("_", "-"): v for k, v in headers.items()}
        ).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def send_deal(self):
        self.answer(DEAL, Accept_Ranges="bytes", ETag='"1"')

    def send_away(self):
        self.answer(b"", code=302, Location=f"{self.elsewhere}/inner/a.json")

    def send_inner(self):
        self.answer(DEAL)

    def send_moved(self):
        self.answer(b"", code=302, Location="/deal/a.json")

    def send_endless(self):
        """More than anybody can hold, of a size that is not told."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.command == "GET":
            try:
                while True:
                    self.wfile.write(b"<a href='x'>" * 100_000)
            except OSError:
                pass

    def send_lying(self):
        """A body that has no end, said to be small."""
        self.send_response(200)
        self.send_header("Content-Length", "1000000" if self.command == "HEAD" else str(10**10))
        self.end_headers()
        if self.command == "GET":
            try:
                while True:
                    self.wfile.write(b"x" * 1_000_000)
            except OSError:
                pass

    def send_silent(self):
        time.sleep(8)


@pytest.fixture(scope="module")
def servers():
    """A server, and another one that the first leads to; addresses without a slash at the end."""
    running = [ThreadingHTTPServer(("127.0.0.1", 0), Hostile) for _ in range(2)]
    for one in running:
        one.daemon_threads = True
        threading.Thread(target=one.serve_forever, daemon=True).start()
    first, second = (f"http://127.0.0.1:{one.server_address[1]}" for one in running)
    Hostile.elsewhere = second
    yield first, second
    for one in running:
        one.shutdown()
        one.server_close()


@pytest.fixture
def checked(servers, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def call(path, *words):
        Hostile.asked.clear()
        began = time.monotonic()
        code = main(["check", f"{servers[0]}{path}", "--lang", "en", *words])
        told = capsys.readouterr()
        return code, told.out + told.err, time.monotonic() - began

    return call


def test_a_map_is_read(checked):
    code, said, _ = checked("/deal/a.json", "--format", "json")
    assert code in {0, 1}
    assert '"account": "A"' in said


def test_on_the_same_host_it_may_lead_on(checked):
    assert '"account": "A"' in checked("/moved/a.json", "--format", "json")[1]


def test_to_another_host_it_may_not(checked, servers):
    code, said, _ = checked("/away/a.json", "--format", "json")
    assert code in {1, 2}
    assert '"account": "A"' not in said
    assert not [one for one in Hostile.asked if one.startswith(servers[1].rpartition(":")[2])]


@pytest.mark.parametrize("path", ["/endless/", "/endless/a.json", "/endless/*.json", "/lying/a.json", "/lying/w.zip"])
def test_what_has_no_end_is_given_up(checked, monkeypatch, path):
    monkeypatch.setattr(remote, "LIST_SECONDS", 6.0)
    monkeypatch.setattr("warmap_app.batch.asked.LIST_SECONDS", 6.0)
    code, _, seconds = checked(path)
    assert code in {1, 2}
    assert seconds < 6 + 20 + 30 + 15  # listing, reading, and the start of both processes


@pytest.mark.parametrize("path", ["/silent/a.json", "/silent/"])
def test_who_says_nothing_is_not_waited_for(checked, monkeypatch, path):
    monkeypatch.setattr("warmap_app.child.SECONDS_TO_START", 4.0)
    monkeypatch.setattr(remote, "LIST_SECONDS", 2.0)
    code, _, seconds = checked(path)
    assert code == 2
    assert seconds < 25


def test_a_signature_is_in_nothing_that_is_written(checked, tmp_path):
    for words in (
        ["--format", "html"],
        ["--format", "xlsx"],
        ["--format", "mail"],
        ["--format", "json", "--store", "s.db"],
    ):
        _, said, _ = checked(f"/deal/a.json?sig={SECRET}", *words, "-o", f"out{words[1]}", "--journal", "j")
        assert SECRET not in said
    for path in tmp_path.rglob("*"):
        assert SECRET not in path.name
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/a.json", "sftp://h/a.json", "local:///etc/passwd", "github://o:r@/a.json", "memory://in/a.json", "dask://h/x",
     "zip://a.json::http://127.0.0.1:1/w.zip", "simplecache::http://127.0.0.1:1/a.json", "http://127.0.0.1:1/a::file:///etc/passwd",
     "data://,x", "reference://x", "jupyter://h/a", "smb://h/a", "hdfs://h/a", "git://h/a", "libarchive://x", "gopher://h/a"],
)  # fmt: skip
def test_no_other_kind_of_address_is_asked(tmp_path, monkeypatch, capsys, url):
    monkeypatch.chdir(tmp_path)
    assert main(["check", url, "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "of a kind that is not read" in said or "joined by ::" in said or "does not exist" in said


def test_the_list_of_kinds_is_short_and_documented():
    text = (Path(__file__).parents[2] / "docs" / "security.md").read_text("utf-8")
    for scheme in ("s3", "gs", "az", "abfs", "https", "http"):
        assert scheme in remote.SCHEMES
        assert f"`{scheme}`" in text

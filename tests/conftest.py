"""What every folder of tests shares: hypothesis profiles, marks for the hosts, and the `warmap` command as a user runs it.

A test that asks for the fixture of a host program bears the mark of that host (`-m "not office"` leaves it out). Where the
program is missing such a test fails; it never skips.
"""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

from real_programs import (
    CHROMIUM,
    installed,
    pytest_terminal_summary,  # noqa: F401  pytest finds it here
)
from sampling import IS_WHOLE, leave_out
from warmap_app.main import COMMANDS, command_named, main

ROOT = Path(__file__).parents[1]
VALIDATOR = ROOT / "tools" / "node_modules" / ".bin" / "ooxml-validator"
MARKS = {
    "office": "office",
    "plain_office": "office",
    "bare_office": "office",
    "gnumeric": "gnumeric",
    "validator": "node",
    "node_excel": "node",
    "npm": "node",
    "browser": "browser",
    "chromium": "browser",
    "postgres": "postgres",
    "windows": "windows",
    "any_windows": "windows",
}
"""Fixture → mark of the host it starts."""

# CI repeats the same examples at every run, and fewer of them; at home every run looks for new ones.
settings.register_profile(
    "ci", derandomize=True, database=None, deadline=None, print_blob=True, max_examples=100 if IS_WHOLE else 50
)
settings.register_profile("home", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "home")


@pytest.fixture(scope="session", autouse=True)
def _day_of_the_check():
    """The day it is for the batch: later than any map in the tests is judged at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warmap_app.clock.today", lambda: date(2027, 12, 31))
        yield


@contextmanager
def _own_folder_is_searched():
    """A command run in this process keeps Python from taking modules from the folder (security.md); what comes next must not."""
    before = os.environ.get("PYTHONSAFEPATH")
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PYTHONSAFEPATH", None)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup():
    """Of a session or a module too: they come before whatever a test could put back."""
    with _own_folder_is_searched():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call():
    """Put back what a command of the test has set."""
    with _own_folder_is_searched():
        return (yield)


@pytest.hookimpl(tryfirst=True)  # before pytest selects by -m
def pytest_collection_modifyitems(config, items):
    """Mark each test with the hosts whose fixtures it uses; leave cases of the slowest to `make all`."""
    leave_out(config, items)
    for item in items:
        for name in {MARKS[fixture] for fixture in item.fixturenames if fixture in MARKS}:
            item.add_marker(name)


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all rooms, as Playwright drives it."""
    from playwright.sync_api import sync_playwright  # heavy, and few tests need it

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=installed(*CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def validator():
    """What Microsoft's Open XML validator finds in a file: a list, empty when the file is sound."""
    assert VALIDATOR.exists(), "the validator is not installed: tools/install-node-tools.sh"

    def errors(path):
        done = subprocess.run([VALIDATOR, path], capture_output=True, text=True, check=False, timeout=120)
        report = json.loads(done.stdout)
        assert report["ok"] is not bool(report["errors"])
        return report["errors"]

    return errors


@pytest.fixture(scope="session")
def gnumeric():
    """Gnumeric's ssconvert."""
    program = shutil.which("ssconvert")
    assert program, "Gnumeric's ssconvert is not installed: tools/install-office.sh"
    return program


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_ours(tmp_path_factory):
    """Whoever runs the tests may have configured settings: a batch must not be judged by them."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    patch.delenv("WARMAP_SETTINGS", raising=False)
    patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("configuration")))
    yield
    patch.undo()


@pytest.fixture
def quiet_terminal(monkeypatch, tmp_path):
    """A wide terminal in English, in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    for name, value in (("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "en_US.UTF-8")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("WARMAP_DEBUG", raising=False)


@pytest.fixture
def run(capsys):
    """Run a command: exit code, standard output, standard error."""

    def call(*words):
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def instead_of(monkeypatch):
    """Run something else in the place of a command."""

    def put(name, run):
        module = import_module(f"warmap_app.commands.{COMMANDS[name][0]}")
        monkeypatch.setitem(module.COMMANDS, name, command_named(name)._replace(run=run))

    return put

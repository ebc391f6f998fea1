"""What every folder of tests shares.

One profile for the property tests: at home they look for new cases, in CI they repeat the same ones. And the command as
a user runs it: a quiet terminal, a folder of one's own, and `run`.
"""

import os
from importlib import import_module

import pytest
from hypothesis import settings

from warmap_app.main import COMMANDS, command_named, main

settings.register_profile("ci", derandomize=True, database=None, deadline=None, print_blob=True)
settings.register_profile("home", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "home")


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
    """Run a command: exit code, what was printed, what was said on the side."""

    def call(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def instead_of(monkeypatch):
    """Run something else in the place of a command."""

    def put(name, run):
        module = import_module(f"warmap_app.commands.{COMMANDS[name][0]}")
        monkeypatch.setitem(module.COMMANDS, name, command_named(name)._replace(run=run))

    return put

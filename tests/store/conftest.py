"""Both databases: an SQLite file, and a schema of a real PostgreSQL. Where PostgreSQL is missing the tests fail."""

import pytest
from postgres_cluster import cluster

from warmap_batch.cli import main


@pytest.fixture(scope="session")
def postgres():
    """Makes a URL of an empty schema of one's own."""
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    """What a user gives after --store: an empty place in each database."""
    return str(tmp_path / "history.db") if request.param == "sqlite" else request.getfixturevalue("postgres")()


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
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
def keep(run):
    """Check files into a store: how many maps were added, how many had been there."""

    def call(store, *words):
        code, _, err = run("check", *words, "--store", store, "--format", "jsonl")
        assert code in {0, 1}, err
        added, known = err.split("\n")[-2].rpartition("maps added: ")[2].split(", already there: ")
        return int(added), int(known)

    return call

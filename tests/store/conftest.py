"""Both databases: an SQLite file, and a schema of a real PostgreSQL. Where PostgreSQL is missing the tests fail."""

import pytest
from postgres_cluster import cluster


@pytest.fixture(scope="session")
def postgres():
    """Makes a URL of an empty schema of one's own."""
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request, tmp_path):
    """What a user gives after --store: an empty place in each database."""
    return str(tmp_path / "history.db") if request.param == "sqlite" else request.getfixturevalue("postgres")()


@pytest.fixture(autouse=True)
def _own_folder(quiet_terminal):
    """Every test here."""


@pytest.fixture
def keep(run):
    """Check files into a store: how many maps were added, how many had been there."""

    def call(store, *words):
        code, _, err = run("check", *words, "--store", store, "--format", "jsonl")
        assert code in {0, 1}, err
        added, known = err.split("\n")[-2].rpartition("maps added: ")[2].split(", already there: ")
        return int(added), int(known)

    return call

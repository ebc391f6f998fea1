"""The engine of many machines: the same results in the same order as on this computer, on a cluster of two processes."""

import sqlite3
import sys
from contextlib import closing

import fake_checks
import fsspec
import pytest
from distributed import Client, LocalCluster
from submitted import a_map, as_json, codes, write, write_many, write_zip

from warmap_app.batch.asked import asked_for
from warmap_app.batch.cluster import check_on_cluster
from warmap_app.batch.engine import FileLimits
from warmap_app.batch.one import Terms

TERMS = Terms("en")


@pytest.fixture(scope="module")
def cluster(s3_server, tmp_path_factory):
    """Two worker processes; they find the S3 server by their environment."""
    folder = str(tmp_path_factory.mktemp("dask"))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=folder) as running:
        yield running.scheduler_address


@pytest.fixture
def folder(tmp_path):
    write_many(tmp_path / "in", 26)
    write(tmp_path / "in" / "broken.json", b"{")
    write(tmp_path / "in" / "old.xls", b"a,b\n")
    write(tmp_path / "in" / "twin.json", a_map("客户3"))
    write_zip(tmp_path / "in" / "week47.zip", {"x.json": as_json(a_map("X")), "y.xlsx": b"<html>"})
    return tmp_path / "in"


def on(cluster, words, **how):
    sources = asked_for(words).sources
    found = dict(check_on_cluster(sources, range(len(sources)), TERMS, scheduler=cluster, **how))
    return {sources[place].name: found[place]["result"] for place in sorted(found)}


def test_the_same_bytes_as_on_this_computer(cluster, folder, run):
    here = run("check", "in", "--format", "jsonl", "--jobs", "2")
    there = run("check", "in", "--format", "jsonl", "--engine", "dask", "--scheduler", cluster)
    assert here[1].count("\n") == 31
    assert there == here


def test_a_store_is_given_the_same_maps_as_on_this_computer(cluster, folder, run):
    dumps = []
    for store, where in (("here.db", ("--jobs", "1")), ("there.db", ("--engine", "dask", "--scheduler", cluster))):
        assert "maps added: 27, already there: 1" in run("check", "in", "--store", store, *where)[2]
        with closing(sqlite3.connect(store)) as connection:
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]


def test_files_of_this_computer_are_sent_so_no_path_need_be_visible(cluster, folder, monkeypatch):
    sources = asked_for(["in"]).sources
    work = check_on_cluster(
        sources, range(len(sources)), TERMS, scheduler=cluster, limits=FileLimits(files_per_batch=4)
    )
    monkeypatch.chdir("/")  # the paths are relative: only bytes can have been sent from here on
    monkeypatch.setattr("warmap_app.batch.sources.bytes_of", lambda _: as_json(a_map("sent")))
    accounts = {sources[place].name: outcome["result"]["deal"].get("account") for place, outcome in work}
    assert accounts == {source.name: None if source.name.endswith(("xls", "xlsx")) else "sent" for source in sources}


def test_no_more_is_sent_at_once_than_is_good(cluster, folder, monkeypatch):
    monkeypatch.setattr("warmap_app.batch.cluster.MOST_SENT", 1)
    assert list(on(cluster, ["in"], limits=FileLimits(files_per_batch=4))) == [
        source.name for source in asked_for(["in"]).sources
    ]


def test_a_bucket_is_read_by_the_workers(cluster):
    store = fsspec.filesystem("s3")
    store.mkdir("bucket")
    for place in range(6):
        store.pipe(f"bucket/in/m{place}.json", as_json(a_map(f"A{place}")))
    found = on(cluster, ["s3://bucket/in/"])
    assert [result["passed"] for result in found.values()] == [True] * 6


def test_a_file_that_takes_its_reader_down_is_lost_alone(cluster, tmp_path):
    with Client(cluster) as client:
        client.run(sys.path.append, str(fake_checks.__file__).rpartition("/")[0])
    why = {"hangs.json": "longer than 2 s", "killed.json": "signal 9", "hungry.json": "too much memory"}
    write_many(tmp_path / "in", 6, bad=why)
    found = on(cluster, ["in"], limits=FileLimits(seconds=2, files_per_batch=9), check=fake_checks.by_name)
    assert sum(result["passed"] for result in found.values()) == 6
    for name, words in why.items():
        assert codes(found[f"in/{name}"]) == ["DV002"]
        assert words in found[f"in/{name}"]["findings"][0]["message"]


class TestWrongUse:
    def test_without_dask_the_extra_is_named(self, folder, run, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        code, out, err = run("check", "in", "--engine", "dask")
        assert (code, out) == (2, "")
        assert err == 'warmap: --engine dask needs an extra: pip install "warmap[cluster]"\n'

    def test_a_scheduler_that_does_not_answer(self, folder, run, monkeypatch):
        monkeypatch.setattr("warmap_app.batch.cluster.SECONDS_TO_ANSWER", 0.5)
        code, out, err = run("check", "in", "--scheduler", "tcp://127.0.0.1:9")
        assert (code, out) == (2, "")
        assert "does not answer" in err

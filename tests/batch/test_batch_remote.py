"""Files behind URLs: a local S3 server, and fsspec's store in memory."""

import sys

import fsspec
import pytest
from submitted import MAP, a_map, as_json, codes, write_zip

from warmap_app.batch import asked, sources
from warmap_app.batch.asked import asked_for
from warmap_app.batch.one import Terms, check_one
from warmap_app.command import UserError

GOOD = as_json(MAP)


@pytest.fixture
def bucket(s3_server):
    """A bucket with submissions; the server is found by the environment, as docs/batch.md says."""
    store = fsspec.filesystem("s3")
    store.mkdir("submissions")
    for place in range(5):
        store.pipe(f"submissions/week47/m{place}.json", as_json(a_map(f"A{place}")))
    store.pipe("submissions/week47/deep/old.xls", b"a,b\n")
    store.pipe("submissions/week47/~$m1.json", b"x")
    store.pipe("submissions/week47/notes.txt", b"x")
    yield "s3://submissions/week47"
    store.invalidate_cache()
    store.rm("submissions", recursive=True)


@pytest.fixture
def memory():
    store = fsspec.filesystem("memory")
    store.pipe("/in/b.json", GOOD)
    store.pipe("/in/a.json", GOOD)
    yield store
    store.rm("/", recursive=True)


def names(*words):
    return [source.name for source in asked_for(words).sources]


class TestS3:
    @pytest.mark.parametrize(
        ("end", "expected"),
        [
            ("", ["deep/old.xls", "m0.json", "m1.json", "m2.json", "m3.json", "m4.json"]),
            ("/", ["deep/old.xls", "m0.json", "m1.json", "m2.json", "m3.json", "m4.json"]),
            ("/m[12].json", ["m1.json", "m2.json"]),
            ("/**/*.xls", ["deep/old.xls"]),
            ("/m3.json", ["m3.json"]),
            ("/notes.txt", ["notes.txt"]),
        ],
    )
    def test_folders_patterns_and_files(self, bucket, end, expected):
        assert names(f"{bucket}{end}") == [f"{bucket}/{name}" for name in expected]

    def test_a_whole_folder_is_checked_by_readers_of_their_own(self, bucket, checked):
        found = checked(f"{bucket}/", "--jobs", "2")
        assert [result["passed"] for result in found.values()] == [False, True, True, True, True, True]
        assert codes(found[f"{bucket}/deep/old.xls"]) == ["DV002"]

    def test_an_archive_in_the_bucket(self, bucket, tmp_path, checked):
        path = write_zip(tmp_path / "w.zip", {"a.json": GOOD, "sub/b.json": as_json(a_map("B"))})
        fsspec.filesystem("s3").pipe("submissions/week47/w.zip", path.read_bytes())
        found = checked(f"{bucket}/w.zip")
        assert {name: result["passed"] for name, result in found.items()} == {
            f"{bucket}/w.zip/a.json": True,
            f"{bucket}/w.zip/sub/b.json": True,
        }

    def test_the_mark_changes_with_the_content(self, bucket):
        before = asked_for([f"{bucket}/m0.json"]).sources[0].mark
        store = fsspec.filesystem("s3")
        store.pipe("submissions/week47/m0.json", as_json(a_map("A9")))
        store.invalidate_cache()
        after = asked_for([f"{bucket}/m0.json"]).sources[0].mark
        assert before.partition(":")[0] == after.partition(":")[0]
        assert before != after

    def test_what_is_too_large_is_not_fetched(self, bucket, monkeypatch):
        monkeypatch.setattr(asked, "MOST_BYTES", 100)
        source = asked_for([f"{bucket}/m0.json"]).sources[0]
        monkeypatch.setattr(sources, "opened", lambda _: pytest.fail("it was fetched"))
        assert check_one(source, Terms("en"))["result"]["findings"][0]["message"].endswith("the file is too large")

    def test_a_file_that_went_away_is_a_finding(self, bucket):
        source = asked_for([f"{bucket}/m0.json"]).sources[0]
        fsspec.filesystem("s3").rm("submissions/week47/m0.json")
        assert codes(check_one(source, Terms("en"))["result"]) == ["DV002"]

    @pytest.mark.parametrize(
        "url", ["s3://submissions/nowhere", "s3://no-such-bucket/x.json", "s3://submissions/week47/gone.json"]
    )
    def test_what_does_not_exist_is_wrong_use(self, bucket, run, url):
        code, out, err = run("check", url)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1


class TestMemory:
    def test_it_is_read_here_for_no_other_process_can(self, memory, checked):
        memory.pipe({f"/in/{place}.json": as_json(a_map(f"A{place}")) for place in range(6)})
        found = checked("memory://in/", "--jobs", "2")
        assert list(found) == [f"memory:///in/{name}.json" for name in ("0", "1", "2", "3", "4", "5", "a", "b")]
        assert all(result["passed"] for result in found.values())

    def test_names_are_in_order(self, memory):
        assert names("memory://in") == ["memory:///in/a.json", "memory:///in/b.json"]


class TestWrongUse:
    def test_without_fsspec_the_extra_is_named(self, run, monkeypatch):
        monkeypatch.setitem(sys.modules, "fsspec", None)
        monkeypatch.setitem(sys.modules, "fsspec.core", None)
        code, out, err = run("check", "s3://submissions/")
        assert (code, out) == (2, "")
        assert err == 'warmap: reading a URL needs an extra: pip install "warmap[remote]"\n'

    @pytest.mark.parametrize("url", ["nope://x/y.json", "memory://nowhere"])
    def test_a_url_nobody_can_read(self, url):
        with pytest.raises(UserError):
            names(url)

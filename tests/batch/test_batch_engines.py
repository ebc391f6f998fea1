"""The engine of this computer: results of every file whatever happens to its reader, and the same results in any number of jobs."""

import os

import fake_checks
import pytest
from submitted import MAP, a_map, codes, write, write_many

from warmap_app import child
from warmap_app.batch.asked import asked_for
from warmap_app.batch.engine import FileLimits, check_here
from warmap_app.batch.journal import Journal
from warmap_app.batch.one import Terms, check_one
from warmap_app.batch.run import checked_batch
from warmap_app.child import limit_memory

TERMS = Terms("en")
QUICK = FileLimits(seconds=2, memory_bytes=1024**3, files_per_batch=5)
WHY = {
    "hangs.json": "it took longer than 2 s",
    "killed.json": "the reader process died (signal 9)",
    "aborts.json": "the reader process died (signal 6)",
    "exits.json": "the reader process ended unexpectedly (exit code 3)",
    "hungry.json": "it needed too much memory",
}


def results(words, check=fake_checks.by_name, limits=QUICK, jobs=2):
    sources = asked_for(words).sources
    with Journal(sources, TERMS, None) as journal:

        def engine(sources, todo, terms):
            return check_here(sources, todo, terms, jobs=jobs, limits=limits, check=check)

        return list(checked_batch(sources, TERMS, journal, engine))


def why(result):
    assert codes(result) == ["DV002"]
    return result["findings"][0]["message"].removeprefix("The file cannot be read: ")


class TestAFileThatTakesItsReaderDown:
    def test_in_a_pool_it_is_lost_alone_and_the_reason_is_said(self, tmp_path):
        write_many(tmp_path / "in", 12, bad=WHY)
        found = results(["in"])
        assert [result["file"] for result in found] == sorted(result["file"] for result in found)
        assert {result["file"][3:]: why(result) for result in found if not result["passed"]} == WHY
        assert sum(result["passed"] for result in found) == 12

    @pytest.mark.parametrize("name", WHY)
    def test_in_a_reader_of_its_own(self, tmp_path, name):
        limits = FileLimits(seconds=1)
        write_many(tmp_path / "in", 0, bad=[name])
        write(tmp_path / "in" / "zz.json")
        first, second = results(["in"], limits=limits)
        assert why(first) == WHY[name].replace("2 s", "1 s")
        assert second["passed"]

    @pytest.mark.parametrize("count", [0, 6], ids=["few files", "a pool"])
    def test_a_mistake_of_ours_is_a_finding_and_never_swallowed(self, tmp_path, count, monkeypatch):
        write_many(tmp_path / "in", count, bad=["raises.json"])

        def checks(source, terms):
            return check_one(source, terms)

        with monkeypatch.context() as broken:
            broken.setattr("warmap_app.batch.one.load_bytes", lambda *_, **__: 1 / 0)
            first = results(["in/raises.json"], check=checks)[0]
        assert codes(first) == ["DV901"]
        assert "ZeroDivisionError" in first["findings"][0]["message"]
        if count:
            assert [codes(result) for result in results(["in"])] == [[]] * count + [["DV901"]]

    def test_the_words_are_in_both_languages(self, tmp_path):
        write(tmp_path / "hangs.json")
        sources = asked_for(["hangs.json"]).sources
        ((_, outcome),) = check_here(
            sources, [0], Terms("zh"), limits=FileLimits(seconds=0.2), check=fake_checks.by_name
        )
        assert outcome["result"]["findings"][0]["message"] == "文件无法读取：读它用了超过 0.2 秒"


class TestStopping:
    def test_a_reader_nobody_listens_to_is_ended(self, tmp_path, monkeypatch):
        write_many(tmp_path / "in", 1, bad=["zz-hangs.json"])
        monkeypatch.setattr(
            fake_checks,
            "slowly",
            lambda source, terms: fake_checks.slow(source, terms, 3600 if "hangs" in source.name else 0),
        )
        work = check_here(asked_for(["in"]).sources, range(2), TERMS, jobs=1, check=fake_checks.slowly)
        assert next(work)[1]["result"]["passed"]
        work.close()
        (pid,) = {int(path.stem[1:]) for path in (tmp_path / "in").glob(".*.pid")}
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


class TestSlowFiles:
    def test_a_batch_of_them_is_not_taken_for_one_that_hangs(self, tmp_path):
        write_many(tmp_path / "in", 15)  # 15 times 0.2 s are more than 2 s
        sources = asked_for(["in"]).sources
        limits = FileLimits(seconds=2)
        found = dict(check_here(sources, range(15), TERMS, jobs=1, limits=limits, check=fake_checks.slowly))
        assert [found[place]["result"]["passed"] for place in range(15)] == [True] * 15
        assert len({path.stem for path in (tmp_path / "in").glob(".*.pid")}) == 1  # and its reader was not ended


class TestTheSameResults:
    @pytest.fixture
    def folder(self, tmp_path):
        write_many(tmp_path / "in", 20)
        write(tmp_path / "in" / "broken.json", b"{")
        write(tmp_path / "in" / "twin.json", a_map("客户3"))
        return tmp_path / "in"

    def test_in_any_number_of_jobs_and_batches(self, folder):
        one = results(["in"], check=check_one, jobs=1)
        assert [result["file"] for result in one] == [source.name for source in asked_for(["in"]).sources]
        assert results(["in"], check=check_one, jobs=3, limits=FileLimits(files_per_batch=2)) == one

    def test_of_few_files_as_of_many(self, folder, monkeypatch):
        many = {result["file"]: result for result in results(["in"], check=check_one)}
        alone = results(["in/m005.json", "in/broken.json"], check=check_one)
        assert alone == [many["in/m005.json"], many["in/broken.json"]]

    def test_where_the_platform_cannot_fork(self, tmp_path, monkeypatch):
        write(tmp_path / "a.json")
        expected = results(["a.json"], check=check_one)
        monkeypatch.setattr(child, "CAN_FORK", False)
        assert results(["a.json"], check=check_one) == expected


class TestMemory:
    def test_a_reader_may_have_so_much_more_than_it_has_mapped(self):
        """In a process of its own: a limit cannot be taken back."""
        read, write_end = os.pipe()
        pid = os.fork()
        if pid == 0:
            limit_memory(64 * 1024**2)
            kept = bytearray(16 * 1024**2)
            try:
                bytearray(256 * 1024**2)
            except MemoryError:
                os.write(write_end, b"refused %d" % len(kept))
            os._exit(0)
        os.close(write_end)
        assert os.read(read, 100) == b"refused 16777216"
        os.close(read)
        assert os.waitpid(pid, 0)[1] == 0

    def test_where_there_is_no_such_limit_it_says_so(self, monkeypatch):
        monkeypatch.setattr(child, "resource", None)
        assert limit_memory(1) is False


def test_the_fake_check_is_the_real_one_for_other_names(tmp_path):
    write(tmp_path / "a.json", MAP)
    source = asked_for(["a.json"]).sources[0]
    assert fake_checks.by_name(source, TERMS) == check_one(source, TERMS)

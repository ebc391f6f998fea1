"""`warmap check` over many files: exit codes, wrong use, what is told meanwhile, and memory that does not grow."""

import json
import os
import subprocess
import sys
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from submitted import a_map, codes, write, write_many, write_zip

from warmap_app.batch.asked import asked_for, is_url
from warmap_app.batch.journal import Journal
from warmap_app.batch.one import Terms, check_one
from warmap_app.batch.run import Lines, checked_batch
from warmap_app.commands import check
from warmap_app.main import main

FLAGS = ("--jobs", "--engine", "--scheduler", "--resume", "--journal", "--as-of", "--settings", "--format", "--force")


class TestExitCodes:
    @pytest.mark.parametrize(("bad", "code"), [([], 0), (["bad.json"], 1)])
    def test_all_passed_or_some_did_not(self, tmp_path, run, bad, code):
        write_many(tmp_path / "in", 6)
        for name in bad:
            write(tmp_path / "in" / name, b"{")
        assert run("check", "in")[0] == code

    @pytest.mark.parametrize(
        "words",
        [
            ["--jobs", "0"],
            ["--jobs", "-1"],
            ["--jobs", "many"],
            ["--engine", "spark"],
            ["--resume"],
            ["-o", "s3://bucket/out.json"],
            ["--journal", "s3://bucket/j"],
        ],
    )
    def test_wrong_use_is_one_line(self, tmp_path, run, words):
        write_many(tmp_path / "in", 2)
        code, out, err = run("check", "in", "--format", "json", *words)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_every_flag_is_explained_in_both_languages(self, run, lang):
        _, out, _ = run("check", "--help", "--lang", lang)
        for flag in FLAGS:
            assert flag in out

    def test_nothing_is_left_beside_the_output(self, tmp_path, run):
        write_many(tmp_path / "in", 6)
        assert run("check", "in", "--format", "json", "-o", "out/result.json")[0] == 0
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["result.json"]


class TestResults:
    def test_an_archive_a_folder_and_a_pattern_together(self, tmp_path, checked):
        write_many(tmp_path / "in", 2)
        write_zip(tmp_path / "w.zip", {"acme.json": json.dumps(a_map("ACME")), "~$x.xlsx": b""})
        write(tmp_path / "a.json", a_map("A"))
        assert list(checked("w.zip", "in", "*.json")) == ["w.zip/acme.json", "in/m000.json", "in/m001.json", "a.json"]

    def test_a_workbook_by_another_name_is_read_as_what_it_is(self, tmp_path, run, checked):
        run("new", "-o", "book.xlsx")
        (tmp_path / "book.yaml").write_bytes((tmp_path / "book.xlsx").read_bytes())
        assert codes(checked("book.yaml")["book.yaml"]) == codes(checked("book.xlsx")["book.xlsx"])

    def test_no_map_is_judged_after_the_day_of_the_check(self, tmp_path, run, checked):
        for name, day in (("ahead", "2200-01-01"), ("past", "2026-06-30")):
            write(tmp_path / f"{name}.json", a_map(name, deal={"as_of": day}))
        assert [codes(one) for one in checked("ahead.json", "past.json").values()] == [["DV205"], []]

    def test_they_can_be_gone_through_again(self, tmp_path):
        write_many(tmp_path / "in", 3)
        sources = asked_for(["in"]).sources
        with Journal(sources, Terms("en"), None) as journal:
            results = checked_batch(
                sources,
                Terms("en"),
                journal,
                lambda sources, todo, terms: ((place, check_one(sources[place], terms)) for place in reversed(todo)),
            )
            assert len(results) == 3
            assert (
                [result["file"] for result in results]
                == [result["file"] for result in results]
                == ["in/m000.json", "in/m001.json", "in/m002.json"]
            )

    def test_one_file_is_checked_without_what_a_batch_needs(self, tmp_path):
        write(tmp_path / "a.json")
        code = (
            "import sys; from warmap_app.main import main; main(['check', 'a.json']);"
            "print(*[m for m in ('pandas', 'pyarrow', 'fsspec', 'distributed', 'xlsxwriter', 'jinja2', 'openpyxl') if m in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
        assert done.stderr == "\n"


class TestProgress:
    """Lines where there is no terminal: every ten seconds, or for a tenth of the files where that takes a while."""

    @pytest.mark.parametrize(
        ("seconds_a_file", "said"),
        [(0.001, 0), (0.03, 2), (0.05, 4), (1, 20), (20, 200)],
    )
    def test_not_too_often_and_not_too_seldom(self, capsys, seconds_a_file, said):
        now = [0.0]
        lines = Lines(200, "en", clock=lambda: now[0])
        for place in range(200):
            now[0] += seconds_a_file
            lines({"result": {"passed": place != 3}, "prints": None})
        err = capsys.readouterr().err.splitlines()
        assert len(err) == said
        if err:
            assert err[0].startswith("checked ")
            assert err[-1].endswith("1 not passed")

    def test_a_bar_on_a_terminal(self, tmp_path, monkeypatch, capsys):
        write_many(tmp_path / "in", 25)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(
            check,
            "_engine",
            lambda *_: lambda sources, todo, terms: ((place, check_one(sources[place], terms)) for place in todo),
        )
        assert main(["check", "in", "--format", "jsonl"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 25


def test_a_temporary_folder_with_a_long_name_is_no_hindrance(tmp_path):
    """The socket of the server that readers are forked from would lie below it, and its name would be too long."""
    long = tmp_path / ("x" * 90)
    long.mkdir()
    for number in range(5):
        (tmp_path / f"{number}.json").write_text('{"deal": {"account": "a"}}', "utf-8")
    command = [
        sys.executable,
        "-m",
        "warmap_app",
        "check",
        *map(str, sorted(tmp_path.glob("*.json"))),
        "--lang",
        "en",
    ]
    environment = {**os.environ, "TMPDIR": str(long)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("path", [PurePosixPath("s3://bucket/a.json"), PureWindowsPath("s3://bucket/a.json")])
def test_an_address_is_known_as_one_even_as_a_path(path):
    """A Path of Windows turns its slashes round: `s3:\\bucket\\a.json` would become a file."""
    assert is_url(path)


@pytest.mark.parametrize("path", [r"C:\in\a.xlsx", "C:/in/a.xlsx", r"\\server\in\a.xlsx", "in/a.xlsx", r"in\a.xlsx"])
def test_a_path_is_no_address(path):
    assert not is_url(path)

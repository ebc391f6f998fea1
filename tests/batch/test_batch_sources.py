"""What may be given to `warmap check`: files, folders, patterns, file URLs; what is taken of them, and in which order."""

import os
import pickle
from pathlib import Path

import pytest
from submitted import MAP, as_json, write, write_zip

from warmap_app.batch.asked import asked_for
from warmap_app.batch.one import Terms, check_one
from warmap_app.batch.sources import Refused, bytes_of, shown_name
from warmap_app.command import UserError


def told(source):
    """Why a file was not read."""
    (finding,) = check_one(source, Terms("en"))["result"]["findings"]
    return finding["message"]


def names(*words, **more):
    return [source.name for source in asked_for([str(word) for word in words], **more).sources]


@pytest.fixture
def folder(tmp_path):
    for name in ("b/2.json", "b/10.yaml", "a.xlsx", "b.xlsx", "c/deep/er/x.XLSM", "old.xls", "bin.xlsb", "open.ods"):
        write(tmp_path / "in" / name)
    for name in ("~$a.xlsx", ".hidden.json", "notes.txt", ".git/x.json", "c/~$x.xlsm", "page.html", "table.csv"):
        write(tmp_path / "in" / name)
    return tmp_path / "in"


class TestFolders:
    def test_every_workbook_and_map_below_it_in_order_of_name(self, folder):
        assert names("in") == [
            "in/a.xlsx", "in/b/10.yaml", "in/b/2.json", "in/b.xlsx", "in/bin.xlsb", "in/c/deep/er/x.XLSM", "in/old.xls", "in/open.ods",
        ]  # fmt: skip

    def test_what_the_run_itself_writes_is_left_out(self, folder):
        assert "in/b/2.json" not in names("in", leave_out=[folder / "b" / "2.json"])

    def test_a_link_out_of_the_folder_is_not_followed_and_that_is_said(self, folder, tmp_path):
        write(tmp_path / "secret.json")
        (folder / "z.json").symlink_to(tmp_path / "secret.json")
        source = asked_for(["in"]).sources[-1]
        assert source.name == "in/z.json"
        assert check_one(source, Terms("en"))["result"]["findings"][0]["message"].endswith(
            "a link that leads out of the folder, and was not followed"
        )

    def test_a_link_inside_the_folder_is_followed(self, folder):
        write(folder / ".kept" / "z.json")
        (folder / "z.json").symlink_to(folder / ".kept" / "z.json")
        assert check_one(asked_for(["in"]).sources[-1], Terms("en"))["result"]["passed"]

    @pytest.mark.parametrize("link", [os.symlink, os.link])
    def test_a_file_is_taken_once_whatever_it_is_called(self, folder, link):
        (folder / "b.xlsx").unlink()
        link(folder / "a.xlsx", folder / "b.xlsx")
        found = asked_for(["in", "in/b.xlsx"])
        assert [source.name for source in found.sources if source.name.endswith(".xlsx")] == ["in/a.xlsx"]
        assert [one.why[0].en for one in found.not_taken if one.name == "in/b.xlsx"] == [
            "it is the same file as in/a.xlsx"
        ]

    @pytest.mark.parametrize("name", ["z.json", "z.zip", "z"])
    def test_a_link_to_itself_says_so_and_hides_nothing(self, folder, name):
        before = names("in")
        (folder / name).symlink_to(name)
        assert set(before) <= set(names("in"))
        assert set(before) <= set(names("in/**"))
        assert [source.name for source in asked_for(["in/*.xlsx", "in/z*", "in"]).sources][:2] == [
            "in/a.xlsx",
            "in/b.xlsx",
        ]
        if name != "z":
            source = next(one for one in asked_for(["in"]).sources if one.name == f"in/{name}")
            assert "a link that leads nowhere" in told(source)

    def test_a_folder_that_may_not_be_read_hides_only_itself(self, folder, monkeypatch):
        real = os.scandir

        def scandir(path):
            if os.fspath(path) == "in/b":
                raise PermissionError(13, "no", path)
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)
        found = {source.name: source for source in asked_for(["in"]).sources}
        assert "cannot be opened" in told(found["in/b"])
        assert "in/c/deep/er/x.XLSM" in found


class TestNothingIsUnanswered:
    """What lies in a folder or an archive and is not checked is listed with its reason."""

    def left(self, *words):
        return {one.name: one.why[0].en for one in asked_for(words).not_taken}

    def test_each_entry_of_a_folder_has_its_reason(self, folder):
        for name in ("scan.pdf", "old.rar", "deal.numbers", "letter.docx", "no_ending"):
            write(folder / name)
        os.mkfifo(folder / "pipe.xlsx")
        (folder / "other").symlink_to("b", target_is_directory=True)
        write(folder / ".git" / "deep" / "y.json")
        found = self.left("in")
        assert found == {
            "in/.git": "a hidden file or folder",
            "in/.hidden.json": "a hidden file or folder",
            "in/c/~$x.xlsm": "a spreadsheet program's lock file",
            "in/deal.numbers": "a spreadsheet of Numbers",
            "in/letter.docx": "not a workbook, a map or a zip archive",
            "in/no_ending": "not a workbook, a map or a zip archive",
            "in/notes.txt": "a table in plain text, not a workbook",
            "in/old.rar": "an archive of a kind that is not opened",
            "in/other": "it is a link to a folder, and was not entered",
            "in/page.html": "not a workbook, a map or a zip archive",
            "in/pipe.xlsx": "not a regular file (a device, a pipe or a socket)",
            "in/scan.pdf": "a printout or a picture, from which nothing can be read",
            "in/table.csv": "a table in plain text, not a workbook",
            "in/~$a.xlsx": "a spreadsheet program's lock file",
        }
        every = {str(Path(where, name)) for where, _, files in os.walk("in") for name in files}
        taken = {source.name for source in asked_for(["in"]).sources}
        assert {name for name in every if not name.startswith("in/.git/")} <= taken | set(found)

    def test_each_entry_of_an_archive_has_its_reason(self, folder):
        members = {"a.json": as_json(MAP), "__MACOSX/._a.json": b"x", "~$a.xlsx": b"x", ".hidden/a.json": b"x", "x/r.pdf": b"x"}  # fmt: skip
        write_zip(folder / "w.zip", members)
        assert self.left("in/w.zip") == {
            "in/w.zip/.hidden": "a hidden file or folder",
            "in/w.zip/__MACOSX": "a hidden file or folder",
            "in/w.zip/x/r.pdf": "a printout or a picture, from which nothing can be read",
            "in/w.zip/~$a.xlsx": "a spreadsheet program's lock file",
        }

    def test_what_the_run_itself_writes_is_not_spoken_of(self, folder):
        out = folder / "result.csv"
        write(out)
        assert "in/result.csv" not in {one.name for one in asked_for(["in"], leave_out=[out]).not_taken}

    def test_where_nothing_is_left_to_check_it_is_said_what_there_was(self, tmp_path):
        write(tmp_path / "empty" / "table.csv")
        with pytest.raises(UserError, match=r"no file to check; not taken: 1: empty/table.csv \(the first: a table in"):
            names("empty")


class TestLinksInPatterns:
    @pytest.mark.parametrize("pattern", ["in/*.json", "in/**/*.json", "in/[z].json", "in/**"])
    def test_a_file_outside_is_not_read(self, folder, tmp_path, pattern):
        write(tmp_path / "secret.json")
        (folder / "z.json").symlink_to(tmp_path / "secret.json")
        source = next(one for one in asked_for([pattern]).sources if one.name == "in/z.json")
        assert "leads out of the folder" in told(source)

    @pytest.mark.parametrize("pattern", ["in/*/*.json", "in/**/*.json", "in/**", "in/*"])
    def test_a_folder_outside_is_not_entered(self, folder, tmp_path, pattern):
        write(tmp_path / "outside" / "secret.json")
        (folder / "z").symlink_to(tmp_path / "outside", target_is_directory=True)
        found = asked_for([pattern])
        assert [one.name for one in found.sources if "secret" in one.name] == []
        assert [one.name for one in found.not_taken if "not entered" in one.why[0].en] == ["in/z"]


class TestExchangedAfterListing:
    """What is read is what was listed: neither a link nor another file that took its place."""

    @pytest.mark.parametrize("how", ["link", "file", "folder", "linked folder", "pipe"])
    def test_it_is_told_and_not_read(self, folder, tmp_path, how):
        secret = write(tmp_path / "outside" / "2.json")
        source = next(one for one in asked_for(["in"]).sources if one.name == "in/b/2.json")
        place = folder / "b" / "2.json"
        if how == "linked folder":
            (folder / "b").rename(folder / "was_b")
            (folder / "b").symlink_to(secret.parent, target_is_directory=True)
        else:
            place.rename(folder / "was.json")
            {
                "link": lambda: place.symlink_to(secret),
                "file": lambda: place.write_bytes(secret.read_bytes()),
                "folder": place.mkdir,
                "pipe": lambda: os.mkfifo(place),
            }[how]()
        assert "exchanged for another file after it had been listed" in told(source)

    def test_a_file_written_anew_in_its_place_is_read(self, folder):
        source = next(one for one in asked_for(["in"]).sources if one.name == "in/b/2.json")
        (folder / "b" / "2.json").write_bytes((folder / "b" / "2.json").read_bytes() + b"\n")
        assert check_one(source, Terms("en"))["result"]["passed"]

    @pytest.mark.parametrize("name", ["loop", "loop.xlsx"])
    @pytest.mark.parametrize("target", ["..", ".", "b", "/"])
    def test_a_folder_that_is_a_link_is_not_entered(self, folder, target, name):
        before = names("in")
        (folder / name).symlink_to(folder / target, target_is_directory=True)
        assert names("in") == before

    def test_a_link_that_leads_nowhere_is_a_finding(self, folder):
        (folder / "z.json").symlink_to(folder / "gone.json")
        assert isinstance(asked_for(["in"]).sources[-1].place, Refused)

    def test_a_pipe_is_not_waited_for(self, folder):
        os.mkfifo(folder / "z.json")
        assert "in/z.json" not in names("in")
        assert isinstance(asked_for(["in/z.json", "in"]).sources[0].place, Refused)
        with pytest.raises(UserError, match="a pipe"):
            asked_for(["in/z.json"])

    def test_archives_in_a_folder_are_opened(self, folder):
        write_zip(folder / "week47.zip", {"acme.json": as_json(MAP)})
        assert names("in")[-1] == "in/week47.zip/acme.json"


class TestWords:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (["in/a.xlsx"], ["in/a.xlsx"]),
            (["in/notes.txt"], ["in/notes.txt"]),  # whatever a file that is named is called
            (["in/.hidden.json"], ["in/.hidden.json"]),
            (["in/b.xlsx", "in/a.xlsx"], ["in/b.xlsx", "in/a.xlsx"]),  # in the order of the words
            (["in/a.xlsx", "./in/a.xlsx", "in/../in/a.xlsx"], ["in/a.xlsx"]),  # each file once
            (["in/a.xlsx", "in/~$a.xlsx"], ["in/a.xlsx"]),  # a lock file is never taken
            (["in/*.xlsx"], ["in/a.xlsx", "in/b.xlsx"]),
            (["in/?.xlsx"], ["in/a.xlsx", "in/b.xlsx"]),
            (["in/**/*.json"], ["in/b/2.json"]),
            (["in/[bc]"], ["in/b/10.yaml", "in/b/2.json", "in/c/deep/er/x.XLSM"]),  # a pattern may fit folders
        ],
    )
    def test_files_and_patterns(self, folder, words, expected):
        assert names(*words) == expected

    def test_a_file_url_is_a_file(self, folder):
        assert names((folder / "a.xlsx").as_uri()) == [str(folder / "a.xlsx")]

    def test_a_name_with_the_signs_of_a_pattern_is_a_name(self, folder):
        write(folder / "[a].json")
        assert names("in/[a].json") == ["in/[a].json"]

    @pytest.mark.parametrize("word", ["nowhere", "in/nowhere.xlsx", "", "in/a.xlsx/b"])
    def test_what_does_not_exist_is_wrong_use(self, folder, word):
        with pytest.raises(UserError, match="does not exist"):
            names(word)

    @pytest.mark.parametrize("word", ["in/*.doc", "in/~$a.xlsx", "empty"])
    def test_nothing_to_check_is_wrong_use(self, folder, tmp_path, word):
        (tmp_path / "empty").mkdir()
        with pytest.raises(UserError, match="no file to check"):
            names(word)


class TestNames:
    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("a\x1b[31m.xlsx", "a�[31m.xlsx"),
            ("a\u202egnp.xlsx", "a�gnp.xlsx"),
            ("a\nb.xlsx", "a�b.xlsx"),
            ("客户.xlsx", "客户.xlsx"),
            ("a\udcff.xlsx", "a�.xlsx"),
        ],
    )
    def test_control_characters_are_shown_safely(self, name, shown):
        assert shown_name(name) == shown

    def test_names_that_look_alike_when_shown_are_told_apart(self, tmp_path):
        write(tmp_path / "a\x01.json")
        write(tmp_path / "a\x02.json")
        assert names(".") == ["a�.json", "a� (2).json"]
        assert all(check_one(source, Terms("en"))["result"]["passed"] for source in asked_for(["."]).sources)

    def test_a_name_that_is_no_text_is_shown_and_read(self, tmp_path):
        (tmp_path / os.fsdecode(b"\xff.json")).write_bytes(as_json(MAP))
        (source,) = asked_for(["."]).sources
        assert source.name == "�.json"
        assert check_one(source, Terms("zh"))["result"]["passed"]


class TestSource:
    def test_it_is_small_and_travels(self, folder):
        source = asked_for(["in/a.xlsx"]).sources[0]
        travelled = pickle.dumps(source)
        assert pickle.loads(travelled) == source
        assert len(travelled) < 400

    def test_its_bytes_are_read_where_it_is_checked(self, folder):
        source = asked_for(["in/b/2.json"]).sources[0]
        write(folder / "b" / "2.json", b"{}")
        assert bytes_of(source.place) == b"{}"

    def test_its_mark_changes_with_the_file(self, folder):
        before = asked_for(["in/a.xlsx"]).sources[0].mark
        write(folder / "a.xlsx", b"more")
        assert asked_for(["in/a.xlsx"]).sources[0].mark != before

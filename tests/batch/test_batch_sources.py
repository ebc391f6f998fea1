"""What may be given to `warmap check`: files, folders, patterns, file URLs; what is taken of them, and in which order."""

import os
import pickle

import pytest
from submitted import MAP, as_json, write, write_zip

from warmap_app.batch.asked import sources_of
from warmap_app.batch.one import Terms, check_one
from warmap_app.batch.sources import Refused, bytes_of, shown_name
from warmap_app.command import UserError


def names(*words, **more):
    return [source.name for source in sources_of([str(word) for word in words], **more)]


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
        source = sources_of(["in"])[-1]
        assert source.name == "in/z.json"
        assert check_one(source, Terms("en"))["result"]["findings"][0]["message"].endswith(
            "a link that leads out of the folder, and was not followed"
        )

    def test_a_link_inside_the_folder_is_followed(self, folder):
        (folder / "z.json").symlink_to(folder / "b" / "2.json")
        assert check_one(sources_of(["in"])[-1], Terms("en"))["result"]["passed"]

    @pytest.mark.parametrize("name", ["loop", "loop.xlsx"])
    @pytest.mark.parametrize("target", ["..", ".", "b", "/"])
    def test_a_folder_that_is_a_link_is_not_entered(self, folder, target, name):
        before = names("in")
        (folder / name).symlink_to(folder / target, target_is_directory=True)
        assert names("in") == before

    def test_a_link_that_leads_nowhere_is_a_finding(self, folder):
        (folder / "z.json").symlink_to(folder / "gone.json")
        assert isinstance(sources_of(["in"])[-1].place, Refused)

    def test_a_pipe_is_not_waited_for(self, folder):
        os.mkfifo(folder / "z.json")
        assert "in/z.json" not in names("in")
        assert isinstance(sources_of(["in/z.json"])[0].place, Refused)

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
        assert names(".") == ["a�.json", "a�.json (2)"]
        assert all(check_one(source, Terms("en"))["result"]["passed"] for source in sources_of(["."]))

    def test_a_name_that_is_no_text_is_shown_and_read(self, tmp_path):
        (tmp_path / os.fsdecode(b"\xff.json")).write_bytes(as_json(MAP))
        (source,) = sources_of(["."])
        assert source.name == "�.json"
        assert check_one(source, Terms("zh"))["result"]["passed"]


class TestSource:
    def test_it_is_small_and_travels(self, folder):
        source = sources_of(["in/a.xlsx"])[0]
        travelled = pickle.dumps(source)
        assert pickle.loads(travelled) == source
        assert len(travelled) < 400

    def test_its_bytes_are_read_where_it_is_checked(self, folder):
        source = sources_of(["in/b/2.json"])[0]
        write(folder / "b" / "2.json", b"{}")
        assert bytes_of(source.place) == b"{}"

    def test_its_mark_changes_with_the_file(self, folder):
        before = sources_of(["in/a.xlsx"])[0].mark
        write(folder / "a.xlsx", b"more")
        assert sources_of(["in/a.xlsx"])[0].mark != before

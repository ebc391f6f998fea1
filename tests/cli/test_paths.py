"""A path that is missing, wrong or cannot be read or written is named in one line with exit code 2, in every command."""

import errno
import os
import re
from pathlib import Path

import pytest

from warmap.text import LANGUAGES
from warmap_app.outputs import FORMATS
from warmap_workbook.samples import sample_names

pytestmark = pytest.mark.usefixtures("quiet_terminal")

SAMPLES = Path(__file__).parents[2] / "workbook_templates" / "samples"
FILE_READERS = [
    "new --from X -o out.xlsx", "new --settings X -o out.xlsx", "evaluate X", "evaluate X --json", "evaluate good.xlsx --settings X",
    "check good.xlsx --settings X", "portfolio good.xlsx --settings X", "diff X good.xlsx", "diff good.xlsx X", "history X", "history X --json",
    "history X --store s.db", "history X --add -o out.xlsx", "upgrade X -o out.xlsx", "repair X -o out.xlsx", "settings X",
    "addin install --host libreoffice --file X", "addin install --host excel --file X", "addin install --host excel --package X",
]  # fmt: skip
"""Every place of a command line that takes one file; X is where it stands."""
READERS_OF_ANYTHING = ["check X", "portfolio X", "check good.xlsx X"]
FILE_WRITERS = [
    "new -o X", "new --from good.yaml -o X", "history good.xlsx --add -o X", "upgrade good.xlsx -o X", "repair good.xlsx -o X", "portfolio good.xlsx -o X",
    *(f"check good.xlsx --format {one.name} -o X" for one in FORMATS.values() if one.kind != "folder"),
]  # fmt: skip
FOLDER_WRITERS = [
    *(f"check good.xlsx --format {one.name} -o X" for one in FORMATS.values() if one.kind == "folder"),
    "demo -o X", "addin build --host excel -o X", "addin build --host web -o X",
]  # fmt: skip
ANY_WRITERS = [*FILE_WRITERS, *FOLDER_WRITERS, "addin build --host libreoffice -o X"]
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a good workbook and map, a folder of theirs, a file nobody may open, and a pipe nobody writes to."""
    good = (SAMPLES / f"{sample_names()[0]}.en.xlsx").read_bytes()
    (tmp_path / "good.xlsx").write_bytes(good)
    (tmp_path / "good.yaml").write_text('{"deal": {"account": "A"}}', "utf-8")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "folder.xlsx" / "one.xlsx").write_bytes(good)
    (tmp_path / "locked.xlsx").write_bytes(good)
    os.mkfifo(tmp_path / "pipe.xlsx")
    opened = Path.open

    def refusing(self, *how, **more):
        if self.name.startswith("locked"):
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return opened(self, *how, **more)

    monkeypatch.setattr(Path, "open", refusing)
    return tmp_path


@pytest.fixture
def refused(run, place):
    """Run a command line that must be refused in one line and must change nothing; gives that line."""

    def line(words, path, lang="en"):
        before = everything(place)
        code, out, err = run(*(path if word == "X" else word for word in words.split()), "--lang", lang)
        assert (code, out, err.count("\n")) == (2, "", 1), (out, err)
        assert err.startswith("warmap: ")
        assert "Error" not in err
        assert "内部" not in err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in err) == (lang == "zh")
        assert everything(place) == before
        return err

    return line


def everything(folder):
    return {
        str(file.relative_to(folder)): file.stat().st_mtime_ns if file.is_file() else None
        for file in folder.rglob("*")
        if file.name != "s.db"  # a store is made where it is missing
    }


READ_MISTAKES = {
    "nowhere.xlsx": {"zh": "nowhere.xlsx 不存在", "en": "nowhere.xlsx does not exist"},
    "no/where.xlsx": {"zh": "no/where.xlsx 不存在", "en": "no/where.xlsx does not exist"},
    "folder.xlsx": {"zh": "folder.xlsx 是文件夹；这里要一个文件", "en": "folder.xlsx is a folder; name one file"},
    "locked.xlsx": {"zh": "locked.xlsx 打不开：没有权限", "en": "locked.xlsx cannot be opened: you have no permission"},
    "pipe.xlsx": {"zh": "pipe.xlsx 是设备或管道", "en": "pipe.xlsx is a device or a pipe"},
    "good.yaml/x.xlsx": {"zh": "good.yaml/x.xlsx 打不开：路径中间有一段是文件", "en": "good.yaml/x.xlsx cannot be opened: a part of the path is a file"},
}  # fmt: skip


@pytest.mark.parametrize("path", READ_MISTAKES)
@pytest.mark.parametrize("words", FILE_READERS)
@every_language
def test_a_file_that_is_not_to_be_read(refused, words, path, lang):
    assert READ_MISTAKES[path][lang] in refused(words, path, lang)


@pytest.mark.parametrize("words", READERS_OF_ANYTHING)
@every_language
def test_nothing_there_to_check(refused, words, lang):
    assert READ_MISTAKES["nowhere.xlsx"][lang] in refused(words, "nowhere.xlsx", lang)


@pytest.mark.parametrize("words", ["check X", "portfolio X"])
@every_language
def test_nothing_that_may_be_opened(refused, monkeypatch, words, lang):
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, *how: "locked" not in str(path) and access(path, *how))
    assert {"zh": "locked.xlsx：没有权限打开", "en": "locked.xlsx: there is no permission"}[lang] in refused(
        words, "locked.xlsx", lang
    )
    assert {"zh": "pipe.xlsx：这是设备或管道", "en": "pipe.xlsx: it is a device or a pipe"}[lang] in refused(
        words, "pipe.xlsx", lang
    )


def test_one_locked_file_among_others_is_a_finding_and_the_batch_goes_on(run, place, monkeypatch):
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, *how: "locked" not in str(path) and access(path, *how))
    code, out, err = run("check", "good.xlsx", "locked.xlsx")
    assert (code, err) == (1, "")
    assert "there is no permission to open it" in out
    assert "1 passed, 1 did not pass" in out


@pytest.mark.parametrize("words", ["evaluate X", "diff good.xlsx X", "history X"])
def test_a_misspelt_file_is_told_with_the_nearest_one(refused, words):
    assert "did you mean good.xlsx" in refused(words, "goood.xlsx")


@pytest.mark.parametrize("words", FILE_WRITERS)
@every_language
def test_a_folder_where_a_file_is_to_be_written(refused, words, lang):
    said = {"zh": "folder.xlsx 是文件夹；-o 应给出文件名", "en": "folder.xlsx is a folder; -o should name a file"}
    assert said[lang] in refused(words, "folder.xlsx", lang)


@pytest.mark.parametrize("words", FILE_WRITERS)
@every_language
def test_a_file_is_there_already(refused, place, words, lang):
    (place / "there.xlsx").write_bytes(b"mine")
    assert "there.xlsx" in (said := refused(words, "there.xlsx", lang))
    assert "--force" in said


@pytest.mark.parametrize("words", FOLDER_WRITERS)
@every_language
def test_a_file_where_a_folder_is_to_be_written(refused, words, lang):
    said = refused(words, "good.yaml", lang)
    assert "good.yaml" in said
    assert {"zh": "文件夹", "en": "folder"}[lang] in said


@pytest.mark.parametrize("words", ANY_WRITERS)
@pytest.mark.parametrize("path", ["good.yaml/out.xlsx", "good.yaml/deeper/out.xlsx"])
@every_language
def test_a_path_that_goes_through_a_file(refused, words, path, lang):
    assert "good.yaml" in refused(words, path, lang)


@pytest.mark.parametrize("words", ANY_WRITERS)
@every_language
def test_a_place_where_nothing_can_be_written(refused, words, lang):
    """/proc, where nobody can make a file, not even the administrator."""
    assert "/proc" in refused(words, "/proc/warmap/out.xlsx", lang)


@pytest.mark.parametrize("words", ["new -o X", "upgrade good.xlsx -o X", "history good.xlsx --add -o X"])
@pytest.mark.parametrize("name", ["out.pdf", "out", "out.xls"])
def test_a_workbook_gets_the_ending_that_excel_wants(refused, words, name):
    assert ".xlsx" in refused(words, name)


def test_a_repaired_workbook_keeps_its_kind(refused, place):
    (place / "good.xlsm").write_bytes((place / "good.xlsx").read_bytes())
    assert "should end in .xlsx" in refused("repair good.xlsm -o X", "out.xlsm")
    assert "should end in .xlsx" in refused("repair good.xlsx -o X", "out.xlsm")


def test_the_profile_of_libreoffice_is_a_folder(refused):
    assert "good.yaml is a file; name a folder" in refused("addin doctor --host libreoffice --profile X", "good.yaml")


def test_a_preset_or_a_settings_file_that_does_not_exist_is_named(refused):
    assert "public_sektor" in refused("settings X", "public_sektor")


def test_a_name_that_would_steer_the_terminal_does_not(refused):
    assert "\x1b" not in refused("evaluate X", "no\x1b[2Jwhere.xlsx")


def test_a_folder_that_is_missing_is_made(run, place):
    assert run("repair", "good.xlsx", "-o", "x/y/out.xlsx")[0] == 0
    assert (place / "x" / "y" / "out.xlsx").exists()


NOT_PARSED = {
    "open.yaml": ("deal: {account: A", "第 1 行第 18 列"),
    "colon.yaml": ("deal:\n  account: A: B\n", "第 2 行第 13 列"),
    "tab.yaml": ("deal:\n\taccount: A", "第 2 行第 1 列"),
    "two.yaml": ("a: 1\n---\nb: 1", "第 2 行第 1 列"),
    "indented.yaml": ("a:\n  b: 1\n c: 2", "第 3 行第 2 列"),
    "comma.json": ('{"a": 1,}', "第 1 行第 9 列"),
    "missing_comma.json": ('{"a": 1 "b": 2}', "第 1 行第 9 列"),
    "cut_off.json": ('{"a": "b', "第 1 行第 7 列"),
    "more.json": ("{} {}", "第 1 行第 4 列"),
}


@pytest.mark.parametrize("words", ["history X", "settings X", "evaluate good.xlsx --settings X"])
@pytest.mark.parametrize(("name", "content", "where"), [(name, *rest) for name, rest in NOT_PARSED.items()])
def test_where_a_document_is_wrong_is_told_in_the_users_language(refused, place, words, name, content, where):
    (place / name).write_text(content)
    said = refused(words, name, "zh")
    assert where in said
    assert set(re.findall(r"[A-Za-z]+", said.replace(name, ""))) <= {"warmap", "YAML", "JSON"}
    assert "line" in refused(words, name, "en")


def test_a_settings_file_is_held_to_the_limits_of_documents(refused, place):
    (place / "bomb.yaml").write_text("a: &x [1]\nb: [*x, *x]")
    assert "alias" in refused("settings X", "bomb.yaml")

"""The files of the Excel host: whole, of the right kind, the same bytes each time, and nothing in them but what we put there."""

import io
import os
import re
import subprocess
import sys
import zipfile
from argparse import Namespace
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_addin import WrongPath
from warmap_addin.cli import outcome
from warmap_addin.excel import build
from warmap_addin.excel.added_parts import MAIN_TYPE, parts_of
from warmap_addin.excel.build import FILES, book_name
from warmap_addin.excel.machine import ADDIN_FILE, configuration_bytes, read_configuration
from warmap_addin.excel.project import HELP_SHEET, MOST, WORDS_SHEET, arguments_help, help_rows, words_rows
from warmap_app.main import main
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook

ROOT = Path(__file__).parents[2]
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.mark.parametrize("name", FILES)
def test_microsofts_validator_finds_nothing(validator, built, name):
    """Workbook, VBA parts and, in the add-in, the ribbon XML."""
    assert validator(built / name) == []


def test_the_validator_looks_into_the_ribbon(validator, built, tmp_path):
    """A fault put into the ribbon's XML is found: the clean report above means something."""
    parts = parts_of((built / ADDIN_FILE).read_bytes())
    broken = tmp_path / ADDIN_FILE
    with zipfile.ZipFile(broken, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<group ", b'<group colour="red" ', 1))
    assert validator(broken) != []


@pytest.mark.parametrize("name", FILES)
class TestThePackage:
    def test_the_main_content_type_is_that_of_the_extension(self, built, name):
        types = parts_of((built / name).read_bytes())["[Content_Types].xml"].decode()
        found = re.search(r'PartName="/xl/workbook.xml" ContentType="([^"]*)"', types)
        assert found.group(1) == MAIN_TYPE[name.rpartition(".")[2]]

    def test_every_part_has_a_type_and_every_relation_a_target(self, built, name):
        parts = parts_of((built / name).read_bytes())
        types = parts["[Content_Types].xml"].decode()
        defaults = set(re.findall(r'Default Extension="([^"]*)"', types))
        named = set(re.findall(r'PartName="/([^"]*)"', types))
        assert named <= set(parts)
        assert {p for p in parts if p not in named and p.rpartition(".")[2] not in defaults} == {
            "[Content_Types].xml"
        } - ({"[Content_Types].xml"} if "xml" in defaults else set())
        for rels in (p for p in parts if p.endswith(".rels")):
            folder = Path(rels).parent.parent
            for target in re.findall(r'Target="([^"#]+)"', parts[rels].decode()):
                where = Path(target[1:]) if target.startswith("/") else folder / target
                assert os.path.normpath(where) in parts

    def test_its_last_two_sheets_are_the_words_and_the_help_very_hidden(self, built, name):
        book = ET.fromstring(parts_of((built / name).read_bytes())["xl/workbook.xml"])
        sheets = book.findall("m:sheets/m:sheet", NS)
        assert [(s.get("name"), s.get("state")) for s in sheets[-2:]] == [
            (WORDS_SHEET, "veryHidden"), (HELP_SHEET, "veryHidden"),
        ]  # fmt: skip
        assert sheets[0].get("state") is None

    def test_formulas_have_the_plain_form_only(self, built, name):
        for part, content in parts_of((built / name).read_bytes()).items():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                for formula in re.findall(r"<f[^>]*>([^<]*)</f>", content.decode()):
                    assert not re.search(r"\[\d+\]|_xll|_xldudf|_xludf", formula)

    def test_only_the_add_ins_window_is_hidden(self, built, name):
        """Else Excel shows an empty workbook to whoever opens the add-in by a double click."""
        view = ET.fromstring(parts_of((built / name).read_bytes())["xl/workbook.xml"]).find(".//m:workbookView", NS)
        assert view.get("visibility") == ("hidden" if name == ADDIN_FILE else None)

    def test_nothing_in_it_names_this_computer(self, built, name):
        for content in parts_of((built / name).read_bytes()).values():
            assert str(ROOT).encode() not in content
            assert b"absPath" not in content


@pytest.mark.parametrize("lang", LANGUAGES)
class TestTheMacroWorkbook:
    def test_it_is_the_template_with_macros(self, built, lang):
        """Every part of the template is there unchanged but for the code names Excel wants and the sheets added."""
        template, book = parts_of(build_workbook(None, lang)), parts_of((built / book_name(lang)).read_bytes())
        changed = {name for name in template if book.get(name) != template[name]}
        sheets = {name for name in template if name.startswith("xl/worksheets/sheet")}
        assert changed - sheets == {
            "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "docProps/app.xml",
        }  # fmt: skip
        for name in sheets:
            assert re.sub(rb'( codeName="\w+"|<sheetPr codeName="\w+"/>)', b"", book[name]) == template[name]

    def test_it_reads_as_the_template_does_but_for_the_macros(self, built, tmp_path, lang):
        (tmp_path / "book.xlsx").write_bytes(build_workbook(None, lang))
        template, book = read_workbook(tmp_path / "book.xlsx"), read_workbook(built / book_name(lang))
        assert book.map == template.map
        before, after = ([f.code for f in read.findings] for read in (template, book))
        assert sorted(after) == sorted([*before, "DV501"])


ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C", "HOME": "/nonexistent", "USER": "nobody"}
BUILD_LATER = """
import datetime, sys, time
from warmap_app.main import main
late = time.time() + 40_000_000.5
time.time = lambda: late
class Day(datetime.datetime):
    now = classmethod(lambda cls, tz=None: datetime.datetime.fromtimestamp(late, tz))
    utcnow = classmethod(lambda cls: datetime.datetime.fromtimestamp(late, datetime.UTC).replace(tzinfo=None))
datetime.datetime = Day
sys.exit(main(["addin", "build", "--host", "excel", "-o", sys.argv[1]]))
"""


def test_in_another_folder_at_another_time_by_another_user_the_same_bytes_are_built(built, tmp_path):
    """By the command, in a process of its own: other hash seed, time zone, locale, temporary folder, and a year later."""
    (tmp_path / "temporary").mkdir()
    (tmp_path / "at work").mkdir()
    environment = {**os.environ, **ELSEWHERE, "TMPDIR": str(tmp_path / "temporary")}
    command = [sys.executable, "-c", BUILD_LATER, "a folder"]
    subprocess.run(command, cwd=tmp_path / "at work", env=environment, capture_output=True, check=True, timeout=120)
    there = {p.name: sha256(p.read_bytes()).hexdigest() for p in (tmp_path / "at work" / "a folder").iterdir()}
    assert there == {name: sha256((built / name).read_bytes()).hexdigest() for name in FILES}
    assert list((tmp_path / "temporary").iterdir()) == []


class TestTheHelpSheet:
    """Excel-DNA's format, and the same names and words as everywhere."""

    def cells(self, path, number):
        sheet = ET.fromstring(parts_of(path.read_bytes())[f"xl/worksheets/sheet{number}.xml"])
        return [
            {c.get("r"): "".join(c.itertext()) for c in row.findall("m:c", NS)} for row in sheet.findall(".//m:row", NS)
        ]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_lists_every_function_with_its_arguments_and_help(self, built, lang):
        count = sum(name.startswith("xl/worksheets/sheet") for name in parts_of((built / book_name(lang)).read_bytes()))
        rows = [list(row.values()) for row in self.cells(built / book_name(lang), count)]
        assert rows[0] == ["FunctionInfo", "1.0"]
        assert [row[0] for row in rows[1:]] == [function.shown_name for function in FUNCTIONS.values()]
        for row, function in zip(rows[1:], FUNCTIONS.values(), strict=True):
            assert row[1] == function.help.to(lang)
            assert row[2::2] == [name for name, _ in arguments_help(function)]
            assert row[3::2] == [argument.help.to(lang) for argument in function.arguments]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_blank_help_topic_keeps_the_columns_in_place(self, lang):
        assert {row[2] for row in help_rows(lang)[1:]} == {""}

    def test_no_text_is_longer_than_excel_takes(self):
        assert max(len(cell) for lang in LANGUAGES for row in help_rows(lang) for cell in row) <= MOST

    def test_every_code_of_the_words_sheet_is_there_once(self):
        codes = [row[0] for row in words_rows()]
        assert len(codes) == len(set(codes))
        assert all(zh and en for code, zh, en in words_rows() if not code.endswith(".macro"))


class TestTheCommands:
    def build(self, folder, lang="en", force=False):
        return outcome(build.build, Namespace(out=str(folder), force=force), lang)

    def test_build_writes_three_files_and_overwrites_none(self, tmp_path, capsys):
        assert self.build(tmp_path / "out") == 0
        assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(FILES)
        assert "Built" in capsys.readouterr().out
        with pytest.raises(WrongPath, match="--force"):
            self.build(tmp_path / "out")
        assert self.build(tmp_path / "out", "zh", force=True) == 0
        assert "已生成" in capsys.readouterr().out

    def test_build_wants_a_folder(self, tmp_path, capsys):
        (tmp_path / "file").write_text("x")
        with pytest.raises(WrongPath, match="folder"):
            self.build(tmp_path / "file")

    def test_without_pyopenvba_one_line_says_what_to_install(self, tmp_path, capsys, monkeypatch):
        monkeypatch.setitem(sys.modules, "pyopenvba", None)
        assert self.build(tmp_path) == 1
        assert 'pip install "warmap[excel]"' in capsys.readouterr().out

    def test_new_with_macros_writes_a_macro_workbook(self, built, tmp_path):
        out = tmp_path / "deal.xlsm"
        assert main(["new", "--macros", "--lang", "zh", "-o", str(out)]) == 0
        with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
            assert "xl/vbaProject.bin" in archive.namelist()
        assert out.read_bytes() == (built / book_name("zh")).read_bytes()

    @pytest.mark.parametrize(
        ("flags", "name", "wanted"), [(["--macros"], "deal.xlsx", ".xlsm"), ([], "deal.xlsm", ".xlsx")]
    )
    def test_new_wants_the_extension_that_fits(self, tmp_path, capsys, flags, name, wanted):
        assert main(["new", *flags, "--lang", "en", "-o", str(tmp_path / name)]) == 2
        assert wanted in capsys.readouterr().err
        assert not (tmp_path / name).exists()


class TestTheConfiguration:
    """The file that the installer writes and the VBA reads."""

    def test_it_is_utf_16_with_a_mark_and_windows_lines(self):
        content = configuration_bytes({"python": r"C:\用户\李雷\python.exe", "xlwings": "0.37.8"})
        assert content.startswith(b"\xff\xfe")
        assert content.decode("utf-16") == "python=C:\\用户\\李雷\\python.exe\r\nxlwings=0.37.8\r\n"
        assert read_configuration(content) == {"python": r"C:\用户\李雷\python.exe", "xlwings": "0.37.8"}

    @pytest.mark.parametrize("settings", [{"interpreter": "x"}, {"python": "a\nxlwings=b"}])
    def test_it_takes_no_unknown_name_and_no_second_line(self, settings):
        with pytest.raises(ValueError, match="="):
            configuration_bytes(settings)

"""The workbook of a check, read back by openpyxl, taken by Microsoft's validator and opened by LibreOffice."""

import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from made_results import FORMULA, SCRIPT, result, several, written

from warmap.text import LANGUAGES
from warmap_app.outputs.columns import FILES, FINDINGS
from warmap_app.outputs.xlsx.growing_sheet import sheet_name
from warmap_app.outputs.xlsx.listings import link_to
from warmap_workbook.ooxml import read_book


def book_of(results, tmp_path, lang="zh"):
    path = tmp_path / "out" / "r.xlsx"
    done = written("xlsx", results, path, lang=lang, force=True)
    return openpyxl.load_workbook(path), done


def words_of(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


class TestSheets:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_summary_files_findings_and_a_sheet_a_rep(self, tmp_path, lang):
        book, _ = book_of(several(lang), tmp_path, lang)
        first = {"zh": ["汇总", "文件", "问题"], "en": ["Summary", "Files", "Findings"]}[lang]
        nobody = {"zh": "（未填销售）", "en": "(no rep named)"}[lang]
        assert book.sheetnames == [*first, "李晨", "@SUM(A1)", nobody, "陈|思 远"]

    def test_the_summary_counts(self, tmp_path):
        book, done = book_of(several("en"), tmp_path, "en")
        words = words_of(book["Summary"])
        assert words[2:8] == [8, 4, 4, *(done.totals.severities[name] for name in ("critical", "major", "minor"))]
        assert {"By rep", "By problem", "李晨", "DV002"} <= set(words)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_tables_have_every_row_under_the_declared_heads(self, tmp_path, lang):
        book, done = book_of(several(lang), tmp_path, lang)
        files, findings = book.worksheets[1:3]
        assert [cell.value for cell in files[1]] == [column.head.to(lang) for column in FILES]
        assert [cell.value for cell in findings[1]] == [column.head.to(lang) for column in FINDINGS]
        assert (files.max_row, findings.max_row) == (9, done.totals.findings + 1)

    def test_values_are_numbers_and_dates_in_their_unit(self, tmp_path):
        book, _ = book_of(several("en"), tmp_path, "en")
        row = {head.value: cell for head, cell in zip(book["Files"][1], book["Files"][2], strict=True)}
        assert (row["Amount"].value, row["Amount"].number_format) == (1200000.5, "#,##0.00")
        assert (row["Close date"].value.date().isoformat(), row["Close date"].number_format) == (
            "2026-12-31",
            "yyyy-mm-dd",
        )
        assert row["Role coverage"].number_format == "0%"
        assert row["Passed"].value == "✓ passed"

    def test_heads_stay_in_sight_and_filter(self, tmp_path):
        book, done = book_of(several(), tmp_path)
        files, findings = book.worksheets[1:3]
        assert (files.freeze_panes, findings.freeze_panes) == ("C2", "B2")
        assert findings.auto_filter.ref == f"A1:J{done.totals.findings + 1}"
        for sheet in book.worksheets:
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert sheet.print_title_rows == "$1:$1"

    def test_a_reps_sheet_tells_of_each_of_his_files(self, tmp_path):
        book, _ = book_of(several("en"), tmp_path, "en")
        words = words_of(book["李晨"])
        for name in ("good.json", "no stage.json", "hostile.json", "english.json"):
            assert name in words
        assert "DV201" in words
        assert any(re.fullmatch(r"RF\d{3}", str(word)) for word in words)

    def test_a_rep_is_one_whatever_space_stands_about_his_name(self, tmp_path):
        book, _ = book_of([result(owner=name) for name in ("Li Chen", " li  chen ", "LI CHEN")], tmp_path)
        assert book.sheetnames[3:] == ["Li Chen"]


class TestHostileText:
    def test_no_cell_is_a_formula(self, tmp_path):
        book, _ = book_of(several(), tmp_path)
        for sheet in book.worksheets:
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
        assert FORMULA in words_of(book.worksheets[1])
        assert SCRIPT in words_of(book.worksheets[1])

    def test_no_address_in_a_cell_becomes_a_link(self, tmp_path):
        book, _ = book_of([result(account="http://evil.example", opportunity="mailto:x@y")], tmp_path)
        assert not any(cell.hyperlink for row in book.worksheets[1].iter_rows() for cell in row)

    def test_what_xml_cannot_hold_is_left_out_and_escapes_stay_text(self, tmp_path):
        book_of([*several(), result(account="a_x000D_b")], tmp_path)
        sheet = read_book(tmp_path / "out" / "r.xlsx").sheets[1]
        words = {value for row in sheet.rows.values() for value in row.values()}
        assert {"abcd", "a_x000D_b"} <= words

    def test_a_text_longer_than_a_cell_is_cut(self, tmp_path):
        one = result(stage=None)
        one["findings"][0]["message"] = "长" * 40_000
        book, _ = book_of([one], tmp_path)
        assert max(len(str(word)) for word in words_of(book.worksheets[2])) == 32_767


class TestSheetNames:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("李晨", "李晨"),
            ("a[b]:c*d?e/f\\g", "a b c d e f g"),
            ("'quoted'", "quoted"),
            ("", "-"),
            ("history", "history_"),
            ("x" * 40, "x" * 31),
            ("😀" * 20, "😀" * 15),
            ("Summary", "Summary (2)"),
        ],
    )
    def test_excel_takes_them(self, words, name):
        assert sheet_name(words, {"summary"}) == name

    def test_the_same_in_any_case_gets_a_number_within_the_limit(self):
        taken = set()
        names = [sheet_name(words, taken) for words in ("A" * 31, "a" * 31, "A" * 35)]
        assert names == ["A" * 31, "a" * 27 + " (2)", "A" * 27 + " (3)"]


class TestLinks:
    def test_a_finding_opens_its_file_at_its_cell(self, tmp_path):
        path = tmp_path / "in" / "a b#1%20.xlsx"
        path.parent.mkdir()
        path.write_bytes(b"")
        one = result(path, stage=None)
        one["findings"][0].update(sheet="It's & <x>", cell="B5")
        book_of([one], tmp_path)
        with zipfile.ZipFile(tmp_path / "out" / "r.xlsx") as parts:
            relations = parts.read("xl/worksheets/_rels/sheet3.xml.rels").decode()
            sheet = parts.read("xl/worksheets/sheet3.xml").decode()
        assert r'Target="..\in\a%20b%231%2520.xlsx" TargetMode="External"' in relations
        assert "location=\"'It''s &amp; &lt;x&gt;'!B5\"" in sheet

    @pytest.mark.parametrize(
        ("sheet", "cell", "link"),
        [
            ("People", "B5", "external:./a.xlsx#'People'!B5"),
            ("People", "", "external:./a.xlsx#'People'!A1"),
            ("", "", "external:./a.xlsx"),
            ("contacts", "contacts[0].name", "external:./a.xlsx"),
        ],
    )
    def test_the_link_goes_as_far_as_the_place_is_known(self, sheet, cell, link):
        assert link_to("./a.xlsx", sheet, cell) == link
        assert link_to(None, sheet, cell) is None

    def test_a_rep_in_the_summary_leads_to_his_sheet(self, tmp_path):
        book, _ = book_of(several(), tmp_path)
        links = {
            cell.value: cell.hyperlink.location for row in book["汇总"].iter_rows() for cell in row if cell.hyperlink
        }
        assert links["李晨"] == "'李晨'!A1"


class TestLimits:
    def test_rows_that_do_not_fit_are_counted_and_said(self, tmp_path, monkeypatch):
        monkeypatch.setattr("warmap_app.outputs.xlsx.growing_sheet.LAST_ROW", 3)
        book, done = book_of([result(f"{number}.json") for number in range(5)], tmp_path, "en")
        said = [remark.en for remark in done.remarks]
        assert any("“Files”" in words and "3 more" in words for words in said)
        assert any(words in words_of(book["Summary"]) for words in said) or book["Summary"].max_row >= 3

    def test_links_that_excel_would_not_take_are_plain_text(self, tmp_path, monkeypatch):
        monkeypatch.setattr("warmap_app.outputs.xlsx.growing_sheet.MOST_LINKS", 2)
        monkeypatch.setattr("warmap_app.outputs.xlsx.MOST_LINKS", 2)
        path = tmp_path / "a.json"
        path.write_text("{}")
        book, done = book_of([result(path) for _ in range(4)], tmp_path)
        assert sum(bool(cell.hyperlink) for row in book.worksheets[1].iter_rows() for cell in row) == 2
        assert any("2 cells are links" in remark.en for remark in done.remarks)

    def test_at_most_two_hundred_reps_have_a_sheet(self, tmp_path, monkeypatch):
        monkeypatch.setattr("warmap_app.outputs.xlsx.listings.MOST_REP_SHEETS", 2)
        book, done = book_of([result(owner=f"rep {number}") for number in range(5)], tmp_path)
        assert book.sheetnames[3:] == ["rep 0", "rep 1"]
        assert "3 more reps" in done.remarks[0].en
        assert "rep 4" in words_of(book["汇总"])


class TestOtherPrograms:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_microsofts_validator_finds_nothing(self, validator, tmp_path, lang):
        book_of(several(lang), tmp_path, lang)
        assert validator(tmp_path / "out" / "r.xlsx") == []

    @pytest.mark.office
    def test_libreoffice_opens_it_and_sees_the_links(self, tmp_path):
        path = tmp_path / "in" / "a b#1.xlsx"
        path.parent.mkdir()
        path.write_bytes(b"")
        one = result(path, stage=None)
        one["findings"][0].update(sheet="关键人", cell="B5")
        book_of([one], tmp_path)
        office = shutil.which("soffice")
        assert office, "LibreOffice is not installed: tools/install-office.sh"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        run = [office, profile, "--headless", "--convert-to", "fods", "--outdir", tmp_path, tmp_path / "out" / "r.xlsx"]
        subprocess.run(run, capture_output=True, check=True, timeout=120)
        text = (tmp_path / "r.fods").read_text("utf-8")
        assert re.search(r'xlink:href="(?:[^"]*/)?in/a%20b%231\.xlsx#&apos;关键人&apos;!B5"', text)
        assert "作战地图检查结果" in text

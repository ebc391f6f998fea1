"""`warmap recalculate`: the stored results follow from the entries again, and nothing else in the file changes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmap.evaluation import scores
from warmap.layout import HISTORY_NAME
from warmap.model import TABLE
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_addin.excel.build import with_macros
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.libreoffice.office import Office
from warmap_app.main import main
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.editing.cell_edits import put_cells
from warmap_workbook.editing.package_edit import PackageEdit
from warmap_workbook.editing.recalculated import recalculated
from warmap_workbook.ooxml import ErrorValue, read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.build import build_workbook

TODAY = date(2027, 3, 4)
SAMPLE = "port_logistics"


def built(name=SAMPLE, lang="en"):
    return build_workbook(read_document(load_sample(name, lang)).map, lang)


def renewed(data):
    return recalculated(data, OwnFunctions(), TODAY)


def with_cells(data, cells):
    """A workbook whose entries a program without the functions changed."""
    edit = PackageEdit(data)
    put_cells(edit, cells)
    return edit.content()


def changed_parts(before, after):
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        return [name for name in old.namelist() if old.read(name) != new.read(name)]


def place_of(reading, table, field, index=0):
    place = reading.places[table]
    row = place.record_rows[field] if place.record_rows else place.rows[index]
    return place.sheet, row, place.columns.get(field) or next(iter(place.columns.values()))


class TestWhatItWrites:
    def test_of_a_file_that_is_up_to_date_only_what_says_the_day_changes(self):
        before = built()
        result = renewed(before)
        names = {sheet.name: sheet.part for sheet in PackageEdit(before).worksheets()}
        assert changed_parts(before, result.content) == [names["Home"], names["_marks"]]
        assert result.changed == 1
        book = read_book(result.content)
        assert [book.sheet("_marks").value(4, 2), book.sheet("Home").value(34, 9)] == [
            "2027-03-04",
            "Computed on 2027-03-04",
        ]

    def test_done_again_it_changes_no_byte(self):
        once = renewed(built()).content
        assert renewed(once).content == once
        assert renewed(once).changed == 0

    def test_no_formula_changes(self):
        before = read_book(with_cells(built(), {("Deal", 8, 2): 1.0}))
        after = read_book(renewed(built()).content)
        assert [sheet.formulas for sheet in after.sheets] == [sheet.formulas for sheet in before.sheets]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_after_an_edit_it_is_the_workbook_that_is_built_of_the_edited_map(self, lang):
        data, reading = built(lang=lang), read_workbook(built(lang=lang))
        words = {"en": "Low", "zh": "低"}
        edited = with_cells(
            data,
            {
                place_of(reading, "contacts", "influence"): words[lang],
                place_of(reading, "contacts", "title", 1): "R&D's <head>",
            },
        )
        assert "DV305" in {one.code for one in read_workbook(edited).findings}
        result = renewed(edited)
        assert result.changed > 50
        after = read_workbook(result.content)
        assert {one.code for one in after.findings} & {"DV303", "DV304", "DV305"} == set()
        fresh = read_book(build_workbook(after.map, lang))
        for sheet in read_book(result.content).sheets:
            other = fresh.sheet(sheet.name)
            for (row, column), formula in sheet.formulas.items():
                if "wm_computed_on" not in formula.text:
                    assert (sheet.value(row, column) or "") == (other.value(row, column) or ""), (
                        sheet.name,
                        row,
                        column,
                    )

    def test_the_last_values_are_renewed_with_the_results(self):
        data, reading = built(), read_workbook(built())
        book = read_book(renewed(with_cells(data, {place_of(reading, "contacts", "influence"): "Low"})).content)
        fresh = read_book(
            build_workbook(
                read_workbook(with_cells(data, {place_of(reading, "contacts", "influence"): "Low"})).map, "en"
            )
        )
        mine, theirs = (
            {(r, c): v for r, row in one.sheet("_last").rows.items() for c, v in row.items() if v != ""}
            for one in (book, fresh)
        )
        assert mine.keys() == theirs.keys()
        assert {at for at, value in mine.items() if value != theirs[at] and not isinstance(value, float)} == set()

    def test_a_file_that_shows_name_errors_shows_results_again(self):
        data = built()
        edit, cells = PackageEdit(data), {}
        for sheet in read_book(data).sheets:
            cells |= {
                (sheet.name, *at): ErrorValue("#NAME?")
                for at, formula in sheet.formulas.items()
                if "WARMAP." in formula.text
            }
        put_cells(edit, cells)
        broken = edit.content()
        assert "DV305" in {one.code for one in read_workbook(broken).findings}
        assert [one.code for one in read_workbook(renewed(broken).content).findings] == [
            one.code for one in read_workbook(data).findings
        ]

    def test_what_is_on_a_sheet_of_ones_own_follows_or_is_told(self):
        book = openpyxl.load_workbook(io.BytesIO(built()))
        own = book.create_sheet("Sums")
        for cell, text in {
            "A1": "=wm_score_health*2",
            "A2": "=TODAY()",
            "A3": "=A2+1",
            "A4": "=A1>1",
            "A5": '=Deal!B5&"!"',
        }.items():
            own[cell] = text
        out = io.BytesIO()
        book.save(out)
        result = renewed(with_cells(out.getvalue(), {("Sums", 2, 1): 46000.0}))
        sheet, health = read_book(result.content).sheet("Sums"), read_workbook(result.content).judgement.health.score
        assert [sheet.value(row, 1) for row in (2, 3, 4)] == [46000.0, 46001.0, True]
        assert sheet.value(1, 1) == pytest.approx(2 * health)
        assert sheet.value(5, 1).endswith("!")
        assert [(name, cell, why.en) for name, cell, why in result.left] == [
            ("Sums", "A2", "the function TODAY is not worked out here")
        ]


ODD = ["", "<b>&\"'", "✓", "High", "低", "Against", "  spaced  ", "line1\nline2", "=1+1", "#N/A", "1e5", "0", "2026-12-01", "_x000D_ _x0041_", "😀😀", "\x07bell", "O'Brien", "TRUE", "3月"]  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.sampled_from(ODD),
    st.integers(-5, 90).map(float),
    st.integers(46000, 46900).map(float),
    st.floats(-1e9, 1e9),
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from([table for table in TABLE if table != HISTORY_NAME]),
        st.integers(0, 12),
        st.integers(0, 8),
        VALUES,
    ),
    max_size=20,
)
WORKBOOKS = {(name, lang): built(name, lang) for name, lang in [(sample_names()[0], "zh"), (SAMPLE, "en")]}


@given(st.sampled_from(sorted(WORKBOOKS)), EDITS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_entered_the_check_finds_nothing_in_the_results(which, edits):
    """And the map judged from the new file comes to the scores that its cells show."""
    data = WORKBOOKS[which]
    book, cells = read_book(data), {}
    for table, row, column, value in edits:
        found = book.named_range(f"wm_{table}")
        if found is not None:
            sheet, box = found
            at = (min(box.r1 + 1 + row, box.r2), min(box.c1 + (1 if TABLE[table].is_record else column), box.c2))
            if at not in sheet.formulas:
                cells[sheet.name, *at] = value
    edited = with_cells(data, cells)
    result = renewed(edited)
    before, after = read_workbook(edited), read_workbook(result.content)
    assert {one.code for one in after.findings} & {"DV303", "DV304", "DV305"} == set()
    told = [(one.code, one.sheet, one.cell) for one in before.findings if one.code[:3] != "DV3"]
    assert [(one.code, one.sheet, one.cell) for one in after.findings if one.code[:3] != "DV3"] == told
    assert after.map == before.map
    stored = read_book(result.content)
    for code, score in scores(after.judgement).items():
        sheet, box = stored.named_range(f"wm_score_{code}")
        if not isinstance(score, str):  # words are those of the language
            assert (sheet.value(box.r1, box.c1) or None) == (pytest.approx(score) if score else None), code


class TestTheCommand:
    def run(self, capsys, *words):
        code = main(["recalculate", *map(str, words), "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out + said.err

    def test_it_says_what_it_did(self, tmp_path, capsys):
        (tmp_path / "deal.xlsx").write_bytes(built())
        code, said = self.run(capsys, tmp_path / "deal.xlsx", "-o", tmp_path / "new.xlsx")
        assert code == 0
        path = re.escape(str(tmp_path / "new.xlsx"))
        (cells,) = re.fullmatch(rf"wrote {path}: (\d+) cells calculated, 1 of them changed\n", said).groups()
        assert int(cells) > 5000

    def test_a_macro_workbook_keeps_its_macros(self, tmp_path, capsys):
        (tmp_path / "deal.xlsm").write_bytes(with_macros(built(), "en"))
        code, _ = self.run(capsys, tmp_path / "deal.xlsm", "-o", tmp_path / "new.xlsm")
        assert code == 0
        assert read_book(tmp_path / "new.xlsm").has_macros
        before, after = ((tmp_path / name).read_bytes() for name in ("deal.xlsm", "new.xlsm"))
        assert "xl/vbaProject.bin" not in changed_parts(before, after)

    @pytest.mark.parametrize(
        ("out", "words"),
        [("new.xlsm", "should end in .xlsx"), ("deal.xlsx", "--force"), ("there.xlsx", "--force")],
    )
    def test_it_refuses_to_write(self, tmp_path, capsys, out, words):
        for name in ("deal.xlsx", "there.xlsx"):
            (tmp_path / name).write_bytes(built())
        code, said = self.run(capsys, tmp_path / "deal.xlsx", "-o", tmp_path / out)
        assert (code, len(said.splitlines())) == (2, 1)
        assert words in said

    def test_force_writes_over_another_file_but_not_over_the_one_that_was_read(self, tmp_path, capsys):
        for name in ("deal.xlsx", "there.xlsx"):
            (tmp_path / name).write_bytes(built())
        assert self.run(capsys, tmp_path / "deal.xlsx", "-o", tmp_path / "there.xlsx", "--force")[0] == 0
        assert self.run(capsys, tmp_path / "deal.xlsx", "-o", tmp_path / "deal.xlsx", "--force")[0] == 2

    def test_a_file_that_is_no_war_map_is_refused_in_one_line(self, tmp_path, capsys):
        openpyxl.Workbook().save(tmp_path / "other.xlsx")
        (tmp_path / "broken.xlsx").write_bytes(b"PK no workbook")
        for name in ("other.xlsx", "broken.xlsx", "gone.xlsx"):
            code, said = self.run(capsys, tmp_path / name, "-o", tmp_path / "new.xlsx")
            assert (code, len(said.splitlines())) == (2, 1), said
        assert not (tmp_path / "new.xlsx").exists()

    def test_an_older_template_is_to_be_upgraded_first(self, tmp_path, capsys):
        book = openpyxl.load_workbook(io.BytesIO(built()))
        book["_marks"]["B2"] = "1"
        book.save(tmp_path / "old.xlsx")
        code, said = self.run(capsys, tmp_path / "old.xlsx", "-o", tmp_path / "new.xlsx")
        assert code == 2
        assert "warmap upgrade" in said


def test_libreoffice_recalculates_an_edited_and_renewed_file_to_the_same_cells(tmp_path):
    reading = read_workbook(built())
    cells = {
        place_of(reading, "contacts", "influence"): "Low", place_of(reading, "contacts", "post_status", 2): "Left",
        place_of(reading, "deal", "amount"): None, place_of(reading, "deal", "close_date"): "2027-01-31",
    }  # fmt: skip
    path = Path(tmp_path, "renewed.xlsx")
    path.write_bytes(renewed(with_cells(built(), cells)).content)
    with Office(install_addin=True) as office:
        comparison = compare_live(office, path)
    assert comparison.differences == []
    assert comparison.cells > 5000

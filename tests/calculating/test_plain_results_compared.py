"""With `--recalculate` the stored results of plain formulas are compared too: sums, look-ups, ratios, spilled ranges."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from warmap.layout import TAB
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_app.batch.journal import terms_line
from warmap_app.batch.one import Terms
from warmap_app.load import load_bytes
from warmap_app.main import main
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.calculating.plain_results import plain_results
from warmap_workbook.editing.cell_edits import put_cells
from warmap_workbook.editing.package_edit import PackageEdit
from warmap_workbook.editing.recalculated import recalculated
from warmap_workbook.ooxml import ErrorValue, parse_ref, read_book
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

NAME = "port_logistics"
FOLDER = Path(__file__).parents[2] / "workbook_templates"
FILES = sorted([*FOLDER.glob("*.xlsx"), *(FOLDER / "samples").glob("*.xlsx")])
RESULTS = {"DV303", "DV304", "DV305", "DV901"}


@cache
def built(lang="en"):
    return build_workbook(read_document(load_sample(NAME, lang)).map, lang)


def sheet_name(tab, lang):
    return TAB[tab].name.to(lang)


def with_cells(data, cells):
    edit = PackageEdit(data)
    put_cells(edit, cells)
    return edit.content()


def told(data, *, recalculate=True):
    return [one for one in load_bytes("a.xlsx", data, recalculate=recalculate).findings if one.code in RESULTS]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_of_no_sample_anything_is_found(path):
    assert told(path.read_bytes()) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("tab", "cell", "value"),
    [
        pytest.param("home", "B1", "Won already", id="a text that joins entries"),
        pytest.param("home", "B1", True, id="a truth value instead of a text"),
        pytest.param("stages", "B5", 3.0, id="a difference of two dates"),
        pytest.param("stages", "B5", "3", id="a text instead of a number"),
        pytest.param("scoreboard", "C8", 99.5, id="the look-up of a score"),
        pytest.param("history", "D8", 99.0, id="a cell inside a range that one formula fills"),
        pytest.param("check", "D3", "✗ <b>", id="a sentence"),
    ],
)
def test_one_that_was_changed_is_told_with_its_cell_and_both_values(lang, tab, cell, value):
    data, sheet = built(lang), sheet_name(tab, lang)
    right = read_book(data).sheet(sheet).value(*parse_ref(cell))
    tampered = with_cells(data, {(sheet, *parse_ref(cell)): value})
    assert told(tampered, recalculate=False) == []
    (finding, *follow) = told(tampered)
    assert [one.cell for one in follow if one.sheet == sheet] == [], "one a sheet"
    assert (finding.code, finding.sheet, finding.cell) == ("DV303", sheet, cell)
    for words in LANGUAGES:
        message = finding.message(words)
        assert f"“{TAB[tab].name.to(words)}”" in message
        for one in (value, right):
            assert shown(one, words) in message


def shown(value, lang):
    if value in (None, ""):
        return {"zh": "空白", "en": "blank"}[lang]
    return (
        str(value).upper() if isinstance(value, bool) else f"{value:g}"[:4] if isinstance(value, float) else value[:50]
    )


def test_without_any_stored_result_it_says_so_once():
    data = built()
    cells = {(name, *at): None for name, at in plain_formulas(data)}
    (finding,) = told(with_cells(data, cells))
    assert (finding.code, finding.facts["count"] > 300) == ("DV305", True)


def test_what_no_program_calculated_is_told_with_the_functions_results_alone():
    data, health = built(), read_book(built()).named_range("wm_scores")
    sheet, box = health
    old = {(sheet.name, box.r1, box.c1): None, ("Home", 1, 2): "old"}
    assert [one.code for one in told(with_cells(data, old))] == ["DV305"]


def test_an_error_is_told_once():
    assert [one.code for one in told(with_cells(built(), {("Home", 1, 2): ErrorValue("#VALUE!")}))] == ["DV304"]


def test_a_formula_of_ones_own_is_not_the_templates():
    book = openpyxl.load_workbook(io.BytesIO(built()))
    book["Home"]["T60"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    data = recalculated(stream.getvalue(), OwnFunctions(), date(2027, 3, 4)).content
    data = with_cells(data, {("Home", 60, 20): 5.0})
    assert (("Home", 60, 20), (60, 20), 2.0) in plain_results(read_book(data))
    assert told(data) == []


def plain_formulas(data):
    for sheet in read_book(data).sheets:
        yield from ((sheet.name, at) for at, formula in sheet.formulas.items() if "WARMAP." not in formula.text)


class TestTheCommand:
    def run(self, capsys, *words):
        code = main(["check", *map(str, words), "--format", "json", "--lang", "en"])
        return code, json.loads(capsys.readouterr().out)

    def test_only_when_asked(self, tmp_path, capsys):
        path = Path(tmp_path, "deal.xlsx")
        path.write_bytes(with_cells(built(), {("Home", 1, 2): "Won already"}))
        before, after = (self.run(capsys, path, *words)[1]["files"][0]["findings"] for words in ((), ["--recalculate"]))
        more = [one for one in after if one not in before]
        assert [(one["code"], one["sheet"], one["cell"]) for one in more] == [("DV303", "Home", "B1")]
        assert before == [one for one in after if one not in more]

    def test_what_was_checked_without_it_is_checked_again(self, tmp_path, capsys):
        path, store = Path(tmp_path, "deal.xlsx"), tmp_path / "history.db"
        path.write_bytes(with_cells(built(), {("Home", 1, 2): "Won already"}))
        for words, found in [((), False), (["--recalculate"], True), ((), False), (["--recalculate"], True)]:
            _, result = self.run(capsys, path, "--store", store, *words)
            assert ("DV303" in {one["code"] for one in result["files"][0]["findings"]}) == found

    def test_a_journal_says_so(self):
        assert terms_line(Terms("en")) != terms_line(Terms("en", recalculate=True))

"""A workbook saved where the functions answered goes through a program without them: last results, never #NAME? or 0.

IronCalc stands for such a program here, LibreOffice in `tests/libreoffice`.
"""

import io
import zipfile

import ironcalc
import pytest

from warmap.layout import TAB
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import ErrorValue, read_book
from warmap_workbook.reading.checks.stored_results import LAST_VALUES
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.home import FOOT_ROW, LIVE, NOT_LIVE

SAMPLE = "lubricants_group"


def saved_live(lang, change=lambda text: text):
    """The bytes of a filled map as an Excel with the functions saves it: the mark says 1, the foot of Home says live.

    The mark is a plain 1 here. IronCalc recalculates everything, while Excel leaves a formula alone that hangs on no edit.
    """
    book = build_workbook(read_document(load_sample(SAMPLE, lang)).map, lang)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = change(
                    text.decode()
                    .replace('<f t="array" ref="B5">IF(ISERROR(WARMAP.VERSION()),0,1)</f><v>0</v>', "<v>1</v>")
                    .replace(f"<v>{NOT_LIVE.to(lang)}</v>", f"<v>{LIVE.to(lang)}</v>")
                ).encode()  # fmt: skip
            new.writestr(name, text)
    return stream.getvalue()


def edited_without(content, lang, folder):
    """The workbook after somebody without the functions changed a contact, and saved."""
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(content)
    model = ironcalc.load_from_xlsx(str(before), "en", "UTC", "en")
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    places = read_workbook(before).places
    for code, field, value in (("contacts", "influence", {"zh": "低", "en": "Low"}[lang]), ("contacts", "title", "x")):
        place = places[code]
        model.set_user_input(names.index(place.sheet), place.rows[0], place.columns[field], value)
    model.evaluate()
    model.save_to_xlsx(str(after))
    return after


@pytest.mark.parametrize("lang", LANGUAGES)
class TestSavedLiveThenEditedWithoutTheFunctions:
    def test_every_result_is_the_last_one(self, tmp_path, lang):
        book = read_book(edited_without(saved_live(lang), lang, tmp_path))
        last = book.sheet(TAB["last"].name.en)
        for block in BLOCKS:
            sheet, box = book.named_range(block.name)
            for row in range(max(1, block.rows)):
                for column in range(block.width):
                    shown = sheet.value(box.r1 + row, box.c1 + column)
                    assert (shown or "") == (last.value(block.last_row + row, 1 + column) or ""), (block.name, row)

    def test_no_cell_shows_a_name_error(self, tmp_path, lang):
        assert name_errors(edited_without(saved_live(lang), lang, tmp_path)) == 0

    def test_the_foot_of_home_no_longer_says_live(self, tmp_path, lang):
        book = read_book(edited_without(saved_live(lang), lang, tmp_path))
        assert book.sheets[0].value(FOOT_ROW + 1, 2) == NOT_LIVE.to(lang)

    def test_the_check_says_that_results_are_old_and_accuses_nobody(self, tmp_path, lang):
        findings = read_workbook(edited_without(saved_live(lang), lang, tmp_path)).findings
        assert {f.facts["what"].en for f in findings if f.code == "DV305"} == {LAST_VALUES.en}
        assert "DV303" not in {finding.code for finding in findings}

    def test_a_formula_that_believes_the_stored_mark_would_show_an_error(self, tmp_path, lang):
        """What this is for: so the engine can tell the difference."""
        believing = saved_live(
            lang, lambda text: text.replace("ISERROR(WARMAP.VERSION()&amp;wm_live)", "wm_live&lt;&gt;1")
        )
        assert name_errors(edited_without(believing, lang, tmp_path)) > 10


def name_errors(path):
    """How many cells show #NAME?; IronCalc gives other errors where it does not know a use of INDEX."""
    cells = (value for sheet in read_book(path).sheets for row in sheet.rows.values() for value in row.values())
    return sum(isinstance(value, ErrorValue) and value.code == "#NAME?" for value in cells)

"""Saved in LibreOffice with the functions, opened without them: the results of the last entries, not of the ones before."""

import pytest

from warmap.layout import TAB
from warmap.reading import read_document
from warmap_workbook.calculating.plain_results import plain_results
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import cell_name, read_book
from warmap_workbook.reading.checks.stored_results import LAST_VALUES
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

pytestmark = pytest.mark.office
LOW = {"zh": "低", "en": "Low"}


WAYS = [("zh", "in place"), ("en", "in place"), ("zh", "a copy")]


@pytest.fixture(scope="module", params=WAYS, ids=" ".join)
def saved(request, office, tmp_path_factory):
    """The language, a sample as it was built, and the same edited and saved with the functions."""
    (lang, way), folder = request.param, tmp_path_factory.mktemp("saved")
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(build_workbook(read_document(load_sample("lubricants_group", lang)).map, lang))
    place = read_workbook(before).places["contacts"]
    document = office.open(before)
    document.set(place.sheet, cell_name(place.rows[0], place.columns["influence"]), LOW[lang])
    document.recalculate()
    if way == "a copy":
        document.save_as(after, "xlsx")
    else:
        after.write_bytes(document.save().read_bytes())
    document.close()
    return lang, before, after


def shown(book, name):
    sheet, box = book.named_range(name)
    return [
        [sheet.value(row, column) or "" for column in range(box.c1, box.c2 + 1)] for row in range(box.r1, box.r2 + 1)
    ]


def test_every_result_is_kept_on_the_sheet_of_last_values(saved):
    _, before, after = saved
    book = read_book(after)
    last = book.sheet(TAB["last"].name.en)
    for block in BLOCKS:
        kept = [
            [last.value(block.last_row + row, 1 + column) or "" for column in range(block.width)]
            for row in range(max(1, block.rows))
        ]
        assert shown(book, block.name) == kept, block.name
    assert shown(book, "wm_scores") != shown(read_book(before), "wm_scores"), "the edit moved nothing"


def test_opened_without_the_functions_they_are_shown(saved, plain_office):
    _, _, after = saved
    book, document = read_book(after), plain_office.open(after)
    document.recalculate()
    sheet, box = book.named_range("wm_scores")
    cells = document.cells(sheet.name)
    document.close()
    rows = [
        [cells.value(cell_name(row, column)) or "" for column in range(box.c1, box.c2 + 1)]
        for row in range(box.r1, box.r2 + 1)
    ]
    assert rows == shown(book, "wm_scores")


def test_the_check_finds_no_old_results(saved):
    _, _, after = saved
    findings = read_workbook(after, plain_results=plain_results).findings
    assert "DV303" not in {one.code for one in findings}
    assert LAST_VALUES.en not in {f.facts["what"].en for f in findings if f.code == "DV305"}

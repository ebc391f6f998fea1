"""Our reader beside python-calamine and openpyxl, cell by cell: on every workbook of the repository and every odd one.

Beside the differences that `tests/ooxml/test_ooxml_oracles.py` names, those of the odd files are named here, each with
what the other reader does. Nothing else may differ, and a difference that has gone must be struck off.
"""

from __future__ import annotations

import functools
import io
import sys
from pathlib import Path

import openpyxl
import pytest
import python_calamine

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ooxml"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import odd_files
from test_ooxml_oracles import as_number, ours, seen_by_calamine

from warmap_workbook.ooxml import ErrorValue, Unreadable, read_book

COMMITTED = sorted((Path(__file__).resolve().parents[2] / "workbook_templates").rglob("*.xlsx"))
ABORTS = {
    "counts_of_strings_that_lie.xlsx",
    "the_far_corner.xlsx",
}  # the whole process, for want of 2 TB or half of one
REFUSES = {
    "a_cell_with_dollars.xlsx", "a_macro_sheet.xlsx", "a_sheet_hidden_in_a_way_nobody_knows.xlsx", "a_target_by_way_of_the_parent.xlsx",
    "a_target_percent_encoded.xlsx", "a_target_with_a_backslash.xlsx", "a_truth_of_two.xlsx", "a_type_nobody_knows.xlsx",
    "an_empty_type.xlsx", "an_error_nobody_knows.xlsx", "an_extension_list_in_a_cell.xlsx", "cut_off_inside_the_styles.xlsx",
    "styles_that_are_damaged.xlsx",
}  # fmt: skip
DIFFERS = {
    "a_comment_inside_a_number.xlsx": "reads up to the comment",
    "a_number_in_cdata.xlsx": "does not see CDATA",
    "a_number_by_references.xlsx": "does not see references in numbers",
    "a_number_between_spaces.xlsx": "keeps it as text",
    "an_amount_nan.xlsx": "takes NaN for a number",
    "an_amount_infinite.xlsx": "takes INF for a number",
    "an_amount_beyond_all_numbers.xlsx": "takes it for infinite",
    "an_amount_of_a_thousand_digits.xlsx": "takes it for infinite",
    "an_inline_text_and_a_value.xlsx": "reads neither",
    "a_date_for_an_amount.xlsx": "keeps a date with a time zone as text",
    "a_date_that_never_was.xlsx": "makes 28 February of it",
    "a_date_below_zero.xlsx": "makes day 0 of it",
    "a_date_nan.xlsx": "reads nothing",
    "a_text_with_no_character.xlsx": "leaves the escape as it is",
    "a_row_inside_a_row.xlsx": "reads it; with us it is a finding",
    "a_cell_outside_a_row.xlsx": "reads it; with us it is a finding",
    **dict.fromkeys(
        ("a_million_rows_and_one_cell.xlsx", "the_last_column.xlsx", "the_last_row.xlsx"),
        "reads it; with us it is a finding",
    ),
    "two_cell_tables.xlsx": "reads the first one only; with us it is a finding",
    "alternative_content_around_a_row.xlsx": "reads into it; with us it is a finding",
    "dates_since_1904.xlsx": "counts from 1904 while we give the stored number",
}


@functools.cache
def read_odd_ones():
    """Name, bytes and book of every odd file that is read."""
    found = {}
    for name, maker in sorted(odd_files.MAKERS.items()):
        data = maker()
        try:
            found[name] = (data, read_book(data))
        except Unreadable:
            continue
    return found


def like_calamine(data, sheet):
    told = seen_by_calamine(data, sheet)
    return ours(sheet, errors=False) == pytest.approx(told)


def in_openpyxl(loaded, sheet):
    """Cells of one sheet as openpyxl holds them, dates as numbers."""
    return {
        (cell.row, cell.column): ErrorValue(cell.value) if cell.data_type == "e" else as_number(cell.value)
        for row in loaded[sheet.name].iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def test_there_is_much_to_compare():
    assert len(read_odd_ones()) > 150
    assert len(COMMITTED) >= 4


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_a_workbook_of_the_repository_is_read_as_the_others_read_it(path):
    data = path.read_bytes()
    sheets = [sheet for sheet in read_book(data).sheets if sheet.was_read]
    assert all(like_calamine(data, sheet) for sheet in sheets)
    loaded = openpyxl.load_workbook(path, data_only=True)
    for sheet in sheets:
        assert ours(sheet) == pytest.approx(in_openpyxl(loaded, sheet))


def test_an_odd_workbook_is_read_as_calamine_reads_it():
    """The sheets that are made odd; the others are those of the workbook they were made from."""
    differing, refused = set(), set()
    for name, (data, book) in read_odd_ones().items():
        if name in ABORTS:
            continue
        for sheet in book.sheets:
            if sheet.was_read and sheet.name in {"Deal", "Mine"}:
                try:
                    same = like_calamine(data, sheet)
                except python_calamine.CalamineError:
                    refused.add(name)
                    continue
                if not same:
                    differing.add(name)
    assert differing == set(DIFFERS)
    assert refused == REFUSES


def test_openpyxl_reads_the_workbook_they_are_made_from_as_we_do():
    loaded = openpyxl.load_workbook(io.BytesIO(odd_files.good()), data_only=True)
    book = read_book(odd_files.good())
    assert loaded.sheetnames == [sheet.name for sheet in book.sheets]
    for sheet in book.sheets:
        assert ours(sheet) == pytest.approx(in_openpyxl(loaded, sheet))

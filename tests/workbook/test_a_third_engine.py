"""formualizer, a spreadsheet engine by others, recalculates every shipped workbook with our functions registered.

It has dynamic arrays only: left where they are, our array formulas meet their own lower cells and give #SPILL!. So each is
moved far to the right, where it has room, and the cells of its range look at it there.
"""

import math
from functools import cache
from pathlib import Path

import formualizer
import pytest

from warmap.layout import TABS
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_udfs import dispatch
from warmap_workbook.computed import BLOCK
from warmap_workbook.ooxml import ErrorValue, cell_name, parse_range, read_book

FOLDER = Path(__file__).parents[2] / "workbook_templates"
WORKBOOKS = [*sorted(FOLDER.glob("war_map.*.xlsx")), *sorted((FOLDER / "samples").glob("*.xlsx"))]
TAB_OF = {tab.name.to(lang): tab.code for tab in TABS for lang in LANGUAGES}
FIRST_COLUMN, BETWEEN = 400, 40
"""Where there is room, and how many rows lie between two arrays: none of ours is taller than its range by more."""
FIRST_CELL_ONLY = "inside SUMPRODUCT it gives LEFT, LEN and ROW of a range the first cell only"
OTHERWISE = {
    ("marks", "B5"): "whether the functions answer: here they do, and the file was stored without",
    ("home", "B34"): "the same in words",
    (
        "scoreboard",
        cell_name(BLOCK["wm_why"].row, BLOCK["wm_why"].column),
    ): "WHY reads the formula of a cell, which the engine hands to no function",
    ("home", "N2"): "HYPERLINK of a number is its text",
    ("lists", "Y"): FIRST_CELL_ONLY,
    ("lists", "Z"): "hangs on Y",
    ("status", "AD"): FIRST_CELL_ONLY,
    ("status", "AE"): "hangs on AD",
    ("status", "L"): FIRST_CELL_ONLY,
    ("home", "B12"): "hangs on L",
    ("home", "H12"): "hangs on L",
    ("home", "N26"): FIRST_CELL_ONLY,
    ("home", "B36"): FIRST_CELL_ONLY,
}
"""Tab and cell or column → why formualizer 0.13 gives another value than the one stored. LibreOffice gives what is stored."""


def registered(name):
    """A worksheet function as the engine calls it: values in, values out, a wrong input as an error."""

    def call(*given):
        result = dispatch.call(name, list(given))
        if isinstance(result, list | tuple):
            return [["" if cell is None else cell for cell in row] for row in result]
        return "" if result is None else result

    return call


def with_functions(path, book):
    """The workbook in the engine, our functions registered, its array formulas where they have room."""
    engine = formualizer.Workbook.from_path(str(path))
    engine.set_temporal_egress("serial")
    for name in FUNCTIONS:
        if name != "WHY":
            engine.register_function(f"WARMAP.{name}", registered(name))
    for sheet in book.sheets:
        free = 1
        for formula in sheet.formulas.values():
            if not formula.array_ref:
                continue
            box = parse_range(formula.array_ref)
            for row, column in cells(box):
                seen = cell_name(free + row - box.r1, FIRST_COLUMN + column - box.c1)
                engine.set_formula(sheet.name, row, column, f"={seen}")
            engine.set_formula(sheet.name, free, FIRST_COLUMN, f"={formula.text}")
            free += box.r2 - box.r1 + BETWEEN
    return engine


def cells(box):
    return [(row, column) for row in range(box.r1, box.r2 + 1) for column in range(box.c1, box.c2 + 1)]


@cache
def compared(path):
    """The cells with another value than the one stored, and how many there are in all."""
    book = read_book(path)
    engine = with_functions(path, book)
    engine.evaluate_all()
    found, count = {}, 0
    for sheet in book.sheets:
        for (row, column), formula in sheet.formulas.items():
            for at in cells(parse_range(formula.array_ref or cell_name(row, column))):
                count += 1
                stored, given = sheet.value(*at), engine.get_value(sheet.name, *at)
                if not alike(stored.code if isinstance(stored, ErrorValue) else stored, given):
                    found[TAB_OF[sheet.name], cell_name(*at)] = stored, given
    return found, count


def alike(stored, given):
    if isinstance(stored, int | float) and isinstance(given, int | float):
        return math.isclose(stored, given, rel_tol=1e-9, abs_tol=1e-9)
    return (stored or "") == (given or "")


def listed(tab, cell):
    """Under which name a cell stands on the list; None where it does not."""
    return next((at for at in ((tab, cell), (tab, cell.rstrip("0123456789"))) if at in OTHERWISE), None)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_it_gives_what_is_stored_but_for_a_short_list(path):
    found, count = compared(path)
    assert count > 5000
    assert len(found) < 0.02 * count
    assert {at: values for at, values in found.items() if listed(*at) is None} == {}


def test_nothing_stands_on_the_list_that_does_not_differ_any_more():
    """Of a newer formualizer the list should be shorter."""
    assert {listed(*at) for path in WORKBOOKS for at in compared(path)[0]} - {None} == OTHERWISE.keys()


def test_the_functions_were_called_and_an_edit_moves_their_results():
    """Otherwise the last results would have been compared with themselves."""
    path = FOLDER / "samples" / "lubricants_group.en.xlsx"
    book = read_book(path)
    engine = with_functions(path, book)
    sheet, box = book.named_range("wm_score_role_coverage")
    engine.evaluate_all()
    assert engine.get_value(sheet.name, box.r1, box.c1) == sheet.value(box.r1, box.c1)
    people, area = book.named_range("wm_contacts")
    for row in range(area.r1 + 1, area.r2 + 1):
        for column in range(area.c1, area.c2 + 1):
            engine.set_value(people.name, row, column, None)
    engine.evaluate_all()
    assert engine.get_value(sheet.name, box.r1, box.c1) in (0, "")

"""IronCalc, a spreadsheet engine by others, recalculates every filled sample: what its formulas give is what is stored.

It has no functions of ours, so results are the last ones, and everything that is computed from them is computed by it.
"""

import math
from functools import cache
from pathlib import Path

import ironcalc
import pytest

from warmap.layout import TABS
from warmap.parsing import column_letters
from warmap.text import LANGUAGES
from warmap_workbook.ooxml import ErrorValue, cell_name, parse_range, read_book

SAMPLES = sorted((Path(__file__).parents[2] / "workbook_templates" / "samples").glob("*.xlsx"))
TAB_OF = {tab.name.to(lang): tab.code for tab in TABS for lang in LANGUAGES}
OTHERWISE = {  # tab → columns; LibreOffice gives what is stored in all of them
    # IronCalc 0.9: SUMPRODUCT over LEFT(range) or a column of INDEX is #VALUE!, and so is what hangs on it
    "lists": {"Y", "Z"},
    "status": {"AD", "AE", "L"},
    "home": {"B", "H", "N"},  # N7 too: TEXT(0.35,"0.0") is 0.3, which Excel rounds to 0.4
}


@cache
def differences(path):
    """The formula cells that IronCalc gives another value than the one stored, and how many there are in all."""
    book, model = read_book(path), ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    model.evaluate()
    found, count = [], 0
    for sheet in book.sheets:
        for (row, column), formula in sheet.formulas.items():
            box = parse_range(formula.array_ref or cell_name(row, column))
            for at in ((r, c) for r in range(box.r1, box.r2 + 1) for c in range(box.c1, box.c2 + 1)):
                count += 1
                stored, given = sheet.value(*at), model.get_cell_value(names.index(sheet.name), *at)
                if not alike(stored.code if isinstance(stored, ErrorValue) else stored, given):
                    found.append((TAB_OF[sheet.name], column_letters(at[1]), at[0]))
    return found, count


def alike(stored, given):
    if isinstance(stored, int | float) and isinstance(given, int | float):
        return math.isclose(stored, given, rel_tol=1e-9, abs_tol=1e-9)
    return (stored or "") == (given or "")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_it_gives_what_is_stored_but_for_a_short_list(path):
    found, count = differences(path)
    assert count > 5000
    assert len(found) < 0.04 * count
    assert [(tab, column, row) for tab, column, row in found if column not in OTHERWISE.get(tab, ())] == []


def test_nothing_stands_on_the_list_that_does_not_differ_any_more():
    """Of a newer IronCalc the list should be shorter."""
    seen = {}
    for path in SAMPLES:
        for tab, column, _ in differences(path)[0]:
            seen.setdefault(tab, set()).add(column)
    assert seen == OTHERWISE

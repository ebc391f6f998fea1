"""Security, line 2: whatever formulas a file holds, working them out ends, within bounds of time and memory.

Each is an error value as in Excel, or is left as it is stored and told; those beside it are worked out all the same.
"""

from __future__ import annotations

import pytest
from worked_out import book_of, calculated, shown, value_of

from warmap_workbook.calculating.calculation import MOST_STEPS
from warmap_workbook.calculating.coercions import LONGEST_TEXT
from warmap_workbook.calculating.one_formula import MOST_CELLS
from warmap_workbook.ooxml import Formula

MANY = 5_000  # cells that ask one another


def results(formulas, cells=None):
    """What a sheet of formulas shows by cell, and what was left, with the words."""
    calculation = calculated(book_of(formulas, cells or {}))
    values = {f"{column_name(column)}{row}": shown(value) for (_, row, column), value in calculation.results.items()}
    left = {f"{column_name(column)}{row}": why.en for (_, row, column), why in calculation.left.items()}
    return values, left


def column_name(column):
    return chr(64 + column)


class TestDepth:
    @pytest.mark.parametrize("towards", [1, -1], ids=["from the first on", "from the last back"])
    def test_a_long_way_of_cells_is_gone_to_its_end(self, towards):
        first, last = (1, MANY) if towards == 1 else (MANY, 1)
        formulas = {f"A{row}": (f"A{row - towards}+1", False) for row in range(1, MANY + 1) if row != first}
        values, left = results(formulas, {f"A{first}": 1.0})
        assert (values[f"A{last}"], left) == (MANY, {})

    def test_so_it_is_where_each_step_is_deep_in_itself(self):
        inside = "IF(TRUE,IFERROR(" * 20 + "A{0}+1" + ",0))" * 20
        formulas = {f"A{row}": (inside.format(row + 1), False) for row in range(1, 200)}
        values, left = results(formulas, {"A200": 1.0})
        assert (values["A1"], left) == (200.0, {})

    @pytest.mark.parametrize("length", [1, 2, 3, 40, 400, MANY])
    def test_a_circle_is_told_once_and_keeps_what_is_stored(self, length):
        formulas = {f"A{row}": (f"A{row % length + 1}+0", False) for row in range(1, length + 1)}
        values, left = results(formulas, {f"A{row}": 7.0 for row in range(1, length + 1)})
        assert list(left.values()) == ["the formula leads back to itself"]
        assert set(values.values()) <= {7.0}

    @pytest.mark.parametrize(
        "formula",
        ["(" * 5000 + "1" + ")" * 5000, "IF(1," * 80 + "1" + ",0)" * 80, "ABS(" * 4000, "(1+" * 60 + "1*(2^(" * 30],
        ids=["parentheses", "IF in IF", "never closed", "of all ranks"],
    )
    def test_what_is_nested_too_deeply_is_left(self, formula):
        assert value_of(formula) in {
            "the formula is nested too deeply",
            "the formula has “…”, which is not worked out here",
        }

    def test_what_is_only_long_is_worked_out(self):
        assert value_of("+".join(["1"] * 4000)) == 4000.0
        assert value_of("-" * 8001 + "1") == -1.0
        assert value_of("1" + "%" * 60) == pytest.approx(1e-120)
        assert value_of("&".join(['"ab"'] * 2000)) == "ab" * 2000
        assert value_of(f"SUM({','.join(['1'] * 200)})") == 200.0

    def test_as_deep_as_excel_allows_it_is_worked_out(self):
        assert value_of("IF(TRUE," * 63 + "5" + ",0)" * 63) == 5.0


class TestSize:
    @pytest.mark.parametrize(
        "formula",
        ['REPT("x",9^9)', 'REPT(REPT("x",30000),30000)', f'REPT("x",{LONGEST_TEXT + 1})', f'REPT("x",{LONGEST_TEXT})&"x"',
         'SUBSTITUTE(REPT("x",30000),"x",REPT("y",30000))', 'SUBSTITUTE(REPT("xx",9000),"x","yyy")'],
    )  # fmt: skip
    def test_a_text_that_no_cell_holds_is_an_error(self, formula):
        assert value_of(formula) == "#VALUE!"

    @pytest.mark.parametrize("formula", ["9^9^9^9", "10^300*10^300", "2^99999", "-10^308*9"])
    def test_a_number_that_is_none_is_an_error(self, formula):
        assert value_of(formula) == "#NUM!"

    @pytest.mark.parametrize(
        "formula", ["SUMPRODUCT(A1:XFD1048576*1)", "SUMPRODUCT(--(A1:A1048576=B1:B1048576))", "COUNTIFS(A1:Z999999,1)", "WARMAP.ROLE_COVERAGE(A3:XFD1048576)&1"]
    )  # fmt: skip
    def test_more_cells_than_any_table_of_ours_has_are_not_looked_at(self, formula):
        assert value_of(formula) in {"the formula asks for too many cells", "#VALUE!"}

    def test_blank_cells_below_the_last_used_row_cost_nothing(self):
        assert value_of("COUNTA(A1:A1048576)") == 8.0
        assert value_of('MATCH("a",C1:C1048576,0)') == 1.0

    @pytest.mark.parametrize("place", ["A1:XFD1048576", "A1:Z99999", "#REF!"])
    def test_an_array_that_fills_too_much_or_nothing_is_left(self, place):
        book = book_of({"A3": ("1+1", False)}, {})
        book.sheets[0].formulas[1, 1] = Formula("1", place)
        calculation = calculated(book)
        assert len(calculation.results) <= 2
        assert shown(calculation.results["main", 3, 1]) == 2.0

    def test_many_large_arrays_do_not_add_up(self):
        formulas = {f"{column_name(column)}1:{column_name(column)}40000": ("1", True) for column in range(1, 21)}
        values, left = results(formulas)
        assert len(values) <= MOST_CELLS
        assert set(left.values()) == {"the formula asks for too many cells"}

    def test_an_array_of_the_longest_texts_is_not_kept(self):
        values, left = results({"A1:J10000": ('REPT("x",32767-0*A1:J10000)', True)})
        assert (values, set(left.values())) == ({}, {"there was too much to work out before it"})

    def test_many_formulas_over_many_cells_end_and_those_before_them_are_worked_out(self):
        formulas = {"A1": ("1+1", False)} | {f"B{row}": ("SUMPRODUCT(--(C1:L20000>0))", False) for row in range(1, 41)}
        values, left = results(formulas)
        assert values["A1"] == 2.0
        assert set(left.values()) == {"there was too much to work out before it"}
        assert len(values) - 1 <= MOST_STEPS // 200_000


class TestPatterns:
    def test_a_pattern_of_many_stars_takes_no_longer_than_its_text(self):
        cells = {"A1": "a" * 32_000 + "b"}
        values, _ = results(
            {
                "B1": ('MATCH("' + "*a" * 120 + 'c",A1:A1,0)', False),
                "B2": ('MATCH("' + "a*" * 100 + 'b",A1:A1,0)', False),
            },
            cells,
        )
        assert values == {"B1": "#N/A", "B2": 1.0}

    def test_a_longer_pattern_is_an_error_as_in_excel(self):
        assert value_of(f'MATCH("{"x" * 256}",C1:C3,0)') == "#VALUE!"

    @pytest.mark.parametrize(
        "formula", ['"' * 8001, "'" * 8001, "[" * 8001, '"a' + '""' * 4000, "$" * 8001, "1" * 8001 + "x"]
    )
    def test_signs_without_end_are_left(self, formula):
        assert "not worked out here" in value_of(formula)

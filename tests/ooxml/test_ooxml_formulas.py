"""Formulas: ECMA-376 part 1, 18.3.1.40."""

from __future__ import annotations

import pytest
from workbook_parts import book_of, parts, sheet_of, worksheet

from warmap_workbook.ooxml import Formula, Limits, Note, Reason, Unreadable
from warmap_workbook.ooxml.formulas import SharedFormula


def formulas(cells: str) -> dict[tuple[int, int], Formula]:
    return sheet_of(f'<row r="1">{cells}</row>').formulas


class TestPlain:
    """The text is kept as stored, without the sign of equality that some writers put before it."""

    @pytest.mark.parametrize(
        ("stored", "text"),
        [
            ("<f>SUM(A1:A3)</f>", "SUM(A1:A3)"),
            ("<f>=SUM(A1)</f>", "SUM(A1)"),
            ('<f aca="false">A1</f>', "A1"),
            ("<f>A1&amp;&quot;&lt;x&gt;&quot;</f>", 'A1&"<x>"'),
            ("<f>WARMAP.ROLE_COVERAGE(wm_contacts)</f>", "WARMAP.ROLE_COVERAGE(wm_contacts)"),
            ("<f>[1]!ROLE_COVERAGE(商机!A1)</f>", "[1]!ROLE_COVERAGE(商机!A1)"),
        ],
    )
    def test_text(self, stored, text):
        assert formulas(f'<c r="B1">{stored}<v>1</v></c>') == {(1, 2): Formula(text)}

    @pytest.mark.parametrize("stored", ["<f/>", "<f></f>", '<f ca="1"/>'])
    def test_an_empty_formula_is_none(self, stored):
        assert formulas(f'<c r="B1">{stored}<v>1</v></c>') == {}


class TestArrays:
    """The first cell of an array formula carries its text and its range; the others have values only."""

    def test_array(self):
        cells = '<c r="B1" t="str" cm="1"><f t="array" ref="B1:G9">F(x)</f><v>a</v></c><c r="C1"><v>2</v></c>'
        assert formulas(cells) == {(1, 2): Formula("F(x)", "B1:G9")}

    def test_an_array_without_a_range_is_one_cell(self):
        assert formulas('<c r="B1"><f t="array">F(x)</f></c>') == {(1, 2): Formula("F(x)", "B1")}

    def test_data_tables_read_as_excel_shows_them(self):
        cells = (
            '<c r="A1"><f t="dataTable" ref="A1:A2" r1="Z1"/></c><c r="B1"><f t="dataTable" ref="B1" dtr="1" r1="Z1"/></c>'
            '<c r="C1"><f t="dataTable" ref="C1" dt2D="1" dtr="1" r1="Z1" r2="Z2"/></c>'
        )
        assert [formula.text for formula in formulas(cells).values()] == ["TABLE(,Z1)", "TABLE(Z1,)", "TABLE(Z1,Z2)"]


class TestShared:
    """Children carry no text: each gets the text that Excel would show in it."""

    def test_children_are_expanded(self):
        cells = (
            '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">A1+$B$1</f><v>1</v></c></row>'
            '<row r="2"><c r="C2"><f t="shared" si="0"/><v>1</v></c></row>'
            '<row r="3"><c r="C3"><f t="shared" si="0"></f><v>1</v></c></row>'
        )
        assert [f.text for f in sheet_of(cells).formulas.values()] == ["A1+$B$1", "A2+$B$1", "A3+$B$1"]

    def test_children_may_come_first(self):
        cells = '<c r="A1"><f t="shared" si="7"/></c><c r="B1"><f t="shared" ref="A1:B1" si="7">B9</f></c>'
        assert {place: f.text for place, f in formulas(cells).items()} == {(1, 1): "A9", (1, 2): "B9"}

    def test_an_index_may_be_used_again(self):
        cells = (
            '<c r="A1"><f t="shared" ref="A1:B1" si="0">A9</f></c><c r="B1"><f t="shared" si="0"/></c>'
            '<c r="C1"><f t="shared" ref="C1:D1" si="0">C5</f></c><c r="D1"><f t="shared" si="0"/></c>'
        )
        assert [f.text for f in formulas(cells).values()] == ["A9", "B9", "C5", "D5"]

    def test_a_child_without_its_first_cell_is_noted(self):
        sheet = sheet_of('<row r="1"><c r="A1"><f t="shared" si="3"/><v>1</v></c></row>')
        assert sheet.formulas == {(1, 1): Formula("")}
        assert sheet.notes == {Note.formula_without_text: 1}

    @pytest.mark.parametrize(
        ("text", "moved"),
        [
            ("A1:B2", "B3:C4"),
            ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
            ("SUM(A:A)+SUM($A:B)", "SUM(B:B)+SUM($A:C)"),
            ("SUM(1:2)+SUM($1:$2)", "SUM(3:4)+SUM($1:$2)"),
            ("LOG10(A1)+ATAN2(A1,1)", "LOG10(B3)+ATAN2(B3,1)"),
            ('"A1 ""A1"""&A1', '"A1 ""A1"""&B3'),
            ("'A1 it''s'!A1", "'A1 it''s'!B3"),
            ("商机!A1+Sheet1!A1", "商机!B3+Sheet1!B3"),
            ("S1!A1", "S1!B3"),
            ("[1]S1!A1", "[1]S1!B3"),
            ("Table1[[#All],[A1]]+Table1[A1]+A1", "Table1[[#All],[A1]]+Table1[A1]+B3"),
            ("tbl['[A1]+A1", "tbl['[A1]+B3"),
            ("wm_A1+A1_x+A1.b+_A1", "wm_A1+A1_x+A1.b+_A1"),
            ("XFE1+A1048577+ABCD1", "XFE1+A1048577+ABCD1"),
            ("XFD1048576", "A2"),
            ("1.5E3+A1#+@A1+A1%", "1.5E3+B3#+@B3+B3%"),
            ("IF(A1=TRUE,#REF!,#N/A)", "IF(B3=TRUE,#REF!,#N/A)"),
            ("a1", "B3"),
            ("A1&'unclosed A1", "B3&'unclosed A1"),
        ],
    )
    def test_references_move_and_nothing_else_does(self, text, moved):
        assert SharedFormula(text, 1, 1).at(3, 2) == moved

    def test_moving_by_nothing_changes_nothing(self):
        text = "SUM($A1:B$2,C:C,3:3)&\"A1\"&'S 1'!A1&tbl[x]"
        assert SharedFormula(text, 5, 5).at(5, 5) == text

    def test_a_long_formula_shared_by_many_is_refused(self):
        row = '<row r="1"><c r="A1"><f t="shared" ref="A1:Z1" si="0">' + "+".join(["B1"] * 1000) + "</f></c>"
        row += "".join(f'<c r="{letter}1"><f t="shared" si="0"/></c>' for letter in "BCDEFGH") + "</row>"
        with pytest.raises(Unreadable) as refusal:
            book_of(parts(worksheet(row)), limits=Limits(formula_text=10_000))
        assert refusal.value.reason is Reason.too_much_formula_text

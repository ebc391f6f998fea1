"""Each plain function, operator and coercion as Excel documents it, by examples; LibreOffice gives the same."""

from __future__ import annotations

import re

import pytest
import xlsxwriter
from worked_out import AT, CELLS, NAMES, alike, rows_of, value_of

from warmap_addin.libreoffice.office import Office
from warmap_workbook.calculating.one_formula import LAZY
from warmap_workbook.calculating.plain_functions import RANGED, SINGLES
from warmap_workbook.ooxml import ErrorValue

EXAMPLES = {
    "operators": {
        "1+2*3^2": 19.0, "(1+2)*3": 9.0, "-2^2": 4.0, "2^-1": 0.5, "10-4-3": 3.0, "2^3^2": 64.0, "8/4/2": 1.0, "50%": 0.5,
        "200%*3": 6.0, "--A1": 2.0, "-A8": 3.5, "+A2": "x", "1&2": "12", '"a"&"b"="ab"': True, "1+1=2": True, "A1<>2": False,
        "1/0": "#DIV/0!", "0^0": "#NUM!", "(-8)^0.5": "#NUM!", "10^400": "#NUM!", "0^-1": "#DIV/0!", "0.1+0.2=0.3": True,
        "0.1+0.2-0.3": 0.0, "1E3+1.5": 1001.5, ".5+1": 1.5, "2*(3+4)*5": 70.0, "A1>=2": True, "A1<=1": False, "3>2>1": True,
    },
    "coercions": {
        "A6+1": 13.0, "A2+1": "#VALUE!", "A3+1": 2.0, "A4+1": 1.0, "A7+1": "#VALUE!", 'A4&"|"': "|", 'A3&""': "TRUE",
        '"5%"*2': 0.1, '" 7 "+0': 7.0, '"1e2"+0': 100.0, '"nan"+0': "#VALUE!", '"inf"+0': "#VALUE!", '"1_000"+0': "#VALUE!",
        '"1,200"+0': 1200.0, 'A9-"2026-06-30"': 1.0, '"2026-02-30"+0': "#VALUE!", '0.1&""': "0.1", '1/3&""': "0.333333333333333",
        '1234567890123&""': "1234567890123", '10^20&""': "1E+20", "A4": 0.0, "A2": "x", "A3": True, "A5": "#N/A", "A5+A2": "#N/A",
        "A7": "", "A4=0": True, 'A4=""': True, "A4=FALSE": True, 'A7=""': True, "A7=0": False,
    },
    "comparisons": {
        '"a"="A"': True, '"a"<"b"': True, '1<"a"': True, '"a"<TRUE': True, "TRUE>1000": True, '"2"=2': False, "A3=1": False,
        "A3=TRUE": True, '"B"<"a"': False,
    },
    "IF": {
        'IF(A1>1,"yes","no")': "yes", 'IF(0,"yes")': False, 'IF("x",1,2)': "#VALUE!", 'IF("true",1,2)': 1.0, "IF(A4,1,2)": 2.0,
        "IF(A5,1,2)": "#N/A", "IF(TRUE,1,1/0)": 1.0, "IF(1,A4)": 0.0, "IF(TRUE,,5)": 0.0, 'IF(A1,A4,3)&"."': ".",
    },
    "IFERROR": {'IFERROR(1/0,"none")': "none", "IFERROR(A1,0)": 2.0, "IFERROR(A5,A5)": "#N/A", 'IFERROR(A4,"x")': 0.0},
    "ISERROR": {"ISERROR(A5)": True, "ISERROR(1/0)": True, "ISERROR(A2)": False, "ISERROR(nobody)": True},
    "ISNUMBER": {"ISNUMBER(A1)": True, "ISNUMBER(A6)": False, "ISNUMBER(A3)": False, "ISNUMBER(A4)": False},
    "CHOOSE": {'CHOOSE(2,"a","b")': "b", "CHOOSE(2.9,1,2,3)": 2.0, "CHOOSE(0,1)": "#VALUE!", "CHOOSE(3,1,2)": "#VALUE!", "CHOOSE(1,1,1/0)": 1.0},
    "AND": {"AND(TRUE,A1)": True, "AND(1,0)": False, "AND(A1:A4)": True, "AND(A5,FALSE)": "#N/A", "AND(A2)": "#VALUE!", 'AND("x")': "#VALUE!"},
    "OR": {"OR(FALSE,0)": False, "OR(A1:A3)": True, 'OR("TRUE",FALSE)': True, "OR(A2)": "#VALUE!", "OR(TRUE,1/0)": "#DIV/0!"},
    "COUNTA": {"COUNTA(A1:A9)": 8.0, "COUNTA(A4)": 0.0, "COUNTA(A7)": 1.0, "COUNTA(A1,A5,1/0)": 3.0, "COUNTA(F2:F100)": 0.0},
    "MIN": {"MIN(B1:B3)": 1.0, "MIN(A2:A4)": 0.0, "MIN(5,A1)": 2.0, "MIN(TRUE,3)": 1.0, "MIN(A1:A5)": "#N/A", 'MIN("x")': "#VALUE!"},
    "MAX": {"MAX(B1:B3,7)": 7.0, "MAX(A2:A4)": 0.0, "MAX(A8,-9)": -3.5},
    "SUM": {"SUM(B1:B3)": 6.0, "SUM(A1:A4)": 2.0, 'SUM(B1:B3,"4",TRUE)': 11.0, "SUM(A5)": "#N/A", "SUM(wm_nums)": 6.0},
    "ROUND": {
        "ROUND(2.675,2)": 2.68, "ROUND(-2.5,0)": -3.0, "ROUND(1234,-2)": 1200.0, "ROUND(0.5,0)": 1.0, "ROUND(A2,1)": "#VALUE!",
        "ROUND(1.005,2)": 1.01,
    },
    "LEN": {"LEN(A2)": 1.0, "LEN(A4)": 0.0, "LEN(A1)": 1.0, "LEN(TRUE)": 4.0, "LEN(A5)": "#N/A", 'LEN("a""b")': 3.0, "LEN(0.5)": 3.0},
    "LEFT": {'LEFT("abc")': "a", 'LEFT("abc",2)': "ab", 'LEFT("abc",9)': "abc", 'LEFT("abc",-1)': "#VALUE!", "LEFT(123,2)": "12", 'LEFT("ab",0)': ""},
    "FIND": {
        'FIND("b","abc")': 2.0, 'FIND("B","abc")': "#VALUE!", 'FIND("a","aba",2)': 3.0, 'FIND("","abc")': 1.0, 'FIND("a","a",0)': "#VALUE!",
        'FIND("x","abc")': "#VALUE!", 'FIND("b","ab",5)': "#VALUE!",
    },
    "SUBSTITUTE": {
        'SUBSTITUTE("a-b-c","-","+")': "a+b+c", 'SUBSTITUTE("a-b-c","-","+",2)': "a-b+c", 'SUBSTITUTE("aA","a","")': "A",
        'SUBSTITUTE("ab","","x")': "ab", 'SUBSTITUTE("a-b","-","+",3)': "a-b", 'SUBSTITUTE(101,0,"o")': "1o1",
        'SUBSTITUTE("a","a","b",0)': "#VALUE!",
    },
    "REPT": {'REPT("ab",2)': "abab", 'REPT("x",0)': "", 'REPT("x",2.9)': "xx", 'REPT("x",-1)': "#VALUE!"},
    "CHAR": {"LEN(CHAR(10))": 1.0, "CHAR(65)": "A", "CHAR(0)": "#VALUE!", "CHAR(300)": "#VALUE!"},
    "TEXT": {
        'TEXT(1234567.5,"#,##0")': "1,234,568", 'TEXT(0.257,"0%")': "26%", 'TEXT(3.14159,"0.0")': "3.1", 'TEXT(-2,"+0;\\−0;\\±0")': "−2",
        'TEXT(2,"+0;\\−0;\\±0")': "+2", 'TEXT(0,"+0;\\−0;\\±0")': "±0", 'TEXT("x","0.0")': "x", 'TEXT(-5.25,"0.0")': "-5.3",
        'TEXT(0.35,"0.0")': "0.4", 'TEXT(5,"000")': "005", 'TEXT(A4,"0.0")': "0.0", 'TEXT(-1.5,"0.0;0.0")': "1.5", 'TEXT(12,"0"" days""")': "12 days",
        'TEXT(A5,"0")': "#N/A",
    },
    "HYPERLINK": {'HYPERLINK("#wm_as_of","go")': "go", 'HYPERLINK("#x")': "#x", 'HYPERLINK("#x",A1)': 2.0, 'HYPERLINK("#x",A5)': "#N/A"},
    "ROW": {"ROW()": 2.0, "ROW(B3)": 3.0, "ROW(B3:B9)": 3.0, "ROW(nobody)": "#NAME?"},
    "INDEX": {
        "INDEX(B1:D3,2,3)": 20.0, "INDEX(B1:B3,2)": 2.0, "INDEX(B1:D1,2)": "a", "INDEX(B1:B3,4)": "#REF!", "INDEX(B1:B3,A2)": "#VALUE!",
        "INDEX(B1:B3,-1)": "#VALUE!", "SUM(INDEX(B1:D3,0,1))": 6.0, "SUM(INDEX(B1:D3,2,0))": 22.0, "INDEX(A1:A9,4)": 0.0, "INDEX(A1:A9,5)": "#N/A",
        "COUNTA(INDEX(A1:A9,4))": 0.0, "INDEX(wm_nums,2.9)": 2.0,
    },
    "MATCH": {
        "MATCH(2,B1:B3,0)": 2.0, 'MATCH("A",C1:C3,0)': 1.0, 'MATCH("b?",C1:C3,0)': 2.0, 'MATCH("*c",C1:C3,0)': 3.0, 'MATCH("B~*",C1:C3,0)': 2.0,
        "MATCH(9,B1:B3,0)": "#N/A", 'MATCH("2",B1:B3,0)': "#N/A", "MATCH(TRUE,E1:E5,0)": 3.0, 'MATCH("2",E1:E5,0)': 5.0, "MATCH(A5,B1:B3,0)": "#N/A",
    },
    "VLOOKUP": {
        "VLOOKUP(2,B1:D3,3,0)": 20.0, 'VLOOKUP("bc",C1:D3,2,FALSE)': 30.0, "VLOOKUP(9,B1:D3,2,0)": "#N/A", "VLOOKUP(2,B1:D3,4,0)": "#REF!",
        "VLOOKUP(2,B1:D3,0,0)": "#VALUE!",
    },
    "COUNTIFS": {
        "COUNTIFS(B1:B3,2)": 1.0, 'COUNTIFS(B1:B3,2,C1:C3,"b*")': 1.0, 'COUNTIFS(E1:E5,"a")': 1.0, "COUNTIFS(B1:B3,2,D1:D2,1)": "#VALUE!",
        "COUNTIFS(B1:B3,9)": 0.0, 'COUNTIFS(C1:C3,"A")': 1.0, 'COUNTIFS(E1:E5,"")': 1.0,
    },
    "SUMPRODUCT": {
        "SUMPRODUCT(B1:B3,D1:D3)": 140.0, "SUMPRODUCT(--(B1:B3>1))": 2.0, "SUMPRODUCT(B1:B3>1)": 0.0, "SUMPRODUCT(B1:B3,D1:D2)": "#VALUE!",
        "SUMPRODUCT(--(LEN(C1:C3)>1),B1:B3)": 5.0, "SUMPRODUCT(MAX(ROW(B1:B3)*(B1:B3<3)))": 2.0, "SUMPRODUCT(A1:A5)": "#N/A",
    },
    "names": {"one+1": 3.0, "ONE": 2.0, "nobody": "#NAME?", "gone": "#REF!", "Elsewhere!A1": "#REF!", "main!A1": 2.0, "'main'!A1": 2.0, "$A$1": 2.0},
    "one cell of many": {"B1:B3": 2.0, "B1:B3*2": 4.0, "A1:G1": "#VALUE!", "A1:H1": 0.0, "B3:B9": "#VALUE!", "@B1:B3": 2.0, "SINGLE(B1:B3)": 2.0},
}  # fmt: skip
EVERY = [(group, formula, value) for group, table in EXAMPLES.items() for formula, value in table.items()]
"""Group, formula and result."""


@pytest.mark.parametrize(("group", "formula", "value"), EVERY, ids=[formula for _, formula, _ in EVERY])
def test_a_formula_comes_to(group, formula, value):
    assert alike(value_of(formula), value), value_of(formula)


def test_every_function_has_examples():
    assert {*SINGLES, *RANGED, *LAZY} <= EXAMPLES.keys()


def test_characters_are_counted_as_excel_counts_them():
    """In UTF-16, where 😀 is two; LibreOffice counts it as one."""
    assert [value_of(text) for text in ("LEN(F1)", "LEFT(F1,2)", "LEFT(F1,1)", 'FIND("a",F1)', 'FIND("b",F1,4)')] == [
        4.0,
        "😀",
        "",
        3.0,
        4.0,
    ]


class TestArrayFormulas:
    def test_it_works_out_each_cell(self):
        assert rows_of('B1:C3&"!"') == [["1!", "a!"], ["2!", "B*!"], ["3!", "Bc!"]]
        assert rows_of('IF(A1:A3="","",A1:A3)', "H1:H3") == [[2.0], ["x"], [True]]
        assert rows_of("LEN(C1:C3)", "H1:H3") == [[1.0], [2.0], [2.0]]
        assert rows_of("ROW(B1:B3)", "H1:H3") == [[1.0], [2.0], [3.0]]
        assert rows_of("-INDEX(B1:D3,0,1)", "H1:H3") == [[-1.0], [-2.0], [-3.0]]

    def test_one_row_or_column_stands_for_all_and_beyond_there_is_nothing(self):
        assert rows_of("B1:B3") == [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]
        assert rows_of("7") == [[7.0, 7.0]] * 3
        assert rows_of("B1:B2", "H1:H3") == [[1.0], [2.0], ["#N/A"]]

    def test_an_error_stays_in_its_cell(self):
        assert rows_of('A4:A6&""', "H1:H3") == [[""], ["#N/A"], ["12"]]
        assert rows_of("IFERROR(A4:A6,0)", "H1:H3") == [[0.0], [0.0], ["12"]]
        assert rows_of("ISERROR(A4:A6)", "H1:H3") == [[False], [True], [False]]
        assert rows_of("IF(B1:B3>1,A4:A6,9)", "H1:H3") == [[9.0], ["#N/A"], ["12"]]


NOT_WORKED_OUT = {
    "TODAY()": "the function TODAY is not worked out here",
    "1+OFFSET(A1,1,0)": "the function OFFSET is not worked out here",
    "WARMAP.NOBODY(A1)": "the function WARMAP.NOBODY is not worked out here",
    "[1]!Sums(A1)": "the function SUMS is not worked out here",
    "moving": "the name moving does not stand for cells",
    "MATCH(2,B1:B3)": "MATCH is worked out here only where it looks for the very value",
    "VLOOKUP(2,B1:D3,2)": "VLOOKUP is worked out here only where it looks for the very value",
    'COUNTIFS(B1:B3,">1")': "the criterion “>1” of COUNTIFS is not worked out here",
    'TEXT(A1,"yyyy-mm-dd")': "the format “yyyy-mm-dd” of TEXT is not worked out here",
    'TEXT(A1,"0.0E+00")': "the format “0.0E+00” of TEXT is not worked out here",
    "LEN()": "LEN is given the wrong number of arguments",
    "SUM(A:A)": "the formula has “:”, which is not worked out here",
    "{1,2}": "the formula has “{”, which is not worked out here",
    "B1:B3 B2:B2": "the formula has “B2:B2”, which is not worked out here",
    "[1]Sheet1!A1": "the formula has “[”, which is not worked out here",
    '"open': 'the formula has “"open”, which is not worked out here',
    "1+": "the formula has “…”, which is not worked out here",
    "(1": "the formula has “…”, which is not worked out here",
    "": "the file does not hold the text of the formula",
}  # fmt: skip


@pytest.mark.parametrize(("formula", "why"), NOT_WORKED_OUT.items(), ids=NOT_WORKED_OUT)
def test_what_is_not_worked_out_is_told(formula, why):
    assert value_of(formula) == why


def test_what_is_not_asked_for_need_not_be_worked_out():
    assert value_of("IF(FALSE,TODAY(),1)") == 1.0
    assert value_of("IFERROR(1,TODAY())") == 1.0


TRUTH_IS_A_NUMBER = {
    '"a"<TRUE': 0.0, "TRUE>1000": 0.0, "3>2>1": 0.0, 'A3&""': "1", "A3=1": 1.0, "LEN(TRUE)": 1.0, "ISNUMBER(A3)": 1.0,
    "MIN(A2:A4)": 1.0, "MAX(A2:A4)": 1.0, "SUM(A1:A4)": 3.0, "SUMPRODUCT(B1:B3>1)": 2.0,
}  # fmt: skip
OTHERWISE_IN_LIBREOFFICE = {
    **TRUTH_IS_A_NUMBER,
    "0^0": 1.0, '10^20&""': "1E+020", "CHAR(0)": "\x00", 'FIND("","abc")': None, 'OR("TRUE",FALSE)': None, 'SUM(B1:B3,"4",TRUE)': None,
    'MATCH("2",B1:B3,0)': 2.0, 'MATCH("2",E1:E5,0)': 2.0,  # a text that looks like a number finds the number
}  # fmt: skip
"""Examples to which LibreOffice 7.4 gives another value than Excel, and the value; None for an error."""
IN_NO_FILE = {"@B1:B3", "SINGLE(B1:B3)", "ISERROR(nobody)", "ROW(nobody)", "nobody", "gone", "Elsewhere!A1"}
OWN_CELL = re.compile(r'"[^"]*"|(?<![\w!$\x27.])(\$?[A-Z]\$?\d+(?::\$?[A-Z]\$?\d+)?)(?![\w(])')


def test_libreoffice_gives_the_same(tmp_path):
    path = tmp_path / "examples.xlsx"
    book = xlsxwriter.Workbook(path)
    main = book.add_worksheet("main")
    for cell, value in CELLS.items():
        if value in ("", ErrorValue("#N/A")):
            main.write_formula(cell, '=""' if value == "" else "=NA()")
        else:
            main.write(cell, value)
    for name in ("wm_nums", "one"):
        book.define_name(name, f"={NAMES[name]}")
    asked = [(formula, value) for _, formula, value in EVERY if formula not in IN_NO_FILE]
    for number, (formula, _) in enumerate(asked):  # each on a sheet of its own, where it stands as in the example
        text = OWN_CELL.sub(lambda match: f"main!{match[1]}" if match[1] else match[0], formula)
        book.add_worksheet(f"f{number}").write_formula(AT, f"={text}")
    book.close()
    with Office() as office:
        document = office.open(path)
        document.recalculate()
        cells = document.all_cells()
        document.close()
    found = {formula: cells[f"f{number}"].value(AT) for number, (formula, _) in enumerate(asked)}
    assert {
        formula: found[formula] for formula, value in asked if not alike(found[formula], in_calc(value))
    } == OTHERWISE_IN_LIBREOFFICE


def in_calc(value):
    """A value as LibreOffice gives it: a number for a truth value, nothing for an error."""
    if isinstance(value, bool):
        return float(value)
    return None if isinstance(value, str) and value.startswith("#") and value != "#x" else value

"""Two ways to write one formula are one formula, whichever program shows it; another formula is another."""

import time

import pytest

from warmap_workbook.reading.checks.formula_text import Coordinates, without_single

PLAIN = Coordinates({}, {})
OURS = 'IF(wm_live=1,WARMAP.HEALTH(wm_deal,wm_contacts),IF(\'首页\'!$B$5="","x (y",_last!A1))'


def plain(text):
    return PLAIN.plain(text, "Home", 1, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("WARMAP.HEALTH", "warmap.health"),
        ("WARMAP.HEALTH", "HEALTH"),
        ("WARMAP.HEALTH", "warmap.xlam!HEALTH"),
        ("WARMAP.HEALTH", "warmap.xlam!WARMAP.HEALTH"),
        ("WARMAP.HEALTH", "'warmap.xlam'!HEALTH"),
        ("WARMAP.HEALTH", r"'C:\Users\O''Hara\XLSTART\warmap.xlam'!HEALTH"),
        ("WARMAP.HEALTH", "[1]!HEALTH"),
        ("WARMAP.HEALTH", "_xll.HEALTH"),
        ("WARMAP.HEALTH", "_xldudf_WARMAP_HEALTH"),
        ("'首页'!$B$5", "首页!$B$5"),
        ("_last!A1", "'_last'!A1"),
        ("wm_live=1", "@wm_live=1"),
        ("wm_live=1", "_xlfn.SINGLE(wm_live)=1"),
        (",wm_contacts", ", wm_contacts"),
        (",", ";"),
    ],
)
def test_a_program_may_write_it_so(old, new):
    changed = OURS.replace(old, new)
    assert changed != OURS
    assert plain(changed) == plain(OURS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("WARMAP.HEALTH", "WARMAP.TRUST_SCORE"),
        ("WARMAP.HEALTH", "prices.xlam!OUR_PRICE"),
        ("WARMAP.HEALTH(wm_deal,wm_contacts)", "HEALTH"),
        ("wm_live=1", "wm_live=2"),
        ('"x (y"', '"x  (y"'),
        ("$B$5", "$B$6"),
    ],
)
def test_what_means_another_thing_stays_another(old, new):
    changed = OURS.replace(old, new)
    assert changed != OURS
    assert plain(changed) != plain(OURS)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("SINGLE(A)", "A"),
        ("SINGLE(INDEX(A,SINGLE(B)))+1", "INDEX(A,B)+1"),
        ('SINGLE(F(")"))&"SINGLE"', 'F(")")&"SINGLE"'),
        ("MYSINGLE(A)", "MYSINGLE(A)"),
        ("SINGLE(A", "A"),
    ],
)
def test_taking_one_value_is_said_by_brackets_that_may_be_nested(text, bare):
    assert without_single(text) == bare


@pytest.mark.parametrize(
    ("text", "bare"), [("-(-(A))", "--(A)"), ("-(-(-(-(A))))", "----(A)"), ("-(-(A)+1)", "-(-(A)+1)")]
)
def test_a_minus_twice_is_two_signs(text, bare):
    assert plain(text) == plain(bare)


def test_a_number_with_an_exponent_holds_no_cell():
    assert plain("2E5+1E-05") == "2E5+1E-05"


@pytest.mark.parametrize("part", ["SINGLE(", "-(-(", "''", "1", "_xll.", "'a''", "a"])
def test_a_formula_takes_time_in_proportion_to_its_length(part):
    text = (part * 32_767)[:32_767]
    began = time.process_time()
    plain(text)
    assert time.process_time() - began < 1

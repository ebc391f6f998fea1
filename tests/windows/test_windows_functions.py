"""Every worksheet function by value: Excel's values → the real DLL → COM → Windows' Python, and back.

What comes back equals what the plain module gives on this system and this Python, to the last digit.
"""

import datetime as dt
from functools import cache

import pytest
from sample_calls import BY_VALUE, SAMPLES, ranges, rows_of, words
from under_wine import COMMAND, ROOT

from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_udfs import excel_calls
from warmap_udfs.dispatch import call

ALL = [(name, lang) for lang in LANGUAGES for name in BY_VALUE]
NUMBERS = {name: number - excel_calls.FIRST_ERROR for number, name in excel_calls.ERROR_NAMES.items()}
LEFT_OUT = {"missing": True}
BY_HAND = {
    "#N/A": {"error": NUMBERS["#N/A"]},
    "#SPILL!": {"error": NUMBERS["#SPILL!"]},
    "yes": True,
    "blank": None,
    "large": 1e12,
}
"""What Excel may hand over in the place of an amount or an influence."""


@cache
def named(lang):
    """The named ranges of a sample."""
    return ranges(ROOT / f"workbook_templates/samples/{SAMPLES[lang]}.{lang}.xlsx")


def arguments(name, lang):
    """The values of the arguments."""
    return [named(lang).get(word, word) for word in words(name)]


def with_a_cell(table, value, lang="en"):
    """CHECK of a sample in which one cell of a table holds something else; the arguments by name."""
    labels = {"wm_deal": "Amount", "wm_contacts": "Influence"}
    rows = [list(row) for row in named(lang)[table]]
    row, column = next(
        (r, c)
        for r, cells in enumerate(rows)
        for c, cell in enumerate(cells)
        if str(cell).removesuffix(" *") == labels[table]
    )
    rows[row + (row == 0)][column + (row > 0)] = value
    return [
        rows if one.range_name == table else given
        for one, given in zip(FUNCTIONS["CHECK"].arguments, arguments("CHECK", lang), strict=True)
    ]


def on_the_wire(value):
    """A value as `real_dll.py` reads it."""
    if isinstance(value, list):
        return [on_the_wire(one) for one in value]
    return {"day": value.isoformat()} if isinstance(value, dt.datetime) else value


def as_the_functions_see(value):
    """The same value as the plain module gets it."""
    if isinstance(value, list):
        return [as_the_functions_see(one) for one in value]
    if isinstance(value, dict):
        return None if value == LEFT_OUT else excel_calls.given(value["error"] + excel_calls.FIRST_ERROR)
    return excel_calls.given(value)


CASES = {
    **{f"{name} {lang}": (name, arguments(name, lang)) for name, lang in ALL},
    **{f"CHECK {table} {what}": ("CHECK", with_a_cell(table, value)) for table in ("wm_deal", "wm_contacts") for what, value in BY_HAND.items()},
    "the settings left out": ("ROLE_COVERAGE", [named("en")["wm_contacts"], LEFT_OUT, "zh"]),
    "the last ones left out": ("HEALTH", [*arguments("HEALTH", "zh")[:3], *[LEFT_OUT] * 15]),
}  # fmt: skip


@pytest.fixture(scope="module")
def answered(windows):
    """What the DLL gave for each case."""
    steps = [["command", COMMAND], *(["call", name, on_the_wire(given)] for name, given in CASES.values())]
    _, *answers = windows.answer("real_dll.py", given=steps)
    return dict(zip(CASES, answers, strict=True))


@pytest.mark.parametrize("case", CASES)
def test_the_value_is_what_the_plain_module_gives(answered, case):
    name, given = CASES[case]
    assert rows_of(answered[case]["value"]) == rows_of(call(name, as_the_functions_see(given)))


def test_a_sample_has_dates_numbers_texts_and_blanks():
    """Otherwise the comparison above would not tell."""
    kinds = {type(cell) for row in [*named("en")["wm_deal"], *named("en")["wm_contacts"]] for cell in row}
    assert {dt.datetime, int, str, type(None)} <= kinds

"""What a number format shows of a number, and whether a unit in it is in the number too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap_workbook.ooxml.number_formats import NumberFormat
from warmap_workbook.ooxml.styles import format_that_adds

# format, value, what the cell shows
SHOWN = [
    ("General", 1280, "1280"), ("0", 1280.5, "1281"), ("#,##0", 12345678, "12,345,678"), ("#,##0.00", 1234.5, "1,234.50"),
    ("0%", 0.8, "80%"), ("0.0%", 0.125, "12.5%"), ('0"万元"', 1280, "1280万元"), ("0\\万", 3, "3万"), ("0!万", 3, "3万"),
    ('0.0,,"M"', 12_800_000, "12.8M"), ('0!.0,"万"', 12_800_000, "1280.0万"), ('#,##0,"K"', 1_280_000, "1,280K"),
    ("[$¥-804]#,##0", 1200, "¥1,200"), ('G/通用格式"万"', 1280, "1280万"), ('General"万元"', 1280, "1280万元"),
    ('0"万";-0"万"', -12, "-12万"), ("#,##0_);(#,##0)", -1200, "(1,200)"), ('[>=10000]0!.0,"万";0', 12_000, "1.2万"),
    ('[>=10000]0!.0,"万";0', 500, "500"), ("000-0000", 1234567, "123-4567"), ("[Red]0.00", 2, "2.00"), ("00", 7, "07"),
]  # fmt: skip
NOT_IN_THE_NUMBER = [
    ('0"万元"', 1280), ('0.00"亿"', 1.2), ('0"K"', 1280), ('0.0"M"', 12.8), ('G/通用格式"万"', 1280), ('0" million"', 12),
    ('#,##0"千元"', 3860), ("0\\万", 3), ('0,"万"', 12_800_000), ('0"万";-0"万"', -1280),
]  # fmt: skip
IN_THE_NUMBER = [
    ('0.0,,"M"', 12_800_000), ('0.0,,"M"', 12_843_210), ('0!.0,"万"', 12_800_000), ('0!.0000"万元"', 12_805_678), ('#,##0,"K"', 1_280_000),
    ('#,##0,"千元"', 1_280_000), ('[>=100000000]0.00,,"百万";0', 120_000_000), ('0"万"', 0),
]  # fmt: skip
NO_UNIT = [
    '0"分"',
    '0.00"m²"',
    '0"/10"',
    "#,##0",
    '0"元"',
    "[$¥-804]#,##0.00",
    '0"人"',
    '0" months"',
    '0"km"',
    "General",
    '0"千分"',
]


@pytest.mark.parametrize(("code", "value", "shown"), SHOWN)
def test_what_the_cell_shows(code, value, shown):
    assert NumberFormat(code).shows(float(value)) == shown


@pytest.mark.parametrize(("code", "value"), NOT_IN_THE_NUMBER)
def test_a_unit_that_only_the_format_shows(code, value):
    assert NumberFormat(code).may_add
    assert NumberFormat(code).lacks_unit(float(value))


@pytest.mark.parametrize(("code", "value"), IN_THE_NUMBER)
def test_a_unit_that_the_number_carries(code, value):
    assert not NumberFormat(code).lacks_unit(float(value))


@pytest.mark.parametrize("code", NO_UNIT)
def test_words_that_are_no_unit(code):
    assert format_that_adds(code) is None


@pytest.mark.parametrize(("code", "value", "is_percent"), [
    ("0%", 0.8, True), ('0"%"', 80, True), ("0.0%;-0.0%", -0.1, True), ("0;0%", 5, False), ("0;0%", -5, True), ("0.00‰", 0.8, True),
])  # fmt: skip
def test_percentages(code, value, is_percent):
    assert NumberFormat(code).is_percent(float(value)) is is_percent


@given(st.text(alphabet='0#?.,;%"万亿MK\\!_*[]$¥-@ EG/>=1', max_size=24), st.floats(-1e15, 1e15))
def test_whatever_the_format_nothing_raises(code, value):
    number_format = NumberFormat(code)
    assert isinstance(number_format.shows(value), str)
    assert number_format.lacks_unit(value) in (True, False)
    assert number_format.is_percent(value) in (True, False)

"""Days: the serial numbers of each date system, and days as people write them down."""

# ruff: noqa: DTZ001  a workbook knows no time zones
from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap.parsing.days import EXCEL, EXCEL_1904, TwoDays, counted_from, written_day

DAY = date(2026, 6, 30)
STAR_CALC = counted_from(1900, 1, 1)


class TestSerialNumbers:
    """ECMA-376, 18.17.4: the 1900 system counts a 29 February 1900 that never was; the others do not."""

    @pytest.mark.parametrize(
        ("serial", "moment"),
        [
            (1, datetime(1900, 1, 1)),
            (59, datetime(1900, 2, 28)),
            (61, datetime(1900, 3, 1)),
            (45296.5, datetime(2024, 1, 5, 12)),
            (2_958_465, datetime(9999, 12, 31)),
        ],
    )
    def test_1900(self, serial, moment):
        assert EXCEL.moment(serial) == moment
        assert EXCEL.serial(moment) == serial
        assert EXCEL.day(serial) == moment.date()
        assert EXCEL.shows(serial) == moment.date().isoformat()

    @pytest.mark.parametrize("serial", [-1, 60, 60.5, 2_958_466, 1e300, float("nan"), float("inf")])
    def test_numbers_that_are_no_date(self, serial):
        assert EXCEL.moment(serial) is None
        assert EXCEL.day(serial) is None

    def test_the_day_that_never_was_is_shown_all_the_same(self):
        assert EXCEL.shows(60) == "1900-02-29"

    def test_1904(self):
        assert EXCEL_1904.moment(0) == datetime(1904, 1, 1)
        assert EXCEL_1904.serial(datetime(2024, 1, 5)) == 45296 - 1462
        assert EXCEL_1904.serial(datetime(1903, 1, 5)) is None

    def test_a_libreoffice_document_names_its_first_day(self):
        assert counted_from(1899, 12, 30) == EXCEL
        assert counted_from(1904, 1, 1) == EXCEL_1904
        assert counted_from(1900, 1, 1).day(46201) == DAY

    def test_a_moment_that_rounds_into_the_year_10000_is_no_date(self):
        assert EXCEL.moment(2_958_465.9999999995) is None

    @given(st.dates(date(1904, 1, 1)), st.sampled_from([EXCEL, EXCEL_1904, STAR_CALC]))
    def test_there_and_back(self, day, system):
        assert system.day(system.serial(day)) == day
        assert system.number(day) == system.serial(day)


ONE_READING = (
    "2026-06-30|2026-6-30|2026/06/30|2026.6.30|2026年6月30日|2026年6月30号|2026 年 6 月 30 日|20260630|２０２６－０６－３０|٢٠٢٦-٠٦-٣٠|30 June 2026|"
    "30-Jun-2026|30. June 2026|June 30, 2026|Jun 30 2026|2026 June 30|30th June 2026|30th of June, 2026|JUNE 30TH, 2026|30/6/2026|6/30/2026|30.6.2026|06-30-2026|"
    "2026-06-30 周二|2026年6月30日星期二|2026-06-30（周二）|2026-06-30 Tue|2026-06-30, Tuesday|30 June 2026 (Tue.)|Tuesday, 30 June 2026|"
    "2026-06-30T10:00:00|2026-06-30 10:00|2026/6/30 9:05 PM|2026-06-30T10:00:00Z|2026-06-30 10:00 周二|\u200b2026-06-30"
)
NO_DAY = (
    "2026-02-30|2026-13-01|2026-00-10|6/30|30/6|30/6/26|2026|202606|2026年6月|2026-06-30 待定|2026-06-30 or later|2026年6月30日 左右|明天|Q3 2026|46203|"
    "31/31/2026|June 2026|30 Juni 2026|2026/30/6|2026-06-30-01|1/2/3|June 31, 2026|20261301"
)


class TestWrittenDays:
    """What has one reading is taken; what has two is told with both; the rest is no day."""

    @pytest.mark.parametrize("words", ONE_READING.split("|"))
    def test_one_reading(self, words):
        assert written_day(words) == DAY

    @pytest.mark.parametrize("words", ["5/6/2026", "05-06-2026", "5.6.2026", "5/6/2026 Fri"])
    def test_two_readings(self, words):
        assert written_day(words) == TwoDays(date(2026, 6, 5), date(2026, 5, 6))

    def test_two_readings_that_are_one_day(self):
        assert written_day("6/6/2026") == date(2026, 6, 6)

    @pytest.mark.parametrize("words", NO_DAY.split("|"))
    def test_no_day(self, words):
        assert written_day(words) is None

    @given(st.text(max_size=40))
    def test_whatever_is_typed_nothing_raises(self, words):
        assert written_day(words) is None or True

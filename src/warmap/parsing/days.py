"""The one place where the numbers of a spreadsheet become days, and days numbers; and days as people write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from warmap.parsing.digits import folded

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)
LAST = date.max
_GAP = 60
_LOTUS_DAY = "1900-02-29"
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class DateSystem:
    """How a workbook counts days: serial number 0 is `start`.

    Lotus 1-2-3 took 1900 for a leap year and Excel counts as it did: serial 60 is a 29 February that never was, so that
    serials below it count from one day later than those above (ECMA-376 part 1, 18.17.4.1).
    """

    start: date
    has_gap: bool = False

    def moment(self, serial: float) -> datetime | None:
        """Date and time of a serial number, to the millisecond.

        None where there is no such date: below 0, beyond the year 9999, and serial 60 where there is a gap, which Excel
        shows as 29 February 1900. There 0.5 is noon of 'day 0', 31 December 1899.
        """
        if not 0 <= serial < (LAST - self.start).days + 1 or (self.has_gap and _GAP <= serial < _GAP + 1):
            return None
        start = datetime.combine(self.start, datetime.min.time())
        if self.has_gap and serial < _GAP:
            start += timedelta(1)
        try:
            return start + round(timedelta(days=serial) / _MILLISECOND) * _MILLISECOND
        except OverflowError:
            return None

    def day(self, serial: float) -> date | None:
        """The day of a serial number, the time of day left aside; None where there is none."""
        if not 0 <= serial < (LAST - self.start).days + 1:
            return None
        whole = int(serial)
        if self.has_gap and whole <= _GAP:
            return None if whole == _GAP else self.start + timedelta(whole + 1)
        return self.start + timedelta(whole)

    def shows(self, serial: float) -> str | None:
        """The day that a cell shows for a serial number, also the one that never was; None where it shows none."""
        if self.has_gap and int(serial) == _GAP:
            return _LOTUS_DAY
        found = self.day(serial)
        return found.isoformat() if found is not None else None

    def serial(self, moment: date) -> float | None:
        """Count a day, or a day and time, as a serial number, its time zone left aside; None before the first day."""
        at = (
            moment.replace(tzinfo=None)
            if isinstance(moment, datetime)
            else datetime.combine(moment, datetime.min.time())
        )
        start = datetime.combine(self.start, datetime.min.time())
        if self.has_gap and at < start + timedelta(_GAP + 1):
            start += timedelta(1)
        serial = (at - start) / timedelta(days=1)
        return serial if serial >= 0 else None

    def number(self, day: date) -> int:
        """The serial number of a day that no gap touches."""
        return (day - self.start).days


EXCEL = DateSystem(date(1899, 12, 30), has_gap=True)
EXCEL_1904 = DateSystem(date(1904, 1, 1))  # of Excel for the Mac before 2011, still found in files begun with it


def counted_from(year: int, month: int, day: int) -> DateSystem:
    """The date system of a LibreOffice document, which names the day of serial number 0.

    Its 30 December 1899 is a workbook's 1900 system: one workbook is read alike in every program, and the gap, which
    LibreOffice leaves out, lies before all days that count.
    """
    start = date(year, month, day)
    return EXCEL if start == EXCEL.start else DateSystem(start)


# -- days as people write them -----------------------------------------------------------------------------------------

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_NAME = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:星期|周|礼拜)[一二三四五六日天]"
_BEHIND = re.compile(
    r"(?:[t ] *\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: *(?:am|pm|z|[+-]\d{2}:?\d{2}))?)?"
    rf" *[,(]? *(?:{_DAY_NAME})?\.?\)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4}) *([-/.年]) *(\d{1,2}) *([-/.月]) *(\d{1,2})(?: *[日号])?")
_RUN_TOGETHER = re.compile(r"((?:19|20|21)\d{2})([01]\d)([0-3]\d)")
_YEAR_LAST = re.compile(r"(\d{1,2}) *([-/.]) *(\d{1,2}) *\2 *(\d{4})")
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH = re.compile(rf"{_ORDINAL}(?: of)?[- ,./]*({_MONTH})\.?[- ,./]*(\d{{4}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"({_MONTH})\.?[- ]*{_ORDINAL}[ ,]+(\d{{4}})", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"(\d{{4}})[- ,./]*({_MONTH})\.?[- ,./]*{_ORDINAL}", re.IGNORECASE)
_NAMED_FIRST = re.compile(rf"(?:{_DAY_NAME})\.?,? *", re.IGNORECASE)


class TwoDays(NamedTuple):
    """A day that can be read in two ways: the day first, or the month first."""

    day_first: date
    month_first: date


def written_day(words: str) -> date | TwoDays | None:
    """The day that a text writes down, the time and the day of the week behind it left aside; None where it is none."""
    plain = folded(words)
    if len(plain) > 60:  # no day takes as many characters
        return None
    if plain[:1].isalpha() and (named := _NAMED_FIRST.match(plain)) and named.end() < len(plain):
        plain = plain[named.end() :]
    for form, order in (
        (_YEAR_FIRST, (1, 3, 5)), (_RUN_TOGETHER, (1, 2, 3)), (_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)),
        (_YEAR_MONTH, (1, 2, 3)),
    ):  # fmt: skip
        found = form.match(plain)
        if found is not None and _BEHIND.fullmatch(plain, found.end()):
            year, month, day = (found[place] for place in order)
            return _date(int(year), MONTHS.get(month.casefold()) or int(month), int(day))
    found = _YEAR_LAST.match(plain)
    if found is None or not _BEHIND.fullmatch(plain, found.end()):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first
    return TwoDays(day_first, month_first)


def run_together(number: float) -> date | None:
    """The day of a number such as 20260630; None where it is none."""
    return written_day(str(int(number))) if number == int(number) and 19_000_101 <= number <= 21_991_231 else None  # type: ignore[return-value]  # eight digits have one reading


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Which cells show dates, and how a workbook counts them: days since 1900 or 1904."""

import re
from datetime import datetime, timedelta
from itertools import chain

from warmap_workbook.ooxml.unreadable import Limits
from warmap_workbook.ooxml.xmlpart import main_prefix, parse_xml

# A workbook knows no time zone: these dates are naive, and stay so.
# ruff: noqa: DTZ001
# Lotus 1-2-3 took 1900 for a leap year and Excel counts as it did: serial 60 is a 29 February that never was, so that
# serials below it count from one day later than those above (ECMA-376 part 1, 18.17.4.1).
_BEFORE_GAP = datetime(1899, 12, 31)
_AFTER_GAP = datetime(1899, 12, 30)
# The other date system, of Excel for the Mac before 2011, still found in files that were begun with it.
_FIRST_1904 = datetime(1904, 1, 1)
_GAP = 60
_LAST = 2_958_466  # 1 January 10000, where Excel's dates end
_MILLISECOND = timedelta(milliseconds=1)

_ISO = re.compile(r"(?:\d{4}-\d\d-\d\d)?(?:T?\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)


def serial_to_datetime(serial: float, date1904: bool = False) -> datetime | None:
    """Date and time of a serial number, to the millisecond.

    None where there is no such date: below 0, beyond the year 9999, and serial 60 of the 1900 system, which Excel
    shows as 29 February 1900. In that system 0.5 is noon of 'day 0', 31 December 1899.
    """
    if not 0 <= serial < _LAST:
        return None
    if date1904:
        start = _FIRST_1904
    elif serial < _GAP:
        start = _BEFORE_GAP
    elif serial < _GAP + 1:
        return None
    else:
        start = _AFTER_GAP
    try:
        return start + round(timedelta(days=serial) / _MILLISECOND) * _MILLISECOND
    except OverflowError:
        return None


def datetime_to_serial(moment: datetime, date1904: bool = False) -> float | None:
    """Count a date and time as a serial number, its time zone left aside; None before the first day of the system."""
    moment = moment.replace(tzinfo=None)
    start_1900 = _AFTER_GAP if moment >= _AFTER_GAP + timedelta(_GAP + 1) else _BEFORE_GAP
    start = _FIRST_1904 if date1904 else start_1900
    serial = (moment - start) / timedelta(days=1)
    return serial if serial >= 0 else None


def iso_to_serial(text: str, date1904: bool) -> float | None:
    """Count an ISO 8601 date, date and time, or time of day as a serial number; cells of type `d` hold them.

    None when the text is none of these or lies before the first day of the system.
    """
    text = text.strip()
    if not text or _ISO.fullmatch(text) is None:
        return None
    try:
        if "-" in text[:5]:
            return datetime_to_serial(datetime.fromisoformat(text), date1904)
        clock = datetime.fromisoformat("2000-01-01T" + text.removeprefix("T")).replace(tzinfo=None)
    except ValueError:
        return None
    return (clock - datetime(2000, 1, 1)) / timedelta(days=1)


# ECMA-376 part 1, 18.8.30: 14–22 and 45–47 everywhere; 27–36 and 50–58 in Chinese, Japanese and Korean; 71–81 in Thai.
_BUILT_IN = frozenset(chain(range(14, 23), range(27, 37), range(45, 48), range(50, 59), range(71, 82)))

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NOT_CODES = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|General|E[+-]', re.IGNORECASE | re.DOTALL)
_DATE_CODE = re.compile(r"[ymdhs]", re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date, a time of day or an elapsed time, judged by its first section."""
    if _ELAPSED.search(code):
        return True
    plain = _NOT_CODES.sub("", code)
    return _DATE_CODE.search(plain.partition(";")[0]) is not None


def date_styles(data: bytes, part: str, limits: Limits) -> frozenset[str]:
    """Indexes of the cell formats that show dates, as cells write them in `s`: {'1', '14'}."""
    root = parse_xml(data, part, limits)
    prefix = main_prefix(root, part)
    custom: dict[str, bool] = {}
    for holder in root.iterfind(prefix + "numFmts"):
        for number_format in holder:
            code = number_format.get("formatCode", "")
            custom[number_format.get("numFmtId", "")] = is_date_format(code)
    built_in = {str(number): True for number in _BUILT_IN}
    shows_date = built_in | custom
    formats = root.find(prefix + "cellXfs")
    if formats is None:
        return frozenset()
    entries = (cell_format for cell_format in formats if cell_format.tag == prefix + "xf")
    return frozenset(
        str(index)
        for index, cell_format in enumerate(entries)
        if shows_date.get(cell_format.get("numFmtId", "0"), False)
    )

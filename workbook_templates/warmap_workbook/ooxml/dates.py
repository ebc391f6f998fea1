"""Dates as a workbook counts them: days since 1900 or 1904."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

# A workbook knows no time zone: these dates are naive, and stay so.
# ruff: noqa: DTZ001
_BEFORE_GAP = datetime(1899, 12, 31)
_AFTER_GAP = datetime(1899, 12, 30)
_FIRST_1904 = datetime(1904, 1, 1)
_GAP = 60
_LAST = 2_958_466
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

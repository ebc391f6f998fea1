"""Which cells show more than their number: a date, a percentage, a unit."""

import re
from datetime import datetime, timedelta
from itertools import chain

from warmap.parsing.days import DateSystem
from warmap_workbook.ooxml.number_formats import DATE, NumberFormat
from warmap_workbook.ooxml.unreadable import Limits
from warmap_workbook.ooxml.xmlpart import main_prefix, parse_xml

_ISO = re.compile(r"(?:\d{4}-\d\d-\d\d)?(?:T?\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)


def iso_to_serial(text: str, dates: DateSystem) -> float | None:
    """Count an ISO 8601 date, date and time, or time of day as a serial number; cells of type `d` hold them.

    None when the text is none of these or lies before the first day of the system.
    """
    text = text.strip()
    if not text or _ISO.fullmatch(text) is None:
        return None
    try:
        if "-" in text[:5]:
            return dates.serial(datetime.fromisoformat(text))
        clock = datetime.fromisoformat("2000-01-01T" + text.removeprefix("T")).replace(tzinfo=None)
    except ValueError:
        return None
    return (clock - datetime(2000, 1, 1)) / timedelta(days=1)  # noqa: DTZ001  a workbook knows no time zone


# ECMA-376 part 1, 18.8.30: 14–22 and 45–47 everywhere; 27–36 and 50–58 in Chinese, Japanese and Korean; 71–81 in Thai.
_BUILT_IN = frozenset(chain(range(14, 23), range(27, 37), range(45, 48), range(50, 59), range(71, 82)))

_PERCENT = {9: "0%", 10: "0.00%"}

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NOT_CODES = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|General|E[+-]', re.IGNORECASE | re.DOTALL)
_DATE_CODE = re.compile(r"[ymdhs]", re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date, a time of day or an elapsed time, judged by its first section."""
    if _ELAPSED.search(code):
        return True
    plain = _NOT_CODES.sub("", code)
    return _DATE_CODE.search(plain.partition(";")[0]) is not None


def formats_that_add(data: bytes, part: str, limits: Limits) -> dict[str, NumberFormat]:
    """The cell formats that show a number as something else, by their index as cells write it in `s`: {'14': …}."""
    root = parse_xml(data, part, limits)
    prefix = main_prefix(root, part)
    known: dict[str, NumberFormat | None] = {str(number): DATE for number in _BUILT_IN}
    known |= {str(number): NumberFormat(code) for number, code in _PERCENT.items()}
    for holder in root.iterfind(prefix + "numFmts"):
        for element in holder:
            known[element.get("numFmtId", "")] = format_that_adds(element.get("formatCode", ""))
    formats = root.find(prefix + "cellXfs")
    if formats is None:
        return {}
    entries = (cell_format for cell_format in formats if cell_format.tag == prefix + "xf")
    found = ((str(index), known.get(entry.get("numFmtId", "0"))) for index, entry in enumerate(entries))
    return {index: number_format for index, number_format in found if number_format is not None}


def format_that_adds(code: str) -> NumberFormat | None:
    """A format by its code, where it shows a date, a percentage or a unit; None where it shows the plain number."""
    if is_date_format(code):
        return DATE
    number_format = NumberFormat(code)
    return number_format if number_format.may_add else None

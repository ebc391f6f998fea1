"""Which cell styles show a date or a time of day."""

from __future__ import annotations

import re
from itertools import chain

from .limits import Limits
from .xmlpart import main_prefix, parse_xml

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

"""DV211: formulas in entry cells that change by themselves, so that nobody can say tomorrow what was handed in today."""

import re
from collections.abc import Iterator

from warmap.findings import Finding
from warmap.model import TABLE
from warmap.parsing import TablePlace, TableRead, Uncalculated
from warmap.parsing.entered import shown
from warmap.terms import Severity
from warmap.text import Text
from warmap_workbook.ooxml import Sheet, cell_name

_WORDS = re.compile(r'"[^"]*"')
_CHANGING = re.compile(r"(?<![\w.])(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|OFFSET|INDIRECT)\s*\(", re.IGNORECASE)
BY_ITSELF = Text("里是会自己变化的公式 {formula}", "holds a formula that changes by itself, {formula}")
FIX_IT = Text(
    "把公式换成它现在的值（复制，选择性粘贴为数值）。",
    "Put its present value in its place (copy, paste special, values).",
)


def changing_entries(code: str, read: TableRead, sheet: Sheet) -> Iterator[Finding]:
    """Those among the entries of a table; what was never calculated, or was not taken, is told as such."""
    told = {finding.cell for finding in read.findings}
    for (row, column), field in _entry_formulas(read.place, sheet):
        text = sheet.formulas[row, column].text
        where = cell_name(row, column)
        if where not in told and _CHANGING.search(_WORDS.sub("", text)):
            facts = {
                "field": TABLE[code].by_code[field].label if field in TABLE[code].by_code else field,
                "what": BY_ITSELF.filled(formula=shown(Uncalculated(text))),
                "advice": FIX_IT,
                "formula": text,
            }
            level = Severity.MAJOR if field == "as_of" else None
            yield Finding("DV211", sheet.name, where, field, facts, level)


def _entry_formulas(place: TablePlace | None, sheet: Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells of a table's entries that hold a formula, with the field each stands in."""
    if place is None:
        return
    if place.record_rows is not None:
        fields = {(row, place.columns[field]): field for field, row in place.record_rows.items()}
        yield from ((at, fields[at]) for at in sheet.formulas if at in fields)
        return
    columns, rows = {column: field for field, column in place.columns.items()}, set(place.rows)
    yield from (((row, column), columns[column]) for row, column in sheet.formulas if column in columns and row in rows)

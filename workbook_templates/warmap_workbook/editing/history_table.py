"""The values stored in the cells that show the snapshots, renewed when a snapshot is put in without a recalculation.

A program that trusts stored values, as Excel does on opening, would show the history as it was before. A cell is known
by its formula, which names the cells of the hidden sheet, so it is found wherever people have moved it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from xml.sax.saxutils import escape

from warmap.layout import TAB
from warmap.parsing import column_letters
from warmap_workbook.editing.package_edit import Edit, Element, PackageEdit, edited, elements

Value = str | float
# =IF(LEN(_history!$G$2)=0,"",…), of one cell or, as an array, of several in one column
SHOWS = re.compile(
    rf"""IF\(LEN\('?{TAB["snapshots"].name.en}'?!\$([A-Z]+)\$(\d+)(?::\$\1\$\d+)?\)=0,"",""", re.IGNORECASE
)
WORD = re.compile(r'="([^"]+)","([^"]+)"')  # a code, and how the cell says it
ADDRESS = re.compile(r"(?<![A-Z])([A-Z]{1,3})(\d{1,7})")


def renew_stored_values(edit: PackageEdit, rows: Sequence[Sequence[Value]]) -> None:
    """Store in every sheet what its cells show of the hidden sheet, which holds these rows by now."""
    held = {
        f"{column_letters(column)}{row}": value
        for row, cells in enumerate(rows, 1)
        for column, value in enumerate(cells, 1)
    }
    mark = TAB["snapshots"].name.en.encode()
    for sheet in edit.worksheets():
        if sheet.part in edit and mark in (data := edit.read(sheet.part)):
            edits = list(_edits(data, sheet.part, held))
            if edits:
                edit.put(sheet.part, edited(data, edits))


def _edits(data: bytes, part: str, held: Mapping[str, Value]) -> Iterator[Edit]:
    cells: dict[str, Element] = {}
    formulas: list[tuple[Element, Element]] = []
    for element in elements(data, part, {"c", "f"}):
        if element.name == "c":
            cells[element.attribute("r")] = element
            cell = element
        elif element.name == "f" and element.parents[-1:] == ("c",):
            formulas.append((cell, element))
    for cell, formula in formulas:
        text = unescape(data[formula.start : formula.inner_end].decode("utf-8", "replace").partition(">")[2])
        shows = SHOWS.match(text.lstrip("="))
        if shows is None:
            continue
        words, (column, first) = dict(WORD.findall(text)), shows.groups()
        for place, name in enumerate(_places(formula.attribute("ref") or cell.attribute("r"))):
            value = held.get(f"{column.upper()}{int(first) + place}", "")
            if name in cells:
                own = data[formula.start : formula.end] if cells[name] is cell else b""
                yield _stored(cells[name], own, words.get(str(value), value))


def _places(reference: str) -> Iterator[str]:
    """The cells of a reference to one column."""
    (column, first), *rest = ADDRESS.findall(reference)
    last = rest[0][1] if rest else first
    return (f"{column}{row}" for row in range(int(first), int(last) + 1))


def _stored(cell: Element, formula: bytes, value: Value) -> Edit:
    """A cell with its formula, if it has one of its own, and a new value."""
    kept = "".join(f' {name}="{escape(text)}"' for name, text in cell.attributes.items() if name != "t")
    if not isinstance(value, str):
        kind, shown = "", f"<v>{value!r}</v>"
    elif formula:
        kind, shown = ' t="str"', f"<v>{escape(value)}</v>"
    elif value:  # below the first cell of an array
        kind, shown = ' t="inlineStr"', f"<is><t>{escape(value)}</t></is>"
    else:
        kind, shown = "", ""
    if cell.prefix:
        shown = re.sub(r"<(/?)(v|is|t)>", rf"<\1{cell.prefix}\2>", shown)
    tag = cell.prefix + cell.name
    return Edit(cell.start, cell.end, f"<{tag}{kept}{kind}>".encode() + formula + f"{shown}</{tag}>".encode())

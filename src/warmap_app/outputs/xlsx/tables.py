"""The sheets Files and Findings: every row of both tables, filtered by heads, linked to the checked files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warmap.text import Lang
from warmap_app.outputs.columns import FILES, FINDINGS, Cell, Column, Found
from warmap_app.outputs.wording import NOT_PASSED, PASSED, severity_said, way_to
from warmap_app.outputs.xlsx.looks import BAND_LOOKS, SEVERITY_LOOKS, Looks, set_page
from warmap_app.outputs.xlsx.sheet import GrowingSheet, look_of
from warmap_app.result import Result
from warmap_workbook.ooxml import parse_ref
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


PAGES_ACROSS = 3  # there are far more columns than one page can show


def link_to(way: str | None, sheet: str = "", cell: str = "") -> str | None:
    """A link that opens a file, at a cell where the sheet and the cell are those of a workbook."""
    if way is None:
        return None
    try:
        parse_ref(cell or "A1")
    except ValueError:  # a path in YAML or JSON
        return f"external:{way}"
    quoted = sheet.replace("'", "''")
    return f"external:{way}#'{quoted}'!{cell or 'A1'}" if sheet else f"external:{way}"


def file_link(result: Result, folder: Path) -> str | None:
    """A link that opens the file of a result."""
    return link_to(way_to(result["file"], folder))


class FilesSheet(GrowingSheet):
    """A row a file, with every score."""

    def __init__(self, sheet: Worksheet, looks: Looks, lang: Lang, folder: Path) -> None:
        super().__init__(sheet, looks)
        self._lang, self._folder = lang, folder
        sheet.set_tab_color(style.NAVY)
        set_page(sheet, 2, lang, top_rows=1)
        sheet.fit_to_pages(PAGES_ACROSS, 0)
        sheet.repeat_columns(0)
        self.heads(FILES, lang)

    def add(self, result: Result) -> None:
        """One file's row."""
        if self.is_full:
            return
        for place, column in enumerate(FILES):
            self._put(place, column, result)
        self.end_row()

    def close(self) -> None:
        """The filter over all that was written."""
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(FILES) - 1)

    def _put(self, place: int, column: Column[Result], result: Result) -> None:
        value, said = column.value(result), column.said(result, self._lang)
        if column.code == "file":
            self.put(place, said, self.looks.linked(), file_link(result, self._folder))
        elif column.code == "passed":
            words = (PASSED if value else NOT_PASSED).to(self._lang)
            colour = style.TEAL if value else style.RED
            self.put(place, words, self.looks.cell(bold=True, font_color=colour))
        elif column.code == "band":
            self.put(place, said, self.looks.cell(column.unit, **BAND_LOOKS.get(str(value), {})))
        elif column.code in SEVERITY_LOOKS and value:
            self.put(place, said, self.looks.cell(column.unit, bold=True, **SEVERITY_LOOKS[column.code]))
        else:
            self.put(place, said, look_of(self.looks, column, said))


class FindingsSheet(GrowingSheet):
    """A row a finding."""

    def __init__(self, sheet: Worksheet, looks: Looks, lang: Lang, folder: Path) -> None:
        super().__init__(sheet, looks)
        self._lang, self._folder = lang, folder
        sheet.set_tab_color(style.ORANGE)
        set_page(sheet, 1, lang, top_rows=1)
        self.heads(FINDINGS, lang)

    def add(self, found: Found) -> None:
        """One finding's row; the cell opens the file there."""
        if self.is_full:
            return
        finding = found.finding
        way = way_to(found.result["file"], self._folder)
        linked = "cell" if finding["cell"] else "sheet" if finding["sheet"] else "file"
        for place, column in enumerate(FINDINGS):
            said: Cell = column.said(found, self._lang)
            if column.code == "severity":
                self.put(
                    place, severity_said(finding["severity"], self._lang), self.looks.severity(finding["severity"])
                )
            elif column.code == linked:
                self.put(place, said, self.looks.linked(), link_to(way, finding["sheet"], finding["cell"]))
            else:
                self.put(place, said, look_of(self.looks, column, said))
        self.end_row()

    def close(self) -> None:
        """The filter over all that was written."""
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(FINDINGS) - 1)

"""A workbook as the page's grid (Univer) takes it: sheets, cells, sizes, drop-downs, conditional formats, names, links.

Values are those of our reader, so that the grid shows what the checks read. What the grid does not know is left out here and
stays in the file.
"""

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple
from xml.etree.ElementTree import Element

from warmap_addin.web.format_rules import contains, rule_tree
from warmap_addin.web.looks import Looks, below, colour, first, looks_of, size, whole
from warmap_workbook.ooxml import Book, Reason, Sheet, Unreadable, parse_range, parse_ref
from warmap_workbook.ooxml.package import Package
from warmap_workbook.ooxml.styles import is_date_format
from warmap_workbook.ooxml.xmlpart import local_name

MOST_COLUMNS = 256  # of a sheet that are drawn
ROWS_BELOW, COLUMNS_BESIDE = 20, 3  # blank ones that are drawn beyond the last
ROW_HEIGHT, COLUMN_WIDTH = 20, 73  # pixels
OF_ROW, OF_COLUMN = 4 / 3, 7  # pixels of a point and of a character
FILES_CUT = {"list", "decimal", "whole", "date", "textLength", "custom", "time"}
STYLES = {"warning": 2, "information": 0}
REFUSES = 1

Box = dict[str, int]


class Shown(NamedTuple):
    """What the grid is given, and what the page asks of a cell before it is typed into."""

    data: dict[str, object]
    """Univer's IWorkbookData."""
    rules: dict[str, list[dict[str, object]]]
    """Of each sheet, the conditional formats in order: {ranges, test, style, stops}."""
    open_cells: dict[str, dict[str, list[list[int]]]]
    """Of each protected sheet, the cells that may be typed into: by row, runs of columns; row 0 for rows without cells."""
    links: dict[str, dict[str, str]]
    """Of each sheet, the place in the workbook to which a cell leads."""
    days: dict[str, set[tuple[int, int]]]
    """Of each sheet, the cells whose format shows a day; row 0 stands for a whole column without cells of its own."""

    def shows_days(self, sheet: str, row: int, column: int) -> bool:
        """Whether a number in this cell is shown as a day."""
        days = self.days.get(sheet, set())
        return (row, column) in days or ((0, column) in days and (-row, column) not in days)


def shown(package: Package, book: Book) -> Shown:
    """The whole workbook. Formats that cannot be read leave it plain. Unreadable where two sheets are one part."""
    try:
        looks = looks_of(package)
    except Unreadable:
        looks = Looks()
    parts = {name: part for part, name in book.sheet_parts.items()}
    if shared := next((sheet.name for sheet in book.sheets if sheet.name not in parts), None):
        raise Unreadable(Reason.corrupt, {"sheet": shared, "problem": "relation"})  # another sheet is in its part
    by_case = {name.casefold(): name for name in package.names()}
    sheets = [
        _SheetShown(f"sheet{place}", sheet, package.xml(by_case[parts[sheet.name]]), looks)
        for place, sheet in enumerate(book.sheets)
        if sheet.was_read
    ]
    names = {
        f"n{place}": {"id": f"n{place}", "name": name, "formulaOrRefString": text, "localSheetId": "AllDefaultWorkbook"}
        for place, (name, text) in enumerate(book.defined_names.items())
    }
    data: dict[str, object] = {
        "id": "war-map",
        "styles": looks.cells,
        "sheetOrder": [one.id for one in sheets],
        "sheets": {one.id: one.data() for one in sheets},
        "resources": {
            "SHEET_DATA_VALIDATION_PLUGIN": {one.id: list(one.validations()) for one in sheets},
            "SHEET_DEFINED_NAME_PLUGIN": names,
        },
    }
    open_cells = {one.sheet.name: one.open_cells() for one in sheets if one.is_protected}
    links = {one.sheet.name: links for one in sheets if (links := one.links())}
    dated = {
        name
        for name, style in looks.cells.items()
        if "n" in style and is_date_format(str(style["n"]["pattern"]))  # type: ignore[index]
    }
    rules = {one.sheet.name: one.conditions() for one in sheets if one.sheet.state == "visible"}
    return Shown(data, rules, open_cells, links, {one.sheet.name: set(one.days(dated)) for one in sheets})


class _SheetShown:
    """One sheet."""

    def __init__(self, id_: str, sheet: Sheet, root: Element, looks: Looks) -> None:
        self.id, self.sheet, self.root, self.looks = id_, sheet, root, looks
        self.is_protected = any(one.get("sheet") in {"1", "true"} for one in below(root, "sheetProtection"))
        self.columns = dict(self._columns())
        self.styles: dict[tuple[int, int], str] = {}
        self.heights: dict[int, dict[str, object]] = {}
        self._read_rows()

    def _columns(self) -> Iterator[tuple[int, dict[str, object]]]:
        for one in below(self.root, "cols", "col"):
            about: dict[str, object] = {}
            if (width := size(one, "width")) is not None:
                about["w"] = round(width * OF_COLUMN + 5)
            if one.get("hidden") in {"1", "true"}:
                about["hd"] = 1
            if one.get("style"):
                about["s"] = f"s{whole(one, 'style')}"
            for column in range(max(1, whole(one, "min", 1)), min(whole(one, "max", 1), MOST_COLUMNS) + 1):
                yield column, about

    def _read_rows(self) -> None:
        row = column = 0
        for line in below(self.root, "sheetData", "row"):
            row, column = whole(line, "r", row + 1), 0
            about: dict[str, object] = {}
            if (height := size(line, "ht")) is not None:
                about["h"] = round(height * OF_ROW)
                if line.get("customHeight") in {"1", "true"}:
                    about["ia"] = 0
            if line.get("hidden") in {"1", "true"}:
                about["hd"] = 1
            if about:
                self.heights[row] = about
            for cell in line:
                try:
                    column = parse_ref(cell.get("r") or "")[1] if cell.get("r") else column + 1
                except ValueError:
                    continue
                if cell.get("s"):
                    self.styles[row, column] = f"s{whole(cell, 's')}"

    def data(self) -> dict[str, object]:
        """The sheet itself."""
        cells: dict[int, dict[int, dict[str, object]]] = {}
        for (row, column), style in self.styles.items():
            if column <= MOST_COLUMNS:
                cells.setdefault(row - 1, {})[column - 1] = {"s": style}
        for row, values in self.sheet.rows.items():
            for column, value in values.items():
                if column <= MOST_COLUMNS:
                    cells.setdefault(row - 1, {}).setdefault(column - 1, {}).update(cell_of(value))
        last_row = max((*(row + 1 for row in cells), *self.heights), default=0)
        last_column = max((*(c + 1 for line in cells.values() for c in line), *self.columns), default=0)
        about: dict[str, object] = {
            "id": self.id, "name": self.sheet.name, "hidden": int(self.sheet.state != "visible"),
            "rowCount": last_row + ROWS_BELOW, "columnCount": last_column + COLUMNS_BESIDE,
            "cellData": cells, "rowData": {row - 1: about for row, about in self.heights.items()},
            "columnData": {column - 1: about for column, about in self.columns.items()},
            "defaultRowHeight": ROW_HEIGHT, "defaultColumnWidth": COLUMN_WIDTH,
            "mergeData": list(_boxes(self.sheet.merges)),
        }  # fmt: skip
        view = first(self.root, "sheetViews", "sheetView")
        if view is not None and view.get("showGridLines") in {"0", "false"}:
            about["showGridlines"] = 0
        pane = first(view, "pane")
        if pane is not None and pane.get("state") in {"frozen", "frozenSplit"}:
            across, down = whole(pane, "xSplit"), whole(pane, "ySplit")
            about["freeze"] = {"xSplit": across, "ySplit": down, "startRow": down or -1, "startColumn": across or -1}
        if tab := colour(first(self.root, "sheetPr", "tabColor")):
            about["tabColor"] = tab
        return about

    def open_cells(self) -> dict[str, list[list[int]]]:
        """The cells of a protected sheet that may be typed into."""
        plain = [column for column, about in self.columns.items() if about.get("s") in self.looks.unlocked]
        rows: dict[int, dict[int, bool]] = {}
        for (row, column), style in self.styles.items():
            rows.setdefault(row, {})[column] = style in self.looks.unlocked
        found = {"0": _runs(plain)}
        for row, cells in rows.items():
            found[str(row)] = _runs(
                [*(c for c, is_open in cells.items() if is_open), *(c for c in plain if c not in cells)]
            )
        return found

    def days(self, dated: set[str]) -> Iterator[tuple[int, int]]:
        """The cells whose format is one of these, and the columns as row 0; a negative row is a cell that is none of them."""
        columns = {column for column, about in self.columns.items() if about.get("s") in dated}
        yield from ((0, column) for column in columns)
        for (row, column), style in self.styles.items():
            if style in dated:
                yield row, column
            elif column in columns:
                yield -row, column

    def links(self) -> dict[str, str]:
        """Where cells lead inside the workbook; addresses outside of it are not followed."""
        found = {}
        for one in below(self.root, "hyperlinks", "hyperlink"):
            place = one.get("location")
            if place and not any(local_name(name) == "id" for name in [*one.keys()]):
                found[(one.get("ref") or "").partition(":")[0]] = place
        return found

    def validations(self) -> Iterator[dict[str, object]]:
        """Drop-downs and what a cell accepts, with the words beside them."""
        for place, one in enumerate(below(self.root, "dataValidations", "dataValidation")):
            kind = one.get("type") or "any"
            if kind not in FILES_CUT | {"any"}:
                continue
            texts = {"formula1": "", "formula2": ""} | {local_name(child.tag): child.text or "" for child in one}
            rule: dict[str, object] = {
                "uid": f"{self.id}v{place}", "type": kind, "ranges": list(_boxes((one.get("sqref") or "").split())),
                "allowBlank": True, "errorStyle": STYLES.get(one.get("errorStyle") or "", REFUSES),
                "showErrorMessage": one.get("showErrorMessage") in {"1", "true"},
                "showInputMessage": one.get("showInputMessage") in {"1", "true"},
            }  # fmt: skip
            if kind == "list":
                words = texts["formula1"]
                texts["formula1"] = words[1:-1] if words[:1] == '"' else f"={words}"
                rule["renderMode"] = 1
            elif kind not in {"any", "custom"}:
                rule["operator"] = one.get("operator") or "between"
            rule |= {name: text for name, text in texts.items() if text and name in {"formula1", "formula2"}}
            rule |= {name: one.get(name) for name in ("prompt", "promptTitle", "error", "errorTitle") if one.get(name)}
            yield rule

    def conditions(self) -> list[dict[str, object]]:
        """Conditional formats by formula or by text, the only kinds that the template has, the first to hold first."""
        found: list[tuple[int, dict[str, object]]] = []
        for group in below(self.root, "conditionalFormatting"):
            ranges = list(_boxes((group.get("sqref") or "").split()))
            for one in below(group, "cfRule"):
                index = whole(one, "dxfId", len(self.looks.conditional))
                test = self._test(one, ranges[0]) if ranges else None
                if test and index < len(self.looks.conditional):
                    stops = one.get("stopIfTrue") in {"1", "true"}
                    about = {"ranges": ranges, "test": test, "style": self.looks.conditional[index], "stops": stops}
                    found.append((whole(one, "priority"), about))
        return [about for _, about in sorted(found, key=itemgetter(0))]

    def _test(self, rule: Element, box: Box) -> list[object] | None:
        """What a rule asks of a cell."""
        at = box["startRow"] + 1, box["startColumn"] + 1
        if rule.get("type") == "containsText":
            return contains(rule.get("text") or "", *at)
        words = next((child.text or "" for child in below(rule, "formula")), "")
        return rule_tree(words, *at) if rule.get("type") == "expression" and words else None


def cell_of(value: object) -> dict[str, object]:
    """A value as a cell of the grid holds it: text 1, number 2, yes or no 3."""
    if isinstance(value, bool):
        return {"v": int(value), "t": 3}
    if isinstance(value, float):
        return {"v": int(value) if value.is_integer() and abs(value) < 1e15 else value, "t": 2}
    return {"v": str(getattr(value, "code", value)), "t": 1}


def _boxes(references: list[str]) -> Iterator[Box]:
    for reference in references:
        try:
            box = parse_range(reference)
        except ValueError:
            continue
        yield {"startRow": box.r1 - 1, "endRow": box.r2 - 1, "startColumn": box.c1 - 1, "endColumn": box.c2 - 1}


def _runs(columns: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for column in sorted(columns):
        if runs and runs[-1][1] == column - 1:
            runs[-1][1] = column
        else:
            runs.append([column, column])
    return runs

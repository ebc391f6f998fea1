"""Rows of a map put where a workbook that people have worked in has its tables: which cells that writes."""

from collections.abc import Iterator
from typing import Any

from warmap.model import RIVAL, TABLE
from warmap.parsing.headers import TablePlace
from warmap.reading import Reading
from warmap.terms import ProcurementStage, StageCriterion, Term, term_for
from warmap.text import Text, joined
from warmap_workbook.editing.cell_edits import Cell
from warmap_workbook.ooxml import Book, RangeRef, Sheet, cell_name, parse_ref
from warmap_workbook.writing.input_cells import cell_values

FORMULA = Text("{place} 里是公式，没有改", "{place} holds a formula, which stays")
NO_COLUMN = Text(
    "“{table}”表没有“{field}”这一列，没有放进去", "“{table}” has no column “{field}”; its entries were left out"
)
PRINTED = ("stage", "criterion")  # of the stages sheet, whose lines are always there


class Entries:
    """Collects the cells to write into a raw book that was read.

    `kept` are the cells that hold a formula of the user's own and keep it; `homeless` are fields for which the book has no
    column, by table.
    """

    def __init__(self, book: Book, reading: Reading) -> None:
        self.book, self.reading = book, reading
        self.cells: dict[tuple[str, int, int], Cell] = {}
        self.kept: list[tuple[str, str]] = []
        self.homeless: dict[str, set[str]] = {}
        self._free: dict[str, Iterator[int]] = {}

    def room(self, code: str) -> int:
        """How many rows of a table are free."""
        return sum(1 for _ in self.free_rows(code))

    def free_rows(self, code: str) -> Iterator[int]:
        """The rows of a table below its last filled one in which nothing stands, and no formula where a field's column is.

        A formula of the user's own beside the fields, copied down the whole table, shows nothing yet and takes no row away.
        """
        found, place = self._area(code), self._place(code)
        if found is None or place is None or TABLE[code].is_record:
            return
        sheet, box = found
        for row in range(max([box.r1, *place.rows]) + 1, box.r2 + 1):
            is_blank = all(sheet.value(row, column) in (None, "") for column in range(box.c1, box.c2 + 1))
            if is_blank and not any((row, column) in sheet.formulas for column in place.columns.values()):
                yield row

    def change(self, code: str, index: int, row: Any) -> tuple[str, str]:
        """Write what a row of the map, in its place, has become; None blanks it. Gives sheet and first cell of the row."""
        table, place = TABLE[code], self._place(code)
        held = getattr(self.reading.map, code)
        before = cell_values(table, held if table.is_record else held[index], self.reading.lang)
        after = {} if row is None else cell_values(table, row, self.reading.lang)
        if row is None and code == "stage_evidence":
            after = {name: before[name] for name in PRINTED if name in before}
        for field in {**before, **after}:
            if before.get(field) == after.get(field):
                continue
            if place is None:
                self.homeless.setdefault(code, set()).add(field)
                continue
            cell = place.cell(index, field)
            if not cell and not table.is_record:
                cell = self._new_rival(code, place, field, place.rows[index])
            self._write(code, place, cell, after.get(field), field)
        if place is None:
            return "", ""
        return place.sheet, next((cell for field in place.columns if (cell := place.cell(index, field))), "")

    def add(self, code: str, row: Any) -> tuple[str, str] | None:
        """Write a row into the next free one, and give its sheet and first cell; None where there is none."""
        place = self._place(code)
        number = None if place is None else self._printed_line(place, row) if code == "stage_evidence" else None
        if number is None:
            number = next(self._free.setdefault(code, self.free_rows(code)), None)
        if place is None or number is None:
            return None
        for field, value in cell_values(TABLE[code], row, self.reading.lang).items():
            column = place.columns.get(field)
            cell = cell_name(number, column) if column else self._new_rival(code, place, field, number)
            if not (code == "stage_evidence" and field in PRINTED and self._value(place.sheet, cell) not in (None, "")):
                self._write(code, place, cell, value, field)
        return place.sheet, cell_name(number, min(place.columns.values()))

    def not_written(self) -> Iterator[Text]:
        """What found no place, in words."""
        for sheet, cell in self.kept:
            yield FORMULA.filled(place=f"{sheet}!{cell}")
        for code, fields in self.homeless.items():
            heads = joined(map(TABLE[code].called, sorted(fields)))
            yield NO_COLUMN.filled(table=TABLE[code].label, field=heads)

    def _place(self, code: str) -> TablePlace | None:
        place = self.reading.places.get(code)
        return place if isinstance(place, TablePlace) and place.columns else None

    def _value(self, sheet: str, cell: str) -> object:
        found = self.book.sheet(sheet) if cell else None
        return found.value(*parse_ref(cell)) if found else None

    def _write(self, code: str, place: TablePlace, cell: str, value: object, field: str = "") -> None:
        if not cell:
            self.homeless.setdefault(code, set()).add(field)
            return
        at, sheet = parse_ref(cell), self.book.sheet(place.sheet)
        if sheet is not None and at in sheet.formulas:
            self.kept.append((place.sheet, cell))
        else:
            self.cells[place.sheet, *at] = (
                value if isinstance(value, str | float) else float(value) if isinstance(value, int) else None
            )

    def _area(self, code: str) -> tuple[Sheet, RangeRef] | None:
        return self.book.named_range(f"wm_{code}")

    def _printed_line(self, place: TablePlace, row: Any) -> int | None:
        """The line of the stages sheet that asks about a criterion."""
        found = self._area("stage_evidence")
        columns = [place.columns.get(name) for name in PRINTED]
        if found is None or None in columns:
            return None
        sheet, box = found
        kinds: tuple[type[Term], ...] = (ProcurementStage, StageCriterion)
        for number in range(box.r1 + 1, box.r2 + 1):
            words = [sheet.value(number, column) for column in columns if column]
            if [
                term_for(kind, word) if isinstance(word, str) else None for kind, word in zip(kinds, words, strict=True)
            ] == [row.stage, row.criterion]:
                return number
        return None

    def _new_rival(self, code: str, place: TablePlace, field: str, row: int) -> str:
        """The cell of a rival who has no column yet, which then bears that name; '' where none is free."""
        found = self._area(code)
        if not field.startswith(RIVAL) or found is None or TABLE[code].open_field is None:
            return ""
        sheet, box = found
        last = max(column for name, column in place.columns.items() if not name.startswith(RIVAL))
        for column in range(last + 1, box.c2 + 1):
            head = self.cells.get((place.sheet, box.r1, column), sheet.value(box.r1, column))
            if head in (None, "", field.removeprefix(RIVAL)):
                self.cells[place.sheet, box.r1, column] = field.removeprefix(RIVAL)
                return cell_name(row, column)
        return ""

"""A small workbook with every input table (some only as a header), written with XlsxWriter, and the tables as grids."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import xlsxwriter

from warmap.history import COLUMNS, MARKS, rows_of, snapshot_of
from warmap.model import TABLE
from warmap.reading import read_document
from warmap.terms import STAGE_CRITERIA
from warmap.worksheet.declaration import ALL_TABLES, NEWEST, SNAPSHOTS, table_arguments

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = date(1899, 12, 30)
LAST = 20  # rows of each input range, so that some are empty
FALLBACK = [[f"last {row} {column}" if column else 0.5 for column in range(6)] for row in range(12)]
RECORDS = {
    "deal": [{"account": "某集团", "opportunity": "二期扩容", "amount": 1200000, "currency": "CNY", "stage": "供应商评估", "as_of": date(2026, 6, 30)}],
    "contacts": [
        {"name": "张伟", "title": "采购经理", "level": "经理", "buying_roles.coach": "✓", "influence": "高", "support": "支持",
         "evidence_grade": "本人表态", "contact_frequency": "经常", "last_contact": date(2026, 6, 1), "wants_our_success": True},
        {"name": "李娜", "title": "总经理", "level": "董事/高层", "buying_roles.economic": "✓", "influence": "高", "support": "中立",
         "contact_frequency": "从未", "style": "驱动型"},
        {"name": "王强", "title": "工程师", "level": "专家", "buying_roles.user": "✓", "buying_roles.technical": "✓",
         "influence": "中", "support": "反对", "evidence_grade": "我方推测", "contact_frequency": "很少", "last_contact": date(2025, 11, 3)},
    ],
    "trust": [
        {"contact": "张伟", "rated_on": date(2026, 5, 20), **{f.code: 4 for f in TABLE["trust"].fields if f.code.endswith(".rating")}},
        {"contact": "王强", "rated_on": date(2026, 5, 20), **{f.code: 2 for f in TABLE["trust"].fields if f.code.endswith(".rating")}},
    ],
    "wins": [{"contact": "张伟", "role": "教练", "statuses.1": "已满足", "statuses.2": "已识别", "evidence_grade": "本人表态"}],
    "stage_evidence": [
        {"stage": stage.label.zh, "criterion": criterion.label.zh, "done": stage.number < 3}
        for stage, criteria in STAGE_CRITERIA.items() for criterion in criteria
    ],
}  # fmt: skip


LAST_WEEK = {
    "deal": {"account": "某集团", "opportunity": "二期扩容", "amount": 1200000, "currency": "CNY", "stage": "supplier_assessment"},
    "contacts": [{"name": "张伟", "influence": "high", "support": "neutral"}, {"name": "赵敏", "influence": "low", "support": "oppose"}],
}  # fmt: skip
WHOLE = (SNAPSHOTS, NEWEST.table)  # the history, in marks and in full: no tables of the map


def grid(code: str) -> list[list[object]]:
    """A table as people see it, with Chinese headers; dates and truth values as Python has them."""
    if code == SNAPSHOTS:
        return [[*MARKS], ["2026-05-01", "张伟", "0123456789abcdef"]]
    if code == NEWEST.table:
        return [[*COLUMNS], *rows_of([snapshot_of(read_document(LAST_WEEK).map, {"health": 12.5}, date(2026, 6, 23))])]
    table, records = TABLE[code], RECORDS.get(code, [])
    if table.is_record:
        record = records[0] if records else {}
        return [["项目", "内容"], *([field.label.zh, record.get(field.code, "")] for field in table.fields)]
    header = [field.label.zh for field in table.fields]
    return [header, *([record.get(field.code, "") for field in table.fields] for record in records)]


def range_of(code: str) -> list[list[object]]:
    """The grid as a range of the workbook holds it: dates as serial numbers, empty rows to the end."""
    rows = [[cell_value(cell) for cell in row] for row in grid(code)]
    height = len(rows) if code not in WHOLE and TABLE[code].is_record else LAST
    return [*rows, *([""] * len(rows[0]) for _ in range(height - len(rows)))]


def cell_value(value: object) -> object:
    if isinstance(value, bool):
        return float(value)
    return float((value - EPOCH).days) if isinstance(value, date) else value


def write_book(
    path: Path, scalars: dict[str, str] | None = None, arrays: dict[str, str] | None = None, protected: bool = False
) -> Path:
    """`main` with the formulas given by cell or range, one sheet a table with its name `wm_<table>`, `_last`."""
    book = xlsxwriter.Workbook(path)
    main = book.add_worksheet("main")
    as_date = book.add_format({"num_format": "yyyy-mm-dd"})
    unlocked = book.add_format({"locked": False})
    for argument in (*table_arguments(*ALL_TABLES), NEWEST):
        code = argument.table
        sheet = book.add_worksheet(code if code in WHOLE else TABLE[code].label.zh)
        for row, cells in enumerate(grid(code)):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell if cell != "" else None, as_date if isinstance(cell, date) else unlocked)
        rows = range_of(code)
        last = xlsxwriter.utility.xl_rowcol_to_cell(len(rows) - 1, len(rows[0]) - 1, row_abs=True, col_abs=True)
        book.define_name(argument.range_name, f"='{sheet.name}'!$A$1:{last}")
        if protected:
            sheet.protect()
    stored = book.add_worksheet("_last")
    for row, cells in enumerate(FALLBACK):
        stored.write_row(row, 0, cells)
    stored.write_array_formula("H1:H1", "{=IF(ISERROR(WARMAP.VERSION()),0,1)}", None, 0)
    book.define_name("wm_live", "=_last!$H$1")
    for cell, formula in (scalars or {}).items():
        main.write_formula(cell, formula, None, "stored")
    for area, formula in (arrays or {}).items():
        main.write_array_formula(area, f"{{{formula}}}", None, "stored")
    book.close()
    return path

"""pandera on the contacts table alone, read with pandas and calamine: a frame schema with the lists and bounds of the sheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from openpyxl.utils import get_column_letter

SHEET, HEADER_ROW = "关键人", 5
LEVELS = ["董事/高层", "经理", "专家", "操作人员", "职员"]
SUPPORTS = ["强烈支持", "支持", "中立", "反对", "强烈反对"]


def _one_of(values: list[str]) -> pa.Column:
    return pa.Column(object, pa.Check.isin(values), nullable=True)


def _is_day(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column, errors="coerce").notna()


SCHEMA = pa.DataFrameSchema(
    {
        "姓名 *": pa.Column(object, nullable=False, unique=True),
        "层级": _one_of(LEVELS),
        "决策顺序": pa.Column(float, pa.Check.ge(1), nullable=True, coerce=True),
        "影响力": _one_of(["高", "中", "低"]),
        "支持度": _one_of(SUPPORTS),
        "接触频度": _one_of(["经常", "偶尔", "很少", "从未"]),
        "最近接触": pa.Column(None, pa.Check(_is_day), nullable=True),
    }
)
ENTERED = 25  # columns of the table; what is computed stands to their right


def check(path: Path) -> list[tuple[str, str, str]]:
    """(sheet, cell, what is wrong) of the contacts; blank rows are no rows."""
    frame = pd.read_excel(path, sheet_name=SHEET, header=HEADER_ROW - 1, usecols=range(ENTERED), engine="calamine")
    frame = frame.dropna(how="all")
    try:
        SCHEMA.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        return [
            (SHEET, f"{get_column_letter(frame.columns.get_loc(column) + 1)}{int(row) + HEADER_ROW + 1}", str(what))
            for column, row, what in zip(cases["column"], cases["index"], cases["check"], strict=True)
            if row is not None and column in frame.columns
        ]
    return []

"""frictionless on the contacts table alone: its own reader of .xlsx, a schema with the lists and bounds of the sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from frictionless import Checklist, Detector, Dialect, Resource, Schema
from frictionless.formats import ExcelControl
from openpyxl.utils import get_column_letter

SHEET, HEADER_ROW = "关键人", 5
FIELDS: list[dict[str, Any]] = [
    {"name": "姓名 *", "type": "string", "constraints": {"required": True}},
    {"name": "层级", "type": "string", "constraints": {"enum": ["董事/高层", "经理", "专家", "操作人员", "职员"]}},
    {"name": "汇报给", "type": "string"},
    {"name": "决策顺序", "type": "integer", "constraints": {"minimum": 1}},
    {"name": "影响力", "type": "string", "constraints": {"enum": ["高", "中", "低"]}},
    {"name": "支持度", "type": "string", "constraints": {"enum": ["强烈支持", "支持", "中立", "反对", "强烈反对"]}},
    {"name": "接触频度", "type": "string", "constraints": {"enum": ["经常", "偶尔", "很少", "从未"]}},
    {"name": "最近接触", "type": "date"},
]


def check(path: Path) -> list[tuple[str, str, str]]:
    """(sheet, cell, what is wrong) of the contacts; blank rows are no rows."""
    resource = Resource(
        path=path.name,
        basepath=str(path.parent),
        dialect=Dialect(header_rows=[HEADER_ROW], controls=[ExcelControl(sheet=SHEET)]),
        schema=Schema.from_descriptor({"fields": FIELDS}),
        detector=Detector(schema_sync=True),
    )
    report = resource.validate(Checklist(skip_errors=["blank-row", "blank-label"]), limit_errors=1000)
    return [
        (SHEET, f"{get_column_letter(error.field_number)}{error.row_number}", error.type)
        for error in report.tasks[0].errors
        if hasattr(error, "field_number") and hasattr(error, "row_number")
    ]

"""Scripts that a colleague would write on openpyxl and pydantic: two sheets read-only, an average one, the thorough one.

Even the thorough one does less than `warmap check`: five of the eighteen tables, no checks between rows, no recomputed
results, no scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

Fault = tuple[str, str, str]  # sheet, cell, what is wrong


class Level(StrEnum):
    DIRECTOR = "董事/高层"
    MANAGER = "经理"
    EXPERT = "专家"
    OPERATOR = "操作人员"
    CLERK = "职员"


class Influence(StrEnum):
    HIGH = "高"
    MEDIUM = "中"
    LOW = "低"


class Support(StrEnum):
    STRONG_SUPPORT = "强烈支持"
    SUPPORT = "支持"
    NEUTRAL = "中立"
    OPPOSE = "反对"
    STRONG_OPPOSE = "强烈反对"


class Frequency(StrEnum):
    FREQUENT = "经常"
    OCCASIONAL = "偶尔"
    RARE = "很少"
    NEVER = "从未"


class Role(StrEnum):
    COACH = "教练"
    USER = "用户"
    TECHNICAL = "技术把关者"
    ECONOMIC = "关键决策者"


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


Day = Annotated[date | None, BeforeValidator(_day)]
Rating = Annotated[float | None, Field(ge=0, le=5)]


class Line(BaseModel):
    """Columns are found by their headers; those that are not declared are left alone."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_none(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value


class Contact(Line):
    name: str = Field(alias="姓名")
    level: Level | None = Field(None, alias="层级")
    reports_to: str | None = Field(None, alias="汇报给")
    decision_order: Annotated[int | None, Field(ge=1)] = Field(None, alias="决策顺序")
    influence: Influence | None = Field(None, alias="影响力")
    support: Support | None = Field(None, alias="支持度")
    frequency: Frequency | None = Field(None, alias="接触频度")
    last_contact: Day = Field(None, alias="最近接触")


class Trust(Line):
    contact: str = Field(alias="联系人")
    rated_on: Day = Field(None, alias="评分日期")
    professional: Rating = Field(None, alias="职业信任")
    relationship: Rating = Field(None, alias="关系信任")


class Win(Line):
    contact: str = Field(alias="联系人")
    role: Role = Field(alias="角色")


class Action(Line):
    what: str = Field(alias="行动事项")
    owner: str | None = Field(None, alias="责任人")
    due: Day = Field(None, alias="到期日")


class Deal(Line):
    account: str = Field(alias="客户")
    opportunity: str = Field(alias="商机名称")
    amount: Annotated[float, Field(gt=0)] = Field(alias="金额")
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = Field(alias="币种")
    close_date: Day = Field(alias="预计成交日")


TABLES: dict[str, type[Line]] = {"关键人": Contact, "信任": Trust, "赢标准": Win, "行动": Action}


def headers_of(model: type[Line]) -> set[str]:
    return {field.alias for field in model.model_fields.values() if field.alias}


def read_table(sheet: Worksheet, model: type[Line]) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """Each filled row below the header as (cell by header, value by header)."""
    wanted = headers_of(model)
    columns: dict[str, int] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        if not columns:
            found = {str(cell.value).strip(" *"): at for at, cell in enumerate(row, 1) if cell.value is not None}
            if len(wanted & found.keys()) > 1:
                columns = {header: found[header] for header in wanted & found.keys()}
            continue
        values = {header: row[column - 1].value for header, column in columns.items()}
        if any(value is not None for value in values.values()):
            yield {header: f"{get_column_letter(column)}{number}" for header, column in columns.items()}, values


def read_record(sheet: Worksheet) -> tuple[dict[str, str], dict[str, Any]]:
    wanted = headers_of(Deal)
    cells, values = {}, {}
    for row in sheet.iter_rows(max_col=2):
        name = str(row[0].value or "").strip(" *")
        if name in wanted:
            cells[name], values[name] = row[1].coordinate, row[1].value
    return cells, values


def validated(sheet: str, model: type[Line], cells: dict[str, str], values: dict[str, Any]) -> Iterator[Fault]:
    try:
        model.model_validate(values)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            yield sheet, cells.get(str(item["loc"][0]), ""), item["msg"]


def entries(book: Workbook) -> Iterator[Fault]:
    for name, model in TABLES.items():
        if name in book.sheetnames:
            for cells, values in read_table(book[name], model):
                yield from validated(name, model, cells, values)
    if "商机" in book.sheetnames:
        yield from validated("商机", Deal, *read_record(book["商机"]))


def formula_text(value: Any) -> str | None:
    text = getattr(value, "text", value)  # an array formula is an object of its own
    return text if isinstance(text, str) and text.startswith("=") else None


def formulas_of(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if (text := formula_text(cell.value)) is not None
    }


def stored_errors(book: Workbook) -> Iterator[Fault]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "e":
                    yield sheet.title, cell.coordinate, f"shows {cell.value}"


def template_formulas(path: Path) -> dict[tuple[str, str], str]:
    """Those of an empty template, read once for a whole batch."""
    return formulas_of(load_workbook(path))


def two_sheets(path: Path) -> list[Fault]:
    """People and actions alone, read-only: the quickest that openpyxl does."""
    book = load_workbook(path, read_only=True, data_only=True)
    faults = [
        fault
        for name in ("关键人", "行动")
        for cells, values in read_table(book[name], TABLES[name])
        for fault in validated(name, TABLES[name], cells, values)
    ]
    book.close()
    return faults


def average(path: Path) -> list[Fault]:
    """The values of five tables; formulas are not looked at."""
    return [*entries(load_workbook(path, data_only=True))]


def thorough(path: Path, template: dict[tuple[str, str], str]) -> list[Fault]:
    """The values of five tables, error values, and every formula against the template's."""
    values, formulas = load_workbook(path, data_only=True), load_workbook(path)
    written = formulas_of(formulas)
    faults = [*entries(values), *stored_errors(values)]
    for (sheet, cell), formula in template.items():
        if written.get((sheet, cell)) != formula:
            faults.append((sheet, cell, f"should be {formula}"))
    return faults

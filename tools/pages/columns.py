"""`docs/columns.md`: every table and every column of the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tools.pages.markdown import both, codes, document, table
from warmap.layout import placements
from warmap.model import MAX_COMPETITORS, TABLES, Field, Kind, Table
from warmap.text import Text

KINDS: Mapping[Kind, Text] = {
    Kind.TEXT: Text("文字", "text"),
    Kind.NAME: Text("人名", "a contact's name"),
    Kind.NAMES: Text("几个名称，用、或逗号隔开", "several names, with commas between"),
    Kind.NUMBER: Text("数", "number"),
    Kind.WHOLE: Text("整数", "whole number"),
    Kind.MONEY: Text("金额", "money"),
    Kind.DATE: Text("日期", "date"),
    Kind.YES_NO: Text("是/否", "yes/no"),
    Kind.TICK: Text("打勾", "tick"),
    Kind.PICK: Text("从列表选", "pick"),
    Kind.GIVE_GET: Text("每行一条：给 → 得", "a line each: give → get"),
}
INTRODUCTION = Text(
    "表头认中文、英文、代码和别名，不分大小写；列可以移动。代码就是 YAML 与 JSON 里的字段名（点号表示嵌套）。带 * 的必须填。",
    "A header is known by its Chinese and English name, its code and its aliases, in any case; columns may move. The code is the field's name in YAML and JSON (a dot means nesting). * must be filled in.",
)
HEADS = ["代码 / Code", "表头", "Header", "内容 / Kind", "值 / Values", "怎么填", "Help", "别名 / Aliases"]


def values(field: Field) -> str:
    """The list or the limits of a field."""
    if field.enum is not None:
        return f"[{field.enum.__name__}](vocabulary.md#{field.enum.__name__.lower()})"
    if field.low is not None and field.high is not None:
        return f"{field.low:g} … {field.high:g}"
    if field.above is not None:
        return f"> {field.above:g}"
    return f"≥ {field.low:g}" if field.low is not None else f"≤ {field.high:g}" if field.high is not None else ""


def _row(field: Field) -> list[str]:
    mark = " *" if field.required else ""
    return [
        f"`{field.code}`{mark}", field.label.zh, field.label.en, both(KINDS[field.kind]), values(field), field.help.zh,
        field.help.en, codes(field.aliases),
    ]  # fmt: skip


def _section(the_table: Table) -> Iterator[str]:
    about = the_table.about
    yield f"## {both(about.label)} `{the_table.code}`"
    place = placements().get(the_table.code)
    where = f"工作表 / Sheet: {both(place.tab.name)} · 名称 / Defined name: `{place.name}`" if place else ""
    room = "" if the_table.is_record else f" · 行数 / Rows: {about.room}"
    yield f"{both(about.purpose)}  \n{where}{room}"
    rows = [_row(field) for field in the_table.fields]
    if the_table.open_field is not None:
        open_row = _row(the_table.open_field)
        rows.append([f"`{the_table.open_field.code}` (≤ {MAX_COMPETITORS})", *open_row[1:]])
    yield table(HEADS, rows)


def page() -> str:
    """Every table with its columns."""
    sections = [block for the_table in TABLES for block in _section(the_table)]
    return document("# 表与列 / Tables and columns", INTRODUCTION.zh, INTRODUCTION.en, *sections)

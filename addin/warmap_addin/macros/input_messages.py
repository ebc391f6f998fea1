"""The input messages of a table in another language, and the words of yes and no in its drop-downs."""

from __future__ import annotations

from collections.abc import Iterator

from warmap.layout import SETTINGS_NAME
from warmap.model import TABLE, Field, Kind
from warmap.parsing import column_letters
from warmap.settings import default_settings, flat
from warmap.text import NO, YES, Lang
from warmap_addin.macros.edits import Messages
from warmap_addin.macros.open_book import Opened
from warmap_workbook.ooxml import Sheet, cell_name
from warmap_workbook.writing.input_cells import competitor_messages, messages_of
from warmap_workbook.writing.reference_sheets import messages_of_setting


def messages(opened: Opened, code: str, sheet: str, to: Lang) -> Iterator[Messages]:
    """For every field of a table where its cells now are; columns of a user's own are let alone.

    Only yes and no stand in the rule itself. All other drop-downs point at cells, which are changed as cells.
    """
    place, table, named = opened.entries.places[code], TABLE[code], opened.area(f"wm_{code}")
    columns: dict[str, int] = dict(getattr(place, "columns", {}))
    for field in table.fields:
        if field.code not in columns:
            continue
        if table.is_record:
            cell = place.cell(0, field.code)
            yield _of(field, sheet, f"{cell}:{cell}", to)
        elif named is not None:
            yield _of(field, sheet, _below(named[1].r1, named[1].r2, columns[field.code]), to)
    if table.open_field is None or named is None:
        return
    box, rival = named[1], competitor_messages(table.open_field, to)
    for column in sorted(set(range(box.c1, box.c2 + 1)) - {columns[f.code] for f in table.fields if f.code in columns}):
        head = cell_name(box.r1, column)
        yield Messages(sheet, f"{head}:{head}", rival["input_title"], rival["input_message"], "", "")
        yield _of(table.open_field, sheet, _below(box.r1, box.r2, column), to)


def setting_messages(opened: Opened, sheet: Sheet, to: Lang) -> Iterator[Messages]:
    """For every setting, wherever its code stands in the table of settings."""
    named = opened.area(SETTINGS_NAME)
    known = dict(flat(default_settings()))
    if named is None or named[0].name != sheet.name:
        return
    for row in range(named[1].r1 + 1, named[1].r2 + 1):
        code = sheet.value(row, named[1].c1)
        if isinstance(code, str) and code in known:
            words, cell = messages_of_setting(code, to), cell_name(row, named[1].c1 + 1)
            yield Messages(
                sheet.name, f"{cell}:{cell}", words["input_title"], words["input_message"], words["error_title"],
                words["error_message"],
            )  # fmt: skip


def _below(header: int, last: int, column: int) -> str:
    letters = column_letters(column)
    return f"{letters}{header + 1}:{letters}{last}"


def _of(field: Field, sheet: str, cells: str, to: Lang) -> Messages:
    words = messages_of(field, to)
    choices = (YES.to(to), NO.to(to)) if field.kind is Kind.YES_NO else ()
    return Messages(
        sheet, cells, words["input_title"], words["input_message"], words["error_title"], words.get("error_message", ""),
        choices,
    )  # fmt: skip

"""The hidden sheet of picklists: drop-downs point at ranges, for a literal list over 255 characters is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.model import TABLES, Field
from warmap.terms import Term
from warmap.text import Lang
from warmap_workbook.computed import area

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


class Lists:
    """Where each vocabulary stands on the lists sheet."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        enums = {field.enum: None for table in TABLES for field in table.fields if field.enum is not None}
        self.columns: dict[type[Term], int] = {enum: place for place, enum in enumerate(enums)}

    def source(self, field: Field) -> str:
        """The range of a field's picklist."""
        assert field.enum is not None
        return f"=_lists!{area(2, self.columns[field.enum] + 1, len(field.enum), 1, absolute=True)}"

    def write(self, sheet: Worksheet) -> None:
        """One column a vocabulary: its name, then the labels."""
        for enum, column in self.columns.items():
            sheet.write_string(0, column, enum.__name__)
            for row, term in enumerate(enum, 1):
                sheet.write_string(row, column, term.label.to(self.lang))

"""The input sheets: headers, cells, and colours that mean something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from warmap.layout import Placement
from warmap.model import DO_NOTHING, MAX_COMPETITORS, Field, Kind, StageEvidence, WarMap
from warmap.parsing import column_letters
from warmap.parsing.headers import FIELD_HEADER, HELP_HEADER, VALUE_HEADER
from warmap.terms import STAGE_CRITERIA, Influence, Support
from warmap.text import LANGUAGES, Lang
from warmap_workbook.computed import area
from warmap_workbook.writing import style
from warmap_workbook.writing.lists import Lists
from warmap_workbook.writing.style import Formats
from warmap_workbook.writing.validation import competitor_words, rule_of, words_of
from warmap_workbook.writing.values import cell_values, competitor_names
from warmap_workbook.writing.widths import lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LINE_HEIGHT = 14
BOLD, MARGIN = 1.12, 1.5  # of a bold header in the units of a column: a letter, and both margins of the cell
LETTERS = 1.1  # Latin letters in a unit of a column's width, at least
RECORD_WIDTHS = (26, 48, 40)
REQUIRED_MARK = " *"
SIGNS: dict[str, dict[Influence | Support, tuple[str, str, str]]] = {
    "influence": {
        Influence.HIGH: ("▲ ", style.NAVY, style.BLUE_PALE),
        Influence.MEDIUM: ("■ ", style.INK, style.GREY_PALE),
        Influence.LOW: ("▼ ", style.PALE_INK, style.PAPER),
    },
    "support": {
        Support.STRONG_SUPPORT: ("++ ", style.BLUE, style.BLUE_PALE),
        Support.SUPPORT: ("+ ", style.BLUE, style.BLUE_PALE),
        Support.NEUTRAL: ("0 ", style.INK, style.GREY_PALE),
        Support.OPPOSE: ("− ", style.ORANGE, style.ORANGE_PALE),
        Support.STRONG_OPPOSE: ("−− ", style.RED, style.RED_PALE),
    },
}
# What is asked for first about a person: with these a new map gives useful flags. The name is the table's first column.
FIRST_ASKED = {"contacts": ("name", "title", "level", "influence", "contact_frequency", "support")}
NUMBER_FORMAT = {Kind.DATE: style.DATE, Kind.MONEY: style.MONEY}


class InputWriter:
    """Writes the tables of one input sheet."""

    def __init__(
        self, sheet: Worksheet, formats: Formats, lists: Lists, lang: Lang, places: Mapping[str, Placement],
        beside: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """`beside` are the lines that the results beside the first table's rows take."""
        self.sheet, self.formats, self.lists, self.lang, self.places = sheet, formats, lists, lang, places
        self.widths: dict[int, float] = {}
        """The width of each column written, from 0."""
        self._beside = beside
        self._lines_of_row: dict[int, int] = {}

    def table(self, place: Placement, war_map: WarMap) -> None:
        """One table: header, cells, validation, conditional colours."""
        if place.table.is_record:
            self._record(place, getattr(war_map, place.table.code))
        else:
            rows = getattr(war_map, place.table.code)
            self._rows(place, printed_lines(rows) if place.table.code == "stage_evidence" else rows)

    # -- a table of one record: field, value, what to put in -------------------------------------------------------

    def _record(self, place: Placement, record: Any) -> None:
        head = self.formats.header(style.NAVY)
        top, left = place.header_row - 1, place.left - 1
        for offset, text in enumerate((FIELD_HEADER, VALUE_HEADER, HELP_HEADER)):
            self.sheet.write_string(top, left + offset, text.to(self.lang), head)
        for offset, width in enumerate(RECORD_WIDTHS):
            self.sheet.set_column(left + offset, left + offset, width)
            self.widths[left + offset] = width
        values = cell_values(place.table, record, self.lang)
        label = self.formats(bold=True, bg_color=style.NAVY_PALE, border=1, border_color=style.LINE, text_wrap=True)
        for row, field in enumerate(place.table.fields, top + 1):
            mark = REQUIRED_MARK if field.required else ""
            self.sheet.write_string(row, left, field.label.to(self.lang) + mark, label)
            edge = {"border": 1, "border_color": style.LINE, "align": "left", "valign": "vcenter", "indent": 1}
            self._cell(row, left + 1, field, values.get(field.code), **edge)
            self.sheet.write_string(
                row, left + 2, field.help.to(self.lang), self.formats.quiet(text_wrap=True, indent=1)
            )
            texts = (field.label.to(self.lang) + mark, values.get(field.code, ""), field.help.to(self.lang))
            lines = max(lines_of(str(text), width - 2) for text, width in zip(texts, RECORD_WIDTHS, strict=True))
            self.sheet.set_row(row, max(48 if field.multiline else 0, LINE_HEIGHT * min(12, lines) + 3))
            self._validate(row, row, left + 1, field)
            if field.kind is Kind.MONEY:
                self._show_cents(row, row, left + 1)
            if field.required:
                self._mark_unfinished(row, row, left + 1, f"LEN(TRIM(${column_letters(left + 2)}{row + 1}))=0")

    # -- a table of rows -------------------------------------------------------------------------------------------

    def _rows(self, place: Placement, rows: list[Any]) -> None:
        fields = list(place.table.fields)
        names = competitor_names(rows) if place.table.open_field else []
        self._header(place, fields, names)
        self._columns(place, fields)
        self.sheet.set_row(place.header_row - 1, 32 if self.lang == "zh" else 44)
        for offset, row in enumerate(rows):
            values = cell_values(place.table, row, self.lang)
            for column, field in enumerate(fields):
                self._cell(place.header_row + offset, place.left - 1 + column, field, values.get(field.code))
            self._height(place, place.header_row + offset, values)
            for column, name in enumerate(names, len(fields)):
                score = values.get(f"scores.{name}")
                if place.table.open_field:
                    self._cell(place.header_row + offset, place.left - 1 + column, place.table.open_field, score)
        first, last = place.header_row, place.last_row - 1
        for column, field in enumerate(fields, place.left - 1):
            self._validate(first, last, column, field)
            self._colour(first, last, column, field)
        if place.table.open_field:
            for column in range(len(fields), len(fields) + MAX_COMPETITORS):
                self._validate(first, last, place.left - 1 + column, place.table.open_field)
        self._lines(place, fields)

    def _height(self, place: Placement, row: int, values: Mapping[str, object]) -> None:
        """A row as high as its longest text needs, for the tables that share it: programs do not all do it on load."""
        lines = [
            lines_of(str(values[field.code]), self._width(field) * (1 if self.lang == "zh" else LETTERS))
            for field in place.table.fields
            if isinstance(values.get(field.code), str)
        ]
        offset = row - place.header_row
        beside = self._beside[offset] if offset < len(self._beside) else 1
        most = min(12, max([1, self._lines_of_row.get(row, 1), beside, *lines]))
        if most > self._lines_of_row.get(row, 1):
            self._lines_of_row[row] = most
            self.sheet.set_row(row, LINE_HEIGHT * most + 3)

    def _header(self, place: Placement, fields: list[Field], names: list[str]) -> None:
        row = place.header_row - 1
        for column, field in enumerate(fields, place.left - 1):
            mark = REQUIRED_MARK if field.required else ""
            self.sheet.write_string(row, column, field.label.to(self.lang) + mark, self.formats.header(style.NAVY))
        if place.table.open_field:
            shown = names or [DO_NOTHING.to(self.lang)]
            shown += [""] * (MAX_COMPETITORS - len(shown))
            free = self.formats.header(style.BLUE, locked=False)
            for column, name in enumerate(shown, place.left - 1 + len(fields)):
                self.sheet.write(row, column, name or None, free)
                message = {"validate": "any", **competitor_words(place.table.open_field, self.lang)}
                self.sheet.data_validation(row, column, row, column, message)

    def _columns(self, place: Placement, fields: list[Field]) -> None:
        for column, field in enumerate(fields, place.left - 1):
            width = self._width(field)
            self.sheet.set_column(column, column, width, self._format(field))
            self.widths[column] = width
        if place.table.open_field:
            start = place.left - 1 + len(fields)
            field = place.table.open_field
            self.sheet.set_column(start, start + MAX_COMPETITORS - 1, field.width, self._format(field))
            self.widths.update((start + place, field.width) for place in range(MAX_COMPETITORS))

    def _width(self, field: Field) -> float:
        """English words are longer; the longest word of a header must not be broken."""
        width = field.width * (1.0 if self.lang == "zh" else 1.15)
        word = max(len(word) for word in re.split(r"[\s/]+", field.label.to(self.lang))) if self.lang == "en" else 0
        return max(width, BOLD * word + MARGIN, 10.5 if field.kind is Kind.TICK else 8)

    def _format(self, field: Field, **what: Any) -> Any:
        align = "center" if field.kind in (Kind.TICK, Kind.YES_NO, Kind.NUMBER, Kind.WHOLE, Kind.DATE) else "left"
        return self.formats.input(**{"num_format": NUMBER_FORMAT.get(field.kind, "General"), "align": align, **what})

    def _cell(self, row: int, column: int, field: Field, value: object, **what: Any) -> None:
        cell_format = self._format(field, **what)
        if value is None or value == "":
            if what:
                self.sheet.write_blank(row, column, None, cell_format)
        elif isinstance(value, int | float):
            self.sheet.write_number(row, column, value, cell_format)
        else:
            self.sheet.write_string(row, column, str(value), cell_format)

    def _lines(self, place: Placement, fields: list[Field]) -> None:
        """Rows in use get a line below, and their empty required cells look unfinished."""
        width = place.width
        first, last, left = place.header_row, place.last_row - 1, place.left - 1
        used = (
            f"COUNTA(${column_letters(place.left)}{first + 1}:${column_letters(place.left + width - 1)}{first + 1})>0"
        )
        if place.table.code != "stage_evidence":
            self._unfinished(place, fields, used)
        line = self.formats(bottom=1, bottom_color=style.LINE)
        self.sheet.conditional_format(
            first, left, last, left + width - 1, {"type": "formula", "criteria": f"={used}", "format": line}
        )

    def _unfinished(self, place: Placement, fields: list[Field], used: str) -> None:
        """A blank that is asked for first looks unfinished: in a row in use, and in the first row of an empty table."""
        first, last, left = place.header_row, place.last_row - 1, place.left - 1
        asked = FIRST_ASKED.get(place.table.code, ())
        begins = used
        if asked:
            names = area(first + 1, place.left, place.room, 1, absolute=True)
            begins = f"OR({used},AND(ROW()={first + 1},COUNTA({names})=0))"
        ticks = [column_letters(c + 1) for c, field in enumerate(fields, left) if field.kind is Kind.TICK]
        for column, field in enumerate(fields, left):
            empty = f"LEN(TRIM({column_letters(column + 1)}{first + 1}))=0"
            if field.kind is Kind.TICK and asked:
                empty = f"COUNTA(${ticks[0]}{first + 1}:${ticks[-1]}{first + 1})=0"
                self._mark_unfinished(first, last, column, f"AND({begins},{empty})")
            elif field.required or field.code in asked:
                condition = begins if field.code in asked else used
                self._mark_unfinished(first, last, column, f"AND({condition},{empty})")

    def _mark_unfinished(self, first: int, last: int, column: int, condition: str) -> None:
        unfinished = self.formats(bg_color=style.UNFINISHED, bottom=4, bottom_color=style.ORANGE)
        what = {"type": "formula", "criteria": f"={condition}", "format": unfinished}
        self.sheet.conditional_format(first, column, last, column, what)

    def _colour(self, first: int, last: int, column: int, field: Field) -> None:
        """Influence and support: a colour and a sign in front of the word."""
        if field.kind is Kind.MONEY:
            self._show_cents(first, last, column)
        cell = f"${column_letters(column + 1)}{first + 1}"
        for term, (sign, ink, paper) in SIGNS.get(field.code, {}).items():
            shown = self.formats(font_color=ink, bg_color=paper, num_format=f'"{sign}"@')
            # either language's word: the colours stay when the workbook's language is switched
            either = ",".join(f'{cell}="{term.label.to(lang)}"' for lang in LANGUAGES)
            what = {"type": "formula", "criteria": f"=OR({either})", "format": shown}
            self.sheet.conditional_format(first, column, last, column, what)

    def _show_cents(self, first: int, last: int, column: int) -> None:
        """An amount that is not whole shows its cents."""
        cell = f"{column_letters(column + 1)}{first + 1}"
        what = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({cell}),{cell}<>INT({cell}))",
            "format": self.formats(num_format=style.CENTS),
        }
        self.sheet.conditional_format(first, column, last, column, what)

    def _validate(self, first: int, last: int, column: int, field: Field) -> None:
        rule = rule_of(field, self.lang, self.lists, self.places["contacts"])
        options = {**rule, **words_of(field, self.lang)}
        if self.sheet.data_validation(first, column, last, column, options):
            raise ValueError(f"the drop-down of {field.code} was refused")


def printed_lines(rows: Sequence[StageEvidence]) -> list[StageEvidence]:
    """The stage lines as printed: all sixteen in order, each with its answer; rows in an order of their own go first."""
    printed = [
        StageEvidence.model_construct(stage=stage, criterion=c)
        for stage, criteria in STAGE_CRITERIA.items()
        for c in criteria
    ]
    order = [(line.stage, line.criterion) for line in printed]
    given = [(row.stage, row.criterion) for row in rows]
    known = [order.index(pair) for pair in given if pair in order]
    if len(known) == len(given) and known == sorted(set(known)):
        answers = dict(zip(given, rows, strict=True))
        return [answers.get(pair, line) for pair, line in zip(order, printed, strict=True)]
    return [*rows, *(line for pair, line in zip(order, printed, strict=True) if pair not in given)]

"""The draft of a workbook: all that its sheets are written from, and the ways of writing that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, Any

from warmap.layout import TAB, Placement
from warmap.model import TABLES, WarMap
from warmap.rules import all_rules
from warmap.scores import all_scores
from warmap.settings import Settings
from warmap.terms import ProcurementStage, Term
from warmap.text import Lang, Text
from warmap.worksheet import Scalar
from warmap_workbook.computed import SCORE_ROW, SCORE_ROWS, Values, area
from warmap_workbook.writing.style import Formats

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

BORN = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # a fixed day, so that the same input gives the same bytes
CALC_ID = 191029  # Excel 2019's: a file with an older one is recalculated on load, and asks to be saved when closed
# What people enter may begin with "=" or look like a link or a number; it must stay the text that it is.
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
PICKLISTS: Sequence[type[Term]] = tuple(
    dict.fromkeys(field.enum for table in TABLES for field in table.fields if field.enum is not None)
)
"""The vocabularies, one in each column of the hidden sheet of lists."""
RULES_COLUMN = len(PICKLISTS) + 2  # of that sheet: the codes of the rules, how many up to each have an open flag,
SUBJECTS_COLUMN = RULES_COLUMN + 2  # and those that have one, with the people after them; then the scores, likewise
UNQUOTED = frozenset(
    {"lists", "snapshots", "marks"}
)  # sheets that formulas name without quotes in every template so far
NOT_FILLED = Text("（未填）", "(blank)")
Box = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


def new_book(stream: IO[bytes], title: str, about: str = "warmap") -> Workbook:
    """Begin a workbook; it is kept in memory until it is closed."""
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter tells no types
        def _prepare_formula(self, formula: str, *_: object) -> str:
            # XlsxWriter looks in each formula for forty functions of newer Excels, one by one, to put `_xlfn.` before
            # them: two thirds of the time that a workbook takes. Ours use none.
            return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    book = Workbook(stream, {"in_memory": True, **TEXT_STAYS_TEXT})
    book.worksheet_class = Sheet
    book.set_properties({"title": title, "created": BORN, "author": "warmap", "comments": about})
    book.set_calc_mode("auto", CALC_ID)
    book.calc_on_load = False
    return book


class _Result(str):
    """A text that XlsxWriter stores as the text result of a formula.

    It tries `float(value)` of an array formula's result, so that a person called 12 or Nan became a number, and looks
    the result of any other formula up among the error values.
    """

    __slots__ = ()
    __hash__ = str.__hash__

    def __float__(self) -> float:
        raise ValueError(str(self))

    def __eq__(self, other: object) -> bool:
        return not self.startswith("#") and str.__eq__(self, other)


def stored(value: Any) -> Any:
    """Wrap a result so that XlsxWriter stores it unchanged with its formula; None becomes ''."""
    return "" if value is None else _Result(value) if type(value) is str and value else value


@dataclass(frozen=True, slots=True)
class Draft:
    """The book that is being written, and what goes into it."""

    book: Workbook
    formats: Formats
    map: WarMap
    settings: Settings
    values: Values
    lang: Lang
    computed_on: date | None
    places: Mapping[str, Placement]

    def say(self, text: Text) -> str:
        """Say something in the language of the workbook."""
        return text.to(self.lang)

    def tab_name(self, tab: str) -> str:
        """The name on a tab."""
        return self.say(TAB[tab].name)

    def sheet(self, tab: str) -> Worksheet:
        """The worksheet of a tab."""
        found = self.book.get_worksheet_by_name(self.tab_name(tab))
        assert found is not None
        return found

    def cells(self, tab: str, row: int, column: int, rows: int = 1, columns: int = 1) -> str:
        """Cells (the first counted from 1) as a formula on another sheet names them."""
        sheet = self.tab_name(tab) if tab in UNQUOTED else f"'{self.tab_name(tab)}'"
        return f"{sheet}!{area(row, column, rows, columns, absolute=True)}"

    def define_name(self, name: str, tab: str, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """Give cells (the first counted from 1) a defined name."""
        self.book.define_name(name, f"={self.cells(tab, row, column, rows, columns)}")

    def picklist(self, terms: type[Term]) -> str:
        """The cells with the labels of a vocabulary."""
        return self.cells("lists", 2, PICKLISTS.index(terms) + 1, len(terms))

    def people(self) -> str:
        """The cells with the names of the people."""
        people = self.places["contacts"]
        return self.cells(people.tab.code, people.header_row + 1, people.left, people.room)

    def subjects(self) -> str:
        """The cells with what an action may be about: the rules with open flags, then the people."""
        return self.cells("lists", 2, SUBJECTS_COLUMN, len(all_rules()) + self.places["contacts"].room)

    def reviewed(self) -> str:
        """The cells with what a review may judge: the scores, then the people."""
        return self.cells("lists", 2, SUBJECTS_COLUMN + 1, len(all_scores()) + self.places["contacts"].room)

    def deal_cell(self, code: str) -> str:
        """The cell of a field on the Deal sheet."""
        place = self.places["deal"]
        codes = [field.code for field in place.table.fields]
        return self.cells("deal", place.header_row + 1 + codes.index(code), place.left + 1)

    def deal_value(self, code: str) -> str:
        """The value of a field on the Deal sheet in a formula, or a word that says it is blank."""
        cell = self.deal_cell(code)
        return f'IF({cell}="","{self.say(NOT_FILLED)}",{cell})'

    def score(self, code: str) -> Scalar:
        """The value of a score."""
        return self.values["wm_scores"][SCORE_ROWS[code] - SCORE_ROW][1]

    def earned_stage(self) -> tuple[str, str]:
        """The formula for the label of the stage earned, and that label now."""
        reached = self.score("stage_reached")
        assert isinstance(reached, float)
        label = self.say(list(ProcurementStage)[int(reached) - 1].label)
        return f"INDEX({self.picklist(ProcurementStage)},wm_score_stage_reached)", label

    def write_heads(self, sheet: Worksheet, row: int, column: int, texts: Sequence[Text], colour: str) -> None:
        """Write header cells side by side, from a cell (counted from 0) on."""
        for place, text in enumerate(texts, column):
            sheet.write_string(row, place, self.say(text), self.formats.header(colour))


def set_widths(sheet: Worksheet, first: int, widths: Sequence[float]) -> None:
    """Set the widths of columns side by side, from a column (counted from 0) on."""
    for column, width in enumerate(widths, first):
        sheet.set_column(column, column, width)


def format_if(sheet: Worksheet, box: Box, condition: str, look: Any, *, stop: bool = False) -> None:
    """Format cells where a condition, written for the first of them, is true; `stop` ends the rules there."""
    what = {"type": "formula", "criteria": f"={condition}", "format": look, **({"stop_if_true": True} if stop else {})}
    sheet.conditional_format(*box, what)


def write_value(sheet: Worksheet, row: int, column: int, value: object, look: Any = None) -> None:
    """Write a plain value; a blank becomes a formatted blank cell."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, str(value), look)


def write_result(
    sheet: Worksheet, row: int, first: int, last: int, formula: str, value: Scalar, look: Any, *, rows: int = 1
) -> None:
    """Write a formula with its true value into one cell or across merged ones."""
    if first != last or rows > 1:
        sheet.merge_range(row, first, row + rows - 1, last, "", look)
    sheet.write_formula(row, first, f"={formula}", look, stored(value))

"""What a macro wants done to an open workbook, as plain data: `Shell` carries it out, the tests read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from warmap_workbook.ooxml import parse_ref

PATH = "{path}"
Cell: TypeAlias = str | float | bool | date | None
"""What a macro writes into a cell: a text is written as that text, never as a formula; None empties the cell."""


@dataclass(frozen=True, slots=True)
class Write:
    """Values from a first cell on, row by row."""

    sheet: str
    cell: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """One cell's formula, with its equals sign; `is_array` for an array formula of that one cell."""

    sheet: str
    cell: str
    text: str
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to another cell of the workbook; it shows `words`.

    `is_replaced` says that a link stands there already and gives way; otherwise the link is a formula.
    """

    sheet: str
    cell: str
    to_sheet: str
    to_cell: str
    words: str
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class Messages:
    """The input and error messages of a range; `choices` are the words of a drop-down.

    What a cell accepts stays as it is; a cell without a rule gets none.
    """

    sheet: str
    cells: str
    title: str
    message: str
    error_title: str
    error_message: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartWords:
    """Words in the charts of a sheet (titles, names of series, axis formats, descriptions) for others; pairs (old, new)."""

    sheet: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Footer:
    """The left part of a printed page's foot, where it still is `old`."""

    sheet: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AddSheet:
    """A sheet of our own among the last ones, with column widths in characters; one that is there is emptied."""

    name: str
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameSheet:
    """A sheet's tab under another name; the program adapts formulas and defined names itself."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Edits of locked cells: unprotect the sheet, make them, protect it again.

    Where the sheet cannot be unprotected (a password of the user's), a needed one stops the macro, another is left out.
    """

    sheet: str
    edits: tuple[Edit, ...]
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Attempt:
    """Edits that may fail half-way. If they fail, `if_failed` follows; `afterwards` follows in any case."""

    edits: tuple[Edit, ...]
    afterwards: tuple[Edit, ...] = ()
    if_failed: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Remember:
    """The places that this round of the weekly update has led to; kept beside the workbook, not in it."""

    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """Go to a cell."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Recalculate:
    """Recalculate every formula, so that what is saved is true."""


@dataclass(frozen=True, slots=True)
class SaveCopy:
    """Save a copy without macros beside the workbook under this name (without its extension); the workbook stays open."""

    name: str


@dataclass(frozen=True, slots=True)
class SaveFile:
    """A file beside the workbook; `is_opened` opens it as a workbook, `is_shown` with the program that the computer has for it."""

    name: str
    content: bytes
    is_opened: bool = False
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class SaveFolder:
    """A new folder beside the workbook with these files."""

    name: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class ShowLog:
    """Open the log file and say `shown`; `missing` where nothing was ever written into it."""

    shown: str
    missing: str


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the user, in their language. With `names_path`, `PATH` in them becomes the file saved last."""

    words: str
    names_path: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question for the user; `macro` runs on Yes."""

    words: str
    macro: str


Edit: TypeAlias = (
    Write | Formula | Link | Messages | ChartWords | Footer | AddSheet | RenameSheet | Unlocked | Attempt | Remember
    | Select | Recalculate | SaveCopy | SaveFile | SaveFolder | ShowLog | Say | Ask
)  # fmt: skip
CHANGING = (Write, Formula, Link, Messages, ChartWords, Footer, AddSheet, RenameSheet)
"""The edits that change the workbook, and so empty Excel's list of steps to undo."""


def joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The same edits in the same order; single cells written one after another, each below the last, become one block."""
    block: list[Write] = []
    for one in edits:
        if block and not (isinstance(one, Write) and _is_below(one, block)):
            yield _as_one(block)
            block = []
        if isinstance(one, Write) and len(one.rows) == len(one.rows[0]) == 1:
            block.append(one)
        else:
            yield one
    if block:
        yield _as_one(block)


def _is_below(one: Write, block: Sequence[Write]) -> bool:
    (row, column), (top, left) = parse_ref(one.cell), parse_ref(block[0].cell)
    is_single = len(one.rows) == len(one.rows[0]) == 1
    return is_single and one.sheet == block[0].sheet and (row, column) == (top + len(block), left)


def _as_one(block: Sequence[Write]) -> Write:
    return replace(block[0], rows=tuple(one.rows[0] for one in block))


def every(edits: Iterable[Edit]) -> Iterator[Edit]:
    """All edits, nested ones included, in the order in which they are carried out."""
    for one in edits:
        yield one
        if isinstance(one, Unlocked | Attempt):
            yield from every(one.edits)
        if isinstance(one, Attempt):
            yield from every(one.afterwards)

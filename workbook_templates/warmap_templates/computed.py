"""The computed cells: which function stands where, with which arguments, and what it gives for a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warmap.assessment import Assessment
from warmap.functions import FUNCTIONS, Call, fit
from warmap.intake import column_letters
from warmap.model import TABLE
from warmap.layout import LANGUAGE_NAME, SETTINGS_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warmap.functions import Function, Scalar
    from warmap.model import WarMap
    from warmap.settings import Settings
    from warmap.text import Lang


@dataclass(frozen=True, slots=True)
class Block:
    """One call of a function: the tab, the first cell (from 1), the rows of an array (0 for a single value), its name.

    `last_row` is the first row of its last values on the hidden sheet.
    """

    function: Function
    tab: str
    row: int
    column: int
    rows: int
    name: str
    last_row: int

    @property
    def width(self) -> int:
        """Columns of the result."""
        return len(self.function.columns) or 1

    @property
    def reference(self) -> str:
        """The cells it fills, such as `B4:G63`."""
        return area(self.row, self.column, max(1, self.rows), self.width)

    @property
    def call(self) -> str:
        """The call as it stands in the formula."""
        return f"{self.function.shown_name}({','.join(self._arguments())})"

    def _arguments(self) -> list[str]:
        texts = []
        for argument in self.function.arguments:
            if argument.table:
                texts.append(f"wm_{argument.table}")
            else:
                texts.append({"settings": SETTINGS_NAME, "lang": LANGUAGE_NAME, "rows": str(self.rows)}[argument.name])
        return texts

    @property
    def formula(self) -> str:
        """The live value where the functions are there, the last one otherwise; a blank stays blank, never 0."""
        last = f"_last!{area(self.last_row, 1, max(1, self.rows), self.width, absolute=True)}"
        return f'IF(wm_live=1,{self.call},IF({last}="","",{last}))'


def area(row: int, column: int, rows: int, columns: int, *, absolute: bool = False) -> str:
    """`A1` or `A1:C5` from the first cell and the size."""
    mark = "$" if absolute else ""

    def cell(r: int, c: int) -> str:
        return f"{mark}{column_letters(c)}{mark}{r}"

    first, last = cell(row, column), cell(row + rows - 1, column + columns - 1)
    return first if first == last else f"{first}:{last}"


CONTACT_ROOM = TABLE["contacts"].about.room
FLAG_ROOM = 60
CHECKLIST_ROOM = 200

_PLAN: tuple[tuple[str, str, int, int, int, str], ...] = (
    # function, tab, row, column, rows, defined name
    ("ROLE_COVERAGE", "scoreboard", 6, 3, 0, "wm_score_role_coverage"),
    ("TRUST_SCORE", "scoreboard", 7, 3, 0, "wm_score_trust"),
    ("WIN_SCORE", "scoreboard", 8, 3, 0, "wm_score_win"),
    ("STAGE_REACHED", "scoreboard", 9, 3, 0, "wm_score_stage_reached"),
    ("ROLE_STATUS", "scoreboard", 13, 1, 4, "wm_role_status"),
    ("TRUST_PILLARS", "scoreboard", 20, 1, 4, "wm_trust_pillars"),
    ("NEXT_ACTIONS", "scoreboard", 27, 1, 10, "wm_next_actions"),
    ("STAGE_GATE", "scoreboard", 40, 1, 16, "wm_stage_gates"),
    ("RED_FLAGS", "red_flags", 5, 1, FLAG_ROOM, "wm_red_flags"),
    ("WIN_CHECKLIST", "checklist", 5, 1, CHECKLIST_ROOM, "wm_win_checklist"),
    ("CONTACT_STATUS", "status", 2, 1, CONTACT_ROOM, "wm_contact_status"),
)


def _blocks() -> tuple[Block, ...]:
    blocks, last = [], 2
    for function, tab, row, column, rows, name in _PLAN:
        blocks.append(Block(FUNCTIONS[function], tab, row, column, rows, name, last))
        last += max(1, rows)
    return tuple(blocks)


BLOCKS: tuple[Block, ...] = _blocks()
BLOCK = {block.name: block for block in BLOCKS}

Values = dict[str, "Sequence[Sequence[Scalar]]"]


def compute(
    war_map: WarMap, settings: Settings | None, lang: Lang, contact_rows: Sequence[int] | None = None
) -> Values:
    """The value of every computed block for a map, by defined name: rows of cells, blanks as empty texts.

    `contact_rows` are the places (from 0, below the header) of the contacts where they do not follow one another.
    """
    assessment = Assessment(war_map, settings)
    values: Values = {}
    for block in BLOCKS:
        function = block.function
        result = function.compute(Call(assessment, lang, contact_rows=contact_rows, height=block.rows or None))
        if isinstance(result, str | float | None):
            values[block.name] = [["" if result is None else result]]
        else:
            values[block.name] = fit(result, block.rows, lang, block.width)
    return values

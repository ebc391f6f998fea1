"""The computed cells: which function stands where, with which arguments, and what it gives for a map."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from warmap.findings import Finding
from warmap.judgement import judge
from warmap.layout import LANGUAGE_NAME, LIVE_NAME, SETTINGS_NAME
from warmap.model import TABLE, WarMap
from warmap.parsing import Place, column_letters
from warmap.scores import all_scores
from warmap.settings import Settings
from warmap.text import Lang
from warmap.worksheet import FUNCTIONS, Call, Function, Rows, answer
from warmap.worksheet.score_functions import words_for

SCORE_ROW = 6  # of the first score on the scoreboard
SCORE_ROWS = {code: row for row, code in enumerate(all_scores(), SCORE_ROW)}
BELOW_SCORES = SCORE_ROW + len(all_scores())
EXPLAINED = "wm_score_trust"  # the cell that the scoreboard explains
RULE_CELL = "$D$3"  # on the red-flag sheet, where a rule's code is typed
SOME_RULE = "RF101"  # looked up where nothing is flagged
PLAIN_ARGUMENTS = {"settings": SETTINGS_NAME, "lang": LANGUAGE_NAME, "cell": EXPLAINED, "code": RULE_CELL}
Values = Mapping[str, Rows]
# Each formula asks for itself whether the functions answer: a stored mark would still say so where they are missing. VERSION
# costs nothing there; `wm_live` is joined to it only so that whoever opens the file can have every result renewed through it.
MISSING = f"ISERROR(WARMAP.VERSION()&{LIVE_NAME})"


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
    def call(self) -> str:
        """The call as it stands in the formula."""
        texts = [
            argument.range_name if argument.table else PLAIN_ARGUMENTS.get(argument.name) or str(self.rows)
            for argument in self.function.arguments
        ]
        return f"{self.function.shown_name}({','.join(texts)})"

    @property
    def formula(self) -> str:
        """The live value where the functions are there, the last one otherwise; a blank stays blank, never 0."""
        last = f"_last!{area(self.last_row, 1, max(1, self.rows), self.width, absolute=True)}"
        return f'IF({MISSING},IF({last}="","",{last}),{self.call})'

    def value(self, call: Call) -> Rows:
        """The cells it shows for a call, blanks as empty texts."""
        result = answer(self.function, replace(call, height=self.rows or None))
        return [[result]] if isinstance(result, str | float | None) else result


def area(row: int, column: int, rows: int, columns: int, *, absolute: bool = False) -> str:
    """`A1` or `A1:C5` from the first cell and the size."""
    mark = "$" if absolute else ""

    def cell(r: int, c: int) -> str:
        return f"{mark}{column_letters(c)}{mark}{r}"

    first, last = cell(row, column), cell(row + rows - 1, column + columns - 1)
    return first if first == last else f"{first}:{last}"


_PLAN: tuple[tuple[str, str, int, int, int, str], ...] = (
    # function, tab, row, column, rows (0: a single value), defined name
    *(
        (function.name, "scoreboard", SCORE_ROWS[function.score], 3, 0, f"wm_score_{function.score}")
        for function in FUNCTIONS.values()
        if function.score
    ),
    ("WHY", "scoreboard", BELOW_SCORES + 1, 2, 0, "wm_why"),
    ("HEALTH_WHY", "scoreboard", BELOW_SCORES + 5, 1, 21, "wm_health_why"),
    ("ROLE_STATUS", "scoreboard", BELOW_SCORES + 28, 1, 4, "wm_role_status"),
    ("TRUST_PILLARS", "scoreboard", BELOW_SCORES + 35, 1, 4, "wm_trust_pillars"),
    ("POWER_MAP", "scoreboard", BELOW_SCORES + 42, 1, 3, "wm_power_map"),
    ("NEXT_ACTIONS", "scoreboard", BELOW_SCORES + 48, 1, 10, "wm_next_actions"),
    ("STAGE_GATE", "scoreboard", BELOW_SCORES + 61, 1, 16, "wm_stage_gates"),
    ("NEEDS", "scoreboard", BELOW_SCORES + 80, 1, 12, "wm_needs_view"),
    ("COMPETITION", "scoreboard", BELOW_SCORES + 95, 1, 12, "wm_competition_view"),
    ("IDEAL_FIT", "scoreboard", BELOW_SCORES + 110, 1, 1, "wm_fit_view"),
    ("NEGOTIATION", "scoreboard", BELOW_SCORES + 114, 1, 7, "wm_negotiation_view"),
    ("ACCOUNT", "scoreboard", BELOW_SCORES + 125, 1, 6, "wm_account_view"),
    ("DECISION_CHAIN", "scoreboard", BELOW_SCORES + 135, 1, 10, "wm_decision_chain"),
    ("CONTACT_MATRIX", "scoreboard", BELOW_SCORES + 149, 1, 6, "wm_contact_matrix"),
    ("RED_FLAGS", "red_flags", 5, 1, 60, "wm_red_flags"),
    ("RULE", "red_flags", 3, 5, 0, "wm_rule"),
    ("CHECK", "check", 5, 1, 60, "wm_check"),
    ("WIN_CHECKLIST", "checklist", 5, 1, 200, "wm_win_checklist"),
    ("WHAT_CHANGED", "history", 16, 1, 20, "wm_what_changed"),
    ("CONTACT_STATUS", "status", 2, 1, TABLE["contacts"].about.room, "wm_contact_status"),
    ("SCORES", "status", 2, 6, len(all_scores()), "wm_scores"),
    ("THIS_WEEK", "status", 2, 17, 36, "wm_this_week"),
    ("OPEN_ACTIONS", "status", 18, 11, 6, "wm_open_actions"),
    ("REVIEW", "status", 2, 22, 40, "wm_review"),
    ("ORG_MAP", "relationships", 6, 1, 72, "wm_org_map"),
)


def _blocks() -> Iterator[Block]:
    last = 2
    for function, tab, row, column, rows, name in _PLAN:
        yield Block(FUNCTIONS[function], tab, row, column, rows, name, last)
        last += max(1, rows)


BLOCKS = tuple(_blocks())
BLOCK = {block.name: block for block in BLOCKS}


def rule_shown(values: Values) -> str:
    """The code that a new workbook looks up: that of its first flag, for another one would read as if it were raised."""
    return str(values["wm_red_flags"][0][1]) or SOME_RULE


def compute(
    war_map: WarMap, settings: Settings | None, lang: Lang, contact_rows: Sequence[int] | None = None,
    findings: Sequence[Finding] | None = None, places: Mapping[str, Place] | None = None, looked_up: str = "",
) -> dict[str, Rows]:  # fmt: skip
    """The value of every computed block for a map, by defined name: rows of cells, blanks as empty texts.

    `contact_rows` are the places (from 0, below the header) of the contacts where they do not follow one another;
    `findings` (all of them, those between the rows too) and `places` are those of the workbook the map was read from
    (default: as a workbook made of the map). `looked_up` is the code in the cell that looks up a rule.
    """
    judgement = judge(war_map, settings)
    told = None if findings is None else lambda: findings
    call = Call(judgement, lang, {}, contact_rows, None, told, places)
    values = {block.name: block.value(call) for block in BLOCKS if block.name not in {"wm_why", "wm_rule"}}
    values["wm_rule"] = BLOCK["wm_rule"].value(replace(call, words={"code": looked_up or rule_shown(values)}))
    # WHY itself reads the formula of a cell, which only a host has; what it would say of that cell is known here.
    explained = BLOCK[EXPLAINED].function
    values["wm_why"] = [[words_for(explained, values[EXPLAINED][0][0], lang, judgement)]]
    return values

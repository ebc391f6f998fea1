"""What a worksheet function declares about itself; wrappers, help and docs of every host are generated from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from warmap.earlier import Earlier, Newest, newest_of
from warmap.findings import Finding
from warmap.history import LABEL
from warmap.judgement import Judgement
from warmap.model import TABLE
from warmap.parsing import Place
from warmap.text import Lang, Text

Scalar = str | float | None
Rows = Sequence[Sequence[Scalar]]


@dataclass(frozen=True, slots=True)
class Call:
    """What a function works on: the judged map, the language of the answer, and its plain arguments by name.

    `contact_rows` gives, for each contact, its place (from 0) below the header of the range it came from. `findings`
    gives those about the ranges and what stands in them, `places` where the tables stand; both None for a map that came
    from no range: then it stands where the workbook lays it out. `newest` are the newest snapshots where they came from
    a range of their own (empty where it was not given); None for those of the map.
    """

    judgement: Judgement
    lang: Lang
    words: Mapping[str, object] = field(default_factory=dict)
    contact_rows: Sequence[int] | None = None
    height: int | None = None
    findings: Callable[[], Sequence[Finding]] | None = None
    places: Mapping[str, Place] | None = None
    newest: Newest | None = None

    @property
    def before(self) -> Earlier | None:
        """The map as the newest snapshot holds it that differs from it; None where there is none."""
        snapshots = newest_of(self.judgement) if self.newest is None else self.newest
        return snapshots.before(self.judgement)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: a table (with its code), or a plain value; texts are at most 255 characters for Excel."""

    name: str
    help: Text
    table: str = ""
    required: bool = False
    is_cell: bool = False

    @property
    def range_name(self) -> str:
        """The defined name of its table in the workbook; of the history, the columns a function needs."""
        return SNAPSHOT_MARKS_NAME if self.table == SNAPSHOTS else f"wm_{self.table}"


@dataclass(frozen=True, slots=True)
class Function:
    """One worksheet function, shown as `WARMAP.` and its name.

    `columns` are the headings of an array result (empty for a single value); the array itself carries no heading.
    `score` is the code of the score it shows, `shown_with` the arguments of its example where they are not its first tables.
    `earlier` are the arguments that workbooks of the first template give it, where these are others.
    """

    name: str
    help: Text
    arguments: tuple[Argument, ...]
    result: Text
    compute: Callable[[Call], Scalar | Rows]
    columns: tuple[Text, ...] = ()
    score: str = ""
    shown_with: str | None = None
    earlier: tuple[Argument, ...] = ()

    @property
    def shown_name(self) -> str:
        """The name as a formula writes it."""
        return f"WARMAP.{self.name}"

    @property
    def example(self) -> str:
        """A formula that calls it, with no more than its first four tables: the rest may be left out."""
        tables = (argument.range_name for argument in self.arguments[:4] if argument.table)
        return f"={self.shown_name}({','.join(tables) if self.shown_with is None else self.shown_with})"

    @property
    def description(self) -> Text:
        """The help, what it gives and an example, as the hosts show them beside each other."""
        return Text(
            f"{self.help.zh}。结果：{self.result.zh}。例：{self.example}",
            f"{self.help.en}. Result: {self.result.en}. Example: {self.example}",
        )

    @property
    def tables(self) -> tuple[str, ...]:
        """Codes of the tables it works on, in order; what it may compare them with is none of these."""
        return tuple(a.table for a in self.arguments if a.table and a is not NEWEST)


SETTINGS = Argument(
    "settings", Text("可选：设置表（两列：代码、数值）", "Optional: the settings table (two columns: code, value)")
)
LANG = Argument(
    "lang", Text("可选：zh 或 en；默认用表头的语言", "Optional: zh or en; by default the language of the headers")
)
ROWS = Argument(
    "rows",
    Text(
        "可选：结果固定为几行，不足补空，超出时末行说明",
        "Optional: fixed number of rows; padded, and the last row says how many more",
    ),
)
NEWEST = Argument(
    "newest_snapshots",
    Text("可选：隐藏的“_history”表最上面的几行，连同表头", "Optional: the top rows of the hidden sheet “_history” with their header"),
    "newest_snapshots",
)  # fmt: skip


def table_arguments(*codes: str, required: int = 1) -> tuple[Argument, ...]:
    """Arguments for tables, under the names the specification uses; the first `required` must be given."""
    found = []
    for place, code in enumerate(codes):
        label = LABEL if code == SNAPSHOTS else TABLE[code].label
        text = Text(f"“{label.zh}”表，连同表头", f"The table “{label.en}” with its header row")
        found.append(Argument(ARGUMENT_NAMES.get(code, code), text, code, required=place < required))
    return tuple(found)


def arguments(*codes: str, required: int = 1, rows: bool = True) -> tuple[Argument, ...]:
    """The tables, then the settings, the language and, of an array, the number of rows."""
    return (*table_arguments(*codes, required=required), SETTINGS, LANG, *([ROWS] if rows else []))


SNAPSHOTS = "snapshots"
SNAPSHOT_MARKS_NAME = "wm_snapshot_marks"
ARGUMENT_NAMES: Mapping[str, str] = {"stage_evidence": "stages"}

FLAG_TABLES = (
    "deal", "contacts", "trust", "wins", "stage_evidence", "needs", "competition", "negotiation", "objections",
    "visits", "actions", "strengths", "ideal_customer", "resources",
)  # fmt: skip
ALL_TABLES = (*FLAG_TABLES, "profile", "org_units", "swot", "reviews", SNAPSHOTS)
MORE_ROWS = Text("… 还有 {more} 行", "… {more} more rows")
LONGEST_SHOWN = 1000  # characters of a computed cell: entries are quoted, not repeated whole


def cell(value: float | None) -> Scalar:
    """A figure as a cell shows it: empty where it is not assessed."""
    return "" if value is None else float(value)


def _shown(row: Sequence[Scalar]) -> list[Scalar]:
    return [
        cell[: LONGEST_SHOWN - 1] + "…" if isinstance(cell, str) and len(cell) > LONGEST_SHOWN else cell for cell in row
    ]


def fit(rows: Rows, height: int | None, lang: Lang, width: int) -> list[list[Scalar]]:
    """Rows padded with blanks to a fixed height; where they are too many, the last row says how many more there are."""
    result = [_shown(row) + [""] * (width - len(row)) for row in rows]
    if height is None:
        return result or [[""] * width]
    if len(result) > height:
        more = len(result) - height + 1
        note = MORE_ROWS.say(lang, {"more": more})
        result = [*result[: height - 1], [note, *[""] * (width - 1)]]
    return result + [[""] * width for _ in range(height - len(result))]


def answer(function: Function, call: Call) -> Scalar | Rows:
    """The value of a function: a number, a text (empty where not assessed), or rows of such, of the height asked for."""
    result = function.compute(call)
    if function.columns:
        assert not isinstance(result, str | float | None)
        return fit(result, call.height, call.lang, len(function.columns))
    return "" if result is None else result

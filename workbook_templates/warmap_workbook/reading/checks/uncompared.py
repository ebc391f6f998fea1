"""DV307: what could not be compared because the template's marks are gone, and what stands where a score should be.

Without the names the cells of the scores are found by their labels: beside them on the scoreboard, above them on the
front page.
"""

from collections.abc import Iterator
from typing import NamedTuple

from warmap.findings import Finding
from warmap.judgement import Judgement
from warmap.parsing.entered import shown
from warmap.scores import Value as ScoreValue
from warmap.scores import all_scores
from warmap.terms import Term
from warmap.text import LANGUAGES, SEMICOLON, Lang, Text, joined
from warmap.worksheet import Scalar
from warmap.worksheet.declaration import ALL_TABLES, table_arguments
from warmap_workbook.ooxml import ErrorValue, Sheet, Value, cell_name
from warmap_workbook.reading.checks.stored_results import same
from warmap_workbook.reading.checks.tamper import FormulaCheck

FORMULAS, RESULTS = Text("公式", "Formulas"), Text("存的结果", "Stored results")
BOTH = Text("公式和存的结果", "Formulas and stored results")
VALUES_ONLY = Text(
    "模板的标记没有了，表里只有数值，没有公式",
    "the template's marks are gone, and the sheets hold values without formulas",
)
NAMES_LOST = Text(
    "模板的定义名称没有了或已失效（{count} 个）", "the template's defined names are gone or lead nowhere ({count})"
)
SHOWN = Text(
    "{sheet} {cell}（{score}）是“{found}”，重新计算得“{expected}”",
    "{sheet} {cell} ({score}) shows “{found}”, recomputed “{expected}”",
)
AGREES = Text("表上能找到的得分与重新计算的一致", "the scores found on the sheets agree with the recomputed ones")
NONE_FOUND = Text("表上没有找到得分", "no scores were found on the sheets")
MORE = Text("另有 {count} 处", "and {count} more")
NOT_ASSESSED = Text("未评估", "not assessed")
BLANK = Text("空白", "blank")
MOST_NAMED = 5
BESIDE, BELOW = (0, 2), (1, 0)  # where the figure stands, seen from its label: on the scoreboard, on the front page
NEEDED = frozenset(argument.range_name.casefold() for argument in table_arguments(*ALL_TABLES))


class ScoreCell(NamedTuple):
    """Where a score is shown, what stands there, and what it comes to."""

    sheet: Sheet
    row: int
    column: int
    code: str
    found: Value | None
    expected: Scalar


def not_compared(formulas: FormulaCheck, judgement: Judgement, lang: Lang, *, is_present: bool) -> Iterator[Finding]:
    """One finding for the book; none where everything could be compared."""
    if is_present and not formulas.unsure and not NEEDED & set(formulas.lost_names):
        return
    cells = list(_score_cells(formulas, judgement, lang))
    wrong = [cell for cell in cells if not _agrees(cell)]
    told = [_said(cell) for cell in wrong[:MOST_NAMED]] or [AGREES if cells else NONE_FOUND]
    if len(wrong) > MOST_NAMED:
        told.append(MORE.filled(count=len(wrong) - MOST_NAMED))
    if is_present:
        what = BOTH if formulas.unsure else RESULTS
        why = NAMES_LOST.filled(count=len(formulas.lost_names))
    else:
        what, why = BOTH, VALUES_ONLY
    facts = {
        "what": what,
        "why": why,
        "shown": joined(told, SEMICOLON),
    }
    first = wrong[0] if wrong else None
    where = (first.sheet.name, cell_name(first.row, first.column)) if first else ("", "")
    yield Finding("DV307", *where, facts=facts)


def _score_cells(formulas: FormulaCheck, judgement: Judgement, lang: Lang) -> Iterator[ScoreCell]:
    """The cells beside and below the labels of scores, the first of each label on a sheet."""
    for tab, (down, right) in (("scoreboard", BESIDE), ("home", BELOW)):
        sheet = formulas.sheets.get(tab)
        seen: set[str] = set()
        for row, cells in sorted(sheet.rows.items()) if sheet else ():
            for column, value in sorted(cells.items()):
                code = LABELS.get(value.removesuffix("▸").strip()) if isinstance(value, str) else None
                if sheet is None or code is None or code in seen:
                    continue
                seen.add(code)
                at = (row + down, column + right)
                yield ScoreCell(sheet, *at, code, sheet.value(*at), _as_shown(judgement.scores[code], lang))


def _as_shown(value: ScoreValue, lang: Lang) -> Scalar:
    """A score as its cell shows it: a word in the language of the results, blank where it is not assessed."""
    return value.label.to(lang) if isinstance(value, Term) else "" if value is None else float(value)


def _agrees(cell: ScoreCell) -> bool:
    """Whether the score shown is the one recomputed, rounded or not; an error, a blank or a word for "none" is no other."""
    found = cell.found
    if found is None or isinstance(found, ErrorValue) or (isinstance(found, str) and found in NO_SCORE):
        return True
    if isinstance(found, float) and isinstance(cell.expected, int | float):
        return any(same(found, value) for value in (cell.expected, *(round(cell.expected, n) for n in range(5))))
    return same(found, cell.expected)


def _said(cell: ScoreCell) -> Text:
    return SHOWN.filled(
        sheet=cell.sheet.name, cell=cell_name(cell.row, cell.column), score=all_scores()[cell.code].name,
        found=_value(cell.found), expected=_value(cell.expected),
    )  # fmt: skip


def _value(value: object) -> object:
    return BLANK if value in (None, "") else value if isinstance(value, float) else shown(value)


LABELS = {score.name.to(lang): score.code for score in all_scores().values() for lang in LANGUAGES}
NO_SCORE = frozenset({"", "–", NOT_ASSESSED.zh, NOT_ASSESSED.en})

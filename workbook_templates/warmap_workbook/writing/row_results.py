"""The results beside the rows of an input table: some stand before the row's name, in sight wherever one scrolls.

Each looks up what belongs to its row by the row's place or content and is the same formula in every row, so that rows may
be sorted, inserted and deleted. No array can stand there: Excel refuses to insert a row into the middle of one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from warmap.layout import TAB, Placement
from warmap.terms import WIN_CRITERIA, StageCriterion, WinStatus
from warmap.text import Text
from warmap.worksheet import Scalar
from warmap_workbook.computed import BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import Draft, format_if, stored
from warmap_workbook.writing.input_cells import printed_lines
from warmap_workbook.writing.pages import ResultRows, print_rows

HEAD = Text("自动计算", "Computed")
CRITERIA_NAME = "wm_win_criteria"  # the criteria above the wins table: a row a role, its label first
NOT_KNOWN_YET = Text("还没问清的标准", "Criteria not known yet")
NUMBERS = "①②③④⑤⑥"
# The cell (from 0) that says when more stands below the print area.
OVERFLOW_AT = {"people": (2, 11), "wins": (2, 3), "review": (2, 3)}
GAP_BEFORE, GAP_AFTER = 1, 2  # the widths of the columns left free between the results and their table


@dataclass(frozen=True, slots=True)
class RowResult:
    """One computed column: its head, width, formula, and the values of the rows from the first on."""

    head: Text
    width: float
    formula: str
    values: Sequence[Scalar]
    num_format: str = style.NUMBER
    is_before: bool = False


def results_of(draft: Draft, tab: str) -> Mapping[int, RowResult]:
    """The results beside the rows of a tab's table, by column from 0."""
    if tab not in _RESULTS:
        return {}
    place = _place(draft, tab)
    found = _RESULTS[tab](draft, place)
    before = [one for one in found if one.is_before]
    after = [one for one in found if not one.is_before]
    return {**dict(enumerate(before)), **dict(enumerate(after, place.left + place.width))}


def widths_beside(draft: Draft, tab: str) -> dict[int, float]:
    """The widths of the columns with the results and of those left free, by column from 0."""
    results, place = results_of(draft, tab), _place(draft, tab)
    widths = {column: one.width for column, one in results.items()}
    if any(one.is_before for one in results.values()):
        widths[place.left - 2] = GAP_BEFORE
    if any(not one.is_before for one in results.values()):
        widths[place.left + place.width - 1] = GAP_AFTER
    return widths


def lines_beside(draft: Draft, tab: str) -> list[int]:
    """The number of lines that the results beside each row take."""
    letters = style.LETTERS[draft.lang]
    results = results_of(draft, tab).values()
    columns = [[style.lines_of(str(value), one.width * letters) for value in one.values] for one in results]
    return [max(lines) for lines in zip(*columns, strict=True)]


def write_row_results(draft: Draft, tab: str) -> None:
    """Write the results beside the rows of a tab's table, with their heads."""
    sheet, place, results = draft.sheet(tab), _place(draft, tab), results_of(draft, tab)
    first = place.header_row
    name = f"${area(first + 1, place.left, 1, 1)}"
    used = draft.formats.conditional(bg_color=style.TEAL_PALE)
    head = draft.formats(bold=True, font_color=style.TEAL)
    for column, width in widths_beside(draft, tab).items():
        sheet.set_column(column, column, width)
    for column, one in results.items():
        if column - 1 not in results:
            sheet.write_string(first - 2, column, draft.say(HEAD), head)
        draft.write_heads(sheet, first - 1, column, (one.head,), style.TEAL)
        look = draft.formats(num_format=one.num_format, **style.TOP_WRAPPED)
        for row, value in enumerate(one.values, first):
            sheet.write_formula(row, column, f"={one.formula}", look, stored(value))
        format_if(sheet, (first, column, first + len(one.values) - 1, column), f"LEN(TRIM({name}))>0", used)
    if tab in OVERFLOW_AT:
        in_use = len(getattr(draft.map, place.table.code))
        rows = max(len(one.values) for one in results.values())
        width = max(*results, place.left + place.width - 2) + 1
        print_rows(draft, tab, ResultRows(first + 1, rows, in_use, width, place.left), OVERFLOW_AT[tab])


def _place(draft: Draft, tab: str) -> Placement:
    return draft.places[TAB[tab].tables[0]]


def _row(place: Placement) -> str:
    """The place of a row below the header, from 1, as a formula beside it counts it."""
    return f"ROW()-ROW({area(place.header_row, place.left, 1, 1, absolute=True)})"


def _looked_up(
    name: str, widths: Sequence[float], formats: Mapping[int, str]
) -> Callable[[Draft, Placement], list[RowResult]]:
    """Results looked up in an array, row by row; of its columns the first stand beside the rows, as wide as `widths` says."""

    def results(draft: Draft, place: Placement) -> list[RowResult]:
        return [
            RowResult(
                head, width, f'IFERROR(INDEX({name},{_row(place)},{column + 1}),"")',
                [cells[column] for cells in draft.values[name]], formats.get(column, style.NUMBER),
            )
            for column, (head, width) in enumerate(zip(BLOCK[name].function.columns, widths, strict=False))
        ]  # fmt: skip

    return results


def _of_people(draft: Draft, place: Placement) -> list[RowResult]:
    """The suggested step and the open flags before the name; engagement and trust after the table."""
    look_up = _looked_up("wm_contact_status", (11, 9, 9, 36), {0: style.PERCENT, 1: style.SCORE})
    engagement, trust, flags, step = look_up(draft, place)
    return [replace(step, is_before=True), replace(flags, is_before=True), engagement, trust]


def _of_wins(draft: Draft, place: Placement) -> list[RowResult]:
    """The criteria that are blank or not known, by the names that they have for the role of the row."""
    codes = [field.code for field in place.table.fields]
    unknown = f"INDEX({draft.picklist(WinStatus)},{list(WinStatus).index(WinStatus.UNKNOWN) + 1})"
    row = f"{_row(place)}+1"
    role = f"INDEX({place.name},{row},{codes.index('role') + 1})"
    line = f"MATCH({role},INDEX({CRITERIA_NAME},0,1),0)"
    named = []
    for number, sign in enumerate(NUMBERS, 1):
        status = f"INDEX({place.name},{row},{codes.index(f'statuses.{number}') + 1})"
        name = f'" {sign}"&INDEX({CRITERIA_NAME},{line},{number + 1})'
        named.append(f'IF(OR(LEN({status})=0,{status}={unknown}),{name},"")')
    blank = [
        "".join(
            f" {sign}{draft.say(criterion.label)}"
            for sign, criterion in zip(NUMBERS, WIN_CRITERIA[win.role], strict=True)
            if win.statuses.get(criterion, WinStatus.UNKNOWN) is WinStatus.UNKNOWN
        )
        if win.role
        else ""
        for win in draft.map.wins
    ]
    values = [*blank, *[""] * (place.room - len(blank))]
    return [RowResult(NOT_KNOWN_YET, 34, f'IFERROR({"&".join(named)},"")', values, is_before=True)]


def _of_stages(draft: Draft, place: Placement) -> list[RowResult]:
    """What STAGE_GATE says of the criterion in the row, whatever the order of the rows.

    Its place is that in the list of the criteria, for in LibreOffice 7.4 no text is equal to one in an add-in's array.
    """
    codes = [field.code for field in place.table.fields]
    criterion = f"INDEX({place.name},{_row(place)}+1,{codes.index('criterion') + 1})"
    gates = draft.values["wm_stage_gates"]
    by_label = {cells[1]: cells for cells in gates}
    printed = [
        draft.say(row.criterion.label) if row.criterion else "" for row in printed_lines(draft.map.stage_evidence)
    ]
    heads = BLOCK["wm_stage_gates"].function.columns
    return [
        RowResult(
            heads[column], width,
            f'IFERROR(INDEX(wm_stage_gates,MATCH({criterion},{draft.picklist(StageCriterion)},0),{column + 1}),"")',
            [by_label[label][column] if label in by_label else "" for label in printed],
        )
        for column, width in ((3, 11), (4, 38))
    ]  # fmt: skip


_RESULTS: Mapping[str, Callable[[Draft, Placement], list[RowResult]]] = {
    "people": _of_people,
    "wins": _of_wins,
    "stages": _of_stages,
    "review": _looked_up("wm_review", (16, 11, 10), {1: "[>1]0.0;0.00", 2: '[>0]+0.0;[<0]"−"0.0;0'}),
}

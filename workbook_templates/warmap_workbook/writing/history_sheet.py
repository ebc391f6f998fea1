"""The history: what changed since the last snapshot in words, lines, and the snapshots as a table, the newest first.

The table and the lines stand on the figures that are written beside the snapshots on the hidden sheet.
"""

from __future__ import annotations

from typing import Any

from warmap.earlier import MOST_SHOWN, SHOWN, SHOWN_AT, sheet_rows
from warmap.scores import all_scores
from warmap.scrutiny import MARK
from warmap.terms import HealthBand, HealthComponent
from warmap.text import Text
from warmap.worksheet.score_functions import BAND_SIGN
from warmap_workbook.computed import BLOCK, SCORE_ROW, SCORE_ROWS, area
from warmap_workbook.writing import style
from warmap_workbook.writing.charts import SMALL, TITLE_FONT
from warmap_workbook.writing.computed_sheets import NUMBER_FORMAT, set_heights, write_array
from warmap_workbook.writing.draft import Draft, format_if, set_widths, stored, write_value
from warmap_workbook.writing.pages import page

TAB = "history"
WIDTHS = (11, 20, 13, 20, 20, 32, *[9] * 7)
CHANGED = Text("上次快照以来改了什么：带 ▲ 的先看", "What changed since the last snapshot: look at ▲ first")
NEWEST_TITLE = Text("现在，和最近的几份快照", "The map now, and the newest snapshots")
OLDER_TITLE = Text(
    "更早的快照（共列出最近的 {most} 份）", "Older snapshots (the newest {most} are listed in all)"
).filled(most=MOST_SHOWN)
NEWEST = 6  # snapshots at the top; with what changed below them they fit the first screen, the older ones do not
NOW = Text("现在", "now")
HEADS = (Text("日期", "Date"), Text("谁", "By"), *(all_scores()[code].name for code in SHOWN))
HEIGHTS = (66, 26)  # at least, of the row that tells of all scores that moved, and of the others
HEAD_HEIGHT, LINE_HEIGHT = 30, 15  # of the table
CHANGE_HEAD_HEIGHT = 18
DRAWN = Text("历次快照的得分", "Scores by snapshot")
LINES = {  # scores that are 0 … 100: colour, dash and mark, so that the lines are told apart in grey
    "health": (style.NAVY, "solid", "circle"),
    "health_base": (style.PALE_INK, "dash", "none"),
    "plan_quality": (style.TEAL, "solid", "square"),
    "trust": (style.ORANGE, "round_dot", "diamond"),
}
CHART_COLUMN, CHART_SIZE = 6, {"width": 456, "height": 360}


def write_history_sheet(draft: Draft) -> None:
    """Write the sheet: the newest snapshots, the changes with the lines beside them, and below the older snapshots."""
    sheet, block = page(draft, TAB), BLOCK["wm_what_changed"]
    set_widths(sheet, 0, WIDTHS)
    heading, below = draft.formats(bold=True, font_size=12, font_color=style.TEAL), block.row + block.rows
    for row, text in ((3, NEWEST_TITLE), (block.row - 3, CHANGED), (below, OLDER_TITLE)):
        sheet.write_string(row, 0, draft.say(text), heading)
    _table(draft, 4, range(NEWEST))
    marked = draft.formats.conditional(bg_color=style.ORANGE_PALE, bold=True)
    box = (block.row - 1, 0, block.row + block.rows - 2, block.width - 1)
    format_if(sheet, box, f'LEFT(${area(block.row, block.width, 1, 1)},1)="{MARK}"', marked, stop=True)
    write_array(draft, block)
    set_heights(draft, block, WIDTHS, HEIGHTS)
    sheet.set_row(block.row - 2, CHANGE_HEAD_HEIGHT)
    where = {"object_position": 2, "x_offset": 8, "description": draft.say(DRAWN)}
    sheet.insert_chart(block.row - 1, CHART_COLUMN, _lines(draft), where)
    _table(draft, below + 1, range(NEWEST, MOST_SHOWN))
    sheet.freeze_panes(3, 0)
    sheet.print_area(0, 0, below + 1 + MOST_SHOWN - NEWEST, len(WIDTHS) - 1)


def _table(draft: Draft, top: int, places: range) -> None:
    """Write snapshots by their places (from 0) as a table, its heads in a row (from 0); before the first the map now."""
    sheet, first = draft.sheet(TAB), top + 1
    draft.write_heads(sheet, top, 0, HEADS, style.TEAL)
    sheet.set_row(top, HEAD_HEIGHT)
    plain = draft.formats.computed(valign="vcenter")
    if 0 in places:
        sheet.write_string(first, 0, draft.say(NOW), draft.formats.computed(bold=True))
        sheet.write_blank(first, 1, None, plain)
        first += 1
    for row in range(top + 1, first + len(places)):
        sheet.set_row(row, LINE_HEIGHT)
    kept = [row[SHOWN_AT:] for row in sheet_rows(draft.map.snapshots, draft.settings)[1:][places.start : places.stop]]
    for column in range(len(HEADS)):
        look = plain if column < 2 else _look(draft, SHOWN[column - 2])
        words = _words(draft, column)
        values = [words.get(row[column], row[column]) for row in kept]
        _column(draft, (first, column), places, values, words, look)
        if column > 1 and 0 in places:
            _now(draft, (top + 1, column), SHOWN[column - 2], look)


def _now(draft: Draft, at: tuple[int, int], code: str, look: Any) -> None:
    """Write a score of the map as it stands, a band with its sign."""
    shown = now = f"INDEX(wm_scores,{SCORE_ROWS[code] - SCORE_ROW + 1},2)"
    value = draft.score(code)
    for band, sign in BAND_SIGN.items() if code == "band" else ():
        label = draft.say(band.label)
        # LEFT: in LibreOffice 7.4 a text out of an array result of an add-in is equal to no other text as it stands
        shown = f'IF(LEFT({now},99)="{label}","{sign} {label}",{shown})'
        value = f"{sign} {label}" if value == label else value
    row, column = at
    draft.sheet(TAB).write_formula(row, column, f'=IF(LEN({now})=0,"",{shown})', look, stored(value))


def _column(
    draft: Draft,
    at: tuple[int, int],
    places: range,
    values: list[float | str],
    words: dict[float | str, str],
    look: Any,
) -> None:
    """Write a column of the table, from a cell (from 0) on: what stands on the hidden sheet, codes by their words.

    Figures are one array, as all results: LibreOffice trusts the stored value of any other formula when it loads a file.
    Words are not: Excel lets Switch language put no array formula longer than 255 characters.
    """
    sheet, (first, column), rows = draft.sheet(TAB), at, len(places)
    values = [*values, *[""] * (rows - len(values))]
    if not words:
        source = _kept(draft, column, places.start, rows)
        formula = f'{{=IF(LEN({source})=0,"",{source})}}'
        sheet.write_array_formula(first, column, first + rows - 1, column, formula, look, stored(values[0]))
    for place, value in enumerate(values):
        if words:
            shown = source = _kept(draft, column, places[place])
            for code, word in words.items():
                shown = f'IF({source}="{code}","{word}",{shown})'
            sheet.write_formula(first + place, column, f'=IF(LEN({source})=0,"",{shown})', look, stored(value))
        elif place:
            write_value(sheet, first + place, column, value, look)


def _kept(draft: Draft, column: int, place: int, rows: int = 1) -> str:
    """Cells of a column of the table on the hidden sheet."""
    return draft.cells("snapshots", 2 + place, SHOWN_AT + 1 + column, rows)


def _look(draft: Draft, code: str) -> Any:
    num_format = NUMBER_FORMAT.get(all_scores()[code].kind, style.SCORE)
    return draft.formats.computed(align="center", valign="vcenter", num_format=num_format)


def _words(draft: Draft, column: int) -> dict[float | str, str]:
    """The labels of the codes in a column of the table."""
    code = SHOWN[column - 2] if column > 1 else ""
    if code == "band":
        return {band.value: f"{BAND_SIGN[band]} {draft.say(band.label)}" for band in HealthBand}
    return {part.value: draft.say(part.label) for part in HealthComponent} if code == "weakest_link" else {}


def _lines(draft: Draft) -> Any:
    chart = draft.book.add_chart({"type": "line"})
    assert chart is not None
    chart.set_title({"name": draft.say(DRAWN), "name_font": TITLE_FONT})
    chart.set_size(CHART_SIZE)
    for code, (colour, dash, mark) in LINES.items():
        column = SHOWN_AT + 2 + SHOWN.index(code)
        line = {"color": colour, "dash_type": dash, "width": 2 if dash == "solid" else 1.5}
        marker = {"type": mark, "size": 6, "fill": {"color": colour}, "border": {"color": colour}}
        days, figures = ([draft.tab_name("snapshots"), 1, at, MOST_SHOWN, at] for at in (SHOWN_AT, column))
        name = draft.say(all_scores()[code].name)
        chart.add_series({"name": name, "categories": days, "values": figures, "line": line, "marker": marker})
    chart.set_legend({"position": "bottom", "font": SMALL})
    grid = {"visible": True, "line": {"color": style.LINE}}
    chart.set_x_axis({"reverse": True, "num_font": {**SMALL, "rotation": -45}, "text_axis": True})
    chart.set_y_axis({"min": 0, "max": 100, "major_unit": 20, "num_font": SMALL, "major_gridlines": grid})
    chart.show_blanks_as("gap")
    return chart

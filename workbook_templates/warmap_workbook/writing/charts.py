"""The native charts, fed by computed cells: coverage by role, trust by pillar, the stages as a funnel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.layout import TAB
from warmap.terms import STAGE_CRITERIA, ProcurementStage
from warmap.text import Text
from warmap.worksheet.judgement import DONE as DONE_MARK
from warmap_workbook.computed import BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.power_map import POWER, write_power_map

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

COVERAGE = Text("角色覆盖", "Role coverage")
TRUST = Text("信任的四根支柱", "The four pillars of trust")
FUNNEL = Text("阶段漏斗：每个阶段做到几条", "Stage funnel: criteria done, stage by stage")
DONE, OPEN = Text("已做到", "done"), Text("未做到", "open")
FUNNEL_COLUMN = 27  # on the hidden status sheet, from 0: the stage, the margin that centres its bar, done, open
WIDEST = max(len(criteria) for criteria in STAGE_CRITERIA.values())
COVERAGE_SIZE = {"width": 286, "height": 196}
RADAR_SIZE = {"width": 292, "height": 196}
POWER_SIZE = {"width": 880, "height": 560}
TITLE_FONT = {"size": 10, "color": style.NAVY}
SMALL = {"size": 8, "color": style.INK}


def add_charts(draft: Draft, sheet: Worksheet, row: int, column: int) -> None:
    """Coverage and trust side by side on the front page from a cell on; funnel and power map on the scoreboard."""
    place = {"object_position": 2, "y_offset": 3}
    sheet.insert_chart(row, column, _coverage(draft), {**place, "description": COVERAGE.to(draft.lang)})
    options = {**place, "x_offset": COVERAGE_SIZE["width"] + 6, "description": TRUST.to(draft.lang)}
    sheet.insert_chart(row, column, _radar(draft), options)
    board, right = draft.sheet("scoreboard"), {"object_position": 2, "x_offset": 10, "y_offset": 2}
    _count_stages(draft)
    gates, why = BLOCK["wm_stage_gates"].row - 2, BLOCK["wm_health_why"].row - 2
    board.insert_chart(gates, 4, _funnel(draft), {**right, "description": FUNNEL.to(draft.lang)})
    chart = write_power_map(draft, **POWER_SIZE)
    board.insert_chart(why, 2, chart, {**right, "description": POWER.to(draft.lang)})


def _count_stages(draft: Draft) -> None:
    """For each stage how many of its criteria are done and open, and the margin that makes the bars a funnel."""
    sheet, block = draft.sheet("status"), BLOCK["wm_stage_gates"]
    board = TAB["scoreboard"].name.to(draft.lang)
    stages, marks = (f"'{board}'!{area(block.row, block.column + c, block.rows, 1, absolute=True)}" for c in (0, 2))
    rows = draft.values[block.name]
    for row, stage in enumerate(ProcurementStage, 1):
        label = f"{stage.number} {stage.label.to(draft.lang)}"
        # LEFT: in LibreOffice 7.4 a text out of an array result of an add-in is equal to no other text as it stands
        cell = area(row + 1, FUNNEL_COLUMN + 1, 1, 1)
        mine = [cells for cells in rows if cells[0] == label]
        done = sum(cells[2] == DONE_MARK for cells in mine)
        margin = (WIDEST - len(mine)) / 2
        sheet.write_string(row, FUNNEL_COLUMN, label)
        sheet.write_number(row, FUNNEL_COLUMN + 1, margin)
        formula = f'=SUMPRODUCT(--(LEFT({stages},1)=LEFT({cell},1)),--(LEFT({marks},1)="{DONE_MARK}"))'
        sheet.write_formula(row, FUNNEL_COLUMN + 2, formula, None, done)
        formula = f"={len(mine)}-{area(row + 1, FUNNEL_COLUMN + 3, 1, 1)}"
        sheet.write_formula(row, FUNNEL_COLUMN + 3, formula, None, len(mine) - done)


def _funnel(draft: Draft) -> Any:
    chart = draft.book.add_chart({"type": "bar", "subtype": "stacked"})
    assert chart is not None
    status, last = TAB["status"].name.to(draft.lang), len(ProcurementStage)
    categories = [status, 1, FUNNEL_COLUMN, last, FUNNEL_COLUMN]
    for column, name, fill in (
        (1, "", {"none": True}), (2, DONE.to(draft.lang), {"color": style.TEAL}), (3, OPEN.to(draft.lang), {"color": style.LINE}),
    ):  # fmt: skip
        at = FUNNEL_COLUMN + column
        chart.add_series(
            {
                "name": name or " ",
                "categories": categories,
                "values": [status, 1, at, last, at],
                "fill": fill,
                "gap": 30,
            }
        )
    chart.set_title({"name": FUNNEL.to(draft.lang), "name_font": TITLE_FONT})
    chart.set_legend({"position": "bottom", "font": SMALL, "delete_series": [0]})
    chart.set_y_axis({"reverse": True, "num_font": SMALL})
    chart.set_x_axis({"min": 0, "max": WIDEST, "visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 430, "height": 260})
    return chart


def _coverage(draft: Draft) -> Any:
    chart = draft.book.add_chart({"type": "bar"})
    assert chart is not None
    _series(draft, chart, "wm_role_status", 2, style.PERCENT)
    chart.set_title({"name": COVERAGE.to(draft.lang), "name_font": TITLE_FONT})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": SMALL})
    chart.set_x_axis(
        {"min": 0, "max": 1.2, "num_format": style.PERCENT, "visible": False, "major_gridlines": {"visible": False}}
    )
    chart.set_size(COVERAGE_SIZE)
    return chart


def _radar(draft: Draft) -> Any:
    chart = draft.book.add_chart({"type": "radar", "subtype": "filled"})
    assert chart is not None
    _series(draft, chart, "wm_trust_pillars", 1, "")
    chart.set_title({"name": TRUST.to(draft.lang), "name_font": TITLE_FONT})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": SMALL})
    chart.set_plotarea({"layout": {"x": 0.27, "y": 0.31, "width": 0.46, "height": 0.56}})
    lines = {"visible": True, "line": {"color": style.LINE}}
    chart.set_y_axis(
        {
            "min": 0,
            "max": 100,
            "major_unit": 25,
            "num_font": {"size": 7, "color": style.PALE_INK},
            "major_gridlines": lines,
        }
    )
    chart.set_size(RADAR_SIZE)
    return chart


def _series(draft: Draft, chart: Any, name: str, column: int, num_format: str) -> None:
    block, board = BLOCK[name], TAB["scoreboard"].name.to(draft.lang)
    first, last = block.row - 1, block.row + block.rows - 2
    series = {
        "categories": [board, first, 0, last, 0], "values": [board, first, column, last, column],
        "fill": {"color": style.TEAL, "transparency": 30}, "border": {"color": style.TEAL}, "name": name or " ",
    }  # fmt: skip
    if num_format:
        series["data_labels"] = {"value": True, "num_format": num_format, "font": SMALL}
    chart.add_series(series)

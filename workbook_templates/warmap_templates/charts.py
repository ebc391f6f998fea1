"""The native charts of the front page, fed by computed cells: power map, coverage by role, trust by pillar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.functions.judgement import DONE as DONE_MARK
from warmap.layout import TAB
from warmap.text import COMMA, Text
from warmap.vocabulary import STAGE_CRITERIA, Influence, ProcurementStage, Support
from warmap_templates import style
from warmap_templates.computed import BLOCK, area

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_templates.build import Draft

POWER = Text(
    "权力地图：横轴支持度，纵轴影响力，圆越大人越多", "Power map: support across, influence up, larger = more people"
)
COVERAGE = Text("角色覆盖", "Role coverage")
TRUST = Text("信任的四根支柱", "The four pillars of trust")
FUNNEL = Text("阶段漏斗：每个阶段做到几条", "Stage funnel: criteria done, stage by stage")
DONE, OPEN = Text("已做到", "done"), Text("未做到", "open")
FUNNEL_COLUMN = 27  # on the hidden status sheet, from 0: the stage, the margin that centres its bar, done, open
WIDEST = max(len(criteria) for criteria in STAGE_CRITERIA.values())
CROWDS = (12, 20, 28)  # marker sizes for one person, two, and more
OFF_CHART = -9  # below the axis: not drawn
HELPER_COLUMN = 15  # on the hidden status sheet, from 0
TITLE_FONT = {"size": 10, "color": style.NAVY}
SMALL = {"size": 8, "color": style.INK}


def add_charts(draft: Draft, sheet: Worksheet) -> None:
    """Coverage and trust on the right half of the front page, the power map on the scoreboard beside its names."""
    _place_people(draft)
    place = {"object_position": 2, "x_offset": 8, "y_offset": 4}
    sheet.insert_chart(15, 8, _coverage(draft), {**place, "description": COVERAGE.to(draft.lang)})
    options = {**place, "x_offset": 272, "description": TRUST.to(draft.lang)}
    sheet.insert_chart(15, 8, _radar(draft), options)
    board = draft.sheet("scoreboard")
    _count_stages(draft)
    board.insert_chart(
        BLOCK["wm_stage_gates"].row - 2, 5, _funnel(draft), {**place, "description": FUNNEL.to(draft.lang)}
    )
    board.insert_chart(
        BLOCK["wm_health_why"].row - 2, 3, _power_map(draft), {**place, "description": POWER.to(draft.lang)}
    )


def _grid() -> list[tuple[int, int, int, int]]:
    """(x, y, row, column) of the fifteen fields of the power map; row and column as in the computed block, from 0."""
    return [
        (support.score, 3 - influence.place, influence.place, 1 + 4 - support.place)
        for influence in Influence
        for support in Support
    ]


def _place_people(draft: Draft) -> None:
    """For each size of crowd, where its fields stand; a field with another number of people lies off the chart."""
    sheet, block = draft.sheet("status"), BLOCK["wm_power_map"]
    comma = COMMA.to(draft.lang)
    board = TAB["scoreboard"].name.to(draft.lang)
    for row, (x, y, r, c) in enumerate(_grid(), 1):
        cell = f"'{board}'!{area(block.row + r, block.column + c, 1, 1, absolute=True)}"
        names = str(draft.values[block.name][r][c])
        count = min(len(CROWDS), names.count(comma) + 1) if names else 0
        counted = (
            f'IF(LEN({cell})=0,0,MIN({len(CROWDS)},(LEN({cell})-LEN(SUBSTITUTE({cell},"{comma}","")))/{len(comma)}+1))'
        )
        sheet.write_number(row, HELPER_COLUMN, x)
        sheet.write_formula(row, HELPER_COLUMN + 1, f"={counted}", None, count)
        size = area(row + 1, HELPER_COLUMN + 2, 1, 1)
        for place in range(len(CROWDS)):
            shown = y if count == place + 1 else OFF_CHART
            sheet.write_formula(row, HELPER_COLUMN + 2 + place, f"=IF({size}={place + 1},{y},{OFF_CHART})", None, shown)


def _power_map(draft: Draft) -> Any:
    chart = draft.book.add_chart({"type": "scatter"})
    assert chart is not None
    last, status = len(_grid()), TAB["status"].name.to(draft.lang)
    for place, size in enumerate(CROWDS):
        column = HELPER_COLUMN + 2 + place
        chart.add_series({
            "name": f"{place + 1}",
            "categories": [status, 1, HELPER_COLUMN, last, HELPER_COLUMN],
            "values": [status, 1, column, last, column],
            "marker": {"type": "circle", "size": size, "fill": {"color": style.TEAL, "transparency": 55},
                       "border": {"color": style.TEAL}},
        })  # fmt: skip
    chart.set_title({"name": POWER.to(draft.lang), "name_font": TITLE_FONT, "overlay": False})
    chart.set_legend({"none": True})
    quiet = {"num_font": SMALL, "major_gridlines": {"visible": True, "line": {"color": style.LINE}}}
    chart.set_x_axis({**quiet, "min": -3, "max": 3, "major_unit": 1, "num_format": "+0;−0;0", "crossing": -3})
    high, medium = Influence.HIGH.label.to(draft.lang), Influence.MEDIUM.label.to(draft.lang)
    chart.set_y_axis(
        {**quiet, "min": 0, "max": 4, "major_unit": 1, "num_format": f'[=3]"{high}";[=2]"{medium}";""', "crossing": 0}
    )
    chart.set_size({"width": 540, "height": 236})
    return chart


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
        {"min": 0, "max": 1, "num_format": style.PERCENT, "visible": False, "major_gridlines": {"visible": False}}
    )
    chart.set_size({"width": 262, "height": 228})
    return chart


def _radar(draft: Draft) -> Any:
    chart = draft.book.add_chart({"type": "radar", "subtype": "filled"})
    assert chart is not None
    _series(draft, chart, "wm_trust_pillars", 1, "")
    chart.set_title({"name": TRUST.to(draft.lang), "name_font": TITLE_FONT})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": SMALL})
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
    chart.set_size({"width": 258, "height": 228})
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

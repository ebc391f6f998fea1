"""The native charts, fed by live cells on the hidden sheet `_charts`: bridge with quota, funnel, roll-ups, trend."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from warmap.parsing.days import EXCEL
from warmap.terms import ProcurementStage
from warmap.text import Lang, Text
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import Money
from warmap_app.portfolio.forecast import Scale
from warmap_app.portfolio.report_book import CHART_SHEET, HEAD_ROW, PREFIX, ReportBook, cell
from warmap_app.portfolio.report_tables import BRIDGE, POINTS, ROLLUPS, Column, Row, places, text_of
from warmap_app.portfolio.trend import Point
from warmap_workbook.writing import style

MOST_BARS = 12
OFF_CHART = -1  # below the axis, where no line is drawn
MOST_LABELS, MOST_TICKS = 12, 5  # of days
TITLE_FONT = {"size": 11, "color": style.NAVY, "bold": True}
SMALL = {"size": 9, "color": style.INK}
GRID = {"visible": True, "line": {"color": style.LINE, "width": 0.5}}
CLAIMED_FILL = {"fill": {"color": style.NAVY}, "border": {"none": True}}
WON_FILL = {"fill": {"color": style.TEAL}, "border": {"none": True}}
LOST_FILL = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": style.ORANGE, "bg_color": style.ORANGE_PALE},
    "border": {"color": style.ORANGE},
}
GAP_FILL = {
    "pattern": {"pattern": "light_upward_diagonal", "fg_color": style.PALE_INK, "bg_color": style.PAPER},
    "border": {"color": style.PALE_INK, "dash_type": "dash"},
}

BRIDGE_SERIES: tuple[tuple[Text, dict[str, Any], str], ...] = (  # name, look, format of the figure; the first is unseen
    (Text("底", "Base"), {"fill": {"none": True}, "border": {"none": True}}, ""),
    (words.WON, WON_FILL, "{};;;"),
    (words.CLAIMED, CLAIMED_FILL, "{};;;"),
    (words.STAGE_STEP, LOST_FILL, '"−"{};;;'),
    (words.CLAIMED, CLAIMED_FILL, '"+"{};;;'),
    (words.GAP, GAP_FILL, "{};;;"),
)
TREND_LINES = (
    (words.CLAIMED, style.NAVY, "circle", "above"),
    (words.ADJUSTED, style.TEAL, "diamond", "below"),
)


def _helper_rows(report: ReportBook, rows: Sequence[Sequence[Any]]) -> int:
    """Write rows to the hidden sheet: texts, or (formula, value) pairs. Returns the first row."""
    sheet, first = report.sheets["charts"], report.chart_rows
    for row, cells in enumerate(rows, first):
        for column, content in enumerate(cells):
            if isinstance(content, str):
                sheet.write_string(row, column, content)
            else:
                formula, value = content
                sheet.write_formula(row, column, f"={formula}", None, value)
    report.chart_rows += len(rows) + 1
    return first


def _series(first: int, count: int, column: int) -> dict[str, Any]:
    last = first + count - 1
    return {"categories": [CHART_SHEET, first, 0, last, 0], "values": [CHART_SHEET, first, column, last, column]}


def bridge_chart(report: ReportBook, currency: str, at: Mapping[str, str]) -> Any:
    """Claimed, the two steps hanging from it, adjusted; beside them won, adjusted and the gap up to the quota line.

    `at` gives the address of each figure on the overview. Excel has a chart of its own for this, which LibreOffice does
    not know: so the steps are bars that stand on an unseen one.
    """
    scale = report.portfolio.scale(currency, report.lang)
    first, count = _helper_rows(report, _bridge_rows(report, currency, at, scale.divisor)), len(BRIDGE) + 1
    chart: Any = report.book.add_chart({"type": "column", "subtype": "stacked"})
    for column, (name, look, shape) in enumerate(BRIDGE_SERIES, 1):
        series = {**_series(first, count, column), "name": name.to(report.lang), "gap": 40, **look}
        if shape:
            light = look in (CLAIMED_FILL, WON_FILL)
            font = {**SMALL, "bold": True, "color": style.PAPER if light else style.INK}
            series["data_labels"] = {"value": True, "num_format": shape.format(scale.num_format), "font": font}
        chart.add_series(series)
    quota: Any = report.book.add_chart({"type": "line"})
    line = {"color": style.RED, "width": 2, "dash_type": "dash"}
    quota.add_series({**_series(first, count, 7), "name": [CHART_SHEET, first + count, 0], "line": line})
    chart.combine(quota)
    _put_face(chart, words.BRIDGE_TITLE.say(report.lang, {"unit": scale.name}), scale)
    chart.set_legend({"position": "bottom", "font": SMALL, "delete_series": [0, 2, 3, 4]})
    return chart


def _bridge_rows(report: ReportBook, currency: str, at: Mapping[str, str], divisor: int) -> list[list[Any]]:
    """Label, base, won, whole, lost, gained, gap, quota: each a formula over the overview with its value.

    The last row is the name of the quota line.
    """
    total = report.portfolio.totals[currency]
    value = {code: Money(getattr(total, code), currency).number / divisor for code in (*BRIDGE, "won")}
    is_quota, nothing = f"ISNUMBER({at['quota']})", ("0", 0)
    quota = OFF_CHART if total.quota is None else Money(total.quota, currency).number / divisor
    line = (f"IF({is_quota},{at['quota']}/{divisor},{OFF_CHART})", quota)
    gap_value = Money(max(0, total.gap or 0), currency).number / divisor
    gap = (f"IF({is_quota},MAX(0,{at['quota']}-{at['won']}-{at['adjusted']}),0)/{divisor}", gap_value)

    def step(code: str, before: str, before_value: float) -> list[Any]:
        own, delta = at[code], value[code]
        base = (f"MIN({before},{before}+{own})/{divisor}", min(before_value, before_value + delta))
        lost = (f"MAX(0,-{own})/{divisor}", max(0.0, -delta))
        gained = (f"MAX(0,{own})/{divisor}", max(0.0, delta))
        return [base, nothing, nothing, lost, gained, nothing, line]

    def whole(code: str) -> tuple[str, float]:
        return (f"{at[code]}/{divisor}", value[code])

    staged = f"({at['claimed']}+{at['stage_step']})"
    rows = {
        "claimed": [nothing, nothing, whole("claimed"), nothing, nothing, nothing, line],
        "stage_step": step("stage_step", at["claimed"], value["claimed"]),
        "health_step": step("health_step", staged, value["claimed"] + value["stage_step"]),
        "adjusted": [nothing, nothing, whole("adjusted"), nothing, nothing, nothing, line],
        "reached": [nothing, whole("won"), whole("adjusted"), nothing, nothing, gap, line],
    }
    given, missing = words.QUOTA.to(report.lang), words.QUOTA_MISSING.to(report.lang)
    name = (f'IF({is_quota},"{given}","{missing}")', missing if total.quota is None else given)
    heads = {**BRIDGE, "reached": words.WON_AND_ADJUSTED}
    return [*([heads[code].to(report.lang), *cells] for code, cells in rows.items()), [name]]


def funnel_chart(report: ReportBook, currency: str) -> Any:
    """Amount and adjusted forecast of each stage, the first stage on top."""
    scale = report.portfolio.scale(currency, report.lang)
    of_stage = {row.label: row for row in report.portfolio.rollups["stage"] if row.currency == currency}
    rows: list[list[Any]] = []
    for stage in ProcurementStage:
        found, label = of_stage.get(stage), stage.label.to(report.lang)
        mine = f'{PREFIX}stage,"{label}",{PREFIX}currency,"{currency}"'
        cells: list[Any] = [(f'"{label} ("&COUNTIFS({mine})&")"', f"{label} ({found.deals if found else 0})")]
        for code in ("amount", "adjusted"):
            value = Money(getattr(found, code) if found else 0, currency).number / scale.divisor
            cells.append((f"SUMIFS({PREFIX}{code},{mine})/{scale.divisor}", value))
        rows.append(cells)
    series = ((words.AMOUNT, CLAIMED_FILL), (words.ADJUSTED, WON_FILL))
    return _bars(report, rows, series, words.FUNNEL_TITLE.say(report.lang, {"unit": scale.name}), scale)


def rollup_chart(report: ReportBook, dimension: str) -> Any:
    """Claimed and adjusted of the first rows of the most frequent currency."""
    currency = report.portfolio.rollups[dimension][0].currency
    scale, tab = report.portfolio.scale(currency, report.lang), report.names[dimension]
    shown = [row for row in report.portfolio.rollups[dimension] if row.currency == currency][:MOST_BARS]
    rows = _claimed_and_adjusted(shown, ROLLUPS, f"'{tab}'!", HEAD_ROW + 1, scale, report.lang)
    series = ((words.CLAIMED, CLAIMED_FILL), (words.ADJUSTED, WON_FILL))
    facts = {"by": words.BY[dimension].to(report.lang), "unit": scale.name}
    chart = _bars(report, rows, series, words.ROLLUP_TITLE.say(report.lang, facts), scale)
    chart.set_size({"width": 900, "height": 110 + 44 * len(rows)})
    return chart


def _claimed_and_adjusted(
    rows: Sequence[Row], columns: Sequence[Column[Row]], sheet: str, top: int, scale: Scale, lang: Lang
) -> list[list[Any]]:
    """Label, claimed and adjusted of each row of a table that begins at row `top` of a sheet."""
    place, label = places(columns), columns[0]
    return [
        [text_of(label.value(one), label.kind, lang)]
        + [
            (
                f"{sheet}{cell(row, place[code])}/{scale.divisor}",
                Money(getattr(one, code), scale.currency).number / scale.divisor,
            )
            for code in ("claimed", "adjusted")
        ]
        for row, one in enumerate(rows, top)
    ]


def _bars(
    report: ReportBook, rows: Sequence[Sequence[Any]], series: Sequence[tuple[Text, Any]], title: str, scale: Scale
) -> Any:
    first = _helper_rows(report, rows)
    chart: Any = report.book.add_chart({"type": "bar"})
    labels = {"value": True, "num_format": f"{scale.num_format};;;", "font": SMALL}
    for column, (head, look) in enumerate(series, 1):
        where = _series(first, len(rows), column)
        chart.add_series({**where, "name": head.to(report.lang), "gap": 50, **look, "data_labels": labels})
    _put_face(chart, title, scale)
    chart.set_y_axis({"reverse": True, "num_font": SMALL, "line": {"color": style.LINE}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"position": "bottom", "font": SMALL})
    return chart


def trend_chart(report: ReportBook, points: Sequence[Point], top: int) -> Any:
    """Claimed and adjusted of one currency over the days, which stand on the trend's sheet from row `top` on."""
    currency = points[0].currency
    scale, tab = report.portfolio.scale(currency, report.lang), report.names["trend"]
    rows = _claimed_and_adjusted(points, POINTS, f"'{tab}'!", top, scale, report.lang)
    first, few = _helper_rows(report, rows), len(rows) <= MOST_LABELS
    chart: Any = report.book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for column, (head, colour, sign, side) in enumerate(TREND_LINES, 1):
        series: dict[str, Any] = {
            **_series(first, len(rows), column), "categories": [tab, top, 0, top + len(rows) - 1, 0],
            "name": head.to(report.lang), "line": {"color": colour, "width": 2.25},
            "marker": {"type": sign, "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
        }  # fmt: skip
        if few:
            series["data_labels"] = {"value": True, "position": side, "num_format": scale.num_format, "font": SMALL}
        chart.add_series(series)
    _put_face(chart, words.TREND_TITLE.say(report.lang, {"unit": scale.name}), scale)
    chart.set_x_axis(_days(points))
    if few:  # the figures stand at the points
        chart.set_y_axis({"visible": False, "major_gridlines": GRID, "min": 0})
    chart.set_legend({"position": "bottom", "font": SMALL})
    return chart


def _days(points: Sequence[Point]) -> dict[str, Any]:
    """The axis of days, to scale: a category axis would space them evenly, and a date axis may count in months."""
    low, high = (EXCEL.number(day) for day in (points[0].day, points[-1].day))
    if low == high:
        low, high = low - 1, high + 1
    return {
        "min": low, "max": high, "major_unit": ceil((high - low) / MOST_TICKS), "num_format": style.DATE,
        "num_font": SMALL, "line": {"color": style.LINE}, "major_gridlines": {"visible": False},
    }  # fmt: skip


def _put_face(chart: Any, title: str, scale: Scale) -> None:
    chart.set_title({"name": title, "name_font": TITLE_FONT, "overlay": False})
    chart.set_x_axis({"num_font": SMALL, "line": {"color": style.LINE}})
    chart.set_y_axis({
        "num_font": SMALL, "num_format": scale.num_format, "major_gridlines": GRID, "line": {"none": True}, "min": 0,
    })  # fmt: skip
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 604, "height": 276})

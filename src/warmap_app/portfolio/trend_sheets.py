"""The sheets that a store adds: the portfolio day by day with a chart a currency, and every deal since its day before."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from warmap.parsing.convert import EPOCH
from warmap_app.portfolio import words
from warmap_app.portfolio.charts import CHART_SHEET, GRID, SMALL, helper_rows, put_face
from warmap_app.portfolio.scale import scale_for
from warmap_app.portfolio.sheets import HEAD_ROW, Draft, cell, height_for, money_format, number, rounded
from warmap_app.portfolio.trend import Point, Since, Trend
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TREND_HEADS = (
    (words.DAY, 12), (words.CURRENCY, 9), (words.COUNT, 9), (words.CLAIMED, 17), (words.ADJUSTED, 17),
    (words.ADJUSTED_MOVED, 17),
)  # fmt: skip
SINCE_HEADS = (
    (words.ACCOUNT, 20), (words.OPPORTUNITY, 22), (words.REP, 11), (words.DAY_BEFORE, 11), (words.AS_OF, 11),
    (words.HEALTH_BEFORE, 9), (words.HEALTH, 9), (words.HEALTH_MOVED, 9), (words.CURRENCY, 8),
    (words.ADJUSTED_BEFORE, 16), (words.ADJUSTED, 16), (words.ADJUSTED_MOVED, 16), (words.REMARK, 24),
)  # fmt: skip
CHART_COLUMN, CHART_ROWS = len(TREND_HEADS) + 1, 15
MOST_LABELS, MOST_TICKS = 12, 5
LINES = (
    (words.CLAIMED, style.NAVY, "circle", "above"),
    (words.ADJUSTED, style.TEAL, "diamond", "below"),
)
MOVED = '"▲ "{0};"▼ "{0};{0}'
EDGE: dict[str, Any] = {"bottom": 1, "bottom_color": style.LINE, "valign": "top"}


def write_trend(draft: Draft, trend: Trend) -> None:
    """A row a currency and day; the change is a formula over the rows."""
    sheet = draft.sheets["trend"]
    draft.page(sheet, words.TREND.to(draft.lang), words.PORTFOLIO_PURPOSE["trend"].to(draft.lang))
    draft.head(sheet, TREND_HEADS)
    row = HEAD_ROW + 1
    currencies = list(dict.fromkeys(point.currency for point in trend.points))
    if not currencies:
        sheet.write_string(row, 0, words.NO_TREND.to(draft.lang), draft.formats.quiet())
    for place, currency in enumerate(currencies):
        points = trend.of(currency)
        for offset, point in enumerate(points):
            _point(draft, sheet, row + offset, point, points[offset - 1] if offset else None)
        at = HEAD_ROW + place * CHART_ROWS
        title = words.TREND_TITLE.say(draft.lang, {"unit": currency})
        options = {"object_position": 2, "description": f"{currency}: {title}"}
        sheet.insert_chart(at, CHART_COLUMN, _chart(draft, currency, points, row), options)
        row += len(points)
    sheet.autofilter(HEAD_ROW, 0, max(HEAD_ROW + 1, row - 1), len(TREND_HEADS) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.fit_to_pages(1, 0)


def _point(draft: Draft, sheet: Worksheet, row: int, point: Point, before: Point | None) -> None:
    currency, money = point.currency, draft.money(point.currency, **EDGE)
    sheet.write_datetime(row, 0, point.day, draft.formats(**EDGE, num_format=style.DATE, align="center"))
    sheet.write_string(row, 1, currency, draft.formats(**EDGE, align="center"))
    sheet.write_number(row, 2, point.deals, draft.formats(**EDGE, num_format="0", align="center"))
    sheet.write_number(row, 3, number(point.claimed, currency), money)
    sheet.write_number(row, 4, number(point.adjusted, currency), money)
    moved = draft.formats(**EDGE, num_format=MOVED.format(money_format(currency)), align="right")
    if before is None:
        sheet.write_blank(row, 5, None, moved)
        return
    formula = rounded(f"{cell(row, 4)}-{cell(row - 1, 4)}", currency)
    sheet.write_formula(row, 5, f"={formula}", moved, number(point.adjusted - before.adjusted, currency))


def _chart(draft: Draft, currency: str, points: Sequence[Point], first: int) -> Any:
    """Claimed and adjusted as lines over the days, in the unit of the currency's other charts."""
    scale, tab = scale_for(draft.portfolio, currency, draft.lang), draft.names["trend"]
    rows = [
        [point.day.isoformat()]
        + [
            (f"'{tab}'!{cell(row, column)}/{scale.divisor}", number(units, currency) / scale.divisor)
            for column, units in ((3, point.claimed), (4, point.adjusted))
        ]
        for row, point in enumerate(points, first)
    ]
    top = helper_rows(draft, rows)
    chart = draft.book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    assert chart is not None
    last = len(rows) - 1
    for column, (head, colour, sign, side) in enumerate(LINES, 1):
        series: dict[str, Any] = {
            "categories": [tab, first, 0, first + last, 0], "values": [CHART_SHEET, top, column, top + last, column],
            "name": head.to(draft.lang), "line": {"color": colour, "width": 2.25},
            "marker": {"type": sign, "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
        }  # fmt: skip
        if len(rows) <= MOST_LABELS:
            series["data_labels"] = {"value": True, "position": side, "num_format": scale.num_format, "font": SMALL}
        chart.add_series(series)
    put_face(chart, words.TREND_TITLE.say(draft.lang, {"unit": scale.name}), scale)
    chart.set_x_axis(_days(points))
    if len(rows) <= MOST_LABELS:  # the figures stand at the points
        chart.set_y_axis({"visible": False, "major_gridlines": GRID, "min": 0})
    chart.set_legend({"position": "bottom", "font": SMALL})
    return chart


def _days(points: Sequence[Point]) -> dict[str, Any]:
    """The axis of days, true to their distances: a category axis would not be, and a date axis may count in months."""
    low, high = ((day - EPOCH).days for day in (points[0].day, points[-1].day))
    if low == high:
        low, high = low - 1, high + 1
    return {
        "min": low, "max": high, "major_unit": ceil((high - low) / MOST_TICKS), "num_format": style.DATE,
        "num_font": SMALL, "line": {"color": style.LINE}, "major_gridlines": {"visible": False},
    }  # fmt: skip


def write_since(draft: Draft, trend: Trend) -> None:
    """A row a deal: what it was on its day before, what it is, and what moved."""
    sheet = draft.sheets["since"]
    draft.page(sheet, words.SINCE.to(draft.lang), words.PORTFOLIO_PURPOSE["since"].to(draft.lang))
    draft.head(sheet, SINCE_HEADS)
    for row, one in enumerate(trend.since, HEAD_ROW + 1):
        _since(draft, sheet, row, one)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(1, len(trend.since)), len(SINCE_HEADS) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.fit_to_pages(1, 0)


def _since(draft: Draft, sheet: Worksheet, row: int, one: Since) -> None:
    line, lang = one.line, draft.lang
    texts = (line.deal.account, line.deal.opportunity, line.deal.rep or words.BLANK.to(lang))
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, draft.formats(**EDGE, text_wrap=True))
    day = draft.formats(**EDGE, num_format=style.DATE, align="center")
    for column, value in ((3, one.day), (4, line.deal.as_of)):
        if value is None:
            sheet.write_blank(row, column, None, day)
        else:
            sheet.write_datetime(row, column, value, day)
    score = {"num_format": style.SCORE, "align": "center"}
    _step(draft, sheet, (row, 5), one.health, line.health, score, "")
    sheet.write_string(row, 8, line.currency, draft.formats(**EDGE, align="center"))
    adjusted = None if one.adjusted is None else number(one.adjusted, line.currency)
    look = {"num_format": money_format(line.currency)}
    _step(draft, sheet, (row, 9), adjusted, number(line.step.adjusted, line.currency), look, line.currency)
    remark = one.remark.to(lang) if one.remark else ""
    sheet.write_string(row, 12, remark, draft.formats(**EDGE, text_wrap=True, font_color=style.PALE_INK))
    sheet.set_row(row, height_for((text, SINCE_HEADS[column][1]) for column, text in enumerate(texts)))


def _step(
    draft: Draft,
    sheet: Worksheet,
    at: tuple[int, int],
    before: float | None,
    now: float,
    look: dict[str, Any],
    currency: str,
) -> None:
    """Before, now, and the change as a formula; blank where there was nothing before."""
    row, column = at
    shown = draft.formats(**EDGE, **look)
    moved = draft.formats(**{**EDGE, **look, "num_format": MOVED.format(look["num_format"])}, bold=True)
    sheet.write_number(row, column + 1, now, shown)
    if before is None:
        sheet.write_blank(row, column, None, shown)
        sheet.write_blank(row, column + 2, None, moved)
        return
    sheet.write_number(row, column, before, shown)
    formula = f"{cell(row, column + 1)}-{cell(row, column)}"
    sheet.write_formula(row, column + 2, f"={rounded(formula, currency) if currency else formula}", moved, now - before)

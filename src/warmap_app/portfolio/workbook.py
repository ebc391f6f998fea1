"""The portfolio as a workbook: overview, deals, those closed, roll-ups, trend, risks, files not counted. Totals are live formulas."""

import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from warmap.text import Lang
from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import DIMENSIONS, WHOSE, Money, PeriodRow, RollUp, Total, Whose
from warmap_app.portfolio.forecast import Portfolio
from warmap_app.portfolio.forecast_charts import MOST_BARS, rollup_chart, trend_chart
from warmap_app.portfolio.moves_sheets import add_moves_sheets, write_moves_sheets
from warmap_app.portfolio.overview_sheet import Overview
from warmap_app.portfolio.report_book import (
    CENTRED,
    CHART_SHEET,
    CLOSED_PREFIX,
    HEAD_ROW,
    LINED,
    PREFIX,
    TOTAL,
    ReportBook,
    box,
    cell,
    last_row,
    rounded,
)
from warmap_app.portfolio.trend import Point, Since, Trend
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import new_book

TOP = {**LINED, "valign": "top"}
DEAL, ROLLUP, POINT, CHANGE = (
    tables.places(tables.DEALS),
    tables.places(tables.ROLLUPS),
    tables.places(tables.POINTS),
    tables.places(tables.SINCE),
)
ROWS_A_PAGE, CHART_ROWS, CHART_ROWS_A_BAR = 40, 5.5, 2.2
TREND_CHART_ROWS = 15


def build_portfolio(portfolio: Portfolio, lang: Lang, folder: Path) -> bytes:
    """The bytes of an .xlsx workbook; the same figures give the same bytes. `folder` is where it will lie.

    Every warning of the writer is an error: it only warns of what it leaves out.
    """
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = new_book(stream, words.TITLE.to(lang))
        _write(ReportBook(book, style.Formats(book, lang), portfolio, lang, folder))
        book.close()
    return stream.getvalue()


def _write(report: ReportBook) -> None:
    trend = report.portfolio.trend
    report.add("overview", words.OVERVIEW, style.TEAL)
    report.add("deals", words.DEALS, style.NAVY)
    report.add("closed", words.CLOSED, style.NAVY)
    add_moves_sheets(report)
    if calendar := report.portfolio.calendar:
        for whose in report.portfolio.periods:
            report.add(f"periods_{whose}", words.BY_PERIOD[calendar.by][whose], style.TEAL)
    for dimension in DIMENSIONS:
        report.add(dimension, words.BY[dimension], style.SAND)
    if trend is not None:
        report.add("trend", words.TREND, style.TEAL)
        if report.portfolio.moves is None:
            report.add("since", words.SINCE, style.TEAL)
    report.add("risks", words.RISKS, style.RED)
    report.add("left", words.NOT_COUNTED, style.ORANGE)
    report.sheets["charts"] = report.book.add_worksheet(CHART_SHEET)
    report.sheets["charts"].hide()
    _write_deals(report)
    columns = tables.shown_columns(tables.CLOSED, **report.portfolio.said)
    report.table("closed", columns, report.portfolio.closed, freeze=2, looks=TOP)
    report.name_columns("closed", columns, CLOSED_PREFIX, last_row(report.portfolio.closed))
    Overview(report, report.sheets["overview"]).write()
    for whose in report.portfolio.periods:
        _write_periods(report, whose)
    for dimension in DIMENSIONS:
        _write_rollup(report, dimension)
    if trend is not None:
        _write_trend(report, trend)
        if report.portfolio.moves is None:
            _write_since(report, trend)
    write_moves_sheets(report)
    wrapped = {**TOP, "text_wrap": True}
    report.table("risks", tables.RISKS, report.portfolio.risks(), freeze=2, looks=wrapped)
    report.table("left", tables.LEFT_OUT, report.portfolio.left_out, freeze=1, looks=wrapped)
    report.sheets["overview"].activate()


def _write_deals(report: ReportBook) -> None:
    """A row a deal, the defined names of the columns, and below the totals of each currency as formulas."""
    lines, columns = report.portfolio.lines, tables.shown_columns(tables.DEALS, **report.portfolio.said)
    sheet = report.table("deals", columns, lines, freeze=2, looks=TOP)
    last = last_row(lines)
    report.name_columns("deals", columns, PREFIX, last)
    for row, total in enumerate(report.portfolio.totals.values(), last + 2):
        sums = {code: _of_deals(code, cell(row, DEAL["currency"])) for code in tables.MONEY_HEADS}
        _total_row(report, "deals", columns, row, total, sums, checked=False)
    sheet.repeat_columns(0, 1)
    sheet.fit_to_pages(2, 0)
    sheet.set_v_pagebreaks([tables.JUDGED_FROM])
    health = box(HEAD_ROW + 1, DEAL["health"], last).replace("$", "")
    bar = {"type": "data_bar", "bar_color": "#9CCFCF", "min_type": "num", "max_type": "num",
           "min_value": 0, "max_value": 100}  # fmt: skip
    sheet.conditional_format(health, bar)


def _of_deals(code: str, currency: str) -> str:
    """The formula of a figure over all deals of the currency in a cell."""
    prefix = CLOSED_PREFIX if code == "won" else PREFIX
    return f"SUMIFS({prefix}{code},{prefix}currency,{currency})"


def _total_row(
    report: ReportBook, sheet_code: str, columns: Sequence[tables.Column[Any]], row: int, total: Total,
    sums: Mapping[str, str], *, checked: bool = True,
) -> None:  # fmt: skip
    """A row below a table: the currency and `sums`, its money as formulas; `checked` marks whether the deals' are equal."""
    sheet, place, currency = report.sheets[sheet_code], tables.places(columns), total.currency
    look, centred = report.formats(**TOTAL), report.formats(**CENTRED, **TOTAL)
    for column in range(len(columns)):
        sheet.write_blank(row, column, None, look)
    sheet.write_string(row, place["currency"], currency, centred if checked else look)
    for code, formula in sums.items():
        live, value = f"={rounded(formula, currency)}", Money(getattr(total, code), currency).number
        sheet.write_formula(row, place[code], live, report.money(currency, **TOTAL), value)
    said = words.TOTAL.say(report.lang, {"currency": currency})
    if not checked:
        sheet.write_string(row, 0, said, look)
        return
    of_deals = {code: rounded(_of_deals(code, cell(row, place["currency"])), currency) for code in sums}
    same = ",".join(f"{cell(row, place[code])}={formula}" for code, formula in of_deals.items())
    sheet.write_formula(row, 0, f'=IF(AND({same}),"✓","✗")&" {said}"', look, f"✓ {said}")


def _write_rollup(report: ReportBook, dimension: str) -> None:
    """Live sums over the deals, totals with a check, and a chart."""
    rows = report.portfolio.rollups[dimension]
    formulas = _rollup_formulas(dimension)
    sheet = report.table(dimension, tables.rollup_columns(dimension), rows, freeze=1, formulas=formulas)
    last = last_row(rows)
    totals = [report.portfolio.totals[currency] for currency in dict.fromkeys(row.currency for row in rows)]
    for row, total in enumerate(totals, last + 2):
        _rollup_total(report, dimension, row, last, total)
    if rows:
        at = last + len(totals) + 3
        options = {"object_position": 2, "description": words.BY[dimension].to(report.lang)}
        sheet.insert_chart(at, 0, rollup_chart(report, dimension), options)
        if at + CHART_ROWS + CHART_ROWS_A_BAR * min(len(rows), MOST_BARS) > ROWS_A_PAGE:
            sheet.set_h_pagebreaks([at])


def _rollup_formulas(dimension: str) -> Callable[[int, RollUp], Mapping[str, str]]:
    def formulas(row: int, rollup: RollUp) -> Mapping[str, str]:
        label, currency = cell(row, ROLLUP["label"]), cell(row, ROLLUP["currency"])
        # SUMIFS would take a team called *, ? or <5 for a pattern or a comparison.
        mine = f"({PREFIX}{dimension}={label})*({PREFIX}currency={currency})"
        won = f"({CLOSED_PREFIX}{dimension}={label})*({CLOSED_PREFIX}currency={currency})*{CLOSED_PREFIX}won"
        weights = f"SUMPRODUCT({mine}*{PREFIX}amount)"
        weighted = f"SUMPRODUCT({mine}*{PREFIX}amount*{PREFIX}health)/{weights}"
        deals = f"SUMPRODUCT({mine})"
        return {
            "deals": deals,
            **{code: rounded(f"SUMPRODUCT({mine}*{PREFIX}{code})", rollup.currency) for code in tables.MONEY_HEADS},
            "plain_health": f'IF({deals}=0,"",SUMPRODUCT({mine}*{PREFIX}health)/{deals})',
            "weighted_health": f"IF({weights}=0,{cell(row, ROLLUP['plain_health'])},{weighted})",
            "critical": f"SUMPRODUCT({mine}*{PREFIX}critical)",
            **({"won": rounded(f"SUMPRODUCT({won})", rollup.currency)} if dimension in WHOSE else {}),
        }

    return formulas


def _rollup_total(report: ReportBook, dimension: str, row: int, last: int, total: Total) -> None:
    """Sums over the rows above, and a check mark if they equal those of the deals."""
    mine = [rollup for rollup in report.portfolio.rollups[dimension] if rollup.currency == total.currency]
    currencies, where = box(HEAD_ROW + 1, ROLLUP["currency"], last), cell(row, ROLLUP["currency"])

    def over(code: str) -> str:
        return f"SUMIFS({box(HEAD_ROW + 1, ROLLUP[code], last)},{currencies},{where})"

    codes = (*tables.MONEY_HEADS, "won") if dimension in WHOSE else tables.MONEY_HEADS
    _total_row(report, dimension, tables.rollup_columns(dimension), row, total, {code: over(code) for code in codes})
    for code in ("deals", "critical"):
        count, value = report.formats(num_format="0", **CENTRED, **TOTAL), sum(getattr(one, code) for one in mine)
        report.sheets[dimension].write_formula(row, ROLLUP[code], "=" + over(code), count, value)


def _write_periods(report: ReportBook, whose: Whose) -> None:
    """Live sums over the deals by period, and totals with a check."""
    rows, columns = report.portfolio.periods[whose], tables.period_columns(whose)
    place = tables.places(columns)

    def formulas(row: int, one: PeriodRow) -> Mapping[str, str]:
        at = {code: cell(row, column) for code, column in place.items()}
        is_year = one.period.isdecimal()

        def over(prefix: str, code: str) -> str:
            when = f"(LEFT({prefix}period,4)={at['period']})" if is_year else f"({prefix}period={at['period']})"
            who = "" if whose == "all" else f"({prefix}{whose}={at['label']})*"
            return f"SUMPRODUCT({who}{when}*({prefix}currency={at['currency']}){code and f'*{prefix}{code}'})"

        left = f"{at['quota']}-{at['won']}-"
        gaps = {
            "gap": rounded(left + at["adjusted"], one.currency),
            "claimed_gap": rounded(left + at["claimed"], one.currency),
        }
        return {
            "deals": over(PREFIX, ""),
            **{code: rounded(over(PREFIX, code), one.currency) for code in ("amount", "claimed", "adjusted")},
            "won": rounded(over(CLOSED_PREFIX, "won"), one.currency),
            **{code: f'IF(ISNUMBER({at["quota"]}),{gap},"")' for code, gap in gaps.items()},
        }

    report.table(f"periods_{whose}", columns, rows, freeze=place["currency"], formulas=formulas)
    last = last_row(rows)
    above = {code: box(HEAD_ROW + 1, column, last) for code, column in place.items()}
    for row, currency in enumerate(dict.fromkeys(one.currency for one in rows), last + 2):
        # A year, which has four letters, repeats its months or quarters.
        mine = f"({above['currency']}={cell(row, place['currency'])})*(LEN({above['period']})<>4)"
        sums = {code: f"SUMPRODUCT({mine}*{above[code]})" for code in ("amount", "claimed", "adjusted", "won")}
        _total_row(report, f"periods_{whose}", columns, row, report.portfolio.totals[currency], sums)


def _write_trend(report: ReportBook, trend: Trend) -> None:
    """A row a currency and day, the change a formula over the rows; a chart a currency."""

    def formulas(row: int, point: Point) -> Mapping[str, str]:
        if point.adjusted_change is None:
            return {}
        now, before = cell(row, POINT["adjusted"]), cell(row - 1, POINT["adjusted"])
        return {"adjusted_change": rounded(f"{now}-{before}", point.currency)}

    sheet = report.table("trend", tables.POINTS, trend.points, freeze=0, formulas=formulas, looks=TOP)
    if not trend.points:
        sheet.write_string(HEAD_ROW + 1, 0, words.NO_TREND.to(report.lang), report.formats.quiet())
    top = HEAD_ROW + 1
    for place, (currency, points) in enumerate(trend.by_currency().items()):
        title = words.TREND_TITLE.say(report.lang, {"unit": currency})
        options = {"object_position": 2, "description": f"{currency}: {title}"}
        at = HEAD_ROW + place * TREND_CHART_ROWS
        sheet.insert_chart(at, len(tables.POINTS) + 1, trend_chart(report, points, top), options)
        top += len(points)


def _write_since(report: ReportBook, trend: Trend) -> None:
    """A row a deal: what it was on its day before, what it is, and what moved."""

    def formulas(row: int, one: Since) -> Mapping[str, str]:
        health = f"{cell(row, CHANGE['health'])}-{cell(row, CHANGE['health_before'])}"
        adjusted = f"{cell(row, CHANGE['adjusted'])}-{cell(row, CHANGE['adjusted_before'])}"
        return {
            **({} if one.health is None else {"health_change": health}),
            **({} if one.adjusted is None else {"adjusted_change": rounded(adjusted, one.line.currency)}),
        }

    report.table("since", tables.SINCE, trend.since, freeze=2, formulas=formulas, looks=TOP)

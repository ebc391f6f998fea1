"""The portfolio as a workbook: overview, deals, roll-ups, risks, what was not counted. Totals are live formulas."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from warmap.text import Lang
from warmap_app.portfolio import words
from warmap_app.portfolio.charts import CHART_SHEET
from warmap_app.portfolio.deals_sheet import write_deals
from warmap_app.portfolio.figures import Portfolio
from warmap_app.portfolio.overview_sheet import Overview
from warmap_app.portfolio.risk_sheets import write_left_out, write_risks
from warmap_app.portfolio.rollup import DIMENSIONS
from warmap_app.portfolio.rollup_sheets import write_rollup
from warmap_app.portfolio.sheets import Draft
from warmap_app.portfolio.trend_sheets import write_since, write_trend
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import new_book


def build_portfolio(portfolio: Portfolio, lang: Lang, folder: Path) -> bytes:
    """The bytes of an .xlsx workbook; the same figures give the same bytes. `folder` is where it will lie.

    Every warning of the writer is an error: nothing it would silently leave out may be missing.
    """
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = new_book(stream, words.TITLE.to(lang))
        draft = Draft(book, style.Formats(book, lang), portfolio, lang, folder)
        _write(draft)
        book.close()
    return stream.getvalue()


def _write(draft: Draft) -> None:
    draft.add("overview", words.OVERVIEW, style.TEAL)
    draft.add("deals", words.DEALS, style.NAVY)
    for dimension in DIMENSIONS:
        draft.add(dimension, words.BY[dimension], style.SAND)
    if draft.portfolio.trend is not None:
        draft.add("trend", words.TREND, style.TEAL)
        draft.add("since", words.SINCE, style.TEAL)
    draft.add("risks", words.RISKS, style.RED)
    draft.add("left", words.NOT_COUNTED, style.ORANGE)
    draft.sheets["charts"] = draft.book.add_worksheet(CHART_SHEET)
    draft.sheets["charts"].hide()
    write_deals(draft)
    Overview(draft, draft.sheets["overview"]).write()
    for dimension in DIMENSIONS:
        write_rollup(draft, dimension)
    if draft.portfolio.trend is not None:
        write_trend(draft, draft.portfolio.trend)
        write_since(draft, draft.portfolio.trend)
    write_risks(draft)
    write_left_out(draft)
    draft.sheets["overview"].activate()

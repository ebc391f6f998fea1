"""The calibration as a workbook and as a page: the columns of `calibration_report`, and on the page a drawing a row."""

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warmap.terms import HealthBand
from warmap.text import Lang, percent
from warmap_app.calibration.calibration_report import (
    BY_BAND,
    BY_SCORE,
    FORECAST,
    HOW,
    INTERVAL,
    TITLE,
    Calibration,
    columns,
    notes,
    of_bands,
)
from warmap_app.calibration.win_rates import RANGES, Rate
from warmap_app.outputs.columns import Column, Unit
from warmap_app.outputs.html import templates
from warmap_app.outputs.xlsx.growing_sheet import GrowingSheet, Looks
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import new_book


def build_calibration(found: Calibration, lang: Lang) -> bytes:
    """The bytes of an .xlsx workbook: by band, by score, how it is computed."""
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = new_book(stream, TITLE.to(lang))
        looks = Looks(book, lang, Path())
        tables = ((BY_BAND, found.by_band, of_bands(lang)), (BY_SCORE, found.by_score, columns(lang)))
        for title, rates, shown in tables:
            sheet = GrowingSheet(looks, title.to(lang), style.TEAL, freeze=len(shown) - 11)
            sheet.heads(shown)
            for rate in rates:
                for place, column in enumerate(shown):
                    sheet.put_plain(place, column, column.said(rate, lang))
                sheet.end_row()
            sheet.close()
        how = GrowingSheet(looks, HOW.to(lang), style.SAND)
        how.widths([120])
        how.put(0, TITLE.to(lang), looks.title())
        how.end_row(30)
        for words in notes(found, lang):
            how.put(0, words, looks.cell())
            how.end_row()
        book.close()
    return stream.getvalue()


def calibration_page(found: Calibration, lang: Lang) -> bytes:
    """The HTML, which needs nothing but itself."""
    parts = [
        {"title": title.to(lang), "heads": _heads(shown, lang), "rows": [_row(rate, shown) for rate in rates]}
        for title, rates, shown in (
            (BY_BAND, found.by_band, of_bands(lang)),
            (BY_SCORE, found.by_score, columns(lang)),
        )
    ]
    page: str = templates(Path(__file__).parent).get_template("calibration.html.j2").render(
        lang="zh-CN" if lang == "zh" else "en", title=TITLE.to(lang), notes=list(notes(found, lang)), parts=parts,
        style=style, interval=INTERVAL.to(lang), forecast=FORECAST.to(lang),
    )  # fmt: skip
    return page.encode()


def _heads(shown: Sequence[Column[Rate]], lang: Lang) -> list[tuple[str, str]]:
    return [("" if column.unit is Unit.TEXT else "figure", column.head.to(lang)) for column in shown]


def _row(rate: Rate, shown: Sequence[Column[Rate]]) -> dict[str, Any]:
    """The cells, and for the drawing what lies where on 0 … 100."""
    cells = []
    for column in shown:
        value = column.value(rate)
        if column.unit is Unit.SHARE:
            said = "" if value is None else percent(float(str(value)))
        else:
            said = str(value or "") if column.unit is Unit.TEXT else str(value)
        cells.append(("" if column.unit is Unit.TEXT else "figure", said))
    drawn = None
    if rate.interval is not None and rate.share is not None and rate.forecast is not None:
        drawn = [round(100 * share, 1) for share in (*rate.interval, rate.share, rate.forecast)]
    return {"cells": cells, "drawn": drawn, "band": rate.level.value if isinstance(rate.level, HealthBand) else "",
            "begins": rate.score == "" or rate.level == len(RANGES) - 1}  # fmt: skip

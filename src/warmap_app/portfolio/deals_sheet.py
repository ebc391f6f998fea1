"""The sheet with one row a deal, and below it the totals of each currency as formulas."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from warmap.scores.funnel import STAGES
from warmap.terms import HealthBand, Severity
from warmap.text import Lang, Text
from warmap_app.portfolio import words
from warmap_app.portfolio.figures import Line, Portfolio
from warmap_app.portfolio.rollup import canonical_names
from warmap_app.portfolio.sheets import HEAD_ROW, PREFIX, Draft, box, cell, height_for, number, rounded
from warmap_app.scoreboard import clean
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Kind = Literal["text", "long", "money", "score", "rate", "count", "date", "sign", "file"]
LINKS_AT_MOST = 60_000  # a sheet holds 65,530
BAND_LOOK = {
    HealthBand.GREEN: {"bg_color": style.TEAL_PALE, "font_color": style.TEAL},
    HealthBand.AMBER: {"bg_color": style.ORANGE_PALE, "font_color": style.ORANGE},
    HealthBand.RED: {"bg_color": style.RED_PALE, "font_color": style.RED},
}


class Column(NamedTuple):
    """A column: its code, which is its defined name after `pf_`, head, width and kind."""

    code: str
    head: Text
    width: float
    kind: Kind = "text"


COLUMNS = (
    Column("account", words.ACCOUNT, 19), Column("opportunity", words.OPPORTUNITY, 19), Column("rep", words.REP, 10),
    Column("team", words.TEAM, 14), Column("stage", words.DECLARED, 13), Column("reached", words.REACHED, 13),
    Column("close_date", words.CLOSE, 11, "date"), Column("currency", words.CURRENCY, 8),
    Column("amount", words.AMOUNT, 15.5, "money"), Column("claimed", words.CLAIMED, 15.5, "money"),
    Column("stage_step", words.STAGE_STEP, 15.5, "money"), Column("health_step", words.HEALTH_STEP, 15.5, "money"),
    Column("adjusted", words.ADJUSTED, 15.5, "money"), Column("expected", words.EXPECTED, 15.5, "money"),
    Column("health", words.HEALTH, 8, "score"), Column("band", words.BAND, 9, "sign"),
    Column("weakest", words.WEAKEST, 12), Column("plan_quality", words.PLAN, 8, "score"),
    Column("rate", words.RATE, 8, "rate"), Column("critical", words.CRITICAL, 9, "count"),
    Column("major", words.MAJOR, 9, "count"), Column("worst_flag", words.WORST_FLAG, 42, "long"),
    Column("as_of", words.AS_OF, 11, "date"), Column("passed", words.CHECKED, 9), Column("file", words.FILE, 24, "file"),
)  # fmt: skip
PLACE = {column.code: place for place, column in enumerate(COLUMNS)}
MONEY = tuple(column.code for column in COLUMNS if column.kind == "money")


def labels(portfolio: Portfolio, lang: Lang) -> Mapping[str, Mapping[str, str]]:
    """Team and rep as every sheet writes them: one spelling each, and words where they are blank."""
    blank = words.BLANK.to(lang)
    return {
        "team": canonical_names([blank, *(line.deal.team or blank for line in portfolio.lines)]),
        "rep": canonical_names([blank, *(line.deal.rep or blank for line in portfolio.lines)]),
    }


def band_words(band: HealthBand, lang: Lang) -> str:
    """A band with its sign: colour is never the only sign."""
    return f"{words.BAND_SIGN[band]} {band.label.to(lang)}"


def cells_of(line: Line, names: Mapping[str, Mapping[str, str]], lang: Lang) -> dict[str, Any]:
    """The values of one deal's row by column code; money in minor units."""
    deal, step, blank = line.deal, line.step, words.BLANK.to(lang)
    return {
        "account": deal.account, "opportunity": deal.opportunity, "rep": names["rep"][deal.rep or blank],
        "team": names["team"][deal.team or blank], "stage": deal.forecast.declared.label.to(lang),
        "reached": STAGES[deal.forecast.reached - 1].label.to(lang), "close_date": deal.close_date,
        "currency": line.currency, "amount": line.amount, "claimed": step.claimed, "stage_step": step.stage,
        "health_step": step.health, "adjusted": step.adjusted, "expected": line.expected, "health": line.health,
        "band": band_words(deal.band, lang), "weakest": deal.weakest.label.to(lang) if deal.weakest else "",
        "plan_quality": deal.plan_quality, "rate": line.rate, "critical": deal.open_flags(Severity.CRITICAL),
        "major": deal.open_flags(Severity.MAJOR),
        "worst_flag": f"{deal.risks[0].code} {deal.risks[0].message}" if deal.risks else words.NO_FLAG.to(lang),
        "as_of": deal.as_of, "passed": (words.YES_SIGN if deal.passed else words.NO_SIGN).to(lang),
        "file": clean(Path(deal.file).name),
    }  # fmt: skip


def write_deals(draft: Draft) -> None:
    """The whole sheet, and the defined names of its columns."""
    sheet = draft.sheets["deals"]
    draft.page(sheet, words.DEALS.to(draft.lang), words.PORTFOLIO_PURPOSE["deals"].to(draft.lang))
    draft.head(sheet, [(column.head, column.width) for column in COLUMNS])
    names = labels(draft.portfolio, draft.lang)
    for row, line in enumerate(draft.portfolio.lines, HEAD_ROW + 1):
        _row(draft, sheet, row, line, cells_of(line, names, draft.lang))
    last = HEAD_ROW + max(1, len(draft.portfolio.lines))
    for place, column in enumerate(COLUMNS):
        area = box(HEAD_ROW + 1, place, last)
        draft.book.define_name(PREFIX + column.code, f"='{draft.names['deals']}'!{area}")
    _totals(draft, sheet, last + 2)
    sheet.autofilter(HEAD_ROW, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.repeat_columns(0, 1)
    sheet.fit_to_pages(2, 0)
    sheet.set_v_pagebreaks([PLACE["health"]])
    health = box(HEAD_ROW + 1, PLACE["health"], last).replace("$", "")
    bar = {"type": "data_bar", "bar_color": "#9CCFCF", "min_type": "num", "max_type": "num",
           "min_value": 0, "max_value": 100}  # fmt: skip
    sheet.conditional_format(health, bar)


def _row(draft: Draft, sheet: Worksheet, row: int, line: Line, values: Mapping[str, Any]) -> None:
    edge = {"bottom": 1, "bottom_color": style.LINE, "valign": "top"}
    looks: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True}, "file": {}, "long": {"text_wrap": True}, "score": {"num_format": style.SCORE, "align": "center"},
        "rate": {"num_format": style.PERCENT, "align": "center"}, "count": {"num_format": "0", "align": "center"},
        "date": {"num_format": style.DATE, "align": "center"}, "sign": BAND_LOOK[line.deal.band], "money": {},
    }  # fmt: skip
    texts = ((str(values[column.code]), column.width) for column in COLUMNS if column.kind in {"text", "long", "file"})
    sheet.set_row(row, height_for(texts))
    for place, column in enumerate(COLUMNS):
        value, look = values[column.code], {**edge, **looks[column.kind]}
        if column.kind == "money":
            sheet.write_number(row, place, number(value, line.currency), draft.money(line.currency, **look))
        elif value is None or value == "":
            sheet.write_blank(row, place, None, draft.formats(**look))
        elif column.kind == "file":
            _file(draft, sheet, row, place, line.deal.file, value)
        elif isinstance(value, str):
            sheet.write_string(row, place, value, draft.formats(**look))
        elif column.kind == "date":
            sheet.write_datetime(row, place, value, draft.formats(**look))
        else:
            sheet.write_number(row, place, value, draft.formats(**look))


def _file(draft: Draft, sheet: Worksheet, row: int, column: int, file: str, shown: str) -> None:
    """The file's name, as a link where there is such a file and its name can stand in a link."""
    edge = {"bottom": 1, "bottom_color": style.LINE, "valign": "top", "text_wrap": True}
    address = link_to(file, draft.folder)
    if address is None or row > LINKS_AT_MOST:
        sheet.write_string(row, column, shown, draft.formats(**edge))
        return
    look = draft.formats(font_color=style.BLUE, underline=1, **edge)
    sheet.write_url(row, column, f"external:{address}", look, shown)


def link_to(file: str, folder: Path) -> str | None:
    """The way from a folder to a file; None where there is no such file, or its name has no place in a link."""
    path = Path(file)
    if not path.is_file():
        return None
    try:
        way = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:  # on another drive
        way = str(path.resolve())
    way = way.replace("\\", "/")
    return way if way == clean(way) and len(way) < 1000 and not set(way) & set("#'\"%[]") else None


def _totals(draft: Draft, sheet: Worksheet, row: int) -> None:
    """A row a currency; each total a formula over the rows above."""
    for place, currency in enumerate(draft.portfolio.currencies):
        at = row + place
        look = {"bold": True, "top": 1, "top_color": style.NAVY, "bg_color": style.NAVY_PALE}
        for column in range(len(COLUMNS)):
            sheet.write_blank(at, column, None, draft.formats(**look))
        sheet.write_string(at, 0, words.TOTAL.say(draft.lang, {"currency": currency}), draft.formats(**look))
        sheet.write_string(at, PLACE["currency"], currency, draft.formats(**look))
        totals = totals_of(draft.portfolio, currency)
        where = cell(at, PLACE["currency"])
        for code in MONEY:
            formula = "=" + rounded(f"SUMIFS({PREFIX}{code},{PREFIX}currency,{where})", currency)
            value = number(totals[code], currency)
            sheet.write_formula(at, PLACE[code], formula, draft.money(currency, **look), value)


def totals_of(portfolio: Portfolio, currency: str) -> dict[str, int]:
    """The totals of one currency in minor units, by column code."""
    total = portfolio.total(currency)
    return {
        "amount": portfolio.amounts.get(currency, 0), "claimed": total.claimed, "stage_step": total.stage,
        "health_step": total.health, "adjusted": total.adjusted, "expected": portfolio.funnels[currency].expected,
    }  # fmt: skip

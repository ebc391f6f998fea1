"""The portfolio as one page that needs nothing else: drawings from the data, no network, prints on A4 landscape."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from warmap.text import Lang
from warmap.worksheet.guidance import SIGN
from warmap_app.portfolio import words
from warmap_app.portfolio.deals_sheet import COLUMNS, PLACE, band_words, cells_of, labels, link_to, totals_of
from warmap_app.portfolio.drawing import bridge_drawing, funnel_drawing
from warmap_app.portfolio.figures import Line, Portfolio, money
from warmap_app.portfolio.notes import how, notes
from warmap_app.portfolio.rollup import DIMENSIONS, MONEY, RollUp
from warmap_app.portfolio.rollup_sheets import DIMENSION_HEAD, HEADS, label_words
from warmap_app.portfolio.trend_page import trend_parts
from warmap_app.scoreboard import clean
from warmap_workbook.writing import style

TEMPLATE = "page.html.j2"
RISK_HEADS = (words.ACCOUNT, words.OPPORTUNITY, words.WHOSE, words.HEALTH, words.BAND, words.SEVERITY, words.CODE,
              words.SUBJECT, words.PROBLEM, words.REMEDY)  # fmt: skip
LEFT_HEADS = (words.FILE, words.ACCOUNT, words.OPPORTUNITY, words.WHY, words.REMEDY)


def build_page(portfolio: Portfolio, lang: Lang, folder: Path) -> str:
    """The HTML; `folder` is where it will lie, for the links to the files."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    template = environment.get_template(TEMPLATE)

    def say(text: str) -> str:
        return str(getattr(words, text).to(lang))

    return template.render(
        lang="zh-CN" if lang == "zh" else "en", say=say, style=style, notes=notes(portfolio, lang),
        how=how(portfolio, lang), currencies=[_currency(portfolio, currency, lang) for currency in portfolio.currencies],
        deals=_deals(portfolio, lang, folder), rollups=[_rollup(portfolio, name, lang) for name in DIMENSIONS],
        risks=_risks(portfolio, lang), left=_left(portfolio, lang), trend=trend_parts(portfolio, lang),
    )  # fmt: skip


def _currency(portfolio: Portfolio, currency: str, lang: Lang) -> dict[str, Any]:
    """The eight figures, the two drawings and the worst deals of a currency."""
    total, line = portfolio.total(currency), portfolio.funnels[currency]
    figures = (
        (words.CLAIMED, total.claimed), (words.STAGE_STEP, total.stage), (words.HEALTH_STEP, total.health),
        (words.ADJUSTED, total.adjusted), (words.EXPECTED, line.expected), (words.QUOTA, line.quota),
        (words.GAP, line.gap), (words.NEEDED, line.needed_pipeline),
    )  # fmt: skip
    needed = words.needed_words(line)
    cards = [(head.to(lang), words.NO_VALUE if units is None else money(units, currency)) for head, units in figures]
    if needed:
        cards[-1] = (cards[-1][0], needed.to(lang))
    worst = [_worst(one, lang) for one in portfolio.worst_first(currency)[:5]]
    drawings = [bridge_drawing(portfolio, currency, lang), funnel_drawing(portfolio, currency, lang)]
    return {
        "title": words.OF_CURRENCY.say(lang, {"currency": currency, "count": line.deals}),
        "cards": cards,
        "drawings": drawings,
        "worst": worst,
    }


def _worst(line: Line, lang: Lang) -> dict[str, Any]:
    deal = line.deal
    flag = f"{deal.risks[0].code} {deal.risks[0].message}" if deal.risks else words.NO_FLAG.to(lang)
    return {"band": deal.band.value, "cells": [
        f"{band_words(deal.band, lang)} {line.health:.1f}", deal.name, deal.rep,
        f"{words.ADJUSTED.to(lang)} {money(line.step.adjusted, line.currency)}", flag,
    ]}  # fmt: skip


def _deals(portfolio: Portfolio, lang: Lang, folder: Path) -> list[dict[str, Any]]:
    """Two tables of the same deals, for the width of paper: the money, and how the deals are judged."""
    judged = PLACE["health"]
    money_part, judged_part = COLUMNS[:judged], (*COLUMNS[:2], *COLUMNS[judged:])
    names = labels(portfolio, lang)
    values = [cells_of(line, names, lang) for line in portfolio.lines]
    totals = []
    for currency in portfolio.currencies:
        sums: dict[str, Any] = {**totals_of(portfolio, currency), "currency": currency}
        sums["account"] = words.TOTAL.say(lang, {"currency": currency})
        totals.append([
            (column.kind, _shown(column.kind, sums[column.code], currency) if column.code in sums else "")
            for column in money_part
        ])  # fmt: skip
    return [
        {"heads": [(column.kind, column.head.to(lang)) for column in part], "totals": part_totals, "rows": [
            {"band": line.deal.band.value, "href": _href(line, folder), "cells": [
                (column.kind, _shown(column.kind, cells[column.code], line.currency)) for column in part
            ]}
            for line, cells in zip(portfolio.lines, values, strict=True)
        ]}
        for part, part_totals in ((money_part, totals), (judged_part, []))
    ]  # fmt: skip


def _href(line: Line, folder: Path) -> str:
    """The link to a deal's file; empty where there is none."""
    way = link_to(line.deal.file, folder)
    return quote(f"./{way}") if way and ":" not in way else ""


def _shown(kind: str, value: Any, currency: str) -> str:
    """A value of the deals' table as text."""
    if value is None:
        return ""
    if kind == "money":
        return money(value, currency)
    if kind == "score":
        return f"{value:.1f}"
    return f"{value:.0%}" if kind == "rate" else str(value)


def _rollup(portfolio: Portfolio, dimension: str, lang: Lang) -> dict[str, Any]:
    heads = [DIMENSION_HEAD[dimension].to(lang), *(head.to(lang) for head, _ in HEADS)]
    rows = [_rollup_cells(row, lang) for row in portfolio.rollups[dimension]]
    totals = []
    for currency in portfolio.totals:
        mine, sums = (
            [row for row in portfolio.rollups[dimension] if row.currency == currency],
            totals_of(portfolio, currency),
        )
        totals.append([
            words.TOTAL.say(lang, {"currency": currency}), currency, str(sum(row.deals for row in mine)),
            *(money(sums[code], currency) for code in MONEY), "", "", str(sum(row.critical for row in mine)),
        ])  # fmt: skip
    return {"title": words.BY[dimension].to(lang), "heads": heads, "rows": rows, "totals": totals}


def _rollup_cells(row: RollUp, lang: Lang) -> list[str]:
    sums = (money(getattr(row, code), row.currency) for code in MONEY)
    means = (f"{row.plain_health:.1f}", f"{row.weighted_health:.1f}")
    return [label_words(row.label, lang), row.currency, str(row.deals), *sums, *means, str(row.critical)]


def _risks(portfolio: Portfolio, lang: Lang) -> dict[str, Any]:
    rows = [
        {"severity": risk.severity.value, "band": line.deal.band.value, "cells": [
            line.deal.account, line.deal.opportunity, line.deal.rep or words.BLANK.to(lang), f"{line.health:.1f}",
            band_words(line.deal.band, lang), f"{SIGN[risk.severity]} {risk.severity.label.to(lang)}", risk.code,
            risk.subject, risk.message, risk.remedy,
        ]}
        for line, risk in portfolio.risks()
    ]  # fmt: skip
    return {"heads": [head.to(lang) for head in RISK_HEADS], "rows": rows}


def _left(portfolio: Portfolio, lang: Lang) -> dict[str, Any]:
    rows = [[clean(one.file), one.account, one.opportunity, one.why, one.remedy] for one in portfolio.left_out]
    return {"heads": [head.to(lang) for head in LEFT_HEADS], "rows": rows}

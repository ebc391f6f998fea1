"""The portfolio as one page that needs nothing else: drawings from the data, no network, prints on A4 landscape."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warmap.text import Lang
from warmap_app.outputs.html import templates
from warmap_app.outputs.wording import way_to
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.drawings import bridge_drawing, funnel_drawing, trend_drawing
from warmap_app.portfolio.figures import DIMENSIONS, Money
from warmap_app.portfolio.forecast import Portfolio, how, notes
from warmap_app.portfolio.report_tables import (
    DEALS,
    FIGURES,
    JUDGED_FROM,
    LEFT_OUT,
    MONEY_HEADS,
    POINTS,
    RISKS,
    SINCE,
    Column,
    figure_said,
    rollup_columns,
    texts,
    worst_said,
)
from warmap_app.portfolio.trend import Trend
from warmap_workbook.writing import style

WORST_SHOWN = 5
PAGE_RISKS = tuple(column for column in RISKS if column.code not in {"currency", "claimed"})


def build_page(portfolio: Portfolio, lang: Lang, folder: Path) -> str:
    """The HTML; links to the files start at `folder`, where it will be saved."""

    def say(text: str) -> str:
        return str(getattr(words, text).to(lang))

    return templates(Path(__file__).parent).get_template("page.html.j2").render(
        lang="zh-CN" if lang == "zh" else "en", say=say, style=style, notes=notes(portfolio, lang),
        how=how(portfolio, lang), currencies=[_currency(portfolio, currency, lang) for currency in portfolio.totals],
        deals=_deals(portfolio, lang, folder), rollups=[_rollup(portfolio, name, lang) for name in DIMENSIONS],
        risks=_risks(portfolio, lang), trend=_trend(portfolio, portfolio.trend, lang) if portfolio.trend else None,
        left={"heads": _heads(LEFT_OUT, lang), "rows": [texts(LEFT_OUT, one, lang) for one in portfolio.left_out]},
    )  # fmt: skip


def _heads(columns: tuple[Column[Any], ...], lang: Lang) -> list[str]:
    return [column.head.to(lang) for column in columns]


def _kinds(columns: tuple[Column[Any], ...], said: list[str]) -> list[tuple[str, str]]:
    """Texts, each with the class that its cell gets."""
    return list(zip((column.kind for column in columns), said, strict=True))


def _currency(portfolio: Portfolio, currency: str, lang: Lang) -> dict[str, Any]:
    """The eight figures, the two drawings and the worst deals of a currency."""
    total = portfolio.totals[currency]
    worst = portfolio.worst_first(currency)[:WORST_SHOWN]
    return {
        "title": words.OF_CURRENCY.say(lang, {"currency": currency, "count": total.deals}),
        "cards": [(head.to(lang), figure_said(total, code, lang)) for code, head in FIGURES.items()],
        "drawings": [bridge_drawing(portfolio, currency, lang), funnel_drawing(portfolio, currency, lang)],
        "worst": [{"band": line.deal.band.value, "cells": worst_said(line, lang)} for line in worst],
    }


def _deals(portfolio: Portfolio, lang: Lang, folder: Path) -> list[dict[str, Any]]:
    """Two tables of the same deals, for the width of paper: the money, and how the deals are judged."""
    money_part, judged_part = DEALS[:JUDGED_FROM], (*DEALS[:2], *DEALS[JUDGED_FROM:])
    totals = []
    for currency in portfolio.totals:
        said = {"account": words.TOTAL.say(lang, {"currency": currency}), "currency": currency}
        said |= _money_said(portfolio, currency)
        totals.append(_kinds(money_part, [said.get(column.code, "") for column in money_part]))
    return [
        {
            "heads": _kinds(part, _heads(part, lang)),
            "totals": part_totals,
            "rows": [
                {
                    "band": line.deal.band.value,
                    "href": way_to(line.deal.file, folder) or "",
                    "cells": _kinds(part, texts(part, line, lang)),
                }
                for line in portfolio.lines
            ],
        }
        for part, part_totals in ((money_part, totals), (judged_part, []))
    ]


def _money_said(portfolio: Portfolio, currency: str) -> Mapping[str, str]:
    total = portfolio.totals[currency]
    return {code: str(Money(getattr(total, code), currency)) for code in MONEY_HEADS}


def _rollup(portfolio: Portfolio, dimension: str, lang: Lang) -> dict[str, Any]:
    columns, rows, totals = rollup_columns(dimension), portfolio.rollups[dimension], []
    for total in (total for total in portfolio.totals.values() if total.deals):
        critical = sum(row.critical for row in rows if row.currency == total.currency)
        said = {"label": words.TOTAL.say(lang, {"currency": total.currency}), "currency": total.currency}
        said |= {"deals": str(total.deals), **_money_said(portfolio, total.currency), "critical": str(critical)}
        totals.append([said.get(column.code, "") for column in columns])
    body = [texts(columns, row, lang) for row in rows]
    return {"title": words.BY[dimension].to(lang), "heads": _heads(columns, lang), "rows": body, "totals": totals}


def _trend(portfolio: Portfolio, trend: Trend, lang: Lang) -> dict[str, Any]:
    """A drawing and a table for each currency, and the deals since their day before."""
    heads = _heads(POINTS, lang)
    return {
        "currencies": [
            {
                **trend_drawing(portfolio, points, lang),
                "heads": heads,
                "rows": [texts(POINTS, point, lang) for point in points],
            }
            for points in trend.by_currency().values()
        ],
        "since": {
            "heads": _kinds(SINCE, _heads(SINCE, lang)),
            "rows": [_kinds(SINCE, texts(SINCE, one, lang)) for one in trend.since],
        },
    }


def _risks(portfolio: Portfolio, lang: Lang) -> dict[str, Any]:
    rows = [
        {
            "severity": risk.severity.value,
            "band": line.deal.band.value,
            "cells": texts(PAGE_RISKS, (line, risk), lang),
        }
        for line, risk in portfolio.risks()
    ]
    return {"heads": _heads(PAGE_RISKS, lang), "rows": rows}

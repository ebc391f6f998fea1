"""The portfolio as a page that needs nothing else: drawings from the data, no network, prints on A4 landscape.

Where there are many deals the long tables go on on further pages, plain files in a folder beside it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warmap.terms import Term
from warmap.text import Lang, Text
from warmap_app.outputs.html import templates
from warmap_app.outputs.wording import way_to
from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.drawings import bridge_drawing, funnel_drawing, trend_drawing
from warmap_app.portfolio.figures import DIMENSIONS, WHOSE, Money, Total
from warmap_app.portfolio.forecast import Portfolio, how, notes
from warmap_app.portfolio.trend import Trend
from warmap_workbook.writing import style

WORST_SHOWN = 5
ROWS_A_PAGE = 200
"""Rows of a long table on one page; the next are on pages of their own, so that none is too heavy for a browser."""
PAGE_RISKS = tuple(column for column in tables.RISKS if column.code not in {"currency", "claimed"})


@dataclass(frozen=True, slots=True)
class Listing:
    """A long table, or two of the same rows side by side on paper; `totals` stand below the first."""

    code: str
    title: Text
    rows: Sequence[Any]
    parts: Sequence[tuple[tables.Column[Any], ...]]
    totals: Sequence[Any] = ()

    @property
    def pages(self) -> int:
        """How many pages it fills, one at least."""
        return max(1, -(-len(self.rows) // ROWS_A_PAGE))


def build_page(portfolio: Portfolio, lang: Lang, folder: Path) -> str:
    """The HTML of the first page, alone; links to the files start at `folder`, where it will be saved."""
    return next(pages_of(portfolio, lang, folder / "portfolio.html"))[1]


def pages_of(
    portfolio: Portfolio, lang: Lang, out: Path, beside: Sequence[tuple[str, str]] = ()
) -> Iterator[tuple[Path, str]]:
    """The pages, each with its place: the first at `out`, those of long tables in a folder beside it.

    `beside` are names and addresses of other pages that the first leads to. Every row stands on one page only.
    """

    def say(text: str) -> str:
        return str(getattr(words, text).to(lang))

    about = {"lang": "zh-CN" if lang == "zh" else "en", "say": say, "style": style}
    environment = templates(Path(__file__).parent)
    listings = _listings(portfolio, lang)
    yield out, environment.get_template("page.html.j2").render(
        **about, notes=notes(portfolio, lang), how=how(portfolio, lang), beside=beside,
        currencies=[_currency(portfolio, currency, lang) for currency in portfolio.totals],
        periods=_periods(portfolio, lang), rollups=[_rollup(portfolio, name, lang) for name in DIMENSIONS],
        moves=list(_moves(portfolio, lang)), trend=_trend(portfolio, portfolio.trend, lang) if portfolio.trend else None,
        listings={one.code: _listed(one, 1, lang, out) for one in listings},
    )  # fmt: skip
    for one in listings:
        for number in range(2, one.pages + 1):
            listed = _listed(one, number, lang, out)
            home = "../" + quote(out.name) + "#" + one.code
            page = environment.get_template("listing.html.j2").render(**about, listed=listed, home=home)
            yield folder_beside(out) / _name(one.code, number), page


def folder_beside(out: Path) -> Path:
    """The folder beside a page in which its further pages are."""
    return out.with_name(f"{out.stem}.pages")


def _name(code: str, number: int) -> str:
    return f"{code}-{number}.html"


def is_further_page(name: str) -> bool:
    """Whether a file's name is one that we give to further pages."""
    return re.fullmatch(rf"(?:{'|'.join(LISTED)})-[0-9]+\.html", name) is not None


LISTED = ("left", "deals", "closed", "since", "risks", "steps", "aged")


def _listings(portfolio: Portfolio, lang: Lang) -> list[Listing]:
    columns = tables.shown_columns(tables.DEALS, **portfolio.said)
    halves = (columns[: tables.JUDGED_FROM], (*columns[:2], *columns[tables.JUDGED_FROM :]))
    totals = [
        {
            "account": words.TOTAL.say(lang, {"currency": currency}),
            "currency": currency,
            **_money_said(portfolio, currency),
        }
        for currency in portfolio.totals
    ]
    closed = tables.shown_columns(tables.CLOSED, **portfolio.said)
    return [
        Listing("left", words.NOT_COUNTED, portfolio.left_out, [tables.LEFT_OUT]),
        Listing("deals", words.DEALS, portfolio.lines, halves, totals),
        Listing("closed", words.CLOSED, portfolio.closed, [closed]),
        Listing("since", words.SINCE, portfolio.since, [tables.SINCE]),
        Listing("steps", words.STEPS, portfolio.moves.news if portfolio.moves else (), [tables.STEPS]),
        Listing("aged", words.AGED, portfolio.aged, [tables.AGED]),
        Listing("risks", words.RISKS, portfolio.risks(), [PAGE_RISKS]),
    ]


def _listed(one: Listing, number: int, lang: Lang, out: Path) -> dict[str, Any]:
    """One page of a long table: its rows, and the way to the other pages."""
    first = (number - 1) * ROWS_A_PAGE
    rows, folder = one.rows[first : first + ROWS_A_PAGE], out.parent
    ahead = quote(folder_beside(out).name) + "/"
    if number > 1:
        folder, ahead = folder_beside(out), ""
    home = f"#{one.code}" if number == 1 else f"../{quote(out.name)}#{one.code}"
    ways = [home, *(ahead + _name(one.code, page) for page in range(2, one.pages + 1))]
    span = {"first": f"{first + 1:,}", "last": f"{first + len(rows):,}", "all": f"{len(one.rows):,}"}
    return {
        "code": one.code, "title": one.title.to(lang), "count": len(one.rows), "number": number,
        "span": words.ROWS_SHOWN.say(lang, span) if one.pages > 1 else "", "ways": ways if one.pages > 1 else [],
        "tables": [
            _table(part, rows, lang, folder, one.totals if place == 0 and number == 1 else ())
            for place, part in enumerate(one.parts)
        ],
    }  # fmt: skip


def _table(
    columns: tuple[tables.Column[Any], ...],
    rows: Sequence[Any],
    lang: Lang,
    folder: Path | None = None,
    totals: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """A table: heads, rows and totals, each cell with the classes that it bears; a file is a link where it is below `folder`."""

    def cell(column: tables.Column[Any], row: Any) -> tuple[str, str, str]:
        value = column.value(row)
        band = f" {value.value}" if column.kind == "sign" and isinstance(value, Term) else ""
        way = way_to(str(value), folder) if folder is not None and column.kind == "file" else None
        return column.kind + band, tables.text_of(value, column.kind, lang), way or ""

    return {
        "heads": [(column.kind, column.head.to(lang)) for column in columns],
        "rows": [[cell(column, row) for column in columns] for row in rows],
        "totals": [[(column.kind, said.get(column.code, "")) for column in columns] for said in totals],
    }


def _currency(portfolio: Portfolio, currency: str, lang: Lang) -> dict[str, Any]:
    total = portfolio.totals[currency]
    worst = portfolio.worst_first(currency)[:WORST_SHOWN]
    return {
        "title": words.OF_CURRENCY.say(lang, {"currency": currency, "count": total.deals}),
        "cards": [
            (head.to(lang), tables.figure_said(total, code, lang), _below(total, lang) if code == "gap" else "")
            for code, head in tables.CARDS.items()
        ],
        "drawings": [bridge_drawing(portfolio, currency, lang), funnel_drawing(portfolio, currency, lang)],
        "worst": [{"band": line.deal.band.value, "cells": tables.worst_said(line, lang)} for line in worst],
    }


def _below(total: Total, lang: Lang) -> str:
    """What the gap would be if every claim came true."""
    return "" if total.quota is None else words.IF_CLAIMED.to(lang) + tables.figure_said(total, "claimed_gap", lang)


def _periods(portfolio: Portfolio, lang: Lang) -> list[dict[str, Any]]:
    """A table for all, for the teams and for the reps; the row of a year stands out."""
    if portfolio.calendar is None:
        return []
    found = []
    for whose, rows in portfolio.periods.items():
        title = words.BY_PERIOD[portfolio.calendar.by][whose].to(lang)
        years = {place for place, row in enumerate(rows) if row.period.isdecimal()}
        found.append({"title": title, "years": years, **_table(tables.period_columns(whose), rows, lang)})
    return found


def _moves(portfolio: Portfolio, lang: Lang) -> Iterator[dict[str, Any]]:
    """What moved since a day, of all, of teams and of reps; reps beside reviewers; what the figures stand on."""
    moves = portfolio.moves
    if moves is not None:
        rows = moves.rows({currency: total.deals for currency, total in portfolio.totals.items()})
        ends = {place for place, row in enumerate(rows) if row.kind is None}
        title = f"{words.MOVES.to(lang)} · {moves.since}"
        yield {"title": title, "years": ends, **_table(tables.MOVES, rows, lang)}
        for dimension in WHOSE:
            found = moves.whose(dimension)
            ends = {place for place, one in enumerate(found) if one.label is None}
            columns = tables.whose_columns(dimension, moves.kinds)
            yield {"title": words.MOVES_BY[dimension].to(lang), "years": ends, **_table(columns, found, lang)}
    if portfolio.optimism:
        yield {"title": words.OPTIMISM.to(lang), "years": set(), **_table(tables.OPTIMISM, portfolio.optimism, lang)}
    if portfolio.footing:
        ends = {place for place, row in enumerate(portfolio.footing) if row.doubt is None}
        yield {"title": words.FOOTING.to(lang), "years": ends, **_table(tables.FOOTING, portfolio.footing, lang)}


def _money_said(portfolio: Portfolio, currency: str) -> Mapping[str, str]:
    total = portfolio.totals[currency]
    return {code: str(Money(getattr(total, code), currency)) for code in tables.MONEY_HEADS}


def _rollup(portfolio: Portfolio, dimension: str, lang: Lang) -> dict[str, Any]:
    rows, totals = portfolio.rollups[dimension], []
    for total in (portfolio.totals[currency] for currency in dict.fromkeys(row.currency for row in rows)):
        critical = sum(row.critical for row in rows if row.currency == total.currency)
        said = {"label": words.TOTAL.say(lang, {"currency": total.currency}), "currency": total.currency}
        said |= {"deals": str(total.deals), **_money_said(portfolio, total.currency), "critical": str(critical)}
        totals.append(said | {"won": str(Money(total.won, total.currency))})
    return {"title": words.BY[dimension].to(lang), **_table(tables.rollup_columns(dimension), rows, lang, None, totals)}


def _trend(portfolio: Portfolio, trend: Trend, lang: Lang) -> list[dict[str, Any]]:
    """A drawing and a table for each currency."""
    return [
        {"drawing": trend_drawing(portfolio, points, lang), "table": _table(tables.POINTS, points, lang)}
        for points in trend.by_currency().values()
    ]

"""The short table of a portfolio: the bridge and the quota of every currency, the worst deals, what was not counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text as Line

from warmap.text import Lang, Text
from warmap_app.portfolio import words
from warmap_app.portfolio.figures import Portfolio, money
from warmap_app.portfolio.notes import notes
from warmap_app.portfolio.trend import Trend
from warmap_app.portfolio.trend_page import POINT_HEADS, moved_money, moved_score, trend_lines
from warmap_app.scoreboard import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

WORST_SHOWN = 5
CURRENCIES_ABREAST = 3
WORST_HEADS = (words.HEALTH, words.DEAL, words.REP, words.ADJUSTED, words.WORST_FLAG)
DAYS_SHOWN = 6
MOVED_HEADS = (words.DEAL, words.HEALTH, words.HEALTH_MOVED, words.DAY_BEFORE, words.ADJUSTED_MOVED)
LEFT_HEADS = (words.FILE, words.WHY, words.REMEDY)


def portfolio_table(portfolio: Portfolio, lang: Lang) -> Iterator[RenderableType]:
    """What the terminal shows, part by part."""
    for first in range(0, len(portfolio.currencies), CURRENCIES_ABREAST):
        yield _bridge(portfolio, portfolio.currencies[first : first + CURRENCIES_ABREAST], lang)
    if portfolio.lines:
        yield Group(Line(words.WORST.to(lang), style="bold"), _worst(portfolio, lang))
    if portfolio.trend is not None:
        yield from _trend(portfolio.trend, lang)
    for note in notes(portfolio, lang):
        yield Line(note)
    if portfolio.left_out:
        table = _table(LEFT_HEADS, lang)
        for one in portfolio.left_out:
            table.add_row(*(Line(clean(cell)) for cell in (one.file, one.why, one.remedy)))
        yield Group(Line(words.NOT_COUNTED.to(lang), style="bold"), table)


def _trend(trend: Trend, lang: Lang) -> Iterator[RenderableType]:
    """The last days of every currency, and the deals that lost most since their day before."""
    table = _table(POINT_HEADS[:5], lang, right=range(5))
    for point in trend_lines(trend, DAYS_SHOWN):
        table.add_row(*point[:5])
    yield Group(Line(words.TREND.to(lang), style="bold"), table)
    table = _table(MOVED_HEADS, lang, right=(1, 2, 4))
    for one in [one for one in trend.since if one.day][:WORST_SHOWN]:
        line = one.line
        money_moved = moved_money(one.adjusted_change, line.currency)
        cells = (line.deal.name, f"{line.health:.1f}", moved_score(one.health_change), str(one.day), money_moved)
        table.add_row(*map(Line, cells))
    if table.row_count:
        yield Group(Line(words.SINCE.to(lang), style="bold"), table)


def _table(heads: Sequence[Text], lang: Lang, right: Sequence[int] = ()) -> Table:
    table = Table(header_style="bold")
    for place, head in enumerate(heads):
        table.add_column(
            head.to(lang), overflow="fold", justify="right" if place in right else "left", no_wrap=place in right
        )
    return table


def _bridge(portfolio: Portfolio, currencies: Sequence[str], lang: Lang) -> Table:
    """A row a figure, a column a currency."""
    table = Table(header_style="bold")
    table.add_column(words.CURRENCY.to(lang))
    for currency in currencies:
        table.add_column(currency, justify="right", no_wrap=True)
    columns = [_figures(portfolio, currency, lang) for currency in currencies]
    for head, *cells in zip(FIGURES, *columns, strict=True):
        style = "bold" if head in {words.ADJUSTED, words.GAP} else ""
        table.add_row(head.to(lang), *cells, style=style, end_section=head in {words.COUNT, words.ADJUSTED})
    return table


FIGURES = (
    words.COUNT, words.CLAIMED, words.STAGE_STEP, words.HEALTH_STEP, words.ADJUSTED, words.EXPECTED, words.QUOTA,
    words.GAP, words.NEEDED,
)  # fmt: skip


def _figures(portfolio: Portfolio, currency: str, lang: Lang) -> list[str]:
    total, line = portfolio.total(currency), portfolio.funnels[currency]
    units = (total.claimed, total.stage, total.health, total.adjusted, line.expected, line.quota, line.gap)
    needed = words.needed_words(line)
    shown = [words.NO_VALUE if value is None else money(value, currency) for value in (*units, line.needed_pipeline)]
    return [str(line.deals), *shown[:-1], needed.to(lang) if needed else shown[-1]]


def _worst(portfolio: Portfolio, lang: Lang) -> Table:
    table = _table(WORST_HEADS, lang, right=(0, 3))
    for line in portfolio.worst_first()[:WORST_SHOWN]:
        deal = line.deal
        flag = f"{deal.risks[0].code} {deal.risks[0].message}" if deal.risks else words.NO_FLAG.to(lang)
        adjusted = f"{money(line.step.adjusted, line.currency)} {line.currency}"
        health = f"{words.BAND_SIGN[deal.band]} {line.health:.1f}"
        table.add_row(health, Line(deal.name), Line(deal.rep), adjusted, Line(flag))
    return table

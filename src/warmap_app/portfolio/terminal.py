"""The short table of a portfolio: the bridge and the quota of every currency, the worst deals, what was not counted."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from warmap.text import Lang, Text
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import Money
from warmap_app.portfolio.forecast import Portfolio, notes
from warmap_app.portfolio.report_tables import FIGURES, LEFT_OUT, POINTS, figure_said, text_of, texts, worst_flag
from warmap_app.portfolio.trend import Trend
from warmap_app.scoreboard import table

WORST_SHOWN, DAYS_SHOWN = 5, 6
CURRENCIES_ABREAST = 3
WORST_HEADS = (words.HEALTH, words.DEAL, words.REP, words.ADJUSTED, words.WORST_FLAG)
MOVED_HEADS = (words.DEAL, words.HEALTH, words.HEALTH_MOVED, words.DAY_BEFORE, words.ADJUSTED_MOVED)
LEFT_COLUMNS = tuple(column for column in LEFT_OUT if column.code in {"file", "why", "remedy"})
POINT_COLUMNS = POINTS[:5]  # the change has no room


def portfolio_table(portfolio: Portfolio, lang: Lang) -> Iterator[RenderableType]:
    """What the terminal shows, part by part."""
    currencies = list(portfolio.totals)
    for first in range(0, len(currencies), CURRENCIES_ABREAST):
        yield _bridge(portfolio, currencies[first : first + CURRENCIES_ABREAST], lang)
    if portfolio.lines:
        yield _titled(words.WORST, _worst(portfolio, lang), lang)
    if portfolio.trend is not None:
        yield _titled(words.TREND, _days(portfolio.trend, lang), lang)
        moved = _moved(portfolio.trend, lang)
        if moved.row_count:
            yield _titled(words.SINCE, moved, lang)
    yield from map(Line, notes(portfolio, lang))
    if portfolio.left_out:
        rows = table([column.head for column in LEFT_COLUMNS], lang)
        for one in portfolio.left_out:
            rows.add_row(*map(Line, texts(LEFT_COLUMNS, one, lang)))
        yield _titled(words.NOT_COUNTED, rows, lang)


def _titled(title: Text, rows: Table, lang: Lang) -> Group:
    return Group(Line(title.to(lang), style="bold"), rows)


def _bridge(portfolio: Portfolio, currencies: Sequence[str], lang: Lang) -> Table:
    rows = Table(header_style="bold")
    rows.add_column(words.CURRENCY.to(lang))
    for currency in currencies:
        rows.add_column(currency, justify="right", no_wrap=True)
    totals = [portfolio.totals[currency] for currency in currencies]
    rows.add_row(words.COUNT.to(lang), *(str(total.deals) for total in totals), end_section=True)
    for code, head in FIGURES.items():
        style = "bold" if code in {"adjusted", "gap"} else ""
        said = (figure_said(total, code, lang) for total in totals)
        rows.add_row(head.to(lang), *said, style=style, end_section=code == "adjusted")
    return rows


def _worst(portfolio: Portfolio, lang: Lang) -> Table:
    rows = table(WORST_HEADS, lang, right=(0, 3))
    for line in portfolio.worst_first()[:WORST_SHOWN]:
        health, flag = f"{words.BAND_SIGN[line.deal.band]} {line.health:.1f}", text_of(worst_flag(line), "text", lang)
        adjusted = f"{Money(line.adjusted, line.currency)} {line.currency}"
        rows.add_row(health, Line(line.deal.name), Line(line.deal.rep), adjusted, Line(flag))
    return rows


def _days(trend: Trend, lang: Lang) -> Table:
    rows = table([column.head for column in POINT_COLUMNS], lang, right=range(5))
    for points in trend.by_currency().values():
        for point in points[-DAYS_SHOWN:]:
            rows.add_row(*texts(POINT_COLUMNS, point, lang))
    return rows


def _moved(trend: Trend, lang: Lang) -> Table:
    rows = table(MOVED_HEADS, lang, right=(1, 2, 4))
    for one in [one for one in trend.since if one.day][:WORST_SHOWN]:
        change = text_of(one.health_change, "moved", lang)
        money = text_of(Money(one.adjusted_change, one.line.currency), "moved", lang)
        rows.add_row(*map(Line, (one.line.deal.name, f"{one.line.health:.1f}", change, str(one.day), money)))
    return rows

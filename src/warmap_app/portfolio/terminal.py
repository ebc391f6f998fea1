"""The short table of a portfolio: the bridge and the quota of every currency, the worst deals, what was not counted."""

from collections.abc import Iterator, Sequence

from warmap.text import Lang, Text, tenths
from warmap.worksheet.score_functions import BAND_SIGN
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import Money
from warmap_app.portfolio.forecast import Portfolio, notes
from warmap_app.portfolio.report_tables import (
    AGED,
    CLOSED,
    FIGURES,
    FOOTING,
    LEFT_OUT,
    MOVES,
    OPTIMISM,
    POINTS,
    Column,
    Row,
    figure_said,
    period_columns,
    text_of,
    texts,
    worst_flag,
)
from warmap_app.portfolio.trend import Trend
from warmap_app.screen import BLANK, Head, Line, Part, Table, bold

WORST_SHOWN, CLOSED_SHOWN, DAYS_SHOWN = 5, 10, 6
CURRENCIES_ABREAST = 3
WORST_HEADS = (
    Head(words.HEALTH, "figure"), Head(words.DEAL), Head(words.REP), Head(words.ADJUSTED, "figure"), Head(words.WORST_FLAG, "prose", "→ "),
)  # fmt: skip
MOVED_HEADS = (
    Head(words.DEAL), Head(words.HEALTH, "figure"), Head(words.HEALTH_MOVED, "figure"), Head(words.DAY_BEFORE, "figure"),
    Head(words.ADJUSTED_MOVED, "figure"),
)  # fmt: skip
STEP_HEADS = (Head(words.DEAL), Head(words.MOVE), Head(words.CHANGED), Head(words.ADJUSTED_MOVED, "figure"))
CLOSED_COLUMNS = tuple(column for column in CLOSED if column.code in {"outcome", "outcome_on", "rep", "reason"})
LEFT_COLUMNS = tuple(column for column in LEFT_OUT if column.code in {"file", "why", "remedy"})
STEPS_SHOWN, AGED_SHOWN = 12, 8
FOOTING_COLUMNS = tuple(one for one in FOOTING if one.code != "amount")
AGED_COLUMNS = tuple(
    one for one in AGED if one.code in {"what", "account", "opportunity", "rep", "days", "currency", "adjusted", "won"}
)
POINT_COLUMNS = POINTS[:5]  # the change has no room


def portfolio_table(portfolio: Portfolio, lang: Lang) -> Iterator[Part]:
    """What the terminal shows, part by part."""
    currencies = list(portfolio.totals)
    for first in range(0, len(currencies), CURRENCIES_ABREAST):
        yield _bridge(portfolio, currencies[first : first + CURRENCIES_ABREAST], lang)
        yield BLANK
    yield from _all_periods(portfolio, lang)
    if portfolio.lines:
        yield from _titled(words.WORST, _worst(portfolio, lang), lang)
    if portfolio.closed:
        yield from _titled(words.CLOSED, _closed(portfolio, lang), lang)
    yield from _moves(portfolio, lang)
    if portfolio.trend is not None:
        days = [point for points in portfolio.trend.by_currency().values() for point in points[-DAYS_SHOWN:]]
        yield from _titled(words.TREND, _plain(POINT_COLUMNS, days, lang), lang)
        moved = _moved(portfolio.trend, lang)
        if moved.rows and portfolio.moves is None:
            yield from _titled(words.SINCE, moved, lang)
    yield from _grounds(portfolio, lang)
    yield from map(Line, notes(portfolio, lang))
    if portfolio.left_out:
        rows = Table(
            [
                Head(LEFT_COLUMNS[0].head),
                *(Head(column.head, "prose", lead) for column, lead in zip(LEFT_COLUMNS[1:], ("", "→ "), strict=True)),
            ],
            lang,
        )
        for one in portfolio.left_out:
            rows.add_row(*texts(LEFT_COLUMNS, one, lang))
        yield BLANK
        yield from _titled(words.NOT_COUNTED, rows, lang)


def _grounds(portfolio: Portfolio, lang: Lang) -> Iterator[Part]:
    """How far the reps are above their reviewers, what is doubtful, what is old."""
    if portfolio.optimism:
        yield from _titled(words.OPTIMISM, _plain(OPTIMISM, portfolio.optimism, lang), lang)
    doubtful = {row.currency for row in portfolio.footing if row.doubt}
    if doubtful:
        footing = [row for row in portfolio.footing if row.currency in doubtful]
        yield from _titled(words.FOOTING, _plain(FOOTING_COLUMNS, footing, lang), lang)
    if portfolio.aged:
        yield from _titled(words.AGED, _plain(AGED_COLUMNS, portfolio.aged[:AGED_SHOWN], lang), lang)


def _titled(title: Text, rows: Table, lang: Lang) -> Iterator[Part]:
    yield bold(title.to(lang))
    yield rows
    yield BLANK


def _bridge(portfolio: Portfolio, currencies: Sequence[str], lang: Lang) -> Table:
    rows = Table([Head(words.CURRENCY), *(Head(Text(code, code), "figure") for code in currencies)], lang)
    totals = [portfolio.totals[currency] for currency in currencies]
    rows.add_row(words.COUNT.to(lang), *(str(total.deals) for total in totals))
    for code, head in FIGURES.items():
        style = "bold" if code in {"adjusted", "won", "gap"} else ""
        said = (figure_said(total, code, lang) for total in totals)
        rows.add_row(*(Line(cell, style) for cell in (head.to(lang), *said)))
    return rows


def _worst(portfolio: Portfolio, lang: Lang) -> Table:
    rows = Table(WORST_HEADS, lang)
    for one in portfolio.worst_first()[:WORST_SHOWN]:
        health, flag = f"{BAND_SIGN[one.deal.band]} {tenths(one.health)}", text_of(worst_flag(one), "text", lang)
        rows.add_row(health, one.deal.name, one.deal.rep, f"{Money(one.adjusted, one.currency)} {one.currency}", flag)
    return rows


def _all_periods(portfolio: Portfolio, lang: Lang) -> Iterator[Part]:
    """A table for each currency of all, of the teams and of the reps."""
    if portfolio.calendar is None:
        return
    for whose, found in portfolio.periods.items():
        title = words.BY_PERIOD[portfolio.calendar.by][whose]
        columns = tuple(column for column in period_columns(whose) if column.code not in {"amount", "currency"})
        for currency in dict.fromkeys(row.currency for row in found):
            mine = [row for row in found if row.currency == currency]
            of_currency = Text(f"{title.zh} · {currency}", f"{title.en} · {currency}")
            yield from _titled(of_currency, _plain(columns, mine, lang), lang)


def _closed(portfolio: Portfolio, lang: Lang) -> Table:
    heads = [Head(column.head, "prose" if column.code == "reason" else "label") for column in CLOSED_COLUMNS]
    rows = Table([Head(words.DEAL), Head(words.AMOUNT, "figure"), *heads], lang)
    for one in portfolio.closed[:CLOSED_SHOWN]:
        rows.add_row(
            one.deal.name, f"{Money(one.amount, one.currency)} {one.currency}", *texts(CLOSED_COLUMNS, one, lang)
        )
    return rows


def _moves(portfolio: Portfolio, lang: Lang) -> Iterator[Part]:
    """The bridge since the day of every currency, and the deals that moved most."""
    if portfolio.moves is None:
        return
    rows = portfolio.moves.rows({currency: total.deals for currency, total in portfolio.totals.items()})
    for currency in dict.fromkeys(row.currency for row in rows):
        title = Text(f"{words.MOVES.zh} · {currency}", f"{words.MOVES.en} · {currency}")
        columns = tuple(column for column in MOVES if column.code not in {"amount", "currency"})
        yield from _titled(title, _plain(columns, [row for row in rows if row.currency == currency], lang), lang)
    with_money = [one for one in portfolio.moves.news if any(one.sums)]
    largest = sorted(with_money, key=lambda one: -max(abs(one.sums.adjusted), abs(one.sums.won)))
    if largest:
        rows_of_steps = Table(STEP_HEADS, lang)
        for one in largest[:STEPS_SHOWN]:
            before, after = (text_of(said, "text", lang) for said in (one.before, one.after))
            change = f"{before or '–'} → {after or '–'}" if before or after else ""
            money = text_of(Money(one.sums.adjusted, one.currency), "moved", lang)
            rows_of_steps.add_row(one.whose.name, one.kind.label.to(lang), change, f"{money} {one.currency}")
        yield from _titled(words.STEPS, rows_of_steps, lang)


def _plain(columns: tuple[Column[Row], ...], found: Sequence[Row], lang: Lang) -> Table:
    figures = {"money", "count", "score"}
    rows = Table([Head(column.head, "figure" if column.kind in figures else "label") for column in columns], lang)
    for row in found:
        rows.add_row(*texts(columns, row, lang))
    return rows


def _moved(trend: Trend, lang: Lang) -> Table:
    rows = Table(MOVED_HEADS, lang)
    for one in [one for one in trend.since if one.day][:WORST_SHOWN]:
        change = text_of(one.health_change, "moved", lang)
        money = text_of(Money(one.adjusted_change, one.line.currency), "moved", lang)
        rows.add_row(one.line.deal.name, tenths(one.line.health), change, str(one.day), money)
    return rows

"""The portfolio as a page that needs nothing else: drawings from the data, no network, prints on A4 landscape.

Where there are many deals the long tables go on on further pages, plain files in a folder beside it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warmap.terms import ProcurementStage, Term
from warmap.text import Lang, Text
from warmap_app.outputs.html import templates
from warmap_app.outputs.wording import way_to
from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import DIMENSIONS, WHOSE, Money, Total
from warmap_app.portfolio.forecast import Portfolio, how, notes
from warmap_app.portfolio.trend import Point, Trend
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
    """What moved since a day, of all, of teams and of reps, and what the figures stand on; sums stand out."""
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
        {**trend_drawing(portfolio, points, lang), "table": _table(tables.POINTS, points, lang)}
        for points in trend.by_currency().values()
    ]


WIDTH, HEIGHT, TOP, FLOOR = 560, 260, 26, 222
BAR, STEP, LEFT = 62, 106, 24
ROOM = 18  # height in which a figure can stand
LABELS, ROW_HEIGHT = 190, 36
TREND_FLOOR, MARGIN, FIGURE_WIDTH, DAY_WIDTH = 210, 44, 44, 76


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with its figure; `kind` is the class that colours it, `inside` where the figure stands."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    figure: str = ""
    inside: bool = True


@dataclass(slots=True)
class Drawing:
    """A drawing: title, kind (bridge or funnel), size, bars, their labels, and the height of the quota line."""

    title: str
    kind: str
    width: int = WIDTH
    height: int = HEIGHT
    bars: list[Bar] = field(default_factory=list)
    labels: list[tuple[float, float, str]] = field(default_factory=list)
    quota: float | None = None
    quota_words: str = ""


def bridge_drawing(portfolio: Portfolio, currency: str, lang: Lang) -> Drawing:
    """Claimed, the two steps hanging from it, adjusted; won, adjusted and the gap on top of it; the quota across."""
    total, scale = portfolio.totals[currency], portfolio.scale(currency, lang)
    staged = total.claimed + total.stage_step
    highest = max(total.claimed, staged, total.won + total.adjusted, total.quota or 0, 1)
    drawing = Drawing(words.BRIDGE_TITLE.say(lang, {"unit": scale.name}), "bridge")

    def height(units: int) -> float:
        return round((FLOOR - TOP) * units / highest, 2)

    def bar(place: int, low: int, high: int, kind: str, figure: str) -> None:
        tall = height(high - low)
        x, y = LEFT + place * STEP, round(FLOOR - height(high), 2)
        drawing.bars.append(Bar(x, y, BAR, tall, kind, figure, inside=tall >= ROOM))

    bar(0, 0, total.claimed, "whole", scale.say(total.claimed))
    for place, before, own in ((1, total.claimed, total.stage_step), (2, staged, total.health_step)):
        kind = "lost" if own <= 0 else "whole"
        bar(place, min(before, before + own), max(before, before + own), kind, scale.say(own))
    bar(3, 0, total.adjusted, "whole", scale.say(total.adjusted))
    reached = total.won + total.adjusted
    for low, high, kind in (
        (0, total.won, "won"),
        (total.won, reached, "whole"),
    ):  # stacked: no room for a figure above
        bar(4, low, high, kind, scale.say(high - low) if height(high - low) >= ROOM else "")
    if total.gap is not None and total.gap > 0:
        bar(4, reached, reached + total.gap, "gap", f"{words.GAP.to(lang)} {scale.say(total.gap)}")
    if total.quota is not None:
        drawing.quota = round(FLOOR - height(total.quota), 2)
        drawing.quota_words = f"{words.QUOTA.to(lang)} {scale.say(total.quota)}"
    heads = enumerate([*tables.BRIDGE.values(), words.WON_AND_ADJUSTED])
    drawing.labels = [(LEFT + place * STEP + BAR / 2, FLOOR + 18, head.to(lang)) for place, head in heads]
    return drawing


def funnel_drawing(portfolio: Portfolio, currency: str, lang: Lang) -> Drawing:
    """Amount and adjusted forecast of each stage, the first stage on top."""
    scale = portfolio.scale(currency, lang)
    rows = {row.label: row for row in portfolio.rollups["stage"] if row.currency == currency}
    highest = max((row.amount for row in rows.values()), default=0) or 1
    drawing = Drawing(words.FUNNEL_TITLE.say(lang, {"unit": scale.name}), "funnel")
    room = WIDTH - LABELS - 70
    for place, stage in enumerate(ProcurementStage):
        row, y = rows.get(stage), 10 + place * ROW_HEIGHT
        drawing.labels.append((LABELS - 8, y + 18, f"{stage.label.to(lang)} ({row.deals if row else 0})"))
        if row:
            for offset, units, kind in ((0, row.amount, "whole"), (14, row.adjusted, "won")):
                width = round(room * units / highest, 2)
                drawing.bars.append(Bar(LABELS, y + offset, width, 13, kind, scale.say(units), inside=False))
    return drawing


def trend_drawing(portfolio: Portfolio, points: Sequence[Point], lang: Lang) -> dict[str, Any]:
    """Claimed and adjusted of one currency over the days; figures and days that would overlap are left out."""
    scale = portfolio.scale(points[0].currency, lang)
    highest = max(1, *(max(point.claimed, point.adjusted) for point in points))
    places = _across(points)
    figures, days = _apart(places, FIGURE_WIDTH), _apart(places, DAY_WIDTH)

    def path(kind: str, offset: int) -> dict[str, Any]:
        dots = []
        for x, point, shown in zip(places, points, figures, strict=True):
            units = getattr(point, kind)
            y = round(TREND_FLOOR - (TREND_FLOOR - TOP) * units / highest, 2)
            dots.append({"x": x, "y": y, "figure": scale.say(units) if shown else ""})
        return {"kind": kind, "offset": offset, "dots": dots, "points": " ".join(f"{d['x']},{d['y']}" for d in dots)}

    return {
        "title": words.TREND_TITLE.say(lang, {"unit": scale.name}), "width": WIDTH, "height": HEIGHT,
        "floor": TREND_FLOOR, "paths": [path("claimed", -8), path("adjusted", 16)],
        "days": [(x, point.day.isoformat()) for x, point, shown in zip(places, points, days, strict=True) if shown],
    }  # fmt: skip


def _across(points: Sequence[Point]) -> list[float]:
    first, span = points[0].day, (points[-1].day - points[0].day).days
    shares = ((point.day - first).days / span if span else 0.5 for point in points)
    return [round(MARGIN + (WIDTH - 2 * MARGIN) * share, 2) for share in shares]


def _apart(places: Sequence[float], width: float) -> list[bool]:
    """Which places have room for a label this wide; the last has priority."""
    free, shown = float("inf"), []
    for x in reversed(places):
        shown.append(x + width <= free)
        free = x if shown[-1] else free
    return shown[::-1]

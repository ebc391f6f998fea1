"""The portfolio as one page that needs nothing else: drawings from the data, no network, prints on A4 landscape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warmap.terms import ProcurementStage
from warmap.text import Lang
from warmap_app.outputs.html import templates
from warmap_app.outputs.wording import way_to
from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import DIMENSIONS, Money, Total
from warmap_app.portfolio.forecast import Portfolio, how, notes
from warmap_app.portfolio.trend import Point, Trend
from warmap_workbook.writing import style

WORST_SHOWN = 5
PAGE_RISKS = tuple(column for column in tables.RISKS if column.code not in {"currency", "claimed"})


def build_page(portfolio: Portfolio, lang: Lang, folder: Path) -> str:
    """The HTML; links to the files start at `folder`, where it will be saved."""

    def say(text: str) -> str:
        return str(getattr(words, text).to(lang))

    return templates(Path(__file__).parent).get_template("page.html.j2").render(
        lang="zh-CN" if lang == "zh" else "en", say=say, style=style, notes=notes(portfolio, lang),
        how=how(portfolio, lang), currencies=[_currency(portfolio, currency, lang) for currency in portfolio.totals],
        deals=_deals(portfolio, lang, folder), closed=_closed(portfolio, lang, folder), periods=_periods(portfolio, lang), rollups=[_rollup(portfolio, name, lang) for name in DIMENSIONS],
        risks=_risks(portfolio, lang), trend=_trend(portfolio, portfolio.trend, lang) if portfolio.trend else None,
        left={"heads": _heads(tables.LEFT_OUT, lang), "rows": [tables.texts(tables.LEFT_OUT, one, lang) for one in portfolio.left_out]},
    )  # fmt: skip


def _heads(columns: tuple[tables.Column[Any], ...], lang: Lang) -> list[str]:
    return [column.head.to(lang) for column in columns]


def _kinds(columns: tuple[tables.Column[Any], ...], said: list[str]) -> list[tuple[str, str]]:
    return list(zip((column.kind for column in columns), said, strict=True))


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


def _closed(portfolio: Portfolio, lang: Lang, folder: Path) -> dict[str, Any]:
    columns = tables.shown_columns(tables.CLOSED, **portfolio.said)
    rows = [
        {"href": way_to(one.deal.file, folder) or "", "cells": _kinds(columns, tables.texts(columns, one, lang))}
        for one in portfolio.closed
    ]
    return {"heads": _kinds(columns, _heads(columns, lang)), "rows": rows}


def _periods(portfolio: Portfolio, lang: Lang) -> list[dict[str, Any]]:
    """A table for all, for the teams and for the reps; the row of a year stands out."""
    found: list[dict[str, Any]] = []
    if portfolio.calendar is None:
        return found
    for whose, rows in portfolio.periods.items():
        columns = tables.period_columns(whose)
        body = [
            {"is_year": row.period.isdecimal(), "cells": _kinds(columns, tables.texts(columns, row, lang))}
            for row in rows
        ]
        title = words.BY_PERIOD[portfolio.calendar.by][whose].to(lang)
        found.append({"title": title, "heads": _kinds(columns, _heads(columns, lang)), "rows": body})
    return found


def _deals(portfolio: Portfolio, lang: Lang, folder: Path) -> list[dict[str, Any]]:
    """Two tables of the same deals, for the width of paper: the money, and how the deals are judged."""
    columns = tables.shown_columns(tables.DEALS, **portfolio.said)
    money_part, judged_part = columns[: tables.JUDGED_FROM], (*columns[:2], *columns[tables.JUDGED_FROM :])
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
                    "cells": _kinds(part, tables.texts(part, line, lang)),
                }
                for line in portfolio.lines
            ],
        }
        for part, part_totals in ((money_part, totals), (judged_part, []))
    ]


def _money_said(portfolio: Portfolio, currency: str) -> Mapping[str, str]:
    total = portfolio.totals[currency]
    return {code: str(Money(getattr(total, code), currency)) for code in tables.MONEY_HEADS}


def _rollup(portfolio: Portfolio, dimension: str, lang: Lang) -> dict[str, Any]:
    columns, rows, totals = tables.rollup_columns(dimension), portfolio.rollups[dimension], []
    for total in (portfolio.totals[currency] for currency in dict.fromkeys(row.currency for row in rows)):
        critical = sum(row.critical for row in rows if row.currency == total.currency)
        said = {"label": words.TOTAL.say(lang, {"currency": total.currency}), "currency": total.currency}
        said |= {"deals": str(total.deals), **_money_said(portfolio, total.currency), "critical": str(critical)}
        said["won"] = str(Money(total.won, total.currency))
        totals.append([said.get(column.code, "") for column in columns])
    body = [tables.texts(columns, row, lang) for row in rows]
    return {"title": words.BY[dimension].to(lang), "heads": _heads(columns, lang), "rows": body, "totals": totals}


def _trend(portfolio: Portfolio, trend: Trend, lang: Lang) -> dict[str, Any]:
    """A drawing and a table for each currency, and the deals since their day before."""
    heads = _heads(tables.POINTS, lang)
    return {
        "currencies": [
            {
                **trend_drawing(portfolio, points, lang),
                "heads": heads,
                "rows": [tables.texts(tables.POINTS, point, lang) for point in points],
            }
            for points in trend.by_currency().values()
        ],
        "since": {
            "heads": _kinds(tables.SINCE, _heads(tables.SINCE, lang)),
            "rows": [_kinds(tables.SINCE, tables.texts(tables.SINCE, one, lang)) for one in trend.since],
        },
    }


def _risks(portfolio: Portfolio, lang: Lang) -> dict[str, Any]:
    rows = [
        {
            "severity": risk.severity.value,
            "band": line.deal.band.value,
            "cells": tables.texts(PAGE_RISKS, (line, risk), lang),
        }
        for line, risk in portfolio.risks()
    ]
    return {"heads": _heads(PAGE_RISKS, lang), "rows": rows}


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

"""The trend as the page and the terminal show it: texts, and the places of the lines of a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warmap.text import Lang
from warmap_app.portfolio import words
from warmap_app.portfolio.figures import Portfolio, money
from warmap_app.portfolio.scale import scale_for
from warmap_app.portfolio.trend import Point, Since, Trend

WIDTH, HEIGHT, TOP, FLOOR, MARGIN = 560, 260, 26, 210, 44
FIGURE_WIDTH, DAY_WIDTH = 44, 76
POINT_HEADS = (words.DAY, words.CURRENCY, words.COUNT, words.CLAIMED, words.ADJUSTED, words.ADJUSTED_MOVED)
SINCE_HEADS = (
    words.ACCOUNT, words.OPPORTUNITY, words.REP, words.DAY_BEFORE, words.AS_OF, words.HEALTH_BEFORE, words.HEALTH,
    words.HEALTH_MOVED, words.CURRENCY, words.ADJUSTED_BEFORE, words.ADJUSTED, words.ADJUSTED_MOVED, words.REMARK,
)  # fmt: skip
SINCE_KINDS = ("", "", "", "date", "date", "score", "score", "score", "", "money", "money", "money", "")


def trend_parts(portfolio: Portfolio, lang: Lang) -> dict[str, Any] | None:
    """A drawing and a table for each currency, and the deals since their day before; None without a store."""
    trend = portfolio.trend
    if trend is None:
        return None
    currencies = dict.fromkeys(point.currency for point in trend.points)
    return {
        "currencies": [_currency(portfolio, trend.of(currency), lang) for currency in currencies],
        "since": {
            "heads": [(kind, head.to(lang)) for kind, head in zip(SINCE_KINDS, SINCE_HEADS, strict=True)],
            "rows": [list(zip(SINCE_KINDS, since_cells(one, lang), strict=True)) for one in trend.since],
        },
    }


def point_cells(points: Sequence[Point]) -> list[list[str]]:
    """The days of one currency as a table shows them."""
    rows = []
    for place, point in enumerate(points):
        change = point.adjusted - points[place - 1].adjusted if place else None
        figures = (money(point.claimed, point.currency), money(point.adjusted, point.currency))
        rows.append([
            point.day.isoformat(), point.currency, str(point.deals), *figures, moved_money(change, point.currency),
        ])  # fmt: skip
    return rows


def since_cells(one: Since, lang: Lang) -> list[str]:
    """A deal and its day before as a table shows them."""
    line, deal = one.line, one.line.deal
    return [
        deal.account, deal.opportunity, deal.rep or words.BLANK.to(lang), str(one.day or ""), str(deal.as_of or ""),
        "" if one.health is None else f"{one.health:.1f}", f"{line.health:.1f}", moved_score(one.health_change),
        line.currency, "" if one.adjusted is None else money(one.adjusted, line.currency),
        money(line.step.adjusted, line.currency), moved_money(one.adjusted_change, line.currency),
        one.remark.to(lang) if one.remark else "",
    ]  # fmt: skip


def moved_money(units: int | None, currency: str) -> str:
    """A change of money with its direction; empty where there was nothing before."""
    return "" if units is None else _sign(units) + money(abs(units), currency)


def moved_score(change: float | None) -> str:
    """A change of a score with its direction; empty where there was nothing before."""
    if change is None:
        return ""
    tenths = round(change, 1)
    return f"{_sign(tenths)}{abs(tenths):.1f}"


def _sign(value: float) -> str:
    return "▲ " if value > 0 else "▼ " if value < 0 else ""


def _currency(portfolio: Portfolio, points: Sequence[Point], lang: Lang) -> dict[str, Any]:
    scale = scale_for(portfolio, points[0].currency, lang)
    highest = max(1, *(max(point.claimed, point.adjusted) for point in points))
    places = _across(points)
    figures, days = _apart(places, FIGURE_WIDTH), _apart(places, DAY_WIDTH)

    def path(kind: str, offset: int) -> dict[str, Any]:
        units = [getattr(point, kind) for point in points]
        dots = [
            {"x": x, "y": round(FLOOR - (FLOOR - TOP) * one / highest, 2), "figure": scale.say(one) if shown else ""}
            for x, one, shown in zip(places, units, figures, strict=True)
        ]
        return {"kind": kind, "offset": offset, "dots": dots, "points": " ".join(f"{d['x']},{d['y']}" for d in dots)}

    return {
        "title": words.TREND_TITLE.say(lang, {"unit": scale.name}), "width": WIDTH, "height": HEIGHT, "floor": FLOOR,
        "paths": [path("claimed", -8), path("adjusted", 16)],
        "days": [(x, point.day.isoformat()) for x, point, shown in zip(places, points, days, strict=True) if shown],
        "heads": [head.to(lang) for head in POINT_HEADS], "rows": point_cells(points),
    }  # fmt: skip


def _across(points: Sequence[Point]) -> list[float]:
    """Where the days stand from left to right, true to their distances."""
    first, span = points[0].day, (points[-1].day - points[0].day).days
    shares = ((point.day - first).days / span if span else 0.5 for point in points)
    return [round(MARGIN + (WIDTH - 2 * MARGIN) * share, 2) for share in shares]


def _apart(places: Sequence[float], width: float) -> list[bool]:
    """Which places can bear a text so wide, from the last to the first."""
    free, shown = float("inf"), []
    for x in reversed(places):
        shown.append(x + width <= free)
        free = x if shown[-1] else free
    return shown[::-1]


def trend_lines(trend: Trend, most: int) -> list[list[str]]:
    """The last days of every currency, for the terminal."""
    currencies = dict.fromkeys(point.currency for point in trend.points)
    return [row for currency in currencies for row in point_cells(trend.of(currency))[-most:]]

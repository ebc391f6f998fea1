"""The drawings of the page, as plain shapes with their places: bridge with quota line, funnel by stage, trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from warmap.terms import ProcurementStage
from warmap.text import Lang
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.forecast import Portfolio
from warmap_app.portfolio.report_tables import BRIDGE
from warmap_app.portfolio.trend import Point

WIDTH, HEIGHT, TOP, FLOOR = 560, 260, 26, 222
BAR, STEP, LEFT = 62, 106, 24
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
    """Claimed, the two steps hanging from it, adjusted; expected with the gap on top, and the quota across."""
    total, scale = portfolio.totals[currency], portfolio.scale(currency, lang)
    staged = total.claimed + total.stage_step
    highest = max(total.claimed, staged, total.adjusted, total.expected, total.quota or 0, 1)
    drawing = Drawing(words.BRIDGE_TITLE.say(lang, {"unit": scale.name}), "bridge")

    def height(units: int) -> float:
        return round((FLOOR - TOP) * units / highest, 2)

    def bar(place: int, low: int, high: int, kind: str, figure: str) -> None:
        tall = height(high - low)
        x, y = LEFT + place * STEP, round(FLOOR - height(high), 2)
        drawing.bars.append(Bar(x, y, BAR, tall, kind, figure, inside=tall >= 18))

    bar(0, 0, total.claimed, "whole", scale.say(total.claimed))
    for place, before, own in ((1, total.claimed, total.stage_step), (2, staged, total.health_step)):
        kind = "lost" if own <= 0 else "whole"
        bar(place, min(before, before + own), max(before, before + own), kind, scale.say(own))
    bar(3, 0, total.adjusted, "whole", scale.say(total.adjusted))
    bar(4, 0, total.expected, "expected", scale.say(total.expected))
    if total.gap is not None and total.gap > 0:
        bar(4, total.expected, total.expected + total.gap, "gap", f"{words.GAP.to(lang)} {scale.say(total.gap)}")
    if total.quota is not None:
        drawing.quota = round(FLOOR - height(total.quota), 2)
        drawing.quota_words = f"{words.QUOTA.to(lang)} {scale.say(total.quota)}"
    heads = enumerate(BRIDGE.values())
    drawing.labels = [(LEFT + place * STEP + BAR / 2, FLOOR + 18, head.to(lang)) for place, head in heads]
    return drawing


def funnel_drawing(portfolio: Portfolio, currency: str, lang: Lang) -> Drawing:
    """Amount and expected revenue of each stage, the first stage on top."""
    scale = portfolio.scale(currency, lang)
    rows = {row.label: row for row in portfolio.rollups["stage"] if row.currency == currency}
    highest = max((row.amount for row in rows.values()), default=0) or 1
    drawing = Drawing(words.FUNNEL_TITLE.say(lang, {"unit": scale.name}), "funnel")
    room = WIDTH - LABELS - 70
    for place, stage in enumerate(ProcurementStage):
        row, y = rows.get(stage), 10 + place * ROW_HEIGHT
        drawing.labels.append((LABELS - 8, y + 18, f"{stage.label.to(lang)} ({row.deals if row else 0})"))
        if row:
            for offset, units, kind in ((0, row.amount, "whole"), (14, row.expected, "expected")):
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
    """The x of each day, to scale."""
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

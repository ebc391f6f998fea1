"""The drawings of the page, as plain shapes with their places: bridge with quota line, funnel by stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from warmap.terms import ProcurementStage
from warmap.text import Lang
from warmap_app.portfolio import words
from warmap_app.portfolio.figures import Portfolio
from warmap_app.portfolio.scale import scale_for

WIDTH, HEIGHT, TOP, FLOOR = 560, 260, 26, 222
BAR, STEP, LEFT = 62, 106, 24
LABELS, ROW_HEIGHT = 190, 36


class Bar(NamedTuple):
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
    """A drawing: its title, kind (bridge or funnel), size, bars, labels below or beside them, and the height of the quota line."""

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
    total, line = portfolio.total(currency), portfolio.funnels[currency]
    scale = scale_for(portfolio, currency, lang)
    highest = max(total.claimed, total.claimed + total.stage, total.adjusted, line.expected, line.quota or 0, 1)
    drawing = Drawing(words.BRIDGE_TITLE.say(lang, {"unit": scale.name}), "bridge")

    def height(units: int) -> float:
        return round((FLOOR - TOP) * units / highest, 2)

    def bar(place: int, low: int, high: int, kind: str, figure: str) -> None:
        tall = height(high - low)
        x, y = LEFT + place * STEP, round(FLOOR - height(high), 2)
        drawing.bars.append(Bar(x, y, BAR, tall, kind, figure, inside=tall >= 18))

    staged = total.claimed + total.stage
    bar(0, 0, total.claimed, "whole", scale.say(total.claimed))
    for place, before, own in ((1, total.claimed, total.stage), (2, staged, total.health)):
        kind = "lost" if own <= 0 else "whole"
        bar(place, min(before, before + own), max(before, before + own), kind, scale.say(own))
    bar(3, 0, total.adjusted, "whole", scale.say(total.adjusted))
    bar(4, 0, line.expected, "expected", scale.say(line.expected))
    if line.gap is not None and line.gap > 0:
        bar(4, line.expected, line.expected + line.gap, "gap", f"{words.GAP.to(lang)} {scale.say(line.gap)}")
    if line.quota is not None:
        drawing.quota = round(FLOOR - height(line.quota), 2)
        drawing.quota_words = f"{words.QUOTA.to(lang)} {scale.say(line.quota)}"
    heads = (words.CLAIMED, words.STAGE_STEP, words.HEALTH_STEP, words.ADJUSTED, words.EXPECTED)
    drawing.labels = [(LEFT + place * STEP + BAR / 2, FLOOR + 18, head.to(lang)) for place, head in enumerate(heads)]
    return drawing


def funnel_drawing(portfolio: Portfolio, currency: str, lang: Lang) -> Drawing:
    """Amount and expected revenue of each stage, the first stage on top."""
    scale = scale_for(portfolio, currency, lang)
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

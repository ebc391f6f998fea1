"""The drawings of the portfolio's page: Vega-Lite says what is shown, vl-convert makes SVG of it, with text as text.

Of the libraries tried it is the one that gives the same bytes each time without a browser and without measuring Chinese
by a font that has none of its letters (matplotlib), and whose licence asks nothing of us (pygal's does). It takes a
second to start, which only who writes a page waits for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from warmap.terms import ProcurementStage
from warmap.text import Lang, Text
from warmap_app.command import NEEDS, UserError
from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.forecast import Portfolio
from warmap_app.portfolio.trend import Point
from warmap_workbook.writing import style

NO_DRAWINGS = NEEDS.filled(
    what=Text("网页中的图", "the page with its drawings"), library="vl-convert", extra="portfolio"
)
VERSION = "6.4"
"""Of Vega-Lite: the newest that the pinned vl-convert has."""
WIDTH, HEIGHT = 520, 190
ROOM = 0.09
"""Share of the height in which a figure can stand."""
LOOK: dict[str, dict[str, Any]] = {  # of a bar; and whether its figure is light
    "whole": {"fill": style.NAVY}, "won": {"fill": style.TEAL},
    "lost": {"fill": style.ORANGE_PALE, "stroke": style.ORANGE},
    "gap": {"fill": style.PAPER, "stroke": style.PALE_INK, "strokeDash": [4, 3]},
}  # fmt: skip
LIGHT = {"whole", "won"}
CONFIG: dict[str, Any] = {
    "font": "inherit", "view": {"stroke": None}, "background": None,
    "text": {"fontSize": 11, "color": style.INK},
    "axis": {
        "labelFontSize": 11, "labelColor": style.INK, "labelLimit": 0, "domainColor": style.LINE,
        "ticks": False, "grid": False, "title": None, "labelPadding": 6,
    },
    "legend": {"title": None, "labelFontSize": 11, "labelColor": style.INK, "orient": "bottom", "symbolType": "square", "symbolStrokeWidth": 0},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing for a page: its title, which stands above it, and the SVG."""

    title: str
    svg: Markup


def bridge_drawing(portfolio: Portfolio, currency: str, lang: Lang) -> Drawing:
    """Claimed, the two steps hanging from it, adjusted; won, adjusted and the gap on top of it; the quota across."""
    total, scale = portfolio.totals[currency], portfolio.scale(currency, lang)
    heads = [head.to(lang) for head in (*tables.BRIDGE.values(), words.WON_AND_ADJUSTED)]
    staged, reached = total.claimed + total.stage_step, total.won + total.adjusted
    top = max(total.claimed, staged, reached, total.quota or 0, 1)

    def bar(place: int, low: int, high: int, kind: str, said: str) -> dict[str, Any]:
        is_inside = high - low >= ROOM * top
        return {"head": heads[place], "low": low / top, "high": high / top, "kind": kind, "said": said, "inside": is_inside}  # fmt: skip

    def step(place: int, before: int, own: int) -> dict[str, Any]:
        low, high = sorted((before, before + own))
        return bar(place, low, high, "lost" if own <= 0 else "whole", scale.say(own))

    bars = [
        bar(0, 0, total.claimed, "whole", scale.say(total.claimed)),
        step(1, total.claimed, total.stage_step), step(2, staged, total.health_step),
        bar(3, 0, total.adjusted, "whole", scale.say(total.adjusted)),
    ]  # fmt: skip
    for low, high, kind in ((0, total.won, "won"), (total.won, reached, "whole")):
        bars.append(bar(4, low, high, kind, scale.say(high - low)))
        if not bars[-1]["inside"]:  # one stands upon the other: there is no room for a figure above
            bars[-1]["said"] = ""
    if total.gap is not None and total.gap > 0:
        bars.append(bar(4, reached, reached + total.gap, "gap", f"{words.GAP.to(lang)} {scale.say(total.gap)}"))
    place = {"field": "head", "type": "nominal", "axis": {"labelAngle": 0}, "scale": {"domain": heads, "padding": 0.4}}
    height = {"type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}}
    layers = [
        *_looks(bars, {"x": place, "y": {"field": "low", **height}, "y2": {"field": "high"}}),
        *_figures(bars, place, height),
    ]
    if total.quota is not None:
        line = {"data": {"values": [{"high": total.quota / top, "said": f"{words.QUOTA.to(lang)} {scale.say(total.quota)}"}]}}  # fmt: skip
        at = {"y": {"field": "high", **height}}
        rule = {"type": "rule", "color": style.RED, "strokeWidth": 2, "strokeDash": [7, 4]}
        said = {"type": "text", "color": style.RED, "fontWeight": "bold", "align": "right", "dy": -7, "x": WIDTH}
        layers += [{**line, "mark": rule, "encoding": at}, {**line, "mark": said, "encoding": {**at, **_said()}}]
    return _svg(words.BRIDGE_TITLE.say(lang, {"unit": scale.name}), {"layer": layers})


def _looks(bars: Sequence[Mapping[str, Any]], encoding: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A layer for each look of bars, for a dash is no channel of a bar."""
    for kind, look in LOOK.items():
        if mine := [bar for bar in bars if bar["kind"] == kind]:
            yield {"data": {"values": mine}, "mark": {"type": "bar", **look}, "encoding": encoding}


def _figures(
    bars: Sequence[Mapping[str, Any]], place: Mapping[str, Any], height: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The figures: within a bar where they have room, else above it."""
    for bar in bars:
        low, high = bar["low"], bar["high"]
        values = [{"head": bar["head"], "at": (low + high) / 2 if bar["inside"] else high, "said": bar["said"]}]
        colour = style.PAPER if bar["inside"] and bar["kind"] in LIGHT else style.INK
        mark = {"type": "text", "fontWeight": "bold", "color": colour, "dy": 0 if bar["inside"] else -7}
        yield {"data": {"values": values}, "mark": mark, "encoding": {"x": place, "y": {"field": "at", **height}, **_said()}}  # fmt: skip


def _said() -> dict[str, Any]:
    return {"text": {"field": "said", "type": "nominal"}}


def funnel_drawing(portfolio: Portfolio, currency: str, lang: Lang) -> Drawing:
    """Amount and adjusted forecast of each stage, the first stage on top."""
    scale = portfolio.scale(currency, lang)
    rows = {row.label: row for row in portfolio.rollups["stage"] if row.currency == currency}
    of = {"amount": words.AMOUNT.to(lang), "adjusted": words.ADJUSTED.to(lang)}
    bars: list[dict[str, Any]] = []
    order: list[str] = []
    for stage in ProcurementStage:
        row = rows.get(stage)
        order.append(f"{stage.label.to(lang)} ({row.deals if row else 0})")
        for code, name in of.items():
            units = getattr(row, code) if row else 0
            bars.append({"stage": order[-1], "of": name, "units": units, "said": scale.say(units) if row else ""})
    most = max((bar["units"] for bar in bars), default=0) or 1
    encoding = {
        "y": {"field": "stage", "type": "nominal", "sort": order, "axis": {"minExtent": 190, "maxExtent": 190}},
        "yOffset": {"field": "of", "type": "nominal", "sort": list(of.values())},
        "x": {"field": "units", "type": "quantitative", "axis": None, "scale": {"domain": [0, most * 1.15]}},
        "color": _colours(list(of.values())),
    }
    text = {**{code: one for code, one in encoding.items() if code != "color"}, **_said()}
    layers = [
        {"mark": "bar", "encoding": encoding},
        {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": text},
    ]
    spec = {"data": {"values": bars}, "layer": layers, "width": WIDTH - 190}
    return _svg(words.FUNNEL_TITLE.say(lang, {"unit": scale.name}), spec)


def _colours(names: Sequence[str]) -> dict[str, Any]:
    return {"field": "of", "type": "nominal", "scale": {"domain": names, "range": [style.NAVY, style.TEAL]}}


def trend_drawing(portfolio: Portfolio, points: Sequence[Point], lang: Lang) -> Drawing:
    """Claimed and adjusted of one currency over the days; figures and days that would overlap are left out."""
    scale = portfolio.scale(points[0].currency, lang)
    of = {"claimed": words.CLAIMED.to(lang), "adjusted": words.ADJUSTED.to(lang)}
    shown = _apart([point.day.toordinal() for point in points])
    values = [
        {
            "day": point.day.isoformat(), "of": name, "units": getattr(point, code),
            "said": scale.say(getattr(point, code)) if is_shown else "",
        }
        for point, is_shown in zip(points, shown, strict=True)
        for code, name in of.items()
    ]  # fmt: skip
    days = [point.day.isoformat() for point, is_shown in zip(points, shown, strict=True) if is_shown]
    most = max(1, *(value["units"] for value in values))
    encoding = {
        "x": {
            "field": "day", "type": "temporal", "scale": {"type": "utc", "padding": 30},
            "axis": {"values": days, "format": "%Y-%m-%d", "labelOverlap": True},
        },
        "y": {"field": "units", "type": "quantitative", "axis": None, "scale": {"domain": [0, most * 1.1]}},
        "color": _colours(list(of.values())),
    }  # fmt: skip
    layers: list[dict[str, Any]] = [{"mark": {"type": "line", "point": {"size": 50}, "strokeWidth": 2.5}, "encoding": encoding}]  # fmt: skip
    bare = {code: one for code, one in encoding.items() if code != "color"}
    for name, above in zip(of.values(), (-10, 12), strict=True):
        mine = {"filter": {"field": "of", "equal": name}}
        layers.append({"transform": [mine], "mark": {"type": "text", "dy": above}, "encoding": {**bare, **_said()}})
    return _svg(words.TREND_TITLE.say(lang, {"unit": scale.name}), {"data": {"values": values}, "layer": layers})


MOST_FIGURES = 11
"""Figures that fit side by side over the width."""


def _apart(days: Sequence[int]) -> list[bool]:
    """Which of the days have room for a figure; the last has priority."""
    least = (days[-1] - days[0]) / MOST_FIGURES
    free, shown = float("inf"), []
    for day in reversed(days):
        shown.append(day + least <= free)
        free = day if shown[-1] else free
    return shown[::-1]


def _svg(title: str, spec: Mapping[str, Any]) -> Drawing:
    try:
        import vl_convert
    except ImportError:
        raise UserError(NO_DRAWINGS) from None

    whole = {"width": WIDTH, "height": HEIGHT, **spec, "config": CONFIG, "autosize": {"type": "pad"}}  # fmt: skip
    return Drawing(title, Markup(vl_convert.vegalite_to_svg(whole, vl_version=VERSION)))  # noqa: S704 - by a serializer

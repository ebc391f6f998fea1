"""The charts of one deal as SVG, those that its workbook has as native ones: scores by snapshot, and the stage funnel.

A page in a browser shows them, where a workbook's own charts are not drawn. Text as text; the same map gives the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import Literal
from xml.etree import ElementTree as ET

from warmap.earlier import MOST_SHOWN, Earlier
from warmap.history import undamaged
from warmap.judgement import Judgement
from warmap.scores import all_scores
from warmap.scores.stage import stage_gates
from warmap.scores.stage_reached import stage_earned
from warmap.text import Lang, Text, clipped
from warmap.worksheet.progress import BOTH, CLAIMED, EARNED
from warmap_app.report.svg_parts import new_drawing, number, put_text
from warmap_workbook.writing import style
from warmap_workbook.writing.charts import DONE, FUNNEL, OPEN, WIDEST
from warmap_workbook.writing.history_sheet import DRAWN, LINES, NOW

ChartKind = Literal["trend", "stages"]
WIDTH, HEIGHT = 440.0, 284.0  # readable beside a grid
LEFT, RIGHT, TOP, BOTTOM = 30.0, 288.0, 42.0, 242.0  # of the field of the lines; their names stand beside it
NAME_HEIGHT = 15.0  # of a name beside its line, so that none stands upon another
MOST_DAYS = 5  # written below the lines
MOST_SIGNS = 72  # of the names of the deal
STYLE = (
    f"text{{font-size:11px;fill:{style.INK}}}.p{{fill:{style.PALE_INK};font-size:10px}}.m{{text-anchor:middle}}"
    f".e{{text-anchor:end}}.b{{font-weight:bold}}"
)
DASHES = {"solid": "", "dash": "6 4", "round_dot": "1.5 4"}
NO_SNAPSHOTS = Text(
    "还没有快照：每次提交、每次“拍快照”之后，这里多一个点。",
    "No snapshots yet: every submission and every “Take snapshot” adds a point.",
)
TREND_SAID = Text("{name}：{figures}", "{name}: {figures}")
STAGE_SAID = Text("{stage}：{done}/{all} {mark}", "{stage}: {done}/{all} {mark}")


def chart(judgement: Judgement, kind: ChartKind, lang: Lang) -> str:
    """The SVG of one chart of a map."""
    return ET.tostring((_stages if kind == "stages" else _trend)(judgement, lang), encoding="unicode")


# -- scores by snapshot ------------------------------------------------------------------------------------------------


def _trend(judgement: Judgement, lang: Lang) -> ET.Element:
    """A line for each score that is 0 … 100, over the newest snapshots and the map as it stands; a gap where none is."""
    kept = undamaged(judgement.map.snapshots)[-MOST_SHOWN:]
    days = [one.taken_on.isoformat() if one.taken_on else "" for one in kept] + [NOW.to(lang)]
    figures = [Earlier(one).scores(judgement.settings) for one in kept]
    lines = {code: [*(_score(one.get(code)) for one in figures), _score(judgement.scores.get(code))] for code in LINES}
    names = {code: all_scores()[code].name.to(lang) for code in LINES}
    said = "; ".join(
        TREND_SAID.say(lang, {"name": names[code], "figures": ", ".join(map(_shown, line))})
        for code, line in lines.items()
    )
    root = _empty(judgement, lang, DRAWN, f"{', '.join(days)}; {said}")
    _grid(root)
    across = (RIGHT - LEFT) / len(kept) if kept else 0.0
    places = [RIGHT - across * (len(days) - 1 - place) for place in range(len(days))]
    step = ceil(len(days) / MOST_DAYS)
    for place, (x, day) in enumerate(zip(places, days, strict=True)):
        if (len(days) - 1 - place) % step == 0:
            put_text(root, x, BOTTOM + 16, day, "p m")
    for code, line in lines.items():
        for points in _unbroken(places, line):
            _line(root, code, points)
    for y, code in _beside(lines):
        look = "b" if code == "health" else ""
        named = put_text(root, RIGHT + 9, y + 4, f"{names[code]} {_shown(lines[code][-1])}", look)
        named.set("style", f"fill:{LINES[code][0]}")
    if not kept:
        put_text(root, LEFT + 6, (TOP + BOTTOM) / 2, NO_SNAPSHOTS.to(lang), "p")
    return root


def _score(value: object) -> float | None:
    """What a file says of a score may lie anywhere."""
    return min(max(float(value), 0.0), 100.0) if isinstance(value, int | float) else None


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _height(value: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / 100


def _grid(root: ET.Element) -> None:
    for value in range(0, 101, 20):
        y = number(_height(value))
        ET.SubElement(root, "line", {"x1": number(LEFT), "x2": number(RIGHT), "y1": y, "y2": y, "stroke": style.LINE})
        put_text(root, LEFT - 6, _height(value) + 4, str(value), "p e")


def _unbroken(places: Sequence[float], line: Sequence[float | None]) -> Iterator[list[tuple[float, float]]]:
    """The parts of a line between its gaps."""
    for is_there, part in groupby(zip(places, line, strict=True), lambda point: point[1] is not None):
        if is_there:
            yield [(x, _height(value)) for x, value in part if value is not None]


def _line(root: ET.Element, code: str, points: Sequence[tuple[float, float]]) -> None:
    """Told apart without colour: by its dashes and by its marks."""
    colour, dash, mark = LINES[code]
    drawn = {"points": " ".join(f"{number(x)},{number(y)}" for x, y in points), "fill": "none", "stroke": colour}
    dashes = {"stroke-dasharray": DASHES[dash], "stroke-linecap": "round"} if DASHES[dash] else {}
    ET.SubElement(root, "polyline", {**drawn, "stroke-width": "2.2" if code == "health" else "1.4", **dashes})
    for x, y in points:
        if mark == "circle":
            ET.SubElement(root, "circle", {"cx": number(x), "cy": number(y), "r": "3.5", "fill": colour})
        elif mark != "none":
            turned = {"transform": f"rotate(45 {number(x)} {number(y)})"} if mark == "diamond" else {}
            size = {"x": number(x - 3), "y": number(y - 3), "width": "6", "height": "6"}
            ET.SubElement(root, "rect", {**size, "fill": colour, **turned})


def _beside(lines: Mapping[str, Sequence[float | None]]) -> Iterator[tuple[float, str]]:
    """Where the name of each line stands: at its end, further down where another stands there."""
    ends = sorted((_height(line[-1] or 0.0), code) for code, line in lines.items())
    last = min(TOP - NAME_HEIGHT, ends[0][0] - NAME_HEIGHT)
    for place, (y, code) in enumerate(ends):
        lowest = BOTTOM - NAME_HEIGHT * (len(ends) - 1 - place)
        last = max(min(y, lowest), last + NAME_HEIGHT)
        yield last, code


# -- stages ------------------------------------------------------------------------------------------------------------


def _stages(judgement: Judgement, lang: Lang) -> ET.Element:
    """A bar for each stage as wide as it has criteria, the part that is done filled; where the deal is said to be, and is."""
    claimed, earned = judgement.map.deal.stage, stage_earned(judgement)
    rows = []
    for stage, gates in groupby(stage_gates(judgement), lambda line: line.stage):
        ticks = [gate.done for gate in gates]
        mark = (
            BOTH if stage is earned is claimed else EARNED if stage is earned else CLAIMED if stage is claimed else None
        )
        rows.append((f"{stage.number} {stage.label.to(lang)}", sum(ticks), len(ticks), mark.to(lang) if mark else ""))
    said = "; ".join(
        STAGE_SAID.say(lang, {"stage": stage, "done": done, "all": count, "mark": told}).strip()
        for stage, done, count, told in rows
    )
    root = _empty(judgement, lang, FUNNEL, said)
    middle, unit, height = 212.0, 120.0 / WIDEST, (BOTTOM - TOP) / len(rows)
    for place, (stage, done, count, told) in enumerate(rows):
        y, left = TOP + place * height, middle - unit * count / 2
        base = {"y": number(y + 2), "height": number(height - 6)}
        for x, cells, fill in ((left, done, style.TEAL), (left + unit * done, count - done, style.LINE)):
            if cells:
                ET.SubElement(root, "rect", {"x": number(x), "width": number(unit * cells), **base, "fill": fill})
        put_text(root, 144, y + height / 2 + 3, stage, "e")
        put_text(root, middle + unit * WIDEST / 2 + 8, y + height / 2 + 3, f"{done}/{count} {told}".strip(), "b")
    for x, words, fill in ((152.0, DONE, style.TEAL), (232.0, OPEN, style.LINE)):
        ET.SubElement(
            root, "rect", {"x": number(x), "y": number(BOTTOM + 18), "width": "10", "height": "10", "fill": fill}
        )
        put_text(root, x + 15, BOTTOM + 27, words.to(lang), "p")
    return root


def _empty(judgement: Judgement, lang: Lang, title: Text, described: str) -> ET.Element:
    """The drawing with its title and, so that it can stand alone, what deal it is of."""
    deal = judgement.map.deal
    root = new_drawing(WIDTH, HEIGHT, lang, title.to(lang), described, STYLE)
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": style.PAPER})
    put_text(root, 12, 17, title.to(lang), "b")
    whose = clipped(" — ".join(filter(None, (deal.account, deal.opportunity))), MOST_SIGNS)
    if whose:
        put_text(root, 12, 31, whose, "p")
    return root

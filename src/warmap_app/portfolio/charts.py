"""The native charts, fed by live cells on the hidden sheet `_charts`: bridge with quota, funnel by stage, roll-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from warmap.terms import ProcurementStage
from warmap.text import Text
from warmap_app.portfolio import words
from warmap_app.portfolio.scale import Scale, scale_for
from warmap_app.portfolio.sheets import PREFIX, Draft, cell, number
from warmap_workbook.writing import style

CHART_SHEET = "_charts"
MOST_BARS = 12
OFF_CHART = -1  # below the axis: not drawn
TITLE_FONT = {"size": 11, "color": style.NAVY, "bold": True}
SMALL = {"size": 9, "color": style.INK}
GRID = {"visible": True, "line": {"color": style.LINE, "width": 0.5}}
CLAIMED_FILL = {"fill": {"color": style.NAVY}, "border": {"none": True}}
EXPECTED_FILL = {"fill": {"color": style.TEAL}, "border": {"none": True}}
LOST_FILL = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": style.ORANGE, "bg_color": style.ORANGE_PALE},
    "border": {"color": style.ORANGE},
}
GAP_FILL = {
    "pattern": {"pattern": "light_upward_diagonal", "fg_color": style.PALE_INK, "bg_color": style.PAPER},
    "border": {"color": style.PALE_INK, "dash_type": "dash"},
}

BRIDGE_SERIES: tuple[tuple[Text, dict[str, Any], str], ...] = (  # name, look, format of the figure; the first is unseen
    (Text("底", "Base"), {"fill": {"none": True}, "border": {"none": True}}, ""),
    (words.CLAIMED, CLAIMED_FILL, "{};;;"),
    (words.EXPECTED, EXPECTED_FILL, "{};;;"),
    (words.STAGE_STEP, LOST_FILL, '"−"{};;;'),
    (words.CLAIMED, CLAIMED_FILL, '"+"{};;;'),
    (words.GAP, GAP_FILL, "{};;;"),
)


def helper_rows(draft: Draft, rows: Sequence[Sequence[Any]]) -> int:
    """Write rows to the hidden sheet: texts, or (formula, value) pairs. Returns the first row."""
    sheet, first = draft.sheets["charts"], draft.chart_rows
    for row, cells in enumerate(rows, first):
        for column, content in enumerate(cells):
            if isinstance(content, str):
                sheet.write_string(row, column, content)
            else:
                formula, value = content
                sheet.write_formula(row, column, f"={formula}", None, value)
    draft.chart_rows += len(rows) + 1
    return first


def bridge_chart(draft: Draft, currency: str, at: Mapping[str, str]) -> Any:
    """Claimed, the two steps hanging from it, adjusted; beside them expected with the gap up to the quota line.

    `at` gives the address of each figure on the overview: claimed, stage, health, adjusted, expected, quota.
    """
    scale = scale_for(draft.portfolio, currency, draft.lang)
    total, line = draft.portfolio.total(currency), draft.portfolio.funnels[currency]
    values = {
        "claimed": total.claimed, "stage": total.stage, "health": total.health, "adjusted": total.adjusted,
        "expected": line.expected,
    }  # fmt: skip
    first = helper_rows(draft, _bridge_rows(draft, currency, at, values, line.quota, scale.divisor))
    last, book = first + 4, draft.book
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    assert chart is not None
    for column, (name, look, shape) in enumerate(BRIDGE_SERIES, 1):
        series: dict[str, Any] = {
            "categories": [CHART_SHEET, first, 0, last, 0], "values": [CHART_SHEET, first, column, last, column],
            "name": name.to(draft.lang), "gap": 40, **look,
        }  # fmt: skip
        if shape:
            light = look in (CLAIMED_FILL, EXPECTED_FILL)
            font = {**SMALL, "bold": True, "color": style.PAPER if light else style.INK}
            series["data_labels"] = {"value": True, "num_format": shape.format(scale.num_format), "font": font}
        chart.add_series(series)
    quota = book.add_chart({"type": "line"})
    assert quota is not None
    quota.add_series({
        "categories": [CHART_SHEET, first, 0, last, 0], "values": [CHART_SHEET, first, 7, last, 7],
        "name": [CHART_SHEET, first + 5, 0], "line": {"color": style.RED, "width": 2, "dash_type": "dash"},
    })  # fmt: skip
    chart.combine(quota)
    put_face(chart, words.BRIDGE_TITLE.say(draft.lang, {"unit": scale.name}), scale)
    chart.set_legend({"position": "bottom", "font": SMALL, "delete_series": [0, 1, 2, 3, 4]})
    return chart


def _bridge_rows(
    draft: Draft, currency: str, at: Mapping[str, str], units: Mapping[str, int], quota: int | None, divisor: int
) -> list[list[Any]]:
    """Label, base, total, expected, lost, won, gap, quota; each a formula over the overview with its value.

    The last row is the name of the quota line.
    """
    value = {name: number(amount, currency) / divisor for name, amount in units.items()}
    quota_cell, nothing = at["quota"], ("0", 0)
    line = (f"IF(ISNUMBER({quota_cell}),{quota_cell}/{divisor},{OFF_CHART})",
            OFF_CHART if quota is None else number(quota, currency) / divisor)  # fmt: skip
    gap_value = 0.0 if quota is None else max(0.0, number(quota - units["expected"], currency) / divisor)
    gap = (f"IF(ISNUMBER({quota_cell}),MAX(0,{quota_cell}-{at['expected']}),0)/{divisor}", gap_value)

    def step(name: str, before: str, before_value: float) -> list[Any]:
        own, delta = at[name], value[name]
        base = (f"MIN({before},{before}+{own})/{divisor}", min(before_value, before_value + delta))
        lost = (f"MAX(0,-{own})/{divisor}", max(0.0, -delta))
        won = (f"MAX(0,{own})/{divisor}", max(0.0, delta))
        return [base, nothing, nothing, lost, won, nothing, line]

    def whole(name: str, column: int) -> list[Any]:
        cells: list[Any] = [nothing] * 6
        cells[column] = (f"{at[name]}/{divisor}", value[name])
        return [*cells, line]

    staged = f"({at['claimed']}+{at['stage']})"
    rows = [
        (words.CLAIMED, whole("claimed", 1)),
        (words.STAGE_STEP, step("stage", at["claimed"], value["claimed"])),
        (words.HEALTH_STEP, step("health", staged, value["claimed"] + value["stage"])),
        (words.ADJUSTED, whole("adjusted", 1)),
        (words.EXPECTED, whole("expected", 2)),
    ]
    rows[-1][1][5] = gap
    given, missing = words.QUOTA.to(draft.lang), words.QUOTA_MISSING.to(draft.lang)
    name = (f'IF(ISNUMBER({quota_cell}),"{given}","{missing}")', missing if quota is None else given)
    return [*([head.to(draft.lang), *cells] for head, cells in rows), [name]]


def funnel_chart(draft: Draft, currency: str) -> Any:
    """Amount and expected revenue of each stage, the first stage on top."""
    scale = scale_for(draft.portfolio, currency, draft.lang)
    of_stage = {row.label: row for row in draft.portfolio.rollups["stage"] if row.currency == currency}
    rows: list[list[Any]] = []
    for stage in ProcurementStage:
        found, label = of_stage.get(stage), stage.label.to(draft.lang)
        mine = f'{PREFIX}stage,"{label}",{PREFIX}currency,"{currency}"'
        count = found.deals if found else 0
        cells: list[Any] = [(f'"{label} ("&COUNTIFS({mine})&")"', f"{label} ({count})")]
        for code in ("amount", "expected"):
            value = number(getattr(found, code) if found else 0, currency) / scale.divisor
            cells.append((f"SUMIFS({PREFIX}{code},{mine})/{scale.divisor}", value))
        rows.append(cells)
    first = helper_rows(draft, rows)
    heads = ((words.AMOUNT, CLAIMED_FILL), (words.EXPECTED, EXPECTED_FILL))
    title = words.FUNNEL_TITLE.say(draft.lang, {"unit": scale.name})
    return _bars(draft, first, len(rows), heads, title, scale)


def rollup_chart(draft: Draft, dimension: str) -> Any:
    """Claimed and adjusted of the first rows of the commonest currency."""
    from warmap_app.portfolio.rollup_sheets import FIRST_MONEY, label_words
    from warmap_app.portfolio.sheets import HEAD_ROW

    currency = draft.portfolio.currencies[0]
    scale = scale_for(draft.portfolio, currency, draft.lang)
    shown = [row for row in draft.portfolio.rollups[dimension] if row.currency == currency][:MOST_BARS]
    rows: list[list[Any]] = []
    tab = draft.names[dimension]
    for row, rollup in enumerate(shown, HEAD_ROW + 1):
        cells: list[Any] = [label_words(rollup.label, draft.lang)]
        for offset, code in ((1, "claimed"), (4, "adjusted")):
            where = f"'{tab}'!{cell(row, FIRST_MONEY + offset)}"
            cells.append((f"{where}/{scale.divisor}", number(getattr(rollup, code), currency) / scale.divisor))
        rows.append(cells)
    first = helper_rows(draft, rows)
    heads = ((words.CLAIMED, CLAIMED_FILL), (words.ADJUSTED, EXPECTED_FILL))
    facts = {"by": words.BY[dimension].to(draft.lang), "unit": scale.name}
    chart = _bars(draft, first, len(rows), heads, words.ROLLUP_TITLE.say(draft.lang, facts), scale)
    chart.set_size({"width": 900, "height": 110 + 44 * len(rows)})
    return chart


def _bars(draft: Draft, first: int, count: int, heads: Sequence[Any], title: str, scale: Scale) -> Any:
    chart = draft.book.add_chart({"type": "bar"})
    assert chart is not None
    last = first + count - 1
    for column, (head, look) in enumerate(heads, 1):
        chart.add_series({
            "categories": [CHART_SHEET, first, 0, last, 0], "values": [CHART_SHEET, first, column, last, column],
            "name": head.to(draft.lang), "gap": 50, **look,
            "data_labels": {"value": True, "num_format": f"{scale.num_format};;;", "font": SMALL},
        })  # fmt: skip
    put_face(chart, title, scale)
    chart.set_y_axis({"reverse": True, "num_font": SMALL, "line": {"color": style.LINE}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"position": "bottom", "font": SMALL})
    return chart


def put_face(chart: Any, title: str, scale: Scale) -> None:
    """What all charts share: title, axes, size."""
    chart.set_title({"name": title, "name_font": TITLE_FONT, "overlay": False})
    chart.set_x_axis({"num_font": SMALL, "line": {"color": style.LINE}})
    chart.set_y_axis({
        "num_font": SMALL, "num_format": scale.num_format, "major_gridlines": GRID, "line": {"none": True}, "min": 0,
    })  # fmt: skip
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 604, "height": 276})

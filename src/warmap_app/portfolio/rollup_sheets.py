"""The sheets by team, rep, stage and band: live sums over the deals, totals with a check, a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from warmap.terms import HealthBand, ProcurementStage
from warmap.text import Lang
from warmap_app.portfolio import words
from warmap_app.portfolio.charts import MOST_BARS, rollup_chart
from warmap_app.portfolio.deals_sheet import band_words, totals_of
from warmap_app.portfolio.rollup import MONEY, RollUp
from warmap_app.portfolio.sheets import HEAD_ROW, PREFIX, Draft, cell, number, rounded
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROWS_A_PAGE, CHART_ROWS, CHART_ROWS_A_BAR = 40, 5.5, 2.2
LABEL, CURRENCY, DEALS, FIRST_MONEY = 0, 1, 2, 3
PLAIN = FIRST_MONEY + len(MONEY)
WEIGHTED, CRITICAL = PLAIN + 1, PLAIN + 2
DIMENSION_HEAD = {"team": words.TEAM, "rep": words.REP, "stage": words.DECLARED, "band": words.BAND}
HEADS = (
    (words.CURRENCY, 8), (words.COUNT, 8), (words.AMOUNT, 17), (words.CLAIMED, 17), (words.STAGE_STEP, 17),
    (words.HEALTH_STEP, 17), (words.ADJUSTED, 17), (words.EXPECTED, 17), (words.MEAN_HEALTH, 11),
    (words.WEIGHTED_HEALTH, 12), (words.CRITICAL, 10),
)  # fmt: skip


def label_words(label: str | ProcurementStage | HealthBand, lang: Lang) -> str:
    """A label as the deals show it."""
    if isinstance(label, HealthBand):
        return band_words(label, lang)
    return label.label.to(lang) if isinstance(label, ProcurementStage) else label or words.BLANK.to(lang)


def write_rollup(draft: Draft, dimension: str) -> None:
    """One sheet."""
    sheet, rows = draft.sheets[dimension], draft.portfolio.rollups[dimension]
    draft.page(sheet, words.BY[dimension].to(draft.lang), words.WEIGHTED_NOTE.to(draft.lang))
    draft.head(sheet, [(DIMENSION_HEAD[dimension], 26), *HEADS])
    for row, rollup in enumerate(rows, HEAD_ROW + 1):
        _row(draft, sheet, row, dimension, rollup)
    last = HEAD_ROW + max(1, len(rows))
    _totals(draft, sheet, rows, last)
    sheet.autofilter(HEAD_ROW, 0, last, CRITICAL)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.fit_to_pages(1, 0)
    if rows:
        options = {"object_position": 2, "description": words.BY[dimension].to(draft.lang)}
        at = last + len(draft.portfolio.totals) + 3
        sheet.insert_chart(at, 0, rollup_chart(draft, dimension), options)
        if at + CHART_ROWS + CHART_ROWS_A_BAR * min(len(rows), MOST_BARS) > ROWS_A_PAGE:
            sheet.set_h_pagebreaks([at])


def _row(draft: Draft, sheet: Worksheet, row: int, dimension: str, rollup: RollUp) -> None:
    edge: dict[str, Any] = {"bottom": 1, "bottom_color": style.LINE}
    sheet.write_string(row, LABEL, label_words(rollup.label, draft.lang), draft.formats(text_wrap=True, **edge))
    sheet.write_string(row, CURRENCY, rollup.currency, draft.formats(align="center", **edge))
    label, currency = cell(row, LABEL), cell(row, CURRENCY)
    mine = f"({PREFIX}{dimension}={label})*({PREFIX}currency={currency})"  # not SUMIFS: a name may hold * ? < =

    def live(column: int, formula: str, value: float, look: Any) -> None:
        sheet.write_formula(row, column, f"={formula}", look, value)

    count = draft.formats(num_format="0", align="center", **edge)
    live(DEALS, f"SUMPRODUCT({mine})", rollup.deals, count)
    for place, code in enumerate(MONEY):
        formula = rounded(f"SUMPRODUCT({mine}*{PREFIX}{code})", rollup.currency)
        value = number(getattr(rollup, code), rollup.currency)
        live(FIRST_MONEY + place, formula, value, draft.money(rollup.currency, **edge))
    score = draft.formats(num_format=style.SCORE, align="center", **edge)
    live(PLAIN, f"SUMPRODUCT({mine}*{PREFIX}health)/SUMPRODUCT({mine})", rollup.plain_health, score)
    weights = f"SUMPRODUCT({mine}*{PREFIX}amount)"
    plain = cell(row, PLAIN)
    weighted = f"IF({weights}=0,{plain},SUMPRODUCT({mine}*{PREFIX}amount*{PREFIX}health)/{weights})"
    live(WEIGHTED, weighted, rollup.weighted_health, score)
    live(CRITICAL, f"SUMPRODUCT({mine}*{PREFIX}critical)", rollup.critical, count)


def _totals(draft: Draft, sheet: Worksheet, rows: Sequence[RollUp], last: int) -> None:
    """A row a currency: sums over the rows above, and a sign that they are those of the deals."""
    for place, currency in enumerate(draft.portfolio.totals):
        row, mine = last + 2 + place, [rollup for rollup in rows if rollup.currency == currency]
        look = {"bold": True, "top": 1, "top_color": style.NAVY, "bg_color": style.NAVY_PALE}
        for column in range(CRITICAL + 1):
            sheet.write_blank(row, column, None, draft.formats(**look))
        sheet.write_string(row, CURRENCY, currency, draft.formats(align="center", **look))
        currencies = f"{cell(HEAD_ROW + 1, CURRENCY)}:{cell(last, CURRENCY)}"
        where = cell(row, CURRENCY)

        def over(column: int, currencies: str = currencies, where: str = where) -> str:
            return f"SUMIFS({cell(HEAD_ROW + 1, column)}:{cell(last, column)},{currencies},{where})"

        count = draft.formats(num_format="0", align="center", **look)
        sheet.write_formula(row, DEALS, "=" + over(DEALS), count, sum(one.deals for one in mine))
        sheet.write_formula(row, CRITICAL, "=" + over(CRITICAL), count, sum(one.critical for one in mine))
        totals, same = totals_of(draft.portfolio, currency), []
        for offset, code in enumerate(MONEY):
            column = FIRST_MONEY + offset
            formula = rounded(over(column), currency)
            sheet.write_formula(
                row, column, f"={formula}", draft.money(currency, **look), number(totals[code], currency)
            )
            deals = rounded(f"SUMIFS({PREFIX}{code},{PREFIX}currency,{where})", currency)
            same.append(f"{cell(row, column)}={deals}")
        total, sign = words.TOTAL.say(draft.lang, {"currency": currency}), ("✓", "✗")
        formula = f'=IF(AND({",".join(same)}),"{sign[0]}","{sign[1]}")&" {total}"'
        sheet.write_formula(row, LABEL, formula, draft.formats(**look), f"{sign[0]} {total}")

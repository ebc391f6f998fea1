"""The eight figures at the head of a currency: each a live formula with its value, and a small line below it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from warmap.funnel import digits_of, from_minor
from warmap.text import Lang, Text
from warmap_app.portfolio import words
from warmap_app.portfolio.figures import Portfolio
from warmap_app.portfolio.sheets import PREFIX, Draft, cell, number, rounded

BRIDGE = (
    ("claimed", words.CLAIMED, "claimed"), ("stage", words.STAGE_STEP, "stage_step"),
    ("health", words.HEALTH_STEP, "health_step"), ("adjusted", words.ADJUSTED, "adjusted"),
    ("expected", words.EXPECTED, "expected"),
)  # fmt: skip
NEARLY_ONE = "0.9999"
"""Added before cutting off decimals, so that gap ÷ rate is rounded up, but not for the dust of binary fractions."""


class Card(NamedTuple):
    """A figure: its formula (None: an input) and value, and the line below likewise."""

    code: str
    label: Text
    value: str | float
    formula: str | None
    below: str = ""
    below_formula: str | None = None
    is_input: bool = False
    is_result: bool = False


def percent_words(part: int, whole: int) -> str:
    """A share as TEXT(…,"0%") writes it: half away from zero; empty where the whole is 0."""
    if not whole:
        return ""
    share = Fraction(part, whole) * 100
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    shown = exact.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{shown or 0}%"


def cards_of(draft: Draft, currency: str, row: int, column: int) -> list[Card]:
    """The cards whose values stand in `row`, two columns each from `column` on."""
    portfolio, lang = draft.portfolio, draft.lang
    codes = [code for code, _, _ in BRIDGE] + ["quota", "gap", "needed"]
    at = {code: cell(row, column + 2 * place) for place, code in enumerate(codes)}
    total, line = portfolio.total(currency), portfolio.funnels[currency]
    units = {"claimed": total.claimed, "stage": total.stage, "health": total.health, "adjusted": total.adjusted,
             "expected": line.expected}  # fmt: skip
    cards = []
    for code, label, source in BRIDGE:
        formula = rounded(f'SUMIFS({PREFIX}{source},{PREFIX}currency,"{currency}")', currency)
        below, below_formula = _below(portfolio, currency, code, at, lang)
        result = code in {"adjusted", "expected"}
        cards.append(Card(code, label, number(units[code], currency), formula, below, below_formula, is_result=result))
    quota = "" if line.quota is None else number(line.quota, currency)
    return [
        *cards,
        Card("quota", words.QUOTA, quota, None, words.TYPE_QUOTA.to(lang), is_input=True),
        _gap(draft, currency, at),
        _needed(draft, currency, at),
    ]


def _below(portfolio: Portfolio, currency: str, code: str, at: dict[str, str], lang: Lang) -> tuple[str, str]:
    """The small line: the amount, the share of what is claimed, or the mean rate."""
    total, mine = portfolio.total(currency), f'{PREFIX}currency,"{currency}"'
    if code == "claimed":
        text = words.AMOUNT_IS.to(lang)
        amount = portfolio.amounts.get(currency, 0)
        whole = from_minor(amount, currency).quantize(Decimal(1), ROUND_HALF_UP)
        return f"{text}{whole:,}", f'"{text}"&TEXT(SUMIFS({PREFIX}amount,{mine}),"#,##0")'
    if code == "expected":
        text, rate = words.AT_RATE.to(lang), portfolio.funnels[currency].conversion
        shown = "" if rate is None else text + percent_words(*Fraction(rate).as_integer_ratio())
        return shown, f'IFERROR("{text}"&TEXT(AVERAGEIFS({PREFIX}rate,{mine}),"0%"),"")'
    text, part = words.OF_CLAIMED.to(lang), {"stage": total.stage, "health": total.health, "adjusted": total.adjusted}
    share = percent_words(part[code], total.claimed)
    formula = f'IF({at["claimed"]}=0,"","{text}"&TEXT({at[code]}/{at["claimed"]},"0%"))'
    return text + share if share else "", formula


def _gap(draft: Draft, currency: str, at: dict[str, str]) -> Card:
    line, lang = draft.portfolio.funnels[currency], draft.lang
    quota, expected = at["quota"], at["expected"]
    formula = f'IF(ISNUMBER({quota}),{rounded(f"{quota}-{expected}", currency)},"")'
    value = "" if line.gap is None else number(line.gap, currency)
    none, text = words.NO_QUOTA.to(lang), words.OF_QUOTA.to(lang)
    share = percent_words(line.expected, line.quota) if line.quota else ""
    below = none if line.quota is None else text + share if share else ""
    below_formula = f'IF(ISNUMBER({quota}),IF({quota}=0,"","{text}"&TEXT({expected}/{quota},"0%")),"{none}")'
    return Card("gap", words.GAP, value, formula, below, below_formula, is_result=True)


def _needed(draft: Draft, currency: str, at: dict[str, str]) -> Card:
    line, lang = draft.portfolio.funnels[currency], draft.lang
    gap, digits, nothing = at["gap"], digits_of(currency), words.NOTHING_CONVERTS.to(lang)
    rate = f'IFERROR(AVERAGEIFS({PREFIX}rate,{PREFIX}currency,"{currency}"),0)'
    up = rounded(f"INT({gap}*{10**digits}/{rate}+{NEARLY_ONE})/{10**digits}", currency)
    formula = f'IF(ISNUMBER({gap}),IF({gap}<=0,0,IF({rate}>0,{up},"{nothing}")),"")'
    value: str | float = "" if line.quota is None else nothing
    if line.needed_pipeline is not None:
        value = number(line.needed_pipeline, currency)
    return Card("needed", words.NEEDED, value, formula, is_result=True)

"""The overview: for each currency its figures, bridge and funnel; the worst deals; what was not counted; how."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter.worksheet import Worksheet

from warmap.funnel import digits_of, from_minor
from warmap.text import Text
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import Money, Total
from warmap_app.portfolio.forecast import how, notes
from warmap_app.portfolio.forecast_charts import bridge_chart, funnel_chart
from warmap_app.portfolio.report_book import CLOSED_PREFIX, LINED, PREFIX, ReportBook, cell, height_for, rounded
from warmap_app.portfolio.report_tables import BRIDGE, CARDS, worst_said
from warmap_app.safe_text import shown
from warmap_workbook.writing import style

FIRST, LAST, CHART_ROWS, WORST_SHOWN, LEFT_SHOWN = 1, 16, 14, 5, 10
EDGE = {"border": 1, "border_color": style.LINE, "align": "center"}
SMALL_ROW = {**LINED, "text_wrap": True, "valign": "top", "font_size": 9}
NEARLY_ONE = "0.9999"
"""Added before truncating, so that gap ÷ rate is rounded up, but not because of a binary fraction's last digit."""


@dataclass(frozen=True, slots=True)
class Card:
    """A figure of a currency: its value and formula (None: people type it), and the small line below it likewise."""

    code: str
    value: str | float
    formula: str | None
    below: str = ""
    below_formula: str | None = None

    @property
    def colour(self) -> str:
        """Inputs, results and intermediate figures have different colours."""
        if self.formula is None:
            return style.UNFINISHED
        return style.TEAL_PALE if self.code in {"adjusted", "won", "gap", "needed"} else style.GREY_PALE


@dataclass(slots=True)
class Overview:
    """Writes the sheet from top to bottom; `row` is the next free row."""

    report: ReportBook
    sheet: Worksheet
    row: int = 0

    def write(self) -> None:
        """The whole sheet."""
        report, lang, portfolio = self.report, self.report.lang, self.report.portfolio
        self.sheet.set_column(0, 0, 1.5)
        self.sheet.set_column(FIRST, LAST, 10.2)
        report.paper(self.sheet, words.OVERVIEW.to(lang))
        self.sheet.fit_to_pages(1, 0)
        self._line(words.TITLE.to(lang) + " · " + words.OVERVIEW.to(lang), report.formats.title(), 26)
        self._notes()
        breaks = []
        for total in portfolio.totals.values():
            breaks.append(self.row)
            self._currency(total)
        if len(breaks) > 1 and portfolio.left_out:
            breaks.append(self.row)
        self._left_out()
        self._how()
        self.sheet.set_h_pagebreaks(breaks[1:])

    def _line(self, text: str, look: Any, height: float = 16) -> None:
        self._cell(self.row, FIRST, LAST, text, look)
        self.sheet.set_row(self.row, height)
        self.row += 1

    def _head(self, text: Text) -> None:
        self._line(text.to(self.report.lang), self.report.formats(**style.HEADING), 20)

    def _cell(self, row: int, first: int, last: int, value: str | float, look: Any, formula: str | None = None) -> None:
        self.sheet.merge_range(row, first, row, last, "", look)
        if formula is not None:
            self.sheet.write_formula(row, first, f"={formula}", look, value)
        elif isinstance(value, str):
            if value:
                self.sheet.write_string(row, first, value, look)
        else:
            self.sheet.write_number(row, first, value, look)

    def _small_row(self, parts: Sequence[tuple[int, int, str]], height: float) -> None:
        for first, last, text in parts:
            self._cell(self.row, FIRST + first, FIRST + last, text, self.report.formats(**SMALL_ROW))
        self.sheet.set_row(self.row, height)
        self.row += 1

    def _notes(self) -> None:
        report = self.report
        first, *others = notes(report.portfolio, report.lang)
        if report.portfolio.left_out:
            look = report.formats(font_color=style.RED, underline=1, bold=True)
            self.sheet.merge_range(self.row, FIRST, self.row, LAST, "", look)
            self.sheet.write_url(self.row, FIRST, f"internal:'{report.names['left']}'!A1", look, "▲ " + first)
            self.row += 1
        else:
            self._line(first, report.formats.quiet())
        if others:
            joined = ("" if report.lang == "zh" else " ").join(others)
            self._line(joined, report.formats.quiet(text_wrap=True, valign="top"), height_for([(joined, 160)]))
        self.row += 1

    def _currency(self, total: Total) -> None:
        report, currency = self.report, total.currency
        look = report.formats(bold=True, font_size=12, font_color=style.PAPER, bg_color=style.NAVY, indent=1)
        self._line(words.OF_CURRENCY.say(report.lang, {"currency": currency, "count": total.deals}), look, 22)
        at = self._cards(total)
        self.row += 1
        charts = (
            (FIRST, words.BRIDGE_TITLE, bridge_chart(report, currency, at)),
            (FIRST + 8, words.FUNNEL_TITLE, funnel_chart(report, currency)),
        )
        for column, title, chart in charts:
            about = f"{currency}: {title.say(report.lang, {'unit': currency})}"
            options = {"object_position": 2, "x_offset": 2, "y_offset": 2, "description": about}
            self.sheet.insert_chart(self.row, column, chart, options)
        self.row += CHART_ROWS + 1
        worst = report.portfolio.worst_first(currency)[:WORST_SHOWN]
        if worst:
            self._head(words.WORST)
        for line in worst:
            places = ((0, 1), (2, 6), (7, 8), (9, 10), (11, 15))
            told = zip(places, worst_said(line, report.lang), strict=True)
            self._small_row([(*place, text) for place, text in told], 25)
        self.row += 1

    def _cards(self, total: Total) -> dict[str, str]:
        """The eight figures. Returns the address of each, with the sheet's name."""
        report, formats = self.report, self.report.formats
        cards = _cards_of(report, total, {code: cell(self.row + 1, FIRST + 2 * n) for n, code in enumerate(CARDS)})
        for place, card in enumerate(cards):
            first, last = FIRST + 2 * place, FIRST + 2 * place + 1
            box: dict[str, Any] = {**EDGE, "bg_color": card.colour}
            label = formats(**box, bold=True, font_color=style.NAVY, font_size=9)
            self._cell(self.row, first, last, CARDS[card.code].to(report.lang), label)
            locked = card.formula is not None
            value = report.money(total.currency, **box, bold=True, font_size=13, shrink=True, locked=locked)
            self._cell(self.row + 1, first, last, card.value, value, card.formula)
            below = formats(**box, font_color=style.PALE_INK, font_size=8, shrink=True)
            self._cell(self.row + 2, first, last, card.below, below, card.below_formula)
        self.sheet.set_row(self.row + 1, 30)
        tab = report.names["overview"]
        at = {card.code: f"'{tab}'!{cell(self.row + 1, FIRST + 2 * place)}" for place, card in enumerate(cards)}
        self.row += 3
        good, bad = words.ADDS_UP.to(report.lang), words.DOES_NOT_ADD_UP.to(report.lang)
        steps = f"{at['claimed']}+{at['stage_step']}+{at['health_step']}-{at['adjusted']}"
        look = formats(font_size=8, font_color=style.TEAL)
        self._cell(self.row, FIRST, LAST, good, look, f'IF(ROUND({steps},4)=0,"{good}","{bad}")')
        self.row += 1
        return at

    def _left_out(self) -> None:
        left = self.report.portfolio.left_out
        if not left:
            return
        self._head(words.NOT_COUNTED)
        for one in left[:LEFT_SHOWN]:
            parts = ((0, 4, shown(one.file)), (5, 10, one.why), (11, 15, one.remedy))
            self._small_row(parts, height_for((text, 10 * (last - first + 1)) for first, last, text in parts))
        if len(left) > LEFT_SHOWN:
            facts = {"more": len(left) - LEFT_SHOWN, "sheet": self.report.names["left"]}
            self._line(words.MORE.say(self.report.lang, facts), self.report.formats.quiet())
        self.row += 1

    def _how(self) -> None:
        self._head(words.HOW)
        look = self.report.formats(font_color=style.PALE_INK, text_wrap=True, valign="top", font_size=9)
        for line in how(self.report.portfolio, self.report.lang):
            self._line(line, look, height_for([(line, 170)]))


def _cards_of(report: ReportBook, total: Total, at: dict[str, str]) -> list[Card]:
    cards = []
    for code in BRIDGE:
        formula = rounded(f'SUMIFS({PREFIX}{code},{PREFIX}currency,"{total.currency}")', total.currency)
        value = Money(getattr(total, code), total.currency).number
        cards.append(Card(code, value, formula, *_below(report, total, code, at)))
    won = rounded(f'SUMIFS({CLOSED_PREFIX}won,{CLOSED_PREFIX}currency,"{total.currency}")', total.currency)
    won_value = Money(total.won, total.currency).number
    cards.append(Card("won", won_value, won, *_below(report, total, "won", at)))
    quota = "" if total.quota is None else Money(total.quota, total.currency).number
    typed = Card("quota", quota, None, words.TYPE_QUOTA.to(report.lang))
    return [*cards, typed, _gap(report, total, at), _needed(report, total, at)]


def _below(report: ReportBook, total: Total, code: str, at: dict[str, str]) -> tuple[str, str]:
    """The small line and its formula: the amount, the number of deals won, or the share of the claimed amount."""
    lang, mine = report.lang, f'{PREFIX}currency,"{total.currency}"'
    if code == "claimed":
        text = words.AMOUNT_IS.to(lang)
        whole = from_minor(total.amount, total.currency).quantize(Decimal(1), ROUND_HALF_UP)
        return f"{text}{whole:,}", f'"{text}"&TEXT(SUMIFS({PREFIX}amount,{mine}),"#,##0")'
    if code == "won":
        text = words.WON_DEALS.to(lang)
        count = sum(one.won > 0 for one in report.portfolio.closed if one.currency == total.currency)
        won = f'{CLOSED_PREFIX}currency,"{total.currency}",{CLOSED_PREFIX}won,">0"'
        return f"{text}{count}", f'"{text}"&COUNTIFS({won})'
    text = words.OF_CLAIMED.to(lang)
    share = _percent(getattr(total, code), total.claimed)
    formula = f'IF({at["claimed"]}=0,"","{text}"&TEXT({at[code]}/{at["claimed"]},"0%"))'
    return text + share if share else "", formula


def _percent(part: int, whole: int) -> str:
    """A share as TEXT(…,"0%") writes it: half away from zero; empty where the whole is 0."""
    if not whole:
        return ""
    share = Fraction(part, whole) * 100
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    rounded_share = exact.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{rounded_share or 0}%"  # never -0%


def _gap(report: ReportBook, total: Total, at: dict[str, str]) -> Card:
    lang, currency, quota = report.lang, total.currency, at["quota"]
    none, text = words.NO_QUOTA.to(lang), words.IF_CLAIMED.to(lang)
    left = f"{quota}-{at['won']}"
    formula = f'IF(ISNUMBER({quota}),{rounded(left + "-" + at["adjusted"], currency)},"")'
    claimed = f"ROUND({rounded(left + '-' + at['claimed'], currency)},0)+0"  # + 0: no "-0"
    below_formula = f'IF(ISNUMBER({quota}),"{text}"&TEXT({claimed},"#,##0"),"{none}")'
    if total.gap is None or total.claimed_gap is None:
        return Card("gap", "", formula, none, below_formula)
    whole = int(from_minor(total.claimed_gap, currency).quantize(Decimal(1), ROUND_HALF_UP))
    return Card("gap", Money(total.gap, currency).number, formula, f"{text}{whole:,}", below_formula)


def _needed(report: ReportBook, total: Total, at: dict[str, str]) -> Card:
    lang, currency, gap, adjusted = report.lang, total.currency, at["gap"], at["adjusted"]
    nothing, text, unit = words.NOTHING_CONVERTS.to(lang), words.AT_RATE.to(lang), 10 ** digits_of(currency)
    amount = f'SUMIFS({PREFIX}amount,{PREFIX}currency,"{currency}")'
    up = rounded(f"INT({gap}*{unit}*{amount}/{adjusted}+{NEARLY_ONE})/{unit}", currency)
    formula = f'IF(ISNUMBER({gap}),IF({gap}<=0,0,IF({adjusted}>0,{up},"{nothing}")),"")'
    share = _percent(total.adjusted, total.amount)
    below = text + share if share else "", f'IFERROR("{text}"&TEXT({adjusted}/{amount},"0%"),"")'
    if total.needed is not None:
        return Card("needed", Money(total.needed, currency).number, formula, *below)
    return Card("needed", "" if total.quota is None else nothing, formula, *below)

"""The overview: for each currency its figures, bridge and funnel; the worst deals; what was not counted; how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warmap.text import Text
from warmap_app.portfolio import words
from warmap_app.portfolio.cards import cards_of
from warmap_app.portfolio.charts import bridge_chart, funnel_chart
from warmap_app.portfolio.deals_sheet import band_words
from warmap_app.portfolio.figures import Line, money
from warmap_app.portfolio.notes import how, notes
from warmap_app.portfolio.sheets import Draft, cell, height_for
from warmap_app.scoreboard import clean
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST, LAST, CHART_ROWS, WORST_SHOWN, LEFT_SHOWN = 1, 16, 14, 5, 10
EDGE = {"border": 1, "border_color": style.LINE, "align": "center"}


@dataclass(slots=True)
class Overview:
    """Writes the sheet from top to bottom; `row` is the next free one."""

    draft: Draft
    sheet: Worksheet
    row: int = 0

    def write(self) -> None:
        """The whole sheet."""
        draft, lang = self.draft, self.draft.lang
        self.sheet.set_column(0, 0, 1.5)
        self.sheet.set_column(FIRST, LAST, 10.2)
        draft.paper(self.sheet, words.OVERVIEW.to(lang))
        self.sheet.fit_to_pages(1, 0)
        self._line(words.TITLE.to(lang) + " · " + words.OVERVIEW.to(lang), draft.formats.title(), 26)
        self._notes()
        breaks = []
        for place, currency in enumerate(draft.portfolio.currencies):
            if place:
                breaks.append(self.row)
            self._currency(currency)
        if len(draft.portfolio.currencies) > 1 and draft.portfolio.left_out:
            breaks.append(self.row)
        self._left_out()
        self._how()
        self.sheet.set_h_pagebreaks(breaks)

    def _line(self, text: str, look: Any, height: float = 16) -> None:
        self.sheet.merge_range(self.row, FIRST, self.row, LAST, "", look)
        self.sheet.write_string(self.row, FIRST, text, look)
        self.sheet.set_row(self.row, height)
        self.row += 1

    def _head(self, text: Text) -> None:
        look = self.draft.formats(bold=True, font_size=12, font_color=style.NAVY, bottom=1, bottom_color=style.NAVY)
        self._line(text.to(self.draft.lang), look, 20)

    def _notes(self) -> None:
        first, *others = notes(self.draft.portfolio, self.draft.lang)
        if self.draft.portfolio.left_out:
            look = self.draft.formats(font_color=style.RED, underline=1, bold=True)
            self.sheet.merge_range(self.row, FIRST, self.row, LAST, "", look)
            self.sheet.write_url(self.row, FIRST, f"internal:'{self.draft.names['left']}'!A1", look, "▲ " + first)
            self.row += 1
        else:
            self._line(first, self.draft.formats.quiet())
        if others:
            joined = ("" if self.draft.lang == "zh" else " ").join(others)
            height = 16 if len(joined) < 150 else 30
            self._line(joined, self.draft.formats.quiet(text_wrap=True, valign="top"), height)
        self.row += 1

    def _currency(self, currency: str) -> None:
        draft, formats = self.draft, self.draft.formats
        deals = draft.portfolio.funnels[currency].deals
        look = formats(bold=True, font_size=12, font_color=style.PAPER, bg_color=style.NAVY, indent=1)
        self._line(words.OF_CURRENCY.say(draft.lang, {"currency": currency, "count": deals}), look, 22)
        at = self._cards(currency)
        self.row += 1
        place = {"object_position": 2, "x_offset": 2, "y_offset": 2}
        title = words.BRIDGE_TITLE.say(draft.lang, {"unit": currency})
        self.sheet.insert_chart(
            self.row, FIRST, bridge_chart(draft, currency, at), {**place, "description": f"{currency}: {title}"}
        )
        title = words.FUNNEL_TITLE.say(draft.lang, {"unit": currency})
        self.sheet.insert_chart(
            self.row, FIRST + 8, funnel_chart(draft, currency), {**place, "description": f"{currency}: {title}"}
        )
        self.row += CHART_ROWS + 1
        worst = draft.portfolio.worst_first(currency)[:WORST_SHOWN]
        if worst:
            self._head(words.WORST)
        for line in worst:
            self._deal(line)
        self.row += 1

    def _cards(self, currency: str) -> dict[str, str]:
        """The eight figures. Returns the address of each on this sheet, with the sheet's name."""
        formats, cards = self.draft.formats, cards_of(self.draft, currency, self.row + 1, FIRST)
        for place, card in enumerate(cards):
            first, last = FIRST + 2 * place, FIRST + 2 * place + 1
            colour = style.UNFINISHED if card.is_input else style.TEAL_PALE if card.is_result else style.GREY_PALE
            box: dict[str, Any] = {**EDGE, "bg_color": colour}
            label = formats(**box, bold=True, font_color=style.NAVY, font_size=9)
            self._cell(self.row, first, last, card.label.to(self.draft.lang), None, label)
            value = self.draft.money(currency, **box, bold=True, font_size=13, shrink=True, locked=not card.is_input)
            self._cell(self.row + 1, first, last, card.value, card.formula, value)
            below = formats(**box, font_color=style.PALE_INK, font_size=8, shrink=True)
            self._cell(self.row + 2, first, last, card.below, card.below_formula, below)
        self.sheet.set_row(self.row + 1, 30)
        tab = self.draft.names["overview"]
        at = {card.code: f"'{tab}'!{cell(self.row + 1, FIRST + 2 * place)}" for place, card in enumerate(cards)}
        self.row += 3
        claimed, stage, health, adjusted = (at[code] for code in ("claimed", "stage", "health", "adjusted"))
        good, bad = words.ADDS_UP.to(self.draft.lang), words.DOES_NOT_ADD_UP.to(self.draft.lang)
        formula = f'IF(ROUND({claimed}+{stage}+{health}-{adjusted},4)=0,"{good}","{bad}")'
        self._cell(self.row, FIRST, LAST, good, formula, formats(font_size=8, font_color=style.TEAL))
        self.row += 1
        return at

    def _cell(self, row: int, first: int, last: int, value: str | float, formula: str | None, look: Any) -> None:
        """A text, a number or a formula with its value, across merged cells."""
        self.sheet.merge_range(row, first, row, last, "", look)
        if formula is not None:
            self.sheet.write_formula(row, first, f"={formula}", look, value)
        elif isinstance(value, str):
            if value:
                self.sheet.write_string(row, first, value, look)
        else:
            self.sheet.write_number(row, first, value, look)

    def _deal(self, line: Line) -> None:
        deal, lang = line.deal, self.draft.lang
        base = {"bottom": 1, "bottom_color": style.LINE, "text_wrap": True, "valign": "top", "font_size": 9}
        flag = f"{deal.risks[0].code} {deal.risks[0].message}" if deal.risks else words.NO_FLAG.to(lang)
        adjusted = f"{words.ADJUSTED.to(lang)} {money(line.step.adjusted, line.currency)}"
        parts = (
            (0, 1, f"{band_words(deal.band, lang)} {line.health:.1f}"), (2, 6, deal.name), (7, 8, deal.rep),
            (9, 10, adjusted), (11, 15, flag),
        )  # fmt: skip
        for first, last, text in parts:
            self._cell(self.row, FIRST + first, FIRST + last, text, None, self.draft.formats(**base))
        self.sheet.set_row(self.row, 25)
        self.row += 1

    def _left_out(self) -> None:
        left = self.draft.portfolio.left_out
        if not left:
            return
        self._head(words.NOT_COUNTED)
        base = {"bottom": 1, "bottom_color": style.LINE, "text_wrap": True, "valign": "top", "font_size": 9}
        for one in left[:LEFT_SHOWN]:
            parts = ((0, 4, clean(one.file)), (5, 10, one.why), (11, 15, one.remedy))
            for first, last, text in parts:
                self._cell(self.row, FIRST + first, FIRST + last, text, None, self.draft.formats(**base))
            self.sheet.set_row(self.row, height_for((text, 10 * (last - first + 1)) for first, last, text in parts))
            self.row += 1
        if len(left) > LEFT_SHOWN:
            facts = {"more": len(left) - LEFT_SHOWN, "sheet": self.draft.names["left"]}
            self._line(words.MORE.say(self.draft.lang, facts), self.draft.formats.quiet())
        self.row += 1

    def _how(self) -> None:
        self._head(words.HOW)
        look = self.draft.formats(font_color=style.PALE_INK, text_wrap=True, valign="top", font_size=9)
        for line in how(self.draft.portfolio, self.draft.lang):
            self._line(line, look, height_for([(line, 170)]))

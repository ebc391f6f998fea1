"""The front page: the deal in two minutes, on one screen and one sheet of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap import TEMPLATE_VERSION
from warmap.layout import COMPUTED_ON_NAME, LIVE_NAME, TAB, VERSION_NAME
from warmap.settings import changed, flat
from warmap.text import Text
from warmap.worksheet import Scalar
from warmap.worksheet.overview import SCORES_BY_CODE
from warmap_workbook.computed import BLOCK, WEEK_ROOM, area
from warmap_workbook.writing import style
from warmap_workbook.writing.cards import merged_formula, write_cards
from warmap_workbook.writing.charts import add_charts
from warmap_workbook.writing.home_steps import RISK_ROW, Steps
from warmap_workbook.writing.home_top import FIRST, LAST, MIDDLE, Top, has_begun
from warmap_workbook.writing.settings_sheet import SETTINGS_TOP
from warmap_workbook.writing.writer import stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

WEEK = Text("本周：过期的、缺的、没回应的、逾期的（点一行就到那一格）", "This week: stale, missing, open, overdue (a click leads to the cell)")  # fmt: skip
NOTHING_DUE = Text("本周没有要补的", "Nothing to bring up to date")
LIVE = Text("● 函数已连接，显示的是实时结果", "● Functions connected: these are live results")
NOT_LIVE = Text(
    "○ 函数未连接，显示的是上次计算的结果", "○ Functions not connected: these are the last computed results"
)
COMPUTED_ON = Text("计算于 ", "Computed on ")
TEMPLATE = Text("模板版本 ", "Template version ")
USUAL = Text(" · 默认设置", " · default settings")
OTHER = Text(" · 设置改动 # 项", " · # settings changed")

POWER = Text("权力地图：影响力 × 支持度", "Power map: influence × support")
_R, _O, _G, _B = style.RED_PALE, style.ORANGE_PALE, style.GREY_PALE, style.BLUE_PALE
MAP_COLOURS = ((_R, _R, _O, _B, _B, _O), (_R, _O, _G, _B, _B, _G), (_O, _G, _G, _G, _B, _G))
COLUMN_WIDTH = 11.3  # fourteen of them fill the width of a laptop's screen
CARD_ROW, CHART_ROW, WEEK_ROW, FOOT_ROW = 4, 14, 20, 28
GAPS = (3, 8, 14, 19, 27)  # thin rows between the blocks
GAP, HEAD = 4, 17


def write(draft: Draft) -> None:
    """The whole front page."""
    from warmap_workbook.writing.build import page

    sheet = page(draft, TAB["home"], link=False)
    sheet.set_column(0, 0, 1.5)
    sheet.set_column(FIRST, LAST, COLUMN_WIDTH)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    for row in GAPS:
        sheet.set_row(row, GAP)
    Front(draft, sheet).write()


def heading(draft: Draft, sheet: Worksheet, row: int, text: Text, first: int, last: int) -> None:
    """A heading over a block, with a line below."""
    look = draft.formats(bold=True, font_size=12, font_color=style.NAVY, bottom=1, bottom_color=style.NAVY)
    sheet.merge_range(row, first, row, last, text.to(draft.lang), look)
    sheet.set_row(row, HEAD)


class Front:
    """Writes the blocks of the front page."""

    def __init__(self, draft: Draft, sheet: Worksheet) -> None:
        self.draft, self.sheet, self.lang, self.formats = draft, sheet, draft.lang, draft.formats
        self.scores = {code: draft.values["wm_scores"][place][1] for place, code in enumerate(SCORES_BY_CODE)}

    def write(self) -> None:
        """Top line, cards, risks, actions, this week, charts, foot."""
        begun = has_begun(self.draft)
        Top(self.draft, self.sheet, self.scores).write()
        write_cards(self.draft, self.sheet, self.scores, CARD_ROW, FIRST, begun)
        Steps(self.draft, self.sheet, begun).write()
        self._week()
        self._power_map()
        add_charts(self.draft, self.sheet, CHART_ROW, MIDDLE + 1)
        self._foot()

    def _formula(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
        merged_formula(self.sheet, row, first, last, formula, value, look)

    def _week(self) -> None:
        """What to bring up to date, each line a link to its cell."""
        heading(self.draft, self.sheet, WEEK_ROW, WEEK, FIRST, LAST)
        values = self.draft.values["wm_this_week"]
        half = WEEK_ROOM // 2
        look = self.formats(font_color=style.BLUE, text_wrap=False, bottom=1, bottom_color=style.LINE)
        for place in range(WEEK_ROOM):
            row, first = WEEK_ROW + 1 + place % half, FIRST if place < half else MIDDLE + 1
            last = MIDDLE if place < half else LAST
            what = values[place][0]
            name = f"INDEX(wm_this_week,{place + 1},"
            none = NOTHING_DUE.to(self.lang) if place == 0 else ""
            formula = f'IF(LEN({name}1))=0,"{none}",IF(LEN({name}2))=0,{name}1),HYPERLINK("#"&{name}2),{name}1))))'
            self._formula(row, first, last, formula, what or none, look)

    def _power_map(self) -> None:
        """Who stands where: influence down, support across; strong colours where it matters most."""
        heading(self.draft, self.sheet, RISK_ROW, POWER, MIDDLE + 1, LAST)
        block = BLOCK["wm_power_map"]
        head = self.formats(font_size=9, bold=True, align="center", text_wrap=True, bg_color=style.NAVY_PALE, border=1,
                            border_color=style.PAPER)  # fmt: skip
        for column, text in enumerate(block.function.columns, MIDDLE + 1):
            self.sheet.write_string(RISK_ROW + 1, column, text.to(self.lang), head)
        for row, cells in enumerate(self.draft.values[block.name]):
            for column, value in enumerate(cells):
                look = head if column == 0 else self.formats(
                    font_size=9, align="center", text_wrap=True, bg_color=MAP_COLOURS[row][column - 1], border=1,
                    border_color=style.PAPER, shrink=False,
                )  # fmt: skip
                formula = f"=INDEX(wm_power_map,{row + 1},{column + 1})"
                self.sheet.write_formula(RISK_ROW + 2 + row, MIDDLE + 1 + column, formula, look, stored(value or ""))

    def _foot(self) -> None:
        live, not_live = LIVE.to(self.lang), NOT_LIVE.to(self.lang)
        quiet = self.formats.quiet()
        one = (FOOT_ROW, FIRST) * 2
        self.sheet.write_array_formula(*one, f'{{=IF({LIVE_NAME}=1,"{live}","{not_live}")}}', quiet, not_live)
        day = "" if self.draft.computed_on is None else self.draft.computed_on.isoformat()
        words = COMPUTED_ON.to(self.lang)
        formula = f'IF({COMPUTED_ON_NAME}="","","{words}"&{COMPUTED_ON_NAME})'
        self._formula(FOOT_ROW, 8, 10, formula, f"{words}{day}" if day else "", quiet)
        template, usual, other = TEMPLATE.to(self.lang), USUAL.to(self.lang), OTHER.to(self.lang)
        tab = TAB["settings"].name.to(self.lang)
        values, defaults = (
            f"'{tab}'!{area(SETTINGS_TOP + 1, column, len(list(flat(self.draft.settings))), 1, absolute=True)}"
            for column in (2, 3)
        )
        count = f"SUMPRODUCT(--({values}<>{defaults}))"
        formula = f'"{template}"&{VERSION_NAME}&IF({count}=0,"{usual}",SUBSTITUTE("{other}","#",{count}))'
        different = len(changed(self.draft.settings))
        told = other.replace("#", str(different)) if different else usual
        self._formula(FOOT_ROW, 11, LAST, formula, template + TEMPLATE_VERSION + told, quiet)

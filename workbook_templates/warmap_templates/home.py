"""The front page: the deal in two minutes, on one screen and one sheet of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap import TEMPLATE_VERSION
from warmap.functions.overview import SCORES_BY_CODE
from warmap.layout import COMPUTED_ON_NAME, LIVE_NAME, TAB, VERSION_NAME
from warmap.settings import changed, flat
from warmap.text import Text
from warmap.vocabulary import ProcurementStage
from warmap_templates import style
from warmap_templates.cards import merged_formula, write_cards
from warmap_templates.charts import add_charts
from warmap_templates.computed import BLOCK, WEEK_ROOM, area
from warmap_templates.reference_sheets import SETTINGS_TOP
from warmap_templates.values import cell_values
from warmap_templates.writer import stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap.functions import Scalar
    from warmap_templates.build import Draft

TITLE = Text("大客户作战地图", "Key-account war map")
NOT_FILLED = Text("（未填）", "(blank)")
RISKS = Text("最大的两个风险", "The two worst risks")
NO_RISK = Text("没有未应对的红旗", "No flag is unanswered")
ACTIONS = Text("接下来三步", "The next three actions")
NO_ACTION = Text("暂无", "None")
WEEK = Text("本周：过期的、缺的、没回应的、逾期的", "This week: stale, missing, open, overdue")
NOTHING_DUE = Text("本周没有要补的", "Nothing to bring up to date")
LIVE = Text("● 函数已连接，显示的是实时结果", "● Functions connected: these are live results")
NOT_LIVE = Text(
    "○ 函数未连接，显示的是上次计算的结果", "○ Functions not connected: these are the last computed results"
)
COMPUTED_ON = Text("计算于 ", "Computed on ")
TEMPLATE = Text("模板版本 ", "Template version ")
USUAL = Text(" · 默认设置", " · default settings")
OTHER = Text(" · 设置改动 # 项", " · # settings changed")
FACTS = ("amount", "stage", "close_date", "owner", "as_of")
STAGE_FACT = Text("阶段：申报 → 实际", "Stage: claimed → earned")

POWER = Text("权力地图：影响力 × 支持度", "Power map: influence × support")
_R, _O, _G, _B = style.RED_PALE, style.ORANGE_PALE, style.GREY_PALE, style.BLUE_PALE
MAP_COLOURS = ((_R, _R, _O, _B, _B, _O), (_R, _O, _G, _B, _B, _G), (_O, _G, _G, _G, _B, _G))
FIRST, LAST, MIDDLE = 1, 14, 7  # columns B … O, the left half ends with H
SPANS = ((1, 3), (4, 8), (9, 10), (11, 12), (13, 14))
CARD_ROW, RISK_ROW, ACTION_ROW, WEEK_ROW, FOOT_ROW = 5, 10, 16, 21, 29


def write(draft: Draft) -> None:
    """The whole front page."""
    from warmap_templates.build import page

    sheet = page(draft, TAB["home"], link=False)
    sheet.set_column(0, 0, 2)
    sheet.set_column(FIRST, LAST, 10)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    Front(draft, sheet).write()


class Front:
    """Writes the blocks of the front page."""

    def __init__(self, draft: Draft, sheet: Worksheet) -> None:
        self.draft, self.sheet, self.lang, self.formats = draft, sheet, draft.lang, draft.formats
        self.place = draft.places["deal"]
        self.deal = {
            field.code: f"'{self.place.tab.name.to(self.lang)}'!$B${self.place.header_row + 1 + row}"
            for row, field in enumerate(self.place.table.fields)
        }
        self.deal_values = cell_values(self.place.table, draft.map.deal, self.lang)
        self.scores = {code: draft.values["wm_scores"][place][1] for place, code in enumerate(SCORES_BY_CODE)}

    def write(self) -> None:
        """Top line, cards, risks, actions, this week, charts, foot."""
        self._top()
        write_cards(self.draft, self.sheet, self.scores, CARD_ROW, FIRST)
        self._risks()
        self._actions()
        self._week()
        self._power_map()
        add_charts(self.draft, self.sheet)
        self._foot()

    def _formula(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
        merged_formula(self.sheet, row, first, last, formula, value, look)

    def _top(self) -> None:
        self.sheet.write_string(0, 0, "", self.formats())
        self.sheet.merge_range(0, FIRST, 0, LAST, TITLE.to(self.lang), self.formats.title())
        self.sheet.write_string(1, 0, "", self.formats())
        self.sheet.set_row(1, 24)
        blank = NOT_FILLED.to(self.lang)
        account, opportunity = (self.deal_values.get(code, blank) for code in ("account", "opportunity"))
        formula = ' & " — " & '.join(
            f'IF({self.deal[code]}="","{blank}",{self.deal[code]})' for code in ("account", "opportunity")
        )
        look = self.formats(bold=True, font_size=13)
        self._formula(1, FIRST, LAST, formula, f"{account} — {opportunity}", look)
        for code, (first, last) in zip(FACTS, SPANS, strict=True):
            self._fact(code, first, last)
        self.sheet.set_row(3, 22)
        self.sheet.set_row(4, 6)

    def _fact(self, code: str, first: int, last: int) -> None:
        label = STAGE_FACT if code == "stage" else self.place.table.by_code[code].label
        self.sheet.merge_range(2, first, 2, last, label.to(self.lang), self.formats.quiet(align="left"))
        blank = NOT_FILLED.to(self.lang)
        value = self.deal_values.get(code, blank)
        formula = f'IF({self.deal[code]}="","{blank}",{self.deal[code]})'
        num_format = {"amount": style.MONEY, "close_date": style.DATE, "as_of": style.DATE}.get(code, "General")
        if code == "stage":
            names = f"_lists!{area(2, self.draft.lists.columns[ProcurementStage] + 1, 6, 1, absolute=True)}"
            reached = self.scores["stage_reached"]
            assert isinstance(reached, float)
            earned = list(ProcurementStage)[int(reached) - 1].label.to(self.lang)
            formula, value = f'{formula} & " → " & INDEX({names},wm_score_stage_reached)', f"{value} → {earned}"
        if code == "amount" and "currency" in self.deal_values:
            num_format = f'{style.MONEY} "{self.deal_values["currency"]}"'
        look = self.formats(bold=True, align="left", num_format=num_format, bottom=2, bottom_color=style.NAVY)
        assert isinstance(value, str | float | int)
        self._formula(3, first, last, formula, value, look)

    def _head(self, row: int, text: Text, first: int, last: int) -> None:
        look = self.formats(bold=True, font_size=12, font_color=style.NAVY, bottom=1, bottom_color=style.NAVY)
        self.sheet.merge_range(row, first, row, last, text.to(self.lang), look)

    def _risks(self) -> None:
        """The first two flags of the red-flag sheet, as sentences."""
        self._head(RISK_ROW, RISKS, FIRST, MIDDLE)
        block = BLOCK["wm_red_flags"]
        for place in range(2):
            row = RISK_ROW + 1 + 2 * place
            cells = self.draft.values[block.name][place]
            is_open = cells[5] in ("", None) and cells[1] not in ("", None)
            name = f"INDEX(wm_red_flags,{place + 1},"
            none = NO_RISK.to(self.lang) if place == 0 else ""
            shown = f"AND(LEN({name}2))>0,LEN({name}6))=0)"  # in LibreOffice 7.4 an empty array cell is not equal to ""
            first = f'IF({shown},{name}1)&" · "&{name}3)&" · "&{name}4),"{none}")'
            text = f"{cells[0]} · {cells[2]} · {cells[3]}" if is_open else none
            look = self.formats(text_wrap=True, bold=True, bg_color=style.RED_PALE, valign="top")
            self._formula(row, FIRST, MIDDLE, first, text, look)
            then = f'IF({shown},"→ "&{name}5),"")'
            look = self.formats(text_wrap=True, valign="top", bg_color=style.RED_PALE)
            self._formula(row + 1, FIRST, MIDDLE, then, f"→ {cells[4]}" if is_open else "", look)
            self.sheet.set_row(row, 30)
            self.sheet.set_row(row + 1, 44)

    def _actions(self) -> None:
        self._head(ACTION_ROW, ACTIONS, FIRST, MIDDLE)
        block = BLOCK["wm_next_actions"]
        for place in range(3):
            row = ACTION_ROW + 1 + place
            cells = self.draft.values[block.name][place]
            name = f"INDEX(wm_next_actions,{place + 1},"
            none = NO_ACTION.to(self.lang) if place == 0 else ""
            formula = f'IF(LEN({name}1))=0,"{none}","{place + 1}. "&{name}2)&" · "&{name}1))'
            text = f"{place + 1}. {cells[1]} · {cells[0]}" if cells[0] else none
            look = self.formats(text_wrap=True, valign="top", bottom=1, bottom_color=style.LINE)
            self._formula(row, FIRST, MIDDLE, formula, text, look)
            self.sheet.set_row(row, 44)

    def _week(self) -> None:
        """What to bring up to date, each line a link to its cell."""
        self._head(WEEK_ROW, WEEK, FIRST, LAST)
        if "wm_this_week" not in BLOCK:
            return
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
        self._head(RISK_ROW, POWER, MIDDLE + 1, LAST)
        block = BLOCK["wm_power_map"]
        head = self.formats(font_size=9, bold=True, align="center", text_wrap=True, bg_color=style.NAVY_PALE, border=1,
                            border_color=style.PAPER)  # fmt: skip
        for column, text in enumerate(block.function.columns, MIDDLE + 1):
            self.sheet.write_string(RISK_ROW + 1, column, text.to(self.lang), head)
        for row, cells in enumerate(self.draft.values[block.name]):
            for column, value in enumerate(cells):
                look = head if column == 0 else self.formats(
                    font_size=9, align="center", text_wrap=True, bg_color=MAP_COLOURS[row][column - 1], border=1,
                    border_color=style.PAPER,
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

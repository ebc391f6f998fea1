"""The front page: the deal in two minutes, on one screen and one sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warmap.text import Text
from warmap.vocabulary import ProcurementStage
from warmap_templates import style
from warmap_templates.computed import BLOCK, area
from warmap.layout import COMPUTED_ON_NAME, LIVE_NAME, TAB, VERSION_NAME
from warmap_templates.values import cell_values

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap.functions import Scalar
    from warmap_templates.build import Draft

TITLE = Text("大客户作战地图", "Key-account war map")
NOT_FILLED = Text("（未填）", "(blank)")
NOT_ASSESSED = Text("未评估", "not assessed")
WHY = Text("为什么 ▸", "why ▸")
RISKS = Text("最大的两个风险", "The two worst risks")
NO_RISK = Text("没有未应对的红旗", "No flag is unanswered")
ACTIONS = Text("下一步行动", "Next actions")
NO_ACTION = Text("暂无", "None")
LIVE = Text("● 函数已连接，显示的是实时结果", "● Functions connected: these are live results")
NOT_LIVE = Text("○ 函数未连接，显示的是上次计算的结果", "○ Functions not connected: these are the last computed results")
COMPUTED_ON = Text("计算于 ", "Computed on ")
TEMPLATE = Text("模板版本 ", "Template version ")
FACTS = ("amount", "stage", "close_date", "owner", "as_of")
STAGE_FACT = Text("阶段：申报 → 实际", "Stage: claimed → earned")

FIRST, LAST = 1, 12  # columns B … M


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with a small bar: its label, the cell it shows, its format, and the value that fills the bar."""

    label: Text
    name: str
    num_format: str
    full: float


CARDS = (
    Card(Text("角色覆盖", "Role coverage"), "wm_score_role_coverage", style.PERCENT, 1),
    Card(Text("信任", "Trust"), "wm_score_trust", "0", 100),
    Card(Text("赢标准", "Win criteria"), "wm_score_win", style.PERCENT, 1),
    Card(Text("实际阶段（共 6）", "Stage earned (of 6)"), "wm_score_stage_reached", "0", 6),
)


def write(draft: Draft) -> None:
    """The whole front page."""
    from warmap_templates.build import page

    sheet = page(draft, TAB["home"], link=False)
    sheet.set_column(0, 0, 2)
    sheet.set_column(FIRST, LAST, 11.5)
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    Front(draft, sheet).write()


class Front:
    """Writes the blocks of the front page."""

    def __init__(self, draft: Draft, sheet: Worksheet) -> None:
        self.draft, self.sheet, self.lang, self.formats = draft, sheet, draft.lang, draft.formats
        place = draft.places["deal"]
        self.deal = {
            field.code: f"'{place.tab.name.to(self.lang)}'!$B${place.header_row + 1 + row}"
            for row, field in enumerate(place.table.fields)
        }
        self.deal_values = cell_values(place.table, draft.map.deal, self.lang)

    def write(self) -> None:
        """Top line, cards, risks, actions, charts, foot."""
        self._top()
        for position, card in enumerate(CARDS):
            self._card(position, card)
        self._risks()
        self._actions()
        self._charts()
        self._foot()

    def _formula(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
        """A formula with its true value, in a cell or across merged cells."""
        shown = "" if value is None else value
        if first != last:
            self.sheet.merge_range(row, first, row, last, "", look)
        self.sheet.write_formula(row, first, f"={formula}", look, shown)

    def _top(self) -> None:
        self.sheet.write_string(0, 0, "", self.formats())
        self.sheet.merge_range(0, FIRST, 0, LAST, TITLE.to(self.lang), self.formats.title())
        self.sheet.write_string(1, 0, "", self.formats())
        self.sheet.set_row(1, 24)
        blank = NOT_FILLED.to(self.lang)
        account, opportunity = (self.deal_values.get(code, blank) for code in ("account", "opportunity"))
        formula = " & \" — \" & ".join(
            f'IF({self.deal[code]}="","{blank}",{self.deal[code]})' for code in ("account", "opportunity")
        )
        look = self.formats(bold=True, font_size=13)
        self._formula(1, FIRST, LAST, formula, f"{account} — {opportunity}", look)
        spans = ((1, 2), (3, 6), (7, 8), (9, 10), (11, 12))
        for code, (first, last) in zip(FACTS, spans, strict=True):
            self._fact(code, first, last)
        self.sheet.set_row(3, 22)

    def _fact(self, code: str, first: int, last: int) -> None:
        field = self.draft.places["deal"].table.by_code[code]
        label = STAGE_FACT if code == "stage" else field.label
        self.sheet.merge_range(2, first, 2, last, label.to(self.lang), self.formats.quiet(align="left"))
        blank = NOT_FILLED.to(self.lang)
        value = self.deal_values.get(code, blank)
        formula = f'IF({self.deal[code]}="","{blank}",{self.deal[code]})'
        num_format = {"amount": style.MONEY, "close_date": style.DATE, "as_of": style.DATE}.get(code, "General")
        if code == "stage":
            stages = self.draft.lists.columns[ProcurementStage]
            names = f"_lists!{area(2, stages + 1, 6, 1, absolute=True)}"
            reached = self.draft.values["wm_score_stage_reached"][0][0]
            assert isinstance(reached, float)
            earned = list(ProcurementStage)[int(reached) - 1].label.to(self.lang)
            formula, value = f'{formula} & " → " & INDEX({names},wm_score_stage_reached)', f"{value} → {earned}"
        if code == "amount" and "currency" in self.deal_values:
            num_format = f'{style.MONEY} "{self.deal_values["currency"]}"'
        look = self.formats(bold=True, align="left", num_format=num_format, bottom=2, bottom_color=style.NAVY)
        assert isinstance(value, str | float | int)
        self._formula(3, first, last, formula, value, look)

    def _card(self, position: int, card: Card) -> None:
        first = FIRST + 3 * position
        last = first + 2
        value = self.draft.values[card.name][0][0]
        edge = {"border": 1, "border_color": style.LINE, "bg_color": style.TEAL_PALE, "align": "center"}
        self.sheet.merge_range(5, first, 5, last, card.label.to(self.lang), self.formats(**edge, font_color=style.TEAL))
        words = NOT_ASSESSED.to(self.lang)
        look = self.formats(**edge, bold=True, font_size=20, num_format=card.num_format)
        shown = words if value in (None, "") else value
        self._formula(6, first, last, f'IF({card.name}="","{words}",{card.name})', shown, look)
        filled = round(10 * value / card.full) if isinstance(value, float | int) else 0
        bar = "" if value in (None, "") else "█" * filled + "░" * (10 - filled)
        tenths = f"ROUND(10*{card.name}/{card.full:g},0)"
        formula = f'IF({card.name}="","",REPT("█",{tenths})&REPT("░",10-{tenths}))'
        self._formula(7, first, last, formula, bar, self.formats(**edge, font_color=style.TEAL))
        link = f"internal:'{TAB['scoreboard'].name.to(self.lang)}'!A{BLOCK[card.name].row}"
        self.sheet.merge_range(8, first, 8, last, "", self.formats(**edge, font_color=style.BLUE))
        self.sheet.write_url(8, first, link, self.formats(**edge, font_color=style.BLUE, underline=1), WHY.to(self.lang))
        self.sheet.set_row(6, 34)

    def _head(self, row: int, text: Text, first: int, last: int) -> None:
        look = self.formats(bold=True, font_size=12, font_color=style.NAVY, bottom=1, bottom_color=style.NAVY)
        self.sheet.merge_range(row, first, row, last, text.to(self.lang), look)

    def _risks(self) -> None:
        """The first two flags of the red-flag sheet, as sentences."""
        self._head(10, RISKS, FIRST, 7)
        block = BLOCK["wm_red_flags"]
        for place in range(2):
            row = 11 + 2 * place
            cells = self.draft.values[block.name][place]
            is_open = cells[5] in ("", None) and cells[1] not in ("", None)
            name = f"INDEX(wm_red_flags,{place + 1},"
            none = NO_RISK.to(self.lang) if place == 0 else ""
            shown = f"AND(LEN({name}2))>0,LEN({name}6))=0)"  # in LibreOffice 7.4 an empty array cell is not equal to ""
            first = f'IF({shown},{name}1)&" · "&{name}3)&" · "&{name}4),"{none}")'
            text = f"{cells[0]} · {cells[2]} · {cells[3]}" if is_open else none
            look = self.formats(text_wrap=True, bold=True, bg_color=style.RED_PALE, valign="top")
            self._formula(row, FIRST, 7, first, text, look)
            then = f'IF({shown},"→ "&{name}5),"")'
            look = self.formats(text_wrap=True, valign="top", bg_color=style.RED_PALE)
            self._formula(row + 1, FIRST, 7, then, f"→ {cells[4]}" if is_open else "", look)
            self.sheet.set_row(row, 32)
            self.sheet.set_row(row + 1, 32)

    def _actions(self) -> None:
        self._head(16, ACTIONS, FIRST, 7)
        block = BLOCK["wm_next_actions"]
        for place in range(3):
            row = 17 + place
            cells = self.draft.values[block.name][place]
            name = f"INDEX(wm_next_actions,{place + 1},"
            none = NO_ACTION.to(self.lang) if place == 0 else ""
            formula = f'IF(LEN({name}1))=0,"{none}","{place + 1}. "&{name}2)&" · "&{name}1))'
            text = f"{place + 1}. {cells[1]} · {cells[0]}" if cells[0] else none
            look = self.formats(text_wrap=True, valign="top", bottom=1, bottom_color=style.LINE)
            self._formula(row, FIRST, 7, formula, text, look)
            self.sheet.set_row(row, 34)

    def _charts(self) -> None:
        """Trust by pillar as a radar, role coverage as bars; both fed by computed cells."""
        board = TAB["scoreboard"].name.to(self.lang)
        pillars, roles = BLOCK["wm_trust_pillars"], BLOCK["wm_role_status"]
        radar = self.draft.book.add_chart({"type": "radar", "subtype": "filled"})
        bars = self.draft.book.add_chart({"type": "bar"})
        for chart, block, column, most, title in (
            (bars, roles, 2, 1, CARDS[0].label), (radar, pillars, 1, 100, CARDS[1].label),
        ):  # fmt: skip
            assert chart is not None
            first, last = block.row - 1, block.row + block.rows - 2
            chart.add_series({
                "categories": [board, first, 0, last, 0], "values": [board, first, column, last, column],
                "fill": {"color": style.TEAL, "transparency": 30}, "border": {"color": style.TEAL},
                "data_labels": {"value": True, "num_format": style.PERCENT if most == 1 else "0"},
                "name": title.to(self.lang),
            })  # fmt: skip
            chart.set_title({"name": title.to(self.lang), "name_font": {"size": 11, "color": style.NAVY}})
            chart.set_legend({"none": True})
            axis = {"min": 0, "max": most, "major_gridlines": {"visible": True, "line": {"color": style.LINE}}}
            chart.set_y_axis({"reverse": most == 1} if most == 1 else axis)
            if most == 1:
                chart.set_x_axis({**axis, "num_format": style.PERCENT})
            chart.set_size({"width": 425, "height": 168})
        options = {"x_offset": 12, "object_position": 2}
        self.sheet.insert_chart(10, 8, bars, {**options, "description": CARDS[0].label.to(self.lang)})
        self.sheet.insert_chart(15, 8, radar, {**options, "y_offset": 14, "description": CARDS[1].label.to(self.lang)})

    def _foot(self) -> None:
        row = 21
        live, not_live = LIVE.to(self.lang), NOT_LIVE.to(self.lang)
        quiet = self.formats.quiet()
        self.sheet.write_array_formula(
            row, FIRST, row, FIRST, f'{{=IF({LIVE_NAME}=1,"{live}","{not_live}")}}', quiet, not_live
        )
        day = "" if self.draft.computed_on is None else self.draft.computed_on.isoformat()
        words = COMPUTED_ON.to(self.lang)
        formula = f'IF({COMPUTED_ON_NAME}="","","{words}"&{COMPUTED_ON_NAME})'
        self._formula(row, 7, 9, formula, f"{words}{day}" if day else "", quiet)
        from warmap import TEMPLATE_VERSION

        template = TEMPLATE.to(self.lang)
        self._formula(row, 10, LAST, f'"{template}"&{VERSION_NAME}', template + TEMPLATE_VERSION, quiet)

"""The left half of the front page: the two worst risks, the next three actions; on an empty map where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.layout import GUIDE_NAME
from warmap.text import Text
from warmap.worksheet import Scalar
from warmap.worksheet.planned import OVERDUE
from warmap_workbook.computed import BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.cards import merged_formula
from warmap_workbook.writing.home_top import FIRST, MIDDLE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft
    from warmap_workbook.writing.home_top import Begun

RISKS = Text("最大的两个风险", "The two worst risks")
START = Text("从这里开始：填四十格就有用", "Start here: forty cells make it useful")
NO_RISK = Text("没有未应对的红旗", "No flag is unanswered")
ACTIONS = Text("接下来三步", "The next three actions")
OWNER, DUE = Text("责任人", "Owner"), Text("到期", "By")
NO_ACTION = Text("暂无", "None")
SUGGESTED, PLAN_IT = Text("建议", "suggested"), Text("写进“行动”", "plan it ▸")
FIRST_STEPS: tuple[tuple[str, Text], ...] = (  # the name it leads to, whatever its sheet is called; the words
    ("wm_deal", Text("① 商机：带 * 的八格 ▸", "① Deal: the eight cells marked * ▸")),
    ("wm_contacts", Text("② 关键人：一人一行，先填黄色的格；不知道就空着 ▸", "② People: one row a person, the yellow cells first; leave blank what you do not know ▸")),
    ("wm_needs", Text("③ 需求：问过的一两个问题和回答 ▸", "③ Needs: one or two questions you asked, and the answers ▸")),
    (GUIDE_NAME, Text("④ 怎么填、每个词的意思、一个做完的例子，都在“说明” ▸", "④ How to, what each word means, and a worked example: Guide ▸")),
)  # fmt: skip
RISK_ROW, ACTION_ROW = 9, 15
RISK_HEIGHTS = (26, 34, 28, 34)  # message and remedy of each, beside the rows of the power map
ACTION_HEIGHT = 40
TEXT_LAST = MIDDLE - 2  # the text of an action ends here; owner and date follow


class Steps:
    """Writes risks and actions."""

    def __init__(self, draft: Draft, sheet: Worksheet, begun: Begun) -> None:
        self.draft, self.sheet, self.lang, self.formats, self.begun = draft, sheet, draft.lang, draft.formats, begun

    def write(self) -> None:
        """Both blocks."""
        self._risks()
        self._actions()

    def _formula(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
        merged_formula(self.sheet, row, first, last, formula, value, look)

    def _start(self, place: int) -> tuple[str, str]:
        """The formula of a link to one of the first steps, and its words."""
        name, words = FIRST_STEPS[place]
        return f'HYPERLINK("#{name}","{words.to(self.lang)}")', words.to(self.lang)

    def _risks(self) -> None:
        """The first two flags of the red-flag sheet, as sentences."""
        look = self.formats(bold=True, font_size=12, font_color=style.NAVY, bottom=1, bottom_color=style.NAVY)
        heads = RISKS.to(self.lang), START.to(self.lang)
        formula = self.begun.unless(f'"{heads[0]}"', f'"{heads[1]}"')
        self._formula(RISK_ROW, FIRST, MIDDLE, formula, heads[0] if self.begun.now else heads[1], look)
        block = BLOCK["wm_red_flags"]
        wrapped = {"text_wrap": True, "valign": "vcenter", "indent": 1}
        self._colour_risks()
        for place in range(2):
            cells = self.draft.values[block.name][place]
            is_open = cells[5] in ("", None) and cells[1] not in ("", None)
            name = f"INDEX(wm_red_flags,{place + 1},"
            none = NO_RISK.to(self.lang) if place == 0 else ""
            shown = f"AND(LEN({name}2))>0,LEN({name}6))=0)"  # in LibreOffice 7.4 an empty array cell is not equal to ""
            lines: tuple[tuple[str, str, dict[str, bool]], ...] = (
                (f'IF({shown},{name}1)&" · "&{name}3)&" · "&{name}4),"{none}")',
                 f"{cells[0]} · {cells[2]} · {cells[3]}" if is_open else none, {"bold": True}),
                (f'IF({shown},"→ "&{name}5),"")', f"→ {cells[4]}" if is_open else "", {}),
            )  # fmt: skip
            for part, (formula, text, what) in enumerate(lines):
                line = 2 * place + part
                start, words = self._start(line)
                row = RISK_ROW + 1 + line
                told = text if self.begun.now else words
                self._formula(
                    row, FIRST, MIDDLE, self.begun.unless(formula, start), told, self.formats(**wrapped, **what)
                )
                self.sheet.set_row(row, RISK_HEIGHTS[line])

    def _colour_risks(self) -> None:
        """In the colour of the severity, as on the red-flag sheet; the first steps of an empty map in a quiet one."""
        for place in range(2):
            row = RISK_ROW + 1 + 2 * place
            cell = area(row + 1, FIRST + 1, 1, 1, absolute=True)
            for sign, paper in style.SEVERITY_COLOUR.items():
                what = {
                    "type": "formula",
                    "criteria": f'=LEFT({cell},1)="{sign}"',
                    "format": self.formats(bg_color=paper),
                }
                self.sheet.conditional_format(row, FIRST, row + 1, MIDDLE, what)
        what = {
            "type": "formula",
            "criteria": f"={self.begun.not_yet}",
            "format": self.formats(bg_color=style.NAVY_PALE),
        }
        self.sheet.conditional_format(RISK_ROW + 1, FIRST, RISK_ROW + 4, MIDDLE, what)

    def _actions(self) -> None:
        """What is planned, the soonest first; where there is less than three of that, what the flags suggest."""
        head = {"bold": True, "font_size": 12, "font_color": style.NAVY, "bottom": 1, "bottom_color": style.NAVY}
        self.sheet.merge_range(ACTION_ROW, FIRST, ACTION_ROW, TEXT_LAST, ACTIONS.to(self.lang), self.formats(**head))
        small = self.formats(**{**head, "font_size": 9, "bold": False, "align": "center"})
        self.sheet.write_string(ACTION_ROW, TEXT_LAST + 1, OWNER.to(self.lang), small)
        self.sheet.write_string(ACTION_ROW, TEXT_LAST + 2, DUE.to(self.lang), small)
        self.sheet.set_row(ACTION_ROW, 17)
        self._colour_dates()
        planned = [cells for cells in self.draft.values["wm_open_actions"][:3] if cells[0] not in ("", None)]
        suggested = self.draft.values["wm_next_actions"]
        for place in range(3):
            self.sheet.set_row(ACTION_ROW + 1 + place, ACTION_HEIGHT)
            now = planned[place] if place < len(planned) else None
            self._action(place, now, suggested[place - min(place, len(planned))] if now is None else ())

    def _colour_dates(self) -> None:
        """What is late stands out; what leads to the plan looks like a link."""
        first, last, column = ACTION_ROW + 1, ACTION_ROW + 3, TEXT_LAST + 2
        late = OVERDUE.say(self.lang, {"day": ""}).strip()
        for words, look in (
            (late, {"bold": True, "font_color": style.RED}),
            (PLAN_IT.to(self.lang), {"font_color": style.BLUE, "underline": 1}),
        ):
            what = {"type": "text", "criteria": "containing", "value": words, "format": self.formats(**look)}
            self.sheet.conditional_format(first, column, last, column, what)

    def _action(self, place: int, planned: Any, suggested: Any) -> None:
        row, number = ACTION_ROW + 1 + place, place + 1
        is_planned = f"LEN(INDEX(wm_open_actions,{number},1))>0"
        before = "".join(f"-(LEN(INDEX(wm_open_actions,{one},1))>0)" for one in range(1, number))
        other = f"INDEX(wm_next_actions,{number}{before},1)"
        what = f"INDEX(wm_open_actions,{number},"
        none = NO_ACTION.to(self.lang) if place == 0 else ""
        link = f'HYPERLINK("#wm_actions","{PLAN_IT.to(self.lang)}")'
        look = {"text_wrap": True, "valign": "vcenter", "bottom": 1, "bottom_color": style.LINE}
        text = f"{number}. {planned[0]}" if planned else f"{number}. {suggested[0]}" if suggested[0] else none
        formula = f'IF({is_planned},"{number}. "&{what}1),IF(LEN({other})=0,"{none}","{number}. "&{other}))'
        formula = self.begun.unless(formula, '""')
        told = text if self.begun.now else ""
        self._formula(row, FIRST, TEXT_LAST, formula, told, self.formats(**look, indent=1))
        is_suggested = not planned and bool(suggested[0]) and self.begun.now
        sides = (
            (2, SUGGESTED.to(self.lang), f'"{SUGGESTED.to(self.lang)}"'),
            (3, PLAN_IT.to(self.lang), link),
        )
        for side, words, instead in sides:
            formula = f'IF({is_planned},{what}{side})&"",IF(LEN({other})=0,"",{instead}))'
            value = planned[side - 1] if planned else words if is_suggested else ""
            column = TEXT_LAST + side - 1
            look_side = self.formats(**look, align="center", font_size=9)
            self._formula(
                row, column, column, self.begun.unless(formula, '""'), value if self.begun.now else "", look_side
            )

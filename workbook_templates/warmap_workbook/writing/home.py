"""The front page: the deal in two minutes, on one screen and one sheet of paper."""

from collections.abc import Sequence

from warmap import TEMPLATE_VERSION
from warmap.layout import COMPUTED_ON_NAME, GUIDE_NAME, LIVE_NAME, VERSION_NAME
from warmap.settings import changed, flat
from warmap.text import Text
from warmap.worksheet import Scalar
from warmap.worksheet.guidance import OVERDUE
from warmap_workbook.computed import BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.charts import add_charts
from warmap_workbook.writing.computed_sheets import FREE_ACTION, PLAN_IT, SECOND_RISK, second_risk
from warmap_workbook.writing.draft import Draft, format_if, stored
from warmap_workbook.writing.home_cards import FIRST, LAST, MIDDLE, NOT_BEGUN, Front, write_cards, write_top
from warmap_workbook.writing.pages import page
from warmap_workbook.writing.reference_sheets import SETTINGS_TOP

RISKS = Text("最大的两个风险", "The two worst risks")
START = Text("从这里开始：填四十格就有用", "Start here: forty cells make it useful")
NO_RISK = Text("没有未应对的红旗", "No flag is unanswered")
ACTIONS = Text("接下来三步", "The next three actions")
OWNER, DUE = Text("责任人", "Owner"), Text("到期", "By")
NO_ACTION = Text("暂无", "None")
SUGGESTED = Text("建议", "suggested")
FIRST_STEPS: tuple[tuple[str, Text], ...] = (  # the defined name that it links to, and its words
    ("wm_deal", Text("① 商机：带 * 的八格 ▸", "① Deal: the eight cells marked * ▸")),
    ("wm_contacts", Text("② 关键人：一人一行，先填黄色的格；不知道就空着 ▸", "② People: one row a person, the yellow cells first; leave blank what you do not know ▸")),
    ("wm_needs", Text("③ 需求：问过的一两个问题和回答 ▸", "③ Needs: one or two questions you asked, and the answers ▸")),
    (GUIDE_NAME, Text("④ 怎么填、每个词的意思、一个做完的例子，都在“说明” ▸", "④ How to, what each word means, and a worked example: Guide ▸")),
)  # fmt: skip
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
RISK_ROW, CHART_ROW, ACTION_ROW, WEEK_ROW, FOOT_ROW = 9, 14, 15, 20, 28
GAPS = (3, 8, 14, 19, 27)  # thin rows between the blocks
GAP, HEAD, ACTION_HEIGHT = 4, 17, 40
RISK_HEIGHTS = (26, 34, 28, 34)  # message and remedy of each, beside the rows of the power map
TEXT_LAST = MIDDLE - 2  # the last column of an action's text; owner and date follow


def write_home(draft: Draft) -> None:
    """Write the whole page, from the top line to the foot."""
    sheet = page(draft, "home", link=False)
    sheet.set_column(0, 0, 1.5)
    sheet.set_column(FIRST, LAST, COLUMN_WIDTH)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    for row in GAPS:
        sheet.set_row(row, GAP)
    front = Front(draft, sheet, any(contact.name for contact in draft.map.contacts))
    write_top(front)
    write_cards(front)
    _risks(front)
    _actions(front)
    _week(front)
    _power_map(front)
    add_charts(draft, CHART_ROW, MIDDLE + 1)
    _foot(front)


def _heading(front: Front, row: int, text: Text, first: int, last: int) -> None:
    look = front.draft.formats(**style.HEADING)
    front.sheet.merge_range(row, first, row, last, front.draft.say(text), look)
    front.sheet.set_row(row, HEAD)


def _risks(front: Front) -> None:
    """Write the first two red flags as sentences; on an empty map the first steps instead."""
    draft = front.draft
    risks, start = draft.say(RISKS), draft.say(START)
    look = draft.formats(**style.HEADING)
    front.write_begun(RISK_ROW, FIRST, MIDDLE, f'"{risks}"', risks, look, (f'"{start}"', start))
    _colour_risks(front)
    flags = draft.values["wm_red_flags"]
    for place, (at, number) in enumerate(((0, "1"), (second_risk(flags), SECOND_RISK))):
        cells = flags[at]
        is_open = cells[7] in ("", None) and cells[1] not in ("", None)
        name = f"INDEX(wm_red_flags,{number},"
        none = draft.say(NO_RISK) if place == 0 else ""
        shown = f"AND(LEN({name}2))>0,LEN({name}8))=0)"  # in LibreOffice 7.4 an empty array cell is not equal to ""
        told = f"{cells[0]} · {cells[2]} · {cells[3]}" if is_open else none
        message = f'IF({shown},{name}1)&" · "&{name}3)&" · "&{name}4),"{none}")'
        remedy = f'IF({shown},"→ "&{name}5),"")'
        for line, formula, value, bold in (
            (2 * place, message, told, {"bold": True}), (2 * place + 1, remedy, f"→ {cells[4]}" if is_open else "", {}),
        ):  # fmt: skip
            target, step = FIRST_STEPS[line][0], draft.say(FIRST_STEPS[line][1])
            look = draft.formats(text_wrap=True, valign="vcenter", indent=1, **bold)
            before = (f'HYPERLINK("#{target}","{step}")', step)
            front.write_begun(RISK_ROW + 1 + line, FIRST, MIDDLE, formula, value, look, before)
            front.sheet.set_row(RISK_ROW + 1 + line, RISK_HEIGHTS[line])


def _colour_risks(front: Front) -> None:
    """Colour them by severity, as on the red-flag sheet; the first steps of an empty map get a quiet colour."""
    formats = front.draft.formats
    for row in (RISK_ROW + 1, RISK_ROW + 3):
        cell = area(row + 1, FIRST + 1, 1, 1, absolute=True)
        for sign, paper in style.SEVERITY_COLOUR.items():
            box = (row, FIRST, row + 1, MIDDLE)
            format_if(front.sheet, box, f'LEFT({cell},1)="{sign}"', formats(bg_color=paper))
    format_if(front.sheet, (RISK_ROW + 1, FIRST, RISK_ROW + 4, MIDDLE), NOT_BEGUN, formats(bg_color=style.NAVY_PALE))


def _actions(front: Front) -> None:
    """Write three actions: those planned, the soonest first, then what the flags suggest."""
    draft, sheet = front.draft, front.sheet
    _heading(front, ACTION_ROW, ACTIONS, FIRST, TEXT_LAST)
    small = draft.formats(**{**style.HEADING, "font_size": 9, "bold": False, "align": "center"})
    sheet.write_string(ACTION_ROW, TEXT_LAST + 1, draft.say(OWNER), small)
    sheet.write_string(ACTION_ROW, TEXT_LAST + 2, draft.say(DUE), small)
    first, last, column = ACTION_ROW + 1, ACTION_ROW + 3, TEXT_LAST + 2
    for words, look in (  # what is late stands out; what leads to the plan looks like a link
        (OVERDUE.say(draft.lang, {"day": ""}).strip(), {"bold": True, "font_color": style.RED}),
        (draft.say(PLAN_IT), {"font_color": style.BLUE, "underline": 1}),
    ):
        what = {"type": "text", "criteria": "containing", "value": words, "format": draft.formats(**look)}
        sheet.conditional_format(first, column, last, column, what)
    planned = [cells for cells in draft.values["wm_open_actions"][:3] if cells[0] not in ("", None)]
    suggested = draft.values["wm_next_actions"]
    for place in range(3):
        sheet.set_row(ACTION_ROW + 1 + place, ACTION_HEIGHT)
        if place < len(planned):
            _action(front, place, planned[place], None)
        else:
            _action(front, place, None, suggested[place - len(planned)][0])


def _action(front: Front, place: int, planned: Sequence[Scalar] | None, suggested: Scalar) -> None:
    """Write one action, planned or suggested by a flag; its formulas cover both."""
    draft, row, number = front.draft, ACTION_ROW + 1 + place, place + 1
    is_planned = f"LEN(INDEX(wm_open_actions,{number},1))>0"
    before = "".join(f"-(LEN(INDEX(wm_open_actions,{one},1))>0)" for one in range(1, number))
    other = f"INDEX(wm_next_actions,{number}{before},1)"
    what = f"INDEX(wm_open_actions,{number},"
    none = draft.say(NO_ACTION) if place == 0 else ""
    line = {"text_wrap": True, "valign": "vcenter", "bottom": 1, "bottom_color": style.LINE}
    text = f"{number}. {planned[0]}" if planned else f"{number}. {suggested}" if suggested else none
    formula = f'IF({is_planned},"{number}. "&{what}1),IF(LEN({other})=0,"{none}","{number}. "&{other}))'
    front.write_begun(row, FIRST, TEXT_LAST, formula, text, draft.formats(**line, indent=1))
    owner, plan_it = draft.say(SUGGESTED), draft.say(PLAN_IT)
    for side, words, instead in (
        (2, owner, f'"{owner}"'), (3, plan_it, f'HYPERLINK("#"&{FREE_ACTION},"{plan_it}")'),
    ):  # fmt: skip
        formula = f'IF({is_planned},{what}{side})&"",IF(LEN({other})=0,"",{instead}))'
        value = planned[side - 1] if planned else words if suggested else ""
        column = TEXT_LAST + side - 1
        front.write_begun(row, column, column, formula, value, draft.formats(**line, align="center", font_size=9))


def _week(front: Front) -> None:
    """Write what to bring up to date, each line a link to its cell."""
    draft, values = front.draft, front.draft.values["wm_this_week"]
    half = len(values) // 2
    _heading(front, WEEK_ROW, WEEK, FIRST, LAST)
    look = draft.formats(font_color=style.BLUE, text_wrap=False, bottom=1, bottom_color=style.LINE)
    for place, (what, _) in enumerate(values):
        first, last = (FIRST, MIDDLE) if place < half else (MIDDLE + 1, LAST)
        name = f"INDEX(wm_this_week,{place + 1},"
        none = draft.say(NOTHING_DUE) if place == 0 else ""
        formula = f'IF(LEN({name}1))=0,"{none}",IF(LEN({name}2))=0,{name}1),HYPERLINK("#"&{name}2),{name}1))))'
        front.write(WEEK_ROW + 1 + place % half, first, last, formula, what or none, look)


def _power_map(front: Front) -> None:
    """Write who stands where: influence down, support across; strong colours where it matters most."""
    draft, sheet, block = front.draft, front.sheet, BLOCK["wm_power_map"]
    _heading(front, RISK_ROW, POWER, MIDDLE + 1, LAST)
    cell = {"font_size": 9, "align": "center", "text_wrap": True, "border": 1, "border_color": style.PAPER}
    head = draft.formats(**cell, bold=True, bg_color=style.NAVY_PALE)
    for column, text in enumerate(block.function.columns, MIDDLE + 1):
        sheet.write_string(RISK_ROW + 1, column, draft.say(text), head)
    for row, cells in enumerate(draft.values[block.name]):
        for column, value in enumerate(cells):
            colour = MAP_COLOURS[row][column - 1]
            look = draft.formats(**cell, bg_color=colour, shrink=False) if column else head
            formula = f"=INDEX(wm_power_map,{row + 1},{column + 1})"
            sheet.write_formula(RISK_ROW + 2 + row, MIDDLE + 1 + column, formula, look, stored(value or ""))


def _foot(front: Front) -> None:
    """Say whether the functions are there, the day of the results, the version, and how many settings differ."""
    draft, quiet = front.draft, front.draft.formats.quiet()
    live, not_live = draft.say(LIVE), draft.say(NOT_LIVE)
    one = (FOOT_ROW, FIRST) * 2
    front.sheet.write_array_formula(*one, f'{{=IF({LIVE_NAME}=1,"{live}","{not_live}")}}', quiet, not_live)
    day = "" if draft.computed_on is None else draft.computed_on.isoformat()
    words = draft.say(COMPUTED_ON)
    formula = f'IF({COMPUTED_ON_NAME}="","","{words}"&{COMPUTED_ON_NAME})'
    front.write(FOOT_ROW, 8, 10, formula, f"{words}{day}" if day else "", quiet)
    template, usual, other = draft.say(TEMPLATE), draft.say(USUAL), draft.say(OTHER)
    count_of = len(list(flat(draft.settings)))
    values, defaults = (draft.cells("settings", SETTINGS_TOP + 1, column, count_of) for column in (2, 3))
    count = f"SUMPRODUCT(--({values}<>{defaults}))"
    formula = f'"{template}"&{VERSION_NAME}&IF({count}=0,"{usual}",SUBSTITUTE("{other}","#",{count}))'
    different = len(changed(draft.settings))
    told = other.replace("#", str(different)) if different else usual
    front.write(FOOT_ROW, 11, LAST, formula, template + TEMPLATE_VERSION + told, quiet)

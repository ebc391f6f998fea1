"""The front page: the deal in two minutes, on one screen and one sheet of paper."""

from collections.abc import Sequence

from warmap import TEMPLATE_VERSION
from warmap.layout import COMPUTED_ON_NAME, GUIDE_NAME, LIVE_NAME, VERSION_NAME
from warmap.settings import changed, flat
from warmap.terms import Support
from warmap.text import Text, half_up, percent, tenths
from warmap.worksheet import Scalar
from warmap.worksheet.guidance import OVERDUE
from warmap.worksheet.relationships import SIGN_OF, STALE, UNKNOWN
from warmap_workbook.computed import BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.charts import add_charts
from warmap_workbook.writing.computed_sheets import FREE_ACTION, PLAN_IT, SECOND_RISK, second_risk
from warmap_workbook.writing.draft import Draft, format_if
from warmap_workbook.writing.home_cards import (
    FIRST,
    LAST,
    MIDDLE,
    NOT_ASSESSED,
    NOT_BEGUN,
    Front,
    write_cards,
    write_top,
)
from warmap_workbook.writing.pages import page
from warmap_workbook.writing.reference_sheets import SETTINGS_TOP

RISKS = Text("最大的两个风险", "The two worst risks")
START = Text("从这里开始：填四十格就有用", "Start here: forty cells make it useful")
NO_RISK = Text("没有未应对的红旗", "No flag is unanswered")
NO_OTHER = Text("再没有别的未应对的红旗", "No other flag is unanswered")
ACTIONS = Text("接下来三步", "The next three actions")
NO_ACTION = Text("暂无", "None")
START_NAME = "wm_start_"  # and a table: its first cell to fill, for a link selects what its name stands for
FIRST_STEPS: tuple[tuple[str, Text], ...] = (  # the defined name that it links to, and its words
    (START_NAME + "deal", Text("① 商机：带 * 的八格 ▸", "① Deal: the eight cells marked * ▸")),
    (START_NAME + "contacts", Text("② 关键人：一人一行，先填黄色的格；不知道就空着 ▸", "② People: one row a person, the yellow cells first; leave blank what you do not know ▸")),
    (START_NAME + "needs", Text("③ 需求：问过的一两个问题和回答 ▸", "③ Needs: one or two questions you asked, and the answers ▸")),
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
WHO = Text(
    "谁在哪里（字母是角色；~ 判断已旧；□ 空缺）", "Who is where (letters: roles; ~ judged long ago; □ empty seat)"
)
SUPPORT_SIGN = (*(SIGN_OF[support] for support in reversed(Support)), UNKNOWN)
COVERAGE, TRUST = Text("角色覆盖", "Role coverage"), Text("信任的四根支柱", "The four pillars of trust")
EMPTY = Text("□ 空缺", "□ empty")
ALL_FLAGS = Text("全部红旗 ▸", "All red flags ▸")
ANSWERED = Text("✓ 已有应对 ▸", "✓ answered ▸")
OWNER_AND_DUE, WORTH = Text("谁、何时", "Who, by when"), Text("值几分", "Worth")
BY_WAY_OF = Text("路线：", "By way of ")
MORE, REST = Text("还有 # 件 ▸", "# more ▸"), Text("本周其余的事", "The rest of this week")
REST_NAME = "wm_rest_of_week"
_R, _O, _G, _B = style.RED_PALE, style.ORANGE_PALE, style.GREY_PALE, style.BLUE_PALE
MAP_COLOURS = ((_R, _R, _O, _B, _B, _O), (_R, _O, _G, _B, _B, _G), (_O, _G, _G, _G, _B, _G))

HEADING = {**style.HEADING, "font_size": 10}
LINK = {"font_color": style.BLUE, "underline": 1, "font_size": 9}
COLUMN_WIDTH = 12.57  # fourteen of them fill the width of a laptop's screen
TOP = 8  # the first row of the middle part: sixteen rows of one height, over which the cells of both halves are merged
RISK_ROWS, ALL_FLAGS_ROW, ACTION_ROW, ACTION_ROWS = (TOP + 1, TOP + 3), TOP + 5, TOP + 6, (TOP + 7, TOP + 10, TOP + 13)
MAP_ROWS, BAR_ROW, BOTTOM = (TOP + 2, TOP + 5, TOP + 8), TOP + 11, TOP + 15
WEEK_ROW, IN_SIGHT, FOOT_ROW = BOTTOM + 2, 12, BOTTOM + 10
REST_ROW = FOOT_ROW + 2
HEIGHTS = {  # in points, of rows counted from 0
    1: 15, 2: 2, 3: 13, 4: 20, 5: 11, 6: 11, 7: 2, **dict.fromkeys(range(TOP, BOTTOM + 1), 12), BOTTOM + 1: 2,
    WEEK_ROW: 13, **dict.fromkeys(range(WEEK_ROW + 1, WEEK_ROW + 7), 12), WEEK_ROW + 7: 2, FOOT_ROW: 12,
}  # fmt: skip
SQUARES = 5  # of a bar
MAP_LINES = 3  # of a field of the map
TEXT_LAST = MIDDLE - 2  # the last column of an action's text


def write_home(draft: Draft) -> None:
    """Write the whole page, from the top line to the foot, and below the printed page the rest of the week."""
    sheet = page(draft, "home", link=False)
    sheet.set_column(0, 0, 0.8)
    sheet.set_column(FIRST, LAST, COLUMN_WIDTH)
    sheet.hide_row_col_headers()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, FOOT_ROW, LAST)
    sheet.center_horizontally()
    for row, height in HEIGHTS.items():
        sheet.set_row(row, height)
    for code in (target.removeprefix(START_NAME) for target, _ in FIRST_STEPS if target.startswith(START_NAME)):
        place = draft.places[code]
        draft.define_name(START_NAME + code, place.tab.code, place.header_row + 1, place.left + place.table.is_record)
    front = Front(draft, sheet, any(contact.name for contact in draft.map.contacts))
    write_top(front)
    write_cards(front)
    _risks(front)
    _actions(front)
    _who_is_where(front)
    _bars(front)
    _week(front)
    _foot(front)
    add_charts(draft)


def _heading(front: Front, row: int, text: Text, first: int, last: int) -> None:
    look = front.draft.formats(**HEADING)
    front.sheet.merge_range(row, first, row, last, front.draft.say(text), look)


def _risks(front: Front) -> None:
    """Write the two worst risks, each with links to its row and into the plan; on an empty map the first steps."""
    draft = front.draft
    risks, start = draft.say(RISKS), draft.say(START)
    look = draft.formats(**HEADING)
    front.write_begun(TOP, FIRST, MIDDLE, f'"{risks}"', risks, look, (f'"{start}"', start))
    flags = draft.values["wm_red_flags"]
    for place, (at, number) in enumerate(((0, "1"), (second_risk(flags), SECOND_RISK))):
        _risk(front, place, flags[at], number)
    target = f"internal:'{draft.tab_name('red_flags')}'!A{BLOCK['wm_red_flags'].row}"
    front.sheet.write_url(ALL_FLAGS_ROW, MIDDLE, target, draft.formats(**LINK, align="center"), draft.say(ALL_FLAGS))


def _risk(front: Front, place: int, cells: Sequence[Scalar], number: str) -> None:
    """Write an open risk with links to its row and into the plan; where none is open, say so and lead to the answered."""
    draft, row, name = front.draft, RISK_ROWS[place], f"INDEX(wm_red_flags,{number},"
    none, none_now = _no_risk(draft, place)
    is_told, is_told_now = _is_open(name), bool(cells[1] and not cells[7])
    told = f"{cells[0]} · {cells[2]} · {cells[3]}" if is_told_now else none_now
    formula = f'IF({is_told},{name}1)&" · "&{name}3)&" · "&{name}4),{none})'
    look = draft.formats(text_wrap=True, bold=True, font_size=9, indent=1)
    front.write_begun(row, FIRST, MIDDLE - 1, formula, told, look, _first_step(draft, place), rows=2)
    flags, block = draft.tab_name("red_flags"), BLOCK["wm_red_flags"]
    link = draft.formats(**LINK, align="center")
    way = f"HYPERLINK(\"#'{flags}'!A\"&({block.row - 1}+{number}),"
    formula = f'IF({is_told},{way}{name}2)&" ▸"),"")'
    front.write_begun(row, MIDDLE, MIDDLE, formula, f"{cells[1]} ▸" if is_told_now else "", link)
    plan, answered = draft.say(PLAN_IT), draft.say(ANSWERED)
    instead = f'IF(OR(LEN({name}2))=0,LEN({none})=0),"",{way}"{answered}"))'
    formula = f'IF({is_told},HYPERLINK("#"&{FREE_ACTION},"{plan}"),{instead})'
    shown = plan if is_told_now else answered if cells[1] and none_now else ""
    front.write_begun(row + 1, MIDDLE, MIDDLE, formula, shown, link)
    box, cell = (row, FIRST, row + 1, MIDDLE), area(row + 1, FIRST + 1, 1, 1, absolute=True)
    for sign, paper in style.SEVERITY_COLOUR.items():
        format_if(front.sheet, box, f'LEFT({cell},1)="{sign}"', draft.formats.conditional(bg_color=paper))
    format_if(front.sheet, box, NOT_BEGUN, draft.formats.conditional(bg_color=style.NAVY_PALE))


def _is_open(row: str) -> str:
    """Whether a row of the red flags holds one that nobody answers."""
    return f"AND(LEN({row}2))>0,LEN({row}8))=0)"


def _no_risk(draft: Draft, place: int) -> tuple[str, str]:
    """What stands where no risk is open, as formula and value: in the second place, that the first is the only one."""
    if place == 0:
        words = draft.say(NO_RISK)
        return f'"{words}"', words
    words, first = draft.say(NO_OTHER), draft.values["wm_red_flags"][0]
    has_first = bool(first[1] and not first[7])
    return f'IF({_is_open("INDEX(wm_red_flags,1,")},"{words}","")', words if has_first else ""


def _first_step(draft: Draft, place: int) -> tuple[str, str]:
    """A first step of an empty map, as formula and value."""
    target, step = FIRST_STEPS[place][0], draft.say(FIRST_STEPS[place][1])
    return f'HYPERLINK("#{target}","{step}")', step


def _actions(front: Front) -> None:
    """Write three actions: those planned, the soonest first, then what the flags suggest."""
    draft, sheet = front.draft, front.sheet
    heads = (ACTIONS, FIRST, TEXT_LAST), (OWNER_AND_DUE, MIDDLE - 1, MIDDLE - 1), (WORTH, MIDDLE, MIDDLE)
    for text, first, last in heads:
        words, small = draft.say(text), {"align": "center", "bold": False, "font_size": 9} if first > FIRST else {}
        front.write_begun(ACTION_ROW, first, last, f'"{words}"', words, draft.formats(**{**HEADING, **small}))
    first, last = ACTION_ROWS[0], ACTION_ROWS[-1] + 2
    late = OVERDUE.say(draft.lang, {"day": ""}).strip()
    what = {"type": "text", "criteria": "containing", "value": late,
            "format": draft.formats.conditional(bold=True, font_color=style.RED)}  # fmt: skip
    sheet.conditional_format(first, MIDDLE - 1, last, MIDDLE - 1, what)
    steps = (first, FIRST, ACTION_ROWS[1] + 2, MIDDLE)
    format_if(sheet, steps, NOT_BEGUN, draft.formats.conditional(bg_color=style.NAVY_PALE))
    planned = [cells for cells in draft.values["wm_open_actions"][:3] if cells[0] not in ("", None)]
    suggested = draft.values["wm_next_actions"]
    for place in range(3):
        is_planned = place < len(planned)
        _Action(front, place, planned[place] if is_planned else None, suggested[place - len(planned)]).write()


class _Action:
    """Writes one action, planned or else suggested by a flag; its formulas cover both."""

    def __init__(self, front: Front, place: int, planned: Sequence[Scalar] | None, suggested: Sequence[Scalar]) -> None:
        self.front, self.draft, self.place = front, front.draft, place
        self.is_planned_now, self.cells = planned is not None, suggested if planned is None else planned
        self.plan = f"INDEX(wm_open_actions,{place + 1},"
        self.is_planned = f"LEN({self.plan}1))>0"
        before = "".join(f"-(LEN(INDEX(wm_open_actions,{one},1))>0)" for one in range(1, place + 1))
        self.flag = f"INDEX(wm_next_actions,{place + 1}{before},"

    def write(self) -> None:
        row, line = (
            ACTION_ROWS[self.place],
            {"bottom": 1, "bottom_color": style.LINE, "text_wrap": True, "font_size": 9},
        )
        before = _first_step(self.draft, self.place + 2) if self.place + 2 < len(FIRST_STEPS) else ('""', "")
        look = self.draft.formats(**line, indent=1)
        self.front.write_begun(row, FIRST, TEXT_LAST, *self._text(), look, before, rows=3)
        look = self.draft.formats(**line, align="center")
        self.front.write_begun(row, MIDDLE - 1, MIDDLE - 1, *self._who(), look, rows=3)
        look = self.draft.formats(**line, align="center", font_color=style.BLUE)
        self.front.write_begun(row, MIDDLE, MIDDLE, *self._worth(), look, rows=3)

    def _either(self, planned: int, suggested: int) -> str:
        """A column (from 1) of the planned action, or of what is suggested where none is planned."""
        return f"IF({self.is_planned},{self.plan}{planned}),{self.flag}{suggested}))"

    def _text(self) -> tuple[str, str]:
        """What to do, and the way to the person."""
        number, way = f"{self.place + 1}. ", self.draft.say(BY_WAY_OF)
        none = self.draft.say(NO_ACTION) if self.place == 0 else ""
        what, route = self._either(1, 1), self._either(6, 7)
        formula = f'IF(LEN({what})=0,"{none}","{number}"&{what}&IF(LEN({route})=0,""," ⇢ {way}"&{route}))'
        chain = self.cells[5 if self.is_planned_now else 6]
        return formula, f"{number}{self.cells[0]}" + (f" ⇢ {way}{chain}" if chain else "") if self.cells[0] else none

    def _who(self) -> tuple[str, str]:
        """The owner, below the day it is due, and below that whether it is overdue."""
        owner, due = self._either(2, 4), self._either(3, 5)
        owner_now, due_now = self.cells[1:3] if self.is_planned_now else self.cells[3:5]
        return (
            f'IF(LEN({owner}&{due})=0,"",{owner}&CHAR(10)&SUBSTITUTE({due}," ",CHAR(10)))',
            "\n".join((str(owner_now), *str(due_now).split(" "))) if owner_now or due_now else "",
        )

    def _worth(self) -> tuple[str, str]:
        """The points of health it is worth; of a suggestion also a link into the plan."""
        worth, words, none = self._either(5, 6), self.draft.say(PLAN_IT), f"LEN({self.flag}1))=0"
        gain = f'IF(LEN({worth})=0,"",TEXT(ROUND({worth},1),"+0.0"))'
        link = f'IF({none},"",HYPERLINK("#"&{FREE_ACTION},{gain}&CHAR(10)&"{words}"))'
        worth_now = self.cells[4 if self.is_planned_now else 5]
        told = f"{half_up(worth_now, 1):+.1f}" if isinstance(worth_now, float | int) else ""
        shown = told if self.is_planned_now else f"{told}\n{words}" if self.cells[0] else ""
        return f"IF({self.is_planned},{gain},{link})", shown


def _who_is_where(front: Front) -> None:
    """Write who stands where: influence down, support across; strong colours where it matters most."""
    draft, sheet, block = front.draft, front.sheet, BLOCK["wm_power_map"]
    _heading(front, TOP, WHO, MIDDLE + 1, LAST)
    edge = {"font_size": 8, "align": "center", "border": 1, "border_color": style.PAPER}
    head = draft.formats(**edge, bg_color=style.NAVY_PALE)
    for place, text in enumerate(block.function.columns):
        sign = f"{SUPPORT_SIGN[place - 1]} " if place else ""
        sheet.write_string(TOP + 1, MIDDLE + 1 + place, sign + draft.say(text), head)
    label = draft.formats(**edge, bg_color=style.NAVY_PALE, text_wrap=True)
    for place, cells in enumerate(draft.values[block.name]):
        row = MAP_ROWS[place]
        value = str(cells[0])
        front.write(row, MIDDLE + 1, MIDDLE + 1, f"INDEX(wm_power_map,{place + 1},1)", value, label, rows=3)
        for column in range(1, block.width):
            name = f"INDEX(wm_power_map,{place + 1},{column + 1})"
            paper = MAP_COLOURS[place][column - 1]
            look = draft.formats(**edge, bg_color=paper, text_wrap=True)
            shown = few(str(cells[column] or ""))
            front.write_begun(row, MIDDLE + 1 + column, MIDDLE + 1 + column, _few(name), shown, look, rows=3)
    box, cell = (MAP_ROWS[0], MIDDLE + 2, MAP_ROWS[-1] + 2, LAST), area(MAP_ROWS[0] + 1, MIDDLE + 3, 1, 1)
    lines = f'LEN(SUBSTITUTE({cell},CHAR(10),""))'
    stale = f'LEN(SUBSTITUTE(CHAR(10)&{cell},CHAR(10)&"{STALE}",CHAR(10)))'
    faint = draft.formats.conditional(font_color=style.PALE_INK, italic=True)
    format_if(sheet, box, f"AND(LEN({cell})>0,{stale}={lines})", faint)


def few(names: str) -> str:
    """As many names as a field of the map has lines; of more, how many are left out."""
    lines = names.split("\n")
    kept = MAP_LINES - 1
    return names if len(lines) <= MAP_LINES else "\n".join([*lines[:kept], f"+{len(lines) - kept}"])


def _few(name: str) -> str:
    more = f'(LEN({name})-LEN(SUBSTITUTE({name},CHAR(10),"")))'
    cut = f'FIND("|",SUBSTITUTE({name},CHAR(10),"|",{MAP_LINES - 1}))'
    return f'IF({more}<{MAP_LINES},{name}&"",LEFT({name},{cut})&"+"&({more}-{MAP_LINES - 2}))'


def _bars(front: Front) -> None:
    """Write how far each role is covered, or that nobody holds it, and what each pillar of trust stands at."""
    draft, split = front.draft, MIDDLE + 3
    _heading(front, BAR_ROW, COVERAGE, MIDDLE + 1, split)
    _heading(front, BAR_ROW, TRUST, split + 1, LAST)
    small = draft.formats(font_size=9)
    bar = draft.formats(font_size=9, font_color=style.TEAL)
    missing = draft.formats.conditional(bold=True, font_color=style.RED)
    for place, cells in enumerate(draft.values["wm_role_status"]):
        row, name = BAR_ROW + 1 + place, f"INDEX(wm_role_status,{place + 1},"
        front.write(row, MIDDLE + 1, MIDDLE + 2, f"{name}1)", cells[0], small)
        empty = draft.say(EMPTY)
        formula = f'IF(LEN({name}2))=0,"{empty}",{_bar(f"{name}3)", 1)}&" "&TEXT({name}3),"{style.PERCENT}"))'
        share = float(cells[2] or 0)
        shown = f"{bar_of(share, 1)} {percent(share)}" if cells[1] else empty
        front.write_begun(row, split, split, formula, shown, bar)
        cell = area(row + 1, split + 1, 1, 1)
        format_if(front.sheet, (row, split) * 2, f'LEFT({cell},1)="{empty[0]}"', missing)
    for place, cells in enumerate(draft.values["wm_trust_pillars"]):
        row, name = BAR_ROW + 1 + place, f"INDEX(wm_trust_pillars,{place + 1},"
        front.write(row, split + 1, split + 2, f"{name}1)", cells[0], small)
        none = draft.say(NOT_ASSESSED)
        formula = f'IF(LEN({name}2))=0,"{none}",{_bar(f"{name}2)", 100)}&" "&TEXT(ROUND({name}2),1),"{style.SCORE}"))'
        value = cells[1]
        shown = f"{bar_of(value, 100)} {tenths(value)}" if isinstance(value, float | int) else none
        front.write_begun(row, split + 3, LAST, formula, shown, bar)


def _bar(value: str, full: int) -> str:
    filled = f"ROUND({SQUARES}*{value}/{full},0)"
    return f'REPT("█",{filled})&REPT("░",{SQUARES}-{filled})'


def bar_of(value: float, full: int) -> str:
    """A bar as the formula draws it."""
    filled = int(half_up(SQUARES * value / full, 0))
    return "█" * filled + "░" * (SQUARES - filled)


def _week(front: Front) -> None:
    """Write what to bring up to date, each line a link to its cell; what is too much stands below the printed page."""
    draft, values = front.draft, front.draft.values["wm_this_week"]
    _heading(front, WEEK_ROW, WEEK, FIRST, LAST - 2)
    block = BLOCK["wm_this_week"]
    # not a column out of INDEX, of which Gnumeric takes no LEN
    whole = draft.cells(block.tab, block.row, block.column, block.rows)
    rest, count = f"SUMPRODUCT(--(LEN({whole})>0))-{IN_SIGHT}", sum(bool(cells[0]) for cells in values)
    before, after = draft.say(MORE).split("#")
    link = f'HYPERLINK("#{REST_NAME}","{before}"&({rest})&"{after}")'
    look = draft.formats(**{**HEADING, **LINK, "bold": False, "align": "right"})
    shown = f"{before}{count - IN_SIGHT}{after}" if count > IN_SIGHT else ""
    front.write(WEEK_ROW, LAST - 1, LAST, f'IF({rest}<1,"",{link})', shown, look)
    _lines(front, WEEK_ROW + 1, 0, IN_SIGHT)
    look = draft.formats(**{**HEADING, "bottom": 0})
    title = draft.say(REST)
    formula = f'IF({rest}<1,"","{title}")'
    front.write(REST_ROW, FIRST, LAST, formula, title if count > IN_SIGHT else "", look)
    draft.define_name(REST_NAME, "home", REST_ROW + 1, FIRST + 1)
    _lines(front, REST_ROW + 1, IN_SIGHT, len(values))


def _lines(front: Front, row: int, start: int, stop: int) -> None:
    """Write lines of the week in two columns, from a row on."""
    draft, half = front.draft, (stop - start) // 2
    ruled = {} if start else {"bottom": 1, "bottom_color": style.LINE}  # not the rest, which mostly is empty
    look = draft.formats(font_color=style.BLUE, font_size=9, **ruled)
    for place in range(start, stop):
        what = draft.values["wm_this_week"][place][0]
        first, last = (FIRST, MIDDLE) if place - start < half else (MIDDLE + 1, LAST)
        name = f"INDEX(wm_this_week,{place + 1},"
        none = draft.say(NOTHING_DUE) if place == 0 else ""
        formula = f'IF(LEN({name}1))=0,"{none}",IF(LEN({name}2))=0,{name}1),HYPERLINK("#"&{name}2),{name}1))))'
        front.write(row + (place - start) % half, first, last, formula, what or none, look)


def _foot(front: Front) -> None:
    """Say whether the functions are there, the day of the results, the version, and how many settings differ."""
    draft, quiet = front.draft, front.draft.formats.quiet()
    live, not_live = draft.say(LIVE), draft.say(NOT_LIVE)
    one = (FOOT_ROW, FIRST) * 2
    # COUNTA: after any entry the line is looked at anew, for the mark is stored and may come from another program
    formula = f'IF(ISERROR(WARMAP.VERSION()&{LIVE_NAME}&COUNTA(wm_scores)),"{not_live}","{live}")'
    front.sheet.write_array_formula(*one, f"{{={formula}}}", quiet, not_live)
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

"""The layout of the workbook: its tabs, in the order a rep thinks, and where each table lies on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from warmap.model import MAX_COMPETITORS, TABLE, Table
from warmap.text import Lang, Text


class TabKind(Enum):
    """What a tab is for; its colour shows it."""

    INPUT = "input"
    COMPUTED = "computed"
    OTHER = "other"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet: code, name, purpose, its tables side by side, the row of their headers and the first column (from 1).

    Results that belong at the head of a row, and a narrow free column, stand before the `left` one. `since` is the first version of the template that has the sheet; what it holds stood on the sheet `before` until then.
    """

    code: str
    name: Text
    purpose: Text
    kind: TabKind
    tables: tuple[str, ...] = ()
    header_row: int = 5
    left: int = 1
    since: int = 1
    before: str = ""


TABS: tuple[Tab, ...] = (
    Tab("home", Text("首页", "Home"), Text("两分钟看懂这一单", "The deal in two minutes"), TabKind.COMPUTED),
    Tab("guide", Text("说明", "Guide"), Text("目录；怎么填，每个词怎么看出来，和一个做完的例子", "Contents; how to fill it in, what each term means, and a worked example"), TabKind.OTHER),
    Tab("deal", Text("商机", "Deal"), TABLE["deal"].about.purpose, TabKind.INPUT, ("deal",), 4),
    Tab("people", Text("关键人", "People"), TABLE["contacts"].about.purpose, TabKind.INPUT, ("contacts",), left=4),
    Tab("trust", Text("信任", "Trust"), TABLE["trust"].about.purpose, TabKind.INPUT, ("trust",), 7),
    Tab("wins", Text("赢标准", "Wins"), TABLE["wins"].about.purpose, TabKind.INPUT, ("wins",), 9, left=3),
    Tab("stages", Text("阶段", "Stages"), TABLE["stage_evidence"].about.purpose, TabKind.INPUT, ("stage_evidence",), 6),
    Tab("needs", Text("需求", "Needs"), TABLE["needs"].about.purpose, TabKind.INPUT, ("needs",)),
    Tab("competition", Text("竞争", "Competition"), TABLE["competition"].about.purpose, TabKind.INPUT, ("competition",)),
    Tab(
        "strengths", Text("强项", "Strengths"), TABLE["strengths"].about.purpose, TabKind.INPUT,
        ("strengths", "swot"), since=2, before="competition",
    ),
    Tab("negotiation", Text("谈判", "Negotiation"), TABLE["negotiation"].about.purpose, TabKind.INPUT, ("negotiation",)),
    Tab(
        "objections", Text("异议", "Objections"), TABLE["objections"].about.purpose, TabKind.INPUT,
        ("objections",), since=2, before="negotiation",
    ),
    Tab("actions", Text("行动", "Actions"), TABLE["actions"].about.purpose, TabKind.INPUT, ("actions",)),
    Tab(
        "visits", Text("拜访", "Visits"), TABLE["visits"].about.purpose, TabKind.INPUT,
        ("visits", "resources"), since=2, before="actions",
    ),
    Tab(
        "profile", Text("客户画像", "Profile"), TABLE["profile"].about.purpose, TabKind.INPUT,
        ("profile", "ideal_customer"),
    ),
    Tab("organisation", Text("组织", "Organisation"), TABLE["org_units"].about.purpose, TabKind.INPUT, ("org_units",)),
    Tab(
        "relationships", Text("关系图", "Relationship map"),
        Text("谁管谁、谁听谁的，各人支持不支持、多久没联系；空着的位置也在图上", "Who reports to whom, where each stands and how fresh that is; seats nobody fills are on it too"),
        TabKind.COMPUTED, since=2,
    ),
    Tab(
        "red_flags", Text("红旗", "Red flags"),
        Text("红旗是警告，也是清除障碍的工具；每面都要有人应对", "A flag is a warning and a tool: each wants somebody to answer it"),
        TabKind.COMPUTED,
    ),
    Tab(
        "check", Text("检查", "Check"),
        Text("提交前先看这里：填得对不对、全不全", "Look here before you submit: is it right, is it complete"), TabKind.COMPUTED,
    ),
    Tab(
        "checklist", Text("赢标准清单", "Win checklist"),
        Text("每个人要赢什么，我们做到了几条，下一步该问什么", "What each person must win, how far we are, what to ask next"),
        TabKind.COMPUTED,
    ),
    Tab(
        "scoreboard", Text("计分板", "Scoreboard"),
        Text("每个得分背后的明细", "What stands behind each score"), TabKind.COMPUTED,
    ),
    Tab("review", Text("复核", "Review"), TABLE["reviews"].about.purpose, TabKind.INPUT, ("reviews",), 9),
    Tab(
        # Excel keeps the name “History” for itself
        "history", Text("历史", "Deal history"),
        Text("每次提交的得分，和上次提交以来改了什么", "The scores of each submission, and what changed since the last one"),
        TabKind.COMPUTED, since=2,
    ),
    Tab(
        "settings", Text("设置", "Settings"),
        Text("权重与阈值；由销售运营统一修改", "Weights and thresholds; sales operations change them for everyone"),
        TabKind.OTHER,
    ),
    Tab("lists", Text("_lists", "_lists"), Text("", ""), TabKind.HIDDEN),
    Tab("status", Text("_status", "_status"), Text("", ""), TabKind.HIDDEN),
    Tab("last", Text("_last", "_last"), Text("", ""), TabKind.HIDDEN),
    Tab("snapshots", Text("_history", "_history"), Text("", ""), TabKind.HIDDEN),
    Tab("marks", Text("_marks", "_marks"), Text("", ""), TabKind.HIDDEN),
)  # fmt: skip
PICTURE = Tab(
    "picture", Text("关系图（图片）", "Relationship picture"),
    Text("谁管谁、谁听谁的，画成一张图", "Who reports to whom and whose word counts, as a picture"), TabKind.OTHER, since=2,
)  # fmt: skip
"""A sheet that a workbook with people on it may have, after the relationship map: drawn once, and read by nobody."""
TAB: Mapping[str, Tab] = {tab.code: tab for tab in (*TABS, PICTURE)}


@cache
def tabs_of(version: int | None) -> tuple[Tab, ...]:
    """The tabs that a version of the template has, each with the tables that stand on it; of one not known, ours."""
    if version is None or version < 1:
        return TABS
    moved: dict[str, list[str]] = {}
    for tab in TABS:
        if tab.since > version:
            moved.setdefault(tab.before, []).extend(tab.tables)
    return tuple(
        replace(tab, tables=(*tab.tables, *moved.get(tab.code, ()))) if tab.code in moved else tab
        for tab in TABS
        if tab.since <= version
    )


HISTORY_NAME = "wm_snapshots"
VERSION_NAME = "wm_template_version"
LANGUAGE_NAME = "wm_language"
COMPUTED_ON_NAME = "wm_computed_on"
LIVE_NAME = "wm_live"
SETTINGS_NAME = "wm_settings"
GUIDE_NAME = "wm_guide"
MARK_NAME = "wm_mark"
MARK = "warmap war map"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a table lies: tab, header row and first column (from 1), rows below the header, and columns."""

    table: Table
    tab: Tab
    header_row: int
    left: int
    room: int
    width: int

    @property
    def last_row(self) -> int:
        """The last row of the table."""
        return self.header_row + self.room

    @property
    def name(self) -> str:
        """The defined name of the whole table, header row included."""
        return f"wm_{self.table.code}"


GAP = 1
RECORD_GAP = 2  # the column after a record's values holds its help texts
SPARE_ROWS = 10


@cache
def _usual() -> Mapping[str, Placement]:
    return _placed({})


def placements(rows: Mapping[str, int] | None = None) -> Mapping[str, Placement]:
    """The place of every table; `rows` says how many rows a table has to hold, for those that may pass their usual room."""
    return _placed(rows) if rows else _usual()


def _placed(held: Mapping[str, int]) -> Mapping[str, Placement]:
    found = {}
    for tab in TABS:
        left = tab.left
        for code in tab.tables:
            table = TABLE[code]
            if table.is_record:
                room, width, gap = len(table.fields), 2, RECORD_GAP
            else:
                room, width, gap = table.about.room, len(table.fields), GAP
            if table.open_field:
                width += MAX_COMPETITORS
            if held.get(code, 0) > room:
                room = held[code] + SPARE_ROWS
            found[code] = Placement(table, tab, tab.header_row, left, room, width)
            left += width + gap
    return found


def tab_name(code: str, lang: Lang) -> str:
    """The name on the tab."""
    return TAB[code].name.to(lang)

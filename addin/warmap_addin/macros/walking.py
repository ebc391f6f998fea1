"""Weekly update: the stale, open and missing cells one by one, the heaviest first; and the next actions."""

from __future__ import annotations

from warmap.text import Text
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.this_week import Week
from warmap_addin.macros.edits import Edit, Remember, Say, Select
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.wording import fill, lines, no_map, tab_sheet
from warmap_workbook.ooxml import cell_name, parse_range

NOTHING = Text("本周没有要补的。", "Nothing to bring up to date this week.")
GO = Text(
    "{what}\n\n还有 {left} 处；改完再点“每周更新”去下一处。",
    "{what}\n\n{left} more; press “Weekly update” again for the next.",
)
LAST = Text("{what}\n\n这是最后一处。", "{what}\n\nThis is the last one.")
AROUND = Text(
    "已走完一圈，还有 {left} 处没有改。从头再来：\n\n{what}",
    "That was the round; {left} places are still as they were. Once more from the top:\n\n{what}",
)
NOWHERE = Text("{what}\n\n（这一项没有对应的单元格。）", "{what}\n\n(This one has no cell of its own.)")

ACTIONS = Text("接下来：", "What to do next:")
NO_ACTION = Text("没有未应对的红旗，也就没有急着要做的。", "No red flag is unanswered: nothing presses.")
ACTION = Text("{number}. {who}：{what}（{why}）", "{number}. {who}: {what} ({why})")


def weekly_update(opened: Opened) -> list[Edit]:
    """Go to the next cell of THIS_WEEK that this round has not shown yet; say what to do there and how many are left."""
    if not opened.is_map:
        return no_map(opened)
    places: dict[str, list[str]] = {}
    for line in Week(opened.call).lines():
        places.setdefault(line.where, []).append(line.what)
    if not places:
        return [Remember(()), Say(NOTHING.to(opened.lang))]
    shown = [where for where in opened.shown if where in places]
    is_new_round = len(shown) == len(places)
    if is_new_round:
        shown = []
    where = next(where for where in places if where not in shown)
    shown.append(where)
    what = "\n".join(places[where])
    left = len(places) if is_new_round else len(places) - len(shown)
    words = AROUND if is_new_round and len(places) > 1 else GO if len(places) > len(shown) else LAST
    edits: list[Edit] = [Remember(tuple(shown))]
    try:
        target = parse_range(where) if where else None
    except ValueError:
        target = None
    sheet = opened.raw.sheet(target.sheet) if target is not None and target.sheet else None
    if target is None or sheet is None:
        return [*edits, Say(fill(NOWHERE, opened.lang, what=what))]
    return [
        *edits,
        Select(sheet.name, cell_name(target.r1, target.c1)),
        Say(fill(words, opened.lang, what=what, left=left)),
    ]


def next_actions(opened: Opened) -> list[Edit]:
    """The next actions in words, and the place where they stand."""
    if not opened.is_map:
        return no_map(opened)
    rows = FUNCTIONS["NEXT_ACTIONS"].compute(opened.call)
    assert not isinstance(rows, str | float | None)
    board, named = tab_sheet(opened.raw, "scoreboard"), opened.area("wm_next_actions")
    edits: list[Edit] = []
    if named is not None:
        edits = [Select(named[0].name, cell_name(named[1].r1, named[1].c1))]
    elif board is not None:
        edits = [Select(board.name, "A1")]
    if not rows:
        return [*edits, Say(NO_ACTION.to(opened.lang))]
    told = [
        fill(ACTION, opened.lang, number=number, what=what, who=who, why=why)
        for number, (what, who, why) in enumerate(rows, 1)
    ]
    return [*edits, Say(lines([ACTIONS.to(opened.lang), *told]))]

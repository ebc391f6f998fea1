"""The buttons that lead somewhere: new map, weekly update, next actions, settings, log, about."""

import platform
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

from warmap import TEMPLATE_VERSION, VERSION
from warmap.layout import SETTINGS_NAME
from warmap.text import Text
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.this_week import Week
from warmap_addin.excel.build import build_macro_workbook
from warmap_addin.macros.edits import PATH, Edit, Remember, SaveFile, Say, Select, ShowLog
from warmap_addin.macros.exporting import UNNAMED
from warmap_addin.macros.open_book import TAB_GONE, Opened, fill, lines, tab_sheet
from warmap_workbook.ooxml import cell_name, parse_range

NEW = Text(
    "新地图已建好：\n{path}\n\n从“商机”表开始填。", "The new map is here:\n{path}\n\nBegin with the sheet “Deal”."
)
ABOUT = Text(
    "大客户作战地图 {version}\n本工作簿的模板版本 {template}（程序的：{newest}）\nPython {python}，xlwings {xlwings}，Excel {excel}\n日志：{log}\n开源软件（MIT 许可）。",
    "Key-account war map {version}\nTemplate of this workbook {template} (the program's: {newest})\nPython {python}, xlwings {xlwings}, Excel {excel}\nLog: {log}\nOpen source (MIT licence).",
)
NO_TEMPLATE = Text("（不是作战地图）", "(no war map)")
SETTINGS_SHEET = Text("设置", "Settings")
NO_LOG = Text("还没有日志：到现在没有出过错。", "There is no log yet: nothing has gone wrong so far.")
LOG_SHOWN = Text("日志在：{log}", "The log is here: {log}")
NOTHING = Text("本周没有要补的。", "Nothing needs updating this week.")
GO = Text(
    "{what}\n\n还有 {left} 处；改完再点“每周更新”去下一处。",
    "{what}\n\n{left} more; press “Weekly update” again for the next.",
)
LAST = Text("{what}\n\n这是最后一处。", "{what}\n\nThis is the last one.")
AROUND = Text(
    "已走完一圈，还有 {left} 处没有改。从头再来：\n\n{what}",
    "That was the last place; {left} are still unchanged. Starting again from the top:\n\n{what}",
)
NOWHERE = Text("{what}\n\n（这一项没有对应的单元格。）", "{what}\n\n(This one has no cell of its own.)")
MOST_CHANGES = 12  # a message box holds no more
NO_CHANGE = Text("和上次快照相比没有变化。", "Nothing has changed since the last snapshot.")
ACTIONS = Text("接下来：", "What to do next:")
NO_ACTION = Text("没有未应对的红旗，也就没有急着要做的。", "No red flag is unanswered: nothing is urgent.")
ACTION = Text("{number}. {who}：{what}（{why}）", "{number}. {who}: {what} ({why})")


def new_map(opened: Opened) -> list[Edit]:
    """An empty map in the language of the one at hand, saved under a free name and opened."""
    name = f"{UNNAMED}_{opened.today.isoformat()}.xlsm"
    content = build_macro_workbook(None, opened.lang)
    return [SaveFile(name, content, is_opened=True), Say(fill(NEW, opened.lang, path=PATH), names_path=True)]


def weekly_update(opened: Opened) -> list[Edit]:
    """Go to the next cell of THIS_WEEK that this round has not shown yet; say what to do there and how many are left."""
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
        for number, (what, who, why, *_) in enumerate(rows, 1)
    ]
    return [*edits, Say(lines([ACTIONS.to(opened.lang), *told]))]


def what_changed(opened: Opened) -> list[Edit]:
    """What changed since the last snapshot in words, and the place where it stands."""
    rows = FUNCTIONS["WHAT_CHANGED"].compute(replace(opened.call, height=MOST_CHANGES))
    assert not isinstance(rows, str | float | None)
    named = opened.area("wm_what_changed")
    edits: list[Edit] = [Select(named[0].name, cell_name(named[1].r1, named[1].c1))] if named is not None else []
    told = [" ".join(str(cell) for cell in row if cell not in (None, "")) for row in rows]
    return [*edits, Say(lines([line for line in told if line]) or NO_CHANGE.to(opened.lang))]


def settings(opened: Opened) -> list[Edit]:
    """Go to the first value on the settings sheet."""
    found, sheet = opened.area(SETTINGS_NAME), tab_sheet(opened.raw, "settings")
    if found is not None:
        return [Select(found[0].name, cell_name(found[1].r1 + 1, found[1].c1 + 1))]
    if sheet is not None:
        return [Select(sheet.name, "A1")]
    return [Say(fill(TAB_GONE, opened.lang, sheet=SETTINGS_SHEET))]


def show_log(opened: Opened) -> list[Edit]:
    """Open the log with whatever shows text files."""
    return [ShowLog(fill(LOG_SHOWN, opened.lang, log=opened.log), NO_LOG.to(opened.lang))]


def about(opened: Opened) -> list[Edit]:
    """Show the versions that a helper will ask for."""
    try:
        xlwings = version("xlwings")
    except PackageNotFoundError:
        xlwings = "–"
    template = (opened.entries.template_version or "–") if opened.is_map else NO_TEMPLATE
    words = fill(
        ABOUT, opened.lang, version=VERSION, template=template, newest=TEMPLATE_VERSION,
        python=platform.python_version(), xlwings=xlwings, excel=opened.excel or "–", log=opened.log,
    )  # fmt: skip
    return [Say(words)]

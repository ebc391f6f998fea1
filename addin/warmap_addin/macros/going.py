"""New map, settings, log, about: the buttons that lead somewhere."""

from __future__ import annotations

import platform

from warmap import TEMPLATE_VERSION, VERSION
from warmap.layout import SETTINGS_NAME
from warmap.text import Text
from warmap_addin.macros.edits import PATH, Edit, SaveFile, Say, Select, ShowLog
from warmap_addin.macros.file_names import UNNAMED
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.wording import TAB_GONE, fill, no_map, tab_sheet
from warmap_workbook.ooxml import cell_name

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


def new_map(opened: Opened) -> list[Edit]:
    """An empty map in the language of the one at hand, saved under a free name and opened."""
    from warmap_addin.excel.build import build_macro_workbook

    name = f"{UNNAMED}_{opened.today.isoformat()}.xlsm"
    content = build_macro_workbook(None, opened.lang)
    return [SaveFile(name, content, is_opened=True), Say(fill(NEW, opened.lang, path=PATH), names_path=True)]


def settings(opened: Opened) -> list[Edit]:
    """Go to the first value on the settings sheet."""
    if not opened.is_map:
        return no_map(opened)
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
    """Versions, as somebody who helps will ask for them."""
    from importlib.metadata import PackageNotFoundError, version

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

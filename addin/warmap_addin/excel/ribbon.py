"""The ribbon, declared once: what each button says, shows and does. The XML, the VBA and the tests come from here.

Another button is one entry here and one function in `warmap_addin.macros.running.MACROS`; groups hold as many as there are.

A button's `macro` is the name of a function in `warmap_addin.macros`, called without arguments; empty where VBA itself
does the work, because it must work without Python.
"""

from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import quoteattr

from warmap.text import Text

TAB_ID = "warmapTab"
TAB_LABEL = Text("作战地图", "War Map")


class When(StrEnum):
    """When a button can be pressed."""

    ALWAYS = "always"
    BOOK = "book"  # a workbook is open
    WAR_MAP = "war_map"  # the active workbook is a war map


@dataclass(frozen=True, slots=True)
class Button:
    """One button; label and text are at most 255 characters, the icon is one of Office's own (imageMso).

    `key` is pressed after Alt and the tab's own; it is empty in a menu, which gives its lines keys itself.
    """

    id: str
    label: Text
    tip: Text
    icon: str
    macro: str
    when: When
    key: str = ""

    @property
    def control_id(self) -> str:
        """The id in the XML, such as `warmapNewMap`."""
        return "warmap" + "".join(part.capitalize() for part in self.id.split("_"))


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that belong together."""

    id: str
    label: Text
    buttons: tuple[Button, ...]


GROUPS = (
    Group(
        "warmapWork",
        Text("每周", "Every week"),
        (
            Button(
                "weekly_update", Text("每周更新", "Weekly update"),
                Text("逐格走过过期、未完成和未填的内容（Ctrl+Shift+W）", "Walk through what is stale, open or missing, cell by cell (Ctrl+Shift+W)"),
                "Refresh", "weekly_update", When.WAR_MAP, "W",
            ),
            Button(
                "back", Text("返回", "Back"), Text("回到上一次跳转之前的单元格", "Go back to the cell before the last jump"),
                "WebGoBack", "", When.BOOK, "B",
            ),
            Button(
                "check_map", Text("检查地图", "Check this map"),
                Text(
                    "检查填得对不对、全不全；每条结果可跳到单元格再跳回",
                    "Is it right, is it complete? Each finding jumps to its cell and back",
                ),
                "Spelling", "check_map", When.WAR_MAP, "C",
            ),
            Button(
                "next_actions", Text("下一步行动", "Next actions"),
                Text("接下来做什么、对谁、为什么", "What to do next, about whom, and why"),
                "MacroPlay", "next_actions", When.WAR_MAP, "N",
            ),
        ),
    ),
    Group(
        "warmapCell",
        Text("所选单元格", "Selected cell"),
        (
            Button(
                "explain_cell", Text("解释此格", "Explain this cell"),
                Text("为什么是这个得分或红旗，怎样才能提高", "Why this score or flag, and what would raise it"),
                "Help", "explain_cell", When.WAR_MAP, "E",
            ),
            Button(
                "plan_it", Text("写进行动", "Plan it"),
                Text(
                    "把所选红旗的办法写进“行动”：做什么、代码、责任人、到期日",
                    "Put the selected red flag into the plan: what to do, code, owner and date",
                ),
                "NewTask", "plan_it", When.WAR_MAP, "P",
            ),
        ),
    ),
    Group(
        "warmapHandOver",
        Text("提交", "Hand over"),
        (
            Button(
                "submit", Text("提交", "Submit"),
                Text(
                    "先检查，再冻结判断日期、盖章，按命名规则另存一份；动手之前会先问",
                    "Check, freeze the date judged as of, stamp, and save a copy by the naming rule; asks before it does",
                ),
                "FileSaveAs", "ask_submit", When.WAR_MAP, "S",
            ),
        ),
    ),
)  # fmt: skip

ROWS_FOR_CONTACT = Button(
    "rows_for_contact", Text("添加此人的行", "Rows for this contact"),
    Text("为所选联系人添加信任和赢标准的行，填好姓名", "Add the selected contact's trust and wins rows, ready to fill"),
    "TableRowsInsertWord", "rows_for_contact", When.WAR_MAP,
)  # fmt: skip
MORE_ID, MORE_LABEL = "warmapMore", Text("更多", "More")
MORE = (
    Button(
        "new_map", Text("新建地图", "New map"), Text("新建一份空白的作战地图工作簿", "Start a new, empty war-map workbook"),
        "FileNew", "new_map", When.ALWAYS,
    ),
    ROWS_FOR_CONTACT,
    Button(
        "what_changed", Text("有哪些变化", "What changed"),
        Text("和上次快照相比，哪些得分和内容变了", "Which scores and entries changed since the last snapshot"),
        "ReviewTrackChanges", "what_changed", When.WAR_MAP,
    ),
    Button(
        "report", Text("一页报告", "Report"),
        Text(
            "商机评审用的一页报告，存在工作簿旁边；动手之前会先问",
            "One page for a deal review, saved beside the workbook; asks before it does",
        ),
        "FilePrintPreview", "ask_report", When.WAR_MAP,
    ),
    Button(
        "relationship_picture", Text("导出关系图", "Relationship picture"),
        Text(
            "谁管谁、各自什么态度，一张能放进幻灯片的图；动手之前会先问",
            "Who reports to whom and where each stands, as a picture for slides; asks before it does",
        ),
        "SmartArtInsert", "ask_picture", When.WAR_MAP,
    ),
    Button(
        "export_json", Text("导出 JSON", "Export JSON"),
        Text("把地图和得分导出为 JSON 文件", "The map and its scores as a JSON file"),
        "PropertySheet", "export_json", When.WAR_MAP,
    ),
    Button(
        "export_csv", Text("导出 CSV", "Export CSV"), Text("把各表导出为 CSV 文件", "The tables as CSV files"),
        "ConvertTableToText", "export_csv", When.WAR_MAP,
    ),
    Button(
        "switch_language", Text("切换语言", "Switch language"),
        Text("换成另一种语言的标签和选项，填写的内容不变", "Labels and picklists in the other language; entries stay"),
        "SetLanguage", "switch_language", When.WAR_MAP,
    ),
    Button(
        "settings", Text("设置", "Settings"), Text("权重、阈值和导出位置", "Weights, thresholds and where exports go"),
        "AdvancedFileProperties", "settings", When.WAR_MAP,
    ),
    Button(
        "reconnect", Text("重新连接函数", "Reconnect functions"),
        Text(
            "单元格显示 #NAME? 或旧结果时用：把公式重新接到本机的函数",
            "When cells show #NAME? or old results: connect the formulas to this computer's functions again",
        ),
        "RefreshAll", "", When.BOOK,
    ),
    Button(
        "show_log", Text("日志", "Log"), Text("最近的错误和说明", "The latest errors, in words"),
        "ReviewShowAllComments", "show_log", When.ALWAYS,
    ),
    Button(
        "restart_python", Text("重启 Python", "Restart Python"),
        Text("函数没有反应时：重新启动 Python 并全部重算", "When the functions do not answer: restart Python and recalculate"),
        "CalculateNow", "", When.ALWAYS,
    ),
    Button(
        "about", Text("关于", "About"), Text("版本、许可和帮助", "Versions, licence and help"),
        "TechnicalSupport", "about", When.ALWAYS,
    ),
)  # fmt: skip
STATUS = "status"  # the label that says whether results are live

BUTTONS: tuple[Button, ...] = (*(button for group in GROUPS for button in group.buttons), *MORE)
ON_RIGHT_CLICK = (next(button for button in BUTTONS if button.id == "explain_cell"), ROWS_FOR_CONTACT)


# -- the XML as Office reads it (customUI, 2009/07) --------------------------------------------------------------------

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
CALLBACKS = {
    "onLoad": "WarmapRibbonLoaded",
    "getLabel": "WarmapRibbonLabel",
    "getSupertip": "WarmapRibbonTip",
    "getEnabled": "WarmapRibbonEnabled",
    "getVisible": "WarmapRibbonEnabled",
    "onAction": "WarmapRibbonPressed",
}
LABEL, TIP, PRESS = ("getLabel",), ("getLabel", "getSupertip"), ("getLabel", "getSupertip", "getEnabled", "onAction")


def ribbon_xml() -> str:
    """The XML: one tab, and two lines in the menu of a cell; words and states are asked for by callbacks, by the tag."""
    groups = [
        _element("group", group.id, group.id, LABEL, "".join(map(_large, group.buttons))) for group in GROUPS[:-1]
    ]
    last, more = GROUPS[-1], "".join(map(_line, MORE))
    menu = _element("menu", MORE_ID, MORE_ID, TIP, more, size="large", imageMso="Organizer", keytip="M")
    status = _element("labelControl", "warmapStatus", STATUS, LABEL)
    groups.append(_element("group", last.id, last.id, LABEL, "".join(map(_large, last.buttons)) + menu + status))
    tab = _element("tab", TAB_ID, TAB_ID, LABEL, "".join(groups), keytip="WM")
    lines = "".join(
        _element("button", f"{one.control_id}OfCell", one.id, ("getLabel", "getVisible", "onAction"), imageMso=one.icon)
        for one in ON_RIGHT_CLICK
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{NAMESPACE}" onLoad="{CALLBACKS["onLoad"]}">\n<ribbon>\n<tabs>\n{tab}</tabs>\n</ribbon>\n'
        f'<contextMenus>\n<contextMenu idMso="ContextMenuCell">\n{lines}</contextMenu>\n</contextMenus>\n</customUI>\n'
    )


def _large(button: Button) -> str:
    look = {"size": "large", "imageMso": button.icon, "keytip": button.key}
    return _element("button", button.control_id, button.id, PRESS, **look)


def _line(button: Button) -> str:
    return _element("button", button.control_id, button.id, PRESS, imageMso=button.icon)


def _element(kind: str, id_: str, tag: str, callbacks: tuple[str, ...], inside: str = "", **look: str) -> str:
    attributes = {"id": id_, "tag": tag, **look, **{name: CALLBACKS[name] for name in callbacks}}
    shown = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<{kind} {shown}>\n{inside}</{kind}>\n" if inside else f"<{kind} {shown}/>\n"

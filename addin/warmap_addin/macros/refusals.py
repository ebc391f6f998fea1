"""What Excel or the disk refuses, in words that say what to do."""

from __future__ import annotations

from warmap.text import Text

PASSWORD = Text(
    "“{sheet}”表有密码保护，改不了；什么都没有改。请先撤销保护（审阅 → 撤销工作表保护）。",
    "The sheet “{sheet}” is protected by a password; nothing was changed. Take it off first (Review → Unprotect Sheet).",
)
STRUCTURE = Text(
    "工作簿的结构受保护，不能加工作表或改名；什么都没有改。请先撤销保护（审阅 → 保护工作簿）。",
    "The workbook's structure is protected: no sheet can be added or renamed; nothing was changed. Take it off first (Review → Protect Workbook).",
)
SHEET_REFUSED = Text(
    "Excel 不让改“{sheet}”表：{reason}\n请看看：单元格是否正在编辑，工作表或单元格是否受保护、被隐藏，工作簿是否在“受保护的视图”里。",
    "Excel lets nothing be changed on the sheet “{sheet}”: {reason}\nIs a cell being edited, is the sheet or the cell protected or hidden, is the workbook in Protected View?",
)
REFUSED = Text(
    "Excel 没有照做：{reason}\n请看看：单元格是否正在编辑，是否有对话框开着，工作簿是否在“受保护的视图”里。",
    "Excel refused: {reason}\nIs a cell being edited, is a dialog open, is the workbook in Protected View?",
)
NO_REASON = Text("没有说明原因", "it gives no reason")


class CannotApply(Exception):
    """An edit that Excel or the disk refuses for a reason the user can mend; `words` say so."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def said(text: Text, **facts: object) -> Text:
    """A text with its placeholders filled in both languages."""
    return Text(*(text.to(lang).format(**{n: _in(fact, lang) for n, fact in facts.items()}) for lang in ("zh", "en")))


def _in(fact: object, lang: str) -> object:
    return (fact.zh if lang == "zh" else fact.en) if isinstance(fact, Text) else fact


def is_refusal(fault: BaseException) -> bool:
    """Whether Excel refused, and not a mistake of ours: pywin32's error, or xlwings' own about the workbook's state."""
    return any(kind.__name__ in {"com_error", "XlwingsError"} for kind in type(fault).__mro__)


def reason(fault: BaseException) -> object:
    """Why, in one line: Excel's own words, the disk's, else what the error says."""
    detail = fault.args[2] if is_refusal(fault) and len(fault.args) > 2 else None
    if isinstance(detail, tuple) and len(detail) > 2 and detail[2]:
        return " ".join(str(detail[2]).split())
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    words = next((one for one in fault.args if isinstance(one, str) and one), "")
    return " ".join(words.split()) or NO_REASON

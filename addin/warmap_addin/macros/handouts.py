"""Report and relationship picture: what `warmap report` makes of a file, of the open map, saved beside it and shown.

Each asks first with the file's name. HTML and SVG, because every computer shows these; a page for print is the browser's to make.
"""

from collections.abc import Callable
from typing import NamedTuple

from warmap.judgement import Judgement
from warmap.text import Lang, Text
from warmap_addin.macros.edits import PATH, Ask, Edit, SaveFile, Say
from warmap_addin.macros.exporting import file_name
from warmap_addin.macros.open_book import Opened, fill
from warmap_app.report.one_page import build_page
from warmap_app.report.picture import picture


class Handout(NamedTuple):
    """One kind: what its file's name ends in, how it is made of a judgement (and the workbook's name), the words around it."""

    ending: str
    make: Callable[[Judgement, Lang, str], str]
    question: Text
    saved: Text


REPORT = Handout(
    "_report.html",
    build_page,
    Text(
        "生成一页报告？\n\n文件：{name}\n评估日：{day}\n\n按现在填写的内容算，存在工作簿旁边。里面有对人的判断，请只给自己人看。",
        "Make the one-page report?\n\nFile: {name}\nJudged as of: {day}\n\nIt tells what is entered now, and is saved beside the workbook. It holds judgements about people: keep it in the team.",
    ),
    Text(
        "报告已存为：\n{path}\n\n用浏览器打开；要 PDF，就在浏览器里打印。",
        "The report is saved as:\n{path}\n\nIt opens in the browser; print it there for a PDF.",
    ),
)
PICTURE = Handout(
    "_relationships.svg",
    lambda judgement, lang, _: picture(judgement, "org", lang),
    Text(
        "生成关系图？\n\n文件：{name}\n评估日：{day}\n\n谁管谁、各自什么态度，画成一张图，存在工作簿旁边。请只给自己人看。",
        "Make the relationship picture?\n\nFile: {name}\nJudged as of: {day}\n\nWho reports to whom and where each stands, drawn and saved beside the workbook. Keep it in the team.",
    ),
    Text(
        "关系图已存为：\n{path}\n\n可以直接插进 PowerPoint 或 Word（插入 → 图片）。",
        "The picture is saved as:\n{path}\n\nIt goes into PowerPoint or Word as it is (Insert → Pictures).",
    ),
)
NO_DAY = Text("未填", "not entered")


def ask_report(opened: Opened) -> list[Edit]:
    """The question with the file's name and the day."""
    return _asked(opened, REPORT, "report")


def report(opened: Opened) -> list[Edit]:
    """The one-page report."""
    return _made(opened, REPORT)


def ask_picture(opened: Opened) -> list[Edit]:
    """The question with the file's name and the day."""
    return _asked(opened, PICTURE, "relationship_picture")


def relationship_picture(opened: Opened) -> list[Edit]:
    """The relationship picture."""
    return _made(opened, PICTURE)


def _asked(opened: Opened, kind: Handout, macro: str) -> list[Edit]:
    day = opened.entries.map.deal.as_of
    said = day.isoformat() if day else NO_DAY.to(opened.lang)
    return [Ask(fill(kind.question, opened.lang, name=_name(opened, kind), day=said), macro)]


def _made(opened: Opened, kind: Handout) -> list[Edit]:
    content = kind.make(opened.judgement, opened.lang, opened.book.file).encode("utf-8", "backslashreplace")
    saved = SaveFile(_name(opened, kind), content, is_shown=True)
    return [saved, Say(fill(kind.saved, opened.lang, path=PATH), names_path=True)]


def _name(opened: Opened, kind: Handout) -> str:
    deal = opened.entries.map.deal
    return file_name(deal, deal.as_of or opened.today) + kind.ending

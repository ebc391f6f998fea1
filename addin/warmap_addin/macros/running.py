"""Run one press of a button: read the workbook, ask the plain macro, carry out its edits, give its words to Excel.

A user's mistake is words; what nobody expected goes into the log with all its lines, and a short message says so.
"""

import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import NamedTuple

from warmap.text import Lang, Text
from warmap_addin import CannotDo, in_full
from warmap_addin.macros import (
    checking,
    contact_rows,
    explaining,
    exporting,
    going,
    handouts,
    languages,
    planning,
    submitting,
)
from warmap_addin.macros.edits import CHANGING, Ask, Edit, Say, every
from warmap_addin.macros.excel_edits import Shell
from warmap_addin.macros.open_book import OpenBook, Opened
from warmap_addin.macros.session import REFUSED, Session, is_refusal, note, read_open_book, reason

BROKEN = Text(
    "出了意外的错误：{what}\n\n这不是您的错，工作簿里的内容没有丢。详情在日志里（{log}），请发给支持您的人。",
    "Something unexpected went wrong: {what}\n\nThis is not your mistake, and nothing in the workbook is lost. The details are in the log ({log}); please send it to whoever helps you.",
)

MACROS: Mapping[str, Callable[[Opened], list[Edit]]] = {
    "new_map": going.new_map,
    "weekly_update": going.weekly_update,
    "check_map": checking.check_map,
    "next_actions": going.next_actions,
    "explain_cell": explaining.explain_cell,
    "rows_for_contact": contact_rows.rows_for_contact,
    "plan_it": planning.plan_it,
    "undo": planning.undo,
    "what_changed": going.what_changed,
    "ask_submit": submitting.ask_submit,
    "submit": submitting.submit,
    "ask_report": handouts.ask_report,
    "report": handouts.report,
    "ask_picture": handouts.ask_picture,
    "relationship_picture": handouts.relationship_picture,
    "export_json": exporting.export_json,
    "export_csv": exporting.export_csv,
    "switch_language": languages.switch_language,
    "settings": going.settings,
    "show_log": going.show_log,
    "about": going.about,
}

NEED_NO_MAP = frozenset({"new_map", "show_log", "about"})  # the others work on a war map, and on nothing else
NO_MAP = Text(
    "当前工作簿不是作战地图。请打开一份作战地图，或点“新建地图”。",
    "This workbook is not a war map. Open one, or press “New map”.",
)

BY_UNDO = Text("（可用 Ctrl+Z 撤销。）", "(Ctrl+Z undoes this.)")
# Whatever a program writes empties Excel's list of steps to undo, so each macro that writes says how to go back.
UNDO: Mapping[str, Text] = {
    "check_map": Text(
        "（不能用 Ctrl+Z 撤销；不要这张表，删掉就行，填写的内容没有动。）",
        "(Ctrl+Z does not undo this; delete the sheet if you do not want it. No entry was touched.)",
    ),
    "rows_for_contact": BY_UNDO,
    "plan_it": BY_UNDO,
    "submit": Text(
        "（不能用 Ctrl+Z 撤销；填写的内容除评估日外没有动。）",
        "(Ctrl+Z does not undo this; no entry was changed except the day of judging.)",
    ),
    "switch_language": Text(
        "（不能用 Ctrl+Z 撤销；再点一次“切换语言”就换回来。）",
        "(Ctrl+Z does not undo this; press “Switch language” again to go back.)",
    ),
}
READ_ONLY = Text(
    "注意：这个工作簿是只读打开的，改动要另存为新文件才留得住。",
    "Note: this workbook is open read-only; save it under another name to keep the change.",
)


class Answer(NamedTuple):
    """What a macro says, and what follows: `undo` where Excel may offer to take it back, or the macro that Yes runs."""

    words: str
    after: str = ""


def run(name: str, session: Session) -> Answer:
    """Run one macro. It shows nothing: Excel, which waits for the answer, does that afterwards."""
    lang = session.lang
    try:
        opened = _opened(session)
        lang = opened.lang
        shell = Shell(session)
        edits = MACROS[name](opened) if opened.is_map or name in NEED_NO_MAP else [Say(NO_MAP.to(lang))]
        changing = tuple(one for one in every(edits) if isinstance(one, CHANGING))
        with session.quietly() if changing else nullcontext():
            shell.apply(edits)
        if changing and session.book is not None:
            session.written[session.book.name] = changing if UNDO.get(name) is BY_UNDO else ()
        words = "\n".join([*shell.words, *_after(name, session, lang, changes=bool(changing))])
        after = "undo" if changing and UNDO.get(name) is BY_UNDO else ""
        return next((Answer(one.words, one.macro) for one in edits if isinstance(one, Ask)), Answer(words, after))
    except Exception as fault:  # noqa: BLE001  the last line of defence: COM raises what it likes
        note(session.log, session.now, f"{name}\n{traceback.format_exc()}")
        return Answer(_why_not(fault, session).to(lang))


def _opened(session: Session) -> Opened:
    book = session.book
    read = read_open_book(book) if book is not None else OpenBook()
    shown = session.rounds.get(read.file, ())
    written = session.written.get(read.file, ())
    return Opened(
        read, session.now.date(), session.lang, log=str(session.log), excel=session.excel, shown=shown, written=written
    )


def _after(name: str, session: Session, lang: Lang, *, changes: bool) -> Sequence[str]:
    """How to go back from a change, and that a read-only workbook does not keep it."""
    if not changes:
        return ()
    way_back = UNDO.get("submit" if name == "ask_submit" else name)  # refused, it writes the list as Submit does
    return [*([way_back.to(lang)] if way_back else []), *([READ_ONLY.to(lang)] if session.is_read_only else [])]


def _why_not(fault: Exception, session: Session) -> Text:
    """What to tell the user: what to fix, or that it is our fault and where the details are."""
    if isinstance(fault, CannotDo):
        return fault.words
    if is_refusal(fault):
        return in_full(REFUSED, reason=reason(fault))
    return in_full(BROKEN, what=f"{type(fault).__name__}: {fault}", log=session.log)

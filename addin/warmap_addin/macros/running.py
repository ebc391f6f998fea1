"""One press of a button: read the workbook, ask the plain macro, carry out its edits, say its words.

A user's mistake is words; what nobody expected goes into the log with all its lines, and a short message says so.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from warmap.text import Text
from warmap_addin.macros import checking, contact_rows, explaining, exporting, going, languages, submitting, walking
from warmap_addin.macros.excel_edits import CannotApply, Shell
from warmap_addin.macros.excel_shell import read_open_book
from warmap_addin.macros.log import note
from warmap_addin.macros.open_book import OpenBook, Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from warmap_addin.macros.edits import Edit
    from warmap_addin.macros.excel_shell import Session

TITLE = Text("作战地图", "War Map")
BROKEN = Text(
    "出了意外的错误：{what}\n\n这不是您的错，工作簿里的内容没有丢。详情在日志里（{log}），请发给支持您的人。",
    "Something unexpected went wrong: {what}\n\nThis is not your mistake, and nothing in the workbook is lost. The details are in the log ({log}); please send it to whoever helps you.",
)

MACROS: Mapping[str, Callable[[Opened], list[Edit]]] = {
    "new_map": going.new_map,
    "weekly_update": walking.weekly_update,
    "check_map": checking.check_map,
    "next_actions": walking.next_actions,
    "explain_cell": explaining.explain_cell,
    "rows_for_contact": contact_rows.rows_for_contact,
    "submit": submitting.submit,
    "export_json": exporting.export_json,
    "export_csv": exporting.export_csv,
    "switch_language": languages.switch_language,
    "settings": going.settings,
    "show_log": going.show_log,
    "about": going.about,
}


def run(name: str, session: Session) -> str:
    """Run one macro and show its words; the words are also the result."""
    lang = session.lang
    try:
        read = read_open_book(session.book) if session.book is not None else OpenBook()
        opened = Opened(read, session.now.date(), session.lang, log=str(session.log), excel=session.excel)
        lang = opened.lang
        shell = Shell(session)
        edits = MACROS[name](opened)
        with session.quietly():
            shell.apply(edits)
        words = "\n".join(shell.words)
    except CannotApply as refused:
        words = refused.words.to(lang)
    except Exception as fault:  # noqa: BLE001  the last line of defence: COM raises what it likes
        note(session.log, session.now, f"{name}\n{traceback.format_exc()}")
        words = BROKEN.to(lang).format(what=f"{type(fault).__name__}: {fault}", log=session.log)
    if words:
        session.tell(words, TITLE.to(lang))
    return words

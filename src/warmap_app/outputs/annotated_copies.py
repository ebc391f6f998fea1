"""Copies of the workbooks that did not pass, each with what to fix as notes in its cells."""

import io
import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from warmap.text import Lang, Text
from warmap_app.apart import answer_of
from warmap_app.command import UserError
from warmap_app.outputs import Order, Totals
from warmap_app.outputs.columns import name_of
from warmap_app.outputs.destination import file_name, new_file, new_folder
from warmap_app.outputs.folder_summary import write_summary
from warmap_app.outputs.wording import findings_in_own_language, own_language, severity_said, where, worst_first
from warmap_app.result import Result
from warmap_app.safe_text import one_line, shown
from warmap_workbook.editing.notes import write_copy
from warmap_workbook.editing.package_edit import WorksheetPart
from warmap_workbook.ooxml import Unreadable, parse_ref

WORKBOOKS = ("xlsx", "xlsm")
NAMED = 5  # files that a remark names
DONE = Text("{count} 份未通过的工作簿已写成带批注的副本。", "Failed workbooks copied with notes: {count}.")
NOT_DONE = Text(
    "{count} 个未通过的文件没有副本（YAML、JSON 或打不开）：{names}",
    "Failed files without a copy (YAML, JSON or unreadable): {count}: {names}",
)
# A workbook writes a character that XML cannot hold as _x000D_; text that only looks so must not be read as one.
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """A copy of each workbook that did not pass, under its own name; and a summary for whoever sends them."""
    new_folder(order.place)
    taken: set[str] = set()
    done = left = 0
    named: list[str] = []
    for result in results:
        if result["passed"]:
            continue
        if _copied(result, order, taken):
            done += 1
        else:
            left += 1
            named = [*named, one_line(name_of(result["file"]))][:NAMED]
    write_summary(order, totals)
    names = ", ".join(named) + (" …" if left > NAMED else "")
    remarks = [DONE.filled(count=done)]
    return [*remarks, NOT_DONE.filled(count=left, names=names)] if left else remarks


def _copied(result: Result, order: Order, taken: set[str]) -> bool:
    stem, _, ending = name_of(result["file"]).rpartition(".")
    if ending.lower() not in WORKBOOKS or result["language"] is None:
        return False
    lang = own_language(result, order.lang)
    try:
        data = order.read(result["file"])
        copy = answer_of(partial(_copy_of, data, result, lang), one_line(name_of(result["file"])))
    except (UserError, OSError):  # what cannot be read, or takes too long, has no copy
        return False
    if copy is None:
        return False
    path = order.place / file_name(stem, taken, ".xlsx")  # no copy carries macros
    with new_file(path, force=order.force, inputs=order.inputs) as file:
        file.write(copy)
    return True


def _copy_of(data: bytes, result: Result, lang: Lang) -> bytes | None:
    """The copy's bytes, made in a process of its own; None where the file is no package that can be copied."""
    file = io.BytesIO()
    try:
        write_copy(data, partial(notes_for, result, lang=lang), lang, file)
    except (Unreadable, OSError):
        return None
    return file.getvalue()


def notes_for(
    result: Result, tabs: Sequence[WorksheetPart], lang: Lang
) -> dict[WorksheetPart, list[tuple[tuple[int, int], str]]]:
    """The sheets with their notes, the heaviest first: cell (row and column from 1) and words.

    A finding without a cell goes to A1 of its sheet; one whose sheet is not there, to A1 of the first visible sheet.
    """
    first = next((tab for tab in tabs if tab.is_visible), tabs[0])
    by_name = {tab.name.casefold(): tab for tab in reversed(tabs)}
    placed: dict[WorksheetPart, list[tuple[tuple[int, int], str]]] = {}
    for finding in worst_first(findings_in_own_language(result)):
        tab = by_name.get(str(finding["sheet"]).casefold())
        cell = _cell(finding["cell"]) if tab is not None else None
        words = _words(finding, lang, with_place=cell is None)
        placed.setdefault(tab or first, []).append((cell or (1, 1), words))
    return placed


def _cell(text: str) -> tuple[int, int] | None:
    """The cell of a finding, of a range its first one."""
    try:
        return parse_ref(text.partition(":")[0])
    except ValueError:
        return None


def _words(finding: dict[str, Any], lang: Lang, *, with_place: bool) -> str:
    place = where(finding) if with_place else ""
    head = f"{severity_said(finding['severity'], lang)} {finding['code']}" + (f" ({place})" if place else "")
    return _ESCAPE_LIKE.sub("_x005F_", shown(f"{head}\n{finding['message']}\n→ {finding['hint']}"))

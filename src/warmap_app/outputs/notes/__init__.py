"""Copies of the workbooks that did not pass, each with what must be mended as notes in its cells."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from warmap.text import Text
from warmap_app.outputs import Order
from warmap_app.outputs.columns import name_of
from warmap_app.outputs.destination import file_name, new_file, new_folder
from warmap_app.outputs.notes.placing import notes_for
from warmap_app.outputs.own_words import own_language
from warmap_app.outputs.totals import Totals
from warmap_app.outputs.wording import one_line
from warmap_app.result import Result
from warmap_workbook.editing.notes import write_copy
from warmap_workbook.ooxml import Unreadable

WORKBOOKS = (".xlsx", ".xlsm")
NAMED = 5  # files that a remark names
DONE = Text("{count} 份未通过的工作簿已写成带批注的副本。", "Failed workbooks copied with notes: {count}.")
NOT_DONE = Text(
    "{count} 个未通过的文件没有副本（YAML、JSON 或打不开）：{names}",
    "Failed files without a copy (YAML, JSON or unreadable): {count}: {names}",
)


def write(results: Iterable[Result], order: Order, _: Totals) -> list[Text]:
    """A copy of each workbook that did not pass, under its own name."""
    folder: Path = order.out  # type: ignore[assignment]  # `ready` has seen to it
    new_folder(folder)
    taken: set[str] = set()
    done, left = 0, 0
    named: list[str] = []
    for result in results:
        if result["passed"]:
            continue
        if _copied(result, order, folder, taken):
            done += 1
        else:
            left += 1
            named = [*named, one_line(name_of(result["file"]))][:NAMED]
    names = ", ".join(named) + (" …" if left > NAMED else "")
    remarks = [DONE.filled(count=done)]
    return [*remarks, NOT_DONE.filled(count=left, names=names)] if left else remarks


def _copied(result: Result, order: Order, folder: Path, taken: set[str]) -> bool:
    """Whether a copy was written."""
    name = name_of(result["file"])
    lang = own_language(result, order.lang)
    stem, ending = name[: -len(WORKBOOKS[0])], name[-len(WORKBOOKS[0]) :]
    if ending.lower() not in WORKBOOKS or result["language"] is None:
        return False
    path = folder / file_name(stem, taken, ending)
    try:
        data = order.read(result["file"])
        with new_file(path, force=order.force) as file:
            write_copy(data, partial(notes_for, result, lang=lang), lang, file)
    except (Unreadable, OSError):
        taken.discard(path.name.casefold())
        return False
    return True

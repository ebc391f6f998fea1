"""The workbook of a check: Summary, Files, Findings, and a sheet for each rep. No cell is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from warmap.text import Text
from warmap_app.outputs import Order
from warmap_app.outputs.columns import findings_of
from warmap_app.outputs.destination import new_file
from warmap_app.outputs.totals import Totals
from warmap_app.outputs.xlsx.reps import MOST_SHEETS, RepSheets
from warmap_app.outputs.xlsx.sheet import LAST_ROW, MOST_LINKS, GrowingSheet
from warmap_app.result import Result
from warmap_workbook.writing.draft import TEXT_STAYS_TEXT

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

SUMMARY, FILES, FINDINGS = Text("汇总", "Summary"), Text("文件", "Files"), Text("问题", "Findings")
NO_ROOM = Text(
    "表“{sheet}”只有 {most} 行的位置，还有 {dropped} 行没有写入；完整内容请用 --format csv 或 parquet。",
    "The sheet “{sheet}” has room for {most} rows; {dropped} more were left out. Use --format csv or parquet for all.",
)
NO_LINKS = Text(
    "表“{sheet}”里前 {most} 个单元格带链接，其余没有（Excel 的上限）。",
    "On the sheet “{sheet}” the first {most} cells are links, the others are not (Excel's limit).",
)
NO_SHEETS = Text(
    "每位销售一张表，最多 {most} 张；另有 {count} 位销售没有单独的表。",
    "A sheet a rep, at most {most}: {count} more reps have none.",
)
OPTIONS = {**TEXT_STAYS_TEXT, "constant_memory": True, "nan_inf_to_errors": True}


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """All sheets grow while the results come; the summary is written last."""
    path: Path = order.out  # type: ignore[assignment]  # `ready` has seen to it
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as aside,
        new_file(path, force=order.force) as file,
        _book(file, aside) as book,
    ):
        remarks = _fill(book, results, order, totals, path.parent)
        book.close()
    return remarks


@contextmanager
def _book(file: BinaryIO, aside: str) -> Iterator[Workbook]:
    """A workbook whose rows wait in a folder of files, which are closed whatever happens."""
    from xlsxwriter import Workbook

    book = Workbook(file, {**OPTIONS, "tmpdir": aside})
    try:
        yield book
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()


def _fill(book: Workbook, results: Iterable[Result], order: Order, totals: Totals, folder: Path) -> list[Text]:
    from warmap_app.outputs.xlsx.looks import Looks
    from warmap_app.outputs.xlsx.reps import RepSheets
    from warmap_app.outputs.xlsx.summary import write_summary
    from warmap_app.outputs.xlsx.tables import FilesSheet, FindingsSheet

    lang = order.lang
    book.set_properties({"title": SUMMARY.to(lang), "author": "warmap"})
    looks = Looks(book, lang)
    summary = book.add_worksheet(SUMMARY.to(lang))
    files = FilesSheet(book.add_worksheet(FILES.to(lang)), looks, lang, folder)
    findings = FindingsSheet(book.add_worksheet(FINDINGS.to(lang)), looks, lang, folder)
    reps = RepSheets(book, looks, lang, folder, {sheet.get_name().casefold() for sheet in book.worksheets()})
    for result in results:
        files.add(result)
        for found in findings_of(result):
            findings.add(found)
        reps.add(result)
    files.close()
    findings.close()
    remarks = _remarks([files, findings], reps)
    write_summary(summary, looks, lang, totals, reps.reps.values(), remarks)
    return remarks


def _remarks(sheets: Iterable[GrowingSheet], reps: RepSheets) -> list[Text]:
    """What did not fit, in words."""
    said: list[Text] = []
    with_sheet = [rep.sheet for rep in reps.reps.values() if rep.sheet is not None]
    for sheet in [*sheets, *with_sheet]:
        facts: dict[str, object] = {"sheet": sheet.sheet.get_name(), "dropped": sheet.dropped}
        if sheet.dropped:
            said.append(_filled(NO_ROOM, {**facts, "most": LAST_ROW}))
        if sheet.links >= MOST_LINKS:
            said.append(_filled(NO_LINKS, {**facts, "most": MOST_LINKS}))
    if reps.without_sheet:
        said.append(_filled(NO_SHEETS, {"count": reps.without_sheet, "most": MOST_SHEETS}))
    return said


def _filled(words: Text, facts: dict[str, object]) -> Text:
    return words.filled(**facts)

"""The workbook of a check: Summary, Files, Findings, and a sheet for each rep. No cell is ever a formula."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import fsum
from tempfile import TemporaryDirectory
from typing import BinaryIO

from xlsxwriter.workbook import Workbook

from warmap._version import VERSION
from warmap.findings import CHECKS
from warmap.terms import Severity
from warmap.text import Text
from warmap_app.outputs import Order, Totals
from warmap_app.outputs.beside import TITLES
from warmap_app.outputs.columns import Cell, findings_of
from warmap_app.outputs.destination import new_file
from warmap_app.outputs.wording import FILE_COUNTS, MADE_BY, TITLE, problem
from warmap_app.outputs.xlsx.growing_sheet import LAST_ROW, MOST_LINKS, SEVERITY_LOOKS, GrowingSheet, Looks
from warmap_app.outputs.xlsx.listings import MOST_REP_SHEETS, BesideSheet, FilesSheet, FindingsSheet, Rep, Reps
from warmap_app.result import Result
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import TEXT_STAYS_TEXT

SUMMARY = Text("汇总", "Summary")
BY_REP, BY_CODE = Text("按销售", "By rep"), Text("按问题", "By problem")
REP_HEADS = (
    Text("销售", "Rep"), *FILE_COUNTS, *(s.label for s in Severity), Text("未应对红旗", "Open red flags"),
    Text("平均健康度", "Mean health"),
)  # fmt: skip
CODE_HEADS = (Text("代码", "Code"), Text("条数", "Count"), Text("严重程度", "Severity"), Text("问题", "Problem"))
WIDTHS = (26, 13, 13, 13, 13, 13, 13, 14, 14)
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
# Written rows go to a file at once, so that memory does not grow with the number of findings.
OPTIONS = {**TEXT_STAYS_TEXT, "constant_memory": True, "nan_inf_to_errors": True}


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """All sheets grow while the results come; the summary is written last."""
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as aside,
        new_file(order.place, force=order.force, inputs=order.inputs) as file,
        _book(file, aside) as book,
    ):
        remarks = _fill(book, results, order, totals)
        book.close()
    return remarks


@contextmanager
def _book(file: BinaryIO, aside: str) -> Iterator[Workbook]:
    """A workbook whose rows wait in files of their own, which Windows cannot delete until they are closed."""
    book = Workbook(file, {**OPTIONS, "tmpdir": aside})
    try:
        yield book
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()


def _fill(book: Workbook, results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    lang, looks = order.lang, Looks(book, order.lang, order.place.parent)
    book.set_properties({"title": SUMMARY.to(lang), "author": "warmap"})
    summary = Summary(looks, SUMMARY.to(lang), style.SAND)
    files, findings = FilesSheet(looks), FindingsSheet(looks)
    reps = Reps(looks, [title.to(lang) for title in TITLES.values()])
    for result in results:
        files.add(result)
        for found in findings_of(result):
            findings.add(found)
        reps.add(result)
    files.close()
    findings.close()
    beside = [BesideSheet(looks, table) for table in totals.beside.tables(lang)]
    remarks = list(_remarks([files, findings, *beside], list(reps)))
    summary.fill(totals, list(reps), remarks)
    return remarks


def _remarks(sheets: Sequence[GrowingSheet], reps: Sequence[Rep]) -> Iterator[Text]:
    for sheet in [*sheets, *(rep.sheet for rep in reps if rep.sheet is not None)]:
        name = sheet.sheet.get_name()
        if sheet.dropped:
            yield NO_ROOM.filled(sheet=name, most=LAST_ROW, dropped=sheet.dropped)
        if sheet.links >= MOST_LINKS:
            yield NO_LINKS.filled(sheet=name, most=MOST_LINKS)
    without_sheet = sum(rep.sheet is None for rep in reps)
    if without_sheet:
        yield NO_SHEETS.filled(most=MOST_REP_SHEETS, count=without_sheet)


class Summary(GrowingSheet):
    """The front sheet: how many passed, by rep and by problem."""

    def fill(self, totals: Totals, reps: Sequence[Rep], remarks: Sequence[Text]) -> None:
        """The whole sheet; written last, when the totals are known."""
        self.widths(WIDTHS)
        self.put(0, TITLE.to(self.lang), self.looks.title())
        self.put(8, MADE_BY.say(self.lang, {"version": VERSION}), self.looks.quiet(align="right"))
        self.end_row(30)
        self.end_row(8)
        self._cards(totals)
        for words in [*totals.said(self.lang), *(remark.to(self.lang) for remark in remarks)]:
            self.put(0, words, self.looks.quiet())
            self.row += 1
        self._by_rep(reps)
        self._by_code(totals)

    def _cards(self, totals: Totals) -> None:
        box = {"align": "center", "bg_color": style.GREY_PALE, "border": 1, "border_color": style.PAPER}
        cards = (
            (FILE_COUNTS[0], totals.files, {}),
            (FILE_COUNTS[1], totals.passed, {"font_color": style.TEAL}),
            (FILE_COUNTS[2], totals.failed, {"font_color": style.RED}),
            *((s.label, totals.severities[s], SEVERITY_LOOKS[s]) for s in Severity),
        )
        for place, (_, figure, colour) in enumerate(cards):
            self.put(place, figure, self.looks(**{**box, "bold": True, "font_size": 20, **colour}))
        self.end_row(34)
        for place, (head, _, colour) in enumerate(cards):
            self.put(place, head.to(self.lang), self.looks(**{**box, "font_color": style.PALE_INK, **colour}))
        self.end_row()
        self.end_row()

    def _by_rep(self, reps: Sequence[Rep]) -> None:
        """A row a rep, those with most to fix first; the name links to the rep's sheet."""
        self._section(BY_REP, REP_HEADS)
        for rep in sorted(reps, key=lambda rep: (-rep.failed, -rep.severities["critical"], rep.name)):
            link = None if rep.sheet is None else "internal:'" + rep.sheet.sheet.get_name().replace("'", "''") + "'!A1"
            self.put(0, rep.name, self.looks.linked() if link else self.looks.cell(), link)
            tally = (rep.severities[severity] for severity in Severity)
            figures: list[Cell] = [rep.passed + rep.failed, rep.passed, rep.failed, *tally, rep.open_flags]
            for place, figure in enumerate(figures, 1):
                self.put(place, figure, self.looks.cell(num_format="0;-0;·", align="center"))
            mean = fsum(rep.health) / len(rep.health) if rep.health else None
            self.put(len(figures) + 1, mean, self.looks.cell(num_format=style.SCORE, align="center"))
            self.end_row()
        self.end_row()

    def _by_code(self, totals: Totals) -> None:
        self._section(BY_CODE, CODE_HEADS)
        for code, count in totals.codes.most_common():
            self.put(0, code, self.looks.cell())
            self.put(1, count, self.looks.cell(num_format="0", align="center"))
            self.put_severity(2, CHECKS[code].severity.value if code in CHECKS else Severity.MINOR.value)
            self.put(3, problem(code, self.lang), self.looks.cell(text_wrap=False))
            for place in range(4, len(WIDTHS)):
                self.put(place, None, self.looks.cell())
            self.end_row()

    def _section(self, title: Text, heads: Sequence[Text]) -> None:
        """A title and a row of heads; the last head of the problems runs on to the right, over blank ones."""
        self.end_row()
        self.put(0, title.to(self.lang), self.looks(bold=True, font_size=13, font_color=style.NAVY))
        self.end_row(24)
        for place in range(len(WIDTHS)):
            if place >= len(heads):
                self.put(place, None, self.looks.header(style.NAVY, border=0))
                continue
            is_left = place == 0 or (heads is CODE_HEADS and place == len(heads) - 1)
            more = {"align": "left"} if is_left else {}
            self.put(place, heads[place].to(self.lang), self.looks.header(style.NAVY, text_wrap=False, **more))
        self.end_row(20)

"""The guide: a contents page with links, the method term by term, and a worked example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.layout import GUIDE_NAME, TAB, TABS, TabKind
from warmap.text import Text
from warmap_workbook.writing import style
from warmap_workbook.writing.guide import EXAMPLE, EXAMPLE_PEOPLE, EXAMPLE_TITLE, GUIDE
from warmap_workbook.writing.widths import lines_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

CONTENTS = Text("目录", "Contents")
KINDS = {
    TabKind.INPUT: Text("您填写", "you fill in"),
    TabKind.COMPUTED: Text("自动计算", "computed"),
    TabKind.OTHER: Text("设置与说明", "settings and guide"),
}
WIDTHS = (30, 96, 16)
LINE = 15
TOP = 4


def write(draft: Draft) -> None:
    """The whole sheet."""
    from warmap_workbook.writing.build import page

    sheet = page(draft, TAB["guide"])
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    writer = _Writer(draft, sheet)
    writer.contents()
    for section in GUIDE:
        writer.section(section.title, section.words)
        for term, words in section.terms.items():
            writer.line(term.label.to(draft.lang), words.to(draft.lang))
    writer.section(EXAMPLE_TITLE, Text("", ""))
    for title, words in EXAMPLE:
        names = {role: name.to(draft.lang) for role, name in EXAMPLE_PEOPLE.items()}
        writer.line(title.to(draft.lang), words.to(draft.lang).format(**names))
    draft.book.define_name(GUIDE_NAME, f"='{TAB['guide'].name.to(draft.lang)}'!$A$1")
    sheet.print_area(0, 0, writer.row - 1, len(WIDTHS) - 1)


class _Writer:
    """Writes from the top down; `row` (from 0) is the next one."""

    def __init__(self, draft: Draft, sheet: Worksheet) -> None:
        self.draft, self.sheet, self.row = draft, sheet, TOP - 1

    def contents(self) -> None:
        """Every visible sheet with a link, what it is for, and whose hand fills it."""
        self._title(CONTENTS.to(self.draft.lang))
        for tab in TABS:
            if tab.kind is TabKind.HIDDEN:
                continue
            name = tab.name.to(self.draft.lang)
            look = self._look(font_color=style.BLUE, underline=1)
            self.sheet.write_url(self.row, 0, f"internal:'{name}'!A1", look, name)
            self.sheet.write_string(self.row, 1, tab.purpose.to(self.draft.lang), self._look())
            kind = self._look(font_color=style.PAPER, bg_color=style.TAB_COLOUR[tab.kind], align="center", font_size=9)
            self.sheet.write_string(self.row, 2, KINDS[tab.kind].to(self.draft.lang), kind)
            self._height(tab.purpose.to(self.draft.lang))
        self.row += 1

    def section(self, title: Text, words: Text) -> None:
        """A heading, and its words across the sheet."""
        self._title(title.to(self.draft.lang))
        said = words.to(self.draft.lang)
        if said:
            self.sheet.merge_range(self.row, 0, self.row, 2, said, self.draft.formats(text_wrap=True, valign="top"))
            self._height(said, sum(WIDTHS))

    def line(self, term: str, words: str) -> None:
        """A term and what it means."""
        self.sheet.write_string(self.row, 0, term, self._look(bold=True, indent=1))
        self.sheet.merge_range(self.row, 1, self.row, 2, words, self._look())
        self._height(words, sum(WIDTHS[1:]), term)

    def _title(self, words: str) -> None:
        look = self.draft.formats(bold=True, font_size=12, font_color=style.SAND, bottom=2, bottom_color=style.SAND)
        self.sheet.merge_range(self.row, 0, self.row, 2, words, look)
        self.sheet.set_row(self.row, 24)
        self.row += 1

    def _look(self, **what: Any) -> Any:
        return self.draft.formats(
            **{"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": style.LINE, **what}
        )

    def _height(self, words: str, width: int = WIDTHS[1], term: str = "") -> None:
        lines = max(lines_of(words, width), lines_of(term, WIDTHS[0] - 3))
        self.sheet.set_row(self.row, LINE * lines + 4)
        self.row += 1

"""The front sheet: how many passed, by rep and by problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from warmap._version import VERSION
from warmap.findings import CHECKS
from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap_app.outputs.columns import Cell
from warmap_app.outputs.totals import Totals
from warmap_app.outputs.wording import checked_lines, problem, severity_said
from warmap_app.outputs.xlsx.looks import SEVERITY_LOOKS, Looks, set_page
from warmap_app.outputs.xlsx.reps import Rep
from warmap_app.outputs.xlsx.sheet import GrowingSheet
from warmap_workbook.writing import style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE = Text("作战地图检查结果", "War map check")
CARDS = (Text("文件", "Files"), Text("通过", "Passed"), Text("未通过", "Not passed"), *(s.label for s in Severity))
BY_REP, BY_CODE = Text("按销售", "By rep"), Text("按问题", "By problem")
REP_HEADS = (
    Text("销售", "Rep"), Text("文件", "Files"), Text("通过", "Passed"), Text("未通过", "Not passed"),
    *(s.label for s in Severity), Text("未应对红旗", "Open red flags"), Text("平均健康度", "Mean health"),
)  # fmt: skip
CODE_HEADS = (Text("代码", "Code"), Text("条数", "Count"), Text("严重程度", "Severity"), Text("问题", "Problem"))
WIDTHS = (26, 13, 13, 13, 13, 13, 13, 14, 14)
MADE = Text("由 warmap {version} 生成", "made by warmap {version}")


def write_summary(
    sheet: Worksheet, looks: Looks, lang: Lang, totals: Totals, reps: Iterable[Rep], remarks: Sequence[Text]
) -> None:
    """Everything on the front sheet; written last, when the totals are known."""
    set_page(sheet, 0, lang, top_rows=1)
    sheet.set_tab_color(style.SAND)
    page = _Page(sheet, looks, lang)
    page.widths(WIDTHS)
    page.title()
    page.cards(totals)
    for words in [*checked_lines(totals, lang), *(remark.to(lang) for remark in remarks)]:
        page.put(0, words, looks.quiet())
        page.row += 1
    page.by_rep(list(reps))
    page.by_code(totals)


class _Page(GrowingSheet):
    def __init__(self, sheet: Worksheet, looks: Looks, lang: Lang) -> None:
        super().__init__(sheet, looks)
        self._lang = lang

    def title(self) -> None:
        self.put(0, TITLE.to(self._lang), self.looks.title())
        self.put(8, MADE.say(self._lang, {"version": VERSION}), self.looks.quiet(align="right"))
        self.end_row(30)
        self.end_row(8)

    def cards(self, totals: Totals) -> None:
        """Six figures side by side."""
        figures = (totals.files, totals.passed, totals.failed, *(totals.severities[s.value] for s in Severity))
        colours = (
            {},
            {"font_color": style.TEAL},
            {"font_color": style.RED},
            *(SEVERITY_LOOKS[s.value] for s in Severity),
        )
        box = {"align": "center", "bg_color": style.GREY_PALE, "border": 1, "border_color": style.PAPER}
        for place, figure in enumerate(figures):
            self.put(place, figure, self.looks(**{**box, "bold": True, "font_size": 20, **colours[place]}))
        self.end_row(34)
        for place, words in enumerate(CARDS):
            self.put(place, words.to(self._lang), self.looks(**{**box, "font_color": style.PALE_INK, **colours[place]}))
        self.end_row()
        self.end_row()

    def by_rep(self, reps: Sequence[Rep]) -> None:
        """A row a rep, those with most to mend first; the name leads to his sheet."""
        self._section(BY_REP, REP_HEADS)
        for rep in sorted(reps, key=lambda rep: (-rep.failed, -rep.severities["critical"], rep.name)):
            tally = [rep.severities[severity.value] for severity in Severity]
            mean = sum(rep.health) / len(rep.health) if rep.health else None
            link = None if rep.sheet is None else "internal:'" + rep.sheet.sheet.get_name().replace("'", "''") + "'!A1"
            self.put(0, rep.name, self.looks.linked() if link else self.looks.cell(), link)
            figures: list[Cell] = [rep.passed + rep.failed, rep.passed, rep.failed, *tally, rep.open_flags]
            for place, figure in enumerate(figures, 1):
                self.put(place, figure, self.looks.cell(num_format="0;-0;·", align="center"))
            self.put(len(figures) + 1, mean, self.looks.cell(num_format="0.0", align="center"))
            self.end_row()
        self.end_row()

    def by_code(self, totals: Totals) -> None:
        """A row a code, the most frequent first."""
        self._section(BY_CODE, CODE_HEADS)
        for code, count in totals.codes.most_common():
            severity = CHECKS[code].severity.value if code in CHECKS else Severity.MINOR.value
            self.put(0, code, self.looks.cell())
            self.put(1, count, self.looks.cell(num_format="0", align="center"))
            self.put(2, severity_said(severity, self._lang), self.looks.severity(severity))
            self.put(3, problem(code, self._lang), self.looks.cell(text_wrap=False))
            for place in range(4, len(WIDTHS)):
                self.put(place, None, self.looks.cell())
            self.end_row()

    def _section(self, title: Text, heads: Sequence[Text]) -> None:
        self.end_row()
        self.put(0, title.to(self._lang), self.looks(bold=True, font_size=13, font_color=style.NAVY))
        self.end_row(24)
        with_words = {"text_wrap": False}
        for place in range(len(WIDTHS)):
            if place >= len(heads):
                self.put(place, None, self.looks.head(border=0))
            elif place == 0 or (heads is CODE_HEADS and place == len(heads) - 1):
                self.put(place, heads[place].to(self._lang), self.looks.head(align="left", **with_words))
            else:
                self.put(place, heads[place].to(self._lang), self.looks.head(**with_words))
        self.end_row(20)

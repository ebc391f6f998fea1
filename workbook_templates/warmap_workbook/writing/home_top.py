"""The top of the front page: which deal this is, and the five facts about it; a map not begun says where to start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from warmap.terms import ProcurementStage
from warmap.text import Text
from warmap.worksheet import Scalar
from warmap_workbook.computed import area
from warmap_workbook.writing import style
from warmap_workbook.writing.cards import half_up, merged_formula
from warmap_workbook.writing.values import cell_values

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

TITLE = Text("大客户作战地图", "Key-account war map")
NEW_MAP = Text("新的作战地图", "A new war map")
NOT_FILLED = Text("（未填）", "(blank)")
FACTS = ("amount", "stage", "close_date", "owner", "as_of")
STAGE_FACT = Text("阶段：申报 → 实际", "Stage: claimed → earned")
FIRST, LAST, MIDDLE = 1, 14, 7  # columns B … O, the left half ends with H
SPANS = ((1, 3), (4, 8), (9, 10), (11, 12), (13, 14))


class Begun(NamedTuple):
    """Whether anybody has been entered yet: a formula that is true while nobody is, and its value now."""

    not_yet: str
    now: bool

    def unless(self, formula: str, instead: str) -> str:
        """A formula that gives `instead` while the map has not begun."""
        return f"IF({self.not_yet},{instead},{formula})"


def has_begun(draft: Draft) -> Begun:
    """As the column of the names on People says; its header is one of the cells counted."""
    return Begun("COUNTA(INDEX(wm_contacts,0,1))<2", any(contact.name for contact in draft.map.contacts))


def deal_cell(draft: Draft, code: str) -> str:
    """The cell of a field on the Deal sheet, as a formula of another sheet names it."""
    place = draft.places["deal"]
    codes = [field.code for field in place.table.fields]
    row = place.header_row + 1 + codes.index(code)
    return f"'{place.tab.name.to(draft.lang)}'!{area(row, place.left + 1, 1, 1, absolute=True)}"


def earned_stage(draft: Draft, reached: Scalar) -> tuple[str, str]:
    """The formula for the label of the stage earned, and that label now."""
    cells = area(2, draft.lists.columns[ProcurementStage] + 1, len(ProcurementStage), 1, absolute=True)
    assert isinstance(reached, float)
    label = list(ProcurementStage)[int(reached) - 1].label.to(draft.lang)
    return f"INDEX(_lists!{cells},wm_score_stage_reached)", label


class Top:
    """Writes the first rows of the front page."""

    def __init__(self, draft: Draft, sheet: Worksheet, scores: Mapping[str, Scalar]) -> None:
        self.draft, self.sheet, self.lang, self.formats, self.scores = draft, sheet, draft.lang, draft.formats, scores
        self.table = draft.places["deal"].table
        self.values = cell_values(self.table, draft.map.deal, self.lang)

    def write(self) -> None:
        """The title, and below it the facts."""
        for row in (0, 1):  # the common face of a sheet, which this one has not
            self.sheet.write_blank(row, 0, None, self.formats())
        blank = NOT_FILLED.to(self.lang)
        account, opportunity = (deal_cell(self.draft, code) for code in ("account", "opportunity"))
        title = NEW_MAP.to(self.lang)
        formula = (
            f'IF(LEN({account}&{opportunity})=0,"{title}",{self._shown("account")}&" — "&{self._shown("opportunity")})'
        )
        known = "account" in self.values or "opportunity" in self.values
        told = f"{self.values.get('account', blank)} — {self.values.get('opportunity', blank)}" if known else title
        self._formula(0, FIRST, LAST - 2, formula, told, self.formats.title())
        self.sheet.merge_range(0, LAST - 1, 0, LAST, TITLE.to(self.lang), self.formats.quiet(align="right"))
        for code, (first, last) in zip(FACTS, SPANS, strict=True):
            self._fact(code, first, last)
        self.sheet.set_row(2, 20)

    def _shown(self, code: str) -> str:
        cell = deal_cell(self.draft, code)
        return f'IF({cell}="","{NOT_FILLED.to(self.lang)}",{cell})'

    def _fact(self, code: str, first: int, last: int) -> None:
        label = STAGE_FACT if code == "stage" else self.table.by_code[code].label
        self.sheet.merge_range(1, first, 1, last, label.to(self.lang), self.formats.quiet(align="left"))
        value, formula = self.values.get(code, NOT_FILLED.to(self.lang)), self._shown(code)
        num_format = style.DATE if code in {"close_date", "as_of"} else "General"
        if code == "stage":
            earned, label_now = earned_stage(self.draft, self.scores["stage_reached"])
            formula, value = f'{formula} & " → " & {earned}', f"{value} → {label_now}"
        if code == "amount":
            amount, currency = deal_cell(self.draft, code), deal_cell(self.draft, "currency")
            formula = f'IF(ISNUMBER({amount}),TEXT({amount},"{style.MONEY}")&" "&{currency},{formula})'
            if isinstance(value, int | float):
                value = f"{half_up(value, 0):,.0f} {self.values.get('currency', '')}"
        look = self.formats(bold=True, align="left", num_format=num_format, bottom=2, bottom_color=style.NAVY)
        assert isinstance(value, str | float | int)
        self._formula(2, first, last, formula, value, look)

    def _formula(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
        merged_formula(self.sheet, row, first, last, formula, value, look)

"""The cards of the front page: a figure, a small bar, a line below, and the way to its why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from warmap.layout import TAB
from warmap.text import Text
from warmap.worksheet import Scalar
from warmap.worksheet.overview import SCORES_BY_CODE
from warmap_workbook.computed import SCORE_ROW
from warmap_workbook.writing import style
from warmap_workbook.writing.writer import stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft
    from warmap_workbook.writing.home_top import Begun

NOT_ASSESSED = Text("未评估", "not assessed")
RATED = Text("已评 ", "rated ")
POSITION = Text("位置 ", "position ")


class Card(NamedTuple):
    """A figure with a small bar: its score, its format, the value that fills the bar, and the line below.

    `below` is a formula over the names of other scores, and `beside` those scores, so that its value can be stored.
    """

    score: str
    num_format: str
    full: float
    beside: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The defined name of the score's cell."""
        return f"wm_score_{self.score}"


CARDS = (
    Card("health", "0", 100, ("band", "weakest_link")),
    Card("plan_quality", "0", 100),
    Card("role_coverage", style.PERCENT, 1),
    Card("trust", "0", 100, ("trust_assessed_share",)),
    Card("win", style.PERCENT, 1, ("quadrant",)),
    Card("needs", style.PERCENT, 1),
    Card("competition", "0", 100, ("position",)),
)


def write_cards(
    draft: Draft, sheet: Worksheet, scores: Mapping[str, Scalar], row: int, first: int, begun: Begun
) -> None:
    """All cards side by side from a cell (from 0) on; `scores` are the values of all scores by their codes."""
    writer = _Writer(draft, sheet, scores, begun)
    for position, card in enumerate(CARDS):
        writer.write(card, row, first + 2 * position)


def merged_formula(sheet: Worksheet, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
    """A formula with its true value, in a cell or across merged cells."""
    if first != last:
        sheet.merge_range(row, first, row, last, "", look)
    sheet.write_formula(row, first, f"={formula}", look, stored(value))


class _Writer:
    """Writes single cards."""

    def __init__(self, draft: Draft, sheet: Worksheet, scores: Mapping[str, Scalar], begun: Begun) -> None:
        self.sheet, self.scores, self.lang, self.formats = sheet, scores, draft.lang, draft.formats
        self.begun = begun

    def _formula(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
        merged_formula(self.sheet, row, first, last, formula, value, look)

    def write(self, card: Card, row: int, first: int) -> None:
        """One card: four rows high, two columns wide."""
        last = first + 1
        value = self.scores[card.score]
        edge = {"border": 1, "border_color": style.LINE, "bg_color": style.TEAL_PALE, "align": "center"}
        label = SCORES_BY_CODE[card.score][0].to(self.lang) + " ▸"
        place = SCORE_ROW + list(SCORES_BY_CODE).index(card.score)
        link = self.formats(**edge, font_color=style.TEAL, underline=1)
        self.sheet.merge_range(row, first, row, last, "", link)
        self.sheet.write_url(row, first, f"internal:'{TAB['scoreboard'].name.to(self.lang)}'!A{place}", link, label)
        words = NOT_ASSESSED.to(self.lang)
        is_blank = value in (None, "") or not self.begun.now
        none = f"OR({self.begun.not_yet},LEN({card.name})=0)"
        look = self.formats(**edge, bold=True, font_size=14 if is_blank else 20, num_format=card.num_format)
        self._formula(row + 1, first, last, f'IF({none},"{words}",{card.name})', words if is_blank else value, look)
        filled = int(half_up(8 * value / card.full, 0)) if isinstance(value, float | int) else 0
        bar = "" if is_blank else "█" * filled + "░" * (8 - filled)
        parts = f"ROUND(8*{card.name}/{card.full:g},0)"
        formula = f'IF({none},"",REPT("█",{parts})&REPT("░",8-{parts}))'
        self._formula(row + 2, first, last, formula, bar, self.formats(**edge, font_color=style.TEAL))
        formula, below = self._below(card)
        formula, below = self.begun.unless(formula, '""'), below if self.begun.now else ""
        look = self.formats(**edge, font_color=style.PALE_INK, font_size=9)
        self._formula(row + 3, first, last, formula, below, look)
        self.sheet.set_row(row + 1, 30)

    def _below(self, card: Card) -> tuple[str, str]:
        """The small line under a figure: a formula over other scores, and what it gives now."""
        if not card.beside:
            return '""', ""
        first = f"wm_score_{card.beside[0]}"
        value = self.scores[card.beside[0]]
        if card.score == "health":
            other = self.scores[card.beside[1]]
            told = f"{value} · {other}" if value else ""
            return f'IF(LEN({first})=0,"",{first}&" · "&wm_score_{card.beside[1]})', told
        if card.score == "win":
            return f'{first}&""', str(value or "")
        words, shape = (RATED, "0%") if card.score == "trust" else (POSITION, "+0.0;-0.0;0.0")
        formula = f'IF(LEN({first})=0,"","{words.to(self.lang)}"&TEXT({first},"{shape}"))'
        if not isinstance(value, float | int):
            return formula, ""
        rounded = half_up(value, 2 if shape == "0%" else 1)
        told = f"{rounded * 100:.0f}%" if shape == "0%" else f"{rounded:+.1f}" if rounded else "0.0"
        return formula, words.to(self.lang) + told


def half_up(value: float, places: int) -> float:
    """Rounded as a spreadsheet's TEXT rounds: half away from zero."""
    from decimal import ROUND_HALF_UP, Decimal

    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))

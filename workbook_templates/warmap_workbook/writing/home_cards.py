"""The upper third of the front page: which deal this is, five facts about it, and a card for each of seven scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warmap.scores import all_scores
from warmap.text import Text, half_up
from warmap.worksheet import Scalar
from warmap_workbook.computed import SCORE_ROWS
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import NOT_FILLED, Draft, write_result
from warmap_workbook.writing.input_cells import cell_values
from warmap_workbook.writing.pages import TITLE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST, LAST, MIDDLE = 1, 14, 7  # columns B … O; the left half ends with H
NEW_MAP = Text("新的作战地图", "A new war map")
STAGE_FACT = Text("阶段：申报 → 实际", "Stage: claimed → earned")
FACTS = {"amount": (1, 3), "stage": (4, 8), "close_date": (9, 10), "owner": (11, 12), "as_of": (13, 14)}  # columns
CARD_ROW = 4
NOT_ASSESSED = Text("未评估", "not assessed")
RATED = Text("已评 ", "rated ")
POSITION = Text("位置 ", "position ")
SQUARES = 8  # of the small bar of a card
# True while nobody is entered on People; the header is one of the cells counted.
NOT_BEGUN = "COUNTA(INDEX(wm_contacts,0,1))<2"


@dataclass(frozen=True, slots=True)
class Front:
    """The front page that is being written, and whether anybody has been entered on People yet."""

    draft: Draft
    sheet: Worksheet
    has_begun: bool

    def write(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any) -> None:
        """Write a formula with its true value, across cells."""
        write_result(self.sheet, row, first, last, formula, value, look)

    def write_begun(
        self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any,
        before: tuple[str, str] = ('""', ""),
    ) -> None:  # fmt: skip
        """The same for what only a map in use shows; `before` are the formula and the value on a new one."""
        shown = value if self.has_begun else before[1]
        self.write(row, first, last, f"IF({NOT_BEGUN},{before[0]},{formula})", shown, look)


@dataclass(frozen=True, slots=True)
class Card:
    """The score of a card, its number format, the value that fills the bar, and the scores in the line below."""

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


def write_top(front: Front) -> None:
    """Write account and opportunity, and below them the facts of the deal."""
    draft, sheet = front.draft, front.sheet
    for row in (0, 1):  # the common face of a sheet, which this one does not have
        sheet.write_blank(row, 0, None, draft.formats())
    values = cell_values(draft.places["deal"].table, draft.map.deal, draft.lang)
    account, opportunity = draft.deal_cell("account"), draft.deal_cell("opportunity")
    title, blank = draft.say(NEW_MAP), draft.say(NOT_FILLED)
    both = f'{draft.deal_value("account")}&" — "&{draft.deal_value("opportunity")}'
    formula = f'IF(LEN({account}&{opportunity})=0,"{title}",{both})'
    known = "account" in values or "opportunity" in values
    told = f"{values.get('account', blank)} — {values.get('opportunity', blank)}" if known else title
    front.write(0, FIRST, LAST - 2, formula, told, draft.formats.title())
    sheet.merge_range(0, LAST - 1, 0, LAST, draft.say(TITLE), draft.formats.quiet(align="right"))
    for code, (first, last) in FACTS.items():
        label = STAGE_FACT if code == "stage" else draft.places["deal"].table.by_code[code].label
        sheet.merge_range(1, first, 1, last, draft.say(label), draft.formats.quiet(align="left"))
        num_format = style.DATE if code in {"close_date", "as_of"} else style.NUMBER
        look = draft.formats(bold=True, align="left", num_format=num_format, bottom=2, bottom_color=style.NAVY)
        front.write(2, first, last, *_fact(draft, code, values), look)
    sheet.set_row(2, 20)


def _fact(draft: Draft, code: str, values: dict[str, object]) -> tuple[str, Scalar]:
    value, formula = values.get(code, draft.say(NOT_FILLED)), draft.deal_value(code)
    if code == "stage":
        earned, label_now = draft.earned_stage()
        return f'{formula} & " → " & {earned}', f"{value} → {label_now}"
    if code == "amount":
        cell, currency = draft.deal_cell(code), draft.deal_cell("currency")
        formula = f'IF(ISNUMBER({cell}),TEXT({cell},"{style.MONEY}")&" "&{currency},{formula})'
        if isinstance(value, int | float):
            value = f"{half_up(value, 0):,.0f} {values.get('currency', '')}"
    assert isinstance(value, str | float | int)
    return formula, value


def write_cards(front: Front) -> None:
    """Write all cards side by side."""
    for position, card in enumerate(CARDS):
        _write_card(front, card, FIRST + 2 * position)


def _write_card(front: Front, card: Card, first: int) -> None:
    """Write one card, four rows by two columns: name and link to its reason, figure, bar, line below."""
    draft, row, last = front.draft, CARD_ROW, first + 1
    value = draft.score(card.score)
    edge = {**style.BOXED, "bg_color": style.TEAL_PALE, "align": "center"}
    link = draft.formats(**edge, font_color=style.TEAL, underline=1)
    front.sheet.merge_range(row, first, row, last, "", link)
    why = f"internal:'{draft.tab_name('scoreboard')}'!A{SCORE_ROWS[card.score]}"
    front.sheet.write_url(row, first, why, link, draft.say(all_scores()[card.score].name) + " ▸")
    words = draft.say(NOT_ASSESSED)
    is_blank = value in (None, "") or not front.has_begun
    none = f"OR({NOT_BEGUN},LEN({card.name})=0)"
    look = draft.formats(**edge, bold=True, font_size=14 if is_blank else 20, num_format=card.num_format)
    front.write(row + 1, first, last, f'IF({none},"{words}",{card.name})', words if is_blank else value, look)
    filled = int(half_up(SQUARES * value / card.full, 0)) if isinstance(value, float | int) else 0
    bar = "" if is_blank else "█" * filled + "░" * (SQUARES - filled)
    squares = f"ROUND({SQUARES}*{card.name}/{card.full:g},0)"
    formula = f'IF({none},"",REPT("█",{squares})&REPT("░",{SQUARES}-{squares}))'
    front.write(row + 2, first, last, formula, bar, draft.formats(**edge, font_color=style.TEAL))
    formula, below = _below(draft, card)
    look = draft.formats(**edge, font_color=style.PALE_INK, font_size=9)
    front.write_begun(row + 3, first, last, formula, below, look)
    front.sheet.set_row(row + 1, 30)


def _below(draft: Draft, card: Card) -> tuple[str, str]:
    """The small line under a figure: a formula over other scores, and what it gives now."""
    if not card.beside:
        return '""', ""
    first = f"wm_score_{card.beside[0]}"
    value = draft.score(card.beside[0])
    if card.score == "health":
        told = f"{value} · {draft.score(card.beside[1])}" if value else ""
        return f'IF(LEN({first})=0,"",{first}&" · "&wm_score_{card.beside[1]})', told
    if card.score == "win":
        return f'{first}&""', str(value or "")
    words, shape = (draft.say(RATED), "0%") if card.score == "trust" else (draft.say(POSITION), "+0.0;-0.0;0.0")
    formula = f'IF(LEN({first})=0,"","{words}"&TEXT({first},"{shape}"))'
    if not isinstance(value, float | int):
        return formula, ""
    rounded = half_up(value, 2 if shape == "0%" else 1)
    told = f"{rounded * 100:.0f}%" if shape == "0%" else f"{rounded:+.1f}" if rounded else "0.0"
    return formula, words + told

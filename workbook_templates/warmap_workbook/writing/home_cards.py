"""The upper third of the front page: which deal this is, its facts, and a card for each of seven scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warmap.scores import Kind, Score, all_scores
from warmap.scores.health import band_of
from warmap.terms import HealthBand
from warmap.text import Text, half_up
from warmap.worksheet import Scalar
from warmap.worksheet.score_functions import BAND_SIGN
from warmap.worksheet.this_week import JUDGED_BEFORE
from warmap_workbook.computed import SCORE_ROW, SCORE_ROWS, area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import NOT_FILLED, Draft, format_if, write_result
from warmap_workbook.writing.input_cells import cell_values

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST, LAST, MIDDLE = 1, 14, 7  # columns B … O; the left half ends with H
NEW_MAP = Text("新的作战地图", "A new war map")
STAGES = Text("申报 → 实际", "Claimed → earned")
FACTS = {  # by field of the deal: the column of its label, the last of its value
    "amount": (1, 3), "stage": (4, 7), "close_date": (8, 9), "owner": (10, 11), "as_of": (12, 14),
}  # fmt: skip
AS_OF_NAME = "wm_as_of"
FACTS_ROW, CARD_ROW = 1, 3
TITLE_LAST = 8  # the last column of the title; the rest of its row says when the day of judging is too old
NOT_ASSESSED = Text("○ 未评估", "○ not assessed")
BEFORE_FLAGS = Text("红旗前 #", "# before red flags")
SINCE, POINTS = Text("比上次 #", "# since last time"), Text(" 个百分点", " points")
RATED, POSITION, WEAKEST = Text("已评 #", "rated #"), Text("位置 #", "position #"), Text("最弱：#", "weakest: #")
# Excel takes signs outside ASCII in a number format only with a backslash before them.
SIGNED, SIGNED_WHOLE, SIGNED_POSITION = r"+0.0;\−0.0;\±0", r"+0;\−0;\±0", r"+0.0;\−0.0;0.0"
# True while nobody is entered on People; the header is one of the cells counted.
NOT_BEGUN = "COUNTA(INDEX(wm_contacts,0,1))<2"
BAND_COLOUR = {
    HealthBand.GREEN: style.GREEN_PALE, HealthBand.AMBER: style.ORANGE_PALE, HealthBand.RED: style.RED_PALE,
}  # fmt: skip
LIMITS = {"green": "wm_band_green", "amber": "wm_band_amber", "assessed": "wm_band_assessed_from"}
LIMIT_CELLS = {"green": "band.green", "amber": "band.amber", "assessed": "band_assessed_from"}
LIMITS_AT = (1, 20)  # on the status sheet, from 0


@dataclass(frozen=True, slots=True)
class Front:
    """The front page that is being written, and whether anybody has been entered on People yet."""

    draft: Draft
    sheet: Worksheet
    has_begun: bool

    def write(self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any, *, rows: int = 1) -> None:
        """Write a formula with its true value, across cells."""
        write_result(self.sheet, row, first, last, formula, value, look, rows=rows)

    def write_begun(
        self, row: int, first: int, last: int, formula: str, value: Scalar, look: Any,
        before: tuple[str, str] = ('""', ""), *, rows: int = 1,
    ) -> None:  # fmt: skip
        """The same for what only a map in use shows; `before` are the formula and the value on a new one."""
        shown = value if self.has_begun else before[1]
        self.write(row, first, last, f"IF({NOT_BEGUN},{before[0]},{formula})", shown, look, rows=rows)


@dataclass(frozen=True, slots=True)
class Card:
    """The score of a card, and the share of it that is assessed where there is such a score."""

    code: str
    assessed: str = ""

    @property
    def score(self) -> Score:
        """The score itself."""
        return all_scores()[self.code]

    @property
    def name(self) -> str:
        """The defined name of the score's cell."""
        return f"wm_score_{self.code}"

    @property
    def is_share(self) -> bool:
        """Whether it is 0 … 1, not 0 … 100."""
        return self.score.kind is Kind.SHARE


CARDS = (
    Card("health", "health_assessed_share"), Card("plan_quality"), Card("role_coverage"),
    Card("trust", "trust_assessed_share"), Card("win"), Card("needs"), Card("competition"),
)  # fmt: skip


def write_top(front: Front) -> None:
    """Write account and opportunity, whether the day of judging is too old, and below them the facts of the deal."""
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
    front.write(0, FIRST, TITLE_LAST, formula, told, draft.formats.title())
    place = draft.places["deal"]
    field = list(place.table.by_code).index("as_of")
    draft.define_name(AS_OF_NAME, "deal", place.header_row + 1 + field, place.left + 1)
    _too_old(front)
    for code, (first, last) in FACTS.items():
        label = STAGES if code == "stage" else place.table.by_code[code].label
        sheet.write_string(FACTS_ROW, first, draft.say(label), draft.formats.quiet(font_size=9))
        num_format = style.DATE if code in {"close_date", "as_of"} else style.NUMBER
        look = {"bold": True, "align": "left", "num_format": num_format}
        if code == "as_of":
            look |= {"font_color": style.BLUE, "underline": 1}
        front.write(FACTS_ROW, first + 1, last, *_fact(draft, code, values), draft.formats(**look))
    sheet.set_row(0, 21)


def _too_old(front: Front) -> None:
    """Say at the top that the day of judging lies before the newest entry; then the week's list begins with it."""
    draft, line = front.draft, "INDEX(wm_this_week,1,1)"
    begins = JUDGED_BEFORE.say(draft.lang, {"field": draft.places["deal"].table.by_code["as_of"].label, "day": "#"})
    begins = begins[: begins.index("#")]
    told = str(draft.values["wm_this_week"][0][0] or "")
    formula = f'IF(LEFT({line},{len(begins)})="{begins}","▲ "&{line},"")'
    look = draft.formats(bold=True, font_color=style.RED, align="right", font_size=9)
    front.write(0, TITLE_LAST + 1, LAST, formula, f"▲ {told}" if told.startswith(begins) else "", look)


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
    if code == "as_of":
        formula = f'HYPERLINK("#{AS_OF_NAME}",{formula})'
    assert isinstance(value, str | float | int)
    return formula, value


def write_cards(front: Front) -> None:
    """Write all cards side by side, and where the limits of their colours stand."""
    draft, status = front.draft, front.draft.sheet("status")
    held = {"green": draft.settings.band["green"], "amber": draft.settings.band["amber"],
            "assessed": draft.settings.band_assessed_from}  # fmt: skip
    row, column = LIMITS_AT
    for place, (code, name) in enumerate(LIMITS.items(), row):
        status.write_formula(place, column, f'=VLOOKUP("{LIMIT_CELLS[code]}",wm_settings,2,0)', None, held[code])
        draft.define_name(name, "status", place + 1, column + 1)
    for position, card in enumerate(CARDS):
        _CardWriter(front, card, FIRST + 2 * position).write()


class _CardWriter:
    """Writes one card, four rows by two columns: name and link to its reason, figure and band, change, line below."""

    def __init__(self, front: Front, card: Card, first: int) -> None:
        self.front, self.draft, self.card, self.first = front, front.draft, card, first
        self.value = self.draft.score(card.code)
        self.is_blank = self.value in (None, "") or not front.has_begun

    def write(self) -> None:
        draft, sheet, row, first = self.draft, self.front.sheet, CARD_ROW, self.first
        edge = {"bg_color": style.GREY_PALE, "align": "center"}
        top, bottom = ({side: 1, f"{side}_color": style.LINE} for side in ("top", "bottom"))
        left, right = ({side: 1, f"{side}_color": style.LINE} for side in ("left", "right"))
        link = draft.formats(**edge, **top, **left, **right, font_color=style.TEAL, underline=1)
        sheet.merge_range(row, first, row, first + 1, "", link)
        why = f"internal:'{draft.tab_name('scoreboard')}'!A{SCORE_ROWS[self.card.code]}"
        sheet.write_url(row, first, why, link, draft.say(self.card.score.name) + " ▸")
        none = f"OR({NOT_BEGUN},LEN({self.card.name})=0)"
        figure = draft.formats(
            **{**edge, **left, "align": "right"}, bold=True, font_size=16,
            num_format=style.PERCENT if self.card.is_share else style.SCORE,
        )  # fmt: skip
        shown = "–" if self.is_blank else self.value
        self.front.write(row + 1, first, first, f'IF({none},"–",{self.card.name})', shown, figure)
        word = draft.formats(**{**edge, **right, "align": "left"}, bold=True, indent=1, text_wrap=True, font_size=9)
        self.front.write(row + 1, first + 1, first + 1, *self._band(none), word)
        small = draft.formats(**edge, **left, **right, font_color=style.PALE_INK, font_size=8)
        self.front.write_begun(row + 2, first, first + 1, *self._change(), small)
        small = draft.formats(**edge, **left, **right, **bottom, font_color=style.PALE_INK, font_size=8)
        self.front.write_begun(row + 3, first, first + 1, *self._below(), small)
        cell = area(row + 2, first + 2, 1, 1, absolute=True)
        for band, paper in BAND_COLOUR.items():
            shade = draft.formats.conditional(bg_color=paper)
            format_if(sheet, (row, first, row + 3, first + 1), f'LEFT({cell},1)="{BAND_SIGN[band]}"', shade)

    def _band(self, none: str) -> tuple[str, str]:
        """Sign and word: green, amber, red, incomplete where too little of it is assessed, or not assessed."""
        draft, card = self.draft, self.card
        words = {band: f"{BAND_SIGN[band]} {draft.say(band.label)}" for band in HealthBand}
        not_assessed, incomplete = draft.say(NOT_ASSESSED), words[HealthBand.INCOMPLETE]
        full = f"100*{card.name}" if card.is_share else card.name
        formula = (
            f'IF({full}>={LIMITS["green"]},"{words[HealthBand.GREEN]}",'
            f'IF({full}>={LIMITS["amber"]},"{words[HealthBand.AMBER]}","{words[HealthBand.RED]}"))'
        )
        if card.assessed:
            formula = f'IF(ROUND(wm_score_{card.assessed},9)<{LIMITS["assessed"]},"{incomplete}",{formula})'
        return f'IF({none},"{not_assessed}",{formula})', not_assessed if self.is_blank else words[self._band_now()]

    def _band_now(self) -> HealthBand:
        share = self.draft.score(self.card.assessed) if self.card.assessed else 1.0
        assert isinstance(self.value, float | int)
        assert isinstance(share, float | int)
        return band_of(100 * self.value if self.card.is_share else self.value, share, self.draft.settings)

    def _change(self) -> tuple[str, str]:
        """How much it moved since the last snapshot; of health first what the components give."""
        draft, card = self.draft, self.card
        place = SCORE_ROWS[card.code] - SCORE_ROW
        cell, now = f"INDEX(wm_scores,{place + 1},5)", draft.values["wm_scores"][place][4]
        before, after = draft.say(SINCE).split("#")
        after = draft.say(POINTS) + after if card.is_share else after
        times, digits, shape = ("100*", 0, SIGNED_WHOLE) if card.is_share else ("", 1, SIGNED)
        change = f'IF(LEN({cell})=0,"","{before}"&TEXT(ROUND({times}{cell},{digits}),"{shape}")&"{after}")'
        told = ""
        if isinstance(now, float | int):
            told = f"{before}{signed(100 * now if card.is_share else now, digits)}{after}"
        if card.code != "health":
            return change, told
        base, (before, after) = draft.score("health_base"), draft.say(BEFORE_FLAGS).split("#")
        comma = "，" if draft.lang == "zh" else ", "
        name = "wm_score_health_base"
        first = f'"{before}"&TEXT(ROUND({name},1),"{style.SCORE}")&"{after}"'
        formula = f'IF(LEN({name})=0,"",{first}&IF(LEN({cell})=0,"","{comma}"&{change}))'
        if not isinstance(base, float | int):
            return formula, ""
        return formula, f"{before}{half_up(base, 1):.1f}{after}" + (comma + told if told else "")

    def _below(self) -> tuple[str, str]:
        """What else belongs to it: a formula over other scores, and what it gives now."""
        parts = {
            "health": ("weakest_link", WEAKEST, ""), "trust": ("trust_assessed_share", RATED, style.PERCENT),
            "win": ("quadrant", Text("#", "#"), ""), "competition": ("position", POSITION, SIGNED_POSITION),
        }  # fmt: skip
        if self.card.code not in parts:
            return '""', ""
        code, pattern, shape = parts[self.card.code]
        name, value = f"wm_score_{code}", self.draft.score(code)
        before, after = self.draft.say(pattern).split("#")
        figure = f'TEXT({name},"{shape}")' if shape else name
        formula = f'IF(LEN({name})=0,"","{before}"&{figure}&"{after}")'
        if value in (None, ""):
            return formula, ""
        if isinstance(value, float | int):
            value = f"{half_up(value, 2):.0%}" if shape == style.PERCENT else signed(value, 1).replace("±0", "0.0")
        return formula, f"{before}{value}{after}"


def signed(value: float, places: int) -> str:
    """A change with its sign, as the number formats above write it."""
    rounded = half_up(value, places)
    return f"{rounded:+.{places}f}".replace("-", "−") if rounded else "±0"

"""The tables of a portfolio, each column declared once for the workbook and the page: head, width, kind and value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from warmap.funnel import STAGES
from warmap.terms import HealthBand, Severity, Term
from warmap.text import Lang, Text, joined, percent, tenths
from warmap.worksheet.guidance import SIGN
from warmap.worksheet.score_functions import BAND_SIGN
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.deals import LeftOut, Risk
from warmap_app.portfolio.figures import WHOSE, Closed, Line, Money, Optimism, PeriodRow, RollUp, Total, Whose
from warmap_app.portfolio.footing import Aged, Footing
from warmap_app.portfolio.moves import Move, Step
from warmap_app.portfolio.moves_summed import MoveRow, WhoseRow
from warmap_app.portfolio.trend import Point, Since
from warmap_app.safe_text import shown

Kind = Literal[
    "text", "long", "label", "currency", "money", "moved", "daily move", "score",
    "rate", "count", "date", "sign", "file", "remark",
]  # fmt: skip
Value: TypeAlias = str | Text | Term | Money | float | date | None
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its code, head, width in characters, value and kind; a money's code is that of the figure it shows."""

    code: str
    head: Text
    width: float
    value: Callable[[Row], Value]
    kind: Kind = "text"


def places(columns: Sequence[Column[Any]]) -> dict[str, int]:
    """Where the columns of a table stand, from 0, by code."""
    return {column.code: place for place, column in enumerate(columns)}


def text_of(value: Value, kind: Kind, lang: Lang) -> str:
    """A value as people read it; '' for none."""
    if value is None:
        return ""
    if kind == "file":
        return shown(Path(str(value)).name)
    if kind in {"moved", "daily move"}:
        return _moved(value)
    if isinstance(value, HealthBand):
        return band_said(value, lang)
    if isinstance(value, Severity):
        return f"{SIGN[value]} {value.label.to(lang)}"
    if isinstance(value, Term):
        return value.label.to(lang)
    if isinstance(value, Text):
        return value.to(lang)
    if isinstance(value, float) and kind in {"score", "rate"}:
        return tenths(value) if kind == "score" else percent(value)
    return str(value)


def texts(columns: tuple[Column[Row], ...], row: Row, lang: Lang) -> list[str]:
    """A row as people read it."""
    return [text_of(column.value(row), column.kind, lang) for column in columns]


def _moved(value: Value) -> str:
    if isinstance(value, Money):
        change: float = value.units or 0
        said = str(value)
    else:
        assert isinstance(value, float)
        change, said = value, tenths(value)
        if not float(said):  # a change too small to be seen has no direction
            return said.removeprefix("-")
    return f"▲ {said}" if change > 0 else f"▼ {said.removeprefix('-')}" if change < 0 else said


def band_said(band: HealthBand, lang: Lang) -> str:
    """A band with its sign, since colour is never the only sign."""
    return f"{BAND_SIGN[band]} {band.label.to(lang)}"


def worst_flag(line: Line) -> str | Text:
    """The worst open flag of a deal."""
    risks = line.deal.risks
    return f"{risks[0].code} {risks[0].message}" if risks else Text("没有未应对的红旗", "No open flag")


def worst_said(line: Line, lang: Lang) -> list[str]:
    """A deal in the list of the worst: health, name, rep, what is left of its forecast, its heaviest flag."""
    health, adjusted = f"{band_said(line.deal.band, lang)} {tenths(line.health)}", Money(line.adjusted, line.currency)
    flag = text_of(worst_flag(line), "text", lang)
    return [health, line.deal.name, line.deal.rep, f"{words.ADJUSTED.to(lang)} {adjusted}", flag]


def period_said(period: str) -> str | Text | None:
    """A period as people read it."""
    return words.PERIOD_NAMES.get(period, period) or None


def figure_said(total: Total, code: str, lang: Lang) -> str:
    """A figure of a currency as people read it."""
    units = getattr(total, code)
    if code == "needed" and units is None and total.quota is not None:
        return words.NOTHING_CONVERTS.to(lang)
    return "—" if units is None else str(Money(units, total.currency))


def _money(code: str, head: Text, width: float, kind: Kind = "money") -> Column[Any]:
    return Column(code, head, width, lambda row: Money(getattr(row, code), row.currency), kind)


BRIDGE = {
    "claimed": words.CLAIMED, "stage_step": words.STAGE_STEP, "health_step": words.HEALTH_STEP,
    "adjusted": words.ADJUSTED,
}  # fmt: skip
FIGURES = {
    **BRIDGE, "won": words.WON, "quota": words.QUOTA, "gap": words.GAP, "claimed_gap": words.CLAIMED_GAP,
    "needed": words.NEEDED,
}  # fmt: skip
"""The figures of a currency, by their codes in its total."""
CARDS = {code: head for code, head in FIGURES.items() if code != "claimed_gap"}
"""The eight that have a card; the gap by claims stands in small below the gap."""
MONEY_HEADS = {"amount": words.AMOUNT, "not_passed": words.NOT_PASSED, **BRIDGE}

WHOSE_DEAL: tuple[Column[Any], ...] = (
    Column("account", words.ACCOUNT, 19, lambda one: one.deal.account or None),
    Column("opportunity", words.OPPORTUNITY, 19, lambda one: one.deal.opportunity or None),
    Column("rep", words.REP, 10, lambda one: one.deal.rep or words.BLANK),
    Column("team", words.TEAM, 14, lambda one: one.deal.team or words.BLANK),
)
"""What the tables of deals begin with, those in the pipeline and those closed."""
ITS_FILE: tuple[Column[Any], ...] = (
    Column("as_of", words.AS_OF, 11, lambda one: one.deal.as_of, "date"),
    Column("passed", words.CHECKED, 9, lambda one: words.YES_SIGN if one.deal.passed else words.NO_SIGN),
    Column("file", words.FILE, 24, lambda one: one.deal.file, "file"),
    Column("period", words.PERIOD, 12, lambda one: period_said(one.deal.period)),
    Column("stated", words.STATED, 20, lambda one: one.deal.stated),
    Column(
        "doubts",
        words.DOUBTS,
        22,
        lambda one: joined([doubt.label for doubt in one.deal.doubts]) if one.deal.doubts else "",
    ),
)
"""What both end with."""
DEALS: tuple[Column[Line], ...] = (
    *WHOSE_DEAL,
    Column("stage", words.DECLARED, 13, lambda line: line.deal.forecast.declared),
    Column("reached", words.EARNED, 13, lambda line: STAGES[line.deal.forecast.reached - 1]),
    Column("close_date", words.CLOSE_DATE, 11, lambda line: line.deal.close_date, "date"),
    Column("currency", words.CURRENCY, 8, lambda line: line.currency),
    *(_money(code, head, 15.5) for code, head in MONEY_HEADS.items()),
    Column("health", words.HEALTH, 8, lambda line: line.health, "score"),
    Column("band", words.BAND, 9, lambda line: line.deal.band, "sign"),
    Column("weakest", words.WEAKEST, 12, lambda line: line.deal.weakest),
    Column("plan_quality", words.PLAN_QUALITY, 8, lambda line: line.deal.plan_quality, "score"),
    Column("critical", words.CRITICAL, 9, lambda line: line.deal.open_flags(Severity.CRITICAL), "count"),
    Column("major", words.MAJOR, 9, lambda line: line.deal.open_flags(Severity.MAJOR), "count"),
    Column("worst_flag", words.WORST_FLAG, 42, worst_flag, "long"),
    *ITS_FILE,
)
JUDGED_FROM = [column.code for column in DEALS].index("health")
"""Where the columns about how a deal is judged begin: pages break here."""

CLOSED: tuple[Column[Closed], ...] = (
    *WHOSE_DEAL,
    Column("outcome", words.OUTCOME, 12, lambda one: one.deal.forecast.outcome),
    Column("outcome_on", words.OUTCOME_ON, 11, lambda one: one.deal.outcome_on, "date"),
    Column("reason", words.OUTCOME_REASON, 42, lambda one: one.deal.outcome_reason or None, "long"),
    Column("currency", words.CURRENCY, 8, lambda one: one.currency),
    _money("amount", words.AMOUNT, 15.5),
    _money("won", words.WON, 15.5),
    *ITS_FILE,
)
PERIODS: tuple[Column[PeriodRow], ...] = (
    Column("label", words.TEAM, 22, lambda row: row.label or words.BLANK, "label"),
    Column("period", words.PERIOD, 13, lambda row: period_said(row.period), "label"),
    Column("currency", words.CURRENCY, 8, lambda row: row.currency, "currency"),
    Column("deals", words.COUNT, 8, lambda row: row.deals, "count"),
    *(
        _money(code, head, 17)
        for code, head in (
            ("amount", words.AMOUNT), ("claimed", words.CLAIMED), ("adjusted", words.ADJUSTED), ("won", words.WON),
            ("quota", words.QUOTA), ("gap", words.GAP), ("claimed_gap", words.CLAIMED_GAP),
        )
    ),
)  # fmt: skip


def period_columns(whose: Whose) -> tuple[Column[PeriodRow], ...]:
    """The columns of the periods of all, of teams or of reps."""
    return PERIODS[1:] if whose == "all" else (replace(PERIODS[0], head=DIMENSION_HEAD[whose]), *PERIODS[1:])


def shown_columns(
    columns: tuple[Column[Row], ...], *, periods: bool, converted: bool, doubts: bool
) -> tuple[Column[Row], ...]:
    """The columns of the deals, or of those that ended; the last three only where there is something to say."""
    told = (("period", periods), ("stated", converted), ("doubts", doubts))
    unsaid = {code for code, is_said in told if not is_said}
    return tuple(column for column in columns if column.code not in unsaid)


DIMENSION_HEAD = {"team": words.TEAM, "rep": words.REP, "stage": words.DECLARED, "band": words.BAND}
ROLLUPS: tuple[Column[RollUp], ...] = (
    Column("label", words.TEAM, 26, lambda row: row.label or words.BLANK, "label"),
    Column("currency", words.CURRENCY, 8, lambda row: row.currency, "currency"),
    Column("deals", words.COUNT, 8, lambda row: row.deals, "count"),
    *(_money(code, head, 17) for code, head in MONEY_HEADS.items()),
    Column("plain_health", Text("健康度（平均）", "Health (plain mean)"), 11, lambda row: row.plain_health, "score"),
    Column("weighted_health", words.WEIGHTED_HEALTH, 12, lambda row: row.weighted_health, "score"),
    Column("critical", words.CRITICAL, 10, lambda row: row.critical, "count"),
    _money("won", words.WON, 17),
)


def rollup_columns(dimension: str) -> tuple[Column[RollUp], ...]:
    """The columns of a roll-up, the first headed by its dimension; only teams and reps have won something."""
    head = replace(ROLLUPS[0], head=DIMENSION_HEAD[dimension])
    return head, *(ROLLUPS[1:] if dimension in WHOSE else ROLLUPS[1:-1])


OPTIMISM: tuple[Column[Optimism], ...] = (
    Column("rep", words.REP, 22, lambda row: row.rep or words.BLANK, "label"),
    Column("deals", words.COUNT, 9, lambda row: row.deals, "count"),
    Column("reviews", words.REVIEWS, 9, lambda row: row.reviews, "count"),
    Column("gap", words.OPTIMISM_GAP, 18, lambda row: words.TOO_FEW if row.gap is None else row.gap, "score"),
)
RISKS: tuple[Column[tuple[Line, Risk]], ...] = (
    Column("account", words.ACCOUNT, 18, lambda one: one[0].deal.account),
    Column("opportunity", words.OPPORTUNITY, 18, lambda one: one[0].deal.opportunity),
    Column("rep", Text("由谁处理", "Whose"), 10, lambda one: one[0].deal.rep or words.BLANK),
    Column("health", words.HEALTH, 7, lambda one: one[0].health, "score"),
    Column("band", words.BAND, 8, lambda one: one[0].deal.band, "sign"),
    Column("currency", words.CURRENCY, 8, lambda one: one[0].currency, "currency"),
    Column("claimed", words.CLAIMED, 15, lambda one: Money(one[0].claimed, one[0].currency), "money"),
    Column("severity", Text("级别", "Severity"), 10, lambda one: one[1].severity, "sign"),
    Column("code", Text("代码", "Code"), 7, lambda one: one[1].code),
    Column("subject", Text("对象", "Subject"), 12, lambda one: one[1].subject),
    Column("message", Text("问题", "Problem"), 36, lambda one: one[1].message),
    Column("remedy", words.REMEDY, 42, lambda one: one[1].remedy),
)
LEFT_OUT: tuple[Column[LeftOut], ...] = (
    Column("file", words.FILE, 50, lambda one: shown(one.file)),
    Column("account", words.ACCOUNT, 24, lambda one: one.account),
    Column("opportunity", words.OPPORTUNITY, 24, lambda one: one.opportunity),
    Column("why", Text("原因", "Why"), 50, lambda one: one.why),
    Column("remedy", words.REMEDY, 40, lambda one: one.remedy),
)
POINTS: tuple[Column[Point], ...] = (
    Column("day", Text("日期", "Date"), 12, lambda point: point.day, "date"),
    Column("currency", words.CURRENCY, 9, lambda point: point.currency, "currency"),
    Column("deals", words.COUNT, 9, lambda point: point.deals, "count"),
    _money("claimed", words.CLAIMED, 17),
    _money("adjusted", words.ADJUSTED, 17),
    _money("adjusted_change", words.ADJUSTED_MOVED, 17, "daily move"),
)
SINCE: tuple[Column[Since], ...] = (
    Column("account", words.ACCOUNT, 20, lambda one: one.line.deal.account),
    Column("opportunity", words.OPPORTUNITY, 22, lambda one: one.line.deal.opportunity),
    Column("rep", words.REP, 11, lambda one: one.line.deal.rep or words.BLANK),
    Column("day", words.DAY_BEFORE, 11, lambda one: one.day, "date"),
    Column("as_of", words.AS_OF, 11, lambda one: one.line.deal.as_of, "date"),
    Column("health_before", Text("上次健康度", "Health before"), 9, lambda one: one.health, "score"),
    Column("health", words.HEALTH, 9, lambda one: one.line.health, "score"),
    Column("health_change", words.HEALTH_MOVED, 9, lambda one: one.health_change, "moved"),
    Column("currency", words.CURRENCY, 8, lambda one: one.line.currency, "currency"),
    Column("adjusted_before", words.ADJUSTED_BEFORE, 16, lambda one: Money(one.adjusted, one.line.currency), "money"),
    Column("adjusted", words.ADJUSTED, 16, lambda one: Money(one.line.adjusted, one.line.currency), "money"),
    Column(
        "adjusted_change", words.ADJUSTED_MOVED, 16, lambda one: Money(one.adjusted_change, one.line.currency), "moved"
    ),
    Column("remark", words.REMARK, 24, lambda one: one.remark or "", "remark"),
)


# -- what moved, and what the figures stand on -------------------------------------------------------------------------


def _four(code: str, head: Text) -> Column[Any]:
    """A figure of a record that holds all four."""
    return Column(code, head, 16, lambda one: Money(getattr(one.sums, code), one.currency), "money")


FOUR = {"amount": words.AMOUNT, "claimed": words.CLAIMED, "adjusted": words.ADJUSTED, "won": words.WON}
MOVES: tuple[Column[MoveRow], ...] = (
    Column("kind", words.MOVE, 24, lambda row: row.kind or words.NOW_ROW, "label"),
    Column("currency", words.CURRENCY, 9, lambda row: row.currency, "currency"),
    Column("deals", words.COUNT, 9, lambda row: row.deals, "count"),
    *(_money(code, head, 18) for code, head in FOUR.items()),
)


def code_of(kind: Move) -> str:
    """The column of a kind of move: `amount` and `currency` are columns of their own."""
    return f"moved_{kind.value}"


def whose_columns(dimension: str, kinds: Sequence[Move]) -> tuple[Column[WhoseRow], ...]:
    """What moved of a team or a rep: a column a kind, and what it comes to."""

    def moved(kind: Move) -> Column[WhoseRow]:
        return Column(code_of(kind), kind.label, 16, lambda row: Money(row.moved[kind], row.currency), "money")

    return (
        Column("label", DIMENSION_HEAD[dimension], 22, lambda row: words.ALL_OF_THEM if row.label is None else row.label or words.BLANK, "label"),
        Column("currency", words.CURRENCY, 8, lambda row: row.currency, "currency"),
        Column("figure", words.FIGURE, 10, lambda row: FOUR[row.figure], "label"),
        *map(moved, kinds),
        Column("now", words.NOW_ROW, 16, lambda row: Money(row.now, row.currency), "money"),
    )  # fmt: skip


STEPS: tuple[Column[Step], ...] = (
    Column("account", words.ACCOUNT, 20, lambda one: one.whose.account or None),
    Column("opportunity", words.OPPORTUNITY, 20, lambda one: one.whose.opportunity or None),
    Column("rep", words.REP, 11, lambda one: one.whose.rep or words.BLANK),
    Column("team", words.TEAM, 12, lambda one: one.whose.team or words.BLANK),
    Column("kind", words.MOVE, 20, lambda one: one.kind, "label"),
    Column("before", words.BEFORE, 22, lambda one: one.before),
    Column("after", words.AFTER, 22, lambda one: one.after),
    Column("currency", words.CURRENCY, 8, lambda one: one.currency or None, "currency"),
    Column("deals", words.COUNT, 8, lambda one: one.deals, "count"),
    *(_four(code, head) for code, head in FOUR.items()),
    Column("why", words.REMARK, 30, lambda one: one.why or "", "remark"),
)
AGED: tuple[Column[Aged], ...] = (
    Column("what", words.WHAT, 16, lambda one: one.why, "label"),
    Column("account", words.ACCOUNT, 20, lambda one: one.account or None),
    Column("opportunity", words.OPPORTUNITY, 20, lambda one: one.opportunity or None),
    Column("rep", words.REP, 11, lambda one: one.rep or words.BLANK),
    Column("team", words.TEAM, 12, lambda one: one.team or words.BLANK),
    Column("as_of", words.LAST_MAP, 12, lambda one: one.as_of, "date"),
    Column("days", words.AGE, 8, lambda one: one.days, "count"),
    Column("currency", words.CURRENCY, 8, lambda one: one.currency or None, "currency"),
    *(_four(code, head) for code, head in FOUR.items()),
    Column("file", words.FILE, 30, lambda one: one.file, "file"),
)
FOOTING: tuple[Column[Footing], ...] = (
    Column("label", words.DOUBTS, 26, lambda row: row.doubt or (words.NO_DOUBT if row.is_sound else words.ANY_DOUBT), "label"),
    Column("currency", words.CURRENCY, 9, lambda row: row.currency, "currency"),
    Column("deals", words.COUNT, 9, lambda row: row.deals, "count"),
    *(_money(code, head, 18) for code, head in FOUR.items()),
)  # fmt: skip

"""The deals' lines for programs and spreadsheets: one table of the pipeline and of what has left it, a row a deal."""

from collections.abc import Callable
from decimal import Decimal
from statistics import fmean
from typing import Any, TypeAlias

from warmap.funnel import STAGES, from_minor
from warmap.terms import HealthBand, HealthComponent, Outcome, ProcurementStage, Severity
from warmap.text import Text
from warmap_app.outputs.columns import Cell, Column, Unit
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import Closed, Line
from warmap_app.portfolio.forecast import Portfolio
from warmap_app.portfolio.report_tables import MONEY_HEADS

Row: TypeAlias = Line | Closed


def rows_of(portfolio: Portfolio) -> list[Row]:
    """Every deal that counts, once: the pipeline, then what has left it."""
    return [*portfolio.lines, *portfolio.closed]


def _money(code: str) -> Callable[[Row], Decimal | None]:
    """An exact amount; blank where a deal has none, as a closed one has no forecast."""

    def value(row: Row) -> Decimal | None:
        units = getattr(row, code, None)
        return None if units is None else from_minor(units, row.currency)

    return value


def _deal(code: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.deal, code) or None


def _count(severity: Severity) -> Callable[[Row], Cell]:
    return lambda row: row.deal.open_flags(severity)


LINES: tuple[Column[Row], ...] = (
    Column("account", words.ACCOUNT, _deal("account"), width=28),
    Column("opportunity", words.OPPORTUNITY, _deal("opportunity"), width=30),
    Column("rep", words.REP, _deal("rep"), width=14),
    Column("team", words.TEAM, _deal("team"), width=16),
    Column("outcome", words.OUTCOME, lambda row: row.deal.forecast.outcome.value, width=12, words=Outcome),
    Column("outcome_on", words.OUTCOME_ON, _deal("outcome_on"), Unit.DATE),
    Column("outcome_reason", words.OUTCOME_REASON, _deal("outcome_reason"), width=30),
    Column("stage", words.DECLARED, lambda row: row.deal.forecast.declared.value, width=18, words=ProcurementStage),
    Column("stage_earned", words.EARNED, lambda row: STAGES[row.deal.forecast.reached - 1].value, width=18, words=ProcurementStage),
    Column("close_date", words.CLOSE_DATE, _deal("close_date"), Unit.DATE),
    Column("period", words.PERIOD, _deal("period")),
    Column("currency", words.CURRENCY, lambda row: row.currency, width=9),
    *(Column(code, head, _money(code), Unit.MONEY, 16) for code, head in {**MONEY_HEADS, "won": words.WON}.items()),
    Column("stated", words.STATED, _deal("stated"), width=20),
    Column("health", words.HEALTH, lambda row: row.deal.forecast.health, Unit.POINTS),
    Column("band", words.BAND, lambda row: row.deal.band.value, words=HealthBand),
    Column("weakest", words.WEAKEST, lambda row: row.deal.weakest and row.deal.weakest.value, words=HealthComponent),
    Column("plan_quality", words.PLAN_QUALITY, lambda row: row.deal.plan_quality, Unit.POINTS),
    Column("critical", words.CRITICAL, _count(Severity.CRITICAL), Unit.COUNT),
    Column("major", words.MAJOR, _count(Severity.MAJOR), Unit.COUNT),
    Column("worst_code", Text("最重红旗", "Worst flag"), lambda row: row.deal.risks[0].code if row.deal.risks else None),
    Column("worst_flag", words.WORST_FLAG, lambda row: row.deal.risks[0].message if row.deal.risks else None, width=56),
    Column("reviews", words.REVIEWS, lambda row: len(row.deal.gaps), Unit.COUNT),
    Column("optimism", words.OPTIMISM_GAP, lambda row: fmean(row.deal.gaps) if row.deal.gaps else None, Unit.POINTS),
    Column("as_of", words.AS_OF, _deal("as_of"), Unit.DATE),
    Column("passed", words.CHECKED, lambda row: row.deal.passed, Unit.YES_NO),
    Column("settings", Text("设置版本", "Settings"), _deal("settings")),
    Column("file", words.FILE, _deal("file"), width=44),
)  # fmt: skip

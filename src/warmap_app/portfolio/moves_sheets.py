"""Sheets of the report: what moved since a day, reps beside their reviewers, what the figures stand on, what is old; live formulas."""

from collections.abc import Mapping

from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import WHOSE
from warmap_app.portfolio.footing import Footing
from warmap_app.portfolio.moves_summed import MoveRow, Moves, WhoseRow
from warmap_app.portfolio.report_book import CLOSED_PREFIX, HEAD_ROW, LINED, PREFIX, ReportBook, cell, last_row, rounded
from warmap_workbook.writing import style

MOVED_PREFIX = "mv_"
"""Of the defined names of the columns of the moves: `mv_kind`, `mv_currency` …"""
TOP = {**LINED, "valign": "top"}
FOUR = tuple(tables.FOUR)


def add_moves_sheets(report: ReportBook) -> None:
    """The sheets in their order, empty, as far as there is something to say."""
    portfolio = report.portfolio
    if portfolio.moves is not None:
        report.add("moves", words.MOVES, style.TEAL)
        for dimension in WHOSE:
            report.add(f"moves_{dimension}", words.MOVES_BY[dimension], style.TEAL)
        report.add("steps", words.STEPS, style.TEAL)
    if portfolio.optimism:
        report.add("optimism", words.OPTIMISM, style.SAND)
    if portfolio.footing:
        report.add("footing", words.FOOTING, style.ORANGE)
    if portfolio.aged:
        report.add("aged", words.AGED, style.ORANGE)


def write_moves_sheets(report: ReportBook) -> None:
    """Fill them."""
    portfolio = report.portfolio
    if portfolio.moves is not None:
        _write_steps(report, portfolio.moves)
        _write_bridge(report, portfolio.moves)
        for dimension in WHOSE:
            _write_whose(report, portfolio.moves, dimension)
    if portfolio.optimism:
        report.table("optimism", tables.OPTIMISM, portfolio.optimism, freeze=1)
    if portfolio.footing:
        report.table("footing", tables.FOOTING, portfolio.footing, freeze=1, formulas=_footing_formulas)
    if portfolio.aged:
        report.table("aged", tables.AGED, portfolio.aged, freeze=3, looks=TOP)


def _write_steps(report: ReportBook, moves: Moves) -> None:
    report.table("steps", tables.STEPS, moves.steps, freeze=2, looks=TOP)
    report.name_columns("steps", tables.STEPS, MOVED_PREFIX, last_row(moves.steps))


def _write_bridge(report: ReportBook, moves: Moves) -> None:
    """The lines sum up the steps, the last sums up the lines; a mark tells whether that is what the deals come to."""
    totals = report.portfolio.totals
    rows = moves.rows({currency: total.deals for currency, total in totals.items()})
    place = tables.places(tables.MOVES)
    first: dict[str, int] = {}

    def formulas(row: int, one: MoveRow) -> Mapping[str, str]:
        top = first.setdefault(one.currency, row)
        currency, kind = cell(row, place["currency"]), cell(row, place["kind"])
        if one.kind is not None:
            mine = f"{MOVED_PREFIX}currency,{currency},{MOVED_PREFIX}kind,{kind}"
            money = {code: rounded(f"SUMIFS({MOVED_PREFIX}{code},{mine})", one.currency) for code in FOUR}
            return {"deals": f"SUMIFS({MOVED_PREFIX}deals,{mine})", **money}
        added = {
            code: rounded(f"SUM({cell(top, place[code])}:{cell(row - 1, place[code])})", one.currency) for code in FOUR
        }
        same = ",".join(f"{cell(row, place[code])}={_today(code, currency, one.currency)}" for code in FOUR)
        return {"deals": f"COUNTIF({PREFIX}currency,{currency})", **added, "check": f'IF(AND({same}),"✓","✗")'}

    def adds_up(one: MoveRow) -> str:
        if one.kind is not None:
            return ""
        total = totals.get(one.currency)
        return "✓" if all(getattr(one, code) == (getattr(total, code) if total else 0) for code in FOUR) else "✗"

    check: tables.Column[MoveRow] = tables.Column("check", words.ADDED_UP, 8, adds_up, "label")
    report.table("moves", (*tables.MOVES, check), rows, freeze=1, formulas=formulas)


def _today(code: str, cell_of_currency: str, currency: str) -> str:
    prefix = CLOSED_PREFIX if code == "won" else PREFIX
    return rounded(f"SUMIFS({prefix}{code},{prefix}currency,{cell_of_currency})", currency)


def _write_whose(report: ReportBook, moves: Moves, dimension: str) -> None:
    columns = tables.whose_columns(dimension, moves.kinds)
    place, codes = tables.places(columns), [tables.code_of(kind) for kind in moves.kinds]

    def formulas(row: int, one: WhoseRow) -> Mapping[str, str]:
        label, currency = cell(row, place["label"]), cell(row, place["currency"])
        figure = f"{MOVED_PREFIX}{one.figure}"
        found = {}
        for code in codes:
            head = cell(HEAD_ROW, place[code])
            # SUMIFS would take a team called *, ? or <5 for a pattern or a comparison.
            mine = (
                f"({MOVED_PREFIX}{dimension}={label})*({MOVED_PREFIX}currency={currency})*({MOVED_PREFIX}kind={head})"
            )
            of_all = f"SUMIFS({figure},{MOVED_PREFIX}currency,{currency},{MOVED_PREFIX}kind,{head})"
            found[code] = rounded(of_all if one.label is None else f"SUMPRODUCT({mine}*{figure})", one.currency)
        across = f"{cell(row, place['figure'] + 1)}:{cell(row, place['now'] - 1)}"
        return {**found, "now": rounded(f"SUM({across})", one.currency)}

    report.table(f"moves_{dimension}", columns, moves.whose(dimension), freeze=3, formulas=formulas)


def _footing_formulas(row: int, one: Footing) -> Mapping[str, str]:
    place = tables.places(tables.FOOTING)
    label, currency = cell(row, place["label"]), cell(row, place["currency"])

    def mine(prefix: str) -> str:
        if one.doubt is not None:
            has = f"ISNUMBER(FIND({label},{prefix}doubts))"
        else:
            has = f"(LEN({prefix}doubts){'=' if one.is_sound else '>'}0)"
        return f"({prefix}currency={currency})*{has}"

    def money(code: str) -> str:
        prefix = CLOSED_PREFIX if code == "won" else PREFIX
        return rounded(f"SUMPRODUCT({mine(prefix)}*{prefix}{code})", one.currency)

    deals = f"SUMPRODUCT({mine(PREFIX)})+SUMPRODUCT({mine(CLOSED_PREFIX)})"
    return {"deals": deals, **{code: money(code) for code in FOUR}}

"""The whole portfolio: everything a report shows, the notes beside the figures, and the scale of the charts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from warmap.funnel import digits_of, from_minor, funnel
from warmap.periods import Calendar, QuotaLine
from warmap.settings import Settings
from warmap.terms import Outcome, ProcurementStage, Severity
from warmap.text import Lang, Text, tenths
from warmap_app.outputs.wording import DEFAULT_SETTINGS, judged_by_said
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.deals import RISKS_SHOWN, Deal, LeftOut, Risk
from warmap_app.portfolio.figures import (
    DIMENSIONS,
    WHOSE,
    Closed,
    Line,
    Money,
    Optimism,
    PeriodRow,
    RollUp,
    Total,
    Whose,
    by_period,
    closed_of,
    lines_of,
    optimism_of,
    rolled_up,
    spellings,
    total_of,
)
from warmap_app.portfolio.footing import MISSING, OLD_DAYS, Aged, Doubt, Footing
from warmap_app.portfolio.moves_summed import Moves, Restated
from warmap_app.portfolio.trend import Since, Trend
from warmap_workbook.writing import style

MOST_NAMED = 10  # deals in a note
CHART_UNITS = {"zh": ((10**8, "亿"), (10**4, "万")), "en": ((10**9, "bn"), (10**6, "m"), (10**3, "k"))}


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit of a currency's charts: divisor, name and number of decimals."""

    currency: str
    divisor: int
    name: str
    decimals: int

    @property
    def num_format(self) -> str:
        """The decimals as a number format of a cell."""
        return style.money(self.decimals)

    def say(self, units: int) -> str:
        """Minor units in this unit, rounded for display."""
        exact = from_minor(units, self.currency) / self.divisor
        shown = exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return f"{shown:,}".replace("-", "−") if shown else "0"


@dataclass(frozen=True)
class Portfolio:
    """Everything a report shows; roll-ups and periods, which need pandas, are computed when they are asked for.

    Currencies are ordered by number of deals; those with only a quota come last.

    `lines` are the pipeline, `closed` the deals that have left it; both are sorted by currency, then by amount, largest
    first; a team and a rep have one spelling in all of them.
    `trend` is there when a store was named, `read_from` says which when the maps themselves are from it.
    `rates` are those at which all was converted to one currency, as people read them. `chosen` says which deals are
    shown, where not all are. `moves` are there when a day was given to
    compare with; `footing` is what the figures stand on, `aged` what was not handed in or judged long ago, seen from
    `today`.
    """

    files: int
    lines: tuple[Line, ...]
    closed: tuple[Closed, ...]
    left_out: tuple[LeftOut, ...]
    totals: Mapping[str, Total]
    odds: Mapping[str, float]
    trend: Trend | None = None
    read_from: str = ""
    judged_by: Text = DEFAULT_SETTINGS
    calendar: Calendar | None = None
    quota_lines: Sequence[QuotaLine] = ()
    rates: Sequence[str] = ()
    chosen: Text | None = None
    moves: Moves | None = None
    footing: Sequence[Footing] = ()
    aged: Sequence[Aged] = ()
    today: date | None = None

    @cached_property
    def rollups(self) -> Mapping[str, Sequence[RollUp]]:
        """The deals by team, rep, stage and band."""
        return {dimension: rolled_up(self.lines, self.closed, dimension) for dimension in DIMENSIONS}

    @cached_property
    def periods(self) -> Mapping[Whose, Sequence[PeriodRow]]:
        """By the periods of the calendar, against the quota lines: all, the teams and the reps; none without a calendar."""
        if self.calendar is None:
            return {}
        money = self.lines, self.closed
        return {whose: by_period(*money, whose, self.quota_lines, self.calendar) for whose in ("all", *WHOSE)}

    @cached_property
    def optimism(self) -> Sequence[Optimism]:
        """How far each rep is above the reviewers, over all currencies."""
        return optimism_of([*(line.deal for line in self.lines), *(one.deal for one in self.closed)])

    @property
    def since(self) -> Sequence[Since]:
        """Each deal since its day before; nothing where all are compared with one day."""
        return () if self.trend is None or self.moves is not None else self.trend.since

    @property
    def said(self) -> dict[str, bool]:
        """What the tables of the deals have to say beside the usual."""
        return {"periods": self.calendar is not None, "converted": bool(self.rates), "doubts": bool(self.footing)}

    def worst_first(self, currency: str | None = None) -> list[Line]:
        """All lines, lowest health first, then by the number of open critical flags, then by name."""
        lines = (line for line in self.lines if currency in {None, line.currency})
        return sorted(lines, key=lambda line: (line.health, -line.deal.open_flags(Severity.CRITICAL), line.deal.name))

    def risks(self) -> list[tuple[Line, Risk]]:
        """The worst open flags of every deal, the deals with the lowest health first."""
        return [(line, risk) for line in self.worst_first() for risk in line.deal.risks[:RISKS_SHOWN]]

    def scale(self, currency: str, lang: Lang) -> Scale:
        """The largest unit of which the largest figure of a currency is at least one whole: 万 and 亿, k, m and bn."""
        total, earlier = self.totals.get(currency), self.trend.points if self.trend else ()
        if total is not None:
            largest = max(total.claimed, total.won + total.adjusted, total.quota or 0)
        else:  # no deal is in it any more
            largest = max(point.claimed for point in earlier if point.currency == currency)
        for divisor, name in CHART_UNITS[lang]:
            whole = divisor * 10 ** digits_of(currency)
            if largest >= whole:
                decimals = 0 if largest >= 1000 * whole else 1 if largest >= 10 * whole else 2
                return Scale(currency, divisor, f"{currency}{'' if lang == 'zh' else ' '}{name}", decimals)
        return Scale(currency, 1, currency, 0)


def portfolio_of(
    files: int,
    deals: Sequence[Deal],
    left_out: Sequence[LeftOut],
    settings: Settings,
    quotas: Mapping[str, Decimal],
    judged_by: Text = DEFAULT_SETTINGS,
    calendar: Calendar | None = None,
    quota_lines: Sequence[QuotaLine] = (),
) -> Portfolio:
    """The portfolio of the deals that count; the probabilities of `settings` are used for all of them.

    `judged_by` is what to call the settings that judged them. With a `calendar` the figures are given by its periods too,
    against `quota_lines`.
    """
    often = Counter(deal.forecast.currency for deal in deals)

    def rank(deal: Deal) -> tuple[int, str, Decimal, str, str]:
        currency = deal.forecast.currency
        return -often[currency], currency, -deal.forecast.amount, deal.name, deal.file

    ranked = sorted(deals, key=rank)
    teams, reps = spellings(deal.team for deal in ranked), spellings(deal.rep for deal in ranked)
    ranked = [
        replace(deal, team=teams[deal.team], rep=reps[deal.rep], period=_period(deal, calendar)) for deal in ranked
    ]
    lines, closed = lines_of(ranked, settings), closed_of(ranked)
    funnels = funnel([deal.forecast for deal in ranked], settings, quotas)
    return Portfolio(
        files=files,
        lines=tuple(lines),
        closed=tuple(closed),
        left_out=tuple(sorted(left_out, key=lambda one: one.file)),
        totals={currency: total_of(lines, closed, found) for currency, found in funnels.items()},
        odds=settings.stage_probability,
        judged_by=judged_by,
        calendar=calendar,
        quota_lines=quota_lines,
    )


def _period(deal: Deal, calendar: Calendar | None) -> str:
    """Where a deal counts: the pipeline by close date, what was won by the day of the outcome, else by close date."""
    if calendar is None:
        return ""
    if deal.forecast.outcome is Outcome.OPEN:
        return calendar.of_open(deal.close_date)
    return calendar.of_won(deal.outcome_on or deal.close_date) if deal.forecast.outcome is Outcome.WON else ""


def notes(portfolio: Portfolio, lang: Lang) -> Iterator[str]:
    """What the reader must know before the figures: how many files, which days, what may change."""
    kinds: Counter[str] = Counter(one.kind for one in portfolio.left_out)
    left = kinds["file"]
    facts = {"files": portfolio.files, "deals": len(portfolio.lines) + len(portfolio.closed), "left": left}
    yield (portfolio.chosen or (words.COUNTED if left else words.ALL_COUNTED)).say(lang, facts)
    beside = {
        "not taken": words.NOT_TAKEN, "not handed in": words.NOT_HANDED_IN, "renamed": words.RENAMED, "without": words.WITHOUT,
    }  # fmt: skip
    yield from (text.say(lang, {"count": kinds[kind]}) for kind, text in beside.items() if kinds[kind])
    if portfolio.closed:
        ended = Counter(one.deal.forecast.outcome for one in portfolio.closed)
        yield words.LEFT_PIPELINE.say(lang, {outcome.value: ended[outcome] for outcome in Outcome})
    if portfolio.read_from:
        yield words.FROM_STORE.say(lang, {"store": portfolio.read_from})
    deals = [*(line.deal for line in portfolio.lines), *(one.deal for one in portfolio.closed)]
    own = sum(deal.own_settings for deal in deals) + sum(one.own_settings for one in portfolio.left_out)
    yield from judged_by_said(portfolio.judged_by, own, lang)
    if portfolio.rates:
        yield words.CONVERTED.say(lang, {"rates": list(portfolio.rates)})
    if portfolio.calendar:
        yield words.PERIODS_FROM.say(lang, {"day": portfolio.calendar.today})
    days = sorted({deal.as_of for deal in deals if deal.as_of})
    if days:
        yield (words.ONE_DAY if len(days) == 1 else words.DAYS).say(lang, {"first": days[0], "last": days[-1]})
    counts = (
        (words.NO_DAY, sum(deal.as_of is None for deal in deals)),
        (words.DID_NOT_PASS, sum(not deal.passed for deal in deals)),
        (words.OWN_ODDS, sum(deal.own_odds for deal in deals)),
        (words.JUDGED_OTHERWISE, sum(one.other_settings for one in portfolio.trend.since) if portfolio.trend else 0),
    )
    yield from (text.say(lang, {"count": count}) for text, count in counts if count)
    gained = [(deal.name, tenths(deal.gained)) for deal in deals if deal.gained > 0]
    if gained:
        said = [words.GAINED_BY.say(lang, {"name": name, "points": points}) for name, points in gained]
        yield words.GAINED.say(lang, {"names": said})
    yield from _beside(portfolio, lang)
    yield from (
        _of_it_not_passed(portfolio, total, lang)
        for total in portfolio.totals.values()
        if total.not_passed or total.won_not_passed
    )
    if len(portfolio.totals) > 1:
        yield words.OTHER_CURRENCIES.to(lang)


def _beside(portfolio: Portfolio, lang: Lang) -> Iterator[str]:
    """What was not handed in or judged long ago; which of the figures of an earlier day are not those that were told then."""
    old = sum(row.doubt is Doubt.OLD and row.deals for row in portfolio.footing)
    missing = sum(one.why == MISSING for one in portfolio.aged)
    counts = ((words.MISSING_DEALS, missing), (words.OLD_MAPS, old))
    yield from (text.say(lang, {"count": count, "days": OLD_DAYS}) for text, count in counts if count)
    moves = portfolio.moves
    if moves is None:
        return
    yield words.SINCE_DAY.say(lang, {"day": moves.since})
    if moves.restated:
        said = [words.RESTATED_FROM.say(lang, restated_said(one)) for one in moves.restated[:MOST_NAMED]]
        yield words.RESTATED.say(
            lang, {"day": moves.since, "count": len(moves.restated), "names": _some(said, moves.restated)}
        )
    for text, names in ((words.REJUDGED, moves.rejudged), (words.UNJUDGED, moves.unjudged)):
        if names:
            facts = {"day": moves.since, "count": len(names), "names": _some(names[:MOST_NAMED], names)}
            yield text.say(lang, facts)


def _some(said: Sequence[str], of: Sequence[object]) -> list[str]:
    return [*said, *(["…"] if len(of) > len(said) else [])]


def restated_said(one: Restated) -> dict[str, str]:
    """A deal whose figures of a day were restated: its name, its adjusted forecast as it was known, and as it is kept."""
    known, currency = one.known, one.stand.currency
    before = "–" if known is None else str(Money(known.adjusted, currency))
    return {
        "name": one.stand.name,
        "before": before,
        "after": f"{Money(one.stored.adjusted, currency)} {currency}".strip(),
    }


def _of_it_not_passed(portfolio: Portfolio, total: Total, lang: Lang) -> str:
    """How much of a currency's figures stands on files that did not pass."""
    mine = [line for line in portfolio.lines if line.currency == total.currency and not line.deal.passed]

    def said(units: int) -> str:
        return str(Money(units, total.currency))

    return words.OF_IT_NOT_PASSED.say(lang, {
        "currency": total.currency, "amount": said(total.amount), "not_passed": said(total.not_passed),
        "claimed": said(total.claimed), "claimed_not_passed": said(sum(line.claimed for line in mine)),
        "adjusted": said(total.adjusted), "adjusted_not_passed": said(sum(line.adjusted for line in mine)),
        "won": said(total.won), "won_not_passed": said(total.won_not_passed),
    })  # fmt: skip


def how(portfolio: Portfolio, lang: Lang) -> list[str]:
    """How the figures are computed, with the probabilities used."""
    odds = [f"{stage.label.to(lang)} {portfolio.odds[stage]:.0%}" for stage in ProcurementStage]
    lines = [line.to(lang) for line in words.HOW_LINES]
    return [*lines, words.ODDS.say(lang, {"odds": odds}), words.WEIGHTED_NOTE.to(lang)]

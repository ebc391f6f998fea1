"""What moved since a day: from the figures as they stood then to those of today, deal by deal, exact to the minor unit.

A deal that enters or leaves the pipeline moves as a whole. One that stays is taken apart in the order of `Move`: other
people, currency, amount, stage claimed, stage earned, health. Every step is the difference of two figures rounded as the
bridge rounds them, so the steps of a deal, of a team and of a currency add up to what changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from warmap.funnel import STAGES, ForecastDeal, bridge, to_minor
from warmap.names import key
from warmap.settings import Settings
from warmap.terms import Outcome, Term
from warmap.text import Text, tenths
from warmap_app.portfolio.figures import Money

FIGURES = ("amount", "claimed", "adjusted", "won")


class Move(Term):
    """Why a figure moved, in the order of the bridge; `then` is what it starts from."""

    THEN = "then", "当时", "Then"
    REJUDGED = "rejudged", "按今天的设置重评", "Judged anew"
    NEW = "new", "新增", "New"
    SPLIT = "split", "拆分或合并", "Split or merged"
    REOPENED = "reopened", "重新打开", "Reopened"
    COMPLETED = "completed", "补全后计入", "Now complete"
    WON = "won", "赢单", "Won"
    LOST = "lost", "丢单", "Lost"
    NO_DECISION = "no_decision", "客户搁置", "No decision"
    UNCOUNTED = "uncounted", "交来但不能计入", "No longer counted"
    MISSING = "missing", "没有再交", "Not handed in again"
    OWNER = "owner", "换了团队或销售", "Handed over"
    CURRENCY = "currency", "换了币种", "Currency"
    AMOUNT = "amount", "金额", "Amount"
    STAGE = "stage", "申报阶段", "Stage claimed"
    EARNED = "earned", "实际阶段", "Stage earned"
    HEALTH = "health", "健康度", "Health"
    CLOSE_DATE = "close_date", "预计成交日", "Close date"
    RENAMED = "renamed", "改了名", "Renamed"


OTHER_QUARTER = Text("从 {before} 移到 {after}", "from {before} to {after}")
NO_MONEY = frozenset({Move.CLOSE_DATE, Move.RENAMED})
BECAME = {
    Outcome.OPEN: Move.REOPENED,
    Outcome.WON: Move.WON,
    Outcome.LOST: Move.LOST,
    Outcome.NO_DECISION: Move.NO_DECISION,
}


class Sums(NamedTuple):
    """Figures in minor units of one currency: `amount`, `claimed` and `adjusted` of the pipeline, and what is won."""

    amount: int = 0
    claimed: int = 0
    adjusted: int = 0
    won: int = 0

    def less(self, other: "Sums") -> "Sums":
        """What these are above the others."""
        return Sums(*(mine - its for mine, its in zip(self, other, strict=True)))


NOTHING = Sums()


@dataclass(frozen=True, slots=True)
class Stand:
    """A deal as it stands on a day. `forecast` is None where it counts in no figure; `stated` is the map's own currency.

    `amount` is the one stated. `file` is where it came from, `map_id` its map in the store.
    """

    identity: str
    account: str
    opportunity: str
    team: str
    rep: str
    file: str
    forecast: ForecastDeal | None
    as_of: date | None = None
    close_date: date | None = None
    stated: str = ""
    map_id: str = ""

    @property
    def name(self) -> str:
        """Account — opportunity, or the file's name where both are blank."""
        return self.names or PurePath(self.file).name

    @property
    def names(self) -> str:
        """Account — opportunity, of them what is there."""
        return " — ".join(part for part in (self.account, self.opportunity) if part)

    @property
    def outcome(self) -> Outcome | None:
        """None where it counts in no figure."""
        return self.forecast.outcome if self.forecast else None

    @property
    def currency(self) -> str:
        """That of its figures; empty where there are none."""
        return self.forecast.currency if self.forecast else ""

    def is_of(self, other: "Stand") -> bool:
        """The same team and rep, however they are spelt."""
        return (key(self.team), key(self.rep)) == (key(other.team), key(other.rep))


@dataclass(frozen=True, slots=True)
class Then:
    """A deal as it stood on the day: `stand` as today's settings judge its map, `stored` its figures as they were kept."""

    stand: Stand
    stored: Sums


@dataclass(frozen=True, slots=True)
class Step:
    """One reason for which figures of a deal moved, by how much, in minor units; `deals` is 1 where it counts the deal.

    `before` and `after` say what changed; `why` how it is known, or between which quarters a close date moved.
    """

    kind: Move
    whose: Stand
    currency: str
    sums: Sums
    deals: int = 1
    before: Text | str = ""
    after: Text | str = ""
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """A deal of then that is one of today under another name, or a part of it; `why` is how that is known."""

    then: str
    now: str
    why: Text
    is_part: bool = False


def sums_of(stand: Stand, settings: Settings) -> Sums:
    """The figures of a deal as it stands."""
    return _sums(stand.forecast, settings)


def _sums(deal: ForecastDeal | None, settings: Settings) -> Sums:
    if deal is None or deal.outcome not in {Outcome.OPEN, Outcome.WON}:
        return NOTHING
    amount = to_minor(deal.amount, deal.currency)
    if deal.outcome is Outcome.WON:
        return Sums(won=amount)
    step = bridge([deal], settings)[0]
    return Sums(amount, step.claimed, step.adjusted)


def steps_between(
    then: Mapping[str, Then], now: Mapping[str, Stand], settings: Settings, same: Iterable[Same] = ()
) -> list[Step]:
    """Every step of every deal, those of one deal together; by deal of today, then those that are not there any more."""
    renamed = {one.now: one for one in same if not one.is_part}
    parts = {one.now: one for one in same if one.is_part and one.now not in then}
    whole = {one.then for one in parts.values()} | {one.now for one in same if one.is_part and one.now in then}
    merged = {one.then: one for one in same if one.is_part and one.now in then}
    taken = {one.then for one in renamed.values()}
    found: list[Step] = []
    for identity, stand in now.items():
        link = renamed.get(identity)
        before = then.get(link.then if link else identity)
        steps = list(_steps(before, stand, settings))
        if identity in parts:
            steps = [_as(Move.NEW, one, parts[identity].why) for one in steps]
        elif identity in whole or (link and link.then in whole):
            steps = [_as(Move.AMOUNT, one, None) for one in steps]
        found += steps
        if link and before:
            names = before.stand.names, stand.names
            found.append(
                Step(Move.RENAMED, stand, stand.currency or before.stand.currency, NOTHING, 1, *names, link.why)
            )
    for identity, before in then.items():
        if identity not in now and identity not in taken:
            steps = list(_steps(before, None, settings))
            found += [_as(Move.MISSING, one, merged[identity].why) for one in steps] if identity in merged else steps
    return found


def _as(kind: Move, step: Step, why: Text | None) -> Step:
    """The same step, as one of a split or a merger where it is of this kind."""
    return replace(step, kind=Move.SPLIT, why=why or step.why) if step.kind is kind else step


def _steps(then: Then | None, now: Stand | None, settings: Settings) -> Iterator[Step]:
    was = None
    if then is not None:
        was = then.stand
        if then.stored != NOTHING:
            yield Step(Move.THEN, was, was.currency, then.stored, int(was.outcome is Outcome.OPEN))
        judged = sums_of(was, settings).less(then.stored)
        if judged != NOTHING:
            yield Step(Move.REJUDGED, was, was.currency, judged)
    if was is not None and now is not None and was.outcome is now.outcome:
        yield from _taken_apart(was, now, settings)
    else:
        yield from _as_a_whole(was, now, settings)


def _as_a_whole(was: Stand | None, now: Stand | None, settings: Settings) -> Iterator[Step]:
    """Into the pipeline, out of it, or from one end to another."""
    out = NOTHING if was is None else NOTHING.less(sums_of(was, settings))
    into = NOTHING if now is None else sums_of(now, settings)
    if now is None:
        kind = Move.MISSING
    elif now.outcome is None:
        kind = Move.UNCOUNTED
    elif now.outcome is Outcome.OPEN and (was is None or was.outcome is None):
        kind = Move.NEW if was is None else Move.COMPLETED
    else:
        kind = BECAME[now.outcome]
    told = (_outcome(was), _outcome(now)) if was and now else ("", "")
    is_news = now is not None and now.outcome is not None
    if was and now and was.currency == now.currency and was.is_of(now):
        yield Step(kind, now, now.currency, into.less(NOTHING.less(out)), 1, *told)
        return
    if was and out != NOTHING:
        yield Step(kind, was, was.currency, out, int(not is_news or was.currency != now.currency if now else 1), *told)
    if now and is_news:
        yield Step(kind, now, now.currency, into, 1, *told)


def _outcome(stand: Stand) -> Text | str:
    return stand.outcome.label if stand.outcome else ""


def _taken_apart(was: Stand, now: Stand, settings: Settings) -> Iterator[Step]:
    """A deal that stays where it is: what of it is different, one thing after the other."""
    if was.forecast is None or now.forecast is None or now.outcome not in {Outcome.OPEN, Outcome.WON}:
        return
    deal, sums = was.forecast, sums_of(was, settings)
    if not was.is_of(now):
        people = _people(was), _people(now)
        yield Step(Move.OWNER, was, deal.currency, NOTHING.less(sums), 0, *people)
        yield Step(Move.OWNER, now, deal.currency, sums, 1, *people)
    is_open = now.outcome is Outcome.OPEN
    for kind, changed, before, after in _aspects(was, now, is_open=is_open):
        follows = _sums(changed, settings)
        if changed.currency != deal.currency:
            yield Step(kind, now, deal.currency, NOTHING.less(sums), 1, before, after)
            yield Step(kind, now, changed.currency, follows, 1, before, after)
        elif before != after or follows != sums:
            yield Step(kind, now, deal.currency, follows.less(sums), 1, before, after)
        deal, sums = changed, follows
    if is_open and was.close_date != now.close_date:
        days = str(was.close_date or "–"), str(now.close_date or "–")
        quarters = _quarter(was.close_date), _quarter(now.close_date)
        to_another = OTHER_QUARTER.filled(before=quarters[0], after=quarters[1]) if quarters[0] != quarters[1] else None
        yield Step(Move.CLOSE_DATE, now, now.currency, NOTHING, 1, *days, to_another)


def _quarter(day: date | None) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}" if day else "–"


def _aspects(was: Stand, now: Stand, *, is_open: bool) -> Iterator[tuple[Move, ForecastDeal, Text | str, Text | str]]:
    """The deal with one thing after another as it is now, and how that was and is said."""
    old, new = was.forecast, now.forecast
    assert old is not None
    assert new is not None
    deal = old
    if was.stated != now.stated:
        deal = deal._replace(amount=new.amount, currency=new.currency)
        yield Move.CURRENCY, deal, _money(old, was.stated), _money(new, now.stated)
    deal = deal._replace(amount=new.amount)
    yield Move.AMOUNT, deal, *((_money(old), _money(new)) if was.stated == now.stated else ("", ""))
    if is_open:
        deal = deal._replace(declared=new.declared)
        yield Move.STAGE, deal, old.declared.label, new.declared.label
        deal = deal._replace(reached=new.reached)
        yield Move.EARNED, deal, STAGES[old.reached - 1].label, STAGES[new.reached - 1].label
        deal = deal._replace(health=new.health)
        yield Move.HEALTH, deal, tenths(old.health), tenths(new.health)


def _money(deal: ForecastDeal, stated: str = "") -> str:
    said = str(Money(to_minor(deal.amount, deal.currency), deal.currency))
    return f"{said} {deal.currency}" + (f" ({stated})" if stated not in {"", deal.currency} else "")


def _people(stand: Stand) -> str:
    return " · ".join(part for part in (stand.team, stand.rep) if part) or "–"

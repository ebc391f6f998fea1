"""The figures of an earlier day, from a store: how each deal stood then, as it was kept and as today's settings judge it.

History may be restated: a map for that day was kept later, or other settings or another program judged it. Neither is
silent: what was kept later is named with both figures, and what was judged otherwise is judged anew from its kept map.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from warmap._version import VERSION
from warmap.funnel import ForecastDeal, from_minor, to_minor
from warmap.history import marks_kept
from warmap.settings import Settings, default_settings, settings_from, stamp
from warmap.terms import Outcome, ProcurementStage
from warmap.text import Lang, Text
from warmap_app.batch.engine import check_here
from warmap_app.batch.one import Terms
from warmap_app.batch.sources import Source
from warmap_app.command import UserError
from warmap_app.portfolio.chosen import Chosen
from warmap_app.portfolio.deals import (
    GAINED,
    Deal,
    LeftOut,
    cleaned,
    gained_since,
    stored_results,
    stored_source,
)
from warmap_app.portfolio.figures import spellings
from warmap_app.portfolio.footing import aged_of, footing_of
from warmap_app.portfolio.forecast import Portfolio
from warmap_app.portfolio.moves import Same, Stand, Sums, Then, steps_between, sums_of
from warmap_app.portfolio.moves_summed import Moves, Restated
from warmap_app.portfolio.quotas import MOST_UNITS
from warmap_app.portfolio.rates import OneCurrency
from warmap_app.portfolio.renamed import Follows, followed, is_later, is_not_older, renamed
from warmap_app.store.records import KeptMap, Moment, deal_of

if TYPE_CHECKING:
    from warmap_app.store.kept import Store  # needs SQLAlchemy, an optional extra

AT_ONCE = 200  # earlier maps in memory at a time
NO_STORE = Text(
    "--since 和地图库里那天的数字比较：请加 --store",
    "--since compares with the figures of that day in a store: add --store",
)
NOT_YET = Text("--since 的 {day} 还没有到", "{day} of --since is yet to come")
NOTHING_BY_THEN = Text(
    "{store} 里没有 {day} 或更早的地图；最早的是 {first}",
    "{store} has no map of {day} or before; its first is of {first}",
)
GOES_ON = Text(
    "从 {day} 起叫“{name}”（{why}），按那个名字计了一次",
    "from {day} on it is “{name}” ({why}), which counts once",
)
TWO_DEALS = Text(
    "如果其实是两个商机，请让这一个的销售重新提交：较新的地图会单独计",
    "If these are two deals after all, have this one handed in again: a newer map counts by itself",
)


@dataclass(frozen=True, slots=True)
class Baseline:
    """How the deals stood on a day, by what the store calls them; see `Moves` for what may be restated."""

    since: date
    then: Mapping[str, Then]
    restated: Sequence[Restated]
    rejudged: frozenset[str]
    unjudged: frozenset[str]

    def moves(
        self, deals: Sequence[Deal], left_out: Sequence[LeftOut], settings: Settings, same: Sequence[Same],
        spelt: Iterable[Deal],
    ) -> Moves:  # fmt: skip
        """What moved from then to these deals; what --without leaves out today is left out of both.

        Teams and reps are called as the first of `spelt` calls them.
        """
        out = {one.identity for one in left_out if one.kind == "without"}
        now = {one.identity: _uncounted(one) for one in left_out if one.kind == "file" and one.identity}
        now |= {deal.identity: stand_of_deal(deal) for deal in deals}
        then = {identity: one for identity, one in self.then.items() if identity not in out}
        called: list[Deal | Stand] = [*spelt, *now.values(), *(one.stand for one in then.values())]
        first = spellings(name for one in called for name in (one.team, one.rep))

        def respelt(stand: Stand) -> Stand:
            return replace(stand, team=first[stand.team], rep=first[stand.rep])

        now = {identity: respelt(one) for identity, one in now.items()}
        then = {identity: replace(one, stand=respelt(one.stand)) for identity, one in then.items()}

        def names(chosen: Iterable[str]) -> list[str]:
            return sorted(then[identity].stand.name for identity in chosen if identity in then)

        steps = steps_between(then, now, settings, same)
        return Moves(self.since, steps, self.restated, names(self.rejudged), names(self.unjudged))


def stand_of_deal(deal: Deal) -> Stand:
    """A deal of today."""
    stated = deal.stated.partition(" ")[0] or deal.forecast.currency
    return Stand(
        deal.identity, deal.account, deal.opportunity, deal.team, deal.rep, deal.file, deal.forecast, deal.own_as_of,
        deal.close_date, stated,
    )  # fmt: skip


def _uncounted(one: LeftOut) -> Stand:
    return Stand(one.identity, one.account, one.opportunity, one.team, one.rep, one.file, None)


def stand_of(moment: Moment, converted: OneCurrency | None) -> Stand:
    """A deal as the store has it; without a forecast where a portfolio would not count it."""
    return Stand(
        moment.deal, cleaned(moment.account), cleaned(moment.opportunity), cleaned(moment.team), cleaned(moment.owner),
        moment.file, _forecast(moment, converted), moment.as_of, moment.close_date, moment.currency or "", moment.map_id,
    )  # fmt: skip


def _forecast(moment: Moment, converted: OneCurrency | None) -> ForecastDeal | None:
    amount, currency = moment.amount, moment.currency
    stage = next((stage for stage in ProcurementStage if stage.value == moment.stage), None)
    if amount is None or currency is None or stage is None or moment.health is None or moment.stage_reached is None:
        return None
    if converted is not None:
        converted.refuse_without_rate([currency])
        amount, currency = from_minor(converted.units(amount, currency), converted.currency), converted.currency
    if to_minor(amount, currency) >= MOST_UNITS:
        return None
    return ForecastDeal(moment.deal, amount, currency, stage, moment.stage_reached, moment.health, moment.settled)


@dataclass(frozen=True, slots=True)
class Gone:
    """The deals that the store knows and nobody has handed in: how each stood last, and which go on under another name.

    `goes_on` has these: the other name's deal and the day of its first map.
    """

    stands: Mapping[str, Stand]
    goes_on: Mapping[str, tuple[str, date]]

    def by_last_name(self, moments: Iterable[Moment]) -> Iterator[Moment]:
        """The days of deals, each under the name that its deal has in the end."""
        for moment in moments:
            names = [moment.deal]
            while (following := self.goes_on.get(names[-1])) and following[0] not in names:
                names.append(following[0])
            yield moment if len(names) == 1 else replace(moment, deal=names[-1])


def baseline_of(
    store: "Store", since: date, terms: Terms, converted: OneCurrency | None, gone: Gone | None
) -> Baseline:
    """The day as the store tells it, without what had another name by then. UserError without any, or for a day to come."""
    if terms.today is not None and since > terms.today:
        raise UserError(NOT_YET.filled(day=since))
    moments = store.standing_on(since)
    if not moments:
        first = store.first_day()
        raise store.address.refused(NOTHING_BY_THEN, day=since, first=first or "–")
    goes_on = gone.goes_on if gone else {}
    moments = [one for one in moments if one.deal not in goes_on or goes_on[one.deal][1] > since]
    settings = terms.settings or default_settings()
    others = [one for one in moments if _judged_otherwise(one, terms.settings)]
    anew, odds = _judged_anew(store, others, terms)
    then = {}
    for moment in moments:
        stored = sums_of(stand_of(moment, converted), odds.get(moment.deal, settings))
        then[moment.deal] = Then(stand_of(anew.get(moment.deal, moment), converted), stored)
    known = {one.deal: one for one in others}
    return Baseline(
        since, then, list(_restated(store, since, moments, settings, converted)), frozenset(known),
        frozenset(known) - frozenset(anew),
    )  # fmt: skip


def _judged_otherwise(moment: Moment, settings: Settings | None) -> bool:
    return moment.program_version != VERSION or (settings is not None and moment.settings != stamp(settings))


def _judged_anew(
    store: "Store", moments: Sequence[Moment], terms: Terms
) -> tuple[dict[str, Moment], dict[str, Settings]]:
    """The moments by today's settings, as far as their maps can be read; and the settings of then, by deal."""
    by_deal, odds = {moment.deal: moment for moment in moments}, {}
    known: dict[str, Settings] = {}

    def seen(kept: Iterable[KeptMap]) -> Iterator[KeptMap]:
        for one in kept:
            if one.settings not in known:
                known[one.settings] = settings_from(one.settings_changed)
            odds[one.deal] = known[one.settings]
            yield one

    found = {}
    maps = seen(store.maps([moment.map_id for moment in moments]))
    for result in stored_results(maps, len(moments), Terms(terms.lang, None, terms.settings)):
        deal, scores = deal_of(result["deal"], result["file"]), result["scores"]
        if deal in by_deal and scores["stage_reached"] is not None:
            judged = {"health": scores["health"] or 0.0, "stage_reached": scores["stage_reached"]}
            found[deal] = replace(by_deal[deal], **judged)
    return found, odds


def _restated(
    store: "Store", since: date, moments: Sequence[Moment], settings: Settings, converted: OneCurrency | None
) -> Iterator[Restated]:
    """Deals whose map of the day was kept after maps of later days were; no clock time is kept, so that is how it is told."""
    later = store.first_kept_after(since)
    kept_later = [] if later is None else [moment for moment in moments if moment.kept > later]
    if not kept_later:
        return
    before = {moment.deal: moment for moment in store.standing_on(since, later)}
    for moment in kept_later:
        stand, known = stand_of(moment, converted), before.get(moment.deal)
        sums: Sums | None = sums_of(stand_of(known, converted), settings) if known else None
        yield Restated(stand, sums, sums_of(stand, settings))


def same_deals(store: "Store", baseline: Baseline, deals: Sequence[Deal]) -> list[Same]:
    """The deals of today that had other names on the day, as far as that can be known."""
    now = {deal.identity: stand_of_deal(deal) for deal in deals}
    came = [deal for deal in deals if deal.identity not in baseline.then]
    known = _formerly(store, {deal.identity: deal.snapshots for deal in came})
    formerly = {deal.identity: [*deal.formerly, *known[deal.identity]] for deal in came}
    return renamed({identity: one.stand for identity, one in baseline.then.items()}, now, formerly)


def with_what_was_removed(
    store: "Store", baseline: Baseline, deals: Sequence[Deal], sources: Mapping[str, Source] | None, terms: Terms
) -> list[Deal]:
    """The deals, with the points of health that come from what was removed since the store's map of the day.

    `sources` are the files by name; None where the deals themselves are from the store.
    """
    rising = [deal for deal in deals if _rises(deal, baseline.then.get(deal.identity))]
    gained: dict[str, float] = {}
    for start in range(0, len(rising), AT_ONCE):
        some = rising[start : start + AT_ONCE]
        ids = {baseline.then[deal.identity].stand.map_id: deal.identity for deal in some}
        earlier: dict[str, dict[str, Any]] = {ids[kept.id]: kept.map for kept in store.maps(list(ids))}
        now = _sources_now(store, some, sources)
        keyed = {source.name: earlier[identity] for identity, source in now.items() if identity in earlier}
        places = list(now)
        check = partial(gained_since, earlier=keyed)
        for place, outcome in check_here(list(now.values()), range(len(now)), terms, check=check):
            gained[places[place]] = outcome["result"].get(GAINED, 0.0)
    return [replace(deal, gained=max(deal.gained, gained.get(deal.identity, 0.0))) for deal in deals]


def _rises(deal: Deal, then: Then | None) -> bool:
    was = then.stand.forecast if then else None
    both_open = was is not None and was.outcome is deal.forecast.outcome is Outcome.OPEN
    return both_open and was is not None and deal.forecast.health > was.health


def _sources_now(store: "Store", deals: Sequence[Deal], sources: Mapping[str, Source] | None) -> dict[str, Source]:
    if sources is not None:
        return {deal.identity: sources[deal.file] for deal in deals if deal.file in sources}
    wanted = {deal.identity for deal in deals}
    ids = [one.map_id for one in store.standing_on(date.max) if one.deal in wanted]
    return {kept.deal: replace(stored_source(kept), name=kept.deal) for kept in store.maps(ids)}


def gone_of(store: "Store", deals: Sequence[Deal], left_out: Sequence[LeftOut], converted: OneCurrency | None) -> Gone:
    """What of the store is not here today."""
    here = {deal.identity for deal in deals} | {one.identity for one in left_out}
    stands = {one.deal: stand_of(one, converted) for one in store.standing_on(date.max) if one.deal not in here}
    days = [stand.as_of for stand in stands.values() if stand.as_of]
    if not days:
        return Gone(stands, {})
    same, came = _gone_on(store, stands, min(days), converted, is_not_older)
    return Gone(stands, _by_name(same, came))


def without_renamed(
    store: "Store", deals: Sequence[Deal], converted: OneCurrency | None, lang: Lang
) -> tuple[list[Deal], list[LeftOut], Gone]:
    """The deals of a store alone, those apart that go on under another name: else they would count twice.

    Such a deal is open, and was last seen on an earlier day than the first map of the other name.
    """
    last = {one.deal: stand_of(one, converted) for one in store.standing_on(date.max)}
    open_deals = {identity: one for identity, one in last.items() if one.outcome is Outcome.OPEN}
    days = [one.as_of for one in open_deals.values() if one.as_of]
    if not days:
        return list(deals), [], Gone({}, {})
    same, came = _gone_on(store, open_deals, min(days) + timedelta(days=1), converted, is_later)
    links = {one.then: one for one in same}
    told = []
    for deal in deals:
        if (link := links.get(deal.identity)) is not None:
            now = came[link.now]
            name = " — ".join(filter(None, (now.account, now.opportunity)))
            why = GOES_ON.say(lang, {"name": name, "day": now.as_of, "why": link.why})
            told.append(LeftOut(
                deal.file, deal.account, deal.opportunity, why, TWO_DEALS.to(lang),
                team=deal.team, rep=deal.rep, identity=deal.identity, kind="renamed",
            ))  # fmt: skip
    return [deal for deal in deals if deal.identity not in links], told, Gone({}, _by_name(same, came))


def _gone_on(
    store: "Store", stands: Mapping[str, Stand], since: date, converted: OneCurrency | None, may_follow: Follows
) -> tuple[list[Same], dict[str, Stand]]:
    """Which deals went on as one that began on a day or later, and the first map of each of these."""
    came = {one.deal: stand_of(one, converted) for one in store.first_of_each(since)}
    marks = {kept.deal: marks_kept(kept.map) for kept in store.maps([one.map_id for one in came.values()])}
    return followed(stands, came, _formerly(store, marks), may_follow), came


def _by_name(same: Iterable[Same], came: Mapping[str, Stand]) -> dict[str, tuple[str, date]]:
    return {one.then: (one.now, day) for one in same if (day := came[one.now].as_of)}


def _formerly(store: "Store", marks: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The deals whose maps the store has by the fingerprints of snapshots."""
    by_mark = store.deals_with({mark for mine in marks.values() for mark in mine})
    return {deal: [one for mark in mine for one in by_mark.get(mark, ())] for deal, mine in marks.items()}


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the figures of today: the day they are compared with, and the deals that were not handed in."""

    today: date
    settings: Settings
    baseline: Baseline | None = None
    same: Sequence[Same] = ()
    gone: Gone | None = None

    def told_by(
        self, portfolio: Portfolio, deals: Sequence[Deal], left_out: Sequence[LeftOut], chosen: Chosen
    ) -> Portfolio:
        """The portfolio with what moved, what it stands on, and what was not handed in or judged long ago.

        `deals` and `left_out` are all there are: who handed a deal over to a team that is not shown still gave it away.
        """
        lines, closed = portfolio.lines, portfolio.closed
        moves = None
        if self.baseline is not None:
            spelt = [*(line.deal for line in lines), *(one.deal for one in closed), *deals]
            moves = self.baseline.moves(deals, left_out, self.settings, self.same, spelt)
            moves = replace(
                moves,
                steps=[one for one in moves.steps if chosen.is_of(one.whose)],
                restated=[one for one in moves.restated if chosen.is_of(one.stand)],
            )
        missing = [one for one in self._missing() if chosen.is_of(one[0]) and chosen.is_of_people]
        return replace(
            portfolio,
            moves=moves,
            footing=footing_of(lines, closed, portfolio.totals),
            aged=aged_of(lines, closed, missing, self.today),
            today=self.today,
        )

    def _missing(self) -> list[tuple[Stand, Sums]]:
        if self.gone is None:
            return []
        known = {*self.gone.goes_on, *(one.then for one in self.same)}
        stands = (stand for identity, stand in self.gone.stands.items() if identity not in known)
        return [(stand, sums_of(stand, self.settings)) for stand in stands]

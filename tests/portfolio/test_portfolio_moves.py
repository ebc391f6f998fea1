"""What moved since a day: each movement by example, and that the steps of any two portfolios add up to the minor unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmap.funnel import STAGES, ForecastDeal
from warmap.settings import settings_from
from warmap.terms import Outcome, ProcurementStage
from warmap_app.portfolio.moves import FIGURES, NOTHING, Move, Stand, Sums, Then, steps_between, sums_of
from warmap_app.portfolio.moves_summed import Moves
from warmap_app.portfolio.renamed import BY_AMOUNT, BY_FILE, BY_SNAPSHOT, BY_SPELLING, BY_SUM, renamed

SET = settings_from({"stage_probability": {"quotation_negotiation": 0.5, "contract_signing": 0.75}})
NEGOTIATION, SIGNING = ProcurementStage.QUOTATION_NEGOTIATION, ProcurementStage.CONTRACT_SIGNING
DAY = date(2026, 6, 30)


def stand(
    identity="d",
    amount=1000,
    currency="CNY",
    declared=NEGOTIATION,
    reached=4,
    health=80.0,
    outcome=Outcome.OPEN,
    **given,
):
    """A deal of CNY 1,000 in negotiation, earned, health 80: claimed 500, adjusted 400."""
    forecast = ForecastDeal(identity, Decimal(str(amount)), currency, declared, reached, health, outcome)
    whose = {"account": f"Account {identity}", "opportunity": "MES", "team": "East", "rep": "Ann", "file": f"{identity}.xlsx",
             "as_of": DAY, "close_date": date(2026, 9, 30), "stated": currency}  # fmt: skip
    return Stand(identity, forecast=None if amount is None else forecast, **{**whose, **given})


def uncounted(identity="d"):
    return replace(stand(identity), forecast=None)


def then_of(*stands):
    return {one.identity: Then(one, sums_of(one, SET)) for one in stands}


def now_of(*stands):
    return {one.identity: one for one in stands}


def moved(was, now, same=()):
    """What moved, but what it starts from: kind, currency, claimed, adjusted and won in minor units."""
    steps = steps_between(then_of(*was), now_of(*now), SET, same)
    return [
        (one.kind, one.currency, one.sums.claimed, one.sums.adjusted, one.sums.won)
        for one in steps
        if one.kind is not Move.THEN
    ]


WON, LOST, SHELVED = Outcome.WON, Outcome.LOST, Outcome.NO_DECISION
EXAMPLES = {
    "nothing": ([stand()], [stand()], []),
    "new": ([], [stand()], [(Move.NEW, "CNY", 50000, 40000, 0)]),
    "new and already won": ([], [stand(outcome=WON)], [(Move.WON, "CNY", 0, 0, 100000)]),
    "won": ([stand()], [stand(outcome=WON)], [(Move.WON, "CNY", -50000, -40000, 100000)]),
    "won for less": ([stand()], [stand(amount=900, outcome=WON)], [(Move.WON, "CNY", -50000, -40000, 90000)]),
    "lost": ([stand()], [stand(outcome=LOST)], [(Move.LOST, "CNY", -50000, -40000, 0)]),
    "shelved": ([stand()], [stand(outcome=SHELVED)], [(Move.NO_DECISION, "CNY", -50000, -40000, 0)]),
    "reopened": ([stand(outcome=LOST)], [stand()], [(Move.REOPENED, "CNY", 50000, 40000, 0)]),
    "won no more": ([stand(outcome=WON)], [stand()], [(Move.REOPENED, "CNY", 50000, 40000, -100000)]),
    "won, then lost": ([stand(outcome=WON)], [stand(outcome=LOST)], [(Move.LOST, "CNY", 0, 0, -100000)]),
    "more won": ([stand(outcome=WON)], [stand(amount=1200, outcome=WON)], [(Move.AMOUNT, "CNY", 0, 0, 20000)]),
    "lost and at rest": ([stand(outcome=LOST)], [], []),
    "not handed in again": ([stand()], [], [(Move.MISSING, "CNY", -50000, -40000, 0)]),
    "a won deal not handed in again": ([stand(outcome=WON)], [], [(Move.MISSING, "CNY", 0, 0, -100000)]),
    "amount deleted": ([stand()], [uncounted()], [(Move.UNCOUNTED, "CNY", -50000, -40000, 0)]),
    "amount filled in": ([uncounted()], [stand()], [(Move.COMPLETED, "CNY", 50000, 40000, 0)]),
    "incomplete both times": ([uncounted()], [uncounted()], []),
    "amount": ([stand()], [stand(amount=1500)], [(Move.AMOUNT, "CNY", 25000, 20000, 0)]),
    "stage claimed but not earned": ([stand()], [stand(declared=SIGNING)], [(Move.STAGE, "CNY", 25000, 0, 0)]),
    "stage earned": (
        [stand(declared=SIGNING)], [stand(declared=SIGNING, reached=5)], [(Move.EARNED, "CNY", 0, 20000, 0)],
    ),
    "health": ([stand()], [stand(health=61.3)], [(Move.HEALTH, "CNY", 0, -9350, 0)]),
    "amount, stage and health, in this order": (
        [stand()], [stand(amount=2000, declared=SIGNING, reached=5, health=50.0)],
        [(Move.AMOUNT, "CNY", 50000, 40000, 0), (Move.STAGE, "CNY", 50000, 0, 0), (Move.EARNED, "CNY", 0, 40000, 0),
         (Move.HEALTH, "CNY", 0, -45000, 0)],
    ),
    "close date": ([stand()], [stand(close_date=date(2026, 12, 15))], [(Move.CLOSE_DATE, "CNY", 0, 0, 0)]),
    "currency": (
        [stand()], [stand(amount=150, currency="USD", stated="USD")],
        [(Move.CURRENCY, "CNY", -50000, -40000, 0), (Move.CURRENCY, "USD", 7500, 6000, 0)],
    ),
    "currency, all being converted to one": (
        [stand()], [stand(amount=1065, stated="USD")], [(Move.CURRENCY, "CNY", 3250, 2600, 0)],
    ),
    "handed over": (
        [stand()], [stand(rep="Bob")], [(Move.OWNER, "CNY", -50000, -40000, 0), (Move.OWNER, "CNY", 50000, 40000, 0)],
    ),
    "a rep spelt otherwise": ([stand()], [stand(rep=" ＡＮＮ ")], []),
    "without an amount of yen": (
        [stand(currency="JPY", stated="JPY")], [stand(amount=1001, currency="JPY", stated="JPY")],
        [(Move.AMOUNT, "JPY", 0, 0, 0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_movement_by_example(name):
    was, now, wanted = EXAMPLES[name]
    assert moved(was, now) == wanted


def test_every_kind_of_movement_has_an_example():
    shown = {kind for _, _, wanted in EXAMPLES.values() for kind, *_ in wanted}
    assert set(Move) - shown == {Move.THEN, Move.REJUDGED, Move.SPLIT, Move.RENAMED}


def test_what_changed_is_said():
    was, now = stand(), stand(amount=1500, health=70.0, close_date=date(2026, 12, 15))
    said = {one.kind: (one.before, one.after) for one in steps_between(then_of(was), now_of(now), SET)}
    assert said[Move.AMOUNT] == ("1,000.00 CNY", "1,500.00 CNY")
    assert said[Move.HEALTH] == ("80.0", "70.0")
    assert said[Move.CLOSE_DATE] == ("2026-09-30", "2026-12-15")


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2026, 12, 15), "from 2026-Q3 to 2026-Q4"), (date(2026, 7, 1), None), (None, "from 2026-Q3 to –")],
)
def test_a_close_date_that_moves_into_another_quarter_says_so(day, told):
    (step,) = [
        o for o in steps_between(then_of(stand()), now_of(stand(close_date=day)), SET) if o.kind is Move.CLOSE_DATE
    ]
    assert (step.why and step.why.en) == told


def test_a_figure_kept_by_other_settings_moves_by_judging_it_anew():
    was = {"d": Then(stand(), Sums(100000, 60000, 30000))}
    steps = steps_between(was, now_of(stand()), SET)
    assert [(one.kind, one.sums) for one in steps] == [
        (Move.THEN, Sums(100000, 60000, 30000)), (Move.REJUDGED, Sums(0, -10000, 10000)),
    ]  # fmt: skip


class TestWhichDealIsWhich:
    """A name is gone, another has come: renamed, split or merged, as far as that can be known."""

    @pytest.mark.parametrize(
        ("was", "now", "snapshots", "why"),
        [
            (stand("a"), stand("b", amount=700, rep="Bob"), {"b": ["a"]}, BY_SNAPSHOT),
            (stand("a", file="wk1/deal.xlsx"), stand("b", amount=7, file="wk2/Deal.xlsx"), {}, BY_FILE),
            (stand("a", account="Acme Ltd"), stand("b", account="ACME, Limited", amount=7), {}, BY_SPELLING),
            (stand("a", account="Acme"), stand("b", account="Acme", opportunity="MES II"), {}, BY_AMOUNT),
        ],
        ids=["snapshot", "file", "spelling", "amount"],
    )
    def test_a_renamed_deal_is_compared_with_itself(self, was, now, snapshots, why):
        same = renamed(now_of(was), now_of(now), snapshots)
        assert [(one.then, one.now, one.why, one.is_part) for one in same] == [("a", "b", why, False)]
        kinds = {kind for kind, *_ in moved([was], [now], same)}
        assert Move.RENAMED in kinds
        assert not kinds & {Move.NEW, Move.MISSING}

    def test_where_nothing_tells_it_is_lost_and_new(self):
        was, now = stand("a"), stand("b", amount=7)
        assert renamed(now_of(was), now_of(now), {}) == []
        assert [kind for kind, *_ in moved([was], [now])] == [Move.NEW, Move.MISSING]

    def test_of_two_that_look_alike_nobody_can_tell_which(self):
        was = [stand("a", account="Acme"), stand("b", account="Acme", opportunity="LIMS")]
        assert renamed(now_of(*was), now_of(stand("c", account="Acme", opportunity="ERP")), {}) == []

    def test_a_split_is_no_news(self):
        was = [stand("a", account="Acme")]
        now = [stand("a", account="Acme", amount=600), stand("b", account="Acme", opportunity="II", amount=400)]
        same = renamed(now_of(*was), now_of(*now), {})
        assert [(one.then, one.now, one.why, one.is_part) for one in same] == [("a", "b", BY_SUM, True)]
        assert moved(was, now, same) == [(Move.SPLIT, "CNY", -20000, -16000, 0), (Move.SPLIT, "CNY", 20000, 16000, 0)]

    def test_a_snapshot_tells_of_a_split_whatever_the_amounts(self):
        was, now = [stand("a")], [stand("a", amount=600), stand("b", amount=500)]
        same = renamed(now_of(*was), now_of(*now), {"b": ["a"]})
        assert moved(was, now, same) == [(Move.SPLIT, "CNY", -20000, -16000, 0), (Move.SPLIT, "CNY", 25000, 20000, 0)]

    def test_a_merger_is_no_loss(self):
        was = [stand("a", account="Acme"), stand("b", account="Acme", opportunity="II", amount=400)]
        now = [stand("a", account="Acme", amount=1400)]
        same = renamed(now_of(*was), now_of(*now), {})
        assert moved(was, now, same) == [(Move.SPLIT, "CNY", 20000, 16000, 0), (Move.SPLIT, "CNY", -20000, -16000, 0)]


@st.composite
def stands(draw, identity):
    """A deal on a day: of a few teams, in a few currencies, open or not, now and then without an amount."""
    currency = draw(st.sampled_from(["CNY", "JPY", "BHD"]))
    units = draw(st.sampled_from([None, 0, 1, 333, 99999]) | st.integers(0, 10**12))
    if units is None:
        return uncounted(identity)
    return stand(
        identity, Decimal(units).scaleb(-{"JPY": 0, "BHD": 3}.get(currency, 2)), currency, draw(st.sampled_from(STAGES)),
        draw(st.integers(1, 6)), draw(st.floats(0, 100).map(lambda value: round(value, 6))),
        draw(st.sampled_from([*[Outcome.OPEN] * 4, *Outcome])), stated=currency,
        account=draw(st.sampled_from(["Acme", "Acme Ltd", "华信", ""])), opportunity=draw(st.sampled_from(["MES", "II", ""])),
        team=draw(st.sampled_from(["East", "west", ""])), rep=draw(st.sampled_from(["Ann", "Bob", ""])),
        file=draw(st.sampled_from(["x.xlsx", f"{identity}.xlsx", ""])),
        close_date=draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))),
    )  # fmt: skip


@st.composite
def weeks(draw):
    """Two days of some deals: kept, new, gone, renamed, split, reopened, deleted, as chance will have it."""
    then, now = ({name: draw(stands(name)) for name in draw(st.sets(st.sampled_from("abcdefg")))} for _ in range(2))
    snapshots = draw(st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), max_size=2)))
    return then, now, renamed(then, now, snapshots)


def added(figures):
    return [sum(column) for column in zip(*figures, NOTHING, strict=True)]


@settings(deadline=None, max_examples=300)
@given(weeks())
def test_the_steps_of_any_two_days_add_up(made):
    then, now, same = made
    stored = {name: Then(one, sums_of(one, SET)) for name, one in then.items()}
    steps = steps_between(stored, now, SET, same)
    for currency in {step.currency for step in steps} | {one.currency for one in now.values()}:
        mine = [step for step in steps if step.currency == currency]
        wanted = [sums_of(one, SET) for one in now.values() if one.currency == currency]
        assert added(step.sums for step in mine) == added(wanted)
        started = [step.sums for step in mine if step.kind is Move.THEN]
        assert added(started) == added(sums_of(one, SET) for one in then.values() if one.currency == currency)
        for people in ("team", "rep"):
            for name in {getattr(step.whose, people) for step in mine}:
                ends = [sums_of(o, SET) for o in now.values() if o.currency == currency and getattr(o, people) == name]
                assert added(s.sums for s in mine if getattr(s.whose, people) == name) == added(ends)
    owner = [step for step in steps if step.kind is Move.OWNER]
    assert not any(added(step.sums for step in owner))
    assert not any(any(step.sums) for step in steps if step.kind in {Move.CLOSE_DATE, Move.RENAMED})


@settings(deadline=None, max_examples=100)
@given(weeks())
def test_each_deal_adds_up_on_its_own(made):
    then, now, _ = made
    for name in {*then, *now}:
        was = {name: Then(then[name], sums_of(then[name], SET))} if name in then else {}
        is_now = {name: now[name]} if name in now else {}
        steps = steps_between(was, is_now, SET)
        for currency in {step.currency for step in steps}:
            wanted = [sums_of(one, SET) for one in is_now.values() if one.currency == currency]
            assert added(step.sums for step in steps if step.currency == currency) == added(wanted)


@settings(deadline=None, max_examples=100)
@given(weeks())
def test_the_tables_add_up_to_the_steps(made):
    then, now, same = made
    moves = Moves(DAY, steps_between({name: Then(o, sums_of(o, SET)) for name, o in then.items()}, now, SET, same))
    rows = moves.rows({"CNY": 3})
    for currency in {row.currency for row in rows}:
        mine = [row for row in rows if row.currency == currency]
        assert mine[0].kind is Move.THEN
        assert mine[-1].kind is None
        for figure in FIGURES:
            assert sum(getattr(row, figure) for row in mine[:-1]) == getattr(mine[-1], figure)
    for people in ("team", "rep"):
        for row in moves.whose(people):
            if row.label is None:
                (end,) = [one for one in rows if one.kind is None and one.currency == row.currency]
                assert row.now == getattr(end, row.figure)
                parts = [o for o in moves.whose(people) if o.label is not None and o.currency == row.currency]
                assert row.now == sum(one.now for one in parts if one.figure == row.figure)

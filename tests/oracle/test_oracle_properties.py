"""What the specification promises of every map, held on the same made-up maps as the comparison."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from functools import cache

import oracle_deal_scores as specified
import pytest
from oracle_compare import between, oracle, program
from oracle_funnel import UNITS, bridge, forecast, funnel
from oracle_map import FIGURES, people, same, without_blanks
from oracle_maps import document_of
from oracle_scores import contact_trust

from warmap import funnel as forecasts
from warmap.evaluation import evaluate
from warmap.judgement import Judgement, judge
from warmap.reading import read_document
from warmap.scores.competition import competition
from warmap.scores.health import health_components, weigh
from warmap.scores.needs import need_log
from warmap.scores.stage_reached import stage_reached
from warmap.scores.timetable import contract_is_signed
from warmap.scores.trust import trust_by_contact
from warmap.settings import default_settings
from warmap.text import LANGUAGES, half_up
from warmap.worksheet import FUNCTIONS, Call
from warmap.worksheet.standing import five_forces, key_account_count
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook

SEEDS = range(2000, 2060)
QUOTAS = {"CNY": 9_000_000, "USD": 1, "EUR": "1234.56"}
every_map = pytest.mark.parametrize("seed", SEEDS)


def number(value):
    return None if value is None else float(value)


def judged(seed):
    return Judgement(read_document(document_of(seed)).map)


@every_map
def test_the_losses_add_up_to_100_minus_health_exactly(seed):
    found = judged(seed).health
    if found.score is None:
        return
    assert sum(Fraction(loss.points) for loss in found.losses) == 100 - Fraction(found.score)


@every_map
def test_the_figures_that_stand_beside_the_scores_are_the_specified_ones(seed):
    document, found = without_blanks(document_of(seed)), judged(seed)
    assert five_forces(found.map.profile) == pytest.approx(number(specified.five_forces(document)), abs=1e-9)
    assert key_account_count(found.map.profile) == specified.key_account(document)
    assert [str(aspect) for aspect in need_log(found).unasked] == specified.unasked(document)
    ices = [specified.ice(row) for row in document.get("needs") or []]
    assert [need.ice for need in need_log(found).ranked if need.ice is not None] == pytest.approx(
        sorted((float(ice) for ice in ices if ice is not None), reverse=True), abs=1e-9
    )
    for kind in ("differentiators", "gaps"):
        rows = [line.row.criterion for line in getattr(competition(found), kind)]
        named = [row.get("criterion") for row in getattr(specified, kind)(document, FIGURES)]
        assert rows == [name and name.strip() for name in named]
    for one in people(document):
        trust = number(contact_trust(document, one, FIGURES))
        assert trust_by_contact(found)[same(one["name"])].score == pytest.approx(trust, abs=1e-9)


@every_map
def test_no_table_left_empty_lifts_the_base(seed):
    document, base = document_of(seed), judged(seed).scores["health_base"]
    for table in document.keys() - {"deal", "snapshots"}:
        left = Judgement(read_document({name: held for name, held in document.items() if name != table}).map)
        assert left.scores["health_base"] <= base, table


def health_of(found, flags):
    """Health of the map as it is, with these flags."""
    return weigh(health_components(found), flags, found.settings, has_contacts=True)


@every_map
def test_clearing_any_flag_raises_health_and_so_does_answering_it(seed):
    found = judged(seed)
    whole = health_of(found, found.flags)
    for place, one in enumerate(found.flags if whole.base > 0 else ()):
        others = found.flags[:place] + found.flags[place + 1 :]
        cleared = health_of(found, others)
        assert whole.score < cleared.score <= whole.base, one
        if one.mitigated_by is None:
            answered = dataclasses.replace(one, mitigated_by=object())
            assert whole.score < health_of(found, [*others, answered]).score < cleared.score, one


@every_map
def test_the_lost_points_as_shown_add_up_to_100_minus_health_as_shown(seed):
    found = judged(seed)
    for height in (None, 1, 3, 12):
        rows = FUNCTIONS["HEALTH_WHY"].compute(Call(found, "en", height=height))
        if found.health.score is None:
            assert rows == []
        else:
            assert all(points == round(points, 1) for _, points in rows)
            assert len(rows) <= (height or 200)
            assert round(sum(points for _, points in rows), 6) == round(100 - half_up(found.health.score, 1), 6)


@every_map
def test_a_person_has_one_line_of_advice_and_the_lines_are_ten_at_most(seed):
    lines, names = program(document_of(seed))["next_actions"], {same(one["name"]) for one in people(document_of(seed))}
    persons = [same(line["subject"]) for line in lines if same(line["subject"]) in names]
    assert len(persons) == len(set(persons))
    assert len(lines) <= 10
    for line in lines:
        if line["route"]:
            assert len(line["route"]) == len(set(map(same, line["route"])))


@every_map
def test_no_advice_is_worth_more_than_all_flags_take_and_none_is_worth_nothing(seed):
    """Each line is worth something where there is something to gain, and no more than the base leaves room for."""
    found = program(document_of(seed))
    for line in found["next_actions"]:
        if found["scores"]["health"] is None:
            assert line["worth"] is None
        else:
            assert 0 <= line["worth"] <= found["scores"]["health_base"] - found["scores"]["health"] + 1e-9
            assert line["worth"] > 0 or found["scores"]["health_base"] == 0


@pytest.mark.parametrize("seed", range(2100, 2106))
def test_a_workbook_of_either_language_gives_the_same_result(seed):
    document = document_of(seed)
    for lang in LANGUAGES:
        back = read_workbook(build_workbook(read_document(document).map, lang))
        told = evaluate(judge(back.map, back.settings), back.findings, lang="en", language="zh")
        assert between(told, oracle(document)) == []


class TestManyMaps:
    """Funnel and forecast bridge over many maps, in minor currency units."""

    SEEDS = range(2200, 2280)

    @staticmethod
    @cache
    def deals():
        found = [(one, one.map.deal) for one in map(judged, TestManyMaps.SEEDS)]
        return [
            forecasts.ForecastDeal(
                "", deal.amount, deal.currency, deal.stage, stage_reached(one), one.health.score or 0.0,
                forecasts.settled(deal.outcome, signed=contract_is_signed(one)),
            )
            for one, deal in found
            if None not in (deal.amount, deal.currency, deal.stage)
        ]  # fmt: skip

    @staticmethod
    @cache
    def forecasts():
        found = [forecast(document_of(seed), FIGURES) for seed in TestManyMaps.SEEDS]
        return [one for one in found if one is not None]

    def test_the_bridge_is_the_specified_one_and_adds_up_to_the_minor_unit(self):
        steps = forecasts.bridge(self.deals(), default_settings())
        assert [(s.currency, s.claimed, s.stage, s.health, s.adjusted) for s in steps] == bridge(self.forecasts())
        assert all(s.claimed + s.stage + s.health == s.adjusted for s in steps)
        assert len(steps) > 40

    def test_the_totals_are_the_sums_by_currency(self):
        steps = bridge(self.forecasts())
        totals = forecasts.funnel(self.deals(), default_settings())
        for currency, total in totals.items():
            mine = [step for step in steps if step[0] == currency]
            assert (total.deals, total.claimed, total.adjusted) == (
                len(mine), sum(claimed for _, claimed, *_ in mine), sum(adjusted for *_, adjusted in mine),
            )  # fmt: skip
        assert len(totals) > 1

    def test_the_funnel_is_the_specified_one(self):
        quotas = {currency: Decimal(str(quota)) for currency, quota in QUOTAS.items()}
        found = forecasts.funnel(self.deals(), default_settings(), quotas)
        right = funnel(self.forecasts(), QUOTAS)
        assert {code: (one.won, one.adjusted, one.gap, one.needed_pipeline) for code, one in found.items()} == right
        assert any(won for won, *_ in right.values())
        assert {gap and gap > 0 for _, _, gap, _ in right.values()} >= {True, False}

    @pytest.mark.parametrize("currency", UNITS)
    def test_a_currency_has_its_own_minor_unit(self, currency):
        assert forecasts.to_minor(Decimal(1), currency) == UNITS[currency]

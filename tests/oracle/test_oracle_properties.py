"""What domain.md promises of every map, held on the same made-up maps as the comparison."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from oracle_compare import between, program
from oracle_funnel import UNITS, bridge, forecast, funnel
from oracle_map import FIGURES
from oracle_maps import document_of

from warmap.assessment import Assessment
from warmap.evaluation import evaluate
from warmap.intake import read_document
from warmap.scores import funnel as forecasts
from warmap.scores.health import health
from warmap.settings import default_settings
from warmap.text import LANGUAGES
from warmap_templates.build import build_workbook
from warmap_templates.read import read_workbook

SEEDS = range(2000, 2060)
QUOTAS = {"CNY": 9_000_000, "USD": 1, "EUR": "1234.56"}
every_map = pytest.mark.parametrize("seed", SEEDS)


def judged(seed):
    return Assessment(read_document(document_of(seed)).map)


@every_map
def test_the_losses_add_up_to_100_minus_health_exactly(seed):
    found = judged(seed).health
    assert sum(Fraction(loss.points) for loss in found.losses) == 100 - Fraction(found.score)


@every_map
def test_leaving_a_table_empty_never_lifts_health_while_the_flags_stay(seed):
    document, whole = document_of(seed), judged(seed)
    for table in document.keys() - {"deal", "snapshots"}:
        left = Assessment(read_document({name: held for name, held in document.items() if name != table}).map)
        assert health(left.health_components, whole.flags, left.settings).score <= whole.health.score, table


@pytest.mark.parametrize("seed", range(2100, 2106))
def test_a_workbook_of_either_language_gives_the_same_result(seed):
    document = document_of(seed)
    for lang in LANGUAGES:
        back = read_workbook(build_workbook(read_document(document).map, lang))
        told = evaluate(back.map, back.findings, settings=back.settings, lang="en", language="zh")
        assert between(told, program(document)) == []


class TestManyMaps:
    """Funnel and forecast bridge over many maps, in minor currency units."""

    @staticmethod
    def documents():
        return [document_of(seed) for seed in range(2200, 2280)]

    def deals(self):
        found = [Assessment(read_document(document).map).forecast_deal for document in self.documents()]
        return [deal for deal in found if deal is not None]

    def specified(self):
        found = [forecast(document, FIGURES) for document in self.documents()]
        return [one for one in found if one is not None]

    def test_the_bridge_is_the_specified_one_and_adds_up_to_the_minor_unit(self):
        steps = forecasts.bridge(self.deals(), default_settings())
        assert [(s.currency, s.claimed, s.stage, s.health, s.adjusted) for s in steps] == bridge(self.specified())
        assert all(
            s.claimed + s.stage + s.health == s.adjusted for s in [*steps, *forecasts.bridge_totals(steps).values()]
        )
        assert len(steps) > 40

    def test_the_totals_are_the_sums_by_currency(self):
        steps = bridge(self.specified())
        totals = forecasts.bridge_totals(forecasts.bridge(self.deals(), default_settings()))
        for currency, total in totals.items():
            columns = zip(*[step[1:] for step in steps if step[0] == currency], strict=True)
            assert (total.claimed, total.stage, total.health, total.adjusted) == tuple(map(sum, columns))
        assert len(totals) > 1

    def test_the_funnel_is_the_specified_one(self):
        quotas = {currency: Decimal(str(quota)) for currency, quota in QUOTAS.items()}
        found = forecasts.funnel(self.deals(), default_settings(), quotas)
        specified = funnel(self.specified(), QUOTAS)
        assert {code: (one.expected, one.gap, one.needed_pipeline) for code, one in found.items()} == specified
        assert {gap and gap > 0 for _, gap, _ in specified.values()} >= {True, False}

    @pytest.mark.parametrize("currency", UNITS)
    def test_a_currency_has_its_own_minor_unit(self, currency):
        assert forecasts.to_minor(Decimal(1), currency) == UNITS[currency]

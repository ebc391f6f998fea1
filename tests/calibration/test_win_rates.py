"""How often green won: shares with their intervals, and nothing where deals are too few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap.settings import default_settings
from warmap.terms import HealthBand, Outcome, ProcurementStage
from warmap_app.calibration.foretold import SCORES, Course, Judged
from warmap_app.calibration.win_rates import RANGES, TOO_FEW, rates_of, wilson

ODDS = default_settings().stage_probability
counts = st.integers(1, 2000).flatmap(lambda ended: st.tuples(st.integers(0, ended), st.just(ended)))
outcomes = st.sampled_from(list(Outcome))
points = st.none() | st.floats(-5, 100)


@st.composite
def courses(draw):
    """Courses of some deals, and their judgements by the ids of the maps."""
    found, told = [], {}
    for deal in range(draw(st.integers(0, 30))):
        stages = draw(st.lists(st.sampled_from(list(ProcurementStage)), unique=True, max_size=4))
        firsts = {stage: f"{deal} {stage.value}" for stage in stages}
        for map_id in firsts.values():
            scores = {code: draw(points) for code in SCORES}
            told[map_id] = Judged(draw(st.sampled_from(list(HealthBand))), draw(st.integers(1, 6)), scores)
        found.append(Course(firsts, draw(outcomes), None))
    return found, told


class TestTheInterval:
    """Wilson's score interval, without correction for continuity."""

    @pytest.mark.parametrize(
        ("won", "ended", "low", "high"),
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_it_is_that_of_the_tables(self, won, ended, low, high):
        """Newcombe, 1998, Statistics in Medicine 17, 857–872, table I, method 3."""
        assert wilson(won, ended) == pytest.approx((low, high), abs=5e-5)

    @given(counts)
    def test_it_holds_the_share_stays_within_bounds_and_has_a_width(self, given):
        won, ended = given
        low, high = wilson(won, ended)
        assert 0 <= low <= won / ended <= high <= 1
        assert high > low

    @given(counts)
    def test_what_was_not_won_is_its_mirror(self, given):
        won, ended = given
        low, high = wilson(ended - won, ended)
        assert wilson(won, ended) == pytest.approx((1 - high, 1 - low))

    @given(counts)
    def test_more_deals_make_it_narrower(self, given):
        won, ended = given
        (low, high), (lower, higher) = wilson(10 * won, 10 * ended), wilson(won, ended)
        assert high - low < higher - lower


class TestTheRows:
    @given(courses())
    def test_every_deal_counts_once_at_each_stage_in_each_score(self, given):
        found, told = given
        rates = rates_of(found, told, ODDS)
        for stage in [None, *ProcurementStage]:
            mine = [course for course in found if (stage in course.firsts if stage else course.firsts)]
            for score in ("", "band", *SCORES):
                rows = [rate for rate in rates if (rate.stage, rate.score) == (stage, score)]
                assert sum(rate.ended + rate.still_open for rate in rows) == len(mine)
                assert sum(rate.won for rate in rows) == sum(one.outcome is Outcome.WON for one in mine)
                assert len({rate.level for rate in rows}) == len(rows)

    @given(courses())
    def test_open_deals_are_in_no_share_and_few_have_none(self, given):
        for rate in rates_of(*given, ODDS):
            assert rate.ended == rate.won + rate.lost + rate.no_decision
            assert (rate.share is None) is (rate.interval is None) is (rate.ended < TOO_FEW)
            assert (rate.forecast is None) is (rate.ended == 0)
            assert rate.share is None or rate.share == rate.won / rate.ended

    @pytest.mark.parametrize(
        ("value", "level"), [(-5, 0), (0, 0), (24.9, 0), (25, 1), (50, 2), (74.99, 2), (75, 3), (100, 3), (None, None)]
    )
    def test_a_score_counts_in_its_range(self, value, level):
        stage = ProcurementStage.MARKET_RESEARCH
        one = Judged(HealthBand.RED, 1, dict.fromkeys(SCORES, value))
        rates = rates_of([Course({stage: "m"}, Outcome.WON, None)], {"m": one}, ODDS)
        assert {rate.level for rate in rates if rate.score in SCORES} == {level}
        assert level is None or RANGES[level][0] <= max(value, 0) <= RANGES[level][1]

    def test_the_forecast_is_that_of_the_bridge(self):
        """Claimed quotation (60 %), earned market research (25 %), health 80: the bridge leaves 20 %."""
        one = Judged(HealthBand.GREEN, 2, {**dict.fromkeys(SCORES), "health": 80.0})
        course = Course({ProcurementStage.QUOTATION_NEGOTIATION: "m"}, Outcome.LOST, None)
        rates = rates_of([course], {"m": one}, ODDS)
        assert {(rate.claimed, round(rate.forecast, 9)) for rate in rates} == {(0.6, 0.2)}

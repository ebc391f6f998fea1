"""Health (specification, section 3): the weighted components, the penalty and its limits, and every point explained."""

from __future__ import annotations

from math import fsum
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_maps import maps

from warmap.judgement import Judgement
from warmap.model import WarMap
from warmap.scores.health import health_components, weigh
from warmap.settings import default_settings, settings_from
from warmap.terms import HealthComponent, HealthLimit, Severity

FULL = dict.fromkeys(HealthComponent, 100.0)


def parts(*values):
    """The components in order: role coverage, trust, win, stage, needs, competition, fit."""
    return dict(zip(HealthComponent, values, strict=True))


def flag(code="RF101", severity="critical", mitigated=False):
    return SimpleNamespace(code=code, severity=Severity(severity), mitigated_by=mitigated or None)


def judge(components, flags=(), **changed):
    return weigh(components, list(flags), settings_from(changed))


values = st.none() | st.floats(0, 100) | st.sampled_from([0.0, 100.0, 100 / 3, 1e-300])
weights = st.floats(0, 1e6) | st.sampled_from([0.1, 1 / 3, 25])
penalties = st.floats(0, 1e300) | st.sampled_from([0.1, 4.3, 10])
changes = st.fixed_dictionaries(
    {},
    optional={
        **{f"health_weight.{part}": weights for part in HealthComponent},
        **{f"penalty.{severity}": penalties for severity in Severity},
        "penalty_limit": penalties,
        "penalty_mitigated_share": st.floats(0, 1),
        "penalty_flags_per_code": st.integers(0, 5),
    },
)
some_flags = st.lists(
    st.builds(
        flag, st.sampled_from(["RF101", "RF302", "RF309", "RF904"]), st.sampled_from(list(Severity)), st.booleans()
    ),
    max_size=40,
)


class TestComponents:
    """Σ weight × component ÷ Σ weight; not assessed counts 0; the weakest link stands beside it."""

    @pytest.mark.parametrize(
        ("components", "score", "share", "weakest"),
        [
            (parts(100, 100, 100, 100, 100, 100, 100), 100, 1, "role_coverage"),
            (parts(0, 0, 0, 0, 0, 0, 0), 0, 1, "role_coverage"),
            (parts(0, None, None, None, None, None, None), 0, 0.25, "role_coverage"),
            # 20 + 12 + 10 + 7.5 + 0 + 5.5 + 4.5
            (parts(80, 60, 50, 75, None, 55, 90), 59.5, 0.9, "win"),
            # 25 × 0.62 + 20 × 0.715 + 20 × 0.4 + 10 × 2/3 + 10 × 0.5 + 0 + 5 × 0.86
            (parts(62, 71.5, 40, 200 / 3, 50, None, 86), 53.766666666666666, 0.9, "win"),
            # 12.5 + 8 + 8 + 0 + 4 + 9 + 0; three at 40, trust comes first
            (parts(50, 40, 40, None, 40, 90, None), 41.5, 0.85, "trust"),
        ],
    )
    def test_by_hand(self, components, score, share, weakest):
        judged = judge(components)
        assert judged.score == pytest.approx(score, abs=1e-9)
        assert judged.assessed_share == pytest.approx(share)
        assert judged.weakest_link == weakest

    def test_an_unassessed_component_is_no_weakest_link(self):
        assert judge(parts(30, None, 20, None, None, None, None)).weakest_link == "win"
        assert judge(parts(None, None, None, None, None, None, None)).weakest_link is None

    def test_a_difference_of_rounding_is_a_tie(self):
        assert judge(parts(50.00000000000001, 50, 100, 100, 100, 100, 100)).weakest_link == "role_coverage"

    def test_the_weights_are_settings(self):
        changed = {f"health_weight.{part}": 0 for part in HealthComponent if part != "fit"}
        judged = judge(parts(0, None, 0, 0, 0, 0, 80), **changed)
        assert judged.score == 80
        assert judged.assessed_share == 1

    def test_without_any_weight_there_is_nothing_to_judge(self):
        judged = judge(FULL, **{f"health_weight.{part}": 0 for part in HealthComponent})
        assert (judged.score, judged.band, judged.losses) == (None, None, ())

    @pytest.mark.parametrize(
        ("value", "band"), [(100, "green"), (70, "green"), (69.99, "amber"), (40, "amber"), (39.99, "red"), (0, "red")]
    )
    def test_bands(self, value, band):
        assert judge(dict.fromkeys(HealthComponent, value)).band == band

    def test_binary_rounding_costs_nobody_a_band(self):
        assert judge(dict.fromkeys(HealthComponent, 100 * (0.1 * 7))).band == "green"
        assert judge(dict.fromkeys(HealthComponent, 69.99999999999997)).band == "green"

    def test_bands_are_settings(self):
        assert judge(FULL, [flag()], **{"band.green": 91}).band == "amber"


class TestPenalty:
    """Critical 10, major 4, minor 1; half when mitigated; two of each code; at most 40; never below 0."""

    @pytest.mark.parametrize(
        ("flags", "score"),
        [
            ([flag()], 90),
            ([flag(severity="major")], 96),
            ([flag(severity="minor")], 99),
            ([flag(mitigated=True)], 95),
            ([flag(severity="major", mitigated=True)], 98),
            ([flag(severity="minor", mitigated=True)], 99.5),
            ([flag(), flag()], 80),
            ([flag(), flag(), flag()], 80),
            # of one code the heaviest after mitigation: 5 and 4, not 5 and 0.5
            ([flag(severity="minor", mitigated=True), flag(mitigated=True), flag(severity="major")], 91),
            # a mitigated critical (5) goes before a major (4), two majors before a mitigated major
            ([flag(severity="major"), flag(severity="major", mitigated=True), flag(severity="major")], 92),
            ([flag("RF101"), flag("RF201"), flag("RF205"), flag("RF301")], 60),
            ([flag("RF101"), flag("RF201"), flag("RF205"), flag("RF301"), flag("RF309", "minor")], 60),
            ([flag("RF101"), flag("RF201"), flag("RF205"), flag("RF301", mitigated=True), flag("RF302", "major")], 61),
        ],
    )
    def test_by_hand(self, flags, score):
        assert judge(FULL, flags).score == score

    def test_the_worked_example(self):
        flags = [
            flag("RF101", mitigated=True), flag("RF302", "major"), flag("RF302", "major"),
            flag("RF302", "major", mitigated=True), flag("RF309", "minor"),
        ]  # fmt: skip
        judged = judge(parts(80, 60, 50, 75, None, 55, 90), flags)  # 59.5 − (5 + 4 + 4 + 1)
        assert judged.score == 45.5
        assert judged.band == "amber"

    def test_never_below_0(self):
        judged = judge(parts(10, 10, 10, 10, 10, 10, 10), [flag(), flag(), flag("RF201")])
        assert (judged.score, judged.band) == (0, "red")

    @pytest.mark.parametrize(
        ("changed", "score"),
        [
            ({"penalty.critical": 20}, 60), ({"penalty_mitigated_share": 1}, 80), ({"penalty_mitigated_share": 0}, 80),
            ({"penalty_flags_per_code": 1}, 90), ({"penalty_flags_per_code": 3}, 75), ({"penalty_limit": 7}, 93),
            ({"penalty_flags_per_code": 0}, 100), ({"penalty.critical": 1e300, "penalty_limit": 1e300}, 0),
        ],
    )  # fmt: skip
    def test_the_limits_are_settings(self, changed, score):
        assert judge(FULL, [flag(), flag(), flag(mitigated=True)], **changed).score == pytest.approx(score)


class TestLosses:
    """Every point lost is explained."""

    def losses(self, judged):
        return {getattr(loss.what, "code", None) or str(loss.what): loss.points for loss in judged.losses}

    def test_component_by_component(self):
        assert self.losses(judge(parts(80, 60, 50, 75, None, 55, 90))) == pytest.approx(
            {"win": 10, "needs": 10, "trust": 8, "role_coverage": 5, "competition": 4.5, "stage": 2.5, "fit": 0.5}
        )

    def test_largest_first(self):
        judged = judge(parts(80, 60, 50, 75, None, 55, 90), [flag("RF302", "major"), flag("RF102")])
        points = [loss.points for loss in judged.losses]
        assert points == sorted(points, reverse=True)
        assert [loss.what for loss in judged.losses[:2]] == ["win", "needs"], (
            "equal ones in the order of the components"
        )

    def test_flag_by_flag_with_what_the_limits_took_off(self):
        flags = [flag("RF302", "major"), *[flag()] * 3, *[flag("RF205")] * 2, flag("RF201")]
        judged = judge(parts(30, 30, 30, 30, 30, 30, 30), flags)
        assert sum(loss.points for loss in judged.losses if not isinstance(loss.what, str)) == 64
        limits = {loss.what: loss.points for loss in judged.losses if isinstance(loss.what, HealthLimit)}
        assert limits == {HealthLimit.PER_CODE: -10, HealthLimit.TOTAL: -14, HealthLimit.FLOOR: pytest.approx(-10)}
        assert judged.score == 0

    def test_no_limit_is_named_that_took_nothing_off(self):
        at_the_limit = [flag("RF101"), flag("RF201"), flag("RF205"), flag("RF301")]
        for judged in (
            judge(FULL, [flag(), flag()]),
            judge(FULL, at_the_limit),
            judge(dict.fromkeys(HealthComponent, 0)),
        ):
            assert not [loss for loss in judged.losses if isinstance(loss.what, HealthLimit)]

    @settings(max_examples=500, deadline=None)
    @given(values=st.tuples(*[values] * 7), flags=some_flags, changed=changes, order=st.randoms())
    def test_the_losses_add_up_to_100_minus_health_to_the_last_digit(self, values, flags, changed, order):
        judged = judge(parts(*values), flags, **changed)
        assume(judged.score is not None)
        assert 0 <= judged.score <= 100
        points = [loss.points for loss in judged.losses]
        assert sum(points) == fsum(points) == 100 - judged.score
        order.shuffle(points)
        total = 0.0
        for point in points:
            total += point
        assert total == 100 - judged.score, "whatever the order, as a spreadsheet's SUM may take it"
        assert len([loss for loss in judged.losses if isinstance(loss.what, HealthComponent)]) == 7

    @settings(max_examples=200, deadline=None)
    @given(values=st.tuples(*[values] * 7), flags=some_flags)
    def test_it_is_the_formula_of_the_specification(self, values, flags):
        numbers = default_settings()
        base = sum(w * (v or 0) for w, v in zip(numbers.health_weight.values(), values, strict=True)) / 100
        by_code = {}
        for f in flags:
            points = {"critical": 10, "major": 4, "minor": 1}[f.severity] * (0.5 if f.mitigated_by else 1)
            by_code.setdefault(f.code, []).append(points)
        penalty = min(40, sum(sum(sorted(points)[-2:]) for points in by_code.values()))
        assert judge(parts(*values), flags).score == pytest.approx(max(0, base - penalty), abs=1e-9)

    @settings(deadline=None)
    @given(values=st.tuples(*[values] * 7), flags=some_flags, more=some_flags)
    def test_a_flag_more_never_lifts_health_and_an_answer_never_lowers_it(self, values, flags, more):
        score = judge(parts(*values), flags).score
        assert judge(parts(*values), [*flags, *more]).score <= score
        assert judge(parts(*values), [flag(f.code, f.severity, mitigated=True) for f in flags]).score >= score


class TestOfAMap:
    """The components as the map gives them."""

    def test_the_components_are_put_on_100(self, assess):
        judged = assess(
            {
                "deal": {"stage": "need_identification"},
                "contacts": [
                    {"name": "陈丽", "buying_roles": ["user"], "contact_frequency": "rare"},  # 0.5 of one role of four
                ],
                "trust": [{"contact": "陈丽", "ratings": {"sincerity": {"rating": 3, "evidence_grade": "stated"}}}],
                "wins": [{"contact": "陈丽", "role": "user", "statuses": {"skills": "met"}}],
                "stage_evidence": [
                    {"stage": "need_identification", "criterion": "need_written", "done": True, "evidence": "x"}
                ],
                "needs": [{"spin_type": "problem", "answer": "太慢"}],
                "competition": [{"weight": 1, "our_score": 4, "scores": {"维持现状": 3}}],
                "ideal_customer": [{"attribute": "有预算", "weight": 1, "score": 4}],
            }
        )
        assert judged.health.components == pytest.approx(parts(12.5, 60, 100 / 6, 100 / 3, 25, 60, 80))
        assert judged.health.weakest_link == "role_coverage"

    def test_an_empty_map_has_no_health_and_says_how_little_was_assessed(self, assess):
        judged = assess({}).health
        assert judged.score == 0
        assert judged.assessed_share == 0.25, "nobody in any role is an answer; all the rest is not assessed"

    @settings(max_examples=200, deadline=None)
    @given(maps)
    def test_the_losses_of_a_map_add_up(self, data):
        judged = Judgement(WarMap.model_validate(data)).health
        assert sum(loss.points for loss in judged.losses) == 100 - judged.score

    @settings(max_examples=200, deadline=None)
    @given(
        data=maps, table=st.sampled_from([name for name in WarMap.model_fields if name not in {"deal", "snapshots"}])
    )
    def test_leaving_a_table_empty_never_lifts_health_while_the_flags_stay_what_they_are(self, data, table):
        full = Judgement(WarMap.model_validate(data))
        less = Judgement(WarMap.model_validate({k: v for k, v in data.items() if k != table}))
        without = weigh(health_components(less), full.flags, default_settings())
        assert without.score <= full.health.score
        assert without.assessed_share <= full.health.assessed_share

    def test_but_what_a_table_says_goes_with_it(self, assess):
        """The specification, section 4, keeps rules on an empty optional table silent: a logged objection costs its flag."""
        data = {"deal": {"as_of": "2026-06-30"}, "ideal_customer": [{"weight": 1, "score": 5}],
                "competition": [{"weight": 1, "our_score": 5, "scores": {"维持现状": 0}}],
                "needs": [{"spin_type": kind, "answer": "是"} for kind in ("situation", "problem", "implication", "need_payoff")],
                "actions": [{"about": "RF101、RF201、RF203、RF204"}]}  # fmt: skip
        logged = {**data, "objections": [{"objection": "太慢", "raised_on": "2026-06-01"}]}
        assert assess(data).health.score - assess(logged).health.score == 4

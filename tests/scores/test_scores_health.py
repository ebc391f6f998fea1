"""Health (specification, section 3): base × Π (1 − p ÷ k) over the red flags, its bands, and every point explained."""

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
from warmap.terms import HealthComponent, Severity

FULL = dict.fromkeys(HealthComponent, 100.0)


def parts(*values):
    """The components in order: role coverage, trust, win, stage, needs, competition, fit."""
    return dict(zip(HealthComponent, values, strict=True))


def flag(code="RF101", severity="critical", mitigated=False, subject="deal"):
    return SimpleNamespace(code=code, severity=Severity(severity), mitigated_by=mitigated or None, subject=subject)


def judge(components, flags=(), *, has_contacts=True, **changed):
    return weigh(components, list(flags), settings_from(changed), has_contacts=has_contacts)


values = st.none() | st.floats(0, 100) | st.sampled_from([0.0, 100.0, 100 / 3, 1e-300])
weights = st.floats(0, 1e6) | st.sampled_from([0.1, 1 / 3, 25])
shares = st.floats(0, 1) | st.sampled_from([0.1, 1 / 3, 1])
changes = st.fixed_dictionaries(
    {},
    optional={
        **{f"health_weight.{part}": weights for part in HealthComponent},
        **{f"flag_cost.{severity}": shares for severity in Severity},
        "flag_cost_answered_share": shares,
    },
)
some_flags = st.lists(
    st.builds(
        flag, st.sampled_from(["RF101", "RF302", "RF309", "RF904"]), st.sampled_from(list(Severity)), st.booleans(),
        st.sampled_from(["deal", "陈丽", "coach"]),
    ),
    max_size=40,
)  # fmt: skip


class TestBase:
    """Σ weight × component ÷ Σ weight; not assessed counts 0; the weakest link stands beside it."""

    @pytest.mark.parametrize(
        ("components", "base", "share", "weakest"),
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
    def test_by_hand(self, components, base, share, weakest):
        judged = judge(components)
        assert judged.base == pytest.approx(base, abs=1e-9)
        assert judged.score == judged.base
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
        assert (judged.score, judged.base, judged.band, judged.losses) == (None, None, None, ())


class TestBand:
    """≥ 70 green, ≥ 40 amber, else red; with less than half of the weight assessed incomplete; without any contact health and
    band are null while the base is given."""

    @pytest.mark.parametrize(
        ("value", "band"), [(100, "green"), (70, "green"), (69.99, "amber"), (40, "amber"), (39.99, "red"), (0, "red")]
    )
    def test_by_health(self, value, band):
        assert judge(dict.fromkeys(HealthComponent, value)).band == band

    @pytest.mark.parametrize(
        ("components", "band"),
        [
            (parts(100, None, 100, None, None, None, None), "incomplete"),  # 25 + 20 of 100
            (parts(100, None, 100, None, None, None, 100), "amber"),  # 25 + 20 + 5: half is enough, and 50 is amber
            (parts(0, 0, None, None, None, None, 0), "red"),
            (parts(None, None, None, None, None, None, None), "incomplete"),
        ],
    )
    def test_by_what_is_known(self, components, band):
        assert judge(components).band == band

    def test_binary_rounding_costs_nobody_a_band(self):
        assert judge(dict.fromkeys(HealthComponent, 100 * (0.1 * 7))).band == "green"
        assert judge(dict.fromkeys(HealthComponent, 69.99999999999997)).band == "green"

    def test_the_limits_are_settings(self):
        assert judge(FULL, [flag()], **{"band.green": 91}).band == "amber"
        assert judge(parts(100, 100, None, None, None, None, None), band_assessed_from=0.45).band == "amber"

    def test_without_a_contact(self):
        judged = judge(parts(0, None, None, 50, None, 50, 100), [flag()], has_contacts=False)
        assert (judged.score, judged.band) == (None, None)
        assert judged.base == 15  # 5 + 5 + 5
        assert judged.assessed_share == pytest.approx(0.5)
        assert judged.weakest_link == "role_coverage"


class TestFlags:
    """p = 0.10 critical, 0.04 major, 0.01 minor; half of that when answered; of several flags of one code (heaviest p first,
    then subject) the k-th costs p ÷ k."""

    @pytest.mark.parametrize(
        ("flags", "score"),
        [
            ([flag()], 90),
            ([flag(severity="major")], 96),
            ([flag(severity="minor")], 99),
            ([flag(mitigated=True)], 95),
            ([flag(severity="major", mitigated=True)], 98),
            ([flag(severity="minor", mitigated=True)], 99.5),
            ([flag("RF101"), flag("RF201")], 81),  # 0.9 × 0.9
            ([flag(), flag()], 85.5),  # 0.9 × 0.95
            ([flag(), flag(), flag()], 82.65),  # 0.9 × 0.95 × (1 − 0.1 ÷ 3)
            # by p: 0.05, 0.04 ÷ 2, 0.005 ÷ 3
            ([flag(severity="minor", mitigated=True), flag(mitigated=True), flag(severity="major")], 92.94483333333333),
            # 0.04, 0.04 ÷ 2, 0.02 ÷ 3
            ([flag(severity="major"), flag(severity="major", mitigated=True), flag(severity="major")], 93.4528),
            ([flag("RF101"), flag("RF201"), flag("RF205"), flag("RF301")], 65.61),  # no cap
            ([flag("RF101"), flag("RF201", "major"), flag("RF309", "minor")], 85.536),  # 0.9 × 0.96 × 0.99
        ],
    )
    def test_by_hand(self, flags, score):
        assert judge(FULL, flags).score == pytest.approx(score, abs=1e-9)
        assert judge(FULL, flags[::-1]).score == pytest.approx(score, abs=1e-9), "whatever the order they come in"

    FIVE = (
        flag("RF101", mitigated=True), flag("RF302", "major"), flag("RF302", "major"),
        flag("RF302", "major", mitigated=True), flag("RF309", "minor"),
    )  # fmt: skip

    def test_the_worked_example(self):
        judged = judge(parts(80, 60, 50, 75, None, 55, 90), self.FIVE)
        # 59.5 × 0.95 × 0.96 × 0.98 × (1 − 0.02 ÷ 3) × 0.99
        assert judged.base == pytest.approx(59.5)
        assert judged.score == pytest.approx(52.295953248, abs=1e-9)
        assert judged.band == "amber"

    def test_no_floor_is_reached(self):
        judged = judge(dict.fromkeys(HealthComponent, 10), [flag(f"RF{n}") for n in range(101, 121)])
        assert judged.score == pytest.approx(10 * 0.9**20, abs=1e-9)

    def test_it_does_not_fall_with_the_mere_number_of_people(self):
        assert judge(FULL, [flag("RF302", "major")] * 30).score > 84  # 1.2 costs would leave 29

    @pytest.mark.parametrize(
        ("changed", "score"),
        [
            ({}, 84.075),  # 0.9 × 0.95 × (1 − 0.05 ÷ 3)
            ({"flag_cost.critical": 0.2}, 69.6),  # 0.8 × 0.9 × (1 − 0.1 ÷ 3)
            ({"flag_cost_answered_share": 1}, 82.65),
            ({"flag_cost_answered_share": 0}, 85.5),
            ({"flag_cost.critical": 0}, 100),
            ({"flag_cost.critical": 1}, 0),
        ],
    )
    def test_the_costs_are_settings(self, changed, score):
        assert judge(FULL, [flag(), flag(), flag(mitigated=True)], **changed).score == pytest.approx(score, abs=1e-9)

    @settings(max_examples=200, deadline=None)
    @given(values=st.tuples(*[values] * 7), flags=some_flags)
    def test_it_is_the_formula_of_the_specification(self, values, flags):
        numbers = default_settings()
        left = sum(w * (v or 0) for w, v in zip(numbers.health_weight.values(), values, strict=True)) / 100
        by_code = {}
        for f in flags:
            p = {"critical": 0.10, "major": 0.04, "minor": 0.01}[f.severity] * (0.5 if f.mitigated_by else 1)
            by_code.setdefault(f.code, []).append(p)
        for each in by_code.values():
            for k, p in enumerate(sorted(each, reverse=True), 1):
                left *= 1 - p / k
        assert judge(parts(*values), flags).score == pytest.approx(left, abs=1e-9)

    @settings(deadline=None)
    @given(values=st.tuples(*[values] * 7), flags=some_flags)
    def test_clearing_or_answering_any_flag_raises_health_which_never_passes_the_base(self, values, flags):
        whole = judge(parts(*values), flags)
        assume(whole.base > 0.01)
        assert whole.score <= whole.base
        for place, one in enumerate(flags):
            others = flags[:place] + flags[place + 1 :]
            cleared = judge(parts(*values), others).score
            assert whole.score < cleared <= whole.base
            if not one.mitigated_by:
                answered = [*others, flag(one.code, one.severity, mitigated=True, subject=one.subject)]
                assert whole.score < judge(parts(*values), answered).score < cleared


class TestLosses:
    """Each component loses weight share × (100 − component); then each flag, in the order severity, code, place in its code,
    loses its p ÷ k of what is left; together exactly 100 − health."""

    def losses(self, judged):
        return {str(loss.what): loss.points for loss in judged.losses if isinstance(loss.what, HealthComponent)}

    def test_component_by_component(self):
        assert self.losses(judge(parts(80, 60, 50, 75, None, 55, 90))) == pytest.approx(
            {"win": 10, "needs": 10, "trust": 8, "role_coverage": 5, "competition": 4.5, "stage": 2.5, "fit": 0.5}
        )

    def test_flag_by_flag_of_what_is_left(self):
        judged = judge(parts(80, 60, 50, 75, None, 55, 90), TestFlags.FIVE)
        assert [(loss.what.code, loss.points) for loss in judged.losses[7:]] == [
            ("RF101", pytest.approx(2.975)),  # 59.5 × 0.05: critical goes first, answered or not
            ("RF302", pytest.approx(2.261)),  # 56.525 × 0.04
            ("RF302", pytest.approx(1.08528)),  # 54.264 × 0.04 ÷ 2
            ("RF302", pytest.approx(0.3545248)),  # 53.17872 × 0.02 ÷ 3
            ("RF309", pytest.approx(0.528241952)),  # 52.8241952 × 0.01
        ]

    def test_first_the_components_then_the_flags_by_severity_code_and_place_in_the_code(self):
        flags = [
            flag("RF302", "major", subject="b"), flag("RF309", "minor"), flag("RF302", "major", subject="a"), flag("RF501"),
            flag("RF102"), flag("RF302", "major", mitigated=True, subject="0"),
        ]  # fmt: skip
        losses = judge(parts(80, 60, 50, 75, None, 55, 90), flags).losses
        assert [loss.what for loss in losses[:7]] == list(HealthComponent)
        assert [(loss.what.code, loss.what.subject) for loss in losses[7:]] == [
            ("RF102", "deal"), ("RF501", "deal"), ("RF302", "a"), ("RF302", "b"), ("RF302", "0"), ("RF309", "deal"),
        ]  # fmt: skip

    @settings(max_examples=500, deadline=None)
    @given(values=st.tuples(*[values] * 7), flags=some_flags, changed=changes, order=st.randoms())
    def test_the_losses_add_up_to_100_minus_health_to_the_last_digit(self, values, flags, changed, order):
        judged = judge(parts(*values), flags, **changed)
        assume(judged.score is not None)
        assert 0 <= judged.score <= judged.base <= 100
        points = [loss.points for loss in judged.losses]
        assert min(points) >= 0
        assert sum(points) == fsum(points) == 100 - judged.score
        order.shuffle(points)
        total = 0.0
        for point in points:
            total += point
        assert total == 100 - judged.score, "whatever the order, as a spreadsheet's SUM may take it"
        assert len([loss for loss in judged.losses if isinstance(loss.what, HealthComponent)]) == 7


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
        judged = assess({})
        assert (judged.health.score, judged.health.band, judged.health.base) == (None, None, 0)
        assert judged.health.assessed_share == 0.25, "nobody in any role is an answer; all the rest is not assessed"
        assert {line.worth for line in judged.next_actions} == {None}

    @pytest.mark.parametrize("status", ["in_post", "left", "transferred"])
    def test_a_contact_is_one_whatever_the_post_status(self, assess, status):
        judged = assess({"contacts": [{"name": "陈丽", "post_status": status}]})
        assert judged.health.score == 0
        assert judged.health.band == "incomplete"

    @settings(max_examples=200, deadline=None)
    @given(maps)
    def test_the_losses_of_a_map_add_up(self, data):
        judged = Judgement(WarMap.model_validate(data)).health
        assert (judged.score is None) is (not data["contacts"])
        if judged.score is not None:
            assert sum(loss.points for loss in judged.losses) == 100 - judged.score

    @settings(max_examples=200, deadline=None)
    @given(data=maps)
    def test_the_worth_of_a_line_is_what_health_gains_without_its_flags(self, data):
        judged = Judgement(WarMap.model_validate(data))
        for line in judged.next_actions if judged.health.score is not None else ():
            others = [one for one in judged.flags if one is not line.flag]
            alone = weigh(health_components(judged), others, judged.settings, has_contacts=True).score
            assert line.worth >= alone - judged.health.score - 1e-9, "and more where other flags are counted in it"

    @settings(max_examples=200, deadline=None)
    @given(
        data=maps, table=st.sampled_from([name for name in WarMap.model_fields if name not in {"deal", "snapshots"}])
    )
    def test_leaving_a_table_empty_never_lifts_the_base(self, data, table):
        full = Judgement(WarMap.model_validate(data)).health
        less = Judgement(WarMap.model_validate({k: v for k, v in data.items() if k != table})).health
        assert less.base <= full.base
        assert less.assessed_share <= full.assessed_share

    def test_but_what_a_table_says_goes_with_it(self, assess):
        """The specification, section 4, keeps rules on an empty optional table silent: a logged objection costs its flag."""
        data = {
            "deal": {"as_of": "2026-06-30"},
            "ideal_customer": [{"weight": 1, "score": 5}],
            "contacts": [{"name": "陈丽"}],
        }
        logged = {**data, "objections": [{"objection": "太慢", "raised_on": "2026-06-01"}]}
        assert assess(data).health.score > 0
        assert assess(logged).health.score == pytest.approx(0.96 * assess(data).health.score)

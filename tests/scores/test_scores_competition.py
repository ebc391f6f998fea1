"""Competition (specification, section 3): means, position, score, differentiators and gaps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from random_maps import maps

from warmap.judgement import judge
from warmap.model import WarMap
from warmap.scores.competition import competition
from warmap.settings import settings_from


def line(weight, ours, *rivals):
    return {
        "criterion": "交付",
        "weight": weight,
        "our_score": ours,
        "scores": dict(zip("甲乙丙丁", rivals, strict=False)),
    }


# rows, our mean, rivals' means, position, score
EXAMPLES = {
    "no rows": ([], None, {}, None, None),
    "no rival": ([line(1, 4)], 4, {}, None, None),
    "rivals unscored": ([line(1, 4, None, None)], 4, {}, None, None),
    "ours unscored": ([line(1, None, 3)], None, {"甲": 3}, None, None),
    "no weight, nothing to stand on": ([line(None, 4, 3)], None, {}, None, None),
    "weights count": ([line(3, 4, 2), line(1, 2, 4)], 3.5, {"甲": 2.5}, 1, 60),
    "the best of the rivals counts": ([line(1, 3, 1, 4, 2)], 3, {"甲": 1, "乙": 4, "丙": 2}, -1, 40),
    "a criterion without a score is left out of that column, its weight too": (
        [line(3, 4, None, 2), line(1, None, 5, 4)], 4, {"甲": 5, "乙": 2.5}, -1, 40,
    ),
    "a criterion without a weight is left out of all": ([line(None, 0, 5), line(2, 4, 3)], 4, {"甲": 3}, 1, 60),
    "as far ahead as can be": ([line(1, 5, 0)], 5, {"甲": 0}, 5, 100),
    "as far behind as can be": ([line(1, 0, 5)], 0, {"甲": 5}, -5, 0),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "ours", "means", "position", "score"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_position(assess, rows, ours, means, position, score):
    judged = assess({"competition": rows})
    assert competition(judged).our_mean == ours
    assert competition(judged).means == means
    assert judged.scores["position"] == position
    assert judged.scores["competition"] == score


def test_the_telecom_sample_by_hand(assess):
    # weights 16 12 20 25 12 15 = 100; ours 80+54+80+87.5+42+67.5 = 411; the strongest rival 48+48+80+75+48+45 = 344
    weights, ours, best = (16, 12, 20, 25, 12, 15), (5, 4.5, 4, 3.5, 3.5, 4.5), (3, 4, 4, 3, 4, 3)
    rows = [line(w, o, b) for w, o, b in zip(weights, ours, best, strict=True)]
    judged = assess({"competition": rows})
    assert judged.scores["position"] == pytest.approx(0.67)
    assert judged.scores["competition"] == pytest.approx(56.7)


@pytest.mark.parametrize(
    ("ours", "rivals", "lead"),
    [
        (4, (3,), "differentiator"), (4, (3.5,), ""), (3, (4,), "gap"), (3.5, (4,), ""), (4, (3, 5), "gap"),
        (4, (3, 3), "differentiator"), (None, (3,), ""), (4, (), ""), (4, (None,), ""), (4, (None, 3), "differentiator"),
        (1.2, (0.2,), "differentiator"), (3.3, (2.3,), "differentiator"),
    ],
)  # fmt: skip
def test_a_criterion_is_a_differentiator_or_a_gap_from_1_point_on(assess, ours, rivals, lead):
    contest = competition(assess({"competition": [line(1, ours, *rivals)]}))
    assert contest.lines[0].lead == lead
    assert [len(contest.differentiators), len(contest.gaps)] == [lead == "differentiator", lead == "gap"]


def test_a_criterion_without_weight_can_still_tell_us_apart(assess):
    assert competition(assess({"competition": [line(None, 4, 2)]})).lines[0].lead == "differentiator"


def test_the_lead_that_counts_is_a_setting(assess):
    rows = {"competition": [line(1, 4, 3.5)]}
    assert competition(assess(rows, settings=settings_from({"differentiator_gap": 0.5}))).differentiators
    assert not competition(
        assess({"competition": [line(1, 3, 3)]}, settings=settings_from({"differentiator_gap": 0}))
    ).gaps


def test_a_rival_spelled_twice_is_one(assess):
    rows = [
        {"weight": 1, "our_score": 3, "scores": {"Acme": 2}},
        {"weight": 1, "our_score": 3, "scores": {" ACME ": 4}},
    ]
    contest = competition(assess({"competition": rows}))
    assert contest.means == {"Acme": 3}
    assert contest.best_rival == "Acme"


@settings(deadline=None)
@given(maps)
def test_bounds(data):
    judged = judge(WarMap.model_validate(data))
    position, score = judged.scores["position"], judged.scores["competition"]
    assert (position is None) is (score is None)
    if position is not None:
        assert -5 <= position <= 5
        assert 0 <= score <= 100
        assert score == pytest.approx(50 + 10 * position)

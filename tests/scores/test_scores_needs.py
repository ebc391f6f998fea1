"""Needs (specification, section 3): SPIN coverage, need development, linked share, need score, ICE, the aspects not asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from random_maps import maps

from warmap.judgement import judge
from warmap.model import WarMap
from warmap.scores.needs import need_log
from warmap.terms import FiveWTwoH, SpinType


def asked(spin_type=None, answer="是", **more):
    return {"spin_type": spin_type, "answer": answer, **more}


def need(state, capability=None, **more):
    return asked("problem", need_state=state, capability=capability, **more)


# rows, SPIN coverage, development, linked share, score
EXAMPLES = {
    "no rows": ([], None, None, None, None),
    "a question not answered": ([asked("problem", answer=None)], 0, None, None, 0),
    "an answer of spaces": ([asked("problem", answer="  ")], 0, None, None, 0),
    "one type of four": ([asked("problem"), asked("problem")], 0.25, None, None, 0.25),
    "all four": ([asked(kind.value) for kind in SpinType], 1, None, None, 1),
    "an answer without a type": ([asked()], 0, None, None, 0),
    "only implicit needs": ([need("implicit")], 0.25, 0, None, 0.125),
    "one explicit of two, linked": ([need("implicit"), need("explicit", "一键切换")], 0.25, 0.5, 1, 1.75 / 3),
    "a capability of spaces links nothing": ([need("explicit", " ")], 0.25, 1, 0, 1.25 / 3),
    "an implicit need's capability does not count": ([need("implicit", "一键切换"), need("explicit")], 0.25, 0.5, 0, 0.25),
    "one linked of four explicit": (
        [need("explicit", "一键切换"), *[need("explicit")] * 3, need("implicit")], 0.25, 0.8, 0.25, 1.3 / 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "coverage", "development", "linked", "score"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_shares(assess, rows, coverage, development, linked, score):
    log = need_log(assess({"needs": rows}))
    assert log.spin_coverage == coverage
    assert log.development == development
    assert log.linked_share == linked
    assert log.score == pytest.approx(score)


@pytest.mark.parametrize(
    ("impact", "confidence", "ease", "ice"),
    [
        (1, 1, 1, 0.1), (10, 10, 10, 100), (9, 8, 6, 43.2), (2.5, 4, 8, 8),
        (None, 8, 6, None), (9, None, 6, None), (9, 8, None, None),
    ],
)  # fmt: skip
def test_ice_is_given_only_where_all_three_are(assess, impact, confidence, ease, ice):
    row = need("explicit", impact=impact, confidence=confidence, ease=ease)
    assert need_log(assess({"needs": [row]})).ranked[0].ice == pytest.approx(ice)


def test_needs_are_ranked_by_ice_and_those_without_come_last_in_order(assess):
    rows = [
        need("implicit", question="甲"),
        need("explicit", question="乙", impact=5, confidence=5, ease=5),
        asked("situation", question="丙"),
        asked("situation", question="丁", impact=9, confidence=9, ease=9),
        need("explicit", question="戊"),
    ]
    assert [ranked.row.question for ranked in need_log(assess({"needs": rows})).ranked] == ["丁", "乙", "甲", "戊"]


def test_what_was_not_asked_is_listed(assess):
    rows = [asked("problem", aspect="who"), asked("implication", answer=None, aspect="how_much")]
    log = need_log(assess({"needs": rows}))
    assert log.unanswered == (SpinType.SITUATION, SpinType.IMPLICATION, SpinType.NEED_PAYOFF)
    assert log.unasked == (FiveWTwoH.WHAT, FiveWTwoH.WHEN, FiveWTwoH.WHERE, FiveWTwoH.WHY, FiveWTwoH.HOW)


@settings(deadline=None)
@given(maps)
def test_every_share_lies_between_0_and_1(data):
    log = need_log(judge(WarMap.model_validate(data)))
    for share in (log.spin_coverage, log.development, log.linked_share, log.score):
        assert share is None or 0 <= share <= 1
    assert (log.score is None) is (not data["needs"])

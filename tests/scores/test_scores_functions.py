"""NEEDS, COMPETITION, IDEAL_FIT, NEGOTIATION, HEALTH, HEALTH_WHY, PLAN_QUALITY as a cell calls them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from random_maps import maps

from warmap.judgement import judge
from warmap.model import WarMap
from warmap.text import LANGUAGES, half_up
from warmap.worksheet import FUNCTIONS, Call
from warmap.worksheet.declaration import ALL_TABLES

MINE = ("NEEDS", "COMPETITION", "IDEAL_FIT", "NEGOTIATION", "HEALTH", "HEALTH_WHY", "PLAN_QUALITY")
every_one = pytest.mark.parametrize("name", MINE)


def call(name, data, lang="zh"):
    return FUNCTIONS[name].compute(Call(judge(WarMap.model_validate(data)), lang))


def test_they_stand_in_the_order_of_the_interface():
    names = list(FUNCTIONS)
    start = names.index("STAGE_REACHED") + 1
    assert names[start : start + 8] == [*MINE, "NEXT_ACTIONS"]


@every_one
def test_the_tables_are_those_of_the_interface(name):
    expected = {"NEEDS": ("needs",), "COMPETITION": ("competition",), "IDEAL_FIT": ("ideal_customer",),
                "NEGOTIATION": ("negotiation", "deal")}  # fmt: skip
    assert FUNCTIONS[name].tables == expected.get(name, ALL_TABLES)


@every_one
def test_help_exists_in_both_languages_and_fits_excel(name):
    function = FUNCTIONS[name]
    for text in (
        function.help,
        function.result,
        *(argument.help for argument in function.arguments),
        *function.columns,
    ):
        assert text.zh
        assert text.en
        assert max(len(text.zh), len(text.en)) <= 255


@settings(max_examples=60, deadline=None)
@given(maps)
def test_every_value_is_a_number_or_a_text_and_every_row_has_its_columns(data):
    for lang in LANGUAGES:
        for name in MINE:
            function, value = FUNCTIONS[name], call(name, data, lang)
            if not function.columns:
                assert isinstance(value, float) or (name == "HEALTH" and value is None and not data["contacts"])
                continue
            for row in value:
                assert len(row) == len(function.columns)
                assert all(type(cell) in (str, float) or isinstance(cell, int) for cell in row)


def test_an_empty_map_gives_blanks_where_nothing_is_assessed():
    assert [row[1] for row in call("NEEDS", {})] == ["", "", "", "", 7]
    assert [row[1:] for row in call("COMPETITION", {})] == [["", "", "", ""], ["", "", "", ""]]
    assert call("IDEAL_FIT", {}) == [["", ""]]
    assert [row[1] for row in call("NEGOTIATION", {})] == ["", "", "○", "○", "○", "○", "○"]
    assert call("PLAN_QUALITY", {}) == 0


def test_needs():
    rows = [
        {"spin_type": "problem", "answer": "换产太慢", "need_state": "explicit", "capability": "一键切换",
         "aspect": "how", "impact": 9, "confidence": 8, "ease": 5},
        {"spin_type": "implication", "question": "会怎样？", "need_state": "implicit"},
    ]  # fmt: skip
    assert call("NEEDS", {"needs": rows}) == [
        ["SPIN 覆盖", 0.25, "", "还没有回答：状况、暗示、需求满足"],
        ["需求明确化", 0.5, "", ""],
        ["明确需求中有我方能力的份额", 1, "", ""],
        ["需求得分", pytest.approx(1.75 / 3), "", ""],
        ["5W2H 还没问到几面", 6, "", "谁、什么、何时、何地、为何、多少"],
        ["换产太慢", 36, "明确性需求", "一键切换"],
        ["会怎样？", "", "隐藏性需求", ""],
    ]


def test_competition():
    rows = [
        {"criterion": "交付", "weight": 1, "our_score": 4, "scores": {"维持现状": 1, "凌岳科技": 3}},
        {"criterion": "价格", "weight": 1, "our_score": 2, "scores": {"维持现状": 3, "凌岳科技": 3}},
    ]
    assert call("COMPETITION", {"competition": rows}, "en") == [
        ["Weighted means and position (−5 … +5)", 3, 3, "凌岳科技", 0],
        ["Competition score (0 … 100)", "", "", "", 50],
        ["交付", 4, 3, "凌岳科技", "▲ differentiator"],
        ["价格", 2, 3, "维持现状, 凌岳科技", "▼ gap"],
    ]


def test_ideal_fit():
    assert call("IDEAL_FIT", {"ideal_customer": [{"weight": 2, "score": 3.5}]}) == [[70, "B"]]


def test_negotiation():
    data = {
        "deal": {"currency": "CNY"},
        "negotiation": {
            "opening_price": 9,
            "target_price": 8,
            "walk_away_price": 7,
            "customer_walk_away": 6.5,
            "feelings": "谨慎",
        },
    }
    rows = call("NEGOTIATION", data)
    assert rows[0] == ["谈判准备度", 0.4, ""]
    assert rows[1] == ["谈判空间（ZOPA）", -0.5, "没有空间：客户底线低于我方底价 CNY"]
    assert [row[1] for row in rows[2:]] == ["✓", "○", "○", "○", "✓"]
    assert [bool(row[2]) for row in rows[2:]] == [False, True, True, True, False]
    data["negotiation"]["customer_walk_away"] = 7
    assert call("NEGOTIATION", data, "en")[1] == ["Room for agreement (ZOPA)", 0, "there is room CNY"]


def test_health_why_says_what_each_point_went_for():
    data = {"deal": {"stage": "need_identification"},
            "contacts": [{"name": "李建国", "buying_roles": ["user"], "contact_frequency": "rare"}],
            "ideal_customer": [{"weight": 1, "score": 5}], "actions": [{"about": ["RF101"]}]}  # fmt: skip
    rows = dict(call("HEALTH_WHY", data))
    # base: 25 × 0.125 for the user met + 5 for fit = 8.125; RF101 (answered) takes 0.05 of it, RF201 0.1 of the rest
    assert rows["角色覆盖：12.5 分（满分 100，占 25%）"] == 21.9
    assert rows["信任：未评估，按 0 计（占 20%）"] == 20
    assert rows["RF101 没有在职的教练（教练，严重，已应对）"] == 0.4
    assert rows["RF201 没有关键决策者（关键决策者，严重）"] == 0.8
    assert not [what for what in rows if what.startswith("理想客户匹配")], "what costs nothing is left out"
    # 8.125 × 0.95 × 0.9 × 0.96 (RF203) × 0.99 (RF703)
    assert call("HEALTH", data) == pytest.approx(6.60231, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(maps)
def test_the_rows_of_health_why_add_up_to_100_minus_health_as_shown(data):
    rows, health = call("HEALTH_WHY", data), judge(WarMap.model_validate(data)).health.score
    if health is None:
        assert rows == []
    else:
        assert round(sum(points for _, points in rows), 6) == round(100 - half_up(health, 1), 6)
        assert [points for _, points in rows] == sorted((points for _, points in rows), reverse=True)

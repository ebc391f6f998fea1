"""The red flags of modes, contest and plan (RF4xx, RF7xx, RF9xx) at their boundaries: the map, and what the rule says."""

from __future__ import annotations

import re

import pytest
from test_rules_boundaries import NO, ago, at, economic, on_map, says, table, user, who

from warmap.judgement import judge
from warmap.parsing import to_document
from warmap.reading import read_document
from warmap.rules import all_rules
from warmap.scores import all_scores
from warmap.settings import settings_from


def moded(mode, make=who, **fields):
    return make(response_mode=mode, **fields)


MODES = [
    *table(
        "RF401",
        ("nobody holds economic", on_map(moded("even_keel")), NO),
        ("the holder's mode is unknown", on_map(economic()), NO),
        ("even keel", on_map(moded("even_keel", economic)), says("major", "economic")),
        ("overconfident", on_map(moded("overconfident", economic)), says("major", "economic")),
        ("growth", on_map(moded("growth", economic)), NO),
        ("one in trouble is enough", on_map(moded("even_keel", economic), moded("trouble", economic, name="何国强")), NO),
        ("one unknown does not help", on_map(moded("even_keel", economic), economic("何国强")), says("major", "economic")),
        ("the one in trouble has left", on_map(moded("even_keel", economic),
         moded("trouble", economic, name="何国强", post_status="left")), says("major", "economic")),
    ),
    *table(
        "RF402",
        ("nobody at all", on_map(), NO),
        ("no modes filled", on_map(who()), NO),
        ("one of one, even keel", on_map(moded("even_keel")), says("minor", "deal")),
        ("one of two is half", on_map(moded("even_keel"), who("孙立")), says("minor", "deal")),
        ("one of three is less", on_map(moded("even_keel"), who("孙立"), who("钱进")), NO),
        ("one in growth", on_map(moded("even_keel"), moded("growth", name="孙立")), NO),
        ("one in trouble", on_map(moded("even_keel"), moded("trouble", name="孙立")), NO),
        ("the one in trouble has left", on_map(moded("even_keel"), moded("trouble", name="孙立", post_status="left")),
         says("minor", "deal")),
        ("those who left do not thin the share", on_map(moded("even_keel"), who("孙立", post_status="left"),
         who("钱进", post_status="left")), says("minor", "deal")),
    ),
]  # fmt: skip


def contest(*lines, stage=0):
    """Lines of (weight, ours, rivals…)."""
    rows = [
        {"criterion": "交付", "weight": weight, "our_score": ours, "scores": dict(zip("甲乙", rivals, strict=False))}
        for weight, ours, *rivals in lines
    ]
    return {**at(stage), "competition": rows}


CONTEST = [
    *table(
        "RF701",
        ("not assessed", contest((1, 2, None)), NO),
        ("empty", contest(), NO),
        ("level", contest((1, 3, 3)), NO),
        ("a little behind", contest((1, 2.9, 3)), says("major", "deal")),
        ("0.9 behind", contest((1, 2.1, 3)), says("major", "deal")),
        ("1 behind", contest((1, 2, 3)), says("critical", "deal")),
        ("1 behind, by weights", contest((3, 3, 4), (1, 3, 4)), says("critical", "deal")),
        ("1 behind, whatever binary fractions say", contest((1, 2.3, 3.3)), says("critical", "deal")),
        ("ahead of one, behind another", contest((1, 3, 1, 3.5)), says("major", "deal")),
        ("ahead", contest((1, 4, 3)), NO),
    ),
    *table(
        "RF702",
        ("not assessed", contest((1, 2, None)), NO),
        ("no lead", contest((1, 3, 3)), says("major", "deal")),
        ("a lead of less than 1", contest((1, 4, 3.5)), says("major", "deal")),
        ("a lead of 1", contest((1, 4, 3), (1, 0, 5)), NO),
        ("a lead over one rival only", contest((1, 4, 3, 4)), says("major", "deal")),
    ),
    *table(
        "RF703",
        ("a critical flag, nothing listed", on_map(user()), says("minor", "deal")),
        ("a strength listed", {**on_map(user()), "strengths": [{"text": "唯一通过认证"}]}, NO),
        ("a strength without words", {**on_map(user()), "strengths": [{"differs_from": "甲"}]}, says("minor", "deal")),
        ("every critical flag answered", {**on_map(user()), "actions": [{"about": ["RF101", "RF201"]}]}, NO),
        ("one of two answered", {**on_map(user()), "actions": [{"about": ["RF101"]}]}, says("minor", "deal")),
        ("the answer is overdue", {**on_map(user()), "actions": [{"about": ["RF101、RF201"], "due": ago(1)}]},
         says("minor", "deal")),
        ("major flags only", on_map(who(buying_roles=["coach", "economic"])), NO),
    ),
    *table(
        "RF908",
        ("stage 1", contest(stage=1), NO),
        ("stage 2, empty", contest(stage=2), says("major", "deal")),
        ("stage 2, only ours scored", contest((1, 4), stage=2), says("major", "deal")),
        ("stage 2, rivals named and not scored", contest((1, 4, None, None), stage=2), says("major", "deal")),
        ("stage 2, one score of 0", contest((None, None, 0), stage=2), NO),
        ("no stage declared", contest(), NO),
    ),
]  # fmt: skip


def asked(stage, *rows):
    return {
        **at(stage),
        "needs": [{"contact": who, "spin_type": kind, "answer": answer, **more} for who, kind, answer, more in rows],
    }


def objection(**fields):
    contacts = [
        who(influence="high"),
        who("孙立", influence="medium"),
        who("钱进", influence="high", post_status="left"),
    ]
    return {
        **on_map(*contacts),
        "objections": [{"contact": "陈丽", "objection": "太贵", "raised_on": ago(15), **fields}],
    }


NEEDS = [
    *table(
        "RF901",
        ("the table empty", asked(3), says("major", "deal")),
        ("stage 2", asked(2, (None, "problem", "慢", {})), NO),
        ("stage 3, only problems", asked(3, (None, "problem", "慢", {})), says("major", "deal")),
        ("stage 3, implication asked, not answered", asked(3, (None, "implication", " ", {})), says("major", "deal")),
        ("stage 3, implication answered", asked(3, (None, "implication", "亏", {})), NO),
        ("stage 6, need-payoff answered", asked(6, (None, "need_payoff", "省", {})), NO),
    ),
    *table(
        "RF902",
        ("14 days", objection(raised_on=ago(14)), NO),
        ("15 days, high", objection(), says("critical", "陈丽")),
        ("15 days, medium", objection(contact="孙立"), says("major", "孙立")),
        ("of someone of high influence who has left", objection(contact="钱进"), says("major", "钱进")),
        ("of nobody on the map", objection(contact="某人"), says("major", "deal")),
        ("of nobody named", objection(contact=None), says("major", "deal")),
        ("closed", objection(closed_on=ago(1)), NO),
        ("closed today", objection(closed_on=ago(0)), NO),
        ("to be closed tomorrow", objection(closed_on=ago(-1)), says("critical", "陈丽")),
        ("undated", objection(raised_on=None), NO),
        ("answered but not closed", objection(answered=True), says("critical", "陈丽")),
        ("no day of judging", {**objection(), "deal": {}}, NO),
        ("one flag each", {**objection(), "objections": [{"contact": "孙立", "raised_on": ago(20)}] * 2},
         says("major", "孙立", "孙立")),
    ),
    *table(
        "RF903",
        ("explicit, nothing", asked(1, ("陈丽", "problem", "慢", {"need_state": "explicit"})), says("minor", "deal")),
        ("of a person on the map", {**asked(1, ("陈丽", "problem", "慢", {"need_state": "explicit"})), "contacts": [who()]},
         says("minor", "陈丽")),
        ("explicit, only space", asked(1, (None, "problem", "慢", {"need_state": "explicit", "capability": " "})),
         says("minor", "deal")),
        ("explicit, linked", asked(1, (None, "problem", "慢", {"need_state": "explicit", "capability": "快"})), NO),
        ("implicit", asked(1, (None, "problem", "慢", {"need_state": "implicit"})), NO),
        ("one flag each", asked(1, *[(None, "problem", "慢", {"need_state": "explicit"})] * 2), says("minor", "deal", "deal")),
    ),
]  # fmt: skip


def visits(*rows):
    return {
        **on_map(),
        "visits": [{"date": day, "goal": "定牵头部门", "actual_result": result} for day, result in rows],
    }


def action(due, status=None):
    return {**on_map(), "actions": [{"what": "送明细表", "owner": "林涛", "due": due, "status": status}]}


PLAN = [
    *table(
        "RF904",
        ("the table empty", visits(), NO),
        ("30 days ago", visits((ago(30), "定了")), NO),
        ("31 days ago", visits((ago(31), "定了")), says("major", "deal")),
        ("today, no result yet", visits((ago(0), None)), NO),
        ("yesterday, no result", visits((ago(1), None)), says("major", "deal")),
        ("yesterday, a result of spaces", visits((ago(1), " ")), says("major", "deal")),
        ("31 days ago and no result: one flag", visits((ago(31), None)), says("major", "deal")),
        ("two past visits without result: one flag", visits((ago(1), None), (ago(2), None)), says("major", "deal")),
        ("only one to come", visits((ago(-3), None)), says("major", "deal")),
        ("undated", visits((None, "定了")), says("major", "deal")),
        ("no day of judging", {**visits((ago(31), None)), "deal": {}}, NO),
    ),
    *table(
        "RF905",
        ("due today", action(ago(0)), NO),
        ("due yesterday", action(ago(1)), says("minor", "deal")),
        ("open", action(ago(1), "open"), says("minor", "deal")),
        ("in progress", action(ago(1), "in_progress"), says("minor", "deal")),
        ("done", action(ago(1), "done"), NO),
        ("cancelled", action(ago(1), "cancelled"), NO),
        ("no date", action(None), NO),
    ),
    *table(
        "RF906",
        ("not assessed", at(3), NO),
        ("stage 3, 39", {**at(3), "ideal_customer": [{"weight": 1, "score": 1.95}]}, says("minor", "deal")),
        ("stage 3, 40", {**at(3), "ideal_customer": [{"weight": 1, "score": 2}]}, NO),
        ("stage 2, 0", {**at(2), "ideal_customer": [{"weight": 1, "score": 0}]}, NO),
    ),
    *table(
        "RF907",
        ("three supporters", on_map(*[who(name, support="support") for name in "甲乙丙"]), NO),
        ("four supporters", on_map(*[who(name, support="support") for name in "甲乙丙丁"]), says("minor", "deal")),
        ("four neutral", on_map(*[who(name, support="neutral") for name in "甲乙丙丁"]), says("minor", "deal")),
        ("one against", on_map(who("戊", support="oppose"), *[who(name, support="support") for name in "甲乙丙丁"]), NO),
        ("one unknown", on_map(who("戊"), *[who(name, support="support") for name in "甲乙丙"]), NO),
        ("the opponent has left", on_map(who("戊", support="oppose", post_status="left"),
         *[who(name, support="support") for name in "甲乙丙丁"]), says("minor", "deal")),
    ),
    *table(
        "RF910",
        ("needed, not committed", {"resources": [{"needed": True, "committed": False}]}, says("minor", "deal")),
        ("needed, blank", {"resources": [{"needed": True}]}, says("minor", "deal")),
        ("needed, committed", {"resources": [{"needed": True, "committed": True}]}, NO),
        ("not needed", {"resources": [{"needed": False}]}, NO),
        ("blank", {"resources": [{"resource": "专家"}]}, NO),
        ("one flag each", {"resources": [{"needed": True}] * 2}, says("minor", "deal", "deal")),
    ),
]  # fmt: skip

NOW = on_map(who(influence="high", last_contact=ago(3)), account="华东机械", amount="900000.50")
BEFORE = on_map(who(influence="medium"), account="华东机械")


def history(*snapshots):
    """Snapshots of (days ago, the map then)."""
    taken = [{"taken_on": ago(days) if days is not None else None, "map": then} for days, then in snapshots]
    return {**NOW, "snapshots": taken}


def earlier(days, then=NOW):
    """A map as it was judged some days ago."""
    return {**then, "deal": {**then["deal"], "as_of": ago(days)}}


HISTORY = table(
    "RF909",
    ("no snapshots", NOW, NO),
    ("20 days", history((20, NOW)), NO),
    ("21 days", history((21, NOW)), says("major", "deal")),
    ("only the day of judging differs", history((21, earlier(21))), says("major", "deal")),
    ("changed since", history((21, BEFORE)), NO),
    ("the oldest of the run counts", history((40, NOW), (30, NOW), (1, NOW)), says("major", "deal")),
    ("a change in between breaks the run", history((40, NOW), (30, BEFORE), (20, NOW)), NO),
    ("the run begins after a change", history((90, BEFORE), (25, NOW), (5, NOW)), says("major", "deal")),
    ("in whatever order they stand", history((5, NOW), (90, BEFORE), (25, NOW)), says("major", "deal")),
    ("the later of two on one day is the newer", history((25, NOW), (25, BEFORE)), NO),
    ("undated and future ones do not count", history((None, NOW), (-1, BEFORE), (25, NOW)), says("major", "deal")),
    ("changed by today's snapshot", history((25, NOW), (0, BEFORE)), NO),
    ("a snapshot of nothing", history((25, {})), NO),
)


ALL = [*MODES, *CONTEST, *NEEDS, *PLAN, *HISTORY]


@pytest.mark.parametrize(("code", "data", "expected"), ALL)
def test_red_flag(raised, code, data, expected):
    assert raised(code, data) == expected


CHANGED = [
    ("RF402", {"mode_share_from": 0.3}, on_map(moded("even_keel"), who("孙立"), who("钱进"))),
    ("RF701", {"position_critical": 0.5}, contest((1, 3.5, 3))),
    ("RF702", {"differentiator_gap": 1.5}, contest((1, 4, 3))),
    ("RF902", {"objection_open_days": 7}, objection(raised_on=ago(8))),
    ("RF904", {"visit_days": 14}, visits((ago(15), "定了"))),
    ("RF906", {"tier.C": 50}, {**at(3), "ideal_customer": [{"weight": 1, "score": 2}]}),
    ("RF907", {"suspicious_contacts": 3}, on_map(*[who(name, support="support") for name in "甲乙丙"])),
    ("RF909", {"unchanged_days": 14}, history((14, NOW))),
]


@pytest.mark.parametrize(("code", "changed", "data"), CHANGED, ids=[line[0] for line in CHANGED])
def test_a_threshold_is_a_setting(raised, code, changed, data):
    assert not raised(code, data)
    assert raised(code, data, settings=settings_from(changed))


def test_a_map_written_out_and_kept_as_a_snapshot_is_still_the_same_map(assess):
    war_map = read_document({**NOW, "competition": [{"criterion": "交付", "weight": 1, "our_score": 3.5, "scores": {"甲": 2}}],
                             "needs": [{"spin_type": "problem", "impact": 7}]}).map  # fmt: skip
    kept = {"taken_on": ago(30), "map": to_document(war_map)}
    again = read_document({**to_document(war_map), "snapshots": [kept]}).map
    assert [flag.code for flag in judge(again).flags if flag.code == "RF909"] == ["RF909"]


def test_the_history_is_not_given_in_cells_so_the_rule_about_it_is_silent(assess):
    tables = {name for name in type(assess(NOW).map).model_fields if name != "snapshots"}
    assert "RF909" not in {flag.code for flag in assess(history((21, NOW)), tables=tables).flags}


def message(assess, data, code, lang="zh"):
    return next(flag for flag in assess(data).flags if flag.code == code).message(lang)


def test_being_behind_names_the_rival_and_where_most_ground_is_lost(assess):
    rows = [
        {"criterion": "价格", "weight": 1, "our_score": 1, "scores": {"维持现状": 1, "凌岳科技": 4}},
        {"criterion": "交付", "weight": 4, "our_score": 3.5, "scores": {"维持现状": 1, "凌岳科技": 4}},
    ]
    flag = next(f for f in assess({"competition": rows}).flags if f.code == "RF701")
    assert flag.message("zh") == "按选型标准加权，我方 3.0 分，“凌岳科技”4.0 分。"
    assert "“价格”" in flag.remedy("zh"), "3 points behind at weight 1, against half a point at weight 4"


def test_no_strength_names_the_flags_it_should_answer(assess):
    assert "RF101 没有在职的教练、RF201" in message(assess, on_map(user()), "RF703")
    assert "RF101 No active coach, RF201" in message(assess, on_map(user()), "RF703", "en")


def test_free_text_is_quoted_on_one_line_and_cut(assess):
    data = objection(objection="太贵，\n" + "而且" * 40)
    assert "“太贵， 而且" in message(assess, data, "RF902")
    assert "…”悬而未决已有 15 天" in message(assess, data, "RF902")


def test_the_owner_of_an_action_or_resource_is_named(assess):
    assert "由林涛完成" in message(assess, action(ago(1)), "RF905")
    needed = {"resources": [{"resource": "专家", "owner": "秦岚", "needed": True}]}
    assert "请秦岚答复" in next(flag for flag in assess(needed).flags if flag.code == "RF910").remedy("zh")


def test_what_is_not_written_is_said_to_be_so(assess):
    assert "（未写姓名）的异议“（未写明）”" in message(assess, objection(contact=None, objection=None), "RF902")
    undone = {**visits(), "visits": [{"date": ago(1)}]}
    assert "the visit of 2026-06-29, “(not written down)”, has" in message(assess, undone, "RF904", "en")


def test_the_one_flag_about_visits_tells_all_that_is_behind(assess):
    told = message(assess, visits(*[(ago(31 + days), None) for days in range(5)]), "RF904", "en")
    assert told.startswith("Visits are lagging: no visit in the last 30 days; the visit of 2026-05-30,")
    assert told.endswith("has no actual result; nor have 2 more.")


class TestOneRounding:
    """One figure is rounded in one way wherever it stands: points and ratings to tenths, shares to whole per cents."""

    def test_the_means_of_a_contest_are_the_same_in_the_flag_and_beside_the_score(self):
        rows = [
            {"criterion": "Delivery", "weight": 7, "our_score": 3, "scores": {"Rival": 4}},
            {"criterion": "Service", "weight": 2, "our_score": 4, "scores": {"Rival": 3}},
        ]
        judged = judge(read_document({"deal": {"as_of": "2026-06-30"}, "competition": rows}).map)
        (flag,) = (flag for flag in judged.flags if flag.code == "RF701")
        assert "we score 3.2 and “Rival” 3.8" in flag.message("en")
        assert {"3.2", "3.8"} <= set(re.findall(r"\d+\.\d+", all_scores()["position"].reason(judged, "en")))

    @pytest.mark.parametrize("code", all_rules())
    def test_no_rule_tells_hundredths(self, code):
        judged = judge(read_document(dict(all_rules()[code].bad)).map)
        told = [words for flag in judged.flags for words in (flag.message("en"), flag.remedy("en"))]
        assert not [words for words in told if re.search(r"\d\.\d\d", words)]

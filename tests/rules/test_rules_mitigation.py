"""A flag is answered by a live action that is not overdue, or by a strength, that names its code, its subject or both."""

from __future__ import annotations

import pytest

TODAY = "2026-06-30"
MAP = {
    "deal": {"as_of": TODAY, "stage": "supplier_assessment", "quoted_on": "2026-06-01"},
    "contacts": [{"name": "赵敏", "buying_roles": ["technical"], "support": "oppose"}],
}


def action(*about, due="2026-07-10", status="open"):
    return {"actions": [{"what": "请专家拜访", "owner": "林涛", "due": due, "status": status, "about": about}]}


def actions(*abouts):
    return {"actions": [action(*about)["actions"][0] for about in abouts]}


def strength(*answers):
    return {"strengths": [{"text": "唯一通过该行业认证", "answers": list(answers)}]}


@pytest.fixture
def answered(assess):
    """Codes of the answered flags among RF101 (coach), RF205 (赵敏), RF501 (deal) and RF503 (the stage)."""
    asked = {"RF101", "RF205", "RF501", "RF503"}

    def codes(more):
        flags = [flag for flag in assess({**MAP, **more}).flags if flag.code in asked]
        assert {flag.code for flag in flags} == asked
        return {flag.code for flag in flags if flag.mitigated_by is not None}

    return codes


def test_without_an_answer_every_flag_stands(answered):
    assert answered({}) == set()


@pytest.mark.parametrize(
    ("about", "codes"),
    [
        (["RF205"], {"RF205"}),
        (["rf205"], {"RF205"}),
        (["ＲＦ２０５"], {"RF205"}),
        (["赵敏"], {"RF205"}),
        ([" 赵敏 "], {"RF205"}),
        (["coach"], {"RF101"}),
        (["教练"], {"RF101"}),
        (["内线"], {"RF101"}),
        (["Coach"], {"RF101"}),
        (["供应商评估"], {"RF503"}),
        (["supplier_assessment"], {"RF503"}),
        (["deal"], {"RF501"}),
        (["RF205", "RF101"], {"RF205", "RF101"}),
        (["RF205, RF501", "RF101"], {"RF205", "RF501", "RF101"}),
        (["RF205", "赵敏"], {"RF205"}),
        (["RF205", "教练"], set()),
        (["RF205", "RF101", "RF501", "RF503"], {"RF205", "RF101", "RF501"}),
        (["RF999"], set()),
        (["赵"], set()),
        ([], set()),
    ],
    ids=lambda value: " ".join(sorted(value) if isinstance(value, set) else value),
)
def test_an_open_action_answers_what_it_is_about(answered, about, codes):
    assert answered(action(*about)) == codes


def test_a_line_that_names_a_person_answers_only_the_heaviest_flag_about_that_person(assess):
    person = {
        "name": "赵敏",
        "buying_roles": ["technical"],
        "influence": "high",
        "support": "oppose",
        "level": "director",
    }

    def about_her(more):
        flags = assess({**MAP, "contacts": [person], **more}).flags
        return [(flag.code, flag.mitigated_by is not None) for flag in flags if flag.subject == "赵敏"]

    codes = [code for code, _ in about_her({})]
    assert len(codes) > 2
    for lines in range(4):
        told = about_her(actions(*[["赵敏"]] * lines))
        assert told == [(code, place < lines) for place, code in enumerate(codes)]


@pytest.mark.parametrize(
    ("status", "counts"),
    [("open", True), ("in_progress", True), (None, True), ("done", False), ("cancelled", False)],
)
def test_only_a_live_action_counts(answered, status, counts):
    assert answered(action("RF205", status=status)) == ({"RF205"} if counts else set())


@pytest.mark.parametrize(("due", "counts"), [("2026-07-01", True), (TODAY, True), ("2026-06-29", False), (None, True)])
def test_an_overdue_action_does_not_count(answered, due, counts):
    assert answered(action("赵敏", due=due)) == ({"RF205"} if counts else set())


def test_an_overdue_action_does_not_hide_a_live_one(answered):
    late, live = action("RF205", due="2026-06-01")["actions"], action("RF205")["actions"]
    assert answered({"actions": late + live}) == {"RF205"}


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        (["RF205"], {"RF205"}),
        (["赵敏"], {"RF205"}),
        (["教练"], {"RF101"}),
        (["RF501", "RF205"], {"RF501", "RF205"}),
        (["RF501、RF205"], {"RF501", "RF205"}),
        (["RF501", "赵敏"], set()),
        ([], set()),
    ],
)
def test_a_strength_answers_what_it_names(answered, answers, codes):
    assert answered(strength(*answers)) == codes


def test_an_action_is_named_before_a_strength(assess):
    flags = assess({**MAP, **action("RF205"), **strength("RF205")}).flags
    flag = next(flag for flag in flags if flag.code == "RF205")
    assert flag.mitigated_by.what == "请专家拜访"


def test_an_answered_flag_is_no_next_action(assess):
    before = [line.flag.code for line in assess(MAP).next_actions]
    after = [line.flag.code for line in assess({**MAP, **action("RF205")}).next_actions]
    assert "RF205" in before
    assert "RF205" not in after

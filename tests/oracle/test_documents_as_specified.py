"""Specification, sections 1, 2, 5 and 6, through the front door: a document in, the JSON of one evaluated map out."""

from __future__ import annotations

import pytest
from oracle_compare import program

from warmap.judgement import judge
from warmap.reading import read_document
from warmap.settings import BadSettings, changed, default_settings, flat, settings_from

KEYS = {
    "file", "template_version", "language", "as_of", "deal", "scores", "roles", "trust_pillars", "red_flags",
    "win_checklist", "stage_gates", "next_actions", "findings",
}  # fmt: skip
SCORES = {
    "role_coverage", "trust", "trust_assessed_share", "win", "stage", "stage_reached", "needs", "competition",
    "position", "fit", "tier", "customer_class", "negotiation", "zopa", "quadrant", "health", "health_assessed_share",
    "weakest_link", "band", "plan_quality", "health_base",
}  # fmt: skip
ROWS = {
    "red_flags": {"code", "severity", "subject", "message", "remedy", "mitigated"},
    "win_checklist": {"contact", "role", "criterion", "status"},
    "stage_gates": {"stage", "criterion", "done", "claimed", "map_says"},
    "next_actions": {"code", "subject", "remedy", "owner", "due", "worth", "route"},
    "findings": {"sheet", "cell", "field", "code", "severity", "message"},
}


def found(document, code):
    """The findings of one code as (place, severity)."""
    told = [finding for finding in program(document)["findings"] if finding["code"] == code]
    return [(finding["cell"], finding["severity"]) for finding in told]


class TestTheKeysOfTheResult:
    """No key is missing, none is there without need, and what is not assessed is null."""

    DOCUMENTS = (
        {"deal": {}},
        {"deal": {"stage": "fulfilment"}, "contacts": [{"name": "王芳", "buying_roles": ["user"]}], "trust": [{}]},
    )

    @pytest.mark.parametrize("document", DOCUMENTS)
    def test_they_are_the_specified_ones(self, document):
        told = program(document)
        assert told.keys() == KEYS
        assert told["scores"].keys() == SCORES
        assert told["roles"].keys() == {"coach", "user", "technical", "economic"}
        assert all(role.keys() == {"score", "state", "contacts"} for role in told["roles"].values())
        assert told["trust_pillars"].keys() == {"professional", "expertise", "relationship", "sincerity"}
        for part, keys in ROWS.items():
            assert all(row.keys() == keys for row in told[part]), part
        assert len(told["stage_gates"]) == 16

    def test_of_an_empty_map_what_stands_on_nothing_is_null(self):
        scores = program({"deal": {}})["scores"]
        assert {code for code, score in scores.items() if score is not None} == {
            "role_coverage", "stage_reached", "health_base", "health_assessed_share", "weakest_link", "plan_quality",
        }  # fmt: skip


class TestAnyLabelNamesItsCode:
    """A reader accepts either language's label, the code and the aliases, ignoring case and surrounding space; also where a
    term is the name of a value and not the value."""

    @pytest.mark.parametrize("pillar", ["professional", "职业信任", " Professional Trust ", "PROFESSIONAL"])
    def test_a_pillar(self, pillar):
        document = {"contacts": [{"name": "王芳"}], "trust": [{"contact": "王芳", "ratings": {pillar: {"rating": 2}}}]}
        assert program(document)["trust_pillars"]["professional"] == 40
        assert found(document, "DV202") == []

    @pytest.mark.parametrize(
        ("group", "member", "value"),
        [
            ("five_forces", "现有竞争", 5), ("five_forces", "rivalry ", 5), ("pest", "政治", {"impact": 2}),
            ("key_account", "is it large?", "是"),
        ],
    )  # fmt: skip
    def test_a_part_of_the_profile(self, group, member, value):
        document = {"profile": {group: {member: value}}}
        assert found(document, "DV202") == []
        assert len(getattr(read_document(document).map.profile, group)) == 1

    def test_what_names_nothing_is_told_the_nearest(self):
        told = read_document({"trust": [{"contact": "王芳", "ratings": {"profesional": 3}}]}).findings
        assert [f.facts["nearest"][0] for f in told if f.code == "DV202"] == ["professional"]

    def test_a_criterion_of_a_role_and_its_status(self):
        rows = [{"contact": " WANG ", "role": "教练", "statuses": {" 认可": "已满足", "visibility": "Identified"}}]
        lines = program({"contacts": [{"name": "Wang", "buying_roles": ["coach"]}], "wins": rows})["win_checklist"]
        assert [line["status"] for line in lines[:3]] == ["met", "identified", "unknown"]


class TestNames:
    """A person may be called what a role is called; an action that names him answers a flag of his and one of the role's."""

    def test_an_answer_by_name(self):
        people = [{"name": "教练", "influence": "high", "contact_frequency": "rare", "support": "oppose"}]
        actions = [{"what": "x", "owner": "y", "due": "2026-07-30", "about": "教练"}]
        told = program({"deal": {"as_of": "2026-06-30"}, "contacts": people, "actions": actions})["red_flags"]
        answered = {(flag["code"], flag["subject"]) for flag in told if flag["mitigated"]}
        assert answered == {("RF301", "教练"), ("RF101", "coach")}


class TestWhatALineOfThePlanNames:
    """Codes only answer every flag of those codes; codes and subjects the flags with one of each; subjects only the one
    heaviest flag of each subject that is not answered yet (severity, then code), line by line, actions and then strengths.
    The first three entries of a list count, codes anywhere in an entry; other words name nothing."""

    PEOPLE = (
        {"name": "王芳", "influence": "high", "contact_frequency": "rare", "support": "oppose", "level": "director"},
        {"name": "Ann Lee", "influence": "high", "level": "director", "support": "support"},
    )
    # of 王芳: RF301 critical, RF304 and RF309; of Ann Lee: RF303, RF304 and RF309

    @pytest.mark.parametrize(
        ("about", "answered"),
        [
            ([["RF304"]], {("RF304", "王芳"), ("RF304", "Ann Lee")}),
            ([["RF304", "王芳"]], {("RF304", "王芳")}),
            ([["RF304", "RF309", "ann  LEE"]], {("RF304", "Ann Lee"), ("RF309", "Ann Lee")}),
            ([["RF303", "王芳"]], set()),
            ([["王芳"]], {("RF301", "王芳")}),
            ([["王芳"], ["王芳"]], {("RF301", "王芳"), ("RF304", "王芳")}),
            ([["王芳", "Ann Lee"]], {("RF301", "王芳"), ("RF303", "Ann Lee")}),
            ([["RF301"], ["王芳"]], {("RF301", "王芳"), ("RF304", "王芳")}),
            ([["王芳"], ["RF301"]], {("RF301", "王芳")}),
            ([["x", "y", "z", "RF304"]], set()),
            ([["x", "y", "RF304"]], {("RF304", "王芳"), ("RF304", "Ann Lee")}),
            ([["the answer to rf304, we hope"]], {("RF304", "王芳"), ("RF304", "Ann Lee")}),
            ([["RF304", "Nobody Known"]], {("RF304", "王芳"), ("RF304", "Ann Lee")}),
            (["RF304、王芳"], {("RF304", "王芳")}),
        ],
    )
    def test_it_answers(self, about, answered):
        lines = [{"what": "x", "owner": "y", "due": "2026-07-30", "about": one} for one in about]
        told = program({"deal": {"as_of": "2026-06-30"}, "contacts": list(self.PEOPLE), "actions": lines})["red_flags"]
        assert {(flag["code"], flag["subject"]) for flag in told if flag["mitigated"]} == answered

    def test_a_strength_comes_after_every_action(self):
        document = {"deal": {"as_of": "2026-06-30"}, "contacts": list(self.PEOPLE), "strengths": [{"text": "x", "answers": ["王芳"]}],
                    "actions": [{"what": "x", "owner": "y", "due": "2026-07-30", "about": ["王芳"]}]}  # fmt: skip
        answered = {(flag["code"], flag["subject"]) for flag in program(document)["red_flags"] if flag["mitigated"]}
        assert answered == {("RF301", "王芳"), ("RF304", "王芳")}


class TestSnapshotsFromYaml:
    """YAML reads an unquoted date as a date; a snapshot with such a date is a snapshot like any other."""

    def test_it_is_compared_with_the_map(self):
        import yaml

        deal = "{account: 甲, close_date: 2026-09-30, as_of: 2026-06-30}"
        document = yaml.safe_load(f"deal: {deal}\nsnapshots: [{{taken_on: 2026-06-01, map: {{deal: {deal}}}}}]")
        codes = {flag.code for flag in judge(read_document(document).map).flags}
        assert "RF909" in codes


class TestImproperWins:
    """CP001: personal_win text that names gifts, cash, kickbacks or commissions."""

    @pytest.mark.parametrize(
        "words",
        ["拿回扣", "过年的红包", "5% 佣金", "礼金", "送礼", "现金", "a kickback", "gifts", "Cash", "a commission"],
    )
    def test_one_is_a_major_finding_for_a_person_to_judge(self, words):
        document = {
            "contacts": [{"name": "王芳"}],
            "wins": [{"contact": "王芳", "role": "user", "personal_win": words}],
        }
        assert found(document, "CP001") == [("wins[0].personal_win", "major")]


class TestSettings:
    """Every number is a setting; a file that cannot be used says which setting and what is wrong, all faults at once."""

    @pytest.mark.parametrize("code", [code for code, _ in flat(default_settings())])
    def test_each_of_them_can_be_changed_flat_or_nested(self, code):
        name, _, member = code.partition(".")
        usual = dict(flat(default_settings()))[code]
        other = next(value for value in (1, 0) if value != usual)
        for given in ({code: other}, {name: {member: other}} if member else {name: other}):
            assert changed(settings_from(given)) == {code: other}

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"band": {"gren": 70}}, "there is no setting band.gren"),
            ({"nope": 1}, "there is no setting nope"),
            ({"low_trust": "forty"}, "setting low_trust cannot be 'forty' (must be a number)"),
            ({"low_trust": 101}, "setting low_trust cannot be 101 (must be ≤ 100)"),
            ({"flag_cost.critical": -1}, "setting flag_cost.critical cannot be -1 (must be ≥ 0)"),
            ({"flag_cost.critical": 10}, "setting flag_cost.critical cannot be 10 (must be ≤ 1)"),
            ({"trust_fading_days": 0}, "setting trust_fading_days cannot be 0 (must be > 0)"),
            ({"quote_from_stage": 3.5}, "setting quote_from_stage cannot be 3.5 (must be a whole number)"),
            ({"flag_cost": 3}, "setting flag_cost is a group (critical, major, minor) and cannot be 3"),
        ],
    )
    def test_what_is_wrong_is_said(self, given, said):
        with pytest.raises(BadSettings) as raised:
            settings_from(given | {"visit_days": None})
        other = "setting visit_days cannot be None (must be a number)"
        assert {fault.en for fault in raised.value.faults} == {said, other}

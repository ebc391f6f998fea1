"""Names in other tables than that of the people (specification, section 5, DV206 and DV207): lists, About and Answers, namesakes."""

from __future__ import annotations

import pytest

from warmap.judgement import judge
from warmap.model import TABLE
from warmap.reading import read_document
from warmap.rules import all_rules
from warmap.subjects import rule_codes
from warmap.text import LANGUAGES
from warmap.worksheet.ranges import call_on, parse_table

PEOPLE = ("Smith, John", "Ann Lee", "沈国梁", "李建华")


def document(**tables):
    return {"contacts": [{"name": name} for name in PEOPLE], **tables}


def found(code, **tables):
    return [f for f in read_document(document(**tables)).findings if f.code == code]


ABOUT_KNOWN = [
    "RF205", "rf205", "RF205 follow up with the board", "RF205、沈国梁", "Ann Lee", "沈 国梁", "沈国梁\u200b", "Smith, John", "Coach", "教练",
    "economic", "关键决策者", "fulfilment", "报价及谈判", "deal", "商机", "The deal", "Ann Lee / RF101", "沈国梁和李建华", "沈国梁 李建华",
    "RF205: call before Friday", "Smith, John; RF101",
]  # fmt: skip
ABOUT_UNKNOWN = [
    ("Zed", "Zed"),
    ("RF999", "RF999"),
    ("RF205, RF998", "RF998"),
    ("沈国粱", "沈国粱"),
    ("Purchasing", "Purchasing"),
    ("call him", "call him"),
]


class TestAboutAndAnswers:
    @pytest.mark.parametrize("words", ABOUT_KNOWN)
    def test_what_the_rules_take_is_no_finding(self, words):
        action = {"what": "w", "owner": "o", "due": "2026-01-01", "about": words}
        assert found("DV206", actions=[action], strengths=[{"text": "t", "answers": words}]) == []

    def test_a_code_and_a_name_in_one_cell_are_two(self):
        action = {"what": "w", "owner": "o", "due": "2026-01-01", "about": "沈国梁, RF205; deal"}
        assert found("DV206", actions=[action]) == []

    @pytest.mark.parametrize(("words", "quoted"), ABOUT_UNKNOWN)
    def test_what_names_nothing_is_told_and_quoted(self, words, quoted):
        action = {"what": "w", "owner": "o", "due": "2026-01-01", "about": words}
        strength = {"text": "t", "answers": [words]}
        places = []
        for finding in found("DV206", actions=[action], strengths=[strength]):
            places.append(finding.cell)
            for lang in LANGUAGES:
                assert f"“{quoted}”" in finding.message(lang)
                assert finding.hint(lang)
        assert sorted(places) == ["actions[0].about", "strengths[0].answers"]

    def test_without_anybody_on_the_map_only_codes_are_told(self):
        action = {"what": "w", "owner": "o", "due": "2026-01-01"}
        data = {"contacts": [], "actions": [{**action, "about": "Zed"}, {**action, "about": "RF999"}]}
        assert [f.cell for f in read_document(data).findings if f.code == "DV206"] == ["actions[1].about"]

    def test_the_codes_are_those_of_the_rules(self):
        assert {code.upper() for code in rule_codes()} == set(all_rules())

    def test_an_action_about_somebody_with_a_comma_answers_the_flag(self):
        people = [{"name": "Smith, John", "influence": "high", "support": "oppose", "contact_frequency": "rare"}]
        action = {"what": "w", "owner": "o", "due": "2027-01-01", "about": "Smith, John"}
        read = read_document({"deal": {"as_of": "2026-01-01"}, "contacts": people, "actions": [action]})
        answered = {flag.code for flag in judge(read.map).flags if flag.mitigated_by}
        assert answered == {"RF301"}


CELLS = [
    ("Smith, John", ["Smith, John"]),
    ("Smith, John, Ann Lee", ["Smith, John", "Ann Lee"]),
    ("沈 国梁/李建华", ["沈 国梁", "李建华"]),
    ("沈国梁 李建华", ["沈国梁", "李建华"]),
    ("Ann Lee & 沈国梁", ["Ann Lee", "沈国梁"]),
    ("Ann Lee\nSmith, John", ["Ann Lee", "Smith, John"]),
    ("Zed/Ann Lee", ["Zed/Ann Lee"]),
]


def cells_of(table, rows):
    fields = TABLE[table].fields
    lines = [tuple(row.get(field.code) for field in fields) for row in rows]
    return (tuple(field.label.en for field in fields), *lines)


class TestListsOfNames:
    @pytest.mark.parametrize(("cell", "names"), CELLS)
    def test_a_document_and_a_function_split_them_alike(self, cell, names):
        visit = {"date": "2026-01-01", "goal": "g", "contacts": cell}
        assert read_document(document(visits=[visit])).map.visits[0].contacts == names
        people = parse_table("contacts", cells_of("contacts", [{"name": name} for name in PEOPLE]))
        visits = parse_table("visits", cells_of("visits", [visit]))
        assert call_on({"contacts": people, "visits": visits}, None, "en").judgement.map.visits[0].contacts == names

    def test_a_function_without_the_people_splits_at_the_usual_separators(self):
        visits = parse_table(
            "visits", cells_of("visits", [{"date": "2026-01-01", "goal": "g", "contacts": "Smith, John"}])
        )
        assert call_on({"visits": visits}, None, "en").judgement.map.visits[0].contacts == ["Smith", "John"]

    def test_a_list_in_a_document_is_a_list(self):
        visit = {"date": "2026-01-01", "goal": "g", "contacts": ["沈国梁 李建华"]}
        assert len(found("DV206", visits=[visit])) == 1

    def test_answers_hold_codes_beside_names(self):
        read = read_document(document(strengths=[{"text": "t", "answers": "RF101/沈国梁"}]))
        assert read.map.strengths[0].answers == ["RF101", "沈国梁"]


class TestNamesakes:
    @pytest.mark.parametrize("again", ["沈国梁", "沈 国梁", "沈国梁\u200b", "沈　国梁"])
    def test_the_second_row_is_told_with_both_ways_out(self, again):
        data = {"contacts": [{"name": "沈国梁"}, {"name": again}]}
        (finding,) = [f for f in read_document(data).findings if f.code == "DV207"]
        assert finding.cell == "contacts[1].name"
        assert "contacts[0].name" in finding.message("en")
        assert "one person" in finding.hint("en")
        assert "tell them apart" in finding.hint("en")
        assert "区分" in finding.hint("zh")

"""The program computes what the specification says: it and a second implementation, made from the text alone, never differ.

`python tests/oracle/hunt.py FIRST LAST` compares as many more made-up maps as one likes and shrinks what differs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest
from oracle_compare import between, differences, oracle, program
from oracle_map import ALL_CODES
from oracle_maps import document_of, samples
from oracle_settings import some_settings
from oracle_thresholds import thresholds, tight
from oracle_webs import web

MAPS = 300
SEVERAL = 25  # maps a test case, so that a difference is named by its neighbourhood
SEVERITIES = {
    "RF102": {"critical", "major"}, "RF506": {"critical", "major"},
    "RF202": {"critical", "major"}, "RF306": {"major", "minor"}, "RF505": {"critical", "major"},
    "RF602": {"critical", "major"}, "RF701": {"critical", "major"}, "RF801": {"critical", "major"},
    "RF902": {"critical", "major"},
}  # fmt: skip


@cache
def specified(seed):
    return oracle(document_of(seed))


@pytest.mark.parametrize("first", range(0, MAPS, SEVERAL))
def test_every_score_flag_line_and_action_is_the_specified_one(first):
    seeds = range(first, first + SEVERAL)
    assert {seed: found for seed in seeds if (found := between(program(document_of(seed)), specified(seed)))} == {}


@pytest.mark.parametrize("first", range(1000, 1100, SEVERAL))
def test_so_it_is_with_other_weights_and_thresholds(first):
    seeds = range(first, first + SEVERAL)
    assert {seed: found for seed in seeds if (found := differences(document_of(seed), some_settings(seed)))} == {}


def test_so_it_is_where_many_ways_lead_to_a_person():
    lengths = Counter()
    for document in map(web, range(150)):
        assert differences(document) == [], document
        lengths.update(len(route) for line in oracle(document)["next_actions"] for route in line["routes"])
    assert {1, 2, 3, 4} <= set(lengths)


def test_so_it_is_exactly_on_a_threshold_whatever_binary_rounding_does():
    met = Counter()
    for document in map(tight, range(600)):
        if found := thresholds(document):
            met.update(found)
            assert differences(document) == [], document
    assert len(met) == 10
    assert min(met.values()) >= 1


class TestTheComparisonSeesEverything:
    """A comparison that finds nothing is worth what it would find."""

    @staticmethod
    def results():
        return [specified(seed) for seed in range(MAPS)]

    def test_every_rule_is_raised_answered_and_unanswered_in_each_of_its_severities(self):
        raised, answered = defaultdict(set), defaultdict(set)
        for flag in (flag for result in self.results() for flag in result["red_flags"]):
            raised[flag["code"]].add(flag["severity"])
            answered[flag["code"]].add(flag["mitigated"])
        assert sorted(raised) == sorted(ALL_CODES)
        assert {code: raised[code] for code in SEVERITIES} == SEVERITIES
        assert {code for code in ALL_CODES if answered[code] != {True, False}} == set()

    def test_every_score_is_met_assessed_and_most_of_them_not_assessed(self):
        met = defaultdict(set)
        for result in self.results():
            for code, score in {**result["scores"], **result["trust_pillars"]}.items():
                met[code].add(score is None)
        always = {
            "role_coverage", "stage_reached", "health_base", "health_assessed_share", "weakest_link", "plan_quality",
        }  # fmt: skip
        assert {code for code, kinds in met.items() if kinds != {True, False}} == always
        assert all(False in met[code] for code in always)

    @pytest.mark.parametrize(
        ("score", "kinds"), [("band", 5), ("tier", 5), ("quadrant", 5), ("customer_class", 5), ("stage_reached", 6)]
    )
    def test_every_outcome_is_met(self, score, kinds):
        assert len(Counter(result["scores"][score] for result in self.results())) == kinds

    @pytest.mark.parametrize(
        ("part", "code"), [("scores", "health"), ("scores", "plan_quality"), ("trust_pillars", "expertise")]
    )
    def test_a_number_next_to_the_right_one_is_a_difference(self, part, code):
        told = program(samples()[0])
        assert between(told, oracle(samples()[0])) == []
        told[part][code] += 1e-6
        assert [found.partition(":")[0] for found in between(told, oracle(samples()[0]))] == [f"{part}.{code}"]

    def test_a_flag_less_is_a_difference_and_so_is_another_severity_or_answer(self):
        document = {"deal": {"as_of": "2026-06-30"}, "contacts": [{"name": "王芳", "level": "director"}]}
        told, right = program(document), oracle(document)
        first, *others = told["red_flags"]
        for flags in (others, [{**first, "severity": "minor"}, *others], [{**first, "mitigated": True}, *others]):
            assert any(found.startswith("only the oracle ") for found in between({**told, "red_flags": flags}, right))

    @pytest.mark.parametrize(
        "change", [{"code": "RF999"}, {"owner": "x"}, {"due": "2026-07-01"}, {"worth": 0.5}, {"route": ["王芳"]}]
    )
    def test_another_line_of_advice_is_a_difference(self, change):
        document = {"deal": {"as_of": "2026-06-30"}, "contacts": [{"name": "王芳", "level": "director"}]}
        told, right = program(document), oracle(document)
        assert between(told, right) == []
        first, *others = told["next_actions"]
        for lines in (others, [{**first, **change}, *others], [*others, first]):
            assert between({**told, "next_actions": lines}, right) != []

    def test_of_a_person_the_maps_have_every_kind_of_line_and_of_route(self):
        met = Counter()
        for result in self.results():
            for line in result["next_actions"]:
                met[line["code"], bool(line["routes"])] += 1
        routed = {code for code, there in met if there}
        assert routed == {"RF202", "RF207", "RF303", "RF304"}
        assert all(met[code, False] for code in routed)

    def test_what_the_map_says_is_met_true_and_false_beside_every_kind_of_tick(self):
        met = {
            (line["criterion"], line["map_says"], line["done"] or line["claimed"])
            for result in self.results() for line in result["stage_gates"] if line["map_says"] is not None
        }  # fmt: skip
        assert len(met) == 6 * 2 * 2

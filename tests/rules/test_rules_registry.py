"""Properties of every rule in the registry."""

from __future__ import annotations

import ast
import re
import string
import sys
from pathlib import Path

import pytest

from warmap.judgement import Judgement, judge
from warmap.model import TABLES, WarMap
from warmap.rules import all_rules
from warmap.settings import Settings
from warmap.terms import BuyingRole, ProcurementStage
from warmap.text import LANGUAGES

FOLDER = Path(sys.modules[all_rules.__module__].__file__).parent
ALL_TABLES = {table.code for table in TABLES} | {"snapshots"}
RULES = [pytest.param(rule, id=rule.code) for rule in all_rules().values()]
every_rule = pytest.mark.parametrize("rule", RULES)

# The table of red flags (specification, section 4), heaviest severity first.
DOCUMENTED = {
    "RF101": "critical", "RF102": "critical", "RF103": "major", "RF104": "major",
    "RF201": "critical", "RF202": "critical major", "RF203": "major", "RF204": "major", "RF205": "critical",
    "RF206": "major", "RF207": "major",
    "RF301": "critical", "RF302": "major", "RF303": "major", "RF304": "major", "RF305": "minor",
    "RF306": "major minor", "RF307": "major", "RF308": "major", "RF309": "minor",
    "RF401": "major", "RF402": "minor",
    "RF501": "critical", "RF502": "major", "RF503": "major", "RF504": "major", "RF505": "critical major",
    "RF506": "major critical", "RF507": "minor",
    "RF601": "major", "RF602": "critical major", "RF603": "minor", "RF604": "major",
    "RF701": "critical major", "RF702": "major", "RF703": "minor",
    "RF801": "critical major", "RF802": "major", "RF803": "minor", "RF804": "major",
    "RF901": "major", "RF902": "critical major", "RF903": "minor", "RF904": "major", "RF905": "minor",
    "RF906": "minor", "RF907": "minor", "RF908": "major", "RF909": "major", "RF910": "minor",
}  # fmt: skip
GENDERED = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)


class Recorder:
    """A map that remembers which of its tables were looked at."""

    def __init__(self, war_map):
        self._map, self.read = war_map, set()

    def __getattr__(self, name):
        self.read.add(name)
        return getattr(self._map, name)


THE_MAP_TELLS = {"stage_evidence", "contacts", "competition", "visits", "negotiation"}
WHERE_GIVEN = {
    **dict.fromkeys(("RF503", "RF504", "RF505", "RF506", "RF507", "RF904"), THE_MAP_TELLS),
    "RF306": {"objections"},
    "RF910": {"deal"},
}
"""What the map itself says of the exit criteria, open objections and the rep is told where given; else a rule says less."""


def placeholders(words):
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def check_of(rule):
    return rule.check or rule.check_flags


def texts(rule):
    return {name: getattr(rule, name) for name in ("title", "message", "why", "remedy")}


def flags_of(rule, example, **more):
    return [flag for flag in Judgement(WarMap.model_validate(example), **more).flags if flag.code == rule.code]


def test_the_rules_are_those_of_the_specification():
    assert set(all_rules()) == set(DOCUMENTED)


def test_every_rule_file_is_in_the_registry_under_a_code_of_its_own():
    assert len(list(FOLDER.glob("rf*.py"))) == len(all_rules())
    assert list(all_rules()) == sorted(all_rules())


def test_names_are_unique():
    assert len({rule.name for rule in all_rules().values()}) == len(all_rules())


@every_rule
def test_code_and_name_are_well_formed_and_name_the_file(rule):
    assert re.fullmatch(r"RF[1-9]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert check_of(rule).__module__.rpartition(".")[2] == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"


@every_rule
def test_the_file_opens_with_its_code(rule):
    assert sys.modules[check_of(rule).__module__].__doc__.startswith(f"{rule.code}: ")


@every_rule
def test_severity_is_the_heaviest_the_specification_gives(rule):
    assert rule.severity.value == DOCUMENTED[rule.code].split()[0]


@every_rule
def test_source_is_one_of_the_source_texts(rule):
    assert re.fullmatch(r"00[0-4]", rule.source)


@every_rule
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_there_in_both_languages(rule, lang):
    for name, text in texts(rule).items():
        words = text.to(lang)
        assert words.strip() == words != "", name
        assert bool(re.search(r"[\u4e00-\u9fff]", words)) is (lang == "zh"), name


@every_rule
def test_sentences_end_and_titles_do_not(rule):
    assert not rule.title.zh.endswith("。")
    assert not rule.title.en.endswith(".")
    for name in ("message", "why", "remedy"):
        text = getattr(rule, name)
        assert text.zh.endswith("。"), name
        assert text.en.endswith("."), name
    assert rule.message.zh.count("。") == 1, "the message is one sentence"


@every_rule
def test_english_never_assumes_a_gender(rule):
    assert [name for name, text in texts(rule).items() if GENDERED.search(text.en)] == []


@every_rule
def test_placeholders_are_the_same_in_both_languages(rule):
    for name, text in texts(rule).items():
        assert placeholders(text.zh) == placeholders(text.en), name
    assert not placeholders(rule.title.zh) | placeholders(rule.why.zh), "title and why stand without facts"


@every_rule
def test_the_bad_example_raises_the_flag_with_a_documented_severity(rule):
    flags = flags_of(rule, rule.bad)
    assert flags
    assert {flag.severity.value for flag in flags} <= set(DOCUMENTED[rule.code].split())


@every_rule
def test_the_good_example_does_not(rule):
    assert flags_of(rule, rule.good) == []


@every_rule
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_check_fills_every_placeholder(rule, lang):
    for flag in flags_of(rule, rule.bad):
        for words in (flag.message(lang), flag.remedy(lang)):
            assert not re.search(r"[{}]|None|（）|\(\)|“”", words)


@every_rule
def test_the_subject_is_a_plain_name_or_code(rule):
    contacts = {contact["name"] for contact in rule.bad.get("contacts", ())}
    codes = {"deal"} | {term.value for enum in (BuyingRole, ProcurementStage) for term in enum}
    for flag in flags_of(rule, rule.bad):
        assert type(flag.subject) is str
        assert flag.subject in contacts | codes


@every_rule
def test_every_fact_is_used(rule):
    for flag in flags_of(rule, rule.bad):
        assert set(flag.facts) | {"subject"} == placeholders(flag.problem.zh) | placeholders(flag.cure.zh) | {"subject"}


@every_rule
def test_needs_are_exactly_the_tables_the_check_reads(rule):
    read = set()
    for example in (rule.bad, rule.good):
        recorder = Recorder(WarMap.model_validate(example))
        others = judge(recorder).flags if rule.is_about_flags else ()
        list(rule.run(judge(recorder), others))
        read |= recorder.read
    assert read >= set(rule.needs)
    more = read - set(rule.needs) - WHERE_GIVEN.get(rule.code, set())
    if not rule.is_about_flags:  # else the flags it looks at may read what they need
        assert not more, "name these tables in `needs`, or in WHERE_GIVEN above if the rule does without them"
    assert len(rule.needs) == len(set(rule.needs))
    assert not rule.optional or rule.optional in rule.needs


@every_rule
def test_with_a_needed_table_withheld_the_rule_says_nothing(rule):
    others = ALL_TABLES if rule.is_about_flags else WHERE_GIVEN.get(rule.code, set())
    assert flags_of(rule, rule.bad, tables=others | set(rule.needs))
    for table in rule.needs:
        assert flags_of(rule, rule.bad, tables=ALL_TABLES - {table}) == []


@every_rule
def test_with_its_optional_table_empty_the_rule_says_nothing(rule):
    if rule.optional:
        assert flags_of(rule, {**rule.bad, rule.optional: []}) == []


@every_rule
def test_an_empty_map_is_no_accident(rule):
    list(rule.run(judge(WarMap())))


@every_rule
def test_settings_named_in_a_rule_exist(rule):
    tree = ast.parse(Path(sys.modules[check_of(rule).__module__].__file__).read_text(encoding="utf-8"))
    named = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "settings"
    }
    assert named <= set(Settings.model_fields)

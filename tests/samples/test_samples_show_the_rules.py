"""Which red flags the samples show: the table is pinned, so that a change of a rule or of a sample is seen.

After a change that is meant, `python tests/samples/test_samples_show_the_rules.py` renews it; look at every difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from warmap.judgement import Judgement, judge
from warmap.model import WarMap
from warmap.reading import read_document
from warmap.rules import all_rules
from warmap_workbook.samples import load_sample, sample_names

SHOWN = Path(__file__).with_name("flags_of_samples.txt")
"""One column a sample (the first word of its name), one line a rule: how many flags it raises there, and after the slash how
many of them are answered. A dot is silence."""
RENEW = "python tests/samples/test_samples_show_the_rules.py"

# No sample is at stage 3 with a blank Wins sheet (RF604), and none carries three weeks of its own history (RF909).
IN_NO_SAMPLE = {"RF604", "RF909"}

every_rule = pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)


@cache
def flags_of_samples():
    return {name: Judgement(read_document(load_sample(name)).map).flags for name in sample_names()}


def cell(flags):
    answered = sum(flag.mitigated_by is not None for flag in flags)
    return f"{len(flags)}/{answered}" if answered else str(len(flags)) if flags else "."


def table():
    """The pinned table as it is today."""
    words = [name.partition("_")[0] for name in sample_names()]
    lines = [["     ", *words]]
    for code in all_rules():
        of_rule = [[flag for flag in flags if flag.code == code] for flags in flags_of_samples().values()]
        lines.append([code, *(cell(flags).rjust(len(word)) for flags, word in zip(of_rule, words, strict=True))])
    totals = (cell(flags).rjust(len(word)) for flags, word in zip(flags_of_samples().values(), words, strict=True))
    return "".join("  ".join(line) + "\n" for line in [*lines, ["total", *totals]])


def samples_that_show(rule):
    return {name for name, flags in flags_of_samples().items() if any(flag.code == rule.code for flag in flags)}


def shows(rule, example):
    return any(flag.code == rule.code for flag in judge(WarMap.model_validate(example)).flags)


def test_which_flags_the_samples_show():
    assert table() == SHOWN.read_text("ascii"), f"if the change is meant, renew it with: {RENEW}"


@every_rule
def test_a_rule_fires_in_a_sample_or_in_its_own_bad_example(rule):
    assert samples_that_show(rule) or shows(rule, rule.bad)


@every_rule
def test_a_rule_is_silent_in_another_sample_or_in_its_own_good_example(rule):
    assert set(sample_names()) - samples_that_show(rule) or not shows(rule, rule.good)


def test_every_rule_but_one_fires_in_a_real_deal():
    found = {code for code, rule in all_rules().items() if not samples_that_show(rule)}
    assert found == IN_NO_SAMPLE, "let a sample show the new rule, or say in IN_NO_SAMPLE why none does"


if __name__ == "__main__":
    SHOWN.write_text(table(), "ascii")

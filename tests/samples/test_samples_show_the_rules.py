"""Which red flags the samples show: the table is pinned, so that a change of a rule or of a sample is seen."""

from __future__ import annotations

from functools import cache

import pytest

from warmap.judgement import Judgement, judge
from warmap.model import WarMap
from warmap.reading import read_document
from warmap.rules import all_rules
from warmap_workbook.samples import load_sample, sample_names

# One column a sample (the first word of its name), one line a rule: how many flags it raises there, and after the
# slash how many of them are answered. A dot is silence.
SHOWN = """
       bank  cold  hospital  lubricants  manufacturer  port  telecom
RF101     .     .         .         1/1             1     .        .
RF102     .     .         .           .             1     .        .
RF103     .     .         1           .             .     .        .
RF104     .     .         .           .             .     1        .
RF201     .     .         1           .             .     .        .
RF202     .     .         .         1/1             1     .        .
RF203     .     .         1           .             .     .        .
RF204     .     1         .           .             .     .        .
RF205     .     .         .           .             1     .        .
RF206     .     .         .           .             .   1/1        .
RF207     .     .         .           .             .     1        .
RF301     .   1/1         .           .             .     .        .
RF302     .     .         1           .           2/1     .        .
RF303     .     .         1           .             .     1        .
RF304     .     .         1           .             2     .        .
RF305     .     .         .           .             2     .        .
RF306     .     .         .           .           5/2     .      1/1
RF307     .   1/1         .           .           1/1     .      1/1
RF308     .     .         .           .             1     1        .
RF309     1     .         .           .           3/1     .        1
RF401     .     1         .           .             .     1        .
RF402     .     .         .           .             1     1        .
RF501     .     .         .           .             .   1/1        .
RF502     .     .         .           .             1     .        .
RF503     .     .         .           .             1     1        .
RF504     .     1         .           .           1/1     .        .
RF505     .     .         .           .             1     1        .
RF601     .   1/1         .           .           4/1   2/1        .
RF602     .   1/1         .           .             1     .        .
RF603     .     .         .           .             1     .        .
RF701     .     .         .           .             1   1/1        .
RF702     .     .         .           .             1     .        .
RF703     .     .         1           .             .     .        .
RF801     .   1/1         .           .             2     .        .
RF802     .     .         .           .             1     1        .
RF803     .     .         .           .           4/1     1        .
RF804     .     .         .           1             1     1        .
RF901     .     .         .           .             1     1        .
RF902     .   1/1         .           .             2     2        .
RF903     .   1/1         .           .             1   1/1        .
RF904     .     .         .           .             1     .        .
RF905     .     1         .           .             2     1        .
RF906     .     1         .           .             .     .        .
RF907     .     .         .           .             .     1        .
RF908     .     1         .           .             .     .        .
RF909     .     .         .           .             .     .        .
RF910   1/1     1         .           .             2     1      1/1
total   2/1  14/7         7         3/2          50/8  23/5      4/3
"""

# No sample carries the history of its own map, which this rule looks at.
IN_NO_SAMPLE = {"RF909"}

every_rule = pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)


@cache
def flags_of_samples():
    return {name: Judgement(read_document(load_sample(name)).map).flags for name in sample_names()}


def cell(flags):
    answered = sum(flag.mitigated_by is not None for flag in flags)
    return f"{len(flags)}/{answered}" if answered else str(len(flags)) if flags else "."


def table():
    """The lines of `SHOWN` as they are today."""
    words = [name.partition("_")[0] for name in sample_names()]
    lines = [["     ", *words]]
    for code in all_rules():
        of_rule = [[flag for flag in flags if flag.code == code] for flags in flags_of_samples().values()]
        lines.append([code, *(cell(flags).rjust(len(word)) for flags, word in zip(of_rule, words, strict=True))])
    totals = (cell(flags).rjust(len(word)) for flags, word in zip(flags_of_samples().values(), words, strict=True))
    return ["  ".join(line) for line in [*lines, ["total", *totals]]]


def samples_that_show(rule):
    return {name for name, flags in flags_of_samples().items() if any(flag.code == rule.code for flag in flags)}


def shows(rule, example):
    return any(flag.code == rule.code for flag in judge(WarMap.model_validate(example)).flags)


def test_which_flags_the_samples_show():
    assert table() == SHOWN.strip("\n").splitlines()


@every_rule
def test_a_rule_fires_in_a_sample_or_in_its_own_bad_example(rule):
    assert samples_that_show(rule) or shows(rule, rule.bad)


@every_rule
def test_a_rule_is_silent_in_another_sample_or_in_its_own_good_example(rule):
    assert set(sample_names()) - samples_that_show(rule) or not shows(rule, rule.good)


def test_every_rule_but_one_fires_in_a_real_deal():
    assert {code for code, rule in all_rules().items() if not samples_that_show(rule)} == IN_NO_SAMPLE

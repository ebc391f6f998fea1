"""What the check of one file comes to, as plain data: what workers send, journals keep and every output is made of."""

from collections.abc import Mapping
from typing import Any

from warmap.findings import Finding
from warmap.reading import Reading
from warmap.rules import all_rules
from warmap.terms import Severity
from warmap.text import Lang
from warmap_app.load import NOT_LISTED, evaluation_of

Result = dict[str, Any]
"""`passed`, `counts` (see COUNTED), and the evaluation (specification, section 6), whose findings also carry `file` and `hint`.

The words are in the language asked for. `in_own_language` is there when another language was asked for than the file's
own: a list, one entry a finding, of `message` and `hint` as the rep who filled in the file should read them; with it comes
`red_flags_in_own_language`, one entry a flag, of `message` and `remedy`. `not_listed` is there where there were
more findings than are listed: how many, by severity and by code. Everything is JSON: text, numbers, true and false,
null, lists and mappings. Of a file that could not be read the scores are null. `counted_instead` is there in a batch where
another file is about the same deal and counts for it: that file.
"""
COUNTED_INSTEAD = "counted_instead"

COUNTED = tuple(
    f"{what}{end}" for what in ("sheets", "cells", "formulas", "checks", "rules") for end in ("", "_skipped")
)


def finding_result(finding: Finding, told: Mapping[str, str], file: str, lang: Lang) -> dict[str, str]:
    """A finding as results carry it: as an evaluation told it (`evaluation.finding_told`), with its file and its hint."""
    return {**told, "file": file, "hint": finding.hint(lang)}


def result_of(loaded: Reading, lang: Lang) -> Result:
    """One file's result: passed or not, its evaluation, and what was checked and skipped."""
    evaluation = evaluation_of(loaded, lang)
    evaluation["findings"] = [
        finding_result(finding, told, loaded.file, lang)
        for finding, told in zip(loaded.findings, evaluation["findings"], strict=True)
    ]
    rules = len(all_rules())
    run = rules if loaded.is_map else 0
    counts = {**dict.fromkeys(COUNTED, 0), **loaded.counts, "rules": run, "rules_skipped": rules - run}
    result: Result = {"passed": loaded.passed, "counts": counts, **evaluation}
    if loaded.findings and (more := loaded.findings[-1]).code == NOT_LISTED:
        by_severity = {severity.value: more.facts[severity] for severity in Severity}
        result["not_listed"] = {"severities": by_severity, "codes": more.facts["codes"]}
    if loaded.is_map and loaded.lang != lang:
        own = loaded.lang
        result["in_own_language"] = [{"message": f.message(own), "hint": f.hint(own)} for f in loaded.findings]
        flags = loaded.judgement.flags
        result["red_flags_in_own_language"] = [{"message": f.message(own), "remedy": f.remedy(own)} for f in flags]
    return result

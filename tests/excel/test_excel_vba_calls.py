"""A call in a cell, as far as it runs without Excel: our VBA, xlwings' own Windows code, the functions, and back.

pyOpenVBA's in-memory Excel runs the VBA, `xlwings.com_server` and `xlwings.udfs.call_udf` run over stand-ins of pywin32.
"""

from functools import cache

import pytest

from warmap.assessment import Assessment
from warmap.functions import FUNCTIONS, Call, fit
from warmap.functions.reasons import words_for
from warmap.text import LANGUAGES
from warmap_templates.computed import BLOCK, EXPLAINED, compute
from warmap_templates.read import read_workbook

ROWS = 7
OF_THE_FILE = {"DV501"}  # macros: no range shows them
EVERY_CALL = [(name, lang) for lang in LANGUAGES for name in FUNCTIONS]


@cache
def read(path):
    return read_workbook(path)


def plain(name, path, lang):
    """The value as the plain module gives it for the map in the workbook, cut to the rows the call asked for."""
    function = FUNCTIONS[name]
    assessment = Assessment(read(path).map, read(path).settings)
    if name == "WHY":
        explained = BLOCK[EXPLAINED].function
        return [[words_for(explained, explained.compute(Call(assessment, lang)), lang, assessment)]]
    findings = [finding for finding in read(path).findings if finding.code not in OF_THE_FILE]
    result = function.compute(
        Call(assessment, lang, {"code": "RF205"}, None, ROWS, lambda: findings, read(path).places)
    )
    return fit(result, ROWS, lang, len(function.columns)) if function.columns else [["" if result is None else result]]


def as_rows(value):
    if not isinstance(value, list):
        return [[value]]
    return value if value and isinstance(value[0], list) else [value]


def approximately(rows):
    return [
        [pytest.approx(cell, rel=1e-9, abs=1e-9) if isinstance(cell, float) else cell for cell in row] for row in rows
    ]


@pytest.mark.parametrize(("name", "lang"), EVERY_CALL)
class TestEveryFunction:
    def test_xlwings_call_path_gives_what_the_plain_module_gives(self, xlwings_session, filled, name, lang):
        direct = xlwings_session[lang]["values"][name]["direct"]
        assert direct == approximately(plain(name, filled[lang], lang))

    def test_our_vba_gives_the_same(self, xlwings_session, name, lang):
        values = xlwings_session[lang]["values"][name]
        assert as_rows(values["ours"]) == values["direct"]

    def test_it_does_what_the_vba_generated_by_xlwings_does(self, xlwings_session, name, lang):
        values = xlwings_session[lang]["values"][name]
        assert values["ours"] == values["theirs"]
        assert values["handed"] == values["handed_by_theirs"]


def test_the_workbook_of_the_session_is_judged_at_all(xlwings_session):
    scores = [xlwings_session[lang]["values"]["TRUST_SCORE"]["ours"] for lang in LANGUAGES]
    assert all(isinstance(score, float) and score > 0 for score in scores)


def test_the_stored_results_of_the_same_workbook_say_the_same(filled):
    """Nothing was compared with itself."""
    stored = compute(read(filled["zh"]).map, read(filled["zh"]).settings, "zh")
    assert stored[EXPLAINED] == plain("TRUST_SCORE", filled["zh"], "zh")

"""A call in a cell, as far as it runs without Excel: our VBA, xlwings' own Windows code, the functions, and back.

pyOpenVBA's in-memory Excel runs the VBA, `xlwings.com_server` and `xlwings.udfs.call_udf` run over stand-ins of pywin32.
"""

from functools import cache

import pytest

from warmap.judgement import judge
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS, Call, fit
from warmap.worksheet.score_functions import words_for
from warmap_udfs.excel_calls import as_excel_takes
from warmap_workbook.computed import BLOCK, EXPLAINED, compute
from warmap_workbook.reading.read import read_workbook

ROWS = 7
OF_THE_FILE = {"DV501"}  # macros: no range shows them
EVERY_CALL = [(name, lang) for lang in LANGUAGES for name in FUNCTIONS]


@cache
def read(path):
    return read_workbook(path)


def plain(name, path, lang):
    """The value as the plain module gives it for the map in the workbook, cut to the rows the call asked for."""
    function = FUNCTIONS[name]
    judgement = judge(read(path).map, read(path).settings)
    if name == "WHY":
        explained = BLOCK[EXPLAINED].function
        return [[words_for(explained, explained.compute(Call(judgement, lang)), lang, judgement)]]
    findings = [finding for finding in read(path).findings if finding.code not in OF_THE_FILE]
    result = function.compute(
        Call(judgement, lang, {"code": "RF205", "name": "吴长河"}, None, ROWS, lambda: findings, read(path).places)
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
        *ours, ranges = values["handed"]
        assert ours == values["handed_by_theirs"][:-1]
        assert ranges == (1 if name == "WHY" else 0), "a range that crosses COM is asked for property by property"


@pytest.mark.parametrize("lang", LANGUAGES)
class TestWhatExcelHandsOver:
    """Error values, currency, large whole numbers, yes and no, blanks, arguments left out: as the plain module takes them."""

    def test_each_means_the_same_as_in_the_plain_module(self, xlwings_session, lang):
        hard = xlwings_session[lang]["hard"]
        assert len(hard) == 7 * 2 * 2 + 4
        for case, (by_excel, by_us) in hard.items():
            assert by_excel == by_us, case

    @pytest.mark.parametrize("error", ["#N/A", "#SPILL!"])
    def test_an_error_in_a_cell_is_found_and_no_blank(self, xlwings_session, lang, error):
        """xlwings would hand over the first as nothing, the second as a large negative number."""
        for table in ("deal", "contacts"):
            found, _ = xlwings_session[lang]["hard"][f"CHECK {table} {error}"]
            assert error in str(found)
            assert error not in str(xlwings_session[lang]["hard"][f"CHECK {table} blank"][0])

    def test_an_error_as_an_argument_is_an_error_with_words(self, xlwings_session, lang):
        assert xlwings_session[lang]["hard"]["rows error"][0][0][0].startswith("\x01#VALUE! ")
        assert xlwings_session[lang]["hard"]["missing"][0][0][0].startswith("\x01#VALUE! ")

    def test_why_speaks_the_language_of_the_workbook_where_none_is_asked_for(self, xlwings_session, filled, lang):
        explained, judgement = (
            BLOCK["wm_score_trust"].function,
            judge(read(filled[lang]).map, read(filled[lang]).settings),
        )
        words = words_for(explained, explained.compute(Call(judgement, lang)), lang, judgement)
        assert xlwings_session[lang]["why"] == words


@pytest.mark.parametrize(
    ("value", "taken"),
    [(1, 1), (2**31 - 1, 2**31 - 1), (2**31, 2.0**31), (-(10**12), -1e12), (True, True), ("x", "x"), (None, None),
     ([[10**10, "x"], [1.5, None]], [[1e10, "x"], [1.5, None]])],
)  # fmt: skip
def test_a_result_has_no_whole_number_that_com_would_hand_over_as_a_kind_excel_may_not_know(value, taken):
    assert as_excel_takes(value) == taken


def test_the_workbook_of_the_session_is_judged_at_all(xlwings_session):
    scores = [xlwings_session[lang]["values"]["TRUST_SCORE"]["ours"] for lang in LANGUAGES]
    assert all(isinstance(score, float) and score > 0 for score in scores)


def test_the_stored_results_of_the_same_workbook_say_the_same(filled):
    """Nothing was compared with itself."""
    stored = compute(read(filled["zh"]).map, read(filled["zh"]).settings, "zh")
    assert stored[EXPLAINED] == plain("TRUST_SCORE", filled["zh"], "zh")

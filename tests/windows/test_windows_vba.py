"""Our VBA → the real DLL → COM → Windows' Python → COM → the ranges of the in-memory Excel, and back."""

import pytest
from sample_calls import BY_VALUE, PLAIN, SAMPLES, ranges, rows_of, words

from warmap.judgement import judge
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS, Call
from warmap.worksheet.score_functions import words_for
from warmap_addin.excel.build import build_macro_workbook
from warmap_udfs.dispatch import call
from warmap_workbook.computed import BLOCK
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample

EVERY_CALL = [(name, lang) for lang in LANGUAGES for name in BY_VALUE]
EXPLAINED = 'WHY(ThisWorkbook.Names("wm_score_trust").RefersToRange)'
NOT_PEOPLE = "ROLE_COVERAGE(5)"


def in_vba(word):
    """An argument as VBA writes it."""
    if word in PLAIN.values() and not str(word).startswith("wm_"):
        return f'"{word}"' if isinstance(word, str) else f"{word:g}"
    return f'ThisWorkbook.Names("{word}").RefersToRange'


EXPRESSIONS = {
    **{name: f"{name}({', '.join(map(in_vba, words(name)))})" for name in BY_VALUE},
    "WHY": EXPLAINED,
    "a wrong input": NOT_PEOPLE,
    "its words": 'WarmapWhy(ThisWorkbook.Worksheets(1).Range("A1"))',
}


@pytest.fixture(scope="module")
def books(windows):
    """A filled macro workbook in each language: its path, and its path there."""
    folder = windows.here(r"C:\books")
    folder.mkdir(exist_ok=True)
    for lang, name in SAMPLES.items():
        content = build_macro_workbook(read_document(load_sample(name, lang)).map, lang)
        folder.joinpath(f"{lang}.xlsm").write_bytes(content)
    return {lang: (folder / f"{lang}.xlsm", rf"C:\books\{lang}.xlsm") for lang in SAMPLES}


@pytest.fixture(scope="module")
def session(windows, books):
    """What the expressions came to in each workbook."""
    asked = {"expressions": list(EXPRESSIONS.values())}
    found = {lang: windows.answer("through_vba.py", there, given=asked) for lang, (_, there) in books.items()}
    return {lang: {**one, "values": dict(zip(EXPRESSIONS, one["values"], strict=True))} for lang, one in found.items()}


@pytest.fixture(scope="module")
def named(books):
    return {lang: ranges(here) for lang, (here, _) in books.items()}


@pytest.mark.parametrize(("name", "lang"), EVERY_CALL)
def test_a_call_over_ranges_gives_what_the_plain_module_gives(session, named, name, lang):
    given = [named[lang].get(word, word) for word in words(name)]
    assert rows_of(session[lang]["values"][name]) == rows_of(call(name, given))


@pytest.mark.parametrize("lang", LANGUAGES)
class TestWords:
    def test_why_reads_the_cell_and_its_formula_over_com(self, session, books, lang):
        read = read_workbook(books[lang][0])
        judgement = judge(read.map, read.settings)
        explained = BLOCK["wm_score_trust"].function
        assert session[lang]["values"]["WHY"] == words_for(
            explained, explained.compute(Call(judgement, lang)), lang, judgement
        )

    def test_a_wrong_input_is_an_error_value(self, session, lang):
        assert session[lang]["values"]["a wrong input"] == {"error": 2015}

    def test_its_words_survive_the_way_whatever_the_code_page(self, session, lang):
        """An English Windows has no Chinese in its own; until these words were no exception, they came as `?????`."""
        words = "参数“contacts”不是“关键人”表：第一行应是它的表头（例如“姓名”） / the argument “contacts” is not the table “People”"
        assert words in session[lang]["values"]["its words"]
        assert words in session[lang]["log"]


def test_every_function_is_called():
    assert {*EXPRESSIONS} >= {*FUNCTIONS}

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
    """What the expressions came to in each workbook, and how often Python asked something of Excel meanwhile."""
    found = windows.answer("through_vba.py", *(there for _, there in books.values()), given=list(EXPRESSIONS.values()))
    return {
        lang: {
            "log": one["log"],
            **{what: dict(zip(EXPRESSIONS, one[what], strict=True)) for what in ("values", "asked")},
        }
        for lang, one in zip(books, found, strict=True)
    }


@pytest.fixture(scope="module")
def named(books):
    return {lang: ranges(here) for lang, (here, _) in books.items()}


@pytest.mark.parametrize(("name", "lang"), EVERY_CALL)
def test_a_call_over_ranges_gives_what_the_plain_module_gives(session, named, name, lang):
    given = [named[lang].get(word, word) for word in words(name)]
    assert rows_of(session[lang]["values"][name]) == rows_of(call(name, given))


# No class: tests of one file run in one process of pytest-xdist, and the session above is made once.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_recalculation_asks_nothing_of_excel_but_for_the_cell_of_why(session, lang):
    """Each question crosses processes: handed ranges, one recalculation asked some three thousand."""
    asked = session[lang]["asked"]
    assert {name: count for name, count in asked.items() if count and name != "WHY"} == {}
    assert asked["WHY"] > 0, "or nothing was counted"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_reads_the_cell_and_its_formula_over_com(session, books, lang):
    read = read_workbook(books[lang][0])
    judgement = judge(read.map, read.settings)
    explained = BLOCK["wm_score_trust"].function
    assert session[lang]["values"]["WHY"] == words_for(
        explained, explained.compute(Call(judgement, lang)), lang, judgement
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_input_is_an_error_value(session, lang):
    assert session[lang]["values"]["a wrong input"] == {"error": 2015}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_words_survive_the_way_whatever_the_code_page(session, lang):
    """An English Windows has no Chinese in its own; until these words were no exception, they came as `?????`."""
    words = "参数“contacts”不是“关键人”表：第一行应是它的表头（例如“姓名”） / the argument “contacts” is not the table “People”"
    assert words in session[lang]["values"]["its words"]
    assert words in session[lang]["log"]


def test_every_function_is_called():
    assert {*EXPRESSIONS} >= {*FUNCTIONS}

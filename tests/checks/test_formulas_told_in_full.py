"""Every formula cell that is not as it should be is counted; what could not be compared is said, and why; stand-ins are no tampering."""

from __future__ import annotations

import re

import pytest

from tools.patched_books import Patched, beside_cell, block_cell, told
from warmap import TEMPLATE_VERSION
from warmap.terms import Severity
from warmap.text import LANGUAGES
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import parse_ref
from warmap_workbook.reading import read as reading
from warmap_workbook.reading.checks import audit, formula_text, tamper
from warmap_workbook.reading.checks.formula_text import file_of, template_formulas, versions_read
from warmap_workbook.reading.checks.stand_ins import result_shown, stand_in
from warmap_workbook.reading.checks.wrong_cells import runs

every_language = pytest.mark.parametrize("lang", LANGUAGES)
HEALTH, TRUST = block_cell("wm_score_health"), block_cell("wm_score_trust")
FORMULA = re.compile(r"<f\b[^>]*>.*?</f>|<f\b[^>]*/>", re.DOTALL)
BOOK = "xl/workbook.xml"


def names_to_nowhere(book):
    book.parts[BOOK] = re.sub(r"(<definedName [^>]*>)(?!<)[^<]*", r"\1#REF!", book.parts[BOOK])
    return book


def as_values(book):
    for name, text in book.parts.items():
        if name.startswith("xl/worksheets/sheet"):
            book.parts[name] = FORMULA.sub("", text)
    return book


def only(book, code):
    (finding,) = [finding for finding in book.read().findings if finding.code == code]
    return finding


@pytest.mark.parametrize(
    ("cells", "boxes"),
    [
        ("B6", "B6"),
        ("B6 B7 B8 B9", "B6:B9"),
        ("B6 C6 D6", "B6:D6"),
        ("B6 C6 B7 C7", "B6:C7"),
        ("B3 J3 B6 D6", "B3 J3 B6 D6"),
        ("B6 B7 D6 D7", "B6:B7 D6:D7"),
        ("B6 C6 B7", "B6:B7 C6"),
        ("Z9 AA9 AB9", "Z9:AB9"),
    ],
)
def test_cells_that_touch_are_one_run(cells, boxes):
    found = [
        formula_text.cell_name(box.r1, box.c1)
        + (f":{formula_text.cell_name(box.r2, box.c2)}" if (box.r1, box.c1) != (box.r2, box.c2) else "")
        for box in runs(map(parse_ref, cells.split()))
    ]
    assert found == boxes.split()


@every_language
class TestEveryCellIsCounted:
    """DV301, DV302."""

    def test_cells_apart_are_findings_apart(self, lang):
        book = Patched(lang)
        for cell in ("C2", "J2", "B5", "D5"):
            book.number("home", cell, 95)
        assert told(book.read()) == sorted(("DV301", book.sheet("home"), cell) for cell in ("C2", "J2", "B5", "D5"))

    def test_a_run_is_one_finding_with_its_range_and_count(self, lang):
        book = Patched(lang)
        cells = [beside_cell("contacts", row) for row in range(24)]
        for number, cell in enumerate(cells, 6):
            book.number("people", cell, number)
        finding = only(book, "DV301")
        assert (finding.sheet, finding.cell, finding.facts["count"]) == (book.sheet("people"), cells[0], 24)
        for words in (f"{cells[0]}:{cells[-1]}", "24", "6", "7", "8"):
            assert words in finding.message(lang)

    def test_scores_and_formulas_side_by_side_are_one_run(self, lang):
        book = Patched(lang)
        for cell in ("C6", "C7", "C8", "C9"):
            book.number("scoreboard", cell, 1)
        finding = only(book, "DV301")
        assert (finding.cell, finding.facts["count"]) == ("C6", 4)
        assert "C6:C9" in finding.message(lang)
        assert book.sheet("scoreboard") in finding.message(lang)

    def test_changed_formulas_are_counted_too(self, lang):
        book = Patched(lang)
        for cell in ("B5", "D5"):
            book.formula("home", cell, lambda text: f"{text}+1")
        for row in range(3):
            book.formula("people", beside_cell("contacts", row), lambda text: f"MIN(1,{text})")
        assert told(book.read()) == sorted(
            [
                ("DV302", book.sheet("home"), "B5"),
                ("DV302", book.sheet("home"), "D5"),
                ("DV302", book.sheet("people"), beside_cell("contacts")),
            ]
        )

    def test_a_sheet_of_nothing_but_constants_is_one_finding(self, lang):
        book = Patched(lang)
        part = book.part("scoreboard")
        book.parts[part] = FORMULA.sub("", book.parts[part])
        found = [finding for finding in book.read().findings if finding.sheet == book.sheet("scoreboard")]
        assert [finding.code for finding in found] == ["DV301"]
        assert found[0].facts["count"] == len(template_formulas(lang).stored["scoreboard"])
        assert len(found[0].message(lang)) < 400


@every_language
class TestWithoutTheMarks:
    """DV307."""

    def test_values_only_with_a_forged_score(self, lang):
        finding = only(as_values(Patched(lang).without_names()).number("scoreboard", HEALTH, 95), "DV307")
        assert (finding.sheet, finding.cell, finding.severity) == (
            Patched(lang).sheet("scoreboard"),
            HEALTH,
            Severity.MINOR,
        )
        assert "95" in finding.message(lang)

    def test_values_only_with_a_forged_score_on_the_front_page(self, lang):
        finding = only(as_values(Patched(lang).without_names()).number("home", "D5", 95), "DV307")
        assert (finding.sheet, finding.cell) == (Patched(lang).sheet("home"), "D5")

    def test_values_only_and_true(self, lang):
        book = as_values(Patched(lang).without_names())
        assert told(book.read()) == [("DV307", "", "")]
        assert {"DV301", "DV302", "DV303"} <= book.read().skipped_checks

    def test_formulas_are_compared_by_their_places(self, lang):
        book = Patched(lang).without_names()
        assert told(book.read()) == [("DV307", "", "")]
        book.number("home", "B5", 99)
        assert {code for code, *_ in told(book.read())} == {"DV301", "DV307"}

    def test_names_that_lead_nowhere_change_no_formula(self, lang):
        assert told(names_to_nowhere(Patched(lang)).read()) == [("DV307", "", "")]

    def test_nor_do_rows_inserted_besides(self, lang):
        book = names_to_nowhere(Patched(lang))
        book.formula("home", "C2", lambda text: text.replace("$B$8", "$B$18"))
        found = told(book.read())
        assert found == [("DV307", "", "")]
        assert {"zh": "公式和存的结果", "en": "Formulas and stored results"}[lang] in only(book, "DV307").message(lang)

    def test_a_mark_alone_that_is_gone_costs_nothing(self, lang):
        book = Patched(lang)
        book.parts[BOOK] = re.sub(r'<definedName name="wm_template_version">[^<]*</definedName>', "", book.parts[BOOK])
        assert told(book.read()) == []
        assert told(book.number("home", "B5", 99).read()) == [("DV301", book.sheet("home"), "B5")]


def escaped(text):
    return text.replace('"', '""')


def in_pieces(text):
    return '"&amp;"'.join(escaped(text[at : at + 200]) for at in range(0, len(text), 200))


STAND_INS = {
    "as Google Sheets exports it": 'IFERROR(__xludf.DUMMYFUNCTION("{}"),{shown})',
    "in pieces of 200 signs": 'IFERROR(__xludf.DUMMYFUNCTION("{pieces}"),{shown})',
    "of an array": 'IFERROR(__xludf.DUMMYFUNCTION("ARRAYFORMULA({})"),{shown})',
    "shown by Excel": 'IFERROR(@__xludf.DUMMYFUNCTION("{}"),{shown})',
    "saved by Excel": 'IFERROR(_xlfn.SINGLE(__xludf.DUMMYFUNCTION("{}")),{shown})',
    "saved by LibreOffice": 'iferror(__xludf.dummyfunction("{}"),{shown})',
    "with the sign of equality": 'IFERROR(__xludf.DUMMYFUNCTION("={}"),{shown})',
}


def with_stand_ins(book, shape, shown="33.1", *, stored=True):
    """Every call of ours as another program keeps it; what is stored in the cells stays."""
    for name, text in book.parts.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue

        def put(match):
            formula = match[2].replace("&quot;", '"')
            if "WARMAP." not in formula:
                return match[0]
            words = (
                shape.replace("{pieces}", in_pieces(formula)).replace("{shown}", shown).replace("{}", escaped(formula))
            )
            return f"{match[1]}{words}</f>" + (match[3] if stored else "")

        book.parts[name] = re.sub(r"(<f\b[^>]*>)([^<]*)</f>(<v>[^<]*</v>|<v/>)?", put, text)
    return book


@every_language
@pytest.mark.parametrize("shape", STAND_INS.values(), ids=STAND_INS)
class TestStandIns:
    """Another program's stand-in is DV305, once, and never called tampering."""

    def test_it_is_told_once(self, lang, shape):
        book = with_stand_ins(Patched(lang), shape)
        found = told(book.read())
        assert [code for code, *_ in found] == ["DV305"]
        mark_and_its_sentence = 2
        assert only(book, "DV305").facts["count"] == len(BLOCKS) + mark_and_its_sentence

    def test_a_result_that_is_forged_is_told_all_the_same(self, lang, shape):
        book = with_stand_ins(Patched(lang), shape)
        book.stored("scoreboard", HEALTH, "99.5")
        assert ("DV303", book.sheet("scoreboard"), HEALTH) in told(book.read())

    def test_another_formula_inside_it_is_a_changed_one(self, lang, shape):
        book = Patched(lang).formula("scoreboard", HEALTH, lambda text: f"{text}+20")
        assert ("DV302", book.sheet("scoreboard"), HEALTH) in told(with_stand_ins(book, shape).read())


@every_language
def test_the_result_written_into_a_stand_in_is_the_stored_one_where_the_cell_has_none(lang):
    book = with_stand_ins(Patched(lang), STAND_INS["as Google Sheets exports it"], "77.7", stored=False)
    values = {finding.cell: finding for finding in book.read().findings if finding.code == "DV303"}
    assert "77.7" in values[HEALTH].message(lang)


@pytest.mark.parametrize(
    "text",
    [
        "DUMMYFUNCTION(1)",
        'IFERROR(__xludf.DUMMYFUNCTION("A1"),1)+20',
        "IFERROR(__xludf.DUMMYFUNCTION(A1),1)",
        'MAX(IFERROR(__xludf.DUMMYFUNCTION("A1"),1),99)',
    ],
)
def test_what_only_looks_like_a_stand_in_is_none(text):
    assert stand_in(text) is None


@pytest.mark.parametrize(
    ("shown", "value"), [("33.1", 33.1), ('"a ""b"""', 'a "b"'), ("A1", None), ("-2E-3", -0.002), ('""', "")]
)
def test_the_result_shown(shown, value):
    assert result_shown(shown) == value


@pytest.fixture
def next_version(monkeypatch):
    """The program as it will be when the template has a version 3: version 2 is older, and still read."""
    for module in (reading, audit):
        monkeypatch.setattr(module, "TEMPLATE_VERSION", "3")


@every_language
class TestAnOlderTemplate:
    """DV003: its formulas are compared with its own list, its stored scores with nothing, and that is said."""

    def test_it_passes_and_says_what_was_compared(self, next_version, lang):
        intake = Patched(lang).read()
        (finding,) = intake.findings
        assert (finding.code, finding.severity) == ("DV003", Severity.MINOR)
        assert {"zh": "没有核对", "en": "stored scores with nothing"}[lang] in finding.message(lang)
        assert intake.counts["formulas"] > 800
        assert {"DV303", "DV307"} <= intake.skipped_checks
        assert not {"DV301", "DV302", "DV304", "DV305"} & intake.skipped_checks

    def test_its_formulas_are_looked_at(self, next_version, lang):
        book = Patched(lang).number("home", "B5", 99).formula("scoreboard", HEALTH, lambda text: f"{text}+20")
        assert told(book.read()) == sorted(
            [("DV003", "", ""), ("DV301", book.sheet("home"), "B5"), ("DV302", book.sheet("scoreboard"), HEALTH)]
        )

    def test_its_stored_scores_are_not(self, next_version, lang):
        assert told(Patched(lang).stored("scoreboard", TRUST, "88.8").read()) == [("DV003", "", "")]

    def test_one_that_is_no_longer_read_does_not_pass(self, lang):
        (finding,) = Patched(lang).text("marks", "B2", "0").read().findings
        assert (finding.code, finding.severity) == ("DV003", Severity.MAJOR)

    def test_a_block_that_this_program_no_longer_has_is_still_compared(self, next_version, monkeypatch, lang):
        monkeypatch.setattr(
            tamper, "BLOCK", {name: block for name, block in tamper.BLOCK.items() if name != "wm_score_health"}
        )
        book = Patched(lang).number("scoreboard", HEALTH, 99)
        assert ("DV301", book.sheet("scoreboard"), HEALTH) in told(book.read())


@every_language
def test_the_formulas_of_a_version_are_kept_by_its_name(lang):
    assert versions_read() >= {"1", "2"}
    assert file_of(lang, "1").name == f"template_formulas.1.{lang}.json"
    kept = template_formulas(lang, TEMPLATE_VERSION)
    assert set(kept.blocks) == {block.name for block in BLOCKS}
    assert {name: (place.tab, place.box.r1, place.box.c1) for name, place in kept.places.items()} == {
        block.name: (block.tab, block.row, block.column) for block in BLOCKS
    }

"""Every function of the table computes in a real cell what it computes in Python."""

import pytest
from small_book import range_of, write_book

from warmap import VERSION
from warmap.parsing import column_letters
from warmap.worksheet import FUNCTIONS
from warmap_udfs.dispatch import call

pytestmark = pytest.mark.office
HEIGHT = 12
COMPUTED = [name for name in FUNCTIONS if name != "WHY"]


def arguments(function):
    """The arguments of a test call, as a formula writes them and as Python passes them."""
    texts, given = [], []
    for argument in function.arguments:
        if argument.table:
            text, value = argument.range_name, tuple(map(tuple, range_of(argument.table)))
        elif argument.name == "code":
            text, value = '"RF101"', "RF101"
        elif argument.name == "name":
            text, value = '"李娜"', "李娜"
        elif argument.name == "rows":
            text, value = str(HEIGHT), HEIGHT
        else:
            text, value = "", None
        texts.append(text)
        given.append(value)
    while texts and not texts[-1]:
        texts.pop()
    return ",".join(texts), given


@pytest.fixture(scope="module")
def cells(office, tmp_path_factory):
    scalars, arrays = {}, {}
    for index, name in enumerate(COMPUTED):
        function = FUNCTIONS[name]
        formula = f"=WARMAP.{name}({arguments(function)[0]})"
        top = 1 + index * (HEIGHT + 1)
        if function.columns:
            arrays[f"B{top}:{column_letters(1 + len(function.columns))}{top + HEIGHT - 1}"] = formula
        else:
            scalars[f"B{top}"] = formula
    document = office.open(write_book(tmp_path_factory.mktemp("book") / "functions.xlsx", scalars, arrays))
    document.recalculate()
    yield document.cells("main")
    document.close()


@pytest.mark.parametrize("name", COMPUTED)
def test_a_function_gives_in_a_cell_what_it_gives_in_python(cells, name):
    function = FUNCTIONS[name]
    top = 1 + COMPUTED.index(name) * (HEIGHT + 1)
    wanted = call(name, arguments(function)[1])
    if function.columns:
        area = f"B{top}:{column_letters(1 + len(function.columns))}{top + HEIGHT - 1}"
        assert cells.rows(area) == [list(row) for row in wanted]
        assert cells.formula(f"B{top}").startswith(f"{{=WARMAP.{name}(")
    else:
        assert cells.value(f"B{top}") == wanted
    assert not [cell for cell in cells.errors if top <= int(cell.lstrip("ABCDEFGHIJKLM")) < top + HEIGHT]


@pytest.fixture(scope="module")
def document(office, tmp_path_factory):
    opened = office.open(write_book(tmp_path_factory.mktemp("book") / "plain.xlsx"))
    yield opened
    opened.close()


def shown(document, formula, cell="K1"):
    document.set("main", cell, formula)
    found = document.cells("main")
    return found.strings[cell], found.errors.get(cell)


class TestWrongInput:
    """A wrong input is an error value in the cell, and WHY gives the words."""

    @pytest.mark.parametrize(
        "formula",
        ["=WARMAP.ROLE_COVERAGE()", "=WARMAP.ROLE_COVERAGE(wm_trust)", '=WARMAP.ROLE_COVERAGE(wm_contacts;;"de")',
         "=WARMAP.RED_FLAGS(wm_deal)", "=WARMAP.RULE()"],
    )  # fmt: skip
    def test_it_shows_as_value_error(self, document, formula):
        assert shown(document, formula) == ("#VALUE!", 519)

    def test_iserror_sees_it(self, document):
        assert shown(document, "=ISERROR(WARMAP.ROLE_COVERAGE(wm_trust))")[0] == "TRUE"

    def test_a_rule_that_is_not_there_is_said_in_words(self, document):
        assert "RF999" in shown(document, '=WARMAP.RULE("RF999")')[0]


class TestEmptyCells:
    def test_an_empty_cell_as_an_argument_counts_as_left_out(self, document):
        plain = shown(document, "=WARMAP.ROLE_COVERAGE(wm_contacts)")
        assert shown(document, "=WARMAP.ROLE_COVERAGE(wm_contacts;Z1;Z2)") == plain

    def test_a_range_of_empty_cells_counts_as_no_table(self, document):
        assert shown(document, "=WARMAP.ROLE_COVERAGE(Z1:Z9)") == ("#VALUE!", 519)


class TestErrorCells:
    """LibreOffice hands no range with an error value to an add-in."""

    def test_the_function_shows_err_504_and_why_names_the_cell(self, document):
        document.set("关键人", "B3", "=NA()")
        assert shown(document, "=WARMAP.ROLE_COVERAGE(wm_contacts)", "L1") == ("Err:504", 504)
        words = shown(document, '=WARMAP.WHY(L1;"en")', "L2")[0]
        assert "B3" in words
        assert "error value" in words
        document.set_array("main", "L3:L3", '=WARMAP.ROLE_COVERAGE(IFERROR(wm_contacts;"#N/A"))')
        assert document.cells("main").errors.get("L3") is None
        document.set("关键人", "B3", "总经理")
        assert shown(document, "=WARMAP.ROLE_COVERAGE(wm_contacts)", "L4")[1] is None


class TestWhy:
    """WARMAP.WHY reads the cell's formula and the ranges that it names."""

    @pytest.mark.parametrize(
        "reference",
        ["wm_contacts", "WM_CONTACTS", "$关键人.$A$1:$Z$9", "关键人.A1:Z9"],
    )
    def test_a_name_and_a_range_are_both_found(self, document, reference):
        document.set("main", "M1", f"=WARMAP.ROLE_COVERAGE({reference})")
        value = document.cells("main").value("M1")
        assert value == call("ROLE_COVERAGE", [range_of("contacts")])
        words = shown(document, '=WARMAP.WHY(M1;"en")', "M2")[0]
        assert words.startswith("Role coverage: ")

    @pytest.mark.parametrize(
        ("formula", "words"),
        [
            ("=WARMAP.ROLE_COVERAGE(wm_trust)", "is not the table “People”"),
            ("=WARMAP.ROLE_COVERAGE(A30)", "“contacts” is missing"),
            ("=IFERROR(WARMAP.ROLE_COVERAGE(wm_trust);$_last.A1)", "is not the table “People”"),
            ("=WARMAP.ROLE_COVERAGE(nothing_of_that_name)", "neither a name nor a range"),
            ("=1+1", "calls no WARMAP function"),
        ],
    )
    def test_it_says_why(self, document, formula, words):
        document.set("main", "N1", formula)
        assert words in shown(document, '=WARMAP.WHY(N1;"en")', "N2")[0]

    def test_the_language_is_chinese_where_the_workbook_does_not_say(self, document):
        document.set("main", "O1", "=1+1")
        assert shown(document, "=WARMAP.WHY(O1)", "O2")[0] == "这个单元格没有调用 WARMAP 函数。"


def test_a_change_of_an_input_changes_the_result(document):
    document.set("main", "P1", "=WARMAP.ROLE_COVERAGE(wm_contacts)")
    before = document.cells("main").value("P1")
    document.set("关键人", "A2", None)
    after = document.cells("main").value("P1")
    document.set("关键人", "A2", "张伟")
    assert after != before
    assert document.cells("main").value("P1") == before


def test_an_unexpected_fault_is_an_error_value_and_is_logged(oxt, tmp_path):
    import zipfile

    from warmap_addin.libreoffice.office import Office

    broken = tmp_path / "broken.oxt"
    with zipfile.ZipFile(oxt) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            extra = b"\n\ndef call(name, arguments):\n    raise ZeroDivisionError(name)\n"
            target.writestr(name, source.read(name) + (extra if name.endswith("warmap_udfs/dispatch.py") else b""))
    with Office(oxt=broken) as office:
        document = office.open()
        document.set(document.sheets[0], "A1", "=WARMAP.VERSION()")
        assert document.cells().errors == {"A1": 519}
        assert "ZeroDivisionError: VERSION" in (office.profile / "user" / "warmap.log").read_text(encoding="utf-8")


def test_the_version_is_ours(document):
    assert shown(document, "=WARMAP.VERSION()")[0] == VERSION

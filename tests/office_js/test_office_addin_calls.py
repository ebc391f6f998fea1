"""The functions as the add-in answers them in Excel: the same figures, whatever a host sends for a blank."""

from functools import cache

import pytest
from opened_book import book, cells_of

from warmap.worksheet import FUNCTIONS
from warmap_udfs import dispatch
from warmap_udfs.why import explain
from warmap_workbook.computed import BLOCKS

ROWS = {block.function.name: block.rows or None for block in BLOCKS}
PLAIN = {"code": "RF101"}
EXPLAINED = "wm_score_trust"
HOSTS = {"the desktop (0)": 0, "the web (null)": None, "an empty text": ""}
every_host = pytest.mark.parametrize("blank", HOSTS.values(), ids=HOSTS)


def arguments(name, sample):
    """What a formula of the template gives a function: names of ranges, and plain values."""
    for argument in FUNCTIONS[name].arguments:
        if argument.table or argument.name in ("settings", "lang"):
            reference = {"settings": "wm_settings", "lang": "wm_language"}.get(argument.name, argument.range_name)
            yield {"reference": reference}
        elif argument.is_cell:
            yield {"reference": EXPLAINED}
        elif argument.name == "name":
            yield {"value": cells_of(book(sample), "wm_contacts")[2][0]}
        else:
            yield {"value": PLAIN.get(argument.name) or ROWS.get(name)}


@cache
def expected(sample):
    """Every function over the map, by the plain module, which is given real blanks."""
    opened = book(sample)

    def read(reference):
        rows = cells_of(opened, reference)
        return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows

    def value(name):
        if name == "WHY":
            formula = next(
                one["formula"]
                for sheet in opened["sheets"].values()
                for one in sheet["arrays"]
                if "TRUST_SCORE" in one["formula"]
            )
            return explain(formula, read, read("wm_language"))
        given = [one["value"] if "value" in one else read(one["reference"]) for one in arguments(name, sample)]
        return dispatch.call(name, given)

    return {name: as_shown(value(name)) for name in FUNCTIONS}


def as_shown(value):
    rows = value if isinstance(value, list | tuple) else [[value]]
    return [["" if cell is None else cell for cell in row] for row in rows]


def evaluate(excel, declared, sample, names):
    shapes = {name: [one["dimensionality"] for one in declared[name]["parameters"]] for name in names}
    excel("evaluate", [[name, list(arguments(name, sample)), shapes[name]] for name in names])


@every_host
@pytest.mark.parametrize("sample", ["bank_risk_platform.en", "manufacturer_mes.zh"])
def test_every_function_gives_the_figures_of_the_plain_module(node_excel, declared, sample, blank):
    excel = node_excel(sample, blank)
    excel("start")
    evaluate(excel, declared, sample, FUNCTIONS)
    shown = dict(zip(FUNCTIONS, excel.answer_all(), strict=True))
    differing = {name for name in FUNCTIONS if shown[name] != expected(sample)[name]}
    assert {name: (shown[name], expected(sample)[name]) for name in differing} == {}


def test_blanks_taken_for_0_would_have_shown(node_excel):
    """The trap the adapter is there for: what a desktop hands over gives other figures, or errors."""
    sample = "bank_risk_platform.en"
    given = [
        [[0 if cell is None else cell for cell in row] for row in cells_of(book(sample), reference)]
        for reference in ("wm_contacts", "wm_trust", "wm_deal")
    ]
    assert as_shown(dispatch.call("TRUST_SCORE", given)) != expected(sample)["TRUST_SCORE"]


def test_cells_show_busy_and_no_error_until_python_answers(node_excel, declared):
    sample = "bank_risk_platform.en"
    excel = node_excel(sample, 0)
    evaluate(excel, declared, sample, ["ROLE_COVERAGE", "RED_FLAGS", "VERSION"])
    excel("settle")
    version = expected(sample)["VERSION"]
    assert excel("cells") == ["#BUSY!", "#BUSY!", version], "only the version needs no Python"
    excel("start")
    excel("settle")
    assert [one["op"] for one in excel.asked] == ["start"], "nothing is asked before Python has started"
    assert excel("cells") == ["#BUSY!", "#BUSY!", version]
    assert excel.answer_all() == [expected(sample)[name] for name in ("ROLE_COVERAGE", "RED_FLAGS", "VERSION")]


def test_one_calculation_reads_the_workbook_once(node_excel, declared):
    sample = "bank_risk_platform.en"
    excel = node_excel(sample, None)
    excel("start")
    evaluate(excel, declared, sample, [name for name in FUNCTIONS if name != "WHY"])
    excel.answer_all()
    assert excel("runs") == 1
    evaluate(excel, declared, sample, ["HEALTH"])
    excel.answer_all()
    assert excel("runs") == 2, "the next calculation reads anew"


def test_a_range_that_cannot_be_read_fails_its_own_cell_only(node_excel, declared):
    sample = "bank_risk_platform.en"
    excel = node_excel(sample, 0)
    excel("start")
    evaluate(excel, declared, sample, ["TRUST_SCORE"])
    excel("elsewhere", [["ROLE_COVERAGE", "[other.xlsx]People!A1:B2"]])
    trust, elsewhere = excel.answer_all()
    assert trust == expected(sample)["TRUST_SCORE"]
    assert elsewhere["error"] == "#N/A"
    assert "[other.xlsx]People!A1:B2" in elsewhere["words"]


def test_cells_stay_busy_where_python_does_not_start(node_excel, declared):
    sample = "bank_risk_platform.en"
    excel = node_excel(sample, 0)
    evaluate(excel, declared, sample, ["ROLE_COVERAGE"])
    excel("start")
    excel("answer", {"id": excel.asked.pop()["id"], "failed": True, "words": "no network"})
    excel("settle")
    assert (excel("cells"), excel.asked) == (["#BUSY!"], [])


class TestWrongInput:
    @pytest.fixture
    def shown(self, node_excel, declared):
        def cell(name, *given, blank=0, change=None):
            excel = node_excel("bank_risk_platform.en", blank)
            excel("start")
            if change:
                excel("put", change)
            shapes = [one["dimensionality"] for one in declared[name]["parameters"]]
            excel("evaluate", [[name, [*given, *[{}] * (len(shapes) - len(given))], shapes]])
            return excel.answer_all()[0]

        return cell

    def test_a_range_that_is_no_table_is_an_error_value_with_words(self, shown):
        found = shown("ROLE_COVERAGE", {"reference": "wm_trust"})
        assert found["error"] == "#VALUE!"
        assert "the argument “contacts” is not the table" in found["words"]

    @every_host
    def test_arguments_left_out_are_left_out(self, shown, blank):
        plain = shown("ROLE_COVERAGE", {"reference": "wm_contacts"}, blank=blank)
        assert isinstance(plain[0][0], int | float)
        assert (
            shown("ROLE_COVERAGE", {"reference": "wm_contacts"}, {"value": blank}, {"value": blank}, blank=blank)
            == plain
        )

    def test_an_expression_whose_blanks_are_lost_is_refused(self, shown):
        """An expression has no address, and Excel itself turned its blanks into 0."""
        found = shown("ROLE_COVERAGE", {"value": [["Name", "Influence"], ["Ann", 0]]})
        assert (found["error"], "give a range or a name" in found["words"]) == ("#VALUE!", True)

    def test_an_error_value_in_a_cell_reaches_python_as_one(self, shown):
        given = ({"reference": "wm_deal"}, {"reference": "wm_contacts"})
        influence = cells_of(book("bank_risk_platform.en"), "wm_contacts")[0].index("Influence")
        found = shown("CHECK", *given, change=["wm_contacts", 1, influence, "#N/A"])
        assert any("#N/A" in str(cell) for row in found for cell in row)

    def test_why_of_no_call_and_of_a_cell_without_address(self, shown):
        assert shown("WHY", {"reference": "wm_mark"}) == [["This cell calls no WARMAP function."]]
        assert shown("WHY", {"value": 3})["error"] == "#VALUE!"

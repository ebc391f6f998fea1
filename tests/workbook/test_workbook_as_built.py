"""The workbook as built: names, formulas, stored values, and the face of every tab."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
import python_calamine

from warmap.judgement import judge
from warmap.layout import TABS, TabKind
from warmap.model import TABLES
from warmap.reading import read_document
from warmap.worksheet import FUNCTIONS
from warmap_udfs.dispatch import call
from warmap_udfs.why import calls_in
from warmap_workbook.computed import BLOCKS, RULE_CELL
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.pages import UPRIGHT

MAPS = [("empty", "en"), ("manufacturer_mes", "zh"), ("manufacturer_mes", "en")]
TABLE_NAMES = {f"wm_{table.code}" for table in TABLES}
SCORES = [
    "role_coverage",
    "trust",
    "trust_assessed_share",
    "win",
    "stage",
    "stage_reached",
    "needs",
    "competition",
    "position",
    "fit",
    "tier",
    "customer_class",
    "negotiation",
    "zopa",
    "quadrant",
    "health",
    "health_assessed_share",
    "weakest_link",
    "band",
    "plan_quality",
]
ARRAYS = ("wm_red_flags", "wm_win_checklist", "wm_role_status", "wm_stage_gates", "wm_next_actions")
MARKS = ("wm_computed_on", "wm_template_version", "wm_language")
TODAY_SCORES = {"role_coverage", "trust", "win", "stage_reached"}
TAB_ORDER_ZH = [
    "首页",
    "说明",
    "商机",
    "关键人",
    "信任",
    "赢标准",
    "阶段",
    "需求",
    "竞争",
    "强项",
    "谈判",
    "异议",
    "行动",
    "拜访",
    "客户画像",
    "组织",
    "关系图",
    "红旗",
    "复核",
    "设置",
]
TAB_ORDER_EN = [
    "Home",
    "Guide",
    "Deal",
    "People",
    "Trust",
    "Wins",
    "Stages",
    "Needs",
    "Competition",
    "Strengths",
    "Negotiation",
    "Objections",
    "Actions",
    "Visits",
    "Profile",
    "Organisation",
    "Relationship map",
    "Red flags",
    "Review",
    "Settings",
]


class Built:
    """One built workbook, opened by three programs."""

    def __init__(self, name, lang):
        self.lang = lang
        self.map = read_document(load_sample(name, lang) if name != "empty" else {"deal": {}}).map
        self.data = build_workbook(self.map, lang)
        self.book = openpyxl.load_workbook(io.BytesIO(self.data))
        self.values = openpyxl.load_workbook(io.BytesIO(self.data), data_only=True)
        self.raw = read_book(self.data)

    def area(self, name, book=None):
        """The cells of a defined name as the functions get them: a blank is None."""
        ((sheet, cells),) = (book or self.values).defined_names[name].destinations
        found = (book or self.values)[sheet][cells]
        return [[cell.value for cell in row] for row in found] if isinstance(found, tuple) else found.value

    def formulas(self):
        """(sheet, cell, formula) of every formula as stored."""
        for sheet in self.raw.sheets:
            for (row, column), formula in sheet.formulas.items():
                yield sheet, row, column, formula

    def sheet(self, code):
        return self.book[next(tab.name.to(self.lang) for tab in TABS if tab.code == code)]


@pytest.fixture(scope="module", params=MAPS, ids="-".join)
def built(request):
    return Built(*request.param)


class TestNames:
    """Other people's formulas, Power Query and scripts hold on to defined names, so they are part of the contract."""

    def test_inputs_results_and_marks_are_named(self, built):
        names = set(built.book.defined_names)
        assert names >= TABLE_NAMES
        assert names >= {f"wm_score_{code}" for code in TODAY_SCORES}
        assert names >= {*ARRAYS, *MARKS, "wm_settings"}

    def test_every_score_of_domain_section_6_is_named(self, built):
        assert set(built.book.defined_names) >= {f"wm_score_{code}" for code in SCORES}

    def test_a_table_is_named_with_its_header_row(self, built):
        for table in TABLES:
            cells = built.area(f"wm_{table.code}")
            heads = [str(row[0]) for row in cells[1:]] if table.is_record else [str(cell) for cell in cells[0] if cell]
            wanted = [field.label.to(built.lang) + (" *" if field.required else "") for field in table.fields]
            assert heads[: len(wanted)] == wanted
            if table.is_record:
                assert len(cells[0]) == 2

    def test_the_marks_say_what_they_should(self, built):
        assert built.area("wm_language") == built.lang
        assert built.area("wm_template_version") == "2"
        as_of = built.map.deal.as_of
        assert (built.area("wm_computed_on") or "") == (as_of.isoformat() if as_of else "")

    def test_computed_on_may_be_another_day(self):
        data = build_workbook(computed_on=date(2026, 7, 1))
        book = openpyxl.load_workbook(io.BytesIO(data))
        ((sheet, cell),) = book.defined_names["wm_computed_on"].destinations
        assert book[sheet][cell].value == "2026-07-01"

    def test_no_name_is_broken(self, built):
        for name, defined in built.book.defined_names.items():
            assert "#REF!" not in defined.value, name
            for sheet, _ in defined.destinations:
                assert sheet in built.book.sheetnames


class TestFormulas:
    """Function names in the plain form, in every program; nothing that ties the file to one add-in or one machine."""

    def test_no_prefix_of_a_host(self, built):
        formulas = [formula.text for *_, formula in built.formulas()]
        assert len(formulas) > 100
        for text in formulas:
            for wrong in ("_xll.", "[1]!", "_xldudf_", "_xlfn", "_xludf", "#REF!", "[0]!"):
                assert wrong not in text

    def test_every_function_called_exists_and_gets_arguments_in_their_order(self, built):
        called = {}
        for *_, formula in built.formulas():
            for name, arguments in calls_in(formula.text):
                called[name] = arguments
                function = FUNCTIONS[name]
                assert len(arguments) <= len(function.arguments)
                for given, argument in zip(arguments, function.arguments, strict=False):
                    if argument.table:
                        assert given == argument.range_name
        assert set(called) == {block.function.name for block in BLOCKS} | {"VERSION"}

    def test_no_formula_points_at_a_name_that_is_not_there(self, built):
        names = {name.casefold() for name in built.book.defined_names}
        for *_, formula in built.formulas():
            quoted = re.sub(r'"[^"]*"', "", formula.text)
            assert {name.casefold() for name in re.findall(r"\bwm_\w+", quoted)} <= names

    def test_the_program_is_not_told_to_recalculate_on_load(self, built):
        xml = zipfile.ZipFile(io.BytesIO(built.data)).read("xl/workbook.xml").decode()
        assert "fullCalcOnLoad" not in xml
        assert "calcId" in xml

    def test_nothing_but_sheets_charts_and_styles_is_in_the_file(self, built):
        parts = zipfile.ZipFile(io.BytesIO(built.data)).namelist()
        assert [
            part
            for part in parts
            if re.search(r"vba|external|connection|query|customXml|comments|embed", part, re.IGNORECASE)
        ] == []


class TestStoredValues:
    """Every computed cell holds its true value, so that a program without the functions shows the last ones."""

    def test_every_formula_has_a_stored_value(self, built):
        with_array = set()
        for sheet, row, column, _ in built.formulas():
            with_array.add(sheet.name)
            xml = sheet.value(row, column)
            assert xml is None or not str(getattr(xml, "code", "")).startswith("#"), (sheet.name, row, column)
        text = "".join(
            zipfile.ZipFile(io.BytesIO(built.data)).read(part).decode()
            for part in zipfile.ZipFile(io.BytesIO(built.data)).namelist() if part.startswith("xl/worksheets/sheet")
        )  # fmt: skip
        assert re.findall(r"<c [^>]*><f[^>]*>[^<]*</f></c>", text) == []
        assert with_array

    @pytest.mark.parametrize(
        "block", [block for block in BLOCKS if block.function.tables], ids=lambda block: block.name
    )
    def test_the_stored_value_is_what_the_function_gives_for_the_cells_of_the_workbook(self, built, block):
        """The call as it stands in the formula, made on the cells as openpyxl reads them."""
        function = block.function
        arguments = [
            built.area(argument.range_name) if argument.table
            else {"settings": built.area("wm_settings"), "lang": built.lang, "rows": block.rows}[argument.name]
            for argument in function.arguments
        ]  # fmt: skip
        live = call(function.name, arguments)
        stored = built.area(block.name)
        if not function.columns:
            assert (stored if stored is not None else "") == live
            return
        stored = [["" if cell is None else cell for cell in row] for row in stored]
        assert stored == [list(row) for row in live] or _equal_up_to_the_sixteenth_digit(stored, live)

    def test_the_rule_looked_up_is_one_that_is_raised_where_there_is_one(self, built):
        raised = built.area("wm_red_flags")[0][1]
        assert built.sheet("red_flags")[RULE_CELL.replace("$", "")].value == (raised or "RF101")

    def test_the_columns_beside_the_people_show_the_same(self, built):
        status = built.area("wm_contact_status")
        sheet = built.values[next(tab.name.to(built.lang) for tab in TABS if tab.code == "people")]
        after = 4 + len(next(table for table in TABLES if table.code == "contacts").fields) + 1
        columns = (after, after + 1, 2, 1)  # engagement and trust after the table, flags and step before the name
        beside = [[sheet.cell(6 + row, column).value for column in columns] for row in range(60)]
        assert _equal_up_to_the_sixteenth_digit(beside, status)

    def test_the_front_page_tells_the_deal(self, built):
        home = built.values.worksheets[0]
        said = " ".join(str(cell.value) for row in home.iter_rows() for cell in row if cell.value is not None)
        if built.map.deal.account:
            assert built.map.deal.account in said
            assert built.map.deal.owner in said
            worst = next(flag for flag in judge(built.map).flags if flag.mitigated_by is None)
            assert worst.message(built.lang) in said
        else:
            assert ("未评估" if built.lang == "zh" else "not assessed") in said


def _equal_up_to_the_sixteenth_digit(stored, live):
    """XlsxWriter writes sixteen significant digits."""
    pairs = [(a, b) for one, other in zip(stored, live, strict=True) for a, b in zip(one, other, strict=True)]
    return all(a == pytest.approx(b, rel=1e-14) if isinstance(b, float) else a == b for a, b in pairs)


class TestTabs:
    """Tabs in the order of thinking; input tabs one colour, computed tabs another, settings and guide a third."""

    def test_order(self, built):
        order = TAB_ORDER_ZH if built.lang == "zh" else TAB_ORDER_EN
        assert [name for name in built.book.sheetnames if name in order] == order
        assert built.book.active.title == order[0]

    def test_lists_values_history_and_marks_are_hidden_and_nothing_else(self, built):
        hidden = {sheet.title for sheet in built.book.worksheets if sheet.sheet_state != "visible"}
        assert hidden == {"_lists", "_status", "_last", "_history", "_marks"}

    def test_a_colour_for_each_kind(self, built):
        by_kind = {}
        for tab in TABS:
            colour = built.book[tab.name.to(built.lang)].sheet_properties.tabColor
            by_kind.setdefault(tab.kind, set()).add(colour.rgb)
        assert all(len(colours) == 1 for colours in by_kind.values())
        assert len(set.union(*by_kind.values())) == len(TabKind)

    def test_every_visible_tab_has_its_title_its_purpose_and_a_way_home(self, built):
        for tab in TABS[1:]:
            if tab.kind is TabKind.HIDDEN:
                continue
            sheet = built.book[tab.name.to(built.lang)]
            assert sheet["A1"].value == tab.name.to(built.lang)
            assert sheet["A2"].value == tab.purpose.to(built.lang)
            assert TABS[0].name.to(built.lang) in sheet["A3"].hyperlink.location

    def test_computed_cells_are_protected_without_a_password_and_input_cells_are_free(self, built):
        for tab in TABS:
            sheet = built.book[tab.name.to(built.lang)]
            if tab.kind is TabKind.HIDDEN:
                continue
            assert sheet.protection.sheet is True
            assert sheet.protection.password is None
            assert (sheet.protection.sort, sheet.protection.autoFilter, sheet.protection.insertRows) == (
                False,
                False,
                False,
            )
        for table in TABLES:
            ((name, cells),) = built.book.defined_names[f"wm_{table.code}"].destinations
            rows = built.book[name][cells]
            first = rows[1][1] if table.is_record else rows[1][0]
            dimension = built.book[name].column_dimensions[first.column_letter]
            assert first.protection.locked is False or dimension.protection.locked is False
            assert rows[0][0].protection.locked is True

    def test_every_tab_prints_on_a4_and_repeats_its_header(self, built):
        for tab in TABS:
            if tab.kind is TabKind.HIDDEN:
                continue
            sheet = built.book[tab.name.to(built.lang)]
            assert sheet.page_setup.paperSize == 9
            assert sheet.page_setup.orientation == ("portrait" if tab.code in UPRIGHT else "landscape")
            fits_one_page_across = sheet.sheet_properties.pageSetUpPr.fitToPage is True
            assert fits_one_page_across != bool(
                sheet.col_breaks.brk or sheet.row_breaks.brk
            )  # or parted where it should be
            if tab.kind is TabKind.INPUT:
                assert sheet.print_title_rows

    def test_drop_downs_stand_wherever_a_list_exists(self, built):
        for table in TABLES:
            picks = [field for field in table.fields if field.enum is not None]
            ((name, _),) = built.book.defined_names[f"wm_{table.code}"].destinations
            rules = built.book[name].data_validations.dataValidation
            titles = [rule.promptTitle for rule in rules if rule.type == "list"]
            assert all(field.label.to(built.lang)[:31] in " ".join(titles) for field in picks)
            for rule in rules:
                assert len(rule.prompt or "") <= 255
                assert len(rule.promptTitle or "") <= 32
                assert len(rule.formula1 or "") <= 255

    def test_everything_is_in_one_language(self, built):
        if built.lang == "en" and built.map.deal.account is None:
            han = [
                (sheet.title, cell.coordinate) for sheet in built.book.worksheets for row in sheet.iter_rows() for cell in row
                if isinstance(cell.value, str) and re.search(r"[\u3400-\u9fff]", cell.value)
            ]  # fmt: skip
            assert han == []


class TestOtherReaders:
    """It opens in other programs without a word, and they see the same cells."""

    def test_calamine_sees_the_same_values(self, built):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(built.data))
        assert book.sheet_names == built.book.sheetnames
        for sheet in built.raw.sheets:
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for row, cells in sheet.rows.items():
                for column, value in cells.items():
                    if (
                        isinstance(value, str | float)
                        and (row, column) not in sheet.date_cells
                        and (row, column) not in sheet.formulas
                    ):
                        seen = rows[row - 1][column - 1]
                        assert seen == value or str(seen).replace("\r\n", "\n") == str(value), (sheet.name, row, column)

    def test_openpyxl_saves_it_and_the_map_is_still_there(self, built):
        stream = io.BytesIO()
        built.book.save(stream)
        back = read_workbook(stream.getvalue())
        assert back.map == built.map
        entered = {one.code for one in back.findings if one.code < "DV3"}
        assert entered == (
            {"DV201"} if built.map.deal.account is None else {"DV210"}
        )  # a target below walk-away, on purpose

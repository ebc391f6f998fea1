"""WARMAP.WHY: why a cell shows an error or no score, in words; and the shell that gives the functions to Excel through xlwings."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
import sys
from pathlib import Path
from unittest.mock import MagicMock

import pytest

import warmap_udfs
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_addin.excel.project import argument_name
from warmap_udfs.why import calls_in, explain, split_arguments
from warmap_workbook.computed import BLOCKS

CELLS = {
    "wm_contacts": [["姓名", "用户", "接触频度"], ["王芳", "✓", "经常"]],
    "wm_trust": [["联系人", "职业信任"], [None, None]],
    "wm_wins": [["联系人", "角色"], [None, None]],
    "wm_deal": [["项目", "内容"], ["评估日", "2026-06-30"]],
    "wm_settings": [["代码", "数值"], ["trust_fading_days", 180]],
    "wm_language": "zh",
    "nobody": [["姓名"], [None]],
    "A1": "RF205",
    "'My sheet'!A1:C2": [["姓名", "用户", "接触频度"], ["王芳", "✓", "经常"]],
}


def read(reference):
    return CELLS[reference]


def why(formula, lang="en"):
    return explain(formula, read, lang)


class TestWhy:
    """The same call is made again and explained."""

    def test_a_score_that_is_not_assessed(self):
        assert "trust" in why("=WARMAP.TRUST_SCORE(wm_contacts,wm_trust,wm_deal)").lower()
        assert why("=WARMAP.TRUST_SCORE(wm_contacts,wm_trust,wm_deal)", "zh").startswith("未评估")
        assert why("=WARMAP.WIN_SCORE(nobody,wm_wins)", "en").startswith("Not assessed")
        assert why("=WARMAP.WIN_SCORE(nobody,wm_wins)", "zh") != why("=WARMAP.TRUST_SCORE(nobody,wm_trust)", "zh")

    def test_an_error(self):
        said = {lang: why("=WARMAP.ROLE_COVERAGE(wm_trust)", lang) for lang in LANGUAGES}
        assert "WARMAP.ROLE_COVERAGE" in said["en"]
        assert "People" in said["en"]
        assert "关键人" in said["zh"]

    def test_a_good_value(self):
        assert "13%" in why("=WARMAP.ROLE_COVERAGE(wm_contacts)")
        assert "13%" in why("=WARMAP.ROLE_COVERAGE(wm_contacts)", "zh")

    def test_an_array(self):
        assert "4" in why("=WARMAP.ROLE_STATUS(wm_contacts,,,9)")

    @pytest.mark.parametrize(
        "formula",
        ["", "=1+1", "=SUM(A1:A9)", "=WARMAP.NOSUCH(1)", "plain text", "=WARMAP.VERSION()", "=WARMAP.ROLE_COVERAGE"],
    )
    def test_no_call_of_ours(self, formula):
        assert why(formula) == "This cell calls no WARMAP function."
        assert why(formula, "zh") == "这个单元格没有调用 WARMAP 函数。"

    @pytest.mark.parametrize(
        "formula",
        [
            "=ROUND(WARMAP.ROLE_COVERAGE(wm_contacts),2)",
            '=IF(wm_live=1,WARMAP.ROLE_COVERAGE(wm_contacts,wm_settings,wm_language),IF(_last!$A$2="","",_last!$A$2))',
            "=warmap.role_coverage( wm_contacts )",
            "=WARMAP_ROLE_COVERAGE(wm_contacts)",
            '=WARMAP.ROLE_COVERAGE(wm_contacts;wm_settings;"zh")',
            "=WARMAP.ROLE_COVERAGE('My sheet'!A1:C2)",
            '=IF(WARMAP.VERSION()="x",0,WARMAP.ROLE_COVERAGE(wm_contacts))',
        ],
    )
    def test_nested_in_other_functions(self, formula):
        assert "13%" in why(formula)

    @pytest.mark.parametrize(
        "block", [block for block in BLOCKS if block.function.tables], ids=lambda block: block.name
    )
    def test_every_formula_of_the_workbook_can_be_asked_about(self, block):
        tables = {argument.range_name: None for argument in block.function.arguments if argument.table}
        asked = []

        def note(reference):
            asked.append(reference)
            return CELLS.get(reference)

        assert explain(f"={block.formula}", note, "en") != why("")
        assert set(asked) == {*tables, "wm_settings", "wm_language"}

    def test_a_rule_named_by_another_cell(self):
        assert "RF000" not in why("=WARMAP.RULE(A1)")
        assert "WARMAP.RULE" in why('=WARMAP.RULE("RF205")')

    @pytest.mark.parametrize("error", [KeyError, ValueError, LookupError])
    def test_an_argument_that_cannot_be_read_is_said(self, error):
        def broken(reference):
            raise error(reference)

        assert "SUM(A1)" in explain("=WARMAP.ROLE_COVERAGE(SUM(A1))", broken, "en")

    def test_a_call_in_a_text_is_no_call(self):
        assert why('="see WARMAP.ROLE_COVERAGE(wm_trust)"') == "This cell calls no WARMAP function."


class TestFormulasTakenApart:
    """Commas and semicolons inside brackets or quotes do not split."""

    @pytest.mark.parametrize(
        ("text", "arguments"),
        [
            ("a,b)", ["a", "b"]), ("a;b)", ["a", "b"]), (")", []), (" )", []), ("a)", ["a"]), ("a,,b)", ["a", "", "b"]), (",)", ["", ""]),
            ('"x,y",b)', ['"x,y"', "b"]), ("IF(a,b),c)", ["IF(a,b)", "c"]), ("'My, sheet'!A1,b)", ["'My, sheet'!A1", "b"]),
            ('"say ""hi"", you",b)', ['"say ""hi"", you"', "b"]), ("a,b)+c(d,e)", ["a", "b"]), ("a", ["a"]),
        ],
    )  # fmt: skip
    def test_arguments(self, text, arguments):
        assert split_arguments(text) == arguments

    def test_calls_outermost_and_leftmost_first(self):
        calls = list(calls_in("=WARMAP.WHY(1)+IF(WARMAP.RULE(WARMAP.VERSION()),2)"))
        assert [name for name, _ in calls] == ["WHY", "RULE", "VERSION"]


def shell_of(monkeypatch=None):
    """The shell, loaded anew: with xlwings' own decorators of Windows where `monkeypatch` is given, else with its blanks of elsewhere."""
    import xlwings

    if monkeypatch is not None:
        for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):  # pywin32 is for Windows only
            monkeypatch.setitem(sys.modules, name, MagicMock())
        udfs = importlib.import_module("xlwings.udfs")
        monkeypatch.delitem(sys.modules, "xlwings.udfs")
        for name, real in (("func", udfs.xlfunc), ("arg", udfs.xlarg), ("ret", udfs.xlret)):
            monkeypatch.setattr(xlwings, name, real)
    path = Path(warmap_udfs.__file__).with_name("excel.py")
    spec = importlib.util.spec_from_file_location("shell_under_test", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestTheShellForExcel:
    """Every function of the table is registered with xlwings under its own name, with its arguments and help."""

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_every_function_stands_under_its_name_with_its_arguments(self, name):
        declared = FUNCTIONS[name]
        parameters = inspect.signature(getattr(shell_of(), name)).parameters.values()
        assert [(p.name, p.default is inspect.Parameter.empty) for p in parameters] == [
            (argument_name(declared, argument), argument.required) for argument in declared.arguments
        ]

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_no_argument_bears_the_name_of_its_function(self, name):
        """VBA refuses to compile `Function NEEDS(needs)`, case does not count: xlwings' own import of the module must not make it."""
        assert name.casefold() not in {p.casefold() for p in inspect.signature(getattr(shell_of(), name)).parameters}

    def test_nothing_else_in_the_module_is_a_function_for_a_cell(self):
        module = shell_of()
        made = {name for name, value in vars(module).items() if inspect.isfunction(value)} - {
            "call",
            "why",
            "signature",
            "whole_map",
        }
        assert made == set(FUNCTIONS)

    def test_xlwings_itself_registers_every_one_of_them(self, monkeypatch):
        shell = shell_of(monkeypatch)
        for name, declared in FUNCTIONS.items():
            facts = getattr(shell, name).__xlfunc__
            assert (facts["name"], facts["sub"]) == (name, False)
            assert [argument["name"] for argument in facts["args"]] == [
                argument_name(declared, argument) for argument in declared.arguments
            ]
            assert declared.help.zh in facts["ret"]["doc"]
            assert declared.help.en in facts["ret"]["doc"]
            for told, argument in zip(facts["args"], declared.arguments, strict=True):
                assert told["doc"].startswith(argument.help.zh[:40])
                assert len(told["doc"]) <= 255
                assert ("optional" in told) == (not argument.required)
                assert (told["options"].get("ndim") == 2) == bool(argument.table or argument.name == "settings")

    def test_they_stand_in_a_category_of_their_own(self, monkeypatch):
        shell = shell_of(monkeypatch)
        assert {getattr(shell, name).__xlfunc__["category"] for name in FUNCTIONS} == {"WARMAP"}

    def test_nothing_but_options_of_the_converter_is_handed_to_it(self, monkeypatch):
        shell = shell_of(monkeypatch)
        assert {key for name in FUNCTIONS for key in getattr(shell, name).__xlfunc__["ret"]["options"]} <= {
            "convert",
            "expand",
            "ndim",
            "index",
            "header",
        }

    def test_a_call_goes_through(self):
        assert shell_of().ROLE_COVERAGE(CELLS["wm_contacts"], None, None) == pytest.approx(0.125)

    def test_a_wrong_input_leaves_as_its_error_value_and_words_in_both_languages(self):
        """As a marked text: an exception's would not get through xlwings' DLL whole."""
        assert re.match(r"\x01#VALUE! .*关键人.*People", shell_of().ROLE_COVERAGE([["a"]]))

    def test_a_fault_of_ours_leaves_as_an_error_value_with_all_its_lines(self, monkeypatch):
        monkeypatch.setattr("warmap_udfs.dispatch.call", lambda *_: 1 / 0)
        found = shell_of().ROLE_COVERAGE([["a"]])
        assert found.startswith("\x01#VALUE! ZeroDivisionError: division by zero\nTraceback")


@pytest.mark.parametrize("page", ["excel-developers.md", "excel-developers.zh.md"])
def test_the_first_example_of_the_page_for_developers_runs(page, capsys):
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], {})
    assert float(capsys.readouterr().out) == pytest.approx(0.125)

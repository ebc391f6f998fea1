"""What the shell may use is what the stand-in has, and that is what xlwings has, with the same parameters."""

from __future__ import annotations

import inspect
from types import FunctionType

import excel_stand_in as stand_in
import pytest
import stand_in_range
import stand_in_sheet
import xlwings
from xlwings import main

PAIRS = {
    stand_in.App: xlwings.App, stand_in.Books: main.Books, stand_in.Book: xlwings.Book, stand_in.Names: main.Names,
    stand_in.Name: xlwings.Name, stand_in_sheet.Sheets: main.Sheets, stand_in_sheet.Sheet: xlwings.Sheet,
    stand_in_sheet.Chart: xlwings.Chart, stand_in_sheet.ChartAxis: main.ChartAxis,
    stand_in_sheet.ChartSeries: main.ChartSeries, stand_in_sheet.PageSetup: main.PageSetup,
    stand_in_range.Range: xlwings.Range, stand_in_range.DataValidation: main.DataValidation,
}  # fmt: skip
FOR_TESTS = {
    stand_in.App: {"told", "calculated"}, stand_in.Book: {"go", "at", "cell", "saved", "renamed"},
    stand_in_sheet.Sheet: {"put", "hide"}, stand_in_sheet.Chart: {"said"}, stand_in_sheet.PageSetup: {"without_printer"},
    stand_in_range.Range: {"put_rule"},
}  # fmt: skip
KEPT_IN_FIELDS = {
    stand_in.Book: ("app", "api", "names", "sheets", "selection"), stand_in.App: ("books", "version", "screen_updating"),
    stand_in_sheet.Sheet: ("charts", "page_setup"),
    stand_in.Name: ("name", "refers_to"),
}  # fmt: skip


def offered():
    for ours, theirs in PAIRS.items():
        for name, member in vars(ours).items():
            is_offered = not name.startswith("_") or name in {"__iter__", "__getitem__"}
            if is_offered and name not in FOR_TESTS.get(ours, ()) and isinstance(member, FunctionType | property):
                yield pytest.param(member, theirs, name, id=f"{ours.__name__}.{name}")


@pytest.mark.parametrize(("member", "theirs", "name"), list(offered()))
def test_every_method_and_property_is_xlwings_own(member, theirs, name):
    real = inspect.getattr_static(theirs, name, None) or getattr(theirs, name)
    if isinstance(member, property):
        assert isinstance(real, property)
        assert member.fset is None or real.fset is not None, "xlwings does not let it be set"
        return
    known = inspect.signature(real).parameters
    takes_any = any(p.kind is p.VAR_KEYWORD for p in known.values())
    for parameter in list(inspect.signature(member).parameters)[1:]:
        assert parameter in known or takes_any
    ours = [p for p in inspect.signature(member).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert [p.name for p in ours] == list(known)[: len(ours)]


@pytest.mark.parametrize(("ours", "name"), [(ours, name) for ours, names in KEPT_IN_FIELDS.items() for name in names])
def test_every_field_stands_for_a_property_of_xlwings(ours, name):
    assert isinstance(inspect.getattr_static(PAIRS[ours], name), property)


@pytest.mark.parametrize("option", ["ndim", "err_to_str"])
def test_the_options_of_a_range_are_known_to_xlwings(option):
    assert option in (inspect.getdoc(xlwings.Range.options) or "")


def test_a_book_is_found_by_the_caller_that_pressed_the_button():
    assert callable(xlwings.Book.caller)
    assert hasattr(type(xlwings.apps), "active")

"""Words of a sheet that stand in no cell: input messages, charts, the foot of a printed page. Each call crosses COM."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from warmap_addin.macros import edits as edit
from warmap_addin.macros.refusals import is_refusal

NONE, LIST, DIFFERENT = "none", "list", frozenset({"mixed_criteria", "inconsistent"})  # xlwings' kinds of validation


def put_messages(area: Any, one: edit.Messages) -> None:
    """On all cells at once; where they differ, for something was pasted over them, on each that still has a rule."""
    rule = area.data_validation
    kind = rule.type
    if kind in DIFFERENT and area.count > 1:
        for cell in area:
            put_messages(cell, one)
    elif kind not in DIFFERENT and kind != NONE:
        if one.choices and kind == LIST:
            rule.set_list(list(one.choices))
        native = rule.api
        native.InputTitle, native.InputMessage = one.title, one.message
        native.ErrorTitle, native.ErrorMessage = one.error_title, one.error_message


def put_chart_words(sheet: Any, one: edit.ChartWords) -> None:
    """Wherever a chart of the sheet says one of the old words and nothing else."""
    words = dict(one.words)
    for chart in sheet.charts:
        for work in (_title, _series, _axis, _description):
            _tried(partial(work, chart, words))


def _title(chart: Any, words: Mapping[str, str]) -> None:
    _exchange(chart, "title", words)


def _series(chart: Any, words: Mapping[str, str]) -> None:
    for series in chart.series:
        _exchange(series, "name", words)


def _axis(chart: Any, words: Mapping[str, str]) -> None:
    _exchange(chart.value_axis, "number_format", words)


def _description(chart: Any, words: Mapping[str, str]) -> None:
    _exchange(chart.api[0].ShapeRange, "AlternativeText", words)


def _exchange(holder: Any, name: str, words: Mapping[str, str]) -> None:
    new = words.get(getattr(holder, name))
    if new is not None:
        setattr(holder, name, new)


def put_footer(sheet: Any, one: edit.Footer) -> None:
    """Excel asks the printer's driver about this, and refuses where there is none."""

    def put() -> None:
        page = sheet.page_setup.api
        if page.LeftFooter == one.old:
            page.LeftFooter = one.new

    _tried(put)


def _tried(work: Callable[[], None]) -> None:
    """A refusal leaves the old words, which do no harm."""
    try:
        work()
    except Exception as fault:
        if not is_refusal(fault):
            raise

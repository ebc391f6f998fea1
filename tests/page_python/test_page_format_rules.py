"""Conditional formats as the page paints them: each rule holds where the workbook's own formula does.

openpyxl reads the rules and moves their formulas, the evaluator works them out in cells; `page/conditions.js` is asked in Node.
"""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from math import floor

import openpyxl
import pytest
from opened_pages import ROOT, sample
from openpyxl.formula.translate import Translator

from sampling import IS_WHOLE
from warmap.text import LANGUAGES
from warmap_addin.web.format_rules import UNDERSTOOD, rule_tree
from warmap_addin.web.page_workbook import PageWorkbook
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.calculating import one_formula
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.calculating.coercions import number, text
from warmap_workbook.calculating.plain_functions import Single
from warmap_workbook.ooxml import Formula, cell_name
from warmap_workbook.samples import sample_names

PAGE = ROOT / "addin" / "warmap_addin" / "web" / "page"
FAR = 400  # a column beyond every table, for formulas of ours
SCRIPT = """
import { Conditions } from "./conditions.js";
let given = "";
for await (const part of process.stdin) given += part;
const { rules, cells, areas, asked } = JSON.parse(given);
const painted = new Conditions(rules, {
  read: (sheet, row, column) => cells[sheet]?.[row]?.[column] ?? null, area: (name) => areas[name.toLowerCase()] ?? null,
});
process.stdout.write(JSON.stringify(asked.map(([sheet, rule, row, column]) => {
  const { ranges: [first], test } = rules[sheet][rule];
  return painted.isTrue(test, { sheet, row, down: row - 1 - first.startRow, right: column - 1 - first.startColumn });
})));
"""
ALSO = {  # what rules ask besides what the template's formulas do
    "INT": Single(lambda dates, value: float(floor(number(value, dates))), 1, 1),
    "MOD": Single(lambda dates, value, by: number(value, dates) % number(by, dates), 2, 2),
    "N": Single(lambda _, value: float(value) if isinstance(value, float | bool) else 0.0, 1, 1),
    "TRIM": Single(lambda _, value: " ".join(filter(None, text(value).split(" "))), 1, 1),
}
EDITS = {
    "zh": [("商机", 8, 2, "九百万"), ("关键人", 7, 16, "反对"), ("信任", 8, 6, 5.5), ("关键人", 9, 4, None)],
    "en": [("Deal", 8, 2, "nine"), ("People", 7, 16, "Oppose"), ("Trust", 8, 6, 5.5), ("People", 9, 4, None)],
}


def asked_of(workbook, content):
    """(sheet, number of the rule, row, column, its formula there) for cells of every rule, as openpyxl reads them."""
    for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
        if sheet.sheet_state != "visible":
            continue
        rules = [(rule.priority, group, rule) for group in sheet.conditional_formatting for rule in group.rules]
        rules.sort(key=lambda one: one[0])
        assert len(rules) == len(workbook.grid.rules[sheet.title]), sheet.title
        for place, (_, group, rule) in enumerate(rules):
            first, *others = group.sqref.ranges
            assert not others, "the template has no rule of several areas"
            words = (
                rule.formula[0]
                if rule.type == "expression"
                else f'ISNUMBER(FIND("{rule.text}",{first.coord.partition(":")[0]}))'
            )
            moved = Translator(f"={words}", first.coord.partition(":")[0])
            for row in (*range(first.min_row, min(first.max_row, first.min_row + 4) + 1), first.max_row):
                for column in {first.min_col, first.max_col}:
                    formula = moved.translate_formula(cell_name(row, column))
                    yield sheet.title, place, row, column, formula[1:]


def worked_out(workbook, asked):
    """What the evaluator gives for each formula, in a cell of its own in the row that it speaks of; None for an error."""
    sheets, places = {sheet.name: dict(sheet.formulas) for sheet in workbook.book.sheets}, []
    for count, (name, _, row, _, formula) in enumerate(asked):
        places.append((name, row, FAR + count))
        sheets[name][row, FAR + count] = Formula(formula)
    book = replace(
        workbook.book, sheets=[replace(sheet, formulas=sheets[sheet.name]) for sheet in workbook.book.sheets]
    )
    calculation = Calculation(book, OwnFunctions(), answers=True)
    calculation.run()
    assert {calculation.left[place].en for place in places if place in calculation.left} == set()
    return [calculation.results[place] is True for place in places]


def painted(workbook, asked):
    """Whether each rule holds in the page."""
    cells = {}
    for sheet in workbook.book.sheets:
        places = {(row, column) for row, held in sheet.rows.items() for column in held}
        places |= {at[1:] for at in workbook.calculation.results if at[0] == sheet.name}
        for row, column in places:
            value = workbook.shown_at((sheet.name, row, column))
            if value not in (None, ""):
                cells.setdefault(sheet.name, {}).setdefault(row, {})[column] = getattr(value, "code", value)
    areas = {}
    for name in workbook.book.defined_names:
        if found := workbook.book.named_range(name):
            areas[name.lower()] = [found[0].name, *found[1][1:]]
    return in_node(
        SCRIPT, {"rules": workbook.grid.rules, "cells": cells, "areas": areas, "asked": [one[:4] for one in asked]}
    )


def in_node(script, given=None):
    """What a script says of `page/conditions.js`."""
    node = shutil.which("node")
    assert node, "Node is not installed: tools/install-node-tools.sh"
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script], input=json.dumps(given), cwd=PAGE, env=os.environ,
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sample_names() if IS_WHOLE else ["manufacturer_mes"])
def test_a_rule_holds_in_the_page_where_its_formula_does(monkeypatch, name, lang):
    monkeypatch.setattr(one_formula, "SINGLES", {**one_formula.SINGLES, **ALSO})
    content = sample(lang, name)
    workbook = PageWorkbook(content, "map.xlsx", date(2026, 8, 3))
    workbook.calculate()
    for edits in ([], EDITS[lang]):
        workbook.edit(edits)
        asked = list(asked_of(workbook, content))
        assert len(asked) > 1000
        expected = worked_out(workbook, asked)
        assert {True, False} == set(expected)
        differ = [
            one for one, here, there in zip(asked, painted(workbook, asked), expected, strict=True) if here != there
        ]
        assert differ == []


def test_a_rule_that_is_not_understood_is_left_out():
    assert rule_tree("VLOOKUP(A1,B1:C9,2,FALSE)=1", 1, 1) is None
    assert rule_tree("A1=", 1, 1) is None
    assert rule_tree("LEN(A1)>0", 1, 1) == [
        "o",
        ["f", "LEN", ["r", None, [1, 1, 1, 1], [1, 1, 1, 1]]],
        [">", ["v", 0.0]],
    ]


def test_python_lets_through_the_functions_that_the_page_has():
    names = 'import { FUNCTIONS } from "./conditions.js"; process.stdout.write(JSON.stringify(Object.keys(FUNCTIONS)));'
    assert {*in_node(names), "ROW"} == UNDERSTOOD  # ROW asks of the place and not of values

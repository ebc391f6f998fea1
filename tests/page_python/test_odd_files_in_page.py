"""What a browser's page does with the odd files: each opens, or is refused in words; never a fault of ours."""

import sys
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

import odd_files
from opened_pages import ask

from warmap_addin.web.page_calls import BROKEN, Page
from warmap_app.load import load_bytes
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.editing.recalculated import recalculated
from warmap_workbook.ooxml import read_book

DAY = date(2026, 8, 3)
EVERY = sorted(odd_files.MAKERS)
FAULT = BROKEN.en.partition("{")[0]


def asked(page, op, content=None, **about):
    """The answer, which is never a fault of ours."""
    answer = ask(page, op, content, **about)
    assert FAULT not in answer.get("words", ""), answer
    return answer


def codes(name, content):
    return {one.code for one in load_bytes(name, content).findings}


def is_locked(opened, row, column):
    """Whether the grid lets nobody type into a cell of the deal."""
    rows = opened["openCells"].get("Deal")
    return rows is not None and not any(
        first <= column <= last for first, last in rows.get(str(row), rows.get("0", []))
    )


@pytest.mark.parametrize("name", EVERY)
def test_an_odd_file_opens_or_is_refused_in_words(name):
    content = odd_files.MAKERS[name]()
    page = Page("en", DAY.isoformat())
    opened = asked(page, "open", content, file=name)
    if "value" not in opened:
        assert opened["words"]
        return
    sheets = {sheet["name"] for sheet in opened["value"]["grid"]["sheets"].values()}
    shown = asked(page, "calculate")["value"]
    assert {cell[0] for cell in shown["cells"]} <= sheets
    assert b64decode(asked(page, "save")["value"]) == content
    edited = asked(page, "edit", changes=[["Deal", 7, 2, "Another"]])["value"]
    saved = b64decode(asked(page, "save")["value"])
    assert bool(edited["back"]) == is_locked(opened["value"], 7, 2)
    if edited["back"]:
        assert saved == content
        return
    assert read_book(saved).sheet("Deal").value(7, 2) == "Another"
    # An entered error and a template that was taken apart show errors once they are calculated: no more than that.
    calculated = recalculated(content, OwnFunctions(), DAY).content
    assert codes(name, saved) <= codes(name, content) | codes(name, calculated)

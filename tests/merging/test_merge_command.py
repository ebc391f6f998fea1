"""`warmap merge` as two colleagues run it: their workbooks put together, what clashes told cell by cell, the rest kept."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from openpyxl.comments import Comment

from warmap.model import TABLE
from warmap.parsing.document import plain
from warmap.reading import read_document
from warmap_app.main import main
from warmap_workbook.ooxml import read_beside
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

BASE = load_sample("manufacturer_mes", "en")


def column(sheet, code):
    """The number of the column of a field of People or Actions."""
    field = TABLE[{"People": "contacts", "Actions": "actions"}[sheet.title]].by_code[code]
    return next(cell.column for cell in sheet[5] if str(cell.value or "").rstrip(" *") == field.label.en)


def row_of(sheet, name):
    at = column(sheet, "name")
    return next(number for number in range(6, 400) if sheet.cell(number, at).value == name)


def free_row(sheet, code):
    at = column(sheet, code)
    return next(number for number in range(6, 400) if sheet.cell(number, at).value is None)


def edited(change):
    """The sample's workbook as somebody saved it after a change; with the results as they should be."""
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(read_document(BASE).map, "en")))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FIRST, SECOND = (one["name"] for one in BASE["contacts"][:2])


def by_ann(book):
    people, actions = book["People"], book["Actions"]
    people.cell(row_of(people, FIRST), column(people, "title")).value = "Ann's title"
    people.cell(row_of(people, SECOND), column(people, "title")).value = "title by Ann"
    number = free_row(actions, "what")
    actions.cell(number, column(actions, "what")).value = "Ann's action"
    book["Deal"]["B7"].comment = Comment("objective checked", "Ann")
    book.create_sheet("Ann's sums")["A1"] = 1


def by_bob(book):
    people, actions = book["People"], book["Actions"]
    people.cell(row_of(people, FIRST), column(people, "department")).value = "Bob's department"
    people.cell(row_of(people, SECOND), column(people, "title")).value = "title by Bob"
    number = free_row(people, "name")
    people.cell(number, column(people, "name")).value = "=Bob's friend"
    people.cell(number, column(people, "name")).data_type = "s"
    people.cell(number, column(people, "influence")).value = "High"
    people.cell(number, column(people, "name")).comment = Comment("met at the fair", "Bob")
    actions.cell(free_row(actions, "what"), column(actions, "what")).value = "Bob's action"
    own = book.create_sheet("Bob's sums")
    own["A1"], own["A2"], own["B1"] = 2, "=A1*2", "<x>"


@pytest.fixture(scope="module")
def copies():
    """The workbook both began with, Ann's and Bob's."""
    return {"base": edited(lambda _: None), "ann": edited(by_ann), "bob": edited(by_bob)}


@pytest.fixture
def folder(tmp_path, monkeypatch, copies):
    monkeypatch.chdir(tmp_path)
    for name, content in copies.items():
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    return tmp_path


def run(words, capsys):
    code = main([*words.split(), "--lang", "en"])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_two_copies_are_put_together(folder, copies, capsys):
    code, out, err = run("merge ann.xlsx bob.xlsx --base base.xlsx -o new.xlsx", capsys)
    assert (code, err) == (1, "")  # somebody must decide about one cell
    people = {one.name: one for one in read_workbook(folder / "new.xlsx").map.contacts}
    assert (people[FIRST].title, people[FIRST].department) == ("Ann's title", "Bob's department")
    assert plain(people["=Bob's friend"].influence) == "high"
    assert people[SECOND].title == BASE["contacts"][1]["title"]
    actions = {one.what for one in read_workbook(folder / "new.xlsx").map.actions}
    assert {"Ann's action", "Bob's action"} <= actions

    flat = " ".join(out.split())
    found = re.search(
        r"Changed by both: somebody must decide \(1\) (People!\w+) · People · (.*?) · Title: before (.*?), A title by Ann, B title by Bob",
        flat,
    )
    assert found is not None, out
    assert (found[2], found[3]) == (SECOND, BASE["contacts"][1]["title"])
    book = openpyxl.load_workbook(folder / "new.xlsx")
    assert book["People"][found[1].partition("!")[2]].comment.text.startswith(
        "changed by both: A title by Ann; B title by Bob"
    )

    assert re.search(r"Taken from bob.xlsx \((\d+)\)", flat)[1] == "3"  # Bob's department, friend, action; no clash

    # beside the entries
    assert [book["Ann's sums"]["A1"].value, book["Bob's sums"]["A2"].value, book["Bob's sums"]["B1"].value] == [
        1,
        "=A1*2",
        "<x>",
    ]
    notes = [(one.sheet, one.text) for one in read_beside(folder / "new.xlsx").notes]
    assert ("Deal", "objective checked") in notes
    friend = row_of(book["People"], "=Bob's friend")
    assert book["People"].cell(friend, column(book["People"], "name")).comment.text == "Bob (bob.xlsx): met at the fair"


def test_the_result_has_no_finding_that_its_parents_had_not(folder, copies, capsys):
    assert run("merge ann.xlsx bob.xlsx --base base.xlsx --take a -o new.xlsx", capsys)[0] == 0
    parents = {one.code for name in copies for one in read_workbook(copies[name]).findings}
    found = read_workbook(folder / "new.xlsx")
    assert {one.code for one in found.findings if one.code not in parents} == set()
    assert not {one.code for one in found.findings} & {"DV303", "DV304", "DV305"}


@pytest.mark.parametrize(("side", "title"), [("a", "title by Ann"), ("b", "title by Bob")])
def test_a_side_may_be_taken_for_all(folder, capsys, side, title):
    code, out, _ = run(f"merge ann.xlsx bob.xlsx --base base.xlsx --take {side} -o new.xlsx", capsys)
    assert code == 0
    assert f"Changed by both, taken as --take {side} says (1)" in out
    assert {one.name: one.title for one in read_workbook(folder / "new.xlsx").map.contacts}[SECOND] == title


def test_the_snapshots_of_both_are_kept(folder, capsys):
    for name, day in (("ann", "2026-06-10"), ("bob", "2026-06-12")):
        assert main(["history", f"{name}.xlsx", "--add", "--author", day, "-o", f"{name}2.xlsx"]) == 0
    run("merge ann2.xlsx bob2.xlsx --base base.xlsx --take a -o new.xlsx", capsys)
    authors = [one.author for one in read_workbook(folder / "new.xlsx").map.snapshots]
    assert {"2026-06-10", "2026-06-12"} <= set(authors)
    assert len(authors) == len(BASE.get("snapshots", [])) + 2


def test_copies_of_three_accounts_are_refused(folder, capsys):
    for name in ("one", "two", "three"):
        (folder / f"{name}.json").write_text(f'{{"deal": {{"account": "{name}"}}}}')
    code, _, err = run("merge one.json two.json --base three.json -o new.xlsx", capsys)
    assert (code, err.count("\n")) == (2, 1)
    assert "merge takes copies of one deal" in err


def test_documents_become_a_workbook(folder, capsys):
    for name, title in (("one", "CFO"), ("two", None), ("three", None)):
        more = "" if title is None else f', "contacts": [{{"name": "Jane Doe", "title": "{title}"}}]'
        (folder / f"{name}.json").write_text(f'{{"deal": {{"account": "A"}}{more}}}')
    code, out, _ = run("merge two.json one.json --base three.json -o new.xlsx", capsys)
    assert (code, out.splitlines()[-1]) == (0, "wrote new.xlsx")
    assert [one.title for one in read_workbook(folder / "new.xlsx").map.contacts] == ["CFO"]

"""`warmap import-contacts` as a user runs it: a preview, then a workbook in which all else stays as it was."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from lists import HUBSPOT, SALESFORCE, WUKONG, text

from warmap.parsing.document import plain
from warmap.reading import read_document
from warmap_app.main import main
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook

ACME = {
    "deal": {"account": "ACME Incorporated", "opportunity": "Phoenix", "amount": 1200000, "currency": "EUR", "close_date": "2026-12-31",
             "stage": "market_research", "owner": "Sam Rep", "as_of": "2026-06-30"},
    "contacts": [
        {"name": "Jane Doe", "title": "Chief financial officer", "buying_roles": ["economic"], "influence": "high",
         "contact_frequency": "frequent", "last_contact": "2026-06-01", "support": "neutral", "evidence_grade": "stated"},
        {"name": "Ben Moss", "buying_roles": ["coach"], "contact_frequency": "frequent", "last_contact": "2026-06-20"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def edited():
    """A rep's workbook with a note, a sheet of its own, a gap between two people, and an odd text."""
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(read_document(ACME).map, "en")))
    people = book["People"]
    people["D6"].comment = openpyxl.comments.Comment("call her first", "Sam")
    own = book.create_sheet("My sums")
    own["A1"], own["A2"] = "=1+1", "mine"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / SALESFORCE.name).write_bytes(SALESFORCE.content)
    return tmp_path


def run(words, capsys):
    code = main([*words.split(), "--lang", "en"])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_without_yes_nothing_is_written(folder, capsys):
    code, out, _ = run("import-contacts salesforce.csv -o new.xlsx", capsys)
    assert code == 0
    assert "This was a preview and nothing was written; --yes writes new.xlsx." in out
    assert "Jane Doe: Title CFO, Role Economic decision maker" in out
    assert "Columns not taken: Contact ID, Email, Phone, Last Modified Date" in out
    assert not (folder / "new.xlsx").exists()


@pytest.mark.parametrize(("answer", "is_written"), [("y", True), ("是", True), ("", False), ("n", False)])
def test_at_a_terminal_it_asks(folder, capsys, monkeypatch, answer, is_written):
    monkeypatch.setattr("warmap_app.commands.people.is_at_a_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda words: answer if words == "Write new.xlsx? [y/N] " else words)
    assert run("import-contacts salesforce.csv -o new.xlsx", capsys)[0] == 0
    assert (folder / "new.xlsx").exists() is is_written


def test_who_closes_the_terminal_writes_nothing(folder, capsys, monkeypatch):
    def nobody(_):
        raise EOFError

    monkeypatch.setattr("warmap_app.commands.people.is_at_a_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", nobody)
    assert run("import-contacts salesforce.csv -o new.xlsx", capsys)[0] == 0
    assert not (folder / "new.xlsx").exists()


def test_a_new_workbook_holds_the_list(folder, capsys):
    (folder / "list.csv").write_bytes(WUKONG.content)
    code, out, _ = run("import-contacts list.csv --yes -o new.xlsx", capsys)
    assert (code, out.splitlines()[-1]) == (0, "wrote new.xlsx")
    found = read_workbook(folder / "new.xlsx").map
    assert found.deal.account == "华信集团"
    assert [one.name for one in found.contacts] == list(WUKONG.people)


class TestIntoAWorkbook:
    @pytest.fixture
    def done(self, folder, edited, capsys):
        (folder / "deal.xlsx").write_bytes(edited)
        code, out, err = run("import-contacts salesforce.csv --into deal.xlsx --yes -o new.xlsx", capsys)
        assert (code, err) == (0, "")
        return out

    def test_people_are_added_and_no_judgement_is_overwritten(self, folder, edited, done):
        before, after = read_workbook(edited).map, read_workbook(folder / "new.xlsx").map
        jane, ben, *others = after.contacts
        assert [one.name for one in others] == ["Eva Lind", "Tom Hart"]
        assert {name: plain(value) for name, value in vars(jane).items() if value != getattr(before.contacts[0], name)} == {
            "counterpart": "Sam Rep", "notes": jane.notes,
        }  # fmt: skip
        assert jane.notes.startswith("Imported from salesforce.csv, row 2, on 20")  # the day: of the process that reads
        assert (ben.title, plain(ben.buying_roles), ben.evidence_grade) == ("Architect", ["coach"], None)
        assert "Jane Doe · Title: map Chief financial officer, list CFO" in done
        assert "Ben Moss · Role: map Coach, list Technical gatekeeper" in done

    def test_all_else_stays(self, folder, edited, done):
        old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (edited, (folder / "new.xlsx").read_bytes()))
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert old.namelist() == new.namelist()
        assert all(name.startswith("xl/worksheets/sheet") for name in changed)
        book = openpyxl.load_workbook(folder / "new.xlsx")
        assert book["People"]["D6"].comment.text == "call her first"
        assert [book["My sums"][cell].value for cell in ("A1", "A2")] == ["=1+1", "mine"]
        around = re.compile(rb"(?<=<sheetData>).*(?=</sheetData>)", re.DOTALL)  # formats, drop-downs, colours, panes
        for name in changed:
            assert around.sub(b"", old.read(name)) == around.sub(b"", new.read(name))

    def test_the_results_are_those_of_the_new_map(self, folder, edited, done):
        told = [(one.code, one.cell) for one in read_workbook(folder / "new.xlsx").findings]
        assert told == [(one.code, one.cell) for one in read_workbook(edited).findings if one.code[:3] != "DV3"]

    def test_a_second_import_changes_nothing(self, folder, done, capsys):
        code, out, _ = run("import-contacts salesforce.csv --into new.xlsx --yes -o newer.xlsx", capsys)
        assert code == 0
        assert "There is nothing to write; newer.xlsx was not made." in out
        assert not (folder / "newer.xlsx").exists()


def test_what_finds_no_place_is_told(folder, edited, capsys):
    """Ann has taken a column away and put a formula of her own among the people."""
    book = openpyxl.load_workbook(io.BytesIO(edited))
    people = book["People"]
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in people[5] if cell.value}
    people.cell(5, heads["Our counterpart"]).value = "Something else"
    people.cell(7, heads["Title"]).value = '=""'
    book.save(folder / "deal.xlsx")
    _, out, _ = run("import-contacts salesforce.csv --into deal.xlsx --yes -o new.xlsx", capsys)
    assert "“People” has no column “Our counterpart”; its entries were left out" in " ".join(out.split())
    assert openpyxl.load_workbook(folder / "new.xlsx")["People"].cell(7, heads["Title"]).value == '=""'


class TestMistakes:
    @pytest.mark.parametrize(("line", "words"), [
        ("import-contacts none.csv -o new.xlsx", "none.csv does not exist"),
        ("import-contacts salesforce.csv -o new.csv", "new.csv should end in .xlsx"),
        ("import-contacts salesforce.csv -o salesforce.csv", "should end in .xlsx"),
        ("import-contacts salesforce.csv --into salesforce.csv -o new.xlsx", "--into takes a workbook (.xlsx, .xlsm)"),
        ("import-contacts salesforce.csv --columns none.yaml -o new.xlsx", "none.yaml does not exist"),
        ("import-contacts salesforce.csv --account Globex -o new.xlsx", "the list holds nobody of “Globex”; it has people of Acme Inc."),
        ("import-contacts two.csv -o new.xlsx", "the list holds people of 2 accounts (Acme, Globex"),
        ("import-contacts plain.csv -o new.xlsx", "has no head such as “Name”"),
    ])  # fmt: skip
    def test_each_is_told_in_one_line(self, folder, capsys, line, words):
        (folder / "two.csv").write_bytes(text([("Name", "Account"), ("Jane Doe", "Acme"), ("Max Roe", "Globex")]))
        (folder / "plain.csv").write_bytes(text([("a", "b"), ("1", "2")]))
        code, _, err = run(line, capsys)
        assert code == 2
        assert words in err
        assert err.count("\n") == 1

    def test_one_account_of_several_may_be_named(self, folder, capsys):
        (folder / "two.csv").write_bytes(text([("Name", "Account"), ("Jane Doe", "Acme GmbH"), ("Max Roe", "Globex")]))
        _, out, _ = run("import-contacts two.csv --account acme -o new.xlsx", capsys)
        assert "row 3, Max Roe (Globex): of another account" in out
        assert "New people (1)" in out

    def test_more_people_than_the_template_has_room_for_are_told(self, folder, capsys):
        rows = [("Name",), *((f"Person {chr(65 + n // 26)}{chr(97 + n % 26)}",) for n in range(62))]
        (folder / "many.csv").write_bytes(text(rows))
        _, out, _ = run("import-contacts many.csv -o new.xlsx", capsys)
        assert "People holds 60 at most and has room for 60" in out
        assert "New people (60)" in out
        assert "Rows left out (2)" in out
        assert HUBSPOT.name not in out

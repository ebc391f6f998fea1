"""Whatever the page asks, the answer is JSON: what was asked for, or words in the workbook's language."""

import json
from base64 import b64decode
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opened_pages import ROOT, TODAY, ask, empty, page_with, sample, strict

from sampling import IS_WHOLE
from warmap.terms import HealthBand
from warmap.text import percent, tenths
from warmap_addin.web.page_calls import MACROS, PANEL, Page
from warmap_app.main import main
from warmap_udfs import dispatch
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_open_book

OPS = tuple(name.removeprefix("do_") for name in dir(Page) if name.startswith("do_"))
EDIT = {"changes": [["信任", 8, 6, 3], ["关键人", 5, 1, "heading"]]}
PICTURES = ("org", "power", "trend", "stages")
EXAMPLES = [
    ("calculate", {}), ("edit", EDIT), ("save", {}), ("check", {}), ("snapshot", {}), ("evaluate", {}),
    *(("macro", {"macro": name, "sheet": "关键人", "cell": "A6"}) for name in MACROS),
    *(("handout", {"kind": kind}) for kind in ("team", "no-names", "customer")),
    *(("picture", {"kind": kind}) for kind in PICTURES),
    ("call", {"name": "VERSION", "arguments": []}),
    ("why", {"formula": "WARMAP.ROLE_COVERAGE(A1)", "cells": {"A1": [["x"]]}}),
]  # fmt: skip


@pytest.fixture(scope="module")
def zh_page():
    return page_with(sample("zh"))


@pytest.fixture(scope="module")
def en_page():
    return page_with(sample("en"))


@pytest.mark.parametrize(("op", "arguments"), EXAMPLES, ids=lambda one: one if isinstance(one, str) else "")
def test_every_request_has_its_value(zh_page, op, arguments):
    answer = strict(zh_page.answer(op, json.dumps(arguments)))
    assert "value" in answer, answer


@pytest.mark.parametrize("op", OPS)
def test_without_a_workbook_each_request_says_so(op):
    for lang, words in (("zh", "打开"), ("en", "open")):
        answer = strict(Page(lang, TODAY.isoformat()).answer(op, "{}"))
        assert answer.get("words"), op
        if op not in {"open", "upgrade", "edit", "call", "why", "macro", "handout", "picture"}:
            assert words in answer["words"]


def test_what_the_grid_is_given(zh_page):
    answer = ask(page_with(sample("zh")), "open", sample("zh"), file="deal.xlsx")["value"]
    assert answer["lang"] == "zh"
    assert set(answer) == {"grid", "rules", "lang", "openCells", "links", "areas", "heads", "entered"}
    assert set(answer["heads"]) == set(PANEL)
    shown = ask(zh_page, "calculate")["value"]
    assert {name: bool(rows) for name, rows in shown["panel"].items()} == dict.fromkeys(PANEL, True)
    assert shown["left"] == []


def test_the_board_shows_a_score_as_the_scoreboard_does(zh_page):
    rows = {name: (value, unit) for name, value, unit, *_ in ask(zh_page, "calculate")["value"]["panel"]["scores"]}
    result = ask(zh_page, "evaluate")["value"]
    assert rows["角色覆盖"] == (percent(result["role_coverage"]), "0–100%")
    assert rows["健康度"] == (tenths(result["health"]), "0–100")
    assert rows["竞争位置"] == (tenths(result["position"]), "−5 到 +5")
    assert rows["健康度分档"][0] in {band.label.zh for band in HealthBand}


def test_an_edit_of_a_heading_comes_back():
    page = page_with(sample("zh"))
    heading = page.workbook.shown_at(("关键人", 5, 1))
    value = ask(page, "edit", **EDIT)["value"]
    assert value["back"] == [["关键人", 5, 1, heading]]
    assert value["cells"]


def test_a_saved_file_is_that_of_the_workbook():
    page = page_with(sample("en"))
    assert b64decode(ask(page, "save")["value"]) == sample("en")
    ask(page, "edit", changes=[["Deal", 7, 2, "Another"]])
    assert read_book(b64decode(ask(page, "save")["value"])).sheet("Deal").value(7, 2) == "Another"


def test_a_list_of_people_is_told_and_then_entered_as_the_command_enters_it(tmp_path):
    page, before = page_with(sample("en")), read_open_book(read_book(sample("en"))).map.contacts
    people = f"Name,Job title,Phone\r\n{before[0].name},,+49 1\r\nNadia New,Buyer,+49 2\r\n".encode()
    told = ask(page, "people", people, file="list.csv")["value"]
    assert "Nadia New" in told["words"]
    assert ask(page, "people", people, file="list.csv", take=True)["value"]["writes"]
    for name, content in (("list.csv", people), ("map.xlsx", sample("en"))):
        (tmp_path / name).write_bytes(content)
    words = f"import-contacts {tmp_path}/list.csv --into {tmp_path}/map.xlsx --yes -o {tmp_path}/new.xlsx"
    assert main(words.split()) == 0
    saved, made = b64decode(ask(page, "save")["value"]), (tmp_path / "new.xlsx").read_bytes()
    (entered, wanted) = (read_open_book(read_book(one)).map.contacts for one in (saved, made))
    assert [one.name for one in entered] == [*(one.name for one in before), "Nadia New"]
    assert [one.model_copy(update={"notes": None}) for one in entered] == [
        one.model_copy(update={"notes": None})
        for one in wanted  # which bear the day
    ]


def test_what_of_a_list_found_no_place_is_told():
    """Here the field holds a formula of the user's own, which stays."""
    book, stream = openpyxl.load_workbook(BytesIO(sample("en"))), BytesIO()
    book["People"]["G6"] = '=IF(1=1,"","")'
    book.save(stream)
    who = book["People"]["D6"].value
    people = f"Name,Department\r\n{who},Purchasing\r\n".encode()
    done = ask(page_with(stream.getvalue()), "people", people, file="list.csv", take=True)["value"]
    assert "People!G6" in done["words"]


def test_an_entry_that_is_no_change_is_refused_and_none_of_them_taken():
    page = page_with(sample("en"))
    good = ["Deal", 7, 2, "Another"]
    for bad in ([], ["Deal", 7, 2], ["Deal", 0, 2, "x"], ["Deal", -1, 2, "x"], ["Deal", 7, 16385, "x"], ["Deal", 1048577, 2, "x"],
                ["Deal", 7.5, 2, "x"], ["Deal", True, 2, "x"], [7, 7, 2, "x"], ["Deal", 7, 2, {}], ["Deal", 7, 2, []], "Deal", None):  # fmt: skip
        assert "no change" in ask(page, "edit", changes=[good, bad])["words"], bad
    assert b64decode(ask(page, "save")["value"]) == sample("en")


def test_an_older_file_is_told_and_brought_over():
    old = (ROOT / "tests" / "cases" / "amt12.xlsx").read_bytes()
    page = Page("en", TODAY.isoformat())
    refused = ask(page, "open", old, file="old.xlsx")
    assert refused["isOlder"] is True
    assert "older" in refused["words"]
    newer = b64decode(ask(page, "upgrade", old)["value"])
    assert "value" in ask(page, "open", newer, file="new.xlsx")


def test_a_file_that_is_refused_leaves_the_open_one():
    page = page_with(sample("en"))
    assert ask(page, "open", b"no workbook", file="x.xlsx")["words"]
    assert "value" in ask(page, "evaluate")


def test_the_second_snapshot_of_the_same_is_none():
    page = page_with(sample("en"))
    had = len(read_open_book(page.workbook.book).map.snapshots)
    first, second = ask(page, "snapshot")["value"], ask(page, "snapshot")["value"]
    assert first["writes"]
    assert "none was taken" in second["words"]
    saved = read_open_book(read_book(b64decode(ask(page, "save")["value"])), today=date(2027, 1, 1))
    assert len(saved.map.snapshots) == had + 1
    assert [one for one in saved.findings if one.code == "DV305"] == []


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_picture_is_the_same_each_time_and_what_people_typed_is_text(lang, kind):
    page, odd = page_with(sample(lang)), "<b>&\"'"
    deal, people = {"zh": ("商机", "关键人"), "en": ("Deal", "People")}[lang]
    assert ask(page, "edit", changes=[[deal, 5, 2, odd], [people, 6, 4, odd]])["value"]["cells"]
    drawing = ask(page, "picture", kind=kind)["value"]
    assert ask(page, "picture", kind=kind)["value"] == drawing
    texts = [one.text for one in ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
    assert any(odd in words for words in texts), texts
    assert "<b>" not in drawing


def test_a_snapshot_is_a_point_of_the_trend():
    page = page_with(sample("en"))
    circles = ask(page, "picture", kind="trend")["value"].count("<circle")
    ask(page, "snapshot")
    assert ask(page, "picture", kind="trend")["value"].count("<circle") == circles + 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_evaluate_gives_what_the_command_gives(lang, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deal.xlsx").write_bytes(sample(lang))
    main(["evaluate", "deal.xlsx", "--json"])
    assert ask(page_with(sample(lang)), "evaluate")["value"] == json.loads(capsys.readouterr().out)["scores"]


def test_call_is_the_dispatchers_and_blanks_stay_blank(en_page):
    contacts = en_page.workbook.rows_of("wm_contacts")
    assert any(value is None for row in contacts for value in row)
    for name in ("ROLE_COVERAGE", "ROLE_STATUS", "POWER_MAP"):
        answer = ask(en_page, "call", name=name, arguments=[contacts])
        wanted = dispatch.call(name, [tuple(map(tuple, contacts))])
        assert answer["value"] == json.loads(json.dumps(wanted))


@pytest.mark.parametrize(
    "arguments", [[], ["text"], [[["x"]]], [[[]]], [None], [1e308], [[1, 2]], [[["a"], ["b", "c"]]]]
)
def test_a_call_with_a_wrong_input_is_told(en_page, arguments):
    answer = strict(en_page.answer("call", json.dumps({"name": "ROLE_COVERAGE", "arguments": arguments})))
    assert "value" in answer or answer["words"]
    assert "Traceback" not in json.dumps(answer)


def test_findings_are_those_of_the_file_as_it_would_be_saved():
    page = page_with(empty("zh"))
    ask(page, "edit", changes=[["信任", 8, 6, 3]])
    told = ask(page, "check")["value"]
    saved = read_open_book(read_book(b64decode(ask(page, "save")["value"])), today=TODAY).findings
    assert sorted((one[3], one[1], one[2]) for one in told) == sorted(
        (one.code, one.sheet, one.cell or "") for one in saved
    )


def test_a_number_where_a_word_of_a_list_stands_gets_the_words_of_the_readers_language():
    """A number is of no language: the hint once listed the English words in a Chinese workbook."""
    for lang, sheet, word in (("zh", "信任", "我方推测"), ("en", "Trust", "Our guess")):
        page = page_with(empty(lang))
        ask(page, "edit", changes=[[sheet, 8, 6, 3]])
        hint = next(one[5] for one in ask(page, "check")["value"] if one[2:4] == ["F8", "DV202"])
        assert word in hint
        assert ("guess" in hint) is (lang == "en")


PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12))
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
KEYS = ("changes", "macro", "sheet", "cell", "kind", "name", "arguments", "entered", "file", "content")
LIKELY = st.sampled_from(
    ["商机", "A1", "ZZZZ9", "A0", "org", "VERSION", "HEALTH", "plan_it", "explain_cell", "team", "'"]
)


@settings(max_examples=2000 if IS_WHOLE else 120)
@given(
    op=st.sampled_from([*OPS, "", "nothing", "__init__", "answer"]),
    arguments=st.dictionaries(st.sampled_from(KEYS), ANYTHING | LIKELY, max_size=4) | ANYTHING,
    content=st.none() | st.binary(max_size=30),
)
def test_whatever_is_asked_comes_back_as_words_or_a_value(zh_page, op, arguments, content):
    if op in {"snapshot", "save", "check", "evaluate", "picture", "handout"} and arguments == {}:
        return  # as good as the examples, and slow
    answer = strict(zh_page.answer(op, json.dumps(arguments), content))
    assert set(answer) <= {"value", "words", "isOlder", "code"}
    if "words" in answer:
        assert answer["words"]
        assert "Traceback" not in answer["words"]
        assert 'File "' not in answer["words"]


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "NaN", '"\\ud800"', '{"changes": [["商机", 7, 2, "\\ud800"]]}', "1e999"]
)
def test_arguments_that_are_none_come_back_as_words(text):
    page = page_with(empty("zh"))
    answer = strict(page.answer("edit", text))
    assert "value" in answer or answer["words"]
    assert "value" in ask(page, "evaluate")


def test_an_unexpected_fault_says_what_without_saying_where(monkeypatch):
    page = page_with(empty("en"))

    def broken(_):
        raise RuntimeError("x" * 5000)

    monkeypatch.setattr(page, "do_check", broken)
    words = ask(page, "check")["words"]
    assert words.startswith("Something unexpected went wrong: RuntimeError: xxx")
    assert len(words) < 500

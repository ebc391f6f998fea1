"""Text from workbooks is escaped for its place: whatever stands in it, no output holds a formula, a script or a control."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from html.parser import HTMLParser

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_results import result, written

from warmap_app.batch.sources import shown_name
from warmap_app.safe_text import UNSHOWABLE

PIECES = (
    "=cmd|'/C calc'!A0", "=", "+1", "-1", "@SUM(A1)", "\t", "\r", "\n", "＝1", " ", "\u00a0", "\u200b", "\ufeff",
    '"', "'", '"><script>alert(1)</script>', "<img src=x onerror=alert(2)>", "]]>", "</script>", "<!--", "&lt;", "&#x202e;",
    "_x000D_", "_x005F_x000D_", "_x001B_", "\x00", "\x07", "\x0b", "\x1b[31m", "\x9b31m", "\u202e", "\u2066", "\ud800", "\udfff",
    "\uffff", "\ufffe", "{0}", "{account}", "%s", "[bold]", "[/]", "[link=http://x]", ",", ";", "|", "\\", "../", "客户", "😀",
)  # fmt: skip
NASTY = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
ONE_BY_ONE = [*PIECES, "\x0b=1", " =1", "\u200b=1", "\u00a0+1", "\ufeff@x", "\n=1", "\x00-1"]
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def results(text):
    """A map with the text wherever a rep may write, and what else is said of it."""
    people = [
        {"name": f"{text}王", "influence": text, "notes": text, "support": "oppose"},
        {"name": text, "reports_to": text},
    ]
    one = result(
        shown_name(f"{text}.xlsx"),
        "en",
        account=text,
        opportunity=f"{text}x",
        owner=text,
        objective=text,
        stage=text,
        contacts=people,
    )
    one["findings"] += [{**one["findings"][0], "sheet": text, "cell": text, "message": text, "hint": f"{text} {text}"}]
    one["in_own_language"] = [*one.get("in_own_language", one["findings"][:-1]), {"message": text, "hint": text}]
    return [one]


class Tags(HTMLParser):
    """The tags of a page and what they carry."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name for name, _ in attrs}))


def check_csv(text, tmp_path):
    written("csv", results(text), tmp_path / "r.csv", lang="en", force=True)
    for name in ("r.csv", "r.files.csv"):
        data = (tmp_path / name).read_text("utf-8-sig")
        assert not UNSHOWABLE.search(data.replace("\r\n", "\n"))
        for row in csv.DictReader(io.StringIO(data, newline="")):
            for cell in row.values():
                seen = "".join(c for c in cell if unicodedata.category(c) not in {"Zs", "Cf", "Cc"})
                assert not seen.startswith(FORMULA_STARTS) or is_number(cell), cell


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def check_xlsx(text, tmp_path):
    written("xlsx", results(text), tmp_path / "r.xlsx", lang="en", force=True)
    for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert not UNSHOWABLE.search(str(cell.value or "")), cell.value


def check_html(text, tmp_path):
    written("html", results(text), tmp_path / "r.html", lang="en", force=True)
    page = (tmp_path / "r.html").read_text("utf-8")
    found = Tags(page).found
    assert [tag for tag, _ in found].count("script") == 1
    assert not {"img", "iframe", "object", "embed", "svg"} & {tag for tag, _ in found}
    assert not [names for _, names in found if any(name.startswith("on") for name in names)]
    assert not UNSHOWABLE.search(page)


def check_mail(text, tmp_path):
    written("mail", results(text), tmp_path / "mail", lang="en", force=True)
    letters = [path for path in (tmp_path / "mail").rglob("*") if path.suffix == ".txt"]
    assert letters
    for path in letters:
        assert path.resolve().is_relative_to(tmp_path.resolve())
        assert not UNSHOWABLE.search(path.read_text("utf-8-sig").replace("\r\n", "\n"))


def check_table(text, tmp_path):
    written("table", results(text), tmp_path / "r.txt", lang="en", force=True)
    assert not UNSHOWABLE.search((tmp_path / "r.txt").read_text("utf-8"))


def check_json(text, tmp_path):
    written("json", results(text), tmp_path / "r.json", lang="en", force=True)
    said = (tmp_path / "r.json").read_text("utf-8")
    assert not {c for c in said if unicodedata.category(c) == "Cc"} - {"\n"}
    assert json.loads(said)


def check_parquet(text, tmp_path):
    import pyarrow.parquet as pq

    written("parquet", results(text), tmp_path / "r", lang="en", force=True)
    assert all(pq.read_table(path).num_rows for path in (tmp_path / "r").rglob("*.parquet"))


CHECKS = (check_csv, check_xlsx, check_html, check_mail, check_table, check_json, check_parquet)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("text", ONE_BY_ONE, ids=ascii)
def test_each_nasty_text_is_text(check, text, tmp_path):
    check(text, tmp_path)


@pytest.mark.parametrize("check", CHECKS)
@some
@given(text=NASTY)
def test_any_mixture_of_them_is_text(check, text, tmp_path):
    check(text, tmp_path)


@pytest.mark.parametrize("name", ["csv", "table"])
@pytest.mark.parametrize("text", ["\x1b]0;x\x07", "\x9b31m", "\u202etxt", "a\rb"])
def test_nothing_of_it_steers_a_terminal(name, text, capsys):
    written(name, results(text), lang="en")
    assert not UNSHOWABLE.search(capsys.readouterr().out)

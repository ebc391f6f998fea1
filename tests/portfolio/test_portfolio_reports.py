"""The workbook and the page: live totals, native charts, both languages whole, and no text of a file that can do harm."""

from __future__ import annotations

import html
import io
import re
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from made_portfolios import ENDED, THREE, flag, portfolio, result

from warmap.text import LANGUAGES, Text
from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.drawings import bridge_drawing
from warmap_app.portfolio.page import build_page
from warmap_app.portfolio.workbook import build_portfolio

SVG = "{http://www.w3.org/2000/svg}"

every_language = pytest.mark.parametrize("lang", LANGUAGES)
EVIL = ["<script>alert(1)</script>", "=cmd|'/C calc'!A0", "+1+1", "-2", "@SUM(A1)", "{=1}", '"><img src=x onerror=1>',
        "https://evil.example", "internal:A1", "{{ 7*7 }}"]  # fmt: skip
SHEETS = {
    "zh": ["总览", "商机", "已结束", "按团队", "按销售", "按阶段", "按健康度", "风险", "未计入", "_charts"],
    "en": [
        "Overview",
        "Deals",
        "Closed",
        "By team",
        "By rep",
        "By stage",
        "By band",
        "Risks",
        "Not counted",
        "_charts",
    ],
}
FUNCTIONS = {"ROUND", "SUMIFS", "SUMPRODUCT", "IF", "AND", "ISNUMBER", "TEXT", "IFERROR", "AVERAGEIFS", "INT", "MIN",
             "MAX", "COUNTIFS"}  # fmt: skip


def book_of(made, lang="en", data_only=False):
    return openpyxl.load_workbook(io.BytesIO(build_portfolio(made, lang, Path())), data_only=data_only)


def cells_of(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def evil_portfolio():
    results = [
        result(f"{place}", account=text, opportunity=text, owner=text, team=text, red_flags=[flag(message=text)])
        for place, text in enumerate(EVIL)
    ]
    return portfolio([*results, result(EVIL[0], amount=None)])


class TestWorkbook:
    """Sheets, live formulas with their values, filters, frozen heads, print set-up, native charts."""

    @every_language
    def test_the_sheets(self, lang):
        book = book_of(portfolio(THREE, lang=lang), lang)
        assert book.sheetnames == SHEETS[lang]
        assert book["_charts"].sheet_state == "hidden"
        for name in SHEETS[lang][1:-1]:
            assert book[name].freeze_panes is not None
            assert book[name].auto_filter.ref
            assert book[name].print_title_rows == "$4:$4"
        for name in SHEETS[lang][:-1]:
            assert book[name].page_setup.orientation == "landscape"
            assert str(book[name].page_setup.paperSize) == "9"

    def test_every_formula_uses_functions_that_every_program_has_and_has_its_value(self):
        made = portfolio(THREE)
        formulas = [cell for cell in cells_of(book_of(made)) if cell.data_type == "f"]
        values = book_of(made, data_only=True)
        assert len(formulas) > 150
        for cell in formulas:
            bare = re.sub(r'"[^"]*"', "", cell.value)
            assert set(re.findall(r"([A-Z]+)\(", bare)) <= FUNCTIONS
            if "quota" not in cell.value.lower():
                assert values[cell.parent.title][cell.coordinate].value is not None or '""' in cell.value

    def test_the_totals_are_formulas_over_the_named_columns_of_the_deals(self):
        book = book_of(portfolio(THREE))
        assert "'Deals'!$I$5:$I$7" in book.defined_names["pf_amount"].attr_text.replace("Deals!", "'Deals'!").replace(
            "''", "'"
        )
        totals = [row for row in book["Deals"].iter_rows() if str(row[0].value).startswith("Total ")]
        assert next(cell.value for row in totals for cell in row if cell.data_type == "f").startswith(
            "=ROUND(SUMIFS(pf_amount"
        )

    def test_the_charts_are_native_bridge_funnel_and_one_a_roll_up(self):
        with zipfile.ZipFile(io.BytesIO(build_portfolio(portfolio(THREE), "zh", Path()))) as parts:
            charts = [
                parts.read(name).decode() for name in parts.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)
            ]
            assert not [name for name in parts.namelist() if "media" in name or "externalLink" in name]
        assert len(charts) == 2 * 2 + 4
        assert sum('<c:grouping val="stacked"/>' in chart and "<c:lineChart>" in chart for chart in charts) == 2

    def test_a_portfolio_of_nothing_is_a_workbook_all_the_same(self):
        made = portfolio([result("bad.yaml", amount=None)])
        book = book_of(made)
        assert book["Not counted"]["A5"].value == "bad.yaml"
        assert "Deals counted: 0" in str(book["Overview"]["B2"].value)


@every_language
@pytest.mark.parametrize("kind", ["xlsx", "html"])
def test_both_languages_are_whole(lang, kind):
    made = portfolio([*THREE, *ENDED, result("d", amount=None)], lang=lang)
    if kind == "xlsx":
        shown = " ".join(str(cell.value) for cell in cells_of(book_of(made, lang, data_only=True)))
    else:
        shown = html.unescape(re.sub(r"<[^>]+>", " ", build_page(made, lang, Path())))
    other = "en" if lang == "zh" else "zh"
    for name in (
        "CLAIMED",
        "STAGE_STEP",
        "HEALTH_STEP",
        "ADJUSTED",
        "WON",
        "CLOSED",
        "NEEDED",
        "WORST",
        "NOT_COUNTED",
        "HOW",
    ):
        text = getattr(words, name)
        assert text.to(lang) in shown, name
        assert text.to(other) not in shown, name


def test_every_saying_has_both_languages():
    sayings = {name: value for name, value in vars(words).items() if isinstance(value, Text)}
    columns = (
        tables.DEALS,
        tables.CLOSED,
        tables.PERIODS,
        tables.ROLLUPS,
        tables.RISKS,
        tables.LEFT_OUT,
        tables.POINTS,
        tables.SINCE,
        tables.MOVES,
        tables.STEPS,
        tables.AGED,
        tables.FOOTING,
    )
    sayings |= {f"{at} {column.code}": column.head for at, table in enumerate(columns) for column in table}
    for name, text in sayings.items():
        assert set(re.findall(r"\{\w*\}", text.zh)) == set(re.findall(r"\{\w*\}", text.en)), name
        assert any("\u4e00" <= character <= "\u9fff" for character in text.zh), name
        assert not any("\u4e00" <= character <= "\u9fff" for character in text.en), name


class TestHostileText:
    """Whatever stands in a submitted file is text in the report, never a formula, a link, a tag or a template."""

    def test_in_the_workbook_it_is_text(self):
        book = book_of(evil_portfolio())
        texts = {cell.value for cell in cells_of(book) if cell.data_type == "s"}
        assert set(EVIL) <= texts
        assert not [
            cell.value
            for cell in cells_of(book)
            if cell.data_type == "f" and re.search("cmd|script|evil|onerror", cell.value)
        ]
        links = [link.target for sheet in book for row in sheet.iter_rows() for cell in row if (link := cell.hyperlink)]
        assert not [target for target in links if target]

    def test_on_the_page_it_is_text(self):
        page = build_page(evil_portfolio(), "en", Path())
        tags = []

        class Reader(HTMLParser):
            def handle_starttag(self, tag, attrs):
                tags.append((tag, dict(attrs)))

        Reader().feed(page)
        assert not [tag for tag, _ in tags if tag in {"script", "img", "iframe", "object", "link"}]
        assert not [attrs for _, attrs in tags if any(name.startswith("on") for name in attrs)]
        for text in EVIL:
            assert html.escape(text, quote=False).replace("&lt;", "<") in html.unescape(page) or text in html.unescape(
                page
            )
        assert "49" not in re.findall(r">(\d+)<", page)

    def test_the_page_asks_nothing_of_any_network(self):
        page = build_page(portfolio(THREE), "zh", Path())
        assert not re.search(r"(src|href)=\"(?!\./)", page)
        assert "default-src 'none'" in page
        assert "url(" not in page.replace("url(#", "")

    @pytest.mark.parametrize("name", ["javascript:alert(1).json", "a#b.json", "a%41.json", "a b.json", "'q'.json"])
    def test_links_lead_to_files_beside_the_report_and_nowhere_else(self, tmp_path, name):
        (tmp_path / name).write_text("{}")
        made = portfolio([result(str(tmp_path / name))])
        hrefs = re.findall(r'href="([^"]*)"', build_page(made, "en", tmp_path))
        assert all(href.startswith("./") and ":" not in href for href in hrefs)
        build_portfolio(made, "en", tmp_path)

    def test_a_plain_file_is_linked(self, tmp_path):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "甲 方.json").write_text("{}")
        made = portfolio([result(str(tmp_path / "in" / "甲 方.json"))])
        assert 'href="./in/%E7%94%B2%20%E6%96%B9.json"' in build_page(made, "en", tmp_path)
        book = openpyxl.load_workbook(io.BytesIO(build_portfolio(made, "en", tmp_path)))
        links = [cell.hyperlink.target for row in book["Deals"].iter_rows() for cell in row if cell.hyperlink]
        assert [unquote(target).replace("\\", "/") for target in links if target] == ["in/甲 方.json"]


def test_the_page_tells_what_was_won_and_why_deals_were_lost():
    page = html.unescape(build_page(portfolio([*THREE, *ENDED], {"CNY": Decimal(650000)}, "en"), "en", Path()))
    for shown in (
        ">250,000.50<",
        ">217,999.50<",
        "by claims: -333,333.83",
        "交期最短",
        "contract signed (counts as won)",
    ):
        assert shown in page


def test_the_drawings_of_the_page_show_every_figure():
    page = build_page(portfolio(THREE, {}), "en", Path())
    assert page.count("<svg ") == page.count('<div role="img" aria-label="') == 4
    for figure in ("733.3", "−350.0", "−201.3", "182.0"):
        assert f">{figure}<" in page


def test_a_drawing_is_the_same_bytes_twice_with_its_text_as_text():
    made = portfolio(THREE, {"CNY": Decimal(650000)}, "zh")
    drawn = bridge_drawing(made, "CNY", "zh")
    assert drawn == bridge_drawing(made, "CNY", "zh")
    root = ET.fromstring(drawn.svg)
    heads = [*tables.BRIDGE.values(), words.WON_AND_ADJUSTED]
    assert [one.text for one in root.iter(f"{SVG}text")][:5] == [head.zh for head in heads]


def test_the_bridge_of_a_drawing_stands_in_its_order_and_ends_at_the_quota():
    made = portfolio(THREE, {"CNY": Decimal(650000)}, "en")
    root = ET.fromstring(bridge_drawing(made, "CNY", "en").svg)
    at = {
        one.text: [float(number) for number in re.findall(r"[\d.]+", one.get("transform"))]
        for one in root.iter(f"{SVG}text")
    }
    across = [at[word][0] for word in ("Claimed", "Stage not earned", "Health discount", "Adjusted", "Won + adjusted")]
    assert across == sorted(across)
    assert at["Quota 650.0"][1] < at["Gap 468.0"][1] < at["182.0"][1]

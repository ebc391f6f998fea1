"""The fast readers of text, formulas and shared strings say what the XML parser says, or leave it to the parser."""

from __future__ import annotations

from xml.etree.ElementTree import XML, ParseError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap_workbook.ooxml import DEFAULT_LIMITS, Formula
from warmap_workbook.ooxml.plaintext import NotPlain, formula_element, text_of
from warmap_workbook.ooxml.strings import shared_strings

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PIECES = (
    "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#10;", "&#13;", "&#xA;", "&#x4e2d;", "&#22823;", "&#0;", "&#55296;",
    "&#xFFFE;", "&#1114112;", "&#x110000;", "&foo;", "&", ";", "#", "quot;", "]]", "a", "中", "\n", " ",
)  # fmt: skip


def parsed(markup: str) -> str | None:
    """What the XML parser reads; None for what is not well-formed."""
    try:
        return XML(markup).text or ""
    except ParseError:
        return None


class TestText:
    @given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
    def test_a_text_is_what_the_parser_reads_and_what_the_parser_refuses_is_left_to_it(self, written):
        try:
            text = text_of(written)
        except NotPlain:
            text = None
        assert text == parsed(f"<t>{written}</t>")

    @pytest.mark.parametrize("written", ["<b>x</b>", "a<b", "a>b", "]]>"])
    def test_a_text_with_markup_in_it_is_left_to_the_parser(self, written):
        with pytest.raises(NotPlain):
            text_of(written)


class TestFormulas:
    @pytest.mark.parametrize(
        "markup",
        [
            "<f>SUM(A1:B2)</f>", '<f aca="false">IF(A1=&quot;&quot;,1,2)</f>', '<f t="shared" si="0"/>',
            '<f t="array" ref="A1:B2">wm_deal &amp; 1</f>', '<f t="shared" ref="A1:A9" si="3">A1*2</f>', "<f/>",
            '<f t="dataTable" ref="A1" r1="B1" dt2D="1"/>',
        ],
    )  # fmt: skip
    def test_a_formula_is_what_the_parser_reads(self, markup):
        wanted, found = XML(markup), formula_element(markup)
        if isinstance(found, Formula):
            assert found.text == wanted.text
            assert found.array_ref == wanted.get("ref")
            assert set(wanted.keys()) & {"t", "si", "ref"} <= {"t", "ref"}
            assert wanted.get("t", "array") == "array"
        else:
            assert (found.text, found.attrib) == (wanted.text, wanted.attrib)

    @pytest.mark.parametrize("markup", ['<f t="array" t="array">1</f>', "<f>1", '<f a="&">1</f>', "<f>&nbsp;</f>"])
    def test_a_broken_formula_is_never_read(self, markup):
        with pytest.raises((NotPlain, ParseError)):
            formula_element(markup)


class TestSharedStrings:
    @pytest.mark.parametrize(
        ("items", "texts"),
        [
            ("<si><t>a</t></si><si><t>b</t></si>", ["a", "b"]),
            ('<si><t xml:space="preserve"> a </t></si><si><t>b</t></si>', [" a ", "b"]),
            ("<si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si>", ["ab"]),
            ('<si><r><rPr><sz val="9"/></rPr><t xml:space="preserve">1 </t></r><r><t>月</t></r></si>', ["1 月"]),
            ('<si><t>客户</t><phoneticPr fontId="1" type="noConversion"/></si><si><t>b</t></si>', ["客户", "b"]),
            ("<si><t>東京</t><rPh sb='0' eb='2'><t>とう</t></rPh></si>", ["東京"]),
            ("<si><t>_x0041_&#10;b</t></si><si><t/></si><si/>", ["A\nb", "", ""]),
            ("<si><t><![CDATA[a<b]]></t></si>", ["a<b"]),
            ("<si><r><t>_x00</t></r><r><t>41_</t></r></si>", ["A"]),
            ("", []),
        ],
    )
    def test_each_item_is_its_text_however_its_runs_look(self, items, texts):
        data = f'<?xml version="1.0"?><sst xmlns="{MAIN}">{items}</sst>'.encode()
        found = shared_strings(data, "xl/sharedStrings.xml", DEFAULT_LIMITS)
        assert found == {str(index): text for index, text in enumerate(texts)}

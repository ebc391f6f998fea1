"""Shared strings: each item is its text, however its runs look."""

from __future__ import annotations

import pytest

from warmap_workbook.ooxml import DEFAULT_LIMITS
from warmap_workbook.ooxml.cells import shared_strings

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


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

"""warmap upgrade keeps everything entered; warmap repair touches nothing but formulas."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from warmap.reading import read_document
from warmap_app.main import main
from warmap_workbook.editing.file_edits import repaired
from warmap_workbook.editing.harmless import Stripped
from warmap_workbook.editing.plain_calls import plain_calls
from warmap_workbook.editing.upgrade import KEPT_NAME, upgraded
from warmap_workbook.ooxml import Unreadable, read_beside, read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

MAP = read_document(load_sample("manufacturer_mes", "zh")).map


def edited(edit, lang="zh", war_map=MAP):
    """A workbook as somebody changed it in another program."""
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(war_map, lang)))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rebuilt(content):
    return upgraded(read_book(content), read_workbook(content))


def kept_rows(content, lang="zh"):
    sheet = openpyxl.load_workbook(io.BytesIO(content))[KEPT_NAME.to(lang)]
    return [[cell.value for cell in row][:3] for row in sheet.iter_rows(min_row=2)]


class TestUpgrade:
    def test_an_untouched_workbook_comes_out_the_same(self):
        before = build_workbook(MAP, "zh")
        result = rebuilt(before)
        assert (result.content, result.kept, result.own_sheets) == (before, [], [])

    def test_a_formula_that_was_overwritten_is_back(self):
        def spoil(book):
            book["计分板"]["C6"] = 0.99
            book["红旗"]["A5"] = None

        spoilt = edited(spoil)
        assert {"DV301", "DV302"} & {finding.code for finding in read_workbook(spoilt).findings}
        mended = read_workbook(rebuilt(spoilt).content)
        assert mended.findings == read_workbook(build_workbook(MAP, "zh")).findings
        assert mended.map == MAP

    @pytest.mark.parametrize(
        ("sheet", "cell", "value"),
        [
            ("商机", "B8", "一大笔钱"),
            ("商机", "E3", "记得问预算"),
            ("关键人", "AP2", "表头上面的备注"),
            ("组织", "H9", 17),
        ],
        ids=["not a number", "beside the table", "above the table", "far to the right"],
    )
    def test_what_fits_no_field_is_kept_and_said_where_it_stood(self, sheet, cell, value):
        result = rebuilt(edited(lambda book: book[sheet].__setitem__(cell, value)))
        assert [(s, c, v) for s, c, v, _ in result.kept] == [(sheet, cell, value)]
        assert kept_rows(result.content) == [[sheet, cell, value]]

    def test_a_column_of_the_users_own_is_kept_cell_by_cell(self):
        def add(book):
            sheet = book["组织"]
            column = sheet.max_column + 1
            sheet.cell(5, column, "生日")
            sheet.cell(6, column, "三月")

        kept = [value for *_, value, _ in rebuilt(edited(add)).kept]
        assert set(kept) == {"生日", "三月"}

    def test_the_users_own_sheets_come_along(self):
        def add(book):
            sheet = book.create_sheet("Actions")  # the English name of one of ours, in a Chinese workbook
            sheet["A1"], sheet["A2"], sheet["B1"] = "我的计算", 5, "=A2*2"

        result = rebuilt(edited(add))
        assert result.own_sheets == ["Actions"]
        sheet = openpyxl.load_workbook(io.BytesIO(result.content))["Actions"]
        assert (sheet["A1"].value, sheet["A2"].value, sheet["B1"].value) == ("我的计算", 5, "=A2*2")
        assert read_workbook(result.content).map == MAP

    def test_what_people_put_beside_the_tables_is_kept_whatever_it_is(self):
        def add(book):
            deal, board, people = book["商机"], book["计分板"], book["关键人"]
            deal["F7"], deal["F8"], deal["F9"], deal["F10"] = "旁注", "=B8*0.3", True, "#N/A"
            deal["F10"].data_type = "e"
            deal["B8"] = "=40*320000"
            deal["A23"], deal["B23"] = "折扣", 0.3
            board["H4"] = "我的笔记"
            board["C8"] = 0.77
            people["B70"] = "表格下面的人"
            deal["B5"].comment = openpyxl.comments.Comment("要核对", "小王")

        content = edited(add)
        result = upgraded(read_book(content), read_workbook(content), read_beside(content))
        kept = {(one.sheet, one.cell): one.value for one in result.kept}
        assert kept.items() >= {
            ("商机", "F7"): "旁注", ("商机", "F8"): "=B8*0.3", ("商机", "F9"): True, ("商机", "F10"): "#N/A",
            ("商机", "B8"): "=40*320000", ("商机", "A23"): "折扣", ("商机", "B23"): 0.3, ("计分板", "H4"): "我的笔记",
            ("计分板", "C8"): 0.77, ("关键人", "B70"): "表格下面的人", ("商机", "B5"): "要核对",
        }.items()  # fmt: skip
        assert len(kept_rows(result.content)) == len(result.kept)

    def test_pictures_and_charts_of_the_users_own_are_listed(self):
        def add(book):
            chart = openpyxl.chart.BarChart()
            chart.add_data(openpyxl.chart.Reference(book["商机"], min_col=2, min_row=5, max_row=6))
            book.create_sheet("我的图").add_chart(chart, "B2")
            book["组织"].add_chart(openpyxl.chart.BarChart(), "H3")

        content = edited(add)
        result = upgraded(read_book(content), read_workbook(content), read_beside(content))
        assert {(one.sheet, one.cell) for one in result.kept} >= {("我的图", "B2"), ("组织", "H3")}

    def test_our_own_notes_from_a_check_are_none_of_theirs(self):
        def add(book):
            book["商机"]["B5"].comment = openpyxl.comments.Comment("DV201 …", "warmap")

        content = edited(add)
        assert upgraded(read_book(content), read_workbook(content), read_beside(content)).kept == []

    def test_a_sheet_saved_as_values_does_not_list_its_results(self):
        def add(book):
            for row in book["计分板"].iter_rows():
                for cell in row:
                    if isinstance(cell, openpyxl.cell.cell.Cell) and cell.data_type == "f":
                        cell.value = 7

        assert rebuilt(edited(add)).kept == []

    def test_upgrading_twice_changes_nothing_more(self):
        once = rebuilt(edited(lambda book: book["商机"].__setitem__("E3", "备注"))).content
        again = rebuilt(once)
        assert again.kept == []
        assert kept_rows(again.content) == [["商机", "E3", "备注"]]

    def test_the_command(self, tmp_path, capsys):
        path, out = tmp_path / "deal.xlsx", tmp_path / "new.xlsx"
        path.write_bytes(edited(lambda book: book["商机"].__setitem__("E3", "备注")))
        assert main(["upgrade", str(path), "-o", str(out), "--lang", "en"]) == 0
        assert "E3: 备注 (stood outside the template's tables)" in capsys.readouterr().out
        assert main(["upgrade", str(path), "-o", str(out)]) == 2
        assert "--force" in capsys.readouterr().err

    @pytest.mark.parametrize("content", [b"", b"PK", b"hello"], ids=["empty", "cut off", "text"])
    @pytest.mark.parametrize("command", ["upgrade", "repair"])
    def test_what_is_no_workbook_is_one_line(self, command, content, tmp_path, capsys):
        path = tmp_path / "deal.xlsx"
        path.write_bytes(content)
        assert main([command, str(path), "-o", str(tmp_path / "new.xlsx")]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
        assert not (tmp_path / "new.xlsx").exists()


class TestPlainCalls:
    @pytest.mark.parametrize(
        ("stored", "plain", "count"),
        [
            ("WARMAP.HEALTH(wm_deal)", "WARMAP.HEALTH(wm_deal)", 0),
            ("[1]!HEALTH(wm_deal)", "WARMAP.HEALTH(wm_deal)", 1),
            ("_xll.WARMAP.HEALTH(wm_deal)", "WARMAP.HEALTH(wm_deal)", 1),
            ("_xldudf_WARMAP_HEALTH(wm_deal)", "WARMAP.HEALTH(wm_deal)", 1),
            ("warmap.health(wm_deal)", "WARMAP.HEALTH(wm_deal)", 1),
            ("IF(wm_live=1,[1]!TRUST_SCORE(a,b),[1]!HEALTH(a))", "IF(wm_live=1,WARMAP.TRUST_SCORE(a,b),WARMAP.HEALTH(a))", 2),
            ('"[1]!HEALTH("&A1', '"[1]!HEALTH("&A1', 0),
            ("[1]Sheet!A1+HEALTH(1)", "[1]Sheet!A1+HEALTH(1)", 0),
            ("SUM(A1:A9) + 1", "SUM(A1:A9) + 1", 0),
        ],
    )  # fmt: skip
    def test_every_spelling_becomes_the_plain_one(self, stored, plain, count):
        assert plain_calls(stored) == (plain, count)


def with_parts(content, changes, added=()):
    """A workbook with the text of some parts replaced, and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            for before, after in changes.get(item.filename, ()):
                assert before in data
                data = data.replace(before, after)
            new.writestr(item, data)
        for name, data in added:
            new.writestr(name, data)
    return out.getvalue()


LINK = b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
LINKED = {
    "xl/workbook.xml": [(b"<definedNames>", b'<externalReferences><externalReference r:id="rIdX"/></externalReferences><definedNames>')],
    "xl/_rels/workbook.xml.rels": [(b"</Relationships>", b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>')],
    "[Content_Types].xml": [(b"</Types>", b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>')],
}  # fmt: skip


class TestRepair:
    def parts(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return {name: book.read(name) for name in book.namelist()}

    def test_a_workbook_in_the_plain_form_keeps_all_its_parts(self):
        before = build_workbook(MAP, "en")
        result = repaired(before)
        assert (result.calls, result.left_out) == (0, Stripped(0, 0))
        assert self.parts(result.content) == self.parts(before)

    def test_calls_through_a_link_are_made_plain_and_the_link_is_dropped(self):
        clean = build_workbook(MAP, "en")
        sheets = [
            name
            for name, data in self.parts(clean).items()
            if name.startswith("xl/worksheets/sheet") and b"WARMAP" in data
        ]
        calls = {
            name: {m[0] for m in re.finditer(rb"<f[^>]*>[^<]*WARMAP[^<]*", self.parts(clean)[name])} for name in sheets
        }
        through = {name: [(call, call.replace(b"WARMAP.", b"[1]!")) for call in found] for name, found in calls.items()}
        spoilt = with_parts(clean, {**LINKED, **through}, [("xl/externalLinks/externalLink1.xml", LINK)])
        assert b"[1]!" in self.parts(spoilt)[sheets[0]]
        result = repaired(spoilt)
        assert result.calls > 20
        assert result.left_out == Stripped(1, 0)
        assert self.parts(result.content) == self.parts(clean)

    def test_parts_may_be_named_in_any_case(self):
        clean = build_workbook(MAP, "en")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name, data in self.parts(clean).items():
                spoilt = data.replace(b"WARMAP.HEALTH(", b"_xll.WARMAP.HEALTH(")
                new.writestr(name.replace("xl/w", "xl/W") if name.endswith(".xml") else name, spoilt)
        result = repaired(out.getvalue())
        assert result.calls > 0
        assert not any(b"_xll" in data for data in self.parts(result.content).values())

    def test_a_part_that_is_not_utf_8_is_refused(self):
        clean = build_workbook(MAP, "en")
        with pytest.raises(Unreadable) as refused:
            repaired(with_parts(clean, {"xl/worksheets/sheet3.xml": [(b"<sheetData>", b"<sheetData>\xff")]}))
        assert refused.value.facts == {"part": "xl/worksheets/sheet3.xml"}

    def test_a_call_in_a_rule_for_colours_or_entries_is_made_plain_too(self):
        rule = b'<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>_xll.WARMAP.HEALTH()&lt;9</formula></cfRule></conditionalFormatting>'
        clean = with_parts(build_workbook(MAP, "en"), {"xl/worksheets/sheet3.xml": [(b"</sheetData>", b"</sheetData>" + rule.replace(b"_xll.", b""))]})  # fmt: skip
        spoilt = with_parts(clean, {"xl/worksheets/sheet3.xml": [(rule.replace(b"_xll.", b""), rule)]})
        result = repaired(spoilt)
        assert (result.calls, result.left_out) == (1, Stripped(0, 0))
        assert self.parts(result.content) == self.parts(clean)

    def test_a_link_that_a_name_uses_goes_with_the_name(self):
        clean = build_workbook(MAP, "en")
        used = with_parts(clean, {**LINKED, "xl/workbook.xml": [*LINKED["xl/workbook.xml"], (b"</definedNames>", b'<definedName name="mine">[1]Prices!$A$1</definedName></definedNames>')]}, [("xl/externalLinks/externalLink1.xml", LINK)])  # fmt: skip
        result = repaired(used)
        assert result.left_out == Stripped(1, 1)
        assert self.parts(result.content) == self.parts(clean)

    def test_the_command(self, tmp_path, capsys):
        path, out = tmp_path / "deal.xlsx", tmp_path / "new.xlsx"
        path.write_bytes(build_workbook(MAP, "en"))
        assert main(["repair", str(path), "-o", str(out), "--lang", "en"]) == 0
        assert "0 function calls rewritten" in capsys.readouterr().out
        assert read_workbook(out.read_bytes()).map == MAP
        assert main(["repair", str(tmp_path / "nowhere.xlsx"), "-o", str(out)]) == 2

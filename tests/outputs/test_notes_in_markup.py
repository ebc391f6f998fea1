"""Where notes go in the markup, which files get no copy, and what other programs make of the copies."""

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from annotated import (
    HEAD,
    OLD_DRAWING,
    RELATIONS,
    annotate,
    failed,
    finding,
    parts_of,
    small,
    template,
    with_notes,
    worksheet,
    zipped,
)
from hypothesis import given
from hypothesis import strategies as st

from warmap.text import LANGUAGES
from warmap_workbook.editing.note_boxes import AFTER
from warmap_workbook.editing.package_edit import elements
from warmap_workbook.ooxml import Unreadable


class TestWhereTheDrawingGoes:
    ORDERED = (
        "sheetProtection", "mergeCells", "pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawingHF",
        "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    )  # fmt: skip

    @given(st.sets(st.sampled_from(ORDERED)), st.booleans())
    def test_after_what_comes_before_it_and_before_what_comes_after(self, names, is_wrapped):
        from warmap_workbook.editing.note_boxes import SheetMarkup
        from warmap_workbook.editing.package_edit import edited

        def markup(name):
            whole = f"<{name}/>" if name != "extLst" else "<extLst><ext/></extLst>"
            wrapped = is_wrapped and name in {"controls", "oleObjects"}
            return (
                f'<mc:AlternateContent xmlns:mc="m"><mc:Choice>{whole}</mc:Choice></mc:AlternateContent>'
                if wrapped
                else whole
            )

        after = "".join(markup(name) for name in self.ORDERED if name in names)
        data = worksheet(after=after).encode()
        sheet = SheetMarkup(data, "s")
        told = [
            one.name
            for one in elements(edited(data, [sheet.with_drawing("x")]), "s", AFTER)
            if len(one.parents) in {1, 3}
        ]
        place = told.index("legacyDrawing")
        before = [name for name in told[:place] if name in AFTER]
        assert before == []
        assert not set(told[place:]) & {"sheetData", "pageSetup", "headerFooter", "drawing", "mergeCells"}

    @pytest.mark.parametrize("prefix", ["", "x"])
    def test_with_the_prefix_of_the_sheet(self, tmp_path, prefix):
        data = small(worksheet(prefix=prefix))
        sheet = parts_of(annotate(data, failed(finding()), tmp_path / "out")[0])["xl/worksheets/sheet1.xml"].decode()
        colon = ":" if prefix else ""
        assert (
            f'<{prefix}{colon}legacyDrawing xmlns:r="{RELATIONS}" r:id="warmap2"/></{prefix}{colon}worksheet>' in sheet
        )


class TestFilesThatGetNoCopy:
    def test_passed_documents_and_unreadable_ones_are_left_out_and_said(self, tmp_path):
        for result in (
            {**failed(finding()), "passed": True},
            failed(finding(), file="a.yaml"),
            failed(finding(), language=None),
        ):
            copy, remarks = annotate(template(), result, tmp_path / "out", force=True)
            assert copy is None
            assert ("a.yaml" in remarks[-1].en or "a.xlsx" in remarks[-1].en) == (not result["passed"])

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"PK\x03\x04 no",
            b"x" * (21 * 1024 * 1024),
            zipped({"[Content_Types].xml": "<Types/>"}),
            small("<worksheet/>"),
            small("<not closed"),
            small(worksheet().replace(HEAD, '<!DOCTYPE x [<!ENTITY a "b">]>')),
            small(
                worksheet().replace(
                    "schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml"
                )
            ),
            with_notes(comments="<comment ref='nowhere'/>"),
            with_notes(more={"xl/comments9.xml": "<no/>"}),
            with_notes(more={"xl/comments9.xml": '<!DOCTYPE c [<!ENTITY a "b">]><comments/>'}),
            with_notes(drawing="<xml>no end"),
            with_notes(after='<legacyDrawing r:id="rId99"/>'),
        ],
        ids=range(13),
    )
    def test_a_broken_or_hostile_file_is_said_and_nothing_is_left_behind(self, tmp_path, data):
        copy, remarks = annotate(data, failed(finding()), tmp_path / "out")
        assert copy is None
        assert list((tmp_path / "out").iterdir()) == []
        assert "a.xlsx" in remarks[-1].zh

    def test_a_part_that_nobody_reads_is_copied_without_being_inflated(self, tmp_path):
        data = small(worksheet(), more={"xl/media/x.bin": bytes(40 * 1024 * 1024)})
        copy, _ = annotate(data, failed(finding()), tmp_path / "out")
        assert copy is not None
        assert len(copy) < 2 * len(data)
        with zipfile.ZipFile(io.BytesIO(copy)) as book:
            assert book.testzip() is None
            assert book.getinfo("xl/media/x.bin").file_size == 40 * 1024 * 1024

    def test_a_drawing_that_inflates_a_hundredfold_does_not_cost_the_copy(self, tmp_path):
        data = small(worksheet(), more={"xl/drawings/vmlDrawing9.vml": b"<xml>" + b" " * 9_000_000 + b"</xml>"})
        assert annotate(data, failed(finding()), tmp_path / "out")[0] is not None

    def test_a_bomb_among_the_parts_it_edits_is_refused(self, tmp_path):
        data = small(worksheet().replace("<sheetData>", "<sheetData>" + " " * 9_000_000))
        assert annotate(data, failed(finding()), tmp_path / "out")[0] is None

    def test_a_file_that_is_gone_is_said(self, tmp_path):
        from warmap_app.outputs import order_for, write

        order = order_for("notes", out=tmp_path / "out", lang="zh")
        done = write(order, [failed(finding(), file=str(tmp_path / "gone.xlsx"))])
        assert "gone.xlsx" in done.remarks[-1].zh


class TestPlacesInMarkup:
    @pytest.mark.parametrize(
        ("data", "pieces"),
        [
            (b"<a><b/></a>", {"b": b"<b/>"}),
            (b"<a><b></b></a>", {"b": b"<b></b>"}),
            (b"<a><b>/></b></a>", {"b": b"<b>/></b>"}),
            (b"<a><b x='/>' y=\">\" /></a>", {"b": b"<b x='/>' y=\">\" />"}),
            (b"\xef\xbb\xbf<?xml version='1.0'?><!-- <b/> --><a>\xe5\x9d\x8f<p:b xmlns:p='p'>\xe5</p:b ></a>".replace(b"\xe5<", b"x<"),
             {"b": b"<p:b xmlns:p='p'>x</p:b >"}),
            (b"<a><![CDATA[<b/>]]><b><![CDATA[</b>]]></b></a>", {"b": b"<b><![CDATA[</b>]]></b>"}),
        ],
    )  # fmt: skip
    def test_an_element_begins_and_ends_where_its_bytes_do(self, data, pieces):
        found = {one.name: data[one.start : one.end] for one in elements(data, "p", {"b"})}
        assert {name: found[name] for name in pieces} == pieces

    @given(st.binary(max_size=200))
    def test_any_bytes_are_elements_or_unreadable(self, data):
        try:
            found = elements(data, "p", ())
        except Unreadable as refused:
            found = refused
        assert found.facts["part"] == "p" if isinstance(found, Unreadable) else found[0].start >= 0


class TestOtherPrograms:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_microsofts_validator_finds_nothing(self, validator, tmp_path, lang):
        data = template(lang)
        tabs = [name for name in openpyxl.load_workbook(io.BytesIO(data), read_only=True).sheetnames if name[0] != "_"]
        annotate(data, failed(*(finding(tab, cell) for tab in tabs for cell in ("A1", "C7"))), tmp_path / "out", lang)
        assert validator(tmp_path / "out" / "a.xlsx") == []

    def test_nor_where_notes_were_put_in_among_others(self, validator, tmp_path):
        first, _ = annotate(template(), failed(finding("商机", "B3")), tmp_path / "1")
        parts = parts_of(first)
        parts = {name: part.replace(b"<author>warmap<", "<author>张总<".encode()) for name, part in parts.items()}
        result = failed(finding("商机", "B3"), finding("商机", "C4"), finding("关键人", "C4"))
        annotate(zipped(parts), result, tmp_path / "2")
        assert validator(tmp_path / "2" / "a.xlsx") == []

    @pytest.mark.office
    def test_libreoffice_reads_ours_and_theirs(self, tmp_path):
        data = with_notes(drawing=OLD_DRAWING.replace("<br>", "<br/>"))
        annotate(data, failed(finding(cell="B1"), finding(cell="D4")), tmp_path / "out")
        office = shutil.which("soffice")
        assert office, "LibreOffice is not installed: tools/install-office.sh"
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        run = [office, profile, "--headless", "--convert-to", "fods", "--outdir", tmp_path, tmp_path / "out" / "a.xlsx"]
        subprocess.run(run, capture_output=True, check=True, timeout=120)
        text = (tmp_path / "a.fods").read_text("utf-8")
        assert text.count("<office:annotation ") == 2
        assert "他人的批注" in text
        assert text.count("不在列表中") == 2

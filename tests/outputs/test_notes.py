"""Copies with notes: everything but the notes is byte for byte what the rep handed in."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from annotated import (
    OLD_DRAWING,
    annotate,
    checked,
    failed,
    finding,
    notes_in,
    parts_of,
    small,
    template,
    with_notes,
    worksheet,
    zipped,
)

from warmap.text import LANGUAGES


class TestEverythingElseStays:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_all_parts_but_those_a_note_needs_are_the_same_bytes_in_the_same_order(self, tmp_path, lang):
        before, data = parts_of(template(lang)), template(lang)
        copy, _ = annotate(data, checked(data), tmp_path / "out", lang)
        after = parts_of(copy)
        changed = {name for name in before if before[name] != after[name]}
        sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
        relations = {f"xl/worksheets/_rels/{Path(name).name}.rels" for name in sheets}
        assert sheets
        assert changed <= {"[Content_Types].xml"} | sheets | relations
        assert list(after)[: len(before)] == list(before)
        assert {re.sub(r"\d+", "", name) for name in set(after) - set(before) - relations} == {
            "xl/comments.xml", "xl/drawings/vmlDrawing.vml",
        }  # fmt: skip

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_what_is_put_in_is_all_that_changed_in_a_sheet(self, tmp_path, lang):
        before, data = parts_of(template(lang)), template(lang)
        after = parts_of(annotate(data, checked(data), tmp_path / "out", lang)[0])
        for name in before:
            if before[name] != after[name] and name.startswith("xl/worksheets/sheet"):
                without = re.sub(rb'<legacyDrawing xmlns:r="[^"]*" r:id="warmap\d+"/>', b"", after[name])
                assert without == before[name]

    def test_charts_macros_and_parts_nobody_knows_are_copied(self, tmp_path):
        strange = {
            "xl/vbaProject.bin": b"\x00\xd0\xcf macro",
            "customXml/item1.xml": b"<own/>",
            "odd/\xe4.dat": b"x" * 5000,
        }
        data = zipped({**parts_of(template()), **strange})
        after = parts_of(annotate(data, failed(finding("商机", "B13"), file="a.xlsm"), tmp_path / "out")[0])
        assert {name: after[name] for name in strange} == strange

    def test_the_copy_is_checked_like_the_original(self, tmp_path):
        data = template()
        copy, _ = annotate(data, checked(data), tmp_path / "out")
        assert checked(copy)["findings"] == checked(data)["findings"]

    def test_it_keeps_its_name_and_is_a_workbook_without_macros(self, tmp_path):
        for name in ("a.xlsx", "dir/b c.XLSM", "archive.zip/a.xlsx"):
            annotate(template(), failed(finding(), file=name), tmp_path / "out" / str(len(name)))
        assert sorted(path.name for path in (tmp_path / "out").rglob("*.*")) == ["a.xlsx", "a.xlsx", "b c.xlsx"]


class TestTheNotes:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_note_says_what_is_wrong_and_how_to_mend_it(self, tmp_path, lang):
        data = template(lang)
        result = checked(data, lang=lang)
        notes = notes_in(annotate(data, result, tmp_path / "out", lang)[0])
        wrong = next(one for one in result["findings"] if one["code"] == "DV201")
        words, author = notes[wrong["sheet"], wrong["cell"]]
        assert words == f"{ {'zh': '■ 重要', 'en': '■ Major'}[lang] } DV201\n{wrong['message']}\n→ {wrong['hint']}"
        assert author == "warmap"

    def test_it_is_in_the_language_of_the_file(self, tmp_path):
        data = template("zh")
        notes = notes_in(annotate(data, checked(data, lang="en"), tmp_path / "out", "en")[0])
        assert any("重要" in words and "必填" in words for words, _ in notes.values())

    def test_several_findings_of_a_cell_are_one_note_the_heaviest_first(self, tmp_path):
        result = failed(finding(severity="minor", message="小"), finding(message="大"), finding(message="大二"))
        ((_, (words, _)),) = notes_in(annotate(small(worksheet()), result, tmp_path / "out")[0]).items()
        assert [line for line in words.split("\n") if line in {"小", "大", "大二"}] == ["大", "大二", "小"]

    @pytest.mark.parametrize(
        ("sheet", "cell", "place"),
        [
            ("S", "B2", ("S", "B2")),
            ("s", "$b$2", ("S", "B2")),
            ("S", "B2:C9", ("S", "B2")),
            ("S", "", ("S", "A1")),
            ("S", "somewhere", ("S", "A1")),
            ("", "", ("S", "A1")),
            ("gone", "B2", ("S", "A1")),
        ],
    )
    def test_a_finding_without_a_cell_goes_to_a1(self, tmp_path, sheet, cell, place):
        notes = notes_in(annotate(small(worksheet()), failed(finding(sheet, cell)), tmp_path / "out")[0])
        assert list(notes) == [place]

    def test_the_first_sheet_in_sight_takes_what_belongs_to_none(self, tmp_path):
        data = template()
        first = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].title
        assert list(notes_in(annotate(data, failed(finding("", "")), tmp_path / "out")[0])) == [(first, "A1")]

    def test_of_merged_cells_the_first_bears_it(self, tmp_path):
        data = small(worksheet(after='<mergeCells count="1"><mergeCell ref="B2:D4"/></mergeCells>'))
        assert list(notes_in(annotate(data, failed(finding(cell="C3")), tmp_path / "out")[0])) == [("S", "B2")]

    def test_a_note_is_no_longer_than_a_cell_may_be(self, tmp_path):
        result = failed(*(finding(message="长" * 2000) for _ in range(30)))
        ((words, _),) = notes_in(annotate(small(worksheet()), result, tmp_path / "out")[0]).values()
        assert len(words) == 32_767
        assert words.endswith("…")

    @pytest.mark.parametrize(
        ("message", "words"),
        [
            ("<b>&amp;]]>", "<b>&amp;]]>"),
            ("a\x00\x07\ud800\u202eb", "ab"),
            ("=1+1", "=1+1"),
            ("_x000D_", "_x005F_x000D_"),
        ],
    )
    def test_hostile_text_is_text(self, tmp_path, message, words):
        ((told, _),) = notes_in(
            annotate(small(worksheet()), failed(finding(message=message)), tmp_path / "out")[0]
        ).values()
        assert told.split("\n")[1] == words


class TestNotesOfOthers:
    def test_they_stay_beside_ours(self, tmp_path):
        notes = notes_in(annotate(with_notes(), failed(finding(cell="B2")), tmp_path / "out")[0])
        assert notes["S", "B1"] == ("他人的批注", "张总")
        assert notes["S", "B2"][1] == "warmap"

    def test_in_the_same_cell_ours_stands_below_theirs(self, tmp_path):
        copy, _ = annotate(with_notes(), failed(finding(cell="B1")), tmp_path / "out")
        ((words, author),) = notes_in(copy).values()
        assert words.startswith("他人的批注\n— warmap —\n■ 重要 DV202\n")
        assert author == "张总"
        assert "<r><t>他人的批注</t></r>" in parts_of(copy)["xl/comments9.xml"].decode()

    def test_their_drawing_stays_byte_for_byte_and_takes_ours(self, tmp_path):
        after = parts_of(annotate(with_notes(), failed(finding()), tmp_path / "out")[0])
        drawing = after["xl/drawings/v.vml"].decode()
        assert drawing.startswith(OLD_DRAWING.removesuffix("</xml>"))
        assert 'id="_x0000_s7170"' in drawing
        assert "<x:Row>1</x:Row><x:Column>1</x:Column>" in drawing

    def test_a_drawing_of_controls_alone_takes_the_boxes_too(self, tmp_path):
        data = with_notes(relations=(("rId2", "vmlDrawing", "../drawings/v.vml"),))
        after = parts_of(annotate(data, failed(finding()), tmp_path / "out")[0])
        assert b'id="_x0000_s7170"' in after["xl/drawings/v.vml"]
        assert "xl/comments1.xml" in after

    def test_notes_without_a_drawing_get_one(self, tmp_path):
        data = with_notes(after="", relations=(("rId1", "comments", "../comments9.xml"),))
        after = parts_of(annotate(data, failed(finding()), tmp_path / "out")[0])
        assert after["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 2

    def test_a_thread_stays_a_thread_and_ours_goes_beside_it(self, tmp_path):
        threads = (
            '<ThreadedComments xmlns="x"><threadedComment ref="B2"/><threadedComment ref="A1"/></ThreadedComments>'
        )
        related = (("rId1", "threadedComment", "../threadedComments/t.xml"),)
        data = small(worksheet(), more={"xl/threadedComments/t.xml": threads}, relations=related)
        copy, _ = annotate(data, failed(finding(cell="B2")), tmp_path / "out")
        assert list(notes_in(copy)) == [("S", "B1")]
        assert parts_of(copy)["xl/threadedComments/t.xml"].decode() == threads

    def test_a_note_of_ours_from_an_earlier_check_is_written_anew(self, tmp_path):
        first, _ = annotate(with_notes(), failed(finding(), finding(cell="C3"), finding(cell="B1")), tmp_path / "1")
        second, _ = annotate(
            first, failed(finding(message="新的"), finding(cell="B1", message="再一次")), tmp_path / "2"
        )
        notes = notes_in(second)
        assert notes["S", "B2"][0].split("\n")[1] == "新的"
        assert notes["S", "C3"] == ("这里已没有要改的。", "warmap")
        assert notes["S", "B1"][0].count("— warmap —") == 1
        assert "再一次" in notes["S", "B1"][0]
        assert parts_of(second)["xl/comments9.xml"].count(b"<author>") == 2

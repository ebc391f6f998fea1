"""Whatever the bytes, `read_book` gives a Book or raises Unreadable: nothing else comes out of it."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from workbook_parts import parts, relations, strings, styles, types, worksheet, zipped

from warmap_workbook.ooxml import Book, Reason, Unreadable, read_book

CELLS = (
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45296</v></c><c r="C1" t="b"><v>1</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B1+$C$1</f><v>2</v></c><c r="B2" t="e"><v>#N/A</v></c></row>'
    '<row r="3"><c r="A3"><f t="shared" si="0"/><v>3</v></c><c r="B3" t="str"><f>IF(A1="x",1,2)</f><v>a &amp; b</v></c></row>'
)
INLINE = '<row><c t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c><c t="d"><v>2024-01-05</v></c></row>'
PARTS = parts(
    worksheet(CELLS),
    worksheet(INLINE),
    shared=strings("<t>商机_x000D_</t>", "<r><t>a</t></r>"),
    formats=styles("0", "yyyy-mm-dd"),
    tail="<definedNames><definedName name='a' localSheetId='0'>S1!$A$1</definedName></definedNames>",
)
DEFLATED = zipped(PARTS)
STORED = zipped(PARTS, method=zipfile.ZIP_STORED)

SCRAPS = st.sampled_from(
    [
        b"<",
        b">",
        b"/",
        b'"',
        b"=",
        b"&",
        b"\x00",
        b"\xff",
        b"0",
        b"99999999999",
        b"-1",
        b"<!--",
        b"]]>",
        b"<c",
        b"</row>",
        b"<v>",
        b"NaN",
        b"_xD800_",
        b" ",
    ]
)
MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(data: bytes) -> Book | Reason:
    try:
        return read_book(data)
    except Unreadable as refused:
        refusal = refused
    assert isinstance(refusal.reason, Reason)
    assert all(isinstance(fact, str | int) for fact in refusal.facts.values())
    return refusal.reason


def test_the_book_itself_is_read():
    book = read_book(DEFLATED)
    assert book == read_book(STORED)
    assert (book.cell_count, book.formula_count) == (9, 3)


@pytest.mark.parametrize("whole", [DEFLATED, STORED])
def test_a_file_cut_off_anywhere_is_refused(whole):
    # The last bytes of a zip file are the length of its comment.
    assert {outcome(whole[:length]) for length in range(8, len(whole))} == {Reason.truncated}


@MANY
@given(st.sampled_from([DEFLATED, STORED]), st.data())
def test_changed_bytes(whole, data):
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    outcome(bytes(changed))


@MANY
@given(st.sampled_from([DEFLATED, STORED]), st.data())
def test_a_piece_cut_out_or_put_in(whole, data):
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    outcome(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])


@MANY
@given(st.binary(max_size=300))
def test_any_bytes_at_all(data):
    assert isinstance(outcome(data), Reason)


@MANY
@given(st.binary(max_size=60))
def test_any_bytes_behind_the_start_of_a_zip(data):
    assert isinstance(outcome(b"PK\x03\x04" + data + b"PK\x05\x06" + data), Reason)


@MANY
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_changed_markup_in_a_sound_package(name, data):
    whole = PARTS[name]
    content = whole.encode() if isinstance(whole, str) else whole
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 6)))
        content = content[:start] + data.draw(SCRAPS) + content[end:]
    outcome(zipped(PARTS | {name: content}))


@MANY
@example('" s="')  # a reference without the row's number
@given(st.text("<>/=\"' abcrstv019:;&#x", max_size=60))
def test_any_markup_between_the_rows(text):
    outcome(zipped(PARTS | {"xl/worksheets/sheet1.xml": worksheet(CELLS[:30] + text + CELLS[30:])}))


@given(
    st.lists(
        st.sampled_from(["rId1", "worksheet", "..", "/", "%00", "xl/workbook.xml", "#", "?"]), min_size=3, max_size=3
    )
)
def test_any_relations(words):
    assume(" " not in "".join(words))
    outcome(zipped(PARTS | {"xl/_rels/workbook.xml.rels": relations(" ".join(words)), "[Content_Types].xml": types()}))

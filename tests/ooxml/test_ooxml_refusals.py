"""Every reason for which a file is refused, and the files that kill other readers."""

from __future__ import annotations

import io
import pickle
import struct
import warnings
import zipfile
from typing import ClassVar

import pytest
from workbook_parts import MAIN, TYPES, book_of, parts, relations, strings, types, worksheet, zipped

from warmap_workbook.ooxml import Limits, Reason, Unreadable, read_book

ONE = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(source: bytes | dict[str, str | bytes], limits: Limits | None = None) -> Unreadable:
    data = source if isinstance(source, bytes) else zipped(source)
    with pytest.raises(Unreadable) as caught:
        read_book(data, limits or Limits())
    return caught.value


def with_part(name: str, content: str | bytes) -> dict[str, str | bytes]:
    return parts(ONE) | {name: content}


def ods() -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})


def xlsb() -> bytes:
    content = with_part("xl/workbook.bin", b"\x83\x01")
    content["_rels/.rels"] = relations("rId1 officeDocument xl/workbook.bin")
    return zipped(content)


def docx() -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": relations("rId1 officeDocument word/document.xml"),
            "word/document.xml": "<document/>",
        }
    )


class TestOtherFiles:
    """A file that is something else is told by its first bytes, whatever its name says."""

    FILES: ClassVar[dict[str, tuple[bytes, Reason]]] = {
        "nothing": (b"", Reason.empty_file),
        "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), Reason.encrypted),
        "Excel 97": (OLE + "Workbook\0".encode("utf-16-le"), Reason.legacy_xls),
        "Excel 5": (OLE + "Book\0".encode("utf-16-le"), Reason.legacy_xls),
        "Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00", Reason.legacy_xls),
        "Word 97": (OLE + "WordDocument".encode("utf-16-le"), Reason.not_a_workbook),
        "xlsb": (xlsb(), Reason.xlsb),
        "ods": (ods(), Reason.ods),
        "docx": (docx(), Reason.not_a_workbook),
        "a zip of photographs": (zipped({"a.jpg": b"\xff\xd8"}), Reason.not_a_workbook),
        "html": (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", Reason.html),
        "html table": (b"<table><tr><td>1</td></tr></table>", Reason.html),
        "xhtml": (b'<?xml version="1.0"?><html xmlns="x">', Reason.html),
        "mhtml": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Reason.html),
        "Excel 2003 XML": (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            Reason.xml_spreadsheet_2003,
        ),
        "csv": (b"name,role\r\nAnn,champion\r\n", Reason.csv_or_text),
        "csv from a Chinese Windows": ("姓名,角色\r\n".encode("gb18030"), Reason.csv_or_text),
        "csv in UTF-16": ("姓名\t角色\r\n".encode("utf-16"), Reason.csv_or_text),
        "pdf": (b"%PDF-1.7\n", Reason.not_a_workbook),
        "other xml": (b"<svg/>", Reason.not_a_workbook),
        "png": (b"\x89PNG\r\n\x1a\n\x00\x00", Reason.not_a_workbook),
        "zeros after a crash": (bytes(2000), Reason.corrupt),
        "two letters": (b"PK", Reason.truncated),
        "half a download": (zipped(parts(ONE))[:700], Reason.truncated),
        "a workbook behind other bytes": (b"MZ" + bytes(5000) + zipped(parts(ONE)), Reason.bytes_in_front),
        "rights managed .xls": (OLE + "\tDRMContent".encode("utf-16-le"), Reason.encrypted),
        "an empty zip": (b"PK\x05\x06" + bytes(18), Reason.not_a_workbook),
    }

    KINDS: ClassVar[dict[str, tuple[bytes, str]]] = {
        "pdf": (b"%PDF-1.7\n", "pdf"),
        "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        "gzip": (b"\x1f\x8b\x08\x00" + bytes(20), "archive"),
        "zip": (zipped({"a.jpg": b"\xff\xd8"}), "archive"),
        "Numbers": (zipped({"Index/Document.iwa": b"\x00"}), "numbers"),
        "docx": (docx(), "text_document"),
        "doc": (OLE + "WordDocument".encode("utf-16-le"), "text_document"),
        "ppt": (OLE + "PowerPoint Document".encode("utf-16-le"), "presentation"),
    }

    @pytest.mark.parametrize("name", KINDS)
    def test_what_is_no_workbook_is_said_to_be_what_it_is(self, name):
        data, kind = self.KINDS[name]
        told = refusal(data)
        assert (told.reason, told.facts["kind"]) == (Reason.not_a_workbook, kind)

    @pytest.mark.parametrize("name", FILES)
    def test_each_gets_its_own_reason(self, name):
        data, reason = self.FILES[name]
        assert refusal(data).reason is reason

    def test_facts_travel_between_processes(self):
        told = pickle.loads(pickle.dumps(refusal(parts(ONE), Limits(file_bytes=10))))
        assert told.reason is Reason.too_large
        assert told.facts["limit"] == 10
        assert str(told).startswith("too_large (limit=10, found=")


class TestContainer:
    """A directory that no writer of workbooks makes is refused before anything is inflated."""

    def test_size_of_the_file(self, tmp_path):
        file = tmp_path / "a.xlsx"
        file.write_bytes(bytes(2_000))
        with pytest.raises(Unreadable) as caught:
            read_book(file, Limits(file_bytes=1_000))
        assert (caught.value.reason, caught.value.facts) == (Reason.too_large, {"limit": 1_000, "found": 2_000})

    def test_number_of_parts(self):
        content = parts(ONE) | {f"x/{n}": b"" for n in range(2_000)}
        assert refusal(content).reason is Reason.too_many_parts

    def test_size_of_all_parts_that_are_read(self):
        large = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 99_000)
        told = refusal(parts(large), Limits(inflated_bytes=90_000, ratio=10_000))
        assert told.reason is Reason.inflates_too_much
        assert told.facts["limit"] == 90_000

    def test_ratio_of_one_part(self):
        told = refusal(parts(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 10_000_000)))
        assert told.reason is Reason.inflates_too_much
        assert (told.facts["part"], told.facts["limit_ratio"]) == ("xl/worksheets/sheet1.xml", 100)

    def test_one_part_read_for_many_sheets_counts_each_time(self):
        content = parts(*[ONE] * 20)
        targets = [f"rId{n} worksheet worksheets/sheet1.xml" for n in range(1, 21)]
        content["xl/_rels/workbook.xml.rels"] = relations(*targets)
        content = {name: text for name, text in content.items() if "sheets/sheet" not in name or "sheet1.xml" in name}
        content["xl/worksheets/sheet1.xml"] = worksheet("<row/>" * 2_000)
        assert refusal(content, Limits(inflated_bytes=100_000)).reason is Reason.inflates_too_much

    def test_two_parts_of_one_name(self):
        buffer = io.BytesIO(zipped(parts(ONE)))
        with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
            warnings.simplefilter("ignore")
            archive.writestr("XL/Workbook.xml", "<x/>")
        told = refusal(buffer.getvalue())
        assert (told.reason, told.facts) == (Reason.duplicate_part, {"part": "XL/Workbook.xml"})

    @pytest.mark.parametrize(
        "name", ["../evil.xml", "xl/../../evil.xml", "/xl/x.xml", "C:/x.xml", "a\x07b", "..\\evil.xml"]
    )
    def test_names_that_lead_astray(self, name):
        assert refusal(with_part(name, b"")).reason is Reason.bad_part_name

    def test_names_that_are_not_utf_8(self):
        data = zipped(with_part("xl/abc.xml", b"")).replace(b"xl/abc.xml", b"xl/\xff\xfec.xml")
        assert refusal(data).reason is Reason.bad_part_name

    def test_other_compressions(self):
        told = refusal(zipped(parts(ONE), method=zipfile.ZIP_BZIP2))
        assert (told.reason, told.facts["found"]) == (Reason.unsupported_compression, 12)

    def test_stored_parts_are_read(self):
        assert read_book(zipped(parts(ONE), method=zipfile.ZIP_STORED)).cell_count == 1

    def test_a_part_locked_with_a_password(self):
        data = bytearray(zipped(parts(ONE)))
        data[data.index(b"PK\x01\x02") + 8] |= 1
        assert refusal(bytes(data)).reason is Reason.encrypted

    @pytest.mark.parametrize("size", [10, 100_000])
    def test_sizes_that_lie(self, size):
        data = bytearray(zipped(parts(ONE)))
        entry = data.rindex(b"PK\x01\x02", 0, data.index(b"xl/worksheets/sheet1.xml", data.index(b"PK\x01\x02")))
        struct.pack_into("<L", data, entry + 24, size)
        assert refusal(bytes(data)).reason is Reason.corrupt

    def test_a_part_that_was_damaged(self):
        data = bytearray(zipped(parts(ONE), method=zipfile.ZIP_STORED))
        data[data.index(b"<v>1</v>") + 3] = ord("2")
        assert refusal(bytes(data)).facts == {"part": "xl/worksheets/sheet1.xml"}

    def test_two_parts_in_the_same_bytes(self):
        content = parts(ONE, ONE)
        data = bytearray(zipped(content))
        first, second = (data.rindex(f"xl/worksheets/sheet{n}.xml".encode()) - 46 for n in (1, 2))
        data[second + 42 : second + 46] = data[first + 42 : first + 46]
        local = struct.unpack_from("<L", data, first + 42)[0]
        data[second + 46 : second + 70] = data[local + 30 : local + 54]
        assert refusal(bytes(data)).reason is Reason.duplicate_part
        data[second + 46 : second + 70] = b"xl/worksheets/sheet2.xml"
        data[second + 42 : second + 46] = struct.pack("<L", struct.unpack_from("<L", data, second + 42)[0] + 1)
        assert refusal(bytes(data)).reason is Reason.corrupt

    def test_a_directory_within_a_part_is_an_overlap(self):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_STORED) as archive:
            for name, text in parts(ONE).items():
                archive.writestr(name, text)
        data = bytearray(inner.getvalue())
        entry = data.index(b"PK\x01\x02")
        local = struct.unpack_from("<L", data, entry + 42)[0]
        for place in (entry + 20, entry + 24):
            struct.pack_into("<L", data, place, 5_000)
        assert local == 0
        assert refusal(bytes(data)).reason is Reason.overlapping_parts

    def test_zip64_records_of_streaming_writers_are_read(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts(ONE).items():
                with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                    part.write(str(text).encode())
        assert read_book(buffer.getvalue()).cell_count == 1

    def test_two_sheets_of_one_name(self):
        content = parts(ONE, ONE)
        content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace('name="S2"', 'name="s1"')
        assert refusal(content).facts == {"sheet": "s1"}
        assert refusal(content).reason is Reason.duplicate_sheet


class TestMarkup:
    """XML that would cost the parser more than a workbook may."""

    @pytest.mark.parametrize(
        "prolog",
        [
            "<!DOCTYPE worksheet>",
            '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
            '<!-- <a> --><!DOCTYPE worksheet SYSTEM "file:///etc/passwd">',
        ],
    )
    def test_any_doctype_is_refused(self, prolog):
        told = refusal(with_part("xl/worksheets/sheet1.xml", prolog + ONE))
        assert (told.reason, told.facts) == (Reason.doctype, {"part": "xl/worksheets/sheet1.xml"})

    def test_the_word_in_a_text_is_no_doctype(self):
        shared = strings("<t><![CDATA[<!DOCTYPE html>]]></t>")
        cells = worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
        assert book_of(parts(cells, shared=shared)).sheets[0].rows == {1: {1: "<!DOCTYPE html>"}}

    @pytest.mark.parametrize(
        "encoded",
        [
            ONE.encode("utf-16"),
            ONE.encode("utf-16-le"),
            b'<?xml version="1.0" encoding="cp037"?>' + ONE.encode(),
            b"<?xml version='1.0' encoding='UTF-7'?><x/>",
        ],
    )
    def test_other_encodings_than_utf_8(self, encoded):
        assert refusal(with_part("xl/worksheets/sheet1.xml", encoded)).reason is Reason.unsupported_encoding

    @pytest.mark.parametrize(
        "broken", ["", "<worksheet", "<a></b>", "<a>&undefined;</a>", b"<a>\xff</a>", "<a>\x01</a>", ONE + "x"]
    )
    def test_markup_that_is_not_well_formed(self, broken):
        told = refusal(with_part("xl/worksheets/sheet1.xml", broken))
        assert told.reason is Reason.corrupt
        assert told.facts["part"] == "xl/worksheets/sheet1.xml"

    @pytest.mark.parametrize("inside", ["&undefined;", "\x01", "<x>", "&#0;"])
    def test_broken_markup_in_an_otherwise_plain_table(self, inside):
        for cell in (f"<c r='A1'><v>{inside}</v></c>", f'<c r="A1" t="str"><f>{inside}</f><v>{inside}</v></c>'):
            assert (
                refusal(with_part("xl/worksheets/sheet1.xml", worksheet(f'<row r="1">{cell}</row>'))).reason
                is Reason.corrupt
            )

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
    def test_too_many_elements(self, part):
        content = parts(worksheet("<row/>" * 500), shared=strings(*[""] * 500))
        content["xl/worksheets/sheet1.xml" if part == "xl/sharedStrings.xml" else "xl/sharedStrings.xml"] = (
            ONE if part == "xl/sharedStrings.xml" else strings()
        )
        told = refusal(content, Limits(markup_per_part=400))
        assert (told.reason, told.facts["part"]) == (Reason.too_much_markup, part)

    def test_too_many_attributes(self):
        attributes = " ".join(f'a{n}=""' for n in range(500))
        told = refusal(
            with_part("xl/worksheets/sheet1.xml", worksheet(f"<row {attributes}/>")), Limits(markup_per_part=400)
        )
        assert told.reason is Reason.too_much_markup

    @pytest.mark.parametrize("declared", ['xmlns:n="{}"', "xmlns:n = '{}'", "xmlns:" + "p" * 300 + '="{}"'])
    def test_namespaces_that_multiply(self, declared):
        sheet = ONE.replace("<sheetData>", f"<extra {declared.format('n' * 5_000)}/><sheetData>")
        assert refusal(with_part("xl/worksheets/sheet1.xml", sheet)).facts["problem"] == "namespace"

    def test_a_string_longer_than_a_cell(self):
        told = refusal(parts(ONE, shared=strings("<t>" + "x" * 40_000 + "</t>")))
        assert (told.reason, told.facts["found"]) == (Reason.text_too_long, 40_000)

    def test_deep_nesting_is_read_or_refused(self):
        deep = f'<worksheet xmlns="{MAIN}">' + "<a>" * 200_000 + "</a>" * 200_000 + "<sheetData/></worksheet>"
        told = refusal(with_part("xl/worksheets/sheet1.xml", deep), Limits(ratio=10_000, markup_per_part=100_000))
        assert told.reason is Reason.too_much_markup
        assert book_of(with_part("xl/worksheets/sheet1.xml", deep), limits=Limits(ratio=10_000)).cell_count == 0

    def test_the_far_corner_that_kills_other_readers(self):
        corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        sheet = book_of(parts(worksheet(corner))).sheets[0]
        assert (sheet.rows, sheet.far.first) == ({1: {1: 1.0}}, (1048576, 16384, "1"))


def test_every_reason_is_met_in_these_tests():
    """Reasons are a contract: none may exist that no file can cause."""
    import pathlib

    here = pathlib.Path(__file__).parent
    met = "".join(file.read_text(encoding="utf-8") for file in sorted(here.glob("test_*.py")))
    assert [reason for reason in Reason if f"Reason.{reason.name}" not in met] == []


def test_the_macro_enabled_kinds_are_read():
    """An .xlsm, a template and an add-in differ in the type of their main part only."""
    for kind in ("sheet", "template", "addin"):
        content = parts(ONE) | {"[Content_Types].xml": types(f"application/vnd.ms-excel.{kind}.macroEnabled.main+xml")}
        assert book_of(content).cell_count == 1


class TestPartsThatAreNotRead:
    """Limits apply to what is read: a picture or a drawing that inflates a hundredfold is no bomb."""

    @pytest.mark.parametrize(
        "name", ["xl/media/image9.bmp", "xl/drawings/vmlDrawing9.vml", "xl/printerSettings/printerSettings1.bin"]
    )
    def test_it_may_inflate_as_it_likes(self, name):
        book = read_book(zipped(with_part(name, bytes(90_000_000))))
        assert book.sheets[0].value(1, 1) == 1.0

    def test_many_of_them_may_be_large_together(self):
        content = parts(ONE) | {f"xl/media/{n}.bmp": bytes(30_000_000) for n in range(3)}
        assert read_book(zipped(content)).cell_count == 1

    @pytest.mark.parametrize("name", ["XL/Media/A.BMP", "../xl/media/a.bmp"])
    def test_its_name_is_looked_at_all_the_same(self, name):
        content = with_part("xl/media/a.bmp", b"x")
        content[name] = b"x"
        assert refusal(content).reason in (Reason.duplicate_part, Reason.bad_part_name)

"""Files that are something else than a workbook, or another kind of workbook, whatever their names say."""

from __future__ import annotations

import base64
import io

from odd_workbook import MAKERS, OFFICE, OLE, RELATIONS, TYPES, WORKBOOK, added, changed, good, odd, parts, put, zipped

PLAIN = {
    "empty.xlsx": b"",
    "one_byte.xlsx": b"P",
    "one_other_byte.xlsx": b"x",
    "line_break_only.xlsx": b"\r\n",
    "zip_signature_only.xlsx": b"PK\x03\x04",
    "an_empty_zip.xlsx": b"PK\x05\x06" + bytes(18),
    "noise.xlsx": bytes(range(256)) * 40,
    "zeros_after_a_crash.xlsx": bytes(4096),
    "text.xlsx": b"account,opportunity\r\nA,B\r\n",
    "text_in_gbk.xlsx": "客户,商机\r\n甲,乙\r\n".encode("gb18030"),
    "text_in_utf_16.xlsx": "account\topportunity\r\n".encode("utf-16"),
    "page.xlsx": b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>",
    "page_saved_by_a_portal.xls": b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>1</td></tr></table></html>",
    "page_in_one_file.mht.xlsx": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
    "spreadsheet_2003.xlsx": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "spreadsheet_2003_by_namespace.xml.xlsx": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "flat_opendocument.xlsx": b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    "drawing.xlsx": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "document.xlsx": b"%PDF-1.7\n1 0 obj\n",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "photograph.xlsx": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(100),
    "packed_by_gzip.xlsx": b"\x1f\x8b\x08\x00" + bytes(100),
    "packed_by_7_zip.xlsx": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "packed_by_rar.xlsx": b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "old_excel.xls": OLE + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * 512,
    "old_excel_renamed.xlsx": OLE + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * 512,
    "excel_95.xls": OLE + b"\0" * 512 + "Book".encode("utf-16-le") + b"\0" * 512,
    "excel_4.xls": b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(100),
    "old_word.xlsx": OLE + b"\0" * 512 + "WordDocument".encode("utf-16-le") + b"\0" * 512,
    "old_slides.xlsx": OLE + b"\0" * 512 + "PowerPoint Document".encode("utf-16-le") + b"\0" * 512,
    "an_email.xlsx": OLE + b"\0" * 512 + "__properties_version1.0".encode("utf-16-le") + b"\0" * 512,
    "ole_signature_only.xlsx": OLE,
    "encrypted.xlsx": OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512,
    "rights_managed.xlsx": OLE + b"\0" * 512 + "\x06DataSpacesDRMEncryptedDataSpaceEncryptedPackage".encode("utf-16-le") + b"\0" * 512,
    "rights_managed.xls": OLE + b"\0" * 512 + "\x09DRMContent".encode("utf-16-le") + b"\0" * 512,
}  # fmt: skip
for _name, _data in PLAIN.items():
    MAKERS[_name] = lambda data=_data: data

_MAIN = b"spreadsheetml.sheet.main+xml"
_OFFICE_TYPE = b"application/vnd.openxmlformats-officedocument."


@odd("encrypted_with_a_password.xlsx")
def _encrypted():
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(good())).encrypt("secret", out)
    return out.getvalue()


def _only(main, media, part=b"<w/>"):
    """A package of another program: nothing but its main part."""
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/%b" ContentType="%b"/></Types>'
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="%b/officeDocument" Target="%b"/></Relationships>'
    content = {TYPES: types % (main, media), "_rels/.rels": relations % (OFFICE.encode(), main), main.decode(): part}
    return zipped(content)


odd("a_zip_of_pictures.xlsx")(lambda: zipped({"a.png": PLAIN["picture.xlsx"], "b.png": b"x"}))
odd("a_zip_of_workbooks.xlsx")(lambda: zipped({"a.xlsx": good(), "b.xlsx": good()}))
odd("a_zip_without_files.xlsx")(lambda: zipped({"folder/": b""}))
odd("a_numbers_sheet.xlsx")(lambda: zipped({"Index/Document.iwa": b"\0\x01", "Metadata/Properties.plist": b"x"}))
odd("opendocument.xlsx")(
    lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
)
odd("opendocument_text.xlsx")(
    lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})
)
odd("a_text_document.xlsx")(lambda: _only(b"word/document.xml", _OFFICE_TYPE + b"wordprocessingml.document.main+xml"))
odd("slides.xlsx")(lambda: _only(b"ppt/presentation.xml", _OFFICE_TYPE + b"presentationml.presentation.main+xml"))
odd("a_drawing_package.xlsx")(lambda: _only(b"visio/document.xml", b"application/vnd.ms-visio.drawing.main+xml"))
odd("binary_workbook.xlsb")(lambda: changed(types=put(_MAIN, b"excel.sheet.binary.macroEnabled.main")))
odd("binary_workbook_renamed.xlsx")(
    lambda: _only(b"xl/workbook.bin", b"application/vnd.ms-excel.sheet.binary.macroEnabled.main", b"\x83\x01")
)

# -- workbooks of the other kinds are read ------------------------------------------------------------------------------

odd("a_template.xltx")(lambda: changed(types=put(_MAIN, b"spreadsheetml.template.main+xml")))
odd("a_template_renamed.xlsx")(lambda: changed(types=put(_MAIN, b"spreadsheetml.template.main+xml")))
odd("plain_named_as_one_with_macros.xlsm")(good)
odd("capital_letters.XLSX")(good)
odd("named_as_old.xls")(good)
odd("named_as_a_map.yaml")(good)
odd("signed.xlsx")(lambda: added(**{
    "_xmlsignatures/origin.sigs": b"",
    "_xmlsignatures/sig1.xml": b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>%b</SignatureValue></Signature>' % base64.b64encode(bytes(256)),
}))  # fmt: skip


def with_macros(*, media=b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"):
    """The workbook with a project of macros."""
    content = {**parts(), "xl/vbaProject.bin": OLE + b"\0" * 600}
    content[TYPES] = put(_OFFICE_TYPE + _MAIN, media)(content[TYPES]).replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    content[RELATIONS] = put(
        b"</Relationships>",
        b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>',
    )(content[RELATIONS])
    assert content[WORKBOOK]
    return zipped(content)


odd("macros_inside.xlsm")(with_macros)
odd("macros_in_a_renamed_one.xlsx")(with_macros)
odd("macros_in_what_says_it_has_none.xlsx")(lambda: with_macros(media=_OFFICE_TYPE + _MAIN))
odd("an_addin.xlam")(lambda: with_macros(media=b"application/vnd.ms-excel.addin.macroEnabled.main+xml"))


@odd("another_workbook.xlsx")
def _another():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Sales", "2026"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@odd("a_list_of_tasks.xlsx")
def _tasks():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["What", "Owner", "Due", "Status", "Name", "Department", "Title", "Notes"])
    book.active.append(["Call", "Li", "2026-01-01", "Open", "Ann", "Sales", "Head", "x"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""What a file is, from its first bytes: each kind that is not a workbook of ours gets its own reason."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .unreadable import Reason, Unreadable

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# BOF records of Excel 2, 3 and 4, which are not wrapped in an OLE file.
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(rb"\s*MIME-Version:", re.IGNORECASE)
_XML_2003 = re.compile(rb"""urn:schemas-microsoft-com:office:spreadsheet|<\?mso-application\s+progid=["']Excel""")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096
_ZIP_END, _LONGEST_TAIL = b"PK\x05\x06", 66_000
_KINDS: Mapping[bytes, str] = {
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"\x1f\x8b": "archive",
    b"7z\xbc\xaf": "archive",
    b"Rar!": "archive",
    b"BZh": "archive",
    b"\xfd7zXZ": "archive",
}
_OLE_KINDS: Mapping[str, str] = {"WordDocument": "text_document", "PowerPoint Document": "presentation"}


def refusal(data: bytes) -> Unreadable | None:
    """Why to refuse the file on its bytes alone, or None when it begins like a zip file."""
    head = data[:_HEAD]
    if not data:
        return Unreadable(Reason.empty_file)
    if head.startswith(ZIP_START):
        return None
    if head.startswith(OLE_START):
        return _inside_ole(data)
    if head.startswith(_OLD_BIFF):
        return Unreadable(Reason.legacy_xls)
    if not data.strip(b"\x00"):
        return Unreadable(Reason.corrupt)
    if len(data) < len(ZIP_START) and ZIP_START.startswith(data):
        return Unreadable(Reason.truncated)
    if data.rfind(_ZIP_END, -_LONGEST_TAIL) >= 0 and ZIP_START in data and b"[Content_Types].xml" in data:
        return Unreadable(Reason.bytes_in_front)
    reason = _text(head)
    if reason is Reason.not_a_workbook:
        return _no_workbook(next((kind for start, kind in _KINDS.items() if head.startswith(start)), ""))
    return Unreadable(reason)


def _no_workbook(kind: str) -> Unreadable:
    return Unreadable(Reason.not_a_workbook, {"kind": kind} if kind else None)


def _inside_ole(data: bytes) -> Unreadable:
    """Tell an encrypted package, an old workbook and another program's document apart."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo") or holds("DRMContent"):
        return Unreadable(Reason.encrypted)
    if holds("Workbook\0") or holds("WORKBOOK\0") or holds("Book\0") or holds("BOOK\0"):
        return Unreadable(Reason.legacy_xls)
    return _no_workbook(next((kind for stream, kind in _OLE_KINDS.items() if holds(stream)), ""))


def _text(head: bytes) -> Reason:
    if head.startswith(_UTF16):
        wide = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
        head = wide.encode("utf-8")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head) or _MHTML.match(head):
        return Reason.html
    if head.lstrip().startswith(b"<") and _XML_2003.search(head):
        return Reason.xml_spreadsheet_2003
    if head.lstrip().startswith(b"<") and b"urn:oasis:names:tc:opendocument" in head:
        return Reason.ods
    if _CONTROL.search(head) or head.startswith((b"<", b"%PDF")):
        return Reason.not_a_workbook
    return Reason.csv_or_text

"""What a file is, from its first bytes: each kind that is not a workbook of ours gets its own reason."""

from __future__ import annotations

import re

from .unreadable import Reason

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
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096


def refusal(data: bytes) -> Reason | None:
    """Reason to refuse the file on its bytes alone, or None when it begins like a zip file."""
    head = data[:_HEAD]
    if not data:
        return Reason.empty_file
    if head.startswith(ZIP_START):
        return None
    if head.startswith(OLE_START):
        return _inside_ole(data)
    if head.startswith(_OLD_BIFF):
        return Reason.legacy_xls
    if not data.strip(b"\x00"):
        return Reason.corrupt
    if len(data) < len(ZIP_START) and ZIP_START.startswith(data):
        return Reason.truncated
    return _text(head)


def _inside_ole(data: bytes) -> Reason:
    """Tell an encrypted package, an old workbook and another program's document apart."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return Reason.encrypted
    if holds("Workbook\0") or holds("Book\0"):
        return Reason.legacy_xls
    return Reason.not_a_workbook


def _text(head: bytes) -> Reason:
    if head.startswith(_UTF16):
        wide = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
        head = wide.encode("utf-8")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head) or _MHTML.match(head):
        return Reason.html
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and head.lstrip().startswith(b"<"):
        return Reason.xml_spreadsheet_2003
    if _CONTROL.search(head) or head.startswith((b"%PDF", b"<")):
        return Reason.not_a_workbook
    return Reason.csv_or_text

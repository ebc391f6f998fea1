"""The zip container: its directory, and its parts, inflated with a bound.

`zipfile` reads the directory. What it lets pass is refused here, before anything is inflated: directories that another
program would look for elsewhere, entries that are not counted or share bytes, names that lead out of the file or differ
in case only, sizes that lie. zipfile also stops inflating at the declared size without a word that there was more, so
parts are inflated here. How much a part may inflate is asked when it is read: a picture that nobody reads is no bomb.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from warmap_workbook.ooxml.unreadable import Fact, Limits, Reason, Unreadable

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL_SIZE, _LENGTHS, _LENGTHS_AT = 46, struct.Struct("<3H"), 28  # of an entry's name, extra field and comment
_ENCRYPTED, _UTF_8 = 0x0001, 0x0800  # bits of an entry's flags
_WIDE16, _WIDE32 = 0xFFFF, 0xFFFFFFFF
_COMMENT = 0xFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One part as the directory declares it, and where its bytes begin."""

    name: str
    info: ZipInfo
    body: int

    @property
    def end(self) -> int:
        """The first byte after it."""
        return self.body + self.info.compress_size


class Container:
    """Parts of a zip file by name, in any case.

    Refuses the whole file when its directory is not one that a writer of workbooks makes; see `Reason`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._inflated = 0
        self._entries = {entry.name.casefold(): entry for entry in _directory(data, limits)}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    def size(self, name: str) -> int:
        """Give the declared size of a part in bytes, 0 when there is none."""
        entry = self._entries.get(name.casefold())
        return 0 if entry is None else entry.info.file_size

    def names(self) -> list[str]:
        """The names of all parts, in the order of the directory."""
        return [entry.name for entry in self._entries.values()]

    def packed(self, name: str) -> tuple[ZipInfo, bytes]:
        """How a part is declared, and its bytes as they are packed; `missing_part` when there is none."""
        entry = self._entry(name)
        return entry.info, self._data[entry.body : entry.end]

    def read(self, name: str) -> bytes:
        """Bytes of a part, as many as declared and checked; `missing_part` when there is none."""
        entry = self._entry(name)
        self._inflated += entry.info.file_size
        _check_size(entry, self._inflated, self._limits)
        packed = self._data[entry.body : entry.end]
        plain = packed if entry.info.compress_type == ZIP_STORED else _inflate(packed, entry)
        if len(plain) != entry.info.file_size or zlib.crc32(plain) != entry.info.CRC:
            raise _broken("part", entry.name)
        return plain

    def _entry(self, name: str) -> Entry:
        entry = self._entries.get(name.casefold())
        if entry is None:
            raise Unreadable(Reason.missing_part, {"part": name})
        return entry


def _inflate(packed: bytes, entry: Entry) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.info.file_size + 1)
    except zlib.error:
        raise _broken("part", entry.name) from None


def _directory(data: bytes, limits: Limits) -> list[Entry]:
    count, size, start, end = _end_record(data)
    if count > limits.parts:
        raise _over(Reason.too_many_parts, limits.parts, count)
    if start + size != end:  # another program may look for it elsewhere, and read another book
        raise _broken("directory", "place")
    _check_lengths(data, start, end, count)
    try:
        with ZipFile(BytesIO(data)) as file:
            infos = file.infolist()
    except UnicodeDecodeError as error:
        raise Unreadable(Reason.bad_part_name, {"part": error.object.decode("ascii", "backslashreplace")}) from None
    except (BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
        raise _broken("directory", "entry") from None
    entries: list[Entry] = []
    names: set[str] = set()
    for info in infos:
        entry = _entry(data, info)
        if entry.name.endswith("/"):
            continue
        key = entry.name.casefold()
        if key in names:
            raise Unreadable(Reason.duplicate_part, {"part": entry.name})
        names.add(key)
        entries.append(entry)
    _check_places(entries, start)
    return entries


def _end_record(data: bytes) -> tuple[int, int, int, int]:
    """(entries, directory size, directory start, first byte after the directory)."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _COMMENT))
    if end < 0 or end + _END.size > len(data):
        raise Unreadable(Reason.truncated)
    _, disk, _, _, count, size, start, _ = _END.unpack_from(data, end)
    if disk not in (0, _WIDE16):
        raise _broken("directory", "disk")
    locator = end - _END64_LOCATOR.size
    if locator < 0 or not data.startswith(b"PK\x06\x07", locator):
        return count, size, start, end
    end64 = _END64_LOCATOR.unpack_from(data, locator)[2]
    if end64 + _END64.size > locator or not data.startswith(b"PK\x06\x06", end64):
        raise _broken("directory", "zip64")
    narrow = (count, size, start)
    count, size, start = _END64.unpack_from(data, end64)[7:]
    if any(said not in (meant, _WIDE16, _WIDE32) for said, meant in zip(narrow, (count, size, start), strict=True)):
        raise _broken("directory", "zip64")
    return count, size, start, end64


def _check_lengths(data: bytes, start: int, end: int, count: int) -> None:
    """Refuse a directory with other entries than are counted, or with one that reaches beyond it: zipfile reads on."""
    position = start
    for _ in range(count):
        if position + _CENTRAL_SIZE > end or not data.startswith(b"PK\x01\x02", position):
            raise _broken("directory", "entry")
        position += _CENTRAL_SIZE + sum(_LENGTHS.unpack_from(data, position + _LENGTHS_AT))
        if position > end:
            raise _broken("directory", "entry")
    if position != end or not count:
        raise _broken("directory", "count")


def _entry(data: bytes, info: ZipInfo) -> Entry:
    # Writers of workbooks name parts in UTF-8 whatever the flags say; zipfile takes old ones for code page 437.
    raw_name = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF_8 else "cp437")
    name = _part_name(raw_name)
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable(Reason.encrypted, {"part": name})
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unreadable(Reason.unsupported_compression, {"part": name, "found": info.compress_type})
    body = _body(data, info.header_offset, raw_name, name)
    if info.compress_type == ZIP_STORED and info.compress_size != info.file_size:
        raise _broken("part", name)
    return Entry(name, info, body)


def _body(data: bytes, header: int, raw_name: bytes, name: str) -> int:
    """Where a part's bytes begin; its local header must name the same part as the directory."""
    if header + _LOCAL.size > len(data) or not data.startswith(b"PK\x03\x04", header):
        raise _broken("part", name)
    lengths: tuple[int, int] = _LOCAL.unpack_from(data, header)[9:11]
    name_length, extra_length = lengths
    name_at = header + _LOCAL.size
    if data[name_at : name_at + name_length] != raw_name:
        raise _broken("part", name)
    return name_at + name_length + extra_length


def _part_name(raw: bytes) -> str:
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(Reason.bad_part_name, {"part": raw.decode("ascii", "backslashreplace")}) from None
    # Old .NET writers put backslashes between folders.
    name = name.replace("\\", "/")
    parts = name.split("/")
    if not name.isprintable() or name.startswith("/") or ".." in parts or ":" in parts[0] or name in ("", "."):
        raise Unreadable(Reason.bad_part_name, {"part": name})
    return name


def _check_size(entry: Entry, inflated: int, limits: Limits) -> None:
    """Refuse a part that inflates too much, by itself or with all that was read before it."""
    size, packed = entry.info.file_size, entry.info.compress_size
    if size > limits.ratio_from_bytes and size > limits.ratio * packed:
        facts: dict[str, Fact] = {"limit_ratio": limits.ratio, "found_ratio": size // max(packed, 1)}
        raise Unreadable(Reason.inflates_too_much, {"part": entry.name, **facts})
    if inflated > limits.inflated_bytes:
        raise _over(Reason.inflates_too_much, limits.inflated_bytes, inflated)


def _check_places(entries: list[Entry], directory: int) -> None:
    """No two parts share bytes, and none reaches into the directory."""
    free_from = 0
    for entry in sorted(entries, key=lambda entry: entry.info.header_offset):
        if entry.info.header_offset < free_from or entry.end > directory:
            raise Unreadable(Reason.overlapping_parts, {"part": entry.name})
        free_from = entry.end


def _over(reason: Reason, limit: int, found: int) -> Unreadable:
    facts: dict[str, Fact] = {"limit": limit, "found": found}
    return Unreadable(reason, facts)


def _broken(what: str, which: str) -> Unreadable:
    return Unreadable(Reason.corrupt, {what: which})


# -- what a file is, from its first bytes ---------------------------------------------------------------------------

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

"""The zip container: its directory, read strictly, and its parts, inflated with a bound.

The directory is read here and not with `zipfile` because two entries that share bytes, names that differ in case
only and sizes that lie must be refused before anything is inflated; it also takes a third of the time.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

from .limits import Limits
from .unreadable import Fact, Reason, Unreadable

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x0001
_WIDE16, _WIDE32 = 0xFFFF, 0xFFFFFFFF
_COMMENT = 0xFFFF


class Entry(NamedTuple):
    """One part as the directory declares it."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    header: int
    body: int


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
        return 0 if entry is None else entry.size

    def read(self, name: str) -> bytes:
        """Bytes of a part, as many as declared and checked; `missing_part` when there is none."""
        entry = self._entries.get(name.casefold())
        if entry is None:
            raise Unreadable(Reason.missing_part, {"part": name})
        self._inflated += entry.size
        if self._inflated > self._limits.inflated_bytes:
            raise _over(Reason.inflates_too_much, self._limits.inflated_bytes, self._inflated)
        packed = self._data[entry.body : entry.body + entry.packed]
        plain = packed if entry.method == _STORED else _inflate(packed, entry)
        if len(plain) != entry.size or zlib.crc32(plain) != entry.crc:
            raise _broken("part", entry.name)
        return plain


def _inflate(packed: bytes, entry: Entry) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.size + 1)
    except zlib.error:
        raise _broken("part", entry.name) from None


def _directory(data: bytes, limits: Limits) -> list[Entry]:
    count, size, start, end = _end_record(data)
    if count > limits.parts:
        raise _over(Reason.too_many_parts, limits.parts, count)
    if start + size != end:  # another program may look for it elsewhere, and read another book
        raise _broken("directory", "place")
    entries: list[Entry] = []
    names: set[str] = set()
    position = start
    for _ in range(count):
        entry, position = _central_entry(data, position, start + size)
        if entry.name.endswith("/"):
            continue
        key = entry.name.casefold()
        if key in names:
            raise Unreadable(Reason.duplicate_part, {"part": entry.name})
        names.add(key)
        entries.append(entry)
    if position != end or not count:  # entries that are not counted, or none
        raise _broken("directory", "count")
    _check_sizes(entries, limits)
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


def _central_entry(data: bytes, position: int, end: int) -> tuple[Entry, int]:
    if position + _CENTRAL.size > end or not data.startswith(b"PK\x01\x02", position):
        raise _broken("directory", "entry")
    fields = _CENTRAL.unpack_from(data, position)
    flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
    name_length, extra_length, comment_length, header = fields[10], fields[11], fields[12], fields[16]
    name_at = position + _CENTRAL.size
    extra_at = name_at + name_length
    following = extra_at + extra_length + comment_length
    if following > end:
        raise _broken("directory", "entry")
    raw_name = data[name_at:extra_at]
    name = _part_name(raw_name)
    if flags & _ENCRYPTED:
        raise Unreadable(Reason.encrypted, {"part": name})
    if method not in (_STORED, _DEFLATED):
        raise Unreadable(Reason.unsupported_compression, {"part": name, "found": method})
    if _WIDE32 in (size, packed, header):
        size, packed, header = _wide(data[extra_at : extra_at + extra_length], size, packed, header, name)
    body = _body(data, header, raw_name, name)
    if method == _STORED and packed != size:
        raise _broken("part", name)
    return Entry(name, method, crc, packed, size, header, body), following


def _wide(extra: bytes, size: int, packed: int, header: int, name: str) -> tuple[int, int, int]:
    """Zip64 sizes: some writers that stream always write them, however small the part."""
    position = 0
    while position + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, position)
        if tag == 1:
            field = extra[position + 4 : position + 4 + length]
            numbers = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            values = [next(numbers, _WIDE32) if value == _WIDE32 else value for value in (size, packed, header)]
            return values[0], values[1], values[2]
        position += 4 + length
    raise _broken("part", name)


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


def _check_sizes(entries: list[Entry], limits: Limits) -> None:
    total = sum(entry.size for entry in entries)
    if total > limits.inflated_bytes:
        raise _over(Reason.inflates_too_much, limits.inflated_bytes, total)
    for entry in entries:
        if entry.size > limits.ratio_from_bytes and entry.size > limits.ratio * entry.packed:
            ratio = entry.size // max(entry.packed, 1)
            raise Unreadable(
                Reason.inflates_too_much, {"part": entry.name, "limit_ratio": limits.ratio, "found_ratio": ratio}
            )


def _check_places(entries: list[Entry], directory: int) -> None:
    """No two parts share bytes, and none reaches into the directory."""
    free_from = 0
    for entry in sorted(entries, key=lambda entry: entry.header):
        if entry.header < free_from or entry.body + entry.packed > directory:
            raise Unreadable(Reason.overlapping_parts, {"part": entry.name})
        free_from = entry.body + entry.packed


def _over(reason: Reason, limit: int, found: int) -> Unreadable:
    facts: dict[str, Fact] = {"limit": limit, "found": found}
    return Unreadable(reason, facts)


def _broken(what: str, which: str) -> Unreadable:
    return Unreadable(Reason.corrupt, {what: which})

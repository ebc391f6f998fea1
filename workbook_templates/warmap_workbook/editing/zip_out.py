"""A zip file written from entries that are packed already, for `zipfile` can only pack what it is given plain.

A part that an edit does not touch is copied as it is packed: it is never inflated, however large it says it is.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from warmap_workbook.ooxml import Reason, Unreadable

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF_8, _LARGEST = 20, 0x0800, 0xFFFFFFFF


class PackedPart(NamedTuple):
    """One entry: its name, what an entry says of it, and its bytes as they are packed."""

    name: str
    day: tuple[int, int, int, int, int, int]
    method: int
    crc: int
    size: int
    packed: bytes
    external: int = 0
    system: int = 0


def copied(name: str, info: ZipInfo, packed: bytes) -> PackedPart:
    """A part of another file as it is."""
    return PackedPart(
        name, info.date_time, info.compress_type, info.CRC, info.file_size, packed, info.external_attr,
        info.create_system,
    )  # fmt: skip


def packed(name: str, data: bytes, like: ZipInfo | None = None) -> PackedPart:
    """A part with new bytes: its day and packing as before; a new part gets 1980, as Office dates the parts it writes."""
    info = like or ZipInfo(name)
    is_stored = like is not None and like.compress_type == ZIP_STORED and bool(like.file_size)
    method = ZIP_STORED if is_stored else ZIP_DEFLATED
    body = data if is_stored else _deflated(data)
    return PackedPart(
        name, info.date_time, method, zlib.crc32(data), len(data), body, info.external_attr, info.create_system
    )


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def zip_of(content: Mapping[str, bytes], rights: int = 0o600, system: int = 0) -> bytes:
    """A file of these parts by name, whose bytes depend on nothing else: order, times and rights are fixed."""
    out = BytesIO()
    parts = [packed(name, data)._replace(external=rights << 16, system=system) for name, data in content.items()]
    write_zip(out, parts)
    return out.getvalue()


def write_zip(file: BinaryIO, parts: Sequence[PackedPart]) -> None:
    """Write a whole file. Unreadable for a part whose declared size is beyond a plain zip file."""
    directory, at = b"", 0
    for part in parts:
        if max(part.size, len(part.packed), at) > _LARGEST:
            raise Unreadable(Reason.corrupt, {"part": part.name})
        name = part.name.encode("utf-8")
        year, month, day, hour, minute, second = part.day
        stamp = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
        flags = 0 if part.name.isascii() else _UTF_8
        shared = (flags, part.method, *stamp, part.crc, len(part.packed), part.size, len(name))
        head = _LOCAL.pack(b"PK\x03\x04", _VERSION, *shared, 0) + name
        file.write(head)
        file.write(part.packed)
        made_by = part.system << 8 | _VERSION
        directory += _CENTRAL.pack(b"PK\x01\x02", made_by, _VERSION, *shared, 0, 0, 0, 0, part.external, at) + name
        at += len(head) + len(part.packed)
    file.write(directory)
    file.write(_END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), at, 0))

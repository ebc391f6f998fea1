"""A writer of zip files that lies where it is told to; the standard library's will not."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field


@dataclass
class Part:
    """One entry: what its directory says, what its local header says, and its bytes as packed."""

    name: bytes
    data: bytes
    method: int = 8
    flags: int = 0
    extra: bytes = b""
    size: int | None = None
    crc: int | None = None
    packed: bytes | None = None
    local_name: bytes | None = None
    local: dict[str, int] = field(default_factory=dict)
    has_descriptor: bool = False
    is_zip64: bool = False

    def bytes_packed(self) -> bytes:
        """As they stand in the file."""
        if self.packed is not None:
            return self.packed
        if self.method != 8:
            return self.data
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        return deflater.compress(self.data) + deflater.flush()


def written(entries: list[Part], *, comment: bytes = b"", count: int | None = None, zip64_end: str = "") -> bytes:
    """The zip file; with a `zip64_end` the old end record leaves the figures to that one ("only"), says them too, or lies."""
    out, directory = bytearray(), bytearray()
    for entry in entries:
        packed = entry.bytes_packed()
        size = len(entry.data) if entry.size is None else entry.size
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        flags = entry.flags | (8 if entry.has_descriptor else 0)
        place, local_name = len(out), entry.name if entry.local_name is None else entry.local_name
        told = (0, 0, 0) if entry.has_descriptor else (crc, len(packed), size)
        method = entry.local.get("method", entry.method)
        out += struct.pack(
            "<4s5H3L2H",
            b"PK\x03\x04",
            20,
            entry.local.get("flags", flags),
            method,
            0,
            0x5C21,
            *told,
            len(local_name),
            len(entry.extra),
        )
        out += local_name + entry.extra + packed
        if entry.has_descriptor:
            out += struct.pack("<4s3L", b"PK\x07\x08", crc, len(packed), size)
        extra, wide = entry.extra, (len(packed), size, place)
        if entry.is_zip64:
            extra += struct.pack("<2H3Q", 1, 24, size, len(packed), place)
            wide = (0xFFFFFFFF,) * 3
        directory += struct.pack(
            "<4s6H3L5H2L",
            b"PK\x01\x02",
            20,
            20,
            flags,
            entry.method,
            0,
            0x5C21,
            crc,
            wide[0],
            wide[1],
            len(entry.name),
            len(extra),
            0,
            0,
            0,
            0,
            wide[2],
        )
        directory += entry.name + extra
    start, number = len(out), len(entries) if count is None else count
    out += directory
    if zip64_end:
        end64 = len(out)
        out += struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, len(directory), start)
        out += struct.pack("<4sLQL", b"PK\x06\x07", 0, end64, 1)
        number = 0xFFFF if zip64_end == "only" else number + (zip64_end == "lies")
        start, length = (0xFFFFFFFF, 0xFFFFFFFF) if zip64_end == "only" else (start, len(directory))
        return bytes(
            out + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, length, start, len(comment)) + comment
        )
    return bytes(
        out
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(directory), start, len(comment))
        + comment
    )


def quoted(payload: bytes, copies: int, name: bytes) -> bytes:
    """A bomb of overlapping files (Fifield): each part quotes the local header of the next and goes on with its bytes."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(payload) + deflater.flush()
    data, crc_of, made = payload, zlib.crc32, []
    body = packed
    for number in reversed(range(copies)):
        own = name % number
        header = (
            struct.pack(
                "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0x5C21, crc_of(data), len(body), len(data), len(own), 0
            )
            + own
        )
        made.append((own, crc_of(data), len(body), len(data)))
        quote = b"\x00" + struct.pack("<2H", len(header), len(header) ^ 0xFFFF) + header
        data, body, front = header + data, quote + body, header
    body = body[5:]  # the first header stands unquoted
    out, directory, place = bytearray(body), bytearray(), 0
    for own, crc, packed_size, size in reversed(made):
        directory += (
            struct.pack(
                "<4s6H3L5H2L",
                b"PK\x01\x02",
                20,
                20,
                0,
                8,
                0,
                0x5C21,
                crc,
                packed_size,
                size,
                len(own),
                0,
                0,
                0,
                0,
                0,
                place,
            )
            + own
        )
        place += 30 + len(own) + 5
    assert front
    start = len(out)
    return bytes(
        out + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), start, 0)
    )

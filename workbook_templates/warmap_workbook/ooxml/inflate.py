"""Inflating: by isal, which takes half the time, on the processors there is a build of it for; by zlib on the others."""

from __future__ import annotations

import importlib
import importlib.util
import zlib
from typing import Any

_library: Any = importlib.import_module("isal.isal_zlib") if importlib.util.find_spec("isal") else zlib
"""Both offer the same functions."""

Broken: tuple[type[Exception], ...] = (zlib.error, _library.error)


def inflated(packed: bytes, most: int) -> bytes:
    """The first `most` bytes, or fewer, of raw deflated data. `Broken` where it is none."""
    found: bytes = _library.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    return found


def crc32(data: bytes) -> int:
    """The checksum that a zip directory gives of a part."""
    found: int = _library.crc32(data)
    return found

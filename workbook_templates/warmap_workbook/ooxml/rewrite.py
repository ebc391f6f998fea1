"""A workbook's file written anew with a few parts changed, added or left out; all others keep their bytes and their order."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from .unreadable import Reason, Unreadable

BROKEN = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def rewrite(
    source: ZipFile, file: BinaryIO, changed: Mapping[str, bytes], is_dropped: Callable[[str], bool] = lambda _: False
) -> None:
    """Write `source` to `file` with the parts of `changed` (by name, in any case) in the place of the old ones.

    Parts that are new come at the end. The source must have met the reader's limits. Unreadable for a damaged part.
    """
    new = {name.casefold(): (name, data) for name, data in changed.items()}
    with ZipFile(file, "w") as out:
        for info in source.infolist():
            if is_dropped(info.filename):
                continue
            part = new.pop(info.filename.replace("\\", "/").casefold(), None)
            try:
                data = source.read(info) if part is None else part[1]
            except BROKEN:
                raise Unreadable(Reason.corrupt, {"part": info.filename}) from None
            out.writestr(_like(info), data)
        for name, data in new.values():
            out.writestr(_like(ZipInfo(name)), data)


def _like(info: ZipInfo) -> ZipInfo:
    """An entry of the same name, day and packing; a new one has the day that Office gives its parts."""
    entry = ZipInfo(info.filename, info.date_time)
    entry.compress_type = info.compress_type if info.file_size or info.compress_size else ZIP_DEFLATED
    entry.external_attr = info.external_attr
    entry.create_system = info.create_system
    return entry

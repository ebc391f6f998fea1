"""The members of a zip archive of submissions; whatever the archive is, the answer is a list of sources."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from warmap.text import Text
from warmap_app.batch.limits import ARCHIVE_LIMITS, ArchiveLimits
from warmap_app.batch.sources import (
    CannotRead,
    InArchive,
    OnDisk,
    Place,
    Refused,
    Remote,
    Source,
    is_archive,
    is_left_out,
    is_wanted,
    shown_name,
)
from warmap_app.load import CANNOT_OPEN, NO_FILE, TOO_LARGE

LOCAL = struct.Struct("<4s5H3L2H")
TAIL = 2 * 66_000  # bytes at the end in which zipfile looks for the directory
LOCAL_START = b"PK\x03\x04"
ENCRYPTED, UTF8 = 0x0001, 0x0800
PACK_AGAIN = Text("请重新打包或重新发送。", "Pack or send it again.")
DAMAGED = (Text("压缩包已损坏", "the archive is damaged"), PACK_AGAIN)
TOO_MANY = (
    Text("压缩包里文件太多", "the archive holds too many files"),
    Text("分成几个压缩包。", "Split it into several archives."),
)
LOCKED = (
    Text("压缩包有密码（已加密）", "the archive is protected by a password (encrypted)"),
    Text("去掉压缩包的密码再提交。", "Pack it without a password and submit again."),
)
BOMB = (Text("解压后过大，像是压缩炸弹", "it inflates far too much, like a zip bomb"), PACK_AGAIN)
TWICE = (
    Text("压缩包里有两个同名文件", "the archive holds two files of this name"),
    Text("给它们起不同的名字再打包。", "Give them different names and pack again."),
)
TRAVERSES = (Text("压缩包里的路径不合法", "its path inside the archive is not a proper one"), PACK_AGAIN)
NESTED = (
    Text("这是压缩包里的压缩包，没有打开", "it is an archive inside an archive, and was not opened"),
    Text("先解开里面的压缩包。", "Unpack the inner archive first."),
)
METHOD = (Text("用了不支持的压缩方式", "it is packed in a way that is not supported"), PACK_AGAIN)


class _Bounded:
    """A file whose directory is read: no more bytes than a directory may have."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._left = file, most
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        """As zipfile asks."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The bytes, as long as there are not too many of them."""
        data = self._file.read(min(size if size >= 0 else self._left + 1, self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise CannotRead(TOO_MANY)
        return data


def archive_sources(
    archive: OnDisk | Remote, name: str, mark: str, limits: ArchiveLimits = ARCHIVE_LIMITS
) -> list[Source]:
    """A source for every workbook and map in the archive, in order of name, and one for each that is refused."""
    try:
        with opened(archive) as file:
            entries = _directory(file, limits)
    except CannotRead as error:
        return [Source(name, Refused(error.why), mark)]
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, NotImplementedError, EOFError):
        return [Source(name, Refused(DAMAGED), mark)]
    sources = [
        Source(f"{name}/{shown_name(inner)}", place, f"{mark}:{entry.header_offset}:{entry.CRC}")
        for entry in entries
        for inner in [_name(entry)]
        for place in _places(archive, entry, inner, limits)
    ]
    return sorted(_not_twice(sources), key=lambda source: source.name)


def opened(archive: OnDisk | Remote) -> BinaryIO:
    """The archive, open for reading. CannotRead."""
    if isinstance(archive, Remote):
        from warmap_app.batch.remote import open_url

        return open_url(archive.url)
    try:
        return open(archive.path, "rb")  # noqa: PTH123  a string; the caller closes it
    except FileNotFoundError:
        raise CannotRead(NO_FILE) from None
    except OSError:
        raise CannotRead(CANNOT_OPEN) from None


def member_bytes(member: InArchive, limits: ArchiveLimits = ARCHIVE_LIMITS) -> bytes:
    """The unpacked bytes of a member, exactly as many as its directory says. CannotRead."""
    if member.size > limits.member_bytes or member.packed > limits.member_bytes:
        raise CannotRead(TOO_LARGE)
    with opened(member.archive) as file:
        file.seek(member.header)
        head = file.read(LOCAL.size)
        if len(head) < LOCAL.size or not head.startswith(LOCAL_START):
            raise CannotRead(DAMAGED)
        *_, name_size, extra_size = LOCAL.unpack(head)
        file.seek(member.header + LOCAL.size + name_size + extra_size)
        packed = file.read(member.packed)
    try:
        data = packed if member.method == zipfile.ZIP_STORED else _inflated(packed, member.size)
    except zlib.error:
        raise CannotRead(DAMAGED) from None
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise CannotRead(DAMAGED)
    return data


def _inflated(packed: bytes, size: int) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)


def _directory(file: BinaryIO, limits: ArchiveLimits) -> list[zipfile.ZipInfo]:
    """The entries that are files. Raises CannotRead, or what zipfile raises for a broken directory."""
    bounded = cast("IO[bytes]", _Bounded(file, limits.directory_bytes + TAIL))
    with zipfile.ZipFile(bounded) as package:
        entries = package.infolist()
    if len(entries) > limits.members:
        raise CannotRead(TOO_MANY)
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise CannotRead(BOMB)  # two members share the same bytes
        end = entry.header_offset + LOCAL.size + entry.compress_size
    return [entry for entry in entries if not entry.is_dir()]


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's path; Chinese Windows writes names in GBK and does not say so."""
    name = entry.orig_filename
    if entry.flag_bits & UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    except UnicodeEncodeError:
        pass
    return name


def _places(archive: OnDisk | Remote, entry: zipfile.ZipInfo, inner: str, limits: ArchiveLimits) -> Iterator[Place]:
    """Where the member is, or why it is refused; nothing for what is left out."""
    path = PurePosixPath(inner.replace("\\", "/"))
    if not (is_wanted(path.name) or is_archive(path.name)):
        return
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\x00" in inner:
        yield Refused(TRAVERSES)
    elif is_left_out(path.parts):
        return
    elif is_archive(path.name):
        yield Refused(NESTED)
    elif entry.flag_bits & ENCRYPTED:
        yield Refused(LOCKED)
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Refused(METHOD)
    elif entry.file_size > limits.member_bytes:
        yield Refused(TOO_LARGE)
    elif entry.file_size > limits.ratio_from_bytes and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        yield Refused(BOMB)
    else:
        yield InArchive(
            archive, entry.header_offset, entry.compress_size, entry.file_size, entry.compress_type, entry.CRC
        )


def _not_twice(sources: list[Source]) -> Iterator[Source]:
    """Of several members of one name, in any case, none can be told from the other: all are refused."""
    names: dict[str, int] = {}
    for source in sources:
        names[source.name.casefold()] = names.get(source.name.casefold(), 0) + 1
    for source in sources:
        twice = names[source.name.casefold()] > 1
        yield Source(source.name, Refused(TWICE), source.mark) if twice else source

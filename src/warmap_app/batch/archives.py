"""The members of a zip archive of submissions; whatever the archive is, the answer is a list of sources."""

import struct
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from warmap.names import file_key
from warmap.text import Text
from warmap_app.batch.sources import (
    DAMAGED,
    LOCAL_HEADER,
    InArchive,
    OnDisk,
    Place,
    Refused,
    Remote,
    Source,
    is_archive,
    opened,
    shown_name,
)
from warmap_app.batch.walk import Found, path_not_taken, why_not_taken
from warmap_app.load import TOO_LARGE
from warmap_app.opening import MIB, MOST_BYTES, CannotRead, NotTaken

TAIL = 2 * 66_000  # bytes at the end in which zipfile looks for the directory
ENCRYPTED, UTF8 = 0x0001, 0x0800  # flags of a member
PACK_AGAIN = DAMAGED[1]
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
TOOK_ALL = (
    Text(
        "它所在的压缩包读了超过 {seconds} 秒，其余文件没有读",
        "its archive took longer than {seconds} s, and the rest of it was not read",
    ),
    Text("把它单独提交，或分成几个压缩包。", "Submit it by itself, or split the archive."),
)
METHOD = (Text("用了不支持的压缩方式", "it is packed in a way that is not supported"), PACK_AGAIN)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much of a zip archive of submissions is opened, and how long its files are read."""

    members: int = 10_000  # entries of the directory
    directory_bytes: int = 4 * MIB
    member_bytes: int = MOST_BYTES  # of one member, unpacked
    ratio: int = 100  # unpacked size of a member divided by its packed size, where it is over `ratio_from_bytes`
    ratio_from_bytes: int = 100 * 1024
    archive_seconds: int = 60  # of all readers together, for an archive as a whole …
    files_a_second: int = 4  # … and a second more for so many of its files

    def seconds_for(self, files: int) -> float:
        """What the check of an archive with so many files may take."""
        return self.archive_seconds + files / self.files_a_second


ARCHIVE_LIMITS = ArchiveLimits()


def archive_sources(
    archive: OnDisk | Remote, name: str, mark: str, limits: ArchiveLimits = ARCHIVE_LIMITS
) -> list[Found]:
    """A source for every workbook and map in the archive, in order of name, and what is refused or not taken."""
    try:
        with opened(archive) as file:
            entries = _directory(file, limits)
    except CannotRead as error:
        return [Source(name, Refused(error.why), mark)]
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, NotImplementedError, EOFError, OSError):
        return [Source(name, Refused(DAMAGED), mark)]
    sources: list[Source] = []
    left: dict[str, NotTaken] = {}
    for entry in entries:
        inner = _name(entry)
        parts = PurePosixPath(inner.replace("\\", "/")).parts or (inner,)
        why = path_not_taken(parts)
        if why is None or (why_not_taken(parts[-1]) is None and _traverses(inner, parts)):
            place = _place(archive, entry, inner, limits)
            sources.append(Source(f"{name}/{shown_name(inner)}", place, f"{mark}:{entry.header_offset}:{entry.CRC}"))
        else:
            shown = f"{name}/{shown_name('/'.join(parts[: why[0]]))}"
            left.setdefault(shown, NotTaken(shown, why[1]))
    return sorted([*_not_twice(sources), *left.values()], key=lambda found: found.name)


class _Bounded:
    """A file of whose directory no more is read than a directory may have: zipfile would read it whole."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._left = file, most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """The bytes, as long as there are not too many of them."""
        data = self._file.read(min(size if size >= 0 else self._left + 1, self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise CannotRead(TOO_MANY)
        return data


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
            raise CannotRead(BOMB)  # two members share the same bytes: https://www.bamsoftware.com/hacks/zipbomb/
        end = entry.header_offset + LOCAL_HEADER.size + entry.compress_size
    return [entry for entry in entries if not entry.is_dir()]


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's path. Chinese Windows writes names in GBK and does not say so; zipfile takes them for cp437."""
    name = entry.orig_filename
    if entry.flag_bits & UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _traverses(inner: str, parts: Sequence[str]) -> bool:
    return inner.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in inner


def _place(archive: OnDisk | Remote, entry: zipfile.ZipInfo, inner: str, limits: ArchiveLimits) -> Place:
    """Where the member is, or why it is refused."""
    path = PurePosixPath(inner.replace("\\", "/"))
    if _traverses(inner, path.parts):
        return Refused(TRAVERSES)
    if is_archive(path.name):
        return Refused(NESTED)
    if entry.flag_bits & ENCRYPTED:
        return Refused(LOCKED)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Refused(METHOD)
    if entry.file_size > limits.member_bytes:
        return Refused(TOO_LARGE)
    if entry.file_size > limits.ratio_from_bytes and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return Refused(BOMB)
    return InArchive(archive, entry.header_offset, entry.compress_size, entry.file_size, entry.compress_type, entry.CRC)


def _not_twice(sources: list[Source]) -> Iterator[Source]:
    """Of several members of one name none can be told from the other: all are refused."""
    names = Counter(file_key(source.name) for source in sources)
    for source in sources:
        twice = names[file_key(source.name)] > 1
        yield Source(source.name, Refused(TWICE), source.mark) if twice else source

"""What is to be checked: a shown name and a place; and how the bytes come from there, where the check is made.

A source is small and can be sent to another process. Nothing of a file is read before that but its size.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO, TypeAlias, cast

from warmap.text import Text
from warmap_app.batch.remote import remote_store
from warmap_app.load import DOCUMENTS, TOO_LARGE, WORKBOOKS
from warmap_app.opening import CANNOT_OPEN, MOST_BYTES, CannotRead, FileId, Why, opened_file
from warmap_app.safe_text import UNSHOWABLE, shown_address

WANTED = WORKBOOKS | DOCUMENTS | {".xltx", ".xltm", ".xlam", ".xls", ".xlt", ".xla", ".xlsb", ".ods", ".ots", ".et"}
ARCHIVE = ".zip"
LOCK = "~$"
UNSAFE = re.compile(rf"{UNSHOWABLE.pattern}|[\t\n]")
"""What a name may not carry to a terminal or a file: what text may not, and no line break either."""

NO_ANSWER = (
    Text("远程存储读不到", "the remote store did not give it"),
    Text("核对网址、凭证和网络后再试。", "Check the URL, the credentials and the network, and try again."),
)
DAMAGED = (
    Text("压缩包已损坏", "the archive is damaged"),
    Text("请重新打包或重新发送。", "Pack or send it again."),
)
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
LOCAL_START = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file of this computer, and which one it was when it was listed."""

    path: str
    listed: FileId | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """A file behind a URL."""

    url: str


@dataclass(frozen=True, slots=True)
class InArchive:
    """A member of a zip archive: where its header stands, its sizes in bytes, its method and its sum."""

    archive: OnDisk | Remote
    header: int
    packed: int
    size: int
    method: int
    crc: int


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are already here."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be opened, and why."""

    why: Why


Place: TypeAlias = OnDisk | Remote | InArchive | Held | Refused


@dataclass(frozen=True, slots=True)
class Source:
    """One file to check: its name as shown, where it is, and a mark that changes when the file does."""

    name: str
    place: Place
    mark: str = ""


def shown_name(name: object) -> str:
    """A name that may stand in a terminal and in any file; an address without its secrets."""
    words = str(name)
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", shown_address(words) if ":/" in words else words)


def is_wanted(name: str) -> bool:
    """Whether a name in a folder or an archive is that of a workbook, a map, or a spreadsheet of another kind."""
    return PurePosixPath(name).suffix.lower() in WANTED


def is_archive(name: str) -> bool:
    """Whether a name is that of a zip archive."""
    return name.lower().endswith(ARCHIVE)


def store_of(place: Place) -> Place:
    """Where the bytes lie: of a member of an archive, where the archive does."""
    return place.archive if isinstance(place, InArchive) else place


def ids_of_sources(sources: Iterable[Source]) -> frozenset[FileId]:
    """The files of this computer that are read."""
    stores = (store_of(source.place) for source in sources)
    return frozenset(store.listed for store in stores if isinstance(store, OnDisk) and store.listed is not None)


def is_remote(place: Place) -> bool:
    """Behind a URL, as such or in an archive."""
    return isinstance(store_of(place), Remote)


def is_in_memory(place: Place) -> bool:
    """In the memory of this process (fsspec's `memory:`): no other can read it."""
    store = store_of(place)
    return isinstance(store, Remote) and store.url.startswith("memory:")


def is_here(place: Place) -> bool:
    """On this computer or in this process: another computer may not see it."""
    return isinstance(store_of(place), OnDisk) or is_in_memory(place)


def held(source: Source, wanted: Callable[[Place], bool]) -> Source:
    """The source with its bytes, or why they cannot be had, when its place is of the wanted kind; else as it is."""
    if not wanted(source.place):
        return source
    try:
        return replace(source, place=Held(bytes_of(source.place)))
    except CannotRead as error:
        return replace(source, place=Refused(error.why))
    except OSError:
        return replace(source, place=Refused(CANNOT_OPEN))


def bytes_of(place: Place) -> bytes:
    """The bytes of a file, wherever it is. CannotRead; OSError for a file of this computer."""
    match place:
        case Held():
            return place.data
        case Refused():
            raise CannotRead(place.why)
        case InArchive():
            return _member_bytes(place)
        case OnDisk():
            with opened(place) as file:
                return file.read(MOST_BYTES + 1)
        case Remote():
            with opened(place) as file:
                try:
                    data = file.read(MOST_BYTES + 1)
                except Exception as error:
                    raise CannotRead(NO_ANSWER) from error
            if len(data) > MOST_BYTES:
                raise CannotRead(TOO_LARGE)
            return data


def opened(place: OnDisk | Remote) -> BinaryIO:
    """A file, open for reading. CannotRead."""
    if isinstance(place, Remote):
        try:
            store, path = remote_store(place.url)
            return cast("BinaryIO", store.open(path, "rb"))
        except Exception as error:
            raise CannotRead(NO_ANSWER) from error
    return opened_file(place.path, place.listed)


def _member_bytes(member: InArchive) -> bytes:
    """The unpacked bytes of a member, exactly as many as the directory of its archive says. CannotRead.

    Not through `zipfile`, which would read and check the whole directory again for each of thousands of members.
    """
    if member.size > MOST_BYTES or member.packed > MOST_BYTES:
        raise CannotRead(TOO_LARGE)
    with opened(member.archive) as file:
        file.seek(member.header)
        head = file.read(LOCAL_HEADER.size)
        if len(head) < LOCAL_HEADER.size or not head.startswith(LOCAL_START):
            raise CannotRead(DAMAGED)
        *_, name_size, extra_size = LOCAL_HEADER.unpack(head)
        file.seek(member.header + LOCAL_HEADER.size + name_size + extra_size)
        packed = file.read(member.packed)
    try:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        data = packed if member.method == zipfile.ZIP_STORED else inflate.decompress(packed, member.size + 1)
    except zlib.error:
        raise CannotRead(DAMAGED) from None
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise CannotRead(DAMAGED)
    return data

"""Files behind URLs (s3://, memory:// and whatever else fsspec knows), listed here and read where they are checked."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from warmap.text import Text
from warmap_app.batch.archives import archive_sources
from warmap_app.batch.limits import MOST_REMOTE_BYTES
from warmap_app.batch.sources import (
    CannotRead,
    Refused,
    Remote,
    Source,
    is_archive,
    is_left_out,
    is_wanted,
    shown_name,
)
from warmap_app.command import UserError
from warmap_app.load import TOO_LARGE

INSTALL = 'pip install "warmap[remote]"'
NOT_INSTALLED = Text(f"读取网址需要另装：{INSTALL}", f"reading a URL needs an extra: {INSTALL}")
NO_ANSWER = (
    Text("远程存储读不到", "the remote store did not give it"),
    Text("核对网址、凭证和网络后再试。", "Check the URL, the credentials and the network, and try again."),
)
MARKS = ("ETag", "etag", "md5Hash", "version_id", "mtime", "LastModified", "last_modified", "updated", "created")
"""What the stores call the figure that changes when a file does, the surest first."""


def url_sources(url: str) -> Iterator[Source]:
    """The files a URL names: one, those below a folder, or those that fit a pattern; in order of name. UserError."""
    import glob

    store, path = _store(url)
    is_pattern = glob.has_magic(path)
    try:
        if is_pattern:
            found = store.glob(path, detail=True)
        elif store.isdir(path):
            found = store.find(path, detail=True)
        else:
            found = {path: store.info(path)}
    except Exception as error:  # noqa: BLE001  every store has errors of its own
        raise _wrong(url, error) from None
    is_named = not is_pattern and path in found
    for name in sorted(found):
        info = found[name]
        if info.get("type", "file") != "file":
            continue
        inside = PurePosixPath(name.removeprefix(path))
        if is_named or ((is_wanted(name) or is_archive(name)) and not is_left_out(inside.parts)):
            yield from _of(store.unstrip_protocol(name), info)


def _of(url: str, info: dict[str, Any]) -> list[Source]:
    size = info.get("size")
    changed = next((info[key] for key in MARKS if info.get(key)), "")
    mark, name = f"{size}:{changed}", shown_name(url)
    if is_archive(url):
        return archive_sources(Remote(url), name, mark)
    if size is None or size > MOST_REMOTE_BYTES:
        return [Source(name, Refused(TOO_LARGE if size else NO_ANSWER), mark)]
    return [Source(name, Remote(url), mark)]


def url_bytes(url: str) -> bytes:
    """The bytes of a remote file, never more than are read of any file. CannotRead."""
    with open_url(url) as file:
        try:
            data = file.read(MOST_REMOTE_BYTES + 1)
        except Exception as error:
            raise CannotRead(NO_ANSWER) from error
    if len(data) > MOST_REMOTE_BYTES:
        raise CannotRead(TOO_LARGE)
    return data


def open_url(url: str) -> BinaryIO:
    """A remote file, open for reading. CannotRead."""
    try:
        store, path = _store(url)
        return cast("BinaryIO", store.open(path, "rb"))
    except Exception as error:
        raise CannotRead(NO_ANSWER) from error


def _store(url: str) -> tuple[Any, str]:
    """The store and the path in it. UserError."""
    try:
        url_to_fs = import_module("fsspec.core").url_to_fs
    except ImportError:
        raise UserError(NOT_INSTALLED) from None
    try:
        store, path = url_to_fs(url)
    except ImportError as error:
        what = " ".join(str(error).split())
        raise UserError(Text(f"{NOT_INSTALLED.zh}（{what}）", f"{NOT_INSTALLED.en} ({what})")) from None
    except Exception as error:  # noqa: BLE001  every store has errors of its own
        raise _wrong(url, error) from None
    return store, str(path)


def _wrong(url: str, error: Exception) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError(Text(f"{url} 不存在", f"{url} does not exist"))
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return UserError(Text(f"{url} 读不了：{what}", f"{url} cannot be read: {what}"))

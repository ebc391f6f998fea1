"""The one door through which files are written: whole or not at all, and nothing overwritten without --force."""

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, TextIO, cast

from warmap.text import Text
from warmap_app.command import UserError, said_by_system

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# Windows opens a device instead of a file for these names, whatever ending follows.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
A_FOLDER = Text("{path} 是文件夹；-o 应给出文件名", "{path} is a folder; -o should name a file")
A_FILE = Text("{path} 是文件；这里要一个文件夹", "{path} is a file; name a folder")
BELOW_A_FILE = Text(
    "{above} 是文件，不是文件夹：{path} 写不进去", "{above} is a file, not a folder: {path} cannot be written"
)
EXISTS = Text("{path} 已存在；加 --force 覆盖", "{path} exists; add --force to overwrite it")
NOT_EMPTY = Text(
    "文件夹 {path} 里已有文件；换一个，或加 --force 覆盖同名文件",
    "the folder {path} is not empty; name another, or add --force to overwrite files of the same name",
)
LONGEST_NAME = 80  # characters of a file's name that is made of a rep's


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse to overwrite a file without --force, or a folder at all. UserError."""
    with _told(path):
        _refuse_below_a_file(path)
        if path.is_dir():
            raise UserError(A_FOLDER.filled(path=path))
        if not force and path.exists():
            raise UserError(EXISTS.filled(path=path))


def refuse_file(folder: Path) -> None:
    """Refuse a file where a folder is wanted. UserError."""
    with _told(folder):
        _refuse_below_a_file(folder)
        if folder.exists() and not folder.is_dir():
            raise UserError(A_FILE.filled(path=folder))


def refuse_filled(folder: Path, *, force: bool) -> None:
    """Refuse a folder that has files in it, unless --force. UserError."""
    refuse_file(folder)
    with _told(folder):
        if not force and folder.is_dir() and any(folder.iterdir()):
            raise UserError(NOT_EMPTY.filled(path=folder))


def _refuse_below_a_file(path: Path) -> None:
    """Folders that are missing are made, but not below a file."""
    above = next((folder for folder in path.parents if folder.exists()), path)
    if above is not path and not above.is_dir():
        raise UserError(BELOW_A_FILE.filled(path=path, above=above))


def new_folder(folder: Path) -> None:
    """Make a folder and its parents, if missing. UserError."""
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def new_file(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Write under another name beside the file, and take its place when all is written. UserError.

    Beside it, because a file can be replaced in one step only on the same file system.
    """
    refuse_existing(path, force=force)
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False)  # noqa: SIM115  the `with` is below
    try:
        with file:
            yield cast("BinaryIO", file)
        with _told(path):
            _open_to_others(file.name)
            refuse_existing(path, force=force)
            Path(file.name).replace(path)
    except BaseException as error:
        with suppress(OSError):
            Path(file.name).unlink()
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise cannot_write(path, error) from None
        raise


@contextmanager
def new_text(path: Path | None, *, force: bool, bom: bool = False) -> Iterator[TextIO]:
    """The screen if no path is given, else a new file in UTF-8.

    `bom`: Excel takes a CSV without the mark for the computer's own code page and shows Chinese as rubbish.
    What cannot be encoded (half a character from a hostile file) is written as an escape.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        return
    with new_file(path, force=force) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
        if bom:
            text.write(BOM)
        yield text
        text.flush()
        text.detach()


def file_name(words: str, taken: set[str], suffix: str = "") -> str:
    """A file name valid on every system and not yet in `taken` (ignoring case), to which it is added."""
    kept = "".join("_" if sign in '<>:"/\\|?*' or not sign.isprintable() else sign for sign in words)
    stem = kept[:LONGEST_NAME].strip(" .") or "_"
    if stem.partition(".")[0].strip().casefold() in DEVICES:
        stem = f"_{stem}"
    name, count = stem + suffix, 1
    while name.casefold() in taken:
        count += 1
        name = f"{stem} ({count}){suffix}"
    taken.add(name.casefold())
    return name


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: object, error: OSError) -> UserError:
    """What the system says of a file that it does not write."""
    why = said_by_system(error)
    return UserError(Text(f"写不了 {path}：{why.zh}", f"cannot write {path}: {why.en}"))


def _open_to_others(name: str) -> None:
    """Give the finished file the permissions of any new file: a temporary one is private to its owner."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)

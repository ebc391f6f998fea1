"""Where results go: the screen, a file or a folder, through the one door for all writing (`warmap_workbook.saving`)."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from warmap.names import file_key
from warmap.text import Text
from warmap_app.command import UserError
from warmap_workbook.saving import CannotWrite, FileIds, refuse, whole_file, why_not

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# Windows opens a device instead of a file for these names, whatever ending follows; superscript digits count as digits.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$",
     *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)  # fmt: skip
A_FILE = Text("{path} 是文件；这里要一个文件夹", "{path} is a file; name a folder")
BELOW_A_FILE = Text(
    "{above} 是文件，不是文件夹：{path} 写不进去", "{above} is a file, not a folder: {path} cannot be written"
)
NOT_EMPTY = Text(
    "文件夹 {path} 里已有文件；换一个，或加 --force 覆盖同名文件",
    "the folder {path} is not empty; name another, or add --force to overwrite files of the same name",
)
LONGEST_NAME = 80  # characters of a file's name that is made of a rep's
MOST_NAME_BYTES = 240  # of 255, which most file systems take; the rest is for an ending and a number


def refuse_existing(path: Path, *, force: bool, inputs: FileIds = ()) -> None:
    """Refuse what is not to be written to: a file that exists without --force, a file that is read, a device. UserError."""
    with _told(path):
        _refuse_below_a_file(path)
    try:
        refuse(path, force=force, inputs=inputs)
    except CannotWrite as error:
        raise UserError(error.words) from None


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
def new_file(path: Path, *, force: bool, inputs: FileIds = ()) -> Iterator[BinaryIO]:
    """Write a file, whole or not at all. UserError."""
    try:
        with whole_file(path, force=force, inputs=inputs) as file:
            yield file
    except CannotWrite as error:
        raise UserError(error.words) from None


@contextmanager
def new_text(path: Path | None, *, force: bool, inputs: FileIds = (), bom: bool = False) -> Iterator[TextIO]:
    """The screen if no path is given, else a new file in UTF-8.

    `bom`: Excel takes a CSV without the mark for the computer's own code page and shows Chinese as rubbish.
    What cannot be encoded (half a character from a hostile file) is written as an escape.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        return
    with new_file(path, force=force, inputs=inputs) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
        if bom:
            text.write(BOM)
        yield text
        text.flush()
        text.detach()


def file_name(words: str, taken: set[str], suffix: str = "") -> str:
    """A file name valid on every system and not yet in `taken`, to which it is added as `file_key` tells them apart."""
    kept = "".join("_" if sign in '<>:"/\\|?*' or not sign.isprintable() else sign for sign in words)
    most = MOST_NAME_BYTES - len(suffix.encode())
    stem = kept[:LONGEST_NAME].encode("utf-8", "replace")[:most].decode("utf-8", "ignore").strip(" .") or "_"
    if file_key(stem.partition(".")[0].strip()) in DEVICES:
        stem = f"_{stem}"
    name, count = stem + suffix, 1
    while file_key(name) in taken:
        count += 1
        name = f"{stem} ({count}){suffix}"
    taken.add(file_key(name))
    return name


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: object, error: OSError) -> UserError:
    """What the system says of a file that it does not write."""
    return UserError(why_not(path, error))

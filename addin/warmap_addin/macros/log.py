"""The log of the add-in, which the VBA writes too: one file in the user's profile, UTF-16, a line or more an event."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

ENCODING = "utf-16-le"  # with a mark at the beginning, as Windows' own file object writes it
MARK = b"\xff\xfe"
LARGEST = 1_000_000


def note(path: Path, now: datetime, words: str) -> bool:
    """Add an event; False where the disk refuses: a log that cannot be written stops nobody."""
    line = f"{now:%Y-%m-%d %H:%M:%S} {words.rstrip()}\r\n".encode(ENCODING, "backslashreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = path.stat().st_size if path.exists() else 0
        with path.open("wb" if size > LARGEST else "ab") as file:
            file.write((MARK if not 0 < size <= LARGEST else b"") + line)
    except OSError:
        return False
    return True


def read(path: Path) -> str:
    """The whole log; empty where there is none."""
    try:
        return path.read_bytes().removeprefix(MARK).decode(ENCODING, "replace")
    except OSError:
        return ""

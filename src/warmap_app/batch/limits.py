"""How much one file, one archive and one batch may take; `docs/batch.md` shows these figures and a test holds them equal."""

from __future__ import annotations

from typing import NamedTuple

KIB, MIB, GIB = 1024, 1024**2, 1024**3


class FileLimits(NamedTuple):
    """What the check of one file may take, and how many files a worker is given at once."""

    seconds: float = 20.0
    """Time for one file."""
    memory_bytes: int = GIB
    """Memory for one file, on top of what an idle worker has mapped."""
    files_per_batch: int = 50
    """Files that one task carries, so that handing them over costs little."""


class ArchiveLimits(NamedTuple):
    """How much of a zip archive of submissions is opened."""

    members: int = 10_000
    """Entries of the directory."""
    directory_bytes: int = 4 * MIB
    """Size of the directory itself."""
    member_bytes: int = 20 * MIB
    """Size of one member, unpacked."""
    ratio: int = 100
    """Unpacked size of one member divided by its packed size, for members over `ratio_from_bytes`."""
    ratio_from_bytes: int = 100 * KIB


FILE_LIMITS = FileLimits()
ARCHIVE_LIMITS = ArchiveLimits()
MOST_REMOTE_BYTES = 20 * MIB
"""Size of a file behind a URL; asked for before anything is read."""


def declared() -> dict[str, float]:
    """Every limit by its name."""
    named = {**FILE_LIMITS._asdict(), **ARCHIVE_LIMITS._asdict()}
    return {**named, "remote_bytes": MOST_REMOTE_BYTES}

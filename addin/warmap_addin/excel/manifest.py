"""What an installation has written: each file with the fingerprint of its content, and the copy of what was there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file we wrote; `backup` is where the file that stood there before is kept (empty: none stood there)."""

    path: str
    sha256: str
    backup: str = ""

    def is_changed(self, path: Path) -> bool:
        """Whether the file is there and no longer as we wrote it."""
        try:
            return fingerprint(path.read_bytes()) != self.sha256
        except OSError:
            return False


@dataclass(slots=True)
class Manifest:
    """Files in the order they were written, and the folders that are ours as a whole."""

    files: list[WrittenFile] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    def entry(self, path: Path) -> WrittenFile | None:
        """What is known of a file."""
        return next((one for one in self.files if one.path == str(path)), None)

    def add_file(self, path: Path, content: bytes, backup: Path | None) -> None:
        """A file about to be written; the first copy of what was there is the one that counts."""
        known = self.entry(path)
        kept = known.backup if known is not None and known.backup else str(backup or "")
        self.files = [one for one in self.files if one is not known]
        self.files.append(WrittenFile(str(path), fingerprint(content), kept))

    def add_folder(self, path: Path) -> None:
        """A folder that is ours with all that is in it."""
        if str(path) not in self.folders:
            self.folders.append(str(path))

    def save(self, path: Path) -> None:
        """As JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")


def fingerprint(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(path: Path) -> Manifest | None:
    """The manifest of an installation; None where there is none or it is not one of ours."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return Manifest([WrittenFile(**one) for one in data["files"]], list(map(str, data["folders"])))
    except (OSError, ValueError, TypeError, KeyError):
        return None

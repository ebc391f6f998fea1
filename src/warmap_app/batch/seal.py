"""The seal under what this program keeps for itself: only who has this user's key can have written it.

A journal lies beside the output, where a submitted archive may have put one: what it says of a file could be anything.
So every line bears a seal (HMAC-SHA256) with a key that lies in the user's own profile, for nobody else to read.
"""

import hashlib
import hmac
import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

KEY_BYTES = 32
KEY_FILE = "journal.key"
OWNER_ALONE = 0o600
SEAL = "seal"


def digest(data: bytes) -> str:
    """What a content is known again by."""
    return hashlib.sha256(data).hexdigest()


def sealed(entry: Mapping[str, Any], key: bytes) -> dict[str, Any]:
    """The entry with its seal."""
    return {**entry, SEAL: _seal(entry, key)}


def is_sealed(entry: Mapping[str, Any], key: bytes) -> bool:
    """Whether the entry bears its seal, made with this key."""
    bare = {name: value for name, value in entry.items() if name != SEAL}
    return hmac.compare_digest(str(entry.get(SEAL, "")).encode("utf-8", "replace"), _seal(bare, key).encode())


def _seal(entry: Mapping[str, Any], key: bytes) -> str:
    return hmac.new(key, json.dumps(entry, separators=(",", ":")).encode(), "sha256").hexdigest()


def run_key(head: Mapping[str, Any]) -> bytes:
    """The key of one journal: the user's, bound to the terms in its first line, so that no line fits another journal."""
    return hmac.digest(own_key(), json.dumps(head, sort_keys=True).encode(), "sha256")


def own_key() -> bytes:
    """The user's key, made where there is none; one for this run alone where none can be kept."""
    path = _state() / KEY_FILE
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{os.urandom(8).hex()}.part")
        if not path.exists():
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE), "wb") as file:  # noqa: PTH123  0600 from the first byte
                file.write(os.urandom(KEY_BYTES))
            with suppress(FileExistsError):  # another run was first
                os.link(beside, path)  # unlike a rename it never replaces
            beside.unlink()
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:  # noqa: PTH123
            found = os.fstat(file.fileno())
            is_ours = os.name != "posix" or (found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o077)
            key = file.read(KEY_BYTES + 1)
        if is_ours and len(key) == KEY_BYTES:
            return key
    return os.urandom(KEY_BYTES)


def _state() -> Path:
    """Where programs keep what is theirs and of this user."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "warmap"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "warmap"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "warmap"

"""Ending what we started: a process with what it started itself, and its folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

OWN_GROUP: dict[str, Any] = {} if os.name == "nt" else {"start_new_session": True}


def stop(process: subprocess.Popen[Any], seconds: float) -> None:
    """Wait for a process of ours, then end it and what it started."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    if os.name == "nt":
        if process.poll() is None:
            taskkill = shutil.which("taskkill") or "taskkill"
            subprocess.run([taskkill, "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603  Windows' own
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def remove(folder: Path) -> None:
    """Delete a folder; an ending process may still write into it, so a few times."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)

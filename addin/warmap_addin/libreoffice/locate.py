"""Find LibreOffice and its Python on this machine; start and end its processes."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from warmap.text import Text
from warmap_addin import CannotDo

HOW_TO_INSTALL = Text(
    "请安装 LibreOffice：Debian/Ubuntu 用 apt-get install libreoffice-calc python3-uno libreoffice-script-provider-python；"
    "Fedora 用 dnf install libreoffice-calc libreoffice-pyuno；Windows 和 Mac 从 libreoffice.org 下载。",
    "Install LibreOffice: on Debian or Ubuntu apt-get install libreoffice-calc python3-uno "
    "libreoffice-script-provider-python; on Fedora dnf install libreoffice-calc libreoffice-pyuno; on Windows and Mac "
    "download it from libreoffice.org.",
)
NO_OFFICE = Text("没有找到 LibreOffice。", "LibreOffice was not found. ")
NO_UNO = Text(
    "找到了 LibreOffice，但没有能驱动它的 Python（缺 uno 模块）。",
    "LibreOffice was found, but no Python that can drive it (the module uno is missing). ",
)


class OfficeMissing(CannotDo):
    """LibreOffice, or a Python that has `uno`, is not on this machine; `words` say how to get it."""

    def __init__(self, what: Text) -> None:
        super().__init__(Text(what.zh + HOW_TO_INSTALL.zh, what.en + HOW_TO_INSTALL.en))


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """An installed LibreOffice: its starter, and the folder `program` (on a Mac `MacOS`) with its parts."""

    soffice: Path
    program: Path

    @property
    def version(self) -> str:
        """Such as `7.4.7.2`; empty where the program does not say."""
        console = self.program / "soffice.com"  # on Windows only this one answers
        command = [str(console if console.is_file() else self.soffice), "--version"]
        try:
            done = subprocess.run(  # noqa: S603  a program of the machine, no shell
                command,
                capture_output=True,
                timeout=60,
                check=True,
                env=clean_environment(),
                text=True,
                cwd=self.program,
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        found = re.search(r"[0-9]+(?:\.[0-9]+)+", done.stdout)
        return found.group() if found else ""

    @property
    def unopkg(self) -> Path | None:
        """The extension manager, None where it is not installed."""
        names = ("unopkg.com", "unopkg.exe", "unopkg") if os.name == "nt" else ("unopkg",)
        for folder in (self.program, self.soffice.parent):
            for name in names:
                if (folder / name).is_file():
                    return folder / name
        found = shutil.which("unopkg")
        return Path(found) if found else None


@dataclass(frozen=True, slots=True)
class OfficePython:
    """A Python that has `uno`: its program, version and platform."""

    program: Path
    version: tuple[int, int]
    platform: str


SHARED_IN_PROFILE = "shared_packages"
USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/libreoffice/current/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice*.app/Contents/MacOS/soffice",
)
WINDOWS_PLACE = "LibreOffice*/program/soffice.exe"


def _candidates() -> Iterator[Path]:
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            yield Path(found)
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        folder = os.environ.get(variable)
        if folder:
            yield from sorted(Path(folder).glob(WINDOWS_PLACE), reverse=True)
    for pattern in USUAL_PLACES:
        root, rest = Path(pattern).anchor, pattern.lstrip("/")
        yield from sorted(Path(root).glob(rest), reverse=True)


@lru_cache(maxsize=1)
def find_office() -> OfficePlace | None:
    """The LibreOffice on the PATH, else in one of the usual places, else None."""
    for path in _candidates():
        real = path.resolve()
        if real.is_file() and (real.parent / "types.rdb").is_file():
            return OfficePlace(path, real.parent)
        if real.is_file() and (real.parent.parent / "Resources" / "types.rdb").is_file():  # a Mac's bundle
            return OfficePlace(path, real.parent)
    return None


def require_office() -> OfficePlace:
    """The LibreOffice of this machine. Raises OfficeMissing."""
    office = find_office()
    if office is None:
        raise OfficeMissing(NO_OFFICE)
    return office


ASK = "import json, sys, sysconfig, uno; print(json.dumps([sys.version_info[:2], sysconfig.get_platform()]))"


@lru_cache(maxsize=1)
def find_python() -> OfficePython | None:
    """LibreOffice's own Python, else a Python of the system that has `uno`, else None."""
    office = find_office()
    if office is None:
        return None
    program = office.program
    own = [program / "python.exe", program / "python", program.parent / "Resources" / "python"]
    system = [Path("/usr/bin/python3"), *(Path(p) for p in (shutil.which("python3"),) if p), Path(sys.executable)]
    for path in (*own, *system):
        if not path.is_file():
            continue
        try:
            answer = subprocess.run(  # noqa: S603  a program of the machine, no shell
                [path, "-c", ASK],
                capture_output=True,
                check=True,
                timeout=60,
                env=clean_environment(),
                text=True,
                cwd=program,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        (major, minor), platform = json.loads(answer.stdout)
        return OfficePython(path, (major, minor), platform)
    return None


def require_python() -> OfficePython:
    """A Python that has `uno`. Raises OfficeMissing."""
    require_office()
    python = find_python()
    if python is None:
        raise OfficeMissing(NO_UNO)
    return python


def is_root() -> bool:
    """Whether unopkg will insist on `--shared`."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def profile_options(profile: Path | None) -> list[str]:
    """Options that keep soffice or unopkg inside a profile of its own.

    Root may install extensions for everybody only, so for root the place of these is moved into the profile too; a
    LibreOffice that is started without the second option does not see them.
    """
    if profile is None:
        return []
    options = [f"-env:UserInstallation={profile.resolve().as_uri()}"]
    if is_root():
        options.append(f"-env:UNO_SHARED_PACKAGES_CACHE={(profile.resolve() / SHARED_IN_PROFILE).as_uri()}")
    return options


def clean_environment() -> dict[str, str]:
    """The environment without a virtual environment and without what steers our own Python.

    LibreOffice's embedded Python would import packages from there, or compile all of the extension anew at each start
    where PYTHONDONTWRITEBYTECODE is set. Dask sets MALLOC_TRIM_THRESHOLD_ in the process that starts a cluster.
    """
    environment = {
        key: value
        for key, value in os.environ.items()
        if key != "VIRTUAL_ENV" and not key.startswith(("PYTHON", "MALLOC_"))
    }
    if sys.prefix != sys.base_prefix:
        inside = {str(Path(sys.prefix, folder)) for folder in ("bin", "Scripts")}
        parts = environment.get("PATH", "").split(os.pathsep)
        environment["PATH"] = os.pathsep.join(part for part in parts if part not in inside)
    environment["PYTHONUTF8"] = "1"
    environment["PYTHONSAFEPATH"] = (
        "1"  # unknown before Python 3.11: so nothing is started in the current folder either
    )
    environment.setdefault("SAL_USE_VCLPLUGIN", "svp")
    return environment


OWN_GROUP: dict[str, Any] = {} if os.name == "nt" else {"start_new_session": True}


def stop(process: subprocess.Popen[Any], seconds: float) -> None:
    """Wait for a process of ours, then kill it and what it started."""
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

"""`warmap addin install` and `uninstall` for Excel: into the user's profile, without an administrator, and out of it again.

What is written stands in a manifest; uninstalling removes exactly that and puts back what was there before.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit
from urllib.request import url2pathname

from warmap import VERSION
from warmap.text import Lang, Text
from warmap_addin import CannotDo, WrongPath, in_full, last_words
from warmap_addin.excel.build import build_addin
from warmap_addin.excel.machine import (
    LANGUAGE,
    PYTHON,
    XLWINGS,
    XLWINGS_VERSION,
    Machine,
    configuration_bytes,
    read_config,
    this_machine,
)
from warmap_workbook.saving import CannotWrite, save

Run: TypeAlias = Callable[[Sequence[str]], None]

LOWEST_PYTHON = (3, 11)
MINUTES = 20

NOT_ON_MAC = Text(
    "Mac 版 Excel 不支持这个加载项：xlwings 的函数只在 Windows 上有。请用 LibreOffice：warmap addin install --host libreoffice",
    "Excel on a Mac cannot use this add-in: xlwings' functions exist on Windows only. Use LibreOffice: warmap addin install --host libreoffice",
)
NOT_HERE = Text(
    "Excel 加载项只能装在 Windows 上。这台电脑请用 LibreOffice：warmap addin install --host libreoffice",
    "The Excel add-in can be installed on Windows only. On this computer use LibreOffice: warmap addin install --host libreoffice",
)
OLD_PYTHON = Text(
    "需要 Python {wanted} 或更新，现在是 {found}。请安装新版（python.org，选“仅为我安装”，不需要管理员）。",
    "Python {wanted} or newer is needed, this is {found}. Install a newer one (python.org, “just for me”; no administrator needed).",
)
FAILED = Text(
    "这一步没有成功：{step}\n{fault}\n没有网络时，请让 IT 给您一个放好安装包的文件夹，并设 PIP_FIND_LINKS 和 PIP_NO_INDEX=1。",
    "This step failed: {step}\n{fault}\nWithout the Internet, ask IT for a folder with the packages, and set PIP_FIND_LINKS and PIP_NO_INDEX=1.",
)
IN_USE = Text(
    "{path} 正被占用：请关闭所有 Excel 窗口后再运行一次。",
    "{path} is in use: close every Excel window and run this again.",
)
CANNOT_WRITE = Text("写不了 {path}：{fault}", "{path} cannot be written: {fault}")
MAKE_PYTHON = Text("建立 Python 环境 {path}", "make a Python environment in {path}")
PACKAGES = Text("装入 {packages}", "install {packages}")
WRITE = Text("写入 {path}", "write {path}")
KEEP = Text("{path} 原有的文件先备份到 {backup}", "back up the existing {path} to {backup}")
REMOVE = Text("删除 {path}", "remove {path}")
RESTORE = Text("恢复原来的 {path}", "restore the previous {path}")
NOT_OURS = Text(
    "{path} 不在本加载项的文件夹里，没有动它。", "{path} is in no folder of the add-in and is left as it is."
)
LEFT = Text("{path} 安装后被改过，没有动它。", "{path} was changed after the installation and is left as it is.")
NO_FILE = Text("没有文件 {path}", "There is no file {path}")
WOULD = Text("（试运行：什么都没有改）", "(dry run: nothing was changed)")
INSTALLED = Text(
    "加载项已装好；重新打开 Excel，功能区会多出“作战地图”。有问题请运行 warmap addin doctor --host excel",
    "The add-in is installed; restart Excel, and the ribbon has a tab “War Map”. If something is wrong: warmap addin doctor --host excel",
)
NOT_INSTALLED = Text("加载项本来就没有安装。", "The add-in was not installed.")
REMOVED = Text(
    "加载项已卸载。工作簿照常打开，显示上次的结果。",
    "The add-in is removed. Workbooks open as before and show the last results.",
)
NOT_ADDIN = Text("{path} 不是 Excel 加载项（.xlam）", "{path} is not an Excel add-in (.xlam)")
ZIPPED = b"PK\x03\x04"


class CannotInstall(CannotDo):
    """A step of the installation failed, or cannot be done on this computer."""


# -- the commands ------------------------------------------------------------------------------------------------------


def install(arguments: argparse.Namespace, lang: Lang, machine: Machine | None = None, run: Run | None = None) -> int:
    """`warmap addin install --host excel [--file warmap.xlam] [--package WHEEL] [--dry-run]`.

    Gives 0 for installed. Raises CannotDo and WrongPath.
    """
    machine, is_dry = machine or this_machine(), bool(getattr(arguments, "dry_run", False))
    given = Path(arguments.file) if getattr(arguments, "file", None) else None
    require_windows(machine)
    package = getattr(arguments, "package", None)
    for path in (given, Path(package) if package else None):
        if path is not None and not path.exists():
            raise WrongPath(in_full(NO_FILE, path=path))
    if given is not None and not (given.is_file() and given.read_bytes().startswith(ZIPPED)):
        raise WrongPath(in_full(NOT_ADDIN, path=given))
    installer = Installer(
        machine, run or run_command, lambda words: print(f"· {words.to(lang)}"), is_dry, package or own_source()
    )
    installer.install(b"" if is_dry else given.read_bytes() if given else build_addin(), _chosen(machine))
    print((WOULD if is_dry else INSTALLED).to(lang))
    return 0


def uninstall(arguments: argparse.Namespace, lang: Lang, machine: Machine | None = None) -> int:
    """`warmap addin uninstall --host excel [--dry-run]`: 0 removed or not there. Raises CannotInstall."""
    machine, is_dry = machine or this_machine(), bool(getattr(arguments, "dry_run", False))
    was_there = Installer(machine, run_command, lambda words: print(f"· {words.to(lang)}"), is_dry).uninstall()
    print((NOT_INSTALLED if not was_there else WOULD if is_dry else REMOVED).to(lang))
    return 0


def _chosen(machine: Machine) -> Lang | None:
    """The language that IT wrote into the configuration: an upgrade keeps it."""
    kept = read_config(machine.config).get(LANGUAGE)
    return "zh" if kept == "zh" else "en" if kept == "en" else None


# -- the steps ---------------------------------------------------------------------------------------------------------


def require_windows(machine: Machine) -> None:
    """Raise CannotInstall on another system, and say what to use instead."""
    if not machine.is_windows:
        raise CannotInstall(NOT_ON_MAC if machine.platform == "darwin" else NOT_HERE)


def run_command(command: Sequence[str]) -> None:
    """Run a program to its end. Raises CannotInstall with its last lines."""
    try:
        subprocess.run(  # noqa: S603  Python of this computer, no shell
            command,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=60 * MINUTES,
            env={**os.environ, "PYTHONSAFEPATH": "1"},  # for what pip starts
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise CannotInstall(in_full(FAILED, step=" ".join(command), fault=last_words(fault, lines=5))) from fault


def requirements(package: str | None = None) -> list[str]:
    """What pip installs: exactly the xlwings whose DLL the workbook names, and this version of ours.

    `package` is where ours comes from (a wheel, a folder); without it, pip looks in the package index for this version.
    """
    ours = f"warmap[excel]=={VERSION}" if package is None else f"{package}[excel]"
    return [f"xlwings=={XLWINGS_VERSION}", "pywin32", ours]


def own_source() -> str | None:
    """The wheel or folder that the running program was installed from; None where it came from a package index.

    A name is not asked for at an index that ours did not come from: somebody else may have published one there.
    """
    try:
        noted = json.loads(distribution("warmap").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    address = urlsplit(str(noted.get("url", "")))
    if address.scheme != "file":
        return None
    path = Path(url2pathname(f"//{address.netloc}{address.path}" if address.netloc else address.path))
    return str(path) if path.exists() else None


@dataclass(slots=True)
class Installer:
    """Installs into one machine's profile; `run` runs a program, `tell` is told each step before it is taken."""

    machine: Machine
    run: Run
    tell: Callable[[Text], None]
    is_dry: bool = False
    package: str | None = None

    def install(self, addin: bytes, lang: Lang | None = None) -> None:
        """Install Python, packages, configuration and add-in, in this order: what may fail comes first. Raises CannotInstall."""
        machine = self.machine
        require_windows(machine)
        if machine.python_version < LOWEST_PYTHON:
            wanted, found = (".".join(map(str, version)) for version in (LOWEST_PYTHON, machine.python_version))
            raise CannotInstall(in_full(OLD_PYTHON, wanted=wanted, found=found))
        manifest = read_manifest(machine.manifest) or Manifest()
        if not machine.venv_python.exists():
            self._make_python(manifest)
        packages = requirements(self.package)
        self.tell(in_full(PACKAGES, packages=", ".join(packages)))
        if not self.is_dry:
            pip = (str(machine.venv_python), "-I", "-m", "pip", "install", "--upgrade", "--disable-pip-version-check")
            self.run([*pip, *packages])
            for addin_of_others in machine.venv.glob("Lib/site-packages/xlwings/**/*.xlam"):
                addin_of_others.unlink()  # xlwings' own, not needed here, and antivirus software objects to it
        settings = {PYTHON: str(machine.venv_python), XLWINGS: XLWINGS_VERSION, **({LANGUAGE: lang} if lang else {})}
        self._write(manifest, machine.config, configuration_bytes(settings))
        self._write(manifest, machine.addin, addin)
        if not self.is_dry:
            # pywin32 makes this folder below TEMP otherwise, and a Python that the DLL starts cannot read that path where the
            # user's name is outside the computer's code page
            _guarded(machine.generated, partial(machine.generated.mkdir, parents=True, exist_ok=True))

    def uninstall(self) -> bool:
        """Remove everything in the manifest, the newest first; False where nothing is installed. Raises CannotInstall."""
        machine = self.machine
        require_windows(machine)
        manifest = read_manifest(machine.manifest)
        if manifest is None:
            return False
        for entry in reversed(manifest.files):
            self._remove(entry)
        for folder in map(Path, manifest.folders):
            if self._is_below(folder, machine.local):
                self._do(in_full(REMOVE, path=folder), folder, partial(_remove_folder, folder))
            else:
                self.tell(in_full(NOT_OURS, path=folder))
        if not self.is_dry:
            machine.manifest.unlink(missing_ok=True)
            for folder in (machine.backups, machine.local):
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
        return True

    # -- steps -----------------------------------------------------------------------------------------------------

    def _do(self, words: Text, path: Path, work: Callable[[], object]) -> None:
        """Announce a step and take it; in a dry run, only announce it."""
        self.tell(words)
        if not self.is_dry:
            _guarded(path, work)

    def _remove(self, entry: WrittenFile) -> None:
        """Remove a file of ours and restore the one it replaced. Outside our folder, leave a changed file alone."""
        path, backup = Path(entry.path), Path(entry.backup) if entry.backup else None
        if not (self._is_below(path, self.machine.local) or self._is_same(path, self.machine.addin)):
            self.tell(in_full(NOT_OURS, path=path))
            return
        if backup is not None and not self._is_below(backup, self.machine.backups):
            self.tell(in_full(NOT_OURS, path=backup))
            backup = None
        if entry.is_changed(path) and self.machine.local not in path.parents:
            self.tell(in_full(LEFT, path=path))
            return
        self._do(in_full(REMOVE, path=path), path, partial(path.unlink, missing_ok=True))
        if backup is not None and backup.exists():
            self._do(in_full(RESTORE, path=path), path, partial(backup.replace, path))

    def _is_below(self, path: Path, folder: Path) -> bool:
        """Whether a path of the manifest lies in a folder of ours, wherever links lead: a manifest may name anything."""
        try:
            real, home = path.resolve(), folder.resolve()
        except (OSError, RuntimeError, ValueError):  # a link to itself, a NUL
            return False
        return real != home and real.is_relative_to(home) and not path.is_symlink()

    def _is_same(self, path: Path, ours: Path) -> bool:
        return path.name == ours.name and not path.is_symlink() and path.parent.resolve() == ours.parent.resolve()

    def _make_python(self, manifest: Manifest) -> None:
        machine = self.machine
        self.tell(in_full(MAKE_PYTHON, path=machine.venv))
        if self.is_dry:
            return
        manifest.add_folder(machine.venv)
        manifest.save(machine.manifest)
        try:
            self.run([str(machine.python), "-I", "-m", "venv", "--clear", str(machine.venv)])
        except CannotInstall:
            _remove_folder(machine.venv)
            raise

    def _write(self, manifest: Manifest, path: Path, content: bytes) -> None:
        """Write a file of ours; one of somebody else's in its place is backed up, and named in the manifest, before that."""
        machine = self.machine
        known = manifest.entry(path)
        is_ours = known is not None and (machine.local in path.parents or not known.is_changed(path))
        is_others = path.exists() and not is_ours
        is_kept = is_others and (known is None or not known.backup)
        backup = machine.backups / path.name
        if is_kept:
            self.tell(in_full(KEEP, path=path, backup=backup))
        self.tell(in_full(WRITE, path=path))
        if self.is_dry:
            return

        def write() -> None:
            if is_kept:
                save(backup, path.read_bytes())
            manifest.add_file(path, content, backup if is_others else None)
            manifest.save(machine.manifest)
            save(path, content)

        _guarded(path, write)


def _guarded(path: Path, work: Callable[[], object]) -> None:
    """Do the work; raise CannotInstall for what the disk refuses."""
    try:
        work()
    except CannotWrite as fault:
        is_held = isinstance(fault.__context__, PermissionError)
        raise CannotInstall(in_full(IN_USE, path=path) if is_held else fault.words) from fault
    except PermissionError as fault:
        raise CannotInstall(in_full(IN_USE, path=path)) from fault
    except OSError as fault:
        raise CannotInstall(in_full(CANNOT_WRITE, path=path, fault=fault.strerror or fault)) from fault


def _remove_folder(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


# -- the manifest ------------------------------------------------------------------------------------------------------


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
        """Note a file before it is written. The first backup counts: a later one would be a copy of our own file."""
        known = self.entry(path)
        kept = known.backup if known is not None and known.backup else str(backup or "")
        self.files = [one for one in self.files if one is not known]
        self.files.append(WrittenFile(str(path), fingerprint(content), kept))

    def add_folder(self, path: Path) -> None:
        """A folder that is ours with all that is in it."""
        if str(path) not in self.folders:
            self.folders.append(str(path))

    def save(self, path: Path) -> None:
        """Write the manifest as JSON."""
        save(path, json.dumps(asdict(self), ensure_ascii=False, indent=1).encode())


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

"""Install the extension into a user's LibreOffice, and remove it, through unopkg, LibreOffice's extension manager."""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from warmap.text import Lang, Text
from warmap_addin import CannotDo, WrongPath, in_full, last_words
from warmap_addin.libreoffice.build import build_oxt
from warmap_addin.libreoffice.generate import IDENTIFIER
from warmap_addin.libreoffice.locate import (
    SHARED_IN_PROFILE,
    clean_environment,
    is_root,
    profile_options,
    require_office,
)

SECONDS = 180
NO_UNOPKG = Text(
    "找不到 unopkg（LibreOffice 的扩展管理程序）：请重新安装 LibreOffice。",
    "unopkg, LibreOffice's extension manager, is missing: install LibreOffice again.",
)
FAILED = Text(
    "LibreOffice 没有接受扩展：{fault}。请关闭所有 LibreOffice 窗口（包括快速启动器）后重试。",
    "LibreOffice did not take the extension: {fault}. Close every LibreOffice window (and the quickstarter), then try again.",
)
NO_FILE = Text("没有文件 {path}", "There is no file {path}")
INSTALLED = Text(
    "扩展已装入 LibreOffice；重新打开 LibreOffice 后生效", "The extension is installed; restart LibreOffice to use it"
)
STARTED_WITH = Text(
    "root 装的扩展归所有用户，不在用户配置目录里；要让 LibreOffice 看到它，这样启动：soffice {options}",
    "Root installs for everybody, not into a profile; LibreOffice sees it only when started so: soffice {options}",
)
REMOVED = Text("扩展已卸载", "The extension is removed")
NOT_THERE = Text("扩展本来就没有安装", "The extension was not installed")
VERSION_LINE = re.compile(r"Identifier:\s*(\S+)\s+Version:\s*(\S+)")


class CannotInstall(CannotDo):
    """The extension manager failed."""


def install(arguments: argparse.Namespace, lang: Lang) -> int:
    """`warmap addin install --host libreoffice [--file OXT] [--profile DIR]`: 0 installed. Raises CannotDo and WrongPath."""
    oxt = Path(arguments.file) if arguments.file else None
    if oxt is not None and not oxt.is_file():
        raise WrongPath(in_full(NO_FILE, path=oxt))
    profile = profile_of(arguments)
    add_extension(profile, oxt=oxt)
    print(INSTALLED.to(lang))
    if (how := how_to_start(profile)) is not None:
        print(how.to(lang))
    return 0


def uninstall(arguments: argparse.Namespace, lang: Lang) -> int:
    """`warmap addin uninstall --host libreoffice [--profile DIR]`: 0 removed or not there. Raises CannotDo."""
    print((REMOVED if remove_extension(profile_of(arguments)) else NOT_THERE).to(lang))
    return 0


def profile_of(arguments: argparse.Namespace) -> Path | None:
    """The profile that was named; None for the user's own."""
    return Path(arguments.profile) if arguments.profile else None


def how_to_start(profile: Path | None) -> Text | None:
    """How LibreOffice is to be started so that it sees what was installed; None where nothing is to be heeded."""
    if profile is None or not is_root():
        return None
    return in_full(STARTED_WITH, options=shlex.join(profile_options(profile)))


def _unopkg(verb: str, *arguments: str, profile: Path | None) -> str:
    program = require_office().unopkg
    if program is None:
        raise CannotInstall(NO_UNOPKG)
    shared = ["--shared"] if is_root() else []
    command = [str(program), verb, *shared, *profile_options(profile), *arguments]
    try:
        done = subprocess.run(  # noqa: S603  a program of the machine, no shell
            command, capture_output=True, text=True, timeout=SECONDS, check=True, env=clean_environment(),
            encoding="utf-8", errors="replace", cwd=program.parent,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotInstall(in_full(FAILED, fault=last_words(error))) from error
    return done.stdout


def add_extension(profile: Path | None = None, *, oxt: Path | None = None) -> None:
    """Add the extension (built now where no file is given) to the user's profile, or to the profile given.

    Raises OfficeMissing, CannotBuild, CannotInstall.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = oxt or build_oxt(Path(folder))
        _unopkg("add", "--force", "--suppress-license", str(path.resolve()), profile=profile)


def remove_extension(profile: Path | None = None) -> bool:
    """Remove the extension; False where it was not there. Raises OfficeMissing, CannotInstall."""
    if installed_version(profile) is None:
        return False
    _unopkg("remove", IDENTIFIER, profile=profile)
    return True


def installed_version(profile: Path | None = None) -> str | None:
    """The version of the installed extension, None where there is none. Raises OfficeMissing, CannotInstall."""
    for identifier, version in VERSION_LINE.findall(_unopkg("list", profile=profile)):
        if identifier == IDENTIFIER:
            return str(version)
    return None


def user_profile() -> Path:
    """Where LibreOffice keeps the user's profile."""
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"), "LibreOffice", "4")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "LibreOffice" / "4"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config", "libreoffice", "4")


def copy_extensions(source: Path | None, target: Path) -> None:
    """Copy the extensions of a profile (by default the user's) into another one, to try them undisturbed."""
    users = (source or user_profile()) / "user" / "uno_packages"
    shared = (
        source / SHARED_IN_PROFILE if source else require_office().program.parent / "share" / "uno_packages" / "cache"
    )
    if users.is_dir():
        shutil.copytree(users, target / "user" / "uno_packages")
    if is_root() and shared.is_dir():
        shutil.copytree(shared, target / SHARED_IN_PROFILE)

"""`warmap addin install` and `uninstall` for Excel: into the user's profile, with nothing asked of an administrator."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from warmap.text import Lang, Text
from warmap_addin.excel.configuration import LANGUAGE
from warmap_addin.excel.installer import CannotInstall, Installer, own_source, require_windows, run_command
from warmap_addin.excel.machine import Machine, read_config, this_machine

if TYPE_CHECKING:
    from warmap_addin.excel.installer import Run

NO_FILE = Text("没有文件 {path}", "There is no file {path}")
WOULD = Text("（试运行：什么都没有改）", "(dry run: nothing was changed)")
INSTALLED = Text(
    "加载项已装好；重新打开 Excel，功能区会多出“作战地图”。有问题请运行 warmap addin doctor --host excel",
    "The add-in is installed; start Excel anew, and the ribbon has a tab “War Map”. If something is wrong: warmap addin doctor --host excel",
)
NOT_INSTALLED = Text("加载项本来就没有安装。", "The add-in was not installed.")
REMOVED = Text(
    "加载项已卸载。工作簿照常打开，显示上次的结果。",
    "The add-in is removed. Workbooks open as before and show the last results.",
)
NOT_ADDIN = Text("{path} 不是 Excel 加载项（.xlam）", "{path} is no Excel add-in (.xlam)")
ZIPPED = b"PK\x03\x04"


def install(arguments: argparse.Namespace, lang: Lang, machine: Machine | None = None, run: Run = run_command) -> int:
    """`warmap addin install --host excel [--file warmap.xlam] [--package WHEEL] [--dry-run]`: 0 installed, 1 not, 2 wrong use."""
    machine, is_dry = machine or this_machine(), bool(getattr(arguments, "dry_run", False))
    given = Path(arguments.file) if getattr(arguments, "file", None) else None
    try:
        require_windows(machine)
        package = getattr(arguments, "package", None)
        for path in (given, Path(package) if package else None):
            if path is not None and not path.exists():
                print(NO_FILE.say(lang, {"path": path}))
                return 2
        if given is not None and not (given.is_file() and given.read_bytes().startswith(ZIPPED)):
            print(NOT_ADDIN.say(lang, {"path": given}))
            return 2
        source = package or own_source()
        installer = Installer(machine, run, lambda words: print(f"· {words.to(lang)}"), is_dry, source)
        installer.install(b"" if is_dry else given.read_bytes() if given else _built(), _chosen(machine))
    except CannotInstall as fault:
        print(fault.words.to(lang))
        return 1
    print((WOULD if is_dry else INSTALLED).to(lang))
    return 0


def uninstall(arguments: argparse.Namespace, lang: Lang, machine: Machine | None = None) -> int:
    """`warmap addin uninstall --host excel [--dry-run]`: 0 removed or not there, 1 a problem."""
    machine, is_dry = machine or this_machine(), bool(getattr(arguments, "dry_run", False))
    try:
        was_there = Installer(machine, run_command, lambda words: print(f"· {words.to(lang)}"), is_dry).uninstall()
    except CannotInstall as fault:
        print(fault.words.to(lang))
        return 1
    print((NOT_INSTALLED if not was_there else WOULD if is_dry else REMOVED).to(lang))
    return 0


def _built() -> bytes:
    from warmap_addin.excel.build import build_addin
    from warmap_addin.excel.project import CannotBuild

    try:
        return build_addin()
    except CannotBuild as fault:
        raise CannotInstall(fault.words) from fault


def _chosen(machine: Machine) -> Lang | None:
    """The language that IT has put into the configuration stays at an upgrade."""
    kept = read_config(machine.config).get(LANGUAGE)
    return "zh" if kept == "zh" else "en" if kept == "en" else None

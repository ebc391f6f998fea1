"""What keeps the Excel add-in from working on this computer, in words that a rep can send to IT."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from warmap.text import Lang, Text
from warmap_addin.excel import office_policy as policy
from warmap_addin.excel.installer import NOT_HERE, NOT_ON_MAC, said
from warmap_addin.excel.machine import Machine, this_machine
from warmap_addin.excel.manifest import fingerprint, read_manifest
from warmap_addin.excel.python_state import INSTALL, python_state

PLATFORM = Text("这台电脑不是 Windows（{platform}）", "This computer does not run Windows ({platform})")
EXCEL = Text("Excel：{path}", "Excel: {path}")
NO_EXCEL = Text("没有找到桌面版 Excel", "No desktop Excel was found")
GET_EXCEL = Text(
    "安装桌面版 Excel；网页版 Excel 请用网页加载项，或改用 LibreOffice（--host libreoffice）。",
    "Install desktop Excel; in Excel for the web use the web add-in, or use LibreOffice (--host libreoffice).",
)
STORE = Text("Excel 来自微软商店：{path}", "Excel comes from the Microsoft Store: {path}")
NO_STORE = Text(
    "商店版 Office 在隔离环境里运行，不能启动我们的 Python。请 IT 卸载商店版，从 office.com 装桌面版（即点即用）。",
    "Office from the Store runs in a container and cannot start our Python. Ask IT to remove it and to install desktop Office from office.com (Click-to-Run).",
)
BITS = Text(
    "Excel {office} 位，Python {python} 位：可以混用，Python 在自己的进程里",
    "Excel is {office}-bit, Python {python}-bit: they may differ, Python runs in a process of its own",
)
NO_BITS = Text("Excel 的位数没有查到；两种位数都支持", "Whether Excel is 32- or 64-bit was not found; either will do")
ADDIN = Text("加载项在 {path}", "The add-in is in {path}")
NO_ADDIN = Text("加载项不在 {path}", "The add-in is not in {path}")
ADDIN_CHANGED = Text("{path} 不是装进去的那一份", "{path} is not the one that was installed")
MARKED = Text(
    "{path} 带有“来自网络”的标记，Excel 会拦住宏",
    "{path} carries the mark “from the Internet”: Excel blocks its macros",
)
UNMARK = Text(
    "右键文件 → 属性 → 勾选“解除锁定”；或重新运行 warmap addin install --host excel",
    "Right-click the file → Properties → tick “Unblock”; or run warmap addin install --host excel again",
)
CLOUD = Text("{path} 在 OneDrive 里", "{path} lies in OneDrive")
NO_CLOUD = Text("程序和配置不在 OneDrive 里", "Program and configuration do not lie in OneDrive")
CLOUD_REMEDY = Text(
    "云端同步会锁住或搬走程序文件。请 IT 把这个文件夹移出同步范围（设环境变量 LOCALAPPDATA/APPDATA 的默认值）。",
    "Syncing locks or moves program files. Ask IT to take this folder out of OneDrive (the usual LOCALAPPDATA and APPDATA).",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing looked at: a stable code, what was found, and how to mend it where it is not well."""

    code: str
    words: Text
    remedy: Text | None = None

    @property
    def well(self) -> bool:
        """Whether nothing needs mending."""
        return self.remedy is None


def examine(machine: Machine) -> list[Point]:
    """The points in the order in which they build on one another."""
    if not machine.is_windows:
        words = said(PLATFORM, platform=machine.platform)
        return [Point("platform", words, NOT_ON_MAC if machine.platform == "darwin" else NOT_HERE)]
    return [*_excel(machine), *_addin(machine), *_python(machine), *_cloud(machine), *_rules(machine)]


def _excel(machine: Machine) -> Iterator[Point]:
    path = policy.excel_path(machine.registry)
    if path is None:
        yield Point("excel", NO_EXCEL, GET_EXCEL)
        return
    if policy.is_from_store(path):
        yield Point("excel-from-store", said(STORE, path=path), NO_STORE)
    else:
        yield Point("excel", said(EXCEL, path=path))
    bits = policy.office_bits(machine.registry, path)
    own = 64 if machine.is_64_bit else 32
    yield Point("bitness", said(BITS, office=bits, python=own) if bits else NO_BITS)


def _addin(machine: Machine) -> Iterator[Point]:
    path = machine.addin
    if not path.is_file():
        yield Point("addin", said(NO_ADDIN, path=path), INSTALL)
        return
    manifest = read_manifest(machine.manifest)
    known = manifest.entry(path) if manifest else None
    if known is None or fingerprint(path.read_bytes()) != known.sha256:
        yield Point("addin", said(ADDIN_CHANGED, path=path), INSTALL)
    else:
        yield Point("addin", said(ADDIN, path=path))
    if is_marked(path):
        yield Point("mark-of-the-web", said(MARKED, path=path), UNMARK)


def is_marked(path: Path) -> bool:
    """Whether Windows holds the file for one from the Internet: a second stream of the file says so."""
    try:
        with open(f"{path}:Zone.Identifier", encoding="ascii", errors="replace") as stream:  # noqa: PTH123  a stream, no path
            return any(line.strip() in {"ZoneId=3", "ZoneId=4"} for line in stream)
    except OSError:
        return False


def _python(machine: Machine) -> Iterator[Point]:
    for code, words, remedy in python_state(machine):
        yield Point(code, words, remedy)


def _cloud(machine: Machine) -> Iterator[Point]:
    roots = [
        machine.environ[name]
        for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
        if machine.environ.get(name)
    ]
    inside = [
        path
        for path in (machine.local, machine.xlstart)
        if any(PureWindowsPath(str(path)).is_relative_to(PureWindowsPath(root)) for root in roots)
    ]
    for path in inside:
        yield Point("onedrive", said(CLOUD, path=path), CLOUD_REMEDY)
    if not inside:
        yield Point("onedrive", NO_CLOUD)


def _rules(machine: Machine) -> Iterator[Point]:
    for code, words, remedy in policy.restrictions(machine.registry):
        yield Point(code, words, remedy)


# -- the command -------------------------------------------------------------------------------------------------------

LOG = Text("日志：{path}", "Log: {path}")


def doctor(arguments: argparse.Namespace, lang: Lang, machine: Machine | None = None) -> int:
    """`warmap addin doctor --host excel [--json]`: 0 all is well, 1 something is wrong."""
    machine = machine or this_machine()
    points = examine(machine)
    if getattr(arguments, "json", False):
        rows = [
            {
                "code": p.code,
                "well": p.well,
                "words": p.words.to(lang),
                "remedy": p.remedy.to(lang) if p.remedy else None,
            }
            for p in points
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for point in points:
            print(f"{'✓' if point.well else '✗'} {point.words.to(lang)}")
            if point.remedy is not None:
                print(f"  → {point.remedy.to(lang)}")
        if machine.is_windows:
            print(LOG.say(lang, {"path": machine.log}))
    return int(not all(point.well for point in points))

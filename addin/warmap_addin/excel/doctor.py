"""What keeps the Excel add-in from working on this computer, in words that a rep can send to IT."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from warmap import VERSION
from warmap.text import Lang, Text
from warmap_addin import Point, in_full, print_points
from warmap_addin.excel import office_policy as policy
from warmap_addin.excel.install import LOWEST_PYTHON, NOT_HERE, NOT_ON_MAC, fingerprint, read_manifest
from warmap_addin.excel.machine import PYTHON, XLWINGS, XLWINGS_VERSION, Machine, read_config, this_machine

PLATFORM = Text("这台电脑不是 Windows（{platform}）", "This computer does not run Windows ({platform})")
EXCEL = Text("Excel：{path}", "Excel: {path}")
NO_EXCEL = Text("没有找到桌面版 Excel", "No desktop Excel was found")
GET_EXCEL = Text(
    "安装桌面版 Excel，或改用 LibreOffice（--host libreoffice）。",
    "Install desktop Excel, or use LibreOffice (--host libreoffice).",
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

INSTALL = Text("运行 warmap addin install --host excel", "Run: warmap addin install --host excel")
CONFIG = Text("配置：{path}", "Configuration: {path}")
NO_CONFIG = Text("没有配置文件 {path}，或里面没有写 Python", "There is no configuration {path}, or it names no Python")
PYTHON_THERE = Text("Python：{path}", "Python: {path}")
PYTHON_GONE = Text("配置里的 Python 不在了：{path}", "The Python of the configuration is gone: {path}")
STORE_PYTHON = Text("Python 来自微软商店：{path}", "Python comes from the Microsoft Store: {path}")
GET_PYTHON = Text(
    "安装 python.org 的 Python {wanted} 或更新（“仅为我安装”，不需要管理员），再运行 warmap addin uninstall 和 install。",
    "Install Python {wanted} or newer from python.org (“just for me”, no administrator), then run warmap addin uninstall and install.",
)
PACKAGE = Text("{package} {version}", "{package} {version}")
NO_PACKAGE = Text("Python 环境里没有 {package}", "{package} is missing in the Python environment")
OTHER_VERSION = Text("{package} 是 {found}，应为 {wanted}", "{package} is {found} and should be {wanted}")
DLL = Text("xlwings 的 DLL：{path}", "xlwings' DLL: {path}")
NO_DLL = Text(
    "找不到 {name}：它应在 {folder} 或上一级", "{name} is missing: it should lie in {folder} or one folder above"
)
DLL_REMEDY = Text(
    "可能被杀毒软件隔离：请 IT 放行后，再运行 warmap addin install --host excel",
    "Antivirus software may have removed it: ask IT to allow it, then run warmap addin install --host excel again",
)
LOG = Text("日志：{path}", "Log: {path}")


def examine(machine: Machine) -> list[Point]:
    """The points, each building on those before."""
    if not machine.is_windows:
        words = in_full(PLATFORM, platform=machine.platform)
        return [Point("platform", words, NOT_ON_MAC if machine.platform == "darwin" else NOT_HERE)]
    return [
        *_excel(machine),
        *_addin(machine),
        *_python(machine),
        *_cloud(machine),
        *policy.restrictions(machine.registry),
    ]


def _excel(machine: Machine) -> Iterator[Point]:
    path = policy.excel_path(machine.registry)
    if path is None:
        yield Point("excel", NO_EXCEL, GET_EXCEL)
        return
    if policy.is_from_store(path):
        yield Point("excel-from-store", in_full(STORE, path=path), NO_STORE)
    else:
        yield Point("excel", in_full(EXCEL, path=path))
    bits = policy.office_bits(machine.registry, path)
    own = 64 if machine.is_64_bit else 32
    yield Point("bitness", in_full(BITS, office=bits, python=own) if bits else NO_BITS)


def _addin(machine: Machine) -> Iterator[Point]:
    path = machine.addin
    if not path.is_file():
        yield Point("addin", in_full(NO_ADDIN, path=path), INSTALL)
        return
    manifest = read_manifest(machine.manifest)
    known = manifest.entry(path) if manifest else None
    if known is None or fingerprint(path.read_bytes()) != known.sha256:
        yield Point("addin", in_full(ADDIN_CHANGED, path=path), INSTALL)
    else:
        yield Point("addin", in_full(ADDIN, path=path))
    if is_marked(path):
        yield Point("mark-of-the-web", in_full(MARKED, path=path), UNMARK)


def is_marked(path: Path) -> bool:
    """Whether Windows takes the file for one from the Internet (ZoneId 3) or from a restricted site (4).

    Browsers and mail programs write that into the file's stream `Zone.Identifier`, which exists on NTFS only.
    """
    try:
        with open(f"{path}:Zone.Identifier", encoding="ascii", errors="replace") as stream:  # noqa: PTH123  a stream, not a path
            return any(line.strip() in {"ZoneId=3", "ZoneId=4"} for line in stream)
    except OSError:
        return False


def _python(machine: Machine) -> Iterator[Point]:
    """The Python that the add-in starts: configuration, program, packages, DLL, as far as each is there."""
    config = read_config(machine.config)
    named = config.get(PYTHON, "")
    if not named:
        yield Point("configuration", in_full(NO_CONFIG, path=machine.config), INSTALL)
        return
    yield Point("configuration", in_full(CONFIG, path=machine.config))
    program = Path(named)
    wanted = ".".join(map(str, LOWEST_PYTHON))
    if not program.is_file():
        yield Point("python", in_full(PYTHON_GONE, path=named), INSTALL)
        return
    home = _base_python(program)
    if "WindowsApps" in home:
        yield Point("python-from-store", in_full(STORE_PYTHON, path=home), in_full(GET_PYTHON, wanted=wanted))
    else:
        yield Point("python", in_full(PYTHON_THERE, path=named))
    yield from _packages(machine, program, config.get(XLWINGS, ""))


def _base_python(program: Path) -> str:
    """Where the environment's Python comes from: `pyvenv.cfg` names its folder."""
    try:
        lines = (program.parent.parent / "pyvenv.cfg").read_text("utf-8", "replace").splitlines()
    except OSError:
        return str(program)
    pairs = (line.partition("=") for line in lines)
    return next((value.strip() for name, _, value in pairs if name.strip() == "home"), str(program))


def _packages(machine: Machine, program: Path, configured: str) -> Iterator[Point]:
    """pywin32, exactly our version of xlwings, our own functions, and xlwings' DLL for Excel's bitness."""
    packages = program.parent.parent / "Lib" / "site-packages"
    for package, wanted in (("pywin32", ""), ("xlwings", XLWINGS_VERSION), ("warmap", VERSION)):
        found = installed_version(packages, package)
        if found is None:
            yield Point(package, in_full(NO_PACKAGE, package=package), INSTALL)
        elif wanted and found != wanted:
            yield Point(package, in_full(OTHER_VERSION, package=package, found=found, wanted=wanted), INSTALL)
        elif package == "xlwings" and configured != found:
            facts = {"package": "xlwings (warmap.conf)", "found": configured or "–", "wanted": found}
            yield Point(package, in_full(OTHER_VERSION, **facts), INSTALL)
        else:
            yield Point(package, in_full(PACKAGE, package=package, version=found))
    path = policy.excel_path(machine.registry)
    bits = policy.office_bits(machine.registry, path) if path else None
    for width in [bits] if bits else [32, 64]:
        name = f"xlwings{width}-{XLWINGS_VERSION}.dll"
        there = next((f / name for f in (program.parent, program.parent.parent) if (f / name).is_file()), None)
        if there is None:
            yield Point("dll", in_full(NO_DLL, name=name, folder=program.parent), DLL_REMEDY)
        else:
            yield Point("dll", in_full(DLL, path=there))


def installed_version(packages: Path, name: str) -> str | None:
    """The version of a package by the folder its installer leaves; None where there is none."""
    for folder in sorted(packages.glob(f"{name}-*.dist-info")) if packages.is_dir() else []:
        return folder.name.removeprefix(f"{name}-").removesuffix(".dist-info")
    return None


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
        yield Point("onedrive", in_full(CLOUD, path=path), CLOUD_REMEDY)
    if not inside:
        yield Point("onedrive", NO_CLOUD)


# -- the command -------------------------------------------------------------------------------------------------------


def doctor(arguments: argparse.Namespace, lang: Lang, machine: Machine | None = None) -> int:
    """`warmap addin doctor --host excel [--json]`: 0 all is well, 1 something is wrong."""
    machine = machine or this_machine()
    points = examine(machine)
    if not getattr(arguments, "json", False):
        code = print_points(points, lang)
        if machine.is_windows:
            print(in_full(LOG, path=machine.log).to(lang))
        return code
    rows = [
        {"code": p.code, "well": p.well, "words": p.words.to(lang), "remedy": p.remedy.to(lang) if p.remedy else None}
        for p in points
    ]
    print(json.dumps(rows, ensure_ascii=False, indent=2))
    return int(not all(point.well for point in points))

"""The Python that the add-in starts: the configuration that names it, its packages, and xlwings' DLL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from warmap import VERSION
from warmap.text import Text
from warmap_addin.excel import office_policy as policy
from warmap_addin.excel.configuration import PYTHON, XLWINGS, XLWINGS_VERSION
from warmap_addin.excel.installer import LOWEST_PYTHON, said
from warmap_addin.excel.machine import Machine, read_config

if TYPE_CHECKING:
    State = tuple[str, Text, Text | None]

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
    "An antivirus may have taken it away: have IT allow it, then run warmap addin install --host excel again",
)


def _state(code: str, words: Text, remedy: Text | None = None) -> State:
    return code, words, remedy


def python_state(machine: Machine) -> Iterator[State]:
    """(code, what is the case, how to mend it): configuration, Python, packages, DLL, as far as each is there."""
    config = read_config(machine.config)
    named = config.get(PYTHON, "")
    if not named:
        yield _state("configuration", said(NO_CONFIG, path=machine.config), INSTALL)
        return
    yield _state("configuration", said(CONFIG, path=machine.config))
    program = machine.home.__class__(named)
    wanted = ".".join(map(str, LOWEST_PYTHON))
    if not program.is_file():
        yield _state("python", said(PYTHON_GONE, path=named), INSTALL)
        return
    home = _base_python(program)
    if "WindowsApps" in home:
        yield _state("python-from-store", said(STORE_PYTHON, path=home), said(GET_PYTHON, wanted=wanted))
    else:
        yield _state("python", said(PYTHON_THERE, path=named))
    yield from _packages(machine, program, config.get(XLWINGS, ""))


def _base_python(program: Path) -> str:
    """Where the environment's Python comes from: `pyvenv.cfg` names its folder."""
    try:
        lines = (program.parent.parent / "pyvenv.cfg").read_text("utf-8", "replace").splitlines()
    except OSError:
        return str(program)
    pairs = (line.partition("=") for line in lines)
    return next((value.strip() for name, _, value in pairs if name.strip() == "home"), str(program))


def _packages(machine: Machine, program: Path, configured: str) -> Iterator[State]:
    """pywin32, xlwings in the very version, our own functions, and xlwings' DLL for Excel's bitness."""
    packages = program.parent.parent / "Lib" / "site-packages"
    for package, wanted in (("pywin32", ""), ("xlwings", XLWINGS_VERSION), ("warmap", VERSION)):
        found = installed_version(packages, package)
        if found is None:
            yield _state(package, said(NO_PACKAGE, package=package), INSTALL)
        elif wanted and found != wanted:
            yield _state(package, said(OTHER_VERSION, package=package, found=found, wanted=wanted), INSTALL)
        elif package == "xlwings" and configured != found:
            facts = {"package": "xlwings (warmap.conf)", "found": configured or "–", "wanted": found}
            yield _state(package, said(OTHER_VERSION, **facts), INSTALL)
        else:
            yield _state(package, said(PACKAGE, package=package, version=found))
    path = policy.excel_path(machine.registry)
    bits = policy.office_bits(machine.registry, path) if path else None
    for width in [bits] if bits else [32, 64]:
        name = f"xlwings{width}-{XLWINGS_VERSION}.dll"
        there = next((f / name for f in (program.parent, program.parent.parent) if (f / name).is_file()), None)
        if there is None:
            yield _state("dll", said(NO_DLL, name=name, folder=program.parent), DLL_REMEDY)
        else:
            yield _state("dll", said(DLL, path=there))


def installed_version(packages: Path, name: str) -> str | None:
    """The version of a package by the folder its installer leaves; None where there is none."""
    for folder in sorted(packages.glob(f"{name}-*.dist-info")) if packages.is_dir() else []:
        return folder.name.removeprefix(f"{name}-").removesuffix(".dist-info")
    return None

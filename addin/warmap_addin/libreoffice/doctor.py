"""`warmap addin doctor --host libreoffice`: what a user's LibreOffice lacks to compute the functions, and how to fix it."""

import argparse
from pathlib import Path

from warmap import VERSION
from warmap.text import Lang, Text
from warmap_addin import Point, in_full, print_points
from warmap_addin.libreoffice.build import LOWEST_PYTHON
from warmap_addin.libreoffice.install import CannotInstall, how_to_start, installed_version, profile_of
from warmap_addin.libreoffice.locate import HOW_TO_INSTALL, find_office, find_python
from warmap_addin.libreoffice.office import Office, OfficeFault

OFFICE = Text("LibreOffice {version}：{path}", "LibreOffice {version}: {path}")
NO_OFFICE = Text("没有找到 LibreOffice", "LibreOffice was not found")
PYTHON = Text("LibreOffice 的 Python：{version}，{path}", "LibreOffice's Python: {version}, {path}")
NO_PYTHON = Text(
    "没有能驱动 LibreOffice 的 Python（缺 uno 模块）", "No Python can drive LibreOffice (the module uno is missing)"
)
GET_PYTHON = Text(
    "Debian/Ubuntu：apt-get install python3-uno libreoffice-script-provider-python；其他系统请重新安装 LibreOffice",
    "On Debian or Ubuntu: apt-get install python3-uno libreoffice-script-provider-python; elsewhere install LibreOffice again",
)
OLD_PYTHON = Text(
    "安装更新的 LibreOffice：需要 Python {wanted}", "Install a newer LibreOffice: Python {wanted} is needed"
)
EXTENSION = Text("扩展已安装：{version}", "The extension is installed: {version}")
NO_EXTENSION = Text("扩展没有安装", "The extension is not installed")
OTHER_VERSION = Text("扩展的版本是 {found}，本程序是 {wanted}", "The extension is {found}, this program {wanted}")
INSTALL = Text("运行 warmap addin install --host libreoffice", "Run warmap addin install --host libreoffice")
COMPUTES = Text("单元格中 =WARMAP.VERSION() 算得 {value}", "In a cell, =WARMAP.VERSION() gives {value}")
ONLY_SO = Text("{computes}。{how}", "{computes}. {how}")
COMPUTES_NOT = Text("单元格中 =WARMAP.VERSION() 显示 {value}", "In a cell, =WARMAP.VERSION() shows {value}")
INSTALL_AGAIN = Text(
    "重新安装扩展：warmap addin uninstall --host libreoffice，再 install；仍不行请看 {log}",
    "Install the extension again: warmap addin uninstall --host libreoffice, then install; if that fails see {log}",
)


def doctor(arguments: argparse.Namespace, lang: Lang) -> int:
    """Print the points and how to fix what is wrong: 0 all well, 1 not."""
    return print_points(examine(profile_of(arguments)), lang)


def examine(profile: Path | None = None) -> list[Point]:
    """The points, each building on those before; one that makes the rest pointless is the last."""
    office = find_office()
    if office is None:
        return [Point("office", NO_OFFICE, HOW_TO_INSTALL)]
    points = [Point("office", in_full(OFFICE, version=office.version, path=office.soffice))]
    python = find_python()
    if python is None:
        return [*points, Point("python", NO_PYTHON, GET_PYTHON)]
    wanted = ".".join(map(str, LOWEST_PYTHON))
    too_old = in_full(OLD_PYTHON, wanted=wanted) if python.version < LOWEST_PYTHON else None
    points.append(
        Point("python", in_full(PYTHON, version=".".join(map(str, python.version)), path=python.program), too_old)
    )
    extension = _extension(profile)
    points.append(extension)
    if extension.words is not NO_EXTENSION:
        points.append(_computes(profile))
    return points


def _extension(profile: Path | None) -> Point:
    try:
        version = installed_version(profile)
    except CannotInstall as error:
        return Point("extension", error.words, INSTALL)
    if version is None:
        return Point("extension", NO_EXTENSION, INSTALL)
    if version != VERSION:
        return Point("extension", in_full(OTHER_VERSION, found=version, wanted=VERSION), INSTALL)
    return Point("extension", in_full(EXTENSION, version=version))


def _computes(profile: Path | None) -> Point:
    """Try a copy of the installed extensions in a LibreOffice of our own, for the user's may be open."""
    try:
        with Office(as_installed=True, like=profile) as office:
            document = office.open()
            sheet = document.sheets[0]
            document.set(sheet, "A1", "=WARMAP.VERSION()")
            cells = document.cells(sheet)
    except OfficeFault as error:
        return Point("computes", in_full(COMPUTES_NOT, value=str(error)), in_full(INSTALL_AGAIN, log="warmap.log"))
    shown = cells.strings.get("A1", "")
    if cells.errors or not shown:
        return Point("computes", in_full(COMPUTES_NOT, value=shown), in_full(INSTALL_AGAIN, log="warmap.log"))
    computes, how = in_full(COMPUTES, value=shown), how_to_start(profile)
    return Point("computes", computes if how is None else in_full(ONLY_SO, computes=computes, how=how))

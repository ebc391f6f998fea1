"""`warmap addin build|install|uninstall|doctor`: the functions into a spreadsheet program, and what is wrong with that."""

import argparse
import importlib
import os
from collections.abc import Callable

from warmap.text import Lang, Text
from warmap_addin import CannotDo

HOSTS = ("excel", "libreoffice", "web")
MODULES = {
    "build": "build",
    "install": "install",
    "uninstall": "install",
    "doctor": "doctor",
}  # where each action stands


ACTION = Text(
    "做什么：build 生成，install 安装，uninstall 卸载，doctor 诊断",
    "what to do: build, install, uninstall or diagnose (doctor)",
)
HOST = Text("用于哪个表格软件（默认 %(default)s）", "for which spreadsheet program (default: %(default)s)")
ADDRESS = Text(
    "build，web：文件夹将来所在的网址（https://…）", "build, web: the address where the folder will lie (https://…)"
)
NOT_INSTALLED = Text(
    "网页和 Office 加载项在这台电脑上没有可安装、可诊断的：把 build 写出的文件夹放到网站上（见 docs/office.zh.md）",
    "of the page and the Office add-in nothing is installed or examined on this computer: put the folder that build writes "
    "on a web server (docs/office.md)",
)
OUT = Text("build：写到哪个文件或文件夹", "build: file or folder to write")
FORCE = Text("build：覆盖已有文件", "build: overwrite an existing file")
FILE = Text("install：已生成的插件（默认现在生成）", "install: a built add-in (default: build it now)")
PACKAGE = Text(
    "install，Excel：warmap 的安装包（默认与本程序相同）",
    "install, Excel: warmap's wheel (default: as this one was installed)",
)
DRY_RUN = Text("Excel：只说会做什么", "Excel: only say what would be done")
JSON = Text("doctor，Excel：输出 JSON", "doctor, Excel: print JSON")
PROFILE = Text("LibreOffice：另一个用户配置目录", "LibreOffice: another user profile")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """The arguments of `warmap addin`."""
    host = "excel" if os.name == "nt" else "libreoffice"
    parser.add_argument("action", choices=MODULES, help=ACTION.to(lang))
    parser.add_argument("--host", choices=HOSTS, default=host, help=HOST.to(lang))
    parser.add_argument("-o", "--out", metavar="PATH", help=OUT.to(lang))
    parser.add_argument("--address", metavar="URL", help=ADDRESS.to(lang))
    parser.add_argument("--force", action="store_true", help=FORCE.to(lang))
    parser.add_argument("--file", metavar="FILE", help=FILE.to(lang))
    parser.add_argument("--package", metavar="WHEEL", help=PACKAGE.to(lang))
    parser.add_argument("--dry-run", action="store_true", help=DRY_RUN.to(lang))
    parser.add_argument("--json", action="store_true", help=JSON.to(lang))
    parser.add_argument("--profile", metavar="DIR", help=PROFILE.to(lang))


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    """Run what `add_arguments` parsed: 0 done, 1 a problem. Raises WrongPath, CannotWrite.

    The action is a function of that name, (arguments, lang) → exit code, in a module of the host.
    """
    if arguments.host == "web" and arguments.action != "build":
        print(NOT_INSTALLED.to(lang))
        return 1
    module = importlib.import_module(f"warmap_addin.{arguments.host}.{MODULES[arguments.action]}")
    return outcome(getattr(module, arguments.action), arguments, lang)


def outcome(action: Callable[..., int], arguments: argparse.Namespace, lang: Lang, *more: object) -> int:
    """The exit code of an action; where it cannot be done, print why and give 1."""
    try:
        return action(arguments, lang, *more)
    except CannotDo as fault:
        print(fault.words.to(lang))
        return 1

"""`warmap addin build|install|uninstall|doctor`: the functions into a spreadsheet program, and what is wrong with that."""

from __future__ import annotations

import argparse
import importlib
import os
from importlib.util import find_spec

from warmap.text import Lang, Text

ACTIONS = ("build", "install", "uninstall", "doctor")
HOSTS = {"excel": "warmap_addin.excel", "libreoffice": "warmap_addin.libreoffice", "web": "warmap_addin.office_js"}
NOT_YET = Text("这个版本还没有 {host} 的加载项", "This version has no add-in for {host} yet")
EXAMPLE = "example: warmap addin install --host libreoffice"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `warmap addin`."""
    parser.epilog = EXAMPLE
    parser.add_argument("action", choices=ACTIONS, help="what to do / 做什么")
    parser.add_argument(
        "--host", choices=sorted(HOSTS), default="excel" if os.name == "nt" else "libreoffice",
        help="spreadsheet program (default: %(default)s) / 用于哪个表格软件",
    )  # fmt: skip
    parser.add_argument("-o", "--out", metavar="PATH", help="build: file or folder to write / 写到哪里")
    parser.add_argument("--force", action="store_true", help="build: overwrite / 覆盖已有文件")
    parser.add_argument(
        "--file", metavar="FILE", help="install: a built add-in (default: build it now) / 已生成的加载项"
    )
    parser.add_argument(
        "--package",
        metavar="WHEEL",
        help="excel install: warmap's wheel (default: as this one was installed) / warmap 的安装包",
    )
    parser.add_argument("--dry-run", action="store_true", help="excel: say what would be done / 只说会做什么")
    parser.add_argument("--json", action="store_true", help="excel doctor: print JSON / 输出 JSON")
    parser.add_argument("--profile", metavar="DIR", help="libreoffice: another user profile / 另一个用户配置目录")


def run(arguments: argparse.Namespace, lang: Lang) -> int:
    """Run what `add_arguments` parsed: 0 well, 1 a problem, 2 wrong use. Each host has a module `host` with `run`."""
    package = HOSTS[arguments.host]
    if find_spec(package) is None or find_spec(f"{package}.host") is None:
        print(NOT_YET.say(lang, {"host": arguments.host}))
        return 2
    host = importlib.import_module(f"{package}.host")
    return int(host.run(arguments.action, arguments, lang))

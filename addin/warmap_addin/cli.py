"""`warmap addin build|install|uninstall|doctor`: the functions into a spreadsheet program, and what is wrong with that."""

import argparse
import importlib
import os
from collections.abc import Callable

from warmap.text import Lang
from warmap_addin import CannotDo

HOSTS = ("excel", "libreoffice")
MODULES = {
    "build": "build",
    "install": "install",
    "uninstall": "install",
    "doctor": "doctor",
}  # where each action stands


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `warmap addin`."""
    parser.epilog = "example: warmap addin install --host libreoffice"
    parser.add_argument("action", choices=MODULES, help="what to do / 做什么")
    parser.add_argument(
        "--host", choices=HOSTS, default="excel" if os.name == "nt" else "libreoffice",
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
    """Run what `add_arguments` parsed: 0 done, 1 a problem, 2 a usage error.

    The action is a function of that name, (arguments, lang) → exit code, in a module of the host.
    """
    module = importlib.import_module(f"warmap_addin.{arguments.host}.{MODULES[arguments.action]}")
    return outcome(getattr(module, arguments.action), arguments, lang)


def outcome(action: Callable[..., int], arguments: argparse.Namespace, lang: Lang, *more: object) -> int:
    """The exit code of an action; where it cannot be done, print why and give 1."""
    try:
        return action(arguments, lang, *more)
    except CannotDo as fault:
        print(fault.words.to(lang))
        return 1

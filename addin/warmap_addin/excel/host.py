"""The four actions of `warmap addin` for Excel."""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from warmap.text import Lang, Text
from warmap_addin.excel.build import FILES, build_all
from warmap_addin.excel.project import CannotBuild

BUILT = Text("已生成 {path}（{size} KB）", "Built {path} ({size} KB)")
EXISTS = Text("{path} 已存在；加 --force 覆盖", "{path} exists already; add --force to overwrite it")
NOT_A_FOLDER = Text("{path} 应是文件夹：这里生成三个文件", "{path} should be a folder: three files are built")
CANNOT_WRITE = Text("写不了 {path}：{fault}", "cannot write {path}: {fault}")
NOT_YET = Text("这个版本还不能对 Excel 做 {action}", "This version cannot {action} for Excel yet")
ELSEWHERE = {"install": "install", "uninstall": "install", "doctor": "doctor"}  # module of this package, by action


def run(action: str, arguments: argparse.Namespace, lang: Lang) -> int:
    """Do one action and say what came of it: 0 well, 1 a problem, 2 wrong use.

    `install.py` and `doctor.py` have a function each named like their action: (arguments, lang) → exit code.
    """
    if action == "build":
        return _build(arguments, lang)
    name = f"{__package__}.{ELSEWHERE[action]}"
    if find_spec(name) is None:
        print(NOT_YET.say(lang, {"action": action}))
        return 2
    return int(getattr(import_module(name), action)(arguments, lang))


def _build(arguments: argparse.Namespace, lang: Lang) -> int:
    folder = Path(arguments.out or ".")
    if folder.exists() and not folder.is_dir():
        print(NOT_A_FOLDER.say(lang, {"path": folder}))
        return 2
    there = [folder / name for name in FILES if (folder / name).exists()]
    if there and not arguments.force:
        print(EXISTS.say(lang, {"path": there[0]}))
        return 2
    try:
        built = build_all()
    except CannotBuild as error:
        print(error.words.to(lang))
        return 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in built.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        print(CANNOT_WRITE.say(lang, {"path": folder, "fault": error.strerror or error}))
        return 1
    for name, content in built.items():
        print(BUILT.say(lang, {"path": folder / name, "size": len(content) // 1024}))
    return 0

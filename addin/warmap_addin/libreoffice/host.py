"""The four actions of `warmap addin` for LibreOffice."""

from __future__ import annotations

import argparse
from pathlib import Path

from warmap.text import Lang, Text
from warmap_addin.libreoffice.build import FILE_NAME, CannotBuild, build_oxt
from warmap_addin.libreoffice.locate import OfficeMissing

BUILT = Text(
    "已生成 {path}（{size} KB）；用 warmap addin install --host libreoffice 安装",
    "Built {path} ({size} KB); install it with: warmap addin install --host libreoffice",
)
EXISTS = Text("{path} 已存在；加 --force 覆盖", "{path} exists already; add --force to overwrite it")
NOT_OXT = Text("没有文件 {path}", "There is no file {path}")
INSTALLED = Text(
    "扩展已装入 LibreOffice；重新打开 LibreOffice 后生效",
    "The extension is in LibreOffice; start LibreOffice anew to use it",
)
REMOVED = Text("扩展已卸载", "The extension is removed")
NOT_THERE = Text("扩展本来就没有安装", "The extension was not installed")


def run(action: str, arguments: argparse.Namespace, lang: Lang) -> int:
    """Do one action and say what came of it: 0 well, 1 a problem, 2 wrong use."""
    from warmap_addin.libreoffice.install import CannotInstall

    try:
        return ACTIONS[action](arguments, lang)
    except (OfficeMissing, CannotBuild, CannotInstall) as error:
        print(error.words.to(lang))
        return 1


def _build(arguments: argparse.Namespace, lang: Lang) -> int:
    out = Path(arguments.out or FILE_NAME)
    path = out / FILE_NAME if out.is_dir() else out
    if path.exists() and not arguments.force:
        print(EXISTS.say(lang, {"path": path}))
        return 2
    build_oxt(path)
    print(BUILT.say(lang, {"path": path, "size": path.stat().st_size // 1024}))
    return 0


def _install(arguments: argparse.Namespace, lang: Lang) -> int:
    from warmap_addin.libreoffice.install import install

    oxt = Path(arguments.file) if arguments.file else None
    if oxt is not None and not oxt.is_file():
        print(NOT_OXT.say(lang, {"path": oxt}))
        return 2
    install(_profile(arguments), oxt=oxt)
    print(INSTALLED.to(lang))
    return 0


def _uninstall(arguments: argparse.Namespace, lang: Lang) -> int:
    from warmap_addin.libreoffice.install import uninstall

    print((REMOVED if uninstall(_profile(arguments)) else NOT_THERE).to(lang))
    return 0


def _doctor(arguments: argparse.Namespace, lang: Lang) -> int:
    from warmap_addin.libreoffice.doctor import doctor

    points = doctor(_profile(arguments))
    for point in points:
        print(f"{'✓' if point.well else '✗'} {point.words.to(lang)}")
        if point.remedy is not None:
            print(f"  → {point.remedy.to(lang)}")
    return int(not all(point.well for point in points))


def _profile(arguments: argparse.Namespace) -> Path | None:
    return Path(arguments.profile) if arguments.profile else None


ACTIONS = {"build": _build, "install": _install, "uninstall": _uninstall, "doctor": _doctor}

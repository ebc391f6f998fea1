"""warmap settings: the settings as a file to edit, the defaults or a preset for a kind of business."""

from __future__ import annotations

import argparse
from pathlib import Path

from warmap.text import Lang, Text
from warmap_app.cli import PASSED

EXAMPLE = "warmap settings public_sector > settings.yaml"
NAME = Text(
    "行业预设的名字，或一份设置文件；省略则输出默认设置", "name of a preset, or a settings file; left out: the defaults"
)
LIST = Text("列出行业预设", "list the presets")
CHANGED = Text("默认 {usual}", "default {usual}")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """[NAME] --list."""
    parser.add_argument("name", metavar="NAME", type=Path, nargs="?", help=NAME.to(lang))
    parser.add_argument("--list", action="store_true", help=LIST.to(lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Print every setting with its value, what it is as a comment, and the default where it differs."""
    from warmap.settings import default_settings, meaning
    from warmap_app.commands.shared import settings_of

    if options.list:
        _list(lang)
        return PASSED
    usual = default_settings()
    settings = settings_of(options.name) or usual
    for name in type(settings).model_fields:
        value, default = getattr(settings, name), getattr(usual, name)
        print(f"# {meaning(name).to(lang)}")
        if isinstance(value, dict):
            print(f"{name}:")
            for member, number in value.items():
                print(f"  {member}: {number:g}{_note(number, default[member], lang)}")
        else:
            print(f"{name}: {value:g}{_note(value, default, lang)}")
    return PASSED


def _note(value: float, usual: float, lang: Lang) -> str:
    return "" if value == usual else f"  # {CHANGED.say(lang, {'usual': f'{usual:g}'})}"


def _list(lang: Lang) -> None:
    """Each preset with the line that tells what it is for: the first comment is Chinese, the second English."""
    from warmap_workbook.presets import preset, preset_names

    for name in preset_names():
        lines = preset(name).read_text("utf-8").splitlines()
        print(f"{name}: {lines[0 if lang == 'zh' else 1].removeprefix('# ')}")

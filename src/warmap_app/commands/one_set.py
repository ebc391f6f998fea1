"""The one set of settings that a batch is judged by: named on the command line, else configured, else the defaults.

Specification, section 5, DV306: figures that are compared or added up must be judged alike.
"""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from warmap.settings import Settings, default_settings, stamp
from warmap.text import Lang, Text
from warmap_app.command import UserError
from warmap_app.commands.options import settings_of
from warmap_app.outputs.wording import DEFAULT_SETTINGS

VARIABLE = "WARMAP_SETTINGS"
FILE = "settings.yaml"
NAMED = Text("{path}（{stamp}）", "{path} ({stamp})")
BY_VARIABLE = Text("{path}（{stamp}，由 {variable} 指定）", "{path} ({stamp}, named by {variable})")
WRONG_VARIABLE = Text("环境变量 {variable}：{why}", "the environment variable {variable}: {why}")
OWN = Text("各文件自带的设置", "each file's own settings")
SETTINGS = Text(
    "评判所有文件的一套设置（YAML 或 JSON），或行业预设的名字；不给则按环境变量 WARMAP_SETTINGS、用户配置、默认设置的次序",
    "the one set that judges all files (YAML or JSON), or the name of a preset; without it the environment variable "
    "WARMAP_SETTINGS, else the user's configuration, else the defaults",
)
OWN_SETTINGS = Text("各文件按自带的设置评判", "judge each file by its own settings")


@dataclass(frozen=True, slots=True)
class OneSet:
    """The settings, None where every file's own count, and what to call them."""

    settings: Settings | None
    name: Text


def add_set_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """--settings and --own-settings, of which one may be given."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--settings", metavar="FILE", type=Path, help=SETTINGS.to(lang))
    either.add_argument("--own-settings", action="store_true", help=OWN_SETTINGS.to(lang))


def profile_file() -> Path:
    """Where a person or a company keeps the settings of every check: `settings.yaml` in the program's configuration."""
    return platformdirs.user_config_path("warmap", appauthor=False) / FILE


def one_set_of(options: argparse.Namespace) -> OneSet:
    """The set that `--settings` or `--own-settings` asks for, else the configured one, else the defaults. UserError."""
    if options.own_settings:
        return OneSet(None, OWN)
    if options.settings is not None:
        return _named(options.settings, NAMED)
    variable = os.environ.get(VARIABLE, "").strip()
    if variable:
        try:
            return _named(Path(variable), BY_VARIABLE)
        except UserError as error:
            raise UserError(WRONG_VARIABLE.filled(variable=VARIABLE, why=error.words)) from None
    return _named(profile_file(), NAMED) if profile_file().is_file() else OneSet(default_settings(), DEFAULT_SETTINGS)


def _named(path: Path, words: Text) -> OneSet:
    settings = settings_of(path)
    assert settings is not None
    return OneSet(settings, words.filled(path=path, stamp=stamp(settings), variable=VARIABLE))

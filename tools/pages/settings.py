"""`docs/settings.md`: every weight and threshold with its default."""

from __future__ import annotations

from collections.abc import Mapping

from tools.pages.markdown import both, code, document, table
from warmap.model import Bounds
from warmap.settings import Settings, default_settings, limits_of, meaning
from warmap.text import Text

INTRODUCTION = Text(
    "`warmap settings > settings.yaml` 输出一份可以修改的默认设置；用 `--settings settings.yaml` 交给 `evaluate`、`check` 和 `new`。工作簿的“设置”表里是同样的代码和数值。",
    "`warmap settings > settings.yaml` prints the defaults as a file to edit; give it to `evaluate`, `check` and `new` with `--settings settings.yaml`. The Settings sheet of a workbook holds the same codes and numbers.",
)
BOUNDS: Mapping[str, str] = {"low": "≥", "above": ">", "high": "≤"}


def _bounds(limits: Bounds) -> str:
    found = ((sign, getattr(limits, name)) for name, sign in BOUNDS.items())
    return ", ".join(f"{sign} {limit:g}" for sign, limit in found if limit is not None)


def page() -> str:
    """Every setting; the members of a group one below the other."""
    settings = default_settings()
    rows: list[list[str]] = []
    for name in Settings.model_fields:
        value, said, bounds = getattr(settings, name), meaning(name), _bounds(limits_of(name)[0])
        if isinstance(value, dict):
            rows += [[code(f"{name}.{member}"), f"{number:g}", bounds, both(said)] for member, number in value.items()]
        else:
            rows.append([code(name), f"{value:g}", bounds, both(said)])
    heads = ["代码 / Code", "默认 / Default", "范围 / Bounds", "是什么 / What it is"]
    return document("# 设置 / Settings", INTRODUCTION.zh, INTRODUCTION.en, table(heads, rows))

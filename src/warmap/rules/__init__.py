"""The red-flag rules, one file each; the registry is the folder itself, so a code stands in one place only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from os import listdir

from warmap.rules.rule import Raised, Rule

__all__ = ["Raised", "Rule", "all_rules"]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in order of codes."""
    names = sorted(name for name in _modules() if name.startswith("rf"))
    rules = [import_module(f"{__name__}.{name}").RULE for name in names]
    return {rule.code: rule for rule in rules}


def _modules() -> set[str]:
    """The modules of this folder; `pkgutil` is asked only where it is packed, for it imports half as much as the rules do."""
    try:
        return {name.partition(".")[0] for name in listdir(__path__[0])}  # noqa: PTH208  names are all
    except OSError:
        from pkgutil import iter_modules

        return {module.name for module in iter_modules(__path__)}

"""The red-flag rules, one file each; the registry is the folder itself, so a code stands in one place only."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from warmap.rules.rule import Raised, Rule

__all__ = ["Raised", "Rule", "all_rules"]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in order of codes."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name.startswith("rf"))
    rules = [import_module(f"{__name__}.{name}").RULE for name in names]
    return {rule.code: rule for rule in rules}

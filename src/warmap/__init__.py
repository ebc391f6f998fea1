"""warmap: the key-account war map (大客户作战地图), its words, model, scores and rules.

The plain module: standard library and pydantic only; no file, no clock, no spreadsheet. The public names are imported
when first asked for, so that `import warmap`, which `warmap --version` does, costs nothing by itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from warmap._version import TEMPLATE_VERSION, VERSION

if TYPE_CHECKING:
    from warmap.judgement import Judgement, judge
    from warmap.model import WarMap
    from warmap.settings import Settings

__version__ = VERSION
__all__ = ["TEMPLATE_VERSION", "VERSION", "Judgement", "Settings", "WarMap", "__version__", "judge"]

HOME = {
    "Judgement": "warmap.judgement",
    "Settings": "warmap.settings",
    "WarMap": "warmap.model",
    "judge": "warmap.judgement",
}


def __getattr__(name: str) -> object:
    """A public name, from the module it is defined in."""
    if name not in HOME:
        message = f"module 'warmap' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(HOME[name]), name)

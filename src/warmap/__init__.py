"""warmap: the key-account war map (大客户作战地图), its words, model, scores and rules.

The plain module: standard library and pydantic only; no file, no clock, no spreadsheet. Names are imported when first
used, so that `import warmap` costs nothing by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap._version import TEMPLATE_VERSION, VERSION

if TYPE_CHECKING:
    from warmap.model import WarMap as WarMap
    from warmap.settings import Settings as Settings

__version__ = VERSION
__all__ = ["TEMPLATE_VERSION", "VERSION", "Settings", "WarMap"]


def __getattr__(name: str) -> object:
    """`WarMap` and `Settings`, imported on first use."""
    if name == "WarMap":
        from warmap.model import WarMap

        return WarMap
    if name == "Settings":
        from warmap.settings import Settings

        return Settings
    message = f"module 'warmap' has no attribute {name!r}"
    raise AttributeError(message)

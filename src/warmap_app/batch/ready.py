"""What a reader needs, imported: the server that workers are forked from loads this once, before any of them."""

from __future__ import annotations

from importlib import import_module

NEEDED = (
    "warmap.evaluation",
    "warmap.rules",
    "warmap_app.batch.archives",
    "warmap_app.batch.pool",
    "warmap_app.batch.prints",
    "warmap_app.load",
    "warmap_app.result",
    "warmap_workbook.reading.read",
)

for module in NEEDED:
    import_module(module)

"""What a reader needs, imported: the server that workers are forked from loads this once, before any of them."""

from __future__ import annotations

from importlib import import_module

NEEDED = (
    "warmap.evaluation",
    "warmap.rules",
    "warmap_batch.batch.archives",
    "warmap_batch.batch.pool",
    "warmap_batch.batch.prints",
    "warmap_batch.load",
    "warmap_batch.result",
    "warmap_templates.read",
)

for module in NEEDED:
    import_module(module)

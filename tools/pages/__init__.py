"""The pages of the docs that are generated from the declarations, both languages on each page."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tools.pages import checks, columns, functions, rules, settings, vocabulary
from warmap.model import json_schema

__all__ = ["generated_pages"]


def generated_pages() -> Iterator[tuple[str, str]]:
    """Every generated page as (path below `docs`, text)."""
    yield from rules.pages()
    yield "checks.md", checks.page()
    yield "columns.md", columns.page()
    yield "vocabulary.md", vocabulary.page()
    yield "functions.md", functions.page()
    yield "settings.md", settings.page()
    yield "warmap.schema.json", json.dumps(json_schema("en"), ensure_ascii=False, indent=2) + "\n"

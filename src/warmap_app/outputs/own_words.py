"""What a rep reads is in the language in which he filled in the file, whatever language the check was asked for."""

from __future__ import annotations

from typing import Any

from warmap.text import Lang
from warmap_app.result import Result


def own_language(result: Result, asked: Lang) -> Lang:
    """The file's language; of a file that could not be read, the one asked for."""
    return "zh" if result["language"] == "zh" else "en" if result["language"] == "en" else asked


def findings_in_own_language(result: Result) -> list[dict[str, Any]]:
    """The findings with message and hint in the file's language."""
    own = result.get("in_own_language")
    if not own:
        return list(result["findings"])
    return [{**finding, **words} for finding, words in zip(result["findings"], own, strict=True)]


def flags_in_own_language(result: Result) -> list[dict[str, Any]]:
    """The red flags with message and remedy in the file's language."""
    own = result.get("red_flags_in_own_language")
    if not own:
        return list(result["red_flags"])
    return [{**flag, **words} for flag, words in zip(result["red_flags"], own, strict=True)]

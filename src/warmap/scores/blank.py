"""What counts as an empty answer."""

from __future__ import annotations


def is_blank(text: str | None) -> bool:
    """Not given, or nothing but space."""
    return text is None or not text.strip()

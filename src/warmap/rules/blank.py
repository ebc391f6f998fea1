"""What counts as an empty answer: the same as in the scores."""

from __future__ import annotations

from warmap.scores.blank import is_blank

__all__ = ["is_blank"]

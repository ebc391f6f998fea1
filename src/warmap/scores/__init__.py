"""The scores, one file each, named after the code; the registry is the folder itself, so a score stands in one place only."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from warmap.scores.assessment import Assessment
from warmap.scores.score import NOT_ASSESSED, Kind, Score, Value

__all__ = ["MAIN_SCORES", "NOT_ASSESSED", "Assessment", "Kind", "Score", "Value", "all_scores"]

MAIN_SCORES = (
    "health", "plan_quality", "role_coverage", "trust", "win", "stage", "needs", "competition", "fit", "negotiation",
)  # fmt: skip
"""The figures that a reader goes by, as they are shown; the others say what stands behind these."""


@cache
def all_scores() -> Mapping[str, Score]:
    """Every score by its code, in the order of their places: that of the JSON, the scoreboard and the columns."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    scores = [module.SCORE for module in modules if hasattr(module, "SCORE")]
    return {score.code: score for score in sorted(scores, key=lambda score: score.place)}

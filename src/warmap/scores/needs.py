"""The SPIN log: what was asked, how far needs are developed, which come first (specification, section 3, Needs)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from warmap.model import Need
from warmap.terms import FiveWTwoH, NeedState, SpinType
from warmap.text import is_blank


class RankedNeed(NamedTuple):
    """One row of the log with its ICE, 0.1 … 100; None where impact, confidence or ease is not given."""

    row: Need
    ice: float | None


class NeedLog(NamedTuple):
    """The log as judged. The three shares are 0 … 1, None where not assessed; `score` is the mean of those assessed.

    `unanswered` are the SPIN types without an answered row, `unasked` the 5W2H aspects no row asks about;
    `ranked` are the rows that hold a need or an ICE, highest ICE first, those without one last.
    """

    spin_coverage: float | None
    development: float | None
    linked_share: float | None
    score: float | None
    unanswered: tuple[SpinType, ...]
    unasked: tuple[FiveWTwoH, ...]
    ranked: tuple[RankedNeed, ...]


def is_explicit(row: Need) -> bool:
    """The customer has said the need himself."""
    return row.need_state is NeedState.EXPLICIT


def ice(row: Need) -> float | None:
    """Impact × confidence × ease ÷ 10, 0.1 … 100; None unless all three are given."""
    if row.impact is None or row.confidence is None or row.ease is None:
        return None
    return row.impact * row.confidence * row.ease / 10


def need_log(rows: Sequence[Need]) -> NeedLog:
    """The whole log judged."""
    answered = {row.spin_type for row in rows if row.spin_type is not None and not is_blank(row.answer)}
    stated = [row for row in rows if row.need_state is not None]
    explicit = [row for row in stated if is_explicit(row)]
    linked = sum(not is_blank(row.capability) for row in explicit)
    coverage = len(answered) / len(SpinType) if rows else None
    development = len(explicit) / len(stated) if stated else None
    linked_share = linked / len(explicit) if explicit else None
    shares = [share for share in (coverage, development, linked_share) if share is not None]
    ranked = [RankedNeed(row, ice(row)) for row in rows if row.need_state is not None or ice(row) is not None]
    asked = {row.aspect for row in rows}
    return NeedLog(
        coverage,
        development,
        linked_share,
        sum(shares) / len(shares) if shares else None,
        tuple(kind for kind in SpinType if kind not in answered),
        tuple(aspect for aspect in FiveWTwoH if aspect not in asked),
        tuple(sorted(ranked, key=lambda need: -1.0 if need.ice is None else need.ice, reverse=True)),
    )

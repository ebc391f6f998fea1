"""The SPIN log: what was asked, how far needs are developed, which come first."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

from warmap.model import Need
from warmap.scores.assessment import Assessment, once
from warmap.scores.score import Kind, Score, listed
from warmap.terms import FiveWTwoH, NeedState, SpinType
from warmap.text import Text, is_blank, percent

NEEDS = Text(
    "SPIN 覆盖 {coverage} · 明确需求占比 {development} · 有对应能力 {linked}，取可评部分的平均。",
    "Mean of what can be assessed: SPIN coverage {coverage} · explicit needs {development} · with a capability {linked}.",
)
NOT_ASKED = Text("还没有问出答案：{names}。", "No answer yet to: {names}.")
NO_NEEDS = Text("未评估：需求表还是空的。", "Not assessed: the Needs table is empty.")


@dataclass(frozen=True, slots=True)
class RankedNeed:
    """One row of the log with its ICE, 0.1 … 100; None where impact, confidence or ease is not given."""

    row: Need
    ice: float | None


@dataclass(frozen=True, slots=True)
class NeedLog:
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


@once
def need_log(assessment: Assessment) -> NeedLog:
    """The whole log judged."""
    rows = assessment.map.needs
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
        fsum(shares) / len(shares) if shares else None,
        tuple(kind for kind in SpinType if kind not in answered),
        tuple(aspect for aspect in FiveWTwoH if aspect not in asked),
        tuple(sorted(ranked, key=lambda need: -1.0 if need.ice is None else need.ice, reverse=True)),
    )


def needs(assessment: Assessment) -> float | None:
    """Mean of the shares that can be assessed, 0 … 1."""
    return need_log(assessment).score


def why(assessment: Assessment) -> Iterator[Text]:
    """The three shares, and the questions without an answer."""
    log = need_log(assessment)
    if log.score is None:
        yield NO_NEEDS
        return
    shares = {"coverage": log.spin_coverage, "development": log.development, "linked": log.linked_share}
    yield NEEDS.filled(**{name: percent(share) for name, share in shares.items()})
    if log.unanswered:
        yield NOT_ASKED.filled(names=listed(log.unanswered))


SCORE = Score(
    code="needs",
    place=70,
    name=Text("需求", "Needs"),
    unit=Text("0–1", "0–1"),
    help=Text("需求挖掘得多深", "How deep the needs go"),
    formula=Text(
        "可评部分的平均：四类 SPIN 问题中已有回答的份额、明确需求 ÷ 写明状态的需求、明确需求中有我方能力的份额。",
        "Mean of what can be assessed: share of the four SPIN types answered, explicit needs ÷ needs with a state, share of explicit needs with a capability of ours.",
    ),
    kind=Kind.SHARE,
    compute=needs,
    why=why,
)

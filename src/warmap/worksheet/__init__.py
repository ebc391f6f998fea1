"""The function table: every worksheet function, declared once."""

from __future__ import annotations

from collections.abc import Mapping

from warmap.worksheet import (
    account,
    chain,
    checking,
    contest,
    guidance,
    judgement,
    overview,
    people,
    planned,
    review,
    this_week,
    verdict,
)
from warmap.worksheet.declaration import Argument, Call, Function, Rows, Scalar, answer, fit

__all__ = ["FUNCTIONS", "Argument", "Call", "Function", "Rows", "Scalar", "answer", "fit"]

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (
        people.ROLE_COVERAGE,
        people.ROLE_STATUS,
        people.CONTACT_STATUS,
        judgement.TRUST_SCORE,
        judgement.TRUST_PILLARS,
        guidance.RED_FLAGS,
        judgement.WIN_SCORE,
        judgement.WIN_CHECKLIST,
        judgement.STAGE_GATE,
        judgement.STAGE_REACHED,
        contest.NEEDS,
        contest.COMPETITION,
        contest.IDEAL_FIT,
        contest.NEGOTIATION,
        verdict.HEALTH,
        verdict.HEALTH_WHY,
        verdict.PLAN_QUALITY,
        guidance.NEXT_ACTIONS,
        this_week.THIS_WEEK,
        planned.OPEN_ACTIONS,
        overview.SCORES,
        overview.POWER_MAP,
        chain.DECISION_CHAIN,
        chain.CONTACT_MATRIX,
        account.ACCOUNT,
        review.REVIEW,
        checking.CHECK,
        guidance.RULE,
        guidance.WHY,
        guidance.VERSION,
    )
}

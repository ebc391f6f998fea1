"""The function table: every worksheet function, declared once."""

from collections.abc import Mapping

from warmap.worksheet import guidance, progress, relationships, score_functions, standing, this_week, what_changed
from warmap.worksheet.declaration import Argument, Call, Function, Rows, Scalar, answer, fit

__all__ = ["FUNCTIONS", "Argument", "Call", "Function", "Rows", "Scalar", "answer", "fit"]

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (
        score_functions.ROLE_COVERAGE,
        relationships.ROLE_STATUS,
        relationships.CONTACT_STATUS,
        score_functions.TRUST_SCORE,
        progress.TRUST_PILLARS,
        guidance.RED_FLAGS,
        score_functions.WIN_SCORE,
        progress.WIN_CHECKLIST,
        progress.STAGE_GATE,
        score_functions.STAGE_REACHED,
        progress.NEEDS,
        standing.COMPETITION,
        standing.IDEAL_FIT,
        standing.NEGOTIATION,
        score_functions.HEALTH,
        score_functions.HEALTH_WHY,
        score_functions.PLAN_QUALITY,
        guidance.NEXT_ACTIONS,
        guidance.ROUTE,
        this_week.THIS_WEEK,
        guidance.OPEN_ACTIONS,
        score_functions.SCORES,
        relationships.POWER_MAP,
        relationships.ORG_MAP,
        relationships.DECISION_CHAIN,
        relationships.CONTACT_MATRIX,
        standing.ACCOUNT,
        score_functions.REVIEW,
        what_changed.WHAT_CHANGED,
        this_week.CHECK,
        guidance.RULE,
        guidance.WHY,
        guidance.VERSION,
    )
}

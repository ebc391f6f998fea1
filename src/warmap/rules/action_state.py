"""Whether an action is still to be done, and whether it is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.model import Action
from warmap.terms import ActionStatus

if TYPE_CHECKING:
    from warmap.assessment import Assessment

LIVE = frozenset({ActionStatus.OPEN, ActionStatus.IN_PROGRESS, None})


def is_live(action: Action) -> bool:
    """Open or in progress; blank is open."""
    return action.status in LIVE


def is_overdue(action: Action, assessment: Assessment) -> bool:
    """Due before the day of judging; without a date never."""
    days = assessment.age(action.due)
    return days is not None and days > 0

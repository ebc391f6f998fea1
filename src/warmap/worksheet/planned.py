"""OPEN_ACTIONS: the plan itself, the soonest first. Ours, beyond the list of the specification, for the front page."""

from __future__ import annotations

from datetime import date

from warmap.flags import is_live, is_overdue
from warmap.judgement import Judgement
from warmap.model import Action
from warmap.text import Text, is_blank
from warmap.worksheet.declaration import LANG, ROWS, SETTINGS, Call, Function, Rows, table_arguments

OVERDUE = Text("{day} 已逾期", "{day} overdue")


def open_actions(call: Call) -> Rows:
    """Rows: what, owner, due, about whom or what; the soonest first, those without a date last."""
    live = [action for action in call.judgement.map.actions if is_live(action) and not is_blank(action.what)]
    live.sort(key=lambda action: action.due or date.max)
    return [
        [action.what or "", action.owner or "", _due(action, call.judgement, call), action.about or ""]
        for action in live
    ]


def _due(action: Action, judgement: Judgement, call: Call) -> str:
    if action.due is None:
        return ""
    day = action.due.isoformat()
    return OVERDUE.say(call.lang, {"day": day}) if is_overdue(action, judgement.as_of) else day


OPEN_ACTIONS = Function(
    "OPEN_ACTIONS",
    Text("还没做完的行动，最近到期的在前", "The actions still to be done, the soonest first"),
    (*table_arguments("actions", "deal"), SETTINGS, LANG, ROWS),
    Text("每条行动一行；到期日早于评估日的写明已逾期", "One row an action; one due before the day of judging says so"),
    open_actions,
    "=WARMAP.OPEN_ACTIONS(wm_actions,wm_deal)",
    (Text("做什么", "What"), Text("责任人", "Owner"), Text("到期", "Due"), Text("针对", "About")),
)

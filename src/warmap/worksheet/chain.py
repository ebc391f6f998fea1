"""DECISION_CHAIN and CONTACT_MATRIX (002): who decides after whom, and who of ours knows whom of theirs."""

from __future__ import annotations

from warmap.model import Contact
from warmap.scores.engagement import BACKED, engagement, never_met
from warmap.terms import OrgLevel
from warmap.text import COMMA, Text, spoken
from warmap.worksheet.declaration import LANG, ROWS, SETTINGS, Call, Function, Rows, Scalar, table_arguments

AGAINST = Text("▼ 反对", "▼ against us")
NOT_MET = Text("○ 没见过", "○ never met")
NOT_KNOWN = Text("○ 态度未知", "○ attitude unknown")
CLAIMED = Text("○ 我方推测支持，本人未表态", "○ support claimed, not stated")
NEUTRAL = Text("○ 中立", "○ neutral")
HOLDS = Text("✓ 支持，有依据", "✓ supports, with evidence")
NO_LEVEL = Text("层级未知", "Level unknown")
NOBODY = Text("无人对应或级别未知", "Nobody, or level unknown")


def link(contact: Contact) -> Text:
    """How one link of the chain holds; the first that fits."""
    if contact.support is not None and contact.support.score < 0:
        return AGAINST
    if never_met(contact):
        return NOT_MET
    if contact.support is None:
        return NOT_KNOWN
    if contact.support.score == 0:
        return NEUTRAL
    return HOLDS if contact.evidence_grade in BACKED else CLAIMED


def decision_chain(call: Call) -> Rows:
    """One row an active contact with a place in the decision: place, name, roles, engagement 0.25 … 1, how it holds."""
    judgement, lang = call.judgement, call.lang
    placed = [(contact.decision_order, contact) for contact in judgement.active if contact.decision_order is not None]
    rows: list[list[Scalar]] = []
    for order, contact in sorted(placed, key=lambda pair: pair[0]):
        roles = spoken(sorted(contact.buying_roles, key=lambda role: role.place), lang)
        held = engagement(contact, judgement.settings)
        rows.append([float(order), contact.name or "", roles, held, link(contact).to(lang)])
    return rows


def contact_matrix(call: Call) -> Rows:
    """6 rows (the customer's levels, and unknown): the level, then who is met by which level of ours, and by nobody."""
    cells: dict[tuple[OrgLevel | None, OrgLevel | None], list[str]] = {}
    for contact in call.judgement.active:
        ours = contact.counterpart_level if contact.counterpart else None
        cells.setdefault((contact.level, ours), []).append(contact.name or "")
    comma = COMMA.to(call.lang)
    levels: list[OrgLevel | None] = [*OrgLevel, None]
    return [
        [
            (level.label if level else NO_LEVEL).to(call.lang),
            *(comma.join(cells.get((level, ours), [])) for ours in levels),
        ]
        for level in levels
    ]


DECISION_CHAIN = Function(
    "DECISION_CHAIN",
    Text("决策链：谁在谁之后拍板，哪一环还不牢", "The decision chain: who decides after whom, and which link does not hold"),
    (*table_arguments("contacts"), SETTINGS, LANG, ROWS),
    Text("每个有决策顺序的人一行，按顺序", "One row a person with a place in the decision, in order"),
    decision_chain,
    "=WARMAP.DECISION_CHAIN(wm_contacts)",
    (
        Text("顺序", "Order"), Text("姓名", "Name"), Text("角色", "Roles"), Text("接触程度", "Engagement"),
        Text("这一环牢不牢", "Does the link hold"),
    ),
)  # fmt: skip
CONTACT_MATRIX = Function(
    "CONTACT_MATRIX",
    Text("客户接触矩阵：客户哪一级由我方哪一级对应", "Contact matrix: which level of the customer is met by which of ours"),
    (*table_arguments("contacts"), SETTINGS, LANG, ROWS),
    Text("6 行：客户层级，再从我方高层到职员、无人对应", "6 rows: the customer's level, then our levels from the top down, and nobody"),
    contact_matrix,
    "=WARMAP.CONTACT_MATRIX(wm_contacts)",
    (Text("客户＼我方", "Theirs \\ ours"), *(level.label for level in OrgLevel), NOBODY),
)  # fmt: skip

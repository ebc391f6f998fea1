"""TRUST_SCORE, TRUST_PILLARS, WIN_SCORE, WIN_CHECKLIST, STAGE_GATE, STAGE_REACHED."""

from __future__ import annotations

from collections.abc import Mapping

from warmap.terms import TrustPillar, WinStatus
from warmap.text import Text
from warmap.worksheet.declaration import LANG, ROWS, SETTINGS, Call, Function, Rows, Scalar, table_arguments

DONE, NOT_DONE = "✓", "○"
CLAIMED = Text("◀ 申报在此", "◀ claimed")
EARNED = Text("◀ 实际在此", "◀ earned")
BOTH = Text("◀ 申报与实际都在此", "◀ claimed and earned")

ASK: Mapping[WinStatus, Text] = {
    WinStatus.UNKNOWN: Text("问{name}：“{criterion}”对您重要吗？做到什么样才算好？", "Ask {name}: does “{criterion}” matter to you, and what would good look like?"),
    WinStatus.IDENTIFIED: Text("给{name}看：我们怎样做到“{criterion}”，请对方确认", "Show {name} how we meet “{criterion}” and have it confirmed"),
    WinStatus.MET: Text("", ""),
    WinStatus.NOT_APPLICABLE: Text("", ""),
}  # fmt: skip


def trust_score(call: Call) -> Scalar:
    """0 … 100, None where nobody has been rated."""
    return call.judgement.trust


def trust_pillars(call: Call) -> Rows:
    """4 rows: pillar, score 0 … 100, people rated, weakest contact."""
    judgement = call.judgement
    rows: list[list[Scalar]] = []
    for pillar in TrustPillar:
        rated = [
            (rating.counted, contact.name or "")
            for contact in judgement.active
            if (rating := judgement.trust_of(contact).ratings.get(pillar)) is not None
        ]
        weakest = min(rated, key=lambda pair: pair[0])[1] if rated else ""
        score = judgement.trust_pillars[pillar]
        rows.append([pillar.label.to(call.lang), "" if score is None else score, float(len(rated)), weakest])
    return rows


def win_score(call: Call) -> Scalar:
    """0 … 1, None without a contact that holds a role."""
    return call.judgement.win


def win_checklist(call: Call) -> Rows:
    """Rows: contact, role, criterion, status, evidence grade, what to ask next."""
    rows: list[list[Scalar]] = []
    for line in call.judgement.win_checklist:
        facts = {"name": line.contact.name or "", "criterion": line.criterion}
        terms = (line.role, line.criterion, line.status, line.grade)
        labels = [term.label.to(call.lang) for term in terms]
        rows.append([line.contact.name or "", *labels, ASK[line.status].say(call.lang, facts)])
    return rows


def stage_gate(call: Call) -> Rows:
    """16 rows: stage, exit criterion, done, and beside the stages claimed and earned a mark."""
    claimed, earned = call.judgement.map.deal.stage, call.judgement.stage_earned
    rows: list[list[Scalar]] = []
    before = None
    for line in call.judgement.stage_gates:
        mark = ""
        if line.stage is not before:
            if line.stage is earned:
                mark = (BOTH if earned is claimed else EARNED).to(call.lang)
            elif line.stage is claimed:
                mark = CLAIMED.to(call.lang)
        before = line.stage
        stage = f"{line.stage.number} {line.stage.label.to(call.lang)}"
        rows.append([stage, line.criterion.label.to(call.lang), DONE if line.done else NOT_DONE, mark])
    return rows


def stage_reached(call: Call) -> Scalar:
    """1 … 6."""
    return float(call.judgement.stage_reached)


TRUST_SCORE = Function(
    "TRUST_SCORE",
    Text("客户对我们的信任", "The customer's trust in us"),
    (*table_arguments("contacts", "trust", "deal", required=2), SETTINGS, LANG),
    Text("0 到 100；无人评分时为空", "0 … 100; empty where nobody has been rated"),
    trust_score,
    "=WARMAP.TRUST_SCORE(wm_contacts,wm_trust,wm_deal)",
    score="trust",
)
TRUST_PILLARS = Function(
    "TRUST_PILLARS",
    Text("四根支柱各自的信任分、评了几人、谁最弱", "Trust by pillar, people rated, the weakest contact"),
    (*table_arguments("contacts", "trust", "deal", required=2), SETTINGS, LANG, ROWS),
    Text("4 行", "4 rows"),
    trust_pillars,
    "=WARMAP.TRUST_PILLARS(wm_contacts,wm_trust,wm_deal)",
    (
        Text("支柱", "Pillar"),
        Text("得分", "Score"),
        Text("已评人数", "People rated"),
        Text("最弱的人", "Weakest contact"),
    ),
)
WIN_SCORE = Function(
    "WIN_SCORE",
    Text("各人各角色的赢标准满足到几成", "How far the win criteria of all people and roles are met"),
    (*table_arguments("contacts", "wins"), SETTINGS, LANG),
    Text("0 到 1；没有人担任角色时为空", "0 … 1; empty where nobody holds a role"),
    win_score,
    "=WARMAP.WIN_SCORE(wm_contacts,wm_wins)",
    score="win",
)
WIN_CHECKLIST = Function(
    "WIN_CHECKLIST",
    Text("每人每角色的六项赢标准，及下一步该问什么", "The six win criteria of every person and role, and what to ask next"),
    (*table_arguments("contacts", "wins"), SETTINGS, LANG, ROWS),
    Text("每项标准一行", "One row a criterion"),
    win_checklist,
    "=WARMAP.WIN_CHECKLIST(wm_contacts,wm_wins)",
    (
        Text("联系人", "Contact"), Text("角色", "Role"), Text("标准", "Criterion"), Text("状态", "Status"),
        Text("依据", "Evidence grade"), Text("下一步问什么", "What to ask next"),
    ),
)  # fmt: skip
STAGE_GATE = Function(
    "STAGE_GATE",
    Text(
        "十六条阶段出口标准，申报的阶段与实际达到的阶段",
        "The sixteen exit criteria; the stage claimed and the stage earned",
    ),
    (*table_arguments("deal", "stage_evidence", required=2), SETTINGS, LANG, ROWS),
    Text("16 行", "16 rows"),
    stage_gate,
    "=WARMAP.STAGE_GATE(wm_deal,wm_stage_evidence)",
    (Text("阶段", "Stage"), Text("出口标准", "Exit criterion"), Text("完成", "Done"), Text("位置", "Where we are")),
)
STAGE_REACHED = Function(
    "STAGE_REACHED",
    Text("按已完成的出口标准，实际达到第几阶段", "The stage earned by the exit criteria that are done"),
    (*table_arguments("stage_evidence"), SETTINGS, LANG),
    Text("1 到 6", "1 … 6"),
    stage_reached,
    "=WARMAP.STAGE_REACHED(wm_stage_evidence)",
    score="stage_reached",
)

"""What each person wins: the checklist of win criteria, and how far it is met."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum

from warmap.model import Contact
from warmap.scores.assessment import Assessment, once, weighted_mean
from warmap.scores.score import Kind, Score
from warmap.terms import WIN_CRITERIA, BuyingRole, EvidenceGrade, WinCriterion, WinStatus, key
from warmap.text import Text

LINES = Text(
    "{pairs} 个“人×角色”共 {all} 条标准：已满足 {met}，已识别 {identified}，未知 {unknown}。",
    "{all} criteria of {pairs} people in their roles: {met} met, {identified} identified, {unknown} unknown.",
)
NOTHING_KNOWN = Text(
    "未评估：还不知道任何一位在职关键人的赢标准。", "Not assessed: nobody's win criteria are known yet."
)
NO_ROLES = Text("未评估：还没有在职的关键人担任任何角色。", "Not assessed: no active contact holds a role yet.")


@dataclass(frozen=True, slots=True)
class WinLine:
    """One line of the checklist."""

    contact: Contact
    role: BuyingRole
    criterion: WinCriterion
    status: WinStatus
    grade: EvidenceGrade
    evidence: str | None


@once
def win_checklist(assessment: Assessment) -> Sequence[WinLine]:
    """For every active contact and each role it holds, the six criteria of the role with their status.

    Of two wins rows for one contact and role the first counts (the second is finding DV208).
    """
    rows = {(key(row.contact), row.role): row for row in reversed(assessment.map.wins) if row.contact is not None}
    lines = []
    for contact in assessment.active:
        for role in BuyingRole:
            if role not in contact.buying_roles:
                continue
            row = rows.get((key(contact.name or ""), role))
            grade = (row.evidence_grade if row else None) or EvidenceGrade.NONE
            for criterion in WIN_CRITERIA[role]:
                status = row.statuses.get(criterion, WinStatus.UNKNOWN) if row else WinStatus.UNKNOWN
                lines.append(WinLine(contact, role, criterion, status, grade, row.evidence if row else None))
    return lines


@once
def win(assessment: Assessment) -> float | None:
    """Mean value of the applicable criteria of each contact-role, weighted by influence, 0 … 1.

    None while no status of any of them is known: an empty sheet is no loss.
    """
    if all(line.status is WinStatus.UNKNOWN for line in win_checklist(assessment)):
        return None
    values: dict[tuple[int, BuyingRole], list[float]] = {}
    weights: dict[tuple[int, BuyingRole], float] = {}
    for line in win_checklist(assessment):
        if line.status is not WinStatus.NOT_APPLICABLE:
            pair = (id(line.contact), line.role)
            values.setdefault(pair, []).append(assessment.settings.win_value[line.status])
            weights[pair] = assessment.weight(line.contact)
    return weighted_mean([(weights[pair], fsum(given) / len(given)) for pair, given in values.items()])


def why(assessment: Assessment) -> Iterator[Text]:
    """How many criteria are met, identified, unknown."""
    if win(assessment) is None:
        yield NOTHING_KNOWN if win_checklist(assessment) else NO_ROLES
        return
    lines = [line for line in win_checklist(assessment) if line.status is not WinStatus.NOT_APPLICABLE]
    count = {status.value: sum(line.status is status for line in lines) for status in WinStatus}
    pairs = len({(key(line.contact.name or ""), line.role) for line in lines})
    yield LINES.filled(pairs=pairs, all=len(lines), **count)


SCORE = Score(
    code="win",
    place=40,
    name=Text("赢标准", "Win criteria"),
    unit=Text("0–1", "0–1"),
    help=Text("各人各角色的赢标准满足到几成", "How far the win criteria of all people and roles are met"),
    formula=Text(
        "每个“人×角色”适用标准的平均值（已满足 1，已识别 0.5，未知 0），按影响力平均。",
        "Mean value of the applicable criteria of each person in each role (met 1, identified 0.5, unknown 0), averaged by influence.",
    ),
    kind=Kind.SHARE,
    compute=win,
    why=why,
)

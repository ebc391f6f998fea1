"""What each person wins: the checklist, the win score, the outcome quadrant (specification, section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from warmap.model import Contact, Deal, Negotiation, Win
from warmap.scores.engagement import weight
from warmap.scores.roles import weighted_mean
from warmap.settings import Settings
from warmap.terms import WIN_CRITERIA, BuyingRole, EvidenceGrade, Quadrant, WinCriterion, WinStatus, key


class WinLine(NamedTuple):
    """One line of the checklist."""

    contact: Contact
    role: BuyingRole
    criterion: WinCriterion
    status: WinStatus
    grade: EvidenceGrade


def rows_by_contact_and_role(wins: Sequence[Win]) -> dict[tuple[str, BuyingRole], Win]:
    """The wins rows by contact and role; of two for the same pair the first counts (the second is finding DV208)."""
    rows: dict[tuple[str, BuyingRole], Win] = {}
    for row in wins:
        if row.contact is not None and row.role is not None:
            rows.setdefault((key(row.contact), row.role), row)
    return rows


def checklist(active: Sequence[Contact], rows: Mapping[tuple[str, BuyingRole], Win]) -> Iterator[WinLine]:
    """For every active contact and each role it holds, the six criteria of the role with their status."""
    for contact in active:
        for role in BuyingRole:
            if role not in contact.buying_roles:
                continue
            row = rows.get((key(contact.name or ""), role))
            grade = (row.evidence_grade if row else None) or EvidenceGrade.NONE
            for criterion in WIN_CRITERIA[role]:
                status = row.statuses.get(criterion, WinStatus.UNKNOWN) if row else WinStatus.UNKNOWN
                yield WinLine(contact, role, criterion, status, grade)


def win_score(lines: Sequence[WinLine], settings: Settings) -> float | None:
    """Mean value of the applicable criteria of each contact-role, weighted by influence; None without any. 0 … 1."""
    values: dict[tuple[int, BuyingRole], list[float]] = {}
    weights: dict[tuple[int, BuyingRole], float] = {}
    for line in lines:
        pair = (id(line.contact), line.role)
        if line.status is not WinStatus.NOT_APPLICABLE:
            values.setdefault(pair, []).append(settings.win_value[line.status.value])
            if pair not in weights:
                weights[pair] = weight(line.contact, settings)
    return weighted_mean([(weights[pair], sum(v) / len(v)) for pair, v in values.items()])


def quadrant(win: float | None, deal: Deal, negotiation: Negotiation, settings: Settings) -> Quadrant | None:
    """Who wins, ours first (001); not assessed while nothing is known of the customer's wins."""
    if win is None:
        return None
    target, walk_away = negotiation.target_price, negotiation.walk_away_price
    ours = bool((deal.our_win or "").strip()) and target is not None and (walk_away is None or target >= walk_away)
    theirs = round(win, 9) >= settings.customer_wins_from
    if ours:
        return Quadrant.WIN_WIN if theirs else Quadrant.WIN_LOSE
    return Quadrant.LOSE_WIN if theirs else Quadrant.LOSE_LOSE

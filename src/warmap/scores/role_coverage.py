"""The four buying roles: who holds them, and how well they are covered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warmap.model import Contact
from warmap.scores.assessment import Assessment, once, weighted_mean
from warmap.scores.engagement import coach_quality, engagement
from warmap.scores.score import Kind, Score, listed
from warmap.settings import Settings
from warmap.terms import BuyingRole, RoleState
from warmap.text import Text, joined, percent

ROLE = Text("{role} {share}（{state}）", "{role} {share} ({state})")
ROLES = Text("{roles}，按权重平均。", "Weighted mean of {roles}.")
NOBODY = Text("还没有人：{roles}。", "Nobody yet: {roles}.")


@dataclass(frozen=True, slots=True)
class RoleScore:
    """One role: its active holders, its score 0 … 1, its state, and the holder who carries it best."""

    role: BuyingRole
    holders: tuple[Contact, ...]
    score: float
    state: RoleState
    best: Contact | None


@once
def roles(assessment: Assessment) -> Mapping[BuyingRole, RoleScore]:
    """Score and state of each buying role."""
    return {role: _role_score(role, assessment) for role in BuyingRole}


def holders(assessment: Assessment, role: BuyingRole) -> tuple[Contact, ...]:
    """The active contacts that hold a role."""
    return roles(assessment)[role].holders


def _role_score(role: BuyingRole, assessment: Assessment) -> RoleScore:
    """The best coach's quality for coach, else the w-weighted mean engagement of its holders."""
    found = tuple(contact for contact in assessment.active if role in contact.buying_roles)
    if not found:
        return RoleScore(role, (), 0.0, RoleState.MISSING, None)
    settings, weight = assessment.settings, assessment.weight
    quality = coach_quality if role is BuyingRole.COACH else engagement
    best = max(found, key=lambda contact: (quality(contact, settings), weight(contact)))
    score = role_score(role, found, assessment)
    return RoleScore(role, found, score, _state(score, settings), best)


def role_score(role: BuyingRole, found: Sequence[Contact], assessment: Assessment) -> float:
    """The score of a role that these contacts hold, one at least, 0 … 1."""
    settings = assessment.settings
    if role is BuyingRole.COACH:
        return max(coach_quality(contact, settings) for contact in found)
    return weighted_mean([(assessment.weight(contact), engagement(contact, settings)) for contact in found]) or 0.0


def _state(score: float, settings: Settings) -> RoleState:
    for state in (RoleState.SUPPORTIVE, RoleState.ENGAGED, RoleState.CONTACTED):
        if score >= settings.role_state[state] - 1e-12:
            return state
    return RoleState.IDENTIFIED


def role_coverage(assessment: Assessment) -> float:
    """Weighted mean of the role scores, 0 … 1; a role nobody holds counts 0."""
    weights = assessment.settings.role_weight
    return weighted_mean([(weights[role], found.score) for role, found in roles(assessment).items()]) or 0.0


def why(assessment: Assessment) -> Iterator[Text]:
    """Each role with its share and state, and which nobody holds."""
    found = roles(assessment).values()
    said = [ROLE.filled(role=one.role, share=percent(one.score), state=one.state) for one in found]
    yield ROLES.filled(roles=joined(said, Text(" · ", " · ")))
    if missing := [one.role for one in found if one.state is RoleState.MISSING]:
        yield NOBODY.filled(roles=listed(missing))


SCORE = Score(
    code="role_coverage",
    place=10,
    name=Text("角色覆盖", "Role coverage"),
    unit=Text("0–1", "0–1"),
    help=Text("四类购买角色的覆盖程度", "How well the four buying roles are covered"),
    formula=Text(
        "四个角色得分按权重平均。角色得分：教练取最好一位的质量，其余取担任者接触程度按影响力的平均；无人担任为 0。",
        "Weighted mean of the four role scores. A role's score: for the coach the quality of the best one, for the others the mean engagement of its holders by influence; 0 where nobody holds it.",
    ),
    kind=Kind.SHARE,
    compute=role_coverage,
    why=why,
)

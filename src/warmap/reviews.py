"""A second person's review: which judgement to ask about first, and how far the rep's figures are from the reviewer's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

from warmap.judgement import Judgement
from warmap.model import Contact, Review, Trust, WarMap, Win
from warmap.scores import Kind, Value, all_scores
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import BACKED
from warmap.scores.plan_quality import is_backed
from warmap.scores.role_coverage import role_coverage
from warmap.scores.trust import current_ratings, trust, trust_of
from warmap.scores.win import win
from warmap.terms import EvidenceGrade, HealthComponent, Term, TrustPillar, WinStatus, key
from warmap.text import COMMA, Text, joined

# -- the reviewer's figure beside the rep's ----------------------------------------------------------------------------

TRUST_OF = Text("{who}的信任", "Trust of {who}")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a review is about, our figure now, and the rep's figure less the reviewer's, in the unit of the subject.

    The rep's is the one kept from the day of the review, else that of now. `gap` is None where a figure is missing or is
    no number; `points` is the gap on 0 … 100, None on any other scale.
    """

    name: Text
    now: Value
    gap: float | None
    points: float | None


def compared(judgement: Judgement, review: Review) -> Compared | None:
    """A review beside our figure; its subject is a score by code or name, or a contact (whose trust it is), else None."""
    subject = key(review.subject or "")
    code, contact = _codes().get(subject), judgement.contacts.get(subject)
    if code is not None:
        name, now = all_scores()[code].name, judgement.scores[code]
        hundredth = {Kind.SHARE: 100.0, Kind.POINTS: 1.0}.get(all_scores()[code].kind) if code != "position" else None
    elif contact is not None:
        name, now, hundredth = TRUST_OF.filled(who=contact.name), trust_of(judgement, contact).score, 1.0
    else:
        return None
    if isinstance(now, Term) or review.score is None:
        return Compared(name, now, None, None)
    theirs = now if review.rep_score is None else review.rep_score
    gap = None if theirs is None else theirs - review.score
    return Compared(name, now, gap, None if gap is None or hundredth is None else gap * hundredth)


def gaps(judgement: Judgement) -> list[float]:
    """The gaps of all reviews on 0 … 100, in points: how far the rep was above the reviewer."""
    found = (compared(judgement, review) for review in judgement.map.reviews)
    return [one.points for one in found if one is not None and one.points is not None]


@cache
def _codes() -> Mapping[str, str]:
    """The code of a score by each of its names."""
    named = ((score.code, (score.code, key(score.name.zh), key(score.name.en))) for score in all_scores().values())
    return {name: code for code, names in named for name in names}


# -- what to ask first -------------------------------------------------------------------------------------------------

SUPPORT = Text(
    "{name}的支持度记为“{said}”，依据：{basis}。哪句话、哪件事看得出来？是哪天？",
    "{name}’s support is “{said}”; evidence: {basis}. What did this person say or do that shows it, and when?",
)
TRUST = Text(
    "{name}的{said}，依据：{basis}。客户说了什么、做了什么，值这个分？",
    "{name}: {said}; evidence: {basis}. What did the customer say or do that earns these ratings?",
)
WIN = Text(
    "{name}（{role}）的{said}，依据：{basis}。这是谁说的？哪天说的？",
    "{name} ({role}): {said}; evidence: {basis}. Who said so, and when?",
)
RATED = Text("{pillar} {rating} 分", "{pillar} {rating} of 5")
STATUS = Text("“{criterion}”{status}", "“{criterion}”: {status}")
NO_FACTS = Text("没写事实", "no facts written down")
UNKNOWN_TO_THEM = 1.0  # the rating of a pillar that the customer knows nothing of
NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Doubt:
    """A judgement without evidence, what to ask about it, and the points of health's base between proven and unknown."""

    question: Text
    grade: EvidenceGrade
    worth: float


_PARTS: Mapping[HealthComponent, Callable[[Assessment], float | None]] = {
    HealthComponent.ROLE_COVERAGE: lambda assessment: 100 * role_coverage(assessment),
    HealthComponent.TRUST: trust,
    HealthComponent.WIN: lambda assessment: 100 * (win(assessment) or 0.0),
}


def ask_first(assessment: Assessment) -> Sequence[Doubt]:
    """The judgements that are said and not backed, those on which most depends first; what moves nothing is left out.

    Of two that move as much the one with the weaker evidence comes first, then in the order of the sheets. A judgement is
    a contact's support, a contact's current ratings that are not backed, or a row of wins.
    """
    found = [*_support(assessment), *_trust(assessment), *_wins(assessment)]
    return sorted((one for one in found if one.worth > NOISE), key=lambda one: (-round(one.worth, 9), one.grade.place))


def _between(assessment: Assessment, part: HealthComponent, *maps: WarMap) -> float:
    """By how many points the base differs between two maps that differ in one of its components only."""
    weights = assessment.settings.health_weight
    total = fsum(weights[one.value] for one in HealthComponent)
    if not total:
        return 0.0
    high, low = (_PARTS[part](Assessment(war_map, assessment.settings)) or 0.0 for war_map in maps)
    return weights[part.value] / total * abs(high - low)


def _basis(grade: EvidenceGrade) -> Text:
    return NO_FACTS if grade in BACKED else grade.label


def _support(assessment: Assessment) -> Iterator[Doubt]:
    for contact in assessment.active:
        if contact.support is None or contact.evidence_grade in BACKED:
            continue
        grade = contact.evidence_grade or EvidenceGrade.NONE
        proven = contact.model_copy(update={"evidence_grade": EvidenceGrade.PROVEN})
        unknown = contact.model_copy(update={"support": None})
        maps = [_with(assessment.map, "contacts", {id(contact): one}) for one in (proven, unknown)]
        question = SUPPORT.filled(name=contact.name, said=contact.support, basis=_basis(grade))
        yield Doubt(question, grade, _between(assessment, HealthComponent.ROLE_COVERAGE, *maps))


def _trust(assessment: Assessment) -> Iterator[Doubt]:
    ratings = current_ratings(assessment)
    for contact in assessment.active:
        held = ratings.get(key(contact.name or ""), {})
        rows = {p: held[p] for p in TrustPillar if p in held and not is_backed(held[p].ratings[p].evidence_grade, held[p].evidence)}  # fmt: skip
        if not rows:
            continue
        grade = min((row.ratings[p].evidence_grade or EvidenceGrade.NONE for p, row in rows.items()), key=_place)
        maps = []
        for update in ({"evidence_grade": EvidenceGrade.PROVEN}, {"rating": UNKNOWN_TO_THEM}):
            changed: dict[int, Trust] = {}
            for pillar, row in rows.items():
                row = changed.get(id(row), row)  # noqa: PLW2901  one row may hold several pillars
                judged = row.ratings[pillar].model_copy(update=update)
                copy = row.model_copy(update={"ratings": {**row.ratings, pillar: judged}})
                changed[id(held[pillar])] = copy
            maps.append(_with(assessment.map, "trust", changed))
        said = [RATED.filled(pillar=p, rating=row.ratings[p].rating) for p, row in rows.items()]
        question = TRUST.filled(name=contact.name, said=joined(said, COMMA), basis=_basis(grade))
        yield Doubt(question, grade, _between(assessment, HealthComponent.TRUST, *maps))


def _wins(assessment: Assessment) -> Iterator[Doubt]:
    seen: set[tuple[str, str]] = set()
    for row in assessment.map.wins:
        contact = assessment.contacts.get(key(row.contact or ""))
        if row.role is None or contact is None or (key(row.contact or ""), row.role.value) in seen:
            continue
        seen.add((key(row.contact or ""), row.role.value))
        said = {c: s for c, s in row.statuses.items() if s in {WinStatus.IDENTIFIED, WinStatus.MET}}
        if not said or is_backed(row.evidence_grade, row.evidence):
            continue
        unknown = row.model_copy(update={"statuses": {**row.statuses, **dict.fromkeys(said, WinStatus.UNKNOWN)}})
        grade = row.evidence_grade or EvidenceGrade.NONE
        worth = _between(
            assessment, HealthComponent.WIN, assessment.map, _with(assessment.map, "wins", {id(row): unknown})
        )
        words = joined([STATUS.filled(criterion=criterion, status=status) for criterion, status in said.items()], COMMA)
        yield Doubt(WIN.filled(name=contact.name, role=row.role, said=words, basis=_basis(grade)), grade, worth)


def _place(grade: EvidenceGrade) -> int:
    return grade.place


def _with(war_map: WarMap, table: str, changed: Mapping[int, Contact | Trust | Win]) -> WarMap:
    """The map with some rows of a table, by identity, exchanged."""
    rows = [changed.get(id(row), row) for row in getattr(war_map, table)]
    return war_map.model_copy(update={table: rows})

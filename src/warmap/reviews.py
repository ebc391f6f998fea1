"""A second person's review: which judgement to ask about first, and how far the rep's figures are from the reviewer's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import fsum

from warmap.judgement import Judgement
from warmap.model import Contact, Review, Trust
from warmap.scores import Kind, Value, all_scores
from warmap.scores.assessment import Assessment, weighted_mean
from warmap.scores.engagement import BACKED, engagement
from warmap.scores.plan_quality import is_backed
from warmap.scores.role_coverage import holders, role_score
from warmap.scores.trust import current_ratings, rated_contacts, rating_of, trust_of
from warmap.scores.win import WinLine, win_checklist
from warmap.terms import BuyingRole, EvidenceGrade, HealthComponent, Term, TrustPillar, WinStatus, key
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


@dataclass(frozen=True, slots=True)
class Doubt:
    """A judgement without evidence, what to ask about it, and the points of health's base between proven and unknown."""

    ask: Callable[[], Text]  # of a hundred doubts three are put into words
    grade: EvidenceGrade
    worth: float

    @property
    def question(self) -> Text:
        """What to ask."""
        return self.ask()


def ask_first(assessment: Assessment) -> Sequence[Doubt]:
    """The judgements that are said and not backed, those on which most depends first; what moves nothing is left out.

    Of two that move as much the one with the weaker evidence comes first, then in the order of the sheets. A judgement is
    a contact's support, a contact's current ratings that are not backed, or a row of wins.
    """
    found = [*_support(assessment), *_trust(assessment), *_wins(assessment)]
    return sorted((one for one in found if one.worth), key=lambda one: (-one.worth, one.grade.place))


def _points(assessment: Assessment, part: HealthComponent, change: float) -> float:
    """The points of the base that a change of one of its components is, of the share or of 0 … 100 that it is worth."""
    weights = assessment.settings.health_weight
    total = fsum(weights[one] for one in HealthComponent)
    return round(abs(change) * weights[part] / total, 9) if total else 0.0


def _basis(grade: EvidenceGrade) -> Text:
    return NO_FACTS if grade in BACKED else grade.label


def _support(assessment: Assessment) -> Iterator[Doubt]:
    for contact in assessment.active:
        if contact.support is None or contact.evidence_grade in BACKED or not contact.buying_roles:
            continue
        grade = contact.evidence_grade or EvidenceGrade.NONE
        proven = contact.model_copy(update={"evidence_grade": EvidenceGrade.PROVEN})
        unknown = contact.model_copy(update={"support": None})
        weights = assessment.settings.role_weight
        change = weighted_mean([
            (weights[role], _role_change(assessment, role, contact, proven, unknown)) for role in BuyingRole
        ])  # fmt: skip
        ask = partial(SUPPORT.filled, name=contact.name, said=contact.support, basis=_basis(grade))
        yield Doubt(ask, grade, _points(assessment, HealthComponent.ROLE_COVERAGE, 100 * (change or 0.0)))


def _role_change(assessment: Assessment, role: BuyingRole, contact: Contact, high: Contact, low: Contact) -> float:
    """How far a role's score differs between two ways to judge one contact."""
    settings = assessment.settings
    if role not in contact.buying_roles or engagement(high, settings) == engagement(low, settings):
        return 0.0
    others = [one for one in holders(assessment, role) if one is not contact]
    first, second = (role_score(role, (*others, one), assessment) for one in (high, low))
    return first - second


def _trust(assessment: Assessment) -> Iterator[Doubt]:
    ratings = current_ratings(assessment)
    whole = fsum(assessment.weight(contact) for contact, _ in rated_contacts(assessment))
    for contact in assessment.active:
        held = ratings.get(key(contact.name or ""), {})
        rows = {p: held[p] for p in TrustPillar if p in held and not is_backed(held[p].ratings[p].evidence_grade, held[p].evidence)}  # fmt: skip
        if not rows:
            continue
        grade = min((row.ratings[p].evidence_grade or EvidenceGrade.NONE for p, row in rows.items()), key=_place)
        change = _trust_change(assessment, contact, held, rows) * assessment.weight(contact) / whole if whole else 0.0
        ask = partial(_asked_of_trust, contact, grade, rows)
        yield Doubt(ask, grade, _points(assessment, HealthComponent.TRUST, change))


def _trust_change(
    assessment: Assessment, contact: Contact, held: Mapping[TrustPillar, Trust], rows: Mapping[TrustPillar, Trust]
) -> float:
    """How far trust of a contact differs between the ratings of some rows proven, and of pillars nobody there knows."""
    as_of, settings = assessment.as_of, assessment.settings
    weights, moved = settings.pillar_weight, []
    for pillar, row in rows.items():
        judged = row.ratings[pillar]
        given, grade = judged.rating or 0.0, judged.evidence_grade or EvidenceGrade.NONE
        proven = rating_of(contact, pillar, given, EvidenceGrade.PROVEN, as_of, settings)
        unknown = rating_of(contact, pillar, UNKNOWN_TO_THEM, grade, as_of, settings)
        moved.append(weights[pillar] * (proven.counted - unknown.counted))
    whole = fsum(weights[pillar] for pillar in held)
    return 20 * fsum(moved) / whole if whole else 0.0


def _asked_of_trust(contact: Contact, grade: EvidenceGrade, rows: Mapping[TrustPillar, Trust]) -> Text:
    said = [RATED.filled(pillar=p, rating=row.ratings[p].rating) for p, row in rows.items()]
    return TRUST.filled(name=contact.name, said=joined(said, COMMA), basis=_basis(grade))


def _asked_of_wins(said: Sequence[WinLine]) -> Text:
    words = joined([STATUS.filled(criterion=line.criterion, status=line.status) for line in said], COMMA)
    return WIN.filled(name=said[0].contact.name, role=said[0].role, said=words, basis=_basis(said[0].grade))


def _wins(assessment: Assessment) -> Iterator[Doubt]:
    lines: dict[tuple[str, BuyingRole], list[WinLine]] = {}
    for line in win_checklist(assessment):
        if line.status is not WinStatus.NOT_APPLICABLE:
            lines.setdefault((key(line.contact.name or ""), line.role), []).append(line)
    whole = fsum(assessment.weight(found[0].contact) for found in lines.values())
    values = assessment.settings.win_value
    rows = {(key(row.contact or ""), row.role): row for row in reversed(assessment.map.wins) if row.role is not None}
    for pair, row in reversed(rows.items()):
        said = [line for line in lines.get(pair, ()) if line.status in {WinStatus.IDENTIFIED, WinStatus.MET}]
        if not said or is_backed(row.evidence_grade, row.evidence):
            continue
        change = fsum(values[line.status] - values[WinStatus.UNKNOWN] for line in said) / len(lines[pair])
        share = assessment.weight(said[0].contact) / whole if whole else 0.0
        yield Doubt(
            partial(_asked_of_wins, said), said[0].grade, _points(assessment, HealthComponent.WIN, 100 * change * share)
        )


def _place(grade: EvidenceGrade) -> int:
    return grade.place

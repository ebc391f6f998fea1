"""Trust by contact, by pillar and of the account, with evidence caps and fading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from warmap.model import Contact, Trust
from warmap.scores.assessment import Assessment, once, weighted_mean
from warmap.scores.score import Kind, Score
from warmap.settings import Settings
from warmap.terms import EvidenceGrade, TrustPillar, key
from warmap.text import Text, tenths

RATED = Text(
    "{rated} 位在职关键人的信任按影响力平均；最低的是{who}（{low} 分）。",
    "Mean of {rated} active contacts by influence; the lowest is {who} ({low}).",
)
CAPPED = Text(
    "{count} 个评分超过了依据的上限，只按上限计。",
    "Ratings above what their evidence allows, which count only up to it: {count}.",
)
NONE_RATED = Text("未评估：在职的关键人还没有一个信任评分。", "Not assessed: no active contact has a trust rating yet.")


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating of one pillar as given, and what of it counts (0 … 5)."""

    given: float
    grade: EvidenceGrade
    cap: float
    counted: float

    @property
    def is_above_cap(self) -> bool:
        """Rated higher than its evidence bears."""
        return self.given > self.cap


@dataclass(frozen=True, slots=True)
class ContactTrust:
    """The rated pillars of one contact and their weighted mean on 0 … 100."""

    ratings: Mapping[TrustPillar, Rating]
    score: float | None


@once
def trust_by_contact(assessment: Assessment) -> Mapping[str, ContactTrust]:
    """Trust of every contact, by the key of its name."""
    latest, as_of = current_ratings(assessment), assessment.as_of
    return {
        name: contact_trust(contact, latest.get(name, {}), as_of, assessment.settings)
        for name, contact in assessment.contacts.items()
    }


def trust_of(assessment: Assessment, contact: Contact) -> ContactTrust:
    """Trust of one contact."""
    return trust_by_contact(assessment)[key(contact.name or "")]


@once
def current_ratings(assessment: Assessment) -> Mapping[str, Mapping[TrustPillar, Trust]]:
    """Per contact (the key of its name) and pillar the row whose rating holds: the latest by date, later rows win ties."""
    latest: dict[str, dict[TrustPillar, Trust]] = {}
    for row in sorted(assessment.map.trust, key=lambda row: row.rated_on or date.min):
        if row.contact is not None:
            pillars = latest.setdefault(key(row.contact), {})
            pillars.update({pillar: row for pillar, judged in row.ratings.items() if judged.rating is not None})
    return latest


def contact_trust(
    contact: Contact,
    rated: Mapping[TrustPillar, Trust],
    as_of: date | None,
    settings: Settings,
) -> ContactTrust:
    """Trust of a contact by the rows that hold for it: each rating capped by its evidence, relationship trust faded."""
    ratings = {}
    for pillar in TrustPillar:
        judged = rated[pillar].ratings[pillar] if pillar in rated else None
        if judged is not None and judged.rating is not None:
            grade = judged.evidence_grade or EvidenceGrade.NONE
            ratings[pillar] = rating_of(contact, pillar, judged.rating, grade, as_of, settings)
    mean = weighted_mean([(settings.pillar_weight[p], r.counted) for p, r in ratings.items()])
    return ContactTrust(ratings, None if mean is None else 20 * mean)


def rating_of(
    contact: Contact, pillar: TrustPillar, given: float, grade: EvidenceGrade, as_of: date | None, settings: Settings
) -> Rating:
    """A rating and what of it counts: up to the cap of its evidence, and of the relationship what has not faded."""
    cap = settings.evidence_cap[grade]
    counted = min(given, cap)
    if pillar is TrustPillar.RELATIONSHIP:
        counted *= _fading(contact, as_of, settings)
    return Rating(given, grade, cap, counted)


def _fading(contact: Contact, as_of: date | None, settings: Settings) -> float:
    """The share of relationship trust left since the last contact, 0 … 1."""
    if as_of is None or contact.last_contact is None:
        return 1.0
    days = max(0, (as_of - contact.last_contact).days)
    return float(0.5 ** (days / settings.trust_fading_days))


@once
def trust_pillars(assessment: Assessment) -> Mapping[TrustPillar, float | None]:
    """20 × the w-weighted mean of each pillar over the active contacts rated on it, 0 … 100."""
    means = {}
    for pillar in TrustPillar:
        pairs = [
            (assessment.weight(contact), rating.counted)
            for contact in assessment.active
            if (rating := trust_of(assessment, contact).ratings.get(pillar)) is not None
        ]
        mean = weighted_mean(pairs)
        means[pillar] = None if mean is None else 20 * mean
    return means


def rated_contacts(assessment: Assessment) -> list[tuple[Contact, float]]:
    """The active contacts with any rating, each with the trust in us, 0 … 100."""
    scored = ((contact, trust_of(assessment, contact).score) for contact in assessment.active)
    return [(contact, score) for contact, score in scored if score is not None]


def trust(assessment: Assessment) -> float | None:
    """Mean trust of the rated active contacts by influence, 0 … 100."""
    return weighted_mean([(assessment.weight(contact), score) for contact, score in rated_contacts(assessment)])


def why(assessment: Assessment) -> Iterator[Text]:
    """How many are rated, who is lowest, and how many ratings are above their evidence."""
    rated = rated_contacts(assessment)
    if not rated:
        yield NONE_RATED
        return
    who, low = min(rated, key=lambda pair: pair[1])
    yield RATED.filled(rated=len(rated), who=who.name, low=tenths(low))
    ratings = [rating for contact in assessment.active for rating in trust_of(assessment, contact).ratings.values()]
    if over := sum(rating.is_above_cap for rating in ratings):
        yield CAPPED.filled(count=over)


SCORE = Score(
    code="trust",
    place=20,
    name=Text("信任", "Trust"),
    unit=Text("0–100", "0–100"),
    help=Text("客户对我们的信任", "The customer's trust in us"),
    formula=Text(
        "有评分的在职联系人的信任按影响力平均。一位的信任 = 20 × 已评支柱的加权平均；评分不超过其依据的上限，关系信任随最近接触之后的日子减半。",
        "Mean trust of the rated active contacts by influence. Of one contact: 20 × the weighted mean of the rated pillars; a rating counts only up to the cap of its evidence, and relationship trust halves with the days since the last contact.",
    ),
    kind=Kind.POINTS,
    compute=trust,
    why=why,
)

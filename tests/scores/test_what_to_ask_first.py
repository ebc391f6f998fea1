"""A review asks first about the judgement with the weakest evidence on which most depends."""

import pytest
from hypothesis import given, settings

from tests.scores.random_maps import maps
from warmap.judgement import judge
from warmap.model import WarMap
from warmap.reading import read_document
from warmap.reviews import ask_first, compared, gaps
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import BACKED
from warmap.scores.health import health
from warmap.scores.role_coverage import role_coverage
from warmap.settings import default_settings
from warmap.terms import EvidenceGrade, key
from warmap.text import LANGUAGES

MET = {"contact_frequency": "frequent"}
ZHAO = {"name": "Zhao", "buying_roles": ["user"], "influence": "high", **MET}
LI = {"name": "Li", "buying_roles": ["user"], "influence": "low", **MET}

WINS = {"contact": "Zhao", "role": "user", "statuses": {"skills": "met"}}


def trust(name, grade="guess", evidence=None, **ratings):
    judged = {pillar: {"rating": rating, "evidence_grade": grade} for pillar, rating in ratings.items()}
    return {"contact": name, "ratings": judged, "evidence": evidence}


def asked(**data):
    return ask_first(judge(read_document(data).map))


def test_each_kind_of_judgement_is_asked_about_in_words():
    found = asked(
        contacts=[{**ZHAO, "support": "support", "evidence_grade": "guess"}],
        trust=[trust("Zhao", sincerity=5, expertise=4)],
        wins=[{"contact": "Zhao", "role": "user", "statuses": {"skills": "met"}}],
    )
    assert {one.question.en for one in found} == {
        "Zhao’s support is “Support”; evidence: Our guess. What did this person say or do that shows it, and when?",
        "Zhao: Expertise trust 4 of 5, Sincerity trust 5 of 5; evidence: Our guess. What did the customer say or do that earns these ratings?",
        "Zhao (User): “Better skills”: Met; evidence: None. Who said so, and when?",
    }


@pytest.mark.parametrize(
    ("data", "worth"),
    [
        # Support claimed, 0.75; proven 1.00; unknown 0.50: half of one role of four, 25 of 100 points.
        ({"contacts": [{**ZHAO, "support": "support"}]}, 25 * 0.5 / 4),
        ({"contacts": [{**ZHAO, "support": "neutral"}]}, 25 * 0.25 / 4),
        # Ratings proven count 5 and 3, unknown to them 1 and 1: a mean of 4 against 1, times 20, 20 of 100 points.
        ({"contacts": [ZHAO], "trust": [trust("Zhao", sincerity=5, expertise=3)]}, 0.2 * 20 * 3),
        ({"contacts": [ZHAO], "trust": [trust("Zhao", "proven", sincerity=5)]}, 0.2 * 20 * 4),  # no facts written down
        # Two of six criteria, met and identified: 1.5 of 6, 20 of 100 points.
        (
            {
                "contacts": [ZHAO],
                "wins": [{"contact": "Zhao", "role": "user", "statuses": {"skills": "met", "reliability": "identified"}}],
            },
            20 * 1.5 / 6,
        ),
    ],
)  # fmt: skip
def test_the_stake_is_what_lies_between_proven_and_unknown(data, worth):
    (one,) = asked(**data)
    assert one.worth == pytest.approx(worth)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"contacts": [ZHAO]},
        {"contacts": [{**ZHAO, "support": "support", "evidence_grade": "stated"}]},
        {"contacts": [{**ZHAO, "support": "oppose"}]},  # met, no more, whether he opposes us or not
        {"contacts": [{**ZHAO, "support": "support", "contact_frequency": "never"}]},
        {"contacts": [{**ZHAO, "support": "support", "post_status": "left"}]},
        {"contacts": [ZHAO], "trust": [trust("Zhao", "stated", "“You were right”, 3 May", sincerity=4)]},
        {"contacts": [ZHAO], "trust": [trust("Zhao", sincerity=1)]},
        {"contacts": [ZHAO], "wins": [{"contact": "Zhao", "role": "user", "statuses": {"skills": "unknown"}}]},
        {"contacts": [ZHAO], "wins": [{"contact": "Zhao", "role": "coach", "statuses": {"recognition": "met"}}]},
        {"trust": [trust("Nobody", sincerity=5)]},
    ],
)
def test_nothing_is_asked_where_nothing_is_at_stake(data):
    assert not asked(**data)


def test_most_weight_first_then_the_weaker_evidence_then_the_order_of_the_sheet():
    ratings = [trust("Zhao", sincerity=4), trust("Li", sincerity=4)]
    assert [one.question.en[:4] for one in asked(contacts=[LI, ZHAO], trust=ratings)] == ["Zhao", "Li: "]
    ratings = [trust("Zhao", "guess", sincerity=4), trust("Wu", "none", sincerity=4)]
    wu = {**ZHAO, "name": "Wu"}
    assert [one.grade for one in asked(contacts=[ZHAO, wu], trust=ratings)] == [EvidenceGrade.NONE, EvidenceGrade.GUESS]
    ratings = [trust("Zhao", sincerity=4), trust("Wu", sincerity=4)]
    assert [one.question.en[:3] for one in asked(contacts=[wu, ZHAO], trust=ratings)] == ["Wu:", "Zha"]


def test_weights_of_zero_leave_nothing_to_ask():
    given = default_settings()
    nothing = given.model_copy(update={"influence_weight": dict.fromkeys(given.influence_weight, 0.0)})
    data = {"contacts": [ZHAO], "trust": [trust("Zhao", sincerity=5)], "wins": [WINS]}
    assert ask_first(Assessment(read_document(data).map, nothing)) == []


def with_support(war_map, name, **update):
    contacts = [one.model_copy(update=update) if key(one.name or "") == name else one for one in war_map.contacts]
    return war_map.model_copy(update={"contacts": contacts})


@settings(max_examples=60)
@given(maps)
def test_the_stake_of_a_support_is_what_the_whole_map_says_with_it_proven_and_unknown(data):
    war_map = WarMap.model_validate(data)
    judged = judge(war_map)
    found = {one.question.en: one.worth for one in ask_first(judged)}
    for contact in judged.active:
        if contact.support is None or contact.evidence_grade in BACKED:
            continue
        name = key(contact.name)
        high, low = (
            100 * role_coverage(judge(with_support(war_map, name, **update)))
            for update in ({"evidence_grade": EvidenceGrade.PROVEN}, {"support": None})
        )
        stakes = [worth for words, worth in found.items() if words.startswith(f"{contact.name}’s support is")]
        assert sum(stakes) == pytest.approx(0.25 * abs(high - low), abs=1e-8)


@settings(max_examples=60)
@given(maps)
def test_so_it_is_in_any_map(data):
    war_map = WarMap.model_validate(data)
    found = ask_first(judge(war_map))
    stakes = [round(one.worth, 9) for one in found]
    assert stakes == sorted(stakes, reverse=True)
    assert all(0 < one.worth <= 65.1 for one in found)  # the weights of roles, trust and wins
    assert all("{" not in one.question.to(lang) for one in found for lang in LANGUAGES)
    # Once every support is proven, none is asked about, and the base is what it was or higher.
    proven = [one.model_copy(update={"evidence_grade": EvidenceGrade.PROVEN}) for one in war_map.contacts]
    sure = judge(war_map.model_copy(update={"contacts": proven}))
    assert not any("support is" in one.question.en for one in ask_first(sure))
    assert health(sure).base >= health(judge(war_map)).base - 1e-9


def test_a_judgement_answered_with_evidence_is_asked_about_no_more():
    contact = {**ZHAO, "support": "support"}
    assert asked(contacts=[contact])
    assert not any(asked(contacts=[{**contact, "evidence_grade": grade.value}]) for grade in BACKED)


REVIEWED = {
    "contacts": [ZHAO],
    "trust": [trust("Zhao", "proven", sincerity=4)],
    "ideal_customer": [{"attribute": "x", "weight": 1, "score": 4}],
    "competition": [{"criterion": "x", "weight": 1, "our_score": 4, "scores": {"Rival": 3}}],
}


class TestTheGap:
    def gap(self, **review):
        judged = judge(read_document({**REVIEWED, "reviews": [review]}).map)
        one = compared(judged, judged.map.reviews[0])
        return one and (one.gap, one.points)

    @pytest.mark.parametrize(
        ("review", "gap"),
        [
            ({"subject": "fit", "score": 60}, (20, 20)),
            ({"subject": "fit", "score": 60, "rep_score": 95}, (35, 35)),
            ({"subject": "Zhao", "score": 90}, (-10, -10)),
            ({"subject": "role_coverage", "score": 0.1, "rep_score": 0.35}, (0.25, 25)),
            ({"subject": "needs", "score": 0.5}, (None, None)),
            ({"subject": "needs", "score": 0.5, "rep_score": 0.75}, (0.25, 25)),
            ({"subject": "position", "score": 0.5}, (0.5, None)),
            ({"subject": "stage_reached", "score": 2, "rep_score": 3}, (1, None)),
            ({"subject": "tier", "score": 2, "rep_score": 3}, (None, None)),
            ({"subject": "fit"}, (None, None)),
            ({"subject": "nobody", "score": 3}, None),
        ],
    )  # fmt: skip
    def test_it_is_the_reps_figure_less_the_reviewers(self, review, gap):
        assert self.gap(**review) == (gap and pytest.approx(gap))

    def test_a_map_has_those_that_are_on_a_hundred_points(self):
        reviews = [
            {"subject": "fit", "score": 60},
            {"subject": "position", "score": 0},
            {"subject": "Zhao", "score": 90},
        ]
        assert gaps(judge(read_document({**REVIEWED, "reviews": reviews}).map)) == pytest.approx([20, -10])

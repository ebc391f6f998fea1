"""Specification, section 3, example by example: every figure on the right was worked out by hand from the words of the clause."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from warmap.judgement import Judgement
from warmap.model import WarMap
from warmap.scores.engagement import coach_quality, engagement
from warmap.scores.role_coverage import roles
from warmap.scores.stage import stage_gates
from warmap.scores.trust import trust_of, trust_pillars
from warmap.scores.win import win_checklist
from warmap.settings import default_settings, settings_from
from warmap.terms import STAGE_CRITERIA, WIN_CRITERIA, BuyingRole, TrustPillar

AS_OF = "2026-06-30"
DEFAULTS = default_settings()
STAGES = [stage.value for stage in STAGE_CRITERIA]
NOTHING: list[dict[str, object]] = []


def who(name="A", *roles, **fields):
    return {"name": name, "buying_roles": list(roles), **fields}


def judged(*contacts, settings=None, **tables):
    deal = {"as_of": AS_OF, **tables.pop("deal", {})}
    return Judgement(WarMap.model_validate({"deal": deal, "contacts": list(contacts), **tables}), settings)


def person(**fields):
    return judged(who(**fields)).map.contacts[0]


def rated(contact="A", rated_on=None, **pillars):
    """`professional=(4, "stated")`; a bare number has no evidence."""
    ratings = {
        pillar: {"rating": given[0], "evidence_grade": given[1]} if isinstance(given, tuple) else {"rating": given}
        for pillar, given in pillars.items()
    }
    return {"contact": contact, "rated_on": rated_on, "ratings": ratings}


def wins(contact, role, statuses):
    """`statuses`: six letters, m met, i identified, u unknown, x not applicable, . blank."""
    words = {"m": "met", "i": "identified", "u": "unknown", "x": "not_applicable"}
    criteria = [criterion.value for criterion in WIN_CRITERIA[BuyingRole(role)]]
    return {
        "contact": contact, "role": role,
        "statuses": {c: words[s] for c, s in zip(criteria, statuses, strict=True) if s != "."},
    }  # fmt: skip


def done(number, *places, say=True, evidence="Minutes of 3 March"):
    """Stage evidence: the criteria of a stage with these places (from 1)."""
    stage = list(STAGE_CRITERIA)[number - 1]
    return [
        {"stage": stage.value, "criterion": STAGE_CRITERIA[stage][place - 1].value, "done": say, "evidence": evidence}
        for place in places
    ]


def all_of(*numbers):
    return [row for n in numbers for row in done(n, *range(1, len(STAGE_CRITERIA[list(STAGE_CRITERIA)[n - 1]]) + 1))]


HOLDS = {"supportive": {"contact_frequency": "frequent", "support": "support", "evidence_grade": "proven"},
         "engaged": {"contact_frequency": "occasional", "support": "neutral"}, "contacted": {"contact_frequency": "rare"},
         "identified": {}}  # fmt: skip


class TestEngagement:
    """0.25 identified (frequency never or blank) · 0.50 contacted (rare, or support below 0 or unknown) · 0.75 engaged
    (occasional or frequent, support 0, or support ≥ +1 only claimed: evidence_grade below stated) · 1.00 supportive
    (occasional or frequent, support ≥ +1, evidence_grade stated or proven). The first that fits from the left wins."""

    @pytest.mark.parametrize(
        ("frequency", "support", "grade", "expected"),
        [
            (None, None, None, 0.25),
            (None, "strong_support", "proven", 0.25),
            (None, "strong_oppose", None, 0.25),
            ("never", None, None, 0.25),
            ("never", "strong_support", "proven", 0.25),
            ("never", "oppose", "proven", 0.25),
            ("rare", None, None, 0.50),
            ("rare", "neutral", None, 0.50),
            ("rare", "strong_support", "proven", 0.50),
            ("rare", "oppose", None, 0.50),
            ("occasional", "oppose", None, 0.50),
            ("frequent", "oppose", "proven", 0.50),
            ("frequent", "strong_oppose", "stated", 0.50),
            ("occasional", None, None, 0.50),
            ("occasional", None, "proven", 0.50),
            ("frequent", None, "stated", 0.50),
            ("occasional", "neutral", None, 0.75),
            ("frequent", "neutral", "proven", 0.75),
            ("occasional", "support", None, 0.75),
            ("occasional", "support", "none", 0.75),
            ("frequent", "strong_support", "guess", 0.75),
            ("occasional", "support", "stated", 1.00),
            ("occasional", "support", "proven", 1.00),
            ("frequent", "strong_support", "stated", 1.00),
            ("frequent", "strong_support", "proven", 1.00),
        ],
    )
    def test_the_first_that_fits(self, frequency, support, grade, expected):
        contact = person(contact_frequency=frequency, support=support, evidence_grade=grade)
        assert engagement(contact, DEFAULTS) == expected


class TestCoachQuality:
    """e(c), at most 0.50 unless wants_our_success is yes, at most 0.75 unless level is director or manager."""

    @pytest.mark.parametrize(
        ("state", "wants", "level", "expected"),
        [
            ("supportive", True, "director", 1.00),
            ("supportive", True, "manager", 1.00),
            ("supportive", True, "expert", 0.75),
            ("supportive", True, "operator", 0.75),
            ("supportive", True, "clerk", 0.75),
            ("supportive", True, None, 0.75),
            ("supportive", False, "director", 0.50),
            ("supportive", None, "director", 0.50),
            ("supportive", None, None, 0.50),
            ("supportive", False, "clerk", 0.50),
            ("engaged", True, "director", 0.75),
            ("engaged", True, "clerk", 0.75),
            ("engaged", None, "manager", 0.50),
            ("contacted", True, "clerk", 0.50),
            ("contacted", None, None, 0.50),
            ("identified", True, "director", 0.25),
            ("identified", None, None, 0.25),
        ],
    )
    def test_caps(self, state, wants, level, expected):
        contact = person(wants_our_success=wants, level=level, **HOLDS[state])
        assert coach_quality(contact, DEFAULTS) == expected


class TestRoleScore:
    """User, technical, economic: mean of e(c) weighted by w(c) over active contacts that hold the role; coach: the best
    coach quality over active coaches; 0 when nobody holds it. w: high 3, medium 2, low 1, blank 1."""

    @pytest.mark.parametrize("role", ["user", "technical", "economic"])
    @pytest.mark.parametrize(
        ("people", "score", "state"),
        [
            ([], 0.0, "missing"),
            ([("identified", None)], 0.25, "identified"),
            ([("contacted", "high")], 0.5, "contacted"),
            ([("engaged", "low")], 0.75, "engaged"),
            ([("supportive", None)], 1.0, "supportive"),
            # (3 × 1 + 1 × 0.25) ÷ 4
            ([("supportive", "high"), ("identified", "low")], 0.8125, "engaged"),
            # (3 × 0.25 + 1 × 1) ÷ 4
            ([("identified", "high"), ("supportive", "low")], 0.4375, "identified"),
            # (2 × 0.5 + 1 × 0.5) ÷ 3
            ([("contacted", "medium"), ("contacted", None)], 0.5, "contacted"),
            # (1 × 1 + 1 × 0.75) ÷ 2: blank influence counts as 1
            ([("supportive", None), ("engaged", "low")], 0.875, "engaged"),
            # (3 × 1 + 2 × 0.75 + 1 × 0.5) ÷ 6
            ([("supportive", "high"), ("engaged", "medium"), ("contacted", "low")], 5 / 6, "engaged"),
            # (3 × 0.75 + 3 × 0.75 + 2 × 0.75) ÷ 8: noise in the last digit must not lower the state
            ([("engaged", "high"), ("engaged", "high"), ("engaged", "medium")], 0.75, "engaged"),
        ],
    )
    def test_of_the_three_buyers(self, role, people, score, state):
        holders = [who(f"P{n}", role, influence=w, **HOLDS[s]) for n, (s, w) in enumerate(people)]
        found = roles(judged(*holders, who("someone else")))[BuyingRole(role)]
        assert found.score == pytest.approx(score, abs=1e-12)
        assert found.state.value == state
        assert [holder.name for holder in found.holders] == [f"P{n}" for n in range(len(people))]

    @pytest.mark.parametrize(
        ("people", "score", "state"),
        [
            ([], 0.0, "missing"),
            ([("supportive", True, "director")], 1.0, "supportive"),
            ([("supportive", None, "director")], 0.5, "contacted"),
            ([("supportive", True, "expert")], 0.75, "engaged"),
            ([("identified", True, "director")], 0.25, "identified"),
            # the best, not the mean
            ([("identified", True, "director"), ("engaged", True, "clerk")], 0.75, "engaged"),
        ],
    )
    def test_of_the_coach(self, people, score, state):
        coaches = [
            who(f"P{n}", "coach", wants_our_success=w, level=lv, **HOLDS[s]) for n, (s, w, lv) in enumerate(people)
        ]
        found = roles(judged(*coaches))[BuyingRole.COACH]
        assert found.score == score
        assert found.state.value == state

    @pytest.mark.parametrize(
        ("status", "counts"),
        [("in_post", True), ("new_in_post", True), (None, True), ("left", False), ("transferred", False)],
    )
    def test_only_active_contacts_count(self, status, counts):
        found = roles(judged(who("A", "user", post_status=status, **HOLDS["engaged"])))[BuyingRole.USER]
        assert (found.score, found.state.value) == ((0.75, "engaged") if counts else (0.0, "missing"))

    def test_of_two_rows_with_one_name_the_first_counts(self):
        found = roles(judged(who("Ann", "user", **HOLDS["engaged"]), who(" ANN ", "user", **HOLDS["identified"])))[
            BuyingRole.USER
        ]
        assert found.score == 0.75


class TestRoleCoverage:
    """Σ weight × role score / Σ weight over the four roles; default weights 0.25 each. 0…1."""

    @pytest.mark.parametrize(
        ("roles", "expected"),
        [
            ({}, 0.0),
            ({"user": "supportive"}, 0.25),
            ({"user": "engaged", "technical": "contacted"}, (0.75 + 0.5) / 4),
            ({"user": "supportive", "technical": "supportive", "economic": "supportive"}, 0.75),
        ],
    )
    def test_by_hand(self, roles, expected):
        assert judged(*(who(role, role, **HOLDS[s]) for role, s in roles.items())).scores[
            "role_coverage"
        ] == pytest.approx(expected)

    def test_one_person_may_hold_all_four(self):
        one = who(
            "A",
            "coach",
            "user",
            "technical",
            "economic",
            wants_our_success=True,
            level="manager",
            **HOLDS["supportive"],
        )
        assert judged(one).scores["role_coverage"] == 1.0

    def test_the_weights_are_settings(self):
        settings = settings_from({"role_weight": {"user": 3, "coach": 1, "technical": 0, "economic": 0}})
        assert judged(who("A", "user", **HOLDS["engaged"]), settings=settings).scores["role_coverage"] == pytest.approx(
            3 * 0.75 / 4
        )


class TestTrustOfAContact:
    """r counts for no more than its evidence grade's cap (none 2, guess 3, stated 4, proven 5; blank = none). Contact trust =
    20 × mean of that contact's rated pillars."""

    @pytest.mark.parametrize(
        ("pillars", "expected"),
        [
            ({}, None),
            ({"professional": 5}, 40.0),  # blank grade: cap 2
            ({"professional": (5, "none")}, 40.0),
            ({"professional": (5, "guess")}, 60.0),
            ({"professional": (5, "stated")}, 80.0),
            ({"professional": (5, "proven")}, 100.0),
            ({"professional": (1.5, "none")}, 30.0),
            ({"professional": (0, "proven")}, 0.0),
            ({"professional": (4, "stated"), "sincerity": (2, "proven")}, 60.0),
            # (2 + 3 + 4 + 5) ÷ 4 × 20
            (
                {
                    "professional": 5,
                    "expertise": (5, "guess"),
                    "relationship": (5, "stated"),
                    "sincerity": (5, "proven"),
                },
                70.0,
            ),
            ({"professional": (None, "proven"), "sincerity": (3, "proven")}, 60.0),  # a grade alone is no rating
        ],
    )
    def test_caps(self, pillars, expected):
        judgement = judged(who("A"), trust=[rated(**pillars)])
        assert trust_of(judgement, judgement.map.contacts[0]).score == expected

    @pytest.mark.parametrize(
        ("last_contact", "given", "expected"),
        [
            (None, (4, "proven"), 80.0),  # no fading where last_contact is blank
            ("2026-06-30", (4, "proven"), 80.0),
            ("2026-01-01", (4, "proven"), 40.0),  # 180 days: half
            ("2025-07-05", (4, "proven"), 20.0),  # 360 days: a quarter
            ("2026-04-01", (4, "proven"), 80 * 2**-0.5),  # 90 days
            ("2026-07-10", (4, "proven"), 80.0),  # days not below 0
            ("2026-01-01", (5, "none"), 20.0),  # capped to 2 first, then halved
            ("2026-01-01", (5, "stated"), 40.0),
        ],
    )
    def test_the_relationship_fades_after_the_cap(self, last_contact, given, expected):
        judgement = judged(who("A", last_contact=last_contact), trust=[rated(relationship=given)])
        assert judgement.scores["trust"] == pytest.approx(expected)

    @pytest.mark.parametrize("pillar", ["professional", "expertise", "sincerity"])
    def test_nothing_else_fades(self, pillar):
        assert (
            judged(who("A", last_contact="2020-01-01"), trust=[rated(**{pillar: (4, "proven")})]).scores["trust"]
            == 80.0
        )

    def test_without_a_day_of_judging_nothing_fades(self):
        judgement = judged(
            who("A", last_contact="2020-01-01"), deal={"as_of": None}, trust=[rated(relationship=(4, "proven"))]
        )
        assert judgement.scores["trust"] == 80.0

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ([("2026-01-01", 1), ("2026-02-01", 3)], 60.0),
            ([("2026-02-01", 3), ("2026-01-01", 1)], 60.0),  # by date, not by place
            ([(None, 1), ("2001-01-01", 3)], 60.0),  # blank dates first
            ([("2001-01-01", 3), (None, 1)], 60.0),
            ([("2026-01-01", 1), ("2026-01-01", 3)], 60.0),  # later rows win ties
            ([("2026-01-01", 3), ("2026-01-01", 1)], 20.0),
            ([(None, 3), (None, 1)], 20.0),
            ([("2026-01-01", 1), ("2026-02-01", None)], 20.0),  # a blank is no rating
        ],
    )
    def test_the_latest_by_date_counts(self, rows, expected):
        trust = [rated(rated_on=on, professional=(given, "proven")) for on, given in rows]
        assert judged(who("A"), trust=trust).scores["trust"] == expected

    def test_the_latest_is_taken_pillar_by_pillar(self):
        trust = [
            rated(rated_on="2026-03-01", professional=(5, "proven")),
            rated(rated_on="2026-01-01", professional=(1, "proven"), sincerity=(3, "proven")),
        ]
        assert judged(who("A"), trust=trust).scores["trust"] == 80.0  # (5 + 3) ÷ 2 × 20

    def test_the_pillar_weights_are_settings(self):
        settings = settings_from({"pillar_weight": {"professional": 3}})
        trust = [rated(professional=(4, "proven"), sincerity=(0, "proven"))]
        assert judged(who("A"), trust=trust, settings=settings).scores["trust"] == 60.0  # (3 × 4 + 1 × 0) ÷ 4 × 20

    def test_a_name_is_found_in_any_spelling(self):
        assert judged(who("Ann Lee"), trust=[rated(" ann  LEE ", professional=(4, "proven"))]).scores["trust"] == 80.0


class TestTrustOfTheAccount:
    """Mean over active contacts with any rating, weighted by w(c). Assessed share = Σ w(c) of active contacts with any rating
    ÷ Σ w(c) of active contacts. Pillar score = 20 × w-weighted mean of that pillar over the active contacts rated on it."""

    PEOPLE = (who("A", influence="high"), who("B", influence="medium"), who("C"))

    @pytest.mark.parametrize(
        ("ratings", "trust", "share"),
        [
            ({}, None, 0.0),
            ({"A": 4}, 80.0, 3 / 6),
            ({"C": 1}, 20.0, 1 / 6),
            ({"A": 4, "B": 2}, (3 * 80 + 2 * 40) / 5, 5 / 6),
            ({"A": 4, "B": 2, "C": 0}, (3 * 80 + 2 * 40 + 0) / 6, 1.0),
            ({"nobody": 5}, None, 0.0),
        ],
    )
    def test_weighted_by_influence(self, ratings, trust, share):
        found = judged(*self.PEOPLE, trust=[rated(name, expertise=(r, "proven")) for name, r in ratings.items()])
        assert found.scores["trust"] == (None if trust is None else pytest.approx(trust))
        assert found.scores["trust_assessed_share"] == pytest.approx(share)
        assert trust_pillars(found)[TrustPillar.EXPERTISE] == (None if trust is None else pytest.approx(trust))
        assert trust_pillars(found)[TrustPillar.SINCERITY] is None

    def test_who_has_gone_does_not_count(self):
        gone = who("A", influence="high", post_status="left")
        found = judged(gone, who("B"), trust=[rated("A", expertise=(5, "proven")), rated("B", expertise=(1, "proven"))])
        assert (found.scores["trust"], found.scores["trust_assessed_share"]) == (20.0, 1.0)

    def test_without_anybody_nothing_is_assessed(self):
        found = judged()
        assert (found.scores["trust"], found.scores["trust_assessed_share"]) == (None, None)

    def test_a_pillar_is_faded_and_capped_as_in_the_contact_trust(self):
        found = judged(
            who("A", last_contact="2026-01-01"), trust=[rated(relationship=(5, "stated"), sincerity=(5, "guess"))]
        )
        assert trust_pillars(found)[TrustPillar.RELATIONSHIP] == pytest.approx(40.0)
        assert trust_pillars(found)[TrustPillar.SINCERITY] == 60.0


class TestWinScore:
    """For every active contact and each role it holds, the six criteria of the role; status from the contact's wins row for
    that role (absent or blank = unknown). Contact-role score = mean value of its applicable criteria (none applicable: left
    out). Win score = Σ w(c) × score ÷ Σ w(c) over contact-roles. met 1, identified 0.5, unknown 0. Not assessed while no wins
    row of an active contact for a role that the contact holds has a status other than unknown."""

    @pytest.mark.parametrize(
        ("people", "rows", "expected"),
        [
            ([], [], None),
            ([who("A")], [], None),  # holds no role
            ([who("A", "user")], [], None),  # nothing known
            ([who("A", "user")], [("A", "user", "......")], None),
            ([who("A", "user")], [("A", "user", "uuuuuu")], None),
            ([who("A", "user")], [("A", "user", "x.....")], 0.0),  # known to matter in five other ways, and how is not
            ([who("A", "user"), who("B", "user")], [("A", "user", "i.....")], 0.5 / 12),
            ([who("A", "user")], [("A", "user", "mmmmmm")], 1.0),
            ([who("A", "user")], [("A", "user", "iiiiii")], 0.5),
            ([who("A", "user")], [("A", "user", "m.....")], 1 / 6),
            ([who("A", "user")], [("A", "user", "mi.uuu")], 1.5 / 6),
            ([who("A", "user")], [("A", "user", "mmmxxx")], 1.0),  # three applicable, all met
            ([who("A", "user")], [("A", "user", "m.xxxx")], 0.5),
            ([who("A", "user")], [("A", "user", "xxxxxx")], None),  # left out, and nothing is left
            ([who("A", "user"), who("B", "user")], [("A", "user", "xxxxxx"), ("B", "user", "mmm...")], 0.5),
            ([who("A", "user")], [("A", "coach", "mmmmmm")], None),  # not a role this person holds
            ([who("A", "user"), who("B", "user", post_status="left")], [("B", "user", "mmmmmm")], None),
            ([who("A", "user", "coach")], [("A", "coach", "mmmmmm")], 0.5),
            # (3 × 1 + 1 × 0.5) ÷ 4
            (
                [who("A", "user", influence="high"), who("B", "economic", influence="low")],
                [("A", "user", "mmmmmm"), ("B", "economic", "iiiiii")],
                0.875,
            ),
            # two roles of one person count once each: (2 × 1 + 2 × 0 + 1 × 0.5) ÷ 5
            (
                [who("A", "user", "technical", influence="medium"), who("B", "economic")],
                [("A", "user", "mmmmmm"), ("B", "economic", "iiiiii")],
                0.5,
            ),
            ([who("A", "user", post_status="left")], [("A", "user", "mmmmmm")], None),
            # of two rows for one contact and role the first counts
            ([who("A", "user")], [("A", "user", "mmmmmm"), ("A", "user", "......")], 1.0),
        ],
    )
    def test_by_hand(self, people, rows, expected):
        found = judged(*people, wins=[wins(*row) for row in rows]).scores["win"]
        assert found == (None if expected is None else pytest.approx(expected))

    def test_the_checklist_has_six_lines_a_role_in_the_order_of_the_roles(self):
        lines = win_checklist(judged(who("A", "economic", "coach"), who("B", "user")))
        assert [(line.contact.name, line.role.value) for line in lines] == [("A", "coach")] * 6 + [
            ("A", "economic")
        ] * 6 + [("B", "user")] * 6
        assert [line.criterion for line in lines[:6]] == list(WIN_CRITERIA[BuyingRole.COACH])


class TestQuadrant:
    """Customer wins when the win score ≥ 0.5; we win when our_win is stated and target_price is given and not below
    walk_away_price; four outcomes, ours first."""

    @pytest.mark.parametrize(
        ("statuses", "they"), [("mmmmmm", True), ("iiiiii", True), ("mii...", False), ("i.....", False)]
    )
    @pytest.mark.parametrize(
        ("our_win", "target", "walk_away", "we"),
        [
            ("a reference", 100, 90, True),
            ("a reference", 100, 100, True),
            ("a reference", 100, None, True),
            ("a reference", 90, 100, False),
            ("a reference", None, 90, False),
            ("a reference", None, None, False),
            (None, 100, 90, False),
            ("   ", 100, 90, False),
        ],
    )
    def test_four_outcomes(self, our_win, target, walk_away, we, statuses, they):
        found = judged(
            who("A", "user"), wins=[wins("A", "user", statuses)], deal={"our_win": our_win},
            negotiation={"target_price": target, "walk_away_price": walk_away},
        ).scores["quadrant"]  # fmt: skip
        assert found.value == f"{'win' if we else 'lose'}_{'win' if they else 'lose'}"

    def test_binary_rounding_lets_no_customer_lose(self):
        rows = [wins("A", "user", "iiixuu"), wins("B", "user", "mmmixu")]  # 0.3 and 0.7, in binary a little below 0.5
        both = judged(who("A", "user", influence="high"), who("B", "user", influence="high"), wins=rows)
        assert both.scores["win"] == pytest.approx(0.5, abs=1e-12)
        assert both.scores["quadrant"].value == "lose_win"

    @pytest.mark.parametrize("rows", [[], [wins("A", "user", "......")], [wins("A", "coach", "mmmmmm")]])
    def test_not_assessed_while_the_win_score_is_not(self, rows):
        ours = {"deal": {"our_win": "x"}, "negotiation": {"target_price": 1}}
        assert judged(who("A", "user"), wins=rows, **ours).scores["quadrant"] is None
        assert judged(**ours).scores["quadrant"] is None


class TestStage:
    """A stage is complete when all of its criteria are done. Stage reached = 1 + number of complete stages counted from stage 1
    without a gap, at most 6. Stage score = share of done criteria among stages 1…declared."""

    @pytest.mark.parametrize(
        ("rows", "reached"),
        [
            (NOTHING, 1),
            (done(1, 1, 2), 1),
            (all_of(1), 2),
            (all_of(1, 2), 3),
            (all_of(1, 3), 2),  # a gap
            (all_of(2, 3, 4, 5, 6), 1),
            (all_of(1, 2, 3), 4),
            (all_of(1, 2, 3, 4), 5),
            (all_of(1, 2, 3, 4, 5), 6),
            (all_of(1, 2, 3, 4, 5, 6), 6),  # at most 6
            (all_of(1, 2) + done(3, 1, 2), 3),
            (all_of(1, 2, 3, 4) + done(5, 2), 5),
            (done(1, 1, 2) + done(1, 3, say=False), 1),
            (done(1, 1, 2) + done(1, 3, say=None), 1),
            (done(1, 1, 2, 3, evidence=None), 1),
            (done(1, 1, 2) + done(1, 3, evidence="待定"), 1),
            (done(1, 1, 2) + done(1, 3, evidence="") + done(1, 3), 2),
        ],
    )
    def test_reached(self, rows, reached):
        assert judged(stage_evidence=rows).scores["stage_reached"] == reached

    @pytest.mark.parametrize(
        ("declared", "rows", "expected"),
        [
            (None, all_of(1), None),
            (1, NOTHING, None),  # nothing to stand on
            (1, done(1, 1, say=False), 0.0),
            (1, done(1, 1), 1 / 3),
            (1, done(1, 1) + done(1, 2, evidence="TBD"), 1 / 3),
            (1, done(1, 1, 2, 3, evidence=None), 0.0),
            (1, all_of(1), 1.0),
            (1, all_of(1, 2), 1.0),  # what lies beyond the declared stage is not asked
            (2, all_of(1), 3 / 6),
            (3, all_of(1) + done(3, 2), 4 / 9),
            (4, all_of(1, 2, 3, 4), 1.0),
            (5, all_of(1, 2, 3), 9 / 14),
            (6, all_of(1, 2, 3, 4, 5), 14 / 16),
            (6, all_of(1, 2, 3, 4, 5, 6), 1.0),
            (1, done(6, 1), 0.0),
        ],
    )
    def test_score(self, declared, rows, expected):
        deal = {"stage": STAGES[declared - 1] if declared else None}
        found = judged(deal=deal, stage_evidence=rows).scores["stage"]
        assert found == (None if expected is None else pytest.approx(expected))

    def test_sixteen_gates_in_order(self):
        lines = stage_gates(judged(stage_evidence=done(2, 2)))
        assert [line.criterion for line in lines] == [c for criteria in STAGE_CRITERIA.values() for c in criteria]
        assert [line.criterion.value for line in lines if line.done] == ["rivals_known"]


class TestWhatTheMapSays:
    """What the map itself says of six criteria stands beside the tick, never in its place. True or false for these six (an
    empty table says false), null for the rest."""

    MET = MappingProxyType({"contact_frequency": "rare"})
    SIX = frozenset(
        {
            "coach_in_place", "rivals_known", "all_roles_identified", "gatekeeper_met", "economic_buyer_met",
            "alternative_prepared",
        }
    )  # fmt: skip

    @staticmethod
    def said(*people, **tables):
        lines = stage_gates(judged(*people, **tables))
        return {line.criterion.value for line in lines if line.map_says}

    def test_an_empty_map_says_no_to_six_and_nothing_to_the_rest(self):
        lines = stage_gates(judged())
        assert {line.criterion.value for line in lines if line.map_says is False} == self.SIX
        assert all(line.map_says is None for line in lines if line.criterion.value not in self.SIX)

    @pytest.mark.parametrize(
        ("wants", "status", "says"),
        [
            (True, None, True),
            (None, None, True),
            (False, None, False),
            (True, "left", False),
            (True, "new_in_post", True),
        ],
    )
    def test_an_active_coach_who_does_not_want_us_to_fail(self, wants, status, says):
        assert ("coach_in_place" in self.said(who("A", "coach", wants_our_success=wants, post_status=status))) is says

    @pytest.mark.parametrize(
        ("scores", "says"),
        [
            ({"凌岳科技": 3}, True), ({"凌岳科技": 0}, True), ({"凌岳科技": None}, False), ({"维持现状": 3}, False),
            ({" Do NOTHING ": 3}, False), ({"维持现状": 3, "凌岳科技": 3}, True), ({"凌岳科技": 3, "维持现状": None}, True),
        ],
    )  # fmt: skip
    def test_a_rival_scored_by_its_name_and_not_its_place(self, scores, says):
        table = [{"criterion": "价格", "weight": 1, "scores": scores}]
        assert ("rivals_known" in self.said(competition=table)) is says

    @pytest.mark.parametrize(
        ("roles", "says"),
        [(("coach", "user", "technical", "economic"), True), (("coach", "user", "technical"), False)],
    )
    def test_an_active_holder_of_each_role(self, roles, says):
        assert ("all_roles_identified" in self.said(*(who(role, role) for role in roles))) is says
        assert "all_roles_identified" not in self.said(*(who(role, role, post_status="left") for role in roles))

    @pytest.mark.parametrize(
        ("role", "criterion"), [("technical", "gatekeeper_met"), ("economic", "economic_buyer_met")]
    )
    def test_a_holder_met(self, role, criterion):
        visit = {"date": "2026-06-01", "goal": "x", "contacts": [" ann "], "actual_result": "y"}
        for says, person, visits in (
            (True, who("Ann", role, **self.MET), []),
            (False, who("Ann", role), []),
            (False, who("Ann", role, contact_frequency="never"), []),
            (False, who("Ann", "user", **self.MET), []),
            (False, who("Ann", role, post_status="transferred", **self.MET), [visit]),
            (True, who("Ann", role), [visit]),
            (False, who("Ann", role), [{**visit, "actual_result": " "}]),
            (False, who("Ann", role), [{**visit, "contacts": ["Bo"]}]),
        ):
            assert (criterion in self.said(person, visits=visits)) is says, (person, visits)

    def test_our_alternative(self):
        assert self.said(negotiation={"our_alternative": "another deal"}) == {"alternative_prepared"}
        assert self.said(negotiation={"our_alternative": " ", "customer_alternative": "x"}) == set()

    def test_it_names_the_person_or_what_is_missing(self):
        lines = stage_gates(
            judged(
                who("Ann", "coach"),
                who("Bo", "economic"),
                competition=[{"criterion": "Price", "weight": 1, "scores": {"Kunshu": 3}}],
            )
        )
        facts = {line.criterion.value: line.told.fact.en for line in lines if line.told}
        assert facts == {
            "coach_in_place": "Ann coaches us", "rivals_known": "Kunshu scored",
            "all_roles_identified": "nobody plays User, Technical gatekeeper",
            "gatekeeper_met": "nobody plays Technical gatekeeper", "economic_buyer_met": "Bo not met yet",
            "alternative_prepared": "no alternative of ours on Negotiation",
        }  # fmt: skip

    def test_it_never_stands_in_the_place_of_the_tick(self):
        found = judged(who("A", "coach"), stage_evidence=done(2, 1, say=None))
        line = next(line for line in stage_gates(found) if line.criterion.value == "coach_in_place")
        assert (line.map_says, line.done, line.claimed) == (True, False, False)


class TestTheClock:
    """All scores are pure functions of the map and the settings; the date always comes from `as_of`, never from the clock."""

    def test_the_same_map_on_another_day_fades_as_that_day_says(self):
        trust = [rated(relationship=(4, "proven"))]
        figures = {
            as_of: judged(who("A", last_contact="2026-01-01"), deal={"as_of": as_of}, trust=trust).scores["trust"]
            for as_of in ("2026-01-01", "2026-06-30", "2026-12-27")
        }
        assert figures == {"2026-01-01": 80.0, "2026-06-30": pytest.approx(40.0), "2026-12-27": pytest.approx(20.0)}

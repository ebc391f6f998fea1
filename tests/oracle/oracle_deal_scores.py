"""The scores of section 3 that are about the deal: stage, needs, competition, fit, class, negotiation, quadrant."""

from __future__ import annotations

from fractions import Fraction

from oracle_map import (
    EXIT_CRITERIA,
    ROLES,
    STAGES,
    blank,
    deal,
    exact,
    given,
    holders,
    listed,
    mean,
    met,
    record,
    rows,
    same,
    stage_number,
    told,
)
from oracle_scores import win_score

SPIN_TYPES = ("situation", "problem", "implication", "need_payoff")
NOTHING_DONE = {"do nothing", "维持现状"}
ASPECTS = ("who", "what", "when", "where", "why", "how", "how_much")


def ticked(document, stage, criterion):
    """The rows of this stage and criterion that say done."""
    return [
        row for row in rows(document, "stage_evidence")
        if row.get("stage") == stage and row.get("criterion") == criterion and row.get("done") is True
    ]  # fmt: skip


def is_done(document, stage, criterion):
    """Ticked and its evidence is given and no placeholder."""
    return any(told(row.get("evidence")) for row in ticked(document, stage, criterion))


def is_claimed(document, stage, criterion):
    """Ticked without."""
    return bool(ticked(document, stage, criterion)) and not is_done(document, stage, criterion)


def is_met(document, one):
    """Contacted rarely or more, or met on a visit with an actual_result."""
    seen = {
        same(who)
        for row in rows(document, "visits")
        if told(row.get("actual_result"))
        for who in listed(row.get("contacts"))
    }
    return met(one) or same(one["name"]) in seen


def map_says(document, criterion):
    """What the map itself says of six criteria: True or False (an empty table says False), None for the rest.
    Reading: a rival is scored when there is a score under its name, whatever the row's weight."""
    coaches = holders(document, "coach")
    rivals = {rival for row in rows(document, "competition") for rival, score in (row.get("scores") or {}).items()
              if score is not None}  # fmt: skip
    says = {
        "coach_in_place": any(one.get("wants_our_success") is not False for one in coaches),
        "rivals_known": any(same(rival) not in NOTHING_DONE for rival in rivals),
        "all_roles_identified": all(holders(document, role) for role in ROLES),
        "gatekeeper_met": any(is_met(document, one) for one in holders(document, "technical")),
        "economic_buyer_met": any(is_met(document, one) for one in holders(document, "economic")),
        "alternative_prepared": given(record(document, "negotiation").get("our_alternative")),
    }
    return says.get(criterion)


def stage_gates(document):
    """stage_gates: [{stage, criterion, done, claimed, map_says}], the exit criteria in their order."""
    return [
        {
            "stage": stage,
            "criterion": criterion,
            "done": is_done(document, stage, criterion),
            "claimed": is_claimed(document, stage, criterion),
            "map_says": map_says(document, criterion),
        }
        for stage in STAGES
        for criterion in EXIT_CRITERIA[stage]
    ]


def stage_reached(document):
    """1 + number of complete stages counted from stage 1 without a gap, at most 6."""
    complete = 0
    for stage in STAGES:
        if not all(is_done(document, stage, criterion) for criterion in EXIT_CRITERIA[stage]):
            break
        complete += 1
    return min(1 + complete, 6)


def stage_score(document):
    """Share of done criteria among stages 1…declared. Reading: not assessed while no exit criterion is answered."""
    declared = stage_number(document)
    answered = [row for row in rows(document, "stage_evidence") if row.get("done") is not None]
    if declared is None or not answered:
        return None
    asked = [(stage, criterion) for stage in STAGES[:declared] for criterion in EXIT_CRITERIA[stage]]
    return Fraction(sum(is_done(document, *pair) for pair in asked), len(asked))


def spin_coverage(document):
    """Share of the four types with at least one answered row."""
    if not rows(document, "needs"):
        return None
    answered = {row.get("spin_type") for row in rows(document, "needs") if given(row.get("answer"))}
    return Fraction(len(answered & set(SPIN_TYPES)), 4)


def explicit_needs(document):
    """The rows whose need is explicit."""
    return [row for row in rows(document, "needs") if row.get("need_state") == "explicit"]


def need_score(document):
    """Mean of the assessable ones of: SPIN coverage; need development = explicit needs ÷ all rows with a need_state;
    linked share = explicit needs with a capability ÷ explicit needs."""
    explicit = explicit_needs(document)
    stated = [row for row in rows(document, "needs") if row.get("need_state") is not None]
    linked = [row for row in explicit if given(row.get("capability"))]
    parts = [
        spin_coverage(document),
        Fraction(len(explicit), len(stated)) if stated else None,
        Fraction(len(linked), len(explicit)) if explicit else None,
    ]
    return mean((1, part) for part in parts if part is not None)


def ice(row):
    """impact × confidence × ease ÷ 10 (0.1…100), only where all three are given."""
    parts = [exact(row.get(code)) for code in ("impact", "confidence", "ease")]
    return None if None in parts else parts[0] * parts[1] * parts[2] / 10


def unasked(document):
    """The 5W2H aspects nobody has asked about yet are listed."""
    return [aspect for aspect in ASPECTS if aspect not in {row.get("aspect") for row in rows(document, "needs")}]


def columns(document):
    """The competitors named in the rows."""
    return {rival for row in rows(document, "competition") for rival in row.get("scores") or {}}


def column_mean(document, score_of):
    """Weighted mean of a column's scores (a criterion without a score is left out of that column, its weight too).
    Reading: a criterion without a weight weighs nothing."""
    return mean(
        (exact(row["weight"]), exact(score_of(row)))
        for row in rows(document, "competition")
        if row.get("weight") is not None and score_of(row) is not None
    )


def position(document):
    """Our mean − best competitor's mean (−5…+5)."""
    ours = column_mean(document, lambda row: row.get("our_score"))
    theirs = [
        found
        for rival in columns(document)
        if (found := column_mean(document, lambda row, rival=rival: (row.get("scores") or {}).get(rival))) is not None
    ]
    return None if ours is None or not theirs else ours - max(theirs)


def competition_score(document):
    """50 + 10 × position, 0…100."""
    found = position(document)
    return None if found is None else min(max(50 + 10 * found, Fraction(0)), Fraction(100))


def leads(document):
    """Each criterion scored on both sides, with how far ours is above the best competitor."""
    for row in rows(document, "competition"):
        theirs = [exact(score) for score in (row.get("scores") or {}).values() if score is not None]
        if row.get("our_score") is not None and theirs:
            yield row, exact(row["our_score"]) - max(theirs)


def differentiators(document, figures):
    """A differentiator is a criterion where ours ≥ 1 above the best competitor."""
    return [row for row, lead in leads(document) if lead >= exact(figures["differentiator_gap"])]


def gaps(document, figures):
    """A gap is one where it is ≥ 1 below."""
    return [row for row, lead in leads(document) if lead <= -exact(figures["differentiator_gap"])]


def fit(document):
    """20 × weighted mean of ideal_customer scores."""
    found = mean(
        (exact(row["weight"]), exact(row["score"]))
        for row in rows(document, "ideal_customer")
        if row.get("weight") is not None and row.get("score") is not None
    )
    return None if found is None else 20 * found


def tier(document, figures):
    """Tier A ≥ 80, B ≥ 60, C ≥ 40, else D."""
    found = fit(document)
    if found is None:
        return None
    return next((letter for letter in "ABC" if found >= exact(figures["tier"][letter])), "D")


def customer_class(document, figures):
    """attractiveness = mean(scale, industry_attractiveness); high means ≥ 3; high/high strategic, high attractiveness
    only growth, high profitability only profit, neither maintain."""
    profile = record(document, "profile")
    seen = [profile.get(code) for code in ("scale", "industry_attractiveness", "profitability")]
    if any(one is None for one in seen):
        return None
    scale, attractiveness, profitability = map(exact, seen)
    high = exact(figures["class_high_from"])
    verdicts = {(True, True): "strategic", (True, False): "growth", (False, True): "profit", (False, False): "maintain"}
    return verdicts[(scale + attractiveness) / 2 >= high, profitability >= high]


def five_forces(document):
    """Five forces attractiveness = 25 × (5 − mean)."""
    given_forces = (record(document, "profile").get("five_forces") or {}).values()
    found = mean((1, exact(force)) for force in given_forces if force is not None)
    return None if found is None else 25 * (5 - found)


def key_account(document):
    """The count of yes to the key-account questions, 0–4; None while none is answered."""
    answers = [one for one in (record(document, "profile").get("key_account") or {}).values() if one is not None]
    return sum(answers) if answers else None


def negotiation(document):
    """Share done of: target, walk-away and opening price given and in order (opening ≥ target ≥ walk-away) · our
    alternative named · customer's alternative named · at least one concession with a "get" · feelings noted.
    Reading: not assessed while nothing is entered."""
    table = record(document, "negotiation")
    if all(value in ([], {}) or blank(value) for value in table.values()):
        return None
    prices = [exact(table.get(code)) for code in ("opening_price", "target_price", "walk_away_price")]
    done = [
        None not in prices and prices[0] >= prices[1] >= prices[2],
        given(table.get("our_alternative")),
        given(table.get("customer_alternative")),
        any(given(one.get("get")) for one in table.get("concessions") or []),
        given(table.get("feelings")),
    ]
    return Fraction(sum(done), 5)


def zopa(document):
    """customer_walk_away − walk_away_price."""
    table = record(document, "negotiation")
    theirs, ours = exact(table.get("customer_walk_away")), exact(table.get("walk_away_price"))
    return None if theirs is None or ours is None else theirs - ours


def quadrant(document, figures):
    """Customer wins when the win score ≥ 0.5; we win when our_win is stated and target_price is given and not below
    walk_away_price. Readings: not assessed without a win score; without a walk-away price the target is not below it."""
    win = win_score(document, figures)
    if win is None:
        return None
    table = record(document, "negotiation")
    target, limit = exact(table.get("target_price")), exact(table.get("walk_away_price"))
    ours = given(deal(document).get("our_win")) and target is not None and (limit is None or target >= limit)
    theirs = win >= exact(figures["customer_wins_from"])
    return f"{'win' if ours else 'lose'}_{'win' if theirs else 'lose'}"

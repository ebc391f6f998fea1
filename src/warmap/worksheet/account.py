"""ACCOUNT: what the profile, the SWOT table and the organisation come to. Ours, beyond the list of the specification."""

from __future__ import annotations

from collections.abc import Iterable

from warmap.reasons import why
from warmap.terms import FiveForce, KeyAccountQuestion, PestFactor, SwotQuadrant, Term, key
from warmap.text import Text, spoken
from warmap.worksheet.declaration import LANG, ROWS, SETTINGS, Call, Function, Rows, Scalar, table_arguments

CLASS = Text("客户类型", "Customer class")
KEY_ACCOUNT = Text("大客户四问：几个“是”（0–4）", "Key-account questions answered yes (0–4)")
NOT_ANSWERED = Text("还没有回答：{names}", "Not answered yet: {names}")
PEST = Text("PEST 影响的平均（−2 … +2）", "Mean PEST impact (−2 … +2)")
WORST = Text("最不利：{name}（{impact}）", "Worst: {name} ({impact})")
FORCES = Text("五力：行业吸引力（0–100）", "Five forces: attractiveness (0–100)")
STRONGEST = Text("最强的力量：{name}（{rating}）", "Strongest force: {name} ({rating})")
SWOT = Text("SWOT：优势与机会减劣势与威胁", "SWOT: strengths and opportunities less weaknesses and threats")
UNITS = Text("与项目有关的单位中有人认识的（0–1）", "Units this deal touches where we know somebody (0–1)")
NOBODY_IN = Text("还没有联系人：{names}", "Nobody known in: {names}")
GOOD = frozenset({SwotQuadrant.STRENGTH, SwotQuadrant.OPPORTUNITY})


def account(call: Call) -> Rows:
    """6 rows: what it is, its value (empty where not assessed), what stands out or is missing."""
    return [_class(call), _key_account(call), _pest(call), _forces(call), _swot(call), _units(call)]


def _class(call: Call) -> list[Scalar]:
    found = call.judgement.customer_class
    return [CLASS.to(call.lang), found.label.to(call.lang) if found else "", why("customer_class", call.judgement, call.lang)]  # fmt: skip


def _key_account(call: Call) -> list[Scalar]:
    count, given = call.judgement.key_account_count, call.judgement.map.profile.key_account
    unanswered = [question for question in KeyAccountQuestion if question not in given]
    note = NOT_ANSWERED.say(call.lang, {"names": unanswered}) if unanswered else ""
    return [KEY_ACCOUNT.to(call.lang), "" if count is None else float(count), note]


def _pest(call: Call) -> list[Scalar]:
    notes = call.judgement.map.profile.pest
    given = [(note.impact, factor) for factor in PestFactor if (note := notes.get(factor)) and note.impact is not None]
    if not given:
        return [PEST.to(call.lang), "", ""]
    worst, factor = min(given, key=lambda pair: pair[0])
    told = WORST.say(call.lang, {"name": factor, "impact": f"−{-worst:g}"}) if worst < 0 else ""
    return [PEST.to(call.lang), sum(impact for impact, _ in given) / len(given), told]


def _forces(call: Call) -> list[Scalar]:
    found, forces = call.judgement.five_forces, call.judgement.map.profile.five_forces
    if found is None:
        return [FORCES.to(call.lang), "", ""]
    most = max(rating for rating in forces.values() if rating is not None)
    strongest = [force for force in FiveForce if forces.get(force) == most]
    return [FORCES.to(call.lang), found, STRONGEST.say(call.lang, {"name": strongest, "rating": most})]


def _swot(call: Call) -> list[Scalar]:
    """Importance given or 1, for every point with a quadrant."""
    sums = dict.fromkeys(SwotQuadrant, 0.0)
    rows = [row for row in call.judgement.map.swot if row.quadrant is not None]
    for row in rows:
        assert row.quadrant is not None
        sums[row.quadrant] += row.weight or 1
    if not rows:
        return [SWOT.to(call.lang), "", ""]
    balance = sum(total if quadrant in GOOD else -total for quadrant, total in sums.items())
    return [SWOT.to(call.lang), float(balance), _listed(((q, total) for q, total in sums.items()), call)]


def _listed(pairs: Iterable[tuple[Term, object]], call: Call) -> str:
    return " · ".join(f"{term.label.to(call.lang)} {spoken(value, call.lang)}" for term, value in pairs)


def _units(call: Call) -> list[Scalar]:
    """A unit is known where an active contact's department bears its name, or holds it, or is held by it."""
    touched = [unit.name for unit in call.judgement.map.org_units if unit.project_related and unit.name]
    if not touched:
        return [UNITS.to(call.lang), "", ""]
    places = [key(contact.department) for contact in call.judgement.active if contact.department]
    unknown = [name for name in touched if not any(key(name) in place or place in key(name) for place in places)]
    note = NOBODY_IN.say(call.lang, {"names": unknown}) if unknown else ""
    return [UNITS.to(call.lang), 1 - len(unknown) / len(touched), note]


ACCOUNT = Function(
    "ACCOUNT",
    Text(
        "客户本身：类型、大客户四问、PEST、五力、SWOT、组织覆盖",
        "The account itself: class, key-account questions, PEST, five forces, SWOT, units covered",
    ),
    (*table_arguments("profile", "swot", "org_units", "contacts"), SETTINGS, LANG, ROWS),
    Text("6 行：项目、数值（未评估为空）、要点", "6 rows: item, value (empty where not assessed), what stands out"),
    account,
    "=WARMAP.ACCOUNT(wm_profile,wm_swot,wm_org_units,wm_contacts)",
    (Text("项目", "Item"), Text("数值", "Value"), Text("要点 / 还缺什么", "What stands out / is missing")),
)

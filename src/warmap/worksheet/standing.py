"""The functions about where we stand: against the rivals, with this customer, at the negotiating table, in the account."""

from collections.abc import Iterable, Mapping
from math import fsum

from warmap.model import Profile
from warmap.scores import customer_class
from warmap.scores.competition import Lead, competition
from warmap.scores.fit import fit
from warmap.scores.negotiation import negotiation, negotiation_points
from warmap.scores.tier import tier
from warmap.scores.zopa import room
from warmap.terms import FiveForce, KeyAccountQuestion, NegotiationPoint, PestFactor, SwotQuadrant, Term, key
from warmap.text import Text, spoken
from warmap.worksheet.declaration import Call, Function, Rows, Scalar, arguments, cell
from warmap.worksheet.progress import DONE, NOT_DONE

POSITION = Text("加权平均与竞争位置（−5 到 +5）", "Weighted means and position (−5 … +5)")
COMPETITION_SCORE = Text("竞争得分（0 到 100）", "Competition score (0 … 100)")
LEAD: Mapping[Lead, Text] = {
    "differentiator": Text("▲ 差异点", "▲ differentiator"), "gap": Text("▼ 差距", "▼ gap"), "": Text("", ""),
}  # fmt: skip

READINESS = Text("谈判准备度", "Readiness")
ZOPA = Text("谈判空间（ZOPA）", "Room for agreement (ZOPA)")
ROOM = Text("有空间 {currency}", "there is room {currency}")
NO_ROOM = Text(
    "没有空间：客户底线低于我方底价 {currency}",
    "no room: the customer's limit lies below our walk-away price {currency}",
)
MISSING: Mapping[NegotiationPoint, Text] = {
    NegotiationPoint.PRICES_IN_ORDER: Text("填全三个价格，并使开价 ≥ 目标价 ≥ 底价", "Give all three prices, with opening ≥ target ≥ walk-away"),
    NegotiationPoint.OUR_ALTERNATIVE: Text("写下谈不成我们怎么办", "Write down what we do without a deal"),
    NegotiationPoint.CUSTOMER_ALTERNATIVE: Text("写下谈不成客户怎么办", "Write down what the customer does without a deal"),
    NegotiationPoint.CONCESSION_WITH_GET: Text("至少为一条让步写明换什么", "For one concession or more, say what we get for it"),
    NegotiationPoint.FEELINGS: Text("记下客户的感受与顾虑", "Note how the customer feels about it"),
}  # fmt: skip

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


def competition_rows(call: Call) -> Rows:
    """The weighted means with the position, the competition score (2 rows); then one row a criterion."""
    contest, lang = competition(call.judgement), call.lang
    best = contest.best_rival
    rows: list[list[Scalar]] = [
        [
            POSITION.to(lang), cell(contest.our_mean), contest.means[best] if best else "", best or "",
            cell(contest.position),
        ],
        [COMPETITION_SCORE.to(lang), "", "", "", cell(contest.score)],
    ]  # fmt: skip
    for line in contest.lines:
        rivals = spoken(line.rivals, lang)
        rows.append([line.row.criterion or "", cell(line.ours), cell(line.best), rivals, LEAD[line.lead].to(lang)])
    return rows


def ideal_fit(call: Call) -> Rows:
    """1 row: fit 0 … 100 and the tier; both blank where nothing is scored."""
    earned = tier(call.judgement)
    return [[cell(fit(call.judgement)), earned.value if earned else ""]]


def negotiation_rows(call: Call) -> Rows:
    """7 rows: readiness 0 … 1, ZOPA in the deal's currency, then the five points with what is missing."""
    judgement, lang = call.judgement, call.lang
    between = room(judgement)
    note = ""
    if between is not None:
        words = ROOM if between >= 0 else NO_ROOM
        note = words.say(lang, {"currency": judgement.map.deal.currency or ""}).strip()
    rows: list[list[Scalar]] = [
        [READINESS.to(lang), cell(negotiation(judgement)), ""],
        [ZOPA.to(lang), "" if between is None else float(between), note],
    ]
    for point, done in negotiation_points(judgement).items():
        hint = "" if done else MISSING[point].to(lang)
        rows.append([point.label.to(lang), DONE if done else NOT_DONE, hint])
    return rows


def account(call: Call) -> Rows:
    """6 rows: what it is, its value (empty where not assessed), what stands out or is missing."""
    return [_class(call), _key_account(call), _pest(call), _forces(call), _swot(call), _units(call)]


def _class(call: Call) -> list[Scalar]:
    found = customer_class.customer_class(call.judgement)
    shown = found.label.to(call.lang) if found else ""
    return [CLASS.to(call.lang), shown, customer_class.SCORE.reason(call.judgement, call.lang)]


def key_account_count(profile: Profile) -> int | None:
    """How many of the four key-account questions are answered yes, 0 … 4; None while none is answered (002)."""
    return sum(profile.key_account.values()) if profile.key_account else None


def _key_account(call: Call) -> list[Scalar]:
    count, given = key_account_count(call.judgement.map.profile), call.judgement.map.profile.key_account
    unanswered = [question for question in KeyAccountQuestion if question not in given]
    note = NOT_ANSWERED.say(call.lang, {"names": unanswered}) if unanswered else ""
    return [KEY_ACCOUNT.to(call.lang), cell(count), note]


def _pest(call: Call) -> list[Scalar]:
    notes = call.judgement.map.profile.pest
    given = [(note.impact, factor) for factor in PestFactor if (note := notes.get(factor)) and note.impact is not None]
    if not given:
        return [PEST.to(call.lang), "", ""]
    worst, factor = min(given, key=lambda pair: pair[0])
    told = WORST.say(call.lang, {"name": factor, "impact": f"−{-worst:g}"}) if worst < 0 else ""
    return [PEST.to(call.lang), fsum(impact for impact, _ in given) / len(given), told]


def five_forces(profile: Profile) -> float | None:
    """Attractiveness of the market, 25 × (5 − mean of the given forces), 0 … 100; None without any (002)."""
    given = [force for force in profile.five_forces.values() if force is not None]
    return 25 * (5 - fsum(given) / len(given)) if given else None


def _forces(call: Call) -> list[Scalar]:
    found, forces = five_forces(call.judgement.map.profile), call.judgement.map.profile.five_forces
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


COMPETITION = Function(
    "COMPETITION",
    Text("与最强对手逐项相比：差异点、差距和竞争位置", "Against the best rival, criterion by criterion: differentiators, gaps, position"),
    arguments("competition"),
    Text("第 1 行加权平均与位置，第 2 行得分，其后每项标准一行", "Row 1 means and position, row 2 the score, then one row a criterion"),
    competition_rows,
    (
        Text("选型标准", "Criterion"), Text("我方", "Ours"), Text("最强对手得分", "Best rival's score"),
        Text("最强对手", "Best rival"), Text("差异点或差距", "Differentiator or gap"),
    ),
)  # fmt: skip
IDEAL_FIT = Function(
    "IDEAL_FIT",
    Text("与理想客户的匹配程度和等级", "How near the customer is to our ideal one, and the tier"),
    arguments("ideal_customer"),
    Text("1 行：得分（0 到 100）和等级（A 到 D）", "1 row: score (0 … 100) and tier (A … D)"),
    ideal_fit,
    (Text("得分", "Score"), Text("等级", "Tier")),
)
NEGOTIATION = Function(
    "NEGOTIATION",
    Text(
        "谈判准备得怎样，有没有谈判空间，还缺什么",
        "How ready we are to negotiate, whether there is room, what is missing",
    ),
    arguments("negotiation", "deal"),
    Text(
        "7 行：准备度（0 到 1）、谈判空间、五项准备", "7 rows: readiness (0 … 1), room for agreement, the five points"
    ),
    negotiation_rows,
    (Text("项目", "Item"), Text("数值", "Value"), Text("还缺什么", "What is missing")),
)
ACCOUNT = Function(
    "ACCOUNT",
    Text(
        "客户本身：类型、大客户四问、PEST、五力、SWOT、组织覆盖",
        "The account itself: class, key-account questions, PEST, five forces, SWOT, units covered",
    ),
    arguments("profile", "swot", "org_units", "contacts"),
    Text("6 行：项目、数值（未评估为空）、要点", "6 rows: item, value (empty where not assessed), what stands out"),
    account,
    (Text("项目", "Item"), Text("数值", "Value"), Text("要点 / 还缺什么", "What stands out / is missing")),
)

"""Why the scores about where we stand are what they are: competition, the customer, the negotiation."""

from __future__ import annotations

from warmap.reasons.wording import Reason, figures
from warmap.terms import Tier
from warmap.text import Text

POSITION = Text(
    "我方平均 {ours}，最强的对手“{rival}”{best}（满分 5）。", "Our mean {ours}, the best rival, {rival}, {best} (of 5)."
)
SCORE = Text("50 + 10 × 位置 {position}。", "50 + 10 × position {position}.")
LEADS = Text("差异点：{names}。", "Differentiators: {names}.")
TRAILS = Text("差距：{names}。", "Gaps: {names}.")
NO_CONTEST = Text(
    "未评估：还没有同时给我方和至少一个对手打分。", "Not assessed: we and at least one rival are not scored yet."
)

FIT = Text(
    "{count} 项特征加权平均，折成百分；最低的是“{low}”。",
    "Weighted mean of {count} attributes, out of 100; the lowest is {low}.",
)
NO_FIT = Text("未评估：理想客户的特征还没有打分。", "Not assessed: no attribute of the ideal customer is scored yet.")
TIER = Text("匹配 {fit} 分；A、B、C 级各从 {a}、{b}、{c} 分起。", "Fit {fit}; A, B and C begin at {a}, {b} and {c}.")
CLASS = Text(
    "吸引力 {attractive}（规模与行业吸引力的平均），盈利能力 {profit}；{high} 以上算高。",
    "Attractiveness {attractive} (mean of scale and industry), profitability {profit}; high means at least {high}.",
)
NO_CLASS = Text(
    "未评估：规模、行业吸引力、盈利能力要三项都填。",
    "Not assessed: scale, industry attractiveness and profitability must all be given.",
)

READY = Text("五件准备做到 {done} 件。", "{done} of the five things are ready.")
MISSING = Text("还缺：{names}。", "Missing: {names}.")
NOT_PREPARED = Text("未评估：谈判表还是空的。", "Not assessed: the Negotiation sheet is empty.")
ZOPA = Text("客户的底线 {theirs} 减我方底价 {ours}。", "The customer's limit {theirs} less our walk-away {ours}.")
NO_ZOPA = Text("客户的底线低于我方底价，没有谈判空间。", "The two limits do not meet: there is no room.")
NO_PRICES = Text(
    "未评估：要有我方底价和对客户底线的估计。",
    "Not assessed: our walk-away and the estimate of the customer's must be given.",
)


def position(reason: Reason) -> str:
    """Our mean against the best rival's, and where we lead and trail."""
    found = reason.judgement.competition
    if found.position is None or found.best_rival is None:
        return NO_CONTEST.to(reason.lang)
    facts = {"ours": found.our_mean, "rival": found.best_rival, "best": found.means[found.best_rival]}
    leads = reason.names(line.row.criterion or "" for line in found.differentiators)
    trails = reason.names(line.row.criterion or "" for line in found.gaps)
    return reason.join(
        reason.say(POSITION, **figures(facts)),
        reason.say(LEADS, names=leads) if leads else "",
        reason.say(TRAILS, names=trails) if trails else "",
    )


def competition(reason: Reason) -> str:
    """From position to score."""
    found = reason.judgement.position
    return NO_CONTEST.to(reason.lang) if found is None else reason.say(SCORE, position=f"{found:+.1f}")


def fit(reason: Reason) -> str:
    """How many attributes, and the lowest."""
    rows = [row for row in reason.judgement.map.ideal_customer if row.score is not None and row.weight is not None]
    if reason.judgement.fit is None or not rows:
        return NO_FIT.to(reason.lang)
    low = min(rows, key=lambda row: row.score or 0.0)
    return reason.say(FIT, count=len(rows), low=low.attribute or "")


def tier(reason: Reason) -> str:
    """Fit against the limits of the tiers."""
    found, limits = reason.judgement.fit, reason.judgement.settings.tier
    if found is None:
        return NO_FIT.to(reason.lang)
    a, b, c = (f"{limits[level.value]:g}" for level in (Tier.A, Tier.B, Tier.C))
    return reason.say(TIER, fit=f"{found:.1f}", a=a, b=b, c=c)


def customer_class(reason: Reason) -> str:
    """Attractiveness and profitability."""
    profile = reason.judgement.map.profile
    scale, industry = profile.scale, profile.industry_attractiveness
    if scale is None or industry is None or profile.profitability is None:
        return NO_CLASS.to(reason.lang)
    facts = {"attractive": (scale + industry) / 2, "profit": profile.profitability}
    return reason.say(CLASS, **figures(facts), high=f"{reason.judgement.settings.class_high_from:g}")


def negotiation(reason: Reason) -> str:
    """What is ready and what is missing."""
    if reason.judgement.negotiation is None:
        return NOT_PREPARED.to(reason.lang)
    points = reason.judgement.negotiation_points
    missing = [point for point, done in points.items() if not done]
    return reason.join(
        reason.say(READY, done=sum(points.values())),
        reason.say(MISSING, names=reason.names(missing)) if missing else "",
    )


def zopa(reason: Reason) -> str:
    """The two limits."""
    record, found = reason.judgement.map.negotiation, reason.judgement.zopa
    if found is None or record.customer_walk_away is None or record.walk_away_price is None:
        return NO_PRICES.to(reason.lang)
    facts = {"theirs": f"{record.customer_walk_away:,}", "ours": f"{record.walk_away_price:,}"}
    return reason.join(reason.say(ZOPA, **facts), NO_ZOPA.to(reason.lang) if found < 0 else "")

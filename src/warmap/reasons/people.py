"""Why the scores about people are what they are: role coverage, trust, win criteria, who wins."""

from __future__ import annotations

from warmap.reasons.wording import Reason, percent
from warmap.terms import BuyingRole, Quadrant, RoleState, WinStatus, key
from warmap.text import Text

ROLE = Text("{role} {share}（{state}）", "{role} {share} ({state})")
ROLES = Text("{roles}，按权重平均。", "Weighted mean of {roles}.")
NOBODY = Text("还没有人：{roles}。", "Nobody yet: {roles}.")

RATED = Text(
    "{rated} 位在职关键人的信任按影响力平均；最低的是{who}（{low} 分）。",
    "Mean of {rated} active contacts by influence; the lowest is {who} ({low}).",
)
NOT_RATED = Text("还没有评分：{names}。", "Not rated yet: {names}.")
CAPPED = Text(
    "{count} 个评分超过了依据的上限，只按上限计。",
    "{count} ratings are above what their evidence allows and count only up to it.",
)
NONE_RATED = Text("未评估：在职的关键人还没有一个信任评分。", "Not assessed: no active contact has a trust rating yet.")
ALL_RATED = Text("在职的关键人都有信任评分。", "Every active contact has a trust rating.")

LINES = Text(
    "{pairs} 个“人×角色”共 {all} 条标准：已满足 {met}，已识别 {identified}，未知 {unknown}。",
    "{all} criteria of {pairs} people in their roles: {met} met, {identified} identified, {unknown} unknown.",
)
NO_ROLES = Text("未评估：还没有在职的关键人担任任何角色。", "Not assessed: no active contact holds a role yet.")

CUSTOMER_WINS = Text("客户赢：赢标准 {win}，达到 {limit}。", "The customer wins: win score {win}, at least {limit}.")
CUSTOMER_LOSES = Text("客户输：赢标准 {win}，不到 {limit}。", "The customer loses: win score {win}, below {limit}.")
WE_WIN = Text(
    "我方赢：写明了我方的赢，目标价不低于底价。",
    "We win: our win is stated and the target price is not below walk-away.",
)
WE_LOSE = Text("我方输：{missing}。", "We lose: {missing}.")
NO_OUR_WIN = Text("没有写明我方的赢", "our win is not stated")
NO_TARGET = Text("没有目标价", "there is no target price")
TARGET_BELOW = Text("目标价低于底价", "the target price is below walk-away")


def role_coverage(reason: Reason) -> str:
    """Each role with its share and state, and which nobody holds."""
    found = reason.judgement.roles
    parts = [
        reason.say(ROLE, role=role, share=percent(score.score), state=score.state) for role, score in found.items()
    ]
    missing = [role for role in BuyingRole if found[role].state is RoleState.MISSING]
    comma = " · "
    return reason.join(
        reason.say(ROLES, roles=comma.join(parts)), reason.say(NOBODY, roles=reason.names(missing)) if missing else ""
    )


def trust(reason: Reason) -> str:
    """How many are rated, who is lowest, and how many ratings are above their evidence."""
    judgement = reason.judgement
    rated = [
        (found.score, contact)
        for contact in judgement.active
        if (found := judgement.trust_of(contact)).score is not None
    ]
    if not rated:
        return NONE_RATED.to(reason.lang)
    low, who = min(rated, key=lambda pair: pair[0] or 0.0)
    over = sum(r.is_above_cap for c in judgement.active for r in judgement.trust_of(c).ratings.values())
    return reason.join(
        reason.say(RATED, rated=len(rated), who=who.name, low=f"{low:.1f}"),
        reason.say(CAPPED, count=over) if over else "",
    )


def trust_assessed_share(reason: Reason) -> str:
    """Who is not rated yet, the most influential first."""
    judgement = reason.judgement
    missing = [contact for contact in judgement.active if judgement.trust_of(contact).score is None]
    missing.sort(key=lambda contact: -judgement.weight(contact))
    if not judgement.active:
        return NONE_RATED.to(reason.lang)
    return reason.say(NOT_RATED, names=reason.names(c.name for c in missing)) if missing else ALL_RATED.to(reason.lang)


def win(reason: Reason) -> str:
    """How many criteria are met, identified, unknown."""
    lines = [line for line in reason.judgement.win_checklist if line.status is not WinStatus.NOT_APPLICABLE]
    if not lines:
        return NO_ROLES.to(reason.lang)
    count = {status.value: sum(line.status is status for line in lines) for status in WinStatus}
    pairs = len({(key(line.contact.name or ""), line.role) for line in lines})
    return reason.say(LINES, pairs=pairs, all=len(lines), **count)


def quadrant(reason: Reason) -> str:
    """What makes the customer win or lose, and us."""
    judgement = reason.judgement
    if judgement.quadrant is None or judgement.win is None:
        return NO_ROLES.to(reason.lang)
    theirs = CUSTOMER_WINS if judgement.quadrant in {Quadrant.WIN_WIN, Quadrant.LOSE_WIN} else CUSTOMER_LOSES
    facts = {"win": percent(judgement.win), "limit": percent(judgement.settings.customer_wins_from)}
    if judgement.quadrant in {Quadrant.WIN_WIN, Quadrant.WIN_LOSE}:
        ours = WE_WIN.to(reason.lang)
    else:
        record = judgement.map.negotiation
        missing = [] if (judgement.map.deal.our_win or "").strip() else [NO_OUR_WIN]
        missing += [NO_TARGET] if record.target_price is None else []
        ours = reason.say(WE_LOSE, missing=reason.names(t.to(reason.lang) for t in missing or [TARGET_BELOW]))
    return reason.join(ours, reason.say(theirs, **facts))

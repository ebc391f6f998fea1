"""Why health and what goes with it are what they are."""

from __future__ import annotations

from warmap.reasons.wording import Reason
from warmap.terms import HealthComponent
from warmap.text import Text

HEALTH = Text(
    "各组成部分合计 {parts} 分，红旗扣 {penalty} 分；每一分丢在哪里见“计分板”的明细。",
    "The components give {parts}, red flags cost {penalty}; where every point went stands on the scoreboard.",
)
NO_WEIGHT = Text("未评估：设置里各组成部分的权重都是 0。", "Not assessed: the settings give no component any weight.")
NOT_ASSESSED = Text("还没有评估：{names}；它们按 0 计。", "Not assessed yet: {names}; they count 0.")
ALL_ASSESSED = Text("各组成部分都已评估。", "Every component is assessed.")
WEAKEST = Text("已评估的部分里最低：{value} 分（满分 100）。", "The lowest of what is assessed: {value} of 100.")
NONE_ASSESSED = Text("未评估：各组成部分都还没有评估。", "Not assessed: no component is assessed yet.")
BAND = Text(
    "健康度 {health}；绿从 {green} 起，黄从 {amber} 起。", "Health {health}; green from {green}, amber from {amber}."
)


def health(reason: Reason) -> str:
    """What the components give and what the flags cost."""
    found = reason.judgement.health
    if found.score is None:
        return NO_WEIGHT.to(reason.lang)
    lost = sum(loss.points for loss in found.losses if isinstance(loss.what, HealthComponent))
    return reason.say(HEALTH, parts=f"{100 - lost:.1f}", penalty=f"{100 - lost - found.score:.1f}")


def health_assessed_share(reason: Reason) -> str:
    """Which components are not assessed."""
    missing = [part for part, value in reason.judgement.health.components.items() if value is None]
    return reason.say(NOT_ASSESSED, names=reason.names(missing)) if missing else ALL_ASSESSED.to(reason.lang)


def weakest_link(reason: Reason) -> str:
    """Its value."""
    found = reason.judgement.health
    if found.weakest_link is None:
        return NONE_ASSESSED.to(reason.lang)
    value = found.components[found.weakest_link]
    return reason.say(WEAKEST, value=f"{value:.1f}")


def band(reason: Reason) -> str:
    """Health against the limits of the bands."""
    found, limits = reason.judgement.health.score, reason.judgement.settings.band
    if found is None:
        return NO_WEIGHT.to(reason.lang)
    return reason.say(BAND, health=f"{found:.1f}", green=f"{limits['green']:g}", amber=f"{limits['amber']:g}")

"""HEALTH, HEALTH_WHY, PLAN_QUALITY."""

from __future__ import annotations

from warmap.flags import subject_label
from warmap.scores.health import Loss
from warmap.terms import HealthComponent, HealthLimit
from warmap.text import Text
from warmap.worksheet.declaration import ALL_TABLES, LANG, ROWS, SETTINGS, Call, Function, Rows, Scalar, table_arguments

ASSESSED = Text("{part}：{value} 分（满分 100，占 {share}%）", "{part}: {value} of 100 (weight {share}%)")
NOT_ASSESSED = Text("{part}：未评估，按 0 计（占 {share}%）", "{part}: not assessed, counts 0 (weight {share}%)")
FLAG = Text("{code} {title}（{subject}，{severity}）", "{code} {title} ({subject}, {severity})")
MITIGATED = Text("{code} {title}（{subject}，{severity}，已应对）", "{code} {title} ({subject}, {severity}, answered)")
LIMIT = Text("上限退回：{limit}", "Given back by a limit: {limit}")


def health(call: Call) -> Scalar:
    """0 … 100, None where the settings give no component any weight."""
    return call.judgement.health.score


def _what(loss: Loss, call: Call) -> str:
    """What a loss is for, in words."""
    what, judgement = loss.what, call.judgement
    if isinstance(what, HealthComponent):
        weights = judgement.settings.health_weight
        share = 100 * weights[what.value] / sum(weights[part.value] for part in HealthComponent)
        value = judgement.health.components[what]
        words = NOT_ASSESSED if value is None else ASSESSED
        return words.say(call.lang, {"part": what, "share": share, "value": value or 0.0})
    if isinstance(what, HealthLimit):
        return LIMIT.say(call.lang, {"limit": what})
    facts = {
        "code": what.code,
        "title": what.title,
        "subject": subject_label(what.subject, call.lang),
        "severity": what.severity,
    }
    return (MITIGATED if what.mitigated_by else FLAG).say(call.lang, facts)


def health_why(call: Call) -> Rows:
    """Rows: what, and how many points it costs, largest first; they add up to 100 − health exactly."""
    return [[_what(loss, call), loss.points] for loss in call.judgement.health.losses if loss.points]


def plan_quality(call: Call) -> Scalar:
    """0 … 100."""
    return call.judgement.plan_quality


HEALTH = Function(
    "HEALTH",
    Text("这一单的健康度", "The health of the deal"),
    (*table_arguments(*ALL_TABLES, required=2), SETTINGS, LANG),
    Text("0 到 100；未评估的部分按 0 计", "0 … 100; what is not assessed counts 0"),
    health,
    "=WARMAP.HEALTH(wm_deal,wm_contacts,wm_trust,wm_wins)",
    score="health",
)
HEALTH_WHY = Function(
    "HEALTH_WHY",
    Text("健康度的每一分丢在哪里，丢得多的在前", "Where every point of health went, the largest loss first"),
    (*table_arguments(*ALL_TABLES, required=2), SETTINGS, LANG, ROWS),
    Text(
        "每项一行，合计等于 100 减健康度；负数是上限退回的分",
        "One row an item, adding up to 100 − health; a minus is what a limit gave back",
    ),
    health_why,
    "=WARMAP.HEALTH_WHY(wm_deal,wm_contacts,wm_trust,wm_wins)",
    (Text("丢分原因", "What"), Text("丢了几分", "Points lost")),
)
PLAN_QUALITY = Function(
    "PLAN_QUALITY",
    Text("这份计划本身填得全不全、有没有依据、新不新", "How complete, well founded and fresh the plan itself is"),
    (*table_arguments(*ALL_TABLES, required=2), SETTINGS, LANG),
    Text("0 到 100", "0 … 100"),
    plan_quality,
    "=WARMAP.PLAN_QUALITY(wm_deal,wm_contacts,wm_trust,wm_wins)",
    score="plan_quality",
)

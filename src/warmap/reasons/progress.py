"""Why the scores about the way so far are what they are: stages, needs, the plan itself."""

from __future__ import annotations

from warmap.reasons.wording import Reason, percent
from warmap.terms import ProcurementStage
from warmap.text import Text

DONE = Text(
    "到申报的“{stage}”为止 {asked} 条标准，做到 {done} 条。",
    "{done} of the {asked} criteria up to the declared stage, {stage}, are done.",
)
STILL_OPEN = Text("还没有：{names}。", "Still open: {names}.")
NO_STAGE = Text("未评估：没有申报阶段。", "Not assessed: no stage is declared.")
NO_ANSWER = Text("未评估：出口标准一条也没有回答。", "Not assessed: no exit criterion is answered yet.")
ALL_STAGES = Text("前五个阶段的标准都已做到。", "Every criterion of the first five stages is done.")
HELD_AT = Text("停在“{stage}”，还没有：{names}。", "Held at {stage}; still open: {names}.")

NEEDS = Text(
    "SPIN 覆盖 {coverage} · 明确需求占比 {development} · 有对应能力 {linked}，取可评部分的平均。",
    "Mean of what can be assessed: SPIN coverage {coverage} · explicit needs {development} · with a capability {linked}.",
)
NOT_ASKED = Text("还没有问出答案：{names}。", "No answer yet to: {names}.")
NO_NEEDS = Text("未评估：需求表还是空的。", "Not assessed: the Needs table is empty.")

PLAN = Text(
    "必填项 {required} × {required_points} 分，有依据的判断 {evidence} × {evidence_points} 分，{days} 天内的判断 {fresh} × {fresh_points} 分。",
    "Required fields {required} × {required_points}, judgements with evidence {evidence} × {evidence_points}, those of the last {days} days {fresh} × {fresh_points}.",
)


def stage(reason: Reason) -> str:
    """How many criteria up to the declared stage are done, and which are not."""
    judgement = reason.judgement
    declared = judgement.map.deal.stage
    if declared is None:
        return NO_STAGE.to(reason.lang)
    if judgement.stage_score is None:
        return NO_ANSWER.to(reason.lang)
    asked = [line for line in judgement.stage_gates if line.stage.number <= declared.number]
    missing = [line.criterion for line in asked if not line.done]
    return reason.join(
        reason.say(DONE, stage=declared, asked=len(asked), done=len(asked) - len(missing)),
        reason.say(STILL_OPEN, names=reason.names(missing)) if missing else "",
    )


def stage_reached(reason: Reason) -> str:
    """Which criteria hold the deal at the stage earned."""
    judgement = reason.judgement
    missing = [x.criterion for x in judgement.stage_gates if x.stage is judgement.stage_earned and not x.done]
    if not missing or judgement.stage_reached == len(ProcurementStage):
        return ALL_STAGES.to(reason.lang)
    return reason.say(HELD_AT, stage=judgement.stage_earned, names=reason.names(missing))


def needs(reason: Reason) -> str:
    """The three shares, and the questions without an answer."""
    log = reason.judgement.need_log
    if log.score is None:
        return NO_NEEDS.to(reason.lang)
    shares = {"coverage": log.spin_coverage, "development": log.development, "linked": log.linked_share}
    said = reason.say(NEEDS, **{name: percent(share) for name, share in shares.items()})
    return reason.join(said, reason.say(NOT_ASKED, names=reason.names(log.unanswered)) if log.unanswered else "")


def plan_quality(reason: Reason) -> str:
    """The three parts with their points."""
    plan, points = reason.judgement.plan, reason.judgement.settings.plan_weight
    shares = {"required": percent(plan.required), "evidence": percent(plan.evidence), "fresh": percent(plan.fresh)}
    days = reason.judgement.settings.plan_fresh_days
    return reason.say(PLAN, days=days, **shares, **{f"{part}_points": f"{points[part]:g}" for part in shares})

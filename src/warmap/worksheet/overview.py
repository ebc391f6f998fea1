"""SCORES and POWER_MAP: ours beyond the list of the specification, for the front page and the defined names."""

from __future__ import annotations

from collections.abc import Mapping

from warmap.judgement import Judgement
from warmap.reasons import why
from warmap.terms import Influence, Support, Term
from warmap.text import COMMA, Text
from warmap.worksheet.declaration import ALL_TABLES, LANG, ROWS, SETTINGS, Call, Function, Rows, Scalar, table_arguments

# Every score in the order of the specification, section 6: what people call it, and its unit.
SCORES_BY_CODE: Mapping[str, tuple[Text, Text]] = {
    "role_coverage": (Text("角色覆盖", "Role coverage"), Text("0–1", "0–1")),
    "trust": (Text("信任", "Trust"), Text("0–100", "0–100")),
    "trust_assessed_share": (
        Text("信任已评份额", "Share of influence rated"),
        Text("0–1，按影响力", "0–1, by influence"),
    ),
    "win": (Text("赢标准", "Win criteria"), Text("0–1", "0–1")),
    "stage": (Text("阶段得分", "Stage score"), Text("0–1，到申报阶段为止", "0–1, up to the declared stage")),
    "stage_reached": (Text("实际阶段", "Stage earned"), Text("1–6", "1–6")),
    "needs": (Text("需求", "Needs"), Text("0–1", "0–1")),
    "competition": (Text("竞争", "Competition"), Text("0–100", "0–100")),
    "position": (Text("竞争位置", "Position"), Text("−5–+5", "−5–+5")),
    "fit": (Text("理想客户匹配", "Fit"), Text("0–100", "0–100")),
    "tier": (Text("客户等级", "Tier"), Text("A–D", "A–D")),
    "customer_class": (Text("客户类型", "Customer class"), Text("", "")),
    "negotiation": (Text("谈判准备", "Negotiation readiness"), Text("0–1", "0–1")),
    "zopa": (Text("谈判空间", "Room for agreement"), Text("本单币种", "in the deal's currency")),
    "quadrant": (Text("输赢格局", "Who wins"), Text("", "")),
    "health": (Text("健康度", "Health"), Text("0–100", "0–100")),
    "health_assessed_share": (Text("健康度已评份额", "Share of health assessed"), Text("0–1", "0–1")),
    "weakest_link": (Text("最弱一环", "Weakest link"), Text("", "")),
    "band": (Text("健康度分档", "Band"), Text("", "")),
    "plan_quality": (Text("计划质量", "Plan quality"), Text("0–100", "0–100")),
}


def score_values(judgement: Judgement) -> dict[str, float | Term | None]:
    """Every score by its code; None is not assessed."""
    health, zopa = judgement.health, judgement.zopa
    return {
        "role_coverage": judgement.role_coverage,
        "trust": judgement.trust,
        "trust_assessed_share": judgement.trust_assessed_share,
        "win": judgement.win,
        "stage": judgement.stage_score,
        "stage_reached": judgement.stage_reached,
        "needs": judgement.needs,
        "competition": judgement.competition_score,
        "position": judgement.position,
        "fit": judgement.fit,
        "tier": judgement.tier,
        "customer_class": judgement.customer_class,
        "negotiation": judgement.negotiation,
        "zopa": None if zopa is None else int(zopa) if zopa == zopa.to_integral_value() else float(zopa),
        "quadrant": judgement.quadrant,
        "health": health.score,
        "health_assessed_share": health.assessed_share,
        "weakest_link": health.weakest_link,
        "band": health.band,
        "plan_quality": judgement.plan_quality,
    }


def scores(call: Call) -> Rows:
    """20 rows: what it is called, the value (a label for what is no number; empty where not assessed), the unit, why."""
    rows: list[list[Scalar]] = []
    for code, value in score_values(call.judgement).items():
        name, unit = SCORES_BY_CODE[code]
        label = getattr(value, "label", None)
        shown: Scalar = label.to(call.lang) if isinstance(label, Text) else "" if value is None else float(value)
        rows.append([name.to(call.lang), shown, unit.to(call.lang), why(code, call.judgement, call.lang)])
    return rows


def power_map(call: Call) -> Rows:
    """3 rows (influence high, medium, low or blank): the influence, then who stands where from against to for; unknown."""
    cells: dict[tuple[Influence, Support | None], list[str]] = {}
    for contact in call.judgement.active:
        cells.setdefault((contact.influence or Influence.LOW, contact.support), []).append(contact.name or "")
    comma = COMMA.to(call.lang)
    columns: list[Support | None] = [*reversed(Support), None]
    return [
        [influence.label.to(call.lang), *(comma.join(cells.get((influence, support), [])) for support in columns)]
        for influence in Influence
    ]


SCORES = Function(
    "SCORES",
    Text("全部得分一览", "Every score at a glance"),
    (*table_arguments(*ALL_TABLES, required=2), SETTINGS, LANG, ROWS),
    Text("20 行：名称、数值（未评估为空）、单位、为什么", "20 rows: name, value (empty where not assessed), unit, why"),
    scores,
    "=WARMAP.SCORES(wm_deal,wm_contacts,wm_trust,wm_wins)",
    (Text("得分项", "Score"), Text("数值", "Value"), Text("单位", "Unit"), Text("为什么", "Why")),
)
POWER_MAP = Function(
    "POWER_MAP",
    Text("影响力 × 支持度：谁在哪一格", "Influence × support: who stands where"),
    (*table_arguments("contacts"), SETTINGS, LANG, ROWS),
    Text(
        "3 行（影响力高、中、低）：影响力，再从强烈反对到强烈支持、未知",
        "3 rows (influence high, medium, low): the influence, then strong opposition to strong support, unknown",
    ),
    power_map,
    "=WARMAP.POWER_MAP(wm_contacts)",
    (
        Text("影响力＼支持度", "Influence \\ support"),
        *(support.label for support in reversed(Support)),
        Text("未知", "Unknown"),
    ),
)

"""What the people must win and what the stages ask for, criterion by criterion; and wins a person may have."""

from __future__ import annotations

from collections.abc import Mapping

from warmap.terms.people import BuyingRole
from warmap.terms.process import ProcurementStage
from warmap.terms.term import Term
from warmap.text import Text


class WinCriterion(Term):
    """The win criteria of the four roles (001, table 4-1)."""

    RECOGNITION = "recognition", "认可", "Recognition"
    VISIBILITY = "visibility", "出名", "Visibility"
    BEAT_RIVALS = "beat_rivals", "击败对手", "Beating rivals"
    CONTRIBUTION = "contribution", "有贡献感", "Sense of contribution"
    PROBLEM_SOLVER = "problem_solver", "问题的解决者", "Being the problem solver"
    PERSONAL_GAIN = "personal_gain", "个人利益", "Personal gain"
    RELIABILITY = "reliability", "可靠性", "Reliability"
    EFFICIENCY = "efficiency", "效率提高", "Efficiency"
    SKILLS = "skills", "技能提高", "Better skills"
    PERFORMANCE = "performance", "绩效满足", "Performance targets met"
    BEST_FIX = "best_fix", "问题的最好解决", "Best fix of the problem"
    EASIER_WORK = "easier_work", "工作更好、更快、更容易", "Better, faster, easier work"
    MEETS_SPEC = "meets_spec", "产品满足", "Product meets the specification"
    ON_TIME_DELIVERY = "on_time_delivery", "及时提交", "On-time delivery"
    BEST_TECHNICAL_SOLUTION = "best_technical_solution", "最好的技术方案", "Best technical solution"
    DISCOUNT = "discount", "打折、低价格", "Discount, low price"
    SAFETY = "safety", "安全性", "Safety"
    LOW_COST = "low_cost", "低成本", "Low cost"
    GOOD_BUDGET = "good_budget", "好预算", "Good budget"
    RETURN_ON_INVESTMENT = "return_on_investment", "投入产出", "Return on investment"
    FINANCIAL_RESPONSIBILITY = "financial_responsibility", "财务责任", "Financial responsibility"
    PRODUCTIVITY = "productivity", "生产力增加", "Productivity"
    CASH_FLOW = "cash_flow", "现金流/适应性", "Cash flow / adaptability"


_C = WinCriterion
WIN_CRITERIA: Mapping[BuyingRole, tuple[WinCriterion, ...]] = {
    BuyingRole.COACH: (
        _C.RECOGNITION, _C.VISIBILITY, _C.BEAT_RIVALS, _C.CONTRIBUTION, _C.PROBLEM_SOLVER, _C.PERSONAL_GAIN,
    ),
    BuyingRole.USER: (
        _C.RELIABILITY, _C.EFFICIENCY, _C.SKILLS, _C.PERFORMANCE, _C.BEST_FIX, _C.EASIER_WORK,
    ),
    BuyingRole.TECHNICAL: (
        _C.MEETS_SPEC, _C.ON_TIME_DELIVERY, _C.BEST_TECHNICAL_SOLUTION, _C.DISCOUNT, _C.RELIABILITY, _C.SAFETY,
    ),
    BuyingRole.ECONOMIC: (
        _C.LOW_COST, _C.GOOD_BUDGET, _C.RETURN_ON_INVESTMENT, _C.FINANCIAL_RESPONSIBILITY, _C.PRODUCTIVITY,
        _C.CASH_FLOW,
    ),
}  # fmt: skip


class StageCriterion(Term):
    """The exit criteria of the six stages."""

    PAIN_CONFIRMED = "pain_confirmed", "用户确认痛点", "Pain confirmed by the user"
    SPONSOR_NAMED = "sponsor_named", "发起人已明确", "Sponsor named"
    NEED_WRITTEN = "need_written", "需求已书面化", "Need put in writing"
    COACH_IN_PLACE = "coach_in_place", "已有教练", "Coach in place"
    RIVALS_KNOWN = "rivals_known", "竞争对手已明确", "Rivals known"
    OUR_STRENGTHS_IN_CRITERIA = "our_strengths_in_criteria", "我方强项进入选型标准", "Our strengths in the criteria"
    ALL_ROLES_IDENTIFIED = "all_roles_identified", "四类角色已识别", "All four roles identified"
    GATEKEEPER_MET = "gatekeeper_met", "已拜访技术把关者", "Technical gatekeeper met"
    TECHNICAL_VALIDATION = "technical_validation", "技术验证通过", "Technical validation passed"
    ECONOMIC_BUYER_MET = "economic_buyer_met", "已拜访关键决策者", "Economic decision maker met"
    VALUE_ACCEPTED = "value_accepted", "价值主张获认可", "Value proposition accepted"
    ALTERNATIVE_PREPARED = "alternative_prepared", "替代方案已准备", "Alternative prepared"
    APPROVALS = "approvals", "法律/技术/行政批准", "Legal, technical and administrative approvals"
    CONTRACT_SIGNED = "contract_signed", "合同已签署", "Contract signed"
    SUCCESS_MEASURED = "success_measured", "成功标准已度量", "Success measured"
    REFERENCE_AGREED = "reference_agreed", "成功案例已确认", "Reference agreed"


_S, _G = ProcurementStage, StageCriterion
STAGE_CRITERIA: Mapping[ProcurementStage, tuple[StageCriterion, ...]] = {
    _S.NEED_IDENTIFICATION: (_G.PAIN_CONFIRMED, _G.SPONSOR_NAMED, _G.NEED_WRITTEN),
    _S.MARKET_RESEARCH: (_G.COACH_IN_PLACE, _G.RIVALS_KNOWN, _G.OUR_STRENGTHS_IN_CRITERIA),
    _S.SUPPLIER_ASSESSMENT: (_G.ALL_ROLES_IDENTIFIED, _G.GATEKEEPER_MET, _G.TECHNICAL_VALIDATION),
    _S.QUOTATION_NEGOTIATION: (_G.ECONOMIC_BUYER_MET, _G.VALUE_ACCEPTED, _G.ALTERNATIVE_PREPARED),
    _S.CONTRACT_SIGNING: (_G.APPROVALS, _G.CONTRACT_SIGNED),
    _S.FULFILMENT: (_G.SUCCESS_MEASURED, _G.REFERENCE_AGREED),
}

PERSONAL_WINS: tuple[Text, ...] = (
    Text("权力", "Power"), Text("控制欲的实现", "Control"), Text("更多的休闲时间", "Leisure"),
    Text("技能的增加", "Skill"), Text("为家人找到了机会", "Family opportunity"),
    Text("问题的解决者", "Problem solver"), Text("对组织的贡献", "Contribution to the organisation"),
    Text("获得大家的认可", "Recognition"), Text("社会地位的改变", "Social status"),
    Text("个人的提升", "Personal growth"), Text("更多时间和家人团聚", "More time with family"),
    Text("自我价值的实现", "Self-realisation"), Text("被视为领导", "Seen as a leader"),
    Text("更灵活、方便", "Flexibility"), Text("觉得更安全", "Security"), Text("职能和权力的增加", "Larger remit"),
    Text("改变生活方式", "Change of lifestyle"), Text("更多的自由", "Freedom"), Text("取得业绩", "Achievement"),
)  # fmt: skip

"""The terms of the method: every code with its Chinese and English label, in the order people know.

Numbers that go with a term (weights, caps, probabilities) are settings. Sources in brackets are the course texts 000 to
004 that the method is taken from.
"""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Self, TypeVar

from warmap import names
from warmap.text import Text

key = names.key  # terms are compared as names are
LONGEST_REMEMBERED = names.LONGEST_REMEMBERED


class Term(str, Enum):  # noqa: UP042  a StrEnum's members would not carry labels
    """A code with its label; the code is the value, the label is for people."""

    label: Text
    aliases: tuple[str, ...]
    place: int
    """Position in the picklist, from 0."""

    def __new__(cls, code: str, zh: str, en: str, *aliases: str) -> Self:
        """A term from its code, its labels and its other spellings."""
        term = str.__new__(cls, code)
        term._value_ = code
        term.label = Text(zh, en)
        term.aliases = aliases
        term.place = len(cls.__members__)
        return term

    def __str__(self) -> str:
        return str(self.value)


T = TypeVar("T", bound=Term)


@cache
def names_of(enum: type[T]) -> dict[str, T]:
    """The terms of a picklist by every spelling that is accepted (code, both labels, aliases), as `key` writes it."""
    return {key(name): term for term in enum for name in (term.value, term.label.zh, term.label.en, *term.aliases)}


def term_for(enum: type[T], text: str) -> T | None:
    """The term that a person's text names, or None."""
    names = names_of(enum)
    return names.get(text) or names.get(key(text))


# -- what people enter: who buys, how the purchase goes, what it asks for, the account ---------------------------------


class BuyingRole(Term):
    """The CUTE roles (001)."""

    COACH = "coach", "教练", "Coach", "内线", "coach buyer"
    USER = "user", "用户", "User", "user buyer"
    TECHNICAL = "technical", "技术把关者", "Technical gatekeeper", "technical buyer", "技术"
    ECONOMIC = "economic", "关键决策者", "Economic decision maker", "决策者", "财务决策者", "economic buyer"


class PositionClass(Term):
    """Kinds of post on the customer's side (004)."""

    SENIOR_EXECUTIVE = "senior_executive", "高层管理者", "Senior executive"
    DIVISION_HEAD = "division_head", "分管领导", "Division head"
    PROCUREMENT = "procurement", "采购负责人", "Procurement head"
    TECHNICAL_EXPERT = "technical_expert", "技术专家", "Technical expert"
    USER_DEPARTMENT = "user_department", "使用部门负责人", "User department head"
    SUPPORTING = "supporting", "辅助角色", "Supporting role"


class OrgLevel(Term):
    """Level in the organisation (002), highest first."""

    DIRECTOR = "director", "董事/高层", "Director / top management", "董事", "高层"
    MANAGER = "manager", "经理", "Manager"
    EXPERT = "expert", "专家", "Expert"
    OPERATOR = "operator", "操作人员", "Operator"
    CLERK = "clerk", "职员", "Clerk"

    @property
    def rank(self) -> int:
        """5 for the top, 1 for a clerk."""
        return 5 - self.place


class Influence(Term):
    """Weight of a person in this purchase (001)."""

    HIGH = "high", "高", "High"
    MEDIUM = "medium", "中", "Medium"
    LOW = "low", "低", "Low"


class Support(Term):
    """Attitude to our proposal (001, widened); blank means unknown."""

    STRONG_SUPPORT = "strong_support", "强烈支持", "Strong support"
    SUPPORT = "support", "支持", "Support"
    NEUTRAL = "neutral", "中立", "Neutral"
    OPPOSE = "oppose", "反对", "Oppose"
    STRONG_OPPOSE = "strong_oppose", "强烈反对", "Strong opposition"

    @property
    def score(self) -> int:
        """+2 … −2."""
        return 2 - self.place


class ContactFrequency(Term):
    """How often we are in touch (001)."""

    FREQUENT = "frequent", "经常", "Frequent"
    OCCASIONAL = "occasional", "偶尔", "Occasional"
    RARE = "rare", "很少", "Rare"
    NEVER = "never", "从未", "Never"


class ResponseMode(Term):
    """How a buyer sees his present business (001)."""

    GROWTH = "growth", "高瞻远瞩", "Growth"
    TROUBLE = "trouble", "不知所措", "Trouble"
    EVEN_KEEL = "even_keel", "四平八稳", "Even keel"
    OVERCONFIDENT = "overconfident", "自我陶醉", "Overconfident"


class SocialStyle(Term):
    """Manner of a person (004)."""

    ANALYTICAL = "analytical", "分析型", "Analytical"
    DRIVER = "driver", "驱动型", "Driver"
    AMIABLE = "amiable", "亲和型", "Amiable"
    INNOVATIVE = "innovative", "创新型", "Innovative"


class PostStatus(Term):
    """Whether the person still holds the post (001: the coach leaves or is moved)."""

    IN_POST = "in_post", "在职", "In post"
    NEW_IN_POST = "new_in_post", "新任", "New in post"
    TRANSFERRED = "transferred", "调离", "Transferred"
    LEFT = "left", "离职", "Left"


class TrustPillar(Term):
    """The four pillars of trust (000)."""

    PROFESSIONAL = "professional", "职业信任", "Professional trust"
    EXPERTISE = "expertise", "专业信任", "Expertise trust"
    RELATIONSHIP = "relationship", "关系信任", "Relationship trust"
    SINCERITY = "sincerity", "诚意信任", "Sincerity trust"


class EvidenceGrade(Term):
    """How do you know? A judgement counts for no more than its evidence."""

    NONE = "none", "无", "None"
    GUESS = "guess", "我方推测", "Our guess"
    STATED = "stated", "本人表态", "Stated by the person"
    PROVEN = "proven", "书面或行为证实", "Proven in writing or deed"


class ProcurementStage(Term):
    """The six stages of a purchase (003)."""

    NEED_IDENTIFICATION = "need_identification", "需求识别", "Need identification", "1"
    MARKET_RESEARCH = "market_research", "市场调研", "Market research", "2"
    SUPPLIER_ASSESSMENT = "supplier_assessment", "供应商评估", "Supplier assessment", "3"
    QUOTATION_NEGOTIATION = "quotation_negotiation", "报价及谈判", "Quotation and negotiation", "4"
    CONTRACT_SIGNING = "contract_signing", "合同签署", "Contract signing", "5"
    FULFILMENT = "fulfilment", "履约跟踪", "Fulfilment", "6"

    @property
    def number(self) -> int:
        """1 … 6."""
        return self.place + 1


class SpinType(Term):
    """The four kinds of question (003)."""

    SITUATION = "situation", "状况", "Situation"
    PROBLEM = "problem", "问题", "Problem"
    IMPLICATION = "implication", "暗示", "Implication"
    NEED_PAYOFF = "need_payoff", "需求满足", "Need-payoff"


class FiveWTwoH(Term):
    """The aspects of a question (003)."""

    WHO = "who", "谁", "Who"
    WHAT = "what", "什么", "What"
    WHEN = "when", "何时", "When"
    WHERE = "where", "何地", "Where"
    WHY = "why", "为何", "Why"
    HOW = "how", "如何", "How"
    HOW_MUCH = "how_much", "多少", "How much"


class NeedState(Term):
    """Whether the customer has said the need himself (002)."""

    IMPLICIT = "implicit", "隐藏性需求", "Implicit"
    EXPLICIT = "explicit", "明确性需求", "Explicit"


class NeedLevel(Term):
    """The layer of the customer's business a need belongs to (001)."""

    FINANCE = "finance", "财务", "Finance"
    CUSTOMER = "customer", "客户", "Customer"
    MARKETING = "marketing", "营销", "Marketing"
    PROCESS = "process", "内部流程", "Internal process"
    MANAGEMENT = "management", "管理", "Management"


class WinStatus(Term):
    """What we know of one win criterion."""

    UNKNOWN = "unknown", "未知", "Unknown"
    IDENTIFIED = "identified", "已识别", "Identified"
    MET = "met", "已满足", "Met"
    NOT_APPLICABLE = "not_applicable", "不适用", "Not applicable"


class Outcome(Term):
    """How a deal ended; blank is still open."""

    OPEN = "open", "进行中", "Open"
    WON = "won", "赢单", "Won"
    LOST = "lost", "丢单", "Lost"
    NO_DECISION = "no_decision", "客户搁置", "No decision"


class ActionStatus(Term):
    """State of an action."""

    OPEN = "open", "未开始", "Open"
    IN_PROGRESS = "in_progress", "进行中", "In progress"
    DONE = "done", "已完成", "Done"
    CANCELLED = "cancelled", "已取消", "Cancelled"


class ObjectionSource(Term):
    """Where an objection comes from (001)."""

    PARTICIPANT = "participant", "项目参与者", "Participant"
    KEY_PERSON = "key_person", "关键人员", "Key person"
    OTHER = "other", "其他人", "Other"


class NegotiationPoint(Term):
    """What is to be ready before one sits down to negotiate (000)."""

    PRICES_IN_ORDER = "prices_in_order", "开价 ≥ 目标价 ≥ 底价", "Opening ≥ target ≥ walk-away price"
    OUR_ALTERNATIVE = "our_alternative", "我方替代方案", "Our alternative"
    CUSTOMER_ALTERNATIVE = "customer_alternative", "客户替代方案", "The customer's alternative"
    CONCESSION_WITH_GET = "concession_with_get", "至少一条有换有得的让步", "A concession with something in return"
    FEELINGS = "feelings", "客户的感受", "How the customer feels"


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
    BEST_FIX = "best_fix", "问题的最好解决", "Best solution to the problem", "Best fix of the problem"
    EASIER_WORK = "easier_work", "工作更好、更快、更容易", "Better, faster, easier work"
    MEETS_SPEC = "meets_spec", "产品满足", "Product meets the specification"
    ON_TIME_DELIVERY = "on_time_delivery", "及时提交", "On-time delivery"
    BEST_TECHNICAL_SOLUTION = "best_technical_solution", "最好的技术方案", "Best technical solution"
    DISCOUNT = "discount", "打折、低价格", "Discount, low price"
    SAFETY = "safety", "安全性", "Safety"
    LOW_COST = "low_cost", "低成本", "Low cost"
    GOOD_BUDGET = "good_budget", "预算合理", "Sound budget", "好预算", "Good budget"
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
STAGE_LINES = tuple((stage, criterion) for stage, criteria in STAGE_CRITERIA.items() for criterion in criteria)
"""The sixteen criteria in order, each with its stage."""

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


class OrgUnitKind(Term):
    """Kinds of organisational unit (001)."""

    COMPANY = "company", "公司", "Company"
    SUBSIDIARY = "subsidiary", "子公司", "Subsidiary"
    DEPARTMENT = "department", "部门", "Department"
    COMMITTEE = "committee", "委员会", "Committee"
    UPSTREAM = "upstream", "上游", "Upstream"
    DOWNSTREAM = "downstream", "下游", "Downstream"


class SwotQuadrant(Term):
    """The four fields of a SWOT table (001)."""

    STRENGTH = "strength", "优势", "Strength"
    WEAKNESS = "weakness", "劣势", "Weakness"
    OPPORTUNITY = "opportunity", "机会", "Opportunity"
    THREAT = "threat", "威胁", "Threat"


class PestFactor(Term):
    """The four sides of a PEST note (002)."""

    POLITICAL = "political", "政治", "Political"
    ECONOMIC = "economic", "经济", "Economic"
    SOCIAL = "social", "社会", "Social"
    TECHNOLOGICAL = "technological", "技术", "Technological"


class FiveForce(Term):
    """Porter's five forces (002); the stronger, the less attractive."""

    RIVALRY = "rivalry", "现有竞争", "Rivalry"
    NEW_ENTRANTS = "new_entrants", "新进入者", "New entrants"
    SUBSTITUTES = "substitutes", "替代品", "Substitutes"
    SUPPLIER_POWER = "supplier_power", "供应商议价力", "Supplier power"
    BUYER_POWER = "buyer_power", "买方议价力", "Buyer power"


class KeyAccountQuestion(Term):
    """What makes a customer a key account (002)."""

    LARGE = "large", "规模大吗", "Is it large?"
    FUTURE_PROFIT = "future_profit", "未来能带来利润吗", "Will it bring profit?"
    LEADS_US = "leads_us", "能引领我们去想去的方向吗", "Does it lead us where we want to go?"
    MUST_NOT_BE_LOST = "must_not_be_lost", "一定不能失去吗", "Must it not be lost?"


# -- what the method answers: how heavy, how far, how sound ------------------------------------------------------------


class Quadrant(Term):
    """The four outcomes of a sale (001), ours first."""

    WIN_WIN = "win_win", "双赢", "Win–win"
    WIN_LOSE = "win_lose", "我赢客户输", "We win, the customer loses"
    LOSE_WIN = "lose_win", "我输客户赢", "We lose, the customer wins"
    LOSE_LOSE = "lose_lose", "双输", "Lose–lose"


class CustomerClass(Term):
    """What an account is to us, by its attractiveness and its profitability (000)."""

    STRATEGIC = "strategic", "战略型", "Strategic"
    GROWTH = "growth", "成长型", "Growth"
    PROFIT = "profit", "利润型", "Profit"
    MAINTAIN = "maintain", "维持型", "Maintain"


class Tier(Term):
    """How near a customer is to the ideal one (001), nearest first."""

    A = "A", "A 级", "Tier A"
    B = "B", "B 级", "Tier B"
    C = "C", "C 级", "Tier C"
    D = "D", "D 级", "Tier D"


class Severity(Term):
    """How heavy a flag or a finding is, heaviest first."""

    CRITICAL = "critical", "严重", "Critical"
    MAJOR = "major", "重要", "Major"
    MINOR = "minor", "一般", "Minor"


class RoleState(Term):
    """How far a buying role is covered."""

    MISSING = "missing", "缺位", "Missing"
    IDENTIFIED = "identified", "已识别", "Identified"
    CONTACTED = "contacted", "已接触", "Contacted"
    ENGAGED = "engaged", "已互动", "Engaged"
    SUPPORTIVE = "supportive", "已支持", "Supportive"


class HealthComponent(Term):
    """The components of health, in the order in which the weakest link is looked for."""

    ROLE_COVERAGE = "role_coverage", "角色覆盖", "Role coverage"
    TRUST = "trust", "信任", "Trust"
    WIN = "win", "赢标准", "Win criteria"
    STAGE = "stage", "阶段", "Stage"
    NEEDS = "needs", "需求", "Needs"
    COMPETITION = "competition", "竞争", "Competition"
    FIT = "fit", "理想客户匹配", "Fit"


class HealthBand(Term):
    """Health at a glance, best first."""

    GREEN = "green", "绿", "Green"
    AMBER = "amber", "黄", "Amber"
    RED = "red", "红", "Red"
    INCOMPLETE = "incomplete", "资料不足", "Incomplete"

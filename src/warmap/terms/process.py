"""The way of a deal: stages, needs, win statuses, actions, objections, what to have ready for negotiating."""

from __future__ import annotations

from warmap.terms.term import Term


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

"""People on the customer's side: their roles, posts and attitudes, how we stand with them, and how we know."""

from __future__ import annotations

from warmap.terms.term import Term


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

"""What the method answers: the outcome of a sale, what an account is to us, and how heavy, how far, how sound."""

from __future__ import annotations

from warmap.terms.term import Term


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


class HealthLimit(Term):
    """What keeps flags from costing more, and health from falling further."""

    PER_CODE = "per_code", "同一代码只计最重的几面", "Only the heaviest flags of each code count"
    TOTAL = "total", "红旗合计的扣分上限", "Most that all flags cost together"
    FLOOR = "floor", "健康度不低于 0", "Health does not fall below 0"


class HealthBand(Term):
    """Health at a glance, best first."""

    GREEN = "green", "绿", "Green"
    AMBER = "amber", "黄", "Amber"
    RED = "red", "红", "Red"

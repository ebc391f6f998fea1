"""The account and its market."""

from __future__ import annotations

from warmap.terms.term import Term


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

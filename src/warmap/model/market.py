"""The account and the contest: profile, organisation, competition, strengths, negotiation, ideal customer."""

from typing import Annotated, ClassVar

from annotated_types import MaxLen
from pydantic import Field

from warmap.model.columns import Column
from warmap.model.types import (
    About,
    Grade,
    Impact,
    Model,
    Money,
    Rating,
    Record,
    Row,
    Share,
    Weight,
    Words,
    YesNo,
)
from warmap.terms import FiveForce, KeyAccountQuestion, OrgUnitKind, PestFactor, SwotQuadrant
from warmap.text import Text


class PestNote(Model):
    """One side of the PEST picture."""

    note: Annotated[
        Words, Column("要点", "note", Text("对这一单有影响的一件事", "One thing that bears on this deal"), 40)
    ] = None
    impact: Annotated[
        Impact, Column("影响", "impact", Text("−2 很不利 … +2 很有利", "−2 very bad … +2 very good"), 10)
    ] = None


class Profile(Record):
    """The account's picture (000, 002, 003)."""

    ABOUT: ClassVar[About] = About(
        "profile", Text("客户画像", "Profile"), Text("这是一个怎样的客户", "What kind of customer this is")
    )

    industry: Annotated[Words, Column("行业", "Industry", Text("客户做哪一行", "The trade the customer is in"), 40)] = (
        None
    )
    scale: Annotated[Grade, Column("规模", "Scale", Text("1 小 … 5 大", "1 small … 5 large"), 40)] = None
    industry_attractiveness: Annotated[
        Grade, Column("行业吸引力", "Industry attractiveness", Text("1 低 … 5 高", "1 low … 5 high"), 40)
    ] = None
    profitability: Annotated[Grade, Column("盈利能力", "Profitability", Text("1 低 … 5 高", "1 low … 5 high"), 40)] = (
        None
    )
    share_of_our_sales: Annotated[
        Share, Column("占我方销售额", "Share of our sales", Text("0–1，例如 0.12", "0–1, such as 0.12"), 40)
    ] = None
    key_account: Annotated[
        dict[KeyAccountQuestion, bool], Column("大客户四问", "Key account", Text("是 / 否", "Yes or no"), 40)
    ] = Field(default_factory=dict)
    pest: Annotated[dict[PestFactor, PestNote], Column("PEST", "PEST", Text("宏观环境", "Surroundings"), 40)] = Field(
        default_factory=dict
    )
    five_forces: Annotated[
        dict[FiveForce, Grade], Column("五力", "Five forces", Text("1 弱 … 5 强", "1 weak … 5 strong"), 40)
    ] = Field(default_factory=dict)
    product_channel_notes: Annotated[
        Words,
        Column(
            "产品通路",
            "Product channels",
            Text("产品怎样到达最终用户", "How the product reaches its users"),
            40,
            multiline=True,
        ),
    ] = None
    pain_points: Annotated[
        Words, Column("痛点", "Pain points", Text("客户的痛点", "What hurts the customer"), 40, multiline=True)
    ] = None


class OrgUnit(Row):
    """A unit of the customer's organisation (001)."""

    ABOUT: ClassVar[About] = About(
        "org_units",
        Text("组织", "Organisation"),
        Text("整体架构，以及与本项目有关的部分", "The whole structure, and the part this deal touches"),
        key=("name",),
    )

    name: Annotated[Words, Column("单位名称", "Unit", Text("单位名称", "Name of the unit"), 28, required=True)] = None
    parent: Annotated[Words, Column("上级单位", "Parent unit", Text("上级单位名称", "Name of the parent unit"), 24)] = (
        None
    )
    kind: Annotated[
        OrgUnitKind | None, Column("类型", "Kind", Text("这是哪一种单位", "What sort of unit it is"), 14)
    ] = None
    project_related: Annotated[
        YesNo, Column("与项目有关", "Project related", Text("与本项目有关吗", "Does the deal touch it?"), 14)
    ] = None


class Criterion(Row):
    """One criterion of the choice, our score and the rivals' (000: the competition matrix)."""

    ABOUT: ClassVar[About] = About(
        "competition", Text("竞争", "Competition"),
        Text("选型标准逐项打分；在表头写竞争对手的名字，第一个是“维持现状”", "Score each criterion; name the rivals in the header, the first is “do nothing”"), key=("criterion",),
    )  # fmt: skip

    criterion: Annotated[
        Words, Column("选型标准", "Criterion", Text("客户按什么选", "What the customer chooses by"), 28, required=True)
    ] = None
    weight: Annotated[Weight, Column("权重", "Weight", Text("大于 0", "Above 0"), 9, required=True)] = None
    our_score: Annotated[Rating, Column("我方", "Ours", Text("0–5", "0–5"), 9)] = None
    scores: Annotated[
        dict[str, Rating],
        Column("竞争对手", "Competitor", Text("0–5；名字写在表头", "0–5; the name stands in the header"), 12),
        MaxLen(4),
    ] = Field(default_factory=dict)


class Swot(Row):
    """One entry of the SWOT table."""

    ABOUT: ClassVar[About] = About(
        "swot",
        Text("SWOT", "SWOT"),
        Text("优势、劣势、机会、威胁", "Strengths, weaknesses, opportunities, threats"),
        key=("quadrant", "text"),
    )

    quadrant: Annotated[
        SwotQuadrant | None, Column("象限", "Quadrant", Text("四格中的哪一格", "Which of the four fields"), 12)
    ] = None
    text: Annotated[
        Words, Column("要点", "Point", Text("一句话", "One sentence"), 36, required=True, multiline=True)
    ] = None
    weight: Annotated[Grade, Column("重要性", "Importance", Text("1–5", "1–5"), 10)] = None


class Strength(Row):
    """小铃铛, a bell: what sets us apart, and the flags it answers (001)."""

    ABOUT: ClassVar[About] = About(
        "strengths", Text("强项（小铃铛）", "Strengths (the bells)"),
        Text("与对手的最大区别；“化解”写红旗代码或人名", "What sets us apart; under “Answers” name flags or people it offsets"), key=("text",),
    )  # fmt: skip

    text: Annotated[
        Words, Column("强项", "Our strength", Text("一句话", "One sentence"), 36, required=True, multiline=True)
    ] = None
    differs_from: Annotated[Words, Column("区别于", "Differs from", Text("与哪个对手不同", "From which rival"), 16)] = (
        None
    )
    answers: Annotated[
        list[str],
        Column("化解", "Answers", Text("红旗代码或人名，用顿号分开", "Flag codes or names, separated by commas"), 18),
    ] = Field(default_factory=list)


class Concession(Model):
    """What we give and what we get for it."""

    give: Words = None
    get: Words = None


class Negotiation(Record):
    """Prices, alternatives, concessions."""

    ABOUT: ClassVar[About] = About(
        "negotiation",
        Text("谈判", "Negotiation"),
        Text("上桌之前先写好底线和替代方案", "Write the limits and alternatives before you sit down"),
    )

    opening_price: Annotated[Money, Column("开价", "Opening price", Text("第一口价", "The first price"), 40)] = None
    target_price: Annotated[Money, Column("目标价", "Target price", Text("想要的价", "The price we want"), 40)] = None
    walk_away_price: Annotated[
        Money, Column("底价", "Walk-away price", Text("低于它就不做", "Below it we walk away"), 40)
    ] = None
    customer_walk_away: Annotated[
        Money,
        Column(
            "客户底线（估计）",
            "Customer's limit (estimate)",
            Text("客户最多肯付多少", "The most the customer would pay"),
            40,
        ),
    ] = None
    our_alternative: Annotated[
        Words,
        Column(
            "我方替代方案", "Our alternative", Text("谈不成我们怎么办", "What we do without a deal"), 40, multiline=True
        ),
    ] = None
    our_alternative_strength: Annotated[
        Grade, Column("我方替代强度", "Strength of our alternative", Text("1 弱 … 5 强", "1 weak … 5 strong"), 40)
    ] = None
    customer_alternative: Annotated[
        Words,
        Column(
            "客户替代方案",
            "Customer's alternative",
            Text("谈不成客户怎么办", "What the customer does without a deal"),
            40,
            multiline=True,
        ),
    ] = None
    customer_alternative_strength: Annotated[
        Grade,
        Column("客户替代强度", "Strength of the customer's alternative", Text("1 弱 … 5 强", "1 weak … 5 strong"), 40),
    ] = None
    concessions: Annotated[
        list[Concession],
        Column("让步", "Concessions", Text("每行一条：让什么 → 换什么", "One a line: give → get"), 40, multiline=True),
    ] = Field(default_factory=list)
    feelings: Annotated[
        Words,
        Column(
            "感受",
            "Feelings",
            Text("客户的感受与顾虑", "How the customer feels about it"),
            40,
            multiline=True,
            aliases=("feelings_notes",),
        ),
    ] = None


class IdealCustomer(Row):
    """How near this customer is to the one we are made for (001)."""

    ABOUT: ClassVar[About] = About(
        "ideal_customer",
        Text("理想客户", "Ideal customer"),
        Text("理想客户的特征，逐项打分", "The traits of our ideal customer, scored"),
        key=("attribute",),
    )

    attribute: Annotated[
        Words, Column("特征", "Attribute", Text("理想客户的特征", "A trait of the ideal customer"), 28, required=True)
    ] = None
    weight: Annotated[Weight, Column("特征权重", "Attribute weight", Text("大于 0", "Above 0"), 10, required=True)] = (
        None
    )
    score: Annotated[Rating, Column("符合度", "Match", Text("0–5", "0–5"), 10)] = None

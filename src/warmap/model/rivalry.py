"""The contest for the deal: rivals, strengths and weaknesses, what we bargain with."""

from typing import Annotated, ClassVar

from annotated_types import MaxLen
from pydantic import Field

from warmap.model.fields import About, Column, Grade, Model, Money, Rating, Record, Row, Weight, Words
from warmap.terms import SwotQuadrant
from warmap.text import Text


class Criterion(Row):
    """One criterion of the choice, our score and the rivals' (000: the competition matrix)."""

    ABOUT: ClassVar[About] = About(
        "competition", Text("竞争", "Competition"),
        Text("选型标准逐项打分；在表头写竞争对手的名字，第一个是“维持现状”", "Score each criterion; name the rivals in the header, the first is “do nothing”"), key=("criterion",),
    )  # fmt: skip

    criterion: Annotated[
        Words, Column("选型标准", "Criterion", "客户按什么选", "What the customer chooses by", 28, required=True)
    ] = None
    weight: Annotated[Weight, Column("权重", "Weight", "大于 0", "Above 0", 9, required=True)] = None
    our_score: Annotated[Rating, Column("我方", "Ours", "0–5", "0–5", 9)] = None
    scores: Annotated[
        dict[str, Rating],
        Column("竞争对手", "Competitor", "0–5；名字写在表头", "0–5; the name stands in the header", 12),
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
        SwotQuadrant | None, Column("象限", "Quadrant", "四格中的哪一格", "Which of the four fields", 12)
    ] = None
    text: Annotated[Words, Column("要点", "Point", "一句话", "One sentence", 36, required=True, multiline=True)] = None
    weight: Annotated[Grade, Column("重要性", "Importance", "1–5", "1–5", 10)] = None


class Strength(Row):
    """小铃铛, a bell: what sets us apart, and the flags it answers (001)."""

    ABOUT: ClassVar[About] = About(
        "strengths", Text("强项（小铃铛）", "Strengths (the bells)"),
        Text("与对手的最大区别；“化解”写红旗代码或人名", "What sets us apart; under “Answers” name flags or people it offsets"), key=("text",),
    )  # fmt: skip

    text: Annotated[
        Words, Column("强项", "Our strength", "一句话", "One sentence", 36, required=True, multiline=True)
    ] = None
    differs_from: Annotated[Words, Column("区别于", "Differs from", "与哪个对手不同", "From which rival", 16)] = None
    answers: Annotated[
        list[str],
        Column("化解", "Answers", "红旗代码或人名，用顿号分开", "Flag codes or names, separated by commas", 18),
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

    opening_price: Annotated[Money, Column("开价", "Opening price", "第一口价", "The first price", 40)] = None
    target_price: Annotated[Money, Column("目标价", "Target price", "想要的价", "The price we want", 40)] = None
    walk_away_price: Annotated[
        Money, Column("底价", "Walk-away price", "低于它就不做", "Below it we walk away", 40)
    ] = None
    customer_walk_away: Annotated[
        Money,
        Column(
            "客户底线（估计）", "Customer's limit (estimate)", "客户最多肯付多少", "The most the customer would pay", 40
        ),
    ] = None
    our_alternative: Annotated[
        Words,
        Column("我方替代方案", "Our alternative", "谈不成我们怎么办", "What we do without a deal", 40, multiline=True),
    ] = None
    our_alternative_strength: Annotated[
        Grade, Column("我方替代强度", "Strength of our alternative", "1 弱 … 5 强", "1 weak … 5 strong", 40)
    ] = None
    customer_alternative: Annotated[
        Words,
        Column(
            "客户替代方案",
            "Customer's alternative",
            "谈不成客户怎么办",
            "What the customer does without a deal",
            40,
            multiline=True,
        ),
    ] = None
    customer_alternative_strength: Annotated[
        Grade, Column("客户替代强度", "Strength of the customer's alternative", "1 弱 … 5 强", "1 weak … 5 strong", 40)
    ] = None
    concessions: Annotated[
        list[Concession],
        Column("让步", "Concessions", "每行一条：让什么 → 换什么", "One a line: give → get", 40, multiline=True),
    ] = Field(default_factory=list)
    feelings: Annotated[
        Words,
        Column(
            "感受",
            "Feelings",
            "客户的感受与顾虑",
            "How the customer feels about it",
            40,
            multiline=True,
            aliases=("feelings_notes",),
        ),
    ] = None
